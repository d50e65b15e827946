#!/bin/sh
# tools/check-readme.sh - README.md and README.zh-CN.md have the same headings (number and
# level) and the same code blocks, in the same order.
cd "$(dirname "$0")/.." || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# What must be equal: the level of each heading, every line of each code block, each picture.
skeleton() {
	awk '
	/^```/ { in_code = !in_code; print; next }
	in_code { print; next }
	/^#+ / { print "heading " length($1); next }
	{ while (match($0, /!\[[^]]*\]\([^)]*\)/)) {
		picture = substr($0, RSTART, RLENGTH); $0 = substr($0, RSTART + RLENGTH)
		sub(/^!\[[^]]*\]/, "picture ", picture); print picture } }
	END { if (in_code) print "a code block is not closed" }' "$1"
}

for file in README.md README.zh-CN.md; do
	[ -f $file ] || { echo "$file is missing"; exit 1; }
	skeleton $file >"$work/$file"
done
diff -u --label README.md --label README.zh-CN.md "$work/README.md" "$work/README.zh-CN.md"
