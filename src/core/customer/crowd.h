/*
 * core/customer/crowd.h - customers by the million, for benchmarks.
 *
 * Only what the relation is: no chat, no welcome, no callback, no ledger.  For data
 * that are thrown away; nothing a corp works with is made here.
 */
#ifndef CORE_CUSTOMER_CROWD_H
#define CORE_CUSTOMER_CROWD_H

#include "core/customer/follow.h"

struct crowd_customer {
	int64_t corp, created_ms;
	str external_userid, name;
	const int64_t *members;  /* who follow him */
	const struct ints *tags; /* of each of them */
	size_t n;
};

enum err crowd_add(struct tx *tx, const struct crowd_customer *c);

#endif
