/*
 * tests/unit/core/app/app.c - apps, their range, their callbacks.
 */
#include "unit.h"

#include "core/kit.h"

static const char key[] = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

/* 格力 1 ─ 门店 2 ─ 一店 3;  总部 4.   a: 一店, b: 总部, c: both */
struct scene {
	int64_t shops, first, office;
	struct member a, b, c;
};

static struct member in(struct tx *tx, struct kit *k, const char *userid, int64_t one,
	int64_t two)
{
	struct member m = { .corp = k->corp.corp,
		.userid = str_of(userid),
		.name = STR("名") };
	struct member_place places[] = { { .department = one }, { .department = two } };

	assert_ok(member_add(tx, &m, places, two ? 2 : 1));
	return m;
}

static struct scene set_scene(struct tx *tx, struct kit *k)
{
	struct scene s;

	s.shops = kit_department(tx, k, 1, "门店");
	s.first = kit_department(tx, k, s.shops, "一店");
	s.office = kit_department(tx, k, 1, "总部");
	s.a = in(tx, k, "a", s.first, 0);
	s.b = in(tx, k, "b", s.office, 0);
	s.c = in(tx, k, "c", s.office, s.first);
	return s;
}

static struct app make(struct tx *tx, struct kit *k, const struct app_range *range)
{
	struct app a = { .corp = k->corp.corp,
		.kind = APP_BUSINESS,
		.name = STR("应用") };
	str secret;

	assert_ok(app_create(tx, &a, range, &secret));
	assert_int_equal(secret.n, 43);
	return a;
}

static bool sees(struct tx *tx, const struct app *a, const struct member *m)
{
	bool out;

	assert_ok(app_sees_member(tx, a->corp, a->app, m->member, &out));
	return out;
}

static bool sees_department(struct tx *tx, const struct app *a, int64_t department)
{
	bool out;

	assert_ok(app_sees_department(tx, a->corp, a->app, department, &out));
	return out;
}

static void a_range_holds_members_and_subtrees(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct scene s = set_scene(tx, k);
	struct app all = make(tx, k, NULL);
	struct app shops =
		make(tx, k, &(struct app_range){ .departments = { &s.shops, 1 } });
	struct app only_b =
		make(tx, k, &(struct app_range){ .members = { &s.b.member, 1 } });
	struct app nobody = make(tx, k, &(struct app_range){ 0 });

	assert_true(sees(tx, &all, &s.a) && sees(tx, &all, &s.b) && sees(tx, &all, &s.c));
	assert_true(sees(tx, &shops, &s.a) && sees(tx, &shops, &s.c));
	assert_false(sees(tx, &shops, &s.b));
	assert_true(sees(tx, &only_b, &s.b));
	assert_false(sees(tx, &only_b, &s.c));
	assert_false(sees(tx, &nobody, &s.a));
	assert_true(sees_department(tx, &all, s.office));
	assert_true(sees_department(tx, &shops, s.first) &&
		sees_department(tx, &shops, s.shops));
	assert_false(
		sees_department(tx, &shops, s.office) || sees_department(tx, &shops, 1));
	assert_false(sees_department(tx, &only_b, s.office));
	struct app sync = { .corp = k->corp.corp, .app = AGENT_CONTACT_SYNC };
	assert_true(sees(tx, &sync, &s.a) && sees_department(tx, &sync, 1));
	kit_commit(k);
}

static void a_range_changes_at_once(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct scene s = set_scene(tx, k);
	struct app a = make(tx, k, &(struct app_range){ .departments = { &s.shops, 1 } });
	struct app_range range = { .departments = { &s.office, 1 } }, got;

	assert_ok(app_set(tx, &a, &range));
	assert_false(sees(tx, &a, &s.a));
	assert_true(sees(tx, &a, &s.b));
	assert_ok(app_range_get(tx, a.corp, a.app, &got));
	assert_int_equal(got.departments.n, 1);
	assert_int_equal(got.departments.v[0], s.office);
	int64_t missing = 99;
	range.departments.v = &missing;
	assert_err(app_set(tx, &a, &range), ERR_BAD_DEPARTMENT);
	range = (struct app_range){ .members = { &missing, 1 } };
	assert_err(app_set(tx, &a, &range), ERR_NO_USER);
	kit_roll_back(k);
}

static void members_see_the_apps_that_see_them(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct scene s = set_scene(tx, k);
	struct app shops =
		make(tx, k, &(struct app_range){ .departments = { &s.shops, 1 } });
	struct app closed = make(tx, k, NULL), *out;
	size_t n;

	closed.closed = true;
	assert_ok(app_set(tx, &closed, NULL));
	assert_ok(app_visible_to(tx, k->corp.corp, s.a.member, &out, &n));
	assert_int_equal(n, 1); /* not the system apps, not the closed one */
	assert_int_equal(out[0].app, shops.app);
	assert_ok(app_visible_to(tx, k->corp.corp, s.b.member, &out, &n));
	assert_int_equal(n, 0);
	kit_commit(k);
}

static void agentids_follow_each_other(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct app *all,
		a = { .corp = k->corp.corp,
			.kind = APP_CONTACT_SYNC,
			.name = STR("又一个") };
	str secret;
	size_t n;

	assert_int_equal(make(tx, k, NULL).app, AGENT_FIRST);
	assert_int_equal(make(tx, k, NULL).app, AGENT_FIRST + 1);
	assert_err(app_create(tx, &a, NULL, &secret), ERR_CONFLICT);
	assert_ok(app_all(tx, k->corp.corp, &all, &n));
	assert_int_equal(n, 4);
	assert_int_equal(all[0].kind, APP_CONTACT_SYNC);
	assert_int_equal(all[1].kind, APP_CUSTOMER_CONTACT);
	assert_err(app_get(tx, k->corp.corp, 77, &a), ERR_BAD_AGENTID);
	kit_commit(k);
}

static void callbacks_are_checked_sealed_and_turned_off(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct app a = make(tx, k, NULL), got, *out;
	int64_t corp = k->corp.corp;
	size_t n;

	assert_err(app_callback_set(tx, corp, a.app, STR("ftp://x"), STR("abc"),
			   str_of(key)),
		ERR_INVALID_ARGUMENT);
	assert_err(app_callback_set(tx, corp, a.app, STR("gopher://x"), STR("abc"),
			   str_of(key)),
		ERR_BAD_CALLBACK_URL);
	assert_err(app_callback_set(tx, corp, a.app, STR("http://x/"), STR("a_c"),
			   str_of(key)),
		ERR_INVALID_ARGUMENT);
	assert_err(app_callback_set(tx, corp, a.app, STR("http://x/"), STR("abc"),
			   STR("short")),
		ERR_INVALID_ARGUMENT);
	assert_ok(app_callback_set(tx, corp, a.app, STR("http://x/"), STR("abc"),
		str_of(key)));
	assert_ok(app_get(tx, corp, a.app, &got));
	assert_str(got.callback_url, "http://x/");
	assert_int_equal(got.callback_key.n, 0);
	assert_ok(app_callback_get(tx, corp, a.app, &got));
	assert_str(got.callback_key, key);
	assert_ok(app_listeners(tx, corp, SCOPE_customer_read, &out, &n));
	assert_int_equal(n, 1);
	assert_ok(app_listeners(tx, corp, SCOPE_contacts_write, &out, &n));
	assert_int_equal(n, 0);
	assert_ok(app_callback_set(tx, corp, a.app, STR(""), STR("abc"), STR("")));
	assert_ok(app_listeners(tx, corp, SCOPE_customer_read, &out, &n));
	assert_int_equal(n, 0);
	assert_err(app_callback_set(tx, corp, 77, STR("http://x/"), STR("abc"),
			   str_of(key)),
		ERR_BAD_AGENTID);
	kit_commit(k);
}

static void the_sync_secret_may_be_kept_to_ids(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);

	k->cx->actor = (struct actor){ .kind = ACTOR_APP,
		.corp = k->corp.corp,
		.id = AGENT_CONTACT_SYNC };
	assert_ok(app_reads_names(tx));
	k->corp.sync_reads_ids = true;
	assert_ok(corp_set(tx, &k->corp));
	assert_err(app_reads_names(tx), ERR_SYNC_READS_IDS);
	k->cx->actor.id = AGENT_FIRST;
	assert_ok(app_reads_names(tx));
	kit_commit(k);
}

static void count_report(void *arg, str words)
{
	++*(int *)arg;
}

static void doctor_notices_other_keys(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct ctx *cx = ctx_new(0);
	int reports = 0;

	make(tx, k, NULL);
	assert_ok(app_doctor(tx, k->corp.corp, count_report, &reports));
	assert_int_equal(reports, 0);
	assert_ok(keys_load(cx, k->dir));
	assert_ok(app_doctor(tx, k->corp.corp, count_report, &reports));
	assert_int_equal(reports, 3);
	kit_commit(k);
	ctx_free(cx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(a_range_holds_members_and_subtrees),
		kit_test(a_range_changes_at_once),
		kit_test(members_see_the_apps_that_see_them),
		kit_test(agentids_follow_each_other),
		kit_test(callbacks_are_checked_sealed_and_turned_off),
		kit_test(the_sync_secret_may_be_kept_to_ids),
		kit_test(doctor_notices_other_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
