/* Slices: comparing, taking apart, numbers, UTF-8. */
#include "base/str.h"

#include "unit.h"

static void comparing(void **state)
{
	assert_true(str_same(STR_NONE, STR("")));
	assert_true(str_same(str_of(NULL), STR_NONE));
	assert_false(str_same(STR("a"), STR("A")));
	assert_true(str_same_folded(STR("ZhangSan@"), STR("zhangsan@")));
	assert_false(str_same_folded(STR("["), STR("{"))); /* they differ in 0x20 only */
	assert_false(str_same_folded(STR("a"), STR("ab")));
	assert_true(str_is(STR("x"), "x"));
	assert_int_equal(str_order(STR("a"), STR("b")), -1);
	assert_int_equal(str_order(STR("ab"), STR("a")), 1);
	assert_int_equal(str_order(STR("\xff"), STR("a")), 1);
	assert_int_equal(str_order(STR_NONE, STR("")), 0);
	assert_true(str_same_secret(STR("token"), STR("token")));
	assert_false(str_same_secret(STR("token"), STR("tokem")));
	assert_false(str_same_secret(STR("token"), STR("toke")));
	assert_true(str_same_secret(STR_NONE, STR_NONE));
}

static void looking_inside(void **state)
{
	assert_true(str_starts(STR("abc"), STR("ab")));
	assert_false(str_starts(STR("a"), STR("ab")));
	assert_true(str_starts(STR_NONE, STR_NONE));
	assert_true(str_ends(STR("abc"), STR("bc")));
	assert_false(str_ends(STR("bc"), STR("abc")));
	assert_int_equal(str_find(STR("hello"), STR("l")), 2);
	assert_int_equal(str_find(STR("hello"), STR("lo")), 3);
	assert_int_equal(str_find(STR("hello"), STR_NONE), 0);
	assert_true(str_find(STR("hello"), STR("hello!")) == SIZE_MAX);
	assert_true(str_find_char(STR_NONE, 'x') == SIZE_MAX);
	assert_int_equal(str_find_char(STR("a\0b"), '\0'), 1);
}

static void taking_apart(void **state)
{
	str rest = STR("a=1&&b");

	assert_str(str_cut(&rest, '&'), "a=1");
	assert_str(str_cut(&rest, '&'), "");
	assert_str(str_cut(&rest, '&'), "b");
	assert_int_equal(rest.n, 0);
	assert_str(str_cut(&rest, '&'), "");
	assert_str(str_sub(STR("hello"), 1, 3), "ell");
	assert_str(str_sub(STR("hello"), 4, SIZE_MAX), "o");
	assert_str(str_sub(STR("hello"), 9, 1), "");
	assert_str(str_skip(STR("hello"), 9), "");
	assert_str(str_skip(STR_NONE, 9), "");
	assert_str(str_trim(STR(" \t\r\n a b \n")), "a b");
	assert_str(str_trim(STR("  ")), "");
}

static void numbers(void **state)
{
	static const char *const bad[] = { "", "-", "+", "1 ", " 1", "1.0", "0x1", "--1",
		"9223372036854775808", "-9223372036854775809", "99999999999999999999" };
	int64_t v = 7;

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		assert_false(str_int(str_of(bad[i]), &v));
		assert_int_equal(v, 7);
	}
	assert_true(str_int(STR("9223372036854775807"), &v));
	assert_true(v == INT64_MAX);
	assert_true(str_int(STR("-9223372036854775808"), &v));
	assert_true(v == INT64_MIN);
	assert_true(str_int(STR("+007"), &v));
	assert_int_equal(v, 7);
	assert_true(str_int(STR("-0"), &v));
	assert_int_equal(v, 0);
}

static void utf8_is_told_from_bytes(void **state)
{
	static const char *const good[] = { "", "a", "\x7f", "\u00e9", "格力电器有限公司",
		"\U0001F600", "\xed\x9f\xbf", "\xee\x80\x80", "\xf4\x8f\xbf\xbf",
		"\xef\xbf\xbf", "12345678格9012345678" };
	static const char *const bad[] = { "\x80", "\xc0\x80", "\xc1\xbf", "\xc3",
		"\xc3(", "\xe0\x9f\xbf", "\xe2\x82", "\xed\xa0\x80", "\xed\xbf\xbf",
		"\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff",
		"12345678\xe2\x82", "abcdefg\x80h", "\xf0\x9f\x98" };

	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		assert_true(str_is_utf8(str_of(good[i])));
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_false(str_is_utf8(str_of(bad[i])));
	assert_false(str_is_utf8(STR("a\0b")));
	assert_false(str_is_utf8(STR("1234567\0b")));
	assert_false(str_is_utf8(STR("12345678\0")));
	assert_int_equal(str_char_bytes(STR("格力")), 3);
	assert_int_equal(str_char_bytes(STR("\xff")), 0);
}

/* Every single byte at every place of a word, against the plain rule. */
static void utf8_words_hide_nothing(void **state)
{
	char text[16];

	for (int byte = 0; byte < 256; byte++) {
		for (size_t at = 0; at < sizeof(text); at++) {
			memset(text, 'a', sizeof(text));
			text[at] = (char)byte;
			assert_int_equal(str_is_utf8(str_make(text, sizeof(text))),
				byte > 0 && byte < 0x80);
		}
	}
}

static void chars_are_not_cut(void **state)
{
	assert_int_equal(str_chars(STR("格力a")), 3);
	assert_str(str_first_chars(STR("格力a"), 2), "格力");
	assert_str(str_first_chars(STR("格力a"), 3), "格力a");
	assert_str(str_first_chars(STR("格力a"), 0), "");
	assert_str(str_first_bytes(STR("格力a"), 5), "格");
	assert_str(str_first_bytes(STR("格力a"), 6), "格力");
	assert_str(str_first_bytes(STR("格力a"), 2), "");
	assert_str(str_first_bytes(STR("ab"), 9), "ab");
}

static void hash_is_fnv1a(void **state)
{
	assert_true(str_hash(STR_NONE) == UINT64_C(0xcbf29ce484222325));
	assert_true(str_hash(STR("a")) == UINT64_C(0xaf63dc4c8601ec8c));
	assert_true(str_hash(STR("foobar")) == UINT64_C(0x85944171f73967e8));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(comparing),
		cmocka_unit_test(looking_inside),
		cmocka_unit_test(taking_apart),
		cmocka_unit_test(numbers),
		cmocka_unit_test(utf8_is_told_from_bytes),
		cmocka_unit_test(utf8_words_hide_nothing),
		cmocka_unit_test(chars_are_not_cut),
		cmocka_unit_test(hash_is_fnv1a),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
