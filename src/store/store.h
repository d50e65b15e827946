/*
 * store/store.h - transactions on the one durable store.
 *
 * Reads see one snapshot each; writes go to one writer thread, which runs all
 * that wait in its mailbox in one transaction and pays for one fsync.  What a
 * finished write did is on disk (WAL, synchronous=FULL), and every read begun
 * afterwards, on any thread, sees it.
 *
 * A write's function may run more than once: the batch it is in runs without
 * savepoints, so when one function fails after its first change, the batch is
 * rolled back and the others run again without it.  Such a function therefore has no effect beyond its transaction, its
 * ctx and what `arg` holds, and it sets those anew on each run.  (On PostgreSQL
 * the same holds, for serialization failures.)
 *
 * A failed commit (disk full, I/O error) gives every write of the batch
 * ERR_NO_SPACE or ERR_STORE; nothing of it is on disk, and the writer goes on
 * when it can.
 *
 * Disk, then reply, then rumour: after the commit come the done() calls, then
 * the events.
 *
 * A function that went on after a failed statement and says OK is not believed:
 * its write fails with that statement's error.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/ctx.h"
#include "base/mailbox.h"

struct store;
struct conn;

/* A transaction, as handlers see it.  Valid while the function runs. */
struct tx {
	struct ctx *cx;
	struct store *store;
	bool writes;       /* false in a read snapshot */
	struct conn *conn; /* the engine's; for src/store only */
	struct write *write;
	int64_t changes;
};

typedef enum err tx_fn(struct tx *tx, void *arg);

/* A rumour of a committed write.  Made on the heap by whoever emits; embedded
 * in what it carries.  After the commit it belongs to on_commit; if its write
 * rolls back, or the store has no on_commit, drop() takes it. */
struct store_event {
	struct store_event *next;
	void (*drop)(struct store_event *e);
};

/* One step of the schema, made by sqlbox --migrations; NULL name ends a table. */
struct migration {
	int number;
	const char *name;
	const char *sqlite, *postgres;
};

struct store_config {
	const char *dir; /* made if absent; holds liaison.db and lock */
	const struct migration *migrations;
	/* On the writer thread, once a batch, in the order of the writes. */
	void (*on_commit)(void *arg, struct store_event *chain);
	void *on_commit_arg;
	int64_t cache_bytes; /* the writer's page cache; 0: 64 MiB */
	int wal_pages;       /* when to checkpoint; 0: 4,000, less on a small disk */
	const char *vfs;     /* NULL: the system's; tests give the fault VFS */
	bool unsafe_no_sync; /* only tests, to show that they would notice */
};

/* Opens DIR, takes its lock (one process at a time: ERR_CONFLICT says who has
 * it), brings the schema up to date and starts the threads.  A schema newer
 * than this program is refused.  Ids made from then on come after the last commit. */
enum err store_open(struct ctx *cx, const struct store_config *config,
	struct store **out_store);
/* Finishes every write that was submitted, checkpoints, lets the lock go.
 * Nobody may submit or read any more. */
void store_close(struct store *store);

/*
 * Reading.  fn runs on the calling thread, on a connection of that thread.
 * Nested calls share the outer snapshot.  On loop threads the snapshot stays
 * open for the next call until store_turn_end, which a loop must call at the
 * end of each turn; it is renewed when anything was committed meanwhile.
 */
enum err store_read(struct store *store, struct ctx *cx, tx_fn *fn, void *arg);
void store_turn_end(struct store *store);

/* Writing.  The write is the caller's, and is the store's from submit to done;
 * done() runs on the writer thread, so it posts to a mailbox and no more. */
struct write {
	struct letter letter;
	struct ctx *cx;
	tx_fn *fn;
	void *arg;
	void (*done)(struct write *w);
	enum err result;
	/* private */
	struct store_event *events, **last_event;
};
void store_submit(struct store *store, struct write *w);
/* The same, waiting for the end: for WAITS handlers, jobs and the command line;
 * neither on a loop nor within a transaction. */
enum err store_write(struct store *store, struct ctx *cx, tx_fn *fn, void *arg);

/* Tells of the change when, and only when, it is committed. */
void tx_emit(struct tx *tx, struct store_event *e);
/* Rows that the last exec statement added, changed or removed. */
static inline int64_t tx_changes(const struct tx *tx)
{
	return tx->changes;
}

struct store_stats {
	int64_t writes;  /* committed */
	int64_t failed;  /* answered with an error */
	int64_t commits; /* batches: writes / commits is the group's size */
	int64_t reruns;  /* batches rolled back because one write failed */
	int64_t commit_errors;
	int64_t checkpoints;
	int64_t wal_pages; /* in the log at the last commit */
};
void store_stats(struct store *store, struct store_stats *out);

#endif
