/*
 * client/group_join.c - a code leads into a group.
 *
 * As with adding a member, who comes needs no account: joining makes him one.
 */
#include "client/client.h"
#include "client/group_view.h"
#include "client/me.h"
#include "core/account/account.h"
#include "frame/rate.h"

#define GROUP_CARD(F, SUB)                                                               \
	F(text, name, ALWAYS, 0, 64, "The group")                                        \
	SUB(object, corp, view_corp, ALWAYS, 0, 0, "The company")                        \
	SUB(object, owner, view_who, ALWAYS, 0, 0, "Whose it is")                        \
	F(int, members, ALWAYS, 0, INT64_MAX, "How many are in it")                      \
	F(octets, code, ALWAYS, 1, 64, "The code")                                       \
	F(flag, full, ALWAYS, 0, 1, "Nobody can come any more")
SHAPE(group_card, GROUP_CARD)
#define GROUP_CARD_IN(F, SUB) F(octets, code, REQUIRED, 1, 64, "The end of the link")
SHAPE(group_card_of_in, GROUP_CARD_IN)
#define GROUP_CARD_OUT(F, SUB)                                                           \
	SUB(object, card, group_card, ALWAYS, 0, 0, "Where the code leads")              \
	F(octets, chat, SOMETIMES, 0, 64, "Its chat, when the viewer is in it already")
SHAPE(group_card_of_out, GROUP_CARD_OUT)

#define GROUP_JOIN_IN(F, SUB)                                                            \
	F(octets, code, REQUIRED, 1, 64, "The end of the link")                          \
	F(text, nickname, OPTIONAL, 0, CONSUMER_NAME_MAX, "Needed the first time")
SHAPE(group_join_in, GROUP_JOIN_IN)
#define GROUP_JOIN_OUT(F, SUB)                                                           \
	SUB(object, chat, view_chat, ALWAYS, 0, 0, "The group's chat")                   \
	SUB(object, me, view_me, ALWAYS, 0, 0, "The consumer")
SHAPE(group_join_out, GROUP_JOIN_OUT)

#define GROUP_CODE_IN(F, SUB) F(octets, chat, REQUIRED, 1, 64, "The group's chat")
SHAPE(group_code_in, GROUP_CODE_IN)
#define GROUP_CODE_OUT(F, SUB)                                                           \
	F(octets, code, ALWAYS, 1, 64, "For GET /v1/code.svg")                           \
	F(octets, url, ALWAYS, 1, 2048, "Its link")                                      \
	F(time, expires, ALWAYS, 0, INT64_MAX, "Unix milliseconds; 0 never")
SHAPE(group_code_out, GROUP_CODE_OUT)

/* The customer the asking consumer is in that corp; 0 when he is none. */
static enum err customer_here(struct tx *tx, int64_t corp, int64_t *out)
{
	const struct actor *a = &tx->cx->actor;
	struct consumer_chat *chats;
	size_t n;

	*out = 0;
	if (a->kind != ACTOR_CONSUMER)
		return OK;
	TRY(consumer_chats(tx, a->id, &chats, &n));
	for (size_t i = 0; i < n; i++)
		if (chats[i].corp == corp)
			*out = chats[i].customer;
	return OK;
}

static enum err group_card_of(struct req *rq)
{
	const struct group_card_of_in *in = rq->in;
	struct group_card_of_out *out = rq->out;
	struct group_card *card = ARENA_NEW(rq->cx->mem, struct group_card);
	struct person owner = { .kind = PERSON_MEMBER };
	enum group_way_end end;
	struct customer_group g;
	struct group_way w;
	int64_t customer;

	TRY(group_way_by_code(rq->tx, in->code, &w));
	TRY(customer_here(rq->tx, w.corp, &customer));
	TRY(group_way_look(rq->tx, &w, customer, &g, &end));
	owner.id = g.owner;
	*card = (struct group_card){ .name = g.name,
		.corp = ARENA_NEW(rq->cx->mem, struct view_corp),
		.owner = ARENA_NEW(rq->cx->mem, struct view_who),
		.members = g.persons,
		.code = w.code,
		.full = end == GROUP_WAY_FULL };
	TRY(view_corp_of(rq->tx, g.corp, card->corp));
	TRY(view_who_of(rq->tx, PERSON_CUSTOMER, g.corp, owner, card->owner));
	out->card = card;
	if (end == GROUP_WAY_IN)
		out->chat = chat_name(rq->cx->mem, g.corp, g.chat);
	return OK;
}

/* ---- joining ---- */

struct joining {
	struct req *rq;
	str token; /* of a new consumer */
};

static enum err read_consumer(struct tx *tx, struct joining *j, struct consumer *out)
{
	const struct group_join_in *in = j->rq->in;
	const struct actor *actor = &tx->cx->actor;

	j->token = STR_NONE;
	if (actor->kind == ACTOR_CONSUMER)
		return consumer_get(tx, actor->id, out);
	if (!str_trim(in->nickname).n)
		return why(tx->cx, ERR_INVALID_ARGUMENT, "nickname: 1 to %d characters",
			CONSUMER_NAME_MAX);
	TRY(consumer_add(tx, in->nickname, out));
	return account_consumer_session_add(tx, out->consumer,
		str_first_bytes(http_header(j->rq->http, "User-Agent"), 256), &j->token);
}

static enum err join_in_tx(struct tx *tx, void *arg)
{
	struct joining *j = arg;
	const struct group_join_in *in = j->rq->in;
	struct group_join_out *out = j->rq->out;
	struct viewer viewer = { .kind = PERSON_CUSTOMER };
	struct customer_group g;
	struct group_way w;
	struct consumer c;
	bool is_new;

	TRY(group_way_by_code(tx, in->code, &w));
	TRY(read_consumer(tx, j, &c));
	TRY(group_way_join(tx, &w, &c, &g, &is_new));
	viewer.id = c.consumer;
	out->chat = ARENA_NEW(tx->cx->mem, struct view_chat);
	out->me = ARENA_NEW(tx->cx->mem, struct view_me);
	TRY(view_chat_of(tx, &viewer, g.corp, g.chat, out->chat));
	return view_me_consumer(tx, c.consumer, out->me);
}

/* WAITS, so that the address's rate is taken once however often the write runs. */
static enum err group_join(struct req *rq)
{
	struct joining j = { .rq = rq };

	TRY(rate_address(rq, "add"));
	TRY(store_write(rq->house->store, rq->cx, join_in_tx, &j));
	if (j.token.n)
		answer_cookie(rq, "liaison_consumer", j.token, COOKIE_MAX_AGE_S);
	return OK;
}

/* ---- the group's own code ---- */

/* A GET that writes, once in a code's life. */
static enum err group_code(struct req *rq)
{
	const struct group_code_in *in = rq->in;
	struct group_code_out *out = rq->out;
	struct customer_group g;
	struct group_way w;
	struct person me;

	TRY(group_to_change(rq, in->chat, &g, &me));
	TRY(group_way_own(rq->tx, &g, &w));
	out->code = w.code;
	out->url = group_way_url(rq, &w);
	out->expires = w.expires_ms;
	return OK;
}

const struct route group_join_routes[] = {
	GET("/v1/group/card", group_card_of, none, READS, "The group a code leads to"),
	POST("/v1/group/join", group_join, none, WAITS, "Join the group"),
	GET("/v1/group/code", group_code, member, WRITES,
		"The code by which customers join a group"),
	LAST_ROUTE,
};
