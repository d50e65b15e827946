/*
 * tests/unit/core/mass/mass.c - mass messages: who gets one, once, and what stops it.
 */
#include "unit.h"

#include "core/kit.h"

#include "core/customer/kit.h"
#include "core/directory/corp_setting.h"
#include "core/mass/mass.h"

static void set(struct kit *k, enum corp_setting_id id, int64_t value)
{
	assert_ok(corp_setting_set(kit_write(k), k->corp.corp, id, value));
	kit_commit(k);
}

static struct mass_wanted list_of(const int64_t *customers, size_t n)
{
	return (struct mass_wanted){ .by_list = true,
		.customers = { (int64_t *)(uintptr_t)customers, n } };
}

/* Made and prepared. */
static int64_t make(struct kit *k, const struct mass_wanted *w, const char *text)
{
	struct mass m = { .corp = k->corp.corp,
		.app = 1,
		.kind = MASS_SINGLE,
		.allow_select = true,
		.text = str_of(text),
		.attachments = STR("[]") };
	bool done = false;

	assert_ok(mass_begin(kit_write(k), &m, w));
	kit_commit(k);
	while (!done) {
		assert_ok(mass_prepare(kit_write(k), m.corp, m.mass, &done));
		kit_commit(k);
	}
	return m.mass;
}

static struct mass read_mass(struct kit *k, int64_t mass)
{
	struct mass m;

	assert_ok(mass_get(kit_write(k), k->corp.corp, mass, &m));
	kit_commit(k);
	return m;
}

/* Slices until nothing is due; how many there were. */
static int run_all(struct kit *k)
{
	int64_t next = 1;
	int n = 0;

	for (; next; n++) {
		assert_ok(mass_run(kit_write(k), k->corp.corp, &next));
		kit_commit(k);
	}
	return n;
}

static void confirm(struct kit *k, int64_t mass, int64_t member, const int64_t *out,
	size_t n)
{
	struct ints leave = { (int64_t *)(uintptr_t)out, n };

	assert_ok(mass_confirm(kit_write(k), k->corp.corp, mass, member, &leave));
	kit_commit(k);
}

static void is_sound(struct kit *k)
{
	int wrong = 0;

	assert_ok(mass_doctor(kit_write(k), k->corp.corp, shop_wrong, &wrong));
	kit_commit(k);
	assert_int_equal(wrong, 0);
	shop_is_sound(k);
}

static void who_is_confirmed_is_sent_once_with_names(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer ming, hong;
	struct follow f = shop_add(k, &s.lileis, "小明", &ming),
		      g = shop_add(k, &s.lileis, "小红", &hong);
	int64_t ids[] = { f.customer, g.customer };
	struct mass_wanted w = list_of(ids, 2);
	int64_t mass = make(k, &w, "{customer_name}您好，{member_name}{customer_nam}");
	size_t before = shop_messages(k, f.chat);
	struct mass m = read_mass(k, mass);

	assert_int_equal(m.state, MASS_OPEN);
	assert_int_equal(m.targets, 2);
	run_all(k);
	assert_int_equal(shop_messages(k, f.chat), before);
	confirm(k, mass, s.lilei.member, &g.customer, 1);
	run_all(k);
	run_all(k);
	m = read_mass(k, mass);
	assert_int_equal(m.state, MASS_DONE);
	assert_int_equal(m.targets, 1);
	assert_int_equal(m.sent, 1);
	assert_int_equal(shop_messages(k, f.chat), before + 1);
	assert_int_equal(shop_messages(k, g.chat), before);
	assert_str(shop_last(k, f.chat).body,
		"{\"content\":\"小明您好，李雷{customer_nam}\"}");
	is_sound(k);
}

static void nobody_wanted_leaves_nothing(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct mass_wanted w = { .members = { &s.han.member, 1 } };
	int64_t mass = make(k, &w, "x");
	struct mass m;

	assert_err(mass_get_prepared(kit_write(k), k->corp.corp, mass, &m),
		ERR_NO_RECIPIENTS);
	kit_roll_back(k);
}

static void of_two_members_one_reaches_him(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer ming;
	struct follow f = shop_add(k, &s.lileis, "小明", &ming), second;
	struct mass_wanted w = list_of(&f.customer, 1);
	struct tx *tx = kit_write(k);
	struct mass_target *v, none = { 0 };
	struct way hans;
	struct mass m;
	int64_t mass;
	bool is_new;
	size_t n;

	assert_ok(way_own(tx, k->corp.corp, s.han.member, &hans));
	assert_ok(follow_add(tx, &hans, &ming, &second, &is_new));
	kit_commit(k);
	set(k, CORP_SETTING_MASS_DIRECT, 1);
	mass = make(k, &w, "一次");
	run_all(k);
	m = read_mass(k, mass);
	assert_int_equal(m.targets, 2);
	assert_int_equal(m.sent, 1);
	assert_int_equal(m.failed, 1);
	assert_ok(mass_targets(kit_write(k), k->corp.corp, mass, 0, none, 10, &v, &n));
	kit_commit(k);
	assert_int_equal(n, 2);
	assert_int_equal(v[0].status + v[1].status, TARGET_SENT + TARGET_HAS_OTHERS);
	is_sound(k);
}

static void a_customer_gets_as_many_as_allowed(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer ming;
	struct follow f = shop_add(k, &s.lileis, "小明", &ming);
	struct mass_wanted w = list_of(&f.customer, 1);
	int sent = 0;

	set(k, CORP_SETTING_MASS_DIRECT, 1);
	for (int i = 0; i < 33; i++) { /* more than any month has days */
		int64_t mass = make(k, &w, "又来了");

		run_all(k);
		sent += (int)read_mass(k, mass).sent;
	}
	assert_in_range(sent, 28, 31);
	set(k, CORP_SETTING_MASS_MONTH_MAX, 100);
	set(k, CORP_SETTING_MASS_DAY_MAX, sent + 1);
	for (int i = 0; i < 3; i++)
		make(k, &w, "今天");
	run_all(k);
	assert_str(shop_last(k, f.chat).body, "{\"content\":\"今天\"}");
	set(k, CORP_SETTING_MASS_DAY_MAX, 0);
	is_sound(k);
}

static void slices_go_on_where_they_stopped(void **state)
{
	enum { CUSTOMERS = 70 };
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct mass_wanted w = { .members = { &s.lilei.member, 1 } };
	int64_t mass, next;
	struct mass m;

	for (int i = 0; i < CUSTOMERS; i++) {
		struct consumer c;

		shop_add(k, &s.lileis, "客", &c);
	}
	set(k, CORP_SETTING_MASS_DIRECT, 1);
	mass = make(k, &w, "慢慢来");
	assert_int_equal(read_mass(k, mass).targets, CUSTOMERS);
	/* A slice that rolls back is as if it had not been. */
	assert_ok(mass_run(kit_write(k), k->corp.corp, &next));
	kit_roll_back(k);
	assert_int_equal(read_mass(k, mass).sent, 0);
	assert_ok(mass_run(kit_write(k), k->corp.corp, &next));
	kit_commit(k);
	m = read_mass(k, mass);
	assert_in_range(m.sent, 1, CUSTOMERS - 1);
	assert_true(next > 0);
	assert_ok(mass_pause(kit_write(k), &m, true));
	kit_commit(k);
	run_all(k);
	assert_int_equal(read_mass(k, mass).sent, m.sent);
	assert_ok(mass_pause(kit_write(k), &m, false));
	kit_commit(k);
	assert_in_range(run_all(k), 2, CUSTOMERS);
	m = read_mass(k, mass);
	assert_int_equal(m.sent, CUSTOMERS);
	assert_int_equal(m.state, MASS_DONE);
	is_sound(k);
}

static void labels_are_all_of_lists_and_one_of_each(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f[3];
	struct tag tags[3] = { { .name = STR("a") }, { .name = STR("b") },
		{ .name = STR("c") } };
	struct tag_library lib = { .corp = k->corp.corp };
	struct tag_group group = { .name = STR("g"), .tags = tags, .n_tags = 3 }, made;
	struct mass_counted counted;
	int64_t id[3];

	for (int i = 0; i < 3; i++)
		f[i] = shop_add(k, &s.lileis, "客", &c);
	assert_ok(tag_add(kit_write(k), &lib, &group, &made));
	for (int i = 0; i < 3; i++)
		id[i] = made.tags[i].tag;
	kit_commit(k);
	for (int i = 0; i < 3; i++) { /* ab, b, bc */
		struct ints add = { i == 0 ? id : id + 1, i == 1 ? 1 : 2 };

		assert_ok(follow_mark(kit_write(k), &f[i], add, (struct ints){ 0 }, 1));
		kit_commit(k);
	}
	{
		struct ints lists[] = { { (int64_t[]){ id[0], id[2] }, 2 },
			{ (int64_t[]){ id[1] }, 1 } };
		struct mass_wanted w = { .tags = lists, .n_tags = 2 };

		assert_ok(mass_count(kit_write(k), k->corp.corp, &w, &counted));
		kit_commit(k);
		assert_int_equal(counted.customers, 2);
		w.no_tags = (struct ints){ &id[2], 1 };
		assert_ok(mass_count(kit_write(k), k->corp.corp, &w, &counted));
		kit_commit(k);
		assert_int_equal(counted.customers, 1);
		assert_int_equal(counted.members, 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(who_is_confirmed_is_sent_once_with_names),
		kit_test(nobody_wanted_leaves_nothing),
		kit_test(of_two_members_one_reaches_him),
		kit_test(a_customer_gets_as_many_as_allowed),
		kit_test(slices_go_on_where_they_stopped),
		kit_test(labels_are_all_of_lists_and_one_of_each),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
