/*
 * api/externalcontact/acquisition.c - links that bring customers, over HTTP
 * (documents 97297, 97298, 97375, 100130).
 *
 * An app sees the links it made.  The secret of customer contact itself may not call
 * these rows, as in WeCom.
 */
#include "api/api.h"
#include "api/externalcontact/follower.h"
#include "base/ids.h"
#include "core/acquisition/arrival.h"
#include "core/acquisition/quota.h"
#include "core/customer/way_link.h"

enum { LINKS_MAX = 100, CUSTOMERS_MAX = 1000, QUOTAS_MAX = 1000, DAY_S = 24 * 3600 };
enum { CHAT_SILENT = 0, CHAT_WROTE = 1 };

#define LINK_ID(F) F(octets, link_id, OPTIONAL, 0, 64, "The link; required")

#define LIST_IN(F, SUB)                                                                  \
	F(int, limit, OPTIONAL | CLAMP, 0, LINKS_MAX, "100 if absent, at most 100")      \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")
SHAPE(acq_list_in, LIST_IN)
#define LIST_OUT(F, SUB)                                                                 \
	F(texts, link_id_list, ALWAYS, 0, LINKS_MAX, "Links of this app, newest first")  \
	F(octets, next_cursor, ALWAYS, 0, 64, "Empty at the end")
SHAPE(acq_list_out, LIST_OUT)

#define RANGE(F, SUB)                                                                    \
	F(texts, user_list, SOMETIMES, 0, 500, "userids")                                \
	F(ints, department_list, SOMETIMES, 0, 500, "Departments, with all below them")
SHAPE(acq_range, RANGE)
#define PRIORITY(F, SUB)                                                                 \
	F(int, priority_type, SOMETIMES, 0, INT32_MAX,                                   \
		"Customers of the corp stay with who serves them: 1 whoever, "           \
		"2 of the list")                                                         \
	F(texts, priority_userid_list, SOMETIMES, 0, ACQ_PRIORITY_MAX, "userids; type 2")
SHAPE(acq_priority_option, PRIORITY)

#define GET_IN(F, SUB) LINK_ID(F)
SHAPE(acq_get_in, GET_IN)
#define LINK_SHOWN(F, SUB)                                                               \
	F(text, link_name, ALWAYS, 0, 64, "Its name")                                    \
	F(octets, url, ALWAYS, 0, 2048, "Where customers go")                            \
	F(time, create_time, ALWAYS, 0, INT64_MAX, "Unix seconds")                       \
	F(flag, skip_verify, ALWAYS, 0, 1, "Nobody needs to confirm")                    \
	F(flag, mark_source, ALWAYS, 0, 1, "Shows where the customer came from")
SHAPE(acq_link_shown, LINK_SHOWN)
#define GET_OUT(F, SUB)                                                                  \
	SUB(object, link, acq_link_shown, ALWAYS, 0, 0, "The link")                      \
	SUB(object, range, acq_range, ALWAYS, 0, 0, "Whom it leads to")                  \
	SUB(object, priority_option, acq_priority_option, SOMETIMES, 0, 0,               \
		"Who comes first")
SHAPE(acq_get_out, GET_OUT)

/* The name is bounded loosely: core has a number of its own for it. */
#define LINK_FIELDS(F, SUB)                                                              \
	F(text, link_name, OPTIONAL, 0, 1024, "At most 30 characters")                   \
	SUB(object, range, acq_range, OPTIONAL, 0, 0,                                    \
		"Whom it leads to, at most 500 members; replaces")                       \
	F(flag, skip_verify, OPTIONAL, 0, 1, "Nobody needs to confirm; true if absent")  \
	SUB(object, priority_option, acq_priority_option, OPTIONAL, 0, 0,                \
		"Who comes first; replaces")                                             \
	F(flag, mark_source, OPTIONAL, 0, 1,                                             \
		"Show where the customer came from; true if absent")
#define CREATE_IN(F, SUB) LINK_FIELDS(F, SUB)
SHAPE(acq_create_in, CREATE_IN)
#define CREATED(F, SUB)                                                                  \
	F(octets, link_id, ALWAYS, 0, 64, "Its id")                                      \
	F(text, link_name, ALWAYS, 0, 64, "Its name")                                    \
	F(octets, url, ALWAYS, 0, 2048,                                                  \
		"Where customers go; customer_channel in its query comes back as state") \
	F(time, create_time, ALWAYS, 0, INT64_MAX, "Unix seconds")
SHAPE(acq_created, CREATED)
#define CREATE_OUT(F, SUB) SUB(object, link, acq_created, ALWAYS, 0, 0, "The link")
SHAPE(acq_create_out, CREATE_OUT)

#define UPDATE_IN(F, SUB)                                                                \
	LINK_ID(F)                                                                       \
	LINK_FIELDS(F, SUB)
SHAPE(acq_update_in, UPDATE_IN)
NO_OUT(acq_update)
#define acq_delete_in_shape acq_get_in_shape
NO_OUT(acq_delete)

#define CUSTOMER_IN(F, SUB)                                                              \
	LINK_ID(F)                                                                       \
	F(int, limit, OPTIONAL | CLAMP, 0, CUSTOMERS_MAX,                                \
		"1000 if absent, at most 1000")                                          \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")
SHAPE(acq_customer_in, CUSTOMER_IN)
#define CUSTOMER_ITEM(F, SUB)                                                            \
	F(octets, external_userid, ALWAYS, 0, 64, "The customer")                        \
	F(octets, userid, ALWAYS, 0, 64, "Whom he added")                                \
	F(int, chat_status, ALWAYS, 0, 2, "0 he is silent, 1 he wrote")                  \
	F(text, state, ALWAYS, 0, 128, "The channel he came by")
SHAPE(acq_customer_item, CUSTOMER_ITEM)
#define CUSTOMER_OUT(F, SUB)                                                             \
	SUB(list, customer_list, acq_customer_item, ALWAYS, 0, CUSTOMERS_MAX,            \
		"Who came, oldest first")                                                \
	F(octets, next_cursor, ALWAYS, 0, 64, "Empty at the end")
SHAPE(acq_customer_out, CUSTOMER_OUT)

NO_IN(acq_quota_read)
#define QUOTA_ITEM(F, SUB)                                                               \
	F(time, expire_date, ALWAYS, 0, INT64_MAX, "Unix seconds")                       \
	F(int, balance, ALWAYS, 0, INT64_MAX, "What is left of it")
SHAPE(acq_quota_item, QUOTA_ITEM)
#define QUOTA_OUT(F, SUB)                                                                \
	F(int, total, ALWAYS, 0, INT64_MAX, "Granted; 100000000 when there is no bound") \
	F(int, balance, ALWAYS, 0, INT64_MAX, "Left; the same when there is no bound")   \
	SUB(list, quota_list, acq_quota_item, ALWAYS, 0, QUOTAS_MAX, "By their end")
SHAPE(acq_quota_read_out, QUOTA_OUT)

#define STATISTIC_IN(F, SUB)                                                             \
	LINK_ID(F)                                                                       \
	F(time, start_time, REQUIRED, 0, UINT32_MAX, "A moment of the first day")        \
	F(time, end_time, REQUIRED, 0, UINT32_MAX, "A moment of the last day")
SHAPE(acq_statistic_in, STATISTIC_IN)
#define STATISTIC_OUT(F, SUB)                                                            \
	F(int, click_link_customer_cnt, ALWAYS, 0, INT64_MAX,                            \
		"Who opened it, each once a day")                                        \
	F(int, new_customer_cnt, ALWAYS, 0, INT64_MAX, "Who came by it")
SHAPE(acq_statistic_out, STATISTIC_OUT)

#define CHAT_IN(F, SUB)                                                                  \
	F(octets, chat_key, REQUIRED, 1, 128, "ChatKey of message_from_customer")
SHAPE(acq_chat_in, CHAT_IN)
#define CHAT_INFO(F, SUB)                                                                \
	F(int, recv_msg_cnt, ALWAYS, 0, INT64_MAX, "Messages the member got of him")     \
	F(octets, link_id, ALWAYS, 0, 64, "The link he came by")                         \
	F(text, state, ALWAYS, 0, 128, "And the channel")
SHAPE(acq_chat_info_shown, CHAT_INFO)
#define CHAT_OUT(F, SUB)                                                                 \
	F(octets, userid, ALWAYS, 0, 64, "The member")                                   \
	F(octets, external_userid, ALWAYS, 0, 64, "The customer")                        \
	SUB(object, chat_info, acq_chat_info_shown, ALWAYS, 0, 0, "Their chat")
SHAPE(acq_chat_out, CHAT_OUT)

static enum err find(struct req *rq, str link_id, struct acq_link *out)
{
	int64_t link;

	if (!acq_link_parse(link_id, &link))
		return why(rq->cx, ERR_INVALID_ARGUMENT, "link_id: no such link");
	TRY(acq_link_get(rq->tx, rq->cx->actor.corp, link, out));
	if (out->app != rq->cx->actor.id)
		return why(rq->cx, ERR_INVALID_ARGUMENT, "link_id: no such link");
	return OK;
}

/* ---- in ---- */

static enum err read_users(struct req *rq, const char *field, struct texts users,
	struct ints *out)
{
	out->v = ARENA_ARRAY(rq->cx->mem, int64_t, users.n);
	out->n = 0;
	for (size_t i = 0; i < users.n; i++) {
		struct member m;
		enum err err = ec_member(rq, users.v[i], &m);

		if (err == ERR_NO_USER || err == ERR_BAD_USERID)
			return why(rq->cx, ERR_BAD_USERID, "%s[%zu]: no such member",
				field, i);
		TRY(err);
		if (!ints_has(out, m.member))
			out->v[out->n++] = m.member;
	}
	return OK;
}

static enum err read_range(struct req *rq, const struct acq_range *range, struct way *w)
{
	const struct actor *app = &rq->cx->actor;

	TRY(read_users(rq, "range.user_list", range->user_list, &w->members));
	w->departments = range->department_list;
	for (size_t i = 0; i < w->departments.n; i++) {
		bool sees;

		TRY(app_sees_department(rq->tx, app->corp, app->id, w->departments.v[i],
			&sees));
		if (!sees)
			return why(rq->cx, ERR_NO_PRIVILEGE,
				"range.department_list[%zu]: outside the app's visible "
				"range",
				i);
	}
	return OK;
}

static enum err read_priority(struct req *rq, const struct acq_priority_option *p,
	struct acq_link *l)
{
	l->priority_type = (enum acq_priority)p->priority_type;
	l->priority = (struct ints){ 0 };
	if (p->priority_type != ACQ_PRIORITY_MEMBERS)
		return OK;
	return read_users(rq, "priority_option.priority_userid_list",
		p->priority_userid_list, &l->priority);
}

/* What create and update have in common; fields that did not come stay. */
#define READ_LINK(rq, in, l, w)                                                          \
	do {                                                                             \
		if (HAS(in, link_name))                                                  \
			(l)->name = str_trim((in)->link_name);                           \
		if (HAS(in, skip_verify))                                                \
			(w)->skip_verify = (in)->skip_verify;                            \
		if (HAS(in, mark_source))                                                \
			(w)->mark_source = (in)->mark_source;                            \
		if ((in)->range)                                                         \
			TRY(read_range((rq), (in)->range, (w)));                         \
		if ((in)->priority_option)                                               \
			TRY(read_priority((rq), (in)->priority_option, (l)));            \
	} while (0)

static str url_of(struct req *rq, const struct way *w)
{
	return arena_printf(rq->cx->mem, "%.*s/c/%.*s", STR_FMT(rq->house->public_url),
		STR_FMT(w->code));
}

static enum err acq_create(struct req *rq)
{
	const struct acq_create_in *in = rq->in;
	struct acq_create_out *out = rq->out;
	struct acq_link l = { .corp = rq->cx->actor.corp, .app = rq->cx->actor.id };
	struct way w = { .corp = l.corp, .skip_verify = true, .mark_source = true };

	if (!in->range)
		return why(rq->cx, ERR_INVALID_ARGUMENT, "range: missing");
	READ_LINK(rq, in, &l, &w);
	TRY(way_link_add(rq->tx, &l, &w));
	out->link = ARENA_NEW(rq->cx->mem, struct acq_created);
	out->link->link_id = acq_link_id(rq->cx->mem, l.link);
	out->link->link_name = l.name;
	out->link->url = url_of(rq, &w);
	out->link->create_time = l.created_ms / 1000;
	return OK;
}

static enum err acq_update(struct req *rq)
{
	const struct acq_update_in *in = rq->in;
	struct acq_link l;
	struct way w;

	TRY(find(rq, in->link_id, &l));
	TRY(way_link_way(rq->tx, l.corp, l.link, &w));
	READ_LINK(rq, in, &l, &w);
	return way_link_set(rq->tx, &l, &w);
}

static enum err acq_delete(struct req *rq)
{
	const struct acq_get_in *in = rq->in;
	struct acq_link l;

	TRY(find(rq, in->link_id, &l));
	return way_link_drop(rq->tx, &l, false);
}

/* ---- out ---- */

static enum err fill_users(struct req *rq, struct ints members, struct texts *out)
{
	out->v = ARENA_ARRAY(rq->cx->mem, str, members.n);
	for (size_t i = 0; i < members.n; i++) {
		struct member m;

		TRY(member_get(rq->tx, rq->cx->actor.corp, members.v[i], &m));
		if (m.status != MEMBER_LEFT)
			out->v[out->n++] = m.userid;
	}
	return OK;
}

static enum err acq_get(struct req *rq)
{
	const struct acq_get_in *in = rq->in;
	struct acq_get_out *out = rq->out;
	struct acq_link l;
	struct way w;

	TRY(find(rq, in->link_id, &l));
	TRY(way_link_way(rq->tx, l.corp, l.link, &w));
	out->link = ARENA_NEW(rq->cx->mem, struct acq_link_shown);
	out->link->link_name = l.name;
	out->link->url = url_of(rq, &w);
	out->link->create_time = l.created_ms / 1000;
	out->link->skip_verify = w.skip_verify;
	out->link->mark_source = w.mark_source;
	out->range = ARENA_NEW(rq->cx->mem, struct acq_range);
	out->range->department_list = w.departments;
	TRY(fill_users(rq, w.members, &out->range->user_list));
	if (!l.priority_type)
		return OK;
	out->priority_option = ARENA_NEW(rq->cx->mem, struct acq_priority_option);
	out->priority_option->priority_type = l.priority_type;
	return fill_users(rq, l.priority, &out->priority_option->priority_userid_list);
}

static enum err read_cursor(struct req *rq, str cursor, const char *prefix, int64_t *out)
{
	*out = 0;
	if (cursor.n && !id_parse(cursor, prefix, out))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	return OK;
}

static enum err acq_list(struct req *rq)
{
	const struct acq_list_in *in = rq->in;
	struct acq_list_out *out = rq->out;
	size_t limit = in->limit ? (size_t)in->limit : LINKS_MAX, n;
	struct acq_link *links;
	int64_t before;

	TRY(read_cursor(rq, in->cursor, "l", &before));
	TRY(acq_link_page(rq->tx, rq->cx->actor.corp, rq->cx->actor.id, before,
		(int64_t)limit + 1, &links, &n));
	if (n > limit) {
		n = limit;
		out->next_cursor = id_text(rq->cx->mem, "l", links[n - 1].link);
	}
	out->link_id_list.v = ARENA_ARRAY(rq->cx->mem, str, n);
	out->link_id_list.n = n;
	for (size_t i = 0; i < n; i++)
		out->link_id_list.v[i] = acq_link_id(rq->cx->mem, links[i].link);
	return OK;
}

static enum err acq_customer(struct req *rq)
{
	const struct acq_customer_in *in = rq->in;
	struct acq_customer_out *out = rq->out;
	size_t limit = in->limit ? (size_t)in->limit : CUSTOMERS_MAX, n;
	struct acq_person *people;
	struct acq_link l;
	int64_t after;

	TRY(find(rq, in->link_id, &l));
	TRY(read_cursor(rq, in->cursor, "a", &after));
	TRY(acq_customers(rq->tx, l.corp, l.link, after, (int64_t)limit + 1, &people,
		&n));
	if (n > limit) {
		n = limit;
		out->next_cursor = id_text(rq->cx->mem, "a", people[n - 1].entry);
	}
	out->customer_list.v = ARENA_ARRAY(rq->cx->mem, struct acq_customer_item, n);
	out->customer_list.n = n;
	for (size_t i = 0; i < n; i++) {
		struct acq_customer_item *item = &out->customer_list.v[i];
		struct member m;

		TRY(member_get(rq->tx, l.corp, people[i].member, &m));
		item->external_userid = people[i].external_userid;
		item->userid = m.userid;
		item->chat_status = people[i].said ? CHAT_WROTE : CHAT_SILENT;
		item->state = people[i].channel;
	}
	return OK;
}

static enum err acq_quota_read(struct req *rq)
{
	struct acq_quota_read_out *out = rq->out;
	struct acq_quotas q;

	TRY(acq_quotas(rq->tx, rq->cx->actor.corp, &q));
	out->total = q.bounded ? q.total : ACQ_UNBOUNDED;
	out->balance = q.bounded ? q.balance : ACQ_UNBOUNDED;
	out->quota_list.v = ARENA_ARRAY(rq->cx->mem, struct acq_quota_item, q.n);
	out->quota_list.n = q.n;
	for (size_t i = 0; i < q.n; i++) {
		out->quota_list.v[i].expire_date = q.v[i].expires_ms / 1000;
		out->quota_list.v[i].balance = q.v[i].balance;
	}
	return OK;
}

static enum err check_days(struct req *rq, int64_t from, int64_t to)
{
	int64_t today = acq_day_of(rq->cx->now_ms);

	if (from > to)
		return why(rq->cx, ERR_INVALID_ARGUMENT,
			"start_time: later than end_time");
	if (from < today - ACQ_STAT_DAYS)
		return why(rq->cx, ERR_INVALID_ARGUMENT,
			"start_time: at most %d days ago", ACQ_STAT_DAYS);
	if (to - from >= ACQ_STAT_SPAN)
		return why(rq->cx, ERR_INVALID_ARGUMENT, "end_time: at most %d days",
			ACQ_STAT_SPAN);
	return OK;
}

static enum err acq_statistic(struct req *rq)
{
	const struct acq_statistic_in *in = rq->in;
	struct acq_statistic_out *out = rq->out;
	int64_t from = acq_day_of(in->start_time * 1000),
		to = acq_day_of(in->end_time * 1000);
	struct acq_day *days;
	struct acq_link l;
	size_t n;

	TRY(find(rq, in->link_id, &l));
	TRY(check_days(rq, from, to));
	TRY(acq_days(rq->tx, l.corp, l.link, from, to, &days, &n));
	for (size_t i = 0; i < n; i++) {
		out->click_link_customer_cnt += days[i].clicks;
		out->new_customer_cnt += days[i].adds;
	}
	return OK;
}

static enum err acq_chat(struct req *rq)
{
	const struct acq_chat_in *in = rq->in;
	struct acq_chat_out *out = rq->out;
	struct acq_chat_info info;
	struct acq_link l;
	struct member m;

	TRY(acq_chat_info(rq->tx, rq->cx->actor.corp, in->chat_key, &info));
	TRY(acq_link_get(rq->tx, rq->cx->actor.corp, info.link, &l));
	if (l.app && l.app != rq->cx->actor.id)
		return why(rq->cx, ERR_INVALID_ARGUMENT, "chat_key: of another app");
	TRY(member_get(rq->tx, l.corp, info.member, &m));
	out->userid = m.userid;
	out->external_userid = info.external_userid;
	out->chat_info = ARENA_NEW(rq->cx->mem, struct acq_chat_info_shown);
	out->chat_info->recv_msg_cnt = info.said;
	out->chat_info->link_id = acq_link_id(rq->cx->mem, l.link);
	out->chat_info->state = info.channel;
	return OK;
}

#define PATH "/cgi-bin/externalcontact/customer_acquisition"

const struct route acquisition_routes[] = {
	POST(PATH "/list_link", acq_list, acquisition, READS,
		"Page over the links this app made"),
	POST(PATH "/get", acq_get, acquisition, READS, "Read one link"),
	POST(PATH "/create_link", acq_create, acquisition, WRITES,
		"Make a link that brings customers"),
	POST(PATH "/update_link", acq_update, acquisition, WRITES, "Change a link"),
	POST(PATH "/delete_link", acq_delete, acquisition, WRITES, "Delete a link"),
	POST(PATH "/customer", acq_customer, acquisition, READS,
		"Page over the customers who came by a link"),
	GET(PATH "_quota", acq_quota_read, acquisition, READS,
		"How many more customers links may bring"),
	POST(PATH "/statistic", acq_statistic, acquisition, READS,
		"How often a link was opened, and who came by it"),
	POST(PATH "/get_chat_info", acq_chat, acquisition, READS,
		"What a ChatKey stands for"),
	LAST_ROUTE,
};
