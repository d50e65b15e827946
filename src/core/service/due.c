/*
 * core/service/due.c - what happens by time.
 */
#include "core/service/private.h"

enum { EXPIRE_AT_ONCE = 100 };

static enum err expire_one(struct tx *tx, struct visit *v)
{
	struct service_account a;
	str code;

	TRY(service_account_get(tx, v->corp, v->account, &a));
	TRY(visit_set_due(tx, &a, v));
	if (v->due_ms > tx->cx->now_ms) { /* opening time, or words said since */
		TRY(visit_put(tx, v));
		return v->state == STATE_QUEUE ? service_route(tx, &a) : OK;
	}
	return service_move(tx, &a, v, STATE_ENDED, 0, BY_HOUSE, &code);
}

enum err service_expire(struct tx *tx, int64_t corp, int64_t *out_next_ms)
{
	struct visit *due;
	int64_t next_ms, codes_ms;
	size_t n;

	TRY(visits_due(tx, corp, EXPIRE_AT_ONCE, &due, &n, &next_ms));
	for (size_t i = 0; i < n; i++) {
		struct visit v;

		/* One's end may have given another to somebody. */
		TRY(visit_get(tx, corp, due[i].account, due[i].customer, &v));
		if (v.due_ms && v.due_ms <= tx->cx->now_ms)
			TRY(expire_one(tx, &v));
	}
	TRY(codes_expire(tx, corp, &codes_ms));
	if (n)
		TRY(visits_due(tx, corp, 0, &due, &n, &next_ms));
	*out_next_ms = !next_ms || (codes_ms && codes_ms < next_ms) ? codes_ms : next_ms;
	return OK;
}

enum err service_sweep(struct tx *tx, int64_t corp)
{
	struct service_account *all;
	size_t n;

	TRY(service_account_page(tx, corp, 0, INT32_MAX, &all, &n));
	for (size_t i = 0; i < n; i++)
		TRY(items_sweep(tx, &all[i]));
	return codes_sweep(tx, corp);
}
