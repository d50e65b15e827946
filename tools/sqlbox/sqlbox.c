/*
 * tools/sqlbox/sqlbox.c - makes typed C functions of SQL statements.
 *
 *	sqlbox --h OUT.h --c OUT.c FILE.sql      a module's functions
 *	sqlbox --list OUT.c FILE.sql …           every statement, for the tests
 *	sqlbox --migrations OUT.c NNNN_x.sql …   the schema's steps
 *	sqlbox --marks OUT.c NNNN_x.sql …        what need not begin with corp
 *
 * doc/design/sqlbox.md is the manual.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sqlbox.h"

static const char *const c_types[] = { "int64_t ", "str ", "str ", "struct ints ",
	"struct texts " };
static const char *const kinds[] = { "SQL_I64", "SQL_TEXT", "SQL_BYTES", "SQL_I64S",
	"SQL_TEXTS" };

static void made_by(struct text *t, const char *from)
{
	text_add(t, "/* Made by sqlbox from %s; do not edit. */\n", base_name(from));
}

static void signature(struct text *t, const struct statement *st)
{
	const char *row = st->row ? st->row->name : "";

	text_add(t, "enum err %s(struct tx *tx", st->name);
	for (size_t i = 0; i < st->params.n; i++)
		text_add(t, ", %s%s", c_types[st->params.v[i].type],
			st->params.v[i].name);
	if (st->form == ONE)
		text_add(t, ",\n\tstruct %s *out_row, bool *out_found", row);
	if (st->form == MANY)
		text_add(t, ",\n\tstruct %s **out_rows, size_t *out_n", row);
	if (st->form == EACH)
		text_add(t,
			",\n\tenum err (*fn)(void *arg, const struct %s *row), void *arg",
			row);
	text_add(t, ")");
}

static void row_struct(struct text *t, const struct row *row)
{
	text_add(t, "\nstruct %s {\n", row->name);
	for (size_t i = 0; i < row->columns.n; i++)
		text_add(t, "\t%s%s;\n", c_types[row->columns.v[i].type],
			row->columns.v[i].name);
	text_add(t, "};\n");
}

static void write_header(const struct box *box, const char *from, const char *path)
{
	struct text t = { 0 }, guard = { 0 };

	for (const char *p = base_name(path); *p; p++)
		text_add(&guard, "%c",
			is_word_char(*p) ? toupper((unsigned char)*p) : '_');
	made_by(&t, from);
	text_add(&t, "#ifndef SQLBOX_%s\n#define SQLBOX_%s\n\n", guard.p, guard.p);
	text_add(&t, "#include \"base/shape.h\"\n#include \"store/store.h\"\n");
	for (size_t i = 0; i < box->n; i++) {
		if (box->v[i]->row_is_new)
			row_struct(&t, box->v[i]->row);
		text_add(&t, "\n");
		signature(&t, box->v[i]);
		text_add(&t, ";\n");
	}
	text_add(&t, "\n#endif\n");
	file_write(path, &t);
}

static void tables(struct text *t, const struct statement *st)
{
	if (st->params.n)
		text_add(t, "\tstatic const enum sql_kind params[] = {");
	for (size_t i = 0; i < st->params.n; i++)
		text_add(t, " %s%s,", kinds[st->params.v[i].type],
			st->params.v[i].nullable ? " | SQL_NULLABLE" : "");
	if (st->params.n)
		text_add(t, " };\n");
	if (!st->row)
		return;
	text_add(t, "\tstatic const struct sql_column columns[] = {\n");
	for (size_t i = 0; i < st->row->columns.n; i++)
		text_add(t, "\t\t{ %s, offsetof(struct %s, %s) },\n",
			kinds[st->row->columns.v[i].type], st->row->name,
			st->row->columns.v[i].name);
	text_add(t, "\t};\n");
}

static void definition(struct text *t, const struct statement *st)
{
	text_add(t, "\tstatic struct sql q = {\n\t\t.name = \"%s\",\n\t\t.sqlite = ",
		st->name);
	text_add_literal(t, st->sqlite.p);
	text_add(t, ",\n\t\t.postgres = ");
	text_add_literal(t, st->postgres.p);
	text_add(t, ",\n\t\t.writes = %s,\n", st->writes ? "true" : "false");
	if (st->params.n)
		text_add(t, "\t\t.params = params,\n\t\t.n_params = %zu,\n",
			st->params.n);
	if (st->row)
		text_add(t,
			"\t\t.columns = columns,\n\t\t.n_columns = %zu,\n"
			"\t\t.row_bytes = sizeof(struct %s),\n",
			st->row->columns.n, st->row->name);
	text_add(t, "\t};\n");
}

static void values(struct text *t, const struct statement *st)
{
	static const char *const members[] = { ".i = ", ".s = ", ".s = ", ".p = &",
		".p = &" };

	text_add(t, "\tconst struct sql_value in[] = {");
	for (size_t i = 0; i < st->params.n; i++)
		text_add(t, " { %s%s },", members[st->params.v[i].type],
			st->params.v[i].name);
	text_add(t, "%s };\n", st->params.n ? "" : " { .i = 0 }");
}

/* Calling the caller's fn through its own type. */
static void each_step(struct text *t, const struct statement *st)
{
	text_add(t,
		"\nstruct %s_each {\n\tenum err (*fn)(void *arg, const struct %s *row);\n",
		st->name, st->row->name);
	text_add(t, "\tvoid *arg;\n};\n\n");
	text_add(t, "static enum err %s_step(void *arg, const void *row)\n{\n", st->name);
	text_add(t, "\tstruct %s_each *each = arg;\n\n", st->name);
	text_add(t, "\treturn each->fn(each->arg, row);\n}\n");
}

static void function(struct text *t, const struct statement *st)
{
	if (st->form == EACH)
		each_step(t, st);
	text_add(t, "\n");
	signature(t, st);
	text_add(t, "\n{\n");
	tables(t, st);
	definition(t, st);
	values(t, st);
	if (st->form == EXEC)
		text_add(t, "\n\treturn sql_exec(tx, &q, in);\n");
	if (st->form == ONE)
		text_add(t, "\n\treturn sql_one(tx, &q, in, out_row, out_found);\n");
	if (st->form == MANY)
		text_add(t,
			"\tvoid *rows;\n\n\tTRY(sql_many(tx, &q, in, &rows, out_n));\n"
			"\t*out_rows = rows;\n\treturn OK;\n");
	if (st->form == EACH)
		text_add(t,
			"\tstruct %s_each each = { fn, arg };\n\tstruct %s row;\n\n"
			"\treturn sql_each(tx, &q, in, &row, %s_step, &each);\n",
			st->name, st->row->name, st->name);
	text_add(t, "}\n");
}

/* ISO C promises string literals of 4095 characters; gcc and clang take any. */
static void long_literals(struct text *t)
{
	text_add(t, "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n");
}

static void write_code(const struct box *box, const char *from, const char *header,
	const char *path)
{
	struct text t = { 0 };

	made_by(&t, from);
	text_add(&t, "#include \"%s\"\n\n#include \"store/sql.h\"\n\n",
		base_name(header));
	long_literals(&t);
	for (size_t i = 0; i < box->n; i++)
		function(&t, box->v[i]);
	file_write(path, &t);
}

static void letters(struct text *t, const struct fields *fs)
{
	text_add(t, "\"");
	for (size_t i = 0; i < fs->n; i++)
		text_add(t, "%c", "itbIT"[fs->v[i].type]);
	text_add(t, "\"");
}

static void list_item(struct text *t, const struct statement *st)
{
	text_add(t, "\t{ \"%s\", %d, \"%s\",\n\t", base_name(st->file), st->line,
		st->name);
	text_add_literal(t, st->sqlite.p);
	text_add(t, ",\n\t");
	text_add_literal(t, st->postgres.p);
	text_add(t, ",\n\t");
	letters(t, &st->params);
	text_add(t, ", ");
	if (st->row)
		letters(t, &st->row->columns);
	else
		text_add(t, "\"\"");
	text_add(t, ", %s, %s },\n", st->writes ? "true" : "false",
		st->scan ? "true" : "false");
}

static void write_list(const struct box *box, const char *path)
{
	struct text t = { 0 };

	made_by(&t, "all statements");
	text_add(&t, "#include \"sqlbox/sqlbox_list.h\"\n\n");
	long_literals(&t);
	text_add(&t, "\nconst struct sqlbox_item sqlbox_list[] = {\n");
	for (size_t i = 0; i < box->n; i++)
		list_item(&t, box->v[i]);
	text_add(&t, "\t{ .name = NULL },\n};\n");
	file_write(path, &t);
}

static int number_of(const char *path)
{
	const char *name = base_name(path);
	int n = 0;

	for (int i = 0; i < 4; i++) {
		if (!isdigit((unsigned char)name[i]))
			die(path, 0, "a migration is named 0001_words.sql");
		n = n * 10 + (name[i] - '0');
	}
	if (name[4] != '_')
		die(path, 0, "a migration is named 0001_words.sql");
	return n;
}

static void write_migrations(char **paths, int n, const char *path)
{
	struct text t = { 0 };
	int last = 0;

	made_by(&t, "the schema");
	text_add(&t, "#include \"store/store.h\"\n\n");
	long_literals(&t);
	text_add(&t, "\nextern const struct migration schema_migrations[];\n");
	text_add(&t, "const struct migration schema_migrations[] = {\n");
	for (int i = 0; i < n; i++) {
		struct schema s = { 0 };
		int number = number_of(paths[i]);

		if (number <= last)
			die(paths[i], 0, "migrations are numbered upwards: more than %d",
				last);
		last = number;
		schema_read(&s, paths[i]);
		if (!s.sqlite.n)
			die(paths[i], 0, "is empty");
		text_add(&t, "\t{ %d, \"%.*s\",\n\t", number,
			(int)strcspn(base_name(paths[i]), "."), base_name(paths[i]));
		text_add_literal(&t, s.sqlite.p);
		text_add(&t, ",\n\t");
		text_add_literal(&t, s.postgres.p);
		text_add(&t, " },\n");
	}
	text_add(&t, "\t{ .name = NULL },\n};\n");
	file_write(path, &t);
}

static void write_marks(char **paths, int n, const char *path)
{
	struct schema s = { 0 };
	struct text t = { 0 };

	made_by(&t, "the schema");
	text_add(&t, "#include \"sqlbox/sqlbox_list.h\"\n\n");
	text_add(&t, "const char *const sqlbox_marked[] = {\n");
	for (int i = 0; i < n; i++)
		schema_read(&s, paths[i]);
	for (size_t i = 0; i < s.n_marked; i++)
		text_add(&t, "\t\"%s\",\n", s.marked[i]);
	text_add(&t, "\tNULL,\n};\n");
	file_write(path, &t);
}

int main(int argc, char **argv)
{
	static struct box box;

	if (argc == 6 && !strcmp(argv[1], "--h") && !strcmp(argv[3], "--c")) {
		box_read(&box, argv[5]);
		write_header(&box, argv[5], argv[2]);
		write_code(&box, argv[5], argv[2], argv[4]);
	} else if (argc >= 3 && !strcmp(argv[1], "--list")) {
		for (int i = 3; i < argc; i++)
			box_read(&box, argv[i]);
		write_list(&box, argv[2]);
	} else if (argc >= 3 && !strcmp(argv[1], "--migrations")) {
		write_migrations(argv + 3, argc - 3, argv[2]);
	} else if (argc >= 3 && !strcmp(argv[1], "--marks")) {
		write_marks(argv + 3, argc - 3, argv[2]);
	} else {
		fputs("usage: sqlbox --h OUT.h --c OUT.c FILE.sql\n"
		      "       sqlbox --list | --migrations | --marks OUT.c FILE.sql …\n",
			stderr);
		return 2;
	}
	return 0;
}
