/*
 * Any bytes as a spreadsheet: each row that is read, written again, must read
 * as the same row.
 */
#include "wire/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void must_read(struct ctx *cx, struct csv *r, struct csv_row *row)
{
	bool more;

	BUG_IF(csv_next(cx, r, row, &more) != OK || !more, "what we wrote does not read");
}

static void write_and_read(struct ctx *cx, const struct csv_row *row)
{
	static struct csv_row again;
	struct csv r;
	struct buf b;
	struct csv_writer w = { .out = &b };

	buf_init(&b, cx->scratch, 256);
	csv_put_int(&w, 1); /* a first row, so that the comma is known */
	csv_put_int(&w, 2);
	csv_end(&w);
	for (size_t i = 0; i < row->n; i++)
		csv_put(&w, row->fields[i]);
	csv_end(&w);
	csv_init(&r, buf_str(&b));
	must_read(cx, &r, &again);
	must_read(cx, &r, &again);
	BUG_IF(again.n != row->n, "another number of fields");
	for (size_t i = 0; i < row->n; i++)
		BUG_IF(!str_same(again.fields[i], row->fields[i]), "another field");
}

static void read_all(struct ctx *cx, str text)
{
	static struct csv_row row;
	static const struct csv_column columns[] = { { "userid|账号", false },
		{ "name", false } };
	size_t at[2];
	struct csv r;
	bool more = true;

	csv_init(&r, text);
	while (csv_next(cx, &r, &row, &more) == OK && more) {
		if (row.row == 1)
			IGNORE_ERR(csv_map(cx, &row, columns, 2, at));
		/* A lone empty field is an empty line when written. */
		if (row.n > 1 || row.fields[0].n > 0)
			write_and_read(cx, &row);
		arena_clear(cx->scratch);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct ctx *cx = ctx_new(256 << 20);
	str text;

	if (csv_text(cx, str_make(p, n), &text) == OK)
		read_all(cx, text);
	ctx_free(cx);
	return 0;
}
