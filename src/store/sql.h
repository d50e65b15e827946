/*
 * store/sql.h - what sqlbox's functions are made of; nobody else includes it.
 *
 * sqlbox writes for every statement one `struct sql` (its text in both
 * dialects, its parameters and columns) and a typed C function that fills an
 * array of values and calls one of the four below.  Each connection keeps the
 * prepared statement under sql->slot, so a call hashes no text.
 *
 * Texts read by one and many are copied to tx->cx->mem; those given to an
 * each-function live until it returns.
 */
#ifndef STORE_SQL_H
#define STORE_SQL_H

#include <stdatomic.h>

#include "base/shape.h"
#include "store/store.h"

enum sql_kind {
	SQL_I64,
	SQL_TEXT,
	SQL_BYTES,
	SQL_I64S,         /* struct ints, for IN_LIST */
	SQL_TEXTS,        /* struct texts, for IN_LIST */
	SQL_NULLABLE = 8, /* or-ed in: empty or zero is bound as NULL */
};

/* A parameter's value; `p` points to a struct ints or texts. */
struct sql_value {
	int64_t i;
	str s;
	const void *p;
};

/* Where a result column goes in the row struct. */
struct sql_column {
	enum sql_kind kind;
	size_t at;
};

struct sql {
	const char *name;
	const char *sqlite, *postgres;
	const enum sql_kind *params;
	size_t n_params;
	const struct sql_column *columns;
	size_t n_columns, row_bytes;
	bool writes;
	atomic_int slot; /* 0 until first used */
};

typedef enum err sql_row_fn(void *arg, const void *row);

enum err sql_exec(struct tx *tx, struct sql *q, const struct sql_value *in);
enum err sql_one(struct tx *tx, struct sql *q, const struct sql_value *in, void *out_row,
	bool *out_found);
enum err sql_many(struct tx *tx, struct sql *q, const struct sql_value *in,
	void **out_rows, size_t *out_n);
enum err sql_each(struct tx *tx, struct sql *q, const struct sql_value *in, void *row,
	sql_row_fn *fn, void *arg);

#endif
