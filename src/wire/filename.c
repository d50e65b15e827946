/*
 * wire/filename.c - names of foreign files, made harmless.
 *
 * Such a name is shown to people and offered as the name to save under, on any
 * system; it never becomes a path of ours.  So: one component, nothing a
 * Windows disk refuses, nothing invisible, and no right-to-left override, by
 * which "exe.gpj" is shown as a picture (Unicode TR36, 3.1).
 */
#include "wire/multipart.h"

/* The part behind the last slash of either kind. */
static str last_component(str s)
{
	for (size_t i = s.n; i > 0; i--)
		if (s.p[i - 1] == '/' || s.p[i - 1] == '\\')
			return str_skip(s, i);
	return s;
}

/* How many bytes at p are to be dropped: controls (C0, DEL, C1), and U+200B to
 * U+200F, U+2028 to U+202E, U+2060 to U+2069, U+FEFF.  The zero-width joiner
 * (U+200D) stays: emoji are made of it. */
static size_t invisible(str s)
{
	const unsigned char *p = (const unsigned char *)s.p;

	if (p[0] < 0x20 || p[0] == 0x7f)
		return 1;
	if (s.n >= 2 && p[0] == 0xc2 && p[1] < 0xa0)
		return 2;
	if (s.n < 3)
		return 0;
	if (p[0] == 0xef)
		return p[1] == 0xbb && p[2] == 0xbf ? 3 : 0;
	if (p[0] != 0xe2)
		return 0;
	if (p[1] == 0x80)
		return ((p[2] >= 0x8b && p[2] <= 0x8f) ||
			       (p[2] >= 0xa8 && p[2] <= 0xae)) &&
				p[2] != 0x8d
			? 3
			: 0;
	return p[1] == 0x81 && p[2] >= 0xa0 && p[2] <= 0xa9 ? 3 : 0;
}

/* Bytes that no UTF-8 char begins with here become '_'. */
static str repair_utf8(struct arena *mem, str s)
{
	if (str_is_utf8(s))
		return s;
	char *p = arena_cstr(mem, s);
	for (size_t i = 0; i < s.n;) {
		size_t n = 1;

		while (n <= 4 && i + n <= s.n && !str_is_utf8(str_make(p + i, n)))
			n++;
		if (n > 4 || i + n > s.n) {
			p[i] = '_';
			n = 1;
		}
		i += n;
	}
	return str_make(p, s.n);
}

static str harmless_chars(struct arena *mem, str s)
{
	char *p = arena_alloc(mem, s.n + 1);
	size_t n = 0;

	while (s.n) {
		size_t drop = invisible(s);

		if (!drop)
			p[n++] = strchr("<>:\"|?*", s.p[0]) ? '_' : s.p[0];
		s = str_skip(s, drop ? drop : 1);
	}
	return str_make(p, n);
}

static str trim_dots(str s)
{
	while (s.n && (s.p[0] == '.' || s.p[0] == ' '))
		s = str_skip(s, 1);
	while (s.n && (s.p[s.n - 1] == '.' || s.p[s.n - 1] == ' '))
		s.n--;
	return s;
}

/* The ending with its dot, when it is one: up to 16 bytes behind the last dot. */
static str ending(str s)
{
	for (size_t i = s.n; i > 1 && s.n - i < 16; i--)
		if (s.p[i - 1] == '.')
			return str_skip(s, i - 1);
	return STR_NONE;
}

str file_name_clean(struct arena *mem, str raw)
{
	if (raw.n > 16 * FILE_NAME_MAX_BYTES) /* nobody's name; its end tells enough */
		raw = str_skip(raw, raw.n - 16 * FILE_NAME_MAX_BYTES);
	str s = harmless_chars(mem, repair_utf8(mem, last_component(raw)));
	s = trim_dots(s);
	if (s.n == 0)
		return STR("file");
	if (s.n <= FILE_NAME_MAX_BYTES)
		return s;
	str end = ending(s);
	str stem = str_sub(s, 0, s.n - end.n);
	return arena_concat(mem,
		trim_dots(str_first_bytes(stem, FILE_NAME_MAX_BYTES - end.n)), end);
}
