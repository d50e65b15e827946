/*
 * core/acquisition/quota.h - how many customers links may still bring (document 97375).
 *
 * WeCom sells them; here an administrator grants them, to whom they matter, and a corp
 * that never granted any has no bound.  What ends first is used first.
 */
#ifndef CORE_ACQUISITION_QUOTA_H
#define CORE_ACQUISITION_QUOTA_H

#include "core/acquisition/link.h"

enum {
	ACQ_UNBOUNDED = 100000000, /* what apps are told when there is no bound */
	ACQ_QUOTAS_MAX = 100,
	ACQ_LOW = 20, /* balance_low below it */
};

struct acq_quota {
	int64_t quota, total, balance, expires_ms, told_days;
};
struct acq_quotas {
	bool bounded;
	int64_t total, balance; /* of those that have not ended */
	struct acq_quota *v;    /* those, by their end */
	size_t n;
};

enum err acq_quotas(struct tx *tx, int64_t corp, struct acq_quotas *out);
enum err acq_quota_grant(struct tx *tx, int64_t corp, int64_t number, int64_t expires_ms);
enum err acq_quota_drop(struct tx *tx, int64_t corp, int64_t quota);
/* Is any left?  ERR_CODE_FULL. */
enum err acq_quota_left(struct tx *tx, int64_t corp);
enum err acq_quota_use(struct tx *tx, int64_t corp);
/* The clock: quota_expire_soon 14, 7, 3, 2 and 1 days before; forgets old chat keys. */
enum err acq_quota_expire(struct tx *tx, int64_t corp, int64_t *out_next_ms);

#endif
