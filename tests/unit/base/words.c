/* Text cut into words. */
#include "base/words.h"

#include "unit.h"

static str joined(struct arena *mem, struct words w)
{
	str all = STR("");

	for (size_t i = 0; i < w.n; i++)
		all = arena_printf(mem, "%.*s%s%.*s", STR_FMT(all), i ? "|" : "",
			STR_FMT(w.v[i]));
	return all;
}

static void keeping(void **state)
{
	static const char *const cases[][2] = {
		{ "", "" },
		{ " ,.!  —", "" },
		{ "Li Lei, LI lei", "lei|li" },
		{ "张", "张" },
		{ "张三丰", "三|三丰|丰|张|张三" },
		{ "ＡＢ１２", "ab12" },
		{ "A4纸", "a4|纸" },
		{ "138-1234 5678", "1234|138|5678" },
		{ "lilei@corp.com", "com|corp|lilei" },
		{ "Straße École", "strasse|école" },
		{ "ｶﾞｽ", "ガ|ガス|ス" },
		{ "서울", "서|서울|울" },
		{ "张\xe3\x80\x82三", "三|张" }, /* a full stop parts them */
		{ "𠮷野家", "家|野|野家|𠮷|𠮷野" },
		{ "Ελλάδα Москва", "ελλάδα|москва" },
	};
	struct arena *mem = arena_new(0);

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_str(joined(mem, words_to_keep(mem, str_of(cases[i][0]))),
			cases[i][1]);
	arena_free(mem);
}

static void finding(void **state)
{
	static const char *const cases[][2] = {
		{ "", "" },
		{ "张", "张" },
		{ "张三", "张三" },
		{ "张三丰", "三丰|张三" },
		{ "王 五", "五|王" },
		{ "Tom张三", "tom|张三" },
		{ "\xff", "" },
	};
	struct arena *mem = arena_new(0);

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_str(joined(mem, words_to_find(mem, str_of(cases[i][0]))),
			cases[i][1]);
	arena_free(mem);
}

/* Whatever part of a text is looked for, in CJK, its words are kept. */
static void every_part_is_found(void **state)
{
	str text = STR("北京市朝阳区采购部张经理");
	struct arena *mem = arena_new(0);
	struct words kept = words_to_keep(mem, text);

	for (size_t from = 0; from < text.n; from += 3)
		for (size_t n = 3; from + n <= text.n; n += 3) {
			str part = str_sub(text, from, n);
			struct words find = words_to_find(mem, part);

			assert_true(find.n > 0);
			for (size_t i = 0; i < find.n; i++)
				assert_true(words_have(&kept, find.v[i]));
			assert_true(words_hold(mem, text, part));
		}
	assert_false(words_have(&kept, STR("上海")));
	arena_free(mem);
}

static void long_words_are_cut(void **state)
{
	char z[3 * WORD_BYTES_MAX + 1];
	struct arena *mem = arena_new(0);
	struct words w;

	memset(z, 'a', sizeof(z));
	w = words_to_keep(mem, str_make(z, sizeof(z)));
	assert_int_equal(w.n, 2); /* the whole ones are the same */
	assert_int_equal(w.v[0].n, 1);
	assert_int_equal(w.v[1].n, WORD_BYTES_MAX);
	arena_free(mem);
}

static void beginnings(void **state)
{
	struct arena *mem = arena_new(0);
	str li = STR("li");

	assert_true(word_has_prefixes(li));
	assert_true(word_has_prefixes(STR("138")));
	assert_false(word_has_prefixes(STR("张")));
	assert_false(word_has_prefixes(STR_NONE));
	assert_true(str_order(STR("lizzz"), word_end(mem, li)) < 0);
	assert_true(str_order(STR("liü"), word_end(mem, li)) < 0);
	assert_true(str_order(STR("lj"), word_end(mem, li)) > 0);
	arena_free(mem);
}

static void holding(void **state)
{
	static const struct {
		const char *text, *query;
		bool holds;
	} cases[] = {
		{ "李雷 Li Lei 13812345678", "li 138", true },
		{ "李雷 Li Lei 13812345678", "ei", false },
		{ "李雷 Li Lei", "李雷", true },
		{ "雷李雷", "雷李", true },
		{ "张三三丰", "张三丰", false }, /* all its pairs, but not it */
		{ "张三丰", "", true },
		{ "ＡＣＭＥ 有限公司", "acme 公司", true },
		{ "a", "\xff", false },
	};
	struct arena *mem = arena_new(0);

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(words_hold(mem, str_of(cases[i].text),
					 str_of(cases[i].query)),
			cases[i].holds);
	arena_free(mem);
}

static void uniting(void **state)
{
	struct arena *mem = arena_new(0);
	struct words none = { 0 };
	struct words w = words_unite(mem, words_to_keep(mem, STR("b a")),
		words_to_keep(mem, STR("c b")));

	assert_str(joined(mem, w), "a|b|c");
	assert_str(joined(mem, words_unite(mem, none, w)), "a|b|c");
	assert_int_equal(words_unite(mem, none, none).n, 0);
	assert_false(words_have(&none, STR("a")));
	arena_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeping),
		cmocka_unit_test(finding),
		cmocka_unit_test(every_part_is_found),
		cmocka_unit_test(long_words_are_cut),
		cmocka_unit_test(beginnings),
		cmocka_unit_test(holding),
		cmocka_unit_test(uniting),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
