/*
 * io/http_reply.c - replies become pieces of output.
 *
 * The head is written in one go into the request's arena; the last piece of a reply
 * gives the request back.
 */
#include "io/http_priv.h"

#include <unistd.h>

#include "base/err.h"

void request_release(void *arg)
{
	struct request *rq = arg;
	struct shard *shard = rq->shard;

	loop_arena_back(shard->loop, rq->pub.mem);
	shard->n_requests--;
	shard_changed(shard);
}

/* ---- the head ---- */

struct writer {
	char *p;
};

static void put(struct writer *w, str s)
{
	memcpy(w->p, s.p, s.n);
	w->p += s.n;
}

static void put_number(struct writer *w, uint64_t v)
{
	char digits[20];
	size_t n = sizeof(digits);

	do {
		digits[--n] = (char)('0' + v % 10);
		v /= 10;
	} while (v);
	put(w, str_make(digits + n, sizeof(digits) - n));
}

static bool is_clean(str s)
{
	return s.n == 0 || (!memchr(s.p, '\r', s.n) && !memchr(s.p, '\n', s.n));
}

static size_t head_bound(const struct http_reply *r, str phrase)
{
	size_t n = 256 + phrase.n;

	for (size_t i = 0; i < r->n_fields; i++) {
		BUG_IF(!is_clean(r->fields[i].name) || !is_clean(r->fields[i].value),
			"a line break in a header field");
		n += r->fields[i].name.n + r->fields[i].value.n + 4;
	}
	return n;
}

static str connection_field(const struct conn *c, int minor)
{
	if (!c->keep_alive)
		return STR("Connection: close\r\n");
	return minor ? STR("") : STR("Connection: keep-alive\r\n");
}

/* 1xx, 204 and 304 have no body and no length. */
static bool may_have_body(int status)
{
	return status >= 200 && status != 204 && status != 304;
}

static str write_head(const struct request *rq, const struct http_reply *r,
	uint64_t length)
{
	str phrase = str_of(http_phrase(r->status));
	char *start = arena_bytes(rq->pub.mem, head_bound(r, phrase));
	struct writer w = { start };

	put(&w, STR("HTTP/1.1 "));
	put_number(&w, (uint64_t)r->status);
	put(&w, STR(" "));
	put(&w, phrase);
	put(&w, STR("\r\nDate: "));
	put(&w, loop_date(rq->pub.loop));
	put(&w, STR("\r\n"));
	for (size_t i = 0; i < r->n_fields; i++) {
		put(&w, r->fields[i].name);
		put(&w, STR(": "));
		if (r->fields[i].value.n)
			put(&w, r->fields[i].value);
		put(&w, STR("\r\n"));
	}
	if (may_have_body(r->status)) {
		put(&w, STR("Content-Length: "));
		put_number(&w, length);
		put(&w, STR("\r\n"));
	}
	put(&w, connection_field(rq->conn, rq->minor));
	put(&w, STR("\r\n"));
	return str_make(start, (size_t)(w.p - start));
}

/* ---- the body ---- */

static void unref(void *blob)
{
	blob_unref(blob);
}

static void close_file(void *rq)
{
	close((int)(intptr_t)rq);
}

/* What the reply brings is let go with the request, however it ends. */
static void adopt(struct request *rq, const struct http_reply *r)
{
	for (size_t i = 0; i < r->n_body; i++) {
		if (r->body[i].blob)
			arena_defer(rq->pub.mem, unref, r->body[i].blob);
	}
	if (r->has_file)
		arena_defer(rq->pub.mem, close_file, (void *)(intptr_t)r->fd);
}

static uint64_t body_length(const struct http_reply *r)
{
	uint64_t n = r->has_file ? (uint64_t)r->length : 0;

	for (size_t i = 0; i < r->n_body; i++)
		n += r->body[i].bytes.n;
	return n;
}

static void put_body(struct request *rq, const struct http_reply *r)
{
	struct conn *c = rq->conn;

	for (size_t i = 0; i < r->n_body; i++) {
		str bytes = r->body[i].bytes;

		if (bytes.n)
			sock_put(&c->sock,
				(struct piece){ bytes.p, bytes.n, NULL, NULL });
	}
	if (!r->has_file || !r->length)
		return;
	c->file_rq = rq;
	c->file_fd = r->fd;
	c->file_offset = r->offset;
	c->file_left = r->length;
}

void http_reply(struct http_req *pub, const struct http_reply *r)
{
	struct request *rq = CONTAINER_OF(pub, struct request, pub);
	struct conn *c = rq->conn;
	str head;

	BUG_IF(!loop_is_mine(pub->loop), "a reply on a wrong thread");
	BUG_IF(r->has_file && r->n_body, "a reply with two bodies");
	adopt(rq, r);
	if (!c) {
		request_release(rq);
		return;
	}
	c->keep_alive = rq->keep_alive && !r->close && !rq->shard->stopping;
	head = write_head(rq, r, body_length(r));
	sock_put(&c->sock, (struct piece){ head.p, head.n, NULL, NULL });
	if (pub->method != HTTP_HEAD && may_have_body(r->status))
		put_body(rq, r);
	if (c->file_rq != rq)
		sock_put(&c->sock, (struct piece){ NULL, 0, request_release, rq });
	conn_replied(c);
}

void http_reply_bytes(struct http_req *rq, int status, const char *content_type, str body)
{
	struct http_field type = { STR("Content-Type"), str_of(content_type) };
	struct http_piece piece = { body, NULL };

	http_reply(rq,
		&(struct http_reply){ .status = status,
			.fields = &type,
			.n_fields = 1,
			.body = &piece,
			.n_body = 1 });
}

/* ---- refusals ---- */

void conn_refuse(struct conn *c, int status)
{
	struct request *rq = c->rq;
	const char *phrase = http_phrase(status);
	char *text;
	int n = asprintf(&text,
		"HTTP/1.1 %d %s\r\nDate: %s\r\nContent-Type: text/plain\r\n"
		"Content-Length: %zu\r\nConnection: close\r\n\r\n%d %s\n",
		status, phrase, loop_date(c->shard->loop).p, strlen(phrase) + 5, status,
		phrase);

	BUG_IF(n < 0, "out of memory");
	c->rq = NULL;
	if (rq)
		request_release(rq);
	sock_put(&c->sock, (struct piece){ text, (size_t)n, free, text });
	c->keep_alive = false;
	c->state = CONN_CLOSING;
}
