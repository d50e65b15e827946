/*
 * tests/unit/core/moment/moment.c - a moment for many members goes in steps, and is seen
 * by whom it is for.
 */
#include "unit.h"

#include "core/kit.h"

#include "core/customer/kit.h"
#include "core/directory/corp_setting.h"
#include "core/moment/post.h"

static int64_t add_task(struct kit *k, const struct moment_range *range,
	int64_t *out_moment)
{
	struct moment m = { .corp = k->corp.corp, .content = { .text = STR("上新") } };
	int64_t job;

	assert_ok(moment_task_add(kit_write(k), &m, range, &job));
	kit_commit(k);
	assert_int_equal(kit_events(k, EVENT_DUE), 1);
	*out_moment = m.moment;
	return job;
}

/* Steps until nothing waits; how many there were. */
static int run_all(struct kit *k)
{
	int64_t next_ms = 1;
	int steps = 0;

	while (next_ms) {
		assert_ok(moment_expire(kit_write(k), k->corp.corp, &next_ms));
		kit_commit(k);
		assert_true(++steps < 100);
	}
	return steps;
}

static struct post_counts counts_of(struct kit *k, int64_t moment)
{
	struct post_counts counts;
	struct moment m;

	assert_ok(moment_get(kit_write(k), k->corp.corp, moment, &m));
	assert_ok(post_counts(k->tx, &m, &counts));
	kit_commit(k);
	return counts;
}

static void many_members_are_given_it_in_steps_and_once(void **state)
{
	struct kit *k = *state;
	int64_t root[] = { DEPARTMENT_ROOT, DEPARTMENT_ROOT }, moment;
	struct moment_range range = { .departments = { root, 2 } };
	struct moment_job job;
	struct tx *tx = kit_write(k);

	for (int i = 0; i < MOMENT_STEP + 5; i++)
		shop_member(tx, k,
			arena_cstr(k->cx->mem, arena_printf(k->cx->mem, "m%d", i)), "m");
	kit_member(tx, k, "none", "serves nobody");
	kit_commit(k);
	int64_t id = add_task(k, &range, &moment);
	assert_true(run_all(k) > 3);
	assert_int_equal(counts_of(k, moment).given, MOMENT_STEP + 5);
	assert_ok(moment_job_get(kit_write(k), k->corp.corp, 0,
		moment_job_text(k->cx->mem, id), &job));
	assert_int_equal(job.state, 3);
	assert_int_equal(job.errcode, OK);
	k->cx->now_ms += MOMENT_JOB_LIFE_MS;
	assert_err(moment_job_get(k->tx, k->corp.corp, 0, moment_job_text(k->cx->mem, id),
			   &job),
		ERR_NO_JOB);
	k->cx->now_ms -= MOMENT_JOB_LIFE_MS;
	kit_commit(k);
}

static void nobody_who_may_publish_it_fails_the_job(void **state)
{
	struct kit *k = *state;
	str nobody[] = { STR("nobody") };
	struct moment_range range = { .users = { nobody, 1 } };
	struct moment_job job;
	struct moment m;
	int64_t moment;
	int64_t id = add_task(k, &range, &moment);

	run_all(k);
	assert_ok(moment_job_get(kit_write(k), k->corp.corp, 0,
		moment_job_text(k->cx->mem, id), &job));
	assert_int_equal(job.errcode, ERR_ALL_RECEIVERS_BAD);
	assert_int_equal(job.refused.users.n, 1);
	assert_str(job.refused.users.v[0], "nobody");
	assert_err(moment_get(k->tx, k->corp.corp, moment, &m), ERR_BAD_MOMENT);
	kit_commit(k);
}

static bool sees(struct kit *k, const struct post *p, int64_t customer)
{
	bool yes;

	assert_ok(post_may_see(kit_write(k), p, customer, &yes));
	kit_commit(k);
	return yes;
}

static void who_has_left_sees_it_no_more(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct moment m = { .corp = k->corp.corp,
		.creator = s.lilei.member,
		.content = { .text = STR("今天") } };
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "小王", &c);
	struct post p, *feed;
	bool found;
	size_t n;

	assert_ok(moment_own_add(kit_write(k), &m));
	assert_ok(post_find(k->tx, m.corp, m.moment, s.lilei.member, &p, &found));
	assert_true(found && p.status == POST_PUBLISHED);
	kit_commit(k);
	assert_true(sees(k, &p, f.customer));
	assert_false(sees(k, &p, f.customer + 1));
	assert_ok(post_feed(kit_write(k), m.corp, f.customer, 0, 0, 10, &feed, &n));
	assert_int_equal(n, 1);
	assert_ok(follow_leave(k->tx, &f));
	assert_ok(post_feed(k->tx, m.corp, f.customer, 0, 0, 10, &feed, &n));
	assert_int_equal(n, 0);
	kit_commit(k);
	assert_false(sees(k, &p, f.customer));
}

static void a_member_publishes_so_many_a_day(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct moment m = { .corp = k->corp.corp,
		.creator = s.lilei.member,
		.content = { .text = STR("今天") } };
	int64_t max;

	assert_ok(corp_setting(kit_write(k), m.corp, CORP_SETTING_MOMENT_DAY_MAX, &max));
	for (int64_t i = 0; i < max; i++)
		assert_ok(moment_own_add(k->tx, &m));
	kit_commit(k);
	assert_err(moment_own_add(kit_write(k), &m), ERR_TOO_OFTEN);
	kit_roll_back(k);
	k->cx->now_ms += INT64_C(24) * 3600 * 1000;
	assert_ok(moment_own_add(kit_write(k), &m));
	kit_commit(k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(many_members_are_given_it_in_steps_and_once),
		kit_test(nobody_who_may_publish_it_fails_the_job),
		kit_test(who_has_left_sees_it_no_more),
		kit_test(a_member_publishes_so_many_a_day),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
