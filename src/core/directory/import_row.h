/*
 * core/directory/import_row - one row of the table, read; for this folder.
 */
#ifndef CORE_DIRECTORY_IMPORT_ROW_H
#define CORE_DIRECTORY_IMPORT_ROW_H

#include "core/directory/import.h"

enum import_column {
	COLUMN_USERID,
	COLUMN_NAME,
	COLUMN_DEPARTMENT,
	COLUMN_ORDER,
	COLUMN_LEADER,
	COLUMN_POSITION,
	COLUMN_MOBILE,
	COLUMN_EMAIL,
	COLUMN_BIZ_MAIL,
	COLUMN_GENDER,
	COLUMN_ALIAS,
	COLUMN_TELEPHONE,
	COLUMN_ADDRESS,
	COLUMN_DIRECT_LEADER,
	COLUMN_EXTERNAL_POSITION,
	COLUMN_ADMIN,
	COLUMN_SERVES_CUSTOMERS,
	COLUMN_PASSWORD,
	COLUMN_COUNT,
};

/* Where each column stands; SIZE_MAX nowhere. */
struct import_header {
	size_t at[COLUMN_COUNT];
};

struct import_row {
	int64_t line;
	/* Cells, trimmed; NULL pointer: no such column. */
	str cells[COLUMN_COUNT];
	/* Parsed: `;`-parted texts of the department cell, beside them the rest. */
	str departments[MEMBER_MAX_PLACES];
	struct member_place places[MEMBER_MAX_PLACES]; /* department 0 as yet */
	size_t n_places;
	int64_t gender;              /* -1 as it is */
	int admin, serves_customers; /* -1 as it is */
	str password_hash;
};

const char *import_column_name(enum import_column column);
/* ERR_BAD_CSV when userid is missing or a column stands there twice. */
enum err import_header_read(struct ctx *cx, const struct import_cells *cells,
	struct import_header *out, struct texts *out_ignored);
/* Takes the cells apart and checks what can be checked alone.  On failure
 * *out_column says which column the words in cx are about. */
enum err import_row_read(struct ctx *cx, const struct import_header *h,
	const struct import_cells *cells, struct import_row *out,
	enum import_column *out_column);
/* Writes what the row says over `m`. */
void import_row_apply(const struct import_row *row, struct member *m);

#endif
