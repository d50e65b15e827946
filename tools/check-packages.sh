#!/bin/sh
# tools/check-packages.sh - the Debian package of every dependency('...') that Meson asks for
# is named in tools/packages, so that a bare machine gets it.
cd "$(dirname "$0")/.." || exit 1
command -v dpkg >/dev/null || exit 0
bad=0
for name in $(git grep -hoE "dependency\('[^']+'" -- '*meson.build' | cut -d "'" -f 2 | sort -u); do
	folder=$(pkg-config --variable=pcfiledir "$name" 2>/dev/null) || continue
	package=$(dpkg -S "$folder/$name.pc" 2>/dev/null | sed 's/[:,].*//')
	if [ -z "$package" ] || ! grep -qE "^run .*\<$package\>" tools/packages; then
		echo "dependency('$name'): tools/packages does not name ${package:-its package}"
		bad=1
	fi
done
exit $bad
