/*
 * core/customer/handover_private.h - between the two files of handover.
 */
#ifndef CORE_CUSTOMER_HANDOVER_PRIVATE_H
#define CORE_CUSTOMER_HANDOVER_PRIVATE_H

#include "core/customer/handover.h"
#include "core/customer/private.h"

/* The customer passes from h->from, whose active follow is `old`, to h->to; tells all. */
enum err handover_move(struct tx *tx, const struct handover *h, struct follow *old,
	int64_t by_app);
/* And back, because he refused what was done. */
enum err handover_undo(struct tx *tx, const struct handover *h, struct follow *successor);
/* transfer_fail to the apps: customer_refused or customer_limit_exceed. */
enum err handover_tell_failure(struct tx *tx, const struct handover *h,
	const char *reason);

#endif
