/*
 * core/insight - what people did with customers, counted by days (document 92132).
 *
 * Every number comes from two places: the messages, which tell who wrote and answered, and
 * the ledger, which tells who came and went.  A day that is over is counted once and
 * kept; today is counted when it is asked for.  Both ways go through insight_count, so
 * they agree.  A day is the corp's (setting zone_minutes).
 *
 * Counted as said by a member is what he wrote himself: welcomes, mass messages and what
 * apps or rules say in his name is not.
 */
#ifndef CORE_INSIGHT_INSIGHT_H
#define CORE_INSIGHT_INSIGHT_H

#include "core/customer/customer.h"

#define INSIGHT_DAY_MS (INT64_C(24) * 3600 * 1000)
enum { INSIGHT_DAYS_BACK = 180, INSIGHT_SPAN_DAYS = 30 };

struct insight_member {
	int64_t member;
	int64_t applies, contacts, lost;
	int64_t chats, messages;
	int64_t asked, replied, reply_ms;
};

struct insight_channel {
	str channel; /* config_id of a contact way, or what the ledger says of the source */
	int64_t added, talked;
};

struct insight_group {
	int64_t chat, messages, talkers;
};

struct insight_day {
	int64_t day_ms;
	struct insight_member *members; /* by id; who did nothing is not there */
	struct insight_channel *channels;
	struct insight_group *groups; /* group chats in which somebody wrote */
	size_t n_members, n_channels, n_groups;
};

/* When the corp's day began in which this moment lies. */
enum err insight_day_of(struct tx *tx, int64_t corp, int64_t ms, int64_t *out_day_ms);
/* A day that began at day_ms: as it was kept, or counted now. */
enum err insight_day_get(struct tx *tx, int64_t corp, int64_t day_ms,
	struct insight_day *out);
/* From the messages and the ledger. */
enum err insight_count(struct tx *tx, int64_t corp, int64_t day_ms,
	struct insight_day *out);
/* Adds up; `members` sorted, NULL all. */
void insight_sum(const struct insight_day *day, const struct ints *members,
	struct insight_member *out);
/* A share of 100, to two digits; 0 of nothing. */
double insight_percent(int64_t part, int64_t whole);
/* Counts and keeps one day that is over; gives when to come again. */
enum err insight_close(struct tx *tx, int64_t corp, int64_t *out_next_ms);
/* Are the kept numbers those of the messages and the ledger?  Looks at the newest week. */
enum err insight_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg);

#endif
