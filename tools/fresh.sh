#!/bin/sh
# tools/fresh.sh [run] [check] - proves on a bare Debian 12 that a clone of HEAD needs nothing
# but `apt-get install -y make git` and the command itself:
#
#	run     `make run` until /readyz and the desk answer, then a clean stop
#	check   `make check`
#
# The Debian is a debootstrapped folder, var/fresh/root; var/fresh/base is kept for the next
# time (delete it to begin from nothing).  Mirror, apt settings, CA certificates, npm settings
# and proxy variables are the host's, taken when this runs.  Everything runs in mount and
# process namespaces of its own, so nothing stays mounted or running when it ends.
set -eu
cd "$(dirname "$0")/.."
[ "$(id -u)" -eq 0 ] || { echo 'fresh: debootstrap and chroot want root: sudo make fresh' >&2; exit 1; }
[ $# -gt 0 ] || set -- run check
if [ -z "${FRESH_INSIDE-}" ]; then
	FRESH_INSIDE=1 exec unshare --mount --propagation private --pid --fork --kill-child \
		sh tools/fresh.sh "$@"
fi

place=$PWD/var/fresh
root=$place/root
listen=${LISTEN:-127.0.0.1:8420}
patience=1800 # seconds for `make run` to answer

say() {
	echo "fresh: $(date +%T) $*"
}

give_up() {
	say "FAILED: $*"
	exit 1
}

# Lines "URI SUITE COMPONENT" of the host's Debian sources.
host_sources() {
	apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
		grep -E ' bookworm(-updates|-security)? main$' | sort -u
}

bootstrap_base() {
	[ -f "$place/base.done" ] && return
	rm -rf "$place/base"
	mkdir -p "$place"
	mirror=${MIRROR:-$(host_sources | awk '$2 == "bookworm" { print $1; exit }')}
	[ -n "$mirror" ] || give_up 'no Debian 12 source in apt; say MIRROR=URL'
	say 'debootstrap'
	debootstrap --variant=minbase bookworm "$place/base" "$mirror" >"$place/debootstrap.log" 2>&1 ||
		{ tail -n 20 "$place/debootstrap.log"; give_up 'debootstrap'; }
	touch "$place/base.done"
}

# Copies the files or folders that exist here to the same place there.
take_from_host() {
	for path in "$@"; do
		[ -e "$path" ] || continue
		mkdir -p "$root$(dirname "$path")"
		cp -RL "$path" "$root$(dirname "$path")/"
	done
}

make_root() {
	rm -rf --one-file-system "$root"
	cp -a "$place/base" "$root"
	host_sources | sed 's/^/deb /' >"$root/etc/apt/sources.list"
	[ -s "$root/etc/apt/sources.list" ] ||
		echo "deb ${MIRROR:?} bookworm main" >"$root/etc/apt/sources.list"
	apt-config dump | grep -E '^Acquire::(https?|Retries|ForceIPv|Check-)' \
		>"$root/etc/apt/apt.conf.d/99host" || :
	take_from_host /etc/resolv.conf /etc/hosts /usr/local/share/ca-certificates \
		/etc/ssl/certs/ca-certificates.crt /etc/npmrc /usr/etc/npmrc
	[ ! -f ~/.npmrc ] || install -m 600 ~/.npmrc "$root$(getent passwd 0 | cut -d : -f 6)/.npmrc"
	# As in any container: packages' services are not started.
	printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
	chmod +x "$root/usr/sbin/policy-rc.d"
	mount -t proc proc "$root/proc"
	mount --rbind /dev "$root/dev"
	mount -t tmpfs tmpfs "$root/dev/shm"
	git clone -q --bare . "$root/srv/liaison.git"
}

# Becomes a shell line there, with nothing of our environment but what leads to the network.
become_inside() {
	passed=$(env | grep -iE '^(https?_proxy|ftp_proxy|no_proxy|npm_config_[a-z_]*|[A-Z_]*(CERT|CA_BUNDLE|CAINFO|CERTS)[A-Z_]*)=[^ ]*$' |
		tr '\n' ' ')
	# shellcheck disable=SC2086
	exec env -i $passed HOME="$(getent passwd 0 | cut -d : -f 6)" LANG=C.UTF-8 TERM=dumb \
		PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
		chroot "$root" sh -c "$1"
}

inside() {
	(become_inside "$1")
}

prepare() {
	say 'apt-get install -y make git'
	inside 'apt-get update -q && apt-get install -y make git' >"$place/apt.log" 2>&1 ||
		{ tail -n 20 "$place/apt.log"; give_up 'apt-get install -y make git'; }
	inside 'cd /srv && git clone -q liaison.git liaison' || give_up 'git clone'
	say "cloned $(git log -1 --format='%h %s')"
	[ -z "$(git status --porcelain)" ] || say 'note: what is not committed is not tried'
}

answers() {
	curl --noproxy '*' -fsS -m 5 -o /dev/null "http://$listen$1" 2>/dev/null
}

prove_run() {
	answers /readyz && give_up "something else answers on $listen; say LISTEN=127.0.0.1:PORT"
	say 'make run'
	become_inside "cd /srv/liaison && exec make run LISTEN=$listen" >"$place/run.log" 2>&1 &
	running=$!
	began=$(date +%s)
	until answers /readyz; do
		kill -0 $running 2>/dev/null || { tail -n 40 "$place/run.log"; give_up 'make run ended'; }
		[ $(($(date +%s) - began)) -lt $patience ] ||
			{ tail -n 40 "$place/run.log"; give_up "no answer after $patience s"; }
		sleep 1
	done
	say "ready after $(($(date +%s) - began)) s"
	answers /desk/ || give_up '/desk/ does not answer'
	kill -TERM $running
	wait $running || : # make says 143 or 2 when its child was stopped
	! answers /readyz || give_up 'still answers after SIGTERM'
	tail -n 25 "$place/run.log" | sed 's/^/    /'
}

prove_check() {
	say 'make check'
	inside 'cd /srv/liaison && make check' >"$place/check.log" 2>&1 ||
		{ tail -n 80 "$place/check.log"; give_up 'make check'; }
	sed 's/^/    /' "$place/check.log" | tail -n 40
}

bootstrap_base
make_root
prepare
for what in "$@"; do
	case $what in
	run) prove_run ;;
	check) prove_check ;;
	*) give_up "run or check, not $what" ;;
	esac
done
say 'done'
umount -R "$root/dev" "$root/proc"
rm -rf --one-file-system "$root"
