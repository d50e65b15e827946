/*
 * core/customer/handover_plan.h - a corp's rules, as they stand for one who leaves: who
 * could follow by each is looked up once, then each customer is a matter of his tags.
 */
#ifndef CORE_CUSTOMER_HANDOVER_PLAN_H
#define CORE_CUSTOMER_HANDOVER_PLAN_H

#include "core/customer/handover_rule.h"

struct plan_step {
	int64_t position, tag; /* of the rule; 0: any customer */
	struct member *to;     /* who can take customers; by turns when several */
	size_t n;              /* 0: nobody, the customer waits */
};

struct plan {
	int64_t corp, member; /* who leaves */
	struct plan_step *steps;
	size_t n;
};

enum err plan_make(struct tx *tx, const struct member *leaver, struct ints departments,
	const struct handover_rule *rules, size_t n, struct plan *out);
/* The step and the successor of a customer; NULL for both, or for the latter: he waits. */
enum err plan_pick(struct tx *tx, const struct plan *p, int64_t customer,
	const struct plan_step **out_step, const struct member **out_to);

#endif
