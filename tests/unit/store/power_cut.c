/*
 * tests/unit/store/power_cut.c - what was acknowledged survives a power cut.
 *
 * A child process opens a store on the fault VFS, writes from several threads and
 * notes in shared memory what was acknowledged; then its power is cut, at a FAULT
 * point or at the n-th sync.  The parent opens what is left on the real file
 * system: acknowledged rows must be there, the file must be sound, and nothing
 * may be there that was never tried.
 *
 * That the test can fail is shown by the last case: without syncs rows are lost.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "kit.h"
#include "store/backup.h"
#include "store/faultvfs.h"

#define THREADS 4
#define EACH 2000
#define SYNC_ROUNDS 30
#define WAL_PAGES 150 /* so that checkpoints are many */

/* One thread's rows are base+1, base+2 …; each waits for the one before. */
struct notes {
	_Atomic int64_t tried[THREADS], acked[THREADS];
};

static struct notes *notes;
static const char *cut_name;
static int cut_count;
static uint64_t cut_seed;

static void on_fault(void *arg, const char *name)
{
	if (cut_name && !strcmp(name, cut_name) &&
		__atomic_sub_fetch(&cut_count, 1, __ATOMIC_SEQ_CST) == 0)
		faultvfs_cut(cut_seed);
}

struct hand {
	struct store *store;
	struct thread thread;
	int number;
};

static enum err put_large(struct tx *tx, void *arg)
{
	int64_t id = *(int64_t *)arg;
	char *data = arena_alloc(tx->cx->mem, 3000);

	return item_add(tx, 1, id, arena_printf(tx->cx->mem, "item %" PRId64, id),
		STR_NONE, str_make(data, 3000));
}

static void keep_writing(void *arg)
{
	struct hand *h = arg;
	struct ctx *cx = ctx_new(0);

	for (int64_t i = 1; i <= EACH; i++) {
		int64_t id = h->number * 100000 + i;

		notes->tried[h->number] = i;
		if (store_write(h->store, cx, put_large, &id) != OK)
			break;
		notes->acked[h->number] = i;
		ctx_restart(cx);
	}
	ctx_free(cx);
}

/* The child: never returns but by the cut, or with status 0 when none came. */
static void live(struct kit *k)
{
	struct hand hands[THREADS];

	faultvfs_register();
	fault_hook(on_fault, NULL);
	if (store_open(k->cx, &k->config, &k->store) != OK)
		_exit(1);
	for (int i = 0; i < THREADS; i++) {
		hands[i] = (struct hand){ .store = k->store, .number = i };
		thread_start(&hands[i].thread, "hand", ROLE_WORKER, keep_writing,
			&hands[i]);
	}
	for (int i = 0; i < THREADS; i++)
		thread_join(&hands[i].thread);
	_exit(0);
}

static void live_and_die(struct kit *k)
{
	int status = 0;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0)
		live(k);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), FAULTVFS_EXIT);
}

struct counted {
	int64_t rows[THREADS];
};

static enum err take_stock(struct tx *tx, void *arg)
{
	struct counted *c = arg;
	struct item *rows;
	size_t n;

	for (int t = 0; t < THREADS; t++) {
		TRY(item_page(tx, 1, t * 100000, EACH, &rows, &n));
		c->rows[t] = 0;
		for (size_t i = 0; i < n && rows[i].id / 100000 == t; i++) {
			assert_int_equal(rows[i].id, t * 100000 + (int64_t)i + 1);
			c->rows[t]++;
		}
	}
	return OK;
}

static void on_damage(void *arg, str what)
{
	fail_msg("damaged: %.*s", STR_FMT(what));
}

/* How many acknowledged rows are missing. */
static int64_t lost(struct kit *k)
{
	struct counted c = { 0 };
	int64_t n = 0;

	k->config.vfs = NULL;
	kit_open(k);
	assert_ok(store_check(k->store, k->cx, true, on_damage, NULL));
	assert_ok(store_read(k->store, k->cx, take_stock, &c));
	for (int t = 0; t < THREADS; t++) {
		assert_true(c.rows[t] <= notes->tried[t]);
		if (c.rows[t] < notes->acked[t])
			n += notes->acked[t] - c.rows[t];
	}
	/* Life goes on. */
	add_item(k, 900000);
	store_close(k->store);
	k->store = NULL;
	return n;
}

static int64_t acked(void)
{
	int64_t n = 0;

	for (int t = 0; t < THREADS; t++)
		n += notes->acked[t];
	return n;
}

/* A fresh folder for each round. */
static int64_t round_of(bool no_sync, const char *place, int count, int64_t sync,
	uint64_t seed, int64_t *out_acked)
{
	void *state;
	struct kit *k;
	int64_t n;

	memset(notes, 0, sizeof(*notes));
	cut_name = place;
	cut_count = count;
	cut_seed = seed;
	kit_begin(&state);
	k = state;
	k->config.vfs = FAULTVFS_NAME;
	k->config.unsafe_no_sync = no_sync;
	k->config.wal_pages = WAL_PAGES;
	faultvfs_cut_at_sync(sync, seed);
	live_and_die(k);
	*out_acked = acked();
	n = lost(k);
	kit_tear_down(&state);
	return n;
}

static void cut_at_each_fault_point(void **state)
{
	const struct {
		const char *name;
		int counts[3];
	} places[] = { { "store.before_commit", { 1, 5, 60 } },
		{ "store.after_commit", { 1, 5, 60 } },
		{ "store.after_done", { 1, 5, 60 } },
		{ "store.before_checkpoint", { 1, 2 } },
		{ "store.after_checkpoint", { 1, 2 } } };
	int64_t n, all = 0;

	for (size_t i = 0; i < ARRAY_LEN(places); i++)
		for (size_t c = 0; c < 3 && places[i].counts[c]; c++)
			for (uint64_t seed = 0; seed < 3; seed++, all += n)
				assert_int_equal(round_of(false, places[i].name,
							 places[i].counts[c], 0, seed,
							 &n),
					0);
	assert_true(all > 1000); /* there was something to lose */
}

/* Syncs of commits, of checkpoints and of the first opening alike. */
static void cut_at_syncs(void **state)
{
	uint64_t seed = 12345;
	int64_t n, all = 0;

	for (int i = 0; i < SYNC_ROUNDS; i++) {
		seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
		assert_int_equal(round_of(false, NULL, 0,
					 1 + (int64_t)(seed >> 33) % (i % 4 ? 300 : 12),
					 seed, &n),
			0);
		all += n;
	}
	assert_true(all > SYNC_ROUNDS);
}

static void without_syncs_rows_are_lost(void **state)
{
	int64_t n;

	assert_true(round_of(true, "store.after_done", 60, 0, 0, &n) > 0);
	assert_true(n > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cut_at_each_fault_point),
		cmocka_unit_test(cut_at_syncs),
		cmocka_unit_test(without_syncs_rows_are_lost),
	};

	notes = mmap(NULL, sizeof(*notes), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (notes == MAP_FAILED)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
