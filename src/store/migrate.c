/*
 * store/migrate.c - from whatever schema the file has to this program's.
 *
 * The schema's number stands in the file's header (user_version) and changes in
 * the same transaction as the schema.
 */
#include "store/private.h"

#include "base/log.h"
#include "store/planner.h"

static enum err is_ours(struct ctx *cx, sqlite3 *db, int64_t version)
{
	int64_t id, tables;

	TRY(conn_int(cx, db, "PRAGMA application_id", &id));
	if (id == APPLICATION_ID)
		return OK;
	TRY(conn_int(cx, db, "SELECT count(*) FROM sqlite_schema", &tables));
	if (id == 0 && version == 0 && tables == 0)
		return OK; /* new */
	return why(cx, ERR_STORE, STORE_FILE " was made by another program");
}

static enum err step(struct ctx *cx, sqlite3 *db, const struct migration *m)
{
	str numbers = arena_printf(cx->mem,
		"PRAGMA application_id=%d; PRAGMA user_version=%d; COMMIT",
		APPLICATION_ID, m->number);

	TRY(conn_exec(cx, db, "BEGIN IMMEDIATE"));
	TRY(conn_exec(cx, db, m->sqlite));
	TRY(conn_exec(cx, db, arena_cstr(cx->mem, numbers)));
	log_info("migrated", K_INT("schema", m->number), K_ZSTR("name", m->name));
	return OK;
}

enum err migrate(struct ctx *cx, sqlite3 *db, const struct migration *steps)
{
	int64_t version, newest = 0;

	TRY(conn_int(cx, db, "PRAGMA user_version", &version));
	TRY(is_ours(cx, db, version));
	for (const struct migration *m = steps; m->name; m++)
		newest = m->number;
	if (version > newest)
		return why(cx, ERR_STORE,
			"the data has schema %" PRId64 ", this program knows %" PRId64,
			version, newest);
	for (const struct migration *m = steps; m->name; m++)
		if (m->number > version)
			TRY(step(cx, db, m));
	return version < newest ? conn_exec(cx, db, PLANNER_BELIEFS) : OK;
}
