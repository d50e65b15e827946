/*
 * main/command_export.c - which exports a text comes from (doc/exports.md).
 */
#include <errno.h>
#include <stdio.h>

#include "base/ids.h"
#include "main/command.h"

enum { SIGN_BYTES = 3, SIGNS = 32, FILE_MAX_BYTES = 64 << 20, NUMBERS_MAX = 100 };

/* The two bits of a character without width; -1 for any other. */
static int sign_of(str at)
{
	static const char *const signs[] = { "\xe2\x80\x8b", "\xe2\x80\x8c",
		"\xe2\x80\x8d", "\xe2\x81\xa0" };

	for (int i = 0; i < 4; i++)
		if (str_starts(at, str_of(signs[i])))
			return i;
	return -1;
}

/* The number that begins here, if one does. */
static bool number_at(str at, int64_t *out)
{
	uint64_t number = 0;

	for (size_t i = 0; i < SIGNS; i++) {
		int bits = sign_of(str_skip(at, i * SIGN_BYTES));

		if (bits < 0)
			return false;
		number = number << 2 | (unsigned)bits;
	}
	*out = (int64_t)number;
	return true;
}

static void find_numbers(str text, struct ints *out)
{
	while (text.n >= SIGNS * SIGN_BYTES && out->n < NUMBERS_MAX) {
		int64_t number;
		bool found = number_at(text, &number);

		if (found && !ints_has(out, number))
			out->v[out->n++] = number;
		text = str_skip(text, found ? SIGNS * SIGN_BYTES : 1);
	}
}

static enum err read_file(struct ctx *cx, const char *path, str *out)
{
	FILE *f = fopen(path, "rbe");
	long n;

	if (!f)
		return why(cx, ERR_NOT_FOUND, "%s: %s", path, strerror(errno));
	n = fseek(f, 0, SEEK_END) == 0 ? ftell(f) : -1;
	rewind(f);
	if (n >= 0 && n <= FILE_MAX_BYTES) {
		char *p = arena_alloc(cx->mem, (size_t)n + 1);

		*out = str_make(p, fread(p, 1, (size_t)n, f));
	}
	fclose(f);
	return n >= 0 && n <= FILE_MAX_BYTES ? OK : why(cx, ERR_TOO_LARGE, "%s", path);
}

static enum err export_trace_run(struct command_call *call)
{
	struct ints numbers = { .v = ARENA_ARRAY(call->cx->mem, int64_t, NUMBERS_MAX) };
	str text = STR_NONE;

	if (call->argv.n != 1)
		return why(call->cx, ERR_INVALID_ARGUMENT, "give a file");
	TRY(read_file(call->cx, arena_cstr(call->cx->mem, call->argv.v[0]), &text));
	find_numbers(text, &numbers);
	if (!numbers.n)
		return why(call->cx, ERR_NOT_FOUND, "no export has left its mark here");
	for (size_t i = 0; i < numbers.n; i++)
		buf_printf(call->out, "EXPORT=%.*s\n",
			STR_FMT(id_text(call->cx->mem, "EX", numbers.v[i])));
	return OK;
}

const struct command export_commands[] = {
	{ "export trace", "FILE",
		"Tell from which exports of customers a text comes (doc/exports.md)",
		"识别一段文本来自哪次客户名单导出（见 doc/exports.md）",
		export_trace_run },
	{ NULL, NULL, NULL, NULL, NULL },
};
