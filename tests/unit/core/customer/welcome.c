/*
 * tests/unit/core/customer/welcome.c - first words, exactly once.
 */
#include "unit.h"

#include "core/kit.h"

#include "core/customer/kit.h"

static const struct message_part hello = { { "text", 4 },
	{ "{\"content\":\"app\"}", sizeof("{\"content\":\"app\"}") - 1 } };

static str code_of(struct kit *k)
{
	return shop_field(k, shop_callback(k).fields, "WelcomeCode");
}

static int64_t expire(struct kit *k, int64_t now_ms)
{
	int64_t next_ms;

	k->cx->now_ms = now_ms;
	assert_ok(welcome_expire(kit_write(k), k->corp.corp, &next_ms));
	kit_commit(k);
	return next_ms;
}

static void without_a_welcoming_app_the_corps_comes_at_once(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	struct message m = shop_last(k, f.chat);

	assert_int_equal(kit_events(k, EVENT_DUE), 0);
	assert_str(m.type, "text");
	assert_str(m.body, "{\"content\":\"您好，欢迎！\"}");
	assert_int_equal(m.sender.kind, PERSON_MEMBER);
	assert_int_equal(m.sender.id, s.lilei.member);
	assert_int_equal(code_of(k).n, 0);
	assert_int_equal(expire(k, k->cx->now_ms + 100000), 0);
	assert_int_equal(shop_messages(k, f.chat), 2);
}

static void a_corp_without_words_says_none(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;

	k->corp.welcome = STR("");
	assert_ok(corp_set(kit_write(k), &k->corp));
	kit_commit(k);
	assert_int_equal(shop_messages(k, shop_add(k, &s.lileis, "甲", &c).chat), 1);
}

static void the_apps_comes_once_and_the_corps_not_at_all(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, true);
	int64_t now = k->cx->now_ms;
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	str code = code_of(k);

	assert_int_equal(shop_messages(k, f.chat), 1);
	assert_int_equal(welcome_send(kit_write(k), f.corp, STR("other"), &hello, 1),
		ERR_WELCOME_CODE);
	kit_roll_back(k);
	assert_ok(welcome_send(kit_write(k), f.corp, code, &hello, 1));
	kit_commit(k);
	assert_str(shop_last(k, f.chat).body, "{\"content\":\"app\"}");
	assert_int_equal(shop_last(k, f.chat).sender.kind, PERSON_MEMBER);
	assert_int_equal(welcome_send(kit_write(k), f.corp, code, &hello, 1),
		ERR_WELCOME_SENT);
	kit_roll_back(k);
	expire(k, now + WELCOME_LIFE_MS);
	assert_int_equal(shop_messages(k, f.chat), 2);
}

static void after_twenty_seconds_the_corps_comes_once(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, true);
	int64_t now = k->cx->now_ms;
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	str code = code_of(k);

	assert_int_equal(expire(k, now + WELCOME_LIFE_MS - 1), now + WELCOME_LIFE_MS);
	assert_int_equal(shop_messages(k, f.chat), 1);
	k->cx->now_ms = now + WELCOME_LIFE_MS;
	assert_int_equal(welcome_send(kit_write(k), f.corp, code, &hello, 1),
		ERR_WELCOME_CODE);
	kit_roll_back(k);
	assert_int_equal(expire(k, now + WELCOME_LIFE_MS), 0);
	expire(k, now + 2 * WELCOME_LIFE_MS);
	assert_int_equal(shop_messages(k, f.chat), 2);
	assert_str(shop_last(k, f.chat).body, "{\"content\":\"您好，欢迎！\"}");
	assert_int_equal(welcome_send(kit_write(k), f.corp, code, &hello, 1),
		ERR_WELCOME_SENT);
	kit_roll_back(k);
	shop_is_sound(k);
}

static void a_rolled_back_welcome_can_be_sent_again(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, true);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	str code = code_of(k);

	assert_ok(welcome_send(kit_write(k), f.corp, code, &hello, 1));
	kit_roll_back(k);
	assert_int_equal(shop_messages(k, f.chat), 1);
	assert_ok(welcome_send(kit_write(k), f.corp, code, &hello, 1));
	kit_commit(k);
	assert_int_equal(shop_messages(k, f.chat), 2);
}

static void who_left_meanwhile_is_not_welcomed(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, true);
	int64_t now = k->cx->now_ms;
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);

	assert_ok(follow_leave(kit_write(k), &f));
	kit_commit(k);
	expire(k, now + WELCOME_LIFE_MS);
	assert_str(shop_last(k, f.chat).type, "system");
	shop_is_sound(k);
}

static void others_codes_are_none_of_ours(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, true);
	struct consumer c;
	struct corp other;

	shop_add(k, &s.lileis, "甲", &c);
	str code = code_of(k);
	struct tx *tx = kit_write(k);
	assert_ok(app_corp_create(tx, STR_NONE, STR("别家"), &other));
	assert_int_equal(welcome_send(tx, other.corp, code, &hello, 1), ERR_WELCOME_CODE);
	kit_roll_back(k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(without_a_welcoming_app_the_corps_comes_at_once),
		kit_test(a_corp_without_words_says_none),
		kit_test(the_apps_comes_once_and_the_corps_not_at_all),
		kit_test(after_twenty_seconds_the_corps_comes_once),
		kit_test(a_rolled_back_welcome_can_be_sent_again),
		kit_test(who_left_meanwhile_is_not_welcomed),
		kit_test(others_codes_are_none_of_ours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
