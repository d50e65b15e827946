/*
 * api/kf/stat.c - how customer service went, over HTTP (documents 95489, 95490).
 */
#include "api/api.h"
#include "api/kf/kf.h"
#include "core/service/stat.h"

enum { BACK_DAYS = 180 };

#define RANGE(F)                                                                         \
	F(octets, open_kfid, OPTIONAL, 0, 64, "The account; required")                   \
	F(time, start_time, REQUIRED, 0, UINT32_MAX, "First day, at most 180 days ago")  \
	F(time, end_time, REQUIRED, 0, UINT32_MAX, "Last day, yesterday at the latest")
#define CORP_IN(F, SUB) RANGE(F)
SHAPE(kf_corp_stat_in, CORP_IN)
#define CORP_STAT(F, SUB)                                                                \
	F(int, session_cnt, ALWAYS, 0, INT64_MAX, "Consultations")                       \
	F(int, customer_cnt, ALWAYS, 0, INT64_MAX, "Customers who asked")                \
	F(int, customer_msg_cnt, ALWAYS, 0, INT64_MAX, "Their messages")                 \
	F(int, upgrade_service_customer_cnt, ALWAYS, 0, INT64_MAX, "Passed on")          \
	F(int, ai_session_reply_cnt, ALWAYS, 0, INT64_MAX, "Answered by the bot")        \
	F(json, ai_transfer_rate, ALWAYS, 0, 32, "Of these, passed to people")           \
	F(json, ai_knowledge_hit_rate, ALWAYS, 0, 32, "Of questions, answered")          \
	F(int, msg_rejected_customer_cnt, ALWAYS, 0, INT64_MAX, "Refused")
SHAPE(kf_corp_stat, CORP_STAT)
#define CORP_DAY(F, SUB)                                                                 \
	F(time, stat_time, ALWAYS, 0, INT64_MAX, "Midnight, Unix seconds")               \
	SUB(object, statistic, kf_corp_stat, ALWAYS, 0, 0, "Of that day")
SHAPE(kf_corp_day, CORP_DAY)
#define CORP_OUT(F, SUB)                                                                 \
	SUB(list, statistic_list, kf_corp_day, ALWAYS, 0, STAT_DAYS_MAX, "Day by day")
SHAPE(kf_corp_stat_out, CORP_OUT)

#define SERVICER_IN(F, SUB)                                                              \
	RANGE(F)                                                                         \
	F(octets, servicer_userid, OPTIONAL, 0, 64, "One alone; all if absent")
SHAPE(kf_servicer_stat_in, SERVICER_IN)
#define SERVICER_STAT(F, SUB)                                                            \
	F(int, session_cnt, ALWAYS, 0, INT64_MAX, "Consultations served")                \
	F(int, customer_cnt, ALWAYS, 0, INT64_MAX, "Customers served")                   \
	F(int, customer_msg_cnt, ALWAYS, 0, INT64_MAX, "Their messages")                 \
	F(json, reply_rate, ALWAYS, 0, 32, "Of these, replied to")                       \
	F(json, first_reply_average_sec, ALWAYS, 0, 32, "Seconds until the first")       \
	F(int, satisfaction_investgate_cnt, ALWAYS, 0, INT64_MAX, "Asked how it was")    \
	F(json, satisfaction_participation_rate, ALWAYS, 0, 32, "Who answered")          \
	F(json, satisfied_rate, ALWAYS, 0, 32, "4 and 5 of these")                       \
	F(json, middling_rate, ALWAYS, 0, 32, "3")                                       \
	F(json, dissatisfied_rate, ALWAYS, 0, 32, "1 and 2")                             \
	F(int, upgrade_service_customer_cnt, ALWAYS, 0, INT64_MAX, "Passed on")          \
	F(int, upgrade_service_member_invite_cnt, ALWAYS, 0, INT64_MAX, "To members")    \
	F(int, upgrade_service_member_customer_cnt, ALWAYS, 0, INT64_MAX,                \
		"Who added them")                                                        \
	F(int, upgrade_service_groupchat_invite_cnt, ALWAYS, 0, INT64_MAX, "To groups")  \
	F(int, upgrade_service_groupchat_customer_cnt, ALWAYS, 0, INT64_MAX,             \
		"Who joined; 0: not followed yet")                                       \
	F(int, msg_rejected_customer_cnt, ALWAYS, 0, INT64_MAX, "Refused")
SHAPE(kf_servicer_stat, SERVICER_STAT)
#define SERVICER_DAY(F, SUB)                                                             \
	F(time, stat_time, ALWAYS, 0, INT64_MAX, "Midnight, Unix seconds")               \
	SUB(object, statistic, kf_servicer_stat, ALWAYS, 0, 0, "Of that day")
SHAPE(kf_servicer_day, SERVICER_DAY)
#define SERVICER_OUT(F, SUB)                                                             \
	SUB(list, statistic_list, kf_servicer_day, ALWAYS, 0, STAT_DAYS_MAX, "Day by day")
SHAPE(kf_servicer_stat_out, SERVICER_OUT)

static str rate(struct req *rq, int64_t part, int64_t all)
{
	str text =
		arena_printf(rq->cx->mem, "%.4f", all ? (double)part / (double)all : 0.0);

	while (text.p[text.n - 1] == '0')
		text.n--;
	if (text.p[text.n - 1] == '.')
		text.n--;
	return text;
}

/* Whole days, where the corp is. */
static enum err check_range(struct req *rq, int64_t *from_s, int64_t *to_s)
{
	int64_t today = service_midnight_s(rq->cx->now_ms / 1000);

	*from_s = service_midnight_s(*from_s);
	*to_s = service_midnight_s(*to_s);
	if (*from_s > *to_s)
		return why(rq->cx, ERR_INVALID_ARGUMENT,
			"field `start_time`: later than end_time");
	if (*to_s >= today)
		return why(rq->cx, ERR_INVALID_ARGUMENT,
			"field `end_time`: yesterday at the latest");
	if (*from_s < today - INT64_C(1) * BACK_DAYS * STAT_DAY_S)
		return why(rq->cx, ERR_INVALID_ARGUMENT,
			"field `start_time`: at most %d days ago", BACK_DAYS);
	if (*to_s - *from_s >= INT64_C(1) * STAT_DAYS_MAX * STAT_DAY_S)
		return why(rq->cx, ERR_INVALID_ARGUMENT,
			"field `end_time`: at most %d days", STAT_DAYS_MAX);
	return OK;
}

static enum err kf_corp_stat(struct req *rq)
{
	const struct kf_corp_stat_in *in = rq->in;
	struct kf_corp_stat_out *out = rq->out;
	int64_t from_s = in->start_time, to_s = in->end_time;
	struct service_account a;
	struct service_stat *days;
	size_t n;

	TRY(kf_account(rq, in->open_kfid, &a));
	TRY(check_range(rq, &from_s, &to_s));
	TRY(service_stats(rq->tx, &a, 0, from_s, to_s, &days, &n));
	out->statistic_list.v = ARENA_ARRAY(rq->cx->mem, struct kf_corp_day, n);
	out->statistic_list.n = n;
	for (size_t i = 0; i < n; i++) {
		const struct service_stat *d = &days[i];
		struct kf_corp_stat *s = ARENA_NEW(rq->cx->mem, struct kf_corp_stat);

		out->statistic_list.v[i].stat_time = d->day_s;
		out->statistic_list.v[i].statistic = s;
		s->session_cnt = d->sessions;
		s->customer_cnt = d->customers;
		s->customer_msg_cnt = d->customer_messages;
		s->upgrade_service_customer_cnt = d->upgraded;
		s->ai_session_reply_cnt = d->ai_sessions;
		s->ai_transfer_rate = rate(rq, d->ai_passed, d->ai_sessions);
		s->ai_knowledge_hit_rate = rate(rq, d->ai_answered, d->ai_asked);
		s->msg_rejected_customer_cnt = d->rejected;
	}
	return OK;
}

static void put_servicer(struct req *rq, const struct service_stat *d,
	struct kf_servicer_stat *s)
{
	s->session_cnt = d->served;
	s->customer_cnt = d->customers;
	s->customer_msg_cnt = d->customer_messages;
	s->reply_rate = rate(rq, d->replied, d->served);
	s->first_reply_average_sec = rate(rq, d->first_reply_s, d->replied);
	s->satisfaction_investgate_cnt = d->asked;
	s->satisfaction_participation_rate = rate(rq, d->rated, d->asked);
	s->satisfied_rate = rate(rq, d->good, d->rated);
	s->middling_rate = rate(rq, d->fair, d->rated);
	s->dissatisfied_rate = rate(rq, d->bad, d->rated);
	s->upgrade_service_customer_cnt = d->upgraded;
	s->upgrade_service_member_invite_cnt = d->upgraded_member;
	s->upgrade_service_member_customer_cnt = d->became_customers;
	s->upgrade_service_groupchat_invite_cnt = d->upgraded_group;
	s->msg_rejected_customer_cnt = d->rejected;
}

static enum err kf_servicer_stat(struct req *rq)
{
	const struct kf_servicer_stat_in *in = rq->in;
	struct kf_servicer_stat_out *out = rq->out;
	int64_t from_s = in->start_time, to_s = in->end_time;
	struct member m = { 0 };
	struct service_account a;
	struct service_stat *days;
	size_t n;

	TRY(kf_account(rq, in->open_kfid, &a));
	TRY(check_range(rq, &from_s, &to_s));
	if (in->servicer_userid.n)
		TRY(member_by_userid_ever(rq->tx, a.corp, in->servicer_userid, &m));
	TRY(service_stats(rq->tx, &a, m.member, from_s, to_s, &days, &n));
	out->statistic_list.v = ARENA_ARRAY(rq->cx->mem, struct kf_servicer_day, n);
	out->statistic_list.n = n;
	for (size_t i = 0; i < n; i++) {
		struct kf_servicer_day *day = &out->statistic_list.v[i];

		day->stat_time = days[i].day_s;
		day->statistic = ARENA_NEW(rq->cx->mem, struct kf_servicer_stat);
		put_servicer(rq, &days[i], day->statistic);
	}
	return OK;
}

const struct route kf_stat_routes[] = {
	POST("/cgi-bin/kf/get_corp_statistic", kf_corp_stat, service, READS,
		"Consultations of an account, day by day"),
	POST("/cgi-bin/kf/get_servicer_statistic", kf_servicer_stat, service, READS,
		"What servicers did, day by day"),
	LAST_ROUTE,
};
