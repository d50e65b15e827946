#!/bin/sh
# Breaks each rule of tools/layers once, in a small tree, and expects to hear of it.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failed=0

fresh_tree() {
	rm -rf "$tree/src"
	mkdir -p "$tree/src/base" "$tree/src/io" "$tree/src/store" "$tree/src/core/schema" \
		"$tree/src/core/chat" "$tree/src/core/message" "$tree/src/api/chat" "$tree/src/main"
	cp "$here/src/LAYERS" "$tree/src/LAYERS"
	echo '#include <stdint.h>' >"$tree/src/base/str.h"
	echo '#include "base/str.h"' >"$tree/src/io/loop.h"
	printf '#include "base/str.h"\n#include <sqlite3.h>\n' >"$tree/src/store/store.h"
	echo 'CREATE TABLE chat (corp I64); CREATE TABLE timeline (corp I64);' \
		>"$tree/src/core/schema/0001_first.sql"
	echo 'SELECT a FROM chat c, timeline ORDER BY a, b;' >"$tree/src/core/chat/chat.sql"
	echo '#include "store/store.h"' >"$tree/src/core/chat/chat.h"
	echo '#include "core/chat/chat.sql.h"' >"$tree/src/core/chat/chat.c"
	echo '#include "core/chat/chat.h"' >"$tree/src/core/message/message.h"
	echo '#include "core/message/message.h"' >"$tree/src/api/chat/send.c"
	printf '#include "io/loop.h"\n#include "api/chat/send.h"\n' >"$tree/src/main/boot.c"
	echo '#include "base/str.h"' >"$tree/src/api/chat/send.h"
}

# expect WORDS FILE LINE: appends LINE to FILE and wants one report with WORDS.
expect() {
	fresh_tree
	mkdir -p "$(dirname "$tree/src/$2")"
	printf '%s\n' "$3" >>"$tree/src/$2"
	if out=$("$here/tools/layers" "$tree/src"); then
		echo "not reported: $2: $3"
		failed=1
	elif ! printf '%s\n' "$out" | grep -qF "$tree/src/$2:" ||
		! printf '%s\n' "$out" | grep -qF "$1"; then
		echo "wanted \"$1\" for $2, got: $out"
		failed=1
	fi
}

fresh_tree
"$here/tools/layers" "$tree/src" || { echo "a clean tree is refused"; failed=1; }

expect 'above it' base/str.h '#include "io/loop.h"'
expect 'above it' core/chat/chat.c '#include "api/chat/send.h"'
expect 'neighbour' io/loop.h '#include "store/store.h"'
expect 'no edge to message' core/chat/chat.c '#include "core/message/message.h"'
expect 'cycle' base/str.h '#include "base/str.h"'
expect 'name it from src/' core/chat/chat.c '#include "chat.h"'
expect 'name it from src/' core/chat/chat.c '#include "../chat/chat.h"'
expect 'is not there' core/chat/chat.c '#include "core/chat/room.h"'
expect 'belongs to its own folder' core/message/message.h '#include "core/chat/chat.sql.h"'
expect 'store alone' core/chat/chat.c '#include <sqlite3.h>'
expect 'io alone' main/boot.c '#include <event2/event.h>'
expect 'SQL in C' api/chat/send.c 'static const char *q = "SELECT a FROM b";'
expect 'table timeline' core/message/message.sql 'SELECT a FROM x JOIN timeline ON a = b;'
expect 'table chat' core/message/message.sql 'UPDATE chat SET a = 1;'
expect 'no floor' attic/old.c 'int x;'
expect 'not a floor' LAYERS 'flor attic 9'
expect 'no line "area shop:"' core/shop/shop.c 'int x;'
exit $failed
