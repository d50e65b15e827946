#!/bin/sh
# tools/check-format.sh - is every C file as clang-format would write it?
cd "$(dirname "$0")/.." || exit 1
tools/c-files | xargs -r -n 20 -P 2 clang-format --dry-run -Werror --ferror-limit=1 || {
	echo 'run: make fmt'
	exit 1
}
