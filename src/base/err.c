/*
 * base/err.c - the error table, and how the program stops.
 */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"

enum {
#define E(id, number, http, retry, english, chinese) AT_##id,
#include "base/errors.def"
#undef E
};

static const struct err_row rows[] = {
#define E(id, number, http, retry, english, chinese)                                     \
	{ id, #id, http, retry, english, chinese },
#include "base/errors.def"
#undef E
};

const struct err_row *err_row(enum err code)
{
	/* A number used twice does not compile. */
	switch (code) {
#define E(id, number, http, retry, english, chinese)                                     \
	case id:                                                                         \
		return &rows[AT_##id];
#include "base/errors.def"
#undef E
	}
	return &rows[AT_ERR_BUSY];
}

size_t err_rows(const struct err_row **out_rows)
{
	*out_rows = rows;
	return ARRAY_LEN(rows);
}

void bug_at(const char *file, int line, const char *cond, const char *fmt, ...)
{
	char words[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(words, sizeof(words), fmt, ap);
	va_end(ap);
	log_error("bug", K_ZSTR("file", file), K_INT("line", line), K_ZSTR("cond", cond),
		K_ZSTR("words", words));
	abort();
}

void fatal(const char *fmt, ...)
{
	char line[1024];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(line, sizeof(line) - 1, fmt, ap);
	va_end(ap);
	if (n > (int)sizeof(line) - 2)
		n = (int)sizeof(line) - 2;
	if (n >= 0)
		memcpy(line + n, "\n", 2);
	fputs(line, stderr);
	exit(1);
}
