/*
 * store/writer.c - the thread that owns the file.
 *
 * While a commit syncs, writes gather in the mailbox; the next batch takes all
 * of them, up to BATCH_WRITES or BATCH_US of work.  So the batches grow with the
 * load, and a lone write waits for nobody.
 *
 *	take ── BEGIN ── fn fn fn … ── COMMIT ── done done done … ── events
 *	                       │ failed after a change
 *	                       └─ ROLLBACK ── those before it, again ── it ── the rest
 */
#include "store/private.h"

#include "base/clock.h"

#define BATCH_WRITES 2048
#define BATCH_US 20000

/* Writes that share a transaction: a stretch of what was gathered. */
struct batch {
	struct write **v;
	size_t n;
};

/* ---- the gate ---- */

void gate_enter(struct gate *g)
{
	pthread_mutex_lock(&g->lock);
	while (g->wanted)
		pthread_cond_wait(&g->moved, &g->lock);
	g->busy = true;
	pthread_mutex_unlock(&g->lock);
}

void gate_leave(struct gate *g)
{
	pthread_mutex_lock(&g->lock);
	g->busy = false;
	if (g->wanted)
		pthread_cond_signal(&g->moved);
	pthread_mutex_unlock(&g->lock);
}

void gate_take(struct gate *g)
{
	pthread_mutex_lock(&g->lock);
	g->wanted = true;
	while (g->busy)
		pthread_cond_wait(&g->moved, &g->lock);
	pthread_mutex_unlock(&g->lock);
}

void gate_give(struct gate *g)
{
	pthread_mutex_lock(&g->lock);
	g->wanted = false;
	pthread_cond_signal(&g->moved);
	pthread_mutex_unlock(&g->lock);
}

/* ---- events ---- */

void tx_emit(struct tx *tx, struct store_event *e)
{
	BUG_IF(!tx->writes, "an event from a read");
	e->next = NULL;
	*tx->write->last_event = e;
	tx->write->last_event = &e->next;
}

static void drop_events(struct store_event *e)
{
	while (e) {
		struct store_event *next = e->next;

		e->drop(e);
		e = next;
	}
}

static void forget_events(struct write *w)
{
	struct store_event *e = w->events;

	w->events = NULL;
	w->last_event = &w->events;
	drop_events(e);
}

/* ---- the ends of a transaction ---- */

static void roll_back(struct conn *c)
{
	/* After disk full and the like SQLite has done it already. */
	if (!sqlite3_get_autocommit(c->db))
		conn_run(c->rollback);
}

/* Every write gets `code`, but those that failed on their own keep theirs. */
static void all_fail(struct store *store, struct batch *b, enum err code)
{
	for (size_t i = 0; i < b->n; i++) {
		if (b->v[i]->result == OK)
			b->v[i]->result = why(b->v[i]->cx, code, "commit");
		forget_events(b->v[i]);
	}
	atomic_fetch_add(&store->stats.commit_errors, 1);
	if (code == ERR_NO_SPACE)
		checkpoint_ask(store); /* may make room in the log */
}

static enum err begin(struct store *store, struct batch *b)
{
	int rc = conn_run(store->writer->begin);

	return rc == SQLITE_OK ? OK
			       : conn_err(b->v[0]->cx, store->writer->db, rc, "begin");
}

static enum err commit(struct store *store, struct batch *b)
{
	struct conn *c = store->writer;
	enum err code;
	int rc;

	FAULT("store.before_commit");
	rc = conn_run(c->commit);
	if (rc == SQLITE_OK) {
		atomic_fetch_add(&store->commits, 1);
		atomic_fetch_add_explicit(&store->stats.commits, 1, memory_order_relaxed);
		FAULT("store.after_commit");
		return OK;
	}
	code = conn_err(b->v[0]->cx, c->db, rc, "commit");
	roll_back(c);
	return code;
}

/* Replies first, then rumours.  A write is not ours any more once it is done. */
static void finish(struct store *store, struct batch *b)
{
	struct store_event *chain = NULL, **last = &chain;
	int64_t good = 0;

	for (size_t i = 0; i < b->n; i++) {
		struct write *w = b->v[i];

		good += w->result == OK;
		if (w->events) {
			*last = w->events;
			last = w->last_event;
		}
		w->done(w);
	}
	FAULT("store.after_done");
	if (chain && store->on_commit)
		store->on_commit(store->on_commit_arg, chain);
	else
		drop_events(chain);
	atomic_fetch_add_explicit(&store->stats.writes, good, memory_order_relaxed);
	atomic_fetch_add_explicit(&store->stats.failed, (int64_t)b->n - good,
		memory_order_relaxed);
}

/* ---- running ---- */

/* Runs one function; false when it failed and left changes, or the whole
 * transaction is gone. */
static bool run(struct store *store, struct write *w)
{
	struct conn *c = store->writer;
	struct tx tx = { .cx = w->cx,
		.store = store,
		.writes = true,
		.conn = c,
		.write = w };
	sqlite3_int64 before = sqlite3_total_changes64(c->db);

	ctx_forgive(w->cx);
	c->failed = OK;
	w->result = w->fn(&tx, w->arg);
	if (w->result == OK)
		w->result = c->failed;
	if (w->result == OK)
		return true;
	forget_events(w);
	return sqlite3_total_changes64(c->db) == before && !sqlite3_get_autocommit(c->db);
}

/*
 * Runs the batch, or as much of its front as BATCH_US allows, in one
 * transaction.  True: b->n were run and may be committed.  False: all is rolled
 * back; either the first has failed, alone as it were, and b->n is 1; or b->n
 * are those before the one that failed, to be run again without it.
 */
static bool run_together(struct store *store, struct batch *b, bool *out_again)
{
	int64_t start = clock_mono_us();

	for (size_t i = 0; i < b->n; i++) {
		if (i && clock_mono_us() - start > BATCH_US) {
			b->n = i;
			break;
		}
		if (run(store, b->v[i]))
			continue;
		roll_back(store->writer);
		*out_again = i > 0;
		b->n = i > 0 ? i : 1;
		return false;
	}
	return true;
}

/* What a failed write was batched with loses its changes too: those before it
 * run again in a transaction without it, then it runs at the head of one. */
static void run_batch(struct store *store, struct batch *b)
{
	bool again;
	enum err code;

	do {
		again = false;
		for (size_t i = 0; i < b->n; i++)
			forget_events(b->v[i]);
		code = begin(store, b);
		if (code == OK && run_together(store, b, &again))
			code = commit(store, b);
		atomic_fetch_add_explicit(&store->stats.reruns, again,
			memory_order_relaxed);
	} while (again);
	if (code != OK)
		all_fail(store, b, code);
	finish(store, b);
}

/* Letters are read before anything is done: afterwards they are not ours. */
static struct letter *gather(struct letter *l, struct write **v, size_t *out_n)
{
	size_t n = 0;

	for (; l && n < BATCH_WRITES; l = l->next) {
		v[n] = CONTAINER_OF(l, struct write, letter);
		v[n]->result = OK;
		v[n]->events = NULL;
		v[n]->last_event = &v[n]->events;
		n++;
	}
	*out_n = n;
	return l;
}

static int on_wal(void *arg, sqlite3 *db, const char *schema, int pages)
{
	struct store *store = arg;
	int before = (int)atomic_exchange(&store->stats.wal_pages, pages);

	if (pages < before)
		store->checkpoint_at = store->wal_pages; /* it began anew */
	if (pages < store->checkpoint_at)
		return SQLITE_OK;
	/* When a long read prevents it, not again after every commit. */
	store->checkpoint_at = pages + store->wal_pages;
	checkpoint_ask(store);
	return SQLITE_OK;
}

void writer_run(void *arg)
{
	struct store *store = arg;
	struct write *v[BATCH_WRITES];
	struct letter *l;
	size_t n;

	store->checkpoint_at = store->wal_pages;
	sqlite3_wal_hook(store->writer->db, on_wal, store);
	while ((l = mailbox_wait(&store->mail))) {
		while (l) {
			l = gather(l, v, &n);
			for (size_t at = 0; at < n;) {
				struct batch b = { v + at, n - at };

				gate_enter(&store->gate);
				run_batch(store, &b);
				gate_leave(&store->gate);
				at += b.n;
			}
		}
	}
}

/* ---- submitting ---- */

void store_submit(struct store *store, struct write *w)
{
	mailbox_post(&store->mail, &w->letter);
}

struct waiting {
	struct write write;
	pthread_mutex_t lock;
	pthread_cond_t ended;
	bool is_done;
};

static void wake(struct write *w)
{
	struct waiting *wait = CONTAINER_OF(w, struct waiting, write);

	pthread_mutex_lock(&wait->lock);
	wait->is_done = true;
	pthread_cond_signal(&wait->ended);
	pthread_mutex_unlock(&wait->lock);
}

enum err store_write(struct store *store, struct ctx *cx, tx_fn *fn, void *arg)
{
	struct waiting wait = { .write = { .cx = cx, .fn = fn, .arg = arg, .done = wake },
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.ended = PTHREAD_COND_INITIALIZER };

	BUG_IF(thread_role() == ROLE_WRITER, "a write within a write");
	BUG_IF(thread_role() == ROLE_LOOP, "a loop may not wait for a write");
	store_submit(store, &wait.write);
	pthread_mutex_lock(&wait.lock);
	while (!wait.is_done)
		pthread_cond_wait(&wait.ended, &wait.lock);
	pthread_mutex_unlock(&wait.lock);
	pthread_mutex_destroy(&wait.lock);
	pthread_cond_destroy(&wait.ended);
	return wait.write.result;
}
