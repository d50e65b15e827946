/*
 * tools/sqlbox/lex.c - SQL as tokens, and the small change of sqlbox.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "sqlbox.h"

_Noreturn void die(const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	if (line > 0)
		fprintf(stderr, "%s:%d: ", file, line);
	else
		fprintf(stderr, "%s: ", file);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

void *take_memory(size_t bytes)
{
	void *p = calloc(1, bytes);

	if (!p)
		die("sqlbox", 0, "out of memory");
	return p;
}

char *copy_text(const char *p, size_t n)
{
	char *z = take_memory(n + 1);

	memcpy(z, p, n);
	return z;
}

void text_put(struct text *t, const char *p, size_t n)
{
	if (t->n + n + 1 > t->cap) {
		t->cap = (t->n + n + 1) * 2;
		t->p = realloc(t->p, t->cap);
		if (!t->p)
			die("sqlbox", 0, "out of memory");
	}
	if (n)
		memcpy(t->p + t->n, p, n);
	t->n += n;
	t->p[t->n] = '\0';
}

void text_add(struct text *t, const char *fmt, ...)
{
	char line[4096];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= sizeof(line))
		die("sqlbox", 0, "a line is too long");
	text_put(t, line, (size_t)n);
}

void text_add_literal(struct text *t, const char *z)
{
	text_put(t, "\"", 1);
	for (; *z; z++) {
		if (*z == '\n')
			text_put(t, z[1] ? "\\n\"\n\t\"" : "\\n", z[1] ? 6 : 2);
		else if (*z == '\t')
			text_put(t, "\\t", 2);
		else if (*z == '"' || *z == '\\')
			text_add(t, "\\%c", *z);
		else
			text_put(t, z, 1);
	}
	text_put(t, "\"", 1);
}

char *file_read(const char *path)
{
	FILE *f = fopen(path, "rb");
	struct text t = { 0 };
	char block[4096];
	size_t n;

	if (!f)
		die(path, 0, "cannot be read");
	text_put(&t, "", 0);
	while ((n = fread(block, 1, sizeof(block), f)) > 0)
		text_put(&t, block, n);
	fclose(f);
	if (strlen(t.p) != t.n)
		die(path, 0, "holds a NUL byte");
	return t.p;
}

void file_write(const char *path, const struct text *t)
{
	FILE *f = fopen(path, "wb");

	if (!f || fwrite(t->p, 1, t->n, f) != t->n || fclose(f))
		die(path, 0, "cannot be written");
}

const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

bool is_word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static struct token comment(struct lex *lx, struct token t)
{
	const char *end = lx->p + strcspn(lx->p, "\n");

	t.kind = T_COMMENT;
	t.p = lx->p + 2;
	lx->p = end;
	while (t.p < end && isblank((unsigned char)*t.p))
		t.p++;
	while (end > t.p && isspace((unsigned char)end[-1]))
		end--;
	t.n = (size_t)(end - t.p);
	return t;
}

/* 'text' or "name"; a doubled quote stands for itself. */
static struct token quoted(struct lex *lx, struct token t)
{
	char quote = *lx->p++;

	t.kind = T_STRING;
	for (;; lx->p++) {
		if (!*lx->p)
			die(lx->file, t.line, "a quote is not closed");
		if (*lx->p == '\n')
			lx->line++;
		if (*lx->p != quote)
			continue;
		if (lx->p[1] != quote)
			break;
		lx->p++;
	}
	lx->p++;
	t.n = (size_t)(lx->p - t.p);
	return t;
}

static struct token mark(struct lex *lx, struct token t)
{
	t.kind = T_MARK;
	lx->p++;
	if (!isdigit((unsigned char)*lx->p))
		die(lx->file, t.line, "a mark is $1, $2 …");
	for (; isdigit((unsigned char)*lx->p); lx->p++) {
		t.number = t.number * 10 + (*lx->p - '0');
		if (t.number > 64)
			die(lx->file, t.line, "at most 64 parameters");
	}
	t.n = (size_t)(lx->p - t.p);
	return t;
}

struct token lex_next(struct lex *lx)
{
	struct token t = { 0 };

	for (; isspace((unsigned char)*lx->p); lx->p++) {
		lx->line += *lx->p == '\n';
		t.spaced = true;
	}
	t.p = lx->p;
	t.line = lx->line;
	if (!*lx->p)
		return t;
	if (lx->p[0] == '-' && lx->p[1] == '-')
		return comment(lx, t);
	if (lx->p[0] == '/' && lx->p[1] == '*')
		die(lx->file, t.line, "comments are lines that begin with --");
	if (*lx->p == '\'' || *lx->p == '"')
		return quoted(lx, t);
	if (*lx->p == '$')
		return mark(lx, t);
	if (*lx->p == '?' || *lx->p == ':')
		die(lx->file, t.line, "marks are $1, $2 …, casts are CAST(x AS I64)");
	if (is_word_char(*lx->p)) {
		t.kind = isdigit((unsigned char)*lx->p) ? T_NUMBER : T_WORD;
		while (is_word_char(*lx->p))
			lx->p++;
	} else {
		t.kind = T_PUNCT;
		lx->p++;
	}
	t.n = (size_t)(lx->p - t.p);
	return t;
}

bool token_is(struct token t, const char *z)
{
	return (t.kind == T_WORD || t.kind == T_PUNCT) && t.n == strlen(z) &&
		!strncasecmp(t.p, z, t.n);
}

void text_add_token(struct text *out, struct token t)
{
	if (t.spaced && out->n)
		text_put(out, " ", 1);
	text_put(out, t.p, t.n);
}
