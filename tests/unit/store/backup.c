/*
 * tests/unit/store/backup.c - copies out, copies in, damage found.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "kit.h"
#include "store/backup.h"

static int64_t items_of_file(struct kit *k, const char *file)
{
	struct store_config config = k->config;
	struct store *store, *own = k->store;
	int64_t n;

	config.dir = kit_path(k, "copy");
	assert_ok(store_restore(k->cx, file, config.dir, 2));
	assert_ok(store_open(k->cx, &config, &store));
	k->store = store;
	n = items(k);
	k->store = own;
	store_close(store);
	return n;
}

static void a_backup_holds_what_was_there(void **state)
{
	struct kit *k = *state;
	const char *file = kit_path(k, "backup");
	struct stat st;
	int schema = 0;

	add_item(k, 1);
	add_item(k, 2);
	assert_ok(store_backup(k->store, k->cx, file));
	add_item(k, 3);
	assert_ok(store_check_file(k->cx, file, &schema));
	assert_int_equal(schema, 2);
	assert_int_equal(stat(file, &st), 0);
	assert_int_equal(st.st_mode & 077, 0);
	assert_int_equal(items_of_file(k, file), 2);
	assert_int_equal(items(k), 3);
}

static void a_backup_overwrites_nothing(void **state)
{
	struct kit *k = *state;
	const char *file = kit_path(k, "backup");

	assert_ok(store_backup(k->store, k->cx, file));
	assert_err(store_backup(k->store, k->cx, file), ERR_CONFLICT);
	log_set_level(LOG_ERROR + 1);
	assert_err(store_backup(k->store, k->cx, kit_path(k, "no/such/folder")),
		ERR_STORE);
	log_set_level(LOG_ERROR);
	assert_int_not_equal(access(kit_path(k, "backup.part"), F_OK), 0);
}

struct busy {
	struct kit *k;
	struct thread thread;
	_Atomic int64_t last;
	_Atomic bool stop;
};

static void keep_writing(void *arg)
{
	struct busy *b = arg;
	struct ctx *cx = ctx_new(0);

	for (int64_t id = 1; !b->stop; id++) {
		assert_ok(store_write(b->k->store, cx, put_item, &id));
		b->last = id;
		ctx_restart(cx);
	}
	ctx_free(cx);
}

/* Rows are written 1, 2, 3 …, so a consistent copy has a dense beginning of at
 * least what was acknowledged before the backup began. */
static enum err is_dense(struct tx *tx, void *arg)
{
	struct item *rows;
	size_t n;

	TRY(item_page(tx, 1, 0, INT64_MAX, &rows, &n));
	for (size_t i = 0; i < n; i++)
		assert_int_equal(rows[i].id, i + 1);
	*(int64_t *)arg = (int64_t)n;
	return OK;
}

static void a_backup_beside_writes_is_consistent(void **state)
{
	struct kit *k = *state;
	struct busy busy = { .k = k };
	int64_t before, n;

	thread_start(&busy.thread, "busy", ROLE_WORKER, keep_writing, &busy);
	for (int i = 0; i < 5; i++) {
		str name = arena_printf(k->cx->mem, "backup-%d", i);
		struct store_config config = k->config;
		struct store *store;

		before = busy.last;
		assert_ok(store_backup(k->store, k->cx, kit_path(k, name.p)));
		config.dir = kit_path(k, "copy");
		assert_ok(store_restore(k->cx, kit_path(k, name.p), config.dir, 2));
		assert_ok(store_open(k->cx, &config, &store));
		assert_ok(store_read(store, k->cx, is_dense, &n));
		store_close(store);
		assert_true(n >= before);
	}
	busy.stop = true;
	thread_join(&busy.thread);
}

static void restore_keeps_the_old_store(void **state)
{
	struct kit *k = *state;
	const char *file = kit_path(k, "backup");

	add_item(k, 1);
	assert_ok(store_backup(k->store, k->cx, file));
	add_item(k, 2);
	assert_err(store_restore(k->cx, file, k->dir, 2), ERR_CONFLICT);
	store_close(k->store);
	k->store = NULL;
	assert_ok(store_restore(k->cx, file, k->dir, 2));
	kit_open(k);
	assert_int_equal(items(k), 1);
	store_close(k->store);
	k->store = NULL;
	assert_ok(store_restore(k->cx, kit_path(k, "liaison.db.old-1"), k->dir, 2));
	assert_int_equal(access(kit_path(k, "liaison.db.old-2"), F_OK), 0);
	kit_open(k);
	assert_int_equal(items(k), 2);
}

static void scribble(const char *path, long from, int n)
{
	int fd = open(path, O_RDWR);
	char junk[4096];

	memset(junk, 0x5a, sizeof(junk));
	assert_true(fd >= 0);
	for (int i = 0; i < n; i++)
		assert_int_equal(pwrite(fd, junk, sizeof(junk), from + i * 4096),
			sizeof(junk));
	close(fd);
}

static void a_bad_file_is_not_restored(void **state)
{
	struct kit *k = *state;
	const char *file = kit_path(k, "backup");
	FILE *f;
	int schema;

	for (int64_t i = 1; i <= 500; i++)
		add_item(k, i);
	assert_ok(store_backup(k->store, k->cx, file));
	store_close(k->store);
	k->store = NULL;
	assert_err(store_restore(k->cx, file, k->dir, 1), ERR_STORE); /* newer schema */
	scribble(file, 4096 * 3, 2);
	log_set_level(LOG_ERROR + 1);
	assert_err(store_check_file(k->cx, file, &schema), ERR_STORE);
	assert_err(store_restore(k->cx, file, k->dir, 2), ERR_STORE);
	assert_err(store_restore(k->cx, kit_path(k, "absent"), k->dir, 2), ERR_STORE);
	f = fopen(kit_path(k, "text"), "wb");
	fputs("hello", f);
	fclose(f);
	assert_err(store_restore(k->cx, kit_path(k, "text"), k->dir, 2), ERR_STORE);
	log_set_level(LOG_ERROR);
	assert_int_not_equal(access(kit_path(k, "liaison.db.old-1"), F_OK), 0);
	kit_open(k);
	assert_int_equal(items(k), 500);
}

static void count_fault(void *arg, str what)
{
	(*(int *)arg)++;
	assert_true(what.n > 0);
}

static void damage_is_found(void **state)
{
	struct kit *k = *state;
	int faults = 0;

	for (int64_t i = 1; i <= 500; i++)
		add_item(k, i);
	assert_ok(store_check(k->store, k->cx, false, count_fault, &faults));
	assert_ok(store_check(k->store, k->cx, true, count_fault, &faults));
	assert_int_equal(faults, 0);
	store_close(k->store);
	scribble(kit_path(k, "liaison.db"), 4096 * 3, 2);
	kit_open(k);
	assert_ok(store_check(k->store, k->cx, false, count_fault, &faults));
	assert_true(faults > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_backup_holds_what_was_there, kit_set_up,
			kit_tear_down),
		cmocka_unit_test_setup_teardown(a_backup_overwrites_nothing, kit_set_up,
			kit_tear_down),
		cmocka_unit_test_setup_teardown(a_backup_beside_writes_is_consistent,
			kit_set_up, kit_tear_down),
		cmocka_unit_test_setup_teardown(restore_keeps_the_old_store, kit_set_up,
			kit_tear_down),
		cmocka_unit_test_setup_teardown(a_bad_file_is_not_restored, kit_set_up,
			kit_tear_down),
		cmocka_unit_test_setup_teardown(damage_is_found, kit_set_up,
			kit_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
