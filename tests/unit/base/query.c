/* Query strings. */
#include "base/shape.h"

#include "unit.h"

static void values_are_found_and_decoded(void **state)
{
	struct arena *mem = arena_new(0);
	str q = STR("a=1&b=%E6%A0%BC+x%2b&empty=&flag&a=2&ab=3&=9&c=x=y"), v;

	assert_true(query_get(mem, q, "a", &v));
	assert_str(v, "1");
	assert_true(query_get(mem, q, "b", &v));
	assert_str(v, "格 x+");
	assert_true(query_get(mem, q, "empty", &v));
	assert_str(v, "");
	assert_true(query_get(mem, q, "flag", &v));
	assert_str(v, "");
	assert_true(query_get(mem, q, "c", &v));
	assert_str(v, "x=y");
	assert_false(query_get(mem, q, "e", &v));
	assert_false(query_get(mem, STR_NONE, "a", &v));
	arena_free(mem);
}

static void bad_encodings_are_refused(void **state)
{
	static const char *const bad[] = { "a=%", "a=%4", "a=%4g", "a=%g4", "a=%00",
		"a=%ff", "a=%E6%A0", "a=%ed%a0%80", "a=1%&b=41" };
	struct arena *mem = arena_new(0);
	str v = STR("kept");

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		assert_false(query_get(mem, str_of(bad[i]), "a", &v));
		assert_true(query_has(str_of(bad[i]), "a"));
	}
	assert_str(v, "kept");
	assert_false(query_has(STR("ab=1&b=a"), "a"));
	arena_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_found_and_decoded),
		cmocka_unit_test(bad_encodings_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
