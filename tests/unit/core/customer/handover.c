/*
 * tests/unit/core/customer/handover.c - customers change hands, and the ledger has it.
 */
#include "unit.h"

#include <sqlite3.h>

#include "core/kit.h"

#include "core/account/account.h"
#include "core/customer/handover.h"
#include "core/customer/kit.h"
#include "core/ledger/ledger.h"

static str external(struct kit *k, int64_t customer)
{
	struct tx *tx = kit_write(k);
	struct customer c;

	assert_ok(customer_get(tx, k->corp.corp, customer, &c));
	kit_commit(k);
	return c.external_userid;
}

static void at_once(struct kit *k)
{
	k->corp.handover_at_once = true;
	assert_ok(corp_set(kit_write(k), &k->corp));
	kit_commit(k);
}

/* 李雷's customer goes to 韩梅梅, committed; what is said of this customer. */
static enum err hand(struct kit *k, enum handover_kind kind, int64_t customer,
	const char *words)
{
	str name = external(k, customer);
	struct tx *tx = kit_write(k);
	struct handover_order o;
	enum err code;

	assert_ok(handover_begin(tx, k->corp.corp, kind, STR("lilei"), STR("han"), &o));
	o.words = str_of(words);
	assert_ok(handover_add(tx, &o, name, &code));
	kit_commit(k);
	return code;
}

static struct handover newest(struct kit *k, const struct shop *s, int64_t customer)
{
	struct handover_order o = { .corp = k->corp.corp,
		.from = s->lilei,
		.to = s->han };
	struct tx *tx = kit_write(k);
	struct handover h;

	assert_ok(handover_of(tx, &o, customer, &h));
	kit_commit(k);
	return h;
}

static bool is_in(struct kit *k, int64_t chat, int64_t member)
{
	struct chat_person p;
	bool in = chat_person_get(kit_write(k), k->corp.corp, chat, PERSON_MEMBER, member,
			  &p) == OK;

	ctx_forgive(k->cx);
	kit_commit(k);
	return in;
}

static struct follow follow_of(struct kit *k, int64_t member, int64_t customer)
{
	struct follow f;

	assert_ok(follow_find_any(kit_write(k), k->corp.corp, member, customer, &f));
	kit_commit(k);
	return f;
}

static void no_fault(void *arg, str words)
{
	fail_msg("%.*s", STR_FMT(words));
}

static void count_fault(void *arg, str words)
{
	++*(int *)arg;
}

static void is_sound(struct kit *k)
{
	shop_is_sound(k);
	assert_ok(ledger_doctor(kit_write(k), k->corp.corp, no_fault, NULL));
	kit_commit(k);
}

/* The kinds of a customer's entries, joined. */
static str story(struct kit *k, int64_t customer)
{
	str name = external(k, customer);
	struct tx *tx = kit_write(k);
	struct ledger_entry *list;
	struct buf b;
	size_t n;

	assert_ok(ledger_of(tx, k->corp.corp, name, 0, 100, &list, &n));
	kit_commit(k);
	buf_init(&b, k->cx->mem, 100);
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%s%s", i ? " " : "", list[i].kind);
	return buf_str(&b);
}

static void the_successor_gets_everything(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c), now;
	struct tag_group g;
	struct tag tag = { .name = STR("高意向") };
	struct follow_tag *tags;
	str remark = STR("老甲");
	struct tx *tx = kit_write(k);
	size_t n;

	assert_ok(tag_add(tx, &(struct tag_library){ .corp = f.corp },
		&(struct tag_group){ .name = STR("意向"), .tags = &tag, .n_tags = 1 },
		&g));
	assert_ok(follow_mark(tx, &f, (struct ints){ &g.tags[0].tag, 1 },
		(struct ints){ 0 }, 0));
	assert_ok(follow_note(tx, &f, &(struct follow_notes){ .remark = &remark }, 0));
	kit_commit(k);
	at_once(k);
	size_t before = shop_messages(k, f.chat);

	assert_ok(hand(k, HANDOVER_IN_SERVICE, f.customer, "您好，我是韩梅梅"));
	assert_int_equal(kit_events(k, EVENT_CUSTOMER), 2); /* both desks */
	assert_int_equal(kit_events(k, EVENT_MESSAGE), 2);
	now = follow_of(k, s.han.member, f.customer);
	assert_int_equal(now.status, FOLLOW_ACTIVE);
	assert_int_equal(now.add_way, ADD_WAY_ASSIGNED);
	assert_int_equal(now.chat, f.chat);
	assert_str(now.remark, "老甲");
	assert_true(str_same(now.state, f.state));
	assert_ok(follow_tags(kit_write(k), f.corp, s.han.member, f.customer, &tags, &n));
	kit_commit(k);
	assert_int_equal(n, 1);
	assert_int_equal(follow_of(k, s.lilei.member, f.customer).status,
		FOLLOW_TRANSFERRED);
	assert_true(is_in(k, f.chat, s.han.member));
	assert_false(is_in(k, f.chat, s.lilei.member));
	assert_int_equal(shop_messages(k, f.chat), before + 2);
	assert_str(shop_last(k, f.chat).body, "{\"content\":\"您好，我是韩梅梅\"}");
	assert_str(shop_callback(k).change, "add_external_contact");
	assert_int_equal(newest(k, &s, f.customer).status, HANDOVER_DONE);
	assert_str(story(k, f.customer), "added tagged handed_over");
	is_sound(k);
}

static void a_handover_waits_for_a_day(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	int64_t next;

	assert_ok(hand(k, HANDOVER_IN_SERVICE, f.customer, ""));
	assert_int_equal(kit_events(k, EVENT_DUE), 1);
	assert_int_equal(newest(k, &s, f.customer).status, HANDOVER_WAITING);
	assert_true(is_in(k, f.chat, s.lilei.member));
	assert_int_equal(hand(k, HANDOVER_IN_SERVICE, f.customer, ""),
		ERR_BEING_TRANSFERRED);

	k->cx->now_ms += HANDOVER_WAIT_MS - 1;
	assert_ok(handover_expire(kit_write(k), f.corp, &next));
	kit_commit(k);
	assert_int_equal(next, k->cx->now_ms + 1);
	assert_true(is_in(k, f.chat, s.lilei.member));
	k->cx->now_ms++;
	assert_ok(handover_expire(kit_write(k), f.corp, &next));
	kit_commit(k);
	assert_int_equal(next, 0);
	assert_true(is_in(k, f.chat, s.han.member));
	assert_int_equal(newest(k, &s, f.customer).status, HANDOVER_DONE);
	assert_int_equal(handover_refuse(kit_write(k), f.corp, f.chat), ERR_CLOSED);
	kit_roll_back(k);
	assert_str(story(k, f.customer), "added assigned handed_over");
	is_sound(k);
}

static void who_refuses_stays(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	struct callback told;

	assert_int_equal(handover_refuse(kit_write(k), f.corp, f.chat), ERR_NOT_FOUND);
	kit_roll_back(k);
	assert_ok(hand(k, HANDOVER_IN_SERVICE, f.customer, ""));
	assert_ok(handover_refuse(kit_write(k), f.corp, f.chat));
	kit_commit(k);
	assert_int_equal(newest(k, &s, f.customer).status, HANDOVER_REFUSED);
	told = shop_callback(k);
	assert_str(told.change, "transfer_fail");
	assert_str(shop_field(k, told.fields, "FailReason"), "customer_refused");
	assert_str(shop_field(k, told.fields, "UserID"), "han");
	assert_int_equal(handover_refuse(kit_write(k), f.corp, f.chat), ERR_CLOSED);
	kit_roll_back(k);
	assert_str(story(k, f.customer), "added assigned refused");
	is_sound(k);
}

static void what_was_done_at_once_can_be_refused(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);

	at_once(k);
	assert_ok(hand(k, HANDOVER_IN_SERVICE, f.customer, ""));
	assert_true(is_in(k, f.chat, s.han.member));
	assert_ok(handover_refuse(kit_write(k), f.corp, f.chat));
	kit_commit(k);
	assert_true(is_in(k, f.chat, s.lilei.member));
	assert_false(is_in(k, f.chat, s.han.member));
	assert_int_equal(follow_of(k, s.lilei.member, f.customer).status, FOLLOW_ACTIVE);
	assert_int_equal(follow_of(k, s.han.member, f.customer).status,
		FOLLOW_TRANSFERRED);
	is_sound(k);
	/* Then the day is over: too late. */
	assert_ok(hand(k, HANDOVER_IN_SERVICE, f.customer, ""));
	k->cx->now_ms += HANDOVER_WAIT_MS;
	assert_int_equal(handover_refuse(kit_write(k), f.corp, f.chat), ERR_CLOSED);
	kit_roll_back(k);
	is_sound(k);
}

static void the_customers_of_who_left_wait(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer a, b;
	struct follow first = shop_add(k, &s.lileis, "甲", &a);
	struct follow second = shop_add(k, &s.lileis, "乙", &b);
	struct handover_order o;
	struct unassigned *list;
	struct tx *tx = kit_write(k);
	int64_t n_done;
	size_t n;

	assert_int_equal(handover_begin(tx, first.corp, HANDOVER_RESIGNED, STR("lilei"),
				 STR("han"), &o),
		ERR_NOT_LEFT);
	ctx_forgive(k->cx);
	assert_ok(handover_unassigned(tx, first.corp, 0, 0, 10, &list, &n));
	assert_int_equal(n, 0);
	assert_ok(member_disable(tx, first.corp, s.lilei.member));
	assert_ok(handover_unassigned(tx, first.corp, 0, 0, 1, &list, &n));
	assert_int_equal(n, 1);
	assert_int_equal(list[0].customer, first.customer);
	assert_int_equal(list[0].left_ms, k->cx->now_ms);
	assert_ok(handover_unassigned(tx, first.corp, list[0].member, list[0].customer,
		10, &list, &n));
	assert_int_equal(n, 1);
	assert_int_equal(list[0].customer, second.customer);
	assert_int_equal(handover_begin(tx, first.corp, HANDOVER_IN_SERVICE, STR("lilei"),
				 STR("han"), &o),
		ERR_NO_USER);
	ctx_forgive(k->cx);
	kit_commit(k);

	assert_ok(handover_all(kit_write(k), first.corp, STR("lilei"), STR("han"),
		&n_done));
	kit_commit(k);
	assert_int_equal(n_done, 2);
	assert_ok(handover_unassigned(kit_write(k), first.corp, 0, 0, 10, &list, &n));
	kit_commit(k);
	assert_int_equal(n, 0);
	assert_int_equal(newest(k, &s, second.customer).kind, HANDOVER_RESIGNED);
	is_sound(k);

	/* Refused, he waits for an administrator again. */
	assert_ok(handover_refuse(kit_write(k), first.corp, first.chat));
	assert_ok(handover_unassigned(k->tx, first.corp, 0, 0, 10, &list, &n));
	kit_commit(k);
	assert_int_equal(n, 1);
	is_sound(k);
}

static void who_follows_already_keeps_his_chat(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c), hans, now;
	str remark = STR("老甲");
	struct tx *tx = kit_write(k);
	struct chat chat;
	struct way w;
	bool is_new;

	assert_ok(follow_note(tx, &f, &(struct follow_notes){ .remark = &remark }, 0));
	assert_ok(way_own(tx, f.corp, s.han.member, &w));
	assert_ok(follow_add(tx, &w, &c, &hans, &is_new));
	kit_commit(k);
	at_once(k);
	assert_ok(hand(k, HANDOVER_IN_SERVICE, f.customer, ""));
	now = follow_of(k, s.han.member, f.customer);
	assert_int_equal(now.chat, hans.chat);
	assert_int_equal(now.add_way, ADD_WAY_QR);
	assert_str(now.remark, "老甲");
	assert_true(is_in(k, f.chat, s.han.member)); /* to read */
	assert_ok(chat_get(kit_write(k), f.corp, f.chat, &chat));
	kit_commit(k);
	assert_true(chat.closed);
	is_sound(k);
}

static void who_scans_the_old_code_begins_anew(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c), again;
	struct tx *tx;
	bool is_new;

	at_once(k);
	assert_ok(hand(k, HANDOVER_IN_SERVICE, f.customer, ""));
	/* The code leads to who serves him now … */
	assert_ok(follow_add(kit_write(k), &s.lileis, &c, &again, &is_new));
	kit_commit(k);
	assert_false(is_new);
	assert_int_equal(again.member, s.han.member);
	/* … unless he has left that one: then there is a new chat with the old member. */
	tx = kit_write(k);
	assert_ok(follow_get(tx, f.corp, s.han.member, f.customer, &again));
	assert_ok(follow_leave(tx, &again));
	assert_ok(follow_add(tx, &s.lileis, &c, &again, &is_new));
	kit_commit(k);
	assert_true(is_new);
	assert_int_equal(again.member, s.lilei.member);
	assert_true(again.chat != f.chat);
	is_sound(k);
}

static void what_speaks_against_one_customer(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	struct handover_order o;
	struct tx *tx = kit_write(k);
	enum err code;
	int64_t n;

	assert_ok(handover_begin(tx, f.corp, HANDOVER_IN_SERVICE, STR("lilei"),
		STR("han"), &o));
	assert_ok(handover_add(tx, &o, STR("wmnobody"), &code));
	assert_int_equal(code, ERR_BAD_EXTERNAL_USERID);
	assert_int_equal(k->cx->code, OK);
	assert_ok(follow_leave(tx, &f));
	struct customer customer;
	assert_ok(customer_get(tx, f.corp, f.customer, &customer));
	assert_ok(handover_add(tx, &o, customer.external_userid, &code));
	assert_int_equal(code, ERR_NOT_FOLLOWER);
	assert_int_equal(handover_begin(tx, f.corp, HANDOVER_IN_SERVICE, STR("lilei"),
				 STR("LiLei"), &o),
		ERR_SAME_MEMBER);
	assert_ok(member_disable(tx, f.corp, s.han.member));
	assert_int_equal(handover_begin(tx, f.corp, HANDOVER_IN_SERVICE, STR("lilei"),
				 STR("han"), &o),
		ERR_SUCCESSOR_BLOCKED);
	assert_int_equal(handover_all(tx, f.corp, STR("lilei"), STR("nobody"), &n),
		ERR_NO_USER);
	kit_roll_back(k);
}

static void twice_in_ninety_days_is_enough(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	struct handover_order back;
	str name = external(k, f.customer);
	enum err code;

	at_once(k);
	assert_ok(hand(k, HANDOVER_IN_SERVICE, f.customer, ""));
	assert_ok(handover_begin(kit_write(k), f.corp, HANDOVER_IN_SERVICE, STR("han"),
		STR("lilei"), &back));
	assert_ok(handover_add(k->tx, &back, name, &code));
	kit_commit(k);
	assert_int_equal(code, OK);
	assert_int_equal(hand(k, HANDOVER_IN_SERVICE, f.customer, ""),
		ERR_TRANSFERRED_OFTEN);
	k->cx->now_ms += (int64_t)HANDOVER_TIMES_DAYS * 24 * 3600 * 1000 + 1000;
	assert_ok(hand(k, HANDOVER_IN_SERVICE, f.customer, ""));
	is_sound(k);
}

static void a_successor_who_left_meanwhile_gets_nobody(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	int64_t next;

	assert_ok(hand(k, HANDOVER_IN_SERVICE, f.customer, ""));
	assert_ok(member_disable(kit_write(k), f.corp, s.han.member));
	k->cx->now_ms += HANDOVER_WAIT_MS;
	assert_ok(handover_expire(k->tx, f.corp, &next));
	kit_commit(k);
	assert_int_equal(newest(k, &s, f.customer).status, HANDOVER_FAILED);
	assert_str(shop_callback(k).change, "transfer_fail");
	assert_true(is_in(k, f.chat, s.lilei.member));
	is_sound(k);
}

/* The welcome of who is handed over at once is nobody's, and holds nobody up. */
static void a_welcome_is_overtaken(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, true);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);
	int64_t next;
	size_t before;

	at_once(k);
	assert_ok(hand(k, HANDOVER_IN_SERVICE, f.customer, ""));
	before = shop_messages(k, f.chat);
	k->cx->now_ms += WELCOME_LIFE_MS;
	assert_ok(welcome_expire(kit_write(k), f.corp, &next));
	kit_commit(k);
	assert_int_equal(next, 0);
	assert_int_equal(shop_messages(k, f.chat), before);
	is_sound(k);
}

static void a_proof_shows_one_customer_only(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer a, b;
	struct follow first = shop_add(k, &s.lileis, "甲", &a);
	struct follow second = shop_add(k, &s.lileis, "乙", &b);
	str other = external(k, second.customer), name = external(k, first.customer);
	struct buf out;

	buf_init(&out, k->cx->mem, 1000);
	assert_ok(ledger_export(kit_write(k), first.corp, name, &out));
	kit_commit(k);
	assert_true(str_find(buf_str(&out), name) != SIZE_MAX);
	assert_true(str_find(buf_str(&out), other) == SIZE_MAX);
	assert_int_equal(ledger_export(kit_write(k), first.corp, STR("wmnobody"), &out),
		ERR_NOT_FOUND);
	kit_roll_back(k);
}

/* Whoever has the file can change a row, but not unseen. */
static void an_altered_row_is_found(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer a, b;
	struct follow f = shop_add(k, &s.lileis, "甲", &a);
	char *path, *told = NULL;
	sqlite3 *db;
	int faults = 0;

	shop_add(k, &s.lileis, "乙", &b);
	assert_ok(ledger_doctor(kit_write(k), f.corp, count_fault, &faults));
	kit_commit(k);
	assert_int_equal(faults, 0);
	store_close(k->store);
	path = arena_cstr(k->cx->mem, arena_printf(k->cx->mem, "%s/liaison.db", k->dir));
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db,
				 "UPDATE ledger SET member = 'han' WHERE entry = 1", NULL,
				 NULL, &told),
		SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	kit_open(k);
	assert_ok(ledger_doctor(kit_write(k), f.corp, count_fault, &faults));
	kit_commit(k);
	assert_int_equal(faults, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(the_successor_gets_everything),
		kit_test(a_handover_waits_for_a_day),
		kit_test(who_refuses_stays),
		kit_test(what_was_done_at_once_can_be_refused),
		kit_test(the_customers_of_who_left_wait),
		kit_test(who_follows_already_keeps_his_chat),
		kit_test(who_scans_the_old_code_begins_anew),
		kit_test(what_speaks_against_one_customer),
		kit_test(twice_in_ninety_days_is_enough),
		kit_test(a_successor_who_left_meanwhile_gets_nobody),
		kit_test(a_welcome_is_overtaken),
		kit_test(a_proof_shows_one_customer_only),
		kit_test(an_altered_row_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
