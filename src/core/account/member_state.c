/*
 * core/account/member_state.c - disabling a member, and taking it back.
 *
 * One transaction: the status, his sessions, the audit.  His customers, chats and
 * their history are the corp's and stay as they are.
 */
#include "core/account/account.sql.h"
#include "core/account/audit.h"
#include "core/account/private.h"

static enum err find(struct tx *tx, int64_t corp, int64_t member, struct member *out)
{
	TRY(member_get(tx, corp, member, out));
	if (out->status == MEMBER_LEFT)
		return why(tx->cx, ERR_NO_USER, "field `userid`: has left");
	return OK;
}

static enum err audit(struct tx *tx, const struct member *m, const char *verb)
{
	return audit_add(tx, m->corp, verb,
		arena_printf(tx->cx->mem, "member:%.*s", STR_FMT(m->userid)), m->name);
}

enum err member_disable(struct tx *tx, int64_t corp, int64_t member)
{
	const struct actor *actor = &tx->cx->actor;
	struct member m;

	if (actor->kind == ACTOR_MEMBER && actor->corp == corp && actor->id == member)
		return why(tx->cx, ERR_FORBIDDEN,
			"field `userid`: you cannot disable yourself");
	TRY(find(tx, corp, member, &m));
	TRY(account_end_all(tx, corp, member));
	if (m.status == MEMBER_DISABLED)
		return OK;
	TRY(member_set_status(tx, corp, member, MEMBER_DISABLED));
	return audit(tx, &m, "member.disable");
}

enum err member_enable(struct tx *tx, int64_t corp, int64_t member)
{
	struct credential_row row;
	struct member m;
	bool found;

	TRY(find(tx, corp, member, &m));
	if (m.status != MEMBER_DISABLED)
		return OK;
	TRY(credential_select(tx, corp, member, &row, &found));
	TRY(member_set_status(tx, corp, member,
		found ? MEMBER_ACTIVE : MEMBER_NOT_ACTIVATED));
	return audit(tx, &m, "member.enable");
}
