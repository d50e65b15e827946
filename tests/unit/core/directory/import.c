/*
 * tests/unit/core/directory/import.c - tables of members, good and bad.
 */
#include "unit.h"

#include "core/account/account.h"
#include "core/account/audit.h"
#include "core/kit.h"

/* A table as text: rows parted by newlines, cells by commas. */
struct table {
	str rest;
	int64_t line;
	str cells[32];
};

static enum err next(void *arg, struct import_cells *out, bool *out_more)
{
	struct table *t = arg;

	*out_more = t->rest.n > 0;
	if (!t->rest.n)
		return OK;
	str row = str_cut(&t->rest, '\n');
	*out = (struct import_cells){ .line = ++t->line, .v = t->cells };
	while (row.n)
		t->cells[out->n++] = str_cut(&row, ',');
	return OK;
}

static enum err import(struct kit *k, const char *text, struct import_result *out)
{
	struct table t = { .rest = str_of(text) };
	struct import_source source = { next, &t };

	ctx_forgive(k->cx);
	return account_import(k->store, k->cx, k->corp.corp, &source, out);
}

static const char company[] =
	"userid,name,department,position,mobile,email,gender,is_leader,admin,serves_customers\n"
	"admin,管理员,,主管,13800000001,admin@example.com,,,1,\n"
	"lilei,李雷,格力/门店/一店,导购,13800000002,,男,,,是\n"
	"hanmeimei,韩梅梅,门店/一店;门店/二店,店长,,han@example.com,女,1;0,,1\n";

static struct member member(struct kit *k, const char *userid)
{
	struct member m;

	assert_ok(member_by_userid(kit_write(k), k->corp.corp, str_of(userid), &m));
	kit_commit(k);
	return m;
}

static void members_and_departments_are_made(void **state)
{
	struct kit *k = *state;
	struct import_result r;
	struct member_place *places;
	struct department *tree;
	size_t n;

	assert_ok(import(k, company, &r));
	assert_int_equal(r.added, 3);
	assert_int_equal(r.failed, 0);
	assert_int_equal(r.departments, 3);
	struct member m = member(k, "lilei");
	assert_str(m.name, "李雷");
	assert_str(m.position, "导购");
	assert_int_equal(m.gender, 1);
	assert_true(m.serves_customers);
	assert_false(m.admin);
	assert_int_equal(m.number, 2);
	assert_int_equal(m.status, MEMBER_NOT_ACTIVATED);
	assert_true(member(k, "admin").admin);
	m = member(k, "hanmeimei");
	struct tx *tx = kit_write(k);
	assert_ok(member_places(tx, k->corp.corp, m.member, &places, &n));
	assert_int_equal(n, 2);
	assert_int_equal(places[0].department, m.main_department);
	assert_true(places[0].is_leader);
	assert_false(places[1].is_leader);
	assert_ok(department_tree(tx, k->corp.corp, 1, &tree, &n));
	assert_int_equal(n, 4);
	kit_commit(k);
}

static void a_second_import_changes_nothing(void **state)
{
	struct kit *k = *state;
	struct import_result r;

	assert_ok(import(k, company, &r));
	assert_ok(import(k, company, &r));
	assert_int_equal(r.unchanged, 3);
	assert_int_equal(r.added + r.changed + r.failed + r.departments, 0);
}

static void what_has_no_column_stays(void **state)
{
	struct kit *k = *state;
	struct import_result r;

	assert_ok(import(k, company, &r));
	assert_ok(import(k, "*账号*,职务,所在部门,备注\nLILEI,店长,3,x\nadmin,主管,,\n",
		&r));
	assert_int_equal(r.changed, 1);
	assert_int_equal(r.unchanged, 1);
	assert_int_equal(r.ignored.n, 1);
	assert_str(r.ignored.v[0], "备注");
	struct member m = member(k, "lilei");
	assert_str(m.name, "李雷");
	assert_str(m.position, "店长");
	assert_str(m.mobile, "13800000002");
	assert_true(m.serves_customers);
	assert_int_equal(m.main_department, 3);
}

static void wrong_rows_are_told_of_and_the_others_written(void **state)
{
	struct kit *k = *state;
	struct import_result r;

	assert_ok(import(k, company, &r));
	assert_ok(import(k,
		"userid,name,department,mobile,gender\n"
		"a b,甲,,,\n"
		"b,,,,\n"
		"c,丙,99,,\n"
		"d,丁,,13800000002,\n"
		"e,戊,一:店,,\n"
		"f,己,,,其他\n"
		"g,庚,,,\n"
		"G,庚,,,\n",
		&r));
	assert_int_equal(r.added, 1);
	assert_int_equal(r.failed, 7);
	assert_int_equal(r.n_errors, 7);
	static const struct {
		int64_t line;
		const char *column;
	} want[] = { { 2, "userid" }, { 3, "name" }, { 4, "department" }, { 5, "mobile" },
		{ 6, "department" }, { 7, "gender" }, { 9, "userid" } };
	for (size_t i = 0; i < 7; i++) {
		assert_int_equal(r.errors[i].line, want[i].line);
		assert_str(r.errors[i].column, want[i].column);
		assert_true(r.errors[i].message.n > 0);
	}
	assert_str(r.errors[6].message, "also in line 8");
	assert_int_equal(member(k, "g").number, 4); /* failures take no numbers */
}

static void headers_must_make_sense(void **state)
{
	struct kit *k = *state;
	struct import_result r;

	assert_err(import(k, "", &r), ERR_BAD_CSV);
	assert_err(import(k, "name,mobile\nA,1\n", &r), ERR_BAD_CSV);
	assert_err(import(k, "userid,姓名,name\nA,1,2\n", &r), ERR_BAD_CSV);
}

static void a_first_password_signs_in_and_is_not_set_again(void **state)
{
	struct kit *k = *state;
	struct sign_in in = { .account = STR("lilei"),
		.password = STR("correct horse"),
		.address = STR("192.0.2.1") };
	struct import_result r;
	struct member m;

	assert_ok(import(k,
		"userid,name,password\nlilei,李雷,correct horse\nb,乙,short\n", &r));
	assert_int_equal(r.added, 1);
	assert_int_equal(r.failed, 1);
	assert_str(r.errors[0].column, "password");
	assert_int_equal(member(k, "lilei").status, MEMBER_ACTIVE);
	assert_ok(account_sign_in_check(k->store, k->cx, &in, &m));
	assert_ok(import(k, "userid,password\nlilei,another horse\n", &r));
	assert_int_equal(r.unchanged, 1);
	assert_ok(account_sign_in_check(k->store, k->cx, &in, &m));
}

static void an_import_is_audited(void **state)
{
	struct kit *k = *state;
	struct import_result r;
	struct audit_entry *entries;
	size_t n;

	assert_ok(import(k, company, &r));
	assert_ok(audit_page(kit_write(k), k->corp.corp, 0, 10, &entries, &n));
	kit_commit(k);
	assert_int_equal(n, 1);
	assert_str(entries[0].verb, "members.import");
	assert_str(entries[0].actor, "operator");
}

/* More than one chunk, so more than one transaction. */
static void departments_last_over_transactions(void **state)
{
	struct kit *k = *state;
	struct import_result r;
	struct buf b;

	buf_init(&b, k->cx->mem, 1 << 16);
	buf_lit(&b, "userid,name,department\n");
	for (int i = 0; i < 4500; i++)
		buf_printf(&b, "u%d,名字%d,区%d/店%d\n", i, i, i % 5, i % 50);
	buf_char(&b, '\0');
	assert_ok(import(k, b.p, &r));
	assert_int_equal(r.added, 4500);
	assert_int_equal(r.departments, 55);
	assert_int_equal(member(k, "u4499").number, 4500);
	assert_ok(import(k, b.p, &r));
	assert_int_equal(r.unchanged, 4500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(members_and_departments_are_made),
		kit_test(a_second_import_changes_nothing),
		kit_test(what_has_no_column_stays),
		kit_test(wrong_rows_are_told_of_and_the_others_written),
		kit_test(headers_must_make_sense),
		kit_test(a_first_password_signs_in_and_is_not_set_again),
		kit_test(an_import_is_audited),
		kit_test(departments_last_over_transactions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
