#include "core/service/hours.h"

#include "base/shape.h"

enum { DAY_MIN = 24 * 60, WEEK_DAYS = 7, MINUTE_MS = 60000 };

#define SPAN(F, SUB)                                                                     \
	F(ints, days, REQUIRED, 1, WEEK_DAYS, "1 Monday to 7 Sunday")                    \
	F(int, from, REQUIRED, 0, DAY_MIN, "Minute of the day")                          \
	F(int, to, REQUIRED, 0, DAY_MIN, "Minute of the day")
SHAPE(service_span, SPAN)
#define HOURS(F, SUB)                                                                    \
	F(int, offset_min, OPTIONAL, -720, 840, "What local time is ahead of UTC")       \
	SUB(list, spans, service_span, REQUIRED, 1, SERVICE_SPANS_MAX, "When it is open")
SHAPE(service_hours, HOURS)

enum err service_hours_check(struct ctx *cx, str hours)
{
	struct service_hours h = { 0 };

	if (!hours.n)
		return OK;
	TRY(shape_parse(cx, service_hours_shape(), hours, &h));
	for (size_t i = 0; i < h.spans.n; i++) {
		const struct service_span *s = &h.spans.v[i];

		if (s->from >= s->to)
			return why(cx, ERR_INVALID_ARGUMENT,
				"field `hours.spans[%zu]`: from before to", i);
		for (size_t j = 0; j < s->days.n; j++)
			if (s->days.v[j] < 1 || s->days.v[j] > WEEK_DAYS)
				return why(cx, ERR_INVALID_ARGUMENT,
					"field `hours.spans[%zu].days`: 1 to 7", i);
	}
	return OK;
}

/* Minutes from `minute` of `day` until a span is open: 0 when one is. */
static int64_t wait_of(const struct service_span *s, int64_t day, int64_t minute)
{
	int64_t best = INT64_MAX;

	for (size_t i = 0; i < s->days.n; i++) {
		int64_t ahead = (s->days.v[i] - day + WEEK_DAYS) % WEEK_DAYS, wait;

		if (!ahead && minute >= s->from && minute < s->to)
			return 0;
		if (!ahead && minute >= s->to)
			ahead = WEEK_DAYS;
		wait = ahead * DAY_MIN + s->from - minute;
		best = wait < best ? wait : best;
	}
	return best;
}

enum err service_is_open(struct ctx *cx, str hours, int64_t at_ms, bool *out_open,
	int64_t *out_opens_ms)
{
	struct service_hours h = { 0 };
	int64_t local, day, best = INT64_MAX;

	*out_open = true;
	*out_opens_ms = 0;
	if (!hours.n)
		return OK;
	TRY(shape_parse(cx, service_hours_shape(), hours, &h));
	local = at_ms / MINUTE_MS + h.offset_min;
	day = (local / DAY_MIN + 3) % WEEK_DAYS + 1; /* 1970-01-01 was a Thursday */
	for (size_t i = 0; i < h.spans.n; i++) {
		int64_t wait = wait_of(&h.spans.v[i], day, local % DAY_MIN);

		best = wait < best ? wait : best;
	}
	*out_open = best == 0;
	if (best && best != INT64_MAX)
		*out_opens_ms = (at_ms / MINUTE_MS + best) * MINUTE_MS;
	return OK;
}
