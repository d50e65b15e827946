/*
 * tests/unit/core/app/token.c - access tokens through their life.
 */
#include "unit.h"

#include "core/kit.h"

struct asking {
	int64_t corp;
	str secret, token;
	int64_t left_s;
};

static enum err issue(struct tx *tx, void *arg)
{
	struct asking *a = arg;

	return app_token_issue(tx, a->corp, a->secret, &a->token, &a->left_s);
}

static enum err check(struct tx *tx, void *arg)
{
	return app_token_check(tx, *(str *)arg);
}

static str new_app(struct kit *k, struct app *a)
{
	str secret;

	*a = (struct app){ .corp = k->corp.corp,
		.kind = APP_BUSINESS,
		.name = STR("门店助手") };
	assert_ok(app_create(kit_write(k), a, NULL, &secret));
	kit_commit(k);
	return secret;
}

static struct asking ask(struct kit *k, str secret)
{
	struct asking a = { .corp = k->corp.corp, .secret = secret };

	assert_ok(store_read(k->store, k->cx, issue, &a));
	if (!a.token.n)
		assert_ok(store_write(k->store, k->cx, issue, &a));
	return a;
}

static enum err checked(struct kit *k, str token)
{
	ctx_forgive(k->cx);
	return store_read(k->store, k->cx, check, &token);
}

static void a_token_lives_and_is_given_again(void **state)
{
	struct kit *k = *state;
	struct app a;
	str secret = new_app(k, &a);
	struct asking first = ask(k, secret);

	assert_int_equal(first.left_s, 7200);
	assert_ok(checked(k, first.token));
	assert_int_equal(k->cx->actor.kind, ACTOR_APP);
	assert_int_equal(k->cx->actor.corp, k->corp.corp);
	assert_int_equal(k->cx->actor.id, a.app);
	assert_true(k->cx->actor.scopes & SCOPE_BIT(SCOPE_message_send));
	assert_false(k->cx->actor.scopes & SCOPE_BIT(SCOPE_contacts_write));
	k->cx->now_ms += 1000 * 1000;
	struct asking second = ask(k, secret);
	assert_true(str_same(first.token, second.token));
	assert_int_equal(second.left_s, 6200);
	kit_reopen(k);
	struct asking third = ask(k, secret);
	assert_true(str_same(first.token, third.token));
}

static void near_its_end_a_new_one_follows_and_the_old_lives(void **state)
{
	struct kit *k = *state;
	struct app a;
	str secret = new_app(k, &a);
	struct asking first = ask(k, secret);
	int64_t begin_ms = k->cx->now_ms;

	k->cx->now_ms = begin_ms + TOKEN_LIFE_MS - TOKEN_RENEW_MS;
	assert_true(str_same(first.token, ask(k, secret).token));
	k->cx->now_ms += 1;
	struct asking second = ask(k, secret);
	assert_false(str_same(first.token, second.token));
	assert_int_equal(second.left_s, 7200);
	assert_ok(checked(k, first.token));
	assert_ok(checked(k, second.token));
	k->cx->now_ms = begin_ms + TOKEN_LIFE_MS - 1;
	assert_ok(checked(k, first.token));
	k->cx->now_ms += 1;
	assert_err(checked(k, first.token), ERR_EXPIRED_TOKEN);
	assert_ok(checked(k, second.token));
}

static void whatever_is_changed_in_it_is_noticed(void **state)
{
	struct kit *k = *state;
	struct app a;
	struct asking asked = ask(k, new_app(k, &a));
	char *p = arena_cstr(k->cx->mem, asked.token);

	for (size_t i = 0; i < asked.token.n; i++) {
		char was = p[i];

		p[i] = was == 'A' ? 'B' : 'A';
		assert_err(checked(k, str_make(p, asked.token.n)), ERR_BAD_TOKEN);
		p[i] = was;
	}
	assert_ok(checked(k, str_make(p, asked.token.n)));
	assert_err(checked(k, str_make(p, asked.token.n - 1)), ERR_BAD_TOKEN);
	assert_err(checked(k, arena_concat(k->cx->mem, asked.token, STR("A"))),
		ERR_BAD_TOKEN);
	assert_err(checked(k, STR("")), ERR_NO_TOKEN);
	assert_err(checked(k, STR("---")), ERR_BAD_TOKEN);
	assert_err(checked(k, STR("T1-4C94")), ERR_BAD_TOKEN);
}

static void a_new_secret_ends_the_old_tokens(void **state)
{
	struct kit *k = *state;
	struct app a;
	str secret = new_app(k, &a), shown, renewed;
	struct asking old = ask(k, secret);
	struct tx *tx = kit_write(k);

	assert_ok(app_secret(tx, k->corp.corp, a.app, false, &shown));
	assert_true(str_same(shown, secret));
	assert_ok(app_secret(tx, k->corp.corp, a.app, true, &renewed));
	assert_false(str_same(renewed, secret));
	kit_commit(k);
	assert_err(checked(k, old.token), ERR_BAD_TOKEN);
	struct asking again = { .corp = k->corp.corp, .secret = secret };
	assert_err(store_read(k->store, k->cx, issue, &again), ERR_BAD_SECRET);
	assert_ok(checked(k, ask(k, renewed).token));
}

static void a_closed_app_has_none(void **state)
{
	struct kit *k = *state;
	struct app a;
	struct asking asked = { .corp = k->corp.corp, .secret = new_app(k, &a) };
	str token = ask(k, asked.secret).token;

	a.closed = true;
	assert_ok(app_set(kit_write(k), &a, NULL));
	kit_commit(k);
	assert_err(checked(k, token), ERR_APP_CLOSED);
	assert_err(store_read(k->store, k->cx, issue, &asked), ERR_APP_CLOSED);
}

/* Secrets and tokens of one corp are nothing in another. */
static void corps_are_apart(void **state)
{
	struct kit *k = *state;
	struct app a;
	str secret = new_app(k, &a);
	struct corp other;

	assert_ok(app_corp_create(kit_write(k), STR(""), STR("另一家"), &other));
	kit_commit(k);
	struct asking asked = { .corp = other.corp, .secret = secret };
	assert_err(store_read(k->store, k->cx, issue, &asked), ERR_BAD_SECRET);
	assert_ok(checked(k, ask(k, secret).token));
	assert_int_equal(k->cx->actor.corp, k->corp.corp);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(a_token_lives_and_is_given_again),
		kit_test(near_its_end_a_new_one_follows_and_the_old_lives),
		kit_test(whatever_is_changed_in_it_is_noticed),
		kit_test(a_new_secret_ends_the_old_tokens),
		kit_test(a_closed_app_has_none),
		kit_test(corps_are_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
