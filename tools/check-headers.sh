#!/bin/sh
# tools/check-headers.sh BUILD - each header compiles alone, and twice in one file.
cd "$(dirname "$0")/.." || exit 1
build=${1:-build}
flags="-std=gnu17 -D_GNU_SOURCE -Wall -Wextra -Wno-unused-parameter -Werror -fsyntax-only"
export build flags
check_one='
	{ echo "#include \"$1\""; echo "#include \"$1\""; } |
		${CC:-cc} $flags -Isrc -I"$build/src" -x c - || { echo "$1 does not compile alone"; exit 1; }'
(cd src && find . -name '*.h' | sed 's|^\./||' | sort) | xargs -r -n 1 -P 2 sh -c "$check_one" hdr
