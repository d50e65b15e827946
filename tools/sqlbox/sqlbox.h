/*
 * tools/sqlbox/sqlbox.h - what the parts of sqlbox share.
 *
 * sqlbox runs at build time and reads our own files, so it stops at the first
 * fault with FILE:LINE and frees nothing.  doc/design/sqlbox.md is its manual.
 */
#ifndef SQLBOX_SQLBOX_H
#define SQLBOX_SQLBOX_H

#include <stdbool.h>
#include <stddef.h>

/* Text that grows; always NUL-terminated. */
struct text {
	char *p;
	size_t n, cap;
};

void text_put(struct text *t, const char *p, size_t n);
void text_add(struct text *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* As a C string literal, with its quotes. */
void text_add_literal(struct text *t, const char *z);

_Noreturn void die(const char *file, int line, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void *take_memory(size_t bytes);
char *copy_text(const char *p, size_t n);
char *file_read(const char *path);
void file_write(const char *path, const struct text *t);
const char *base_name(const char *path);
bool is_word_char(char c);

/* ---- tokens (lex.c) ---- */

enum token_kind { T_END, T_WORD, T_NUMBER, T_STRING, T_MARK, T_PUNCT, T_COMMENT };

struct token {
	enum token_kind kind;
	const char *p; /* a comment: what follows the dashes, trimmed */
	size_t n;
	int line;
	int number;  /* of a mark */
	bool spaced; /* blanks stood before it */
};

struct lex {
	const char *file;
	const char *p;
	int line;
};

struct token lex_next(struct lex *lx);
/* Without regard to case, for words. */
bool token_is(struct token t, const char *z);
/* With a blank before it where the source had any. */
void text_add_token(struct text *out, struct token t);

/* ---- statements (box.c) ---- */

enum type { I64, TEXT, BYTES, I64S, TEXTS };
enum form { ONE, MANY, EACH, EXEC };

struct field {
	char *name;
	enum type type;
	bool nullable;
};

struct fields {
	struct field v[64];
	size_t n;
};

struct row {
	char *name;
	struct fields columns;
};

struct statement {
	const char *file;
	int line;
	enum form form;
	char *name;
	struct fields params;
	struct row *row; /* NULL for exec */
	bool row_is_new; /* its struct is to be written */
	struct text sqlite, postgres;
	char *scan; /* why a full scan is right, or NULL */
	bool writes;
	bool used[64]; /* marks */
};

struct box {
	struct statement *v[1000];
	size_t n;
};

void box_read(struct box *box, const char *path);

/* ---- schema (schema.c) ---- */

struct schema {
	struct text sqlite, postgres;
	char *marked[200]; /* tables and indexes that need not begin with corp */
	size_t n_marked;
};

void schema_read(struct schema *s, const char *path);

#endif
