#!/bin/sh
# tools/describe.sh [--check] LIAISOND - writes again what the program says about itself; with
# --check only compares.  A new document is one line of `documents`.
set -u
cd "$(dirname "$0")/.." || exit 1
check=false
[ "${1-}" = --check ] && check=true && shift
liaisond=$1
bad=0

documents() {
	document openapi doc/openapi.json
	document api     doc/api.md
	document ts      web/kit/src/api.gen.ts
	document errors  web/kit/src/errors.gen.ts
	document config  etc/liaison.ini
}

# document WHAT FILE: FILE is what `liaisond describe WHAT` prints.
document() {
	mkdir -p "$(dirname "$2")" var/setup
	new=var/setup/describe-$1
	"$liaisond" describe "$1" >"$new" || { echo "$liaisond describe $1 failed"; bad=1; return; }
	cmp -s "$new" "$2" && return
	if $check; then
		diff -u "$2" "$new" | head -n 20
		echo "$2 is not what the program says: make describe"
		bad=1
	else
		cp "$new" "$2"
		echo "wrote $2"
	fi
}

documents
exit $bad
