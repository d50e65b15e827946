/*
 * base/str.c - slices.
 */
#include "base/str.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

str str_of(const char *z)
{
	return z ? str_make(z, strlen(z)) : STR_NONE;
}

/* ASCII only: bytes of other characters stay as they are. */
static unsigned char lower(char c)
{
	unsigned char u = (unsigned char)c;

	return u >= 'A' && u <= 'Z' ? (unsigned char)(u | 0x20) : u;
}

bool str_same(str a, str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_same_folded(str a, str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

bool str_is(str s, const char *z)
{
	return str_same(s, str_of(z));
}

int str_order(str a, str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;

	if (c != 0)
		return c < 0 ? -1 : 1;
	return a.n == b.n ? 0 : a.n < b.n ? -1 : 1;
}

bool str_same_secret(str a, str b)
{
	volatile unsigned char diff = 0;

	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		diff = (unsigned char)(diff | (unsigned char)(a.p[i] ^ b.p[i]));
	return diff == 0;
}

bool str_starts(str s, str with)
{
	return s.n >= with.n && str_same(str_make(s.p, with.n), with);
}

bool str_ends(str s, str with)
{
	return s.n >= with.n && str_same(str_skip(s, s.n - with.n), with);
}

size_t str_find(str s, str what)
{
	const char *hit;

	if (what.n == 0)
		return 0;
	if (s.n < what.n)
		return SIZE_MAX;
	hit = memmem(s.p, s.n, what.p, what.n);
	return hit ? (size_t)(hit - s.p) : SIZE_MAX;
}

size_t str_find_char(str s, char c)
{
	const char *hit = s.n ? memchr(s.p, c, s.n) : NULL;

	return hit ? (size_t)(hit - s.p) : SIZE_MAX;
}

str str_sub(str s, size_t from, size_t n)
{
	str rest = str_skip(s, from);

	return str_make(rest.p, n < rest.n ? n : rest.n);
}

str str_skip(str s, size_t n)
{
	if (n == 0)
		return s;
	if (n > s.n)
		n = s.n;
	return s.p ? str_make(s.p + n, s.n - n) : STR_NONE;
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

str str_trim(str s)
{
	while (s.n && is_blank(s.p[0]))
		s = str_skip(s, 1);
	while (s.n && is_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

str str_cut(str *rest, char sep)
{
	str s = *rest;
	size_t at = str_find_char(s, sep);

	if (at == SIZE_MAX) {
		*rest = STR_NONE;
		return s;
	}
	*rest = str_skip(s, at + 1);
	return str_make(s.p, at);
}

bool str_int(str s, int64_t *out)
{
	bool minus = s.n && s.p[0] == '-';
	int64_t v = 0;

	if (minus || (s.n && s.p[0] == '+'))
		s = str_skip(s, 1);
	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		int64_t digit = s.p[i] - '0';

		if (digit < 0 || digit > 9)
			return false;
		/* Downwards, since INT64_MIN has no positive twin. */
		if (__builtin_mul_overflow(v, 10, &v) ||
			__builtin_sub_overflow(v, digit, &v))
			return false;
	}
	if (!minus && v == INT64_MIN)
		return false;
	*out = minus ? v : -v;
	return true;
}

bool str_real(str s, double *out)
{
	char text[40], *end;

	if (s.n == 0 || s.n >= sizeof(text))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!strchr("0123456789+-.eE", s.p[i]) || !s.p[i])
			return false;
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	*out = strtod(text, &end);
	return end == text + s.n && isfinite(*out);
}

/* How many bytes the char at p has (RFC 3629 section 4); 0 when it is none. */
static size_t char_bytes(const unsigned char *p, size_t n)
{
	unsigned char low = 0x80, high = 0xbf;
	size_t want;

	if (p[0] < 0x80)
		return p[0] != 0;
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return 0;
	want = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (n < want)
		return 0;
	if (p[0] == 0xe0)
		low = 0xa0; /* overlong */
	else if (p[0] == 0xed)
		high = 0x9f; /* surrogates */
	else if (p[0] == 0xf0)
		low = 0x90; /* overlong */
	else if (p[0] == 0xf4)
		high = 0x8f; /* past U+10FFFF */
	if (p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i < want; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	return want;
}

size_t str_char_bytes(str s)
{
	return char_bytes((const unsigned char *)s.p, s.n);
}

/* Eight bytes at once: all ASCII and none of them NUL? */
static bool is_plain_word(const unsigned char *p)
{
	uint64_t w;

	memcpy(&w, p, sizeof(w));
	return ((w | (w - UINT64_C(0x0101010101010101))) &
		       UINT64_C(0x8080808080808080)) == 0;
}

bool str_is_utf8(str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t left = s.n;

	while (left) {
		size_t n = left >= 8 && is_plain_word(p) ? 8 : char_bytes(p, left);

		if (n == 0)
			return false;
		p += n;
		left -= n;
	}
	return true;
}

static bool is_inner(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

size_t str_chars(str s)
{
	size_t chars = 0;

	for (size_t i = 0; i < s.n; i++)
		chars += !is_inner(s.p[i]);
	return chars;
}

str str_first_chars(str s, size_t max)
{
	size_t i = 0;

	if (s.n <= max)
		return s;
	for (size_t chars = 0; i < s.n; i++)
		if (!is_inner(s.p[i]) && chars++ == max)
			break;
	return str_make(s.p, i);
}

str str_first_bytes(str s, size_t max)
{
	if (s.n <= max)
		return s;
	while (max && is_inner(s.p[max]))
		max--;
	return str_make(s.p, max);
}

uint64_t str_hash(str s)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * UINT64_C(1099511628211);
	return h;
}
