/* Text as people compare it. */
#include "base/fold.h"

#include "unit.h"

static void folding(void **state)
{
	static const char *const pairs[][2] = {
		{ "", "" },
		{ "ZhangSan_01@Corp.com", "zhangsan_01@corp.com" },
		{ "ＡＢＣ１２３", "abc123" }, /* full width */
		{ "张三", "张三" },
		{ "Straße", "strasse" },
		{ "E\u0301cole", "école" }, /* composed */
		{ "\u00c9COLE", "école" },
		{ "ｶﾞ", "ガ" }, /* half-width katakana */
		{ "ﬁn", "fin" },
		{ "a\u200bb\u00adc", "abc" }, /* invisible ones go */
		{ "İ", "i\u0307" },
	};
	struct arena *mem = arena_new(0);

	for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
		str once = fold(mem, str_of(pairs[i][0]));

		assert_str(once, pairs[i][1]);
		assert_true(str_same(fold(mem, once), once));
	}
	arena_free(mem);
}

static void bad_utf8_folds_to_itself(void **state)
{
	struct arena *mem = arena_new(0);

	assert_str(fold(mem, STR("A\xff")), "A\xff");
	assert_true(str_same(fold(mem, STR("\xc3\0A")), STR("\xc3\0A")));
	assert_int_equal(fold(mem, STR_NONE).n, 0);
	arena_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folding),
		cmocka_unit_test(bad_utf8_folds_to_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
