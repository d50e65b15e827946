/*
 * api/externalcontact/group_statistic.c - customer groups in numbers (document 92133).
 *
 * Numbers over several days: what is new and what was said are added up, how many there
 * are is of the last day, who spoke is the best day's.
 */
#include "api/externalcontact/statistic.h"
#include "core/app/app.h"
#include "core/insight/groups.h"

enum { OWNERS_MAX = 100, ITEMS_MAX = 1000 };
enum { BY_NEW_CHATS = 1, BY_CHATS = 2, BY_NEW_PERSONS = 3, BY_PERSONS = 4 };

#define OWNER_FILTER(F, SUB) F(texts, userid_list, REQUIRED, 1, OWNERS_MAX, "Owners")
SHAPE(statistic_owners, OWNER_FILTER)
#define PERIOD(F, SUB)                                                                   \
	F(time, day_begin_time, REQUIRED, 0, INT32_MAX, "Unix seconds; the first day")   \
	F(time, day_end_time, OPTIONAL, 0, INT32_MAX,                                    \
		"The last day, at most 30 after it; the first if absent")                \
	SUB(object, owner_filter, statistic_owners, REQUIRED, 0, 0, "Whose groups")
#define STATISTIC_IN(F, SUB)                                                             \
	PERIOD(F, SUB)                                                                   \
	F(int, order_by, OPTIONAL, 1, 4,                                                 \
		"1 new groups, 2 groups, 3 new members, 4 members; 1 if absent")         \
	F(int, order_asc, OPTIONAL, 0, 1, "1: the least first")                          \
	F(int, offset, OPTIONAL, 0, INT32_MAX, "How many to leave out")                  \
	F(int, limit, OPTIONAL, 0, ITEMS_MAX, "At most so many; 500 if absent")
SHAPE(group_statistic_in, STATISTIC_IN)
SHAPE(group_statistic_by_day_in, PERIOD)

#define GROUP_NUMBERS(F, SUB)                                                            \
	F(int, new_chat_cnt, ALWAYS, 0, INT64_MAX, "Groups made")                        \
	F(int, chat_total, ALWAYS, 0, INT64_MAX, "Groups there are")                     \
	F(int, chat_has_msg, ALWAYS, 0, INT64_MAX, "Of them, in which somebody spoke")   \
	F(int, new_member_cnt, ALWAYS, 0, INT64_MAX, "Persons who came")                 \
	F(int, member_total, ALWAYS, 0, INT64_MAX, "Persons in them")                    \
	F(int, member_has_msg, ALWAYS, 0, INT64_MAX, "Of them, who spoke")               \
	F(int, msg_total, ALWAYS, 0, INT64_MAX, "Messages")                              \
	F(int, migrate_trainee_chat_cnt, ALWAYS, 0, INT64_MAX,                           \
		"Always 0: nothing was brought over from WeChat")
SHAPE(group_numbers, GROUP_NUMBERS)
#define STATISTIC_ITEM(F, SUB)                                                           \
	F(octets, owner, ALWAYS, 0, 64, "userid")                                        \
	SUB(object, data, group_numbers, ALWAYS, 0, 0, "His groups")
SHAPE(group_statistic_item, STATISTIC_ITEM)
#define STATISTIC_OUT(F, SUB)                                                            \
	F(int, total, ALWAYS, 0, INT64_MAX, "Owners")                                    \
	F(int, next_offset, ALWAYS, 0, INT64_MAX, "For the next page")                   \
	SUB(list, items, group_statistic_item, ALWAYS, 0, ITEMS_MAX, "By owner")
SHAPE(group_statistic_out, STATISTIC_OUT)
#define DAY_ITEM(F, SUB)                                                                 \
	F(time, stat_time, ALWAYS, 0, INT32_MAX, "When the day began")                   \
	SUB(object, data, group_numbers, ALWAYS, 0, 0, "All these owners' groups")
SHAPE(group_statistic_day_item, DAY_ITEM)
#define BY_DAY_OUT(F, SUB)                                                               \
	SUB(list, items, group_statistic_day_item, ALWAYS, 0, INSIGHT_SPAN_DAYS + 1,     \
		"By day")
SHAPE(group_statistic_by_day_out, BY_DAY_OUT)

struct owner {
	int64_t member;
	str userid;
	struct insight_groups sum;
};

static enum err owners_of(struct req *rq, const struct statistic_owners *filter,
	struct owner **out)
{
	const struct actor *app = &rq->cx->actor;
	const struct texts *list = &filter->userid_list;

	*out = ARENA_ARRAY(rq->cx->mem, struct owner, list->n);
	for (size_t i = 0; i < list->n; i++) {
		struct member m;
		bool seen;

		TRY(member_by_userid_ever(rq->tx, app->corp, list->v[i], &m));
		TRY(app_sees_member(rq->tx, app->corp, app->id, m.member, &seen));
		if (!seen)
			return why(rq->cx, ERR_NO_PRIVILEGE,
				"field `owner_filter.userid_list`: %.*s is out of sight",
				STR_FMT(list->v[i]));
		(*out)[i] = (struct owner){ .member = m.member, .userid = m.userid };
	}
	return OK;
}

static struct group_numbers *numbers_of(struct req *rq, const struct insight_groups *g)
{
	struct group_numbers *out = ARENA_NEW(rq->cx->mem, struct group_numbers);

	out->new_chat_cnt = g->new_chats;
	out->chat_total = g->chats;
	out->chat_has_msg = g->talked_chats;
	out->new_member_cnt = g->new_persons;
	out->member_total = g->persons;
	out->member_has_msg = g->talkers;
	out->msg_total = g->messages;
	return out;
}

static enum err days_asked(struct req *rq, int64_t from_s, int64_t until_s,
	int64_t *out_first_ms, size_t *out_n)
{
	struct statistic_span span = { from_s, until_s ? until_s : from_s,
		"day_begin_time", "day_end_time" };

	return statistic_days(rq, &span, out_first_ms, out_n);
}

static enum err day_at(struct req *rq, int64_t first_ms, size_t i,
	struct insight_day *out)
{
	return insight_day_get(rq->tx, rq->cx->actor.corp,
		first_ms + (int64_t)i * INSIGHT_DAY_MS, out);
}

/* ---- by owner ---- */

static int64_t rank_of(const struct owner *o, int64_t order_by)
{
	switch (order_by) {
	case BY_CHATS:
		return o->sum.chats;
	case BY_NEW_PERSONS:
		return o->sum.new_persons;
	case BY_PERSONS:
		return o->sum.persons;
	default:
		return o->sum.new_chats;
	}
}

/* A hundred at most: by insertion, equals in the order in which they were asked for. */
static void order(struct owner *owners, size_t n, int64_t by, bool ascending)
{
	for (size_t i = 1; i < n; i++) {
		struct owner o = owners[i];
		size_t j = i;

		while (j > 0 &&
			(ascending ? rank_of(&owners[j - 1], by) > rank_of(&o, by)
				   : rank_of(&owners[j - 1], by) < rank_of(&o, by))) {
			owners[j] = owners[j - 1];
			j--;
		}
		owners[j] = o;
	}
}

static enum err group_statistic(struct req *rq)
{
	const struct group_statistic_in *in = rq->in;
	struct group_statistic_out *out = rq->out;
	size_t n = in->owner_filter->userid_list.n, n_days;
	size_t limit = in->limit ? (size_t)in->limit : 500;
	struct owner *owners;
	int64_t first_ms;

	TRY(days_asked(rq, in->day_begin_time, in->day_end_time, &first_ms, &n_days));
	TRY(owners_of(rq, in->owner_filter, &owners));
	for (size_t d = 0; d < n_days; d++) {
		struct insight_day day;

		TRY(day_at(rq, first_ms, d, &day));
		for (size_t i = 0; i < n; i++) {
			struct insight_groups g;

			TRY(insight_groups_of(rq->tx, rq->cx->actor.corp,
				owners[i].member, &day, &g));
			insight_groups_add(&owners[i].sum, &g, false);
		}
	}
	order(owners, n, in->order_by, in->order_asc == 1);
	out->total = (int64_t)n;
	out->items.v = ARENA_ARRAY(rq->cx->mem, struct group_statistic_item, n);
	for (size_t i = (size_t)in->offset; i < n && out->items.n < limit; i++)
		out->items.v[out->items.n++] = (struct group_statistic_item){
			.owner = owners[i].userid,
			.data = numbers_of(rq, &owners[i].sum),
		};
	out->next_offset = in->offset + (int64_t)out->items.n;
	return OK;
}

/* ---- by day ---- */

static enum err group_statistic_by_day(struct req *rq)
{
	const struct group_statistic_by_day_in *in = rq->in;
	struct group_statistic_by_day_out *out = rq->out;
	size_t n = in->owner_filter->userid_list.n;
	struct owner *owners;
	int64_t first_ms;

	TRY(days_asked(rq, in->day_begin_time, in->day_end_time, &first_ms,
		&out->items.n));
	TRY(owners_of(rq, in->owner_filter, &owners));
	out->items.v =
		ARENA_ARRAY(rq->cx->mem, struct group_statistic_day_item, out->items.n);
	for (size_t d = 0; d < out->items.n; d++) {
		struct insight_groups sum = { 0 };
		struct insight_day day;

		TRY(day_at(rq, first_ms, d, &day));
		for (size_t i = 0; i < n; i++) {
			struct insight_groups g;

			TRY(insight_groups_of(rq->tx, rq->cx->actor.corp,
				owners[i].member, &day, &g));
			insight_groups_add(&sum, &g, true);
		}
		out->items.v[d] = (struct group_statistic_day_item){
			.stat_time = day.day_ms / 1000,
			.data = numbers_of(rq, &sum),
		};
	}
	return OK;
}

const struct route group_statistic_routes[] = {
	POST("/cgi-bin/externalcontact/groupchat/statistic", group_statistic,
		customer_read, READS, "Customer groups in numbers, by owner"),
	POST("/cgi-bin/externalcontact/groupchat/statistic_group_by_day",
		group_statistic_by_day, customer_read, READS,
		"Customer groups in numbers, by day"),
	LAST_ROUTE,
};
