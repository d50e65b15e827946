/*
 * tools/sqlbox/box.c - a file of statements: headings, remarks and SQL.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "sqlbox.h"

static const char *const form_names[] = { "one", "many", "each", "exec" };

/* ---- headings ---- */

struct heading {
	const char *file;
	int line;
	const char *p;
};

static void blanks(struct heading *h)
{
	while (isspace((unsigned char)*h->p))
		h->p++;
}

static bool accept(struct heading *h, const char *z)
{
	blanks(h);
	if (strncmp(h->p, z, strlen(z)) != 0)
		return false;
	h->p += strlen(z);
	return true;
}

static void expect(struct heading *h, const char *z)
{
	if (!accept(h, z))
		die(h->file, h->line, "heading: '%s' expected before \"%.20s\"", z, h->p);
}

static bool is_c_word(const char *z)
{
	static const char *const words[] = { "auto", "bool", "break", "case", "char",
		"const", "continue", "default", "do", "double", "else", "enum", "extern",
		"float", "for", "goto", "if", "inline", "int", "long", "register",
		"restrict", "return", "short", "signed", "sizeof", "static", "str",
		"struct", "switch", "typedef", "union", "unsigned", "void", "volatile",
		"while", "tx", "out_row", "out_rows", "out_n", "out_found", "fn", "arg" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(words[i], z))
			return true;
	return false;
}

static char *identifier(struct heading *h, const char *what)
{
	const char *start;
	char *name;

	blanks(h);
	start = h->p;
	if (!islower((unsigned char)*start))
		die(h->file, h->line, "heading: %s expected before \"%.20s\"", what,
			start);
	while (is_word_char(*h->p))
		h->p++;
	name = copy_text(start, (size_t)(h->p - start));
	if (is_c_word(name))
		die(h->file, h->line, "heading: '%s' cannot be a name", name);
	return name;
}

static void type(struct heading *h, struct field *f, bool is_param)
{
	static const char *const names[] = { "I64", "TEXT", "BYTES" };
	size_t i;

	for (i = 0; i < 3; i++)
		if (accept(h, names[i]))
			break;
	if (i == 3 || is_word_char(*h->p))
		die(h->file, h->line, "heading: the type of '%s' is I64, TEXT or BYTES",
			f->name);
	f->type = (enum type)i;
	if (*h->p != '?' && *h->p != '*')
		return;
	if (!is_param)
		die(h->file, h->line, "heading: only parameters are '?' or '*'");
	if (*h->p == '*' && f->type == BYTES)
		die(h->file, h->line, "heading: lists are I64* and TEXT*");
	if (*h->p++ == '?')
		f->nullable = true;
	else
		f->type = f->type == I64 ? I64S : TEXTS;
}

static void fields(struct heading *h, struct fields *fs, bool is_param)
{
	expect(h, "(");
	if (accept(h, ")"))
		return;
	do {
		struct field *f = &fs->v[fs->n];

		if (fs->n++ == sizeof(fs->v) / sizeof(fs->v[0]))
			die(h->file, h->line, "heading: too many fields");
		f->name = identifier(h, "a field's name");
		for (struct field *o = fs->v; o < f; o++)
			if (!strcmp(o->name, f->name))
				die(h->file, h->line, "heading: '%s' twice", f->name);
		type(h, f, is_param);
	} while (accept(h, ","));
	expect(h, ")");
}

static struct row *row_find(const struct box *box, const char *file, const char *name)
{
	for (size_t i = 0; i < box->n; i++)
		if (box->v[i]->row && box->v[i]->file == file &&
			!strcmp(box->v[i]->row->name, name))
			return box->v[i]->row;
	return NULL;
}

static void result(struct heading *h, const struct box *box, struct statement *st)
{
	struct row *row = take_memory(sizeof(*row)), *old;

	blanks(h);
	if (*h->p == '(') {
		row->name = take_memory(strlen(st->name) + 5);
		memcpy(row->name, st->name, strlen(st->name));
		memcpy(row->name + strlen(st->name), "_row", 4);
	} else {
		row->name = identifier(h, "a row's name or '('");
	}
	old = row_find(box, st->file, row->name);
	blanks(h);
	if (*h->p != '(') {
		if (!old)
			die(h->file, h->line, "row '%s' has no columns yet", row->name);
		st->row = old;
		return;
	}
	if (old)
		die(h->file, h->line, "row '%s' is there already", row->name);
	fields(h, &row->columns, false);
	if (!row->columns.n)
		die(h->file, h->line, "row '%s' has no columns", row->name);
	st->row = row;
	st->row_is_new = true;
}

static void heading(struct box *box, struct statement *st, const char *words)
{
	struct heading h = { st->file, st->line, words };

	for (st->form = ONE; !accept(&h, form_names[st->form]);)
		st->form++;
	st->name = identifier(&h, "the statement's name");
	for (size_t i = 0; i < box->n; i++)
		if (!strcmp(box->v[i]->name, st->name))
			die(st->file, st->line, "'%s' is at %s:%d already", st->name,
				box->v[i]->file, box->v[i]->line);
	fields(&h, &st->params, true);
	if (accept(&h, "->"))
		result(&h, box, st);
	blanks(&h);
	if (*h.p)
		die(st->file, st->line, "heading: \"%.20s\" is too much", h.p);
	if (st->form == EXEC && st->row)
		die(st->file, st->line, "an exec has no row; use one");
	if (st->form != EXEC && !st->row)
		die(st->file, st->line, "%s wants a row: -> (…)", form_names[st->form]);
}

/* "one name(" begins a heading; other comments are free. */
static bool is_heading(struct token t)
{
	for (size_t i = 0; i < 4; i++) {
		size_t n = strlen(form_names[i]), at = n + 1;

		if (t.n <= at || strncmp(t.p, form_names[i], n) != 0 || t.p[n] != ' ')
			continue;
		while (at < t.n && is_word_char(t.p[at]))
			at++;
		if (at > n + 1 && at < t.n && t.p[at] == '(')
			return true;
	}
	return false;
}

static int depth(const char *z)
{
	int d = 0;

	for (; *z; z++)
		d += (*z == '(') - (*z == ')');
	return d;
}

/* A heading goes on while a parenthesis is open, and before a line "-> …". */
static char *heading_words(struct lex *lx, struct token t)
{
	struct text words = { 0 };

	text_put(&words, t.p, t.n);
	for (;;) {
		struct lex ahead = *lx;
		struct token next = lex_next(&ahead);
		bool arrow = next.n >= 2 && !strncmp(next.p, "->", 2);

		if (next.kind != T_COMMENT || (depth(words.p) == 0 && !arrow))
			break;
		text_put(&words, " ", 1);
		text_put(&words, next.p, next.n);
		*lx = ahead;
	}
	if (depth(words.p) != 0)
		die(lx->file, t.line, "heading: parentheses do not match");
	return words.p;
}

/* ---- SQL ---- */

static void both(struct statement *st, struct token t, const char *sqlite,
	const char *postgres)
{
	if (t.spaced && st->sqlite.n) {
		text_put(&st->sqlite, " ", 1);
		text_put(&st->postgres, " ", 1);
	}
	text_put(&st->sqlite, sqlite, strlen(sqlite));
	text_put(&st->postgres, postgres, strlen(postgres));
}

static const struct field *param(struct statement *st, struct token t)
{
	if (t.number < 1 || (size_t)t.number > st->params.n)
		die(st->file, t.line, "%.*s: the heading has %zu parameters", (int)t.n,
			t.p, st->params.n);
	st->used[t.number - 1] = true;
	return &st->params.v[t.number - 1];
}

static void plain_mark(struct statement *st, struct token t)
{
	const struct field *f = param(st, t);
	struct text lite = { 0 }, post = { 0 };

	if (f->type == I64S || f->type == TEXTS)
		die(st->file, t.line, "'%s' is a list; say IN_LIST($%d)", f->name,
			t.number);
	text_add(&lite, "?%d", t.number);
	text_add(&post, "$%d", t.number);
	both(st, t, lite.p, post.p);
}

static void in_list(struct statement *st, struct lex *lx, struct token word)
{
	struct token open = lex_next(lx), m = lex_next(lx), close = lex_next(lx);
	struct text lite = { 0 }, post = { 0 };
	const struct field *f;

	if (!token_is(open, "(") || m.kind != T_MARK || !token_is(close, ")"))
		die(st->file, word.line, "say IN_LIST($n)");
	f = param(st, m);
	if (f->type != I64S && f->type != TEXTS)
		die(st->file, word.line, "IN_LIST wants a list, and '%s' is none",
			f->name);
	text_add(&lite, "IN (SELECT value FROM json_each(?%d))", m.number);
	text_add(&post, "= ANY($%d::%s[])", m.number,
		f->type == I64S ? "bigint" : "text");
	both(st, word, lite.p, post.p);
}

static void plain_word(struct statement *st, struct lex *lx, struct token t)
{
	if (token_is(t, "IN_LIST"))
		in_list(st, lx, t);
	else if (token_is(t, "LOCK_ROWS"))
		both(st, t, "", "FOR UPDATE SKIP LOCKED");
	else if (token_is(t, "GREATEST"))
		both(st, t, "max", "GREATEST");
	else if (token_is(t, "LEAST"))
		both(st, t, "min", "LEAST");
	else if (token_is(t, "I64"))
		both(st, t, "INTEGER", "BIGINT");
	else if (token_is(t, "BYTES"))
		both(st, t, "BLOB", "BYTEA");
	else
		both(st, t, copy_text(t.p, t.n), copy_text(t.p, t.n));
}

struct seen {
	bool returning, changes, select;
	struct token last;
};

static void look(struct statement *st, struct seen *seen, struct token t)
{
	struct token last = seen->last;

	if (token_is(t, "*") &&
		(token_is(last, "SELECT") || token_is(last, "DISTINCT") ||
			token_is(last, "RETURNING") || token_is(last, ",") ||
			token_is(last, ".")))
		die(st->file, t.line, "columns are listed, never *");
	seen->returning |= token_is(t, "RETURNING");
	seen->select |= token_is(t, "SELECT");
	/* "DO UPDATE" belongs to an INSERT, "FOR UPDATE" is LOCK_ROWS's word. */
	if (token_is(t, "UPDATE") && token_is(last, "FOR"))
		die(st->file, t.line, "say LOCK_ROWS");
	seen->changes |=
		token_is(t, "INSERT") || token_is(t, "UPDATE") || token_is(t, "DELETE");
	seen->last = t;
}

static void judge(struct statement *st, const struct seen *seen)
{
	st->writes = seen->changes;
	if (!seen->changes && !seen->select)
		die(st->file, st->line, "'%s' is no SELECT, INSERT, UPDATE or DELETE",
			st->name);
	if (st->form == EXEC && !seen->changes)
		die(st->file, st->line, "'%s' changes nothing: an exec does", st->name);
	if (st->form == EXEC && seen->returning)
		die(st->file, st->line, "'%s' has RETURNING: say one, not exec",
			st->name);
	if (st->form != EXEC && seen->changes && !seen->returning)
		die(st->file, st->line, "'%s' wants a row but has no RETURNING",
			st->name);
	for (size_t i = 0; i < st->params.n; i++)
		if (!st->used[i])
			die(st->file, st->line, "$%zu (%s) is not used", i + 1,
				st->params.v[i].name);
}

static void remark(struct statement *st, struct token t)
{
	if (is_heading(t))
		die(st->file, t.line, "'%s' above has no semicolon", st->name);
	if (t.n < 5 || strncmp(t.p, "scan:", 5) != 0)
		return;
	st->scan = copy_text(t.p + 5, t.n - 5);
	if (!st->scan[strspn(st->scan, " ")])
		die(st->file, t.line, "scan: say why");
}

static void sql(struct statement *st, struct lex *lx)
{
	struct seen seen = { 0 };
	struct token t;

	while (!token_is(t = lex_next(lx), ";")) {
		if (t.kind == T_END)
			die(st->file, st->line, "'%s' has no semicolon", st->name);
		if (t.kind == T_COMMENT) {
			remark(st, t);
			continue;
		}
		look(st, &seen, t);
		if (t.kind == T_MARK)
			plain_mark(st, t);
		else if (t.kind == T_WORD)
			plain_word(st, lx, t);
		else
			both(st, t, copy_text(t.p, t.n), copy_text(t.p, t.n));
	}
	judge(st, &seen);
}

void box_read(struct box *box, const char *path)
{
	struct lex lx = { path, file_read(path), 1 };
	struct token t;

	while ((t = lex_next(&lx)).kind != T_END) {
		struct statement *st = take_memory(sizeof(*st));

		if (t.kind != T_COMMENT)
			die(path, t.line, "SQL without a heading");
		if (!is_heading(t))
			continue;
		if (box->n == sizeof(box->v) / sizeof(box->v[0]))
			die(path, t.line, "too many statements");
		st->file = path;
		st->line = t.line;
		heading(box, st, heading_words(&lx, t));
		sql(st, &lx);
		box->v[box->n++] = st;
	}
}
