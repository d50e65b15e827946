# Liaison's daily commands; `make help` lists them.  The build itself is Meson's.
#
#	SAN=address | SAN=thread   works in build-asan or build-tsan instead of build; the
#	                           latter is clang's, so both compilers have their say; both
#	                           hold the FAULT points where a test may kill

SAN ?= none
BUILD := build$(if $(filter address,$(SAN)),-asan)$(if $(filter thread,$(SAN)),-tsan)
DATA ?= var/demo
LISTEN ?= 127.0.0.1:8420
COMPILER := $(if $(filter thread,$(SAN)),CC=clang)
OPTIONS := -Dsan=$(SAN) -Dfault=$(if $(filter none,$(SAN)),false,true)
PREFIX ?= /usr/local
export PATH := $(CURDIR)/var/node/bin:$(PATH)
export LIAISON_BUILD := $(BUILD)

.DEFAULT_GOAL := all
.PHONY: all programs setup web run test check check-all bench fmt describe layers hdr \
	tidy top fuzz play fresh hooks install clean help

all: $(BUILD)/build.ninja ## build everything (the default)
	@ninja --quiet -C $(BUILD) -j2

programs: setup
	@test -f $(BUILD)/build.ninja || $(COMPILER) tools/configure $(BUILD) $(OPTIONS)
	@ninja --quiet -C $(BUILD) -j2 liaisond liaison

$(BUILD)/build.ninja:
	@tools/setup.sh $(if $(filter none,$(SAN)),,check)
	@$(COMPILER) tools/configure $(BUILD) $(OPTIONS)

setup: ## install what building and running need
	@tools/setup.sh

web: setup ## build the web clients into web/dist
	@tools/web.sh

run: programs web ## the demo company on http://127.0.0.1:8420
	@$(BUILD)/liaison --data $(DATA) demo
	@exec $(BUILD)/liaisond --data $(DATA) --listen $(LISTEN)

test: all ## the unit tests; one of them with T=base/arena
	@meson test -C $(BUILD) --print-errorlogs $(or $(T),--suite unit)

check: ## before each commit, under ten minutes; some steps only: T="layers unit"
	@tools/check check $(T)

check-all: ## before a release
	@tools/check check ci all -- $(T)

bench: ## measure against nginx, ejabberd and mosquitto
	@tools/setup.sh bench
	@tools/bench.sh

fmt: ## let clang-format have the last word
	@tools/c-files | xargs -r -n 20 -P 2 clang-format -i

describe: programs ## write again what the program says about itself
	@tools/describe.sh $(BUILD)/liaisond

layers: ## does every file keep to its floor?
	@tools/layers

hdr: all ## does each header compile alone?
	@tools/check-headers.sh $(BUILD)

tidy: all ## clang-tidy on what changed
	@tools/check-tidy.sh $(BUILD)

top: ## the tallest functions and files
	@tools/top

fuzz: ## fuzz one target: F=name, TIME=seconds
	@tools/fuzz.sh $(or $(TIME),60) $(F)

play: all ## one play: P=name
	@tools/node --test tests/plays/$(P).mjs

fresh: ## prove `make run` and `make check` on a bare Debian 12; one of them with FRESH=run
	@tools/setup.sh fresh
	@tools/fresh.sh $(or $(FRESH),run check)

hooks: ## once: check format, floors and the message at each commit
	@git config core.hooksPath tools/hooks

install: all web ## into PREFIX (/usr/local), below DESTDIR
	@meson install -C $(BUILD) --no-rebuild
	@mkdir -p $(DESTDIR)$(PREFIX)/share/liaison
	@cp -R web/dist $(DESTDIR)$(PREFIX)/share/liaison/web

clean: ## forget what was built; var/ stays
	@rm -rf build build-asan build-tsan build-fuzz web/dist

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile
