/*
 * tests/unit/api/externalcontact/rows.c - the rows of customer contact: fields, numbers
 * of errors and quirks as the catalogue of WeCom's API has them.
 */
#include "unit.h"

#include "core/kit.h"

#include "api/api.h"
#include "api/rows.h"
#include "core/customer/kit.h"

#define EC "/cgi-bin/externalcontact/"
#define FMT(k, ...) arena_printf((k)->cx->mem, __VA_ARGS__).p

static void act(struct kit *k, int64_t app)
{
	k->cx->actor =
		(struct actor){ .kind = ACTOR_APP, .corp = k->corp.corp, .id = app };
}

static str customers(struct kit *k, const char *path, const char *json, enum err code)
{
	return rows_call(k, customer_contact_routes, path, json, code);
}

static str labels(struct kit *k, const char *path, const char *json, enum err code)
{
	return rows_call(k, corp_tag_routes, path, json, code);
}

static str ways(struct kit *k, const char *path, const char *json, enum err code)
{
	return rows_call(k, contact_way_routes, path, json, code);
}

static str welcome(struct kit *k, const char *json, enum err code)
{
	return rows_call(k, welcome_routes, EC "send_welcome_msg", json, code);
}

static str external(struct kit *k, const struct follow *f)
{
	struct customer c;

	assert_ok(customer_get(kit_write(k), f->corp, f->customer, &c));
	kit_commit(k);
	return c.external_userid;
}

/* A department of its own for 韩梅梅, and an app that sees only that. */
static int64_t narrow_app(struct kit *k, struct shop *s)
{
	struct app a = { .corp = k->corp.corp, .kind = APP_BUSINESS, .name = STR("窄") };
	struct app_range range = { .members = { &s->han.member, 1 } };
	str secret;

	assert_ok(app_create(kit_write(k), &a, &range, &secret));
	kit_commit(k);
	return a.app;
}

static void list_and_get(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f;
	str out, ext;

	act(k, AGENT_CUSTOMER_CONTACT);
	customers(k, EC "list", "{}", ERR_BAD_USERID);
	customers(k, EC "list", "{\"userid\":\"nobody\"}", ERR_NO_USER);
	customers(k, EC "list", "{\"userid\":\"lilei\"}", ERR_NOT_CUSTOMER);
	f = shop_add(k, &s.lileis, "甲", &c);
	ext = external(k, &f);
	out = customers(k, EC "list", "{\"userid\":\"LILEI\"}", OK);
	assert_true(str_same(rows_get(k, out, "external_userid.0"), ext));

	out = customers(k, EC "get",
		FMT(k, "{\"external_userid\":\"%.*s\"}", STR_FMT(ext)), OK);
	assert_str(rows_get(k, out, "external_contact.name"), "甲");
	assert_str(rows_get(k, out, "external_contact.type"), "1");
	assert_str(rows_get(k, out, "external_contact.gender"), "0");
	assert_true(str_starts(rows_get(k, out, "external_contact.unionid"), STR("o")));
	assert_str(rows_get(k, out, "follow_user.0.userid"), "LiLei");
	assert_true(str_same(rows_get(k, out, "follow_user.0.oper_userid"), ext));
	assert_str(rows_get(k, out, "follow_user.0.remark_mobiles"), "[]");
	assert_str(rows_get(k, out, "follow_user.0.tags"), "[]");
	assert_str(rows_get(k, out, "follow_user.0.createtime"),
		FMT(k, "%" PRId64, f.created_ms / 1000));
	assert_str(rows_get(k, out, "next_cursor"), "(absent)");
	customers(k, EC "get", "{}", ERR_BAD_EXTERNAL_USERID);
	customers(k, EC "get", "{\"external_userid\":\"wmzz\"}", ERR_BAD_EXTERNAL_USERID);
	customers(k, EC "get",
		FMT(k, "{\"external_userid\":\"%.*s\",\"cursor\":\"?\"}", STR_FMT(ext)),
		ERR_NO_CUSTOMER_CONTACT);
	assert_ok(follow_delete(kit_write(k), &f));
	kit_commit(k);
	customers(k, EC "get", FMT(k, "{\"external_userid\":\"%.*s\"}", STR_FMT(ext)),
		ERR_NOT_CUSTOMER);
}

static void ranges_hold(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	int64_t narrow = narrow_app(k, &s);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c), hans;
	str ext = external(k, &f), out;
	const char *both =
		FMT(k, "\"userid\":\"LiLei\",\"external_userid\":\"%.*s\"", STR_FMT(ext));
	struct way w;
	bool is_new;

	act(k, narrow);
	customers(k, EC "list", "{\"userid\":\"LiLei\"}", ERR_NO_PRIVILEGE);
	customers(k, EC "get", FMT(k, "{\"external_userid\":\"%.*s\"}", STR_FMT(ext)),
		ERR_NO_PRIVILEGE);
	customers(k, EC "get",
		FMT(k, "{\"external_userid\":\"%.*s\",\"cursor\":\"f1\"}", STR_FMT(ext)),
		ERR_NO_PRIVILEGE);
	customers(k, EC "batch/get_by_user", "{\"userid_list\":[\"han\",\"LiLei\"]}",
		ERR_NO_PRIVILEGE);
	customers(k, EC "remark", FMT(k, "{%s,\"remark\":\"x\"}", both),
		ERR_NO_PRIVILEGE);
	labels(k, EC "mark_tag", FMT(k, "{%s,\"add_tag\":[\"et1\"]}", both),
		ERR_NO_PRIVILEGE);
	ways(k, EC "add_contact_way", "{\"type\":1,\"scene\":2,\"user\":[\"LiLei\"]}",
		ERR_NO_PRIVILEGE);
	ways(k, EC "add_contact_way", "{\"type\":2,\"scene\":2,\"party\":[1]}",
		ERR_NO_PRIVILEGE);
	out = rows_call(k, staff_routes, EC "get_follow_user_list", "{}", OK);
	assert_str(out, "{\"follow_user\":[\"han\"]}");

	/* Of two followers it sees one. */
	struct tx *tx = kit_write(k);
	assert_ok(way_own(tx, k->corp.corp, s.han.member, &w));
	assert_ok(follow_add(tx, &w, &c, &hans, &is_new));
	kit_commit(k);
	out = customers(k, EC "get",
		FMT(k, "{\"external_userid\":\"%.*s\"}", STR_FMT(ext)), OK);
	assert_str(rows_get(k, out, "follow_user.0.userid"), "han");
	assert_str(rows_get(k, out, "follow_user.1"), "(absent)");
	act(k, AGENT_CUSTOMER_CONTACT);
	out = rows_call(k, staff_routes, EC "get_follow_user_list", "{}", OK);
	assert_str(out, "{\"follow_user\":[\"LiLei\",\"han\"]}");
}

static void a_way_of_a_department_out_of_sight_is_not_shown(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	int64_t narrow = narrow_app(k, &s);
	const char *one;
	str out;

	act(k, AGENT_CUSTOMER_CONTACT);
	out = ways(k, EC "add_contact_way", "{\"type\":2,\"scene\":2,\"party\":[1]}", OK);
	one = FMT(k, "{\"config_id\":\"%.*s\"}", STR_FMT(rows_get(k, out, "config_id")));
	ways(k, EC "get_contact_way", one, OK);
	act(k, narrow);
	ways(k, EC "get_contact_way", one, ERR_NO_PRIVILEGE);
	ways(k, EC "del_contact_way", one, ERR_NO_PRIVILEGE);
}

static void batch_goes_through_all_members(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct way hans;
	struct consumer c;
	size_t seen = 0;
	str cursor = STR(""), out;

	assert_ok(way_own(kit_write(k), k->corp.corp, s.han.member, &hans));
	kit_commit(k);
	for (int i = 0; i < 3; i++)
		shop_add(k, &s.lileis, "甲", &c);
	for (int i = 0; i < 2; i++)
		shop_add(k, &hans, "乙", &c);
	act(k, AGENT_CUSTOMER_CONTACT);
	for (int page = 0; page < 5; page++) {
		out = customers(k, EC "batch/get_by_user",
			FMT(k,
				"{\"userid_list\":[\"han\",\"LiLei\",\"han\"],\"limit\":1,"
				"\"cursor\":\"%.*s\"}",
				STR_FMT(cursor)),
			OK);
		assert_str(rows_get(k, out, "external_contact_list.0.follow_info.userid"),
			page < 2 ? "han" : "LiLei");
		assert_str(rows_get(k, out, "external_contact_list.0.follow_info.tag_id"),
			"[]");
		assert_str(rows_get(k, out, "external_contact_list.1"), "(absent)");
		cursor = rows_get(k, out, "next_cursor");
		seen++;
		assert_int_equal(cursor.n == 0, page == 4);
	}
	assert_int_equal(seen, 5);
	/* Too much is the most; a page may begin with the second member. */
	out = customers(k, EC "batch/get_by_user",
		"{\"userid_list\":[\"han\",\"LiLei\"],\"limit\":100000}", OK);
	assert_str(rows_get(k, out, "external_contact_list.4.external_contact.name"),
		"甲");
	assert_str(rows_get(k, out, "next_cursor"), "");
	assert_str(rows_get(k, out, "fail_info.unlicensed_userid_list"), "[]");
	out = customers(k, EC "batch/get_by_user",
		"{\"userid_list\":[\"han\",\"LiLei\"],\"limit\":2}", OK);
	out = customers(k, EC "batch/get_by_user",
		FMT(k, "{\"userid_list\":[\"han\",\"LiLei\"],\"limit\":3,\"cursor\":\"%.*s\"}",
			STR_FMT(rows_get(k, out, "next_cursor"))),
		OK);
	assert_str(rows_get(k, out, "external_contact_list.2.follow_info.userid"),
		"LiLei");
	assert_str(rows_get(k, out, "next_cursor"), "");

	customers(k, EC "batch/get_by_user", "{}", ERR_INVALID_ARGUMENT);
	customers(k, EC "batch/get_by_user", "{\"userid_list\":[]}", ERR_BAD_USERID_LIST);
	customers(k, EC "batch/get_by_user", "{\"userid_list\":[\"x\"]}", ERR_BAD_USERID);
	customers(k, EC "batch/get_by_user",
		"{\"userid_list\":[\"han\"],\"cursor\":\"m1-2\"}", ERR_BAD_CURSOR);
	struct buf many;
	buf_init(&many, k->cx->mem, 1024);
	buf_lit(&many, "{\"userid_list\":[\"han\"");
	for (int i = 0; i < 100; i++)
		buf_lit(&many, ",\"han\"");
	buf_lit(&many, "]}");
	buf_char(&many, '\0');
	customers(k, EC "batch/get_by_user", many.p, ERR_INVALID_ARGUMENT);
}

static void remarks_change_what_is_given(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	str ext = external(k, &f), out;
	const char *both =
		FMT(k, "\"userid\":\"lilei\",\"external_userid\":\"%.*s\"", STR_FMT(ext));
	const char *get = FMT(k, "{\"external_userid\":\"%.*s\"}", STR_FMT(ext));
	int64_t event = shop_callback(k).event;

	act(k, s.app);
	customers(k, EC "remark", FMT(k, "{%s}", both), ERR_INVALID_ARGUMENT);
	customers(k, EC "remark",
		FMT(k, "{%s,\"remark\":\"一二三四五六七八九十一二三四五六七八九十一\"}",
			both),
		ERR_INVALID_ARGUMENT);
	customers(k, EC "remark",
		"{\"userid\":\"lilei\",\"external_userid\":\"x\",\"remark\":\"\"}",
		ERR_BAD_EXTERNAL_USERID);
	customers(k, EC "remark",
		FMT(k, "{\"userid\":\"han\",\"external_userid\":\"%.*s\",\"remark\":\"\"}",
			STR_FMT(ext)),
		ERR_NOT_CUSTOMER);
	customers(k, EC "remark", FMT(k, "{%s,\"remark_pic_mediaid\":\"x\"}", both),
		ERR_BAD_MEDIA_ID);
	customers(k, EC "remark",
		FMT(k, "{%s,\"remark\":\"老王\",\"remark_company\":\"格力\",\"remark_mobiles\":[\"138\"]}",
			both),
		OK);
	customers(k, EC "remark", FMT(k, "{%s,\"description\":\"好\"}", both), OK);
	out = customers(k, EC "get", get, OK);
	assert_str(rows_get(k, out, "follow_user.0.remark"), "老王");
	assert_str(rows_get(k, out, "follow_user.0.description"), "好");
	assert_str(rows_get(k, out, "follow_user.0.remark_corp_name"), "格力");
	assert_str(rows_get(k, out, "follow_user.0.remark_mobiles"), "[\"138\"]");
	customers(k, EC "remark",
		FMT(k, "{%s,\"remark_mobiles\":[\"\"],\"remark\":\"\"}", both), OK);
	out = customers(k, EC "get", get, OK);
	assert_str(rows_get(k, out, "follow_user.0.remark_mobiles"), "[]");
	assert_str(rows_get(k, out, "follow_user.0.remark"), "");
	assert_int_equal(shop_callback(k).event, event); /* the API did it */
}

static void labels_by_the_api(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	str ext = external(k, &f), out, vip, plain, group;
	const char *both =
		FMT(k, "\"userid\":\"lilei\",\"external_userid\":\"%.*s\"", STR_FMT(ext));

	act(k, s.app);
	out = labels(k, EC "add_corp_tag",
		"{\"group_name\":\"等级\",\"order\":5,\"tag\":[{\"name\":\"VIP\",\"order\":1},"
		"{\"name\":\"普通\"},{\"name\":\"VIP\"}],\"agentid\":\"1000002\"}",
		OK);
	assert_str(rows_get(k, out, "tag_group.order"), "5");
	assert_str(rows_get(k, out, "tag_group.tag.2"), "(absent)");
	assert_str(rows_get(k, out, "tag_group.deleted"), "(absent)");
	group = rows_get(k, out, "tag_group.group_id");
	vip = rows_get(k, out, "tag_group.tag.0.id");
	plain = rows_get(k, out, "tag_group.tag.1.id");
	labels(k, EC "add_corp_tag", "{\"group_name\":\"x\"}", ERR_INVALID_ARGUMENT);
	labels(k, EC "add_corp_tag", "{\"group_name\":\"x\",\"tag\":[{\"name\":\"\"}]}",
		ERR_BAD_TAG_NAME);
	labels(k, EC "add_corp_tag",
		"{\"group_name\":\"x\",\"tag\":[{\"name\":\"1234567890123456789012345678901\"}]}",
		ERR_BAD_TAG_NAME_SIZE);
	labels(k, EC "add_corp_tag", "{\"group_id\":\"etZ\",\"tag\":[{\"name\":\"x\"}]}",
		ERR_BAD_TAG_ID);
	labels(k, EC "add_corp_tag", "{\"group_id\":\"?\",\"tag\":[{\"name\":\"x\"}]}",
		ERR_BAD_TAG_ID);

	labels(k, EC "mark_tag", FMT(k, "{%s}", both), ERR_INVALID_ARGUMENT);
	labels(k, EC "mark_tag", FMT(k, "{%s,\"add_tag\":[\"nope\"]}", both),
		ERR_BAD_TAG_ID);
	labels(k, EC "mark_tag",
		FMT(k, "{%s,\"add_tag\":[\"%.*s\",\"%.*s\"]}", both, STR_FMT(vip),
			STR_FMT(plain)),
		OK);
	labels(k, EC "mark_tag",
		FMT(k, "{%s,\"remove_tag\":[\"%.*s\"]}", both, STR_FMT(plain)), OK);
	out = customers(k, EC "get",
		FMT(k, "{\"external_userid\":\"%.*s\"}", STR_FMT(ext)), OK);
	assert_true(str_same(rows_get(k, out, "follow_user.0.tags.0.tag_id"), vip));
	assert_str(rows_get(k, out, "follow_user.0.tags.0.group_name"), "等级");
	assert_str(rows_get(k, out, "follow_user.0.tags.0.type"), "1");
	assert_str(rows_get(k, out, "follow_user.0.tags.1"), "(absent)");
	out = customers(k, EC "batch/get_by_user", "{\"userid_list\":[\"lilei\"]}", OK);
	assert_true(
		str_same(rows_get(k, out, "external_contact_list.0.follow_info.tag_id.0"),
			vip));

	labels(k, EC "edit_corp_tag",
		FMT(k, "{\"id\":\"%.*s\",\"name\":\"普通\"}", STR_FMT(vip)),
		ERR_BAD_TAG_NAME);
	labels(k, EC "edit_corp_tag", "{\"id\":\"x\",\"name\":\"y\"}", ERR_BAD_TAG_ID);
	labels(k, EC "edit_corp_tag",
		FMT(k, "{\"id\":\"%.*s\",\"name\":\"贵宾\"}", STR_FMT(vip)), OK);
	labels(k, EC "del_corp_tag", "{}", ERR_INVALID_ARGUMENT);
	labels(k, EC "del_corp_tag", FMT(k, "{\"tag_id\":[\"%.*s\"]}", STR_FMT(vip)), OK);
	out = labels(k, EC "get_corp_tag_list", "{}", OK);
	assert_str(rows_get(k, out, "tag_group.0.tag.0.name"), "普通");
	assert_str(rows_get(k, out, "tag_group.0.tag.1"), "(absent)");
	assert_str(rows_get(k, out, "tag_group.0.tag.0.deleted"), "(absent)");
	/* By id also what was deleted; group_id counts before tag_id. */
	out = labels(k, EC "get_corp_tag_list",
		FMT(k, "{\"tag_id\":[\"%.*s\"]}", STR_FMT(vip)), OK);
	assert_str(rows_get(k, out, "tag_group.0.tag.0.deleted"), "true");
	assert_str(rows_get(k, out, "tag_group.0.deleted"), "false");
	assert_str(rows_get(k, out, "tag_group.0.tag.1"), "(absent)");
	out = labels(k, EC "get_corp_tag_list",
		FMT(k, "{\"tag_id\":[\"%.*s\"],\"group_id\":[\"%.*s\"]}", STR_FMT(vip),
			STR_FMT(group)),
		OK);
	assert_str(rows_get(k, out, "tag_group.0.tag.0.name"), "普通");
	labels(k, EC "get_corp_tag_list", "{\"tag_id\":[\"bad id\"]}", ERR_BAD_TAG_ID);
	labels(k, EC "del_corp_tag", FMT(k, "{\"group_id\":[\"%.*s\"]}", STR_FMT(group)),
		OK);
	assert_str(labels(k, EC "get_corp_tag_list", "{}", OK), "{\"tag_group\":[]}");
}

static void ways_by_the_api(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	str out, id;

	act(k, s.app);
	ways(k, EC "add_contact_way", "{}", ERR_WAY_TYPE);
	ways(k, EC "add_contact_way", "{\"type\":1,\"scene\":9,\"user\":[\"han\"]}",
		ERR_WAY_SCENE);
	ways(k, EC "add_contact_way",
		"{\"type\":1,\"scene\":2,\"style\":7,\"user\":[\"han\"]}", ERR_WAY_STYLE);
	ways(k, EC "add_contact_way", "{\"type\":1,\"scene\":2}", ERR_WAY_USERS);
	ways(k, EC "add_contact_way", "{\"type\":1,\"scene\":2,\"user\":[\"x\"]}",
		ERR_BAD_USERID);
	ways(k, EC "add_contact_way", "{\"type\":2,\"scene\":2,\"party\":[99]}",
		ERR_BAD_PARTY_LIST);
	ways(k, EC "add_contact_way",
		"{\"type\":1,\"scene\":2,\"user\":[\"han\"],\"is_temp\":true,\"expires_in\":1209601}",
		ERR_INVALID_ARGUMENT);

	out = ways(k, EC "add_contact_way",
		"{\"type\":1,\"scene\":2,\"user\":[\"han\"],\"state\":\"店\",\"remark\":\"前台\"}",
		OK);
	id = rows_get(k, out, "config_id");
	assert_true(str_starts(rows_get(k, out, "qr_code"),
		STR("https://im.example/v1/code.svg?code=1-")));
	out = ways(k, EC "get_contact_way",
		FMT(k, "{\"config_id\":\"%.*s\"}", STR_FMT(id)), OK);
	assert_str(rows_get(k, out, "contact_way.user"), "[\"han\"]");
	assert_str(rows_get(k, out, "contact_way.skip_verify"), "true");
	assert_str(rows_get(k, out, "contact_way.mark_source"), "true");
	assert_str(rows_get(k, out, "contact_way.state"), "店");
	assert_str(rows_get(k, out, "contact_way.expires_in"), "(absent)");

	ways(k, EC "update_contact_way",
		FMT(k, "{\"config_id\":\"%.*s\",\"user\":[\"LiLei\",\"han\"]}",
			STR_FMT(id)),
		ERR_WAY_USERS);
	ways(k, EC "update_contact_way",
		FMT(k, "{\"config_id\":\"%.*s\",\"user\":[\"LiLei\"],\"skip_verify\":false}",
			STR_FMT(id)),
		OK);
	out = ways(k, EC "get_contact_way",
		FMT(k, "{\"config_id\":\"%.*s\"}", STR_FMT(id)), OK);
	assert_str(rows_get(k, out, "contact_way.user"), "[\"LiLei\"]");
	assert_str(rows_get(k, out, "contact_way.skip_verify"), "false");
	assert_str(rows_get(k, out, "contact_way.remark"), "前台");
	ways(k, EC "get_contact_way", "{}", ERR_WAY_ID);
	ways(k, EC "get_contact_way", "{\"config_id\":\"x\"}", ERR_WAY_GONE);
	ways(k, EC "del_contact_way", FMT(k, "{\"config_id\":\"%.*s\"}", STR_FMT(id)),
		OK);
	ways(k, EC "del_contact_way", FMT(k, "{\"config_id\":\"%.*s\"}", STR_FMT(id)),
		ERR_WAY_GONE);
	ways(k, EC "update_contact_way", FMT(k, "{\"config_id\":\"%.*s\"}", STR_FMT(id)),
		ERR_WAY_GONE);
}

static void temporary_ways_keep_their_last_words(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	str out, id;
	const char *get;

	act(k, s.app);
	out = ways(k, EC "add_contact_way",
		"{\"type\":1,\"scene\":1,\"user\":[\"han\"],\"is_temp\":true,\"conclusions\":{"
		"\"text\":{\"content\":\"再见\"},\"link\":{\"title\":\"t\",\"url\":\"https://x.example\"},"
		"\"miniprogram\":{\"title\":\"m\",\"appid\":\"a\",\"page\":\"p\"}}}",
		OK);
	assert_str(rows_get(k, out, "qr_code"), "(absent)");
	id = rows_get(k, out, "config_id");
	get = FMT(k, "{\"config_id\":\"%.*s\"}", STR_FMT(id));
	out = ways(k, EC "get_contact_way", get, OK);
	assert_str(rows_get(k, out, "contact_way.expires_in"), "604800");
	assert_str(rows_get(k, out, "contact_way.chat_expires_in"), "86400");
	assert_str(rows_get(k, out, "contact_way.conclusions.text.content"), "再见");
	assert_str(rows_get(k, out, "contact_way.conclusions.link.title"), "t");
	assert_str(rows_get(k, out, "contact_way.conclusions.miniprogram"), "(absent)");
	ways(k, EC "add_contact_way",
		"{\"type\":1,\"scene\":1,\"user\":[\"han\"],\"is_temp\":true,\"conclusions\":{"
		"\"image\":{\"media_id\":\"nope\"}}}",
		ERR_BAD_MEDIA_ID);
	ways(k, EC "update_contact_way",
		FMT(k, "{\"config_id\":\"%.*s\",\"expires_in\":60}", STR_FMT(id)), OK);
	out = ways(k, EC "get_contact_way", get, OK);
	assert_str(rows_get(k, out, "contact_way.expires_in"), "60");
	k->cx->now_ms += 60000;
	ways(k, EC "update_contact_way",
		FMT(k, "{\"config_id\":\"%.*s\",\"remark\":\"x\"}", STR_FMT(id)),
		ERR_WAY_GONE);
}

static void ways_are_listed_by_time(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	str out, cursor;

	act(k, s.app);
	for (int i = 0; i < 3; i++)
		ways(k, EC "add_contact_way",
			"{\"type\":1,\"scene\":2,\"user\":[\"han\"]}", OK);
	ways(k, EC "add_contact_way",
		"{\"type\":1,\"scene\":2,\"user\":[\"han\"],\"is_temp\":true}", OK);
	out = ways(k, EC "list_contact_way", "{\"limit\":2}", OK);
	assert_str(rows_get(k, out, "contact_way.2"), "(absent)");
	cursor = rows_get(k, out, "next_cursor");
	out = ways(k, EC "list_contact_way",
		FMT(k, "{\"limit\":2,\"cursor\":\"%.*s\"}", STR_FMT(cursor)), OK);
	assert_str(rows_get(k, out, "contact_way.1"), "(absent)");
	assert_str(rows_get(k, out, "next_cursor"), "");
	out = ways(k, EC "list_contact_way", "{\"limit\":5000}", OK);
	assert_str(rows_get(k, out, "contact_way.3"), "(absent)");
	ways(k, EC "list_contact_way", "{\"cursor\":\"x\"}", ERR_BAD_CURSOR);
	ways(k, EC "list_contact_way", "{\"start_time\":2000000000,\"end_time\":1}",
		ERR_INVALID_ARGUMENT);
	out = ways(k, EC "list_contact_way", "{\"start_time\":1,\"end_time\":2}", OK);
	assert_str(rows_get(k, out, "contact_way"), "[]");
	/* Ninety days are the default. */
	k->cx->now_ms += INT64_C(91) * 86400000;
	assert_str(rows_get(k, ways(k, EC "list_contact_way", "{}", OK), "contact_way"),
		"[]");
}

static void welcomes_have_parts_in_order(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, true);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	str code = shop_field(k, shop_callback(k).fields, "WelcomeCode");
	const char *wc = FMT(k, "\"welcome_code\":\"%.*s\"", STR_FMT(code));

	act(k, s.app);
	welcome(k, FMT(k, "{%s}", wc), ERR_WELCOME_PARAMS);
	welcome(k, FMT(k, "{%s,\"attachments\":[{\"msgtype\":\"what\"}]}", wc),
		ERR_BAD_ATTACHMENT);
	welcome(k,
		FMT(k, "{%s,\"attachments\":[{\"msgtype\":\"link\",\"link\":{\"title\":\"t\"}}]}",
			wc),
		ERR_BAD_ATTACHMENT);
	welcome(k,
		FMT(k, "{%s,\"attachments\":[{\"msgtype\":\"image\",\"image\":{\"media_id\":\"no\"}}]}",
			wc),
		ERR_BAD_MEDIA_ID);
	welcome(k, FMT(k, "{%s,\"attachments\":[{},{},{},{},{},{},{},{},{},{}]}", wc),
		ERR_MANY_ATTACHMENTS);
	welcome(k, "{\"welcome_code\":\"x\",\"text\":{\"content\":\"hi\"}}",
		ERR_WELCOME_CODE);
	welcome(k, "{\"text\":{\"content\":\"hi\"}}", ERR_WELCOME_CODE);
	struct buf b;
	buf_init(&b, k->cx->mem, 8192);
	buf_printf(&b, "{%s,\"text\":{\"content\":\"", wc);
	for (int i = 0; i < 4001; i++)
		buf_char(&b, 'x');
	buf_lit(&b, "\"}}");
	buf_char(&b, '\0');
	welcome(k, b.p, ERR_WELCOME_PARAMS);
	assert_int_equal(shop_messages(k, f.chat), 1);

	welcome(k,
		FMT(k,
			"{%s,\"text\":{\"content\":\"你好\"},\"attachments\":["
			"{\"msgtype\":\"link\",\"link\":{\"title\":\"店\",\"url\":\"https://x.example/\"}},"
			"{\"msgtype\":\"miniprogram\",\"miniprogram\":{\"title\":\"小\",\"appid\":\"a\","
			"\"page\":\"p\"}}]}",
			wc),
		OK);
	assert_int_equal(shop_messages(k, f.chat), 4);
	assert_str(shop_last(k, f.chat).type, "miniprogram");
	welcome(k, FMT(k, "{%s,\"text\":{\"content\":\"hi\"}}", wc), ERR_WELCOME_SENT);
}

static void the_old_form_of_a_welcome_is_understood(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, true);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	str code = shop_field(k, shop_callback(k).fields, "WelcomeCode");

	act(k, s.app);
	welcome(k,
		FMT(k,
			"{\"welcome_code\":\"%.*s\",\"link\":{\"title\":\"店\",\"desc\":\"来\","
			"\"url\":\"https://x.example/\"}}",
			STR_FMT(code)),
		OK);
	assert_int_equal(shop_messages(k, f.chat), 2);
	assert_str(shop_last(k, f.chat).type, "link");
	assert_str(rows_get(k, shop_last(k, f.chat).body, "desc"), "来");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(list_and_get),
		kit_test(ranges_hold),
		kit_test(a_way_of_a_department_out_of_sight_is_not_shown),
		kit_test(batch_goes_through_all_members),
		kit_test(remarks_change_what_is_given),
		kit_test(labels_by_the_api),
		kit_test(ways_by_the_api),
		kit_test(temporary_ways_keep_their_last_words),
		kit_test(ways_are_listed_by_time),
		kit_test(welcomes_have_parts_in_order),
		kit_test(the_old_form_of_a_welcome_is_understood),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
