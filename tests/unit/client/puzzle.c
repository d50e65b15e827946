/*
 * tests/unit/client/puzzle.c - work that a browser does.
 */
#include "unit.h"

#include "base/digest.h"
#include "client/puzzle.h"
#include "core/keys.h"

#define CODE STR("1-abc")
#define HOME STR("10.0.0.1")

static str solve(struct ctx *cx, str puzzle, int bits)
{
	for (int64_t i = 0;; i++) {
		str answer = arena_printf(cx->scratch, "%" PRId64, i);
		uint8_t h[32];

		digest_sha256(arena_printf(cx->scratch, "%.*s:%.*s", STR_FMT(puzzle),
				      STR_FMT(answer)),
			h);
		if ((((uint32_t)h[0] << 16 | (uint32_t)h[1] << 8 | h[2]) >>
			    (24 - bits)) == 0)
			return arena_printf(cx->mem, "%" PRId64, i);
		arena_clear(cx->scratch);
	}
}

static void an_answer_opens_its_own_code_only(void **state UNUSED)
{
	struct ctx *cx = ctx_new(0);
	str puzzle, answer;

	keys_set_for_test();
	puzzle = puzzle_make(cx, CODE, HOME, 8);
	assert_true(puzzle.n <= PUZZLE_TEXT_MAX);
	answer = solve(cx, puzzle, 8);
	assert_ok(puzzle_check(cx, CODE, HOME, puzzle, answer));
	assert_int_equal(puzzle_check(cx, STR("1-abd"), HOME, puzzle, answer),
		ERR_PUZZLE);
	assert_int_equal(puzzle_check(cx, CODE, STR("10.0.0.2"), puzzle, answer),
		ERR_PUZZLE);
	assert_int_equal(puzzle_check(cx, CODE, HOME, puzzle, STR("")), ERR_PUZZLE);
	assert_int_equal(puzzle_check(cx, CODE, HOME, puzzle, STR("1x")), ERR_PUZZLE);
	cx->now_ms += PUZZLE_LIFE_MS;
	assert_int_equal(puzzle_check(cx, CODE, HOME, puzzle, answer), ERR_PUZZLE);
	ctx_free(cx);
}

static void nobody_makes_his_own(void **state UNUSED)
{
	static const char *bad[] = { "", ".", "...", "0.9999999999999.x.00",
		"0.9999999999999.abc.000000000000000000000000", "1.2.3.4.5" };
	struct ctx *cx = ctx_new(0);

	keys_set_for_test();
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_equal(puzzle_check(cx, CODE, HOME, str_of(bad[i]), STR("1")),
			ERR_PUZZLE);
	ctx_free(cx);
}

static void more_load_is_more_work_up_to_a_bound(void **state UNUSED)
{
	assert_int_equal(puzzle_bits(1), PUZZLE_BITS_MIN);
	assert_int_equal(puzzle_bits(4), PUZZLE_BITS_MIN + 2);
	assert_int_equal(puzzle_bits(INT64_MAX), PUZZLE_BITS_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_opens_its_own_code_only),
		cmocka_unit_test(nobody_makes_his_own),
		cmocka_unit_test(more_load_is_more_work_up_to_a_bound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
