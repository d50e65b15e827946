#!/bin/sh
# tools/web.sh - builds web/dist when something in web/ is newer than it.
set -eu
cd "$(dirname "$0")/.."
[ -f web/package.json ] || exit 0
stamp=web/dist/.built
if [ -f $stamp ] && [ -z "$(find web -name node_modules -prune -o -name dist -prune -o \
	-type f -newer $stamp -print -quit)" ]; then
	exit 0
fi
echo "web: building the clients" >&2
mkdir -p var/setup
if ! tools/node npm --prefix web run build >var/setup/web.log 2>&1; then
	tail -n 40 var/setup/web.log >&2
	exit 1
fi
touch $stamp
