/*
 * api/externalcontact/statistic.c - what members did with customers, by days (document 92132).
 *
 * Several members are added up.  Rates and times that nothing stands behind are absent.
 */
#include "api/api.h"
#include "core/app/app.h"
#include "api/externalcontact/statistic.h"
#include "core/insight/insight.h"

enum { LIST_MAX = 100 };

#define BEHAVIOUR_IN(F, SUB)                                                             \
	F(texts, userid, OPTIONAL, 0, LIST_MAX, "Members")                               \
	F(ints, partyid, OPTIONAL, 0, LIST_MAX, "Departments, with all below them")      \
	F(time, start_time, REQUIRED, 0, INT32_MAX, "Unix seconds; the day it lies in")  \
	F(time, end_time, REQUIRED, 0, INT32_MAX,                                        \
		"The last day, at most 30 after the first; 180 days back")
SHAPE(get_user_behavior_data_in, BEHAVIOUR_IN)
#define BEHAVIOUR_ITEM(F, SUB)                                                           \
	F(time, stat_time, ALWAYS, 0, INT32_MAX, "When the day began")                   \
	F(int, new_apply_cnt, ALWAYS, 0, INT64_MAX, "Customers they were given")         \
	F(int, new_contact_cnt, ALWAYS, 0, INT64_MAX, "New customers")                   \
	F(int, chat_cnt, ALWAYS, 0, INT64_MAX, "Chats in which they wrote")              \
	F(int, message_cnt, ALWAYS, 0, INT64_MAX, "Messages they wrote")                 \
	F(real, reply_percentage, OPTIONAL, 0, 100,                                      \
		"Of the chats that customers began, how many were answered that day")    \
	F(int, avg_reply_time, OPTIONAL, 0, INT64_MAX, "Minutes until the first answer") \
	F(int, negative_feedback_cnt, ALWAYS, 0, INT64_MAX, "Customers who left them")
SHAPE(behaviour_item, BEHAVIOUR_ITEM)
#define BEHAVIOUR_OUT(F, SUB)                                                            \
	SUB(list, behavior_data, behaviour_item, ALWAYS, 0, INSIGHT_SPAN_DAYS + 1,       \
		"A row a day")
SHAPE(get_user_behavior_data_out, BEHAVIOUR_OUT)

/* ---- whose ---- */

static enum err out_of_sight(struct req *rq, const char *what, str id)
{
	return why(rq->cx, ERR_NO_PRIVILEGE, "field `%s`: %.*s is out of sight", what,
		STR_FMT(id));
}

static enum err add_member(struct req *rq, str userid, struct ints *out)
{
	const struct actor *app = &rq->cx->actor;
	struct member m;
	bool seen;

	TRY(member_by_userid_ever(rq->tx, app->corp, userid, &m));
	TRY(app_sees_member(rq->tx, app->corp, app->id, m.member, &seen));
	if (!seen)
		return out_of_sight(rq, "userid", userid);
	out->v[out->n++] = m.member;
	return OK;
}

static enum err members_below(struct req *rq, int64_t department, struct ints *out)
{
	const struct actor *app = &rq->cx->actor;
	bool seen;

	TRY(app_sees_department(rq->tx, app->corp, app->id, department, &seen));
	if (!seen)
		return out_of_sight(rq, "partyid",
			arena_printf(rq->cx->mem, "%" PRId64, department));
	return member_ids_in(rq->tx, app->corp, department, true, out);
}

static enum err members_asked(struct req *rq, struct texts users, struct ints parties,
	struct ints *out)
{
	struct ints *below = ARENA_ARRAY(rq->cx->mem, struct ints, parties.n);
	size_t all = users.n;

	if (!users.n && !parties.n)
		return why(rq->cx, ERR_NO_RECEIVER,
			"fields `userid` and `partyid` are both empty");
	for (size_t i = 0; i < parties.n; i++) {
		TRY(members_below(rq, parties.v[i], &below[i]));
		all += below[i].n;
	}
	*out = (struct ints){ .v = ARENA_ARRAY(rq->cx->mem, int64_t, all) };
	for (size_t i = 0; i < users.n; i++)
		TRY(add_member(rq, users.v[i], out));
	for (size_t i = 0; i < parties.n; i++)
		for (size_t j = 0; j < below[i].n; j++)
			out->v[out->n++] = below[i].v[j];
	ints_unite(out);
	return OK;
}

/* ---- when ---- */

enum err statistic_days(struct req *rq, const struct statistic_span *span,
	int64_t *out_first_ms, size_t *out_n)
{
	int64_t corp = rq->cx->actor.corp, last_ms;

	if (span->until_s < span->from_s)
		return why(rq->cx, ERR_INVALID_ARGUMENT, "field `%s` lies before `%s`",
			span->until, span->from);
	TRY(insight_day_of(rq->tx, corp, span->from_s * 1000, out_first_ms));
	TRY(insight_day_of(rq->tx, corp, span->until_s * 1000, &last_ms));
	*out_n = (size_t)((last_ms - *out_first_ms) / INSIGHT_DAY_MS) + 1;
	if (*out_n > INSIGHT_SPAN_DAYS + 1)
		return why(rq->cx, ERR_INVALID_ARGUMENT,
			"field `%s`: at most %d days after `%s`", span->until,
			INSIGHT_SPAN_DAYS, span->from);
	if (*out_first_ms < rq->cx->now_ms - (INSIGHT_DAYS_BACK + 1) * INSIGHT_DAY_MS)
		return why(rq->cx, ERR_INVALID_ARGUMENT,
			"field `%s`: at most %d days back", span->from,
			INSIGHT_DAYS_BACK);
	return OK;
}

static void give(struct behaviour_item *item, int64_t day_ms,
	const struct insight_member *sum)
{
	*item = (struct behaviour_item){
		.stat_time = day_ms / 1000,
		.new_apply_cnt = sum->applies,
		.new_contact_cnt = sum->contacts,
		.chat_cnt = sum->chats,
		.message_cnt = sum->messages,
		.negative_feedback_cnt = sum->lost,
	};
	if (sum->asked) {
		item->reply_percentage = insight_percent(sum->replied, sum->asked);
		GIVE(item, reply_percentage);
	}
	if (sum->replied) {
		item->avg_reply_time = sum->reply_ms / sum->replied / (60 * 1000);
		GIVE(item, avg_reply_time);
	}
}

static enum err get_user_behavior_data(struct req *rq)
{
	const struct get_user_behavior_data_in *in = rq->in;
	struct get_user_behavior_data_out *out = rq->out;
	struct statistic_span span = { in->start_time, in->end_time, "start_time",
		"end_time" };
	struct insight_member sum;
	struct insight_day day;
	struct ints members;
	int64_t first_ms;

	TRY(members_asked(rq, in->userid, in->partyid, &members));
	TRY(statistic_days(rq, &span, &first_ms, &out->behavior_data.n));
	out->behavior_data.v =
		ARENA_ARRAY(rq->cx->mem, struct behaviour_item, out->behavior_data.n);
	for (size_t i = 0; i < out->behavior_data.n; i++) {
		TRY(insight_day_get(rq->tx, rq->cx->actor.corp,
			first_ms + (int64_t)i * INSIGHT_DAY_MS, &day));
		insight_sum(&day, &members, &sum);
		give(&out->behavior_data.v[i], day.day_ms, &sum);
	}
	return OK;
}

const struct route statistic_routes[] = {
	POST("/cgi-bin/externalcontact/get_user_behavior_data", get_user_behavior_data,
		customer_read, READS, "What members did with customers, by days"),
	LAST_ROUTE,
};
