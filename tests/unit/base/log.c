/* Log lines: one each, and nobody can forge one. */
#include "base/log.h"

#include <errno.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"

#include "unit.h"

static char said[16384];
static int ends[2], kept_stderr;

static int set_up(void **state)
{
	log_set_level(LOG_INFO);
	kept_stderr = dup(STDERR_FILENO);
	if (pipe(ends) != 0)
		return -1;
	dup2(ends[1], STDERR_FILENO);
	close(ends[1]);
	return 0;
}

/* Ends the capture; returns what was said after "time=<24 chars> ". */
static const char *heard(void)
{
	size_t n = 0;
	ssize_t got;

	dup2(kept_stderr, STDERR_FILENO);
	close(kept_stderr);
	while ((got = read(ends[0], said + n, sizeof(said) - 1 - n)) > 0)
		n += (size_t)got;
	close(ends[0]);
	said[n] = '\0';
	return n > 30 ? said + 30 : said;
}

static void line_is_logfmt(void **state)
{
	log_info("request", K_ZSTR("path", "/cgi-bin/gettoken"), K_INT("ms", -3),
		K_ZSTR("none", NULL), K_STR("name", STR("格力 电器")));
	assert_string_equal(heard(),
		"level=info event=request path=/cgi-bin/gettoken ms=-3 "
		"none=\"\" name=\"格力 电器\"\n");
}

static void values_cannot_forge_lines(void **state)
{
	log_warn("x", K_ZSTR("v", "a\nlevel=info event=y"), K_ZSTR("q", "\"\\"),
		K_ZSTR("esc", "\x1b[2J\r\x7f"), K_ZSTR("c1", "\xc2\x9b\u2028\u202e"),
		K_ZSTR("bad", "\xff\xc3"), K_ZSTR("eq", "a=b"));
	assert_string_equal(heard(),
		"level=warn event=x v=\"a\\nlevel=info event=y\" "
		"q=\"\\\"\\\\\" esc=\"\\x1b[2J\\x0d\\x7f\" "
		"c1=\"\\xc2\\x9b\\xe2\\x80\\xa8\\xe2\\x80\\xae\" "
		"bad=\"\\xff\\xc3\" eq=\"a=b\"\n");
}

static void long_lines_stay_one_write(void **state)
{
	static char text[9000];
	const char *line;

	memset(text, 'x', sizeof(text) - 1);
	memset(text, '\n', 5000);
	log_info("long", K_ZSTR("a", text), K_ZSTR("b", text + 5000),
		K_ZSTR("c", text + 5000), K_ZSTR("d", text), K_ZSTR("e", text + 5000),
		K_INT("f", INT64_MIN));
	line = heard();
	assert_in_range(strlen(said), 2000, 4096);
	assert_ptr_equal(strchr(said, '\n'), said + strlen(said) - 1);
	assert_non_null(strstr(line, "\"... b=x"));
}

static void levels_drop_lines(void **state)
{
	enum log_level level = LOG_WARN;

	log_debug("quiet", K_INT("x", 1));
	assert_true(log_level_of(STR("error"), &level));
	assert_int_equal(level, LOG_ERROR);
	assert_false(log_level_of(STR("loud"), &level));
	assert_int_equal(level, LOG_ERROR);
	log_set_level(level);
	log_warn("quiet", K_INT("x", 1));
	errno = ENOENT;
	log_error("loud", K_INT("x", 1));
	assert_int_equal(errno, ENOENT);
	assert_string_equal(heard(), "level=error event=loud x=1\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(line_is_logfmt, set_up),
		cmocka_unit_test_setup(values_cannot_forge_lines, set_up),
		cmocka_unit_test_setup(long_lines_stay_one_write, set_up),
		cmocka_unit_test_setup(levels_drop_lines, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
