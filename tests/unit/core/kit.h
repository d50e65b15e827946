/*
 * tests/unit/core/kit.h - the real store in a folder of its own, a corp in it, and
 * transactions that a test writes straight down.
 *
 *	struct tx *tx = kit_write(k);
 *	assert_ok(member_add(tx, &m, NULL, 0));
 *	kit_commit(k);
 *
 * The writer thread waits within its transaction while the test, on its own
 * thread, uses it.  What was emitted stands in k->events after the commit.
 * Include it after unit.h; each test program includes it once.
 */
#ifndef TESTS_CORE_KIT_H
#define TESTS_CORE_KIT_H

#include <ftw.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "core/app/app.h"
#include "core/keys.h"
#include "core/media/media.h"
#include "core/schema.h"

#define assert_err(x, code) assert_int_equal((int)(x), (int)(code))

enum { KIT_EVENTS = 256 };

struct kit {
	char dir[40];
	struct ctx *cx;
	struct store *store;
	struct corp corp;
	pthread_mutex_t events_lock; /* what a write emitted may come after its done() */
	struct event *events[KIT_EVENTS];
	size_t n_events;
	/* a transaction lent to the test */
	struct write write;
	struct tx *tx;
	sem_t lent, given_back, ended;
	enum err verdict;
	bool was_lent;
};

/* Takes the events instead of k->events when set, before the store is opened: for
 * tests of what runs on threads of its own. */
static void (*kit_publish)(struct store_event *chain);

static inline void kit_on_commit(void *arg, struct store_event *chain)
{
	struct kit *k = arg;

	if (kit_publish) {
		kit_publish(chain);
		return;
	}
	pthread_mutex_lock(&k->events_lock);
	while (chain) {
		struct event *e = CONTAINER_OF(chain, struct event, store);

		chain = chain->next;
		if (k->n_events == KIT_EVENTS)
			event_unref(e);
		else
			k->events[k->n_events++] = e;
	}
	pthread_mutex_unlock(&k->events_lock);
}

static inline void kit_forget_events(struct kit *k)
{
	pthread_mutex_lock(&k->events_lock);
	while (k->n_events)
		event_unref(k->events[--k->n_events]);
	pthread_mutex_unlock(&k->events_lock);
}

static inline void kit_wait(sem_t *s)
{
	while (sem_wait(s) != 0)
		;
}

static inline enum err kit_lend(struct tx *tx, void *arg)
{
	struct kit *k = arg;

	if (k->was_lent)
		return k->verdict; /* run again after a rollback */
	k->was_lent = true;
	k->tx = tx;
	sem_post(&k->lent);
	kit_wait(&k->given_back);
	k->tx = NULL;
	return k->verdict;
}

static inline void kit_done(struct write *w)
{
	struct kit *k = w->arg;

	sem_post(&k->ended);
}

static inline struct tx *kit_write(struct kit *k)
{
	kit_forget_events(k);
	ctx_forgive(k->cx);
	k->was_lent = false;
	k->write =
		(struct write){ .cx = k->cx, .fn = kit_lend, .arg = k, .done = kit_done };
	store_submit(k->store, &k->write);
	kit_wait(&k->lent);
	return k->tx;
}

static inline enum err kit_nothing(struct tx *tx, void *arg)
{
	return OK;
}

/* The events of a commit follow its done(): they are out when one more write is. */
static inline enum err kit_end(struct kit *k, enum err verdict)
{
	k->verdict = verdict;
	sem_post(&k->given_back);
	kit_wait(&k->ended);
	assert_int_equal((int)store_write(k->store, k->cx, kit_nothing, NULL), OK);
	return k->write.result;
}

static inline void kit_commit(struct kit *k)
{
	assert_int_equal((int)kit_end(k, OK), OK);
}

static inline void kit_roll_back(struct kit *k)
{
	assert_int_equal((int)kit_end(k, ERR_BUSY), ERR_BUSY);
}

/* How many of the commit's events are of that kind. */
static inline size_t kit_events(const struct kit *k, enum event_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < k->n_events; i++)
		n += k->events[i]->kind == kind;
	return n;
}

static inline void kit_open(struct kit *k)
{
	struct store_config config = { .dir = k->dir,
		.migrations = schema_migrations,
		.on_commit = kit_on_commit,
		.on_commit_arg = k };

	k->cx->now_ms = clock_now_ms();
	if (store_open(k->cx, &config, &k->store) != OK)
		fail_msg("store_open: %.*s", STR_FMT(k->cx->words));
	assert_int_equal((int)media_set_dir(k->cx, k->dir), OK);
}

static inline void kit_reopen(struct kit *k)
{
	store_close(k->store);
	kit_open(k);
}

static inline int kit_set_up(void **state)
{
	struct kit *k = calloc(1, sizeof(*k));

	log_set_level(LOG_ERROR);
	json_init();
	keys_set_for_test();
	snprintf(k->dir, sizeof(k->dir), "core-test-XXXXXX");
	assert_non_null(mkdtemp(k->dir));
	k->cx = ctx_new(0);
	pthread_mutex_init(&k->events_lock, NULL);
	sem_init(&k->lent, 0, 0);
	sem_init(&k->given_back, 0, 0);
	sem_init(&k->ended, 0, 0);
	kit_open(k);
	assert_int_equal((int)app_corp_create(kit_write(k), STR("ww0123456789abcdef"),
				 STR("格力"), &k->corp),
		OK);
	kit_commit(k);
	k->cx->actor = (struct actor){ .kind = ACTOR_OPERATOR, .corp = k->corp.corp };
	*state = k;
	return 0;
}

static inline int kit_remove(const char *path, const struct stat *st, int kind,
	struct FTW *at)
{
	return remove(path);
}

static inline int kit_tear_down(void **state)
{
	struct kit *k = *state;

	if (k->tx)
		IGNORE_ERR(kit_end(k, ERR_BUSY)); /* a failed assert left it open */
	kit_forget_events(k);
	store_close(k->store);
	ctx_free(k->cx);
	nftw(k->dir, kit_remove, 16, FTW_DEPTH | FTW_PHYS);
	free(k);
	return 0;
}

/* A member in the root department, committed within the caller's transaction. */
static inline struct member kit_member(struct tx *tx, struct kit *k, const char *userid,
	const char *name)
{
	struct member m = { .corp = k->corp.corp,
		.userid = str_of(userid),
		.name = str_of(name),
		.status = MEMBER_ACTIVE };

	assert_int_equal((int)member_add(tx, &m, NULL, 0), OK);
	return m;
}

static inline int64_t kit_department(struct tx *tx, struct kit *k, int64_t parent,
	const char *name)
{
	struct department d = { .corp = k->corp.corp,
		.parent = parent,
		.name = str_of(name) };

	assert_int_equal((int)department_add(tx, &d), OK);
	return d.department;
}

#define kit_test(f) cmocka_unit_test_setup_teardown(f, kit_set_up, kit_tear_down)

#endif
