/*
 * client/view.c - who sees what of whom.
 */
#include "client/view.h"

#include <stdlib.h>

#include "base/ids.h"
#include "core/app/app.h"
#include "core/customer/consumer.h"
#include "core/customer/customer.h"
#include "core/group/group.h"
#include "core/media/media.h"
#include "core/message/content.h"
#include "core/service/account.h"

SHAPE_TABLE(view_who, VIEW_WHO)
SHAPE_TABLE(view_corp, VIEW_CORP)
SHAPE_TABLE(view_peer, VIEW_PEER)
SHAPE_TABLE(view_chat_last, VIEW_CHAT_LAST)
SHAPE_TABLE(view_chat, VIEW_CHAT)
SHAPE_TABLE(view_message, VIEW_MESSAGE)

/* ---- the viewer ---- */

struct viewer viewer_of(const struct ctx *cx)
{
	bool consumer = cx->actor.kind == ACTOR_CONSUMER;

	return (struct viewer){ consumer ? PERSON_CUSTOMER : PERSON_MEMBER,
		cx->actor.corp, cx->actor.id };
}

enum err viewer_person(struct tx *tx, const struct viewer *v, int64_t corp, int64_t chat,
	struct person *out)
{
	struct chat_person me;

	if (v->kind == PERSON_CUSTOMER)
		return consumer_person(tx, v->id, corp, chat, out);
	if (corp != v->corp)
		return why(tx->cx, ERR_NOT_FOUND, "chat");
	TRY(chat_person_get(tx, corp, chat, PERSON_MEMBER, v->id, &me));
	*out = me.person;
	return OK;
}

enum err viewer_chat(struct tx *tx, const struct viewer *v, str name, int64_t *out_corp,
	int64_t *out_chat, struct person *out_me)
{
	if (!chat_name_parse(name, out_corp, out_chat))
		return why(tx->cx, ERR_NOT_FOUND, "chat");
	return viewer_person(tx, v, *out_corp, *out_chat, out_me);
}

static bool is_same(const struct person *a, const struct person *b)
{
	return a->kind == b->kind && a->id == b->id;
}

/* ---- people ---- */

str view_avatar(struct arena *mem, int64_t corp, str media_key)
{
	return media_key.n ? media_public_id(mem, corp, media_key) : STR("");
}

static enum err see_member(struct tx *tx, enum person_kind for_kind, int64_t corp,
	int64_t id, struct view_peer *out)
{
	struct member m;
	bool outside = for_kind == PERSON_CUSTOMER;

	TRY(member_get(tx, corp, id, &m));
	out->kind = STR("member");
	out->id = outside ? id_text(tx->cx->mem, "u", id) : m.userid;
	out->name = m.name;
	out->avatar = view_avatar(tx->cx->mem, corp, m.avatar);
	out->position =
		outside && m.external_position.n ? m.external_position : m.position;
	return OK;
}

/* In a group customers see each other, but no external_userid. */
static enum err see_customer(struct tx *tx, enum person_kind for_kind, int64_t corp,
	int64_t id, struct view_peer *out)
{
	struct customer c;

	TRY(customer_get(tx, corp, id, &c));
	out->kind = STR("customer");
	out->id = for_kind == PERSON_CUSTOMER ? id_text(tx->cx->mem, "c", id)
					      : c.external_userid;
	out->name = c.name;
	out->avatar = view_avatar(tx->cx->mem, corp, c.avatar);
	return OK;
}

static enum err see_app(struct tx *tx, int64_t corp, int64_t id, struct view_peer *out)
{
	struct app a;

	TRY(app_get(tx, corp, id, &a));
	out->kind = STR("app");
	out->id = arena_printf(tx->cx->mem, "%" PRId64, id);
	out->name = a.name;
	out->avatar = view_avatar(tx->cx->mem, corp, a.logo);
	return OK;
}

static enum err see_service(struct tx *tx, int64_t corp, int64_t id,
	struct view_peer *out)
{
	struct service_account a;

	TRY(service_account_get(tx, corp, id, &a));
	out->kind = STR("service");
	out->id = a.open_kfid;
	out->name = a.name;
	out->avatar = view_avatar(tx->cx->mem, corp, a.avatar);
	return OK;
}

static enum err see(struct tx *tx, enum person_kind for_kind, int64_t corp,
	struct person who, struct view_peer *out)
{
	switch (who.kind) {
	case PERSON_MEMBER:
		return see_member(tx, for_kind, corp, who.id, out);
	case PERSON_CUSTOMER:
		return see_customer(tx, for_kind, corp, who.id, out);
	case PERSON_APP:
		return see_app(tx, corp, who.id, out);
	case PERSON_SERVICE:
		return see_service(tx, corp, who.id, out);
	case PERSON_SYSTEM:
		break;
	}
	out->kind = STR("system");
	return OK;
}

enum err view_who_of(struct tx *tx, enum person_kind for_kind, int64_t corp,
	struct person who, struct view_who *out)
{
	struct view_peer p = { 0 };

	TRY(see(tx, for_kind, corp, who, &p));
	*out = (struct view_who){ .kind = p.kind,
		.id = p.id,
		.name = p.name,
		.avatar = p.avatar };
	return OK;
}

enum err view_corp_of(struct tx *tx, int64_t corp, struct view_corp *out)
{
	struct corp c;

	TRY(corp_get(tx, corp, &c));
	*out = (struct view_corp){ .corpid = c.corpid,
		.name = c.name,
		.verified = c.verified };
	return OK;
}

/* ---- chats ---- */

static enum err fill_peer(struct tx *tx, const struct viewer *v, const struct chat *c,
	struct person other, struct view_peer *out)
{
	struct follow f;

	TRY(see(tx, v->kind, c->corp, other, out));
	out->corp = ARENA_NEW(tx->cx->mem, struct view_corp);
	if (other.kind != PERSON_CUSTOMER)
		return view_corp_of(tx, c->corp, out->corp);
	/* The remark is the desk's own. */
	if (v->kind == PERSON_MEMBER && follow_by_chat(tx, c->corp, c->chat, &f) == OK)
		out->remark = f.remark;
	ctx_forgive(tx->cx);
	return OK;
}

static struct view_chat_last *last_of(struct ctx *cx, const struct message *m,
	struct person me)
{
	struct view_chat_last *last;

	if (!m->seq)
		return NULL;
	last = ARENA_NEW(cx->mem, struct view_chat_last);
	last->seq = m->seq;
	last->type = m->type;
	last->preview = message_preview(cx, m->type, m->body);
	last->time = m->sent_ms;
	last->mine = is_same(&m->sender, &me);
	return last;
}

static str kind_name(enum chat_kind kind)
{
	switch (kind) {
	case CHAT_APP:
		return STR("app");
	case CHAT_SERVICE:
		return STR("service");
	default:
		return STR("customer");
	}
}

/* To a customer of a service its account is the other side, whoever serves. */
static bool is_peer(const struct chat *c, const struct person *me,
	const struct person *other)
{
	if (c->kind == CHAT_SERVICE && me->kind == PERSON_CUSTOMER)
		return other->kind == PERSON_SERVICE;
	return !is_same(other, me);
}

/* A group stands for its hundreds: who is in it is not read for its head. */
static enum err fill_group(struct tx *tx, const struct viewer *v,
	const struct chat_head *h, struct view_chat *out)
{
	struct view_peer sender = { 0 };
	struct customer_group g;

	TRY(group_by_chat(tx, h->chat.corp, h->chat.chat, &g));
	out->kind = STR("group");
	out->members = g.persons;
	out->peer->kind = STR("group");
	out->peer->id = v->kind == PERSON_MEMBER ? g.chat_id : out->chat;
	out->peer->name = g.name;
	if (out->last && h->last.sender.kind != PERSON_SYSTEM) {
		TRY(see(tx, v->kind, g.corp, h->last.sender, &sender));
		out->last->from = sender.name;
	}
	out->peer->corp = ARENA_NEW(tx->cx->mem, struct view_corp);
	return view_corp_of(tx, g.corp, out->peer->corp);
}

static enum err fill_chat(struct tx *tx, const struct viewer *v,
	const struct chat_head *h, struct view_chat *out)
{
	const struct chat *c = &h->chat;
	struct chat_person *persons;
	size_t n;

	*out = (struct view_chat){
		.chat = chat_name(tx->cx->mem, c->corp, c->chat),
		.kind = kind_name(c->kind),
		.peer = ARENA_NEW(tx->cx->mem, struct view_peer),
		.last_seq = c->last_seq,
		.read_seq = h->me.read_seq,
		.unread = c->last_seq - h->me.read_seq,
		.last = last_of(tx->cx, &h->last, h->me.person),
		.stamp = c->stamp,
		.closed = c->closed,
	};
	if (c->kind == CHAT_GROUP)
		return fill_group(tx, v, h, out);
	TRY(chat_persons(tx, c->corp, c->chat, &persons, &n));
	for (size_t i = 0; i < n; i++)
		if (is_peer(c, &h->me.person, &persons[i].person)) {
			out->peer_read_seq = persons[i].read_seq;
			return fill_peer(tx, v, c, persons[i].person, out->peer);
		}
	out->peer->corp = ARENA_NEW(tx->cx->mem, struct view_corp);
	return OK;
}

static enum err read_head(struct tx *tx, struct person me, int64_t corp, int64_t chat,
	struct chat_head *out)
{
	*out = (struct chat_head){ 0 };
	TRY(chat_get(tx, corp, chat, &out->chat));
	TRY(chat_person_get(tx, corp, chat, me.kind, me.id, &out->me));
	return out->chat.last_seq > out->me.from_seq
		? chat_message(tx, corp, chat, out->chat.last_seq, &out->last)
		: OK;
}

enum err view_chat_of(struct tx *tx, const struct viewer *v, int64_t corp, int64_t chat,
	struct view_chat *out)
{
	struct person me;
	struct chat_head head;

	TRY(viewer_person(tx, v, corp, chat, &me));
	TRY(read_head(tx, me, corp, chat, &head));
	return fill_chat(tx, v, &head, out);
}

static int newest_first(const void *a, const void *b)
{
	const struct chat_head *left = a, *right = b;

	return (left->chat.stamp < right->chat.stamp) -
		(left->chat.stamp > right->chat.stamp);
}

/* A consumer's chats are spread over corps, and few: all are looked at. */
static enum err consumer_heads(struct tx *tx, int64_t consumer, int64_t after,
	int64_t before, int64_t limit, struct chat_head **out, size_t *out_n)
{
	struct consumer_chat *chats;
	struct chat_head *heads;
	size_t n, kept = 0;

	TRY(consumer_chats(tx, consumer, &chats, &n));
	heads = ARENA_ARRAY(tx->cx->mem, struct chat_head, n);
	for (size_t i = 0; i < n; i++) {
		struct person me = { PERSON_CUSTOMER, chats[i].customer, consumer };
		struct chat_head *h = &heads[kept];

		TRY(read_head(tx, me, chats[i].corp, chats[i].chat, h));
		if (h->chat.stamp > after && (!before || h->chat.stamp < before))
			kept++;
	}
	qsort(heads, kept, sizeof(*heads), newest_first);
	*out = heads;
	*out_n = kept < (size_t)limit ? kept : (size_t)limit;
	return OK;
}

enum err view_chats_of(struct tx *tx, const struct viewer *v, int64_t after,
	int64_t before, int64_t limit, struct view_chat **out, size_t *out_n)
{
	struct chat_head *heads;
	struct view_chat *chats;
	size_t n;

	if (v->kind == PERSON_CUSTOMER)
		TRY(consumer_heads(tx, v->id, after, before, limit, &heads, &n));
	else
		TRY(chat_heads(tx, v->corp, PERSON_MEMBER, v->id, after, before, limit,
			&heads, &n));
	chats = ARENA_ARRAY(tx->cx->mem, struct view_chat, n);
	for (size_t i = 0; i < n; i++)
		TRY(fill_chat(tx, v, &heads[i], &chats[i]));
	*out = chats;
	*out_n = n;
	return OK;
}

/* ---- messages ---- */

str view_via(enum message_via via)
{
	switch (via) {
	case MESSAGE_WELCOME:
		return STR("welcome");
	case MESSAGE_MASS:
		return STR("mass");
	case MESSAGE_API:
		return STR("api");
	case MESSAGE_HANDOVER:
		return STR("handover");
	case MESSAGE_AUTOMATIC:
		return STR("automatic");
	case MESSAGE_BY_HAND:
		break;
	}
	return STR_NONE;
}

enum err view_message_of(struct tx *tx, const struct viewer *v, struct person me,
	const struct message *m, struct view_message *out)
{
	*out = (struct view_message){
		.chat = chat_name(tx->cx->mem, m->corp, m->chat),
		.seq = m->seq,
		.msgid = m->message,
		.time = m->sent_ms,
		.from = ARENA_NEW(tx->cx->mem, struct view_who),
		.mine = is_same(&m->sender, &me),
		.type = m->type,
	};
	if (out->mine)
		out->nonce = m->nonce;
	if (v->kind == PERSON_MEMBER)
		out->via = view_via(m->via);
	TRY(message_body_shown(tx->cx, m->type, m->body, &out->body));
	return view_who_of(tx, v->kind, m->corp, m->sender, out->from);
}
