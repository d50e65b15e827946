/*
 * Request heads and chunked bodies: what is taken, and with which status the rest is
 * refused.
 */
#include "io/http_parse.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct http_head h;

/* Parses a heap copy of just that size, so that ASan sees the edges. */
static int parse(const char *text)
{
	static char *copy;
	size_t n = strlen(text), scanned = 0;

	free(copy);
	copy = memcpy(malloc(n), text, n);
	assert_int_equal(http_head_find(str_make(copy, n), &scanned), n);
	return http_head_parse(str_make(copy, n), 100, &h);
}

#define HOST "Host: a\r\n"
#define GET "GET / HTTP/1.1\r\n" HOST

static void a_plain_request(void **state)
{
	assert_int_equal(
		parse("POST /a%20b?c=d HTTP/1.1\r\nHost: x.example:80\r\n"
		      "Content-Type:text/plain\r\nContent-Length:  12 \r\nX-Empty:\r\n\r\n"),
		200);
	assert_int_equal(h.method, HTTP_POST);
	assert_true(str_is(h.target, "/a%20b?c=d"));
	assert_int_equal(h.n_fields, 4);
	assert_true(str_is(h.fields[1].name, "Content-Type"));
	assert_true(str_is(h.fields[1].value, "text/plain"));
	assert_true(str_is(h.fields[3].value, ""));
	assert_int_equal(h.content_length, 12);
	assert_true(h.keep_alive);
	assert_false(h.chunked);
}

static void every_method(void **state)
{
	static const char *const rows[] = { "GET", "HEAD", "POST", "PUT", "PATCH",
		"DELETE", "OPTIONS" };
	char text[100];

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		snprintf(text, sizeof(text), "%s / HTTP/1.1\r\n" HOST "\r\n", rows[i]);
		assert_int_equal(parse(text), 200);
		assert_int_equal(h.method, i);
	}
}

static void who_keeps_the_connection(void **state)
{
	static const struct {
		const char *head;
		bool keeps;
	} rows[] = {
		{ GET "\r\n", true },
		{ GET "Connection: close\r\n\r\n", false },
		{ GET "Connection: foo, CLOSE\r\n\r\n", false },
		{ GET "Connection: keep-alive\r\n\r\n", true },
		{ GET "Connection: closed\r\n\r\n", true },
		{ "GET / HTTP/1.0\r\n\r\n", false },
		{ "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", true },
		{ "GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n", false },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(parse(rows[i].head), 200);
		assert_int_equal(h.keep_alive, rows[i].keeps);
	}
}

static void forms_of_the_target(void **state)
{
	assert_int_equal(parse("GET http://h.example/p?q HTTP/1.1\r\n" HOST "\r\n"), 200);
	assert_true(str_is(h.target, "/p?q"));
	assert_int_equal(parse("GET https://h.example HTTP/1.1\r\n" HOST "\r\n"), 200);
	assert_true(str_is(h.target, "/"));
	assert_int_equal(parse("OPTIONS * HTTP/1.1\r\n" HOST "\r\n"), 200);
	assert_int_equal(parse("GET /\xe4\xbd\xa0 HTTP/1.1\r\n" HOST "\r\n"), 200);
	assert_int_equal(parse("GET * HTTP/1.1\r\n" HOST "\r\n"), 400);
	assert_int_equal(parse("GET x HTTP/1.1\r\n" HOST "\r\n"), 400);
	assert_int_equal(parse("GET http:///p HTTP/1.1\r\n" HOST "\r\n"), 400);
	assert_int_equal(parse("GET ftp://h/ HTTP/1.1\r\n" HOST "\r\n"), 400);
}

static void what_is_refused(void **state)
{
	static const struct {
		int status;
		const char *head;
	} rows[] = {
		{ 400, "GET\r\n\r\n" },
		{ 400, "GET /\r\n\r\n" },
		{ 400, "GET / \r\n\r\n" },
		{ 400, "GET  / HTTP/1.1\r\n" HOST "\r\n" },
		{ 400, "GET /  HTTP/1.1\r\n" HOST "\r\n" },
		{ 400, "GET / HTTP/1.1 \r\n" HOST "\r\n" },
		{ 400, " GET / HTTP/1.1\r\n" HOST "\r\n" },
		{ 400, "GET /a b HTTP/1.1\r\n" HOST "\r\n" },
		{ 400, "GET /\x01 HTTP/1.1\r\n" HOST "\r\n" },
		{ 400, "GET /\t HTTP/1.1\r\n" HOST "\r\n" },
		{ 400, "GE(T / HTTP/1.1\r\n" HOST "\r\n" },
		{ 400, "GET / HTTP/1.x\r\n" HOST "\r\n" },
		{ 400, "GET / http/1.1\r\n" HOST "\r\n" },
		{ 400, "GET / HTTP/11\r\n" HOST "\r\n" },
		{ 505, "GET / HTTP/2.0\r\n" HOST "\r\n" },
		{ 505, "GET / HTTP/0.9\r\n" HOST "\r\n" },
		{ 501, "BREW / HTTP/1.1\r\n" HOST "\r\n" },
		{ 501, "get / HTTP/1.1\r\n" HOST "\r\n" },
		{ 501, "CONNECT a:80 HTTP/1.1\r\n" HOST "\r\n" },
		{ 400, "GET / HTTP/1.1\r\n\r\n" },
		{ 400, GET HOST "\r\n" },
		{ 400, GET "NoColon\r\n\r\n" },
		{ 400, GET ": empty name\r\n\r\n" },
		{ 400, GET "Content-Length : 5\r\n\r\n" },
		{ 400, GET " Folded: line\r\n\r\n" },
		{ 400, GET "A: b\r\n folded\r\n\r\n" },
		{ 400, GET "A: b\nC: d\r\n\r\n" },
		{ 400, GET "A: b\rC: d\r\n\r\n" },
		{ 400, GET "A: \x01\r\n\r\n" },
		{ 400, GET "A: \x7f\r\n\r\n" },
		{ 400, GET "A\x80: b\r\n\r\n" },
		{ 400, GET "Content-Length: 1\r\nContent-Length: 1\r\n\r\n" },
		{ 400, GET "Content-Length: 1, 1\r\n\r\n" },
		{ 400, GET "Content-Length: +1\r\n\r\n" },
		{ 400, GET "Content-Length: -1\r\n\r\n" },
		{ 400, GET "Content-Length: 0x1\r\n\r\n" },
		{ 400, GET "Content-Length:\r\n\r\n" },
		{ 400, GET "Content-Length: 99999999999999999999\r\n\r\n" },
		{ 400, GET "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n" },
		{ 400, GET "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n" },
		{ 400,
			GET
			"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n" },
		{ 400, "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n" },
		{ 501, GET "Transfer-Encoding: gzip, chunked\r\n\r\n" },
		{ 501, GET "Transfer-Encoding: xchunked\r\n\r\n" },
		{ 501, GET "Transfer-Encoding: chunked, identity\r\n\r\n" },
		{ 501, GET "Transfer-Encoding:\r\n\r\n" },
		{ 417, GET "Expect: miracles\r\n\r\n" },
		{ 414,
			"GET /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
			"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa HTTP/1.1\r\n" HOST
			"\r\n" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		int status = parse(rows[i].head);

		if (status != rows[i].status)
			fail_msg("row %zu: %d instead of %d", i, status, rows[i].status);
	}
}

static void nul_bytes_are_refused(void **state)
{
	static const char head[] = GET "A: b\0c\r\n\r\n",
			  line[] = "GET /\0 HTTP/1.1\r\n" HOST "\r\n";

	assert_int_equal(http_head_parse(str_make(head, sizeof(head) - 1), 100, &h), 400);
	assert_int_equal(http_head_parse(str_make(line, sizeof(line) - 1), 100, &h), 400);
}

static void too_many_fields(void **state)
{
	char text[4096] = GET;
	size_t n = strlen(text);

	for (int i = 1; i < HTTP_MAX_FIELDS; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "X-%d: y\r\n", i);
	snprintf(text + n, sizeof(text) - n, "\r\n");
	assert_int_equal(parse(text), 200);
	assert_int_equal(h.n_fields, HTTP_MAX_FIELDS);
	snprintf(text + n, sizeof(text) - n, "X-More: y\r\n\r\n");
	assert_int_equal(parse(text), 431);
}

static void the_end_of_a_head_is_found_however_it_comes(void **state)
{
	str head = STR(GET "A: b\r\r\n\rX: \n\r\n\r\nbody");
	size_t want = head.n - 4;

	for (size_t step = 1; step < head.n; step++) {
		size_t scanned = 0, found = 0, n = 0;

		while (!found && n < head.n) {
			n = n + step < head.n ? n + step : head.n;
			found = http_head_find(str_sub(head, 0, n), &scanned);
			assert_true(!found || n >= want);
		}
		assert_int_equal(found, want);
	}
	assert_int_equal(http_blank_lines(STR("\r\n\r\nGET")), 4);
	assert_int_equal(http_blank_lines(STR("\n\nGET")), 0);
}

/* ---- chunks ---- */

/* "broken", "more", or the body, '|' and how many bytes were left over. */
static const char *dechunked(str text, size_t step)
{
	static char out[1000];
	struct http_chunks c = { 0 };
	enum http_got got = HTTP_MORE;
	size_t n = 0;
	str data;

	for (size_t at = 0; at < text.n && got == HTTP_MORE; at += step) {
		size_t end = at + step < text.n ? at + step : text.n;
		str in = str_sub(text, at, end - at);

		while ((got = http_chunks_next(&c, &in, &data)) == HTTP_DATA) {
			memcpy(out + n, data.p, data.n);
			n += data.n;
		}
		if (got == HTTP_END)
			snprintf(out + n, sizeof(out) - n, "|%zu", text.n - end + in.n);
	}
	return got == HTTP_END ? out : got == HTTP_MORE ? "more" : "broken";
}

static void chunks_come_cut_anywhere(void **state)
{
	str text = STR(
		"5\r\nHello\r\n00B;name=\"v\" \r\n, it is me.\r\n1 \r\n!\r\n0\r\nTrailer: x\r\n\r\n");

	for (size_t step = 1; step <= text.n; step++) {
		assert_string_equal(dechunked(text, step), "Hello, it is me.!|0");
	}
	assert_string_equal(dechunked(STR("3\r\nabc\r\n0\r\n\r\nGET"), 100), "abc|3");
	assert_string_equal(dechunked(STR("0\r\n\r\n"), 1), "|0");
}

static void broken_chunks(void **state)
{
	static const char *const rows[] = { "\r\n", "x\r\n", "0x5\r\nHello", "-1\r\n",
		"+5\r\n", " 5\r\n", "5\nHello", "5\r\nHelloX", "5\r\nHello\n",
		"5\r\rHello", "5;\x01\r\n", "5;a\nb\r\n", "1234567890123\r\n",
		"0\r\nA: b\n\r\n", "0\r\n\rX", "5 ; a\rX" };

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		for (size_t step = 1; step < 30; step += 7) {
			if (strcmp(dechunked(str_of(rows[i]), step), "broken"))
				fail_msg("row %zu was taken", i);
		}
	}
}

static void endless_chunk_lines_are_refused(void **state)
{
	static char text[20000];
	struct http_chunks c = { 0 };
	str in, data;

	memset(text, 'a', sizeof(text));
	memcpy(text, "5;", 2);
	in = str_make(text, sizeof(text));
	assert_int_equal(http_chunks_next(&c, &in, &data), HTTP_BROKEN);
	memcpy(text, "0\r\n", 3);
	c = (struct http_chunks){ 0 };
	in = str_make(text, sizeof(text));
	assert_int_equal(http_chunks_next(&c, &in, &data), HTTP_BROKEN);
}

static void phrases(void **state)
{
	assert_string_equal(http_phrase(404), "Not Found");
	assert_string_equal(http_phrase(299), "Status");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plain_request),
		cmocka_unit_test(every_method),
		cmocka_unit_test(who_keeps_the_connection),
		cmocka_unit_test(forms_of_the_target),
		cmocka_unit_test(what_is_refused),
		cmocka_unit_test(nul_bytes_are_refused),
		cmocka_unit_test(too_many_fields),
		cmocka_unit_test(the_end_of_a_head_is_found_however_it_comes),
		cmocka_unit_test(chunks_come_cut_anywhere),
		cmocka_unit_test(broken_chunks),
		cmocka_unit_test(endless_chunk_lines_are_refused),
		cmocka_unit_test(phrases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
