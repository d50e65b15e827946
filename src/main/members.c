#include "main/members.h"

#include <errno.h>
#include <stdio.h>

#include "client/import_csv.h"

enum { FILE_MAX_BYTES = 256 << 20 };

struct member_file {
	struct command_call *call;
	int64_t corp;
};

static enum err read_file(struct ctx *cx, const char *path, str *out)
{
	FILE *f = fopen(path, "rbe");
	enum err err = OK;
	long n;

	if (!f)
		return why(cx, ERR_NOT_FOUND, "%s: %s", path, strerror(errno));
	n = fseek(f, 0, SEEK_END) == 0 ? ftell(f) : -1;
	rewind(f);
	if (n < 0 || n > FILE_MAX_BYTES) {
		err = why(cx, ERR_TOO_LARGE, "%s", path);
	} else {
		char *p = arena_alloc(cx->mem, (size_t)n + 1);

		*out = str_make(p, fread(p, 1, (size_t)n, f));
	}
	fclose(f);
	return err;
}

static enum err find_corp(struct tx *tx, void *arg)
{
	struct member_file *m = arg;

	return command_corp(tx, m->call, &m->corp);
}

static void print(struct command_call *call, const struct import_result *r)
{
	buf_printf(call->out,
		"added %" PRId64 ", changed %" PRId64 ", unchanged %" PRId64
		", failed %" PRId64 ", new departments %" PRId64 "\n",
		r->added, r->changed, r->unchanged, r->failed, r->departments);
	for (size_t i = 0; i < r->n_errors; i++)
		buf_printf(call->out, "line %" PRId64 ", %.*s: %.*s\n", r->errors[i].line,
			STR_FMT(r->errors[i].column), STR_FMT(r->errors[i].message));
}

enum err members_import_file(struct command_call *call, const char *path)
{
	struct member_file m = { .call = call };
	struct import_result result;
	str bytes = STR_NONE;

	TRY(store_read(call->store, call->cx, find_corp, &m));
	TRY(read_file(call->cx, path, &bytes));
	TRY(import_csv(call->store, call->cx, m.corp, bytes, &result));
	print(call, &result);
	if (result.failed)
		return why(call->cx, ERR_BAD_CSV, "%" PRId64 " rows were left out",
			result.failed);
	return OK;
}
