/*
 * wire/form.c - WHATWG URL 5.1, over slices.
 */
#include "wire/form.h"

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

str form_unescape(struct arena *mem, str s)
{
	if (str_find_char(s, '%') == SIZE_MAX)
		return s;
	char *p = arena_alloc(mem, s.n);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		int high = i + 2 < s.n ? hex_value(s.p[i + 1]) : -1;
		int low = i + 2 < s.n ? hex_value(s.p[i + 2]) : -1;

		p[n] = s.p[i];
		if (s.p[i] == '%' && high >= 0 && low >= 0) {
			p[n] = (char)(high << 4 | low);
			i += 2;
		}
		n++;
	}
	return str_make(p, n);
}

str form_decode(struct arena *mem, str s)
{
	if (str_find_char(s, '+') == SIZE_MAX)
		return form_unescape(mem, s);
	char *p = arena_cstr(mem, s);
	for (size_t i = 0; i < s.n; i++)
		if (p[i] == '+')
			p[i] = ' ';
	return form_unescape(mem, str_make(p, s.n));
}

bool form_next(struct arena *mem, str *rest, str *out_name, str *out_value)
{
	while (rest->n) {
		str pair = str_cut(rest, '&');

		if (pair.n == 0)
			continue;
		*out_name = form_decode(mem, str_cut(&pair, '='));
		*out_value = form_decode(mem, pair);
		return true;
	}
	return false;
}

bool form_get(struct arena *mem, str form, const char *name, str *out_value)
{
	str found, value;

	while (form_next(mem, &form, &found, &value)) {
		if (!str_is(found, name))
			continue;
		*out_value = value;
		return true;
	}
	return false;
}
