/*
 * core/customer/way_turn.h - who serves the next one who comes by a way.
 *
 * First who serves the customer already, as the way or its acquisition link wants it;
 * then by the way's routing, past those who left, are off duty or have had enough today.
 */
#ifndef CORE_CUSTOMER_WAY_TURN_H
#define CORE_CUSTOMER_WAY_TURN_H

#include "core/customer/way.h"

/* When somebody is on duty; bit 0 of days is Monday, minutes are of the server's day.
 * to_min before from_min: over midnight, and the day is the one it began on. */
struct way_shift {
	bool is_department;
	int64_t target, days, from_min, to_min;
};
enum err way_shifts(struct tx *tx, const struct way *w, struct way_shift **out,
	size_t *out_n);
/* Replaces them; each target must be in the way's range. */
enum err way_set_shifts(struct tx *tx, const struct way *w,
	const struct way_shift *shifts, size_t n);
/* Is a shift on at a minute of a day (0 Monday)? */
bool way_shift_is_on(const struct way_shift *s, int64_t day, int64_t minute);

/* Who serves; customer 0: somebody new.  In a read snapshot the turn does not move.
 * ERR_CODE_GONE: nobody can any more; ERR_CODE_CLOSED, _FULL, _OFF_DUTY: not now. */
enum err way_member(struct tx *tx, const struct way *w, struct member *out);
enum err way_member_for(struct tx *tx, const struct way *w, int64_t customer,
	struct member *out);
/* He got one more. */
enum err way_took(struct tx *tx, const struct way *w, int64_t member);

struct way_load {
	int64_t member, today, total;
};
/* What each member got by the way, by member. */
enum err way_loads(struct tx *tx, const struct way *w, struct way_load **out,
	size_t *out_n);

#endif
