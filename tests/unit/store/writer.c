/*
 * tests/unit/store/writer.c - batches, failures within them, events.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kit.h"

#define N 10

struct event {
	struct store_event e;
	int64_t id;
};

/* What the writer thread did, in order; read only when it rests. */
static struct {
	int64_t heard[64], replied[64], dropped;
	size_t n_heard, n_replied, replied_when_heard;
} record;

static void event_drop(struct store_event *e)
{
	record.dropped++;
	free(CONTAINER_OF(e, struct event, e));
}

static void hear(void *arg, struct store_event *chain)
{
	record.replied_when_heard = record.n_replied;
	while (chain) {
		struct event *e = CONTAINER_OF(chain, struct event, e);

		chain = chain->next;
		record.heard[record.n_heard++] = e->id;
		free(e);
	}
}

static void emit(struct tx *tx, int64_t id)
{
	struct event *e = calloc(1, sizeof(*e));

	e->e.drop = event_drop;
	e->id = id;
	tx_emit(tx, &e->e);
}

static enum err job_fn(struct tx *tx, void *arg)
{
	struct job *j = arg;

	j->runs++;
	assert_true(tx->cx->code == OK && tx->cx->words.n == 0);
	if (j->emits)
		emit(tx, j->id);
	if (j->verdict && !j->after_change)
		return why(tx->cx, (enum err)j->verdict, "before");
	TRY(put_item(tx, &j->id));
	if (j->verdict)
		return why(tx->cx, (enum err)j->verdict, "after");
	return OK;
}

static void job_reply(struct write *w)
{
	record.replied[record.n_replied++] = CONTAINER_OF(w, struct job, write)->id;
	job_done(w);
}

static int begin(void **state)
{
	struct kit *k;

	memset(&record, 0, sizeof(record));
	kit_begin(state);
	k = *state;
	k->config.on_commit = hear;
	kit_open(k);
	return 0;
}

/* Submits all while the writer is held, so that they are one batch. */
static void run_as_batch(struct kit *k, struct job *jobs, size_t n)
{
	struct plug plug;
	sem_t ended;

	sem_init(&ended, 0, 0);
	plug_in(k, &plug);
	for (size_t i = 0; i < n; i++) {
		jobs[i].id = (int64_t)i + 1;
		jobs[i].ended = &ended;
		jobs[i].write = (struct write){ .cx = ctx_new(0),
			.fn = job_fn,
			.arg = &jobs[i],
			.done = job_reply };
		store_submit(k->store, &jobs[i].write);
	}
	plug_out(&plug);
	wait_for(&ended, (int)n);
	for (size_t i = 0; i < n; i++)
		ctx_free(jobs[i].write.cx);
	/* One more round trip: the events of the batch are out. */
	assert_int_equal(items(k), items(k));
	plug_in(k, &plug);
	plug_out(&plug);
}

static void waiting_writes_share_a_commit(void **state)
{
	struct kit *k = *state;
	struct job jobs[N] = { 0 };
	struct store_stats before, after;

	store_stats(k->store, &before);
	run_as_batch(k, jobs, N);
	store_stats(k->store, &after);
	/* The plug's own, the batch, and the plug's after it. */
	assert_int_equal(after.commits - before.commits, 3);
	assert_int_equal(items(k), N);
	for (int i = 0; i < N; i++) {
		assert_int_equal(jobs[i].runs, 1);
		assert_int_equal(record.replied[i], i + 1);
	}
}

static void expect_only(struct kit *k, struct job *jobs, size_t n)
{
	int64_t good = 0;

	for (size_t i = 0; i < n; i++) {
		assert_err(jobs[i].write.result, jobs[i].verdict);
		good += jobs[i].verdict == OK;
	}
	assert_int_equal(items(k), good);
}

static void a_failure_after_a_change_takes_only_itself(void **state)
{
	struct kit *k = *state;

	for (size_t bad = 0; bad < N; bad++) {
		struct job jobs[N] = { 0 };

		memset(&record, 0, sizeof(record));
		jobs[bad].verdict = ERR_FORBIDDEN;
		jobs[bad].after_change = true;
		run_as_batch(k, jobs, N);
		expect_only(k, jobs, N);
		assert_int_equal(jobs[bad].runs, bad ? 2 : 1);
		assert_int_equal(record.n_replied, N);
		store_close(k->store);
		remove(kit_path(k, "liaison.db"));
		kit_open(k);
	}
}

static void a_failure_before_any_change_costs_nothing(void **state)
{
	struct kit *k = *state;
	struct job jobs[N] = { 0 };
	struct store_stats stats;

	jobs[3].verdict = ERR_FORBIDDEN;
	run_as_batch(k, jobs, N);
	expect_only(k, jobs, N);
	for (int i = 0; i < N; i++)
		assert_int_equal(jobs[i].runs, 1);
	store_stats(k->store, &stats);
	assert_int_equal(stats.reruns, 0);
}

static void all_may_fail(void **state)
{
	struct kit *k = *state;
	struct job jobs[N] = { 0 };

	for (int i = 0; i < N; i++) {
		jobs[i].verdict = ERR_FORBIDDEN;
		jobs[i].after_change = jobs[i].emits = true;
	}
	run_as_batch(k, jobs, N);
	expect_only(k, jobs, N);
	assert_int_equal(record.n_heard, 0);
}

static void a_duplicate_key_is_ours_to_avoid(void **state)
{
	struct kit *k = *state;
	struct job jobs[3] = { 0 };

	add_item(k, 2);
	log_set_level(LOG_ERROR + 1);
	run_as_batch(k, jobs, 3);
	log_set_level(LOG_ERROR);
	assert_err(jobs[0].write.result, OK);
	assert_err(jobs[1].write.result, ERR_STORE);
	assert_err(jobs[2].write.result, OK);
	assert_int_equal(items(k), 3);
}

/* It goes on after a failed statement and says OK. */
static enum err stubborn(struct tx *tx, void *arg)
{
	int64_t id = 5, other = 6;

	IGNORE_ERR(put_item(tx, &id)); /* on purpose: the store must notice */
	return put_item(tx, &other);
}

static void success_after_a_failed_statement_is_not_believed(void **state)
{
	struct kit *k = *state;

	add_item(k, 5);
	log_set_level(LOG_ERROR + 1);
	assert_err(store_write(k->store, k->cx, stubborn, NULL), ERR_STORE);
	log_set_level(LOG_ERROR);
	assert_int_equal(items(k), 1);
}

/* ---- events ---- */

static void events_follow_the_commit_in_order(void **state)
{
	struct kit *k = *state;
	struct job jobs[N] = { 0 };

	for (int i = 0; i < N; i++)
		jobs[i].emits = i % 2;
	jobs[4].verdict = ERR_FORBIDDEN; /* emits nothing: fails after its change */
	jobs[4].after_change = true;
	jobs[7].verdict = ERR_FORBIDDEN; /* emits, then fails before any change */
	run_as_batch(k, jobs, N);
	expect_only(k, jobs, N);
	assert_int_equal(record.n_heard, 4);
	assert_int_equal(record.heard[0], 2);
	assert_int_equal(record.heard[1], 4);
	assert_int_equal(record.heard[2], 6);
	assert_int_equal(record.heard[3], 10);
	assert_true(record.dropped >= 2);
}

static void replies_come_before_rumours(void **state)
{
	struct kit *k = *state;
	struct job jobs[N] = { 0 };

	jobs[0].emits = true;
	run_as_batch(k, jobs, N);
	assert_int_equal(record.n_heard, 1);
	assert_int_equal(record.replied_when_heard, N);
}

static void without_a_listener_events_are_dropped(void **state)
{
	struct kit *k = *state;
	struct job jobs[1] = { { .emits = true } };

	store_close(k->store);
	k->config.on_commit = NULL;
	kit_open(k);
	run_as_batch(k, jobs, 1);
	assert_int_equal(record.dropped, 1);
}

/* ---- from many threads ---- */

#define THREADS 4
#define EACH 200

struct hand {
	struct kit *k;
	struct thread thread;
	int64_t base, seen_less;
};

/* Each write is visible to its own thread at once, and none is lost. */
static void write_and_look(void *arg)
{
	struct hand *h = arg;
	struct ctx *cx = ctx_new(0);

	for (int64_t i = 0; i < EACH; i++) {
		int64_t id = h->base + i, n;

		assert_ok(store_write(h->k->store, cx, put_item, &id));
		assert_ok(store_read(h->k->store, cx, count_items, &n));
		h->seen_less += n < i + 1;
		ctx_restart(cx);
	}
	ctx_free(cx);
}

static void threads_read_their_own_writes(void **state)
{
	struct kit *k = *state;
	struct hand hands[THREADS] = { 0 };

	for (int i = 0; i < THREADS; i++) {
		hands[i].k = k;
		hands[i].base = 1 + i * EACH;
		thread_start(&hands[i].thread, "hand", ROLE_WORKER, write_and_look,
			&hands[i]);
	}
	for (int i = 0; i < THREADS; i++) {
		thread_join(&hands[i].thread);
		assert_int_equal(hands[i].seen_less, 0);
	}
	assert_int_equal(items(k), THREADS * EACH);
}

/* What was submitted before the close is finished by it. */
static void closing_finishes_what_waits(void **state)
{
	struct kit *k = *state;
	struct job jobs[N] = { 0 };
	struct plug plug;
	sem_t ended;

	sem_init(&ended, 0, 0);
	plug_in(k, &plug);
	for (int i = 0; i < N; i++) {
		jobs[i].id = i + 1;
		job_submit(k, &jobs[i], job_fn, &ended);
	}
	sem_post(&plug.free);
	store_close(k->store);
	for (int i = 0; i < N; i++) {
		assert_err(jobs[i].write.result, OK);
		ctx_free(jobs[i].write.cx);
	}
	ctx_free(plug.job.write.cx);
	kit_open(k);
	assert_int_equal(items(k), N);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(waiting_writes_share_a_commit, begin,
			kit_tear_down),
		cmocka_unit_test_setup_teardown(
			a_failure_after_a_change_takes_only_itself, begin, kit_tear_down),
		cmocka_unit_test_setup_teardown(a_failure_before_any_change_costs_nothing,
			begin, kit_tear_down),
		cmocka_unit_test_setup_teardown(all_may_fail, begin, kit_tear_down),
		cmocka_unit_test_setup_teardown(a_duplicate_key_is_ours_to_avoid, begin,
			kit_tear_down),
		cmocka_unit_test_setup_teardown(
			success_after_a_failed_statement_is_not_believed, begin,
			kit_tear_down),
		cmocka_unit_test_setup_teardown(events_follow_the_commit_in_order, begin,
			kit_tear_down),
		cmocka_unit_test_setup_teardown(replies_come_before_rumours, begin,
			kit_tear_down),
		cmocka_unit_test_setup_teardown(without_a_listener_events_are_dropped,
			begin, kit_tear_down),
		cmocka_unit_test_setup_teardown(threads_read_their_own_writes, begin,
			kit_tear_down),
		cmocka_unit_test_setup_teardown(closing_finishes_what_waits, begin,
			kit_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
