/*
 * io/http_conn.c - a connection: bytes become requests, one at a time.
 *
 * Bytes are parsed where they were read, in the loop's buffer; only what is
 * incomplete is kept.  While a request is out we go on reading a little, so that
 * pipelined requests wait here and a peer that goes is noticed.
 */
#include "io/http_priv.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include "base/err.h"

enum {
	PIPELINED_BYTES = 16384, /* kept while a request is out */
	QUEUE_BYTES = 262144,    /* of replies; beyond, no further request is begun */
	LINGER_BYTES = 32 << 20, /* read and thrown away after a refusal */
	LINGER_MS = 2000,
	BODY_SLICE = 16384, /* … buys a second */
	FIRST_BODY_BYTES = 16384,
	SMALL_BODY_BYTES = 65536, /* always taken */
	FILE_BYTES = 262144,      /* in one call; so many calls at a time: */
	FILE_TURNS = 8,
};

static void conn_run(struct conn *c, str *in);

/* ---- beginning and end ---- */

static void bury(struct grave *g)
{
	struct conn *c = CONTAINER_OF(g, struct conn, grave);

	if (c->heir && c->in_n)
		c->heir(c->heir_arg, str_make(c->in, c->in_n));
	free(c->in);
	free(c);
}

static void leave_shard(struct conn *c)
{
	*c->prev = c->next;
	if (c->next)
		c->next->prev = c->prev;
	c->state = CONN_GONE;
	atomic_fetch_sub(&c->shard->server->n_conns, 1);
	loop_bury(c->shard->loop, &c->grave);
	shard_changed(c->shard);
}

static void drop_file(struct conn *c)
{
	struct request *rq = c->file_rq;

	c->file_rq = NULL;
	if (rq)
		request_release(rq);
}

void conn_drop(struct conn *c)
{
	struct request *rq = c->rq;
	bool is_out = c->state == CONN_OUT;

	if (c->state == CONN_GONE)
		return;
	c->rq = NULL;
	if (rq)
		rq->conn = NULL;
	if (rq && !is_out)
		request_release(rq);
	drop_file(c);
	sock_close(&c->sock);
	leave_shard(c);
}

void conn_bequeath(struct conn *c, struct sock *to, const struct sock_ops *ops,
	void (*heir)(void *arg, str early), void *arg)
{
	sock_move(to, &c->sock, ops);
	c->rq = NULL;
	c->heir = heir;
	c->heir_arg = arg;
	leave_shard(c);
}

static void set_state(struct conn *c, enum conn_state state)
{
	c->state = state;
	c->since_ms = loop_mono_ms(c->shard->loop);
}

/* The last reply has left: say so, and wait for the peer to close, since closing
 * over unread input would destroy what is still on its way. */
static void linger(struct conn *c)
{
	if (c->ended) {
		conn_drop(c);
		return;
	}
	sock_shut(&c->sock);
	set_state(c, CONN_LINGER);
	sock_set_reading(&c->sock, true);
}

/* ---- keeping what is incomplete ---- */

static void make_room(struct conn *c, size_t n)
{
	if (c->in && n <= c->in_cap)
		return;
	c->in_cap = n < 1024 ? 1024 : n;
	c->in = realloc(c->in, c->in_cap);
	BUG_IF(!c->in, "out of memory");
}

/* `rest` is what was not taken: within c->in when something was kept before. */
static void keep(struct conn *c, str rest)
{
	if (rest.n && c->in_n) {
		memmove(c->in, rest.p, rest.n);
	} else if (rest.n) {
		make_room(c, rest.n);
		memcpy(c->in, rest.p, rest.n);
	} else {
		free(c->in);
		c->in = NULL;
		c->in_cap = 0;
	}
	c->in_n = rest.n;
}

static str append(struct conn *c, str more)
{
	if (more.n) {
		if (c->in_n + more.n > c->in_cap)
			make_room(c, (c->in_n + more.n) * 2);
		memcpy(c->in + c->in_n, more.p, more.n);
		c->in_n += more.n;
	}
	return str_make(c->in, c->in_n);
}

/* ---- reading the head ---- */

static void dispatch(struct conn *c)
{
	struct request *rq = c->rq;
	const struct http_server_config *config = &c->shard->server->config;

	c->state = CONN_OUT;
	rq->pub.body = str_make(rq->body, rq->body_n);
	request_fill(rq);
	config->handle(&rq->pub, config->arg);
}

static struct request *new_request(struct conn *c, const struct http_head *h,
	struct arena *mem)
{
	struct request *rq = ARENA_NEW(mem, struct request);
	size_t bytes = h->n_fields * sizeof(*h->fields);

	rq->pub.loop = c->shard->loop;
	rq->pub.mem = mem;
	rq->pub.method = h->method;
	rq->pub.target = h->target;
	rq->shard = c->shard;
	rq->conn = c;
	rq->fields = memcpy(arena_alloc(mem, bytes), h->fields, bytes);
	rq->n_fields = h->n_fields;
	rq->minor = h->minor;
	rq->keep_alive = h->keep_alive;
	rq->chunked = h->chunked;
	c->shard->n_requests++;
	return rq;
}

static size_t body_max(const struct http_server *s, const struct http_head *h)
{
	str rest = h->target;

	if (!s->config.max_body_of)
		return s->config.max_body_bytes;
	return s->config.max_body_of(h->method, str_cut(&rest, '?'), s->config.arg);
}

static void refuse_body(struct conn *c)
{
	const struct http_server_config *config = &c->shard->server->config;
	struct request *rq = c->rq;

	if (!config->too_large) {
		conn_refuse(c, 413);
		return;
	}
	rq->keep_alive = false;
	c->state = CONN_OUT;
	request_fill(rq);
	config->too_large(&rq->pub, config->arg);
}

/* Decides what follows the head: nothing, or a body that is within bounds. */
static void begin_body(struct conn *c, const struct http_head *h, str rest)
{
	struct request *rq = c->rq;

	if (!h->chunked && h->content_length <= 0) {
		dispatch(c);
		return;
	}
	rq->body_max = body_max(c->shard->server, h);
	if (!h->chunked && (uint64_t)h->content_length > rq->body_max) {
		refuse_body(c);
		return;
	}
	rq->body_want = h->chunked ? 0 : (size_t)h->content_length;
	if (h->expects_continue && !rest.n) {
		str go_on = STR("HTTP/1.1 100 Continue\r\n\r\n");

		sock_put(&c->sock, (struct piece){ go_on.p, go_on.n, NULL, NULL });
	}
	set_state(c, CONN_BODY);
}

static bool is_too_long(struct conn *c, str in)
{
	const struct http_server_config *config = &c->shard->server->config;

	if (in.n <= config->max_headers_bytes)
		return false;
	/* No line may be so long that its end comes after the longest target's. */
	conn_refuse(c,
		str_find(in, STR("\r\n")) > config->max_target_bytes + 32 ? 414 : 431);
	return true;
}

/* False when more bytes are needed. */
static bool read_head(struct conn *c, str *in)
{
	const struct http_server_config *config = &c->shard->server->config;
	size_t blank = c->state == CONN_IDLE ? http_blank_lines(*in) : 0, n;
	struct http_head h;
	struct arena *mem;
	int status;

	*in = str_skip(*in, blank);
	if (!in->n)
		return false;
	n = http_head_find(*in, &c->scanned);
	if (is_too_long(c, n ? str_sub(*in, 0, n) : *in))
		return false;
	if (!n) {
		if (c->state == CONN_IDLE)
			set_state(c, CONN_HEAD);
		return false;
	}
	c->scanned = 0;
	mem = loop_arena(c->shard->loop);
	status = http_head_parse(arena_str(mem, str_sub(*in, 0, n)),
		config->max_target_bytes, &h);
	*in = str_skip(*in, n);
	if (status != 200) {
		loop_arena_back(c->shard->loop, mem);
		conn_refuse(c, status);
		return false;
	}
	c->rq = new_request(c, &h, mem);
	begin_body(c, &h, *in);
	return true;
}

/* ---- reading the body ---- */

static void free_body(void *arg)
{
	struct request *rq = arg;

	atomic_fetch_sub(&rq->shard->server->body_bytes, rq->body_cap);
	free(rq->body);
}

/* False when all bodies together would be too much. */
static bool grow_body(struct request *rq, size_t want)
{
	struct http_server *s = rq->shard->server;
	size_t cap = rq->body_cap ? rq->body_cap * 2 : FIRST_BODY_BYTES;

	while (cap < want)
		cap *= 2;
	if (rq->body_want && cap > rq->body_want)
		cap = rq->body_want;
	if (cap > SMALL_BODY_BYTES &&
		atomic_load(&s->body_bytes) + (cap - rq->body_cap) >
			s->config.max_bodies_bytes)
		return false;
	if (!rq->body)
		arena_defer(rq->pub.mem, free_body, rq);
	atomic_fetch_add(&s->body_bytes, cap - rq->body_cap);
	rq->body = realloc(rq->body, cap);
	BUG_IF(!rq->body, "out of memory");
	rq->body_cap = cap;
	return true;
}

static bool add_to_body(struct request *rq, str bytes)
{
	if (rq->body_n + bytes.n > rq->body_cap && !grow_body(rq, rq->body_n + bytes.n))
		return false;
	memcpy(rq->body + rq->body_n, bytes.p, bytes.n);
	rq->body_n += bytes.n;
	return true;
}

/* 200: whole; 100: more is needed; else the status to refuse with. */
static int read_chunks(struct request *rq, str *in)
{
	str data;

	for (;;) {
		switch (http_chunks_next(&rq->chunks, in, &data)) {
		case HTTP_DATA:
			if (data.n > rq->body_max - rq->body_n)
				return 413;
			if (!add_to_body(rq, data))
				return 503;
			break;
		case HTTP_END:
			return 200;
		case HTTP_MORE:
			return 100;
		default:
			return 400;
		}
	}
}

static int read_counted(struct request *rq, str *in)
{
	size_t left = rq->body_want - rq->body_n;
	str data = str_sub(*in, 0, in->n < left ? in->n : left);

	if (!add_to_body(rq, data))
		return 503;
	*in = str_skip(*in, data.n);
	return rq->body_n == rq->body_want ? 200 : 100;
}

static bool read_body(struct conn *c, str *in)
{
	int status;

	if (!in->n)
		return false;
	status = c->rq->chunked ? read_chunks(c->rq, in) : read_counted(c->rq, in);
	if (status == 200)
		dispatch(c);
	else if (status == 413)
		refuse_body(c);
	else if (status != 100)
		conn_refuse(c, status);
	return status == 200;
}

/* ---- going on ---- */

/* Takes requests from `in` as long as one is whole and none is out. */
static void conn_run(struct conn *c, str *in)
{
	bool more = true;

	c->running = true;
	while (more) {
		switch (c->state) {
		case CONN_IDLE:
		case CONN_HEAD:
			more = c->sock.queued < QUEUE_BYTES && !c->file_rq &&
				read_head(c, in);
			break;
		case CONN_BODY:
			more = read_body(c, in);
			break;
		default:
			more = false;
		}
	}
	c->running = false;
	if (c->state >= CONN_CLOSING && !c->heir)
		*in = STR_NONE;
}

/* After requests were taken: does more come, and do we want to hear of it? */
static void settle(struct conn *c)
{
	bool sending = c->sock.queued || c->file_rq;
	bool full = c->in_n >= PIPELINED_BYTES &&
		(c->state == CONN_OUT || c->sock.queued >= QUEUE_BYTES || c->file_rq);

	if (c->state == CONN_GONE)
		return;
	if (c->ended && c->state < CONN_OUT && !sending) {
		conn_drop(c);
		return;
	}
	sock_set_reading(&c->sock, !full && !c->ended);
}

static void take(struct conn *c, str more)
{
	str in = c->in_n ? append(c, more) : more;

	conn_run(c, &in);
	keep(c, in);
	settle(c);
}

/* The peer sends no more.  What is out or on its way is still answered. */
static void on_end(struct conn *c)
{
	c->ended = true;
	if (c->state == CONN_LINGER)
		conn_drop(c);
	else
		settle(c);
}

static void on_readable(struct sock *s)
{
	struct conn *c = CONTAINER_OF(s, struct conn, sock);
	char *buf = c->shard->loop->read_buf;
	ssize_t n = sock_read(s, buf, LOOP_READ_BYTES);

	if (n == SOCK_AGAIN)
		return;
	if (n == SOCK_FAILED) {
		conn_drop(c);
	} else if (n == SOCK_END) {
		on_end(c);
	} else if (c->state == CONN_CLOSING || c->state == CONN_LINGER) {
		c->lingered += (size_t)n;
		if (c->lingered > LINGER_BYTES)
			conn_drop(c);
	} else {
		take(c, str_make(buf, (size_t)n));
	}
}

/* ---- output ---- */

static void send_file(struct conn *c)
{
	for (int turns = 0; c->file_left > 0; turns++) {
		size_t n = c->file_left > FILE_BYTES ? FILE_BYTES : (size_t)c->file_left;
		ssize_t sent = SOCK_AGAIN;

		if (turns < FILE_TURNS) /* the others want to be served, too */
			sent = sock_send_file(&c->sock, c->file_fd, c->file_offset, n);
		if (sent == SOCK_AGAIN) {
			sock_wait_writable(&c->sock);
			return;
		}
		if (sent <= 0) { /* gone, or the file is shorter than was promised */
			conn_drop(c);
			return;
		}
		c->sock.sent += (uint32_t)sent;
		c->file_offset += sent;
		c->file_left -= sent;
	}
	drop_file(c);
}

/* Room again: what was put off because of the queue or a file may go on. */
static void on_drained(struct sock *s)
{
	struct conn *c = CONTAINER_OF(s, struct conn, sock);
	str none = STR_NONE;

	if (c->file_rq)
		send_file(c);
	if (c->state == CONN_GONE || c->file_rq)
		return;
	if (c->state == CONN_CLOSING) {
		linger(c);
		return;
	}
	if (c->state == CONN_IDLE)
		set_state(c, CONN_IDLE); /* it begins to be idle now */
	if (c->in_n && c->state != CONN_OUT)
		take(c, none);
	else if (c->ended)
		settle(c);
}

static void on_failed(struct sock *s)
{
	conn_drop(CONTAINER_OF(s, struct conn, sock));
}

void conn_replied(struct conn *c)
{
	str none = STR_NONE;

	c->rq = NULL;
	if (!c->keep_alive || c->shard->stopping)
		c->state = CONN_CLOSING;
	else
		set_state(c, CONN_IDLE);
	if (c->running)
		return;
	if (c->state == CONN_IDLE && c->in_n)
		take(c, none);
	else
		settle(c);
}

/* ---- time ---- */

static void check_time(struct conn *c, int64_t now)
{
	const struct http_server_config *config = &c->shard->server->config;
	bool waiting = c->sock.queued || c->file_rq;
	int64_t spent = now - c->since_ms;

	if (!waiting || c->sock.sent != c->moved) {
		c->moved = c->sock.sent;
		c->moved_ms = now;
	} else if (now - c->moved_ms >= config->write_ms) {
		conn_drop(c);
		return;
	}
	if (c->state == CONN_IDLE && !waiting && spent >= config->idle_ms)
		conn_drop(c);
	else if (c->state == CONN_HEAD && spent >= config->read_ms)
		conn_refuse(c, 408);
	else if (c->state == CONN_BODY &&
		spent >= config->read_ms + (int64_t)(c->rq->body_n / BODY_SLICE) * 1000)
		conn_refuse(c, 408);
	else if (c->state == CONN_LINGER && spent >= LINGER_MS)
		conn_drop(c);
}

void conn_sweep(struct shard *shard)
{
	int64_t now = loop_mono_ms(shard->loop);
	struct conn *c, *next;

	for (c = shard->conns; c; c = next) {
		next = c->next;
		check_time(c, now);
	}
}

void conn_stop_idle(struct shard *shard)
{
	struct conn *c, *next;

	for (c = shard->conns; c; c = next) {
		next = c->next;
		if (c->state == CONN_IDLE && !c->sock.queued && !c->file_rq)
			conn_drop(c);
		else if (c->state == CONN_IDLE)
			c->state = CONN_CLOSING;
	}
}

/* ---- a new one ---- */

static const struct sock_ops conn_ops = { on_readable, on_drained, on_failed };

static void note_peer(struct conn *c, const struct sockaddr *peer)
{
	struct arena *mem = loop_arena(c->shard->loop);
	const struct http_server *server = c->shard->server;
	str text = addr_text(mem, peer);

	memcpy(c->remote, text.p, text.n);
	c->from_proxy = addr_in_nets(peer, server->proxies, server->n_proxies);
	loop_arena_back(c->shard->loop, mem);
}

void conn_new(struct shard *shard, int fd, const struct sockaddr *peer)
{
	struct conn *c = calloc(1, sizeof(*c));
	int one = 1;

	BUG_IF(!c, "out of memory");
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	c->grave.bury = bury;
	c->shard = shard;
	c->next = shard->conns;
	c->prev = &shard->conns;
	if (c->next)
		c->next->prev = &c->next;
	shard->conns = c;
	note_peer(c, peer);
	set_state(c, CONN_IDLE);
	c->moved_ms = c->since_ms;
	sock_open(&c->sock, shard->loop, fd, &conn_ops);
	if (shard->server->tls)
		tls_open(&c->sock, shard->server->tls);
}
