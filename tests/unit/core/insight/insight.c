/*
 * tests/unit/core/insight/insight.c - what people did in a day, counted.
 */
#include "unit.h"

#include "core/kit.h"

#include "core/customer/handover.h"
#include "core/customer/kit.h"
#include "core/directory/corp_setting.h"
#include "core/insight/insight.h"
#include "core/insight/tally.h"

enum { MINUTE = 60 * 1000, DAY_MINUTES = 24 * 60 };

/* The corp's noon is now, so that no midnight comes in the way. */
static int64_t noon(struct kit *k)
{
	int64_t minute = k->cx->now_ms / MINUTE % DAY_MINUTES, day;
	struct tx *tx = kit_write(k);

	assert_ok(corp_setting_set(tx, k->corp.corp, CORP_SETTING_ZONE_MINUTES,
		DAY_MINUTES / 2 - minute));
	assert_ok(insight_day_of(tx, k->corp.corp, k->cx->now_ms, &day));
	kit_commit(k);
	assert_true(k->cx->now_ms - day >= DAY_MINUTES / 2 * MINUTE);
	assert_true(k->cx->now_ms - day < (DAY_MINUTES / 2 + 1) * MINUTE);
	return day;
}

static void say(struct kit *k, const struct follow *f, enum person_kind kind,
	enum message_via via)
{
	static int nonce;
	struct tx *tx = kit_write(k);
	struct message m = {
		.corp = f->corp,
		.chat = f->chat,
		.sender = { kind, kind == PERSON_MEMBER ? f->member : f->customer, 0 },
		.nonce = arena_printf(tx->cx->mem, "n%d", ++nonce),
		.type = STR("text"),
		.body = STR("{\"content\":\"x\"}"),
		.via = via,
	};
	bool again;

	assert_ok(chat_add(tx, &m, &again));
	kit_commit(k);
}

static struct insight_day count(struct kit *k, int64_t day_ms)
{
	struct tx *tx = kit_write(k);
	struct insight_day day;

	assert_ok(insight_day_get(tx, k->corp.corp, day_ms, &day));
	kit_commit(k);
	return day;
}

static struct insight_member of(const struct insight_day *day, int64_t member)
{
	struct ints one = { &member, 1 };
	struct insight_member sum;

	insight_sum(day, &one, &sum);
	return sum;
}

/* 李雷 has three new customers: one asks and is answered after five minutes, one asks in
 * vain, one is written to first.  韩梅梅 is given the second. */
static void a_day(struct kit *k, struct shop *s, struct follow f[3])
{
	struct consumer c;
	int64_t began = k->cx->now_ms;
	int64_t n;

	for (int i = 0; i < 3; i++)
		f[i] = shop_add(k, &s->lileis, "客", &c);
	say(k, &f[0], PERSON_CUSTOMER, MESSAGE_BY_HAND);
	say(k, &f[0], PERSON_CUSTOMER, MESSAGE_BY_HAND);
	k->cx->now_ms = began + 5 * MINUTE;
	say(k, &f[0], PERSON_MEMBER, MESSAGE_MASS); /* nobody's answer */
	say(k, &f[0], PERSON_MEMBER, MESSAGE_BY_HAND);
	say(k, &f[0], PERSON_MEMBER, MESSAGE_BY_HAND);
	say(k, &f[1], PERSON_CUSTOMER, MESSAGE_BY_HAND);
	say(k, &f[2], PERSON_MEMBER, MESSAGE_BY_HAND);
	say(k, &f[2], PERSON_CUSTOMER, MESSAGE_BY_HAND);
	k->cx->now_ms = began;
	assert_ok(follow_leave(kit_write(k), &f[2]));
	kit_commit(k);
	assert_ok(handover_all(kit_write(k), k->corp.corp, STR("lilei"), STR("han"), &n));
	kit_commit(k);
	assert_int_equal(n, 2);
}

static void who_wrote_answered_came_and_went(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	int64_t day_ms = noon(k);
	struct insight_member lilei, han;
	struct insight_day day;
	struct follow f[3];

	a_day(k, &s, f);
	day = count(k, day_ms);
	lilei = of(&day, s.lilei.member);
	assert_int_equal(lilei.contacts, 3);
	assert_int_equal(lilei.lost, 1);
	assert_int_equal(lilei.chats, 2);
	assert_int_equal(lilei.messages, 3);
	assert_int_equal(lilei.asked, 1);
	assert_int_equal(lilei.replied, 1);
	assert_int_equal(lilei.reply_ms, 5 * MINUTE);
	han = of(&day, s.han.member);
	assert_int_equal(han.applies, 2);
	assert_int_equal(han.contacts, 2);
	assert_int_equal(han.asked, 1); /* the one nobody answered is hers now */
	assert_int_equal(han.replied, 0);
	assert_int_equal(day.n_channels, 1);
	assert_str(day.channels[0].channel, arena_cstr(k->cx->mem, s.lileis.config_id));
	assert_int_equal(day.channels[0].added, 3);
}

static void other_days_and_corps_are_empty(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	int64_t day_ms = noon(k);
	struct insight_day day;
	struct corp other;
	struct follow f[3];
	struct tx *tx;

	a_day(k, &s, f);
	assert_int_equal(count(k, day_ms - INSIGHT_DAY_MS).n_members, 0);
	assert_int_equal(count(k, day_ms + INSIGHT_DAY_MS).n_members, 0);
	tx = kit_write(k);
	assert_ok(corp_create(tx, STR(""), STR("另一家"), &other));
	assert_ok(insight_count(tx, other.corp, day_ms, &day));
	assert_int_equal(day.n_members + day.n_channels, 0);
	kit_commit(k);
}

static void a_day_that_is_over_is_kept_and_agrees(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	int64_t day_ms = noon(k), next_ms;
	struct insight_day live, kept;
	struct follow f[3];

	a_day(k, &s, f);
	live = count(k, day_ms);
	assert_ok(insight_close(kit_write(k), k->corp.corp, &next_ms));
	kit_commit(k);
	assert_true(next_ms > day_ms + INSIGHT_DAY_MS); /* not over yet */
	k->cx->now_ms = next_ms;
	assert_ok(insight_close(kit_write(k), k->corp.corp, &next_ms));
	kit_commit(k);
	/* Whatever is said of it later, the day is over. */
	k->cx->now_ms = day_ms + INSIGHT_DAY_MS / 2;
	say(k, &f[0], PERSON_CUSTOMER, MESSAGE_BY_HAND);
	kept = count(k, day_ms);
	assert_int_equal(kept.n_members, live.n_members);
	assert_memory_equal(kept.members, live.members,
		live.n_members * sizeof(live.members[0]));
	assert_int_equal(kept.n_channels, live.n_channels);
	assert_int_equal(kept.channels[0].talked, live.channels[0].talked);
	k->cx->now_ms = next_ms;
	assert_ok(insight_close(kit_write(k), k->corp.corp, &next_ms));
	kit_commit(k);
	assert_true(next_ms > k->cx->now_ms - INSIGHT_DAY_MS);
}

static void tallies_count_pairs(void **state)
{
	struct kit *k = *state;
	struct tally t;

	tally_init(&t, k->cx->mem);
	assert_null(tally_find(&t, 1, 2));
	for (int64_t round = 0; round < 3; round++)
		for (int64_t i = 999; i >= 0; i--)
			tally_at(&t, i / 10, i % 10)[3] += i;
	assert_int_equal(t.n, 1000);
	for (int64_t i = 0; i < 1000; i++)
		assert_int_equal(tally_find(&t, i / 10, i % 10)[3], 3 * i);
	assert_null(tally_find(&t, 5, 10));
	tally_sort(&t);
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(t.rows[i].a * 10 + t.rows[i].b, i);
}

static void shares_have_two_digits(void **state)
{
	assert_true(insight_percent(1, 3) > 33.32 && insight_percent(1, 3) < 33.34);
	assert_true(insight_percent(3, 3) > 99.99 && insight_percent(3, 3) < 100.01);
	assert_true(insight_percent(0, 0) < 0.01);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(who_wrote_answered_came_and_went),
		kit_test(other_days_and_corps_are_empty),
		kit_test(a_day_that_is_over_is_kept_and_agrees),
		kit_test(tallies_count_pairs),
		kit_test(shares_have_two_digits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
