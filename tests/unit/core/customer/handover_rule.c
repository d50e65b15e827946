/*
 * tests/unit/core/customer/handover_rule.c - a member leaves: who gets his customers.
 */
#include "unit.h"

#include "core/kit.h"

#include "core/account/account.h"
#include "core/customer/handover_rule.h"
#include "core/customer/kit.h"
#include "core/ledger/ledger.h"

static void no_fault(void *arg, str words)
{
	fail_msg("%.*s", STR_FMT(words));
}

static void at_once(struct kit *k)
{
	k->corp.handover_at_once = true;
	assert_ok(corp_set(kit_write(k), &k->corp));
	kit_commit(k);
}

static void set_rules(struct kit *k, const struct handover_rule *v, size_t n)
{
	assert_ok(handover_rules_set(kit_write(k), k->corp.corp, v, n));
	kit_commit(k);
}

static void leave(struct kit *k, const struct member *m)
{
	assert_ok(member_leave(kit_write(k), k->corp.corp, m->member));
	kit_commit(k);
	assert_ok(ledger_doctor(kit_write(k), k->corp.corp, no_fault, NULL));
	kit_commit(k);
	shop_is_sound(k);
}

/* Whose active customer he is among two; 0 nobody's. */
static int64_t owner(struct kit *k, int64_t customer)
{
	struct tx *tx = kit_write(k);
	struct follow *list;
	size_t n;

	assert_ok(follow_of_customer(tx, k->corp.corp, customer, 0, 2, &list, &n));
	kit_commit(k);
	assert_int_equal(n, 1);
	return list[0].member;
}

static void without_rules_they_wait(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	struct unassigned *list;
	size_t n;

	at_once(k);
	leave(k, &s.lilei);
	assert_int_equal(owner(k, f.customer), s.lilei.member);
	assert_ok(handover_unassigned(kit_write(k), f.corp, 0, 0, 10, &list, &n));
	kit_commit(k);
	assert_int_equal(n, 1);
}

static void the_direct_leader_comes_before_the_departments(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct handover_rule rule = { .when = WHEN_ALWAYS, .to = TO_MANAGER };
	struct member_place leads = { DEPARTMENT_ROOT, 0, true };
	struct member boss = { .corp = k->corp.corp,
		.userid = STR("boss"),
		.name = STR("店长"),
		.status = MEMBER_ACTIVE,
		.serves_customers = true };
	struct handover_share *shares;
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	size_t n;

	assert_ok(member_add(kit_write(k), &boss, &leads, 1));
	kit_commit(k);
	set_rules(k, &rule, 1);
	assert_ok(handover_preview(kit_write(k), f.corp, s.lilei.member, NULL, 0, &shares,
		&n));
	kit_commit(k);
	assert_int_equal(n, 1);
	assert_int_equal(shares[0].to.member, boss.member); /* of the department */
	s.lilei.direct_leader = STR("HAN");
	assert_ok(member_set(kit_write(k), &s.lilei, NULL, 0));
	kit_commit(k);
	at_once(k);
	leave(k, &s.lilei);
	assert_int_equal(owner(k, f.customer), s.han.member);
}

static void the_first_rule_that_fits_decides(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct tx *tx = kit_write(k);
	struct tag vip = { .name = STR("贵宾") };
	struct tag_group g;
	struct consumer a, b;
	struct member other = shop_member(tx, k, "other", "丙");

	assert_ok(tag_add(tx, &(struct tag_library){ .corp = k->corp.corp },
		&(struct tag_group){ .name = STR("等级"), .tags = &vip, .n_tags = 1 },
		&g));
	kit_commit(k);
	struct follow first = shop_add(k, &s.lileis, "甲", &a),
		      second = shop_add(k, &s.lileis, "乙", &b);
	struct handover_rule rules[] = {
		{ WHEN_DEPARTMENT, 77, TO_NOBODY, 0 }, /* he never stood there */
		{ WHEN_TAG, g.tags[0].tag, TO_MEMBER, s.han.member },
		{ WHEN_DEPARTMENT, DEPARTMENT_ROOT, TO_MEMBER, other.member },
		{ WHEN_ALWAYS, 0, TO_NOBODY, 0 },
	};
	struct handover *log;
	size_t n;

	assert_ok(follow_mark(kit_write(k), &first, (struct ints){ &g.tags[0].tag, 1 },
		(struct ints){ 0 }, 0));
	kit_commit(k);
	assert_int_equal(handover_rules_set(kit_write(k), k->corp.corp, rules, 4),
		ERR_BAD_DEPARTMENT);
	kit_roll_back(k);
	set_rules(k, rules + 1, 3);
	at_once(k);
	leave(k, &s.lilei);
	assert_int_equal(owner(k, first.customer), s.han.member);
	assert_int_equal(owner(k, second.customer), other.member);
	assert_ok(handover_log(kit_write(k), k->corp.corp, s.lilei.member, 0, 10, &log,
		&n));
	kit_commit(k);
	assert_int_equal(n, 2);
	assert_int_equal(log[0].rule + log[1].rule, 1 + 2);
	assert_int_equal(log[0].status, HANDOVER_DONE);
}

static void a_rule_whose_successor_cannot_does_not_fit(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct tx *tx = kit_write(k);
	struct member other = shop_member(tx, k, "other", "丙");
	struct consumer c;

	kit_commit(k);
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	struct handover_rule rules[] = {
		{ WHEN_ALWAYS, 0, TO_MEMBER, s.han.member },
		{ WHEN_ALWAYS, 0, TO_MEMBER, other.member },
	};

	set_rules(k, rules, 2);
	at_once(k);
	leave(k, &s.han);
	leave(k, &s.lilei);
	assert_int_equal(owner(k, f.customer), other.member);
}

static void without_at_once_the_customer_has_a_day(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	struct handover_rule rule = { WHEN_ALWAYS, 0, TO_MEMBER, s.han.member };
	int64_t next;

	set_rules(k, &rule, 1);
	leave(k, &s.lilei);
	assert_int_equal(owner(k, f.customer), s.lilei.member);
	k->cx->now_ms += HANDOVER_WAIT_MS;
	assert_ok(handover_expire(kit_write(k), f.corp, &next));
	kit_commit(k);
	assert_int_equal(owner(k, f.customer), s.han.member);
}

static void many_go_by_turns_and_in_steps(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	enum { ALL = HANDOVER_LEAVE_MAX + HANDOVER_LEAVE_STEP + 7 };
	struct handover_rule rule = { WHEN_ALWAYS, 0, TO_DEPARTMENT, DEPARTMENT_ROOT };
	struct handover_share *shares;
	struct tx *tx = kit_write(k);
	struct member other = shop_member(tx, k, "other", "丙");
	int64_t next, left, hans, others;
	size_t n;

	for (int i = 0; i < ALL; i++) {
		struct consumer c;
		struct follow f;
		bool is_new;

		assert_ok(consumer_add(tx, STR("客"), &c));
		assert_ok(follow_add(tx, &s.lileis, &c, &f, &is_new));
	}
	kit_commit(k);
	set_rules(k, &rule, 1);
	at_once(k);
	assert_ok(handover_preview(kit_write(k), k->corp.corp, s.lilei.member, NULL, 0,
		&shares, &n));
	kit_commit(k);
	assert_int_equal(n, 2);
	assert_int_equal(shares[0].customers + shares[1].customers, HANDOVER_LEAVE_MAX);
	/* Evenly, within a tenth. */
	assert_true(shares[0].customers > HANDOVER_LEAVE_MAX * 4 / 10);
	assert_true(shares[1].customers > HANDOVER_LEAVE_MAX * 4 / 10);
	assert_ok(member_leave(kit_write(k), k->corp.corp, s.lilei.member));
	kit_commit(k);
	assert_ok(follow_count(kit_write(k), k->corp.corp, s.lilei.member, &left));
	kit_commit(k);
	assert_int_equal(left, HANDOVER_LEAVE_STEP + 7);
	assert_ok(handover_leave_expire(kit_write(k), k->corp.corp, &next));
	kit_commit(k);
	assert_int_equal(next, k->cx->now_ms);
	assert_ok(handover_leave_expire(kit_write(k), k->corp.corp, &next));
	kit_commit(k);
	assert_int_equal(next, 0);
	tx = kit_write(k);
	assert_ok(follow_count(tx, k->corp.corp, s.lilei.member, &left));
	assert_ok(follow_count(tx, k->corp.corp, s.han.member, &hans));
	assert_ok(follow_count(tx, k->corp.corp, other.member, &others));
	kit_commit(k);
	assert_int_equal(left, 0);
	assert_int_equal(hans + others, ALL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(without_rules_they_wait),
		kit_test(the_direct_leader_comes_before_the_departments),
		kit_test(the_first_rule_that_fits_decides),
		kit_test(a_rule_whose_successor_cannot_does_not_fit),
		kit_test(without_at_once_the_customer_has_a_day),
		kit_test(many_go_by_turns_and_in_steps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
