/*
 * base/err.h - one language of failure.
 *
 * The caller's or the world's fault: return why(cx, ERR_X, "words").  Ours:
 * BUG_IF.  At boot only: fatal.  Error numbers are the ones WeCom clients
 * know, and, from 910000 on, our own; all are rows of base/errors.def, the one
 * table of the product that base holds.  Numbers are never reused.
 *
 * A function that can fail returns enum err, and the compiler insists that the
 * result is used.  Results come back through out_ parameters, last in the
 * list, written only on success.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/str.h"

#if defined(__clang__)
#define ERR_MUST_BE_USED __attribute__((warn_unused_result))
#else
#define ERR_MUST_BE_USED [[nodiscard]]
#endif

/* gcc takes C23's attribute in C17, but not without a pedantic word. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
enum ERR_MUST_BE_USED err {
#define E(id, number, http, retry, english, chinese) id = number,
#include "base/errors.def"
#undef E
};
#pragma GCC diagnostic pop

/* A row of errors.def.  `retry`: the same call may succeed later. */
struct err_row {
	enum err code;
	const char *id;
	int http;
	bool retry;
	const char *english, *chinese;
};

/* The row of a code; an unknown code gives ERR_BUSY's. */
const struct err_row *err_row(enum err code);
/* All rows, for describe; returns their number. */
size_t err_rows(const struct err_row **out_rows);

/* Returns from the calling function when x fails. */
#define TRY(x)                                                                           \
	do {                                                                             \
		enum err try_err_ = (x);                                                 \
		if (try_err_ != OK)                                                      \
			return try_err_;                                                 \
	} while (0)

/* Uses a result on purpose without looking at it; say why beside it. */
#define IGNORE_ERR(x)                                                                    \
	do {                                                                             \
		enum err ignored_ = (x);                                                 \
		(void)ignored_;                                                          \
	} while (0)

/* Ours: reports place and condition, then aborts. */
#define BUG_IF(cond, ...)                                                                \
	do {                                                                             \
		if (__builtin_expect(!!(cond), 0))                                       \
			bug_at(__FILE__, __LINE__, #cond, __VA_ARGS__);                  \
	} while (0)
NORETURN void bug_at(const char *file, int line, const char *cond, const char *fmt, ...)
	FORMAT(4, 5);
/* Boot only: prints one line to stderr and exits with status 1. */
NORETURN void fatal(const char *fmt, ...) FORMAT(1, 2);

#endif
