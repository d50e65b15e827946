#!/bin/sh
# tools/fuzz.sh SECONDS [NAME...] - runs the fuzz targets of tests/fuzz, all without a name,
# SECONDS each.  Seeds are tests/fuzz/corpus/NAME/; what is found stays in var/fuzz/NAME/.
set -eu
cd "$(dirname "$0")/.."
seconds=$1
shift
tools/setup.sh check
[ -f build-fuzz/build.ninja ] || CC=clang tools/configure build-fuzz -Dfuzz=true
ninja --quiet -C build-fuzz -j2 fuzz-targets
[ $# -gt 0 ] || set -- $(cd tests/fuzz && ls ./*.c | sed 's|^\./||; s|\.c$||')
for name in "$@"; do
	mkdir -p "var/fuzz/$name" "tests/fuzz/corpus/$name"
	echo "fuzz: $name, $seconds s"
	"build-fuzz/tests/fuzz/fuzz-$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
		-print_final_stats=1 -verbosity=0 -artifact_prefix="var/fuzz/$name-" \
		"var/fuzz/$name" "tests/fuzz/corpus/$name" ||
		{ echo "fuzz: $name failed, the input is var/fuzz/$name-*" && exit 1; }
done
