/*
 * api/kf/send.c - an app writes to a customer of a service, over HTTP (documents 94677,
 * 95122).
 */
#include "api/api.h"
#include "api/kf/kf.h"
#include "core/service/content.h"
#include "core/service/item.h"

enum { MSGID_BYTES = 32 };

#define TYPES(F)                                                                         \
	F(json, text, OPTIONAL, 0, 1 << 20, "content")                                   \
	F(json, image, OPTIONAL, 0, 1 << 20, "media_id")                                 \
	F(json, voice, OPTIONAL, 0, 1 << 20, "media_id")                                 \
	F(json, video, OPTIONAL, 0, 1 << 20, "media_id")                                 \
	F(json, file, OPTIONAL, 0, 1 << 20, "media_id")                                  \
	F(json, link, OPTIONAL, 0, 1 << 20, "title, desc, url, thumb_media_id")          \
	F(json, miniprogram, OPTIONAL, 0, 1 << 20,                                       \
		"appid, title, thumb_media_id, pagepath")                                \
	F(json, msgmenu, OPTIONAL, 0, 1 << 20, "head_content, list, tail_content")       \
	F(json, location, OPTIONAL, 0, 1 << 20, "name, address, latitude, longitude")    \
	F(json, ca_link, OPTIONAL, 0, 1 << 20, "link_url")                               \
	F(json, business_card, OPTIONAL, 0, 1 << 20, "userid")

#define SEND_IN(F, SUB)                                                                  \
	F(octets, touser, OPTIONAL, 0, 64, "The customer; required")                     \
	F(octets, open_kfid, OPTIONAL, 0, 64, "The account; required")                   \
	F(octets, msgid, OPTIONAL, 0, INT32_MAX, "The app's own; made if absent")        \
	F(octets, msgtype, OPTIONAL, 0, 32, "Names the object that follows; required")   \
	TYPES(F)
SHAPE(kf_send_msg_in, SEND_IN)
#define SEND_OUT(F, SUB) F(octets, msgid, ALWAYS, 0, 64, "As given, or made")
SHAPE(kf_send_msg_out, SEND_OUT)

#define EVENT_IN(F, SUB)                                                                 \
	F(octets, code, OPTIONAL, 0, 128, "welcome_code or msg_code; required")          \
	F(octets, msgid, OPTIONAL, 0, INT32_MAX, "The app's own; made if absent")        \
	F(octets, msgtype, OPTIONAL, 0, 32, "text or msgmenu; required")                 \
	TYPES(F)
SHAPE(kf_send_msg_on_event_in, EVENT_IN)
#define kf_send_msg_on_event_out_shape kf_send_msg_out_shape

/* The object that msgtype names, of either shape. */
#define PICK(kind, name, need, min, max, doc)                                            \
	if (str_is(in->msgtype, #name))                                                  \
		body = in->name;

static enum err check_msgid(struct ctx *cx, str id)
{
	if (id.n > MSGID_BYTES)
		return why(cx, ERR_INVALID_ARGUMENT, "field `msgid`: at most %d bytes",
			MSGID_BYTES);
	for (size_t i = 0; i < id.n; i++) {
		char c = id.p[i];

		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
			    (c >= 'A' && c <= 'Z') || c == '_' || c == '-'))
			return why(cx, ERR_INVALID_ARGUMENT,
				"field `msgid`: letters, digits, _ and -");
	}
	return OK;
}

static enum err read_content(struct req *rq, str type, str body, str *out_type,
	str *out_body)
{
	if (!type.n)
		return why(rq->cx, ERR_BAD_MSGTYPE, "field `msgtype` is required");
	if (!body.n)
		body = STR("{}");
	if (body.p[0] != '{')
		return why(rq->cx, ERR_INVALID_ARGUMENT, "field `%.*s` must be an object",
			STR_FMT(type));
	return service_content(rq->tx, rq->cx->actor.corp, type, body, out_type,
		out_body);
}

static enum err kf_send_msg(struct req *rq)
{
	const struct kf_send_msg_in *in = rq->in;
	struct kf_send_msg_out *out = rq->out;
	struct service_account a;
	struct customer c;
	struct visit v = { 0 };
	str type, body = STR_NONE;
	bool found;

	TRY(kf_account(rq, in->open_kfid, &a));
	TRY(kf_customer(rq, in->touser, &c));
	TRY(check_msgid(rq->cx, in->msgid));
	TYPES(PICK)
	TRY(read_content(rq, in->msgtype, body, &type, &body));
	TRY(visit_find(rq->tx, &a, c.customer, &v, &found));
	return service_send(rq->tx, &a, &v, in->msgid, type, body, &out->msgid);
}

/* What a code may be answered with. */
static enum err check_answer(struct ctx *cx, enum service_code_kind kind, str type)
{
	if (str_is(type, "text") || (str_is(type, "msgmenu") && kind != CODE_REPLY))
		return OK;
	return why(cx, ERR_BAD_MSGTYPE, "field `msgtype`: %s",
		kind == CODE_REPLY ? "text" : "text or msgmenu");
}

static enum err kf_send_msg_on_event(struct req *rq)
{
	const struct kf_send_msg_on_event_in *in = rq->in;
	struct kf_send_msg_out *out = rq->out;
	enum service_code_kind kind;
	struct service_account a;
	struct visit v;
	str type, body = STR_NONE;
	bool may;

	TRY(service_code_get(rq->tx, rq->cx->actor.corp, in->code, &kind, &a, &v));
	TRY(kf_may(rq, &a, &may));
	if (!may || a.deleted)
		return why(rq->cx, ERR_KF_NOT_GRANTED, "code: of another app's account");
	TRY(check_msgid(rq->cx, in->msgid));
	TYPES(PICK)
	TRY(check_answer(rq->cx, kind, in->msgtype));
	TRY(read_content(rq, in->msgtype, body, &type, &body));
	return service_answer(rq->tx, &a, &v, in->code, in->msgid, type, body,
		&out->msgid);
}

const struct route kf_send_routes[] = {
	POST("/cgi-bin/kf/send_msg", kf_send_msg, service, WRITES,
		"Write to a customer of a service"),
	POST("/cgi-bin/kf/send_msg_on_event", kf_send_msg_on_event, service, WRITES,
		"Answer an event with its code"),
	LAST_ROUTE,
};
