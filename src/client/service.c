/*
 * client/service.c - a consumer asks a company's service: he comes by a link, speaks,
 * waits, and says how it was.
 */
#include "client/service.h"

#include "client/client.h"
#include "client/me.h"
#include "core/account/account.h"
#include "core/message/message.h"
#include "core/service/content.h"
#include "frame/rate.h"
#include "wire/qr.h"

SHAPE_TABLE(view_service, VIEW_SERVICE)

#define CARD_IN(F, SUB) F(octets, code, REQUIRED, 1, 64, "The end of the link")
SHAPE(service_card_in, CARD_IN)
#define CARD_OUT(F, SUB)                                                                 \
	F(text, name, ALWAYS, 0, 64, "The account")                                      \
	F(octets, avatar, ALWAYS, 0, 128, "For GET /v1/avatar; empty without one")       \
	SUB(object, corp, view_corp, ALWAYS, 0, 0, "Its company")                        \
	F(flag, open, ALWAYS, 0, 1, "Within its hours")                                  \
	F(octets, chat, SOMETIMES, 0, 64, "The chat, when he came before")
SHAPE(service_card_out, CARD_OUT)
#define service_svg_in_shape service_card_in_shape
NO_OUT(service_svg)

#define ENTER_IN(F, SUB)                                                                 \
	F(octets, code, REQUIRED, 1, 64, "The end of the link")                          \
	F(octets, scene_param, OPTIONAL | CUT, 0, SERVICE_SCENE_PARAM_BYTES,             \
		"Of the link's query")                                                   \
	F(text, nickname, OPTIONAL, 0, CONSUMER_NAME_MAX, "A visitor if absent")
SHAPE(service_enter_in, ENTER_IN)
#define ENTER_OUT(F, SUB)                                                                \
	SUB(object, chat, view_chat, ALWAYS, 0, 0, "The chat with the account")          \
	SUB(object, me, view_me, ALWAYS, 0, 0, "The consumer")
SHAPE(service_enter_out, ENTER_OUT)

#define CHAT_IN(F, SUB) F(octets, chat, REQUIRED, 1, 64, "The chat with the account")
SHAPE(service_one_in, CHAT_IN)
#define ONE_OUT(F, SUB) SUB(object, service, view_service, ALWAYS, 0, 0, "As it stands")
SHAPE(service_one_out, ONE_OUT)
#define service_human_in_shape service_one_in_shape
#define service_human_out_shape service_one_out_shape
#define service_end_in_shape service_one_in_shape
#define service_end_out_shape service_one_out_shape

#define CLICK_IN(F, SUB)                                                                 \
	F(octets, chat, REQUIRED, 1, 64, "The chat with the account")                    \
	F(int, seq, REQUIRED, 1, INT64_MAX, "The menu's message")                        \
	F(octets, id, REQUIRED, 1, MENU_ID_BYTES, "The item")                            \
	F(text, nonce, REQUIRED, 1, 64, "Made by the client; a repeat adds nothing")
SHAPE(service_clicked_in, CLICK_IN)
#define CLICK_OUT(F, SUB) F(int, seq, ALWAYS, 1, INT64_MAX, "Of what he said by it")
SHAPE(service_clicked_out, CLICK_OUT)

#define RATE_IN(F, SUB)                                                                  \
	F(octets, chat, REQUIRED, 1, 64, "The chat with the account")                    \
	F(id, session, REQUIRED, 1, INT64_MAX, "The consultation")                       \
	F(int, rating, REQUIRED, 1, 5, "1 bad to 5 good")                                \
	F(text, words, OPTIONAL, 0, 500, "And why")
SHAPE(service_rated_in, RATE_IN)
#define service_rated_out_shape service_one_out_shape

#define REFUSE_IN(F, SUB)                                                                \
	F(octets, chat, REQUIRED, 1, 64, "The chat with the account")                    \
	F(flag, on, REQUIRED, 0, 1, "He wants no messages until he speaks")
SHAPE(service_refused_in, REFUSE_IN)
#define service_refused_out_shape service_one_out_shape

/* ---- how it stands ---- */

static str state_name(enum service_state state)
{
	switch (state) {
	case STATE_NEW:
		return STR("new");
	case STATE_BOT:
		return STR("bot");
	case STATE_QUEUE:
		return STR("queue");
	case STATE_SERVED:
		return STR("served");
	case STATE_ENDED:
		break;
	}
	return STR("ended");
}

static enum err put_session(struct tx *tx, const struct visit *v,
	struct view_service *out)
{
	struct service_session s;

	if (!v->session)
		return OK;
	TRY(service_session_get(tx, v->corp, v->session, &s));
	out->session = s.session;
	out->rating = s.rating;
	out->rate = s.rating_asked && s.ended_ms && !s.rating;
	return OK;
}

/* What only those who serve see. */
static enum err put_customer(struct tx *tx, const struct visit *v,
	struct view_service *out)
{
	struct person who = { PERSON_CUSTOMER, v->customer, v->consumer };
	struct message last;
	struct chat c;

	out->scene = v->scene;
	out->scene_param = v->scene_param;
	out->customer = ARENA_NEW(tx->cx->mem, struct view_who);
	TRY(view_who_of(tx, PERSON_MEMBER, v->corp, who, out->customer));
	TRY(chat_get(tx, v->corp, v->chat, &c));
	if (!c.last_seq)
		return OK;
	TRY(chat_message(tx, v->corp, v->chat, c.last_seq, &last));
	out->preview = message_preview(tx->cx, last.type, last.body);
	return OK;
}

enum err view_service_of(struct tx *tx, enum person_kind for_kind,
	const struct service_account *a, const struct visit *v, struct view_service *out)
{
	int64_t opens_ms;

	*out = (struct view_service){
		.chat = chat_name(tx->cx->mem, v->corp, v->chat),
		.open_kfid = a->open_kfid,
		.state = state_name(v->state),
		.upgrade = v->upgrade,
		.refuses = v->refuses,
		.rejected = v->rejected,
		.since = v->since_ms,
	};
	TRY(service_is_open(tx->cx, a->hours, tx->cx->now_ms, &out->open, &opens_ms));
	TRY(service_place(tx, a, v, &out->place, &out->wait_s));
	TRY(put_session(tx, v, out));
	if (v->servicer) {
		out->servicer = ARENA_NEW(tx->cx->mem, struct view_who);
		TRY(view_who_of(tx, for_kind, v->corp,
			(struct person){ PERSON_MEMBER, v->servicer, 0 }, out->servicer));
	}
	return for_kind == PERSON_MEMBER ? put_customer(tx, v, out) : OK;
}

/* The chat of the asker's, and what he is in it. */
static enum err find(struct req *rq, str name, struct service_account *a, struct visit *v,
	struct person *me)
{
	struct viewer viewer = viewer_of(rq->cx);
	int64_t corp, chat;

	TRY(viewer_chat(rq->tx, &viewer, name, &corp, &chat, me));
	TRY(visit_by_chat(rq->tx, corp, chat, v));
	return service_account_get(rq->tx, corp, v->account, a);
}

static enum err show(struct req *rq, const struct service_account *a, struct visit *v,
	const struct person *me)
{
	struct service_one_out *out = rq->out;

	TRY(visit_by_chat(rq->tx, v->corp, v->chat, v));
	out->service = ARENA_NEW(rq->cx->mem, struct view_service);
	return view_service_of(rq->tx, me->kind, a, v, out->service);
}

static enum err service_one(struct req *rq)
{
	const struct service_one_in *in = rq->in;
	struct service_account a;
	struct person me;
	struct visit v;

	TRY(find(rq, in->chat, &a, &v, &me));
	return show(rq, &a, &v, &me);
}

/* ---- coming ---- */

static enum err find_chat(struct tx *tx, const struct service_account *a, str *out)
{
	struct consumer_chat *chats;
	struct visit v;
	size_t n;
	bool found = false;

	if (tx->cx->actor.kind != ACTOR_CONSUMER)
		return OK;
	TRY(consumer_chats(tx, tx->cx->actor.id, &chats, &n));
	for (size_t i = 0; i < n && !found; i++)
		if (chats[i].corp == a->corp)
			TRY(visit_find(tx, a, chats[i].customer, &v, &found));
	if (found)
		*out = chat_name(tx->cx->mem, a->corp, v.chat);
	return OK;
}

static enum err service_card(struct req *rq)
{
	const struct service_card_in *in = rq->in;
	struct service_card_out *out = rq->out;
	struct service_account a;
	int64_t opens_ms;
	str scene;

	TRY(service_by_code(rq->tx, in->code, &a, &scene));
	out->name = a.name;
	out->avatar = view_avatar(rq->cx->mem, a.corp, a.avatar);
	out->corp = ARENA_NEW(rq->cx->mem, struct view_corp);
	TRY(view_corp_of(rq->tx, a.corp, out->corp));
	TRY(service_is_open(rq->cx, a.hours, rq->cx->now_ms, &out->open, &opens_ms));
	return find_chat(rq->tx, &a, &out->chat);
}

/* Only of codes there are: this is no drawing service. */
static enum err service_svg(struct req *rq)
{
	const struct service_card_in *in = rq->in;
	struct service_account a;
	str scene, svg;

	TRY(service_by_code(rq->tx, in->code, &a, &scene));
	TRY(qr_svg(rq->cx,
		arena_printf(rq->cx->mem, "%.*s/k/%.*s", STR_FMT(rq->house->public_url),
			STR_FMT(in->code)),
		&svg));
	answer_bytes(rq, "image/svg+xml", svg, "public, max-age=3600");
	return OK;
}

struct entering {
	struct req *rq;
	str token; /* of a new consumer */
};

static enum err read_consumer(struct tx *tx, struct entering *e, struct consumer *out)
{
	const struct service_enter_in *in = e->rq->in;
	const struct actor *actor = &tx->cx->actor;

	e->token = STR_NONE;
	if (actor->kind == ACTOR_CONSUMER)
		return consumer_get(tx, actor->id, out);
	TRY(consumer_add(tx, str_trim(in->nickname).n ? in->nickname : STR("访客"), out));
	return account_consumer_session_add(tx, out->consumer,
		str_first_bytes(http_header(e->rq->http, "User-Agent"), 256), &e->token);
}

static enum err enter_in_tx(struct tx *tx, void *arg)
{
	struct entering *e = arg;
	const struct service_enter_in *in = e->rq->in;
	struct service_enter_out *out = e->rq->out;
	struct viewer viewer = { .kind = PERSON_CUSTOMER };
	struct service_account a;
	struct consumer c;
	struct visit v;
	str scene;

	TRY(service_by_code(tx, in->code, &a, &scene));
	TRY(read_consumer(tx, e, &c));
	TRY(service_enter(tx, &a, &c, scene, in->scene_param, &v));
	viewer.id = c.consumer;
	out->chat = ARENA_NEW(tx->cx->mem, struct view_chat);
	out->me = ARENA_NEW(tx->cx->mem, struct view_me);
	TRY(view_chat_of(tx, &viewer, v.corp, v.chat, out->chat));
	return view_me_consumer(tx, c.consumer, out->me);
}

/* WAITS, so that the address's rate is taken once however often the write runs. */
static enum err service_enter_row(struct req *rq)
{
	struct entering e = { .rq = rq };

	TRY(rate_address(rq, "add"));
	TRY(store_write(rq->house->store, rq->cx, enter_in_tx, &e));
	if (e.token.n)
		answer_cookie(rq, "liaison_consumer", e.token, COOKIE_MAX_AGE_S);
	return OK;
}
#define service_enter_row_in_shape service_enter_in_shape
#define service_enter_row_out_shape service_enter_out_shape

/* ---- asking ---- */

/* A tap on an item of a menu is what its words say. */
static enum err service_clicked(struct req *rq)
{
	const struct service_clicked_in *in = rq->in;
	struct service_clicked_out *out = rq->out;
	struct message menu, m = { .nonce = in->nonce, .type = STR("text") };
	struct service_account a;
	struct visit v;
	str content;
	bool again;

	TRY(find(rq, in->chat, &a, &v, &m.sender));
	TRY(chat_message(rq->tx, v.corp, v.chat, in->seq, &menu));
	if (!str_is(menu.type, "msgmenu"))
		return why(rq->cx, ERR_NOT_FOUND, "field `seq`: no menu");
	TRY(service_click(rq->cx, menu.body, in->id, &content));
	m.corp = v.corp;
	m.chat = v.chat;
	m.body = service_click_body(rq->cx->mem, content, in->id);
	TRY(message_send(rq->tx, &m, &again));
	out->seq = m.seq;
	return OK;
}

/* He wants people: past the bot, or past a silent app. */
static enum err service_human(struct req *rq)
{
	const struct service_one_in *in = rq->in;
	struct service_account a;
	struct person me;
	struct visit v;
	str code;

	TRY(find(rq, in->chat, &a, &v, &me));
	if (me.kind != PERSON_CUSTOMER)
		return why(rq->cx, ERR_FORBIDDEN, "the customer asks for it");
	if (v.state == STATE_NEW || v.state == STATE_BOT)
		TRY(service_move(rq->tx, &a, &v, STATE_QUEUE, 0, BY_PEOPLE, &code));
	return show(rq, &a, &v, &me);
}

/* Either side may end it. */
static enum err service_end(struct req *rq)
{
	const struct service_one_in *in = rq->in;
	struct service_account a;
	struct person me;
	struct visit v;
	str code;

	TRY(find(rq, in->chat, &a, &v, &me));
	TRY(service_move(rq->tx, &a, &v, STATE_ENDED, 0, BY_PEOPLE, &code));
	return show(rq, &a, &v, &me);
}

static enum err service_rated(struct req *rq)
{
	const struct service_rated_in *in = rq->in;
	struct service_account a;
	struct person me;
	struct visit v;

	TRY(find(rq, in->chat, &a, &v, &me));
	TRY(service_rate(rq->tx, &v, in->session, in->rating, str_trim(in->words)));
	return show(rq, &a, &v, &me);
}

static enum err service_refused(struct req *rq)
{
	const struct service_refused_in *in = rq->in;
	struct service_account a;
	struct person me;
	struct visit v;

	TRY(find(rq, in->chat, &a, &v, &me));
	TRY(service_refuse(rq->tx, &a, &v, in->on));
	return show(rq, &a, &v, &me);
}

const struct route service_routes[] = {
	GET("/v1/service/card", service_card, none, READS,
		"Whom a service link leads to"),
	GET_RAW("/v1/service/code.svg", service_svg, none, READS,
		"QR code of a service link"),
	POST("/v1/service/enter", service_enter_row, none, WAITS,
		"Come to a service by its link"),
	GET("/v1/service/session", service_one, session, READS,
		"How a consultation stands: state, place in the queue, who serves"),
	POST("/v1/service/click", service_clicked, consumer, WRITES,
		"Choose an item of a menu"),
	POST("/v1/service/human", service_human, consumer, WRITES, "Ask for a person"),
	POST("/v1/service/end", service_end, session, WRITES, "End the consultation"),
	POST("/v1/service/rate", service_rated, consumer, WRITES, "Say how it was"),
	POST("/v1/service/refuse", service_refused, consumer, WRITES,
		"Want no messages of apps, or again"),
	LAST_ROUTE,
};
