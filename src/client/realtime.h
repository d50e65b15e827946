/*
 * client/realtime.h - sessions on the socket; private to client/.
 *
 * A hub is what one loop has: its sessions, a table from whom they belong to, and
 * what they share.  Everything of a hub happens on its loop; the store's writer
 * gives work back by posting, the bus brings events.
 *
 *	frame in -> post (parsed in its own ctx) -> writer -> task -> ack
 *	commit -> bus -> hub_hear -> one frame for all who see the same -> ws_send
 *
 * An idle session is `struct session`, a ws, and nothing else.
 */
#ifndef CLIENT_REALTIME_H
#define CLIENT_REALTIME_H

#include <stdatomic.h>

#include "client/view.h"
#include "core/event.h"
#include "frame/gate.h"
#include "io/ws.h"

enum {
	CLOSE_BAD_FRAME = 4400,
	CLOSE_SIGN_IN = 4401,
	CLOSE_FORBIDDEN = 4403,
	HEARTBEAT_S = 50,
};

struct post;
struct person_slot;

struct hub {
	struct house *house;
	struct loop *loop;
	struct session **places; /* by holder; a power of two */
	size_t n_places, n_sessions;
	struct post *spare; /* posts to use again */
	size_t n_spare;
	struct ctx *cx; /* for frames out and reads; restarted for each */
	struct person_slot *people;
	struct session *all;        /* every open session, for the end */
	int64_t told_corp, told_ms; /* whose directory's change was told last, and when */
	bool stopping;
	struct task stop;
};

/* What is needed until the first hello only. */
struct greeting {
	struct timer timer;
	enum err refused; /* what the request's own session came to */
};

struct session {
	struct ws *ws; /* NULL after it has closed */
	struct hub *hub;
	struct session *next, **prev;         /* in its place of the table */
	struct session *next_all, **prev_all; /* in hub->all */
	struct greeting *greeting;            /* NULL after the hello */
	struct viewer viewer;
	int64_t id;           /* of the socket: names it in events and in hello */
	int64_t sign_in;      /* the account's session */
	int64_t typed_ms;     /* when it last said that it types */
	uint32_t refs;        /* the open ws, and each post in flight */
	uint8_t sends, reads; /* in flight */
	uint8_t client;
	bool known, ready; /* who it is; hello has been answered */
};

/* ---- realtime.c ---- */

extern struct realtime {
	struct house *house;
	struct hub *hubs;
	size_t n_hubs;
	atomic_int_fast64_t open, in_flight; /* sessions, posts */
	atomic_bool stopping;
} realtime;

struct hub *hub_of(struct loop *loop);
/* Wakes realtime_stop when something it waits for has ended. */
void realtime_ended(void);

/* ---- session.c ---- */

struct session *session_new(struct hub *hub, enum client client);
void session_unref(struct session *s);
/* Enters the table under whom cx->actor is. */
void session_know(struct session *s, const struct ctx *cx);
/* The first session of a holder (corp 0: a consumer); then session_next. */
struct session *session_first(struct hub *hub, int64_t corp, int64_t id);
struct session *session_next(struct session *s, int64_t corp, int64_t id);
/* {"t":"error",…} and a close. */
void session_fail(struct session *s, struct ctx *cx, enum err err, int close_code);
extern const struct ws_handler session_handler;

/* ---- hello.c ---- */

struct frame_in;
void session_hello(struct session *s, struct ctx *cx, const struct frame_in *f);
void session_expect_hello(struct session *s, enum err refused);
/* Ends the waiting for a hello. */
void session_greeted(struct session *s);

/* ---- post.c: what goes to the writer ---- */

#define FRAME_BODY(F, SUB) F(octets, content, OPTIONAL, 0, 1 << 17, "Of a text")
SHAPE_STRUCT(frame_body, FRAME_BODY)
#define FRAME_IN(F, SUB)                                                                 \
	F(octets, t, REQUIRED, 1, 16, "Kind of frame")                                   \
	F(id, cursor, OPTIONAL, 0, INT64_MAX, "hello: the newest stamp applied")         \
	F(octets, token, OPTIONAL, 0, 256, "hello: a session's token")                   \
	F(text, nonce, OPTIONAL, 1, 64, "send: made by the client")                      \
	F(octets, chat, OPTIONAL, 0, 64, "send, read, typing")                           \
	F(octets, type, OPTIONAL, 0, 32, "send")                                         \
	SUB(object, body, frame_body, OPTIONAL, 0, 0, "send")                            \
	F(int, seq, OPTIONAL, 0, INT64_MAX, "read")                                      \
	F(flag, anyway, OPTIONAL, 0, 1, "send: though a sensitive word warns")
SHAPE_STRUCT(frame_in, FRAME_IN)

/* A frame is parsed in the ctx of the post that it may become. */
struct post *post_take(struct hub *hub);
struct ctx *post_ctx(struct post *p);
void post_give_back(struct hub *hub, struct post *p);
/* Both consume the post. */
void post_send(struct post *p, struct session *s, const struct frame_in *f);
void post_read(struct post *p, struct session *s, const struct frame_in *f);
/* The hub's spare posts. */
void posts_free(struct hub *hub);

/* ---- fanout.c ---- */

/* An event has come to this loop. */
void hub_hear(void *arg, struct store_event *e);
void session_typing(struct session *s, struct ctx *cx, const struct frame_in *f);

/* ---- people.c: a short memory of WHO ---- */

/* {"kind":…} as viewers of that kind see him; lives until the next call. */
str person_text(struct hub *hub, enum person_kind for_kind, int64_t corp,
	struct person who);
void people_forget(struct hub *hub, int64_t corp, enum person_kind kind, int64_t id);
void people_forget_corp(struct hub *hub, int64_t corp);
void people_free(struct hub *hub);

#endif
