/* Arenas: growth, alignment, budgets, defers. */
#include "base/arena.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

static void memory_is_zeroed_aligned_and_apart(void **state)
{
	struct arena *a = arena_new(0);
	unsigned char *p[300];

	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < ARRAY_LEN(p); i++) {
			p[i] = arena_alloc(a, i);
			assert_int_equal((uintptr_t)p[i] % 16, 0);
			for (size_t at = 0; at < i; at++)
				assert_int_equal(p[i][at], 0);
			memset(p[i], (int)i, i);
		}
		for (size_t i = 0; i < ARRAY_LEN(p); i++)
			for (size_t at = 0; at < i; at++)
				assert_int_equal(p[i][at], (unsigned char)i);
		arena_clear(a);
		assert_int_equal(arena_used(a), 0);
	}
	arena_free(a);
	arena_free(NULL);
}

static void large_things_stand_alone(void **state)
{
	struct arena *a = arena_new(0);
	char *small = arena_alloc(a, 10), *large = arena_alloc(a, 1 << 20), *next;

	memset(large, 'x', 1 << 20);
	next = arena_alloc(a, 10);
	/* The first block goes on being used. */
	assert_in_range((uintptr_t)next - (uintptr_t)small, 16, 64);
	assert_int_equal(arena_used(a), 16 + (1 << 20) + 16);
	arena_free(a);
}

static void copies_end_in_nul(void **state)
{
	struct arena *a = arena_new(0);
	char long_text[600];
	str s = arena_str(a, STR("abc"));

	assert_str(s, "abc");
	assert_int_equal(s.p[3], '\0');
	assert_string_equal(arena_cstr(a, STR_NONE), "");
	assert_str(arena_concat(a, STR("a"), STR("bc")), "abc");
	assert_int_equal(arena_concat(a, STR("a"), STR("bc")).p[3], '\0');
	assert_str(arena_concat(a, STR_NONE, STR_NONE), "");
	assert_str(arena_printf(a, "%d-%s", 5, "x"), "5-x");
	memset(long_text, 'y', sizeof(long_text) - 1);
	long_text[sizeof(long_text) - 1] = '\0';
	assert_str(arena_printf(a, "%s", long_text), long_text);
	memset(long_text + 255, '\0',
		1); /* one char less than fits the stack, and as many */
	assert_str(arena_printf(a, "%s", long_text), long_text);
	long_text[255] = 'y';
	long_text[256] = '\0';
	assert_str(arena_printf(a, "%s", long_text), long_text);
	arena_free(a);
}

static void budget_says_no_in_time(void **state)
{
	struct arena *a = arena_new(64 * 1024), *free_one = arena_new(0);

	assert_true(arena_has_room(a, 50000));
	assert_false(arena_has_room(a, 64 * 1024));
	assert_false(arena_has_room(a, SIZE_MAX));
	assert_false(arena_has_room(a, SIZE_MAX - 8));
	while (arena_has_room(a, 1000))
		arena_alloc(a, 1000);
	/* There is always a reserve for an error's words. */
	arena_alloc(a, 7000);
	assert_in_range(arena_used(a), 56 * 1024, 64 * 1024);
	assert_true(arena_has_room(free_one, SIZE_MAX));
	arena_clear(a);
	assert_true(arena_has_room(a, 50000));
	arena_free(a);
	arena_free(free_one);
}

static int exit_signal_of(void (*fn)(void))
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		close(STDERR_FILENO);
		fn();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void spend_too_much(void)
{
	arena_alloc(arena_new(1024), 1025);
}

static void overflow_an_array(void)
{
	volatile size_t many = SIZE_MAX / 2;

	arena_array(arena_new(0), 16, many);
}

static void excess_stops_the_program(void **state)
{
	assert_int_equal(exit_signal_of(spend_too_much), SIGABRT);
	assert_int_equal(exit_signal_of(overflow_an_array), SIGABRT);
}

static char order[8];

static void note(void *arg)
{
	size_t n = strlen(order);

	order[n] = *(const char *)arg;
	order[n + 1] = '\0';
}

static void defers_run_latest_first_and_once(void **state)
{
	struct arena *a = arena_new(0);
	char one = '1', two = '2', three = '3';

	order[0] = '\0';
	arena_defer(a, note, &one);
	arena_defer(a, note, &two);
	arena_clear(a);
	assert_string_equal(order, "21");
	arena_defer(a, note, &three);
	arena_free(a);
	assert_string_equal(order, "213");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
		cmocka_unit_test(large_things_stand_alone),
		cmocka_unit_test(copies_end_in_nul),
		cmocka_unit_test(budget_says_no_in_time),
		cmocka_unit_test(excess_stops_the_program),
		cmocka_unit_test(defers_run_latest_first_and_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
