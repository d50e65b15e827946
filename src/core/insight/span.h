/*
 * core/insight/span.h - the numbers of several days, added up by day, member, department
 * and channel.  The sums of each way are the same.
 */
#ifndef CORE_INSIGHT_SPAN_H
#define CORE_INSIGHT_SPAN_H

#include "core/insight/insight.h"

struct insight_span {
	int64_t first_ms; /* when the first day began */
	size_t n_days;
	struct insight_member *days;    /* .member is 0 */
	struct insight_member *members; /* by id */
	struct insight_channel *channels;
	size_t n_members, n_channels;
	struct insight_member all;
};

/* From the day of one moment to the day of another: ERR_INVALID_ARGUMENT when that is
 * backwards, more than INSIGHT_DAYS_BACK days, or longer ago.  `member` 0: everybody. */
enum err insight_span(struct tx *tx, int64_t corp, int64_t from_ms, int64_t until_ms,
	int64_t member, struct insight_span *out);
void insight_add(struct insight_member *sum, const struct insight_member *m);

#endif
