/*
 * frame/gate.c - a request's way: row, caller, scope, rate, fields, handler, reply.
 *
 * On the loop: the row is found by path, who calls is read from the store (the
 * turn's snapshot), and the fields are checked by the row's shape.  Then the mode
 * decides where the handler runs; the reply is always sent from the loop.
 *
 *	READS_QUICK  here and now, in the same snapshot
 *	READS        a worker, a snapshot of its own
 *	WRITES       the writer's batch; done() posts back after the commit
 *	WAITS        a worker, no transaction
 */
#include "frame/gate.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/ids.h"
#include "base/log.h"
#include "frame/answer.h"
#include "frame/auth.h"
#include "frame/rate.h"
#include "frame/workers.h"

/* A body is held, and its JSON takes up to forty times its size, before anybody knows
 * who sent it: what strangers and consumers may send is as small as their rows need. */
enum {
	BODY_STRANGER_MAX = 16 << 10,
	BODY_PERSON_MAX = 256 << 10,
	BODY_MAX = 1 << 20,
	BODY_LARGE_MAX = 21 << 20,
	CTX_BUDGET = 64 << 20,
	PATHS_MAX = 4096, /* places in the hash table; a power of two */
};

struct gate {
	struct house *house;
	const struct route **rows; /* sorted by path, then method */
	size_t n;
	/* Open addressing: the first row of a path, plus one; 0 is empty. */
	uint16_t places[PATHS_MAX];
};

/* One request on its way; lives in the request's arena. */
struct call {
	struct req rq;
	struct answer answer;
	struct gate *gate;
	struct write write;
	struct job job;
	enum err result;
	int64_t began_us;
};

/* ---- the table ---- */

static int row_order(const void *a, const void *b)
{
	const struct route *left = *(const struct route *const *)a;
	const struct route *right = *(const struct route *const *)b;
	int c = strcmp(left->path, right->path);

	return c ? c : strcmp(left->method, right->method);
}

static void add_place(struct gate *g, size_t row)
{
	size_t at = str_hash(str_of(g->rows[row]->path)) % PATHS_MAX;

	while (g->places[at])
		at = (at + 1) % PATHS_MAX;
	g->places[at] = (uint16_t)(row + 1);
}

struct gate *gate_new(struct house *house, const struct route *const *tables, size_t n)
{
	struct gate *g = calloc(1, sizeof(*g));

	BUG_IF(!g, "no memory");
	g->house = house;
	for (size_t i = 0; i < n; i++)
		for (const struct route *r = tables[i]; r->path; r++)
			g->n++;
	BUG_IF(g->n * 2 > PATHS_MAX, "%zu rows", g->n);
	g->rows = calloc(g->n + 1, sizeof(const struct route *));
	BUG_IF(!g->rows, "no memory");
	for (size_t i = 0, at = 0; i < n; i++)
		for (const struct route *r = tables[i]; r->path; r++)
			g->rows[at++] = r;
	qsort(g->rows, g->n, sizeof(g->rows[0]), row_order);
	for (size_t i = 0; i < g->n; i++) {
		BUG_IF(i && !row_order(&g->rows[i - 1], &g->rows[i]), "%s twice",
			g->rows[i]->path);
		if (!i || strcmp(g->rows[i - 1]->path, g->rows[i]->path) != 0)
			add_place(g, i);
	}
	return g;
}

void gate_free(struct gate *g)
{
	free(g->rows);
	free(g);
}

size_t gate_routes(const struct gate *g, const struct route *const **out)
{
	*out = g->rows;
	return g->n;
}

static size_t find_path(const struct gate *g, str path)
{
	size_t at = str_hash(path) % PATHS_MAX;

	for (; g->places[at]; at = (at + 1) % PATHS_MAX)
		if (str_is(path, g->rows[g->places[at] - 1]->path))
			return g->places[at] - 1u;
	return SIZE_MAX;
}

size_t gate_max_body(const struct gate *g, str path)
{
	size_t i = find_path(g, path);

	if (i == SIZE_MAX)
		return BODY_STRANGER_MAX;
	if (g->rows[i]->flags & ROUTE_LARGE)
		return BODY_LARGE_MAX;
	switch (g->rows[i]->scope) {
	case SCOPE_none:
		return BODY_STRANGER_MAX;
	case SCOPE_session:
	case SCOPE_member:
	case SCOPE_consumer:
		return BODY_PERSON_MAX;
	default:
		return BODY_MAX;
	}
}

static void name_request(struct ctx *cx)
{
	static atomic_uint_fast64_t counter;
	static _Thread_local uint64_t base;

	if (!base)
		random_bytes(&base, sizeof(base));
	(void)snprintf(cx->request_id, sizeof(cx->request_id), "%08" PRIx32 "%06" PRIx32,
		(uint32_t)base, (uint32_t)(atomic_fetch_add(&counter, 1) & 0xffffff));
}

void gate_too_large(struct gate *g, struct http_req *http)
{
	struct ctx *cx = ctx_new(CTX_BUDGET);
	enum err err = why(cx, ERR_TOO_LARGE, "the body may have %zu bytes here",
		gate_max_body(g, http->path));

	name_request(cx);
	answer_error(g->house, cx, http, err);
}

static const char *method_name(enum http_method m)
{
	switch (m) {
	case HTTP_GET:
	case HTTP_HEAD:
		return "GET";
	case HTTP_POST:
		return "POST";
	case HTTP_PUT:
		return "PUT";
	case HTTP_PATCH:
		return "PATCH";
	case HTTP_DELETE:
		return "DELETE";
	default:
		return "OPTIONS";
	}
}

/* WeCom's clients use GET and POST loosely; ours do not. */
static enum err find_route(const struct gate *g, struct ctx *cx, struct http_req *http,
	const struct route **out)
{
	size_t first = find_path(g, http->path);
	const char *method = method_name(http->method);

	if (first == SIZE_MAX)
		return why(cx, ERR_NO_ROUTE, "%.*s", STR_FMT(http->path));
	for (size_t i = first;
		i < g->n && !strcmp(g->rows[i]->path, g->rows[first]->path); i++)
		if (!strcmp(g->rows[i]->method, method)) {
			*out = g->rows[i];
			return OK;
		}
	if (answer_is_wecom(http->path) &&
		(http->method == HTTP_GET || http->method == HTTP_POST)) {
		*out = g->rows[first];
		return OK;
	}
	return why(cx,
		!strcmp(g->rows[first]->method, "GET") ? ERR_NEEDS_GET : ERR_NEEDS_POST,
		"%.*s", STR_FMT(http->path));
}

/* ---- the end of the way ---- */

static void log_call(const struct call *c, enum err err)
{
	const struct req *rq = &c->rq;

	log_at(err_row(err)->http >= 500 ? LOG_WARN : LOG_DEBUG, "request",
		K_ZSTR("id", rq->cx->request_id), K_STR("path", rq->http->path),
		K_INT("errcode", err), K_INT("corp", rq->cx->actor.corp),
		K_INT("actor", rq->cx->actor.id),
		K_INT("us", clock_mono_us() - c->began_us),
		K_STR("why", err_row(err)->http >= 500 ? rq->cx->words : STR_NONE));
}

static void finish(struct call *c, enum err err)
{
	log_call(c, err);
	answer_send(&c->rq, err); /* and c is gone */
}

static void finish_task(struct loop *loop UNUSED, struct task *t)
{
	struct http_req *http = CONTAINER_OF(t, struct http_req, task);
	struct call *c = http->user;

	finish(c, c->result);
}

static void post_back(struct call *c, enum err err)
{
	struct http_req *http = c->rq.http;

	c->result = err;
	http->user = c;
	http->task.run = finish_task;
	loop_post(http->loop, &http->task);
}

/* ---- running the handler ---- */

static void clear_out(struct req *rq)
{
	memset(rq->out, 0, rq->route->out()->size);
	*rq->answer = (struct answer){ 0 };
}

static enum err run_in(struct tx *tx, void *arg)
{
	struct call *c = arg;

	if (c->rq.answer->has_file)
		BUG_IF(tx->writes, "a file from a write");
	clear_out(&c->rq);
	c->rq.tx = tx;
	return c->rq.route->run(&c->rq);
}

static void write_done(struct write *w)
{
	post_back(CONTAINER_OF(w, struct call, write), w->result);
}

static void work(struct job *job)
{
	struct call *c = CONTAINER_OF(job, struct call, job);
	struct house *h = c->gate->house;

	if (c->rq.route->mode == READS)
		post_back(c, store_read(h->store, c->rq.cx, run_in, c));
	else
		post_back(c, c->rq.route->run(&c->rq));
}

static void dispatch(struct call *c)
{
	struct house *h = c->gate->house;

	if (c->rq.route->mode == WRITES) {
		c->write = (struct write){ .cx = c->rq.cx,
			.fn = run_in,
			.arg = c,
			.done = write_done };
		store_submit(h->store, &c->write);
		return;
	}
	c->job.run = work;
	workers_post(h->workers, &c->job);
}

/* ---- the beginning ---- */

static enum err authenticate(struct req *rq, struct tx *tx)
{
	const struct route *r = rq->route;
	struct ctx *cx = rq->cx;

	if (r->scope == SCOPE_none) {
		/* Anybody; a session is welcome when there is one. */
		if (!answer_is_wecom(rq->http->path) && auth_session(rq, tx) != OK) {
			cx->actor = (struct actor){ 0 };
			ctx_forgive(cx);
		}
		return OK;
	}
	TRY(answer_is_wecom(rq->http->path) ? auth_token(rq, tx) : auth_session(rq, tx));
	if (!(cx->actor.scopes & SCOPE_BIT(r->scope)))
		return why(cx,
			answer_is_wecom(rq->http->path) ? ERR_NO_PERMISSION
							: ERR_FORBIDDEN,
			"needs the scope %s", scope_doc((int)r->scope));
	return OK;
}

static enum err decode(struct req *rq)
{
	const struct shape *sh = rq->route->in();
	const cJSON *root = NULL;
	void *in = arena_alloc(rq->cx->mem, sh->size);

	if (rq->http->body.n && !(rq->route->flags & ROUTE_RAW_BODY))
		TRY(json_parse(rq->cx, rq->http->body, &root));
	TRY(shape_decode(rq->cx, sh, root, rq->http->query, in));
	rq->in = in;
	rq->out = arena_alloc(rq->cx->mem, rq->route->out()->size);
	return OK;
}

/* A consumer is a stranger: he may write only so fast. */
static enum err slow_down(struct req *rq)
{
	int64_t wait = rate_consumer(rq->house, rq->cx->actor.id, rq->cx->now_ms);

	if (!wait)
		return OK;
	return why(rq->cx, ERR_TOO_OFTEN, "again in %" PRId64 " s", (wait + 999) / 1000);
}

static enum err admit(struct tx *tx, void *arg)
{
	struct call *c = arg;
	struct req *rq = &c->rq;

	TRY(authenticate(rq, tx));
	if (answer_is_wecom(rq->http->path))
		TRY(rate_api(rq));
	if (rq->cx->actor.kind == ACTOR_CONSUMER && rq->http->method != HTTP_GET)
		TRY(slow_down(rq));
	TRY(decode(rq));
	if (rq->route->before) {
		rq->tx = tx;
		TRY(rq->route->before(rq));
		rq->tx = NULL;
	}
	return rq->route->mode == READS_QUICK ? run_in(tx, c) : OK;
}

void gate_handle(struct gate *g, struct http_req *http)
{
	struct ctx *cx = ctx_new(CTX_BUDGET);
	struct call *c = arena_alloc(http->mem, sizeof(*c));
	struct req *rq = &c->rq;
	enum err err;

	name_request(cx);
	c->gate = g;
	c->began_us = clock_mono_us();
	*rq = (struct req){ .cx = cx,
		.http = http,
		.house = g->house,
		.answer = &c->answer };
	err = find_route(g, cx, http, &rq->route);
	if (err == OK && http->method != HTTP_GET && http->method != HTTP_HEAD &&
		!answer_is_wecom(http->path))
		err = gate_origin(g->house, cx, http);
	if (err != OK) {
		answer_error(g->house, cx, http, err);
		return;
	}
	rq->client = answer_is_wecom(http->path) ? CLIENT_NONE : gate_client(http);
	err = store_read(g->house->store, cx, admit, c);
	if (err != OK || rq->route->mode == READS_QUICK)
		finish(c, err);
	else
		dispatch(c);
}

const struct shape *none_shape(void)
{
	static const struct shape none = { "none", NULL, 0, sizeof(uint64_t[2]) };

	return &none;
}
