/*
 * core/app/doctor.c - what must be true of apps.
 */
#include "core/app/app.sql.h"
#include "core/app/private.h"

static enum err check_secret(struct tx *tx, int64_t corp, const struct app_row *row,
	doctor_fn *report, void *arg)
{
	struct arena *mem = tx->cx->mem;
	struct app opened;
	str secret;
	bool opens = app_secret(tx, corp, row->app, false, &secret) == OK &&
		app_callback_get(tx, corp, row->app, &opened) == OK;

	ctx_forgive(tx->cx);
	if (!opens)
		report(arg,
			arena_printf(mem,
				"app %" PRId64
				": its sealed values do not open with this keys file",
				row->app));
	else if (!str_same(app_secret_hash(mem, secret), row->secret_hash))
		report(arg,
			arena_printf(mem, "app %" PRId64 ": secret and hash differ",
				row->app));
	return OK;
}

static enum err check_range(struct tx *tx, int64_t corp, int64_t app, doctor_fn *report,
	void *arg)
{
	struct app_range range;
	size_t missing = 0;

	TRY(app_range_get(tx, corp, app, &range));
	for (size_t i = 0; i < range.members.n; i++) {
		struct member m;

		missing += member_get(tx, corp, range.members.v[i], &m) != OK;
	}
	for (size_t i = 0; i < range.departments.n; i++) {
		struct department d;

		missing += department_get(tx, corp, range.departments.v[i], &d) != OK;
	}
	ctx_forgive(tx->cx);
	if (missing)
		report(arg,
			arena_printf(tx->cx->mem,
				"app %" PRId64 ": %zu of its range are not there", app,
				missing));
	return OK;
}

enum err app_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg)
{
	struct app_row *rows;
	size_t n;

	TRY(app_select_all(tx, corp, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(check_secret(tx, corp, &rows[i], report, arg));
		TRY(check_range(tx, corp, rows[i].app, report, arg));
	}
	return OK;
}
