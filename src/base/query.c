/*
 * base/query.c - values of a query string (application/x-www-form-urlencoded).
 */
#include "base/shape.h"

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
		return (c | 0x20) - 'a' + 10;
	return -1;
}

/* The value of the first `name=`, still encoded. */
static bool find_raw(str query, const char *name, str *out)
{
	while (query.n) {
		str value = str_cut(&query, '&');
		str key = str_cut(&value, '=');

		if (str_is(key, name)) {
			*out = value;
			return true;
		}
	}
	return false;
}

static bool decode(struct arena *mem, str raw, str *out)
{
	char *text = arena_bytes(mem, raw.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < raw.n; i++) {
		char c = raw.p[i];

		if (c == '+') {
			c = ' ';
		} else if (c == '%') {
			int high = raw.n - i > 2 ? hex_digit(raw.p[i + 1]) : -1;
			int low = high >= 0 ? hex_digit(raw.p[i + 2]) : -1;

			if (low < 0)
				return false;
			c = (char)(high << 4 | low);
			i += 2;
		}
		text[n++] = c;
	}
	text[n] = '\0';
	*out = str_make(text, n);
	return str_is_utf8(*out);
}

bool query_get(struct arena *mem, str query, const char *name, str *out)
{
	str raw, value;

	if (!find_raw(query, name, &raw) || !decode(mem, raw, &value))
		return false;
	*out = value;
	return true;
}

bool query_has(str query, const char *name)
{
	str raw;

	return find_raw(query, name, &raw);
}
