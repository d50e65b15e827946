/*
 * tests/unit/core/strategy/strategy.c - groups of rules: trees, ranges, privileges.
 */
#include "unit.h"

#include "core/kit.h"

#include "core/strategy/strategy.h"

enum { APP = 1000002 };

struct place {
	int64_t north, shop, south;
	struct member boss, guide;
};

static int64_t department(struct tx *tx, struct kit *k, const char *name, int64_t parent)
{
	struct department d = { .corp = k->corp.corp,
		.parent = parent,
		.name = str_of(name) };

	assert_ok(department_add(tx, &d));
	return d.department;
}

static struct member member(struct tx *tx, struct kit *k, const char *userid, int64_t in)
{
	struct member m = { .corp = k->corp.corp,
		.userid = str_of(userid),
		.name = str_of(userid),
		.status = MEMBER_ACTIVE,
		.serves_customers = true };
	struct member_place place = { .department = in };

	assert_ok(member_add(tx, &m, &place, 1));
	return m;
}

/* North with a shop in it, and south; a boss in the north, a guide in the shop. */
static struct place build(struct tx *tx, struct kit *k)
{
	struct place p = { .north = department(tx, k, "北区", DEPARTMENT_ROOT) };

	p.shop = department(tx, k, "海淀店", p.north);
	p.south = department(tx, k, "南区", DEPARTMENT_ROOT);
	p.boss = member(tx, k, "boss", p.north);
	p.guide = member(tx, k, "guide", p.shop);
	return p;
}

static enum err add(struct tx *tx, struct kit *k, const struct place *p, int64_t parent,
	struct strategy_target target, struct strategy *out)
{
	*out = (struct strategy){ .corp = k->corp.corp,
		.kind = STRATEGY_CUSTOMER,
		.parent = parent,
		.name = STR("规则"),
		.privileges = STRATEGY_ALL,
		.admins = { (int64_t *)&p->boss.member, 1 } };
	return strategy_add(tx, out, &(struct strategy_range){ &target, 1 });
}

static bool holds(struct tx *tx, const struct strategy *s, int64_t who)
{
	bool out;

	assert_ok(strategy_holds(tx, s->corp, s->strategy, who, &out));
	return out;
}

static void a_range_holds_what_is_below(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct place p = build(tx, k);
	struct strategy s, below;
	struct ints of;

	assert_ok(add(tx, k, &p, 0,
		(struct strategy_target){ STRATEGY_DEPARTMENT, p.north }, &s));
	assert_int_equal(s.strategy, 1);
	assert_true(holds(tx, &s, p.guide.member) && holds(tx, &s, p.boss.member));
	assert_int_equal(add(tx, k, &p, s.strategy,
				 (struct strategy_target){ STRATEGY_DEPARTMENT, p.south },
				 &below),
		ERR_INVALID_ARGUMENT);
	ctx_forgive(k->cx);
	assert_ok(add(tx, k, &p, s.strategy,
		(struct strategy_target){ STRATEGY_DEPARTMENT, p.shop }, &below));
	assert_true(holds(tx, &below, p.guide.member));
	assert_false(holds(tx, &below, p.boss.member));
	assert_ok(strategy_of_member(tx, s.corp, STRATEGY_CUSTOMER, p.guide.member, &of));
	assert_int_equal(of.n, 2);
	assert_ok(strategy_of_member(tx, s.corp, STRATEGY_MOMENT, p.guide.member, &of));
	assert_int_equal(of.n, 0);
	kit_commit(k);
}

static void a_childs_range_shrinks_with_its_parents(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct place p = build(tx, k);
	struct strategy_target north = { STRATEGY_DEPARTMENT, p.north },
			       boss = { STRATEGY_MEMBER, p.boss.member };
	struct strategy_range range = { &north, 1 }, only = { &boss, 1 };
	struct strategy s, below, deep;

	assert_ok(add(tx, k, &p, 0, north, &s));
	assert_ok(add(tx, k, &p, s.strategy,
		(struct strategy_target){ STRATEGY_DEPARTMENT, p.shop }, &below));
	assert_ok(add(tx, k, &p, below.strategy,
		(struct strategy_target){ STRATEGY_MEMBER, p.guide.member }, &deep));
	assert_ok(strategy_set(tx, &s, &only, &range));
	assert_true(holds(tx, &s, p.boss.member));
	assert_false(holds(tx, &s, p.guide.member));
	assert_false(holds(tx, &below, p.guide.member));
	assert_false(holds(tx, &deep, p.guide.member));
	kit_commit(k);
}

static void privileges_are_the_roots(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct place p = build(tx, k);
	struct strategy_target north = { STRATEGY_DEPARTMENT, p.north };
	struct strategy_range none = { 0 };
	struct strategy s, below, got;
	bool any, may;

	assert_ok(add(tx, k, &p, 0, north, &s));
	assert_ok(add(tx, k, &p, s.strategy, north, &below));
	s.privileges = PRIVILEGE_export_customer_list;
	assert_ok(strategy_set(tx, &s, &none, &none));
	/* The console made it: it is no app's. */
	assert_int_equal(strategy_get(tx, s.corp, s.kind, APP, s.strategy, &got),
		ERR_INVALID_ARGUMENT);
	ctx_forgive(k->cx);
	assert_ok(strategy_get(tx, s.corp, s.kind, 0, below.strategy, &got));
	assert_int_equal(got.privileges, STRATEGY_FIXED | PRIVILEGE_export_customer_list);
	assert_ok(strategy_allows(tx, s.corp, s.kind, p.guide.member,
		PRIVILEGE_export_customer_list, &any, &may));
	assert_true(any && may);
	assert_ok(strategy_allows(tx, s.corp, s.kind, p.guide.member,
		PRIVILEGE_rapid_reply, &any, &may));
	assert_true(any && !may);
	kit_commit(k);
}

static void trees_have_five_levels(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct place p = build(tx, k);
	struct strategy_target north = { STRATEGY_DEPARTMENT, p.north };
	struct strategy s[STRATEGY_LEVELS + 1], other;
	struct strategy *list;
	struct ints dropped;
	size_t n;

	for (size_t i = 0; i < STRATEGY_LEVELS; i++)
		assert_ok(add(tx, k, &p, i ? s[i - 1].strategy : 0, north, &s[i]));
	assert_int_equal(add(tx, k, &p, s[4].strategy, north, &s[5]),
		ERR_INVALID_ARGUMENT);
	ctx_forgive(k->cx);
	assert_ok(add(tx, k, &p, s[0].strategy, north, &other));
	assert_ok(strategy_drop(tx, &s[1], &dropped));
	assert_int_equal(dropped.n, 4);
	assert_ok(
		strategy_page(tx, k->corp.corp, STRATEGY_CUSTOMER, 0, 0, 10, &list, &n));
	assert_int_equal(n, 2);
	assert_int_equal(list[1].strategy, other.strategy);
	/* A number is never given again. */
	assert_ok(strategy_drop(tx, &other, &dropped));
	assert_ok(add(tx, k, &p, 0, north, &s[1]));
	assert_int_equal(s[1].strategy, other.strategy + 1);
	kit_commit(k);
}

static void admins_are_checked(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct place p = build(tx, k);
	struct strategy_target north = { STRATEGY_DEPARTMENT, p.north };
	struct strategy_range none = { 0 };
	struct strategy s;

	assert_ok(add(tx, k, &p, 0, north, &s));
	p.boss.admin = true;
	assert_ok(member_set(tx, &p.boss, NULL, 0));
	assert_int_equal(strategy_set(tx, &s, &none, &none), ERR_INVALID_ARGUMENT);
	s.admins.n = 0;
	assert_int_equal(strategy_set(tx, &s, &none, &none), ERR_INVALID_ARGUMENT);
	s.name = STR(" ");
	assert_int_equal(strategy_set(tx, &s, &none, &none), ERR_INVALID_ARGUMENT);
	kit_roll_back(k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(a_range_holds_what_is_below),
		kit_test(a_childs_range_shrinks_with_its_parents),
		kit_test(privileges_are_the_roots),
		kit_test(trees_have_five_levels),
		kit_test(admins_are_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
