/*
 * Turns of a loop: tasks, timers, hooks; from its own and from other threads.
 */
#include "io/loop.h"

#include <semaphore.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/thread.h"

static char trace[256];

static void note(const char *word)
{
	size_t n = strlen(trace);

	snprintf(trace + n, sizeof(trace) - n, "%s%s", n ? " " : "", word);
}

struct noted {
	struct task task;
	const char *word;
};

static void run_noted(struct loop *loop, struct task *t)
{
	note(CONTAINER_OF(t, struct noted, task)->word);
}

static void note_arg(void *word)
{
	note(word);
}

static int begin(void **state)
{
	trace[0] = 0;
	*state = loop_new("test");
	return 0;
}

static int end(void **state)
{
	loop_join(*state);
	return 0;
}

static void tasks_run_in_order_then_the_hooks(void **state)
{
	struct loop *loop = *state;
	struct noted a = { { .run = run_noted }, "a" }, b = { { .run = run_noted }, "b" };

	loop_on_turn_end(loop, note_arg, (char *)"first");
	loop_on_turn_end(loop, note_arg, (char *)"second");
	loop_post(loop, &a.task);
	loop_post(loop, &b.task);
	loop_turn(loop, 10000);
	assert_string_equal(trace, "a b first second");
}

struct again {
	struct task task;
	int times;
};

static void run_again(struct loop *loop, struct task *t)
{
	struct again *a = CONTAINER_OF(t, struct again, task);

	note("run");
	if (--a->times)
		loop_post(loop, t);
}

static void a_task_that_posts_itself_runs_in_the_next_turn(void **state)
{
	struct loop *loop = *state;
	struct again a = { { .run = run_again }, 3 };

	loop_on_turn_end(loop, note_arg, (char *)"end");
	loop_post(loop, &a.task);
	for (int i = 0; i < 3; i++)
		loop_turn(loop, 10000);
	assert_string_equal(trace, "run end run end run end");
}

static void a_turn_without_work_ends(void **state)
{
	loop_turn(*state, 0);
	loop_turn(*state, 1);
	assert_string_equal(trace, "");
}

static void turn_until(struct loop *loop, const char *want)
{
	for (int i = 0; i < 1000 && strcmp(trace, want); i++)
		loop_turn(loop, 1000);
	assert_string_equal(trace, want);
}

static void timers_run_once_in_order_of_time(void **state)
{
	struct timer late = { 0 }, soon = { 0 };

	timer_start(&late, *state, 20, note_arg, (char *)"late");
	timer_start(&soon, *state, 1, note_arg, (char *)"soon");
	turn_until(*state, "soon late");
	loop_turn(*state, 0);
	assert_string_equal(trace, "soon late");
	timer_stop(&late);
	timer_stop(&soon);
}

static void a_stopped_timer_is_silent(void **state)
{
	struct timer stopped = { 0 }, other = { 0 };

	timer_start(&stopped, *state, 0, note_arg, (char *)"stopped");
	timer_stop(&stopped);
	timer_stop(&stopped);
	timer_start(&other, *state, 5, note_arg, (char *)"other");
	turn_until(*state, "other");
	timer_stop(&other);
}

static void a_timer_started_again_runs_once(void **state)
{
	struct timer t = { 0 };

	timer_start(&t, *state, 0, note_arg, (char *)"old");
	timer_start(&t, *state, 1, note_arg, (char *)"new");
	turn_until(*state, "new");
	timer_stop(&t);
}

static void a_repeating_timer_goes_on_until_stopped(void **state)
{
	struct timer t = { 0 };

	timer_repeat(&t, *state, 1, note_arg, (char *)"tick");
	turn_until(*state, "tick tick tick");
	timer_stop(&t);
	loop_turn(*state, 3);
	assert_string_equal(trace, "tick tick tick");
}

static void stop_both(void *arg)
{
	struct timer *both = arg;

	note("one");
	timer_stop(&both[0]);
	timer_stop(&both[1]);
}

static void a_timer_stopped_by_another_due_at_once_is_silent(void **state)
{
	struct timer both[2] = { 0 };

	timer_start(&both[0], *state, 0, stop_both, both);
	timer_start(&both[1], *state, 0, stop_both, both);
	turn_until(*state, "one");
	loop_turn(*state, 3);
	assert_string_equal(trace, "one");
}

static void the_clock_is_the_houses(void **state)
{
	loop_turn(*state, 0);
	clock_shift_ms(86400000);
	loop_turn(*state, 0);
	assert_true(clock_now_ms() - loop_now_ms(*state) < 10000);
	clock_shift_ms(-86400000);
}

/* ---- threads ---- */

enum { POSTERS = 3, LETTERS = 2000 };

struct counted {
	struct task task;
	int poster, number;
	int *last; /* of each poster */
	sem_t *all;
};

static void run_counted(struct loop *loop, struct task *t)
{
	struct counted *c = CONTAINER_OF(t, struct counted, task);

	BUG_IF(thread_role() != ROLE_LOOP || !loop_is_mine(loop), "ran elsewhere");
	BUG_IF(c->last[c->poster] + 1 != c->number, "out of order");
	c->last[c->poster] = c->number;
	sem_post(c->all);
	free(c);
}

struct poster {
	struct thread thread;
	struct loop *loop;
	struct counted *first;
	int number;
	int *last;
	sem_t *all;
};

static void post_many(void *arg)
{
	struct poster *p = arg;

	for (int i = 1; i <= LETTERS; i++) {
		struct counted *c = calloc(1, sizeof(*c));

		*c = (struct counted){ { .run = run_counted }, p->number, i, p->last,
			p->all };
		loop_post(p->loop, &c->task);
	}
}

static void posts_of_many_threads_all_arrive_in_order(void **state)
{
	struct loop *loop = loop_new("posted");
	struct poster posters[POSTERS] = { 0 };
	int last[POSTERS] = { 0 };
	sem_t all;

	sem_init(&all, 0, 0);
	loop_start(loop);
	assert_false(loop_is_mine(loop));
	for (int i = 0; i < POSTERS; i++) {
		posters[i] = (struct poster){ .loop = loop,
			.number = i,
			.last = last,
			.all = &all };
		thread_start(&posters[i].thread, "poster", ROLE_WORKER, post_many,
			&posters[i]);
	}
	for (int i = 0; i < POSTERS * LETTERS; i++)
		sem_wait(&all);
	for (int i = 0; i < POSTERS; i++)
		thread_join(&posters[i].thread);
	loop_stop(loop);
	loop_join(loop);
	sem_destroy(&all);
}

static void what_was_posted_late_still_runs(void **state)
{
	struct loop *loop = loop_new("late");
	struct noted a = { { .run = run_noted }, "late" };

	trace[0] = 0;
	loop_start(loop);
	loop_stop(loop);
	loop_post(loop, &a.task);
	loop_join(loop);
	assert_string_equal(trace, "late");
}

int main(void)
{
#define ROW(test) cmocka_unit_test_setup_teardown(test, begin, end)
	const struct CMUnitTest tests[] = {
		ROW(tasks_run_in_order_then_the_hooks),
		ROW(a_task_that_posts_itself_runs_in_the_next_turn),
		ROW(a_turn_without_work_ends),
		ROW(timers_run_once_in_order_of_time),
		ROW(a_stopped_timer_is_silent),
		ROW(a_timer_started_again_runs_once),
		ROW(a_repeating_timer_goes_on_until_stopped),
		ROW(a_timer_stopped_by_another_due_at_once_is_silent),
		ROW(the_clock_is_the_houses),
		cmocka_unit_test(posts_of_many_threads_all_arrive_in_order),
		cmocka_unit_test(what_was_posted_late_still_runs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
