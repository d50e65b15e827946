/*
 * core/account/member_state.c - disabling a member, taking it back, and leaving.
 *
 * One transaction: the status, his sessions, his customers by the corp's rules of handover,
 * the audit.  Chats and their history are the corp's and stay as they are.
 */
#include "core/account/account.sql.h"
#include "core/account/audit.h"
#include "core/account/private.h"
#include "core/customer/handover_rule.h"
#include "core/group/group.h"

static enum err find(struct tx *tx, int64_t corp, int64_t member, struct member *out)
{
	TRY(member_get(tx, corp, member, out));
	if (out->status == MEMBER_LEFT)
		return why(tx->cx, ERR_NO_USER, "field `userid`: has left");
	return OK;
}

/* What the rules passed on. */
struct passed {
	int64_t customers;
	size_t groups;
};

/* His customers, then his groups: these by the first rule that asks for no tag. */
static enum err pass_on(struct tx *tx, int64_t corp, int64_t member, struct passed *out)
{
	struct member from, to;
	bool found;

	TRY(handover_leave(tx, corp, member, &out->customers));
	TRY(handover_successor(tx, corp, member, &to, &found));
	if (!found)
		return OK;
	TRY(member_get(tx, corp, member, &from));
	return group_move_all(tx, corp, &from, &to, &out->groups);
}

static enum err audit(struct tx *tx, const struct member *m, const char *verb,
	struct passed passed)
{
	str detail = m->name;

	if (passed.customers || passed.groups)
		detail = arena_printf(tx->cx->mem,
			"%.*s; %" PRId64
			" customers and %zu groups passed on by the rules",
			STR_FMT(m->name), passed.customers, passed.groups);
	return audit_add(tx, m->corp, verb,
		arena_printf(tx->cx->mem, "member:%.*s", STR_FMT(m->userid)), detail);
}

/* Nobody ends his own access by mistake. */
static enum err check_not_self(struct tx *tx, int64_t corp, int64_t member)
{
	const struct actor *actor = &tx->cx->actor;

	if (actor->kind == ACTOR_MEMBER && actor->corp == corp && actor->id == member)
		return why(tx->cx, ERR_FORBIDDEN,
			"field `userid`: you cannot disable yourself");
	return OK;
}

enum err member_disable(struct tx *tx, int64_t corp, int64_t member)
{
	struct passed passed = { 0 };
	struct member m;

	TRY(check_not_self(tx, corp, member));
	TRY(find(tx, corp, member, &m));
	TRY(account_end_all(tx, corp, member));
	if (m.status == MEMBER_DISABLED)
		return OK;
	TRY(member_set_status(tx, corp, member, MEMBER_DISABLED));
	TRY(pass_on(tx, corp, member, &passed));
	return audit(tx, &m, "member.disable", passed);
}

enum err member_leave(struct tx *tx, int64_t corp, int64_t member)
{
	struct passed passed = { 0 };
	struct member m;

	TRY(check_not_self(tx, corp, member));
	TRY(find(tx, corp, member, &m));
	TRY(account_end_all(tx, corp, member));
	/* Of one who was disabled the rules have decided already.  They look at his
	 * departments, which he loses with the second status. */
	if (m.status != MEMBER_DISABLED) {
		TRY(member_set_status(tx, corp, member, MEMBER_DISABLED));
		TRY(pass_on(tx, corp, member, &passed));
	}
	TRY(member_set_status(tx, corp, member, MEMBER_LEFT));
	return audit(tx, &m, "member.leave", passed);
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
	return audit(tx, &m, "member.enable", (struct passed){ 0 });
}
