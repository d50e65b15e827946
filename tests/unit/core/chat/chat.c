/*
 * tests/unit/core/chat/chat.c - timelines: dense, retry-proof, closed to strangers.
 */
#include "unit.h"

#include "base/ids.h"
#include "core/chat/chat.h"
#include "core/kit.h"

/* A statement of chat.sql, to break what must hold. */
enum err chat_set_last(struct tx *tx, int64_t corp, int64_t chat, int64_t last_seq,
	int64_t stamp);

enum { LILEI = 11, CUSTOMER = 22, CONSUMER = 33, STRANGER = 44 };

static int64_t corp_of(const struct kit *k)
{
	return k->corp.corp;
}

static struct chat open_chat(struct tx *tx, const struct kit *k, const char *key)
{
	struct person persons[] = { { PERSON_MEMBER, LILEI, 0 },
		{ PERSON_CUSTOMER, CUSTOMER, CONSUMER } };
	struct chat c;

	assert_ok(chat_open(tx, corp_of(k), CHAT_CUSTOMER, str_of(key), persons, 2, &c));
	return c;
}

static struct message text_of(const struct chat *c, enum person_kind kind, int64_t id,
	const char *nonce)
{
	return (struct message){ .corp = c->corp,
		.chat = c->chat,
		.sender = { kind, id, 0 },
		.nonce = str_of(nonce),
		.type = STR("text"),
		.body = STR("{\"content\":\"hi\"}") };
}

static int64_t say(struct tx *tx, const struct chat *c, enum person_kind kind, int64_t id,
	const char *nonce)
{
	struct message m = text_of(c, kind, id, nonce);
	bool again;

	assert_ok(chat_add(tx, &m, &again));
	assert_false(again);
	return m.seq;
}

static int64_t mark(struct tx *tx, const struct chat *c, enum person_kind kind,
	int64_t id)
{
	struct chat_person p;

	assert_ok(chat_person_get(tx, c->corp, c->chat, kind, id, &p));
	return p.read_seq;
}

static void a_chat_with_a_key_is_opened_once(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct chat one = open_chat(tx, k, "a"), again = open_chat(tx, k, "a"),
		    other = open_chat(tx, k, ""), third = open_chat(tx, k, ""), found;
	bool there;

	assert_int_equal(one.chat, again.chat);
	assert_int_not_equal(one.chat, other.chat);
	assert_int_not_equal(other.chat, third.chat);
	assert_ok(chat_find(tx, corp_of(k), STR("a"), &found, &there));
	assert_true(there);
	assert_int_equal(found.chat, one.chat);
	assert_ok(chat_find(tx, corp_of(k), STR("b"), &found, &there));
	assert_false(there);
	kit_commit(k);
}

static void names_lead_back_to_corp_and_chat(void **state)
{
	struct kit *k = *state;
	static const char *const bad[] = { "", "-", "1", "1-", "-1", "1-2-3", "1 -2",
		"1-é", "1-zzzzzzzzzzzzzzzzzzzz" };
	int64_t corp, chat;

	assert_true(chat_name_parse(chat_name(k->cx->mem, 7, INT64_MAX), &corp, &chat));
	assert_int_equal(corp, 7);
	assert_int_equal(chat, INT64_MAX);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_false(chat_name_parse(str_of(bad[i]), &corp, &chat));
}

static void sequences_are_dense_and_heads_follow(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct chat c = open_chat(tx, k, "a"), now;

	for (int i = 1; i <= 20; i++)
		assert_int_equal(say(tx, &c, i % 2 ? PERSON_MEMBER : PERSON_CUSTOMER,
					 i % 2 ? LILEI : CUSTOMER, ""),
			i);
	assert_ok(chat_get(tx, corp_of(k), c.chat, &now));
	assert_int_equal(now.last_seq, 20);
	assert_true(now.stamp > c.stamp);
	kit_commit(k);
	assert_int_equal(kit_events(k, EVENT_MESSAGE), 20);
}

static void a_failed_transaction_leaves_no_gap(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct chat c = open_chat(tx, k, "a");

	say(tx, &c, PERSON_MEMBER, LILEI, "1");
	kit_commit(k);
	tx = kit_write(k);
	assert_int_equal(say(tx, &c, PERSON_MEMBER, LILEI, "2"), 2);
	kit_roll_back(k);
	assert_int_equal(kit_events(k, EVENT_MESSAGE), 0);
	tx = kit_write(k);
	assert_int_equal(say(tx, &c, PERSON_MEMBER, LILEI, "3"), 2);
	kit_commit(k);
}

static void a_repeat_gives_the_first_numbers(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct chat c = open_chat(tx, k, "a"), now;
	struct message first = text_of(&c, PERSON_MEMBER, LILEI, "n"), m;
	bool again;

	assert_ok(chat_add(tx, &first, &again));
	say(tx, &c, PERSON_CUSTOMER, CUSTOMER, "n"); /* another's nonce is his own */
	kit_commit(k);
	tx = kit_write(k);
	m = text_of(&c, PERSON_MEMBER, LILEI, "n");
	m.body = STR("{\"content\":\"other\"}");
	assert_ok(chat_add(tx, &m, &again));
	assert_true(again);
	assert_int_equal(m.seq, first.seq);
	assert_int_equal(m.kind, CHAT_CUSTOMER);
	assert_int_equal(m.message, first.message);
	assert_int_equal(m.sent_ms, first.sent_ms);
	assert_str(m.body, "{\"content\":\"hi\"}");
	assert_ok(chat_get(tx, corp_of(k), c.chat, &now));
	assert_int_equal(now.last_seq, 2);
	assert_int_equal(say(tx, &c, PERSON_MEMBER, LILEI, "m"), 3);
	kit_commit(k);
	assert_int_equal(kit_events(k, EVENT_MESSAGE), 1);
}

static void strangers_find_nothing(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct chat c = open_chat(tx, k, "a"), now;
	struct message m = text_of(&c, PERSON_MEMBER, STRANGER, "n");
	struct chat_person me;
	bool again;

	assert_err(chat_add(tx, &m, &again), ERR_NOT_FOUND);
	m.sender = (struct person){ PERSON_APP, LILEI, 0 };
	assert_err(chat_add(tx, &m, &again), ERR_NOT_FOUND);
	m = text_of(&c, PERSON_MEMBER, LILEI, "n");
	m.corp++;
	assert_err(chat_add(tx, &m, &again), ERR_NOT_FOUND);
	m = text_of(&c, PERSON_SYSTEM, 0, "");
	m.chat++;
	assert_err(chat_add(tx, &m, &again), ERR_NOT_FOUND);
	assert_err(chat_person_get(tx, corp_of(k), c.chat, PERSON_MEMBER, STRANGER, &me),
		ERR_NOT_FOUND);
	assert_err(chat_read(tx, corp_of(k), c.chat, PERSON_MEMBER, STRANGER, 0),
		ERR_NOT_FOUND);
	assert_err(chat_get(tx, corp_of(k) + 1, c.chat, &now), ERR_NOT_FOUND);
	assert_ok(chat_get(tx, corp_of(k), c.chat, &now));
	assert_int_equal(now.last_seq, 0);
	kit_commit(k);
}

static void a_consumer_is_known_by_his_account(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct chat c = open_chat(tx, k, "a");
	struct message m = text_of(&c, PERSON_CUSTOMER, 0, "n");
	bool again;

	assert_err(chat_add(tx, &m, &again), ERR_NOT_FOUND);
	m.sender.account = CONSUMER + 1;
	assert_err(chat_add(tx, &m, &again), ERR_NOT_FOUND);
	m.sender = (struct person){ PERSON_MEMBER, 0, CONSUMER };
	assert_err(chat_add(tx, &m, &again), ERR_NOT_FOUND);
	m.sender = (struct person){ PERSON_CUSTOMER, 0, CONSUMER };
	assert_ok(chat_add(tx, &m, &again));
	assert_int_equal(m.sender.id, CUSTOMER);
	assert_int_equal(mark(tx, &c, PERSON_CUSTOMER, CUSTOMER), 1);
	kit_commit(k);
	assert_int_equal(k->events[0]->who.id, CUSTOMER);
}

static void the_system_may_speak_anywhere(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct chat c = open_chat(tx, k, "a");

	assert_int_equal(say(tx, &c, PERSON_SYSTEM, 0, ""), 1);
	assert_int_equal(say(tx, &c, PERSON_SYSTEM, 0, ""), 2);
	assert_ok(chat_close(tx, corp_of(k), c.chat, true));
	assert_int_equal(say(tx, &c, PERSON_SYSTEM, 0, ""), 3);
	kit_commit(k);
}

static void the_newest_message_is_known(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct chat a = open_chat(tx, k, "a"), b = open_chat(tx, k, "b");
	struct message m = text_of(&b, PERSON_MEMBER, LILEI, "2");
	int64_t newest;
	bool again;

	assert_ok(chat_newest(tx, corp_of(k), &newest));
	assert_int_equal(newest, 0);
	say(tx, &a, PERSON_MEMBER, LILEI, "1");
	assert_ok(chat_add(tx, &m, &again));
	assert_ok(chat_newest(tx, corp_of(k), &newest));
	assert_int_equal(newest, m.message);
	kit_commit(k);
}

static void closed_chats_take_nothing_but_are_readable(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct chat c = open_chat(tx, k, "a");
	struct message m = text_of(&c, PERSON_CUSTOMER, CUSTOMER, "2"), *list;
	bool again, more;
	size_t n;

	say(tx, &c, PERSON_CUSTOMER, CUSTOMER, "1");
	kit_commit(k);
	tx = kit_write(k);
	assert_ok(chat_close(tx, corp_of(k), c.chat, true));
	assert_ok(chat_close(tx, corp_of(k), c.chat, true));
	kit_commit(k);
	assert_int_equal(kit_events(k, EVENT_CHAT), 1);
	tx = kit_write(k);
	assert_err(chat_add(tx, &m, &again), ERR_CLOSED);
	kit_commit(k); /* nothing was written before the refusal */
	tx = kit_write(k);
	m = text_of(&c, PERSON_CUSTOMER, CUSTOMER, "1"); /* the answer got lost */
	assert_ok(chat_add(tx, &m, &again));
	assert_true(again);
	assert_ok(chat_messages(tx, corp_of(k), c.chat, 0, 0, 10, &list, &n, &more));
	assert_int_equal(n, 1);
	assert_ok(chat_read(tx, corp_of(k), c.chat, PERSON_MEMBER, LILEI, 1));
	assert_ok(chat_close(tx, corp_of(k), c.chat, false));
	assert_int_equal(say(tx, &c, PERSON_CUSTOMER, CUSTOMER, "2"), 2);
	kit_commit(k);
}

static void marks_only_grow(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct chat c = open_chat(tx, k, "a");

	for (int i = 0; i < 5; i++)
		say(tx, &c, PERSON_CUSTOMER, CUSTOMER, "");
	assert_int_equal(mark(tx, &c, PERSON_CUSTOMER, CUSTOMER),
		5); /* one's own are read */
	assert_int_equal(mark(tx, &c, PERSON_MEMBER, LILEI), 0);
	kit_commit(k);
	tx = kit_write(k);
	assert_ok(chat_read(tx, c.corp, c.chat, PERSON_MEMBER, LILEI, 3));
	assert_ok(chat_read(tx, c.corp, c.chat, PERSON_MEMBER, LILEI, 3));
	assert_ok(chat_read(tx, c.corp, c.chat, PERSON_MEMBER, LILEI, 1));
	assert_int_equal(mark(tx, &c, PERSON_MEMBER, LILEI), 3);
	assert_err(chat_read(tx, c.corp, c.chat, PERSON_MEMBER, LILEI, 6),
		ERR_INVALID_ARGUMENT);
	kit_commit(k);
	assert_int_equal(kit_events(k, EVENT_READ), 1);
	assert_int_equal(k->events[0]->seq, 3);
	assert_int_equal(k->events[0]->audience_n, 2);
}

static void pages_go_both_ways(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct chat c = open_chat(tx, k, "a");
	struct message *list, one;
	bool more;
	size_t n;

	for (int i = 0; i < 10; i++)
		say(tx, &c, PERSON_MEMBER, LILEI, "");
	assert_ok(chat_messages(tx, c.corp, c.chat, 0, 0, 4, &list, &n, &more));
	assert_int_equal(n, 4);
	assert_true(more);
	assert_int_equal(list[0].seq, 1);
	assert_ok(chat_messages(tx, c.corp, c.chat, 6, 0, 4, &list, &n, &more));
	assert_int_equal(n, 4);
	assert_false(more);
	assert_int_equal(list[3].seq, 10);
	assert_ok(chat_messages(tx, c.corp, c.chat, -1, 0, 3, &list, &n, &more));
	assert_true(more);
	assert_int_equal(list[0].seq, 8);
	assert_int_equal(list[2].seq, 10);
	assert_ok(chat_messages(tx, c.corp, c.chat, -1, 3, 3, &list, &n, &more));
	assert_false(more);
	assert_int_equal(n, 2);
	assert_int_equal(list[0].seq, 1);
	assert_ok(chat_messages(tx, c.corp, c.chat, 10, 0, 3, &list, &n, &more));
	assert_int_equal(n, 0);
	assert_err(chat_message(tx, c.corp, c.chat, 11, &one), ERR_NOT_FOUND);
	kit_commit(k);
}

static void heads_are_found_by_stamp(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct chat a = open_chat(tx, k, "a"), b = open_chat(tx, k, "b"), now;
	struct chat_head *heads;
	size_t n;

	assert_ok(chat_heads(tx, corp_of(k), PERSON_MEMBER, LILEI, 0, 0, 10, &heads, &n));
	assert_int_equal(n, 2);
	assert_int_equal(heads[0].chat.chat, b.chat);
	assert_int_equal(heads[0].last.seq, 0);
	say(tx, &a, PERSON_CUSTOMER, CUSTOMER, "");
	assert_ok(chat_heads(tx, corp_of(k), PERSON_MEMBER, LILEI, b.stamp, 0, 10, &heads,
		&n));
	assert_int_equal(n, 1);
	assert_int_equal(heads[0].chat.chat, a.chat);
	assert_int_equal(heads[0].last.seq, 1);
	assert_int_equal(heads[0].me.read_seq, 0);
	assert_ok(chat_get(tx, corp_of(k), a.chat, &now));
	assert_ok(chat_heads(tx, corp_of(k), PERSON_MEMBER, LILEI, 0, now.stamp, 10,
		&heads, &n));
	assert_int_equal(n, 1);
	assert_int_equal(heads[0].chat.chat, b.chat);
	/* Another's reading moves the head too: who was away hears of it. */
	assert_ok(chat_read(tx, corp_of(k), a.chat, PERSON_MEMBER, LILEI, 1));
	assert_ok(chat_heads(tx, corp_of(k), PERSON_CUSTOMER, CUSTOMER, now.stamp, 0, 10,
		&heads, &n));
	assert_int_equal(n, 1);
	assert_ok(chat_heads(tx, corp_of(k), PERSON_MEMBER, STRANGER, 0, 0, 10, &heads,
		&n));
	assert_int_equal(n, 0);
	kit_commit(k);
}

static void the_event_says_what_everybody_sees(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct chat c = open_chat(tx, k, "a");
	struct message m = text_of(&c, PERSON_MEMBER, LILEI, "my nonce");
	const struct event *e;
	bool again;

	m.origin = 99;
	assert_ok(chat_add(tx, &m, &again));
	kit_commit(k);
	assert_int_equal(k->n_events, 1);
	e = k->events[0];
	assert_int_equal(e->kind, EVENT_MESSAGE);
	assert_int_equal(e->origin, 99);
	assert_str(e->nonce, "my nonce");
	assert_int_equal(e->audience_n, 2);
	assert_int_equal(e->audience[1].account, CONSUMER);
	str want = arena_printf(k->cx->mem,
		"\"chat\":\"%.*s\",\"seq\":1,\"msgid\":\"%" PRId64 "\",\"time\":%" PRId64
		",\"type\":\"text\",\"body\":{\"content\":\"hi\"}",
		STR_FMT(chat_name(k->cx->mem, c.corp, c.chat)), m.message, m.sent_ms);
	assert_true(str_same(e->data, want));
}

static void count_report(void *arg, str words)
{
	(void)words;
	++*(int *)arg;
}

static void the_doctor_sees_what_is_wrong(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct chat c = open_chat(tx, k, "a");
	int reports = 0;

	say(tx, &c, PERSON_MEMBER, LILEI, "");
	say(tx, &c, PERSON_MEMBER, LILEI, "");
	assert_ok(chat_doctor(tx, corp_of(k), count_report, &reports));
	assert_int_equal(reports, 0);
	assert_ok(chat_set_last(tx, c.corp, c.chat, 1,
		c.stamp)); /* last_seq, and a mark beyond it */
	assert_ok(chat_doctor(tx, corp_of(k), count_report, &reports));
	assert_int_equal(reports, 2);
	kit_roll_back(k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(a_chat_with_a_key_is_opened_once),
		kit_test(names_lead_back_to_corp_and_chat),
		kit_test(sequences_are_dense_and_heads_follow),
		kit_test(a_failed_transaction_leaves_no_gap),
		kit_test(a_repeat_gives_the_first_numbers),
		kit_test(strangers_find_nothing),
		kit_test(a_consumer_is_known_by_his_account),
		kit_test(the_system_may_speak_anywhere),
		kit_test(the_newest_message_is_known),
		kit_test(closed_chats_take_nothing_but_are_readable),
		kit_test(marks_only_grow),
		kit_test(pages_go_both_ways),
		kit_test(heads_are_found_by_stamp),
		kit_test(the_event_says_what_everybody_sees),
		kit_test(the_doctor_sees_what_is_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
