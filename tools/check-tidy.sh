#!/bin/sh
# tools/check-tidy.sh BUILD - clang-tidy on every C file that was compiled, unless it, what it
# includes and the settings are as they were when it last passed.
#
# What passed is remembered by the hash of the preprocessed text, in BUILD/tidy/.
cd "$(dirname "$0")/.." || exit 1
build=${1:-build}
export build
[ -f "$build/compile_commands.json" ] || { echo "$build is not configured: make"; exit 1; }
mkdir -p "$build/tidy"

tidy_one='
	words=$(gcc -std=gnu17 -D_GNU_SOURCE -Isrc -I"$build/src" -Itools -E "$1" 2>&1 &&
		cat .clang-tidy) || { printf "%s\n" "$words"; exit 1; }
	seen=$build/tidy/$(printf "%s" "$words" | sha256sum | cut -c 1-40)
	[ -f "$seen" ] && exit 0
	out=$(clang-tidy --quiet -p "$build" "$1" 2>&1) && : >"$seen" && exit 0
	printf "%s\n" "$out" | grep -vE "^[0-9]+ warnings? (generated|treated)"
	exit 1'

# The sources as Meson knows them: ours, not what generators made.
sed -n 's|^ *"file": "\(\.\./\)*\(.*\.c\)",*$|\2|p' "$build/compile_commands.json" |
	grep -E '^(src|tools)/' | sort -u | xargs -r -n 1 -P 2 sh -c "$tidy_one" tidy
