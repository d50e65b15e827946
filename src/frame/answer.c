/*
 * frame/answer.c - the two forms of a reply.
 *
 * /cgi-bin: status 200, {"errcode":0,"errmsg":"ok",…}; an error has no fields but
 * these two, its words end in a hint with the request's id and the caller's address,
 * as WeCom's do.  /v1: the error's HTTP status and {"errcode":…,"errmsg":…}.
 */
#include "frame/answer.h"

#include <stdlib.h>
#include <unistd.h>

#include "wire/mime.h"

static const char json_type[] = "application/json; charset=UTF-8";

bool answer_is_wecom(str path)
{
	return str_starts(path, STR("/cgi-bin/"));
}

void answer_header(struct req *rq, str name, str value)
{
	struct answer *a = rq->answer;

	BUG_IF(a->n_fields == ANSWER_FIELDS, "more than %d header fields", ANSWER_FIELDS);
	a->fields[a->n_fields++] = (struct http_field){ name, value };
}

void answer_cookie(struct req *rq, const char *name, str value, int64_t max_age_s)
{
	str cookie = arena_printf(rq->cx->mem,
		"%s=%.*s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%" PRId64 "%s", name,
		STR_FMT(value), value.n ? max_age_s : 0,
		rq->house->cookies_secure ? "; Secure" : "");

	answer_header(rq, STR("Set-Cookie"), cookie);
}

void answer_bytes(struct req *rq, const char *content_type, str body, const char *cache)
{
	struct answer *a = rq->answer;

	a->raw = true;
	a->status = 200;
	a->content_type = str_of(content_type);
	a->body = body;
	if (cache)
		answer_header(rq, STR("Cache-Control"), str_of(cache));
}

/* RFC 9110, 14.2: one range only; anything else is as if there were none, and leaves
 * *out_from and *out_to alone. */
static bool wanted_range(str range, int64_t size, int64_t *out_from, int64_t *out_to)
{
	int64_t from, to = size - 1, last;
	str rest, first;

	if (!str_starts(range, STR("bytes=")) || str_find_char(range, ',') != SIZE_MAX)
		return false;
	rest = str_skip(range, 6);
	first = str_trim(str_cut(&rest, '-'));
	rest = str_trim(rest);
	if (!first.n) { /* the last so many bytes */
		if (!str_int(rest, &last) || last <= 0)
			return false;
		from = last > size ? 0 : size - last;
	} else {
		if (!str_int(first, &from) || from < 0)
			return false;
		if (rest.n && (!str_int(rest, &to) || to < from))
			return false;
	}
	*out_from = from;
	*out_to = to < size ? to : size - 1;
	return true;
}

static void close_file(void *arg)
{
	close((int)(intptr_t)arg);
}

enum err answer_file(struct req *rq, const struct answer_file *f)
{
	struct answer *a = rq->answer;
	int64_t from = 0, to = f->size - 1;
	bool part = wanted_range(http_header(rq->http, "Range"), f->size, &from, &to);
	int64_t length = to - from + 1;

	if (f->max_whole && length > f->max_whole) {
		close(f->fd);
		return why(rq->cx, ERR_RANGE_TOO_LARGE,
			"ask for parts of %" PRId64 " bytes or less", f->max_whole);
	}
	a->raw = a->has_file = true;
	a->fd = f->fd;
	a->content_type = f->mime;
	answer_header(rq, STR("Accept-Ranges"), STR("bytes"));
	answer_header(rq, STR("X-Content-Type-Options"), STR("nosniff"));
	answer_header(rq, STR("Content-disposition"),
		mime_disposition(rq->cx->mem, !f->inline_image, f->name));
	if (f->cache)
		answer_header(rq, STR("Cache-Control"), str_of(f->cache));
	if (part && from >= f->size) {
		a->status = 416;
		a->has_file = false;
		arena_defer(rq->cx->mem, close_file, (void *)(intptr_t)f->fd);
		answer_header(rq, STR("Content-Range"),
			arena_printf(rq->cx->mem, "bytes */%" PRId64, f->size));
		return OK;
	}
	a->status = part ? 206 : 200;
	a->offset = from;
	a->length = length;
	if (part)
		answer_header(rq, STR("Content-Range"),
			arena_printf(rq->cx->mem,
				"bytes %" PRId64 "-%" PRId64 "/%" PRId64, from, to,
				f->size));
	return OK;
}

static void error_body(struct buf *b, struct ctx *cx, struct http_req *http, enum err err)
{
	const struct err_row *row = err_row(err);
	struct buf words;

	buf_init(&words, cx->mem, 128 + cx->words.n);
	buf_lit(&words, row->english);
	if (cx->code == err && cx->words.n) {
		buf_lit(&words, answer_is_wecom(http->path) ? ", " : ": ");
		buf_put(&words, cx->words);
	}
	if (answer_is_wecom(http->path))
		buf_printf(&words, ", hint: [%s], from ip: %.*s", cx->request_id,
			STR_FMT(http->remote));
	buf_printf(b, "{\"errcode\":%d,\"errmsg\":", (int)err);
	buf_json_str(b, buf_str(&words));
	if (!answer_is_wecom(http->path)) {
		buf_lit(b, ",\"request_id\":");
		buf_json_str(b, str_of(cx->request_id));
	}
	buf_char(b, '}');
}

static void success_body(struct buf *b, struct req *rq)
{
	const struct shape *sh = rq->route->out();
	size_t start;

	if (!answer_is_wecom(rq->http->path)) {
		shape_encode(b, sh, rq->out);
		return;
	}
	buf_lit(b, "{\"errcode\":0,\"errmsg\":\"ok\"");
	start = b->n;
	buf_char(b, ',');
	shape_encode_fields(b, sh, rq->out);
	if (b->n == start + 1)
		b->n = start; /* nothing came: take the comma back */
	buf_char(b, '}');
}

static void free_ctx(void *arg)
{
	ctx_free(arg);
}

/* The reply's bytes live in the ctx, so the ctx lives as long as the request. */
static void send_and_release(struct ctx *cx, struct http_req *http,
	struct http_reply *reply)
{
	arena_defer(http->mem, free_ctx, cx);
	http_reply(http, reply);
}

static void send_json(struct req *rq, struct ctx *cx, struct http_req *http, int status,
	str body)
{
	struct http_field fields[ANSWER_FIELDS + 2];
	struct http_piece piece = { .bytes = body };
	struct http_reply reply = { .status = status,
		.fields = fields,
		.body = &piece,
		.n_body = 1 };

	fields[reply.n_fields++] =
		(struct http_field){ STR("Content-Type"), str_of(json_type) };
	if (!answer_is_wecom(http->path))
		fields[reply.n_fields++] =
			(struct http_field){ STR("Cache-Control"), STR("no-store") };
	for (size_t i = 0; rq && i < rq->answer->n_fields; i++)
		fields[reply.n_fields++] = rq->answer->fields[i];
	send_and_release(cx, http, &reply);
}

static int error_status(struct http_req *http, enum err err)
{
	return answer_is_wecom(http->path) ? 200 : err_row(err)->http;
}

void answer_error(struct house *house UNUSED, struct ctx *cx, struct http_req *http,
	enum err err)
{
	struct buf b;

	buf_init(&b, cx->mem, 256);
	error_body(&b, cx, http, err);
	send_json(NULL, cx, http, error_status(http, err), buf_str(&b));
}

static void send_raw(struct req *rq)
{
	struct answer *a = rq->answer;
	struct http_field fields[ANSWER_FIELDS + 1];
	struct http_piece piece = { .bytes = a->body };
	struct http_reply reply = {
		.status = a->status,
		.fields = fields,
		.body = &piece,
		.n_body = a->has_file ? 0 : 1,
		.has_file = a->has_file,
		.fd = a->fd,
		.offset = a->offset,
		.length = a->length,
	};

	fields[reply.n_fields++] =
		(struct http_field){ STR("Content-Type"), a->content_type };
	for (size_t i = 0; i < a->n_fields; i++)
		fields[reply.n_fields++] = a->fields[i];
	send_and_release(rq->cx, rq->http, &reply);
}

/* An error after answer_file, or fields set for a success, do not go out. */
static void drop_answer(struct answer *a)
{
	if (a->has_file)
		close(a->fd);
	*a = (struct answer){ 0 };
}

void answer_send(struct req *rq, enum err err)
{
	struct buf b;

	if (err == OK && rq->answer->raw) {
		send_raw(rq);
		return;
	}
	buf_init(&b, rq->cx->mem, 1024);
	if (err == OK) {
		success_body(&b, rq);
	} else {
		drop_answer(rq->answer);
		error_body(&b, rq->cx, rq->http, err);
	}
	send_json(rq, rq->cx, rq->http, err == OK ? 200 : error_status(rq->http, err),
		buf_str(&b));
}
