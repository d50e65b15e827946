/*
 * Member files as spreadsheets save them.
 */
#include "wire/csv.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct ctx *cx;

static int begin(void **state)
{
	(void)state;
	cx = ctx_new(64 << 20);
	return 0;
}

static int end(void **state)
{
	(void)state;
	ctx_free(cx);
	return 0;
}

/* All rows as "[a][b]/[c]", the line numbers before each row. */
static str shown(str text)
{
	static struct csv_row row;
	struct csv r;
	struct buf b;
	bool more;

	buf_init(&b, cx->mem, 256);
	csv_init(&r, text);
	for (;;) {
		assert_int_equal(csv_next(cx, &r, &row, &more), OK);
		if (!more)
			return buf_str(&b);
		buf_printf(&b, "%s%d", row.row > 1 ? "/" : "", (int)row.line);
		for (size_t i = 0; i < row.n; i++)
			buf_printf(&b, "[%.*s]", STR_FMT(row.fields[i]));
	}
}

static void assert_rows(const char *text, const char *want)
{
	assert_string_equal(arena_cstr(cx->mem, shown(str_of(text))), want);
}

static void assert_bad(str text, const char *line)
{
	static struct csv_row row;
	struct csv r;
	bool more = true;
	enum err e = OK;

	csv_init(&r, text);
	while (e == OK && more)
		e = csv_next(cx, &r, &row, &more);
	assert_int_equal(e, ERR_BAD_CSV);
	assert_true(str_starts(cx->words, str_of(line)));
}

static void plain_rows(void **state)
{
	(void)state;
	assert_rows("", "");
	assert_rows("\r\n\n\r", "");
	assert_rows("a", "1[a]");
	assert_rows("a,b\r\nc,d\r\n", "1[a][b]/2[c][d]");
	assert_rows("a,b\nc,d", "1[a][b]/2[c][d]");
	assert_rows("a,b\rc,d\r", "1[a][b]/2[c][d]");
	assert_rows("a,\n,b\n,\n", "1[a][]/2[][b]/3[][]");
	assert_rows("a\n\n\nb\n", "1[a]/4[b]");
	assert_rows("\xef\xbb\xbf"
		    "userid,name\nli,李雷\n",
		"1[userid][name]/2[li][李雷]");
}

static void quoted_rows(void **state)
{
	(void)state;
	assert_rows("\"a\",\"b,c\"\n", "1[a][b,c]");
	assert_rows("\"a\"\"b\",\"\"\"\",\"\"\n", "1[a\"b][\"][]");
	assert_rows("\"a\r\nb\nc\",d\ne\n", "1[a\r\nb\nc][d]/4[e]");
	assert_rows("a,\"\"", "1[a][]");
}

static void other_commas(void **state)
{
	(void)state;
	assert_rows("a;b\n1,5;2\n", "1[a][b]/2[1,5][2]");
	assert_rows("a\tb\n1\t2\n", "1[a][b]/2[1][2]");
	assert_rows("a;b,c\n", "1[a;b][c]");
	assert_rows("\"a;\nb\",c\n", "1[a;\nb][c]");
	assert_rows("a\n;b\n", "1[a]/2[;b]");
}

static void bad_quoting_names_its_line(void **state)
{
	(void)state;
	assert_bad(STR("a\nb\"c\n"), "line 2:");
	assert_bad(STR("a\n\"b\"c\n"), "line 2:");
	assert_bad(STR("a\n\"b\nc\nd"), "line 2:");
	assert_bad(STR("\""), "line 1:");
	assert_bad(STR("\"a\nb\"\n\"c\" \n"), "line 3:");
}

static void bounds_hold(void **state)
{
	(void)state;
	char *p = arena_alloc(cx->mem, CSV_MAX_FIELD_BYTES + 2);
	memset(p, 'x', CSV_MAX_FIELD_BYTES + 1);
	shown(str_make(p, CSV_MAX_FIELD_BYTES));
	assert_bad(str_make(p, CSV_MAX_FIELD_BYTES + 1), "line 1:");
	memset(p, ',', CSV_MAX_FIELDS);
	shown(str_make(p, CSV_MAX_FIELDS - 1));
	assert_bad(str_make(p, CSV_MAX_FIELDS), "line 1:");
}

static void chinese_spreadsheets(void **state)
{
	(void)state;
	str text, utf8 = STR("账号,姓名\nli,李雷\n");
	assert_int_equal(csv_text(cx, utf8, &text), OK);
	assert_ptr_equal(text.p, utf8.p);
	assert_int_equal(csv_text(cx,
				 STR("\xef\xbb\xbf"
				     "a"),
				 &text),
		OK);
	assert_true(str_is(text, "a"));
	/* GBK, as Excel saves "CSV" in China */
	assert_int_equal(
		csv_text(cx,
			STR("\xd5\xcb\xba\xc5,\xd0\xd5\xc3\xfb\nli,\xc0\xee\xc0\xd7\n"),
			&text),
		OK);
	assert_true(str_same(text, utf8));
	/* "Unicode text": UTF-16LE with a mark */
	assert_int_equal(csv_text(cx, STR("\xff\xfe\x4e\x67\t\0a\0"), &text), OK);
	assert_true(str_is(text, "李\ta"));
	assert_int_equal(csv_text(cx, STR("\xfe\xff\x67\x4e"), &text), OK);
	assert_true(str_is(text, "李"));
}

static void what_is_no_text_is_refused(void **state)
{
	(void)state;
	str text;
	assert_int_equal(csv_text(cx, STR("PK\x03\x04\0\0\xff\xff"), &text), ERR_BAD_CSV);
	assert_int_equal(csv_text(cx, STR("a\0b"), &text), ERR_BAD_CSV);
	assert_int_equal(csv_text(cx, STR("\xff\xfe\x00\xd8"), &text), ERR_BAD_CSV);
	assert_int_equal(csv_text(cx, STR("\xef\xbb\xbf\xff"), &text), ERR_BAD_CSV);
}

static const struct csv_column columns[] = {
	{ "userid|账号", true },
	{ "name|姓名", true },
	{ "mobile|手机", false },
};

static enum err map(const char *header, size_t *at)
{
	static struct csv_row row;
	struct csv r;
	bool more;

	csv_init(&r, str_of(header));
	assert_int_equal(csv_next(cx, &r, &row, &more), OK);
	return csv_map(cx, &row, columns, ARRAY_LEN(columns), at);
}

static void columns_are_found_by_any_name(void **state)
{
	(void)state;
	size_t at[3];
	assert_int_equal(map("extra, UserID ,姓名\n", at), OK);
	assert_int_equal(at[0], 1);
	assert_int_equal(at[1], 2);
	assert_true(at[2] == SIZE_MAX);
	assert_int_equal(map("手机,ＮＡＭＥ,账号", at), OK);
	assert_int_equal(at[2], 0);
	assert_int_equal(at[1], 1);
}

static void columns_missing_or_twice_are_refused(void **state)
{
	(void)state;
	size_t at[3];
	assert_int_equal(map("userid,mobile", at), ERR_BAD_CSV);
	assert_true(str_find(cx->words, STR("name")) != SIZE_MAX);
	assert_int_equal(map("userid,name,账号", at), ERR_BAD_CSV);
	assert_true(str_find(cx->words, STR("twice")) != SIZE_MAX);
}

static void short_rows_have_empty_fields(void **state)
{
	(void)state;
	struct csv_row row = { .fields = { STR(" a ") }, .n = 1 };
	assert_true(str_is(csv_field(&row, 0), "a"));
	assert_int_equal(csv_field(&row, 1).n, 0);
	assert_int_equal(csv_field(&row, SIZE_MAX).n, 0);
}

static str written(bool guard, const char *const *fields, size_t n)
{
	struct buf b;

	buf_init(&b, cx->mem, 64);
	struct csv_writer w = { .out = &b, .guard = guard };
	for (size_t i = 0; i < n; i++)
		csv_put(&w, str_of(fields[i]));
	csv_put_int(&w, -5);
	csv_end(&w);
	return buf_str(&b);
}

static void what_is_written_reads_back(void **state)
{
	(void)state;
	static const char *const fields[] = { "", "a,b", "a\"b", "\"", "a\r\nb", " c ",
		"李雷", "d;e", "-f" };
	static struct csv_row row;
	struct csv r;
	bool more;
	csv_init(&r, written(false, fields, ARRAY_LEN(fields)));
	assert_int_equal(csv_next(cx, &r, &row, &more), OK);
	assert_int_equal(row.n, ARRAY_LEN(fields) + 1);
	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		assert_true(str_is(row.fields[i], fields[i]));
	assert_true(str_is(row.fields[row.n - 1], "-5"));
}

static void formulas_are_guarded(void **state)
{
	(void)state;
	static const char *const fields[] = { "=1+1", "+86 10 1234", "-5.2", "@SUM(A1)",
		"+A1", "a=b", "-", "\t=1" };
	str row = written(true, fields, ARRAY_LEN(fields));
	assert_string_equal(arena_cstr(cx->mem, row),
		"'=1+1,+86 10 1234,-5.2,'@SUM(A1),'+A1,a=b,'-,\"'\t=1\",-5\r\n");
}

/* The size issue 2 asks for; the time is for `make bench`, the memory for here. */
static void a_large_company_takes_no_memory(void **state)
{
	(void)state;
	static struct csv_row row;
	struct buf b;
	struct csv r;
	bool more;
	buf_init(&b, cx->mem, 12 << 20);
	for (int i = 0; i < 140000; i++)
		buf_lit(&b,
			"userid,\"Li \"\"Lei\"\"\",13800000000,dept/sub,engineer\r\n");
	size_t before = arena_used(cx->mem);
	csv_init(&r, buf_str(&b));
	for (;;) {
		assert_int_equal(csv_next(cx, &r, &row, &more), OK);
		if (!more)
			break;
		assert_int_equal(row.n, 5);
		arena_clear(cx->scratch);
	}
	assert_int_equal(row.row, 140000);
	assert_int_equal(arena_used(cx->mem), before);
}

int main(void)
{
#define T(fn) cmocka_unit_test_setup_teardown(fn, begin, end)
	const struct CMUnitTest tests[] = {
		T(plain_rows),
		T(quoted_rows),
		T(other_commas),
		T(bad_quoting_names_its_line),
		T(bounds_hold),
		T(chinese_spreadsheets),
		T(what_is_no_text_is_refused),
		T(columns_are_found_by_any_name),
		T(columns_missing_or_twice_are_refused),
		T(short_rows_have_empty_fields),
		T(what_is_written_reads_back),
		T(formulas_are_guarded),
		T(a_large_company_takes_no_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
