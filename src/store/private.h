/*
 * store/private.h - what the files of src/store share, and nobody else sees.
 *
 * A conn is one SQLite connection, used by one thread at a time (SQLite's own
 * mutexes are off).  There is the writer's, the checkpointer's, and one for
 * each thread that reads, kept by the store and handed on when a thread ends.
 */
#ifndef STORE_PRIVATE_H
#define STORE_PRIVATE_H

#include <sqlite3.h>
#include <stdatomic.h>

#include "base/thread.h"
#include "store/fault.h"
#include "store/sql.h"

#define STORE_FILE "liaison.db"
#define STORE_LOCK "lock"
#define APPLICATION_ID 0x4c49414f /* "LIAO", in the file's header */
/* The log is copied back when it holds so many pages (fewer on a small disk, which
 * it must not fill) and its file is cut when it has grown to eight times that. */
#define WAL_PAGES 4000
#define WAL_PAGES_LEAST 100
#define WAL_LARGE 8
#define CACHE_BYTES (64 << 20)
#define READER_CACHE_BYTES (8 << 20)
#define READER_MMAP_BYTES (INT64_C(1) << 30)

struct conn {
	struct store *store;
	sqlite3 *db;
	sqlite3_stmt **prepared; /* by slot */
	int n_prepared;
	sqlite3_stmt *begin, *commit, *rollback;
	enum err failed; /* the first statement that failed since the function began */
	/* readers */
	struct conn *next; /* in store->readers */
	bool idle;         /* its thread ended */
	int depth;         /* of store_read */
	bool open;         /* a snapshot is */
	uint64_t seen;     /* store->commits when it was opened */
};

/* Lets the checkpointer in between two batches, without starving. */
struct gate {
	pthread_mutex_t lock;
	pthread_cond_t moved;
	bool busy;   /* a batch runs */
	bool wanted; /* the checkpointer waits or works */
};

struct store {
	char *dir, *path, *vfs;
	bool no_sync;
	int lock_fd;
	int64_t cache_bytes;
	int wal_pages;     /* when to checkpoint */
	int checkpoint_at; /* the same, later when a try was in vain; the writer's */
	void (*on_commit)(void *arg, struct store_event *chain);
	void *on_commit_arg;

	struct mailbox mail; /* writes */
	struct conn *writer;
	struct thread writer_thread;
	atomic_uint_fast64_t commits; /* grows after each, before anyone hears of it */

	pthread_key_t reader_key;
	bool has_reader_key;
	pthread_mutex_t readers_lock;
	struct conn *readers;

	struct gate gate;
	struct thread checkpoint_thread;
	bool threads_run;
	pthread_mutex_t checkpoint_lock;
	pthread_cond_t checkpoint_cond;
	bool checkpoint_asked, stopping;

	struct {
		atomic_llong writes, failed, commits, reruns, commit_errors, checkpoints;
		atomic_llong wal_pages;
	} stats;
};

/* sqlite.c */
enum conn_kind { CONN_WRITER, CONN_READER, CONN_CHECKPOINT, CONN_BACKUP };
enum err conn_open(struct ctx *cx, struct store *store, enum conn_kind kind,
	struct conn **out_conn);
void conn_close(struct conn *c);
/* Steps a statement without rows (BEGIN, COMMIT …), returns SQLite's code. */
int conn_run(sqlite3_stmt *st);
/* Several statements from our own code; logs and maps the error. */
enum err conn_exec(struct ctx *cx, sqlite3 *db, const char *sql);
/* The first column of the first row. */
enum err conn_int(struct ctx *cx, sqlite3 *db, const char *sql, int64_t *out);
/* Ours for SQLite's, logged, with words for the caller. */
enum err conn_err(struct ctx *cx, sqlite3 *db, int rc, const char *what);
/* Once in a process, before the first connection. */
void sqlite_set_up(void);

/* migrate.c */
enum err migrate(struct ctx *cx, sqlite3 *db, const struct migration *steps);

/* writer.c */
void writer_run(void *arg);
void gate_enter(struct gate *g);
void gate_leave(struct gate *g);
void gate_take(struct gate *g);
void gate_give(struct gate *g);

/* checkpoint.c */
void checkpoint_run(void *arg);
void checkpoint_ask(struct store *store);

/* store.c */
enum err folder_make(struct ctx *cx, const char *dir);
enum err folder_lock(struct ctx *cx, const char *dir, int *out_fd);
/* So that names made or changed in it last. */
enum err folder_sync(struct ctx *cx, const char *dir);

#endif
