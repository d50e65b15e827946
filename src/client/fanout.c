/*
 * client/fanout.c - events become frames.
 *
 * A frame is encoded once for all who see the same: what differs is the kind of
 * viewer (a consumer sees no userids) and whether it is his own.  That makes four
 * texts at most, made when the first session wants one.
 */
#include "client/realtime.h"

#include "core/customer/consumer.h"
#include "core/customer/customer.h"
#include "core/message/content.h"

enum { TYPING_EVERY_MS = 3000, DIRECTORY_EVERY_MS = 1000 };

/* One text for each look at the event. */
struct looks {
	struct hub *hub;
	const struct event *e;
	struct blob *frames[4];
};

typedef void encode_fn(struct looks *l, struct buf *b, enum person_kind for_kind,
	bool mine);

static bool is_mine(const struct event *e, const struct person *p)
{
	return p->kind == e->who.kind && p->id == e->who.id;
}

static struct blob *frame_for(struct looks *l, enum person_kind kind, bool mine,
	encode_fn *encode)
{
	struct blob **frame = &l->frames[(kind == PERSON_CUSTOMER) * 2 + mine];
	struct buf b;

	if (!*frame) {
		ctx_restart(l->hub->cx);
		buf_init(&b, l->hub->cx->mem, 512 + l->e->data.n);
		encode(l, &b, kind, mine);
		*frame = ws_text_frame(buf_str(&b));
	}
	return *frame;
}

/* Where the sessions of somebody in a chat are found. */
static struct session *first_of(struct hub *hub, const struct event *e,
	const struct person *p, int64_t *out_corp, int64_t *out_id)
{
	if (p->kind != PERSON_MEMBER && p->kind != PERSON_CUSTOMER)
		return NULL;
	*out_corp = p->kind == PERSON_MEMBER ? e->corp : 0;
	*out_id = p->kind == PERSON_MEMBER ? p->id : p->account;
	return session_first(hub, *out_corp, *out_id);
}

static void spread(struct hub *hub, const struct event *e, encode_fn *encode,
	bool to_self)
{
	struct looks l = { .hub = hub, .e = e };
	int64_t corp, id;

	for (size_t i = 0; i < e->audience_n; i++) {
		const struct person *p = &e->audience[i];
		bool mine = is_mine(e, p);

		if (mine && !to_self)
			continue;
		for (struct session *s = first_of(hub, e, p, &corp, &id), *next; s;
			s = next) {
			next = session_next(s, corp, id);
			if (s->ready && s->id != e->origin)
				ws_send(s->ws, frame_for(&l, p->kind, mine, encode));
		}
	}
	for (size_t i = 0; i < ARRAY_LEN(l.frames); i++)
		if (l.frames[i])
			blob_unref(l.frames[i]);
}

static void put_head(struct buf *b, const char *t, int64_t stamp)
{
	buf_lit(b, "{\"t\":\"");
	buf_lit(b, t);
	buf_lit(b, "\"");
	if (!stamp)
		return;
	buf_lit(b, ",\"stamp\":\"");
	buf_int(b, stamp);
	buf_lit(b, "\"");
}

static void put_flag(struct buf *b, const char *name, bool yes)
{
	buf_lit(b, ",\"");
	buf_lit(b, name);
	buf_lit(b, yes ? "\":true" : "\":false");
}

/* ---- messages ---- */

/* The text between two marks.  What stands before a body in `data` (chat.h) is our
 * own: no quotes, so the first mark found is the right one. */
static str between(str s, str from, str to)
{
	size_t at = str_find(s, from);
	str rest;
	size_t n;

	if (at == SIZE_MAX)
		return STR_NONE;
	rest = str_skip(s, at + from.n);
	n = str_find(rest, to);
	return n == SIZE_MAX ? STR_NONE : str_sub(rest, 0, n);
}

/* Without the media key, which is nobody's business. */
static void put_data(struct looks *l, struct buf *b)
{
	static const str body_mark = { ",\"body\":", 8 };
	str data = l->e->data, type = between(data, STR(",\"type\":\""), STR("\""));
	size_t at = str_find(data, body_mark);
	str shown;

	if (message_has_media(type) && at != SIZE_MAX &&
		message_body_shown(l->hub->cx, type, str_skip(data, at + body_mark.n),
			&shown) == OK) {
		buf_put(b, str_sub(data, 0, at + body_mark.n));
		buf_put(b, shown);
		return;
	}
	buf_put(b, data);
}

static void encode_message(struct looks *l, struct buf *b, enum person_kind for_kind,
	bool mine)
{
	put_head(b, "message", l->e->stamp);
	buf_lit(b, ",\"message\":{");
	put_data(l, b);
	buf_lit(b, ",\"from\":");
	buf_put(b, person_text(l->hub, for_kind, l->e->corp, l->e->who));
	put_flag(b, "mine", mine);
	if (mine && l->e->nonce.n) {
		buf_lit(b, ",\"nonce\":");
		buf_json_str(b, l->e->nonce);
	}
	if (for_kind == PERSON_MEMBER && l->e->via) {
		buf_lit(b, ",\"via\":\"");
		buf_put(b, view_via((enum message_via)l->e->via));
		buf_char(b, '"');
	}
	buf_lit(b, "}}");
}

/* ---- marks ---- */

static void put_chat_and_who(struct looks *l, struct buf *b, enum person_kind for_kind)
{
	buf_lit(b, ",\"chat\":\"");
	buf_put(b, chat_name(l->hub->cx->mem, l->e->corp, l->e->chat));
	buf_lit(b, "\",\"who\":");
	buf_put(b, person_text(l->hub, for_kind, l->e->corp, l->e->who));
}

static void encode_read(struct looks *l, struct buf *b, enum person_kind for_kind,
	bool mine)
{
	put_head(b, "read", l->e->stamp);
	put_chat_and_who(l, b, for_kind);
	buf_lit(b, ",\"seq\":");
	buf_int(b, l->e->seq);
	put_flag(b, "mine", mine);
	buf_char(b, '}');
}

static void encode_typing(struct looks *l, struct buf *b, enum person_kind for_kind,
	bool mine)
{
	(void)mine;
	put_head(b, "typing", 0);
	put_chat_and_who(l, b, for_kind);
	buf_char(b, '}');
}

/* ---- heads: each sees his own ---- */

struct head {
	const struct session *s;
	const struct event *e;
	struct view_chat out;
};

static enum err read_head(struct tx *tx, void *arg)
{
	struct head *h = arg;

	return view_chat_of(tx, &h->s->viewer, h->e->corp, h->e->chat, &h->out);
}

/* He is in it no more: a successor has taken his place. */
static void send_gone(struct hub *hub, struct session *s, const struct event *e)
{
	struct buf b;

	ctx_restart(hub->cx);
	buf_init(&b, hub->cx->mem, 128);
	put_head(&b, "gone", e->stamp);
	buf_lit(&b, ",\"chat\":\"");
	buf_put(&b, chat_name(hub->cx->mem, e->corp, e->chat));
	buf_lit(&b, "\"}");
	ws_send_text(s->ws, buf_str(&b));
}

static void send_head(struct hub *hub, struct session *s, const struct event *e)
{
	struct head h = { .s = s, .e = e };
	struct buf b;

	ctx_restart(hub->cx);
	if (store_read(hub->house->store, hub->cx, read_head, &h) != OK) {
		if (hub->cx->code == ERR_NOT_FOUND)
			send_gone(hub, s, e);
		return; /* else it will be in the next hello */
	}
	buf_init(&b, hub->cx->mem, 1024);
	put_head(&b, "chat", e->stamp);
	buf_lit(&b, ",\"chat\":");
	shape_encode(&b, view_chat_shape(), &h.out);
	buf_char(&b, '}');
	ws_send_text(s->ws, buf_str(&b));
}

static void hear_chat(struct hub *hub, const struct event *e)
{
	int64_t corp, id;

	for (size_t i = 0; i < e->audience_n; i++)
		for (struct session *s = first_of(hub, e, &e->audience[i], &corp, &id),
				    *next;
			s; s = next) {
			next = session_next(s, corp, id);
			if (s->ready)
				send_head(hub, s, e);
		}
}

/* ---- customers ---- */

static void encode_customer(struct looks *l, struct buf *b, enum person_kind for_kind,
	bool mine)
{
	struct person who = { PERSON_CUSTOMER, l->e->object, 0 };
	str text = person_text(l->hub, PERSON_MEMBER, l->e->corp, who);

	(void)for_kind;
	(void)mine;
	put_head(b, "customer", l->e->stamp);
	buf_lit(b, ",\"external_userid\":\"");
	buf_put(b, between(text, STR("\"id\":\""), STR("\"")));
	buf_lit(b, "\",\"change\":\"");
	buf_put(b, l->e->data.n ? l->e->data : STR("changed"));
	buf_lit(b, "\"}");
}

/* ---- moments ---- */

static void encode_moment(struct looks *l, struct buf *b, enum person_kind for_kind,
	bool mine)
{
	(void)for_kind;
	(void)mine;
	put_head(b, "moment", l->e->stamp);
	buf_lit(b, ",\"change\":\"");
	buf_put(b, l->e->data);
	buf_lit(b, "\"}");
}

/* ---- mass messages: there is something to read again ---- */

static void encode_mass(struct looks *l, struct buf *b, enum person_kind for_kind,
	bool mine)
{
	(void)for_kind;
	(void)mine;
	put_head(b, "mass", l->e->stamp);
	buf_char(b, '}');
}

/* ---- customer service: who serves looks again ---- */

static void encode_service(struct looks *l, struct buf *b, enum person_kind for_kind,
	bool mine)
{
	(void)for_kind;
	(void)mine;
	put_head(b, "service", l->e->stamp);
	buf_lit(b, ",\"open_kfid\":\"");
	buf_put(b, l->e->data);
	buf_lit(b, "\"}");
}

/* ---- the end of sign-ins ---- */

struct standing {
	int64_t corp, member;
	enum member_status status;
};

static enum err read_standing(struct tx *tx, void *arg)
{
	struct standing *st = arg;
	bool admin;

	return member_standing(tx, st->corp, st->member, &st->status, &admin);
}

/* Why: what the member is now tells it. */
static const char *reason_of(struct hub *hub, const struct event *e)
{
	struct standing st = { e->corp, e->who.id, MEMBER_ACTIVE };

	ctx_restart(hub->cx);
	if (e->who.kind != PERSON_MEMBER ||
		store_read(hub->house->store, hub->cx, read_standing, &st) != OK)
		return "revoked";
	return st.status == MEMBER_ACTIVE || st.status == MEMBER_NOT_ACTIVATED
		? "revoked"
		: "disabled";
}

static void hear_signed_out(struct hub *hub, const struct event *e)
{
	int64_t corp = 0, id = 0;
	struct session *s = first_of(hub, e, &e->who, &corp, &id), *next;
	const char *reason = s ? reason_of(hub, e) : NULL;
	struct buf b;

	for (; s; s = next) {
		next = session_next(s, corp, id);
		if (!s->ws || (e->object && s->sign_in != e->object))
			continue;
		ctx_restart(hub->cx);
		buf_init(&b, hub->cx->mem, 64);
		buf_printf(&b, "{\"t\":\"signed_out\",\"reason\":\"%s\"}", reason);
		ws_send_text(s->ws, buf_str(&b));
		ws_close(s->ws, CLOSE_SIGN_IN, reason);
		s->ready = false;
	}
}

/* ---- the directory ---- */

/* To the members of the corp who are here, once a second at most: a client waits longer
 * than that before it reads again, so what changes within the second is read as well. */
static void hear_directory(struct hub *hub, const struct event *e)
{
	int64_t now = loop_now_ms(hub->loop);

	people_forget_corp(hub, e->corp);
	if (hub->told_corp == e->corp && now - hub->told_ms < DIRECTORY_EVERY_MS)
		return;
	hub->told_corp = e->corp;
	hub->told_ms = now;
	for (struct session *s = hub->all, *next; s; s = next) {
		next = s->next_all;
		if (s->ws && s->ready && s->viewer.kind == PERSON_MEMBER &&
			s->viewer.corp == e->corp)
			ws_send_text(s->ws, STR("{\"t\":\"directory\"}"));
	}
}

void hub_hear(void *arg, struct store_event *store_event)
{
	struct event *e = CONTAINER_OF(store_event, struct event, store);
	struct hub *hub = arg;

	switch (e->kind) {
	case EVENT_MESSAGE:
		spread(hub, e, encode_message, true);
		break;
	case EVENT_READ:
		spread(hub, e, encode_read, true);
		break;
	case EVENT_TYPING:
		spread(hub, e, encode_typing, false);
		break;
	case EVENT_CHAT:
		hear_chat(hub, e);
		break;
	case EVENT_CUSTOMER:
		people_forget(hub, e->corp, PERSON_CUSTOMER, e->object);
		spread(hub, e, encode_customer, true);
		break;
	case EVENT_MOMENT:
		spread(hub, e, encode_moment, true);
		break;
	case EVENT_SIGNED_OUT:
		hear_signed_out(hub, e);
		break;
	case EVENT_MASS:
		spread(hub, e, encode_mass, true);
		break;
	case EVENT_SERVICE:
		spread(hub, e, encode_service, true);
		break;
	case EVENT_DIRECTORY:
		hear_directory(hub, e);
		break;
	case EVENT_OUTBOX:
	case EVENT_DUE:
		break; /* for jobs */
	}
}

/* ---- typing: said to who is there, never stored ---- */

struct typing {
	const struct session *s;
	str chat;
	struct event e;
};

static enum err read_audience(struct tx *tx, void *arg)
{
	struct typing *t = arg;
	struct chat_person *persons;
	struct chat c;
	size_t n;

	TRY(viewer_chat(tx, &t->s->viewer, t->chat, &t->e.corp, &t->e.chat, &t->e.who));
	TRY(chat_get(tx, t->e.corp, t->e.chat, &c));
	if (c.kind == CHAT_GROUP) /* too many type at once */
		return OK;
	TRY(chat_persons(tx, t->e.corp, t->e.chat, &persons, &n));
	t->e.audience = ARENA_ARRAY(tx->cx->mem, struct person, n);
	t->e.audience_n = n;
	for (size_t i = 0; i < n; i++)
		t->e.audience[i] = persons[i].person;
	return OK;
}

void session_typing(struct session *s, struct ctx *cx, const struct frame_in *f)
{
	struct typing t = { .s = s, .chat = f->chat, .e = { .kind = EVENT_TYPING } };
	int64_t now = loop_now_ms(s->hub->loop);

	if (now - s->typed_ms < TYPING_EVERY_MS)
		return;
	s->typed_ms = now;
	if (store_read(s->hub->house->store, cx, read_audience, &t) == OK)
		s->hub->house->publish(&event_copy(&t.e)->store);
}
