/*
 * tests/unit/store/store.c - opening, reading, statements.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "base/ids.h"
#include "kit.h"

/* ---- opening ---- */

static void open_makes_the_folder_and_the_schema(void **state)
{
	struct kit *k = *state;
	struct stat st;

	k->config.dir = kit_path(k, "deep/er");
	kit_open(k);
	assert_int_equal(items(k), 0);
	assert_int_equal(stat(kit_path(k, "deep/er/liaison.db"), &st), 0);
	assert_int_equal(st.st_mode & 077, 0);
}

static void reopening_keeps_rows_and_migrates_once(void **state)
{
	struct kit *k = *state;

	add_item(k, 1);
	kit_reopen(k);
	kit_reopen(k);
	assert_int_equal(items(k), 1);
}

/* The clock is set back between two starts: what is new still sorts after what was. */
static void ids_go_on_after_the_last_commit(void **state)
{
	struct kit *k = *state;
	struct timespec later[2];

	add_item(k, 1);
	store_close(k->store);
	clock_gettime(CLOCK_REALTIME, &later[0]);
	later[0].tv_sec += 3600;
	later[1] = later[0];
	assert_int_equal(utimensat(AT_FDCWD, kit_path(k, "liaison.db"), later, 0), 0);
	kit_open(k);
	assert_true(id_time_ms(id_next()) >= (int64_t)later[0].tv_sec * 1000);
}

static enum err words_of_log(struct tx *tx, void *arg)
{
	bool found;

	TRY(log_add(tx, 1, 1));
	return log_words(tx, 1, 1, arg, &found);
}

static void an_older_schema_is_brought_up_to_date(void **state)
{
	struct kit *k = *state;
	struct migration first[] = { schema_migrations[0], { .name = NULL } };
	struct log_words_row row = { 0 };

	k->config.migrations = first;
	kit_open(k);
	store_close(k->store);
	k->config.migrations = schema_migrations;
	kit_open(k);
	assert_ok(store_write(k->store, k->cx, words_of_log, &row));
	assert_true(str_is(row.words, "a;b)"));
}

/* Or SQLite takes a corp for ten rows, and reads all of it. */
static void a_corp_is_believed_to_be_large(void **state)
{
	struct kit *k = *state;
	sqlite3 *db;
	sqlite3_stmt *st;

	assert_int_equal(sqlite3_open(kit_path(k, "liaison.db"), &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db,
				 "SELECT stat FROM sqlite_stat1 WHERE idx = 'item_name'",
				 -1, &st, NULL),
		SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	assert_string_equal((const char *)sqlite3_column_text(st, 0), "1000000 500000 1");
	sqlite3_finalize(st);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void a_failing_migration_changes_nothing(void **state)
{
	struct kit *k = *state;
	struct migration bad[] = { schema_migrations[0],
		{ 2, "0002_bad",
			"CREATE TABLE half (corp INTEGER) STRICT; CREATE TABLE item (x)",
			"" },
		{ .name = NULL } };

	k->config.migrations = bad;
	assert_err(store_open(k->cx, &k->config, &k->store), ERR_STORE);
	bad[1].sqlite = "CREATE TABLE half (corp INTEGER) STRICT";
	kit_open(k);
}

static void a_newer_schema_is_refused(void **state)
{
	struct kit *k = *state;
	struct migration first[] = { schema_migrations[0], { .name = NULL } };

	store_close(k->store);
	k->store = NULL;
	k->config.migrations = first;
	assert_err(store_open(k->cx, &k->config, &k->store), ERR_STORE);
	assert_true(str_find(k->cx->words, STR("schema 2")) != SIZE_MAX);
}

static void foreign_files_are_refused(void **state)
{
	struct kit *k = *state;
	sqlite3 *db;
	FILE *f;

	assert_int_equal(sqlite3_open(kit_path(k, "liaison.db"), &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "CREATE TABLE x (y)", NULL, NULL, NULL),
		SQLITE_OK);
	sqlite3_close(db);
	assert_err(store_open(k->cx, &k->config, &k->store), ERR_STORE);
	f = fopen(kit_path(k, "liaison.db"), "wb");
	for (int i = 0; i < 1000; i++)
		fputs("no database", f);
	fclose(f);
	assert_err(store_open(k->cx, &k->config, &k->store), ERR_STORE);
}

static void one_process_at_a_time(void **state)
{
	struct kit *k = *state;
	struct store *second;
	char mine[16];

	snprintf(mine, sizeof(mine), "%d", (int)getpid());
	assert_err(store_open(k->cx, &k->config, &second), ERR_CONFLICT);
	assert_true(str_ends(k->cx->words, str_of(mine)));
	kit_reopen(k);
}

static void a_folder_that_cannot_be(void **state)
{
	struct kit *k = *state;
	FILE *f = fopen(kit_path(k, "file"), "wb");

	fclose(f);
	k->config.dir = kit_path(k, "file/below");
	assert_err(store_open(k->cx, &k->config, &k->store), ERR_STORE);
}

/* ---- statements ---- */

static enum err fill(struct tx *tx, void *arg)
{
	char bytes[] = { 'a', '\0', (char)0xff };

	TRY(item_add(tx, 1, 1, STR("one"), STR("n"), str_make(bytes, 3)));
	TRY(item_add(tx, 1, 2, STR("two"), STR_NONE, STR_NONE));
	TRY(item_add(tx, 1, 3, STR(""), STR_NONE, STR_NONE));
	TRY(item_add(tx, 2, 1, STR("other corp's"), STR_NONE, STR_NONE));
	assert_int_equal(tx_changes(tx), 1);
	return OK;
}

static enum err read_one(struct tx *tx, void *arg)
{
	struct item row = { .id = -1 };
	struct item_nulls_row nulls;
	bool found;

	TRY(item_by_id(tx, 1, 1, &row, &found));
	assert_true(found);
	assert_true(str_is(row.name, "one") && str_is(row.note, "n"));
	assert_int_equal(row.data.n, 3);
	assert_memory_equal(row.data.p, "a\0\xff", 3);
	row.id = -1;
	TRY(item_by_id(tx, 1, 99, &row, &found));
	assert_false(found);
	assert_int_equal(row.id, -1);
	TRY(item_by_id(tx, 1, 3, &row, &found));
	assert_true(found && row.name.n == 0 && row.note.n == 0 && row.data.n == 0);
	TRY(item_nulls(tx, 1, &nulls, &found));
	assert_int_equal(nulls.n, 2);
	return OK;
}

static enum err read_many(struct tx *tx, void *arg)
{
	struct item *rows;
	size_t n;

	TRY(item_page(tx, 1, 0, 2, &rows, &n));
	assert_int_equal(n, 2);
	assert_int_equal(rows[1].id, 2);
	TRY(item_page(tx, 1, 3, 2, &rows, &n));
	assert_int_equal(n, 0);
	return OK;
}

static enum err read_lists(struct tx *tx, void *arg)
{
	int64_t ids[] = { 3, INT64_MAX, 1, INT64_MIN };
	str names[] = { STR("two"), STR("\"],[\""), STR("") };
	struct item *rows;
	size_t n;

	TRY(item_by_ids(tx, 1, (struct ints){ ids, 4 }, &rows, &n));
	assert_int_equal(n, 2);
	assert_int_equal(rows[0].id, 1);
	TRY(item_by_ids(tx, 1, (struct ints){ NULL, 0 }, &rows, &n));
	assert_int_equal(n, 0);
	TRY(item_by_names(tx, 1, (struct texts){ names, 3 }, &rows, &n));
	assert_int_equal(n, 2);
	assert_int_equal(rows[0].id, 2);
	return OK;
}

struct seen {
	struct tx *tx;
	int64_t n, stop_at;
};

/* Other statements may run meanwhile. */
static enum err see(void *arg, const struct item_each_row *row)
{
	struct seen *seen = arg;
	struct item item;
	bool found;

	TRY(item_by_id(seen->tx, 1, row->id, &item, &found));
	assert_true(found && str_same(item.name, row->name));
	return ++seen->n == seen->stop_at ? ERR_CONFLICT : OK;
}

static enum err read_each(struct tx *tx, void *arg)
{
	struct seen all = { tx, 0, -1 }, some = { tx, 0, 2 };

	TRY(item_each(tx, 1, see, &all));
	assert_int_equal(all.n, 3);
	assert_err(item_each(tx, 1, see, &some), ERR_CONFLICT);
	assert_int_equal(some.n, 2);
	return item_each(tx, 1, see, &all);
}

static void rows_come_back_as_they_went_in(void **state)
{
	struct kit *k = *state;

	assert_ok(store_write(k->store, k->cx, fill, NULL));
	assert_ok(store_read(k->store, k->cx, read_one, NULL));
	assert_ok(store_read(k->store, k->cx, read_many, NULL));
	assert_ok(store_read(k->store, k->cx, read_lists, NULL));
	assert_ok(store_read(k->store, k->cx, read_each, NULL));
}

static enum err change(struct tx *tx, void *arg)
{
	struct item_raise_row row;
	bool found;

	TRY(item_raise(tx, 1, 1, 5, &row, &found));
	assert_true(found && row.rank == 5);
	TRY(item_raise(tx, 1, 1, 3, &row, &found));
	assert_true(found && row.rank == 5);
	TRY(item_raise(tx, 1, 99, 3, &row, &found));
	assert_false(found);
	TRY(item_put(tx, 1, 1, STR("again")));
	assert_int_equal(tx_changes(tx), 0);
	TRY(item_put(tx, 1, 9, STR("nine")));
	assert_int_equal(tx_changes(tx), 1);
	TRY(item_drop(tx, 1, 98));
	assert_int_equal(tx_changes(tx), 0);
	TRY(item_drop(tx, 1, 9));
	assert_int_equal(tx_changes(tx), 1);
	return OK;
}

static void changes_are_counted(void **state)
{
	struct kit *k = *state;

	assert_ok(store_write(k->store, k->cx, fill, NULL));
	assert_ok(store_write(k->store, k->cx, change, NULL));
}

static enum err fill_much(struct tx *tx, void *arg)
{
	static char big[10000];

	memset(big, 'x', sizeof(big));
	for (int64_t i = 1; i <= 100; i++)
		TRY(item_add(tx, 1, i, arena_printf(tx->cx->mem, "%" PRId64, i),
			str_make(big, sizeof(big)), STR_NONE));
	return OK;
}

static enum err read_much(struct tx *tx, void *arg)
{
	struct item *rows;
	size_t n;

	return item_page(tx, 1, 0, *(int64_t *)arg, &rows, &n);
}

static void an_answer_past_the_budget_is_an_error(void **state)
{
	struct kit *k = *state;
	struct ctx *small = ctx_new(200000);
	int64_t many = 100, few = 5;

	assert_ok(store_write(k->store, k->cx, fill_much, NULL));
	assert_err(store_read(k->store, small, read_much, &many), ERR_TOO_LARGE);
	ctx_restart(small);
	assert_ok(store_read(k->store, small, read_much, &few));
	ctx_free(small);
}

/* ---- snapshots ---- */

struct reader {
	struct kit *k;
	struct thread thread;
	sem_t go, ready;
	int64_t seen[4];
};

static void read_in_turns(void *arg)
{
	struct reader *r = arg;
	struct ctx *cx = ctx_new(0);

	for (int i = 0; i < 4; i++) {
		wait_for(&r->go, 1);
		if (i == 3)
			store_turn_end(r->k->store);
		assert_ok(store_read(r->k->store, cx, count_items, &r->seen[i]));
		sem_post(&r->ready);
	}
	store_turn_end(r->k->store);
	ctx_free(cx);
}

static void turn(struct reader *r)
{
	sem_post(&r->go);
	wait_for(&r->ready, 1);
}

/* What was acknowledged is seen by every thread's next read, also by a loop that
 * keeps its snapshot. */
static void acknowledged_is_visible(struct kit *k, enum thread_role role)
{
	struct reader r = { .k = k };

	sem_init(&r.go, 0, 0);
	sem_init(&r.ready, 0, 0);
	thread_start(&r.thread, "reader", role, read_in_turns, &r);
	turn(&r);
	add_item(k, 1);
	turn(&r);
	turn(&r);
	add_item(k, 2);
	turn(&r);
	thread_join(&r.thread);
	assert_int_equal(r.seen[0], 0);
	assert_int_equal(r.seen[1], 1);
	assert_int_equal(r.seen[2], 1);
	assert_int_equal(r.seen[3], 2);
}

static void a_worker_reads_what_others_wrote(void **state)
{
	acknowledged_is_visible(*state, ROLE_WORKER);
}

static void a_loop_reads_what_others_wrote(void **state)
{
	acknowledged_is_visible(*state, ROLE_LOOP);
}

/* Within one read nothing moves, also in reads nested in it. */
static enum err hold(struct tx *tx, void *arg)
{
	struct kit *k = arg;
	int64_t before, after, nested;
	struct job j = { .id = 77 };
	sem_t ended;

	TRY(count_items(tx, &before));
	sem_init(&ended, 0, 0);
	j.ended = &ended;
	j.write = (struct write){ .cx = ctx_new(0),
		.fn = put_item,
		.arg = &j.id,
		.done = job_done };
	store_submit(k->store, &j.write);
	wait_for(&ended, 1);
	ctx_free(j.write.cx);
	assert_err(j.write.result, OK);
	TRY(count_items(tx, &after));
	TRY(store_read(k->store, tx->cx, count_items, &nested));
	assert_int_equal(before, after);
	assert_int_equal(before, nested);
	return ERR_NOT_FOUND;
}

static void a_read_is_one_snapshot(void **state)
{
	struct kit *k = *state;

	assert_err(store_read(k->store, k->cx, hold, k), ERR_NOT_FOUND);
	assert_int_equal(items(k), 1);
}

struct pinned {
	struct kit *k;
	struct store_stats stats;
};

static void write_some(struct kit *k, int64_t from, int64_t n)
{
	struct job j = { .id = from };
	sem_t ended;

	sem_init(&ended, 0, 0);
	j.ended = &ended;
	for (; j.id < from + n; j.id++) {
		j.write = (struct write){ .cx = ctx_new(0),
			.fn = put_item,
			.arg = &j.id,
			.done = job_done };
		store_submit(k->store, &j.write);
		wait_for(&ended, 1);
		ctx_free(j.write.cx);
		assert_err(j.write.result, OK);
	}
}

static enum err read_long(struct tx *tx, void *arg)
{
	struct pinned *p = arg;
	int64_t n;

	TRY(count_items(tx, &n));
	write_some(p->k, 1, 500);
	store_stats(p->k->store, &p->stats);
	return OK;
}

/* While an old snapshot lives the log cannot begin anew; afterwards it does. */
static void the_log_waits_for_old_readers_only(void **state)
{
	struct kit *k = *state;
	struct pinned p = { .k = k };
	struct store_stats now;
	int64_t id = 1000;

	k->config.wal_pages = 100;
	kit_open(k);
	assert_ok(store_read(k->store, k->cx, read_long, &p));
	assert_true(p.stats.wal_pages > 1000);
	do {
		write_some(k, id, 1);
		store_stats(k->store, &now);
	} while (now.wal_pages > 100 && ++id < 100000);
	assert_true(now.wal_pages <= 100);
	assert_true(now.checkpoints > 0);
}

/* Connections of ended threads are used again. */
static void threads_come_and_go(void **state)
{
	struct kit *k = *state;

	for (int i = 0; i < 100; i++) {
		struct reader r = { .k = k };

		sem_init(&r.go, 0, 4);
		sem_init(&r.ready, 0, 0);
		thread_start(&r.thread, "reader", i % 2 ? ROLE_LOOP : ROLE_WORKER,
			read_in_turns, &r);
		thread_join(&r.thread);
	}
	add_item(k, 1);
	assert_int_equal(items(k), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(open_makes_the_folder_and_the_schema,
			kit_begin, kit_tear_down),
		cmocka_unit_test_setup_teardown(reopening_keeps_rows_and_migrates_once,
			kit_set_up, kit_tear_down),
		cmocka_unit_test_setup_teardown(ids_go_on_after_the_last_commit,
			kit_set_up, kit_tear_down),
		cmocka_unit_test_setup_teardown(an_older_schema_is_brought_up_to_date,
			kit_begin, kit_tear_down),
		cmocka_unit_test_setup_teardown(a_corp_is_believed_to_be_large,
			kit_set_up, kit_tear_down),
		cmocka_unit_test_setup_teardown(a_failing_migration_changes_nothing,
			kit_begin, kit_tear_down),
		cmocka_unit_test_setup_teardown(a_newer_schema_is_refused, kit_set_up,
			kit_tear_down),
		cmocka_unit_test_setup_teardown(foreign_files_are_refused, kit_begin,
			kit_tear_down),
		cmocka_unit_test_setup_teardown(one_process_at_a_time, kit_set_up,
			kit_tear_down),
		cmocka_unit_test_setup_teardown(a_folder_that_cannot_be, kit_begin,
			kit_tear_down),
		cmocka_unit_test_setup_teardown(rows_come_back_as_they_went_in,
			kit_set_up, kit_tear_down),
		cmocka_unit_test_setup_teardown(changes_are_counted, kit_set_up,
			kit_tear_down),
		cmocka_unit_test_setup_teardown(an_answer_past_the_budget_is_an_error,
			kit_set_up, kit_tear_down),
		cmocka_unit_test_setup_teardown(a_worker_reads_what_others_wrote,
			kit_set_up, kit_tear_down),
		cmocka_unit_test_setup_teardown(a_loop_reads_what_others_wrote,
			kit_set_up, kit_tear_down),
		cmocka_unit_test_setup_teardown(a_read_is_one_snapshot, kit_set_up,
			kit_tear_down),
		cmocka_unit_test_setup_teardown(the_log_waits_for_old_readers_only,
			kit_begin, kit_tear_down),
		cmocka_unit_test_setup_teardown(threads_come_and_go, kit_set_up,
			kit_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
