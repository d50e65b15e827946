/*
 * core/account/audit.c - what administrators did.
 */
#include "base/ids.h"
#include "core/account/audit.h"
#include "core/account/audit.sql.h"
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
