/*
 * tools/sqlbox/schema.c - migrations in both dialects.
 */
#include <stdlib.h>
#include <string.h>

#include "sqlbox.h"

struct reader {
	struct schema *out;
	struct lex lx;
	bool table; /* within CREATE TABLE */
	int depth;
	bool mark; /* the comment before says that it need not begin with corp */
};

static void both(struct reader *r, struct token t, const char *sqlite,
	const char *postgres)
{
	if (t.spaced && r->out->sqlite.n) {
		text_put(&r->out->sqlite, " ", 1);
		text_put(&r->out->postgres, " ", 1);
	}
	text_put(&r->out->sqlite, sqlite, strlen(sqlite));
	text_put(&r->out->postgres, postgres, strlen(postgres));
}

static void refuse(struct reader *r, struct token t)
{
	static const char *const words[] = { "INTEGER", "INT", "BIGINT", "SMALLINT",
		"BLOB", "BYTEA", "BOOLEAN", "BOOL", "SERIAL", "BIGSERIAL",
		"AUTOINCREMENT", "TIMESTAMP", "DATE", "REAL", "NUMERIC", "VARCHAR",
		"CHAR", "STRICT", "ROWID", "REFERENCES", "FOREIGN", "TRIGGER", "VIEW" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (token_is(t, words[i]))
			die(r->lx.file, t.line,
				"%s: not here; columns are I64, TEXT or BYTES", words[i]);
}

static void word(struct reader *r, struct token t)
{
	refuse(r, t);
	if (token_is(t, "I64"))
		both(r, t, "INTEGER", "BIGINT");
	else if (token_is(t, "BYTES"))
		both(r, t, "BLOB", "BYTEA");
	else if (token_is(t, "CLUSTERED"))
		die(r->lx.file, t.line,
			"CLUSTERED stands after a table's last parenthesis");
	else
		both(r, t, copy_text(t.p, t.n), copy_text(t.p, t.n));
}

/* The end of a table's columns; what may follow is CLUSTERED. */
static void table_end(struct reader *r, struct token close)
{
	struct lex ahead = r->lx;
	struct token next = lex_next(&ahead);

	if (token_is(next, "CLUSTERED")) {
		r->lx = ahead;
		both(r, close, ") WITHOUT ROWID, STRICT", ")");
	} else {
		both(r, close, ") STRICT", ")");
	}
	r->table = false;
}

/* CREATE [UNIQUE] TABLE|INDEX name: remembers what it is and its mark. */
static void creation(struct reader *r, struct token t)
{
	struct lex ahead = r->lx;
	struct token next = lex_next(&ahead);

	if (!token_is(t, "CREATE"))
		return;
	if (token_is(next, "UNIQUE"))
		next = lex_next(&ahead);
	r->table = token_is(next, "TABLE");
	if (!r->table && !token_is(next, "INDEX"))
		die(r->lx.file, t.line, "CREATE makes tables and indexes");
	next = lex_next(&ahead);
	if (next.kind != T_WORD)
		die(r->lx.file, t.line, "a name expected");
	if (r->mark &&
		r->out->n_marked < sizeof(r->out->marked) / sizeof(r->out->marked[0]))
		r->out->marked[r->out->n_marked++] = copy_text(next.p, next.n);
}

static bool is_mark(struct token t)
{
	return (t.n == 14 && !strncmp(t.p, "consumer-keyed", 14)) ||
		(t.n > 8 && !strncmp(t.p, "global: ", 8));
}

static void statement(struct reader *r, struct token t)
{
	creation(r, t);
	r->mark = false;
	for (; !token_is(t, ";"); t = lex_next(&r->lx)) {
		if (t.kind == T_END)
			die(r->lx.file, r->lx.line,
				"the last statement has no semicolon");
		if (t.kind == T_MARK)
			die(r->lx.file, t.line, "no marks in a migration");
		if (t.kind == T_COMMENT)
			continue;
		r->depth += token_is(t, "(") - token_is(t, ")");
		if (t.kind == T_WORD)
			word(r, t);
		else if (r->table && token_is(t, ")") && r->depth == 0)
			table_end(r, t);
		else
			both(r, t, copy_text(t.p, t.n), copy_text(t.p, t.n));
	}
	if (r->depth != 0)
		die(r->lx.file, t.line, "parentheses do not match");
	text_put(&r->out->sqlite, ";\n", 2);
	text_put(&r->out->postgres, ";\n", 2);
}

void schema_read(struct schema *s, const char *path)
{
	struct reader r = { .out = s, .lx = { path, file_read(path), 1 } };
	struct token t;

	while ((t = lex_next(&r.lx)).kind != T_END) {
		if (t.kind == T_COMMENT) {
			r.mark = is_mark(t);
			continue;
		}
		t.spaced = false;
		statement(&r, t);
	}
}
