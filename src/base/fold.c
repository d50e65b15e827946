/*
 * base/fold.c - text as people compare it (Unicode 3.13, toNFKC_Casefold).
 */
#include "base/fold.h"

#include <utf8proc.h>

#include "base/err.h"

/* What utf8proc_NFKC_Casefold does, without its malloc. */
#define FOLDING                                                                          \
	(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |      \
		UTF8PROC_IGNORE)

static bool is_ascii(str s)
{
	unsigned char all = 0;

	for (size_t i = 0; i < s.n; i++)
		all |= (unsigned char)s.p[i];
	return all < 0x80;
}

static str fold_ascii(struct arena *mem, str s)
{
	char *p = arena_cstr(mem, s);

	for (size_t i = 0; i < s.n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] | 0x20);
	return str_make(p, s.n);
}

str fold(struct arena *mem, str s)
{
	const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)s.p;
	utf8proc_ssize_t n, bytes;
	utf8proc_int32_t *chars;

	if (is_ascii(s))
		return fold_ascii(mem, s);
	if (!str_is_utf8(s))
		return arena_str(mem, s);
	n = utf8proc_decompose(p, (utf8proc_ssize_t)s.n, NULL, 0, FOLDING);
	BUG_IF(n < 0, "utf8proc: %s", utf8proc_errmsg(n));
	/* Encoding happens in place and adds a NUL. */
	chars = arena_bytes(mem, ((size_t)n + 1) * sizeof(*chars));
	n = utf8proc_decompose(p, (utf8proc_ssize_t)s.n, chars, n, FOLDING);
	BUG_IF(n < 0, "utf8proc: %s", utf8proc_errmsg(n));
	bytes = utf8proc_reencode(chars, n, FOLDING);
	BUG_IF(bytes < 0, "utf8proc: %s", utf8proc_errmsg(bytes));
	return str_make(chars, (size_t)bytes);
}
