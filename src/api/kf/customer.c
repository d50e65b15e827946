/*
 * api/kf/customer.c - customers of a service, and passing them on to a member or group,
 * over HTTP (documents 95159, 94674).
 */
#include "api/api.h"
#include "api/kf/kf.h"
#include "core/service/upgrade.h"

enum { CUSTOMERS_MAX = 100, WORDING_BYTES = 1024, RANGE_MAX = 1000 };
static const int64_t ACTIVE_MS = INT64_C(48) * 3600 * 1000;

#define BATCH_IN(F, SUB)                                                                 \
	F(texts, external_userid_list, REQUIRED, 1, CUSTOMERS_MAX, "Whom to read")       \
	F(int, need_enter_session_context, OPTIONAL, 0, 1, "1: and how they came")
SHAPE(kf_batchget_in, BATCH_IN)
#define CONTEXT(F, SUB)                                                                  \
	F(octets, scene, ALWAYS, 0, 32, "Of the link")                                   \
	F(octets, scene_param, ALWAYS, 0, 128, "What was appended to it")
SHAPE(kf_enter_context, CONTEXT)
#define CUSTOMER(F, SUB)                                                                 \
	F(octets, external_userid, ALWAYS, 1, 64, "The customer")                        \
	F(text, nickname, ALWAYS, 0, 64, "What he calls himself")                        \
	F(octets, avatar, ALWAYS, 0, 2048, "Address of his picture")                     \
	F(int, gender, ALWAYS, 0, 2, "0 unknown, 1 male, 2 female")                      \
	SUB(object, enter_session_context, kf_enter_context, SOMETIMES, 0, 0,            \
		"Of his last coming")
SHAPE(kf_customer, CUSTOMER)
#define BATCH_OUT(F, SUB)                                                                \
	SUB(list, customer_list, kf_customer, ALWAYS, 0, CUSTOMERS_MAX,                  \
		"Those who came or spoke within 48 hours")                               \
	F(texts, invalid_external_userid, SOMETIMES, 0, CUSTOMERS_MAX, "The others")
SHAPE(kf_batchget_out, BATCH_OUT)

NO_IN(kf_upgrade_config)
#define MEMBER_RANGE(F, SUB)                                                             \
	F(texts, userid_list, ALWAYS, 0, RANGE_MAX, "Members")                           \
	F(ints, department_id_list, ALWAYS, 0, RANGE_MAX, "Departments")
SHAPE(kf_member_range, MEMBER_RANGE)
#define GROUP_RANGE(F, SUB)                                                              \
	F(texts, chat_id_list, ALWAYS, 0, RANGE_MAX, "Customer groups")
SHAPE(kf_group_range, GROUP_RANGE)
#define CONFIG_OUT(F, SUB)                                                               \
	SUB(object, member_range, kf_member_range, ALWAYS, 0, 0, "Who may be named")     \
	SUB(object, groupchat_range, kf_group_range, ALWAYS, 0, 0, "And which groups")
SHAPE(kf_upgrade_config_out, CONFIG_OUT)

#define UPGRADE_MEMBER(F, SUB)                                                           \
	F(octets, userid, REQUIRED, 1, 64, "The member")                                 \
	F(octets, wording, OPTIONAL, 0, WORDING_BYTES, "What goes with it")
SHAPE(kf_upgrade_member, UPGRADE_MEMBER)
#define UPGRADE_GROUP(F, SUB)                                                            \
	F(octets, chat_id, REQUIRED, 1, 64, "The group")                                 \
	F(octets, wording, OPTIONAL, 0, WORDING_BYTES, "What goes with it")
SHAPE(kf_upgrade_group, UPGRADE_GROUP)
#define UPGRADE_IN(F, SUB)                                                               \
	F(octets, open_kfid, OPTIONAL, 0, 64, "The account; required")                   \
	F(octets, external_userid, OPTIONAL, 0, 64, "The customer; required")            \
	F(int, type, REQUIRED, 1, 2, "1 a member, 2 a group")                            \
	SUB(object, member, kf_upgrade_member, OPTIONAL, 0, 0, "Of type 1")              \
	SUB(object, groupchat, kf_upgrade_group, OPTIONAL, 0, 0, "Of type 2")
SHAPE(kf_upgrade_in, UPGRADE_IN)
NO_OUT(kf_upgrade)

#define CANCEL_IN(F, SUB)                                                                \
	F(octets, open_kfid, OPTIONAL, 0, 64, "The account; required")                   \
	F(octets, external_userid, OPTIONAL, 0, 64, "The customer; required")
SHAPE(kf_upgrade_cancel_in, CANCEL_IN)
NO_OUT(kf_upgrade_cancel)

/* ---- reading ---- */

/* His last coming at an account that the app may manage. */
static enum err last_visit(struct req *rq, int64_t customer, struct visit *out,
	bool *out_found)
{
	int64_t since = rq->cx->now_ms - ACTIVE_MS;
	struct visit *all;
	size_t n;

	*out_found = false;
	TRY(service_of_customer(rq->tx, rq->cx->actor.corp, customer, &all, &n));
	for (size_t i = 0; i < n; i++) {
		struct service_account a;
		bool may;

		if (all[i].entered_ms < since && all[i].said_ms < since)
			continue;
		TRY(service_account_get(rq->tx, rq->cx->actor.corp, all[i].account, &a));
		TRY(kf_may(rq, &a, &may));
		if (!may || (*out_found && all[i].entered_ms < out->entered_ms))
			continue;
		*out = all[i];
		*out_found = true;
	}
	return OK;
}

static void put_context(struct req *rq, const struct visit *v, struct kf_customer *out)
{
	out->enter_session_context = ARENA_NEW(rq->cx->mem, struct kf_enter_context);
	out->enter_session_context->scene = v->scene;
	out->enter_session_context->scene_param = v->scene_param;
}

static enum err kf_batchget(struct req *rq)
{
	const struct kf_batchget_in *in = rq->in;
	struct kf_batchget_out *out = rq->out;
	size_t n = in->external_userid_list.n;

	out->customer_list.v = ARENA_ARRAY(rq->cx->mem, struct kf_customer, n);
	out->invalid_external_userid.v = ARENA_ARRAY(rq->cx->mem, str, n);
	for (size_t i = 0; i < n; i++) {
		str id = in->external_userid_list.v[i];
		struct kf_customer *shown = &out->customer_list.v[out->customer_list.n];
		struct customer c;
		struct visit v;
		bool found = false;

		if (kf_customer(rq, id, &c) == OK)
			TRY(last_visit(rq, c.customer, &v, &found));
		ctx_forgive(rq->cx);
		if (!found) {
			out->invalid_external_userid.v[out->invalid_external_userid.n++] =
				id;
			continue;
		}
		out->customer_list.n++;
		shown->external_userid = c.external_userid;
		shown->nickname = c.name;
		shown->avatar = api_picture_url(rq, c.avatar);
		shown->gender = c.gender;
		if (in->need_enter_session_context)
			put_context(rq, &v, shown);
	}
	return OK;
}

static enum err kf_upgrade_config(struct req *rq)
{
	struct kf_upgrade_config_out *out = rq->out;
	struct kf_member_range *members = ARENA_NEW(rq->cx->mem, struct kf_member_range);
	struct kf_group_range *groups = ARENA_NEW(rq->cx->mem, struct kf_group_range);
	struct service_upgrade u;

	TRY(service_upgrade_get(rq->tx, rq->cx->actor.corp, &u));
	members->department_id_list = u.departments;
	members->userid_list.v = ARENA_ARRAY(rq->cx->mem, str, u.members.n);
	for (size_t i = 0; i < u.members.n; i++) {
		struct member m;

		TRY(member_get(rq->tx, rq->cx->actor.corp, u.members.v[i], &m));
		if (m.status != MEMBER_LEFT)
			members->userid_list.v[members->userid_list.n++] = m.userid;
	}
	groups->chat_id_list = u.groups;
	out->member_range = members;
	out->groupchat_range = groups;
	return OK;
}

/* ---- passing on ---- */

static enum err find(struct req *rq, str open_kfid, str external_userid,
	struct service_account *a, struct visit *v)
{
	struct customer c;
	bool found;

	TRY(kf_account(rq, open_kfid, a));
	TRY(kf_customer(rq, external_userid, &c));
	TRY(visit_find(rq->tx, a, c.customer, v, &found));
	if (!found)
		return why(rq->cx, ERR_BAD_EXTERNAL_USERID,
			"field `external_userid`: he never came to this account");
	return OK;
}

static enum err kf_upgrade(struct req *rq)
{
	const struct kf_upgrade_in *in = rq->in;
	struct service_account a;
	struct member m;
	struct visit v;

	TRY(find(rq, in->open_kfid, in->external_userid, &a, &v));
	if (in->type == 1 ? !in->member : !in->groupchat)
		return why(rq->cx, ERR_INVALID_ARGUMENT, "field `%s` is required",
			in->type == 1 ? "member" : "groupchat");
	if (in->type == 2)
		return service_upgrade_group(rq->tx, &a, &v, in->groupchat->chat_id,
			in->groupchat->wording);
	TRY(member_by_userid(rq->tx, a.corp, in->member->userid, &m));
	return service_upgrade_member(rq->tx, &a, &v, &m, in->member->wording);
}

static enum err kf_upgrade_cancel(struct req *rq)
{
	const struct kf_upgrade_cancel_in *in = rq->in;
	struct service_account a;
	struct visit v;

	TRY(find(rq, in->open_kfid, in->external_userid, &a, &v));
	return service_recommend(rq->tx, &a, &v, 0, 0, STR(""));
}

const struct route kf_customer_routes[] = {
	POST("/cgi-bin/kf/customer/batchget", kf_batchget, service, READS,
		"Customers of a service, by external_userid"),
	GET("/cgi-bin/kf/customer/get_upgrade_service_config", kf_upgrade_config, service,
		READS, "To whom customers may be passed on"),
	POST("/cgi-bin/kf/customer/upgrade_service", kf_upgrade, service, WRITES,
		"Recommend a member or a group to a customer"),
	POST("/cgi-bin/kf/customer/cancel_upgrade_service", kf_upgrade_cancel, service,
		WRITES, "Take that back"),
	LAST_ROUTE,
};
