/*
 * core/account/audit.c - what administrators did.
 */
#include "base/ids.h"
#include "core/account/audit.h"
#include "core/account/audit.sql.h"
#include "core/directory/directory.h"

static enum err actor_text(struct tx *tx, str *out)
{
	const struct actor *a = &tx->cx->actor;
	struct arena *mem = tx->cx->mem;
	struct member m;

	switch ((enum actor_kind)a->kind) {
	case ACTOR_MEMBER:
		TRY(member_get(tx, a->corp, a->id, &m));
		*out = arena_printf(mem, "member:%.*s", STR_FMT(m.userid));
		return OK;
	case ACTOR_APP:
		*out = arena_printf(mem, "app:%" PRId64, a->id);
		return OK;
	case ACTOR_CONSUMER:
		*out = STR("consumer");
		return OK;
	case ACTOR_OPERATOR:
		*out = STR("operator");
		return OK;
	case ACTOR_NOBODY:
		break;
	}
	*out = STR("system");
	return OK;
}

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
