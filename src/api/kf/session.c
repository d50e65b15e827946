/*
 * api/kf/session.c - states of a consultation and what is pulled of it, over HTTP
 * (documents 94669, 94670).
 */
#include "api/api.h"
#include "api/kf/kf.h"
#include "base/ids.h"
#include "core/service/content.h"
#include "core/service/item.h"
#include "frame/rate.h"

enum { SYNC_MAX = 1000, SYNC_ALONE_PER_MINUTE = 60 };
enum { ORIGIN_CUSTOMER = 3, ORIGIN_SYSTEM = 4, ORIGIN_SERVICER = 5 };

#define GET_IN(F, SUB)                                                                   \
	F(octets, open_kfid, OPTIONAL, 0, 64, "The account; required")                   \
	F(octets, external_userid, OPTIONAL, 0, 64, "The customer; required")
SHAPE(kf_state_get_in, GET_IN)
#define GET_OUT(F, SUB)                                                                  \
	F(int, service_state, ALWAYS, 0, 4, "0 new, 1 bot, 2 queue, 3 served, 4 ended")  \
	F(octets, servicer_userid, SOMETIMES, 0, 64, "Who serves")
SHAPE(kf_state_get_out, GET_OUT)

#define TRANS_IN(F, SUB)                                                                 \
	F(octets, open_kfid, OPTIONAL, 0, 64, "The account; required")                   \
	F(octets, external_userid, OPTIONAL, 0, 64, "The customer; required")            \
	F(int, service_state, REQUIRED, 0, 4, "What it shall be")                        \
	F(octets, servicer_userid, OPTIONAL, 0, 64, "Who shall serve; required for 3")
SHAPE(kf_state_trans_in, TRANS_IN)
#define TRANS_OUT(F, SUB)                                                                \
	F(octets, msg_code, SOMETIMES, 0, 64,                                            \
		"For send_msg_on_event: the first time in 2 or 3, and at the end")
SHAPE(kf_state_trans_out, TRANS_OUT)

#define SYNC_IN(F, SUB)                                                                  \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the call before")             \
	F(octets, token, OPTIONAL, 0, 128, "Of the callback; without it, fewer calls")   \
	F(int, limit, OPTIONAL, 0, SYNC_MAX, "1000 if absent")                           \
	F(int, voice_format, OPTIONAL, 0, 1, "0 amr; 1 is taken, and amr given")         \
	F(octets, open_kfid, OPTIONAL, 0, 64, "The account; required")
SHAPE(kf_sync_msg_in, SYNC_IN)
#define KF_TYPES(F)                                                                      \
	F(json, text, SOMETIMES, 0, 1 << 20, "content, menu_id")                         \
	F(json, image, SOMETIMES, 0, 1 << 20, "media_id")                                \
	F(json, voice, SOMETIMES, 0, 1 << 20, "media_id")                                \
	F(json, video, SOMETIMES, 0, 1 << 20, "media_id")                                \
	F(json, file, SOMETIMES, 0, 1 << 20, "media_id")                                 \
	F(json, location, SOMETIMES, 0, 1 << 20, "latitude, longitude, name, address")   \
	F(json, link, SOMETIMES, 0, 1 << 20, "title, desc, url, pic_url")                \
	F(json, business_card, SOMETIMES, 0, 1 << 20, "A member's card")                 \
	F(json, miniprogram, SOMETIMES, 0, 1 << 20, "title, appid, pagepath …")          \
	F(json, msgmenu, SOMETIMES, 0, 1 << 20, "head_content, list, tail_content")      \
	F(json, event, SOMETIMES, 0, 1 << 20, "event_type and what belongs to it")
#define KF_MSG(F, SUB)                                                                   \
	F(octets, msgid, ALWAYS, 0, 64, "Unique")                                        \
	F(octets, open_kfid, SOMETIMES, 0, 64, "The account; of an event, in it")        \
	F(octets, external_userid, SOMETIMES, 0, 64, "The customer; likewise")           \
	F(int, send_time, ALWAYS, 0, INT64_MAX, "Unix seconds")                          \
	F(int, origin, ALWAYS, 0, 9, "3 customer, 4 the system, 5 servicer")             \
	F(octets, servicer_userid, SOMETIMES, 0, 64, "Who wrote, of origin 5")           \
	F(octets, msgtype, ALWAYS, 0, 32, "Names the object that follows")               \
	KF_TYPES(F)
SHAPE(kf_msg, KF_MSG)
#define SYNC_OUT(F, SUB)                                                                 \
	F(octets, next_cursor, ALWAYS, 0, 64, "For the next call")                       \
	F(int, has_more, ALWAYS, 0, 1, "1: call again at once")                          \
	SUB(list, msg_list, kf_msg, ALWAYS, 0, SYNC_MAX, "In order")
SHAPE(kf_sync_msg_out, SYNC_OUT)

/* ---- states ---- */

static enum err kf_state_get(struct req *rq)
{
	const struct kf_state_get_in *in = rq->in;
	struct kf_state_get_out *out = rq->out;
	struct service_account a;
	struct customer c;
	struct member m;
	struct visit v;
	bool found;

	TRY(kf_account(rq, in->open_kfid, &a));
	TRY(kf_customer(rq, in->external_userid, &c));
	TRY(visit_find(rq->tx, &a, c.customer, &v, &found));
	out->service_state = found ? v.state : STATE_ENDED;
	if (!found || !v.servicer)
		return OK;
	TRY(member_get(rq->tx, a.corp, v.servicer, &m));
	out->servicer_userid = m.userid;
	return OK;
}

static enum err find_servicer(struct req *rq, str userid, int64_t *out)
{
	struct member m;

	if (!userid.n)
		return why(rq->cx, ERR_INVALID_ARGUMENT,
			"field `servicer_userid` is required for 3");
	TRY(member_by_userid(rq->tx, rq->cx->actor.corp, userid, &m));
	*out = m.member;
	return OK;
}

static enum err kf_state_trans(struct req *rq)
{
	const struct kf_state_trans_in *in = rq->in;
	struct kf_state_trans_out *out = rq->out;
	struct service_account a;
	struct customer c;
	struct visit v;
	int64_t member = 0;
	bool found;

	TRY(kf_account(rq, in->open_kfid, &a));
	TRY(kf_customer(rq, in->external_userid, &c));
	if (in->service_state == STATE_SERVED)
		TRY(find_servicer(rq, in->servicer_userid, &member));
	TRY(visit_find(rq->tx, &a, c.customer, &v, &found));
	if (!found)
		return why(rq->cx, ERR_KF_ENDED, "it has not begun");
	return service_move(rq->tx, &a, &v, (enum service_state)in->service_state, member,
		BY_APP, &out->msg_code);
}

/* ---- sync_msg ---- */

static enum err check_token(struct req *rq, const struct service_account *a, str token)
{
	str what;

	if (token.n)
		return service_token_check(rq->cx, a, token);
	if (!rq->house->rate_api_per_minute)
		return OK;
	what = arena_printf(rq->cx->scratch, "sync_msg/%" PRId64 "/%" PRId64, a->account,
		rq->cx->actor.id);
	if (!rate_take(str_hash(what), SYNC_ALONE_PER_MINUTE, rq->cx->now_ms))
		return why(rq->cx, ERR_TOO_OFTEN, "without a token, %d calls a minute",
			SYNC_ALONE_PER_MINUTE);
	return OK;
}

static enum err put_body(struct req *rq, struct kf_msg *out, str type, str body)
{
	TRY(service_shown(rq->cx, type, body, &out->msgtype, &body));
#define PUT(kind, name, need, min, max, doc)                                             \
	if (str_is(out->msgtype, #name))                                                 \
		out->name = body;
	KF_TYPES(PUT)
#undef PUT
	return OK;
}

static enum err put_message(struct req *rq, const struct service_account *a,
	const struct service_item *item, struct kf_msg *out)
{
	const struct message *m = &item->message;
	struct customer c;
	struct member who;

	TRY(customer_get(rq->tx, a->corp, item->customer, &c));
	out->msgid = arena_printf(rq->cx->mem, "%" PRId64, m->message);
	out->open_kfid = a->open_kfid;
	out->external_userid = c.external_userid;
	out->send_time = m->sent_ms / 1000;
	out->origin = ORIGIN_CUSTOMER;
	if (m->sender.kind == PERSON_MEMBER) {
		out->origin = ORIGIN_SERVICER;
		TRY(member_get(rq->tx, a->corp, m->sender.id, &who));
		out->servicer_userid = who.userid;
	}
	return put_body(rq, out, m->type, m->body);
}

static enum err put_item(struct req *rq, const struct service_account *a,
	const struct service_item *item, struct kf_msg *out)
{
	if (item->message.seq)
		return put_message(rq, a, item, out);
	out->msgid = arena_printf(rq->cx->mem, "%" PRId64, item->item);
	out->send_time = id_time_ms(item->item) / 1000;
	out->origin = ORIGIN_SYSTEM;
	out->msgtype = STR("event");
	out->event = item->event;
	return OK;
}

static enum err kf_sync_msg(struct req *rq)
{
	const struct kf_sync_msg_in *in = rq->in;
	struct kf_sync_msg_out *out = rq->out;
	struct service_account a;
	struct service_item *items;
	int64_t after = 0;
	size_t n;
	bool more;

	TRY(kf_account(rq, in->open_kfid, &a));
	TRY(check_token(rq, &a, in->token));
	if (in->cursor.n && !id_parse(in->cursor, "s", &after))
		return why(rq->cx, ERR_INVALID_ARGUMENT,
			"field `cursor`: not one of ours");
	TRY(service_items(rq->tx, &a, after, in->limit ? in->limit : SYNC_MAX, &items, &n,
		&more));
	out->has_more = more;
	out->next_cursor = n ? id_text(rq->cx->mem, "s", items[n - 1].item) : in->cursor;
	out->msg_list.v = ARENA_ARRAY(rq->cx->mem, struct kf_msg, n);
	out->msg_list.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(put_item(rq, &a, &items[i], &out->msg_list.v[i]));
	return OK;
}

const struct route kf_session_routes[] = {
	POST("/cgi-bin/kf/service_state/get", kf_state_get, service, READS,
		"State of a customer's consultation"),
	POST("/cgi-bin/kf/service_state/trans", kf_state_trans, service, WRITES,
		"Change the state of a consultation"),
	POST("/cgi-bin/kf/sync_msg", kf_sync_msg, service, READS,
		"Messages and events of an account since a cursor"),
	LAST_ROUTE,
};
