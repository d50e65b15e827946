/*
 * store/planner.h - what SQLite's planner must know about our tables.
 *
 * Every key begins with the corp, and a database has few corps.  SQLite supposes that a
 * first column picks some ten rows, and so reads a whole corp by the primary key where
 * an index on (corp, member, …) would give five.  These statistics, made up once a
 * migration and the same on every machine, say that the corp alone picks everything, and
 * that each further column narrows the rest evenly.  A plan never depends on the data.
 *
 * Real figures (ANALYZE) would be better for one company and different on each; the
 * test of all plans (tests/sql) would then prove nothing.
 */
#ifndef STORE_PLANNER_H
#define STORE_PLANNER_H

#define PLANNER_HINT                                                                       \
	"ANALYZE sqlite_schema;" /* makes the table of statistics, looks at nothing */     \
	"DELETE FROM sqlite_stat1;"                                                        \
	"INSERT INTO sqlite_stat1 (tbl, idx, stat)"                                        \
	" SELECT t.name, iif(i.origin = 'pk' AND t.wr, t.name, i.name),"                   \
	"  (1 << 20) || ' ' || (SELECT group_concat(CASE"                                  \
	"   WHEN c.seqno = 0 AND c.name = 'corp' AND k.n > 1 THEN 1 << 20"                 \
	"   WHEN i.\"unique\""                                                             \
	"    THEN 1 << 20 - 20 * (c.seqno + 1 - k.corp) / max(k.n - k.corp, 1)"            \
	"   ELSE max(8, 1 << 20 - 20 * (c.seqno + 1 - k.corp) / (k.n - k.corp)) END, ' ')" \
	"  FROM pragma_index_info(i.name) c,"                                              \
	"   (SELECT count(*) n, max(name = 'corp' AND seqno = 0) corp"                     \
	"    FROM pragma_index_info(i.name)) k)"                                           \
	" FROM pragma_table_list t, pragma_index_list(t.name) i"                           \
	" WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%';"    \
	"ANALYZE sqlite_schema;" /* takes it into use */

#endif
