#include "client/import_csv.h"

#include "wire/csv.h"

struct reading {
	struct ctx *cx;
	struct csv csv;
	struct csv_row row;
};

static enum err next(void *arg, struct import_cells *out, bool *out_more)
{
	struct reading *r = arg;

	arena_clear(r->cx->scratch);
	TRY(csv_next(r->cx, &r->csv, &r->row, out_more));
	*out = (struct import_cells){ r->row.line, r->row.fields, r->row.n };
	return OK;
}

enum err import_csv(struct store *store, struct ctx *cx, int64_t corp, str bytes,
	struct import_result *out)
{
	/* The import uses its own scratch between rows: this one is the file's. */
	struct ctx *file = ctx_new(0);
	struct reading r = { .cx = file };
	struct import_source source = { next, &r };
	enum err err;
	str text;

	err = csv_text(file, bytes, &text);
	if (err == OK) {
		csv_init(&r.csv, text);
		err = account_import(store, cx, corp, &source, out);
	}
	if (err != OK && file->code != OK)
		err = why(cx, file->code, "%.*s", STR_FMT(file->words));
	ctx_free(file);
	return err;
}
