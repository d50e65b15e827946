/*
 * store/planner.h - what SQLite shall believe of every index, instead of what ANALYZE
 * would find: few corps with very many rows each.  Left to itself it takes a corp for
 * ten rows and reads all of it rather than sort a few.  Plans thus never change with
 * the data, and are those that tests/sql has seen.
 */
#ifndef STORE_PLANNER_H
#define STORE_PLANNER_H

#define PLANNER_BELIEFS                                                                       \
	"BEGIN IMMEDIATE; ANALYZE sqlite_schema; DELETE FROM sqlite_stat1;"                   \
	"WITH part AS ("                                                                      \
	"	SELECT t.name AS tbl, iif(l.origin = 'pk' AND t.wr, t.name, l.name) AS idx,"        \
	"		l.\"unique\" AS alone, c.seqno AS at,"                                             \
	"		max(c.seqno) OVER (PARTITION BY t.name, l.name) AS last,"                          \
	"		first_value(c.name) OVER (PARTITION BY t.name, l.name ORDER BY c.seqno)"           \
	"			= 'corp' AS by_corp"                                                              \
	"	FROM pragma_table_list t, pragma_index_list(t.name) l, pragma_index_info(l.name) c" \
	"	WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%'"        \
	"	ORDER BY 1, 2, c.seqno)"                                                            \
	"INSERT INTO sqlite_stat1 (tbl, idx, stat)"                                           \
	"SELECT tbl, idx, '1000000' || group_concat(' ' ||"                                   \
	"	CASE WHEN alone AND at = last THEN 1 WHEN at < by_corp THEN 500000"                 \
	"		WHEN at = by_corp THEN 1000 WHEN at = by_corp + 1 THEN 50 ELSE 10 END, '')"        \
	"FROM part GROUP BY tbl, idx; COMMIT; ANALYZE sqlite_schema"

#endif
