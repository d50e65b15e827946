/*
 * client/add.c - a consumer comes by a code, has a name, and goes.
 *
 * He needs no account: adding makes him one, and his browser keeps the key in a
 * cookie.  Everything that adding brings along is done by core/customer in the one
 * transaction that makes him.
 */
#include "base/digest.h"
#include "client/card.h"
#include "client/client.h"
#include "client/group_view.h"
#include "client/me.h"
#include "client/puzzle.h"
#include "core/account/account.h"
#include "core/customer/follow.h"
#include "core/customer/request.h"
#include "core/customer/share.h"
#include "core/customer/way_link.h"
#include "core/customer/way_turn.h"
#include "core/directory/corp_setting.h"
#include "core/keys.h"
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
	F(text, shared_by, SOMETIMES, 0, 64, "The customer who passed the card on")      \
	F(flag, asks, ALWAYS, 0, 1, "The member is asked, and answers later")            \
	F(octets, request, SOMETIMES, 0, 64, "What the visitor asked for already")       \
	F(octets, status, SOMETIMES, 0, 16, "Of it: waiting or refused")                 \
	F(octets, puzzle, SOMETIMES, 0, PUZZLE_TEXT_MAX,                                 \
		"To be solved before adding: many people use this code just now")
SHAPE(card_out, CARD_OUT)

#define CARD_SEEN_IN(F, SUB)                                                             \
	F(octets, code, REQUIRED, 1, 64, "The end of the link")                          \
	F(octets, channel, OPTIONAL, 0, ACQ_CHANNEL_MAX, "customer_channel of its URL")
SHAPE(card_seen_in, CARD_SEEN_IN)
NO_OUT(card_seen)

#define code_svg_in_shape card_in_shape
NO_OUT(code_svg)

#define ADD_IN(F, SUB)                                                                   \
	F(octets, code, REQUIRED, 1, 64, "The end of the link")                          \
	F(text, nickname, OPTIONAL, 0, CONSUMER_NAME_MAX, "Needed the first time")       \
	F(octets, by, OPTIONAL, 0, 64, "What the link says behind ?by=")                 \
	F(text, channel, OPTIONAL, 0, ACQ_CHANNEL_MAX, "customer_channel of its URL")    \
	F(text, words, OPTIONAL, 0, 200, "To the member, when he must accept")           \
	F(octets, puzzle, OPTIONAL, 0, PUZZLE_TEXT_MAX, "Of the card")                   \
	F(octets, answer, OPTIONAL, 0, PUZZLE_ANSWER_MAX, "A number that solves it")
SHAPE(add_in, ADD_IN)
#define ADD_OUT(F, SUB)                                                                  \
	SUB(object, chat, view_chat, SOMETIMES, 0, 0, "The chat with the member")        \
	F(octets, request, SOMETIMES, 0, 64, "Instead, when he has to accept first")     \
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

/* ---- floods ---- */

static uint64_t code_key(str code)
{
	return str_hash(code) * 0x9e3779b97f4a7c15u;
}

/* By how much the code is over the corp's bound this minute; 0 when it is not. */
static enum err flood(struct req *rq, struct tx *tx, const struct way *w,
	int64_t *out_load)
{
	int64_t bound, n = rate_counted(code_key(w->code), rq->cx->now_ms);

	TRY(corp_setting(tx, w->corp, CORP_SETTING_CODE_FLOOD, &bound));
	*out_load = bound && n >= bound ? n / bound : 0;
	return OK;
}

static enum err show_puzzle(struct req *rq, const struct way *w, struct card_out *out)
{
	int64_t load;

	TRY(flood(rq, rq->tx, w, &load));
	if (load)
		out->puzzle =
			puzzle_make(rq->cx, w->code, rq->http->remote, puzzle_bits(load));
	return OK;
}

/* What a puzzle was solved for once it is not again, as far as memory goes. */
static enum err check_puzzle(struct req *rq, const struct way *w)
{
	const struct add_in *in = rq->in;
	int64_t load;

	TRY(flood(rq, rq->tx, w, &load));
	if (!load)
		return OK;
	TRY(puzzle_check(rq->cx, w->code, rq->http->remote, in->puzzle, in->answer));
	if (!rate_take(str_hash(in->puzzle), 1, rq->cx->now_ms / 4))
		return why(rq->cx, ERR_PUZZLE, "it was used already");
	return OK;
}

/* Who answers for many codes that are none is guessing. */
static enum err find_code(struct req *rq, struct tx *tx, str code, struct way *out)
{
	enum err err = way_by_code(tx, code, out);

	return err == ERR_CODE_GONE && rate_address(rq, "guess") != OK ? ERR_TOO_OFTEN
								       : err;
}

/* A browser that has a key adds no more than so many an hour. */
static enum err check_device(struct req *rq, const struct way *w)
{
	const struct actor *a = &rq->cx->actor;
	uint64_t key = (uint64_t)a->id * 0xc2b2ae3d27d4eb4fu ^ str_hash(STR("adds"));
	int64_t bound;

	if (a->kind != ACTOR_CONSUMER)
		return OK;
	TRY(corp_setting(rq->tx, w->corp, CORP_SETTING_DEVICE_ADDS, &bound));
	if (rate_take(key ^ key >> 29, bound, rq->cx->now_ms / 60))
		return OK;
	return why(rq->cx, ERR_TOO_OFTEN, "you added many people; come again in an hour");
}

/* Once for each request, however often its write runs. */
static enum err add_before(struct req *rq)
{
	const struct add_in *in = rq->in;
	int64_t bound;
	struct way w;

	TRY(rate_address(rq, "add"));
	TRY(find_code(rq, rq->tx, in->code, &w));
	TRY(check_device(rq, &w));
	TRY(corp_setting(rq->tx, w.corp, CORP_SETTING_CODE_MAX, &bound));
	if (!rate_take(code_key(w.code) + 1, bound, rq->cx->now_ms))
		return why(rq->cx, ERR_TOO_OFTEN,
			"many people use this code just now, wait a minute");
	TRY(check_puzzle(rq, &w));
	(void)rate_count(code_key(w.code), rq->cx->now_ms);
	return OK;
}

static enum err find_request(struct tx *tx, const struct way *w, struct card_out *out)
{
	const struct actor *a = &tx->cx->actor;
	struct request *list;
	size_t n;

	if (a->kind != ACTOR_CONSUMER)
		return OK;
	TRY(request_of_consumer(tx, a->id, &list, &n));
	for (size_t i = 0; i < n; i++) {
		if (list[i].corp != w->corp || list[i].way != w->way)
			continue;
		out->request = request_name(tx->cx->mem, list[i].corp, list[i].request);
		out->status = list[i].status == REQUEST_REFUSED ? STR("refused")
								: STR("waiting");
	}
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

	TRY(find_code(rq, rq->tx, in->code, &w));
	TRY(find_there(rq->tx, &w, &f, &there));
	if (there) {
		TRY(member_get(rq->tx, w.corp, f.member, &m));
		out->chat = chat_name(rq->cx->mem, w.corp, f.chat);
	} else {
		TRY(find_request(rq->tx, &w, out));
		TRY(way_member(rq->tx, &w, &m));
		TRY(show_puzzle(rq, &w, out));
	}
	TRY(share_find(rq->tx, w.corp, m.member, in->by, &sharer, &shared));
	if (shared)
		out->shared_by = sharer.name;
	out->asks = !w.skip_verify;
	out->card = ARENA_NEW(rq->cx->mem, struct view_card);
	return view_card_of(rq->tx, &w, &m, out->card);
}

/* Of a visitor only a keyed hash is kept: of his account, or of address and browser. */
static str visitor(struct req *rq)
{
	const struct actor *a = &rq->cx->actor;
	uint8_t sum[32];
	str who = arena_printf(rq->cx->mem, "visitor|%" PRId64 "|%.*s|%.*s", a->id,
		STR_FMT(a->id ? STR("") : rq->http->remote),
		STR_FMT(a->id ? STR("") : http_header(rq->http, "User-Agent")));

	keys_sign(who, sum);
	return hex_of(rq->cx->mem, sum, 16);
}

static enum err card_seen_before(struct req *rq)
{
	return rate_address(rq, "seen");
}

static enum err card_seen(struct req *rq)
{
	const struct card_seen_in *in = rq->in;
	struct way w;

	TRY(way_by_code(rq->tx, in->code, &w));
	return w.link ? way_link_looked(rq->tx, &w, visitor(rq), in->channel) : OK;
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

static enum err read_consumer(struct req *rq, struct consumer *out)
{
	const struct add_in *in = rq->in;
	const struct actor *actor = &rq->cx->actor;
	str token;

	if (actor->kind == ACTOR_CONSUMER)
		return consumer_get(rq->tx, actor->id, out);
	if (!str_trim(in->nickname).n)
		return why(rq->cx, ERR_INVALID_ARGUMENT, "nickname: 1 to %d characters",
			CONSUMER_NAME_MAX);
	TRY(consumer_add(rq->tx, in->nickname, out));
	TRY(account_consumer_session_add(rq->tx, out->consumer,
		str_first_bytes(http_header(rq->http, "User-Agent"), 256), &token));
	answer_cookie(rq, "liaison_consumer", token, COOKIE_MAX_AGE_S);
	return OK;
}

static enum err add(struct req *rq)
{
	const struct add_in *in = rq->in;
	struct add_out *out = rq->out;
	struct viewer viewer = { .kind = PERSON_CUSTOMER };
	struct consumer c;
	struct coming coming = { .consumer = &c, .words = str_trim(in->words) };
	struct arrival a;
	struct way w;

	TRY(way_by_code(rq->tx, in->code, &w));
	TRY(read_consumer(rq, &c));
	coming.way = &w;
	if (w.link)
		coming.state = in->channel;
	TRY(follow_come(rq->tx, &coming, &a));
	if (a.is_new && !a.waits)
		TRY(share_use(rq->tx, &a.follow, in->by));
	viewer.id = c.consumer;
	if (a.waits) {
		out->request = request_name(rq->cx->mem, w.corp, a.request);
	} else {
		out->chat = ARENA_NEW(rq->cx->mem, struct view_chat);
		TRY(view_chat_of(rq->tx, &viewer, a.follow.corp, a.follow.chat,
			out->chat));
	}
	out->me = ARENA_NEW(rq->cx->mem, struct view_me);
	return view_me_consumer(rq->tx, c.consumer, out->me);
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
	POST_AFTER("/v1/card/seen", card_seen, card_seen_before, none, WRITES,
		"The page of a code was opened"),
	POST_AFTER("/v1/add", add, add_before, none, WRITES,
		"Add the member a code leads to, or ask him"),
	POST("/v1/leave", leave, consumer, WRITES, "Delete the member: the chat closes"),
	LAST_ROUTE,
};
