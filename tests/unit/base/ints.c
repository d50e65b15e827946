#include "unit.h"

#include "base/ints.h"

static void each_number_stays_once_in_order(void **state)
{
	int64_t v[] = { 5, -1, 5, INT64_MAX, 3, -1, INT64_MIN };
	const int64_t want[] = { INT64_MIN, -1, 3, 5, INT64_MAX };
	struct ints list = { v, ARRAY_LEN(v) };

	ints_unite(&list);
	assert_int_equal(list.n, ARRAY_LEN(want));
	assert_memory_equal(list.v, want, sizeof(want));
	for (size_t i = 0; i < ARRAY_LEN(want); i++)
		assert_true(ints_sorted_has(&list, want[i]) && ints_has(&list, want[i]));
	assert_false(ints_sorted_has(&list, 4) || ints_has(&list, 4));
}

static void an_empty_row_has_nothing(void **state)
{
	struct ints none = { 0 };

	ints_unite(&none);
	assert_int_equal(none.n, 0);
	assert_false(ints_has(&none, 0) || ints_sorted_has(&none, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_number_stays_once_in_order),
		cmocka_unit_test(an_empty_row_has_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
