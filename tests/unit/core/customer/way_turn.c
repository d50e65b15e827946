/*
 * tests/unit/core/customer/way_turn.c - who gets the next customer: routing, shifts,
 * limits, and who served him before.
 */
#include "unit.h"

#include "core/kit.h"

#include "core/customer/kit.h"

#include "core/acquisition/quota.h"
#include "core/customer/way_link.h"

struct trio {
	struct shop s;
	int64_t all[3];
	struct way w;
};

static struct trio trio(struct kit *k, struct way w)
{
	struct trio t = { .s = shop_open(k, false) };
	struct tx *tx = kit_write(k);

	t.all[0] = t.s.lilei.member;
	t.all[1] = t.s.han.member;
	t.all[2] = shop_member(tx, k, "san", "三").member;
	w.corp = k->corp.corp;
	w.type = WAY_MULTI;
	w.scene = 2;
	w.skip_verify = true;
	w.members.v = ARENA_ARRAY(k->cx->mem, int64_t, 3);
	w.members.n = 3;
	for (size_t i = 0; i < 3; i++)
		w.members.v[i] = t.all[i];
	assert_ok(way_add(tx, &w));
	kit_commit(k);
	t.w = w;
	return t;
}

static void reread(struct kit *k, struct way *w)
{
	assert_ok(way_get(kit_write(k), w->corp, w->way, w));
	kit_commit(k);
}

static struct follow comes(struct kit *k, struct way *w)
{
	struct consumer c;
	struct follow f = shop_add(k, w, "客", &c);

	reread(k, w);
	return f;
}

static void a_full_code_says_so(void **state)
{
	struct kit *k = *state;
	struct trio t = trio(k, (struct way){ .max_customers = 2 });
	struct member m;

	comes(k, &t.w);
	comes(k, &t.w);
	assert_int_equal(t.w.added, 2);
	assert_int_equal(way_member(kit_write(k), &t.w, &m), ERR_CODE_FULL);
	kit_roll_back(k);
	t.w.max_customers = 3;
	assert_ok(way_set(kit_write(k), &t.w));
	kit_commit(k);
	comes(k, &t.w);
}

static void nobody_gets_more_than_his_day(void **state)
{
	struct kit *k = *state;
	struct trio t = trio(k, (struct way){ .max_a_day = 1 });
	struct member m;

	for (size_t i = 0; i < 3; i++)
		assert_int_equal(comes(k, &t.w).member, t.all[i]);
	assert_int_equal(way_member(kit_write(k), &t.w, &m), ERR_CODE_FULL);
	kit_roll_back(k);
	k->cx->now_ms += INT64_C(24) * 3600 * 1000;
	comes(k, &t.w);
}

static void the_least_busy_is_next(void **state)
{
	struct kit *k = *state;
	struct trio t = trio(k, (struct way){ .routing = WAY_LEAST_BUSY });
	int got[3] = { 0 };
	struct way_load *loads;
	size_t n;

	for (int i = 0; i < 4; i++) { /* who was fast has more already */
		assert_ok(way_took(kit_write(k), &t.w, t.all[0]));
		kit_commit(k);
	}
	for (int i = 0; i < 6; i++) {
		struct follow f = comes(k, &t.w);

		for (size_t j = 0; j < 3; j++)
			got[j] += f.member == t.all[j];
	}
	assert_int_equal(got[0], 0);
	assert_int_equal(got[1], 3);
	assert_int_equal(got[2], 3);
	assert_ok(way_loads(kit_write(k), &t.w, &loads, &n));
	kit_commit(k);
	assert_int_equal(n, 3);
	assert_int_equal(loads[0].total, 4);
}

static void a_closed_code_takes_nobody(void **state)
{
	struct kit *k = *state;
	struct trio t = trio(k, (struct way){ .disabled = true });
	struct member m;

	assert_int_equal(way_member(kit_write(k), &t.w, &m), ERR_CODE_CLOSED);
	kit_roll_back(k);
}

static void shifts_know_days_and_nights(void **state UNUSED)
{
	struct way_shift day = { false, 1, 1 << 0 | 1 << 4, 540, 1080 };
	struct way_shift night = { false, 1, 1 << 6, 1320, 360 };

	assert_true(way_shift_is_on(&day, 0, 540));
	assert_true(way_shift_is_on(&day, 4, 1079));
	assert_false(way_shift_is_on(&day, 4, 1080));
	assert_false(way_shift_is_on(&day, 0, 539));
	assert_false(way_shift_is_on(&day, 1, 600));
	assert_true(way_shift_is_on(&night, 6, 1400));
	assert_true(way_shift_is_on(&night, 0, 100)); /* Monday, from Sunday's night */
	assert_false(way_shift_is_on(&night, 0, 1400));
	assert_false(way_shift_is_on(&night, 6, 100));
}

/* Shifts of a minute's width beside the present one, whatever the clock says. */
static struct way_shift shift(int64_t member, bool now, int64_t now_ms)
{
	time_t t = (time_t)(now_ms / 1000);
	struct tm tm;
	int64_t minute;

	localtime_r(&t, &tm);
	minute = (int64_t)tm.tm_hour * 60 + tm.tm_min;
	return now ? (struct way_shift){ false, member, 127, minute, (minute + 1) % 1440 }
		   : (struct way_shift){ false, member, 127, (minute + 2) % 1440,
			     (minute + 3) % 1440 };
}

static void those_on_duty_serve(void **state)
{
	struct kit *k = *state;
	struct trio t = trio(k, (struct way){ .routing = WAY_ON_DUTY });
	struct way_shift shifts[2], bad;
	struct tx *tx = kit_write(k);
	struct member m;

	shifts[0] = shift(t.all[0], false, k->cx->now_ms);
	shifts[1] = shift(t.all[2], true, k->cx->now_ms);
	assert_ok(way_set_shifts(tx, &t.w, shifts, 2));
	kit_commit(k);
	for (int i = 0; i < 4; i++)
		assert_int_equal(comes(k, &t.w).member, t.all[2]);
	/* Nobody on duty: anybody, or nobody. */
	tx = kit_write(k);
	assert_ok(way_set_shifts(tx, &t.w, shifts, 1));
	assert_ok(way_member(tx, &t.w, &m));
	t.w.off_duty_none = true;
	assert_int_equal(way_member(tx, &t.w, &m), ERR_CODE_OFF_DUTY);
	ctx_forgive(k->cx);
	bad = shifts[0], bad.target = 999;
	assert_int_equal(way_set_shifts(tx, &t.w, &bad, 1), ERR_INVALID_ARGUMENT);
	ctx_forgive(k->cx);
	bad = shifts[0], bad.days = 0;
	assert_int_equal(way_set_shifts(tx, &t.w, &bad, 1), ERR_INVALID_ARGUMENT);
	ctx_forgive(k->cx);
	bad = shifts[0], bad.to_min = bad.from_min;
	assert_int_equal(way_set_shifts(tx, &t.w, &bad, 1), ERR_INVALID_ARGUMENT);
	kit_roll_back(k);
}

static void who_served_him_before_goes_on(void **state)
{
	struct kit *k = *state;
	struct trio t = trio(k, (struct way){ .keeps_member = true });
	struct consumer c;
	struct follow first = shop_add(k, &t.w, "回头客", &c), again;
	bool is_new;

	assert_ok(follow_leave(kit_write(k), &first));
	kit_commit(k);
	comes(k, &t.w);
	assert_ok(follow_add(kit_write(k), &t.w, &c, &again, &is_new));
	kit_commit(k);
	assert_true(is_new);
	assert_int_equal(again.member, first.member);
}

static void an_exclusive_way_leaves_customers_where_they_are(void **state)
{
	struct kit *k = *state;
	struct trio t = trio(k, (struct way){ .is_exclusive = true });
	struct way hans;
	struct consumer c;
	struct follow f;
	bool is_new;

	assert_ok(way_own(kit_write(k), k->corp.corp, t.s.han.member, &hans));
	kit_commit(k);
	shop_add(k, &hans, "她的", &c);
	for (int i = 0; i < 3; i++) {
		assert_ok(follow_add(kit_write(k), &t.w, &c, &f, &is_new));
		kit_commit(k);
		assert_false(is_new);
		assert_int_equal(f.member, t.s.han.member);
	}
}

static void a_link_counts_and_stops_at_its_quota(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct acq_link l = { .corp = k->corp.corp, .name = STR("链接") };
	struct way w = { .skip_verify = true, .members = { &s.lilei.member, 1 } };
	struct acq_quotas q;
	struct consumer c;
	struct follow f;
	struct tx *tx = kit_write(k);
	bool is_new;

	assert_ok(way_link_add(tx, &l, &w));
	assert_ok(acq_quotas(tx, l.corp, &q));
	assert_false(q.bounded);
	assert_ok(acq_quota_grant(tx, l.corp, 2, k->cx->now_ms + 1000));
	assert_int_equal(acq_quota_grant(tx, l.corp, 2, k->cx->now_ms),
		ERR_INVALID_ARGUMENT);
	ctx_forgive(k->cx);
	kit_commit(k);
	f = shop_add(k, &w, "一", &c);
	assert_int_equal(f.add_way, ADD_WAY_LINK);
	shop_add(k, &w, "二", &c);
	assert_str(shop_callback(k).change, "add_external_contact");
	tx = kit_write(k);
	assert_ok(acq_quotas(tx, l.corp, &q));
	assert_int_equal(q.balance, 0);
	assert_ok(consumer_add(tx, STR("三"), &c));
	assert_int_equal(follow_add(tx, &w, &c, &f, &is_new), ERR_CODE_FULL);
	kit_roll_back(k);
	/* What has ended is not left; more is a new grant. */
	assert_ok(acq_quota_grant(kit_write(k), l.corp, 5, k->cx->now_ms + 5000));
	kit_commit(k);
	assert_str(shop_callback(k).change, "balance_increased");
	shop_add(k, &w, "四", &c);
	k->cx->now_ms += 5000;
	assert_int_equal(acq_quota_left(kit_write(k), l.corp), ERR_CODE_FULL);
	kit_roll_back(k);
}

static void quota_that_ends_is_announced_once_a_step(void **state)
{
	struct kit *k = *state;
	const int64_t day = INT64_C(24) * 3600 * 1000;
	int64_t next, end, told = 0;

	shop_open(k, false);
	end = k->cx->now_ms + 20 * day;
	assert_ok(acq_quota_grant(kit_write(k), k->corp.corp, 9, end));
	kit_commit(k);
	for (int i = 0; i < 20; i++) {
		int64_t before = shop_callback(k).event;

		for (int twice = 0; twice < 2; twice++) {
			assert_ok(acq_quota_expire(kit_write(k), k->corp.corp, &next));
			kit_commit(k);
		}
		told += shop_callback(k).event != before;
		k->cx->now_ms += day;
	}
	assert_int_equal(told, 5);
	assert_str(shop_callback(k).change, "quota_expire_soon");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(a_full_code_says_so),
		kit_test(nobody_gets_more_than_his_day),
		kit_test(the_least_busy_is_next),
		kit_test(a_closed_code_takes_nobody),
		kit_test(shifts_know_days_and_nights),
		kit_test(those_on_duty_serve),
		kit_test(who_served_him_before_goes_on),
		kit_test(an_exclusive_way_leaves_customers_where_they_are),
		kit_test(a_link_counts_and_stops_at_its_quota),
		kit_test(quota_that_ends_is_announced_once_a_step),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
