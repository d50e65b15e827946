/*
 * tests/unit/core/directory/member.c - adding, changing and finding members.
 */
#include "unit.h"

#include "core/directory/directory.h"
#include "core/kit.h"

static void a_member_is_found_by_userid_without_regard_to_case(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct member added = kit_member(tx, k, "Li.Lei", "李雷"), m;

	assert_ok(member_by_userid(tx, k->corp.corp, STR("lI.lEI"), &m));
	assert_str(m.userid, "Li.Lei");
	assert_int_equal(m.member, added.member);
	assert_int_equal(m.number, 1);
	assert_err(member_by_userid(tx, k->corp.corp, STR("li.lei2"), &m), ERR_NO_USER);
	assert_err(member_by_userid(tx, k->corp.corp, STR("李雷"), &m), ERR_BAD_USERID);
	kit_commit(k);
	assert_int_equal(kit_events(k, EVENT_DIRECTORY), 1);
	assert_int_equal(k->events[0]->corp, k->corp.corp);
}

static void a_userid_mobile_and_email_belong_to_one(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct member m = { .corp = k->corp.corp,
		.userid = STR("a"),
		.name = STR("A"),
		.mobile = STR("13800138000"),
		.email = STR("A@example.com") };

	assert_ok(member_add(tx, &m, NULL, 0));
	kit_commit(k);
	tx = kit_write(k);
	m.member = 0;
	m.userid = STR("b");
	assert_err(member_add(tx, &m, NULL, 0), ERR_CONFLICT);
	m.mobile = STR("");
	assert_err(member_add(tx, &m, NULL, 0), ERR_CONFLICT);
	m.email = STR("a@EXAMPLE.com");
	assert_err(member_add(tx, &m, NULL, 0), ERR_CONFLICT);
	m.email = STR("b@example.com");
	m.userid = STR("A");
	assert_err(member_add(tx, &m, NULL, 0), ERR_CONFLICT);
	kit_roll_back(k);
	tx = kit_write(k);
	m.userid = STR("b");
	assert_ok(member_add(tx, &m, NULL, 0));
	assert_int_equal(m.number, 2); /* numbers are dense: the failures took none */
	kit_commit(k);
}

static void he_signs_in_by_any_of_his_names(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct member m = { .corp = k->corp.corp,
		.userid = STR("lilei"),
		.name = STR("李雷"),
		.mobile = STR("+86 138-0013-8000"),
		.email = STR("Lei@example.com") };
	struct member got;

	assert_ok(member_add(tx, &m, NULL, 0));
	assert_ok(member_by_sign_in(tx, k->corp.corp, STR("LILEI"), &got));
	assert_ok(member_by_sign_in(tx, k->corp.corp, STR("+86 138-0013-8000"), &got));
	assert_ok(member_by_sign_in(tx, k->corp.corp, STR("lei@EXAMPLE.com"), &got));
	assert_int_equal(got.member, m.member);
	assert_err(member_by_sign_in(tx, k->corp.corp, STR(""), &got), ERR_NO_USER);
	assert_err(member_by_sign_in(tx, k->corp.corp, STR("hanmeimei"), &got),
		ERR_NO_USER);
	assert_err(member_by_sign_in(tx, 99, STR("lilei"), &got), ERR_NO_USER);
	kit_commit(k);
}

static enum err add_with(struct kit *k, struct member m)
{
	struct tx *tx = kit_write(k);

	m.corp = k->corp.corp;
	enum err err = member_add(tx, &m, NULL, 0);
	kit_roll_back(k);
	return err;
}

static void bad_fields_are_refused(void **state)
{
	struct kit *k = *state;
	const struct member good = { .userid = STR("a"), .name = STR("A") };
	struct member m = good;
	char long_name[65 * 3 + 1] = "";

	for (size_t i = 0; i < 65; i++)
		memcpy(long_name + 3 * i, "名", 3);
	assert_ok(add_with(k, m));
	m.userid = STR("");
	assert_err(add_with(k, m), ERR_BAD_USERID);
	m.userid = STR("_a");
	assert_err(add_with(k, m), ERR_BAD_USERID);
	m.userid = STR("a b");
	assert_err(add_with(k, m), ERR_BAD_USERID);
	m = good;
	m.name = STR("");
	assert_err(add_with(k, m), ERR_INVALID_ARGUMENT);
	m.name = str_make(long_name, (size_t)64 * 3);
	assert_ok(add_with(k, m));
	m.name = str_make(long_name, (size_t)65 * 3);
	assert_err(add_with(k, m), ERR_INVALID_ARGUMENT);
	m.name = STR("a\nb");
	assert_err(add_with(k, m), ERR_BAD_CHARACTERS);
	m.name = STR("\xff");
	assert_err(add_with(k, m), ERR_BAD_CHARACTERS);
	m = good;
	m.mobile = STR("12ab5");
	assert_err(add_with(k, m), ERR_INVALID_ARGUMENT);
	m = good;
	m.email = STR("nobody");
	assert_err(add_with(k, m), ERR_INVALID_ARGUMENT);
	m = good;
	m.gender = 3;
	assert_err(add_with(k, m), ERR_INVALID_ARGUMENT);
	m = good;
	m.extattr = STR("[1]");
	assert_err(add_with(k, m), ERR_INVALID_ARGUMENT);
	m.extattr = STR("{\"attrs\":[]}");
	assert_ok(add_with(k, m));
}

static void places_are_kept_and_checked(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	int64_t shop = kit_department(tx, k, 1, "门店");
	struct member m = { .corp = k->corp.corp, .userid = STR("a"), .name = STR("A") };
	struct member_place in[] = { { shop, 7, true }, { 1, 0, false } }, *out;
	struct ints leaders;
	size_t n;

	assert_ok(member_add(tx, &m, in, 2));
	assert_int_equal(m.main_department, shop);
	assert_ok(member_places(tx, k->corp.corp, m.member, &out, &n));
	assert_int_equal(n, 2);
	assert_int_equal(out[1].department, shop);
	assert_int_equal(out[1].sort_order, 7);
	assert_true(out[1].is_leader);
	assert_ok(member_leaders(tx, k->corp.corp, shop, &leaders));
	assert_int_equal(leaders.n, 1);
	assert_int_equal(leaders.v[0], m.member);
	in[0].department = 999;
	assert_err(member_set(tx, &m, in, 2), ERR_BAD_DEPARTMENT);
	m.main_department = 1;
	assert_ok(member_set(tx, &m, &in[1], 1));
	assert_ok(member_places(tx, k->corp.corp, m.member, &out, &n));
	assert_int_equal(n, 1);
	m.main_department = shop;
	assert_err(member_set(tx, &m, &in[1], 1), ERR_INVALID_ARGUMENT);
	kit_commit(k);
}

static void members_come_in_pages_by_department_and_by_name(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	int64_t shop = kit_department(tx, k, 1, "门店"),
		first = kit_department(tx, k, shop, "一店");
	struct member_place in_shop = { .department = shop },
			    in_first = { .department = first };
	struct member_place both[] = { { shop, 0, false }, { first, 0, false } };
	struct member a = { .corp = k->corp.corp,
		.userid = STR("a"),
		.name = STR("李雷") };
	struct member b = { .corp = k->corp.corp,
		.userid = STR("b"),
		.name = STR("韩梅梅") };
	struct member c = { .corp = k->corp.corp,
		.userid = STR("c"),
		.name = STR("Ｌｕｃｙ 100%") };
	struct member *out;
	size_t n;

	assert_ok(member_add(tx, &a, &in_shop, 1));
	assert_ok(member_add(tx, &b, &in_first, 1));
	assert_ok(member_add(tx, &c, both, 2));
	assert_ok(member_page(tx, k->corp.corp, shop, false, 0, 100, &out, &n));
	assert_int_equal(n, 2);
	assert_ok(member_page(tx, k->corp.corp, 1, true, 0, 100, &out, &n));
	assert_int_equal(n, 3); /* who stands in two departments comes once */
	assert_ok(member_page(tx, k->corp.corp, 1, true, a.member, 1, &out, &n));
	assert_int_equal(n, 1);
	assert_str(out[0].userid, "b");
	assert_ok(member_page(tx, k->corp.corp, 1, false, 0, 100, &out, &n));
	assert_int_equal(n, 0);
	assert_err(member_page(tx, k->corp.corp, 77, true, 0, 100, &out, &n),
		ERR_BAD_DEPARTMENT);
	assert_err(member_page(tx, k->corp.corp, 0, true, 0, 100, &out, &n),
		ERR_BAD_PARTYID);
	assert_ok(member_find(tx, k->corp.corp, STR("lucy"), 0, 100, &out, &n));
	assert_int_equal(n, 1); /* full-width letters are the same letters */
	assert_ok(member_find(tx, k->corp.corp, STR("0%"), 0, 100, &out, &n));
	assert_int_equal(n, 1);
	assert_ok(member_find(tx, k->corp.corp, STR("%"), 0, 100, &out, &n));
	assert_int_equal(n, 1); /* not a pattern */
	assert_ok(member_find(tx, k->corp.corp, STR(""), a.member, 1, &out, &n));
	assert_int_equal(n, 1);
	assert_int_equal(out[0].member, b.member);
	kit_commit(k);
}

static void who_has_left_is_in_no_list(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct member m = kit_member(tx, k, "a", "A");
	struct member_counts counts;
	struct member *out;
	size_t n;

	assert_ok(member_set_status(tx, k->corp.corp, m.member, MEMBER_LEFT));
	assert_ok(member_page(tx, k->corp.corp, 1, true, 0, 100, &out, &n));
	assert_int_equal(n, 0);
	assert_ok(member_find(tx, k->corp.corp, STR(""), 0, 100, &out, &n));
	assert_int_equal(n, 0);
	assert_err(member_by_userid(tx, k->corp.corp, STR("a"), &m), ERR_NO_USER);
	assert_ok(member_counts(tx, k->corp.corp, &counts));
	assert_int_equal(counts.all, 0);
	assert_err(member_set_status(tx, k->corp.corp, 5, MEMBER_ACTIVE), ERR_NO_USER);
	kit_commit(k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(a_member_is_found_by_userid_without_regard_to_case),
		kit_test(a_userid_mobile_and_email_belong_to_one),
		kit_test(he_signs_in_by_any_of_his_names),
		kit_test(bad_fields_are_refused),
		kit_test(places_are_kept_and_checked),
		kit_test(members_come_in_pages_by_department_and_by_name),
		kit_test(who_has_left_is_in_no_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
