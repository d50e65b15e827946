SAN ?= none
BUILD := build$(if $(filter address,$(SAN)),-asan)$(if $(filter thread,$(SAN)),-tsan)

all: $(BUILD)/build.ninja
	@ninja -C $(BUILD) -j2

$(BUILD)/build.ninja:
	@meson setup $(BUILD) -Dsan=$(SAN)

.PHONY: all
