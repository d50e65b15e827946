/*
 * client/service_desk.c - customer service as those who serve see it: the queue, one's
 * own consultations, taking, passing on, and whether one receives.
 */
#include "client/client.h"
#include "client/service.h"
#include "core/service/upgrade.h"

enum { LIST_MAX = 200, HISTORY_DEFAULT = 30 };

NO_IN(service_desk)
#define VIEW_ACCOUNT(F, SUB)                                                             \
	F(octets, open_kfid, ALWAYS, 0, 64, "The account")                               \
	F(text, name, ALWAYS, 0, 64, "Its name")                                         \
	F(octets, avatar, ALWAYS, 0, 128, "For GET /v1/avatar; empty without one")       \
	F(octets, status, ALWAYS, 0, 16, "receiving, suspended or stopped")              \
	F(flag, manual, ALWAYS, 0, 1, "Servicers take from the queue themselves")        \
	F(flag, open, ALWAYS, 0, 1, "Within its hours")                                  \
	SUB(list, waiting, view_service, ALWAYS, 0, LIST_MAX,                            \
		"The queue, first come first")
SHAPE(view_service_account, VIEW_ACCOUNT)
#define DESK_OUT(F, SUB)                                                                 \
	SUB(list, accounts, view_service_account, ALWAYS, 0, LIST_MAX,                   \
		"Where the member serves")                                               \
	SUB(list, mine, view_service, ALWAYS, 0, LIST_MAX, "Whom he serves")             \
	SUB(list, ended, view_service, ALWAYS, 0, LIST_MAX, "Whom he served lately")
SHAPE(service_desk_out, DESK_OUT)

#define TAKE_IN(F, SUB)                                                                  \
	F(octets, open_kfid, REQUIRED, 1, 64, "The account")                             \
	F(octets, external_userid, REQUIRED, 1, 64, "The customer")
SHAPE(service_take_in, TAKE_IN)
#define SERVICE_OUT(F, SUB)                                                              \
	SUB(object, service, view_service, ALWAYS, 0, 0, "As it stands")
SHAPE(service_take_out, SERVICE_OUT)
#define service_resumed_in_shape service_take_in_shape
#define service_resumed_out_shape service_take_out_shape

#define PASS_IN(F, SUB)                                                                  \
	F(octets, chat, REQUIRED, 1, 64, "The chat")                                     \
	F(octets, userid, REQUIRED, 1, 64, "The colleague")
SHAPE(service_transfer_in, PASS_IN)
NO_OUT(service_transfer)

#define STATUS_IN(F, SUB)                                                                \
	F(octets, open_kfid, REQUIRED, 1, 64, "The account")                             \
	F(octets, status, REQUIRED, 1, 16, "receiving, suspended or stopped")
SHAPE(service_status_in, STATUS_IN)
NO_OUT(service_status)

#define REJECT_IN(F, SUB)                                                                \
	F(octets, chat, REQUIRED, 1, 64, "The chat")                                     \
	F(flag, on, REQUIRED, 0, 1, "His messages are refused")
SHAPE(service_rejected_in, REJECT_IN)
#define service_rejected_out_shape service_take_out_shape

#define INVITE_IN(F, SUB)                                                                \
	F(octets, chat, REQUIRED, 1, 64, "The chat")                                     \
	F(text, wording, OPTIONAL, 0, 200, "What goes with it")
SHAPE(service_invite_in, INVITE_IN)
#define service_invite_out_shape service_take_out_shape

#define COLLEAGUES_IN(F, SUB) F(octets, open_kfid, REQUIRED, 1, 64, "The account")
SHAPE(service_colleagues_in, COLLEAGUES_IN)
#define COLLEAGUE(F, SUB)                                                                \
	F(octets, userid, ALWAYS, 0, 64, "The colleague")                                \
	F(text, name, ALWAYS, 0, 64, "His name")                                         \
	F(octets, avatar, ALWAYS, 0, 128, "For GET /v1/avatar; empty without one")       \
	F(flag, receives, ALWAYS, 0, 1, "He does just now")
SHAPE(view_service_colleague, COLLEAGUE)
#define COLLEAGUES_OUT(F, SUB)                                                           \
	SUB(list, colleagues, view_service_colleague, ALWAYS, 0, LIST_MAX,               \
		"The others who serve there")
SHAPE(service_colleagues_out, COLLEAGUES_OUT)

/* ---- the view ---- */

static str status_name(const struct servicing *s)
{
	if (!s->stopped)
		return STR("receiving");
	return s->stop_type ? STR("suspended") : STR("stopped");
}

static enum err put_account(struct req *rq, const struct service_account *a,
	struct view_service_account *out)
{
	struct visit *waiting;
	struct servicing s;
	int64_t opens_ms;
	size_t n;
	bool is;

	TRY(servicer_find(rq->tx, a, rq->cx->actor.id, &s, &is));
	out->open_kfid = a->open_kfid;
	out->name = a->name;
	out->avatar = view_avatar(rq->cx->mem, a->corp, a->avatar);
	out->status = status_name(&s);
	out->manual = a->routing == ROUTING_MANUAL;
	TRY(service_is_open(rq->cx, a->hours, rq->cx->now_ms, &out->open, &opens_ms));
	TRY(service_queue(rq->tx, a, LIST_MAX, &waiting, &n));
	out->waiting.v = ARENA_ARRAY(rq->cx->mem, struct view_service, n);
	out->waiting.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(view_service_of(rq->tx, PERSON_MEMBER, a, &waiting[i],
			&out->waiting.v[i]));
	return OK;
}

static enum err put_mine(struct req *rq, struct service_desk_out *out)
{
	struct visit *mine;
	size_t n;

	TRY(service_served(rq->tx, rq->cx->actor.corp, rq->cx->actor.id, LIST_MAX, &mine,
		&n));
	out->mine.v = ARENA_ARRAY(rq->cx->mem, struct view_service, n);
	out->mine.n = n;
	for (size_t i = 0; i < n; i++) {
		struct service_account a;

		TRY(service_account_get(rq->tx, mine[i].corp, mine[i].account, &a));
		TRY(view_service_of(rq->tx, PERSON_MEMBER, &a, &mine[i],
			&out->mine.v[i]));
	}
	return OK;
}

/* Each customer once: what he served last and has ended. */
static enum err put_ended(struct req *rq, struct service_desk_out *out)
{
	struct service_session *list;
	size_t n;

	TRY(service_history(rq->tx, rq->cx->actor.corp, rq->cx->actor.id, 0,
		HISTORY_DEFAULT, &list, &n));
	out->ended.v = ARENA_ARRAY(rq->cx->mem, struct view_service, n);
	for (size_t i = 0; i < n; i++) {
		struct service_account a;
		struct visit v;
		bool found;

		TRY(service_account_get(rq->tx, list[i].corp, list[i].account, &a));
		TRY(visit_find(rq->tx, &a, list[i].customer, &v, &found));
		if (found && v.session == list[i].session && v.state == STATE_ENDED)
			TRY(view_service_of(rq->tx, PERSON_MEMBER, &a, &v,
				&out->ended.v[out->ended.n++]));
	}
	return OK;
}

static enum err service_desk(struct req *rq)
{
	struct service_desk_out *out = rq->out;
	struct service_account *accounts;
	size_t n;

	TRY(servicer_accounts(rq->tx, rq->cx->actor.corp, rq->cx->actor.id, &accounts,
		&n));
	out->accounts.v = ARENA_ARRAY(rq->cx->mem, struct view_service_account, n);
	out->accounts.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(put_account(rq, &accounts[i], &out->accounts.v[i]));
	TRY(put_mine(rq, out));
	return put_ended(rq, out);
}

/* ---- acting ---- */

/* An account at which the asker serves. */
static enum err find_account(struct req *rq, str open_kfid, struct service_account *a)
{
	struct servicing s;
	bool is;

	TRY(service_account_by_open(rq->tx, rq->cx->actor.corp, open_kfid, a));
	TRY(servicer_find(rq->tx, a, rq->cx->actor.id, &s, &is));
	return is ? OK : why(rq->cx, ERR_FORBIDDEN, "you do not serve there");
}

static enum err find_customer(struct req *rq, const struct service_take_in *in,
	struct service_account *a, struct visit *v)
{
	struct customer c;
	bool found;

	TRY(find_account(rq, in->open_kfid, a));
	TRY(customer_by_external(rq->tx, a->corp, in->external_userid, &c));
	TRY(visit_find(rq->tx, a, c.customer, v, &found));
	return found ? OK : why(rq->cx, ERR_NOT_FOUND, "external_userid");
}

/* The consultation of a chat, which the asker serves. */
static enum err find_served(struct req *rq, str name, struct service_account *a,
	struct visit *v)
{
	struct viewer viewer = viewer_of(rq->cx);
	struct person me;
	int64_t corp, chat;

	TRY(viewer_chat(rq->tx, &viewer, name, &corp, &chat, &me));
	TRY(visit_by_chat(rq->tx, corp, chat, v));
	if (v->servicer != me.id)
		return why(rq->cx, ERR_FORBIDDEN, "somebody else serves him");
	return service_account_get(rq->tx, corp, v->account, a);
}

static enum err show(struct req *rq, const struct service_account *a, struct visit *v)
{
	struct service_take_out *out = rq->out;

	TRY(visit_by_chat(rq->tx, v->corp, v->chat, v));
	out->service = ARENA_NEW(rq->cx->mem, struct view_service);
	return view_service_of(rq->tx, PERSON_MEMBER, a, v, out->service);
}

/* Of two who take the same customer, one does. */
static enum err service_take(struct req *rq)
{
	struct service_account a;
	struct visit v;
	str code;

	TRY(find_customer(rq, rq->in, &a, &v));
	if (v.state == STATE_SERVED)
		return why(rq->cx, ERR_CONFLICT, "a colleague was faster");
	TRY(service_move(rq->tx, &a, &v, STATE_SERVED, rq->cx->actor.id, BY_PEOPLE,
		&code));
	return show(rq, &a, &v);
}

static enum err service_resumed(struct req *rq)
{
	struct service_account a;
	struct visit v;

	TRY(find_customer(rq, rq->in, &a, &v));
	TRY(service_resume(rq->tx, &a, &v, rq->cx->actor.id));
	return show(rq, &a, &v);
}

static enum err service_transfer(struct req *rq)
{
	const struct service_transfer_in *in = rq->in;
	struct service_account a;
	struct member m;
	struct visit v;
	str code;

	TRY(find_served(rq, in->chat, &a, &v));
	TRY(member_by_userid(rq->tx, a.corp, in->userid, &m));
	return service_move(rq->tx, &a, &v, STATE_SERVED, m.member, BY_PEOPLE, &code);
}

static enum err service_status(struct req *rq)
{
	const struct service_status_in *in = rq->in;
	struct service_account a;
	bool stopped = !str_is(in->status, "receiving");

	TRY(find_account(rq, in->open_kfid, &a));
	if (stopped && !str_is(in->status, "suspended") && !str_is(in->status, "stopped"))
		return why(rq->cx, ERR_INVALID_ARGUMENT,
			"field `status`: receiving, suspended or stopped");
	return service_receive(rq->tx, &a, rq->cx->actor.id, stopped,
		str_is(in->status, "suspended"));
}

static enum err service_rejected(struct req *rq)
{
	const struct service_rejected_in *in = rq->in;
	struct service_account a;
	struct visit v;

	TRY(find_served(rq, in->chat, &a, &v));
	TRY(service_reject(rq->tx, &a, &v, rq->cx->actor.id, in->on));
	return show(rq, &a, &v);
}

static enum err service_invite(struct req *rq)
{
	const struct service_invite_in *in = rq->in;
	struct service_account a;
	struct visit v;

	TRY(find_served(rq, in->chat, &a, &v));
	TRY(service_offer_self(rq->tx, &a, &v, rq->cx->actor.id, in->wording));
	return show(rq, &a, &v);
}

static enum err service_colleagues(struct req *rq)
{
	const struct service_colleagues_in *in = rq->in;
	struct service_colleagues_out *out = rq->out;
	struct service_account a;
	struct servicing *members;
	size_t n;

	TRY(find_account(rq, in->open_kfid, &a));
	TRY(servicer_members(rq->tx, &a, &members, &n));
	n = n < LIST_MAX ? n : LIST_MAX;
	out->colleagues.v = ARENA_ARRAY(rq->cx->mem, struct view_service_colleague, n);
	for (size_t i = 0; i < n; i++) {
		struct view_service_colleague *c = &out->colleagues.v[out->colleagues.n];
		struct member m;

		TRY(member_get(rq->tx, a.corp, members[i].member, &m));
		if (m.status != MEMBER_ACTIVE || m.member == rq->cx->actor.id)
			continue;
		*c = (struct view_service_colleague){ .userid = m.userid,
			.name = m.name,
			.avatar = view_avatar(rq->cx->mem, a.corp, m.avatar),
			.receives = !members[i].stopped };
		out->colleagues.n++;
	}
	return OK;
}

const struct route service_desk_routes[] = {
	GET("/v1/service/desk", service_desk, member, READS,
		"Accounts one serves at, their queues, and one's own consultations"),
	GET("/v1/service/colleagues", service_colleagues, member, READS,
		"Who else serves at an account"),
	POST("/v1/service/take", service_take, member, WRITES,
		"Take a customer from the queue"),
	POST("/v1/service/resume", service_resumed, member, WRITES,
		"Serve again whom one served, after the end"),
	POST("/v1/service/transfer", service_transfer, member, WRITES,
		"Pass a customer on to a colleague"),
	POST("/v1/service/status", service_status, member, WRITES,
		"Receive customers, or stop for a while or for good"),
	POST("/v1/service/reject", service_rejected, member, WRITES,
		"Refuse a customer's messages, or take them again"),
	POST("/v1/service/invite", service_invite, member, WRITES,
		"Offer oneself to the customer, to be added"),
	LAST_ROUTE,
};
