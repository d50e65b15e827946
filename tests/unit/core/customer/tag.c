/*
 * tests/unit/core/customer/tag.c - the library of labels, and labels on customers.
 */
#include "unit.h"

#include "core/kit.h"

#include "core/customer/kit.h"

static struct tag_group add(struct tx *tx, struct kit *k, const char *group,
	const char *a, const char *b)
{
	struct tag tags[] = { { .name = str_of(a) }, { .name = str_of(b) } };
	struct tag_group g;

	assert_int_equal((int)tag_add(tx, k->corp.corp, 0, str_of(group), 0, tags,
				 b ? 2 : 1, &g),
		OK);
	return g;
}

static size_t library(struct tx *tx, struct kit *k, bool deleted, struct tag_group **out)
{
	size_t n;

	assert_int_equal((int)tag_groups(tx, k->corp.corp, deleted, out, &n), OK);
	return n;
}

static void a_group_is_made_once(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct tag_group first = add(tx, k, "等级", "VIP", "普通"), again, *list;

	assert_int_equal(first.n_tags, 2);
	again = add(tx, k, "等级", "普通", "新");
	assert_int_equal(again.tag_group, first.tag_group);
	assert_int_equal(again.n_tags, 2);
	assert_int_equal(again.tags[0].tag, first.tags[1].tag);
	again = add(tx, k, "等级", "X", "X");
	assert_int_equal(again.n_tags, 1);
	assert_int_equal(library(tx, k, false, &list), 1);
	assert_int_equal(list[0].n_tags, 4);
	kit_commit(k);
}

static void names_and_ids_are_checked(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	str long_name =
		STR("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一");
	struct tag bad = { .name = long_name }, empty = { .name = STR(" ") },
		   good = { .name = STR("好") };
	struct tag_group g;
	int64_t corp = k->corp.corp, id;

	assert_int_equal(tag_add(tx, corp, 0, STR("g"), 0, &bad, 1, &g),
		ERR_BAD_TAG_NAME_SIZE);
	assert_int_equal(tag_add(tx, corp, 0, STR("g"), 0, &empty, 1, &g),
		ERR_BAD_TAG_NAME);
	assert_int_equal(tag_add(tx, corp, 0, STR_NONE, 0, &good, 1, &g),
		ERR_BAD_TAG_NAME);
	assert_int_equal(tag_add(tx, corp, 0, long_name, 0, &good, 1, &g),
		ERR_BAD_TAG_NAME_SIZE);
	assert_int_equal(tag_add(tx, corp, 12345, STR("g"), 0, &good, 1, &g),
		ERR_BAD_TAG_ID);
	assert_int_equal(tag_add(tx, corp, 0, STR("g"), 0, &good, 0, &g),
		ERR_INVALID_ARGUMENT);
	assert_int_equal(tag_edit(tx, corp, 12345, STR("x"), 0), ERR_BAD_TAG_ID);
	kit_roll_back(k);
	assert_true(tag_id_parse(tag_id_text(k->cx->mem, 77), &id));
	assert_int_equal(id, 77);
	assert_false(tag_id_parse(STR("77"), &id));
	assert_false(tag_id_parse(STR("et-"), &id));
	assert_false(tag_id_parse(STR(""), &id));
}

static void names_stay_unique_when_edited(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct tag_group g = add(tx, k, "等级", "VIP", "普通"),
			 other = add(tx, k, "来源", "VIP", NULL);
	struct tag_group *list;
	int64_t corp = k->corp.corp;

	assert_int_equal(tag_edit(tx, corp, g.tags[0].tag, STR("普通"), INT64_MIN),
		ERR_BAD_TAG_NAME);
	assert_int_equal(tag_edit(tx, corp, other.tag_group, STR("等级"), INT64_MIN),
		ERR_BAD_TAG_NAME);
	ctx_forgive(k->cx);
	assert_ok(tag_edit(tx, corp, g.tags[0].tag, STR("VIP"), 9));
	assert_ok(tag_edit(tx, corp, g.tags[1].tag, STR("常客"), INT64_MIN));
	assert_ok(tag_edit(tx, corp, other.tag_group, STR_NONE, 100));
	assert_int_equal(library(tx, k, false, &list), 2);
	assert_str(list[0].name, "来源");
	assert_str(list[1].tags[0].name, "VIP");
	assert_str(list[1].tags[1].name, "常客");
	kit_commit(k);
}

static void deleting_takes_them_off_and_empties_groups(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	struct tx *tx = kit_write(k);
	struct tag_group g = add(tx, k, "等级", "VIP", "普通"), *list;
	struct follow_tag *tags;
	int64_t corp = k->corp.corp, one[] = { g.tags[0].tag }, two[] = { g.tags[1].tag };
	size_t n;

	assert_ok(follow_mark(tx, &f, (struct ints){ one, 1 }, (struct ints){ 0 }, 0));
	assert_int_equal(tag_delete(tx, corp, (struct ints){ 0 }, (struct ints){ 0 }),
		ERR_INVALID_ARGUMENT);
	assert_int_equal(tag_delete(tx, corp, (struct ints){ (int64_t[]){ 5 }, 1 },
				 (struct ints){ 0 }),
		ERR_BAD_TAG_ID);
	ctx_forgive(k->cx);
	assert_ok(tag_delete(tx, corp, (struct ints){ one, 1 }, (struct ints){ 0 }));
	assert_ok(follow_tags(tx, corp, f.member, f.customer, &tags, &n));
	assert_int_equal(n, 0);
	assert_int_equal(library(tx, k, false, &list), 1);
	assert_ok(tag_delete(tx, corp, (struct ints){ two, 1 }, (struct ints){ 0 }));
	assert_int_equal(library(tx, k, false, &list), 0);
	assert_int_equal(library(tx, k, true, &list), 1);
	assert_true(
		list[0].deleted && list[0].tags[0].deleted && list[0].tags[1].deleted);
	/* The name is free again, and makes a new group. */
	assert_true(add(tx, k, "等级", "VIP", NULL).tag_group != g.tag_group);
	kit_commit(k);
	shop_is_sound(k);
}

static void marking_is_told_unless_an_app_did_it(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	int64_t event = shop_callback(k).event;
	struct tx *tx = kit_write(k);
	struct tag_group g = add(tx, k, "等级", "VIP", "普通");
	int64_t both[] = { g.tags[0].tag, g.tags[1].tag }, bad[] = { 99 };
	struct follow_tag *tags;
	size_t n;

	assert_ok(
		follow_mark(tx, &f, (struct ints){ both, 2 }, (struct ints){ 0 }, s.app));
	kit_commit(k);
	assert_int_equal(kit_events(k, EVENT_CUSTOMER), 1);
	assert_int_equal(shop_callback(k).event, event);
	assert_ok(follow_mark(kit_write(k), &f, (struct ints){ both, 1 },
		(struct ints){ both + 1, 1 }, 0));
	kit_commit(k);
	assert_str(shop_callback(k).change, "edit_external_contact");
	tx = kit_write(k);
	assert_ok(follow_tags(tx, f.corp, f.member, f.customer, &tags, &n));
	assert_int_equal(n, 1);
	assert_str(tags[0].name, "VIP");
	assert_str(tags[0].group_name, "等级");
	assert_int_equal(follow_mark(tx, &f, (struct ints){ bad, 1 }, (struct ints){ 0 },
				 0),
		ERR_BAD_TAG_ID);
	kit_roll_back(k);
}

static void a_corp_has_ten_thousand_tags(void **state)
{
	struct kit *k = *state;
	struct tag *tags = ARENA_ARRAY(k->cx->mem, struct tag, TAGS_MAX);
	struct tag one = { .name = STR("多一个") };
	struct tx *tx = kit_write(k);
	struct tag_group g;

	for (size_t i = 0; i < TAGS_MAX / 4; i++)
		tags[i].name = arena_printf(k->cx->mem, "t%zu", i);
	for (size_t i = 0; i < 4; i++)
		assert_ok(tag_add(tx, k->corp.corp, 0,
			arena_printf(k->cx->mem, "g%zu", i), 0, tags, TAGS_MAX / 4, &g));
	assert_int_equal(tag_add(tx, k->corp.corp, g.tag_group, STR_NONE, 0, &one, 1, &g),
		ERR_INVALID_ARGUMENT);
	kit_roll_back(k);
}

/* The library's memory grows with its tags, not with tags times groups. */
static void many_groups_take_no_more_room(void **state)
{
	struct kit *k = *state;
	enum { GROUPS = 200, EACH = 10 };
	struct tag tags[EACH] = { 0 };
	struct tx *tx = kit_write(k);
	struct tag_group g, *list;
	size_t used, n = 0;

	for (int i = 0; i < EACH; i++)
		tags[i].name = arena_printf(k->cx->mem, "t%d", i);
	for (int i = 0; i < GROUPS; i++)
		assert_ok(tag_add(tx, k->corp.corp, 0, arena_printf(k->cx->mem, "g%d", i),
			0, tags, EACH, &g));
	used = arena_used(k->cx->mem);
	n = library(tx, k, false, &list);
	assert_true(arena_used(k->cx->mem) - used < 2 << 20);
	assert_int_equal(n, GROUPS);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(list[i].n_tags, EACH);
	kit_roll_back(k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(a_group_is_made_once),
		kit_test(names_and_ids_are_checked),
		kit_test(names_stay_unique_when_edited),
		kit_test(deleting_takes_them_off_and_empties_groups),
		kit_test(marking_is_told_unless_an_app_did_it),
		kit_test(a_corp_has_ten_thousand_tags),
		kit_test(many_groups_take_no_more_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
