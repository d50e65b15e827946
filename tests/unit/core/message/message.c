/*
 * tests/unit/core/message/message.c - bodies within limits, app chats, receivers.
 */
#include "unit.h"

#include "core/kit.h"
#include "core/message/message.h"
#include "core/message/receivers.h"

static str repeated(struct arena *mem, const char *what, size_t times)
{
	struct buf b;

	buf_init(&b, mem, times * strlen(what));
	while (times--)
		buf_lit(&b, what);
	return buf_str(&b);
}

static str content(struct kit *k, const char *what, size_t times)
{
	return arena_printf(k->cx->mem, "{\"content\":\"%.*s\"}",
		STR_FMT(repeated(k->cx->mem, what, times)));
}

/* ---- bodies ---- */

static void people_send_text_of_4000_chars(void **state)
{
	struct kit *k = *state;
	str out;

	assert_ok(message_check(k->cx, STR("text"), content(k, "字", 4000), &out));
	assert_int_equal(out.n, 12000 + 14);
	assert_err(message_check(k->cx, STR("text"), content(k, "字", 4001), &out),
		ERR_INVALID_ARGUMENT);
	assert_err(message_check(k->cx, STR("text"), content(k, "", 1), &out),
		ERR_INVALID_ARGUMENT);
	assert_err(message_check(k->cx, STR("text"), content(k, " ", 5), &out),
		ERR_EMPTY_CONTENT);
	assert_err(message_check(k->cx, STR("text"), STR("[1]"), &out),
		ERR_INVALID_ARGUMENT);
	assert_err(message_check(k->cx, STR("text"), STR("{"), &out), ERR_BAD_JSON);
	assert_err(message_check(k->cx, STR("file"), STR("{\"media_id\":\"x\"}"), &out),
		ERR_BAD_MSGTYPE);
	assert_err(message_check(k->cx, STR("system"), STR("{}"), &out), ERR_BAD_MSGTYPE);
}

static void what_is_not_in_the_shape_is_not_kept(void **state)
{
	struct kit *k = *state;
	str out;

	assert_ok(message_check(k->cx, STR("text"),
		STR(" {\"x\": [1], \"content\" : \"a\\n\\u4f60\", \"media_id\":\"k\"} "),
		&out));
	assert_str(out, "{\"content\":\"a\\n你\"}");
}

static enum err check_app(struct kit *k, const char *type, str body, str *out)
{
	enum err err =
		message_check_app(kit_write(k), k->corp.corp, str_of(type), body, out);

	kit_commit(k);
	return err;
}

static void apps_have_limits_of_their_own(void **state)
{
	struct kit *k = *state;
	str out;

	assert_ok(check_app(k, "text", content(k, "字", 1000), &out));
	assert_int_equal(out.n, 682 * 3 + 14); /* cut at 2048 bytes, between two chars */
	assert_err(check_app(k, "text", STR("{}"), &out), ERR_EMPTY_CONTENT);
	assert_err(check_app(k, "text", STR_NONE, &out), ERR_EMPTY_CONTENT);
	assert_ok(check_app(k, "markdown", content(k, "x", 2048), &out));
	assert_err(check_app(k, "markdown", content(k, "x", 2049), &out),
		ERR_CONTENT_TOO_LONG);
	assert_err(check_app(k, "markdown", content(k, "", 1), &out), ERR_EMPTY_CONTENT);
	assert_err(check_app(k, "image", STR("{}"), &out), ERR_BAD_MEDIA_ID);
	assert_err(check_app(k, "file", STR("{\"media_id\":\"nope\"}"), &out),
		ERR_BAD_MEDIA_ID);
	assert_err(check_app(k, "template_card", STR("{}"), &out), ERR_BAD_MSGTYPE);
	assert_err(check_app(k, "", STR("{}"), &out), ERR_BAD_MSGTYPE);
	assert_err(check_app(k, "system", STR("{}"), &out), ERR_BAD_MSGTYPE);
}

static void cards_are_checked(void **state)
{
	struct kit *k = *state;
	str out;

	assert_ok(check_app(k, "textcard",
		STR("{\"title\":\"t\",\"description\":\"d\",\"url\":\"https://a.b/\"}"),
		&out));
	assert_true(str_find(out, STR("\"btntxt\":\"详情\"")) != SIZE_MAX);
	assert_ok(check_app(k, "textcard",
		STR("{\"title\":\"t\",\"description\":\"d\",\"url\":\"http://a\","
		    "\"btntxt\":\"一二三四五\"}"),
		&out));
	assert_true(str_find(out, STR("\"btntxt\":\"一二三四\"")) != SIZE_MAX);
	assert_err(check_app(k, "textcard",
			   STR("{\"title\":\"t\",\"description\":\"d\","
			       "\"url\":\"javascript:alert(1)\"}"),
			   &out),
		ERR_INVALID_ARGUMENT);
	assert_err(check_app(k, "textcard", STR("{\"title\":\"t\"}"), &out),
		ERR_INVALID_ARGUMENT);
}

static void files_keep_their_key_to_themselves(void **state)
{
	struct kit *k = *state;
	struct media m = { .corp = k->corp.corp,
		.kind = STR("image"),
		.name = STR("猫.png"),
		.mime = STR("image/png"),
		.sha256 = STR("00"),
		.size = 9,
		.width = 3,
		.height = 4 };
	str body, shown, key;

	assert_ok(media_add(kit_write(k), &m));
	kit_commit(k);
	str ref = arena_printf(k->cx->mem, "{\"media_id\":\"%.*s\"}", STR_FMT(m.key));
	assert_ok(check_app(k, "image", ref, &body));
	assert_true(str_find(body, m.key) != SIZE_MAX);
	assert_ok(message_body_shown(k->cx, STR("image"), body, &shown));
	assert_true(str_find(shown, m.key) == SIZE_MAX);
	assert_str(shown,
		"{\"name\":\"猫.png\",\"mime\":\"image/png\",\"size\":9,\"width\":3,"
		"\"height\":4}");
	assert_ok(message_media_key(k->cx, STR("image"), body, &key));
	assert_true(str_same(key, m.key));
	assert_err(message_media_key(k->cx, STR("text"), STR("{}"), &key), ERR_NOT_FOUND);
	/* A picture may be sent as a file, a file not as a picture. */
	assert_ok(check_app(k, "file", ref, &body));
	m.kind = STR("file");
	assert_ok(media_add(kit_write(k), &m));
	kit_commit(k);
	ref = arena_printf(k->cx->mem, "{\"media_id\":\"%.*s\"}", STR_FMT(m.key));
	assert_err(check_app(k, "image", ref, &body), ERR_BAD_MEDIA_ID);
}

static void previews_are_one_line(void **state)
{
	struct kit *k = *state;
	str long_one = content(k, "字", 100);

	assert_str(message_preview(k->cx, STR("text"),
			   STR("{\"content\":\"\\n  a b \\nc\"}")),
		"a b");
	assert_int_equal(str_chars(message_preview(k->cx, STR("text"), long_one)), 80);
	assert_str(message_preview(k->cx, STR("textcard"),
			   STR("{\"title\":\"t\",\"description\":\"d\"}")),
		"t");
	assert_str(message_preview(k->cx, STR("file"),
			   STR("{\"name\":\"a.txt\",\"mime\":\"\","
			       "\"size\":1}")),
		"a.txt");
	assert_str(message_preview(k->cx, STR("system"), STR("{\"event\":\"added\"}")),
		"");
}

/* ---- app chats ---- */

static struct app business_app(struct tx *tx, struct kit *k, bool listens,
	const struct app_range *range)
{
	struct app a = { .corp = k->corp.corp,
		.kind = APP_BUSINESS,
		.name = STR("门店助手") };
	str secret;

	assert_ok(app_create(tx, &a, range, &secret));
	if (listens)
		assert_ok(app_callback_set(tx, a.corp, a.app,
			STR("https://app.example/cb"), STR("token"),
			STR("jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C")));
	return a;
}

static void a_members_words_become_a_callback(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct member li = kit_member(tx, k, "LiLei", "李雷");
	struct app a = business_app(tx, k, true, NULL);
	struct callback *due;
	struct chat c, same;
	bool again, found;
	size_t n;

	assert_ok(message_app_chat_find(tx, k->corp.corp, a.app, li.member, &c, &found));
	assert_false(found);
	assert_ok(message_app_chat(tx, k->corp.corp, a.app, li.member, &c));
	assert_ok(message_app_chat(tx, k->corp.corp, a.app, li.member, &same));
	assert_int_equal(c.chat, same.chat);
	struct message m = { .corp = k->corp.corp,
		.chat = c.chat,
		.sender = { PERSON_MEMBER, li.member, 0 },
		.nonce = STR("1"),
		.type = STR("text"),
		.body = STR("{\"content\":\"在吗\"}") };
	assert_ok(message_send(tx, &m, &again));
	assert_ok(message_send(tx, &m, &again)); /* a retry tells the app nothing */
	assert_true(again);
	assert_ok(callback_due(tx, k->corp.corp, k->cx->now_ms, &due, &n));
	assert_int_equal(n, 1);
	assert_int_equal(due[0].app, a.app);
	assert_int_equal(due[0].chat, c.chat);
	assert_true(str_same(due[0].fields,
		arena_printf(k->cx->mem,
			"{\"ToUserName\":\"ww0123456789abcdef\",\"FromUserName\":\"LiLei\","
			"\"CreateTime\":%" PRId64
			",\"MsgType\":\"text\",\"Content\":\"在吗\","
			"\"MsgId\":%" PRId64 ",\"AgentID\":%" PRId64 "}",
			m.sent_ms / 1000, m.message, a.app)));
	kit_commit(k);
	assert_int_equal(kit_events(k, EVENT_OUTBOX), 1);
}

static void an_app_that_does_not_listen_is_told_nothing(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct member li = kit_member(tx, k, "lilei", "李雷");
	struct app a = business_app(tx, k, false, NULL);
	struct chat c;
	bool again;

	assert_ok(message_app_chat(tx, k->corp.corp, a.app, li.member, &c));
	struct message m = { .corp = k->corp.corp,
		.chat = c.chat,
		.sender = { PERSON_MEMBER, li.member, 0 },
		.type = STR("text"),
		.body = STR("{\"content\":\"x\"}") };
	assert_ok(message_send(tx, &m, &again));
	kit_commit(k);
	assert_int_equal(kit_events(k, EVENT_OUTBOX), 0);
	assert_int_equal(kit_events(k, EVENT_MESSAGE), 1);
}

static void an_app_speaks_to_a_member_once_per_nonce(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct member li = kit_member(tx, k, "lilei", "李雷");
	struct app a = business_app(tx, k, true, NULL);
	struct message m;

	for (int i = 0; i < 2; i++)
		assert_ok(message_from_app(tx, k->corp.corp, a.app, li.member,
			STR("text"), STR("{\"content\":\"hi\"}"), STR("=1"), &m));
	assert_int_equal(m.seq, 1);
	assert_ok(message_from_app(tx, k->corp.corp, a.app, li.member, STR("text"),
		STR("{\"content\":\"hi\"}"), STR_NONE, &m));
	assert_int_equal(m.seq, 2);
	kit_commit(k);
	assert_int_equal(kit_events(k, EVENT_OUTBOX), 0);
}

/* ---- receivers ---- */

struct company {
	struct member li, han, gone;
	int64_t shop, back_shop;
	struct app app;
};

static struct company company(struct tx *tx, struct kit *k, bool whole)
{
	struct company c = { 0 };

	c.shop = kit_department(tx, k, DEPARTMENT_ROOT, "门店");
	c.back_shop = kit_department(tx, k, c.shop, "后场");
	c.li = kit_member(tx, k, "LiLei", "李雷");
	c.gone = kit_member(tx, k, "gone", "走了");
	c.han = (struct member){ .corp = k->corp.corp,
		.userid = STR("han"),
		.name = STR("韩梅梅"),
		.status = MEMBER_ACTIVE };
	assert_ok(member_add(tx, &c.han,
		&(struct member_place){ .department = c.back_shop }, 1));
	assert_ok(member_set_status(tx, k->corp.corp, c.gone.member, MEMBER_DISABLED));
	struct app_range range = { .departments = { &c.shop, 1 } };
	c.app = business_app(tx, k, false, whole ? NULL : &range);
	return c;
}

static enum err find(struct tx *tx, const struct company *c, const char *users,
	const char *parties, const char *tags, struct receivers *out)
{
	struct receivers_in in = { str_of(users), str_of(parties), str_of(tags) };

	ctx_forgive(tx->cx);
	return receivers_find(tx, c->app.corp, c->app.app, &in, out);
}

static void receivers_are_sorted_out(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct company c = company(tx, k, true);
	char shop[24];
	struct receivers r;

	snprintf(shop, sizeof(shop), "%" PRId64, c.shop);
	assert_ok(find(tx, &c, "lilei|NOBODY| HAN |lilei||Gone", "", "", &r));
	assert_int_equal(r.members.n, 2);
	assert_str(r.invalid_users, "nobody|gone");
	assert_str(r.invalid_parties, "");
	assert_ok(find(tx, &c, "", shop, "1|2", &r)); /* with all below it */
	assert_int_equal(r.members.n, 1);
	assert_int_equal(r.members.v[0], c.han.member);
	assert_str(r.invalid_tags, "1|2");
	assert_ok(find(tx, &c, "han", shop, "", &r));
	assert_int_equal(r.members.n, 1);
	assert_ok(find(tx, &c, "lilei", "999|x", "", &r));
	assert_str(r.invalid_parties, "999|x");
	assert_ok(find(tx, &c, "@all", "999", "1", &r));
	assert_int_equal(r.members.n, 2); /* the disabled one is left out */
	assert_str(r.invalid_parties, "");
	assert_err(find(tx, &c, "", "", "", &r), ERR_NO_RECEIVER);
	assert_err(find(tx, &c, "||", " ", "", &r), ERR_NO_RECEIVER);
	assert_err(find(tx, &c, "nobody", "999", "1", &r), ERR_ALL_RECEIVERS_BAD);
	assert_err(find(tx, &c, "", "", "1", &r), ERR_ALL_RECEIVERS_BAD);
	kit_commit(k);
}

static void the_visible_range_holds(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct company c = company(tx, k, false);
	struct receivers r;

	assert_ok(find(tx, &c, "lilei|han", "1", "", &r));
	assert_int_equal(r.members.n, 1);
	assert_int_equal(r.members.v[0], c.han.member);
	assert_str(r.invalid_users, "lilei");
	assert_str(r.invalid_parties, "1");
	assert_ok(find(tx, &c, "@all", "", "", &r));
	assert_int_equal(r.members.n, 1);
	assert_err(find(tx, &c, "lilei", "", "", &r), ERR_ALL_RECEIVERS_BAD);
	kit_commit(k);
}

static void too_long_lists_are_refused(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct company c = company(tx, k, true);
	struct receivers r;
	const char *thousand = arena_cstr(k->cx->mem, repeated(k->cx->mem, "han|", 1000));
	const char *more = arena_cstr(k->cx->mem, repeated(k->cx->mem, "han|", 1001));
	const char *parties = arena_cstr(k->cx->mem, repeated(k->cx->mem, "1|", 101));

	assert_ok(find(tx, &c, thousand, "", "", &r));
	assert_int_equal(r.members.n, 1);
	assert_err(find(tx, &c, more, "", "", &r), ERR_BAD_USERID_LIST_SIZE);
	assert_err(find(tx, &c, "", parties, "", &r), ERR_BAD_USERID_LIST_SIZE);
	kit_commit(k);
}

static void the_same_call_within_its_time_is_a_repeat(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	bool repeat;

	assert_ok(message_is_repeat(tx, 1, 7, STR("a"), 10, &repeat));
	assert_false(repeat);
	assert_ok(message_is_repeat(tx, 1, 7, STR("a"), 10, &repeat));
	assert_true(repeat);
	assert_ok(message_is_repeat(tx, 1, 7, STR("b"), 10, &repeat));
	assert_false(repeat);
	assert_ok(message_is_repeat(tx, 1, 8, STR("a"), 10, &repeat));
	assert_false(repeat);
	tx->cx->now_ms += 10001;
	assert_ok(message_is_repeat(tx, 1, 7, STR("a"), 10, &repeat));
	assert_false(repeat);
	kit_commit(k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(people_send_text_of_4000_chars),
		kit_test(what_is_not_in_the_shape_is_not_kept),
		kit_test(apps_have_limits_of_their_own),
		kit_test(cards_are_checked),
		kit_test(files_keep_their_key_to_themselves),
		kit_test(previews_are_one_line),
		kit_test(a_members_words_become_a_callback),
		kit_test(an_app_that_does_not_listen_is_told_nothing),
		kit_test(an_app_speaks_to_a_member_once_per_nonce),
		kit_test(receivers_are_sorted_out),
		kit_test(the_visible_range_holds),
		kit_test(too_long_lists_are_refused),
		kit_test(the_same_call_within_its_time_is_a_repeat),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
