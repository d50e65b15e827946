/*
 * tests/unit/core/directory/corp_setting.c - what a corp may choose itself.
 */
#include "unit.h"

#include "core/directory/corp_setting.h"
#include "core/kit.h"

static int64_t value(struct kit *k, struct tx *tx, int64_t corp)
{
	int64_t v;

	assert_ok(corp_setting(tx, corp, CORP_SETTING_TAG_MAX, &v));
	return v;
}

static void the_default_holds_until_a_corp_chooses(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	const struct corp_setting *s = corp_setting_info(CORP_SETTING_TAG_MAX);

	assert_int_equal(value(k, tx, 1), s->def);
	assert_ok(corp_setting_set(tx, 1, CORP_SETTING_TAG_MAX, 7));
	assert_int_equal(value(k, tx, 1), 7);
	assert_int_equal(value(k, tx, 2), s->def);
	assert_ok(corp_setting_set(tx, 1, CORP_SETTING_TAG_MAX, s->def));
	assert_int_equal(value(k, tx, 1), s->def);
	kit_commit(k);
}

static void bounds_hold(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	const struct corp_setting *s = corp_setting_info(CORP_SETTING_TAG_MAX);

	assert_err(corp_setting_set(tx, 1, CORP_SETTING_TAG_MAX, s->min - 1),
		ERR_INVALID_ARGUMENT);
	assert_err(corp_setting_set(tx, 1, CORP_SETTING_TAG_MAX, s->max + 1),
		ERR_INVALID_ARGUMENT);
	assert_int_equal(value(k, tx, 1), s->def);
	kit_commit(k);
}

static void every_row_is_sound(void **state)
{
	for (enum corp_setting_id id = 0; id < CORP_SETTINGS; id++) {
		const struct corp_setting *s = corp_setting_info(id);

		assert_true(s->min <= s->def && s->def <= s->max);
		assert_int_equal(corp_setting_find(str_of(s->name)), id);
	}
	assert_int_equal(corp_setting_find(STR("no such")), CORP_SETTINGS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(the_default_holds_until_a_corp_chooses),
		kit_test(bounds_hold),
		kit_test(every_row_is_sound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
