/*
 * core/directory/import - members and departments from a table.
 *
 * The caller parses the file and gives rows of cells, the header first.  Columns
 * are found by name, in English or Chinese (doc/import.md); those that are not
 * there leave members as they are, those that nobody knows are named in the
 * result.  A row adds the member or changes him; importing the same table again
 * changes nothing.  Departments are made on the way.
 *
 * Rows are written some thousand to a transaction, so that the server goes on
 * meanwhile; a row that is wrong is told of by line and column and left out, the
 * others are written.  A store's failure ends the import; what was written stays.
 */
#ifndef CORE_DIRECTORY_IMPORT_H
#define CORE_DIRECTORY_IMPORT_H

#include "core/directory/directory.h"

enum { IMPORT_MAX_COLUMNS = 200, IMPORT_MAX_ERRORS = 1000 };

struct import_cells {
	int64_t line; /* in the file, from 1 */
	const str *v;
	size_t n;
};

/* Gives the next row, *out_more false at the end; the cells live until the next call. */
struct import_source {
	enum err (*next)(void *arg, struct import_cells *out, bool *out_more);
	void *arg;
};

/* First passwords, which are core/account's; NULL functions: the column is refused.
 * needs() is asked in a read snapshot (member 0: a new one), hash() between
 * transactions, put() in the write. */
struct import_passwords {
	enum err (*needs)(struct tx *tx, int64_t corp, int64_t member, bool *out);
	enum err (*hash)(struct ctx *cx, str password, str *out_hash);
	enum err (*put)(struct tx *tx, int64_t corp, int64_t member, str hash);
};

struct import_error {
	int64_t line;
	str column, message;
};

struct import_result {
	int64_t added, changed, unchanged, failed, departments;
	struct import_error *errors; /* the first IMPORT_MAX_ERRORS, in cx->mem */
	size_t n_errors;
	struct texts ignored; /* columns nobody knows */
};

/* Not in a transaction.  ERR_BAD_CSV when the header lacks userid. */
enum err import_members(struct store *store, struct ctx *cx, int64_t corp,
	const struct import_source *source, const struct import_passwords *passwords,
	struct import_result *out);

#endif
