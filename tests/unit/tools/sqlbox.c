/*
 * tests/unit/tools/sqlbox.c - what sqlbox refuses, with file and line, and what it
 * makes of the dialect words.  Its path is the first argument.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *sqlbox;
static char dir[] = "sqlbox-test-XXXXXX";

struct result {
	int status;
	char said[4096]; /* on stderr */
	char made[8192];
};

static void write_file(const char *name, const char *text)
{
	FILE *f = fopen(name, "wb");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void read_all(FILE *f, char *to, size_t size)
{
	size_t n = f ? fread(to, 1, size - 1, f) : 0;

	to[n] = '\0';
	if (f)
		fclose(f);
}

/* sqlbox MODE out.c NAME, or with --h and --c; NAME holds `text`. */
static void run(const char *mode, const char *name, const char *text, struct result *r)
{
	int said[2];
	pid_t child;

	write_file(name, text);
	unlink("out.c");
	assert_int_equal(pipe(said), 0);
	child = fork();
	if (child == 0) {
		dup2(said[1], 2);
		close(said[0]);
		if (!strcmp(mode, "--c"))
			execl(sqlbox, "sqlbox", "--h", "out.h", "--c", "out.c", name,
				(char *)NULL);
		execl(sqlbox, "sqlbox", mode, "out.c", name, (char *)NULL);
		_exit(99);
	}
	close(said[1]);
	read_all(fdopen(said[0], "r"), r->said, sizeof(r->said));
	assert_int_equal(waitpid(child, &r->status, 0), child);
	read_all(fopen("out.c", "rb"), r->made, sizeof(r->made));
	unlink(name);
}

struct refusal {
	const char *text, *says;
};

static void refuses(const char *mode, const char *name, const struct refusal *all,
	size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct result r;
		char expected[256];

		run(mode, name, all[i].text, &r);
		snprintf(expected, sizeof(expected), "%s:%s\n", name, all[i].says);
		assert_string_equal(r.said, expected);
		assert_int_equal(WEXITSTATUS(r.status), 1);
		assert_string_equal(r.made, "");
	}
}

#define GET "-- one get(corp I64) -> (id I64)\n"

static void bad_statements_are_refused(void **state)
{
	static const struct refusal all[] = {
		{ "SELECT 1;", "1: SQL without a heading" },
		{ GET "SELECT id FROM t WHERE corp = $1", "1: 'get' has no semicolon" },
		{ GET "SELECT id FROM t WHERE corp = $1\n-- one more() -> (id I64)\nSELECT 1;",
			"3: 'get' above has no semicolon" },
		{ GET "SELECT id\nFROM t WHERE corp = $2;",
			"3: $2: the heading has 1 parameters" },
		{ GET "SELECT id FROM t;", "1: $1 (corp) is not used" },
		{ GET "SELECT * FROM t WHERE corp = $1;",
			"2: columns are listed, never *" },
		{ GET "SELECT t.* FROM t WHERE corp = $1;",
			"2: columns are listed, never *" },
		{ GET "SELECT id FROM t WHERE corp = ?1;",
			"2: marks are $1, $2 …, casts are CAST(x AS I64)" },
		{ GET "SELECT id FROM t WHERE corp = $x;", "2: a mark is $1, $2 …" },
		{ GET "SELECT id FROM t WHERE corp = $1 AND a = 'x;",
			"2: a quote is not closed" },
		{ GET "SELECT id /* x */ FROM t WHERE corp = $1;",
			"2: comments are lines that begin with --" },
		{ GET "SELECT id FROM t WHERE corp = $1 FOR UPDATE;",
			"2: say LOCK_ROWS" },
		{ GET "SELECT id FROM t WHERE corp = $1;\n" GET
		      "SELECT id FROM t WHERE corp = $1;",
			"3: 'get' is at bad.sql:1 already" },
		{ GET "-- scan:\nSELECT id FROM t WHERE corp = $1;", "2: scan: say why" },
		{ GET "PRAGMA x = $1;",
			"1: 'get' is no SELECT, INSERT, UPDATE or DELETE" },
		{ GET "UPDATE t SET id = 1 WHERE corp = $1;",
			"1: 'get' wants a row but has no RETURNING" },
		{ "-- exec put(corp I64)\nSELECT $1;",
			"1: 'put' changes nothing: an exec does" },
		{ "-- exec put(corp I64)\nDELETE FROM t WHERE corp = $1 RETURNING id;",
			"1: 'put' has RETURNING: say one, not exec" },
		{ "-- exec put(ids I64*)\nDELETE FROM t WHERE id = $1;",
			"2: 'ids' is a list; say IN_LIST($1)" },
		{ "-- exec put(id I64)\nDELETE FROM t WHERE id IN_LIST($1);",
			"2: IN_LIST wants a list, and 'id' is none" },
		{ "-- exec put(id I64*)\nDELETE FROM t WHERE id IN_LIST $1;",
			"2: say IN_LIST($n)" },
	};

	refuses("--c", "bad.sql", all, sizeof(all) / sizeof(all[0]));
}

static void bad_headings_are_refused(void **state)
{
	static const struct refusal all[] = {
		{ "-- exec put(corp I64) -> (id I64)\nDELETE FROM t;",
			"1: an exec has no row; use one" },
		{ "-- one get(corp I64)\nSELECT 1;", "1: one wants a row: -> (…)" },
		{ "-- one get(corp INT) -> (id I64)\nSELECT 1;",
			"1: heading: the type of 'corp' is I64, TEXT or BYTES" },
		{ "-- one get(corp I64, corp I64) -> (id I64)\nSELECT 1;",
			"1: heading: 'corp' twice" },
		{ "-- one get(int I64) -> (id I64)\nSELECT 1;",
			"1: heading: 'int' cannot be a name" },
		{ "-- one get(corp I64) -> (id I64?)\nSELECT 1;",
			"1: heading: only parameters are '?' or '*'" },
		{ "-- one get(corp BYTES*) -> (id I64)\nSELECT 1;",
			"1: heading: lists are I64* and TEXT*" },
		{ "-- one get(corp I64) -> row\nSELECT 1;",
			"1: row 'row' has no columns yet" },
		{ "-- one get(corp I64) -> ()\nSELECT 1;",
			"1: row 'get_row' has no columns" },
		{ "-- one get(corp I64 -> (id I64)\nSELECT 1;",
			"1: heading: parentheses do not match" },
		{ "-- one get(corp I64) -> (id I64) x\nSELECT 1;",
			"1: heading: \"x\" is too much" },
		{ "-- one get(corp I64) -> r (id I64)\nSELECT id FROM t WHERE corp = $1;\n"
		  "-- one got(corp I64) -> r (id I64)\nSELECT 1;",
			"3: row 'r' is there already" },
	};

	refuses("--c", "bad.sql", all, sizeof(all) / sizeof(all[0]));
}

static void bad_migrations_are_refused(void **state)
{
	static const struct refusal all[] = {
		{ "CREATE TABLE t (\n\tcorp INTEGER\n);",
			"2: INTEGER: not here; columns are I64, TEXT or BYTES" },
		{ "CREATE TABLE t (corp I64)", "1: the last statement has no semicolon" },
		{ "CREATE TABLE t (corp I64;", "1: parentheses do not match" },
		{ "CREATE VIEW v AS SELECT 1;", "1: CREATE makes tables and indexes" },
		{ "CREATE INDEX i ON t (corp) CLUSTERED;",
			"1: CLUSTERED stands after a table's last parenthesis" },
		{ "DELETE FROM t WHERE corp = $1;", "1: no marks in a migration" },
		{ "-- nothing\n", " is empty" },
	};
	struct result r;

	refuses("--migrations", "0001_bad.sql", all, sizeof(all) / sizeof(all[0]));
	run("--migrations", "first.sql", "CREATE TABLE t (corp I64);", &r);
	assert_string_equal(r.said, "first.sql: a migration is named 0001_words.sql\n");
	run("--migrations", "0000_x.sql", "CREATE TABLE t (corp I64);", &r);
	assert_string_equal(r.said,
		"0000_x.sql: migrations are numbered upwards: more than 0\n");
}

static void contains(const struct result *r, const char *words)
{
	assert_string_equal(r->said, "");
	assert_int_equal(r->status, 0);
	if (!strstr(r->made, words))
		fail_msg("no \"%s\" in:\n%s", words, r->made);
}

static void each_dialect_gets_its_words(void **state)
{
	struct result r;

	run("--list", "good.sql",
		"-- many get(corp I64, ids I64*, names TEXT*, n I64?) -> (id I64, name TEXT)\n"
		"-- scan: a test\n"
		"SELECT CAST(sum(a) AS I64), \"odd\" -- not in the text\n"
		"FROM t WHERE corp = $1 AND id IN_LIST($2) AND b IN_LIST($3)\n"
		"\tAND c = 'it''s; $9' AND d < LEAST(e, $4) LOCK_ROWS;",
		&r);
	contains(&r,
		"\"SELECT CAST(sum(a) AS INTEGER), \\\"odd\\\" FROM t WHERE corp = ?1"
		" AND id IN (SELECT value FROM json_each(?2))"
		" AND b IN (SELECT value FROM json_each(?3))"
		" AND c = 'it''s; $9' AND d < min(e, ?4) \"");
	contains(&r,
		"\"SELECT CAST(sum(a) AS BIGINT), \\\"odd\\\" FROM t WHERE corp = $1"
		" AND id = ANY($2::bigint[]) AND b = ANY($3::text[])"
		" AND c = 'it''s; $9' AND d < LEAST(e, $4) FOR UPDATE SKIP LOCKED\"");
	contains(&r, "\"iITi\", \"it\", false, true }");
}

static void schemas_get_their_words(void **state)
{
	static const char text[] =
		"-- consumer-keyed\nCREATE TABLE a (id I64, b BYTES, PRIMARY KEY (id)) CLUSTERED;\n"
		"CREATE TABLE t (corp I64 NOT NULL, s TEXT DEFAULT ')', PRIMARY KEY (corp));\n"
		"-- global: finds it\nCREATE UNIQUE INDEX t_s ON t (s);";
	struct result r;

	run("--migrations", "0001_x.sql", text, &r);
	contains(&r, "id INTEGER, b BLOB, PRIMARY KEY (id)) WITHOUT ROWID, STRICT;");
	contains(&r, "id BIGINT, b BYTEA, PRIMARY KEY (id));");
	contains(&r, "s TEXT DEFAULT ')', PRIMARY KEY (corp)) STRICT;");
	run("--marks", "0001_x.sql", text, &r);
	contains(&r, "{\n\t\"a\",\n\t\"t_s\",\n\tNULL,\n}");
}

static int leave(void **state)
{
	unlink("out.c");
	unlink("out.h");
	return chdir("..") || rmdir(dir);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_statements_are_refused),
		cmocka_unit_test(bad_headings_are_refused),
		cmocka_unit_test(bad_migrations_are_refused),
		cmocka_unit_test(each_dialect_gets_its_words),
		cmocka_unit_test(schemas_get_their_words),
	};

	if (argc != 2 || !(sqlbox = realpath(argv[1], NULL)) || !mkdtemp(dir) ||
		chdir(dir))
		return 1;
	return cmocka_run_group_tests(tests, NULL, leave);
}
