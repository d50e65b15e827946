/*
 * store/sqlite.c - connections and statements on SQLite.
 *
 * Only here and in the files beside it is an engine named.  Values are bound
 * without copies: they live in the caller's frame until the statement is reset,
 * and every parameter is bound anew on each use.
 */
#include "store/private.h"

#include <errno.h>
#include <stdlib.h>

#include "base/log.h"

/* Slots are given out once a process, so they are dense on every connection. */
static atomic_int last_slot;

static void set_up_once(void)
{
	/* Each is a hint: without them SQLite is slower, not wrong. */
	sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	sqlite3_initialize();
}

void sqlite_set_up(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, set_up_once);
}

/* ---- errors ---- */

static bool is_no_space(sqlite3 *db, int rc)
{
	if ((rc & 0xff) == SQLITE_FULL)
		return true;
	return (rc & 0xff) == SQLITE_IOERR && db &&
		(sqlite3_system_errno(db) == ENOSPC ||
			sqlite3_system_errno(db) == EDQUOT);
}

enum err conn_err(struct ctx *cx, sqlite3 *db, int rc, const char *what)
{
	enum err code = is_no_space(db, rc) ? ERR_NO_SPACE : ERR_STORE;

	/* SQLite's words name tables and columns, never values. */
	log_error("store", K_ZSTR("at", what), K_INT("sqlite", rc),
		K_ZSTR("words", db ? sqlite3_errmsg(db) : sqlite3_errstr(rc)));
	return why(cx, code, "%s", what);
}

enum err conn_exec(struct ctx *cx, sqlite3 *db, const char *sql)
{
	int rc = sqlite3_exec(db, sql, NULL, NULL, NULL);

	return rc == SQLITE_OK ? OK : conn_err(cx, db, rc, "set-up");
}

enum err conn_int(struct ctx *cx, sqlite3 *db, const char *sql, int64_t *out)
{
	sqlite3_stmt *st;
	int rc = sqlite3_prepare_v2(db, sql, -1, &st, NULL);

	if (rc != SQLITE_OK)
		return conn_err(cx, db, rc, sql);
	rc = sqlite3_step(st);
	if (rc == SQLITE_ROW)
		*out = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return rc == SQLITE_ROW ? OK : conn_err(cx, db, rc, sql);
}

/* ---- connections ---- */

int conn_run(sqlite3_stmt *st)
{
	int rc = sqlite3_step(st);

	sqlite3_reset(st);
	return rc == SQLITE_DONE || rc == SQLITE_ROW ? SQLITE_OK : rc;
}

static int prepare(sqlite3 *db, const char *sql, sqlite3_stmt **out)
{
	return sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL);
}

static void set_limits(struct conn *c, enum conn_kind kind)
{
	sqlite3_db_config(c->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(c->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	/* VACUUM INTO attaches its target. */
	sqlite3_limit(c->db, SQLITE_LIMIT_ATTACHED, kind == CONN_BACKUP ? 1 : 0);
	/* Nobody contends with the writer but the checkpointer, which waits its
	 * turn; this covers a first opening that finds a log to recover. */
	sqlite3_busy_timeout(c->db, kind == CONN_CHECKPOINT ? 0 : 10000);
}

/* Readers map the file and so begin each page anew at each look: checking all its
 * cells every time cost a quarter of a point read.  The writer still does. */
static enum err set_pragmas(struct ctx *cx, struct conn *c, enum conn_kind kind)
{
	int64_t cache = kind == CONN_WRITER ? c->store->cache_bytes : READER_CACHE_BYTES;
	int64_t mapped = kind == CONN_READER ? READER_MMAP_BYTES : 0;
	str sql = arena_printf(cx->mem,
		"PRAGMA journal_mode=WAL; PRAGMA synchronous=%s; PRAGMA wal_autocheckpoint=0;"
		"PRAGMA temp_store=MEMORY; PRAGMA cell_size_check=%s;"
		"PRAGMA cache_size=-%" PRId64 "; PRAGMA mmap_size=%" PRId64 ";",
		c->store->no_sync ? "OFF" : "FULL", kind == CONN_READER ? "OFF" : "ON",
		cache / 1024, mapped);

	return conn_exec(cx, c->db, arena_cstr(cx->mem, sql));
}

static enum err prepare_ends(struct ctx *cx, struct conn *c, enum conn_kind kind)
{
	const char *begin = kind == CONN_WRITER ? "BEGIN IMMEDIATE" : "BEGIN";
	int rc = prepare(c->db, begin, &c->begin);

	if (rc == SQLITE_OK)
		rc = prepare(c->db, "COMMIT", &c->commit);
	if (rc == SQLITE_OK)
		rc = prepare(c->db, "ROLLBACK", &c->rollback);
	return rc == SQLITE_OK ? OK : conn_err(cx, c->db, rc, "prepare");
}

static enum err conn_fill(struct ctx *cx, struct conn *c, enum conn_kind kind)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
		(kind == CONN_WRITER ? SQLITE_OPEN_CREATE : 0);
	int rc = sqlite3_open_v2(c->store->path, &c->db, flags, c->store->vfs);

	if (rc != SQLITE_OK)
		return conn_err(cx, c->db, rc, "open");
	set_limits(c, kind);
	TRY(set_pragmas(cx, c, kind));
	return prepare_ends(cx, c, kind);
}

enum err conn_open(struct ctx *cx, struct store *store, enum conn_kind kind,
	struct conn **out_conn)
{
	struct conn *c = calloc(1, sizeof(*c));
	enum err code;

	BUG_IF(!c, "out of memory");
	c->store = store;
	code = conn_fill(cx, c, kind);
	if (code != OK) {
		conn_close(c);
		return code;
	}
	*out_conn = c;
	return OK;
}

void conn_close(struct conn *c)
{
	for (int i = 0; i < c->n_prepared; i++)
		sqlite3_finalize(c->prepared[i]);
	free(c->prepared);
	sqlite3_finalize(c->begin);
	sqlite3_finalize(c->commit);
	sqlite3_finalize(c->rollback);
	BUG_IF(sqlite3_close(c->db) != SQLITE_OK, "a statement is still open");
	free(c);
}

/* ---- statements ---- */

static int slot_of(struct sql *q)
{
	int slot = atomic_load_explicit(&q->slot, memory_order_relaxed), none = 0;

	if (slot)
		return slot;
	slot = 1 + atomic_fetch_add(&last_slot, 1);
	return atomic_compare_exchange_strong(&q->slot, &none, slot) ? slot : none;
}

static void make_room(struct conn *c, int slot)
{
	int n = slot + 64;

	c->prepared = realloc(c->prepared, (size_t)n * sizeof(c->prepared[0]));
	BUG_IF(!c->prepared, "out of memory");
	memset(c->prepared + c->n_prepared, 0,
		(size_t)(n - c->n_prepared) * sizeof(c->prepared[0]));
	c->n_prepared = n;
}

/* Remembers the failure for the writer, which does not trust an OK after it. */
static enum err fail(struct tx *tx, const struct sql *q, int rc)
{
	enum err code = conn_err(tx->cx, tx->conn->db, rc, q->name);

	if (tx->conn->failed == OK)
		tx->conn->failed = code;
	return code;
}

static str list_of_ints(struct arena *mem, const struct ints *list)
{
	struct buf b;

	buf_init(&b, mem, list->n * 20 + 2);
	buf_char(&b, '[');
	for (size_t i = 0; i < list->n; i++) {
		if (i)
			buf_char(&b, ',');
		buf_int(&b, list->v[i]);
	}
	buf_char(&b, ']');
	return buf_str(&b);
}

static str list_of_texts(struct arena *mem, const struct texts *list)
{
	struct buf b;

	buf_init(&b, mem, list->n * 32 + 2);
	buf_char(&b, '[');
	for (size_t i = 0; i < list->n; i++) {
		if (i)
			buf_char(&b, ',');
		buf_json_str(&b, list->v[i]);
	}
	buf_char(&b, ']');
	return buf_str(&b);
}

/* An empty slice may have no pointer, which SQLite would take for NULL. */
static int bind_text(sqlite3_stmt *st, int at, str s)
{
	return sqlite3_bind_text64(st, at, s.n ? s.p : "", s.n, SQLITE_STATIC,
		SQLITE_UTF8);
}

static int bind(struct tx *tx, sqlite3_stmt *st, int at, enum sql_kind kind,
	const struct sql_value *v)
{
	switch ((int)kind) {
	case SQL_I64 | SQL_NULLABLE:
		if (!v->i)
			return sqlite3_bind_null(st, at);
		return sqlite3_bind_int64(st, at, v->i);
	case SQL_I64:
		return sqlite3_bind_int64(st, at, v->i);
	case SQL_TEXT | SQL_NULLABLE:
		return v->s.n ? bind_text(st, at, v->s) : sqlite3_bind_null(st, at);
	case SQL_TEXT:
		return bind_text(st, at, v->s);
	case SQL_BYTES | SQL_NULLABLE:
		if (!v->s.n)
			return sqlite3_bind_null(st, at);
		return sqlite3_bind_blob64(st, at, v->s.p, v->s.n, SQLITE_STATIC);
	case SQL_BYTES:
		return sqlite3_bind_blob64(st, at, v->s.n ? v->s.p : "", v->s.n,
			SQLITE_STATIC);
	case SQL_I64S:
		return bind_text(st, at, list_of_ints(tx->cx->mem, v->p));
	case SQL_TEXTS:
		return bind_text(st, at, list_of_texts(tx->cx->mem, v->p));
	default:
		return SQLITE_MISUSE;
	}
}

static enum err begin(struct tx *tx, struct sql *q, const struct sql_value *in,
	sqlite3_stmt **out_st)
{
	struct conn *c = tx->conn;
	int slot = slot_of(q), rc = SQLITE_OK;
	sqlite3_stmt *st;

	BUG_IF(q->writes && !tx->writes, "%s in a read", q->name);
	if (slot >= c->n_prepared)
		make_room(c, slot);
	if (!c->prepared[slot])
		rc = prepare(c->db, q->sqlite, &c->prepared[slot]);
	if (rc != SQLITE_OK)
		return fail(tx, q, rc);
	st = c->prepared[slot];
	BUG_IF(sqlite3_stmt_busy(st), "%s within itself", q->name);
	BUG_IF((size_t)sqlite3_column_count(st) != q->n_columns, "%s: columns", q->name);
	for (size_t i = 0; i < q->n_params && rc == SQLITE_OK; i++)
		rc = bind(tx, st, (int)i + 1, q->params[i], &in[i]);
	if (rc != SQLITE_OK)
		return fail(tx, q, rc);
	*out_st = st;
	return OK;
}

/* Steps to the end, then resets; what came before decided on `code`. */
static enum err end(struct tx *tx, const struct sql *q, sqlite3_stmt *st, int rc)
{
	/* A change with RETURNING is whole only when its last row was fetched. */
	while (rc == SQLITE_ROW && q->writes)
		rc = sqlite3_step(st);
	if (rc != SQLITE_DONE && rc != SQLITE_ROW) {
		enum err code = fail(tx, q, rc);

		sqlite3_reset(st);
		return code;
	}
	sqlite3_reset(st);
	if (q->writes)
		tx->changes = sqlite3_changes64(tx->conn->db);
	return OK;
}

static str column_text(sqlite3_stmt *st, int i, enum sql_kind kind)
{
	const void *p = kind == SQL_TEXT ? (const void *)sqlite3_column_text(st, i)
					 : sqlite3_column_blob(st, i);

	return str_make(p, (size_t)sqlite3_column_bytes(st, i));
}

/* Texts stay SQLite's when `mem` is NULL. */
static bool fetch(struct sql *q, sqlite3_stmt *st, struct arena *mem, void *row)
{
	for (size_t i = 0; i < q->n_columns; i++) {
		const struct sql_column *col = &q->columns[i];
		void *to = (char *)row + col->at;
		str s;

		if (col->kind == SQL_I64) {
			*(int64_t *)to = sqlite3_column_int64(st, (int)i);
			continue;
		}
		s = column_text(st, (int)i, col->kind);
		if (mem && !arena_has_room(mem, s.n + 1))
			return false;
		*(str *)to = mem ? arena_str(mem, s) : s;
	}
	return true;
}

static enum err too_much(struct tx *tx, const struct sql *q, sqlite3_stmt *st)
{
	sqlite3_reset(st);
	return why(tx->cx, ERR_TOO_LARGE, "the answer of %s is too large", q->name);
}

enum err sql_exec(struct tx *tx, struct sql *q, const struct sql_value *in)
{
	sqlite3_stmt *st;

	TRY(begin(tx, q, in, &st));
	return end(tx, q, st, sqlite3_step(st));
}

enum err sql_one(struct tx *tx, struct sql *q, const struct sql_value *in, void *out_row,
	bool *out_found)
{
	sqlite3_stmt *st;
	int rc;

	TRY(begin(tx, q, in, &st));
	rc = sqlite3_step(st);
	*out_found = rc == SQLITE_ROW;
	if (rc == SQLITE_ROW && !fetch(q, st, tx->cx->mem, out_row))
		return too_much(tx, q, st);
	return end(tx, q, st, rc);
}

struct rows {
	char *p;
	size_t n, cap;
};

static bool grow(struct rows *rows, struct arena *mem, size_t row_bytes)
{
	size_t cap = rows->cap ? rows->cap * 2 : 8;
	char *p;

	if (!arena_has_room(mem, cap * row_bytes))
		return false;
	p = arena_alloc(mem, cap * row_bytes);
	if (rows->n)
		memcpy(p, rows->p, rows->n * row_bytes);
	rows->p = p;
	rows->cap = cap;
	return true;
}

enum err sql_many(struct tx *tx, struct sql *q, const struct sql_value *in,
	void **out_rows, size_t *out_n)
{
	struct arena *mem = tx->cx->mem;
	struct rows rows = { 0 };
	sqlite3_stmt *st;
	int rc;

	TRY(begin(tx, q, in, &st));
	for (; (rc = sqlite3_step(st)) == SQLITE_ROW; rows.n++) {
		if (rows.n == rows.cap && !grow(&rows, mem, q->row_bytes))
			return too_much(tx, q, st);
		if (!fetch(q, st, mem, rows.p + rows.n * q->row_bytes))
			return too_much(tx, q, st);
	}
	TRY(end(tx, q, st, rc));
	*out_rows = rows.p;
	*out_n = rows.n;
	return OK;
}

enum err sql_each(struct tx *tx, struct sql *q, const struct sql_value *in, void *row,
	sql_row_fn *fn, void *arg)
{
	sqlite3_stmt *st;
	int rc;

	TRY(begin(tx, q, in, &st));
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		enum err code;

		fetch(q, st, NULL, row);
		code = fn(arg, row);
		if (code != OK) {
			sqlite3_reset(st);
			return code;
		}
	}
	return end(tx, q, st, rc);
}
