/*
 * core/account/doctor.c - what must be true of passwords and sessions.
 */
#include "core/account/account.sql.h"
#include "core/account/private.h"

struct visit {
	struct tx *tx;
	int64_t corp;
	doctor_fn *report;
	void *arg;
};

static enum err check_session(void *arg, const struct session_holder_row *row)
{
	const struct visit *v = arg;
	enum member_status status;
	bool admin;

	if (member_standing(v->tx, v->corp, row->member, &status, &admin) != OK) {
		ctx_forgive(v->tx->cx);
		v->report(v->arg, STR("a session belongs to nobody"));
	} else if (status == MEMBER_DISABLED || status == MEMBER_LEFT) {
		v->report(v->arg,
			arena_printf(v->tx->cx->mem,
				"member number %" PRId64 " is disabled but has a session",
				row->member));
	}
	return OK;
}

static enum err check_credential(void *arg, const struct session_holder_row *row)
{
	const struct visit *v = arg;
	enum member_status status;
	bool admin;

	if (member_standing(v->tx, v->corp, row->member, &status, &admin) != OK) {
		ctx_forgive(v->tx->cx);
		v->report(v->arg, STR("a password belongs to nobody"));
	}
	return OK;
}

enum err account_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg)
{
	struct visit v = { tx, corp, report, arg };

	TRY(member_session_holders(tx, corp, check_session, &v));
	return credential_holders(tx, corp, check_credential, &v);
}
