/*
 * store/store.c - opening, reading, closing.
 *
 * A thread's first read takes a connection from the store (one that an ended
 * thread left, or a new one) and keeps it under a thread-specific key until the
 * thread ends.  The number of commits tells a loop whether the snapshot it holds
 * is still the newest: the writer raises it after each commit and before anyone
 * hears of the commit.
 */
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/ids.h"
#include "base/log.h"
#include "store/private.h"

/* ---- the folder ---- */

enum err folder_make(struct ctx *cx, const char *dir)
{
	char *path = arena_cstr(cx->mem, str_of(dir));

	for (char *p = path + 1; *p; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		if (mkdir(path, 0755) && errno != EEXIST)
			return why(cx, ERR_STORE, "%s: %s", path, strerror(errno));
		*p = '/';
	}
	if (mkdir(path, 0700) && errno != EEXIST)
		return why(cx, ERR_STORE, "%s: %s", path, strerror(errno));
	return OK;
}

static enum err is_locked(struct ctx *cx, const char *dir, int fd)
{
	char pid[24] = "";
	ssize_t n = read(fd, pid, sizeof(pid) - 1);

	return why(cx, ERR_CONFLICT, "%s is in use by process %.*s", dir,
		n > 0 ? (int)strcspn(pid, "\n") : 1, n > 0 ? pid : "?");
}

enum err folder_lock(struct ctx *cx, const char *dir, int *out_fd)
{
	char *path = arena_cstr(cx->mem, arena_printf(cx->mem, "%s/" STORE_LOCK, dir));
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	enum err code;

	if (fd < 0)
		return why(cx, ERR_STORE, "%s: %s", path, strerror(errno));
	if (flock(fd, LOCK_EX | LOCK_NB)) {
		code = is_locked(cx, dir, fd);
		close(fd);
		return code;
	}
	/* The number is for people; a full disk must not keep us from starting. */
	if (ftruncate(fd, 0) == 0 && dprintf(fd, "%d\n", (int)getpid()) < 0)
		log_warn("lock", K_ZSTR("path", path), K_ZSTR("words", strerror(errno)));
	*out_fd = fd;
	return OK;
}

enum err folder_sync(struct ctx *cx, const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), failed;

	if (fd < 0)
		return why(cx, ERR_STORE, "%s: %s", dir, strerror(errno));
	failed = fsync(fd);
	close(fd);
	return failed ? why(cx, ERR_STORE, "%s cannot be synced", dir) : OK;
}

/* Nobody else on the machine may read it; the log gets the same mode. */
static enum err make_file(struct ctx *cx, const struct store *store)
{
	int fd = open(store->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0)
		return why(cx, errno == ENOSPC ? ERR_NO_SPACE : ERR_STORE, "%s: %s",
			store->path, strerror(errno));
	close(fd);
	return folder_sync(cx, store->dir);
}

/* The time of the last commit, as the files tell it.  Ids go on after it, also when the
 * clock has been set back since: ids order changes, and clients resume by them. */
static void advance_ids(const struct store *store)
{
	static const char *const ends[] = { "", "-wal" };
	char path[4200];
	struct stat st;

	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		int n = snprintf(path, sizeof(path), "%s%s", store->path, ends[i]);

		if (n < (int)sizeof(path) && stat(path, &st) == 0 && st.st_size)
			id_advance(id_of_ms((int64_t)st.st_mtim.tv_sec * 1000 +
				st.st_mtim.tv_nsec / 1000000));
	}
}

/* An eighth of the disk at most. */
static int wal_pages_for(const char *dir)
{
	struct statvfs fs;
	uint64_t pages;

	if (statvfs(dir, &fs))
		return WAL_PAGES;
	pages = (uint64_t)fs.f_blocks * fs.f_frsize / 8 / 4096;
	if (pages < WAL_PAGES_LEAST)
		return WAL_PAGES_LEAST;
	return pages < WAL_PAGES ? (int)pages : WAL_PAGES;
}

/* ---- opening and closing ---- */

static char *copy(const char *z)
{
	char *c = z ? strdup(z) : NULL;

	BUG_IF(z && !c, "out of memory");
	return c;
}

static void reader_left(void *arg)
{
	struct conn *c = arg;

	pthread_mutex_lock(&c->store->readers_lock);
	c->idle = true;
	pthread_mutex_unlock(&c->store->readers_lock);
}

static struct store *store_new(const struct store_config *config)
{
	struct store *store = calloc(1, sizeof(*store));

	BUG_IF(!store, "out of memory");
	store->dir = copy(config->dir);
	store->vfs = copy(config->vfs);
	if (asprintf(&store->path, "%s/" STORE_FILE, config->dir) < 0)
		BUG_IF(true, "out of memory");
	store->no_sync = config->unsafe_no_sync;
	store->cache_bytes = config->cache_bytes ? config->cache_bytes : CACHE_BYTES;
	store->wal_pages = config->wal_pages;
	store->on_commit = config->on_commit;
	store->on_commit_arg = config->on_commit_arg;
	store->lock_fd = -1;
	mailbox_init(&store->mail, NULL, NULL);
	pthread_mutex_init(&store->readers_lock, NULL);
	pthread_mutex_init(&store->gate.lock, NULL);
	pthread_cond_init(&store->gate.moved, NULL);
	pthread_mutex_init(&store->checkpoint_lock, NULL);
	pthread_cond_init(&store->checkpoint_cond, NULL);
	return store;
}

static enum err store_fill(struct ctx *cx, struct store *store,
	const struct migration *steps)
{
	TRY(folder_make(cx, store->dir));
	TRY(folder_lock(cx, store->dir, &store->lock_fd));
	TRY(make_file(cx, store));
	advance_ids(store);
	if (!store->wal_pages)
		store->wal_pages = wal_pages_for(store->dir);
	TRY(conn_open(cx, store, CONN_WRITER, &store->writer));
	TRY(migrate(cx, store->writer->db, steps));
	if (pthread_key_create(&store->reader_key, reader_left))
		return why(cx, ERR_STORE, "no thread key left");
	store->has_reader_key = true;
	store->threads_run = true;
	thread_start(&store->writer_thread, "store-writer", ROLE_WRITER, writer_run,
		store);
	thread_start(&store->checkpoint_thread, "store-checkpt", ROLE_NONE,
		checkpoint_run, store);
	return OK;
}

enum err store_open(struct ctx *cx, const struct store_config *config,
	struct store **out_store)
{
	struct store *store;
	enum err code;

	sqlite_set_up();
	store = store_new(config);
	code = store_fill(cx, store, config->migrations);
	if (code != OK) {
		store_close(store);
		return code;
	}
	*out_store = store;
	return OK;
}

static void stop_threads(struct store *store)
{
	mailbox_close(&store->mail);
	thread_join(&store->writer_thread);
	pthread_mutex_lock(&store->checkpoint_lock);
	store->stopping = true;
	pthread_cond_signal(&store->checkpoint_cond);
	pthread_mutex_unlock(&store->checkpoint_lock);
	thread_join(&store->checkpoint_thread);
}

static void close_conns(struct store *store)
{
	if (store->has_reader_key)
		pthread_key_delete(store->reader_key);
	for (struct conn *c = store->readers, *next; c; c = next) {
		next = c->next;
		conn_close(c);
	}
	if (!store->writer)
		return;
	/* The log is of no use to the next start; failing is harmless. */
	sqlite3_wal_checkpoint_v2(store->writer->db, NULL, SQLITE_CHECKPOINT_TRUNCATE,
		NULL, NULL);
	conn_close(store->writer);
}

void store_close(struct store *store)
{
	if (store->threads_run)
		stop_threads(store);
	close_conns(store);
	if (store->lock_fd >= 0)
		close(store->lock_fd);
	mailbox_release(&store->mail);
	pthread_mutex_destroy(&store->readers_lock);
	pthread_mutex_destroy(&store->gate.lock);
	pthread_cond_destroy(&store->gate.moved);
	pthread_mutex_destroy(&store->checkpoint_lock);
	pthread_cond_destroy(&store->checkpoint_cond);
	free(store->dir);
	free(store->vfs);
	free(store->path);
	free(store);
}

/* ---- reading ---- */

static struct conn *idle_reader(struct store *store)
{
	struct conn *c;

	pthread_mutex_lock(&store->readers_lock);
	for (c = store->readers; c && !c->idle; c = c->next)
		;
	if (c)
		c->idle = false;
	pthread_mutex_unlock(&store->readers_lock);
	return c;
}

static enum err reader(struct ctx *cx, struct store *store, struct conn **out_conn)
{
	struct conn *c = pthread_getspecific(store->reader_key);

	if (!c)
		c = idle_reader(store);
	if (!c) {
		TRY(conn_open(cx, store, CONN_READER, &c));
		pthread_mutex_lock(&store->readers_lock);
		c->next = store->readers;
		store->readers = c;
		pthread_mutex_unlock(&store->readers_lock);
	}
	BUG_IF(pthread_setspecific(store->reader_key, c) != 0, "thread key");
	*out_conn = c;
	return OK;
}

static void snapshot_close(struct conn *c)
{
	if (c->open && !sqlite3_get_autocommit(c->db))
		conn_run(c->commit);
	c->open = false;
}

static enum err snapshot_open(struct ctx *cx, struct store *store, struct conn *c)
{
	uint64_t commits = atomic_load(&store->commits);
	int rc;

	if (c->open && c->seen == commits && !sqlite3_get_autocommit(c->db))
		return OK;
	snapshot_close(c);
	rc = conn_run(c->begin);
	if (rc != SQLITE_OK)
		return conn_err(cx, c->db, rc, "begin");
	c->open = true;
	c->seen = commits;
	return OK;
}

enum err store_read(struct store *store, struct ctx *cx, tx_fn *fn, void *arg)
{
	struct tx tx = { .cx = cx, .store = store };
	enum err code;

	BUG_IF(thread_role() == ROLE_WRITER, "a read within a write");
	TRY(reader(cx, store, &tx.conn));
	if (tx.conn->depth == 0)
		TRY(snapshot_open(cx, store, tx.conn));
	tx.conn->depth++;
	code = fn(&tx, arg);
	tx.conn->depth--;
	if (tx.conn->depth == 0 && thread_role() != ROLE_LOOP)
		snapshot_close(tx.conn);
	return code;
}

void store_turn_end(struct store *store)
{
	struct conn *c = pthread_getspecific(store->reader_key);

	if (c && c->depth == 0)
		snapshot_close(c);
}

void store_stats(struct store *store, struct store_stats *out)
{
	*out = (struct store_stats){
		.writes = atomic_load(&store->stats.writes),
		.failed = atomic_load(&store->stats.failed),
		.commits = atomic_load(&store->stats.commits),
		.reruns = atomic_load(&store->stats.reruns),
		.commit_errors = atomic_load(&store->stats.commit_errors),
		.checkpoints = atomic_load(&store->stats.checkpoints),
		.wal_pages = atomic_load(&store->stats.wal_pages),
	};
}
