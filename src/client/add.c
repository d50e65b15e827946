/*
 * client/add.c - a consumer comes by a code, has a name, and goes.
 *
 * He needs no account: adding makes him one, and his browser keeps the key in a
 * cookie.  Everything that adding brings along is done by core/customer in the one
 * transaction that makes him.
 */
#include "client/card.h"
#include "client/client.h"
#include "client/group_view.h"
#include "client/me.h"
#include "core/account/account.h"
#include "core/customer/follow.h"
#include "core/customer/share.h"
#include "frame/rate.h"
#include "wire/qr.h"

SHAPE_TABLE(view_card, VIEW_CARD)

#define CARD_IN(F, SUB)                                                                  \
	F(octets, code, REQUIRED, 1, 64, "The end of the link")                          \
	F(octets, by, OPTIONAL, 0, 64, "What the link says behind ?by=")
SHAPE(card_in, CARD_IN)
#define CARD_OUT(F, SUB)                                                                 \
	SUB(object, card, view_card, ALWAYS, 0, 0, "Whom the code leads to")             \
	F(octets, chat, SOMETIMES, 0, 64,                                                \
		"The chat with him, when he was added already")                          \
	F(text, shared_by, SOMETIMES, 0, 64, "The customer who passed the card on")
SHAPE(card_out, CARD_OUT)

#define code_svg_in_shape card_in_shape
NO_OUT(code_svg)

#define ADD_IN(F, SUB)                                                                   \
	F(octets, code, REQUIRED, 1, 64, "The end of the link")                          \
	F(text, nickname, OPTIONAL, 0, CONSUMER_NAME_MAX, "Needed the first time")       \
	F(octets, by, OPTIONAL, 0, 64, "What the link says behind ?by=")
SHAPE(add_in, ADD_IN)
#define ADD_OUT(F, SUB)                                                                  \
	SUB(object, chat, view_chat, ALWAYS, 0, 0, "The chat with the member")           \
	SUB(object, me, view_me, ALWAYS, 0, 0, "The consumer")
SHAPE(add_out, ADD_OUT)

#define LEAVE_IN(F, SUB) F(octets, chat, REQUIRED, 1, 64, "The chat with the member")
SHAPE(leave_in, LEAVE_IN)
NO_OUT(leave)

/* ---- the card ---- */

str card_url(struct req *rq, const struct way *w)
{
	return arena_printf(rq->cx->mem, "%.*s/c/%.*s", STR_FMT(rq->house->public_url),
		STR_FMT(w->code));
}

enum err view_card_of(struct tx *tx, const struct way *w, const struct member *m,
	struct view_card *out)
{
	out->name = m->name;
	out->position = m->external_position.n ? m->external_position : m->position;
	out->avatar = view_avatar(tx->cx->mem, m->corp, m->avatar);
	out->corp = ARENA_NEW(tx->cx->mem, struct view_corp);
	out->code = w->code;
	return view_corp_of(tx, m->corp, out->corp);
}

/* Who serves the asking consumer by this way already. */
static enum err find_there(struct tx *tx, const struct way *w, struct follow *f,
	bool *out_there)
{
	const struct actor *a = &tx->cx->actor;
	struct consumer_chat *chats;
	size_t n;

	*out_there = false;
	if (a->kind != ACTOR_CONSUMER)
		return OK;
	TRY(consumer_chats(tx, a->id, &chats, &n));
	for (size_t i = 0; i < n; i++)
		if (chats[i].corp == w->corp)
			return follow_by_way(tx, w, chats[i].customer, f, out_there);
	return OK;
}

static enum err card(struct req *rq)
{
	const struct card_in *in = rq->in;
	struct card_out *out = rq->out;
	struct customer sharer;
	struct follow f;
	struct member m;
	struct way w;
	bool there, shared;

	TRY(way_by_code(rq->tx, in->code, &w));
	TRY(find_there(rq->tx, &w, &f, &there));
	if (there) {
		TRY(member_get(rq->tx, w.corp, f.member, &m));
		out->chat = chat_name(rq->cx->mem, w.corp, f.chat);
	} else {
		TRY(way_member(rq->tx, &w, &m));
	}
	TRY(share_find(rq->tx, w.corp, m.member, in->by, &sharer, &shared));
	if (shared)
		out->shared_by = sharer.name;
	out->card = ARENA_NEW(rq->cx->mem, struct view_card);
	return view_card_of(rq->tx, &w, &m, out->card);
}

/* Only of codes there are: this is no drawing service. */
static enum err code_svg(struct req *rq)
{
	const struct card_in *in = rq->in;
	struct group_way gw;
	struct way w;
	str svg;

	if (group_way_is_code(in->code)) {
		TRY(group_way_by_code(rq->tx, in->code, &gw));
		TRY(qr_svg(rq->cx, group_way_url(rq, &gw), &svg));
	} else {
		TRY(way_by_code(rq->tx, in->code, &w));
		TRY(qr_svg(rq->cx, card_url(rq, &w), &svg));
	}
	answer_bytes(rq, "image/svg+xml", svg, "public, max-age=3600");
	return OK;
}

/* ---- adding ---- */

struct adding {
	struct req *rq;
	str token; /* of a new consumer */
};

static enum err read_consumer(struct tx *tx, struct adding *a, struct consumer *out)
{
	const struct add_in *in = a->rq->in;
	const struct actor *actor = &tx->cx->actor;

	a->token = STR_NONE;
	if (actor->kind == ACTOR_CONSUMER)
		return consumer_get(tx, actor->id, out);
	if (!str_trim(in->nickname).n)
		return why(tx->cx, ERR_INVALID_ARGUMENT, "nickname: 1 to %d characters",
			CONSUMER_NAME_MAX);
	TRY(consumer_add(tx, in->nickname, out));
	return account_consumer_session_add(tx, out->consumer,
		str_first_bytes(http_header(a->rq->http, "User-Agent"), 256), &a->token);
}

static enum err add_in_tx(struct tx *tx, void *arg)
{
	struct adding *a = arg;
	const struct add_in *in = a->rq->in;
	struct add_out *out = a->rq->out;
	struct viewer viewer = { .kind = PERSON_CUSTOMER };
	struct consumer c;
	struct follow f;
	struct way w;
	bool is_new;

	TRY(way_by_code(tx, in->code, &w));
	TRY(read_consumer(tx, a, &c));
	TRY(follow_add(tx, &w, &c, &f, &is_new));
	if (is_new)
		TRY(share_use(tx, &f, in->by));
	viewer.id = c.consumer;
	out->chat = ARENA_NEW(tx->cx->mem, struct view_chat);
	out->me = ARENA_NEW(tx->cx->mem, struct view_me);
	TRY(view_chat_of(tx, &viewer, f.corp, f.chat, out->chat));
	return view_me_consumer(tx, c.consumer, out->me);
}

/* WAITS, so that the address's rate is taken once however often the write runs. */
static enum err add(struct req *rq)
{
	struct adding a = { .rq = rq };

	TRY(rate_address(rq, "add"));
	TRY(store_write(rq->house->store, rq->cx, add_in_tx, &a));
	if (a.token.n)
		answer_cookie(rq, "liaison_consumer", a.token, COOKIE_MAX_AGE_S);
	return OK;
}

/* ---- himself ---- */

static enum err leave(struct req *rq)
{
	const struct leave_in *in = rq->in;
	struct viewer viewer = viewer_of(rq->cx);
	struct person me;
	struct follow f;
	int64_t corp, chat;

	TRY(viewer_chat(rq->tx, &viewer, in->chat, &corp, &chat, &me));
	TRY(follow_by_chat(rq->tx, corp, chat, &f));
	if (f.status != FOLLOW_ACTIVE)
		return why(rq->cx, ERR_CLOSED, "chat: it has ended already");
	return follow_leave(rq->tx, &f);
}

const struct route add_routes[] = {
	GET("/v1/card", card, none, READS, "Whom a code leads to"),
	GET_RAW("/v1/code.svg", code_svg, none, READS, "QR code of a code's link"),
	POST("/v1/add", add, none, WAITS, "Add the member a code leads to"),
	POST("/v1/leave", leave, consumer, WRITES, "Delete the member: the chat closes"),
	LAST_ROUTE,
};
