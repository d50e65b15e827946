/*
 * tests/unit/client/customers.c - the desk's customers, the consumer's card and
 * farewell, the console's deliveries: what the rows say, and to whom.
 */
#include "unit.h"

#include "core/kit.h"

#include "api/rows.h"
#include "client/client.h"
#include "core/customer/kit.h"

#define FMT(k, ...) arena_printf((k)->cx->mem, __VA_ARGS__).p

static void act(struct kit *k, enum actor_kind kind, int64_t id)
{
	k->cx->actor = (struct actor){ .kind = kind,
		.corp = kind == ACTOR_CONSUMER ? 0 : k->corp.corp,
		.id = id };
}

static str customers(struct kit *k, const char *path, const char *json, enum err code)
{
	return rows_call(k,
		str_is(str_of(path), "/v1/customers") ? customer_list_routes
						      : customer_routes,
		path, json, code);
}

static str outside(struct kit *k, const char *path, const char *json, enum err code)
{
	return rows_call(k, add_routes, path, json, code);
}

static str external(struct kit *k, const struct follow *f)
{
	struct customer c;

	assert_ok(customer_get(kit_write(k), f->corp, f->customer, &c));
	kit_commit(k);
	return c.external_userid;
}

static void a_member_sees_only_his_own(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	const char *one =
		FMT(k, "{\"external_userid\":\"%.*s\"}", STR_FMT(external(k, &f)));
	str out;

	act(k, ACTOR_MEMBER, s.lilei.member);
	out = customers(k, "/v1/customers", "{}", OK);
	assert_str(rows_get(k, out, "customers.0.name"), "甲");
	assert_str(rows_get(k, out, "customers.0.status"), "active");
	assert_str(rows_get(k, out, "customers.0.remark_mobiles"), "[]");
	assert_true(str_same(rows_get(k, out, "customers.0.chat"),
		chat_name(k->cx->mem, f.corp, f.chat)));
	customers(k, "/v1/customer", one, OK);

	act(k, ACTOR_MEMBER, s.han.member);
	assert_str(rows_get(k, customers(k, "/v1/customers", "{}", OK), "customers"),
		"[]");
	customers(k, "/v1/customer", one, ERR_NOT_FOUND);
	customers(k, "/v1/customer/delete", one, ERR_NOT_CUSTOMER);
	customers(k, "/v1/customer", "{\"external_userid\":\"wmx\"}", ERR_NOT_FOUND);
}

static void customers_are_paged_and_filtered(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	size_t seen = 0;
	str cursor = STR(""), out;

	for (int i = 0; i < 5; i++) {
		k->cx->now_ms += i % 2; /* some in the same millisecond */
		shop_add(k, &s.lileis, FMT(k, "c%d", i), &c);
	}
	act(k, ACTOR_MEMBER, s.lilei.member);
	do {
		out = customers(k, "/v1/customers",
			FMT(k, "{\"limit\":2,\"cursor\":\"%.*s\"}", STR_FMT(cursor)), OK);
		for (int i = 0; i < 2; i++)
			seen += !str_is(rows_get(k, out, FMT(k, "customers.%d.name", i)),
				"(absent)");
		cursor = rows_get(k, out, "next_cursor");
	} while (!str_is(cursor, "(absent)"));
	assert_int_equal(seen, 5);
	out = customers(k, "/v1/customers", "{\"q\":\"C3\"}", OK);
	assert_str(rows_get(k, out, "customers.0.name"), "c3");
	assert_str(rows_get(k, out, "customers.1"), "(absent)");
	customers(k, "/v1/customers", "{\"cursor\":\"x\"}", ERR_BAD_CURSOR);
	customers(k, "/v1/customers", "{\"tags\":\"x\"}", ERR_BAD_TAG_ID);
}

static void notes_and_labels_are_set_whole(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	str ext = external(k, &f), out, vip, plain;
	struct tag tags[] = { { .name = STR("VIP") }, { .name = STR("普通") } };
	struct tag_group g;
	int64_t event;

	assert_ok(tag_add(kit_write(k), &(struct tag_library){ .corp = k->corp.corp },
		&(struct tag_group){ .name = STR("等级"), .tags = tags, .n_tags = 2 },
		&g));
	kit_commit(k);
	act(k, ACTOR_MEMBER, s.lilei.member);
	out = customers(k, "/v1/tags", "{}", OK);
	vip = rows_get(k, out, "groups.0.tags.0.tag_id");
	plain = rows_get(k, out, "groups.0.tags.1.tag_id");
	out = customers(k, "/v1/customer/tags",
		FMT(k, "{\"external_userid\":\"%.*s\",\"tag_ids\":[\"%.*s\",\"%.*s\",\"%.*s\"]}",
			STR_FMT(ext), STR_FMT(vip), STR_FMT(plain), STR_FMT(vip)),
		OK);
	assert_str(rows_get(k, out, "customer.tags.1.name"), "普通");
	assert_str(rows_get(k, out, "customer.tags.2"), "(absent)");
	assert_str(shop_callback(k).change, "edit_external_contact");
	out = customers(k, "/v1/customer/tags",
		FMT(k, "{\"external_userid\":\"%.*s\",\"tag_ids\":[\"%.*s\"]}",
			STR_FMT(ext), STR_FMT(vip)),
		OK);
	assert_str(rows_get(k, out, "customer.tags.0.name"), "VIP");
	assert_str(rows_get(k, out, "customer.tags.1"), "(absent)");
	event = shop_callback(k).event;
	customers(k, "/v1/customer/tags",
		FMT(k, "{\"external_userid\":\"%.*s\",\"tag_ids\":[\"%.*s\"]}",
			STR_FMT(ext), STR_FMT(vip)),
		OK);
	assert_int_equal(shop_callback(k).event,
		event); /* nothing changed: nobody hears */
	customers(k, "/v1/customer/tags",
		FMT(k, "{\"external_userid\":\"%.*s\",\"tag_ids\":[\"?\"]}",
			STR_FMT(ext)),
		ERR_BAD_TAG_ID);
	out = customers(k, "/v1/customers", FMT(k, "{\"tags\":\"%.*s\"}", STR_FMT(vip)),
		OK);
	assert_str(rows_get(k, out, "customers.0.name"), "甲");
	out = customers(k, "/v1/customers", FMT(k, "{\"tags\":\"%.*s\"}", STR_FMT(plain)),
		OK);
	assert_str(rows_get(k, out, "customers"), "[]");

	out = customers(k, "/v1/customer/remark",
		FMT(k, "{\"external_userid\":\"%.*s\",\"remark\":\"老王\",\"remark_mobiles\":[\"1\",\"\"]}",
			STR_FMT(ext)),
		OK);
	assert_str(rows_get(k, out, "customer.remark"), "老王");
	assert_str(rows_get(k, out, "customer.remark_mobiles"), "[\"1\"]");
	customers(k, "/v1/customer/delete",
		FMT(k, "{\"external_userid\":\"%.*s\"}", STR_FMT(ext)), OK);
	out = customers(k, "/v1/customer",
		FMT(k, "{\"external_userid\":\"%.*s\"}", STR_FMT(ext)), OK);
	assert_str(rows_get(k, out, "customer.status"), "deleted");
}

static void my_code_leads_to_my_card(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	const char *code;
	str out;

	act(k, ACTOR_MEMBER, s.han.member);
	out = customers(k, "/v1/my_code", "{}", OK);
	code = FMT(k, "{\"code\":\"%.*s\"}", STR_FMT(rows_get(k, out, "code")));
	assert_true(str_starts(rows_get(k, out, "url"), STR("https://im.example/c/1-")));
	assert_str(rows_get(k, out, "card.name"), "韩梅梅");
	assert_true(str_same(rows_get(k, customers(k, "/v1/my_code", "{}", OK), "code"),
		rows_get(k, out, "code")));

	act(k, ACTOR_NOBODY, 0);
	out = outside(k, "/v1/card", code, OK);
	assert_str(rows_get(k, out, "card.name"), "韩梅梅");
	assert_str(rows_get(k, out, "card.corp.name"), "格力");
	assert_str(rows_get(k, out, "chat"), "(absent)");
	outside(k, "/v1/card", "{\"code\":\"1-x\"}", ERR_CODE_GONE);
	outside(k, "/v1/code.svg", "{\"code\":\"1-x\"}", ERR_CODE_GONE);

	/* Who has added already is shown his chat. */
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	act(k, ACTOR_CONSUMER, c.consumer);
	out = outside(k, "/v1/card",
		FMT(k, "{\"code\":\"%.*s\"}", STR_FMT(s.lileis.code)), OK);
	assert_true(str_same(rows_get(k, out, "chat"),
		chat_name(k->cx->mem, f.corp, f.chat)));

	/* A disabled member's code says so. */
	assert_ok(member_set_status(kit_write(k), k->corp.corp, s.han.member,
		MEMBER_DISABLED));
	kit_commit(k);
	outside(k, "/v1/card", code, ERR_CODE_GONE);
	act(k, ACTOR_MEMBER, s.lilei.member);
}

static void a_consumer_leaves_his_own_chats_only(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c, other;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	const char *chat;

	shop_add(k, &s.lileis, "乙", &other);
	chat = FMT(k, "{\"chat\":\"%.*s\"}",
		STR_FMT(chat_name(k->cx->mem, f.corp, f.chat)));
	act(k, ACTOR_CONSUMER, other.consumer);
	outside(k, "/v1/leave", chat, ERR_NOT_FOUND);
	act(k, ACTOR_CONSUMER, c.consumer);
	outside(k, "/v1/leave", chat, OK);
	assert_str(shop_callback(k).change, "del_follow_user");
	outside(k, "/v1/leave", chat, ERR_CLOSED);
}

static str deliveries(struct kit *k, const char *path, const char *json, enum err code)
{
	return rows_call(k, delivery_routes, path, json, code);
}

static void deliveries_are_shown_and_replayed(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	const char *event;
	str out;

	shop_add(k, &s.lileis, "甲", &c);
	shop_add(k, &s.lileis, "乙", &c);
	act(k, ACTOR_MEMBER, s.han.member);
	out = deliveries(k, "/v1/admin/deliveries",
		"{\"limit\":1,\"status\":\"waiting\"}", OK);
	assert_str(rows_get(k, out, "deliveries.0.app"), "助手");
	assert_str(rows_get(k, out, "deliveries.0.change"), "add_external_contact");
	assert_str(rows_get(k, out, "deliveries.0.delivered"), "0");
	out = deliveries(k, "/v1/admin/deliveries",
		FMT(k, "{\"limit\":1,\"cursor\":\"%.*s\"}",
			STR_FMT(rows_get(k, out, "next_cursor"))),
		OK);
	assert_str(rows_get(k, out, "next_cursor"), "(absent)");
	event = FMT(k, "{\"event\":\"%.*s\"}",
		STR_FMT(rows_get(k, out, "deliveries.0.event")));
	deliveries(k, "/v1/admin/deliveries", "{\"status\":\"lost\"}",
		ERR_INVALID_ARGUMENT);
	out = deliveries(k, "/v1/admin/deliveries", "{\"status\":\"parked\"}", OK);
	assert_str(rows_get(k, out, "deliveries"), "[]");
	out = deliveries(k, "/v1/admin/delivery", event, OK);
	assert_true(str_starts(rows_get(k, out, "payload"),
		STR("<xml><ToUserName><![CDATA[ww")));
	deliveries(k, "/v1/admin/delivery", "{\"event\":\"12\"}", ERR_NOT_FOUND);
	deliveries(k, "/v1/admin/delivery/replay", "{\"event\":\"12\"}", ERR_NOT_FOUND);
	deliveries(k, "/v1/admin/delivery/replay", event, OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(a_member_sees_only_his_own),
		kit_test(customers_are_paged_and_filtered),
		kit_test(notes_and_labels_are_set_whole),
		kit_test(my_code_leads_to_my_card),
		kit_test(a_consumer_leaves_his_own_chats_only),
		kit_test(deliveries_are_shown_and_replayed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
