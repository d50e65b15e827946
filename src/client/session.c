/*
 * client/session.c - one open socket: who it is, and what it says.
 */
#include "client/realtime.h"

#include <stdlib.h>

#include "base/ids.h"

SHAPE_TABLE(frame_body, FRAME_BODY)
SHAPE_TABLE(frame_in, FRAME_IN)

enum { PLACES_FIRST = 64 };

/* ---- the table: whose sessions these are ---- */

static size_t place_of(const struct hub *hub, int64_t corp, int64_t id)
{
	uint64_t h =
		(uint64_t)id * 0x9e3779b97f4a7c15u ^ (uint64_t)corp * 0xc2b2ae3d27d4eb4fu;

	return (size_t)(h >> 32 ^ h) & (hub->n_places - 1);
}

static void enter(struct hub *hub, struct session *s)
{
	struct session **place =
		&hub->places[place_of(hub, s->viewer.corp, s->viewer.id)];

	s->next = *place;
	s->prev = place;
	if (s->next)
		s->next->prev = &s->next;
	*place = s;
}

static void leave(struct session *s)
{
	*s->prev = s->next;
	if (s->next)
		s->next->prev = s->prev;
	s->prev = NULL;
	s->hub->n_sessions--;
}

static void grow(struct hub *hub)
{
	struct session **old = hub->places;
	size_t n = hub->n_places;

	hub->n_places = n ? n * 2 : PLACES_FIRST;
	hub->places = calloc(hub->n_places, sizeof(*hub->places));
	BUG_IF(!hub->places, "out of memory");
	for (size_t i = 0; i < n; i++)
		for (struct session *s = old[i], *next; s; s = next) {
			next = s->next;
			enter(hub, s);
		}
	free(old);
}

static struct session *find(struct session *s, int64_t corp, int64_t id)
{
	while (s && (s->viewer.corp != corp || s->viewer.id != id))
		s = s->next;
	return s;
}

struct session *session_first(struct hub *hub, int64_t corp, int64_t id)
{
	return hub->n_places ? find(hub->places[place_of(hub, corp, id)], corp, id)
			     : NULL;
}

struct session *session_next(struct session *s, int64_t corp, int64_t id)
{
	return find(s->next, corp, id);
}

/* ---- life ---- */

struct session *session_new(struct hub *hub, enum client client)
{
	struct session *s = calloc(1, sizeof(*s));

	BUG_IF(!s, "out of memory");
	s->hub = hub;
	s->client = (uint8_t)client;
	s->id = id_next();
	s->refs = 1;
	s->next_all = hub->all;
	s->prev_all = &hub->all;
	if (s->next_all)
		s->next_all->prev_all = &s->next_all;
	hub->all = s;
	atomic_fetch_add(&realtime.open, 1);
	return s;
}

/* The socket is gone; posts in flight may still hold the session. */
void session_unref(struct session *s)
{
	if (--s->refs)
		return;
	if (s->prev)
		leave(s);
	session_greeted(s);
	*s->prev_all = s->next_all;
	if (s->next_all)
		s->next_all->prev_all = s->prev_all;
	free(s);
	atomic_fetch_sub(&realtime.open, 1);
	realtime_ended();
}

void session_know(struct session *s, const struct ctx *cx)
{
	struct hub *hub = s->hub;

	if (s->prev)
		leave(s);
	s->viewer = viewer_of(cx);
	s->sign_in = cx->actor.session;
	s->known = true;
	if (hub->n_sessions >= hub->n_places)
		grow(hub);
	hub->n_sessions++;
	enter(hub, s);
}

void session_fail(struct session *s, struct ctx *cx, enum err err, int close_code)
{
	struct buf b;

	if (!s->ws)
		return;
	buf_init(&b, cx->mem, 256);
	buf_printf(&b, "{\"t\":\"error\",\"errcode\":%d,\"errmsg\":", (int)err);
	buf_json_str(&b, str_of(err_row(err)->english));
	buf_char(&b, '}');
	ws_send_text(s->ws, buf_str(&b));
	ws_close(s->ws, close_code, "");
}

/* ---- what it says ---- */

/* True when the post was consumed. */
static bool act(struct session *s, struct post *p, const struct frame_in *f)
{
	struct ctx *cx = post_ctx(p);

	if (str_is(f->t, "hello")) {
		session_hello(s, cx, f);
	} else if (!s->ready) {
		session_fail(s, cx, ERR_SIGNED_OUT, CLOSE_SIGN_IN);
	} else if (str_is(f->t, "send")) {
		post_send(p, s, f);
		return true;
	} else if (str_is(f->t, "read")) {
		post_read(p, s, f);
		return true;
	} else if (str_is(f->t, "typing")) {
		session_typing(s, cx, f);
	} else if (str_is(f->t, "ping")) {
		ws_send_text(s->ws, STR("{\"t\":\"pong\"}"));
	} else {
		session_fail(s, cx, ERR_INVALID_ARGUMENT, CLOSE_BAD_FRAME);
	}
	return false;
}

static void on_text(struct ws *ws, str message)
{
	struct session *s = ws_arg(ws);
	struct post *p = post_take(s->hub);
	struct frame_in f = { 0 };
	enum err err;

	s->ws = ws; /* the first frame may come before http_upgrade returns */
	err = shape_parse(post_ctx(p), frame_in_shape(), message, &f);
	if (err != OK)
		session_fail(s, post_ctx(p), err, CLOSE_BAD_FRAME);
	if (err != OK || !act(s, p, &f))
		post_give_back(s->hub, p);
}

/* Frames were dropped while it was behind; from its cursor it gets all again. */
static void on_caught_up(struct ws *ws)
{
	ws_send_text(ws, STR("{\"t\":\"sync\"}"));
}

static void on_close(struct ws *ws, int code)
{
	struct session *s = ws_arg(ws);

	(void)code;
	s->ws = NULL;
	s->ready = false;
	if (s->prev)
		leave(s);
	session_unref(s);
}

const struct ws_handler session_handler = {
	.on_text = on_text,
	.on_caught_up = on_caught_up,
	.on_close = on_close,
	.max_message_bytes = 128 << 10,
	.max_queue_bytes = 1 << 20,
	.heartbeat_ms = HEARTBEAT_S * 1000,
};
