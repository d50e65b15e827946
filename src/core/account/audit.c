/*
 * core/account/audit.c - what administrators did.
 */
#include "base/ids.h"
#include "core/account/audit.h"
#include "core/account/audit.sql.h"
#include "core/directory/corp_setting.h"
#include "core/directory/directory.h"

enum err audit_add(struct tx *tx, int64_t corp, const char *verb, str object, str detail)
{
	str actor;

	TRY(actor_text(tx, &actor));
	return audit_insert(tx, corp, id_next(), actor, str_of(verb), object, detail);
}

enum err audit_page(struct tx *tx, int64_t corp, int64_t before, int64_t limit,
	struct audit_entry **out, size_t *out_n)
{
	struct audit_row *rows;
	size_t n;

	TRY(audit_select_page(tx, corp, before ? before : INT64_MAX, limit, &rows, &n));
	struct audit_entry *entries = ARENA_ARRAY(tx->cx->mem, struct audit_entry, n);
	for (size_t i = 0; i < n; i++)
		entries[i] = (struct audit_entry){ rows[i].entry,
			id_time_ms(rows[i].entry), rows[i].actor, rows[i].verb,
			rows[i].object, rows[i].detail };
	*out = entries;
	*out_n = n;
	return OK;
}

enum err audit_expire(struct tx *tx, int64_t corp, int64_t *out_next_ms)
{
	enum { STEP = 500, DAY_MS = 24 * 3600 * 1000 };
	struct audit_select_oldest_row oldest;
	int64_t days, before_ms;
	bool found;

	TRY(corp_setting(tx, corp, CORP_SETTING_AUDIT_DAYS, &days));
	before_ms = tx->cx->now_ms - days * DAY_MS;
	TRY(audit_delete_before(tx, corp, id_of_ms(before_ms), STEP));
	TRY(audit_select_oldest(tx, corp, &oldest, &found));
	*out_next_ms = tx->cx->now_ms + DAY_MS;
	if (found && id_time_ms(oldest.entry) < before_ms)
		*out_next_ms = tx->cx->now_ms;
	return OK;
}
