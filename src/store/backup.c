/*
 * store/backup.c - copies out and in.
 *
 * VACUUM INTO reads one snapshot, row by row, and so writes a small file and
 * notices a broken tree.  Files are written beside their place and renamed into
 * it after an fsync.
 */
#include "store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "store/private.h"

static enum err io_why(struct ctx *cx, const char *path)
{
	return why(cx, errno == ENOSPC || errno == EDQUOT ? ERR_NO_SPACE : ERR_STORE,
		"%s: %s", path, strerror(errno));
}

static const char *beside(struct ctx *cx, const char *path, const char *end)
{
	return arena_cstr(cx->mem, arena_printf(cx->mem, "%s%s", path, end));
}

static const char *folder_of(struct ctx *cx, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return ".";
	return arena_cstr(cx->mem,
		str_make(path, slash == path ? 1 : (size_t)(slash - path)));
}

static enum err sync_file(struct ctx *cx, const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC), failed;

	if (fd < 0)
		return io_why(cx, path);
	failed = fsync(fd);
	close(fd);
	return failed ? io_why(cx, path) : OK;
}

/* An atomic, lasting rename. */
static enum err put_in_place(struct ctx *cx, const char *from, const char *to)
{
	TRY(sync_file(cx, from));
	if (rename(from, to))
		return io_why(cx, to);
	return folder_sync(cx, folder_of(cx, to));
}

/* ---- out ---- */

static enum err copy_out(struct ctx *cx, struct conn *c, const char *part)
{
	sqlite3_stmt *st;
	int rc = sqlite3_prepare_v2(c->db, "VACUUM INTO ?1", -1, &st, NULL);

	if (rc != SQLITE_OK)
		return conn_err(cx, c->db, rc, "backup");
	sqlite3_bind_text(st, 1, part, -1, SQLITE_STATIC);
	rc = sqlite3_step(st);
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? OK : conn_err(cx, c->db, rc, "backup");
}

static enum err backup_by(struct ctx *cx, struct conn *c, const char *part,
	const char *file)
{
	TRY(copy_out(cx, c, part));
	if (chmod(part, 0600))
		return io_why(cx, part);
	return put_in_place(cx, part, file);
}

enum err store_backup(struct store *store, struct ctx *cx, const char *file)
{
	const char *part = beside(cx, file, ".part");
	struct conn *c;
	struct stat st;
	enum err code;

	if (lstat(file, &st) == 0)
		return why(cx, ERR_CONFLICT, "%s exists", file);
	unlink(part);
	TRY(conn_open(cx, store, CONN_BACKUP, &c));
	code = backup_by(cx, c, part, file);
	conn_close(c);
	if (code != OK)
		unlink(part);
	return code;
}

/* ---- checks ---- */

struct checking {
	void (*on_fault)(void *arg, str what);
	void *arg;
	int faults;
};

/* SQLite answers one row "ok" or a row for each fault. */
static int on_check_row(void *arg, int n, char **values, char **names)
{
	struct checking *ck = arg;

	if (n < 1 || !values[0] || !strcmp(values[0], "ok"))
		return 0;
	ck->faults++;
	if (ck->on_fault)
		ck->on_fault(ck->arg, str_of(values[0]));
	return 0;
}

static enum err check_db(struct ctx *cx, sqlite3 *db, bool full, struct checking *ck)
{
	const char *sql =
		full ? "PRAGMA integrity_check(100)" : "PRAGMA quick_check(100)";
	int rc = sqlite3_exec(db, sql, on_check_row, ck, NULL);

	/* A tree too broken to be walked is a fault, not a failure. */
	if ((rc & 0xff) == SQLITE_CORRUPT || (rc & 0xff) == SQLITE_NOTADB) {
		ck->faults++;
		if (ck->on_fault)
			ck->on_fault(ck->arg, str_of(sqlite3_errmsg(db)));
		return OK;
	}
	return rc == SQLITE_OK ? OK : conn_err(cx, db, rc, "check");
}

enum err store_check(struct store *store, struct ctx *cx, bool full,
	void (*on_fault)(void *arg, str what), void *arg)
{
	struct checking ck = { on_fault, arg, 0 };
	struct conn *c;
	enum err code;

	TRY(conn_open(cx, store, CONN_READER, &c));
	code = check_db(cx, c->db, full, &ck);
	conn_close(c);
	return code;
}

static enum err check_file(struct ctx *cx, sqlite3 *db, const char *file, int *out_schema)
{
	struct checking ck = { 0 };
	int64_t id, schema;

	TRY(conn_int(cx, db, "PRAGMA application_id", &id));
	if (id != APPLICATION_ID)
		return why(cx, ERR_STORE, "%s is no backup of ours", file);
	TRY(conn_int(cx, db, "PRAGMA user_version", &schema));
	TRY(check_db(cx, db, true, &ck));
	if (ck.faults)
		return why(cx, ERR_STORE, "%s is damaged: %d faults", file, ck.faults);
	*out_schema = (int)schema;
	return OK;
}

enum err store_check_file(struct ctx *cx, const char *file, int *out_schema)
{
	sqlite3 *db = NULL;
	enum err code;

	sqlite_set_up();
	if (sqlite3_open_v2(file, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX,
		    NULL) == SQLITE_OK)
		code = check_file(cx, db, file, out_schema);
	else
		code = why(cx, ERR_STORE, "%s cannot be opened", file);
	sqlite3_close(db);
	return code;
}

/* ---- in ---- */

static enum err copy_bytes(struct ctx *cx, int from, int to, const char *path)
{
	char *block = arena_alloc(cx->mem, 65536);
	ssize_t n;

	while ((n = read(from, block, 65536)) > 0)
		for (ssize_t at = 0, w; at < n; at += w) {
			w = write(to, block + at, (size_t)(n - at));
			if (w < 0)
				return io_why(cx, path);
		}
	return n < 0 ? io_why(cx, path) : OK;
}

static enum err copy_file(struct ctx *cx, const char *from, const char *to)
{
	int in = open(from, O_RDONLY | O_CLOEXEC), out;
	enum err code;

	if (in < 0)
		return io_why(cx, from);
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	code = out < 0 ? io_why(cx, to) : copy_bytes(cx, in, out, to);
	if (out >= 0)
		close(out);
	close(in);
	return code;
}

/* The first of liaison.db.old-1, -2 … that is free. */
static const char *old_name(struct ctx *cx, const char *path)
{
	for (int i = 1;; i++) {
		str name = arena_printf(cx->mem, "%s.old-%d", path, i);
		const char *z = arena_cstr(cx->mem, name);
		struct stat st;

		if (lstat(z, &st))
			return z;
	}
}

/* The log goes before the file it belongs to: a log beside another file would
 * be played into it.  SQLite finds the pair again under the new name. */
static enum err set_aside(struct ctx *cx, const char *path)
{
	const char *old = old_name(cx, path);

	if (link(path, old))
		return errno == ENOENT ? OK : io_why(cx, old);
	if (rename(beside(cx, path, "-wal"), beside(cx, old, "-wal")) && errno != ENOENT)
		return io_why(cx, old);
	if (unlink(beside(cx, path, "-shm")) && errno != ENOENT)
		return io_why(cx, path);
	log_info("set aside", K_ZSTR("old", old));
	return OK;
}

static enum err restore(struct ctx *cx, const char *file, const char *dir, int newest)
{
	const char *path = beside(cx, dir, "/" STORE_FILE),
		   *part = beside(cx, path, ".part");
	enum err code;
	int schema = 0;

	code = copy_file(cx, file, part);
	if (code == OK)
		code = store_check_file(cx, part, &schema);
	if (code == OK && schema > newest)
		code = why(cx, ERR_STORE, "%s has schema %d, this program knows %d", file,
			schema, newest);
	if (code == OK)
		code = set_aside(cx, path);
	if (code == OK)
		code = put_in_place(cx, part, path);
	if (code != OK)
		unlink(part);
	return code;
}

enum err store_restore(struct ctx *cx, const char *file, const char *dir, int newest)
{
	enum err code;
	int lock;

	TRY(folder_make(cx, dir));
	TRY(folder_lock(cx, dir, &lock));
	code = restore(cx, file, dir, newest);
	close(lock);
	return code;
}
