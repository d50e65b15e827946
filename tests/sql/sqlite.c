/*
 * tests/sql/sqlite.c - every statement of the house on a migrated SQLite database.
 *
 * Each must prepare, give as many columns and take as many parameters as its
 * heading says, and find its rows by an index.  The schema must keep its rules
 * (doc/design/sqlbox.md): what they are broken by is told line by line.
 */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sqlbox/sqlbox_list.h"
#include "store/planner.h"
#include "store/store.h"

extern const struct migration schema_migrations[];

static int faults;

static void stop(sqlite3 *db, const char *at)
{
	fprintf(stderr, "%s: %s\n", at, sqlite3_errmsg(db));
	exit(1);
}

/* ---- statements ---- */

static void fault(const struct sqlbox_item *q, const char *words, const char *detail)
{
	fprintf(stderr, "%s:%d: %s: %s%s\n", q->file, q->line, q->name, words, detail);
	faults++;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *st = NULL;

	return sqlite3_prepare_v2(db, sql, -1, &st, NULL) == SQLITE_OK ? st : NULL;
}

static bool is_table(sqlite3 *db, const char *name, size_t n)
{
	sqlite3_stmt *st = prepare(db,
		"SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1");
	bool found;

	sqlite3_bind_text(st, 1, name, (int)n, SQLITE_STATIC);
	found = sqlite3_step(st) == SQLITE_ROW;
	sqlite3_finalize(st);
	return found;
}

/* "SCAN member …", where an alias hides the table's name too: whatever is no
 * constant row, no subquery and no list is a table. */
static bool is_scan(const char *detail)
{
	static const char *const harmless[] = { "CONSTANT ROW", "json_each", "(",
		"SUBQUERY" };

	if (strncmp(detail, "SCAN ", 5) != 0)
		return false;
	for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++)
		if (!strncmp(detail + 5, harmless[i], strlen(harmless[i])))
			return false;
	return true;
}

/* The table "SEARCH name USING …" is keyed by the corp alone, so that is a row. */
static bool is_keyed_by_corp(sqlite3 *db, const char *detail)
{
	sqlite3_stmt *st =
		prepare(db, "SELECT count(*) FROM pragma_table_info(?1) WHERE pk > 0");
	bool yes;

	sqlite3_bind_text(st, 1, detail + 7, (int)strcspn(detail + 7, " "),
		SQLITE_STATIC);
	yes = sqlite3_step(st) == SQLITE_ROW && sqlite3_column_int(st, 0) == 1;
	sqlite3_finalize(st);
	return yes;
}

/* A LIMIT does not help when everything must be sorted first. */
static bool is_sorted_apart(sqlite3 *db, const char *explain)
{
	sqlite3_stmt *st = prepare(db, explain);
	bool yes = false;

	while (st && sqlite3_step(st) == SQLITE_ROW)
		yes |= !strncmp((const char *)sqlite3_column_text(st, 3),
			"USE TEMP B-TREE FOR ORDER BY", 28);
	sqlite3_finalize(st);
	return yes;
}

/* An index used for its first column only reads the whole corp. */
static bool is_whole_corp(sqlite3 *db, const char *detail, const char *sql,
	const char *explain)
{
	return !strncmp(detail, "SEARCH ", 7) && strstr(detail, "(corp=?)") &&
		(!strstr(sql, "LIMIT") || is_sorted_apart(db, explain)) &&
		!is_keyed_by_corp(db, detail);
}

/* A common table expression is scanned by its name; it is not stored. */
static bool is_with(const char *detail, const char *sql)
{
	size_t n = strcspn(detail + 5, " ");
	char name[64];

	if (strncmp(sql, "WITH ", 5) != 0 || n >= sizeof(name) - 4)
		return false;
	snprintf(name, sizeof(name), "%.*s AS", (int)n, detail + 5);
	if (strstr(sql, name))
		return true;
	snprintf(name, sizeof(name), "%.*s (", (int)n, detail + 5);
	return strstr(sql, name) != NULL;
}

static void check_plan(sqlite3 *db, const struct sqlbox_item *q)
{
	char *sql = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", q->sqlite);
	sqlite3_stmt *st = prepare(db, sql);

	while (st && sqlite3_step(st) == SQLITE_ROW) {
		const char *detail = (const char *)sqlite3_column_text(st, 3);

		if (q->may_scan)
			continue;
		if (is_scan(detail) && !is_with(detail, q->sqlite))
			fault(q, "reads a whole table: ", detail);
		else if (is_whole_corp(db, detail, q->sqlite, sql))
			fault(q, "reads a whole corp: ", detail);
	}
	sqlite3_finalize(st);
	sqlite3_free(sql);
}

static void check_statement(sqlite3 *db, const struct sqlbox_item *q)
{
	sqlite3_stmt *st = prepare(db, q->sqlite);

	if (!st) {
		fault(q, "", sqlite3_errmsg(db));
		return;
	}
	if ((size_t)sqlite3_column_count(st) != strlen(q->columns))
		fault(q, "the heading and the SELECT list differ in columns", "");
	if ((size_t)sqlite3_bind_parameter_count(st) != strlen(q->params))
		fault(q, "the heading and the marks differ in parameters", "");
	if (!sqlite3_stmt_readonly(st) != q->writes)
		fault(q, "sqlbox was wrong about its writing", "");
	sqlite3_finalize(st);
	check_plan(db, q);
}

/* ---- schema ---- */

static void schema_fault(const char *what, const char *name, const char *words)
{
	fprintf(stderr, "schema: %s %s %s\n", what, name, words);
	faults++;
}

static bool is_marked(const char *name)
{
	for (size_t i = 0; sqlbox_marked[i]; i++)
		if (!strcmp(sqlbox_marked[i], name))
			return true;
	return false;
}

/* The first column of the answer to `sql` about `name` is "corp". */
static bool begins_with_corp(sqlite3 *db, const char *sql, const char *name)
{
	sqlite3_stmt *st = prepare(db, sql);
	bool yes;

	sqlite3_bind_text(st, 1, name, -1, SQLITE_STATIC);
	yes = sqlite3_step(st) == SQLITE_ROW &&
		!strcmp((const char *)sqlite3_column_text(st, 0), "corp");
	sqlite3_finalize(st);
	return yes;
}

static void check_table(sqlite3 *db, const char *name)
{
	if (is_marked(name))
		return;
	if (!begins_with_corp(db, "SELECT name FROM pragma_table_info(?1) ORDER BY cid",
		    name))
		schema_fault("table", name, "does not begin with corp");
	if (!begins_with_corp(db,
		    "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk",
		    name))
		schema_fault("table", name, "has no primary key that begins with corp");
}

static void check_index(sqlite3 *db, const char *name, const char *table)
{
	if (is_marked(name) || is_marked(table))
		return;
	if (!begins_with_corp(db, "SELECT name FROM pragma_index_info(?1) ORDER BY seqno",
		    name))
		schema_fault("index", name, "does not begin with corp");
}

static void check_schema(sqlite3 *db)
{
	sqlite3_stmt *st = prepare(db,
		"SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'");
	int n = 0;

	for (; sqlite3_step(st) == SQLITE_ROW; n++) {
		const char *type = (const char *)sqlite3_column_text(st, 0);
		const char *name = (const char *)sqlite3_column_text(st, 1);

		if (!strcmp(type, "table"))
			check_table(db, name);
		else
			check_index(db, name, (const char *)sqlite3_column_text(st, 2));
	}
	sqlite3_finalize(st);
	if (!n)
		schema_fault("it", "", "is empty");
	for (size_t i = 0; sqlbox_marked[i]; i++)
		if (!is_table(db, sqlbox_marked[i], strlen(sqlbox_marked[i])))
			printf("# index %s need not begin with corp\n", sqlbox_marked[i]);
}

int main(void)
{
	size_t n;
	sqlite3 *db;

	if (sqlite3_open(":memory:", &db) != SQLITE_OK)
		stop(db, "open");
	for (const struct migration *m = schema_migrations; m->name; m++)
		if (sqlite3_exec(db, m->sqlite, NULL, NULL, NULL) != SQLITE_OK)
			stop(db, m->name);
	if (sqlite3_exec(db, PLANNER_BELIEFS, NULL, NULL, NULL) != SQLITE_OK)
		stop(db, "planner beliefs");
	check_schema(db);
	for (n = 0; sqlbox_list[n].name; n++)
		check_statement(db, &sqlbox_list[n]);
	sqlite3_close(db);
	printf("%zu statements, %d faults\n", n, faults);
	return faults || !n;
}
