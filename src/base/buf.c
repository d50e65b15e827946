/*
 * base/buf.c - bytes that grow, and the escapes of what we write.
 */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/err.h"

void buf_init(struct buf *b, struct arena *mem, size_t expect_bytes)
{
	*b = (struct buf){ .mem = mem, .cap = expect_bytes };
	if (expect_bytes)
		b->p = arena_bytes(mem, expect_bytes);
}

/* Room for `more` bytes; returns where they go. */
static char *room(struct buf *b, size_t more)
{
	size_t cap = b->cap ? b->cap : 64;
	char *p;

	if (b->cap - b->n >= more)
		return b->p + b->n;
	BUG_IF(more > SIZE_MAX / 4 - b->n, "absurd buffer");
	while (cap - b->n < more)
		cap *= 2;
	if (b->p == NULL || !arena_extend(b->mem, b->p, b->cap, cap)) {
		p = arena_bytes(b->mem, cap);
		if (b->p != NULL)
			memcpy(p, b->p, b->n);
		b->p = p;
	}
	b->cap = cap;
	return b->p + b->n;
}

void buf_put(struct buf *b, str s)
{
	if (s.n == 0)
		return;
	memcpy(room(b, s.n), s.p, s.n);
	b->n += s.n;
}

void buf_char(struct buf *b, char c)
{
	*room(b, 1) = c;
	b->n++;
}

void buf_lit(struct buf *b, const char *z)
{
	buf_put(b, str_of(z));
}

void buf_int(struct buf *b, int64_t v)
{
	char digits[20], *p = digits + sizeof(digits);
	uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v;

	do {
		*--p = (char)('0' + u % 10);
		u /= 10;
	} while (u);
	if (v < 0)
		*--p = '-';
	buf_put(b, str_make(p, (size_t)(digits + sizeof(digits) - p)));
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap, again;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	BUG_IF(n < 0, "bad format: %s", fmt);
	/* One more for the NUL, which the next put writes over. */
	vsnprintf(room(b, (size_t)n + 1), (size_t)n + 1, fmt, again);
	b->n += (size_t)n;
	va_end(again);
	va_end(ap);
}

/* RFC 8259 section 7.  No more than it asks, so that what came in as JSON does
 * not get longer. */
static bool json_needs_escape(unsigned char c)
{
	return c < 0x20 || c == '"' || c == '\\';
}

static void json_escape(struct buf *b, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	static const char named[] = "\"\"\\\\\bb\ff\nn\rr\tt";
	char out[6] = { '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] };

	for (size_t i = 0; i < sizeof(named) - 1; i += 2) {
		if ((unsigned char)named[i] == c) {
			out[1] = named[i + 1];
			buf_put(b, str_make(out, 2));
			return;
		}
	}
	buf_put(b, str_make(out, 6));
}

void buf_json_str(struct buf *b, str s)
{
	size_t from = 0;

	room(b, s.n + 2);
	buf_char(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (!json_needs_escape(c))
			continue;
		buf_put(b, str_make(s.p + from, i - from));
		json_escape(b, c);
		from = i + 1;
	}
	buf_put(b, str_skip(s, from));
	buf_char(b, '"');
}

/* How many bytes at the front of s XML 1.0 cannot hold (section 2.2): controls,
 * U+FFFE and U+FFFF.  0 when the first char is fine. */
static size_t xml_outlaws(str s)
{
	unsigned char c = (unsigned char)s.p[0];

	if (c < 0x20)
		return c != '\t' && c != '\n' && c != '\r';
	return str_starts(s, STR("\xef\xbf\xbe")) || str_starts(s, STR("\xef\xbf\xbf"))
		? 3
		: 0;
}

static const char *xml_entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	case '\r':
		return "&#13;"; /* bare, a parser would make it a newline */
	default:
		return NULL;
	}
}

void buf_xml_text(struct buf *b, str s)
{
	while (s.n) {
		size_t outlaws = xml_outlaws(s);
		const char *entity = xml_entity(s.p[0]);

		if (outlaws) {
			s = str_skip(s, outlaws);
			continue;
		}
		if (entity)
			buf_lit(b, entity);
		else
			buf_char(b, s.p[0]);
		s = str_skip(s, 1);
	}
}

void buf_xml_cdata(struct buf *b, str s)
{
	buf_lit(b, "<![CDATA[");
	while (s.n) {
		size_t outlaws = xml_outlaws(s);

		if (outlaws) {
			s = str_skip(s, outlaws);
			continue;
		}
		if (s.p[0] == '>' && str_ends(buf_str(b), STR("]]")))
			buf_lit(b, "]]><![CDATA[");
		buf_char(b, s.p[0]);
		s = str_skip(s, 1);
	}
	buf_lit(b, "]]>");
}

static bool is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		(c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

void buf_url_value(struct buf *b, str s)
{
	static const char hex[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (is_unreserved(s.p[i])) {
			buf_char(b, s.p[i]);
		} else {
			buf_char(b, '%');
			buf_char(b, hex[c >> 4]);
			buf_char(b, hex[c & 15]);
		}
	}
}
