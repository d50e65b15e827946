/*
 * tests/unit/core/customer/tag.c - the library of labels, and labels on customers.
 */
#include "unit.h"

#include "core/kit.h"

#include "core/customer/kit.h"

/* The corp's own library. */
#define OF(number) (&(struct tag_library){ .corp = (number) })

static enum err put(struct tx *tx, int64_t corp, int64_t group, str name,
	struct tag *tags, size_t n, struct tag_group *out)
{
	return tag_add(tx, OF(corp),
		&(struct tag_group){ .tag_group = group,
			.name = name,
			.tags = tags,
			.n_tags = n },
		out);
}

static struct tag_group add(struct tx *tx, struct kit *k, const char *group,
	const char *a, const char *b)
{
	struct tag tags[] = { { .name = str_of(a) }, { .name = str_of(b) } };
	struct tag_group g;

	assert_int_equal((int)put(tx, k->corp.corp, 0, str_of(group), tags, b ? 2 : 1,
				 &g),
		OK);
	return g;
}

static size_t library(struct tx *tx, struct kit *k, bool deleted, struct tag_group **out)
{
	size_t n;

	assert_int_equal((int)tag_groups(tx, OF(k->corp.corp), deleted, out, &n), OK);
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

	assert_int_equal(put(tx, corp, 0, STR("g"), &bad, 1, &g), ERR_BAD_TAG_NAME_SIZE);
	assert_int_equal(put(tx, corp, 0, STR("g"), &empty, 1, &g), ERR_BAD_TAG_NAME);
	assert_int_equal(put(tx, corp, 0, STR_NONE, &good, 1, &g), ERR_BAD_TAG_NAME);
	assert_int_equal(put(tx, corp, 0, long_name, &good, 1, &g),
		ERR_BAD_TAG_NAME_SIZE);
	assert_int_equal(put(tx, corp, 12345, STR("g"), &good, 1, &g), ERR_BAD_TAG_ID);
	assert_int_equal(put(tx, corp, 0, STR("g"), &good, 0, &g), ERR_INVALID_ARGUMENT);
	assert_int_equal(tag_edit(tx, OF(corp), 12345, STR("x"), 0), ERR_BAD_TAG_ID);
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

	assert_int_equal(tag_edit(tx, OF(corp), g.tags[0].tag, STR("普通"), INT64_MIN),
		ERR_BAD_TAG_NAME);
	assert_int_equal(tag_edit(tx, OF(corp), other.tag_group, STR("等级"), INT64_MIN),
		ERR_BAD_TAG_NAME);
	ctx_forgive(k->cx);
	assert_ok(tag_edit(tx, OF(corp), g.tags[0].tag, STR("VIP"), 9));
	assert_ok(tag_edit(tx, OF(corp), g.tags[1].tag, STR("常客"), INT64_MIN));
	assert_ok(tag_edit(tx, OF(corp), other.tag_group, STR_NONE, 100));
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
	assert_int_equal(tag_delete(tx, OF(corp), (struct ints){ 0 }, (struct ints){ 0 }),
		ERR_INVALID_ARGUMENT);
	assert_int_equal(tag_delete(tx, OF(corp), (struct ints){ (int64_t[]){ 5 }, 1 },
				 (struct ints){ 0 }),
		ERR_BAD_TAG_ID);
	ctx_forgive(k->cx);
	assert_ok(tag_delete(tx, OF(corp), (struct ints){ one, 1 }, (struct ints){ 0 }));
	assert_ok(follow_tags(tx, corp, f.member, f.customer, &tags, &n));
	assert_int_equal(n, 0);
	assert_int_equal(library(tx, k, false, &list), 1);
	assert_ok(tag_delete(tx, OF(corp), (struct ints){ two, 1 }, (struct ints){ 0 }));
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
	struct tx *tx = kit_write(k);
	struct tag_group g = add(tx, k, "等级", "VIP", "普通");
	int64_t both[] = { g.tags[0].tag, g.tags[1].tag }, bad[] = { 99 }, event;
	struct follow_tag *tags;
	size_t n;

	kit_commit(k);
	event = shop_callback(k).event;
	tx = kit_write(k);
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
		assert_ok(put(tx, k->corp.corp, 0, arena_printf(k->cx->mem, "g%zu", i),
			tags, TAGS_MAX / 4, &g));
	assert_int_equal(put(tx, k->corp.corp, g.tag_group, STR_NONE, &one, 1, &g),
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
		assert_ok(put(tx, k->corp.corp, 0, arena_printf(k->cx->mem, "g%d", i),
			tags, EACH, &g));
	used = arena_used(k->cx->mem);
	n = library(tx, k, false, &list);
	assert_true(arena_used(k->cx->mem) - used < 2 << 20);
	assert_int_equal(n, GROUPS);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(list[i].n_tags, EACH);
	kit_roll_back(k);
}

/* A strategy for one member; its tags are his alone to put on. */
static void a_strategys_tags_are_its_members(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	struct tx *tx = kit_write(k);
	struct strategy_target han = { STRATEGY_MEMBER, s.han.member };
	struct strategy group = { .corp = k->corp.corp,
		.kind = STRATEGY_CUSTOMER,
		.app = s.app,
		.name = STR("海淀"),
		.privileges = STRATEGY_ALL,
		.admins = { &s.lilei.member, 1 } };
	struct tag vip = { .name = STR("贵宾") };
	struct tag_group made, *list;
	struct tag_library lib;
	struct strategy below;
	struct ints one;
	size_t n;

	assert_ok(strategy_add(tx, &group, &(struct strategy_range){ &han, 1 }));
	lib = (struct tag_library){ k->corp.corp, group.strategy, s.app };
	assert_ok(tag_add(tx, &lib,
		&(struct tag_group){ .name = STR("等级"), .tags = &vip, .n_tags = 1 },
		&made));
	one = (struct ints){ &made.tags[0].tag, 1 };
	assert_int_equal(library(tx, k, false, &list), 0);
	assert_int_equal(follow_mark(tx, &f, one, (struct ints){ 0 }, 0),
		ERR_NO_TAG_RIGHT);
	ctx_forgive(k->cx);
	assert_ok(tag_groups_of_member(tx, k->corp.corp, s.lilei.member, &list, &n));
	assert_int_equal(n, 0);
	assert_ok(tag_groups_of_member(tx, k->corp.corp, s.han.member, &list, &n));
	assert_int_equal(n, 1);
	/* The corp's rows do not reach it, another app's neither. */
	assert_int_equal(tag_edit(tx, OF(k->corp.corp), made.tag_group, STR("x"), 0),
		ERR_BAD_TAG_ID);
	lib = (struct tag_library){ k->corp.corp, TAGS_OF_STRATEGIES, s.app + 1 };
	assert_int_equal(tag_edit(tx, &lib, made.tag_group, STR("x"), 0), ERR_BAD_TAG_ID);
	ctx_forgive(k->cx);
	lib.by_app = s.app;
	assert_ok(tag_edit(tx, &lib, made.tag_group, STR("级别"), 3));
	below = group;
	below.parent = group.strategy;
	assert_ok(strategy_add(tx, &below, &(struct strategy_range){ &han, 1 }));
	lib.strategy = below.strategy;
	assert_int_equal(tag_add(tx, &lib,
				 &(struct tag_group){ .name = STR("等级"),
					 .tags = &vip,
					 .n_tags = 1 },
				 &made),
		ERR_INVALID_ARGUMENT);
	ctx_forgive(k->cx);
	assert_ok(tag_strategy_drop(tx, &group, 0));
	assert_ok(tag_groups(tx, &(struct tag_library){ k->corp.corp, TAGS_OF_ALL, 0 },
		false, &list, &n));
	assert_int_equal(n, 0);
	kit_commit(k);
	assert_str(shop_callback(k).name, "change_external_tag");
	assert_str(shop_callback(k).change, "delete");
	shop_is_sound(k);
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
		kit_test(a_strategys_tags_are_its_members),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
