/*
 * io/http_parse.c - the request head and chunked bodies.
 */
#include "io/http_parse.h"

#include "base/err.h"

enum { MAX_CHUNK_LINE = 256, MAX_TRAILER = 8192 };

/* RFC 9110 tchar: letters, digits and !#$%&'*+-.^_`|~ as bits of ASCII. */
static bool is_token(str s)
{
	static const uint64_t tchar[4] = { 0x03ff6cfa00000000, 0x57ffffffc7fffffe, 0, 0 };

	for (size_t i = 0; i < s.n; i++) {
		uint8_t c = (uint8_t)s.p[i];

		if (!(tchar[c >> 6] >> (c & 63) & 1))
			return false;
	}
	return s.n > 0;
}

static bool is_value_char(uint8_t c)
{
	return (c >= ' ' && c != 127) || c == '\t';
}

static bool is_value(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!is_value_char((uint8_t)s.p[i]))
			return false;
	}
	return true;
}

/* Visible, or beyond ASCII: some clients forget to encode. */
static bool is_target(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		uint8_t c = (uint8_t)s.p[i];

		if (c <= ' ' || c == 127)
			return false;
	}
	return s.n > 0;
}

size_t http_blank_lines(str in)
{
	size_t n = 0;

	while (n + 1 < in.n && in.p[n] == '\r' && in.p[n + 1] == '\n')
		n += 2;
	return n;
}

size_t http_head_find(str in, size_t *scanned)
{
	size_t at = *scanned > 3 ? *scanned - 3 : 0;

	while (at + 4 <= in.n) {
		const char *end = memchr(in.p + at, '\r', in.n - at - 3);

		if (!end)
			break;
		if (!memcmp(end, "\r\n\r\n", 4))
			return (size_t)(end - in.p) + 4;
		at = (size_t)(end - in.p) + 1;
	}
	*scanned = in.n;
	return 0;
}

/* ---- the request line ---- */

static bool method_of(str s, enum http_method *out)
{
	static const char *const names[] = {
		[HTTP_GET] = "GET",
		[HTTP_HEAD] = "HEAD",
		[HTTP_POST] = "POST",
		[HTTP_PUT] = "PUT",
		[HTTP_PATCH] = "PATCH",
		[HTTP_DELETE] = "DELETE",
		[HTTP_OPTIONS] = "OPTIONS",
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (str_is(s, names[i])) {
			*out = (enum http_method)i;
			return true;
		}
	}
	return false;
}

/* "http://host/path" becomes "/path" (RFC 9112 3.2.2). */
static bool to_origin_form(str *target)
{
	str rest;

	if (str_starts(*target, STR("/")))
		return true;
	if (str_starts(*target, STR("http://")))
		rest = str_skip(*target, 7);
	else if (str_starts(*target, STR("https://")))
		rest = str_skip(*target, 8);
	else
		return false;
	for (size_t i = 0; i < rest.n; i++) {
		if (rest.p[i] == '/') {
			*target = str_skip(rest, i);
			return i > 0;
		}
		if (rest.p[i] == '?')
			return false;
	}
	*target = STR("/");
	return rest.n > 0;
}

static int parse_request_line(str line, size_t max_target_bytes, struct http_head *h)
{
	str method = str_cut(&line, ' ');
	str target = str_cut(&line, ' ');
	str version = line;

	if (!is_token(method) || !is_target(target))
		return 400;
	if (target.n > max_target_bytes)
		return 414;
	if (version.n != 8 || !str_starts(version, STR("HTTP/")) || version.p[6] != '.' ||
		version.p[5] < '0' || version.p[5] > '9' || version.p[7] < '0' ||
		version.p[7] > '9')
		return 400;
	if (version.p[5] != '1')
		return 505;
	if (!method_of(method, &h->method))
		return 501;
	h->minor = version.p[7] > '0';
	h->target = target;
	if (h->method == HTTP_OPTIONS && str_is(target, "*"))
		return 200;
	return to_origin_form(&h->target) ? 200 : 400;
}

/* ---- fields ---- */

static bool has_word(str list, const char *word)
{
	while (list.n) {
		str item = str_trim(str_cut(&list, ','));

		if (str_same_folded(item, str_of(word)))
			return true;
	}
	return false;
}

static int take_length(struct http_head *h, str value)
{
	int64_t n = 0;

	if (h->content_length >= 0 || !value.n || value.n > 15)
		return 400;
	for (size_t i = 0; i < value.n; i++) {
		if (value.p[i] < '0' || value.p[i] > '9')
			return 400;
		n = n * 10 + (value.p[i] - '0');
	}
	h->content_length = n;
	return 200;
}

static int take_coding(struct http_head *h, str value)
{
	if (h->chunked || !h->minor)
		return 400;
	if (!str_same_folded(value, STR("chunked")))
		return 501;
	h->chunked = true;
	return 200;
}

/* The fields that say where the message ends and what becomes of the connection. */
static int take_framing(struct http_head *h, str name, str value, int *n_hosts)
{
	switch (name.n) {
	case 4:
		if (str_same_folded(name, STR("host")))
			++*n_hosts;
		return 200;
	case 6:
		if (!str_same_folded(name, STR("expect")) || !h->minor)
			return 200;
		h->expects_continue = str_same_folded(value, STR("100-continue"));
		return h->expects_continue ? 200 : 417;
	case 10:
		if (!str_same_folded(name, STR("connection")))
			return 200;
		if (has_word(value, "close"))
			h->keep_alive = false;
		else if (!h->minor && has_word(value, "keep-alive"))
			h->keep_alive = true;
		return 200;
	case 14:
		return str_same_folded(name, STR("content-length"))
			? take_length(h, value)
			: 200;
	case 17:
		return str_same_folded(name, STR("transfer-encoding"))
			? take_coding(h, value)
			: 200;
	default:
		return 200;
	}
}

static int parse_field(str line, struct http_head *h, int *n_hosts)
{
	size_t colon = str_find_char(line, ':');
	str name, value;

	if (colon == SIZE_MAX || !colon)
		return 400;
	name = str_sub(line, 0, colon);
	value = str_skip(line, colon + 1);
	if (!is_token(name) || !is_value(value))
		return 400;
	while (value.n && (value.p[0] == ' ' || value.p[0] == '\t'))
		value = str_skip(value, 1);
	while (value.n && (value.p[value.n - 1] == ' ' || value.p[value.n - 1] == '\t'))
		value.n--;
	if (h->n_fields == HTTP_MAX_FIELDS)
		return 431;
	h->fields[h->n_fields++] = (struct http_field){ name, value };
	return take_framing(h, name, value, n_hosts);
}

/* Cuts a line off at CRLF; a CR or LF alone stays in it and is refused later. */
static str cut_line(str *rest)
{
	const char *p = rest->p, *end = rest->p + rest->n, *cr;
	str line;

	while ((cr = memchr(p, '\r', (size_t)(end - p)))) {
		if (cr + 1 < end && cr[1] == '\n')
			break;
		p = cr + 1;
	}
	if (!cr) {
		line = *rest;
		*rest = STR_NONE;
		return line;
	}
	line = str_sub(*rest, 0, (size_t)(cr - rest->p));
	*rest = str_skip(*rest, line.n + 2);
	return line;
}

int http_head_parse(str head, size_t max_target_bytes, struct http_head *h)
{
	int n_hosts = 0, status;

	h->n_fields = 0;
	h->content_length = -1;
	h->chunked = h->expects_continue = false;
	status = parse_request_line(cut_line(&head), max_target_bytes, h);
	if (status != 200)
		return status;
	h->keep_alive = h->minor > 0;
	while (head.n > 2) {
		status = parse_field(cut_line(&head), h, &n_hosts);
		if (status != 200)
			return status;
	}
	if (n_hosts > 1 || (h->minor && !n_hosts))
		return 400;
	return h->chunked && h->content_length >= 0 ? 400 : 200;
}

/* ---- chunks ---- */

enum {
	C_SIZE,      /* at the first digit */
	C_DIGITS,    /* after the first */
	C_EXTENSION, /* up to CR */
	C_SIZE_LF,
	C_DATA,
	C_DATA_CR,
	C_DATA_LF,
	C_TRAILER, /* at the start of a line */
	C_TRAILER_LINE,
	C_TRAILER_LF,
	C_END_LF,
	C_DONE,
};

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static bool size_char(struct http_chunks *c, char ch)
{
	int digit = hex_digit(ch);

	if (digit >= 0) {
		c->left = c->left * 16 + (uint64_t)digit;
		c->state = C_DIGITS;
		return ++c->line <= 12;
	}
	if (c->state == C_SIZE)
		return false;
	c->line = 0;
	c->state = ch == '\r' ? C_SIZE_LF : C_EXTENSION;
	return ch == '\r' || ch == ';' || ch == ' ' || ch == '\t';
}

/* One byte that is not of a chunk's data; false when it may not stand there. */
static bool line_char(struct http_chunks *c, char ch)
{
	switch (c->state) {
	case C_SIZE:
	case C_DIGITS:
		return size_char(c, ch);
	case C_EXTENSION:
		if (ch == '\r')
			c->state = C_SIZE_LF;
		return ch == '\r' ||
			(is_value_char((uint8_t)ch) && ++c->line <= MAX_CHUNK_LINE);
	case C_SIZE_LF:
		c->state = c->left ? C_DATA : C_TRAILER;
		return ch == '\n';
	case C_DATA_CR:
		c->state = C_DATA_LF;
		return ch == '\r';
	case C_DATA_LF:
		c->state = C_SIZE;
		c->line = 0;
		return ch == '\n';
	case C_TRAILER:
	case C_TRAILER_LINE:
		if (ch == '\r')
			c->state = c->state == C_TRAILER ? C_END_LF : C_TRAILER_LF;
		else
			c->state = C_TRAILER_LINE;
		return ch == '\r' ||
			(is_value_char((uint8_t)ch) && ++c->trailer <= MAX_TRAILER);
	case C_TRAILER_LF:
		c->state = C_TRAILER;
		return ch == '\n';
	case C_END_LF:
		c->state = C_DONE;
		return ch == '\n';
	default:
		return false;
	}
}

enum http_got http_chunks_next(struct http_chunks *c, str *in, str *out_data)
{
	while (c->state != C_DONE) {
		if (!in->n)
			return HTTP_MORE;
		if (c->state == C_DATA) {
			*out_data = str_sub(*in, 0,
				in->n < c->left ? in->n : (size_t)c->left);
			*in = str_skip(*in, out_data->n);
			c->left -= out_data->n;
			if (!c->left)
				c->state = C_DATA_CR;
			return HTTP_DATA;
		}
		if (!line_char(c, in->p[0]))
			return HTTP_BROKEN;
		*in = str_skip(*in, 1);
	}
	return HTTP_END;
}

/* ---- phrases ---- */

const char *http_phrase(int status)
{
	static const struct {
		int status;
		const char *phrase;
	} phrases[] = {
		{ 101, "Switching Protocols" },
		{ 200, "OK" },
		{ 201, "Created" },
		{ 202, "Accepted" },
		{ 204, "No Content" },
		{ 206, "Partial Content" },
		{ 301, "Moved Permanently" },
		{ 302, "Found" },
		{ 303, "See Other" },
		{ 304, "Not Modified" },
		{ 307, "Temporary Redirect" },
		{ 400, "Bad Request" },
		{ 401, "Unauthorized" },
		{ 403, "Forbidden" },
		{ 404, "Not Found" },
		{ 405, "Method Not Allowed" },
		{ 408, "Request Timeout" },
		{ 409, "Conflict" },
		{ 410, "Gone" },
		{ 413, "Content Too Large" },
		{ 414, "URI Too Long" },
		{ 415, "Unsupported Media Type" },
		{ 416, "Range Not Satisfiable" },
		{ 417, "Expectation Failed" },
		{ 426, "Upgrade Required" },
		{ 429, "Too Many Requests" },
		{ 431, "Request Header Fields Too Large" },
		{ 500, "Internal Server Error" },
		{ 501, "Not Implemented" },
		{ 502, "Bad Gateway" },
		{ 503, "Service Unavailable" },
		{ 505, "HTTP Version Not Supported" },
		{ 507, "Insufficient Storage" },
	};

	for (size_t i = 0; i < ARRAY_LEN(phrases); i++) {
		if (phrases[i].status == status)
			return phrases[i].phrase;
	}
	return "Status";
}
