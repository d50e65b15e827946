/*
 * wire/csv.h - comma separated values (RFC 4180), for imports and exports.
 *
 * The reader walks a buffer once and gives one row at a time.  Fields are
 * slices of the buffer; one with doubled quotes is copied to cx->scratch, which
 * the caller clears between rows.  Lines end in CRLF or LF (a lone CR too, as
 * old spreadsheets write); empty lines are skipped; a byte-order mark is
 * skipped.  Quoting is strict: a quote inside a bare field, text after a
 * closing quote and an open quote at the end are ERR_BAD_CSV, naming the line.
 */
#ifndef WIRE_CSV_H
#define WIRE_CSV_H

#include "base/buf.h"
#include "base/ctx.h"

#define CSV_MAX_FIELDS 200
#define CSV_MAX_FIELD_BYTES (64 * 1024)

struct csv_row {
	str fields[CSV_MAX_FIELDS];
	size_t n;
	int64_t line; /* where the row begins, from 1 */
	int64_t row;  /* its number, from 1, the header row included */
};

struct csv {
	str rest;
	int64_t line, row;
	char comma;
};

/* Spreadsheets in China save GBK or UTF-16: gives the text as UTF-8 without
 * its mark.  UTF-8 is not copied.  ERR_BAD_CSV when it is none of them. */
enum err csv_text(struct ctx *cx, str bytes, str *out_text);

/* Reads `text`; the comma is ',' or, when only that occurs in the first line,
 * ';' or a tab. */
void csv_init(struct csv *r, str text);
/* The next row; *out_more false at the end. */
enum err csv_next(struct ctx *cx, struct csv *r, struct csv_row *out, bool *out_more);
/* Field `at`, trimmed of blanks; empty when the row is shorter or `at` is SIZE_MAX. */
str csv_field(const struct csv_row *row, size_t at);

/* A column one looks for: names parted by '|', compared folded and trimmed. */
struct csv_column {
	const char *names; /* "userid|account|账号" */
	bool required;
};
/* Where each column stands in the header row (SIZE_MAX: nowhere).  ERR_BAD_CSV
 * names a required one that is missing, or one that stands there twice. */
enum err csv_map(struct ctx *cx, const struct csv_row *header,
	const struct csv_column *columns, size_t n, size_t *out_at);

/* Writing.  With `guard`, a field a spreadsheet would take for a formula (= + -
 * @ tab CR first, and not just a number) gets an apostrophe before it. */
struct csv_writer {
	struct buf *out;
	bool guard;
	bool begun; /* a field of this row is written */
};
void csv_put(struct csv_writer *w, str field);
void csv_put_int(struct csv_writer *w, int64_t v);
void csv_end(struct csv_writer *w);

#endif
