#!/bin/sh
# tools/check-names.sh - no file of the project names a path of the machine it was written on,
# or a package registry; no lock file carries download addresses.
cd "$(dirname "$0")/.." || exit 1
bad=0

# refuse WORDS PATTERN PATHS...: the patterns are bracketed so as not to find themselves.
refuse() {
	words=$1 pattern=$2
	shift 2
	if git grep -nIE "$pattern" -- "$@"; then
		echo "^ $words"
		bad=1
	fi
}

refuse 'names a path of one machine' '(^|[^A-Za-z0-9_.~$}])/(wor[k]|roo[t]|tm[p])/[A-Za-z0-9]' .
refuse 'names a home folder' '/hom[e]/[a-z]+/' .
refuse 'names a package registry' \
	'(registry\.npmj[s]|npmmirro[r]|deb\.debia[n]|snapshot\.debia[n]|security\.debia[n])\.' .
refuse 'lock file with download addresses' '"resolve[d]": *"http' '*lock*.json'
exit $bad
