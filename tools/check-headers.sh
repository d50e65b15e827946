#!/bin/sh
# tools/check-headers.sh BUILD - each header compiles alone, and twice in one file.
cd "$(dirname "$0")/.." || exit 1
build=${1:-build}
[ -f "$build/compile_commands.json" ] || { echo "$build is not configured: make"; exit 1; }
# Where Meson lets src/ look, seen from here; what generators made is there too.
folders=$(grep -oE -e ' -I[^ "]+' "$build/compile_commands.json" | sort -u |
	sed "s|^ -I\([^/]\)|-I$build/\1|")
flags="-std=gnu17 -D_GNU_SOURCE -Wall -Wextra -Wno-unused-parameter -Werror -fsyntax-only"
# shellcheck disable=SC2086
flags=$(echo $flags $folders)
export flags
check_one='
	{ echo "#include \"$1\""; echo "#include \"$1\""; } |
		${CC:-cc} $flags -x c - || { echo "$1 does not compile alone"; exit 1; }'
(cd src && find . -name '*.h' | sed 's|^\./||' | sort) | xargs -r -n 1 -P 2 sh -c "$check_one" hdr
