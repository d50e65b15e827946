/*
 * core/service/hours.h - when an account is open.
 *
 * Kept as JSON, as the console gives it: minutes of the day and days of the week,
 *
 *	{"offset_min":480,"spans":[{"days":[1,2,3,4,5],"from":540,"to":1080}]}
 *
 * day 1 is Monday, 7 Sunday; offset_min is what the clock on the wall is ahead of UTC.
 * An empty text means always.
 */
#ifndef CORE_SERVICE_HOURS_H
#define CORE_SERVICE_HOURS_H

#include "base/ctx.h"

enum { SERVICE_SPANS_MAX = 20 };

/* 40058, naming the field. */
enum err service_hours_check(struct ctx *cx, str hours);
/* Open at that time?  When not, *out_opens_ms says when it will be (0: never). */
enum err service_is_open(struct ctx *cx, str hours, int64_t at_ms, bool *out_open,
	int64_t *out_opens_ms);

#endif
