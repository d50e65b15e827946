/*
 * core/account/import.c - the import with first passwords and an audit row.
 */
#include "core/account/account.sql.h"
#include "core/account/audit.h"
#include "core/account/private.h"

/* A first password is for whoever has none. */
static enum err needs(struct tx *tx, int64_t corp, int64_t member, bool *out)
{
	struct credential_row row;
	bool found = false;

	if (member)
		TRY(credential_select(tx, corp, member, &row, &found));
	*out = !found;
	return OK;
}

static enum err put(struct tx *tx, int64_t corp, int64_t member, str hash)
{
	return account_credential_put(tx, corp, member, hash, false);
}

struct done {
	int64_t corp;
	const struct import_result *result;
};

static enum err write_audit(struct tx *tx, void *arg)
{
	const struct done *d = arg;
	const struct import_result *r = d->result;

	return audit_add(tx, d->corp, "members.import", STR("members"),
		arena_printf(tx->cx->mem,
			"added %" PRId64 ", changed %" PRId64 ", unchanged %" PRId64
			", failed %" PRId64 ", departments %" PRId64,
			r->added, r->changed, r->unchanged, r->failed, r->departments));
}

enum err account_import(struct store *store, struct ctx *cx, int64_t corp,
	const struct import_source *source, struct import_result *out)
{
	const struct import_passwords passwords = { needs, account_hash, put };
	struct done d = { corp, out };

	TRY(import_members(store, cx, corp, source, &passwords, out));
	return store_write(store, cx, write_audit, &d);
}
