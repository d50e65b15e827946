/* Which first words hold. */
#include "unit.h"

#include "core/kit.h"

#include "core/customer/kit.h"
#include "core/customer/welcome_rule.h"
#include "core/directory/corp_setting.h"

/* Monday, 5 January 2026, 10:00 in China. */
#define MONDAY_10 INT64_C(1767578400000)
#define HOUR INT64_C(3600000)

static int64_t put(struct kit *k, const char *text, struct welcome_rule r)
{
	struct tx *tx = kit_write(k);

	r.corp = k->corp.corp;
	r.text = str_of(text);
	r.enabled = true;
	if (!r.days)
		r.days = WELCOME_EVERY_DAY;
	assert_ok(welcome_rule_put(tx, &r));
	kit_commit(k);
	return r.rule;
}

static str holds(struct kit *k, int64_t member)
{
	struct tx *tx = kit_write(k);
	struct welcome_rule r;
	bool found;

	assert_ok(welcome_rule_for(tx, k->corp.corp, member, &r, &found));
	kit_commit(k);
	return found ? r.text : STR("(none)");
}

static void the_most_specific_wins(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct tx *tx = kit_write(k);
	int64_t shops = kit_department(tx, k, DEPARTMENT_ROOT, "门店");
	int64_t haidian = kit_department(tx, k, shops, "海淀店");
	struct member sun = { .corp = k->corp.corp,
		.userid = STR("sun"),
		.name = STR("孙莉"),
		.status = MEMBER_ACTIVE };
	int64_t his, own;

	assert_ok(
		member_add(tx, &sun, &(struct member_place){ .department = haidian }, 1));
	kit_commit(k);
	k->cx->now_ms = MONDAY_10;
	assert_str(holds(k, sun.member), "(none)");
	put(k, "corp", (struct welcome_rule){ 0 });
	assert_str(holds(k, sun.member), "corp");
	put(k, "shops", (struct welcome_rule){ .departments = { &shops, 1 } });
	put(k, "newer for all", (struct welcome_rule){ 0 });
	assert_str(holds(k, sun.member), "shops");
	assert_str(holds(k, s.lilei.member), "newer for all");
	put(k, "haidian", (struct welcome_rule){ .departments = { &haidian, 1 } });
	assert_str(holds(k, sun.member), "haidian");
	his = put(k, "sun", (struct welcome_rule){ .members = { &sun.member, 1 } });
	assert_str(holds(k, sun.member), "sun");
	own = put(k, "my own", (struct welcome_rule){ .owner = sun.member });
	assert_str(holds(k, sun.member), "my own");
	assert_str(holds(k, s.lilei.member), "newer for all");

	tx = kit_write(k);
	assert_ok(corp_setting_set(tx, k->corp.corp, CORP_SETTING_OWN_WELCOME, 0));
	kit_commit(k);
	assert_str(holds(k, sun.member), "sun");
	tx = kit_write(k);
	assert_ok(welcome_rule_drop(tx, k->corp.corp, his));
	assert_ok(welcome_rule_drop(tx, k->corp.corp, own));
	assert_int_equal(welcome_rule_drop(tx, k->corp.corp, own), ERR_NOT_FOUND);
	ctx_forgive(k->cx);
	kit_commit(k);
	assert_str(holds(k, sun.member), "haidian");
}

static void days_and_hours(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	int64_t me = s.lilei.member;

	put(k, "always", (struct welcome_rule){ 0 });
	put(k, "office",
		(struct welcome_rule){ .days = 31,
			.from_min = 9 * 60,
			.until_min = 18 * 60 });
	put(k, "friday night",
		(struct welcome_rule){ .days = 16,
			.from_min = 22 * 60,
			.until_min = 6 * 60 });
	put(k, "sunday", (struct welcome_rule){ .days = 64 });
	k->cx->now_ms = MONDAY_10;
	assert_str(holds(k, me), "office");
	k->cx->now_ms = MONDAY_10 - HOUR;
	assert_str(holds(k, me), "office"); /* 9:00 */
	k->cx->now_ms = MONDAY_10 - HOUR - 1;
	assert_str(holds(k, me), "always");
	k->cx->now_ms = MONDAY_10 + 8 * HOUR;
	assert_str(holds(k, me), "always"); /* 18:00 */
	k->cx->now_ms = MONDAY_10 + 4 * 24 * HOUR + 13 * HOUR;
	assert_str(holds(k, me), "friday night"); /* 23:00 */
	k->cx->now_ms += 6 * HOUR;
	assert_str(holds(k, me), "friday night"); /* Saturday 5:00 */
	k->cx->now_ms += HOUR;
	assert_str(holds(k, me), "always");
	k->cx->now_ms = MONDAY_10 - 24 * HOUR;
	assert_str(holds(k, me), "sunday");
}

static void a_new_customer_hears_it_with_names(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f;

	put(k, "您好 {customer}，我是{member}", (struct welcome_rule){ 0 });
	f = shop_add(k, &s.lileis, "小红", &c);
	assert_str(shop_field(k, shop_last(k, f.chat).body, "content"),
		"您好 小红，我是李雷");
	assert_int_equal(shop_last(k, f.chat).via, MESSAGE_WELCOME);
	shop_is_sound(k);
}

static void bad_rules(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct welcome_rule bad[] = {
		{ .days = 127, .text = STR("") },
		{ .days = 0, .text = STR("x") },
		{ .days = 128, .text = STR("x") },
		{ .days = 1, .from_min = 1440, .text = STR("x") },
		{ .days = 1, .until_min = 1441, .text = STR("x") },
	};

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		bad[i].corp = k->corp.corp;
		assert_int_equal(welcome_rule_put(tx, &bad[i]), ERR_INVALID_ARGUMENT);
		ctx_forgive(k->cx);
	}
	kit_commit(k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(the_most_specific_wins),
		kit_test(days_and_hours),
		kit_test(a_new_customer_hears_it_with_names),
		kit_test(bad_rules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
