/* JSON from strangers: what is refused, and where; what comes back unharmed. */
#include "base/json.h"

#include "unit.h"

static struct ctx *cx;

static int set_up(void **state)
{
	cx = ctx_new(1 << 20);
	return 0;
}

static int tear_down(void **state)
{
	ctx_free(cx);
	return 0;
}

static str there_and_back(str text)
{
	const cJSON *root;

	assert_ok(json_parse(cx, text, &root));
	return json_text(cx->mem, root);
}

static void texts_come_back(void **state)
{
	static const char *const texts[][2] = {
		{ "{}", "{}" },
		{ " [ 1 , -2.50,1E+3, true,false ,null , \"x\" ]\r\n",
			"[1,-2.50,1E+3,true,false,null,\"x\"]" },
		{ "{\"a\":{\"b\":[[],{}]}}", "{\"a\":{\"b\":[[],{}]}}" },
		{ "\xef\xbb\xbf{\"格\":\"力\"}", "{\"格\":\"力\"}" },
		{ "\"\\u683c\\uD83D\\ude00\\/\\b\\f\\n\\r\\t\\\"\\\\\\u001f\"",
			"\"格\U0001F600/\\b\\f\\n\\r\\t\\\"\\\\\\u001f\"" },
		{ "\"\x7f\"", "\"\x7f\"" },
		/* Beyond what a double holds. */
		{ "[9007199254740993,-9223372036854775808,123456789012345678901234567890]",
			"[9007199254740993,-9223372036854775808,123456789012345678901234567890]" },
		{ "{\"a\\\"1\":[\"2\",3.0],\"b\":0.1,\"c\":999999999999999}",
			"{\"a\\\"1\":[\"2\",3.0],\"b\":0.1,\"c\":999999999999999}" },
		{ "1e999", "1e999" },
		{ "-0", "0" },
		{ "", "{}" },
		{ " \n", "{}" },
		{ "\xef\xbb\xbf", "{}" },
	};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		assert_str(there_and_back(str_of(texts[i][0])), texts[i][1]);
	assert_str(there_and_back(STR_NONE), "{}");
}

static void bad_texts_are_refused_with_their_place(void **state)
{
	static const struct {
		const char *text;
		int at;
		const char *words;
	} bad[] = {
		{ "{", 1, "name" },
		{ "[1", 2, "expected , or ]" },
		{ "[1,]", 3, "unexpected" },
		{ "{\"a\":1,}", 7, "name" },
		{ "{\"a\" 1}", 5, "expected :" },
		{ "{a:1}", 1, "name" },
		{ "{\"a\":}", 5, "unexpected" },
		{ "{\"a\":1 \"b\":2}", 7, "expected , or }" },
		{ "[1 2]", 3, "expected , or ]" },
		{ "{} x", 3, "follows" },
		{ "{}{}", 2, "follows" },
		{ "nul", 0, "unexpected" },
		{ "nulls", 4, "follows" },
		{ "True", 0, "unexpected" },
		{ "'a'", 0, "unexpected" },
		{ "\v{}", 0, "unexpected" },
		/* Numbers of section 6 only. */
		{ "01", 1, "follows" },
		{ "-", 1, "unexpected" },
		{ "+1", 0, "unexpected" },
		{ "1.", 2, "number" },
		{ ".5", 0, "unexpected" },
		{ "1e", 2, "number" },
		{ "1e+", 3, "number" },
		{ "NaN", 0, "unexpected" },
		{ "0x10", 1, "follows" },
		{ "1111111111222222222233333333334444444444555555555566666666667", 61,
			"too long" },
		/* Strings. */
		{ "\"", 1, "unfinished" },
		{ "\"abc", 4, "unfinished" },
		{ "\"\\", 2, "unfinished" },
		{ "\"\\\"", 3, "unfinished" },
		{ "\"a\nb\"", 2, "control" },
		{ "\"12345678\x1f\"", 9, "control" },
		{ "\"\\x41\"", 2, "escape" },
		{ "\"\\u12g4\"", 5, "\\u" },
		{ "\"\\u12", 3, "\\u" },
		{ "\"a\\u0000b\"", 8, "u0000" },
		{ "{\"a\\u0000\":1}", 9, "u0000" },
		{ "\"\\ud800\"", 7, "surrogate" },
		{ "\"\\ud800\\n\"", 7, "surrogate" },
		{ "\"\\ud800\\ud800\"", 13, "surrogate" },
		{ "\"\\udc00\"", 7, "surrogate" },
		{ "\"\\ud800\\u12\"", 9, "surrogate" },
		/* UTF-8. */
		{ "\"a\xff\"", 2, "UTF-8" },
		{ "\"\xc0\x80\"", 1, "UTF-8" },
		{ "\"\xed\xa0\x80\"", 1, "UTF-8" },
		{ "\"1234567\xe6\xa0\"", 8, "UTF-8" },
		{ "\xef\xbb\xbf\xef\xbb\xbf{}", 3, "unexpected" },
		{ "\xff\xfe{", 0, "unexpected" },
	};
	const cJSON *root = NULL;

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		str place = arena_printf(cx->mem, "byte %d:", bad[i].at);

		assert_int_equal(json_parse(cx, str_of(bad[i].text), &root),
			ERR_BAD_JSON);
		if (str_find(cx->words, place) == SIZE_MAX ||
			str_find(cx->words, str_of(bad[i].words)) == SIZE_MAX)
			fail_msg("%s: %.*s", bad[i].text, STR_FMT(cx->words));
	}
	assert_null(root);
}

static void nul_bytes_are_refused(void **state)
{
	const cJSON *root;

	assert_int_equal(json_parse(cx, STR("{}\0"), &root), ERR_BAD_JSON);
	assert_int_equal(json_parse(cx, STR("\"a\0\""), &root), ERR_BAD_JSON);
	assert_int_equal(json_parse(cx, STR("\0"), &root), ERR_BAD_JSON);
	assert_int_equal(json_parse(cx, STR("\"\\\0\""), &root), ERR_BAD_JSON);
}

static str nest(size_t depth, const char *open, const char *close)
{
	struct buf b;

	buf_init(&b, cx->mem, 0);
	for (size_t i = 0; i < depth; i++)
		buf_lit(&b, open);
	for (size_t i = 0; i < depth; i++)
		buf_lit(&b, close);
	return buf_str(&b);
}

static void depth_ends_at_32(void **state)
{
	const cJSON *root;

	assert_ok(json_parse(cx, nest(32, "[", "]"), &root));
	assert_int_equal(json_parse(cx, nest(33, "[", "]"), &root), ERR_BAD_JSON);
	assert_str(cx->words, "malformed JSON at byte 32: nested too deep");
	assert_int_equal(json_parse(cx, nest(17, "{\"a\":[", "]}"), &root), ERR_BAD_JSON);
	assert_ok(json_parse(cx, nest(16, "{\"a\":[", "]}"), &root));
	/* Beside each other is not within each other. */
	assert_ok(json_parse(cx,
		STR("[[[]],[[]],[[]],[[]],[[]],[[]],[[]],[[]],[[]],[[]],[[]]]"), &root));
}

/* A megabyte of "[" must not use up the stack either. */
static void abyss_is_left_early(void **state)
{
	static char abyss[1 << 20];
	const cJSON *root;

	memset(abyss, '[', sizeof(abyss));
	assert_int_equal(json_parse(cx, str_make(abyss, sizeof(abyss)), &root),
		ERR_BAD_JSON);
}

static void tree_keeps_to_the_budget(void **state)
{
	static char ones[400000];
	struct ctx *small = ctx_new(sizeof(ones));
	const cJSON *root;

	/* [1,1, ... 1] */
	for (size_t i = 0; i < sizeof(ones); i++)
		ones[i] = i % 2 ? '1' : ',';
	ones[0] = '[';
	ones[sizeof(ones) - 1] = ']';
	ones[sizeof(ones) - 2] = ' ';
	assert_int_equal(json_parse(small, str_make(ones, sizeof(ones)), &root),
		ERR_TOO_LARGE);
	assert_true(arena_used(small->mem) < 1000);
	/* An estimate that is too low would stop the program here. */
	for (size_t n = 2; n < sizeof(ones); n += 500) {
		ones[n] = ']';
		ctx_restart(small);
		if (json_parse(small, str_make(ones, n + 1), &root) != OK)
			break;
		ones[n] = ',';
	}
	assert_int_equal(small->code, ERR_TOO_LARGE);
	ctx_free(small);
}

/* The scan foresees to the byte what cJSON takes. */
static void foresight_is_enough(void **state)
{
	static const char *const texts[] = {
		"\"\"", "[\"a\",\"bb\",1.5,12345678901234567890]",
		"{\"a\":\"\\u683c\\u683c\",\"b\":{\"ccccccccccccccccc\":[true,null,-1e5]}}"
	};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		const cJSON *root;
		size_t budget = 600;

		for (;; budget += 16) {
			struct ctx *tight = ctx_new(budget);
			enum err code = json_parse(tight, str_of(texts[i]), &root);

			ctx_free(tight);
			if (code == OK)
				break;
			assert_int_equal(code, ERR_TOO_LARGE);
		}
		assert_in_range(budget, 600, 2000);
	}
}

static void members_are_found_with_case(void **state)
{
	const cJSON *root;

	assert_ok(json_parse(cx, STR("{\"A\":1,\"a\":2,\"n\":null,\"a\":3,\"\":4}"),
		&root));
	assert_int_equal(json_get(root, "a")->valueint, 2);
	assert_int_equal(json_get(root, "A")->valueint, 1);
	assert_int_equal(json_get(root, "")->valueint, 4);
	assert_null(json_get(root, "n"));
	assert_null(json_get(root, "b"));
	assert_null(json_get(NULL, "a"));
	assert_null(json_get(json_get(root, "a"), "a"));
}

static void integers_are_exact_or_refused(void **state)
{
	static const struct {
		const char *text;
		bool good;
		int64_t v;
	} numbers[] = {
		{ "0", true, 0 },
		{ "-7", true, -7 },
		{ "3.0", true, 3 },
		{ "1e3", true, 1000 },
		{ "9007199254740993", true, INT64_C(9007199254740993) },
		{ "9223372036854775807", true, INT64_MAX },
		{ "-9223372036854775808", true, INT64_MIN },
		{ "9223372036854775808", false, 0 },
		{ "9007199254740992.0", false, 0 },
		{ "1e18", false, 0 },
		{ "1e400", false, 0 },
		{ "-1e400", false, 0 },
		{ "1.5", false, 0 },
		{ "\"1\"", false, 0 },
		{ "true", false, 0 },
		{ "[1]", false, 0 },
	};

	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		const cJSON *root;
		int64_t v = 0;

		assert_ok(json_parse(cx, str_of(numbers[i].text), &root));
		assert_int_equal(json_int(root, &v), numbers[i].good);
		assert_true(v == numbers[i].v);
	}
}

static void texts_keep_to_their_bound(void **state)
{
	static const char *const texts[] = { "{}", "[]", "[[],{}]",
		"\"\\u0001\\n\\\"\\\\格\"",
		"{\"\\u0001\":[1,2.5,true,false,null,123456789012345678901]}",
		"-999999999999999" };

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		const cJSON *root;

		assert_ok(json_parse(cx, str_of(texts[i]), &root));
		assert_true(json_text(cx->mem, root).n <= json_text_bound(root));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_come_back),
		cmocka_unit_test(bad_texts_are_refused_with_their_place),
		cmocka_unit_test(nul_bytes_are_refused),
		cmocka_unit_test(depth_ends_at_32),
		cmocka_unit_test(abyss_is_left_early),
		cmocka_unit_test(tree_keeps_to_the_budget),
		cmocka_unit_test(foresight_is_enough),
		cmocka_unit_test(members_are_found_with_case),
		cmocka_unit_test(integers_are_exact_or_refused),
		cmocka_unit_test(texts_keep_to_their_bound),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
