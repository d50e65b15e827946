#!/bin/sh
# tools/check-tidy.sh BUILD [deep] - clang-tidy on every C file that was compiled, unless it,
# what it includes and the settings are as they were when it last passed.  `deep` is the
# analyzer as well, which takes several times as long, on the product alone.
#
# What passed is remembered by the hash of the preprocessed text, in BUILD/tidy/.
cd "$(dirname "$0")/.." || exit 1
build=${1:-build}
checks='-clang-analyzer-*' folders='src|tools|sdk'
[ "${2-}" = deep ] && checks='' folders=src
[ -f "$build/compile_commands.json" ] || { echo "$build is not configured: make"; exit 1; }
mkdir -p "$build/tidy"
settings=$PWD/.clang-tidy
cd "$build" || exit 1
export settings checks folders

# $1 is the file, the rest are its -I and -D words.
tidy_one='
	file=$1
	shift
	text=$(gcc -std=gnu17 "$@" -E -P "$file" 2>tidy/$$.errors && cat "$settings" && echo "$checks") || {
		cat tidy/$$.errors
		rm -f tidy/$$.errors
		exit 1
	}
	rm -f tidy/$$.errors
	seen=tidy/$(printf "%s" "$file $text" | sha256sum | cut -c 1-40)
	[ -f "$seen" ] && exit 0
	out=$(clang-tidy --quiet --checks="$checks" -p . "$file" 2>&1) && : >"$seen" && exit 0
	printf "%s\n" "$out" | sed "s|^.*/\.\./\(src/\)|\1|" | grep -vE "^[0-9]+ warnings?"
	exit 1'

# Lines "FILE -I... -D..." of the sources as Meson knows them: ours, not what generators made.
perl -ne '
	print "$1 $words\n" if m{"file": "(\.\./(?:$ENV{folders})/.*\.c)"};
	$words = join " ", m{(?<= )-[ID][^ "]+}g if /"command":/' compile_commands.json |
	sort -u | xargs -r -L 1 -P 2 sh -c "$tidy_one" tidy
