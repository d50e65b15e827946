/*
 * core/service/stat.h - how it went, day by day (documents 95489, 95490).
 *
 * Counted from the consultations themselves, so each number agrees with what is there.  A
 * session counts on the day it began, a member's for whom served it last.
 */
#ifndef CORE_SERVICE_STAT_H
#define CORE_SERVICE_STAT_H

#include "core/service/session.h"

enum { STAT_DAY_S = 86400, STAT_DAYS_MAX = 31 };

struct service_stat {
	int64_t day_s; /* midnight, Unix seconds */
	int64_t sessions, customers, customer_messages, servicer_messages;
	int64_t served, replied, first_reply_s; /* the last: all together */
	int64_t asked, rated, good, fair, bad, rating_sum;
	int64_t upgraded, upgraded_member, upgraded_group, became_customers;
	int64_t ai_sessions, ai_passed, ai_asked, ai_answered;
	int64_t rejected;
};

/* Midnight of that time where the corp is (UTC+8). */
int64_t service_midnight_s(int64_t unix_s);
/* One row a day from `from_s` up to and with `to_s`, both midnights; member 0: all. */
enum err service_stats(struct tx *tx, const struct service_account *a, int64_t member,
	int64_t from_s, int64_t to_s, struct service_stat **out, size_t *out_n);
/* The same for each member who served, over all days. */
struct service_member_stat {
	int64_t member;
	struct service_stat stat;
};
enum err service_member_stats(struct tx *tx, const struct service_account *a,
	int64_t from_s, int64_t to_s, struct service_member_stat **out, size_t *out_n);

#endif
