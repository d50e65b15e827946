/*
 * core/directory/corp.c - the tenants.
 */
#include "base/ids.h"
#include "core/directory/check.h"
#include "core/directory/corp.sql.h"
#include "core/directory/department.sql.h"
#include "core/directory/directory.h"

enum { CORP_NAME_MAX = 64, WELCOME_MAX = 1000 };

static void corp_of_row(const struct corp_row *row, struct corp *out)
{
	*out = (struct corp){
		.corp = row->corp,
		.corpid = row->corpid,
		.name = row->name,
		.welcome = row->welcome,
		.verified = row->verified,
		.allow_private_callbacks = row->allow_private_callbacks,
		.sync_reads_ids = row->sync_reads_ids,
		.handover_at_once = row->handover_at_once,
		.directory_version = row->directory_version,
		.created_ms = row->created_ms,
	};
}

enum err corp_get(struct tx *tx, int64_t corp, struct corp *out)
{
	struct corp_row row;
	bool found;

	TRY(corp_select(tx, corp, &row, &found));
	if (!found)
		return why(tx->cx, ERR_BAD_CORPID, "field `corpid`: no such company");
	corp_of_row(&row, out);
	return OK;
}

enum err corp_by_corpid(struct tx *tx, str corpid, struct corp *out)
{
	struct corp_row row;
	bool found;

	TRY(corp_select_by_corpid(tx, corpid, &row, &found));
	if (!found)
		return why(tx->cx, ERR_BAD_CORPID, "field `corpid`: no such company");
	corp_of_row(&row, out);
	return OK;
}

enum err corp_numbers(struct tx *tx, int64_t **out_corps, size_t *out_n)
{
	struct corp_select_numbers_row *rows;
	size_t n;

	TRY(corp_select_numbers(tx, &rows, &n));
	int64_t *corps = ARENA_ARRAY(tx->cx->mem, int64_t, n);
	for (size_t i = 0; i < n; i++)
		corps[i] = rows[i].corp;
	*out_corps = corps;
	*out_n = n;
	return OK;
}

enum err corp_sync_reads_ids(struct tx *tx, int64_t corp, bool *out)
{
	struct corp_reads_ids_row row;
	bool found;

	TRY(corp_reads_ids(tx, corp, &row, &found));
	*out = found && row.sync_reads_ids;
	return OK;
}

static str corpid_new(struct arena *mem)
{
	static const char digits[] = "0123456789abcdef";
	char *p = arena_cstr(mem, STR("ww0123456789abcdef"));

	for (size_t i = 2; i < 18; i++)
		p[i] = digits[random_below(16)];
	return str_make(p, 18);
}

static bool corpid_is_valid(str corpid)
{
	if (corpid.n < 3 || corpid.n > 64)
		return false;
	for (size_t i = 0; i < corpid.n; i++) {
		char c = corpid.p[i];

		if (!(c >= '0' && c <= '9') && !((c | 32) >= 'a' && (c | 32) <= 'z'))
			return false;
	}
	return true;
}

enum err corp_create(struct tx *tx, str corpid, str name, struct corp *out)
{
	struct corp c = { .corpid = corpid, .name = name, .created_ms = tx->cx->now_ms };
	struct corp_last_row last;
	bool found;

	TRY(check_line(tx->cx, "name", name, 1, CORP_NAME_MAX));
	if (!corpid.n)
		c.corpid = corpid_new(tx->cx->mem);
	else if (!corpid_is_valid(corpid))
		return why(tx->cx, ERR_BAD_CORPID,
			"field `corpid`: 3 to 64 letters and digits");
	TRY(corp_last(tx, &last, &found));
	c.corp = found ? last.corp + 1 : 1;
	c.directory_version = id_next();
	TRY(corp_insert(tx, c.corp, c.corpid, c.name, 0, STR(""), 0, 0,
		c.directory_version, c.created_ms));
	if (tx_changes(tx) != 1)
		return why(tx->cx, ERR_CONFLICT, "field `corpid`: exists already");
	TRY(department_insert(tx, c.corp, DEPARTMENT_ROOT, 0, c.name, STR(""), 0));
	*out = c;
	return OK;
}

enum err corp_set(struct tx *tx, const struct corp *c)
{
	TRY(check_line(tx->cx, "name", c->name, 1, CORP_NAME_MAX));
	TRY(check_text(tx->cx, "welcome", c->welcome, 0, WELCOME_MAX));
	TRY(corp_update(tx, c->corp, c->name, c->verified, c->welcome,
		c->allow_private_callbacks, c->sync_reads_ids, c->handover_at_once));
	if (tx_changes(tx) != 1)
		return why(tx->cx, ERR_BAD_CORPID, "field `corpid`: no such company");
	directory_changed(tx, c->corp);
	return OK;
}

void directory_changed(struct tx *tx, int64_t corp)
{
	event_emit(tx, &(struct event){ .kind = EVENT_DIRECTORY, .corp = corp });
}
