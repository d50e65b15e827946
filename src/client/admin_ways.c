/*
 * client/admin_ways.c - the company's codes and acquisition links, in the console.
 *
 * Both are one list of one shape: a link is a way with a quota and numbers by day.
 */
#include "base/ids.h"
#include "client/card.h"
#include "client/client.h"
#include "core/account/audit.h"
#include "core/acquisition/arrival.h"
#include "core/acquisition/quota.h"
#include "core/customer/way_link.h"
#include "core/customer/way_turn.h"

enum { PAGE = 50, RANGE_MAX = 500, DAYS = 30 };
#define DAY_MS (INT64_C(24) * 3600 * 1000)

#define PERSON(F, SUB)                                                                   \
	F(octets, userid, ALWAYS, 0, 64, "His userid")                                   \
	F(text, name, ALWAYS, 0, 64, "His name")                                         \
	F(int, today, ALWAYS, 0, INT64_MAX, "Customers he got by it today")              \
	F(int, total, ALWAYS, 0, INT64_MAX, "And ever")
SHAPE(way_person, PERSON)
#define SHIFT(F, SUB)                                                                    \
	F(octets, userid, SOMETIMES, 0, 64, "Who; or")                                   \
	F(int, party, SOMETIMES, 0, INT64_MAX, "which department")                       \
	F(int, days, ALWAYS, 0, 127, "Bit 0 Monday … bit 6 Sunday")                      \
	F(int, from, ALWAYS, 0, 1440, "Minutes of the day")                              \
	F(int, to, ALWAYS, 0, 1440, "Before `from`: over midnight")
SHAPE(way_hours, SHIFT)

#define WAY_RULES(F)                                                                     \
	F(text, remark, OPTIONAL, 0, 120, "Its name, at most 30 characters")             \
	F(text, state, OPTIONAL, 0, 120, "Kept with who comes by it")                    \
	F(flag, skip_verify, OPTIONAL, 0, 1, "Members need not accept")                  \
	F(flag, disabled, OPTIONAL, 0, 1, "Takes nobody at the moment")                  \
	F(int, routing, OPTIONAL, 0, 2, "0 in turn, 1 the least busy, 2 on duty")        \
	F(flag, keeps_member, OPTIONAL, 0, 1, "Who served him before comes first")       \
	F(flag, off_duty_none, OPTIONAL, 0, 1, "Outside the shifts nobody is added")     \
	F(int, max_customers, OPTIONAL, 0, 100000000, "In all; 0 no bound")              \
	F(int, max_a_day, OPTIONAL, 0, 100000, "Of each member; 0 no bound")

#define ADMIN_WAY(F, SUB)                                                                \
	F(octets, id, ALWAYS, 0, 64, "Its name for these rows")                          \
	F(octets, kind, ALWAYS, 0, 8, "corp, app or link")                               \
	F(octets, code, ALWAYS, 0, 64, "The end of the link")                            \
	F(octets, url, ALWAYS, 0, 2048, "The link")                                      \
	F(int, added, ALWAYS, 0, INT64_MAX, "Customers who came by it")                  \
	F(time, created, ALWAYS, 0, INT64_MAX, "Unix milliseconds")                      \
	WAY_RULES(F)                                                                     \
	SUB(list, users, way_person, ALWAYS, 0, RANGE_MAX, "Members")                    \
	F(ints, parties, ALWAYS, 0, RANGE_MAX, "Departments")                            \
	SUB(list, shifts, way_hours, ALWAYS, 0, WAY_SHIFTS_MAX, "Who is on duty when")
SHAPE(admin_way, ADMIN_WAY)

#define WAYS_IN(F, SUB)                                                                  \
	F(octets, kind, REQUIRED, 1, 8, "corp, app or link")                             \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")
SHAPE(admin_ways_in, WAYS_IN)
#define WAYS_OUT(F, SUB)                                                                 \
	SUB(list, ways, admin_way, ALWAYS, 0, PAGE, "Newest first")                      \
	F(octets, next_cursor, SOMETIMES, 0, 64, "Absent at the end")
SHAPE(admin_ways_out, WAYS_OUT)

#define WAY_PUT_IN(F, SUB)                                                               \
	F(octets, id, OPTIONAL, 0, 64, "Which to change; absent: a new one")             \
	F(octets, kind, OPTIONAL, 0, 8, "Of a new one: corp or link")                    \
	WAY_RULES(F)                                                                     \
	F(texts, users, OPTIONAL, 0, RANGE_MAX, "userids; replaces")                     \
	F(ints, parties, OPTIONAL, 0, RANGE_MAX, "Departments; replaces")                \
	SUB(list, shifts, way_hours, OPTIONAL, 0, WAY_SHIFTS_MAX, "Replaces")
SHAPE(admin_way_put_in, WAY_PUT_IN)
#define WAY_PUT_OUT(F, SUB) SUB(object, way, admin_way, ALWAYS, 0, 0, "As it is now")
SHAPE(admin_way_put_out, WAY_PUT_OUT)

#define WAY_DROP_IN(F, SUB) F(octets, id, REQUIRED, 1, 64, "Which")
SHAPE(admin_way_drop_in, WAY_DROP_IN)
NO_OUT(admin_way_drop)

#define admin_way_days_in_shape admin_way_drop_in_shape
#define DAY(F, SUB)                                                                      \
	F(octets, day, ALWAYS, 0, 16, "Days since 1970")                                 \
	F(int, clicks, ALWAYS, 0, INT64_MAX, "Who opened it, each once")                 \
	F(int, adds, ALWAYS, 0, INT64_MAX, "Who came by it")
SHAPE(way_day, DAY)
#define DAYS_OUT(F, SUB)                                                                 \
	SUB(list, days, way_day, ALWAYS, 0, DAYS, "The last 30 that have any")
SHAPE(admin_way_days_out, DAYS_OUT)

NO_IN(admin_quota)
#define QUOTA(F, SUB)                                                                    \
	F(id, quota, ALWAYS, 1, INT64_MAX, "Its number")                                 \
	F(int, total, ALWAYS, 0, INT64_MAX, "Granted")                                   \
	F(int, balance, ALWAYS, 0, INT64_MAX, "Left")                                    \
	F(time, expires, ALWAYS, 0, INT64_MAX, "Unix milliseconds")
SHAPE(way_quota, QUOTA)
#define QUOTA_OUT(F, SUB)                                                                \
	F(flag, bounded, ALWAYS, 0, 1, "false: links bring as many as come")             \
	F(int, balance, ALWAYS, 0, INT64_MAX, "Left in all")                             \
	SUB(list, quotas, way_quota, ALWAYS, 0, ACQ_QUOTAS_MAX, "By their end")
SHAPE(admin_quota_out, QUOTA_OUT)
#define GRANT_IN(F, SUB)                                                                 \
	F(int, number, REQUIRED, 1, 10000000, "So many customers")                       \
	F(int, days, REQUIRED, 1, 3650, "Within so many days")
SHAPE(admin_quota_grant_in, GRANT_IN)
#define admin_quota_grant_out_shape admin_quota_out_shape
#define QUOTA_DROP_IN(F, SUB) F(id, quota, REQUIRED, 1, INT64_MAX, "Which")
SHAPE(admin_quota_drop_in, QUOTA_DROP_IN)
#define admin_quota_drop_out_shape admin_quota_out_shape

#define BADGES_IN(F, SUB) F(int, department, REQUIRED, 1, INT64_MAX, "With all below it")
SHAPE(admin_badges_in, BADGES_IN)
#define BADGES_OUT(F, SUB)                                                               \
	SUB(list, badges, view_card, ALWAYS, 0, RANGE_MAX,                               \
		"Members who serve customers, with their own codes")
SHAPE(admin_badges_out, BADGES_OUT)

/* ---- out ---- */

static const char *const kinds[] = { "app", "own", "corp", "link" };

static enum err fill_users(struct req *rq, const struct way *w, struct admin_way *out)
{
	struct way_load *loads;
	size_t n;

	TRY(way_loads(rq->tx, w, &loads, &n));
	out->users.v = ARENA_ARRAY(rq->cx->mem, struct way_person, w->members.n);
	for (size_t i = 0; i < w->members.n; i++) {
		struct way_person *p = &out->users.v[out->users.n++];
		struct member m;

		TRY(member_get(rq->tx, w->corp, w->members.v[i], &m));
		p->userid = m.userid;
		p->name = m.name;
		for (size_t j = 0; j < n; j++)
			if (loads[j].member == m.member) {
				p->today = loads[j].today;
				p->total = loads[j].total;
			}
	}
	return OK;
}

static enum err fill_shifts(struct req *rq, const struct way *w, struct admin_way *out)
{
	struct way_shift *shifts;
	size_t n;

	TRY(way_shifts(rq->tx, w, &shifts, &n));
	out->shifts.v = ARENA_ARRAY(rq->cx->mem, struct way_hours, n);
	out->shifts.n = n;
	for (size_t i = 0; i < n; i++) {
		struct way_hours *s = &out->shifts.v[i];
		struct member m;

		s->days = shifts[i].days;
		s->from = shifts[i].from_min;
		s->to = shifts[i].to_min;
		if (shifts[i].is_department) {
			s->party = shifts[i].target;
			continue;
		}
		TRY(member_get(rq->tx, w->corp, shifts[i].target, &m));
		s->userid = m.userid;
	}
	return OK;
}

static enum err fill(struct req *rq, const struct way *w, struct admin_way *out)
{
	*out = (struct admin_way){
		.id = id_text(rq->cx->mem, "y", w->way),
		.kind = str_of(kinds[w->kind]),
		.code = w->code,
		.url = card_url(rq, w),
		.added = w->added,
		.created = w->created_ms,
		.remark = w->remark,
		.state = w->state,
		.skip_verify = w->skip_verify,
		.disabled = w->disabled,
		.routing = w->routing,
		.keeps_member = w->keeps_member,
		.off_duty_none = w->off_duty_none,
		.max_customers = w->max_customers,
		.max_a_day = w->max_a_day,
		.parties = w->departments,
	};
	TRY(fill_users(rq, w, out));
	return fill_shifts(rq, w, out);
}

static enum err admin_ways(struct req *rq)
{
	const struct admin_ways_in *in = rq->in;
	struct admin_ways_out *out = rq->out;
	enum way_kind kind = str_is(in->kind, "link") ? WAY_OF_LINK
		: str_is(in->kind, "app")             ? WAY_BY_APP
						      : WAY_BY_CORP;
	int64_t before = 0;
	struct way *ways;
	size_t n;

	if (in->cursor.n && !id_parse(in->cursor, "y", &before))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	TRY(way_of_kind(rq->tx, rq->cx->actor.corp, kind, before, PAGE + 1, &ways, &n));
	if (n > PAGE) {
		n = PAGE;
		out->next_cursor = id_text(rq->cx->mem, "y", ways[n - 1].way);
	}
	out->ways.v = ARENA_ARRAY(rq->cx->mem, struct admin_way, n);
	out->ways.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(fill(rq, &ways[i], &out->ways.v[i]));
	return OK;
}

/* ---- in ---- */

static enum err find(struct req *rq, str id, struct way *out)
{
	int64_t way;

	if (!id_parse(id, "y", &way))
		return why(rq->cx, ERR_NOT_FOUND, "id: no such code");
	TRY(way_get(rq->tx, rq->cx->actor.corp, way, out));
	return out->kind == WAY_OWN ? why(rq->cx, ERR_NOT_FOUND, "id: a member's own")
				    : OK;
}

static enum err read_users(struct req *rq, struct texts users, struct ints *out)
{
	out->v = ARENA_ARRAY(rq->cx->mem, int64_t, users.n);
	out->n = 0;
	for (size_t i = 0; i < users.n; i++) {
		struct member m;

		TRY(member_by_userid(rq->tx, rq->cx->actor.corp, users.v[i], &m));
		if (!ints_has(out, m.member))
			out->v[out->n++] = m.member;
	}
	return OK;
}

static enum err read_rules(struct req *rq, struct way *w)
{
	const struct admin_way_put_in *in = rq->in;

	if (HAS(in, remark))
		w->remark = str_trim(in->remark);
	if (HAS(in, state))
		w->state = in->state;
	if (HAS(in, skip_verify))
		w->skip_verify = in->skip_verify;
	if (HAS(in, disabled))
		w->disabled = in->disabled;
	if (HAS(in, routing))
		w->routing = (enum way_routing)in->routing;
	if (HAS(in, keeps_member))
		w->keeps_member = in->keeps_member;
	if (HAS(in, off_duty_none))
		w->off_duty_none = in->off_duty_none;
	if (HAS(in, max_customers))
		w->max_customers = in->max_customers;
	if (HAS(in, max_a_day))
		w->max_a_day = in->max_a_day;
	if (HAS(in, users))
		TRY(read_users(rq, in->users, &w->members));
	if (HAS(in, parties))
		w->departments = in->parties;
	return OK;
}

static enum err put_shifts(struct req *rq, const struct way *w)
{
	const struct admin_way_put_in *in = rq->in;
	struct way_shift *shifts =
		ARENA_ARRAY(rq->cx->mem, struct way_shift, in->shifts.n);

	for (size_t i = 0; i < in->shifts.n; i++) {
		const struct way_hours *s = &in->shifts.v[i];
		struct member m;

		shifts[i] = (struct way_shift){ !s->userid.n, s->party, s->days, s->from,
			s->to };
		if (!s->userid.n)
			continue;
		TRY(member_by_userid(rq->tx, w->corp, s->userid, &m));
		shifts[i].target = m.member;
	}
	return way_set_shifts(rq->tx, w, shifts, in->shifts.n);
}

static enum err put(struct req *rq, struct way *w, bool is_new, bool is_link)
{
	struct acq_link l = { .corp = w->corp, .name = w->remark };

	if (!is_link)
		return is_new ? way_add(rq->tx, w) : way_set(rq->tx, w);
	if (is_new)
		return way_link_add(rq->tx, &l, w);
	TRY(acq_link_get(rq->tx, w->corp, w->link, &l));
	l.name = w->remark;
	return way_link_set(rq->tx, &l, w);
}

static enum err admin_way_put(struct req *rq)
{
	const struct admin_way_put_in *in = rq->in;
	struct admin_way_put_out *out = rq->out;
	bool is_new = !in->id.n, is_link = str_is(in->kind, "link");
	struct way w = { .corp = rq->cx->actor.corp,
		.type = WAY_MULTI,
		.scene = 2,
		.style = 1,
		.kind = WAY_BY_CORP,
		.skip_verify = true,
		.mark_source = true };

	if (!is_new) {
		TRY(find(rq, in->id, &w));
		is_link = w.kind == WAY_OF_LINK;
	}
	TRY(read_rules(rq, &w));
	TRY(put(rq, &w, is_new, is_link));
	TRY(way_get(rq->tx, w.corp, w.way, &w));
	if (HAS(in, shifts))
		TRY(put_shifts(rq, &w));
	TRY(audit_add(rq->tx, w.corp, is_new ? "way.add" : "way.set",
		arena_printf(rq->cx->mem, "way:%.*s", STR_FMT(w.code)), w.remark));
	out->way = ARENA_NEW(rq->cx->mem, struct admin_way);
	return fill(rq, &w, out->way);
}

static enum err admin_way_drop(struct req *rq)
{
	const struct admin_way_drop_in *in = rq->in;
	struct acq_link l;
	struct way w;

	TRY(find(rq, in->id, &w));
	TRY(audit_add(rq->tx, w.corp, "way.delete",
		arena_printf(rq->cx->mem, "way:%.*s", STR_FMT(w.code)), w.remark));
	if (!w.link)
		return way_drop_one(rq->tx, w.corp, w.way);
	TRY(acq_link_get(rq->tx, w.corp, w.link, &l));
	return way_link_drop(rq->tx, &l, true);
}

/* ---- badges ---- */

static enum err admin_badges(struct req *rq)
{
	const struct admin_badges_in *in = rq->in;
	struct admin_badges_out *out = rq->out;
	int64_t corp = rq->cx->actor.corp;
	struct ints ids;

	TRY(member_ids_in(rq->tx, corp, in->department, true, &ids));
	out->badges.v = ARENA_ARRAY(rq->cx->mem, struct view_card, RANGE_MAX);
	for (size_t i = 0; i < ids.n && out->badges.n < RANGE_MAX; i++) {
		struct member m;
		struct way w;

		TRY(member_get(rq->tx, corp, ids.v[i], &m));
		if (!m.serves_customers)
			continue;
		TRY(way_own(rq->tx, corp, m.member, &w));
		TRY(view_card_of(rq->tx, &w, &m, &out->badges.v[out->badges.n++]));
	}
	return OK;
}

/* ---- numbers ---- */

static enum err admin_way_days(struct req *rq)
{
	const struct admin_way_drop_in *in = rq->in;
	struct admin_way_days_out *out = rq->out;
	int64_t today = acq_day_of(rq->cx->now_ms);
	struct acq_day *days;
	struct way w;
	size_t n;

	TRY(find(rq, in->id, &w));
	TRY(acq_days(rq->tx, w.corp, w.link, today - DAYS + 1, today, &days, &n));
	out->days.v = ARENA_ARRAY(rq->cx->mem, struct way_day, n);
	out->days.n = n;
	for (size_t i = 0; i < n; i++) {
		out->days.v[i].day = arena_printf(rq->cx->mem, "%" PRId64, days[i].day);
		out->days.v[i].clicks = days[i].clicks;
		out->days.v[i].adds = days[i].adds;
	}
	return OK;
}

static enum err admin_quota(struct req *rq)
{
	struct admin_quota_out *out = rq->out;
	struct acq_quotas q;

	TRY(acq_quotas(rq->tx, rq->cx->actor.corp, &q));
	out->bounded = q.bounded;
	out->balance = q.balance;
	out->quotas.v = ARENA_ARRAY(rq->cx->mem, struct way_quota, q.n);
	out->quotas.n = q.n;
	for (size_t i = 0; i < q.n; i++)
		out->quotas.v[i] = (struct way_quota){ .quota = q.v[i].quota,
			.total = q.v[i].total,
			.balance = q.v[i].balance,
			.expires = q.v[i].expires_ms };
	return OK;
}

static enum err admin_quota_grant(struct req *rq)
{
	const struct admin_quota_grant_in *in = rq->in;
	int64_t corp = rq->cx->actor.corp;

	TRY(acq_quota_grant(rq->tx, corp, in->number,
		rq->cx->now_ms + in->days * DAY_MS));
	TRY(audit_add(rq->tx, corp, "quota.grant", STR("acquisition"),
		arena_printf(rq->cx->mem, "%" PRId64 " for %" PRId64 " days", in->number,
			in->days)));
	return admin_quota(rq);
}

static enum err admin_quota_drop(struct req *rq)
{
	const struct admin_quota_drop_in *in = rq->in;
	int64_t corp = rq->cx->actor.corp;

	TRY(acq_quota_drop(rq->tx, corp, in->quota));
	TRY(audit_add(rq->tx, corp, "quota.drop", STR("acquisition"), STR("")));
	return admin_quota(rq);
}

const struct route admin_way_routes[] = {
	GET("/v1/admin/ways", admin_ways, admin, READS, "The company's codes or links"),
	POST("/v1/admin/way", admin_way_put, admin, WRITES, "Make or change one"),
	POST("/v1/admin/way/delete", admin_way_drop, admin, WRITES, "Delete one"),
	POST("/v1/admin/badges", admin_badges, admin, WRITES,
		"Cards and own codes of a department, to be printed"),
	GET("/v1/admin/way/days", admin_way_days, admin, READS,
		"How often a link was opened, and who came, by day"),
	GET("/v1/admin/acquisition_quota", admin_quota, admin, READS,
		"How many more customers links may bring"),
	POST("/v1/admin/acquisition_quota/grant", admin_quota_grant, admin, WRITES,
		"Grant some, until a day"),
	POST("/v1/admin/acquisition_quota/drop", admin_quota_drop, admin, WRITES,
		"Take a grant back"),
	LAST_ROUTE,
};
