/*
 * wire/multipart.c - a form's body cut at its delimiters.
 *
 *	[preamble] delimiter part { delimiter part } delimiter "--" [epilogue]
 *	delimiter = line end, "--", boundary, blanks, line end   (RFC 2046, 5.1.1)
 *
 * The line end before a delimiter belongs to it, not to the part.  It is CRLF;
 * LF alone is believed only when the very first delimiter line ends so, because
 * then the whole body was written by such a client, and a picture that happens
 * to hold "\n--boundary" cannot be cut in two by a client that writes CRLF.
 */
#include "wire/multipart.h"

#include "wire/form.h"

enum { MAX_BOUNDARY = 70 };

/* --- header parameters (RFC 9110 5.6.6, RFC 5987) ----------------------- */

/* Browsers of old send paths with single backslashes, so only \" and \\ are
 * escapes; today's write a quote as %22 (HTML, multipart/form-data encoding). */
static size_t escape_length(str s)
{
	if (str_starts(s, STR("\\\"")) || str_starts(s, STR("\\\\")))
		return 2;
	return str_starts(s, STR("%22")) ? 3 : 1;
}

/* The quoted string at the front, without quotes and escapes. */
static str take_quoted(struct arena *mem, str *rest)
{
	size_t end = 1, n = 0;

	while (end < rest->n && rest->p[end] != '"')
		end += escape_length(str_skip(*rest, end));
	char *p = arena_alloc(mem, end);
	for (size_t i = 1; i < end;) {
		size_t step = escape_length(str_skip(*rest, i));

		p[n++] = step == 3 ? '"' : rest->p[i + (step == 2)];
		i += step;
	}
	*rest = str_skip(*rest, end + 1);
	return str_make(p, n);
}

static str take_value(struct arena *mem, str *rest)
{
	*rest = str_trim(*rest);
	if (!str_starts(*rest, STR("\"")))
		return str_trim(str_cut(rest, ';'));
	str value = take_quoted(mem, rest);
	str_cut(rest, ';');
	return value;
}

/* The next `name=value` of a header whose first word is already gone. */
static bool take_parameter(struct arena *mem, str *rest, str *out_name, str *out_value)
{
	while (rest->n && (rest->p[0] == ' ' || rest->p[0] == ';' || rest->p[0] == '\t'))
		*rest = str_skip(*rest, 1);
	if (rest->n == 0)
		return false;
	size_t equals = str_find_char(*rest, '='), semicolon = str_find_char(*rest, ';');
	if (equals == SIZE_MAX || semicolon < equals) { /* a word without value */
		*out_name = str_trim(str_cut(rest, ';'));
		*out_value = STR_NONE;
		return true;
	}
	*out_name = str_trim(str_cut(rest, '='));
	*out_value = take_value(mem, rest);
	return true;
}

/* RFC 5987: charset'language'%XX...; only UTF-8 is taken, as 8187 demands. */
static bool extended_value(struct arena *mem, str value, str *out)
{
	str charset = str_cut(&value, '\'');

	str_cut(&value, '\'');
	*out = form_unescape(mem, value);
	return str_same_folded(charset, STR("UTF-8")) && str_is_utf8(*out);
}

static void read_disposition(struct arena *mem, str value, struct multipart_part *part)
{
	str name, v, extended;
	bool is_extended = false;

	str_cut(&value, ';'); /* "form-data"; what else it may say changes nothing */
	while (take_parameter(mem, &value, &name, &v)) {
		if (str_same_folded(name, STR("name"))) {
			part->name = v;
		} else if (str_same_folded(name, STR("filename"))) {
			part->filename = v;
			part->has_filename = true;
		} else if (str_same_folded(name, STR("filename*"))) {
			is_extended = extended_value(mem, v, &extended);
		} else if (str_same_folded(name, STR("filelength"))) {
			if (!str_int(v, &part->filelength) || part->filelength < 0)
				part->filelength = -1;
		}
	}
	if (is_extended) {
		part->filename = extended;
		part->has_filename = true;
	}
}

/* --- delimiters --------------------------------------------------------- */

struct cutter {
	struct ctx *cx;
	str delimiter; /* "--boundary" */
	str rest;      /* behind the last delimiter line */
	bool lf;       /* the body's lines end in LF alone */
	bool ended;    /* the last delimiter had "--" */
};

static enum err bad(struct cutter *c, const char *what)
{
	return why(c->cx, ERR_BAD_MULTIPART, "%s", what);
}

/* What follows "--boundary" must be "--" or blanks and a line end; else this
 * was a longer boundary within a part.  Moves past it. */
static bool take_delimiter_tail(struct cutter *c, str after)
{
	if (str_starts(after, STR("--"))) {
		c->ended = true;
		c->rest = str_skip(after, 2);
		return true;
	}
	while (after.n && (after.p[0] == ' ' || after.p[0] == '\t'))
		after = str_skip(after, 1);
	bool crlf = str_starts(after, STR("\r\n")), lf = str_starts(after, STR("\n"));
	if (!crlf && !(lf && c->lf))
		return false;
	c->rest = str_skip(after, crlf ? 2 : 1);
	return true;
}

/* Up to and past the next delimiter line; what stood before it is the part. */
static bool cut_part(struct cutter *c, str *out_part)
{
	str from = c->rest, look = from;

	for (;;) {
		size_t at = str_find(look, c->delimiter);

		if (at == SIZE_MAX)
			return false;
		size_t end = (size_t)(look.p - from.p) + at;
		str before = str_sub(from, 0, end);
		bool crlf = str_ends(before, STR("\r\n"));
		bool lf = c->lf && str_ends(before, STR("\n"));
		str after = str_skip(look, at + c->delimiter.n);
		if ((crlf || lf || end == 0) && take_delimiter_tail(c, after)) {
			*out_part = str_sub(before, 0, end - (crlf ? 2 : lf ? 1 : 0));
			return true;
		}
		look = str_skip(look, at + 2);
	}
}

/* Past the preamble and the first delimiter, which tells the line end. */
static bool open_body(struct cutter *c)
{
	str nothing, body = c->rest;
	size_t at = str_find(body, c->delimiter);

	if (at == SIZE_MAX)
		return false;
	str after = str_skip(body, at + c->delimiter.n);
	size_t eol = str_find_char(after, '\n');
	c->lf = eol != SIZE_MAX && (eol == 0 || after.p[eol - 1] != '\r');
	return cut_part(c, &nothing);
}

/* --- parts -------------------------------------------------------------- */

/* One header line off the front, continuation lines (RFC 5322 2.2.3) joined;
 * false at the blank line. */
static bool take_header(struct cutter *c, str *head, str *out_name, str *out_value)
{
	if (head->n == 0)
		return false;
	str from = *head;
	str line = str_cut(head, '\n');
	while (head->n && (head->p[0] == ' ' || head->p[0] == '\t'))
		str_cut(head, '\n');
	line = str_sub(from, 0, (size_t)(head->n ? head->p - from.p : (ptrdiff_t)from.n));
	*out_name = str_trim(str_cut(&line, ':'));
	*out_value = str_trim(line);
	if (str_find_char(*out_value, '\n') != SIZE_MAX) {
		char *p = arena_cstr(c->cx->mem, *out_value);

		for (size_t i = 0; i < out_value->n; i++)
			if (p[i] == '\r' || p[i] == '\n')
				p[i] = ' ';
		out_value->p = p;
	}
	return true;
}

/* Parts headers from content at the first blank line. */
static bool split_part(const struct cutter *c, str raw, str *out_head, str *out_body)
{
	size_t at = str_starts(raw, STR("\r\n")) ? 0 : str_find(raw, STR("\r\n\r\n"));
	size_t skip = at == 0 ? 2 : 4;

	if (c->lf) {
		size_t lf = str_starts(raw, STR("\n")) ? 0 : str_find(raw, STR("\n\n"));

		if (lf < at) {
			at = lf;
			skip = at == 0 ? 1 : 2;
		}
	}
	if (at == SIZE_MAX || at > MULTIPART_MAX_HEADER)
		return false;
	*out_head = str_sub(raw, 0, at);
	*out_body = str_skip(raw, at + skip);
	return true;
}

static enum err read_part(struct cutter *c, str raw, struct multipart_part *out)
{
	str head, name, value;

	*out = (struct multipart_part){ .filelength = -1 };
	if (!split_part(c, raw, &head, &out->body))
		return bad(c, "a part's headers do not end or are too long");
	if (!arena_has_room(c->cx->mem, 16 * head.n))
		return why(c->cx, ERR_TOO_LARGE, "no room for the form's headers");
	while (take_header(c, &head, &name, &value)) {
		if (str_same_folded(name, STR("Content-Disposition")))
			read_disposition(c->cx->mem, value, out);
		else if (str_same_folded(name, STR("Content-Type")))
			out->content_type = value;
	}
	if (out->name.n == 0 || !str_is_utf8(out->name))
		return bad(c, "a part without a name");
	return OK;
}

static enum err read_parts(struct cutter *c, struct multipart *out)
{
	struct multipart_part *parts =
		ARENA_ARRAY(c->cx->mem, struct multipart_part, MULTIPART_MAX_PARTS);
	size_t n = 0;
	str raw;

	while (!c->ended && !(n > 0 && str_trim(c->rest).n == 0)) {
		if (n == MULTIPART_MAX_PARTS)
			return bad(c, "too many parts");
		if (!cut_part(c, &raw))
			return bad(c, "a part without an end");
		TRY(read_part(c, raw, &parts[n++]));
	}
	*out = (struct multipart){ parts, n };
	return OK;
}

bool multipart_boundary(struct arena *mem, str content_type, str *out_boundary)
{
	str name, value;
	str type = str_trim(str_cut(&content_type, ';'));

	if (!str_same_folded(type, STR("multipart/form-data")))
		return false;
	if (content_type.n > 1024)
		return false;
	while (take_parameter(mem, &content_type, &name, &value)) {
		if (!str_same_folded(name, STR("boundary")))
			continue;
		if (value.n == 0 || value.n > MAX_BOUNDARY ||
			memchr(value.p, '\r', value.n) || memchr(value.p, '\n', value.n))
			return false;
		*out_boundary = value;
		return true;
	}
	return false;
}

enum err multipart_parse(struct ctx *cx, str content_type, str body,
	struct multipart *out)
{
	str boundary;
	struct cutter c = { .cx = cx, .rest = body };

	if (!multipart_boundary(cx->mem, content_type, &boundary))
		return bad(&c,
			"Content-Type must be multipart/form-data with a boundary");
	c.delimiter = arena_concat(cx->mem, STR("--"), boundary);
	if (!open_body(&c))
		return bad(&c, "the body does not begin with its boundary");
	return read_parts(&c, out);
}

const struct multipart_part *multipart_find(const struct multipart *mp, const char *name)
{
	for (size_t i = 0; i < mp->n; i++)
		if (str_is(mp->parts[i].name, name))
			return &mp->parts[i];
	return NULL;
}

const struct multipart_part *multipart_file(const struct multipart *mp, const char *name)
{
	const struct multipart_part *any = NULL;

	for (size_t i = 0; i < mp->n; i++) {
		const struct multipart_part *p = &mp->parts[i];

		if (p->has_filename && str_is(p->name, name))
			return p;
		if (p->has_filename && !any)
			any = p;
	}
	const struct multipart_part *named = multipart_find(mp, name);
	return named ? named : any;
}
