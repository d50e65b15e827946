/*
 * core/customer/handover_private.h - between the two files of handover.
 */
#ifndef CORE_CUSTOMER_HANDOVER_PRIVATE_H
#define CORE_CUSTOMER_HANDOVER_PRIVATE_H

#include "core/customer/handover.h"
#include "core/customer/private.h"

/* Can he take customers? */
bool handover_can_take(const struct member *m);
/* Begins the handover of the follow `f` of o->from to o->to; waits or is done at once. */
enum err handover_start(struct tx *tx, const struct handover_order *o, struct follow *f);
/* Each active customer of a member after one, at most `max`; what `fn` takes in memory is
 * given back before the next.  out_after: the last one. */
enum err handover_each(struct tx *tx, int64_t corp, int64_t member, int64_t max,
	int64_t *after, enum err (*fn)(struct tx *tx, void *arg, int64_t customer),
	void *arg, int64_t *out_n);

/* The customer passes from h->from, whose active follow is `old`, to h->to; tells all. */
enum err handover_move(struct tx *tx, const struct handover *h, struct follow *old,
	int64_t by_app);
/* And back, because he refused what was done. */
enum err handover_undo(struct tx *tx, const struct handover *h, struct follow *successor);
/* transfer_fail to the apps: customer_refused or customer_limit_exceed. */
enum err handover_tell_failure(struct tx *tx, const struct handover *h,
	const char *reason);

#endif
