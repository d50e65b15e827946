/*
 * tests/unit/core/word/word.c - sensitive words: found in any case, for whom a rule holds,
 * and what becomes of the message.
 */
#include "unit.h"

#include "core/kit.h"

#include "base/ids.h"
#include "core/customer/kit.h"
#include "core/word/matcher.h"
#include "core/word/semantic.h"
#include "core/word/word.h"

static struct texts words_of(struct kit *k, const char *list)
{
	str rest = str_of(list);
	struct texts t = { .v = ARENA_ARRAY(k->cx->mem, str, 16) };

	while (rest.n)
		t.v[t.n++] = str_cut(&rest, ' ');
	return t;
}

static struct word_rule rule_of(struct kit *k, const char *name, const char *words,
	int64_t intercept)
{
	static int64_t root = DEPARTMENT_ROOT;

	return (struct word_rule){ .corp = k->corp.corp,
		.name = str_of(name),
		.words = words_of(k, words),
		.intercept = intercept,
		.departments = { &root, 1 } };
}

/* ---- the machine ---- */

struct seen {
	struct kit *k;
	struct buf b;
	size_t stop_after;
};

static bool see(void *arg, size_t rule, str word)
{
	struct seen *s = arg;

	buf_printf(&s->b, "%zu:%.*s ", rule, STR_FMT(word));
	return !s->stop_after || --s->stop_after;
}

static str found_in(struct kit *k, const struct matcher *m, const char *text)
{
	struct seen s = { .k = k };

	buf_init(&s.b, k->cx->mem, 64);
	matcher_run(m, str_of(text), see, &s);
	return str_trim(buf_str(&s.b));
}

static void words_within_words_are_all_found(void **state)
{
	struct kit *k = *state;
	struct word_rule rules[] = { rule_of(k, "a", "he she hers his", WORD_STOP),
		rule_of(k, "b", "SHE 加微信 微信", WORD_WARN) };
	struct matcher *m = matcher_new(rules, 2);

	assert_str(found_in(k, m, "ushers"), "1:SHE 0:she 0:he 0:hers");
	assert_str(found_in(k, m, "请加微信"), "1:加微信 1:微信");
	assert_str(found_in(k, m, "加微"), "");
	assert_str(found_in(k, m, ""), "");
	assert_str(found_in(k, m, "hishe"), "0:his 1:SHE 0:she 0:he");
	matcher_unref(m);
}

/* Against looking for each word by itself, over texts of a small alphabet. */
static void it_finds_what_plain_search_finds(void **state)
{
	struct kit *k = *state;

	for (int round = 0; round < 300; round++) {
		struct word_rule r = { .words.v = ARENA_ARRAY(k->cx->mem, str, 12) };
		char text[41] = { 0 };
		size_t expected = 0, got = 0;
		struct matcher *m;
		str found;

		for (size_t i = 0; i < sizeof(text) - 1; i++)
			text[i] = (char)('a' + random_below(3));
		while (r.words.n < 12)
			r.words.v[r.words.n++] = str_sub(str_of(text), random_below(36),
				1 + random_below(5));
		for (size_t i = 0; i < r.words.n; i++)
			for (size_t at = 0; at + r.words.v[i].n <= 40; at++)
				expected += !memcmp(text + at, r.words.v[i].p,
					r.words.v[i].n);
		m = matcher_new(&r, 1);
		found = found_in(k, m, text);
		for (size_t i = 0; i < found.n; i++)
			got += found.p[i] == ':';
		matcher_unref(m);
		assert_int_equal(got, expected);
	}
}

static void numbers_and_addresses_need_no_list(void **state)
{
	static const struct {
		enum word_semantic what;
		const char *text, *found;
	} cases[] = {
		{ WORD_MOBILE, "打我电话13812345678吧", "13812345678" },
		{ WORD_MOBILE, "138-1234-5678", "138-1234-5678" },
		{ WORD_MOBILE, "+8613812345678", "13812345678" },
		{ WORD_MOBILE, "138 1234 5678", "138 1234 5678" },
		{ WORD_MOBILE, "1381234567", "" },
		{ WORD_MOBILE, "138123456789", "" },
		{ WORD_MOBILE, "913812345678", "" },
		{ WORD_MOBILE, "12812345678", "" },
		{ WORD_MOBILE, "1", "" },
		{ WORD_EMAIL, "写信到 li.lei@example.com。", "li.lei@example.com" },
		{ WORD_EMAIL, "a@b.cn.", "a@b.cn" },
		{ WORD_EMAIL, "@李雷 你好", "" },
		{ WORD_EMAIL, "a@b", "" },
		{ WORD_EMAIL, "a@b.c", "" },
		{ WORD_EMAIL, "@example.com", "" },
		{ WORD_RED_PACKET, "发你一个红包", "红包" },
		{ WORD_RED_PACKET, "a red packet", "red packet" },
		{ WORD_RED_PACKET, "红的包", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_str(word_find_semantic(str_of(cases[i].text), cases[i].what),
			cases[i].found);
}

/* ---- rules ---- */

static struct word_found ask(struct kit *k, int64_t member, const char *text)
{
	struct word_found f;

	assert_ok(word_check(kit_write(k), k->corp.corp, member, str_of(text), &f));
	kit_commit(k);
	return f;
}

static int64_t add(struct kit *k, struct word_rule r)
{
	assert_ok(word_rule_add(kit_write(k), &r));
	kit_commit(k);
	return r.rule;
}

static void a_rule_holds_for_its_range(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct word_rule r = rule_of(k, "竞品", "竞品 Rival", WORD_WARN);
	int64_t rule;

	assert_int_equal(ask(k, s.lilei.member, "竞品").intercept, 0);
	r.departments.n = 0;
	r.members = (struct ints){ &s.lilei.member, 1 };
	rule = add(k, r);
	assert_int_equal(ask(k, s.lilei.member, "看看ＲＩＶＡＬ的").intercept, WORD_WARN);
	assert_str(ask(k, s.lilei.member, "rival").word, "Rival");
	assert_int_equal(ask(k, s.han.member, "rival").intercept, 0);
	r.name = STR("全体");
	r.departments.n = 1;
	r.intercept = WORD_STOP;
	add(k, r);
	assert_int_equal(ask(k, s.han.member, "rival").intercept, WORD_STOP);
	/* What stops goes before what warns. */
	assert_int_equal(ask(k, s.lilei.member, "rival").intercept, WORD_STOP);
	assert_ok(word_rule_drop(kit_write(k), k->corp.corp, rule));
	kit_commit(k);
	assert_err(word_rule_get(kit_write(k), k->corp.corp, rule, &r),
		ERR_WORD_RULE_GONE);
	kit_roll_back(k);
}

static void what_rolls_back_is_not_remembered(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct word_rule r = rule_of(k, "竞品", "竞品", WORD_STOP);
	struct word_found f;
	struct tx *tx = kit_write(k);
	int64_t rule;

	assert_ok(word_rule_add(tx, &r));
	assert_ok(word_check(tx, k->corp.corp, s.lilei.member, STR("竞品"), &f));
	assert_int_equal(f.intercept, WORD_STOP);
	kit_roll_back(k);
	assert_int_equal(ask(k, s.lilei.member, "竞品").intercept, 0);
	rule = add(k, r);
	assert_int_equal(ask(k, s.lilei.member, "竞品").intercept, WORD_STOP);
	tx = kit_write(k);
	assert_ok(word_rule_drop(tx, k->corp.corp, rule));
	assert_ok(word_check(tx, k->corp.corp, s.lilei.member, STR("竞品"), &f));
	assert_int_equal(f.intercept, 0);
	kit_roll_back(k);
	assert_int_equal(ask(k, s.lilei.member, "竞品").intercept, WORD_STOP);
}

#define assert_refused(k, r, code)                                                       \
	do {                                                                             \
		struct word_rule refused_ = (r);                                         \
		assert_err(word_rule_add(kit_write(k), &refused_), (code));              \
		kit_roll_back(k);                                                        \
	} while (0)

static void each_limit_has_its_number(void **state)
{
	struct kit *k = *state;
	struct word_rule good = rule_of(k, "规则", "词", WORD_STOP), r;

	r = good, r.name = STR("");
	assert_refused(k, r, ERR_INVALID_ARGUMENT);
	r = good, r.name = STR("一二三四五六七八九十一二三四五六七八九十一");
	assert_refused(k, r, ERR_INVALID_ARGUMENT);
	r = good, r.intercept = 3;
	assert_refused(k, r, ERR_INVALID_ARGUMENT);
	r = good, r.words.n = 0;
	assert_refused(k, r, ERR_BAD_WORD);
	r = good, r.words = words_of(k, "123456789012345678901234567890123");
	assert_refused(k, r, ERR_BAD_WORD);
	r = good, r.semantics = (struct ints){ (int64_t[]){ 4 }, 1 };
	assert_refused(k, r, ERR_BAD_SEMANTICS);
	r = good, r.departments.n = 0;
	assert_refused(k, r, ERR_INVALID_ARGUMENT);
	r = good;
	r.words.v = ARENA_ARRAY(k->cx->mem, str, WORDS_MAX + 1);
	for (r.words.n = 0; r.words.n <= WORDS_MAX; r.words.n++)
		r.words.v[r.words.n] = STR("x");
	assert_refused(k, r, ERR_WORDS_MANY);
	for (int i = 0; i < WORD_RULES_MAX; i++) {
		r = good, r.name = arena_printf(k->cx->mem, "r%d", i);
		add(k, r);
	}
	assert_refused(k, good, ERR_WORD_RULES_MANY);
	r = good, r.name = STR("r7");
	assert_refused(k, r, ERR_WORD_NAME);
}

/* ---- messages ---- */

static str said; /* the words of its failure */

static enum err say(struct kit *k, int64_t chat, struct person who, const char *text,
	bool anyway, struct message *out)
{
	bool again;
	enum err err;

	*out = (struct message){ .corp = k->corp.corp,
		.chat = chat,
		.sender = who,
		.type = STR("text"),
		.body = arena_printf(k->cx->mem, "{\"content\":\"%s\"}", text),
		.anyway = anyway };
	err = message_send(kit_write(k), out, &again);
	said = arena_str(k->cx->mem, k->cx->words);
	if (err == OK)
		kit_commit(k);
	else
		kit_roll_back(k);
	return err;
}

static void messages_to_customers_are_stopped_or_warned_of(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer ming;
	struct follow f = shop_add(k, &s.lileis, "小明", &ming);
	struct person lilei = { PERSON_MEMBER, s.lilei.member, 0 };
	struct person customer = { PERSON_CUSTOMER, f.customer, 0 };
	struct word_hit *hits;
	struct message m;
	size_t n;

	add(k, rule_of(k, "停", "回扣", WORD_STOP));
	add(k, rule_of(k, "警", "content 最低价", WORD_WARN));
	assert_err(say(k, f.chat, lilei, "给你回扣", false, &m), ERR_WORD_STOPS);
	assert_str(said, "回扣");
	assert_err(say(k, f.chat, lilei, "给你回扣", true, &m), ERR_WORD_STOPS);
	assert_err(say(k, f.chat, lilei, "最低价", false, &m), ERR_WORD_WARNS);
	assert_ok(say(k, f.chat, lilei, "普通", false, &m));
	assert_ok(say(k, f.chat, customer, "要回扣", false, &m));
	assert_ok(say(k, f.chat, lilei, "最低价", true, &m));
	assert_ok(word_hits(kit_write(k), k->corp.corp, 0, 10, &hits, &n));
	kit_commit(k);
	assert_int_equal(n, 1);
	assert_int_equal(hits[0].seq, m.seq);
	assert_int_equal(hits[0].member, s.lilei.member);
	assert_str(hits[0].word, "最低价");
}

/* Another test's corp had the same number. */
static int fresh(void **state)
{
	struct kit *k;
	int r = kit_set_up(state);

	k = *state;
	matcher_forget(kit_write(k), k->corp.corp);
	kit_commit(k);
	return r;
}

#define WORD_TEST(fn) cmocka_unit_test_setup_teardown(fn, fresh, kit_tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		WORD_TEST(words_within_words_are_all_found),
		WORD_TEST(it_finds_what_plain_search_finds),
		WORD_TEST(numbers_and_addresses_need_no_list),
		WORD_TEST(a_rule_holds_for_its_range),
		WORD_TEST(what_rolls_back_is_not_remembered),
		WORD_TEST(each_limit_has_its_number),
		WORD_TEST(messages_to_customers_are_stopped_or_warned_of),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
