/*
 * tests/unit/store/full.c - the disk is full, then is not; syncs fail.
 *
 * The fault VFS gives each condition at will; where the test may mount, the
 * same is tried on a small tmpfs, whose ENOSPC is the kernel's own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <sys/mount.h>

#include "kit.h"
#include "store/backup.h"
#include "store/faultvfs.h"

struct load {
	int64_t id, rows;
	size_t bytes;
};

/* A few rows, so that a write may stop in its middle. */
static enum err put_load(struct tx *tx, void *arg)
{
	struct load *l = arg;
	char *data = arena_alloc(tx->cx->mem, l->bytes);

	for (int64_t i = 0; i < l->rows; i++)
		TRY(item_add(tx, 1, l->id * 1000 + i,
			arena_printf(tx->cx->mem, "%" PRId64 "/%" PRId64, l->id, i),
			STR_NONE, str_make(data, l->bytes)));
	return OK;
}

static enum err write_load(struct kit *k, int64_t id, int64_t rows, size_t bytes)
{
	struct load l = { id, rows, bytes };
	enum err code;

	code = store_write(k->store, k->cx, put_load, &l);
	ctx_restart(k->cx);
	return code;
}

static void sound(struct kit *k)
{
	int faults = 0;

	assert_ok(store_check(k->store, k->cx, true, NULL, &faults));
	assert_int_equal(faults, 0);
}

/* Writes until the disk is full; returns how many writes succeeded. */
static int64_t fill_up(struct kit *k, int64_t rows)
{
	enum err code = OK;
	int64_t id;

	for (id = 1; code == OK && id < 10000; id++)
		code = write_load(k, id, rows, 2000);
	assert_err(code, ERR_NO_SPACE);
	return id - 2;
}

static int begin(void **state)
{
	struct kit *k;

	faultvfs_register();
	faultvfs_set_room(-1);
	faultvfs_fail_syncs(0);
	kit_begin(state);
	k = *state;
	k->config.vfs = FAULTVFS_NAME;
	k->config.cache_bytes = 200 << 10; /* small, so that long writes spill */
	kit_open(k);
	return 0;
}

static void a_full_disk_then_room_again(void **state)
{
	struct kit *k = *state;
	struct store_stats stats;
	int64_t n;

	faultvfs_set_room(1 << 20);
	log_set_level(LOG_ERROR + 1);
	n = fill_up(k, 3);
	assert_true(n > 3);
	assert_err(write_load(k, 20000, 3, 2000), ERR_NO_SPACE);
	log_set_level(LOG_ERROR);
	assert_int_equal(items(k), n * 3); /* reads go on, nothing is half done */
	store_stats(k->store, &stats);
	assert_true(stats.commit_errors >= 2);
	faultvfs_set_room(-1);
	assert_ok(write_load(k, 20000, 3, 2000));
	assert_int_equal(items(k), n * 3 + 3);
	sound(k);
}

/* So large that SQLite runs out of space within a statement, and rolls back by
 * itself; those in the same batch that fit must come through. */
static void full_in_the_middle_of_a_write(void **state)
{
	struct kit *k = *state;
	struct load small = { 1, 1, 10 }, large = { 2, 900, 2000 }, after = { 3, 1, 10 };
	struct load *loads[] = { &small, &large, &after };
	struct job jobs[3] = { 0 };
	struct plug plug;
	sem_t ended;

	faultvfs_set_room(600 << 10);
	log_set_level(LOG_ERROR + 1);
	sem_init(&ended, 0, 0);
	plug_in(k, &plug);
	for (int i = 0; i < 3; i++) {
		jobs[i].ended = &ended;
		jobs[i].write = (struct write){ .cx = ctx_new(0),
			.fn = put_load,
			.arg = loads[i],
			.done = job_done };
		store_submit(k->store, &jobs[i].write);
	}
	plug_out(&plug);
	wait_for(&ended, 3);
	log_set_level(LOG_ERROR);
	assert_err(jobs[0].write.result, OK);
	assert_err(jobs[1].write.result, ERR_NO_SPACE);
	assert_err(jobs[2].write.result, OK);
	for (int i = 0; i < 3; i++)
		ctx_free(jobs[i].write.cx);
	assert_int_equal(items(k), 2);
	faultvfs_set_room(-1);
	assert_ok(write_load(k, 4, 900, 2000));
	assert_int_equal(items(k), 902);
	sound(k);
}

static void a_failed_sync_is_no_success(void **state)
{
	struct kit *k = *state;

	assert_ok(write_load(k, 1, 1, 10));
	faultvfs_fail_syncs(1);
	log_set_level(LOG_ERROR + 1);
	assert_err(write_load(k, 2, 1, 10), ERR_STORE);
	assert_err(write_load(k, 3, 1, 10), ERR_STORE);
	log_set_level(LOG_ERROR);
	assert_int_equal(items(k), 1);
	faultvfs_fail_syncs(0);
	assert_ok(write_load(k, 4, 1, 10));
	assert_int_equal(items(k), 2);
	sound(k);
}

static void the_log_does_not_grow_without_bound(void **state)
{
	struct kit *k = *state;
	struct store_stats stats;

	/* The checkpoints' thread has its turn when the machine gives it one. */
	for (int64_t i = 1; i <= 20000; i++) {
		assert_ok(write_load(k, i, 20, 1000));
		store_stats(k->store, &stats);
		if (i >= 300 && stats.checkpoints > 0)
			break;
	}
	assert_true(stats.checkpoints > 0);
	/* 6,000 rows of 1,000 bytes are 2,000 pages at most; the log was cut often. */
	assert_true(stats.wal_pages < 20000);
	sound(k);
}

/* ---- the kernel's own ENOSPC ---- */

static void take_space(const char *path)
{
	static char block[4096];
	int fd = open(path, O_WRONLY | O_CREAT, 0600);

	assert_true(fd >= 0);
	while (write(fd, block, sizeof(block)) > 0)
		;
	close(fd);
}

static void a_full_tmpfs_then_room_again(void **state)
{
	struct kit *k = *state;
	char dir[64], data[64], filler[64];
	enum err code = OK;
	int64_t n;

	snprintf(dir, sizeof(dir), "%s/small", k->dir);
	snprintf(data, sizeof(data), "%s/small/data", k->dir);
	snprintf(filler, sizeof(filler), "%s/small/filler", k->dir);
	assert_int_equal(mkdir(dir, 0700), 0);
	if (mount("tmpfs", dir, "tmpfs", 0, "size=8m")) {
		print_message("a mount is not allowed here\n");
		skip();
	}
	k->config.dir = data;
	kit_open(k);
	for (n = 0; n < 10; n++)
		assert_ok(write_load(k, n, 3, 2000));
	take_space(filler);
	log_set_level(LOG_ERROR + 1);
	for (; code == OK && n < 10000; n++)
		code = write_load(k, n, 3, 2000);
	assert_err(code, ERR_NO_SPACE);
	n--;
	assert_err(write_load(k, 20000, 3, 2000), ERR_NO_SPACE);
	log_set_level(LOG_ERROR);
	assert_int_equal(items(k), n * 3);
	assert_int_equal(unlink(filler), 0);
	assert_ok(write_load(k, 20000, 3, 2000));
	assert_int_equal(items(k), n * 3 + 3);
	sound(k);
	/* And once more, the store itself being what fills it. */
	log_set_level(LOG_ERROR + 1);
	for (n = 30000; write_load(k, n, 3, 2000) == OK; n++)
		;
	log_set_level(LOG_ERROR);
	sound(k);
	kit_reopen(k);
	sound(k);
}

static int unmount(void **state)
{
	struct kit *k = *state;
	char small[64];

	if (k->store)
		store_close(k->store);
	k->store = NULL;
	snprintf(small, sizeof(small), "%s/small", k->dir);
	umount(small);
	return kit_tear_down(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_full_disk_then_room_again, begin,
			kit_tear_down),
		cmocka_unit_test_setup_teardown(full_in_the_middle_of_a_write, begin,
			kit_tear_down),
		cmocka_unit_test_setup_teardown(a_failed_sync_is_no_success, begin,
			kit_tear_down),
		cmocka_unit_test_setup_teardown(the_log_does_not_grow_without_bound,
			begin, kit_tear_down),
		cmocka_unit_test_setup_teardown(a_full_tmpfs_then_room_again, kit_begin,
			unmount),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
