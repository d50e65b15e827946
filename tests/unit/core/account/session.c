/*
 * tests/unit/core/account/session.c - sessions made, checked, ended.
 */
#include "unit.h"

#include "core/account/account.h"
#include "core/account/audit.h"
#include "core/kit.h"

static const int64_t day_ms = 24 * 3600 * 1000;

static enum err check(struct tx *tx, void *arg)
{
	return account_session_check(tx, *(str *)arg);
}

static enum err checked(struct kit *k, str token)
{
	ctx_forgive(k->cx);
	return store_read(k->store, k->cx, check, &token);
}

static str session(struct kit *k, const struct member *m)
{
	str token;

	assert_ok(account_member_session_add(kit_write(k), k->corp.corp, m->member,
		STR("phone"), &token));
	kit_commit(k);
	return token;
}

static struct member member(struct kit *k, const char *userid)
{
	struct member m = kit_member(kit_write(k), k, userid, "名");

	kit_commit(k);
	return m;
}

static void a_session_says_who_acts(void **state)
{
	struct kit *k = *state;
	struct member m = { .corp = k->corp.corp,
		.userid = STR("boss"),
		.name = STR("长"),
		.admin = true };
	str token, other;

	assert_ok(member_add(kit_write(k), &m, NULL, 0));
	kit_commit(k);
	token = session(k, &m);
	assert_ok(checked(k, token));
	assert_int_equal(k->cx->actor.id, m.member);
	assert_int_equal(k->cx->actor.corp, k->corp.corp);
	assert_true(k->cx->actor.scopes & SCOPE_BIT(SCOPE_admin));
	assert_false(k->cx->actor.scopes & SCOPE_BIT(SCOPE_consumer));
	assert_ok(
		account_consumer_session_add(kit_write(k), 4711, STR("browser"), &other));
	kit_commit(k);
	assert_ok(checked(k, other));
	assert_int_equal(k->cx->actor.kind, ACTOR_CONSUMER);
	assert_int_equal(k->cx->actor.id, 4711);
	assert_int_equal(k->cx->actor.corp, 0);
	assert_true(k->cx->actor.scopes & SCOPE_BIT(SCOPE_consumer));
	assert_false(k->cx->actor.scopes & SCOPE_BIT(SCOPE_member));
}

static void another_token_is_nobodys(void **state)
{
	struct kit *k = *state;
	struct member m = member(k, "a");
	str token = session(k, &m);
	char *p = arena_cstr(k->cx->mem, token);

	for (size_t i = 0; i < token.n; i++) {
		char was = p[i];

		p[i] = was == 'A' ? 'B' : 'A';
		assert_err(checked(k, str_make(p, token.n)), ERR_SIGNED_OUT);
		p[i] = was;
	}
	assert_err(checked(k, STR("")), ERR_SIGNED_OUT);
	assert_err(checked(k, STR("M-")), ERR_SIGNED_OUT);
	assert_err(checked(k, str_sub(token, 0, token.n - 1)), ERR_SIGNED_OUT);
}

static void an_unused_session_ends_by_itself(void **state)
{
	struct kit *k = *state;
	struct member m = member(k, "a");
	str token = session(k, &m);

	k->cx->now_ms += (SESSION_IDLE_DAYS - 1) * day_ms;
	assert_ok(checked(k, token));
	assert_ok(account_seen_flush(k->store, k->cx)); /* its use is written down */
	k->cx->now_ms += (SESSION_IDLE_DAYS - 1) * day_ms;
	assert_ok(checked(k, token));
	k->cx->now_ms += 2 * day_ms;
	assert_err(checked(k, token), ERR_SIGNED_OUT);
	assert_ok(account_sweep(kit_write(k), k->corp.corp));
	kit_commit(k);
	k->cx->now_ms -= 20 * day_ms;
	assert_err(checked(k, token), ERR_SIGNED_OUT);
}

static void sessions_are_listed_and_revoked(void **state)
{
	struct kit *k = *state;
	struct member a = member(k, "a"), b = member(k, "b");
	str first = session(k, &a), second = session(k, &a), others = session(k, &b);
	struct session *list;
	size_t n;

	struct tx *tx = kit_write(k);
	assert_ok(account_sessions(tx, k->corp.corp, a.member, &list, &n));
	assert_int_equal(n, 2);
	assert_true(list[0].session > list[1].session);
	assert_str(list[0].device, "phone");
	assert_err(account_end(tx, k->corp.corp, b.member, list[0].session),
		ERR_NOT_FOUND);
	assert_ok(account_end(tx, k->corp.corp, a.member, list[0].session));
	kit_commit(k);
	assert_int_equal(kit_events(k, EVENT_SIGNED_OUT), 1);
	assert_int_equal(k->events[0]->object, list[0].session);
	assert_err(checked(k, second), ERR_SIGNED_OUT);
	assert_ok(checked(k, first));
	assert_ok(checked(k, others));
	assert_ok(checked(k, first));
	assert_ok(account_sign_out(kit_write(k)));
	kit_commit(k);
	assert_err(checked(k, first), ERR_SIGNED_OUT);
}

static void too_many_sessions_push_out_the_oldest(void **state)
{
	struct kit *k = *state;
	struct member m = member(k, "a");
	str first = session(k, &m);
	struct session *list;
	size_t n;

	for (int i = 0; i < 50; i++)
		session(k, &m);
	assert_err(checked(k, first), ERR_SIGNED_OUT);
	assert_ok(account_sessions(kit_write(k), k->corp.corp, m.member, &list, &n));
	kit_commit(k);
	assert_int_equal(n, 50);
}

static void disabling_ends_his_sessions_and_nobody_elses(void **state)
{
	struct kit *k = *state;
	struct member a = member(k, "a"), b = member(k, "b");
	str one = session(k, &a), two = session(k, &a), others = session(k, &b);
	struct audit_entry *entries;
	size_t n;

	k->cx->actor = (struct actor){ .kind = ACTOR_MEMBER,
		.corp = k->corp.corp,
		.id = b.member };
	struct tx *tx = kit_write(k);
	assert_err(member_disable(tx, k->corp.corp, b.member), ERR_FORBIDDEN);
	assert_ok(member_disable(tx, k->corp.corp, a.member));
	assert_ok(audit_page(tx, k->corp.corp, 0, 10, &entries, &n));
	kit_commit(k);
	assert_int_equal(n, 1);
	assert_str(entries[0].actor, "member:b");
	assert_str(entries[0].verb, "member.disable");
	assert_str(entries[0].object, "member:a");
	assert_int_equal(kit_events(k, EVENT_SIGNED_OUT), 1);
	assert_int_equal(k->events[0]->who.id, a.member);
	assert_int_equal(k->events[0]->object, 0);
	assert_int_equal(k->events[0]->audience_n, 1);
	assert_err(checked(k, one), ERR_SIGNED_OUT);
	assert_err(checked(k, two), ERR_SIGNED_OUT);
	assert_ok(checked(k, others));
	assert_ok(member_enable(kit_write(k), k->corp.corp, a.member));
	kit_commit(k);
	assert_err(checked(k, one), ERR_SIGNED_OUT); /* what ended stays ended */
	assert_ok(checked(k, session(k, &a)));
}

/* A session that is there in spite of disabling does not let him in either. */
static void a_disabled_member_is_told_so(void **state)
{
	struct kit *k = *state;
	struct member a = member(k, "a");
	str token = session(k, &a);

	assert_ok(
		member_set_status(kit_write(k), k->corp.corp, a.member, MEMBER_DISABLED));
	kit_commit(k);
	assert_err(checked(k, token), ERR_DISABLED);
}

static void count_report(void *arg, str words)
{
	++*(int *)arg;
}

static void doctor_finds_sessions_of_the_disabled(void **state)
{
	struct kit *k = *state;
	struct member a = member(k, "a");
	int reports = 0;

	session(k, &a);
	struct tx *tx = kit_write(k);
	assert_ok(account_doctor(tx, k->corp.corp, count_report, &reports));
	assert_int_equal(reports, 0);
	assert_ok(member_set_status(tx, k->corp.corp, a.member, MEMBER_DISABLED));
	assert_ok(account_doctor(tx, k->corp.corp, count_report, &reports));
	assert_int_equal(reports, 1);
	kit_commit(k);
}

static void the_audit_is_read_backwards(void **state)
{
	struct kit *k = *state;
	struct audit_entry *entries;
	struct tx *tx = kit_write(k);
	size_t n;

	for (int i = 0; i < 5; i++)
		assert_ok(audit_add(tx, k->corp.corp, "test", STR("x"),
			arena_printf(k->cx->mem, "%d", i)));
	assert_ok(audit_page(tx, k->corp.corp, 0, 2, &entries, &n));
	assert_int_equal(n, 2);
	assert_str(entries[0].detail, "4");
	assert_str(entries[0].actor, "operator");
	assert_ok(audit_page(tx, k->corp.corp, entries[1].entry, 10, &entries, &n));
	assert_int_equal(n, 3);
	assert_str(entries[2].detail, "0");
	assert_ok(audit_page(tx, 99, 0, 10, &entries, &n));
	assert_int_equal(n, 0);
	kit_commit(k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(a_session_says_who_acts),
		kit_test(another_token_is_nobodys),
		kit_test(an_unused_session_ends_by_itself),
		kit_test(sessions_are_listed_and_revoked),
		kit_test(too_many_sessions_push_out_the_oldest),
		kit_test(disabling_ends_his_sessions_and_nobody_elses),
		kit_test(a_disabled_member_is_told_so),
		kit_test(doctor_finds_sessions_of_the_disabled),
		kit_test(the_audit_is_read_backwards),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
