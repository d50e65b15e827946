#include "core/acquisition/quota.h"

#include "base/ids.h"
#include "core/acquisition/arrival.sql.h"
#include "core/acquisition/news.h"
#include "core/acquisition/quota.sql.h"

enum { DAY_MS = 24 * 3600 * 1000, NUMBER_MAX = 10000000 };

static const int64_t warnings[] = { 14, 7, 3, 2, 1 };

static int by_end(const void *a, const void *b)
{
	const struct acq_quota *x = a, *y = b;

	return (x->expires_ms > y->expires_ms) - (x->expires_ms < y->expires_ms);
}

enum err acq_quotas(struct tx *tx, int64_t corp, struct acq_quotas *out)
{
	struct acq_quota_row *rows;
	size_t n;

	TRY(acq_select_quotas(tx, corp, &rows, &n));
	*out = (struct acq_quotas){ .bounded = n > 0,
		.v = ARENA_ARRAY(tx->cx->mem, struct acq_quota, n) };
	for (size_t i = 0; i < n; i++) {
		const struct acq_quota_row *r = &rows[i];

		if (r->expires_ms <= tx->cx->now_ms)
			continue;
		out->total += r->total;
		out->balance += r->balance;
		out->v[out->n++] = (struct acq_quota){ r->quota, r->total, r->balance,
			r->expires_ms, r->told_days };
	}
	if (out->n)
		qsort(out->v, out->n, sizeof(out->v[0]), by_end);
	return OK;
}

static enum err tell(struct tx *tx, int64_t corp, const char *change)
{
	return acq_tell(tx, corp, NULL, &(struct acq_news){ .change = change });
}

static void look_again(struct tx *tx, int64_t corp, int64_t when_ms)
{
	event_emit(tx,
		&(struct event){ .kind = EVENT_DUE,
			.corp = corp,
			.object = when_ms,
			.data = STR("acquisition") });
}

enum err acq_quota_grant(struct tx *tx, int64_t corp, int64_t number, int64_t expires_ms)
{
	struct acq_quotas q;

	if (number < 1 || number > NUMBER_MAX)
		return why(tx->cx, ERR_INVALID_ARGUMENT, "field `number`: 1 to %d",
			NUMBER_MAX);
	if (expires_ms <= tx->cx->now_ms)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"field `expires`: it is over already");
	TRY(acq_quotas(tx, corp, &q));
	if (q.n >= ACQ_QUOTAS_MAX)
		return why(tx->cx, ERR_INVALID_ARGUMENT, "at most %d at a time",
			ACQ_QUOTAS_MAX);
	TRY(acq_insert_quota(tx, corp, id_next(), number, expires_ms));
	look_again(tx, corp, tx->cx->now_ms);
	return q.bounded && !q.balance ? tell(tx, corp, "balance_increased") : OK;
}

enum err acq_quota_drop(struct tx *tx, int64_t corp, int64_t quota)
{
	TRY(acq_delete_quota(tx, corp, quota));
	return tx_changes(tx) == 1 ? OK : why(tx->cx, ERR_NOT_FOUND, "quota");
}

enum err acq_quota_left(struct tx *tx, int64_t corp)
{
	struct acq_quotas q;

	TRY(acq_quotas(tx, corp, &q));
	if (q.bounded && !q.balance)
		return why(tx->cx, ERR_CODE_FULL, "ask the person for another way");
	return OK;
}

enum err acq_quota_use(struct tx *tx, int64_t corp)
{
	struct acq_quotas q;
	size_t i = 0;

	TRY(acq_quotas(tx, corp, &q));
	if (!q.bounded)
		return OK;
	while (i < q.n && !q.v[i].balance)
		i++;
	if (i == q.n)
		return why(tx->cx, ERR_CODE_FULL, "ask the person for another way");
	TRY(acq_use_quota(tx, corp, q.v[i].quota));
	if (q.balance == 1)
		return tell(tx, corp, "balance_exhausted");
	return q.balance == ACQ_LOW ? tell(tx, corp, "balance_low") : OK;
}

/* ---- the clock ---- */

/* The next warning that is due, or 0; and when the one after it will be. */
static int64_t warning_due(const struct acq_quota *q, int64_t now_ms,
	int64_t *out_next_ms)
{
	int64_t due = 0;

	for (size_t i = 0; i < ARRAY_LEN(warnings); i++) {
		int64_t when = q->expires_ms - warnings[i] * DAY_MS;

		if (when <= now_ms)
			due = warnings[i];
		else if (!*out_next_ms || when < *out_next_ms)
			*out_next_ms = when;
	}
	return due && (!q->told_days || due < q->told_days) ? due : 0;
}

enum err acq_quota_expire(struct tx *tx, int64_t corp, int64_t *out_next_ms)
{
	struct acq_quotas q;

	*out_next_ms = 0;
	TRY(acq_delete_keys(tx, corp, tx->cx->now_ms));
	TRY(acq_quotas(tx, corp, &q));
	for (size_t i = 0; i < q.n; i++) {
		int64_t days = warning_due(&q.v[i], tx->cx->now_ms, out_next_ms);

		if (!days)
			continue;
		TRY(acq_told_quota(tx, corp, q.v[i].quota, days));
		if (q.v[i].balance)
			TRY(acq_tell(tx, corp, NULL,
				&(struct acq_news){ .change = "quota_expire_soon",
					.expire_time = q.v[i].expires_ms / 1000,
					.expire_quota = q.v[i].balance }));
	}
	return OK;
}
