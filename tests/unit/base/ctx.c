/* The ctx and the clock it reads. */
#include "base/ctx.h"

#include "base/clock.h"

#include "unit.h"

static void failure_has_words(void **state)
{
	struct ctx *cx = ctx_new(1 << 16);

	assert_int_equal(why(cx, ERR_CONFLICT, "tag %d exists", 7), ERR_CONFLICT);
	assert_int_equal(cx->code, ERR_CONFLICT);
	assert_str(cx->words, "tag 7 exists");
	ctx_forgive(cx);
	assert_int_equal(cx->code, OK);
	assert_int_equal(cx->words.n, 0);
	ctx_free(cx);
	ctx_free(NULL);
}

static void restart_keeps_who_and_forgets_what(void **state)
{
	struct ctx *cx = ctx_new(0), *same = cx;
	size_t fresh = arena_used(cx->mem);
	int64_t before = cx->now_ms;

	cx->actor = (struct actor){ .kind = 2, .corp = 5, .id = 9 };
	memcpy(cx->request_id, "r-1", 4);
	cx->deadline_ms = 99;
	for (int i = 0; i < 100; i++) {
		arena_alloc(cx->mem, 10000);
		arena_alloc(cx->scratch, 10000);
	}
	assert_int_equal(why(cx, ERR_BUSY, "x"), ERR_BUSY);
	clock_shift_ms(60000);
	ctx_restart(cx);
	clock_shift_ms(-60000);
	assert_ptr_equal(cx, same);
	assert_int_equal(cx->actor.corp, 5);
	assert_string_equal(cx->request_id, "r-1");
	assert_int_equal(cx->code, OK);
	assert_true(cx->now_ms >= before + 60000);
	assert_int_equal(arena_used(cx->mem), fresh);
	assert_int_equal(arena_used(cx->scratch), 0);
	ctx_free(cx);
}

static void iso_times(void **state)
{
	static const struct {
		int64_t ms;
		const char *text;
	} times[] = {
		{ 0, "1970-01-01T00:00:00.000Z" },
		{ -1, "1969-12-31T23:59:59.999Z" },
		{ INT64_C(1795363262345), "2026-11-22T16:01:02.345Z" },
		{ INT64_C(951827696789), "2000-02-29T12:34:56.789Z" },
		{ INT64_C(253402300799999), "9999-12-31T23:59:59.999Z" },
		{ INT64_MAX, "9999-12-31T23:59:59.999Z" },
		{ INT64_C(-62167219200000), "0000-01-01T00:00:00.000Z" },
		{ INT64_MIN, "0000-01-01T00:00:00.000Z" },
	};
	char text[25];

	for (size_t i = 0; i < ARRAY_LEN(times); i++) {
		clock_iso(times[i].ms, text);
		assert_string_equal(text, times[i].text);
	}
}

static void only_the_wall_clock_shifts(void **state)
{
	int64_t wall = clock_now_ms(), mono = clock_mono_us();

	clock_shift_ms(INT64_C(1000) * 1000 * 1000);
	assert_true(clock_now_ms() >= wall + 1000000000);
	assert_true(clock_mono_us() >= mono);
	assert_true(clock_mono_us() < mono + INT64_C(1000000000000));
	clock_shift_ms(INT64_C(-1000) * 1000 * 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(failure_has_words),
		cmocka_unit_test(restart_keeps_who_and_forgets_what),
		cmocka_unit_test(iso_times),
		cmocka_unit_test(only_the_wall_clock_shifts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
