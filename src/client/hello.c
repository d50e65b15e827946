/*
 * client/hello.c - the beginning: who it is, and what has changed since.
 *
 * Who it is was asked with the request, and the session stands in the table since
 * then, so that an end of its sign-in is heard in between.  What has changed is read
 * in this turn of the loop, and the session is ready in the same: events of later
 * commits come after the answer, those of earlier ones are known by their seq.
 *
 * NEEDSWORK: heads of a member with very many chats are read on the loop (some
 * microseconds each); a worker could do it once such members are many.
 */
#include "client/realtime.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/ids.h"

enum { HELLO_MS = 10000, HEADS_FIRST = 50, HEADS_MAX = 200 };

#define HELLO_OUT(F, SUB)                                                                \
	F(octets, t, ALWAYS, 1, 16, "hello")                                             \
	F(octets, session, ALWAYS, 1, 20, "This socket")                                 \
	F(id, cursor, ALWAYS, 0, INT64_MAX, "To be given with the next hello")           \
	F(time, now, ALWAYS, 0, INT64_MAX, "Unix milliseconds")                          \
	F(int, heartbeat, ALWAYS, 1, 3600, "Seconds")                                    \
	SUB(list, chats, view_chat, ALWAYS, 0, HEADS_MAX, "Changed since, newest first") \
	F(flag, more, ALWAYS, 0, 1, "There are more: GET /v1/chats")
SHAPE(hello_out, HELLO_OUT)

static void on_no_hello(void *arg)
{
	struct session *s = arg;

	if (s->ws)
		ws_close(s->ws, CLOSE_BAD_FRAME, "no hello");
}

void session_expect_hello(struct session *s, enum err refused)
{
	s->greeting = calloc(1, sizeof(*s->greeting));
	BUG_IF(!s->greeting, "out of memory");
	s->greeting->refused = refused;
	timer_start(&s->greeting->timer, s->hub->loop, HELLO_MS, on_no_hello, s);
}

void session_greeted(struct session *s)
{
	if (!s->greeting)
		return;
	timer_stop(&s->greeting->timer);
	free(s->greeting);
	s->greeting = NULL;
}

struct heads {
	const struct session *s;
	const struct frame_in *in;
	struct hello_out out;
};

static enum err read_heads(struct tx *tx, void *arg)
{
	struct heads *h = arg;
	bool again = HAS(h->in, cursor);
	int64_t limit = again ? HEADS_MAX : HEADS_FIRST;
	struct view_chat *list;
	size_t n;

	TRY(view_chats_of(tx, &h->s->viewer, again ? h->in->cursor : 0, 0, limit + 1,
		&list, &n));
	h->out.cursor = h->in->cursor;
	if (n && list[0].stamp > h->out.cursor)
		h->out.cursor = list[0].stamp;
	h->out.more = n > (size_t)limit;
	h->out.chats.v = list;
	h->out.chats.n = h->out.more ? (size_t)limit : n;
	return OK;
}

/* A token in the frame counts more than what came with the request. */
static enum err learn_who(struct session *s, struct ctx *cx, const struct frame_in *f)
{
	if (f->token.n) {
		TRY(gate_session(s->hub->house, cx, NULL, (enum client)s->client,
			f->token));
		session_know(s, cx);
		return OK;
	}
	if (s->known)
		return OK;
	return s->greeting ? s->greeting->refused : ERR_SIGNED_OUT;
}

static void answer(struct session *s, struct ctx *cx, struct hello_out *out)
{
	out->t = STR("hello");
	out->session = id_text(cx->mem, "", s->id);
	out->now = clock_now_ms();
	out->heartbeat = HEARTBEAT_S;
	ws_send_text(s->ws, shape_text(cx->mem, hello_out_shape(), out));
}

void session_hello(struct session *s, struct ctx *cx, const struct frame_in *f)
{
	struct heads h = { .s = s, .in = f };
	enum err err = learn_who(s, cx, f);

	if (err != OK) {
		session_fail(s, cx, err,
			err == ERR_FORBIDDEN ? CLOSE_FORBIDDEN : CLOSE_SIGN_IN);
		return;
	}
	session_greeted(s);
	err = store_read(s->hub->house->store, cx, read_heads, &h);
	if (err != OK) { /* ours: it may come again */
		session_fail(s, cx, err, 1011);
		return;
	}
	s->ready = true;
	answer(s, cx, &h.out);
}
