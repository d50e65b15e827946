/*
 * Forms and queries.
 */
#include "wire/form.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct arena *mem;

static int begin(void **state)
{
	(void)state;
	mem = arena_new(1 << 16);
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(mem);
	return 0;
}

static void pairs_come_in_order(void **state)
{
	(void)state;
	str rest = STR("&a=1&&b=x%3Dy+z&c&=d&"), name, value;
	static const char *const want[] = { "a", "1", "b", "x=y z", "c", "", "", "d" };
	for (size_t i = 0; i < ARRAY_LEN(want); i += 2) {
		assert_true(form_next(mem, &rest, &name, &value));
		assert_true(str_is(name, want[i]));
		assert_true(str_is(value, want[i + 1]));
	}
	assert_false(form_next(mem, &rest, &name, &value));
}

static void escapes(void **state)
{
	(void)state;
	assert_true(str_is(form_decode(mem, STR("%E4%BD%a0+%2B")), "你 +"));
	assert_true(str_is(form_decode(mem, STR("100%")), "100%"));
	assert_true(str_is(form_decode(mem, STR("%4")), "%4"));
	assert_true(str_is(form_decode(mem, STR("%zz%41")), "%zzA"));
	assert_true(str_is(form_unescape(mem, STR("a+%41")), "a+A"));
	assert_true(str_same(form_decode(mem, STR("a%00b")), STR("a\0b")));
	assert_int_equal(form_decode(mem, STR_NONE).n, 0);
}

static void the_first_value_is_given(void **state)
{
	(void)state;
	str value = STR("kept");
	assert_true(form_get(mem, STR("x=0&grant%5Ftype=code&grant_type=other"),
		"grant_type", &value));
	assert_true(str_is(value, "code"));
	assert_false(form_get(mem, STR("a=1"), "b", &value));
	assert_true(str_is(value, "code"));
}

int main(void)
{
#define T(fn) cmocka_unit_test_setup_teardown(fn, begin, end)
	const struct CMUnitTest tests[] = {
		T(pairs_come_in_order),
		T(escapes),
		T(the_first_value_is_given),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
