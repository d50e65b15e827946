/*
 * tests/unit/core/customer/follow.c - the relation, from the scan to the farewell.
 */
#include "unit.h"

#include "core/kit.h"

#include "core/account/account.h"
#include "core/customer/kit.h"

static void adding_brings_everything_at_once(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, true);
	struct consumer wang;
	struct follow f = shop_add(k, &s.lileis, "  王小明😀 ", &wang);
	struct callback c;
	struct customer customer;
	struct chat_person *persons;
	struct person me;
	size_t n;

	assert_int_equal(kit_events(k, EVENT_CUSTOMER), 1);
	assert_int_equal(kit_events(k, EVENT_OUTBOX), 1);
	assert_int_equal(kit_events(k, EVENT_DUE), 1);
	assert_true(kit_events(k, EVENT_CHAT) >= 1);
	assert_int_equal(f.status, FOLLOW_ACTIVE);
	assert_int_equal(f.member, s.lilei.member);
	assert_int_equal(f.add_way, ADD_WAY_QR);
	assert_str(wang.name, "王小明😀");

	assert_str(shop_last(k, f.chat).type, "system");
	assert_str(shop_last(k, f.chat).body, "{\"event\":\"added\"}");
	struct tx *tx = kit_write(k);
	assert_ok(customer_get(tx, f.corp, f.customer, &customer));
	assert_int_equal(customer.external_userid.n, 32);
	assert_true(str_starts(customer.external_userid, STR("wm")));
	assert_true(str_same(f.oper_userid, customer.external_userid));
	assert_ok(chat_persons(tx, f.corp, f.chat, &persons, &n));
	assert_int_equal(n, 2);
	assert_ok(consumer_person(tx, wang.consumer, f.corp, f.chat, &me));
	assert_int_equal(me.kind, PERSON_CUSTOMER);
	assert_int_equal(me.id, f.customer);
	assert_int_equal(me.account, wang.consumer);
	kit_commit(k);

	c = shop_callback(k);
	assert_int_equal(c.app, s.app);
	assert_str(c.change, "add_external_contact");
	assert_str(shop_field(k, c.fields, "UserID"), "LiLei");
	assert_str(shop_field(k, c.fields, "FromUserName"), "sys");
	assert_true(str_same(shop_field(k, c.fields, "ExternalUserID"),
		customer.external_userid));
	assert_true(shop_field(k, c.fields, "WelcomeCode").n > 0);
	assert_int_equal(c.expires_ms, k->cx->now_ms + WELCOME_LIFE_MS);
	shop_is_sound(k);
}

static void a_failed_adding_leaves_nothing(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, true);
	struct tx *tx = kit_write(k);
	struct consumer c;
	struct follow f;
	bool is_new;
	int64_t n;

	assert_ok(consumer_add(tx, STR("甲"), &c));
	assert_ok(follow_add(tx, &s.lileis, &c, &f, &is_new));
	kit_roll_back(k);
	assert_int_equal(k->n_events, 0);
	tx = kit_write(k);
	assert_int_equal(consumer_get(tx, c.consumer, &c), ERR_NOT_FOUND);
	assert_ok(customer_count(tx, k->corp.corp, &n));
	assert_int_equal(n, 0);
	kit_commit(k);
	assert_int_equal(shop_callback(k).event, 0);
}

static void adding_again_is_the_same(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow first = shop_add(k, &s.lileis, "甲", &c), again;
	int64_t event = shop_callback(k).event;
	size_t messages = shop_messages(k, first.chat);
	bool is_new;

	assert_ok(follow_add(kit_write(k), &s.lileis, &c, &again, &is_new));
	kit_commit(k);
	assert_false(is_new);
	assert_int_equal(again.chat, first.chat);
	assert_int_equal(k->n_events, 0);
	assert_int_equal(shop_callback(k).event, event);
	assert_int_equal(shop_messages(k, first.chat), messages);
}

static void who_comes_back_finds_his_chat(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c), back;
	int64_t customer = f.customer;
	struct chat chat;
	bool is_new;

	assert_ok(follow_leave(kit_write(k), &f));
	kit_commit(k);
	assert_str(shop_callback(k).change, "del_follow_user");
	struct tx *tx = kit_write(k);
	assert_ok(chat_get(tx, f.corp, f.chat, &chat));
	assert_true(chat.closed);
	assert_int_equal(follow_get(tx, f.corp, f.member, f.customer, &back),
		ERR_NOT_CUSTOMER);
	ctx_forgive(k->cx);
	assert_ok(follow_find_any(tx, f.corp, f.member, f.customer, &back));
	assert_int_equal(back.status, FOLLOW_LEFT);
	kit_commit(k);

	assert_ok(follow_add(kit_write(k), &s.lileis, &c, &back, &is_new));
	kit_commit(k);
	assert_true(is_new);
	assert_int_equal(back.chat, f.chat);
	assert_int_equal(back.customer, customer);
	assert_str(shop_callback(k).change, "add_external_contact");
	tx = kit_write(k);
	assert_ok(chat_get(tx, f.corp, f.chat, &chat));
	assert_false(chat.closed);
	kit_commit(k);
	shop_is_sound(k);
}

static void the_member_deletes_and_the_corp_keeps(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	size_t before = shop_messages(k, f.chat);
	struct follow *list;
	size_t n;

	assert_ok(follow_delete(kit_write(k), &f));
	kit_commit(k);
	assert_str(shop_callback(k).change, "del_external_contact");
	assert_int_equal(shop_messages(k, f.chat), before + 1);
	struct tx *tx = kit_write(k);
	struct message m = { .corp = f.corp,
		.chat = f.chat,
		.nonce = STR("n"),
		.sender = { PERSON_CUSTOMER, f.customer, c.consumer },
		.type = STR("text"),
		.body = STR("{\"content\":\"hi\"}") };
	bool again;
	assert_int_equal(chat_add(tx, &m, &again), ERR_CLOSED);
	ctx_forgive(k->cx);
	assert_ok(follow_page(tx, f.corp, f.member, 0, 10, &list, &n));
	assert_int_equal(n, 0);
	kit_commit(k);
	shop_is_sound(k);
}

static void two_members_two_chats_one_customer(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow a = shop_add(k, &s.lileis, "甲", &c), b, *list;
	struct way hans;
	struct tx *tx = kit_write(k);
	bool is_new;
	size_t n;

	assert_ok(way_own(tx, k->corp.corp, s.han.member, &hans));
	assert_ok(follow_add(tx, &hans, &c, &b, &is_new));
	assert_ok(follow_of_customer(tx, a.corp, a.customer, 0, 10, &list, &n));
	kit_commit(k);
	assert_int_equal(n, 2);
	assert_int_equal(a.customer, b.customer);
	assert_true(a.chat != b.chat);
	shop_is_sound(k);
}

static void two_corps_cannot_match_their_customers(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow here = shop_add(k, &s.lileis, "甲", &c), there;
	struct customer a, b;
	struct corp other;
	struct way w;
	struct tx *tx = kit_write(k);
	bool is_new;

	assert_ok(app_corp_create(tx, STR_NONE, STR("别家"), &other));
	struct member m = { .corp = other.corp,
		.userid = STR("x"),
		.name = STR("x"),
		.status = MEMBER_ACTIVE,
		.serves_customers = true };
	assert_ok(member_add(tx, &m, NULL, 0));
	assert_ok(way_own(tx, other.corp, m.member, &w));
	assert_ok(follow_add(tx, &w, &c, &there, &is_new));
	assert_ok(customer_get(tx, here.corp, here.customer, &a));
	assert_ok(customer_get(tx, other.corp, there.customer, &b));
	assert_false(str_same(a.external_userid, b.external_userid));
	assert_int_equal(customer_by_external(tx, other.corp, a.external_userid, &b),
		ERR_BAD_EXTERNAL_USERID);
	ctx_forgive(k->cx);
	struct consumer_chat *chats;
	size_t n;
	assert_ok(consumer_chats(tx, c.consumer, &chats, &n));
	assert_int_equal(n, 2);
	kit_commit(k);
}

static void notes_are_bounded_and_told(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c), read;
	int64_t event = shop_callback(k).event;
	str remark = STR("老王"),
	    long_one = STR("一二三四五六七八九十一二三四五六七八九十一"), mobiles;
	struct texts two = { (str[]){ STR("138"), STR(" "), STR("139") }, 3 }, got;

	assert_int_equal(follow_note(kit_write(k), &f,
				 &(struct follow_notes){ .remark = &long_one }, 0),
		ERR_INVALID_ARGUMENT);
	kit_roll_back(k);
	assert_ok(follow_mobiles_pack(k->cx, two, &mobiles));
	assert_ok(follow_note(kit_write(k), &f,
		&(struct follow_notes){ .remark = &remark, .remark_mobiles = &mobiles },
		0));
	kit_commit(k);
	assert_int_equal(kit_events(k, EVENT_CUSTOMER), 1);
	assert_str(shop_callback(k).change, "edit_external_contact");
	assert_true(shop_callback(k).event != event);
	event = shop_callback(k).event;

	/* What an app did, no app hears of; people do. */
	assert_ok(follow_note(kit_write(k), &f,
		&(struct follow_notes){ .description = &remark }, s.app));
	kit_commit(k);
	assert_int_equal(kit_events(k, EVENT_CUSTOMER), 1);
	assert_int_equal(shop_callback(k).event, event);
	assert_ok(follow_get(kit_write(k), f.corp, f.member, f.customer, &read));
	kit_commit(k);
	assert_str(read.remark, "老王");
	assert_str(read.description, "老王");
	assert_ok(follow_mobiles(k->cx, &read, &got));
	assert_int_equal(got.n, 2);
	assert_str(got.v[1], "139");
}

static void mobiles_are_bounded(void **state)
{
	struct kit *k = *state;
	str many[REMARK_MOBILES_MAX + 1], out;

	for (size_t i = 0; i < ARRAY_LEN(many); i++)
		many[i] = STR("1");
	assert_int_equal(follow_mobiles_pack(k->cx,
				 (struct texts){ many, ARRAY_LEN(many) }, &out),
		ERR_INVALID_ARGUMENT);
	many[0] = STR("123456789012345678901234567890123");
	assert_int_equal(follow_mobiles_pack(k->cx, (struct texts){ many, 1 }, &out),
		ERR_INVALID_ARGUMENT);
	many[0] = STR("");
	assert_ok(follow_mobiles_pack(k->cx, (struct texts){ many, 1 }, &out));
	assert_str(out, "[]");
}

static void a_new_name_is_known_everywhere(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	struct customer customer;
	struct tx *tx = kit_write(k);

	assert_int_equal(consumer_rename(tx, c.consumer, STR(" ")), ERR_INVALID_ARGUMENT);
	ctx_forgive(k->cx);
	assert_ok(consumer_rename(tx, c.consumer, STR("乙")));
	assert_ok(customer_get(tx, f.corp, f.customer, &customer));
	assert_str(customer.name, "乙");
	kit_commit(k);
	assert_true(kit_events(k, EVENT_CHAT) >= 1);
	assert_int_equal(kit_events(k, EVENT_CUSTOMER), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(adding_brings_everything_at_once),
		kit_test(a_failed_adding_leaves_nothing),
		kit_test(adding_again_is_the_same),
		kit_test(who_comes_back_finds_his_chat),
		kit_test(the_member_deletes_and_the_corp_keeps),
		kit_test(two_members_two_chats_one_customer),
		kit_test(two_corps_cannot_match_their_customers),
		kit_test(notes_are_bounded_and_told),
		kit_test(mobiles_are_bounded),
		kit_test(a_new_name_is_known_everywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
