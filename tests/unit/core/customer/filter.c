/* Customers by what is known of them. */
#include "unit.h"

#include "core/kit.h"

#include "core/customer/filter.h"
#include "core/customer/kit.h"
#include "core/customer/personal_tag.h"

#define ANY .add_way = FILTER_ANY_SOURCE

/* The names of what is found, in pages of two, with blanks between. */
static str found(struct kit *k, const struct follow_filter *f)
{
	struct tx *tx = kit_write(k);
	struct follow_place place = { 0 };
	str all = STR("");
	bool more = true;

	while (more) {
		struct follow *list;
		size_t n;

		assert_ok(
			follow_filter(tx, k->corp.corp, f, &place, 2, &list, &n, &more));
		for (size_t i = 0; i < n; i++) {
			struct customer c;

			assert_ok(customer_get(tx, k->corp.corp, list[i].customer, &c));
			all = arena_printf(k->cx->mem, "%.*s%s%.*s", STR_FMT(all),
				all.n ? " " : "", STR_FMT(c.name));
		}
	}
	kit_commit(k);
	return all;
}

static str by_words(struct kit *k, int64_t *member, const char *q)
{
	return found(k,
		&(struct follow_filter){ .members = { member, 1 }, ANY, .q = str_of(q) });
}

static void note(struct kit *k, struct follow *f, const char *remark, const char *company,
	const char *mobiles)
{
	struct tx *tx = kit_write(k);
	str r = str_of(remark), c = str_of(company), m = str_of(mobiles);

	assert_ok(follow_note(tx, f,
		&(struct follow_notes){ &r, NULL, &c, mobiles ? &m : NULL }, 0));
	kit_commit(k);
}

static void mark(struct kit *k, struct follow *f, int64_t tag)
{
	struct tx *tx = kit_write(k);

	assert_ok(follow_mark(tx, f, (struct ints){ &tag, 1 }, (struct ints){ 0 }, 0));
	kit_commit(k);
}

static void words_are_found_anywhere(void **state)
{
	static const char *names[] = { "Ａｎｎａ", "王五", "ANNA", "赵六_100%",
		"anna b" };
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	int64_t me = s.lilei.member, other = s.han.member;
	struct consumer c[ARRAY_LEN(names)];
	struct follow f[ARRAY_LEN(names)];
	struct tx *tx;

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		k->cx->now_ms++;
		f[i] = shop_add(k, &s.lileis, names[i], &c[i]);
	}
	assert_str(by_words(k, &me, " anna"), "anna b ANNA Ａｎｎａ");
	assert_str(by_words(k, &other, "anna"), "");
	assert_str(by_words(k, &me, "五"), "王五");
	note(k, &f[1], "采购王总", "格力电器", "[\"138-1234 5678\"]");
	assert_str(by_words(k, &me, "王总"), "王五");
	assert_str(by_words(k, &me, "电器 王五"), "王五"); /* each word, anywhere */
	assert_str(by_words(k, &me, "电器 赵"), "");
	assert_str(by_words(k, &me, "5678"), "王五");
	assert_str(by_words(k, &me, "13812345"), "王五");
	assert_str(by_words(k, &me, "100%"), "赵六_100%"); /* no pattern */
	assert_str(by_words(k, &me, "_1"), "赵六_100%");
	assert_str(by_words(k, &me, "a%a"), "");
	assert_str(by_words(k, &me, "!"), "");
	note(k, &f[1], "", "", "[]");
	assert_str(by_words(k, &me, "电器"), "");
	tx = kit_write(k);
	assert_ok(consumer_rename(tx, c[1].consumer, STR("孙七")));
	kit_commit(k);
	assert_str(by_words(k, &me, "王五"), "");
	assert_str(by_words(k, &me, "孙"), "孙七");
}

static void labels_and_time(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	int64_t corp = k->corp.corp, members[] = { s.lilei.member, s.han.member };
	struct tag tags[] = { { .name = STR("VIP") }, { .name = STR("旧") } };
	struct tag_group group;
	struct consumer c;
	struct follow f[4];
	struct way hans;
	int64_t both[2], began, vip, old;
	struct tx *tx = kit_write(k);

	assert_ok(tag_add(tx, &(struct tag_library){ .corp = corp },
		&(struct tag_group){ .name = STR("等级"), .tags = tags, .n_tags = 2 },
		&group));
	assert_ok(way_own(tx, corp, s.han.member, &hans));
	kit_commit(k);
	both[0] = vip = group.tags[0].tag;
	both[1] = old = group.tags[1].tag;
	began = k->cx->now_ms;
	for (size_t i = 0; i < 4; i++) {
		static const char *names[] = { "甲", "乙", "丙", "丁" };

		k->cx->now_ms = began + (int64_t)i * 1000;
		f[i] = shop_add(k, i == 3 ? &hans : &s.lileis, names[i], &c);
	}
	for (size_t i = 0; i < 4; i++)
		mark(k, &f[i], i == 1 ? old : vip);
	mark(k, &f[2], old);

	/* the corp, a member, both: newest first */
	assert_str(found(k, &(struct follow_filter){ ANY }), "丁 丙 乙 甲");
	assert_str(found(k, &(struct follow_filter){ .members = { members, 1 }, ANY }),
		"丙 乙 甲");
	assert_str(found(k, &(struct follow_filter){ .members = { members, 2 }, ANY }),
		"丁 丙 乙 甲");
	/* labels: by the corp's stream of one, of each, and by the member's */
	assert_str(found(k, &(struct follow_filter){ .tags_all = { &vip, 1 }, ANY }),
		"丁 丙 甲");
	assert_str(found(k, &(struct follow_filter){ .tags_all = { both, 2 }, ANY }),
		"丙");
	assert_str(found(k, &(struct follow_filter){ .tags_any = { both, 2 }, ANY }),
		"丁 丙 乙 甲");
	assert_str(found(k,
			   &(struct follow_filter){ .tags_all = { &vip, 1 },
				   .no_tags = { &old, 1 },
				   ANY }),
		"丁 甲");
	assert_str(found(k,
			   &(struct follow_filter){ .members = { members, 1 },
				   .tags_all = { &vip, 1 },
				   ANY }),
		"丙 甲");
	assert_str(found(k,
			   &(struct follow_filter){ .tags_all = { &vip, 1 },
				   ANY,
				   .q = STR("甲") }),
		"甲");
	/* time: from, and before */
	assert_str(found(k,
			   &(struct follow_filter){ .tags_all = { &vip, 1 },
				   ANY,
				   .from_ms = began + 1000,
				   .until_ms = began + 3000 }),
		"丙");
	assert_str(found(k,
			   &(struct follow_filter){ .from_ms = began + 1000,
				   .until_ms = began + 2000,
				   ANY }),
		"乙");
	/* whoever has gone is found as such, with his label */
	tx = kit_write(k);
	assert_ok(follow_delete(tx, &f[0]));
	kit_commit(k);
	assert_str(found(k, &(struct follow_filter){ .tags_all = { &vip, 1 }, ANY }),
		"丁 丙");
	assert_str(found(k, &(struct follow_filter){ .status = FOLLOW_DELETED, ANY }),
		"甲");
}

static void source_unread_and_own_labels(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c[2];
	struct follow a = shop_add(k, &s.lileis, "甲", &c[0]);
	int64_t me = s.lilei.member;
	str names[] = { STR(" 老乡 "), STR(""), STR("老乡") };
	struct personal_tag_use *uses;
	bool again;
	struct texts now;
	struct tx *tx;
	size_t n;

	shop_add(k, &s.lileis, "乙", &c[1]);
	assert_str(found(k, &(struct follow_filter){ .add_way = ADD_WAY_ASSIGNED }), "");
	assert_str(found(k, &(struct follow_filter){ .add_way = ADD_WAY_QR }), "乙 甲");
	assert_str(found(k, &(struct follow_filter){ ANY, .way = s.lileis.way }),
		"乙 甲");
	assert_str(found(k, &(struct follow_filter){ ANY, .state = STR("x") }), "");
	assert_str(found(k, &(struct follow_filter){ ANY, .has_unread = true }), "");
	tx = kit_write(k);
	assert_ok(chat_add(tx,
		&(struct message){ .corp = a.corp,
			.chat = a.chat,
			.sender = { PERSON_CUSTOMER, a.customer, 0 },
			.type = STR("text"),
			.body = STR("{\"content\":\"在吗\"}") },
		&again));
	kit_commit(k);
	assert_str(found(k, &(struct follow_filter){ ANY, .has_unread = true }), "甲");

	tx = kit_write(k);
	assert_ok(personal_tags_set(tx, &a, (struct texts){ names, 3 }));
	assert_ok(personal_tags(tx, a.corp, me, a.customer, &now));
	assert_ok(personal_tags_used(tx, a.corp, me, &uses, &n));
	kit_commit(k);
	assert_int_equal(now.n, 1);
	assert_str(now.v[0], "老乡");
	assert_int_equal(n, 1);
	assert_int_equal(uses[0].n, 1);
	assert_str(found(k,
			   &(struct follow_filter){ ANY, .members = { &me, 1 },
				   .personal_tag = STR("老乡") }),
		"甲");
	tx = kit_write(k);
	assert_ok(personal_tags_set(tx, &a, (struct texts){ 0 }));
	kit_commit(k);
	assert_str(found(k,
			   &(struct follow_filter){ ANY, .members = { &me, 1 },
				   .personal_tag = STR("老乡") }),
		"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(words_are_found_anywhere),
		kit_test(labels_and_time),
		kit_test(source_unread_and_own_labels),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
