/*
 * client/admin_corp.c - the company: numbers, settings, audit.
 */
#include <time.h>

#include "client/client.h"
#include "core/account/audit.h"
#include "core/app/app.h"
#include "core/callback/callback.h"
#include "core/chat/chat.h"
#include "core/customer/customer.h"

NO_IN(admin_overview)
#define ADMIN_OVERVIEW_OUT(F, SUB)                                                       \
	F(int, members, ALWAYS, 0, INT64_MAX, "Who has not left")                        \
	F(int, active_members, ALWAYS, 0, INT64_MAX, "Of them, who has signed in")       \
	F(int, customers, ALWAYS, 0, INT64_MAX, "Customers of the company")              \
	F(int, apps, ALWAYS, 0, INT64_MAX, "Business apps")                              \
	F(int, messages_today, ALWAYS, 0, INT64_MAX, "Since midnight of the server")     \
	F(int, callbacks_waiting, ALWAYS, 0, INT64_MAX, "Callbacks yet to be delivered") \
	F(int, callbacks_parked, ALWAYS, 0, INT64_MAX, "Callbacks given up")             \
	F(text, version, ALWAYS, 0, 32, "Of the server")
SHAPE(admin_overview_out, ADMIN_OVERVIEW_OUT)

#define ADMIN_CORP(F, SUB)                                                               \
	F(octets, corpid, ALWAYS, 0, 64, "The company's id")                             \
	F(text, name, ALWAYS, 0, 64, "Its name")                                         \
	F(flag, verified, ALWAYS, 0, 1, "Its name has been verified")                    \
	F(text, welcome, ALWAYS, 0, 1000, "What new customers are told, if no app does") \
	F(flag, allow_private_callbacks, ALWAYS, 0, 1, "Callbacks to private addresses") \
	F(flag, sync_reads_ids, ALWAYS, 0, 1, "The contact-sync secret reads ids only")  \
	F(flag, handover_at_once, ALWAYS, 0, 1, "Handovers do not wait for a day")
SHAPE(admin_corp_item, ADMIN_CORP)
#define ADMIN_CORP_OUT(F, SUB)                                                           \
	SUB(object, corp, admin_corp_item, ALWAYS, 0, 0, "The company")
SHAPE(admin_corp_out, ADMIN_CORP_OUT)
NO_IN(admin_corp)
#define ADMIN_CORP_SET_IN(F, SUB)                                                        \
	F(text, name, OPTIONAL, 1, 64, "Its name")                                       \
	F(text, welcome, OPTIONAL, 0, 1000,                                              \
		"What new customers are told, if no app does")                           \
	F(flag, allow_private_callbacks, OPTIONAL, 0, 1,                                 \
		"Callbacks to private addresses")                                        \
	F(flag, sync_reads_ids, OPTIONAL, 0, 1,                                          \
		"The contact-sync secret reads ids only")                                \
	F(flag, handover_at_once, OPTIONAL, 0, 1, "Handovers do not wait for a day")
SHAPE(admin_corp_set_in, ADMIN_CORP_SET_IN)
#define admin_corp_set_out_shape admin_corp_out_shape

#define ADMIN_AUDIT_IN(F, SUB)                                                           \
	F(id, cursor, OPTIONAL, 0, INT64_MAX, "next_cursor of the page before")          \
	F(int, limit, OPTIONAL | CLAMP, 1, 200, "At most so many; 50 if absent")
SHAPE(admin_audit_in, ADMIN_AUDIT_IN)
#define AUDIT_ITEM(F, SUB)                                                               \
	F(time, time, ALWAYS, 0, INT64_MAX, "Unix milliseconds")                         \
	F(text, actor, ALWAYS, 0, 128, "member:USERID, app:AGENTID or operator")         \
	F(octets, verb, ALWAYS, 0, 64, "What was done: member.disable")                  \
	F(text, object, ALWAYS, 0, 128, "To what: member:USERID")                        \
	F(text, detail, ALWAYS, 0, 2048, "In words")
SHAPE(audit_item, AUDIT_ITEM)
#define ADMIN_AUDIT_OUT(F, SUB)                                                          \
	SUB(list, entries, audit_item, ALWAYS, 0, 200, "Newest first")                   \
	F(id, next_cursor, SOMETIMES, 0, INT64_MAX,                                      \
		"For the next page; absent at the end")
SHAPE(admin_audit_out, ADMIN_AUDIT_OUT)

static int64_t midnight_ms(int64_t now_ms)
{
	time_t now = (time_t)(now_ms / 1000);
	struct tm day;

	/* Without mktime, which reads the zone anew at each call and frees what it knew:
	 * on a day when clocks change this is an hour off, for a number on a page. */
	localtime_r(&now, &day);
	now -= ((time_t)day.tm_hour * 60 + day.tm_min) * 60 + day.tm_sec;
	return (int64_t)now * 1000;
}

static enum err admin_overview(struct req *rq)
{
	struct admin_overview_out *out = rq->out;
	int64_t corp = rq->cx->actor.corp;
	struct member_counts members;
	struct app *apps;
	size_t n;

	TRY(member_counts(rq->tx, corp, &members));
	out->members = members.all;
	out->active_members = members.active;
	TRY(customer_count(rq->tx, corp, &out->customers));
	TRY(app_all(rq->tx, corp, &apps, &n));
	for (size_t i = 0; i < n; i++)
		out->apps += apps[i].kind == APP_BUSINESS;
	TRY(chat_count_since(rq->tx, corp, midnight_ms(rq->cx->now_ms),
		&out->messages_today));
	TRY(callback_count(rq->tx, corp, OUTBOX_WAITING, &out->callbacks_waiting));
	TRY(callback_count(rq->tx, corp, OUTBOX_PARKED, &out->callbacks_parked));
	out->version = str_of(rq->house->version);
	return OK;
}

static enum err admin_corp(struct req *rq)
{
	struct admin_corp_out *out = rq->out;
	struct corp c;

	TRY(corp_get(rq->tx, rq->cx->actor.corp, &c));
	out->corp = ARENA_NEW(rq->cx->mem, struct admin_corp_item);
	out->corp->corpid = c.corpid;
	out->corp->name = c.name;
	out->corp->verified = c.verified;
	out->corp->welcome = c.welcome;
	out->corp->allow_private_callbacks = c.allow_private_callbacks;
	out->corp->sync_reads_ids = c.sync_reads_ids;
	out->corp->handover_at_once = c.handover_at_once;
	return OK;
}

static enum err admin_corp_set(struct req *rq)
{
	const struct admin_corp_set_in *in = rq->in;
	struct buf changed;
	struct corp c;

	TRY(corp_get(rq->tx, rq->cx->actor.corp, &c));
	buf_init(&changed, rq->cx->mem, 128);
	if (HAS(in, name)) {
		c.name = in->name;
		buf_lit(&changed, "name ");
	}
	if (HAS(in, welcome)) {
		c.welcome = in->welcome;
		buf_lit(&changed, "welcome ");
	}
	if (HAS(in, allow_private_callbacks)) {
		c.allow_private_callbacks = in->allow_private_callbacks;
		buf_printf(&changed, "allow_private_callbacks=%d ",
			c.allow_private_callbacks);
	}
	if (HAS(in, sync_reads_ids)) {
		c.sync_reads_ids = in->sync_reads_ids;
		buf_printf(&changed, "sync_reads_ids=%d ", c.sync_reads_ids);
	}
	if (HAS(in, handover_at_once)) {
		c.handover_at_once = in->handover_at_once;
		buf_printf(&changed, "handover_at_once=%d ", c.handover_at_once);
	}
	TRY(corp_set(rq->tx, &c));
	TRY(audit_add(rq->tx, c.corp, "corp.set",
		arena_printf(rq->cx->mem, "corp:%.*s", STR_FMT(c.corpid)),
		str_trim(buf_str(&changed))));
	return admin_corp(rq);
}

static enum err admin_audit(struct req *rq)
{
	const struct admin_audit_in *in = rq->in;
	struct admin_audit_out *out = rq->out;
	int64_t limit = in->limit ? in->limit : 50;
	struct audit_entry *entries;
	size_t n;

	/* One more than wanted tells whether there are more. */
	TRY(audit_page(rq->tx, rq->cx->actor.corp, in->cursor, limit + 1, &entries, &n));
	if (n > (size_t)limit) {
		n = (size_t)limit;
		out->next_cursor = entries[n - 1].entry;
	}
	out->entries.v = ARENA_ARRAY(rq->cx->mem, struct audit_item, n);
	out->entries.n = n;
	for (size_t i = 0; i < n; i++) {
		struct audit_item *item = &out->entries.v[i];

		item->time = entries[i].time_ms;
		item->actor = entries[i].actor;
		item->verb = entries[i].verb;
		item->object = entries[i].object;
		item->detail = entries[i].detail;
	}
	return OK;
}

const struct route admin_corp_routes[] = {
	GET("/v1/admin/overview", admin_overview, admin, READS, "The company in numbers"),
	GET("/v1/admin/corp", admin_corp, admin, READS, "The company's settings"),
	POST("/v1/admin/corp", admin_corp_set, admin, WRITES,
		"Change the company's settings"),
	GET("/v1/admin/audit", admin_audit, admin, READS, "What administrators did"),
	LAST_ROUTE,
};
