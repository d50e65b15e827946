/*
 * api/externalcontact/statistic.h - between the rows of statistics.
 */
#ifndef API_EXTERNALCONTACT_STATISTIC_H
#define API_EXTERNALCONTACT_STATISTIC_H

#include "api/api.h"

/* Two times of a request, Unix seconds, and the names of their fields. */
struct statistic_span {
	int64_t from_s, until_s;
	const char *from, *until;
};

/* The first day and how many: at most 31, of the last 180.  ERR_INVALID_ARGUMENT. */
enum err statistic_days(struct req *rq, const struct statistic_span *span,
	int64_t *out_first_ms, size_t *out_n);

#endif
