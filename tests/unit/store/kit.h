/*
 * tests/unit/store/kit.h - a store in a folder of its own, for tests.
 *
 * Include it after cmocka.h; each test program includes it once.
 */
#ifndef TESTS_STORE_KIT_H
#define TESTS_STORE_KIT_H

#include <ftw.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "base/thread.h"
#include "item.sql.h"
#include "store/fault.h"
#include "store/store.h"

extern const struct migration schema_migrations[];

/* Results in asserts: the compiler wants them used, cmocka wants integers. */
#define assert_ok(x) assert_int_equal((int)(x), OK)
#define assert_err(x, code) assert_int_equal((int)(x), (int)(code))

struct kit {
	char dir[32];
	struct ctx *cx;
	struct store *store;
	struct store_config config;
};

static inline int kit_remove(const char *path, const struct stat *st, int kind,
	struct FTW *at)
{
	return remove(path);
}

static inline void kit_open(struct kit *k)
{
	enum err code = store_open(k->cx, &k->config, &k->store);

	if (code != OK)
		fail_msg("store_open: %.*s", STR_FMT(k->cx->words));
}

static inline void kit_reopen(struct kit *k)
{
	store_close(k->store);
	kit_open(k);
}

/* A folder and a ctx; kit_set_up opens the store too. */
static inline int kit_begin(void **state)
{
	struct kit *k = calloc(1, sizeof(*k));

	log_set_level(LOG_ERROR);
	snprintf(k->dir, sizeof(k->dir), "store-test-XXXXXX");
	assert_non_null(mkdtemp(k->dir));
	k->cx = ctx_new(0);
	k->config.dir = k->dir;
	k->config.migrations = schema_migrations;
	*state = k;
	return 0;
}

static inline int kit_set_up(void **state)
{
	kit_begin(state);
	kit_open(*state);
	return 0;
}

static inline int kit_tear_down(void **state)
{
	struct kit *k = *state;

	if (k->store)
		store_close(k->store);
	ctx_free(k->cx);
	nftw(k->dir, kit_remove, 16, FTW_DEPTH | FTW_PHYS);
	free(k);
	return 0;
}

static inline const char *kit_path(struct kit *k, const char *name)
{
	return arena_cstr(k->cx->mem, arena_printf(k->cx->mem, "%s/%s", k->dir, name));
}

/* ---- transactions that tests run ---- */

static inline enum err put_item(struct tx *tx, void *arg)
{
	int64_t id = *(int64_t *)arg;
	str name = arena_printf(tx->cx->mem, "item %" PRId64, id);

	return item_add(tx, 1, id, name, STR_NONE, STR_NONE);
}

static inline enum err count_items(struct tx *tx, void *arg)
{
	struct item_count_row row;
	bool found;

	TRY(item_count(tx, 1, &row, &found));
	*(int64_t *)arg = row.n;
	return OK;
}

static inline void add_item(struct kit *k, int64_t id)
{
	assert_ok(store_write(k->store, k->cx, put_item, &id));
}

static inline int64_t items(struct kit *k)
{
	int64_t n = -1;

	assert_ok(store_read(k->store, k->cx, count_items, &n));
	return n;
}

/* ---- writes in flight ---- */

struct job {
	struct write write;
	sem_t *ended;
	int64_t id;
	int runs;
	int verdict; /* enum err to fail with */
	bool after_change, emits;
};

static inline void job_done(struct write *w)
{
	sem_post(CONTAINER_OF(w, struct job, write)->ended);
}

static inline void job_submit(struct kit *k, struct job *j, tx_fn *fn, sem_t *ended)
{
	j->ended = ended;
	j->write =
		(struct write){ .cx = ctx_new(0), .fn = fn, .arg = j, .done = job_done };
	store_submit(k->store, &j->write);
}

static inline void wait_for(sem_t *s, int n)
{
	while (n-- > 0)
		while (sem_wait(s))
			;
}

/* Holds the writer until let go, so that what is submitted meanwhile gathers. */
struct plug {
	struct job job;
	sem_t ended, held, free;
};

static inline enum err plug_fn(struct tx *tx, void *arg)
{
	struct plug *p = CONTAINER_OF(arg, struct plug, job);

	sem_post(&p->held);
	wait_for(&p->free, 1);
	return OK;
}

static inline void plug_in(struct kit *k, struct plug *p)
{
	*p = (struct plug){ 0 };
	sem_init(&p->ended, 0, 0);
	sem_init(&p->held, 0, 0);
	sem_init(&p->free, 0, 0);
	job_submit(k, &p->job, plug_fn, &p->ended);
	wait_for(&p->held, 1);
}

static inline void plug_out(struct plug *p)
{
	sem_post(&p->free);
	wait_for(&p->ended, 1);
	ctx_free(p->job.write.cx);
}

#endif
