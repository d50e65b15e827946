/*
 * store/checkpoint.c - the thread that copies the log back into the file.
 *
 * A checkpoint inside the writer stalls commits for tens of milliseconds, so it
 * has a thread and a connection of its own.  Passive passes copy what they can
 * beside the running writer; each leaves only what was written meanwhile.  When
 * little is left the gate keeps the writer out for one short pass, which copies
 * the rest and lets the log begin anew.  A reader with an old snapshot may
 * prevent that; then the log grows until a later try.
 */
#include "store/private.h"

#include "base/log.h"

#define PASSES 4
#define LITTLE 256 /* pages */
#define READERS_WAIT_MS 5

void checkpoint_ask(struct store *store)
{
	pthread_mutex_lock(&store->checkpoint_lock);
	store->checkpoint_asked = true;
	pthread_cond_signal(&store->checkpoint_cond);
	pthread_mutex_unlock(&store->checkpoint_lock);
}

static bool wait_for_work(struct store *store)
{
	bool stopping;

	pthread_mutex_lock(&store->checkpoint_lock);
	while (!store->checkpoint_asked && !store->stopping)
		pthread_cond_wait(&store->checkpoint_cond, &store->checkpoint_lock);
	store->checkpoint_asked = false;
	stopping = store->stopping;
	pthread_mutex_unlock(&store->checkpoint_lock);
	return !stopping;
}

/* How far it came; false after an error. */
static bool pass(struct conn *c, int mode, int *out_log, int *out_copied)
{
	int rc = sqlite3_wal_checkpoint_v2(c->db, NULL, mode, out_log, out_copied);

	if (rc == SQLITE_OK || (rc & 0xff) == SQLITE_BUSY)
		return true;
	log_error("checkpoint", K_INT("sqlite", rc),
		K_ZSTR("words", sqlite3_errmsg(c->db)));
	return false;
}

/* Copies until little is left; false when there is no use in going on. */
static bool copy_most(struct conn *c, int *out_log)
{
	int copied = -1, before;

	for (int i = 0; i < PASSES; i++) {
		before = copied;
		if (!pass(c, SQLITE_CHECKPOINT_PASSIVE, out_log, &copied))
			return false;
		if (*out_log - copied <= LITTLE)
			return true;
		if (copied == before)
			return false; /* an old snapshot holds it up */
	}
	return true; /* the writer is faster: make it wait */
}

static void checkpoint(struct store *store, struct conn *c)
{
	int log = 0, copied;
	bool good;

	FAULT("store.before_checkpoint");
	if (!copy_most(c, &log))
		return;
	gate_take(&store->gate);
	sqlite3_busy_timeout(c->db, READERS_WAIT_MS);
	good = pass(c,
		log >= store->wal_pages * WAL_LARGE ? SQLITE_CHECKPOINT_TRUNCATE
						    : SQLITE_CHECKPOINT_RESTART,
		&log, &copied);
	sqlite3_busy_timeout(c->db, 0);
	gate_give(&store->gate);
	atomic_fetch_add_explicit(&store->stats.checkpoints, good, memory_order_relaxed);
	FAULT("store.after_checkpoint");
}

void checkpoint_run(void *arg)
{
	struct store *store = arg;
	struct ctx *cx = ctx_new(0);
	struct conn *c;

	if (conn_open(cx, store, CONN_CHECKPOINT, &c) == OK) {
		while (wait_for_work(store))
			checkpoint(store, c);
		conn_close(c);
	}
	ctx_free(cx);
}
