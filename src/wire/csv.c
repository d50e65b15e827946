/*
 * wire/csv.c - RFC 4180 by one pass over the buffer.
 *
 * A member file of 140,000 rows is some 15 MB and is read while somebody waits,
 * so bare fields end where memchr-like scanning of one byte class says, and
 * nothing is copied that can be pointed at.
 */
#include "wire/csv.h"

#include <errno.h>
#include <iconv.h>

#include "base/fold.h"

/* --- text --------------------------------------------------------------- */

static bool convert(struct ctx *cx, str bytes, const char *charset, str *out)
{
	/* Both sources give at most three bytes of UTF-8 for two of theirs, or
	 * four for four; a lone ASCII byte stays one. */
	size_t cap = bytes.n + bytes.n / 2 + 16, left = cap, in_left = bytes.n;
	if (!arena_has_room(cx->mem, cap))
		return false;
	iconv_t cd = iconv_open("UTF-8", charset);
	if (cd == (iconv_t)-1)
		return false;
	char *start = arena_alloc(cx->mem, cap), *to = start;
	char *from = (char *)bytes.p;
	size_t lost = iconv(cd, &from, &in_left, &to, &left);
	iconv_close(cd);
	*out = str_make(start, cap - left);
	return lost == 0 && in_left == 0;
}

enum err csv_text(struct ctx *cx, str bytes, str *out_text)
{
	str text = bytes;
	bool ok;

	if (str_starts(bytes, STR("\xef\xbb\xbf"))) {
		text = str_skip(bytes, 3);
		ok = str_is_utf8(text);
	} else if (str_starts(bytes, STR("\xff\xfe"))) {
		ok = convert(cx, str_skip(bytes, 2), "UTF-16LE", &text);
	} else if (str_starts(bytes, STR("\xfe\xff"))) {
		ok = convert(cx, str_skip(bytes, 2), "UTF-16BE", &text);
	} else {
		ok = str_is_utf8(bytes) || convert(cx, bytes, "GB18030", &text);
	}
	if (!ok || !str_is_utf8(text))
		return why(cx, ERR_BAD_CSV,
			"the file is neither UTF-8 nor GBK nor UTF-16 text");
	*out_text = text;
	return OK;
}

/* --- reading ------------------------------------------------------------ */

/* Looks at the first row, outside quotes. */
static char guess_comma(str text)
{
	bool quoted = false, semicolon = false, tab = false;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		quoted ^= c == '"';
		if (quoted)
			continue;
		if (c == ',')
			return c;
		if (c == '\n' || c == '\r')
			break;
		semicolon |= c == ';';
		tab |= c == '\t';
	}
	return semicolon ? ';' : tab ? '\t' : ',';
}

void csv_init(struct csv *r, str text)
{
	if (str_starts(text, STR("\xef\xbb\xbf")))
		text = str_skip(text, 3);
	*r = (struct csv){ .rest = text, .line = 1, .comma = guess_comma(text) };
}

static enum err bad(struct ctx *cx, const struct csv *r, const char *what)
{
	return why(cx, ERR_BAD_CSV, "line %" PRId64 ": %s", r->line, what);
}

/* Bytes of the line end at the front: 2 for CRLF, 1 for LF or CR, else 0. */
static size_t line_end(str s)
{
	if (s.n == 0)
		return 0;
	if (s.p[0] == '\n')
		return 1;
	return s.p[0] == '\r' ? (s.n > 1 && s.p[1] == '\n' ? 2 : 1) : 0;
}

static bool at_line_end(const struct csv *r)
{
	return r->rest.n == 0 || line_end(r->rest) > 0;
}

static bool take_line_end(struct csv *r)
{
	size_t n = line_end(r->rest);

	r->rest = str_skip(r->rest, n);
	r->line += n > 0;
	return n > 0;
}

static enum err take_bare(struct ctx *cx, struct csv *r, str *out)
{
	const char *p = r->rest.p;
	size_t n = 0;

	while (n < r->rest.n && p[n] != r->comma && p[n] != '\n' && p[n] != '\r') {
		if (p[n] == '"')
			return bad(cx, r,
				"a quote within a field that does not begin with one");
		n++;
	}
	*out = str_sub(r->rest, 0, n);
	r->rest = str_skip(r->rest, n);
	return OK;
}

/* "" within quotes means one quote; the copy goes to scratch. */
static enum err undouble(struct ctx *cx, const struct csv *r, str *field)
{
	if (!arena_has_room(cx->scratch, field->n))
		return bad(cx, r, "the row is too long");
	char *p = arena_alloc(cx->scratch, field->n);
	size_t n = 0;
	for (size_t i = 0; i < field->n; i++) {
		p[n++] = field->p[i];
		i += field->p[i] == '"';
	}
	*field = str_make(p, n);
	return OK;
}

/* Just behind the opening quote: finds the closing one, counting lines. */
static enum err take_quoted(struct ctx *cx, struct csv *r, str *out)
{
	str from = r->rest;
	size_t i = 0;
	int64_t lines = 0;
	bool doubled = false;

	for (;; i++) {
		if (i == from.n)
			return bad(cx, r, "a quoted field that never ends");
		char c = from.p[i];
		lines += c == '\n' ||
			(c == '\r' && (i + 1 == from.n || from.p[i + 1] != '\n'));
		if (c != '"')
			continue;
		if (i + 1 == from.n || from.p[i + 1] != '"')
			break;
		doubled = true;
		i++;
	}
	r->rest = str_skip(from, i + 1);
	if (!at_line_end(r) && r->rest.p[0] != r->comma)
		return bad(cx, r, "text behind a closing quote");
	r->line += lines;
	*out = str_sub(from, 0, i);
	return doubled ? undouble(cx, r, out) : OK;
}

static enum err take_field(struct ctx *cx, struct csv *r, str *out)
{
	if (r->rest.n && r->rest.p[0] == '"') {
		r->rest = str_skip(r->rest, 1);
		TRY(take_quoted(cx, r, out));
	} else {
		TRY(take_bare(cx, r, out));
	}
	if (out->n > CSV_MAX_FIELD_BYTES)
		return bad(cx, r, "a field longer than 64 kB");
	return OK;
}

enum err csv_next(struct ctx *cx, struct csv *r, struct csv_row *out, bool *out_more)
{
	while (take_line_end(r))
		;
	*out_more = r->rest.n > 0;
	if (!*out_more)
		return OK;
	out->line = r->line;
	out->row = ++r->row;
	out->n = 0;
	for (;;) {
		if (out->n == CSV_MAX_FIELDS)
			return bad(cx, r, "too many fields");
		TRY(take_field(cx, r, &out->fields[out->n++]));
		if (at_line_end(r))
			break;
		r->rest = str_skip(r->rest, 1); /* the comma */
	}
	take_line_end(r);
	return OK;
}

str csv_field(const struct csv_row *row, size_t at)
{
	return at < row->n ? str_trim(row->fields[at]) : STR_NONE;
}

/* --- the header row ----------------------------------------------------- */

static bool is_named(struct arena *mem, str title, const char *names)
{
	str rest = str_of(names);

	while (rest.n)
		if (str_same(title, fold(mem, str_cut(&rest, '|'))))
			return true;
	return false;
}

static enum err map_column(struct ctx *cx, const str *titles, size_t n,
	const struct csv_column *column, size_t *out_at)
{
	*out_at = SIZE_MAX;
	for (size_t i = 0; i < n; i++) {
		if (!is_named(cx->mem, titles[i], column->names))
			continue;
		if (*out_at != SIZE_MAX)
			return why(cx, ERR_BAD_CSV, "column \"%.*s\" stands there twice",
				STR_FMT(titles[i]));
		*out_at = i;
	}
	str all = str_of(column->names);
	str first = str_cut(&all, '|');
	if (column->required && *out_at == SIZE_MAX)
		return why(cx, ERR_BAD_CSV, "column \"%.*s\" is missing", STR_FMT(first));
	return OK;
}

enum err csv_map(struct ctx *cx, const struct csv_row *header,
	const struct csv_column *columns, size_t n, size_t *out_at)
{
	str titles[CSV_MAX_FIELDS];

	for (size_t i = 0; i < header->n; i++)
		titles[i] = fold(cx->mem, csv_field(header, i));
	for (size_t i = 0; i < n; i++)
		TRY(map_column(cx, titles, header->n, &columns[i], &out_at[i]));
	return OK;
}

/* --- writing ------------------------------------------------------------ */

/* "+86 10 1234" and "-5.2" begin like formulas but cannot call anything. */
static bool is_plain_number(str s)
{
	for (size_t i = 1; i < s.n; i++)
		if (!strchr("0123456789. ", s.p[i]) || !s.p[i])
			return false;
	return s.n > 1 && (s.p[0] == '+' || s.p[0] == '-');
}

static bool is_formula(str s)
{
	return s.n && s.p[0] && strchr("=+-@\t\r", s.p[0]) && !is_plain_number(s);
}

static bool needs_quotes(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (strchr(",\";\t\r\n", s.p[i]) && s.p[i])
			return true;
	return s.n && (s.p[0] == ' ' || s.p[s.n - 1] == ' ');
}

static void put_quoted(struct buf *b, str s)
{
	buf_char(b, '"');
	while (s.n) {
		size_t quote = str_find_char(s, '"');
		size_t n = quote == SIZE_MAX ? s.n : quote + 1;

		buf_put(b, str_sub(s, 0, n));
		if (quote != SIZE_MAX)
			buf_char(b, '"');
		s = str_skip(s, n);
	}
	buf_char(b, '"');
}

void csv_put(struct csv_writer *w, str field)
{
	if (w->begun)
		buf_char(w->out, ',');
	w->begun = true;
	if (w->guard && is_formula(field))
		field = arena_concat(w->out->mem, STR("'"), field);
	if (needs_quotes(field))
		put_quoted(w->out, field);
	else
		buf_put(w->out, field);
}

void csv_put_int(struct csv_writer *w, int64_t v)
{
	if (w->begun)
		buf_char(w->out, ',');
	w->begun = true;
	buf_int(w->out, v);
}

void csv_end(struct csv_writer *w)
{
	buf_lit(w->out, "\r\n");
	w->begun = false;
}
