/* Names filled into texts. */
#include "core/message/fill.h"

#include "unit.h"

static void filling(void **state)
{
	static const char *const cases[][2] = {
		{ "", "" },
		{ "您好 {customer}，我是{company}的{member}",
			"您好 {member}，我是格力的李雷" },
		{ "{客户}/{员工}/{企业}", "{member}/李雷/格力" },
		{ "{Customer}", "{member}" },
		{ "{unknown} { {{member}} {member", "{unknown} { {李雷} {member" },
	};
	const struct fill_names names = { STR("{member}"), STR("李雷"), STR("格力") };
	struct arena *mem = arena_new(0);

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_str(message_fill(mem, str_of(cases[i][0]), &names), cases[i][1]);
	arena_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(filling),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
