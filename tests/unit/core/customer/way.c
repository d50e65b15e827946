/*
 * tests/unit/core/customer/way.c - codes: who serves by them, and when they end.
 */
#include "unit.h"

#include "core/kit.h"

#include "core/customer/kit.h"

static struct way ways(struct kit *k, int64_t type, const int64_t *members, size_t n)
{
	struct way w = { .corp = k->corp.corp,
		.type = type,
		.scene = 2,
		.style = 1,
		.state = STR("s"),
		.remark = STR("r"),
		.skip_verify = true };

	w.members.v = ARENA_ARRAY(k->cx->mem, int64_t, n);
	w.members.n = n;
	for (size_t i = 0; i < n; i++)
		w.members.v[i] = members[i];
	return w;
}

#define assert_refused(k, w, code)                                                       \
	do {                                                                             \
		struct way refused_ = (w);                                               \
		assert_int_equal(way_add(kit_write(k), &refused_), (code));              \
		kit_roll_back(k);                                                        \
	} while (0)

static void each_wrong_field_has_its_number(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	int64_t both[] = { s.lilei.member, s.han.member };
	struct way good = ways(k, WAY_SINGLE, both, 1), w;
	struct tx *tx = kit_write(k);
	struct member clerk = kit_member(tx, k, "clerk", "不接客");

	kit_commit(k);
	assert_refused(k, ways(k, 3, both, 1), ERR_WAY_TYPE);
	w = good, w.scene = 3;
	assert_refused(k, w, ERR_WAY_SCENE);
	w = good, w.style = 4;
	assert_refused(k, w, ERR_WAY_STYLE);
	w = good, w.remark = STR("1234567890123456789012345678901");
	assert_refused(k, w, ERR_WAY_REMARK);
	w = good, w.state = STR("1234567890123456789012345678901");
	assert_refused(k, w, ERR_WAY_STATE);
	assert_refused(k, ways(k, WAY_SINGLE, both, 2), ERR_WAY_USERS);
	assert_refused(k, ways(k, WAY_MULTI, both, 0), ERR_WAY_USERS);
	assert_refused(k, ways(k, WAY_SINGLE, &clerk.member, 1), ERR_WAY_MEMBER);
	w = ways(k, WAY_MULTI, both, 2), w.is_temp = true;
	assert_refused(k, w, ERR_WAY_TYPE);
	w = ways(k, WAY_MULTI, both, 2),
	w.departments = (struct ints){ (int64_t[]){ 77 }, 1 };
	assert_refused(k, w, ERR_BAD_PARTY_LIST);
}

static void a_way_serves_a_hundred(void **state)
{
	struct kit *k = *state;
	struct way w = ways(k, WAY_MULTI, NULL, 0);
	struct tx *tx = kit_write(k);
	int64_t full = kit_department(tx, k, 1, "满"),
		over = kit_department(tx, k, full, "多");

	for (int i = 0; i <= WAY_MAX_MEMBERS; i++) {
		struct member_place place = { .department =
						      i < WAY_MAX_MEMBERS ? full : over };
		struct member m = { .corp = k->corp.corp,
			.name = STR("x"),
			.userid = arena_printf(k->cx->mem, "u%d", i),
			.status = MEMBER_ACTIVE,
			.serves_customers = true };

		assert_ok(member_add(tx, &m, &place, 1));
	}
	kit_commit(k);
	/* With what is below it the department has one too many. */
	w.departments = (struct ints){ &full, 1 };
	assert_refused(k, w, ERR_WAY_USERS);
	w.departments = (struct ints){ &over, 1 };
	assert_ok(way_add(kit_write(k), &w));
	kit_commit(k);
}

static void what_is_put_is_read(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	int64_t both[] = { s.han.member, s.lilei.member };
	struct way w = ways(k, WAY_MULTI, both, 2), read;
	struct tx *tx = kit_write(k);

	w.departments = (struct ints){ (int64_t[]){ 1 }, 1 };
	w.mark_source = true;
	assert_ok(way_add(tx, &w));
	assert_int_equal(w.config_id.n, 32);
	assert_ok(way_by_config(tx, w.corp, w.config_id, &read));
	assert_int_equal(read.way, w.way);
	assert_int_equal(read.members.n, 2);
	assert_int_equal(read.members.v[0], s.han.member);
	assert_int_equal(read.departments.n, 1);
	assert_true(read.mark_source && read.skip_verify && !read.is_temp);
	read.remark = STR("新");
	read.members.n = 1;
	read.departments.n = 0;
	assert_ok(way_set(tx, &read));
	assert_ok(way_by_code(tx, w.code, &read));
	assert_str(read.remark, "新");
	assert_int_equal(read.members.n, 1);
	assert_int_equal(read.departments.n, 0);
	assert_ok(way_drop(tx, w.corp, w.config_id));
	assert_int_equal(way_by_config(tx, w.corp, w.config_id, &read), ERR_WAY_GONE);
	assert_int_equal(way_by_code(tx, w.code, &read), ERR_CODE_GONE);
	assert_int_equal(way_drop(tx, w.corp, w.config_id), ERR_WAY_GONE);
	ctx_forgive(k->cx);
	kit_commit(k);
}

static void nobody_guesses_a_code(void **state)
{
	static const char *bad[] = { "", "-", "1", "1-", "zzzzzzzzzzzzzzzzzzzz-1",
		"1-abc", "%00", "2-aaaaaaaaaaaaaa" };
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct way w;

	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_equal(way_by_code(tx, str_of(bad[i]), &w), ERR_CODE_GONE);
	kit_roll_back(k);
}

static void a_members_own_code_is_made_once_and_hidden_from_apps(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct tx *tx = kit_write(k);
	struct way_ref *refs;
	struct way again;
	size_t n;

	assert_ok(way_own(tx, k->corp.corp, s.lilei.member, &again));
	assert_int_equal(again.way, s.lileis.way);
	assert_int_equal(way_by_config(tx, k->corp.corp, again.config_id, &again),
		ERR_WAY_GONE);
	ctx_forgive(k->cx);
	assert_ok(way_page(tx, k->corp.corp, 0, INT64_MAX, 0, 0, 10, &refs, &n));
	assert_int_equal(n, 0);
	kit_commit(k);
}

static int64_t next(struct kit *k, const struct way *w)
{
	struct member m;

	assert_ok(way_member(kit_write(k), w, &m));
	kit_commit(k);
	return m.member;
}

static void turns_go_round_past_who_cannot(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct tx *tx = kit_write(k);
	struct member third = shop_member(tx, k, "san", "三");
	int64_t all[] = { s.lilei.member, s.han.member, third.member };
	struct way w = ways(k, WAY_MULTI, all, 3);
	struct member m;

	assert_ok(way_add(tx, &w));
	kit_commit(k);
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < 3; i++)
			assert_int_equal(next(k, &w), all[i]);
	assert_ok(member_set_status(kit_write(k), w.corp, all[1], MEMBER_DISABLED));
	kit_commit(k);
	for (int i = 0; i < 6; i++)
		assert_true(next(k, &w) != all[1]);
	tx = kit_write(k);
	assert_ok(member_set_status(tx, w.corp, all[0], MEMBER_DISABLED));
	assert_ok(member_set_status(tx, w.corp, all[2], MEMBER_DISABLED));
	assert_int_equal(way_member(tx, &w, &m), ERR_CODE_GONE);
	kit_roll_back(k);
}

static enum err look(struct tx *tx, void *arg)
{
	struct way *w = arg;
	struct member m;

	TRY(way_member(tx, w, &m));
	w->owner = m.member;
	return OK;
}

static void looking_does_not_take_a_turn(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	int64_t both[] = { s.lilei.member, s.han.member };
	struct way w = ways(k, WAY_MULTI, both, 2);

	assert_ok(way_add(kit_write(k), &w));
	kit_commit(k);
	for (int i = 0; i < 3; i++) {
		assert_ok(store_read(k->store, k->cx, look, &w));
		assert_int_equal(w.owner, both[0]);
	}
	assert_int_equal(next(k, &w), both[0]);
	assert_ok(store_read(k->store, k->cx, look, &w));
	assert_int_equal(w.owner, both[1]);
}

static void who_is_served_stays_with_his_member(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	int64_t both[] = { s.lilei.member, s.han.member };
	struct way w = ways(k, WAY_MULTI, both, 2);
	struct consumer c;
	struct follow first, again;
	bool is_new;

	assert_ok(way_add(kit_write(k), &w));
	kit_commit(k);
	first = shop_add(k, &w, "甲", &c);
	for (int i = 0; i < 3; i++) {
		assert_ok(follow_add(kit_write(k), &w, &c, &again, &is_new));
		kit_commit(k);
		assert_false(is_new);
		assert_int_equal(again.member, first.member);
	}
	/* Unless that one is away: then the way's next serves him too. */
	assert_ok(member_set_status(kit_write(k), w.corp, first.member, MEMBER_DISABLED));
	kit_commit(k);
	assert_ok(follow_add(kit_write(k), &w, &c, &again, &is_new));
	kit_commit(k);
	assert_true(is_new);
	assert_true(again.member != first.member);
}

static void temporary_codes_end(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct way w = ways(k, WAY_SINGLE, &s.lilei.member, 1), read;
	struct tx *tx;

	w.is_temp = true;
	w.expires_ms = k->cx->now_ms + 1000;
	tx = kit_write(k);
	assert_ok(way_add(tx, &w));
	assert_ok(way_by_code(tx, w.code, &read));
	kit_commit(k);
	k->cx->now_ms = w.expires_ms;
	tx = kit_write(k);
	assert_int_equal(way_by_code(tx, w.code, &read), ERR_CODE_GONE);
	ctx_forgive(k->cx);
	assert_ok(way_by_config(tx, w.corp, w.config_id, &read));
	assert_int_equal(way_set(tx, &read), ERR_WAY_GONE);
	ctx_forgive(k->cx);
	kit_commit(k);
}

static void lists_are_paged_by_creation(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct way w = ways(k, WAY_SINGLE, &s.lilei.member, 1);
	struct way_ref *refs, last = { 0 };
	struct tx *tx = kit_write(k);
	size_t n, seen = 0;

	for (int i = 0; i < 5; i++)
		assert_ok(way_add(tx, &w));
	do {
		assert_ok(way_page(tx, w.corp, 0, INT64_MAX, last.created_ms, last.way, 2,
			&refs, &n));
		for (size_t i = 0; i < n; i++) {
			assert_true(refs[i].way > last.way);
			last = refs[i];
		}
		seen += n;
	} while (n == 2);
	assert_int_equal(seen, 5);
	assert_ok(way_page(tx, w.corp, 0, k->cx->now_ms - 1, 0, 0, 9, &refs, &n));
	assert_int_equal(n, 0);
	kit_commit(k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(each_wrong_field_has_its_number),
		kit_test(a_way_serves_a_hundred),
		kit_test(what_is_put_is_read),
		kit_test(nobody_guesses_a_code),
		kit_test(a_members_own_code_is_made_once_and_hidden_from_apps),
		kit_test(turns_go_round_past_who_cannot),
		kit_test(looking_does_not_take_a_turn),
		kit_test(who_is_served_stays_with_his_member),
		kit_test(temporary_codes_end),
		kit_test(lists_are_paged_by_creation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
