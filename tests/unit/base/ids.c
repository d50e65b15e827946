/* Ids grow, whatever the clock and the threads do; randomness is fair enough. */
#include "base/ids.h"

#include "base/clock.h"
#include "base/thread.h"

#include "unit.h"

#define THREADS 4
#define EACH 20000

static void ids_grow_also_when_the_clock_steps_back(void **state)
{
	int64_t last = id_next();

	for (int i = 0; i < 30000; i++) {
		int64_t id = id_next();

		assert_true(id > last);
		last = id;
		if (i == 10000)
			clock_shift_ms(-3600000);
		if (i == 20000)
			clock_shift_ms(3600000);
	}
}

static void ids_tell_their_time_and_node(void **state)
{
	int64_t before, id;

	id_set_node(200);
	/* What was borrowed from the future by the tests above is outrun. */
	clock_shift_ms(7200000);
	before = clock_now_ms();
	id = id_next();
	assert_true(id_time_ms(id) >= before && id_time_ms(id) <= clock_now_ms());
	assert_int_equal(id >> 12 & 0xff, 200);
	assert_true(id_of_ms(id_time_ms(id)) <= id);
	assert_true(id_of_ms(id_time_ms(id) + 1) > id);
	assert_int_equal(id_time_ms(id_of_ms(before)), before);
	assert_int_equal(id_of_ms(0), 0);
	id_set_node(3);
	assert_true(id_next() > id);
	clock_shift_ms(-7200000);
}

static void advance_is_never_undone(void **state)
{
	int64_t seen = id_next() + (INT64_C(5000) << 20 | INT64_C(0xff) << 12);

	id_advance(seen);
	assert_true(id_next() > seen);
	seen = id_next();
	id_advance(0);
	assert_true(id_next() > seen);
}

static int64_t drawn[THREADS][EACH];

static void draw(void *arg)
{
	int64_t *out = arg;

	for (int i = 0; i < EACH; i++)
		out[i] = id_next();
}

static int by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

static void threads_never_draw_the_same(void **state)
{
	struct thread t[THREADS];
	int64_t *all = drawn[0];

	for (int i = 0; i < THREADS; i++)
		thread_start(&t[i], "draw", ROLE_WORKER, draw, drawn[i]);
	for (int i = 0; i < THREADS; i++)
		thread_join(&t[i]);
	for (int i = 0; i < THREADS; i++)
		for (int j = 1; j < EACH; j++)
			assert_true(drawn[i][j] > drawn[i][j - 1]);
	qsort(all, THREADS * EACH, sizeof(*all), by_value);
	for (int i = 1; i < THREADS * EACH; i++)
		assert_true(all[i] != all[i - 1]);
}

static void texts_come_back(void **state)
{
	static const int64_t ids[] = { 0, 1, 9, 10, 61, 62, 3843, 3844, INT64_MAX };
	static const char *const texts[] = { "m0", "m1", "m9", "mA", "mz", "m10", "mzz",
		"m100", "mAzL8n0Y58m7" };
	struct arena *mem = arena_new(0);
	int64_t id;

	for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
		assert_str(id_text(mem, "m", ids[i]), texts[i]);
		id = -1;
		assert_true(id_parse(str_of(texts[i]), "m", &id));
		assert_true(id == ids[i]);
	}
	arena_free(mem);
}

static void other_texts_are_refused(void **state)
{
	static const char *const bad[] = { "", "m", "x1", "m01", "m00", "m-1", "m+1",
		"m 1", "m1 ", "mAzL8n0Y58m8", "mzzzzzzzzzzz", "m100000000000",
		"m\xc3\xa9" };
	int64_t id = 7;

	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_false(id_parse(str_of(bad[i]), "m", &id));
	assert_int_equal(id, 7);
	assert_true(id_parse(STR("1"), "", &id));
}

static void randomness(void **state)
{
	struct arena *mem = arena_new(0);
	str text = random_text(mem, 5000), other = random_text(mem, 5000);
	int seen[256] = { 0 }, kinds = 0;
	uint64_t hits[3] = { 0 };

	assert_int_equal(text.n, 5000);
	assert_int_equal(text.p[5000], '\0');
	assert_false(str_same(text, other));
	for (size_t i = 0; i < text.n; i++)
		kinds += !seen[(unsigned char)text.p[i]]++;
	/* 62 characters, each 80 times: a missing one has odds of 1 in 10^33. */
	assert_int_equal(kinds, 62);
	assert_int_equal(random_text(mem, 0).n, 0);
	for (int i = 0; i < 3000; i++)
		hits[random_below(3)]++;
	for (int i = 0; i < 3; i++)
		assert_in_range(hits[i], 700, 1300);
	assert_int_equal(random_below(1), 0);
	assert_true(random_below(UINT64_MAX) < UINT64_MAX);
	arena_free(mem);
}

static void pairs_go_there_and_back(void **state)
{
	struct arena *mem = arena_new(0);
	int64_t a, b;

	assert_str(id_pair_text(mem, "k", 61, 62), "kz-10");
	assert_true(id_pair_parse(STR("kz-10"), "k", &a, &b));
	assert_true(a == 61 && b == 62);
	assert_false(id_pair_parse(STR("kz"), "k", &a, &b));
	assert_false(id_pair_parse(STR("z-10"), "k", &a, &b));
	assert_false(id_pair_parse(STR("kz-10-1"), "k", &a, &b));
	assert_false(id_pair_parse(STR(""), "", &a, &b));
	arena_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ids_grow_also_when_the_clock_steps_back),
		cmocka_unit_test(pairs_go_there_and_back),
		cmocka_unit_test(ids_tell_their_time_and_node),
		cmocka_unit_test(advance_is_never_undone),
		cmocka_unit_test(threads_never_draw_the_same),
		cmocka_unit_test(texts_come_back),
		cmocka_unit_test(other_texts_are_refused),
		cmocka_unit_test(randomness),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
