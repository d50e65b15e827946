/*
 * base/str.h - slices: a pointer and a length, passed by value.
 *
 * A slice owns nothing and need not end in NUL.  The empty slice may have a
 * NULL pointer.  Whoever made the bytes (an arena, a literal) decides how long
 * they live.  `str` is the only typedef of the house, because it is a value.
 *
 * "chars" below are Unicode code points of UTF-8.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/base.h"

typedef struct str {
	const char *p;
	size_t n;
} str;

#define STR(lit) ((str){ "" lit, sizeof(lit) - 1 })
#define STR_NONE ((str){ NULL, 0 })
/* For printf: "%.*s" with STR_FMT(s). */
#define STR_FMT(s) (int)(s).n, (s).n ? (s).p : ""

/* A slice over a C string; NULL gives the empty slice. */
str str_of(const char *z);
static inline str str_make(const void *p, size_t n)
{
	return (str){ (const char *)p, n };
}

/* Comparing.  str_same_folded compares ASCII letters without case. */
bool str_same(str a, str b);
bool str_same_folded(str a, str b);
bool str_is(str s, const char *z);
int str_order(str a, str b);
/* In time that does not depend on the contents; for secrets. */
bool str_same_secret(str a, str b);

/* Looking inside.  Offsets are SIZE_MAX when nothing was found. */
bool str_starts(str s, str with);
bool str_ends(str s, str with);
size_t str_find(str s, str what);
size_t str_find_char(str s, char c);

/* Taking apart.  str_cut splits at the first `sep`: returns what stands before
 * and leaves what follows in *rest; without `sep`, returns all and leaves none. */
str str_sub(str s, size_t from, size_t n);
str str_skip(str s, size_t n);
str str_trim(str s);
str str_cut(str *rest, char sep);

/* A whole decimal number, with sign; false for anything else or overflow. */
bool str_int(str s, int64_t *out);
/* A decimal number as JSON writes them, at most 39 bytes. */
bool str_real(str s, double *out);

/* UTF-8.  Valid means RFC 3629: no surrogates, nothing overlong, no NUL. */
bool str_is_utf8(str s);
/* Bytes of the first char of a slice that is not empty; 0 when it is not valid. */
size_t str_char_bytes(str s);
size_t str_chars(str s);
/* The longest prefix of at most `max` chars, or bytes, that cuts no char in two. */
str str_first_chars(str s, size_t max);
str str_first_bytes(str s, size_t max);

/* A hash for tables in memory (FNV-1a, 64 bits); not for adversaries' keys. */
uint64_t str_hash(str s);

#endif
