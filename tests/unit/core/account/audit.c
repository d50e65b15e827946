/*
 * tests/unit/core/account/audit.c - what administrators did is kept as long as the corp says.
 */
#include "unit.h"

#include "core/kit.h"

#include "core/account/audit.h"
#include "core/directory/corp_setting.h"

static const int64_t day_ms = 24 * 3600 * 1000;

static size_t kept(struct kit *k, int64_t *out_next)
{
	struct tx *tx = kit_write(k);
	struct audit_entry *list;
	size_t n;

	assert_ok(audit_expire(tx, k->corp.corp, out_next));
	assert_ok(audit_page(tx, k->corp.corp, 0, 1000, &list, &n));
	kit_commit(k);
	return n;
}

static void old_entries_go_in_steps(void **state)
{
	struct kit *k = *state;
	int64_t next, began = k->cx->now_ms;
	enum { ENTRIES = 700 };

	for (int i = 0; i < ENTRIES; i++) {
		assert_ok(
			audit_add(kit_write(k), k->corp.corp, "test", STR("x"), STR("")));
		kit_commit(k);
	}
	k->cx->now_ms = began + 399 * day_ms;
	assert_int_equal(kept(k, &next), ENTRIES);
	assert_int_equal(next, k->cx->now_ms + day_ms);
	k->cx->now_ms = began + 402 * day_ms;
	assert_int_equal(kept(k, &next), ENTRIES - 500);
	assert_int_equal(next, k->cx->now_ms); /* at once again */
	assert_int_equal(kept(k, &next), 0);
}

static void a_corp_may_keep_them_longer(void **state)
{
	struct kit *k = *state;
	int64_t next;

	assert_ok(audit_add(kit_write(k), k->corp.corp, "test", STR("x"), STR("")));
	kit_commit(k);
	assert_ok(corp_setting_set(kit_write(k), k->corp.corp, CORP_SETTING_AUDIT_DAYS,
		4000));
	kit_commit(k);
	k->cx->now_ms += 3000 * day_ms;
	assert_int_equal(kept(k, &next), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(old_entries_go_in_steps),
		kit_test(a_corp_may_keep_them_longer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
