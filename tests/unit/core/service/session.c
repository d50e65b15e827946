/*
 * tests/unit/core/service/session.c - the rules of customer service: which states follow
 * which, when an account is open, and how alike two questions are.
 */
#include "unit.h"

#include "core/kit.h"
#include "core/service/hours.h"
#include "core/service/knowledge.h"
#include "core/service/session.h"

/* Document 94669: from (row) to (column). */
static const bool may[5][5] = {
	[STATE_NEW] = { 0, 1, 1, 1, 1 },
	[STATE_BOT] = { 0, 0, 1, 1, 1 },
	[STATE_QUEUE] = { 0, 0, 0, 1, 1 },
	[STATE_SERVED] = { 0, 0, 0, 1, 1 },
	[STATE_ENDED] = { 0, 0, 0, 0, 0 },
};

static void states_go_forward_only(void **state)
{
	(void)state;
	for (int from = 0; from < 5; from++)
		for (int to = 0; to < 5; to++)
			assert_int_equal(service_may_move((enum service_state)from,
						 (enum service_state)to),
				may[from][to]);
}

static void hours_open_and_close(void **state)
{
	/* Mondays to Fridays, nine to six, in China.  1795395600 is Monday 2026-11-23
	 * 09:00 there. */
	const str hours = STR("{\"offset_min\":480,\"spans\":[{\"days\":[1,2,3,4,5],"
			      "\"from\":540,\"to\":1080}]}");
	static const int64_t monday_nine = 1795395600;
	static const struct {
		int64_t at_s, opens_s;
	} cases[] = {
		{ monday_nine, 0 },
		{ monday_nine + 9 * 3600 - 1, 0 },
		{ monday_nine - 60, monday_nine },
		{ monday_nine + 9 * 3600, monday_nine + 24 * 3600 },
		{ monday_nine + 4 * 86400 + 9 * 3600, monday_nine + 7 * 86400 },
		{ monday_nine - 86400, monday_nine },
	};
	struct kit *k = *state;
	struct ctx *cx = k->cx;

	assert_ok(service_hours_check(cx, hours));
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int64_t opens_ms;
		bool open;

		assert_ok(service_is_open(cx, hours, cases[i].at_s * 1000, &open,
			&opens_ms));
		assert_int_equal(open, !cases[i].opens_s);
		assert_int_equal(opens_ms, cases[i].opens_s * 1000);
	}
}

static void questions_are_found_by_their_words(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct intent wash = { .question = STR("空调怎么清洗"),
		.answer = STR("断电"),
		.attachments = STR("[]") };
	struct match like[MATCHES_MAX];
	struct kgroup *groups;
	size_t n;

	assert_ok(kgroup_list(tx, 1, &groups, &n));
	assert_int_equal(n, 1);
	wash.kgroup = groups[0].kgroup;
	assert_ok(intent_add(tx, 1, &wash));
	assert_ok(knowledge_match(tx, 1, STR("空调怎么清洗"), like, &n));
	assert_int_equal(n, 1);
	assert_int_equal(like[0].score, 100);
	assert_ok(knowledge_match(tx, 1, STR("怎么清洗空调呢"), like, &n));
	assert_true(like[0].score > 50 && like[0].score < 100);
	assert_ok(knowledge_match(tx, 1, STR("保修多久"), like, &n));
	assert_int_equal(n, 0);
	assert_ok(knowledge_match(tx, 2, STR("空调怎么清洗"), like, &n));
	assert_int_equal(n, 0);
	kit_commit(k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(states_go_forward_only),
		kit_test(hours_open_and_close),
		kit_test(questions_are_found_by_their_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
