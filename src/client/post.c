/*
 * client/post.c - from a frame to the writer and back.
 *
 * A post is a ctx and a write, used again and again: the frame is parsed in its ctx,
 * what came of that goes to the writer as it is, and the acknowledgement is made in
 * the same ctx when the write has come back to the loop.  Posts of a session come
 * back in the order in which they were sent.
 */
#include "client/realtime.h"

#include <stdlib.h>

#include "core/message/message.h"
#include "frame/rate.h"

enum { IN_FLIGHT_MAX = 64, SPARE_MAX = 4096, POST_BUDGET = 16 << 20 };
/* What a frame may take and still travel with others; a fatter one goes alone, so a
 * socket cannot fill the memory with what it has in flight. */
enum { SLIM_BYTES = 128 << 10 };

struct post {
	struct write write;
	struct task task;
	struct ctx *cx;
	struct hub *hub;
	struct session *session; /* the loop's: the writer reads nothing of it */
	struct viewer viewer;    /* who it was when it spoke */
	struct post *next;       /* in the spare list */
	bool is_read;
	int64_t read_seq, retry_ms;
	str nonce, chat;
	struct message message;
};

/* ---- spare ones ---- */

struct post *post_take(struct hub *hub)
{
	struct post *p = hub->spare;

	if (p) {
		hub->spare = p->next;
		hub->n_spare--;
		p->cx->now_ms = loop_now_ms(hub->loop);
		return p;
	}
	p = calloc(1, sizeof(*p));
	BUG_IF(!p, "out of memory");
	p->cx = ctx_new(POST_BUDGET);
	return p;
}

struct ctx *post_ctx(struct post *p)
{
	return p->cx;
}

static void post_free(struct post *p)
{
	ctx_free(p->cx);
	free(p);
}

void post_give_back(struct hub *hub, struct post *p)
{
	if (hub->n_spare >= SPARE_MAX) {
		post_free(p);
		return;
	}
	ctx_restart(p->cx); /* a spare one holds no more than it must */
	p->next = hub->spare;
	hub->spare = p;
	hub->n_spare++;
}

void posts_free(struct hub *hub)
{
	while (hub->spare) {
		struct post *p = hub->spare;

		hub->spare = p->next;
		post_free(p);
	}
	hub->n_spare = 0;
}

/* ---- the answer ---- */

static void put_ack(struct buf *b, const struct post *p)
{
	const struct message *m = &p->message;

	buf_lit(b, "{\"t\":\"ack\",\"nonce\":");
	buf_json_str(b, p->nonce);
	buf_lit(b, ",\"chat\":\"");
	buf_put(b, p->chat); /* it was found by this name, so it needs no quoting */
	buf_lit(b, "\",\"seq\":");
	buf_int(b, m->seq);
	buf_lit(b, ",\"msgid\":\"");
	buf_int(b, m->message);
	buf_lit(b, "\",\"time\":");
	buf_int(b, m->sent_ms);
	buf_char(b, '}');
}

static void put_nack(struct buf *b, const struct post *p, enum err err)
{
	const struct err_row *row = err_row(err);

	buf_lit(b, "{\"t\":\"nack\",\"nonce\":");
	buf_json_str(b, p->nonce);
	buf_printf(b, ",\"errcode\":%d,\"errmsg\":", (int)err);
	buf_json_str(b,
		p->cx->code == err && p->cx->words.n ? p->cx->words
						     : str_of(row->english));
	buf_printf(b, ",\"retry\":%s", row->retry ? "true" : "false");
	if (p->retry_ms)
		buf_printf(b, ",\"retry_ms\":%" PRId64, p->retry_ms);
	buf_char(b, '}');
}

static void answer(struct post *p, struct ws *ws, enum err err)
{
	struct buf b;

	buf_init(&b, p->cx->mem, 256);
	if (err == OK)
		put_ack(&b, p);
	else
		put_nack(&b, p, err);
	ws_send_text(ws, buf_str(&b));
}

static uint8_t *count_of(const struct post *p, struct session *s)
{
	return p->is_read ? &s->reads : &s->sends;
}

static void come_back(struct loop *loop, struct task *t)
{
	struct post *p = CONTAINER_OF(t, struct post, task);
	struct session *s = p->session;

	(void)loop;
	*count_of(p, s) -= 1;
	if (s->ws && !p->is_read)
		answer(p, s->ws, p->write.result);
	post_give_back(s->hub, p);
	session_unref(s);
	atomic_fetch_sub(&realtime.in_flight, 1);
	realtime_ended();
}

/* On the writer's thread. */
static void done(struct write *w)
{
	struct post *p = CONTAINER_OF(w, struct post, write);

	loop_post(p->hub->loop, &p->task);
}

static void submit(struct post *p, struct session *s, tx_fn *fn)
{
	struct ctx *cx = p->cx;

	cx->actor = (struct actor){
		.kind = s->viewer.kind == PERSON_MEMBER ? ACTOR_MEMBER : ACTOR_CONSUMER,
		.corp = s->viewer.corp,
		.id = s->viewer.id,
		.session = s->sign_in,
	};
	p->session = s;
	p->hub = s->hub;
	p->viewer = s->viewer;
	s->refs++;
	*count_of(p, s) += 1;
	atomic_fetch_add(&realtime.in_flight, 1);
	p->task.run = come_back;
	p->write = (struct write){ .cx = cx, .fn = fn, .arg = p, .done = done };
	store_submit(s->hub->house->store, &p->write);
}

/* ---- sending ---- */

/* chat_add itself looks whether he is in the chat. */
static enum err fill_sender(struct tx *tx, struct post *p)
{
	const struct viewer *v = &p->viewer;
	struct message *m = &p->message;

	if (v->kind == PERSON_CUSTOMER)
		m->sender = (struct person){ PERSON_CUSTOMER, 0, v->id };
	else
		m->sender = (struct person){ PERSON_MEMBER, v->id, 0 };
	return v->kind == PERSON_CUSTOMER || m->corp == v->corp
		? OK
		: why(tx->cx, ERR_NOT_FOUND, "chat");
}

static enum err run_send(struct tx *tx, void *arg)
{
	struct post *p = arg;
	bool again;

	p->message.nonce = p->nonce;
	TRY(fill_sender(tx, p));
	return message_send(tx, &p->message, &again);
}

static enum err check_send(struct post *p, struct session *s, const struct frame_in *f)
{
	struct message *m = &p->message;

	if (s->sends >= IN_FLIGHT_MAX)
		return why(p->cx, ERR_TOO_OFTEN, "at most %d messages in flight",
			IN_FLIGHT_MAX);
	if (s->sends && arena_used(p->cx->mem) > SLIM_BYTES)
		return why(p->cx, ERR_TOO_OFTEN, "so large a message goes alone");
	if (s->viewer.kind == PERSON_CUSTOMER)
		p->retry_ms = rate_consumer(s->hub->house, s->viewer.id, p->cx->now_ms);
	if (p->retry_ms)
		return why(p->cx, ERR_TOO_OFTEN, "again in %" PRId64 " s",
			(p->retry_ms + 999) / 1000);
	*m = (struct message){ .type = f->type, .origin = s->id, .anyway = f->anyway };
	if (!chat_name_parse(f->chat, &m->corp, &m->chat))
		return why(p->cx, ERR_NOT_FOUND, "chat");
	p->chat = chat_name(p->cx->mem, m->corp, m->chat);
	if (!str_is(f->type, "text"))
		return why(p->cx, ERR_BAD_MSGTYPE,
			"field `type`: text; files come by upload");
	return message_check_text(p->cx, f->body ? f->body->content : STR_NONE, &m->body);
}

void post_send(struct post *p, struct session *s, const struct frame_in *f)
{
	enum err err;

	p->is_read = false;
	p->retry_ms = 0;
	p->nonce = f->nonce;
	if (!f->nonce.n) {
		session_fail(s, p->cx, ERR_INVALID_ARGUMENT, CLOSE_BAD_FRAME);
		post_give_back(s->hub, p);
		return;
	}
	err = check_send(p, s, f);
	if (err == OK) {
		submit(p, s, run_send);
		return;
	}
	answer(p, s->ws, err);
	post_give_back(s->hub, p);
}

/* ---- reading ---- */

static enum err run_read(struct tx *tx, void *arg)
{
	struct post *p = arg;
	const struct message *m = &p->message;
	struct person me;

	TRY(viewer_person(tx, &p->viewer, m->corp, m->chat, &me));
	return chat_read(tx, m->corp, m->chat, me.kind, me.id, p->read_seq);
}

void post_read(struct post *p, struct session *s, const struct frame_in *f)
{
	p->is_read = true;
	p->read_seq = f->seq;
	p->message = (struct message){ 0 };
	/* No answer is due: what cannot be is ignored, the next one may do. */
	if (s->reads < IN_FLIGHT_MAX &&
		chat_name_parse(f->chat, &p->message.corp, &p->message.chat))
		submit(p, s, run_read);
	else
		post_give_back(s->hub, p);
}
