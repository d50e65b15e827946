/*
 * tests/unit/core/account/sign_in.c - passwords, and who is kept out.
 *
 * Attempts are counted for the whole process, so each test has names and
 * addresses of its own.
 */
#include "unit.h"

#include "core/account/account.h"
#include "core/account/audit.h"
#include "core/kit.h"

static struct member with_password(struct kit *k, const char *userid,
	const char *password)
{
	struct tx *tx;
	str hash;

	assert_ok(account_hash(k->cx, str_of(password), &hash));
	tx = kit_write(k);
	struct member m = { .corp = k->corp.corp,
		.userid = str_of(userid),
		.name = STR("名") };
	assert_ok(member_add(tx, &m, NULL, 0));
	assert_ok(account_credential_put(tx, k->corp.corp, m.member, hash, false));
	kit_commit(k);
	return m;
}

static enum err sign_in(struct kit *k, const char *account, const char *password,
	const char *address, str *out_token)
{
	struct sign_in in = { .account = str_of(account),
		.password = str_of(password),
		.device = STR("test"),
		.address = str_of(address) };
	struct member m;

	ctx_forgive(k->cx);
	return account_sign_in(k->store, k->cx, &in, &m, out_token);
}

static enum err check(struct tx *tx, void *arg)
{
	return account_session_check(tx, *(str *)arg);
}

static enum err checked(struct kit *k, str token)
{
	ctx_forgive(k->cx);
	return store_read(k->store, k->cx, check, &token);
}

static void the_right_password_makes_a_session_and_activates(void **state)
{
	struct kit *k = *state;
	struct member m = with_password(k, "one", "correct horse"), now;
	str token = STR("");

	assert_int_equal(m.status, MEMBER_NOT_ACTIVATED);
	assert_ok(sign_in(k, "ONE", "correct horse", "192.0.2.1", &token));
	assert_ok(checked(k, token));
	assert_int_equal(k->cx->actor.kind, ACTOR_MEMBER);
	assert_int_equal(k->cx->actor.id, m.member);
	assert_false(k->cx->actor.scopes & SCOPE_BIT(SCOPE_admin));
	assert_ok(member_get(kit_write(k), k->corp.corp, m.member, &now));
	kit_commit(k);
	assert_int_equal(now.status, MEMBER_ACTIVE);
}

static void every_failure_sounds_the_same(void **state)
{
	struct kit *k = *state;
	str token;

	with_password(k, "two", "correct horse");
	assert_err(sign_in(k, "two", "wrong horse", "192.0.2.2", &token),
		ERR_BAD_SIGN_IN);
	str words = arena_str(k->cx->mem, k->cx->words);
	assert_err(sign_in(k, "nobody2", "correct horse", "192.0.2.2", &token),
		ERR_BAD_SIGN_IN);
	assert_true(str_same(words, k->cx->words));
	assert_err(sign_in(k, "two", "", "192.0.2.2", &token), ERR_BAD_SIGN_IN);
	assert_err(sign_in(k, "", "", "192.0.2.2", &token), ERR_BAD_SIGN_IN);
	kit_member(kit_write(k), k, "no-password", "无");
	kit_commit(k);
	assert_err(sign_in(k, "no-password", "", "192.0.2.2", &token), ERR_BAD_SIGN_IN);
}

static void ten_failures_close_the_account_for_ten_minutes(void **state)
{
	struct kit *k = *state;
	str token;

	with_password(k, "three", "correct horse");
	for (int i = 0; i < 10; i++)
		assert_err(sign_in(k, "three", "wrong horse", "192.0.2.3", &token),
			ERR_BAD_SIGN_IN);
	assert_err(sign_in(k, "three", "correct horse", "192.0.2.3", &token),
		ERR_TOO_OFTEN);
	assert_err(sign_in(k, "Three", "correct horse", "192.0.2.30", &token),
		ERR_TOO_OFTEN);
	k->cx->now_ms += 10 * 60 * 1000;
	assert_ok(sign_in(k, "three", "correct horse", "192.0.2.3", &token));
	for (int i = 0; i < 9; i++)
		assert_err(sign_in(k, "three", "wrong horse", "192.0.2.3", &token),
			ERR_BAD_SIGN_IN);
	assert_ok(sign_in(k, "three", "correct horse", "192.0.2.3",
		&token)); /* and forgets */
	assert_err(sign_in(k, "three", "wrong horse", "192.0.2.3", &token),
		ERR_BAD_SIGN_IN);
}

static void several_companies_must_be_told_apart(void **state)
{
	struct kit *k = *state;
	struct sign_in in = { .account = STR("four"),
		.password = STR("correct horse"),
		.address = STR("192.0.2.4") };
	struct corp other;
	struct member m;

	with_password(k, "four", "correct horse");
	assert_ok(corp_create(kit_write(k), STR(""), STR("另一家"), &other));
	kit_commit(k);
	assert_err(account_sign_in_check(k->store, k->cx, &in, &m), ERR_INVALID_ARGUMENT);
	in.corpid = k->corp.corpid;
	assert_ok(account_sign_in_check(k->store, k->cx, &in, &m));
	in.corpid = other.corpid;
	assert_err(account_sign_in_check(k->store, k->cx, &in, &m), ERR_BAD_SIGN_IN);
}

static void only_the_right_password_hears_of_disabling(void **state)
{
	struct kit *k = *state;
	struct member m = with_password(k, "five", "correct horse");
	str token;

	assert_ok(member_disable(kit_write(k), k->corp.corp, m.member));
	kit_commit(k);
	assert_err(sign_in(k, "five", "wrong horse", "192.0.2.5", &token),
		ERR_BAD_SIGN_IN);
	assert_err(sign_in(k, "five", "correct horse", "192.0.2.5", &token),
		ERR_DISABLED);
}

static void changing_the_password_ends_other_sessions(void **state)
{
	struct kit *k = *state;
	str here, there;

	with_password(k, "six", "correct horse");
	assert_ok(sign_in(k, "six", "correct horse", "192.0.2.6", &here));
	assert_ok(sign_in(k, "six", "correct horse", "192.0.2.6", &there));
	assert_ok(checked(k, here));
	assert_err(account_password_change(k->store, k->cx, STR("wrong"),
			   STR("battery staple")),
		ERR_BAD_SIGN_IN);
	assert_err(account_password_change(k->store, k->cx, STR("correct horse"),
			   STR("short")),
		ERR_INVALID_ARGUMENT);
	assert_ok(account_password_change(k->store, k->cx, STR("correct horse"),
		STR("battery staple")));
	assert_ok(checked(k, here));
	assert_err(checked(k, there), ERR_SIGNED_OUT);
	assert_err(sign_in(k, "six", "correct horse", "192.0.2.6", &there),
		ERR_BAD_SIGN_IN);
	assert_ok(sign_in(k, "six", "battery staple", "192.0.2.6", &there));
}

static void a_reset_password_must_be_changed(void **state)
{
	struct kit *k = *state;
	struct member m = with_password(k, "seven", "correct horse");
	struct audit_entry *entries;
	str token, password;
	bool must;
	size_t n;

	assert_ok(sign_in(k, "seven", "correct horse", "192.0.2.7", &token));
	assert_ok(account_password_reset(k->store, k->cx, k->corp.corp, m.member,
		&password));
	assert_err(checked(k, token), ERR_SIGNED_OUT);
	assert_ok(sign_in(k, "seven", arena_cstr(k->cx->mem, password), "192.0.2.7",
		&token));
	struct tx *tx = kit_write(k);
	assert_ok(account_must_change(tx, k->corp.corp, m.member, &must));
	assert_true(must);
	assert_ok(audit_page(tx, k->corp.corp, 0, 10, &entries, &n));
	assert_str(entries[0].verb, "member.password");
	assert_str(entries[0].object, "member:seven");
	assert_int_equal(str_find(entries[0].detail, password), SIZE_MAX);
	kit_commit(k);
	assert_ok(checked(k, token));
	assert_ok(account_password_change(k->store, k->cx, password,
		STR("battery staple")));
	assert_ok(account_must_change(kit_write(k), k->corp.corp, m.member, &must));
	kit_commit(k);
	assert_false(must);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(the_right_password_makes_a_session_and_activates),
		kit_test(every_failure_sounds_the_same),
		kit_test(ten_failures_close_the_account_for_ten_minutes),
		kit_test(several_companies_must_be_told_apart),
		kit_test(only_the_right_password_hears_of_disabling),
		kit_test(changing_the_password_ends_other_sessions),
		kit_test(a_reset_password_must_be_changed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
