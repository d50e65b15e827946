/* The error table and the two ways to stop. */
#include "base/err.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

static void rows_are_whole_and_unique(void **state)
{
	const struct err_row *rows;
	size_t n = err_rows(&rows);

	assert_true(n > 50);
	for (size_t i = 0; i < n; i++) {
		assert_ptr_equal(err_row(rows[i].code), &rows[i]);
		assert_in_range(rows[i].http, 200, 599);
		assert_true((rows[i].http == 200) == (rows[i].code == OK));
		assert_true(*rows[i].english && *rows[i].chinese);
		assert_true(str_is_utf8(str_of(rows[i].chinese)));
		for (size_t j = 0; j < i; j++) {
			assert_int_not_equal(rows[i].code, rows[j].code);
			assert_string_not_equal(rows[i].id, rows[j].id);
		}
	}
}

static void unknown_codes_are_busy(void **state)
{
	assert_string_equal(err_row((enum err)123456)->id, "ERR_BUSY");
	assert_string_equal(err_row(ERR_BAD_JSON)->id, "ERR_BAD_JSON");
	assert_int_equal(err_row(OK)->http, 200);
}

static enum err fails_with(enum err code)
{
	TRY(code);
	return ERR_NOT_FOUND;
}

static void try_returns_at_once(void **state)
{
	assert_int_equal(fails_with(ERR_CONFLICT), ERR_CONFLICT);
	assert_int_equal(fails_with(OK), ERR_NOT_FOUND);
}

/* Runs fn in a child; gives what it said and how it ended. */
static int ending_of(void (*fn)(void), char *said, size_t size)
{
	int ends[2], status;
	ssize_t n;
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (child == 0) {
		dup2(ends[1], STDERR_FILENO);
		fn();
		_exit(0);
	}
	close(ends[1]);
	n = read(ends[0], said, size - 1);
	close(ends[0]);
	said[n > 0 ? n : 0] = '\0';
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void have_a_bug(void)
{
	BUG_IF(1 + 1 == 2, "so %s", "it is");
}

static void fail_at_boot(void)
{
	fatal("config: %s: port out of range", "x.ini");
}

static void bugs_abort_and_say_where(void **state)
{
	char said[1000];
	int status = ending_of(have_a_bug, said, sizeof(said));

	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	assert_non_null(strstr(said, "event=bug"));
	assert_non_null(strstr(said, "cond=\"1 + 1 == 2\" words=\"so it is\"\n"));
}

static void fatal_exits_with_one(void **state)
{
	char said[1000];
	int status = ending_of(fail_at_boot, said, sizeof(said));

	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
	assert_string_equal(said, "config: x.ini: port out of range\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_whole_and_unique),
		cmocka_unit_test(unknown_codes_are_busy),
		cmocka_unit_test(try_returns_at_once),
		cmocka_unit_test(bugs_abort_and_say_where),
		cmocka_unit_test(fatal_exits_with_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
