/*
 * tests/unit/core/chat/person.c - a group: who comes later reads later, who goes reads
 * nothing, and marks are one's own business.
 */
#include "unit.h"

#include "core/chat/chat.h"
#include "core/kit.h"

enum { LILEI = 11, HAN = 12, CUSTOMER = 22, CONSUMER = 33 };

static const struct person lilei = { PERSON_MEMBER, LILEI, 0 };
static const struct person late[] = { { PERSON_MEMBER, HAN, 0 },
	{ PERSON_CUSTOMER, CUSTOMER, CONSUMER } };

static struct chat open_group(struct kit *k)
{
	struct chat c;

	assert_ok(chat_open(kit_write(k), k->corp.corp, CHAT_GROUP, STR_NONE, &lilei, 1,
		&c));
	return c;
}

static int64_t say(struct tx *tx, const struct chat *c, struct person who)
{
	struct message m = { .corp = c->corp,
		.chat = c->chat,
		.sender = who,
		.type = STR("text"),
		.body = STR("{\"content\":\"hi\"}") };
	bool again;

	assert_ok(chat_add(tx, &m, &again));
	return m.seq;
}

/* How many messages he may read, from the beginning and from the end. */
static size_t readable(struct tx *tx, const struct chat *c, struct person who)
{
	struct chat_person p;
	struct message *list;
	size_t forward, back;
	bool more;

	assert_ok(chat_person_get(tx, c->corp, c->chat, who.kind, who.id, &p));
	assert_ok(chat_messages_for(tx, c->corp, c->chat, &p, 0, 0, 100, &list, &forward,
		&more));
	assert_false(more);
	assert_ok(chat_messages_for(tx, c->corp, c->chat, &p, -1, 0, 100, &list, &back,
		&more));
	assert_false(more);
	assert_int_equal(forward, back);
	return forward;
}

static void who_comes_later_reads_from_then_on(void **state)
{
	struct kit *k = *state;
	struct chat c = open_group(k);
	struct chat_head *heads;
	size_t n;

	say(k->tx, &c, lilei);
	say(k->tx, &c, lilei);
	kit_commit(k);
	assert_ok(chat_join(kit_write(k), c.corp, c.chat, late, 2, false, &n));
	assert_int_equal(n, 2);
	kit_commit(k);
	assert_int_equal(kit_events(k, EVENT_CHAT), 1); /* one for both */
	assert_int_equal(k->events[0]->audience_n, 3);

	kit_write(k);
	assert_int_equal(readable(k->tx, &c, late[0]), 0);
	assert_ok(chat_heads(k->tx, c.corp, PERSON_MEMBER, HAN, 0, 0, 10, &heads, &n));
	assert_int_equal(n, 1);
	assert_int_equal(heads[0].last.seq, 0); /* the last one is not for him */
	assert_int_equal(heads[0].me.read_seq, 2);
	say(k->tx, &c, late[1]);
	assert_int_equal(readable(k->tx, &c, late[0]), 1);
	assert_int_equal(readable(k->tx, &c, lilei), 3);
	assert_ok(chat_heads(k->tx, c.corp, PERSON_MEMBER, HAN, 0, 0, 10, &heads, &n));
	assert_int_equal(heads[0].last.seq, 3);
	kit_commit(k);
}

static void some_come_and_read_all(void **state)
{
	struct kit *k = *state;
	struct chat c = open_group(k);
	size_t n;

	say(k->tx, &c, lilei);
	assert_ok(chat_join(k->tx, c.corp, c.chat, late, 1, true, &n));
	assert_int_equal(readable(k->tx, &c, late[0]), 1);
	kit_commit(k);
}

static void who_is_there_stays_as_he_is(void **state)
{
	struct kit *k = *state;
	struct chat c = open_group(k);
	size_t n;

	say(k->tx, &c, lilei);
	kit_commit(k);
	assert_ok(chat_join(kit_write(k), c.corp, c.chat, &lilei, 1, false, &n));
	assert_int_equal(n, 0);
	assert_int_equal(readable(k->tx, &c, lilei), 1);
	kit_commit(k);
	assert_int_equal(kit_events(k, EVENT_CHAT), 0);
}

static void who_goes_hears_of_it_and_reads_nothing_more(void **state)
{
	struct kit *k = *state;
	struct chat c = open_group(k);
	struct chat_person p;
	size_t n;

	assert_ok(chat_join(k->tx, c.corp, c.chat, late, 2, false, &n));
	kit_commit(k);
	kit_forget_events(k);
	assert_ok(chat_part(kit_write(k), c.corp, c.chat, late, 2, &n));
	assert_int_equal(n, 2);
	assert_ok(chat_part(k->tx, c.corp, c.chat, late, 2, &n)); /* nobody goes twice */
	assert_int_equal(n, 0);
	assert_err(chat_person_get(k->tx, c.corp, c.chat, PERSON_MEMBER, HAN, &p),
		ERR_NOT_FOUND);
	kit_commit(k);
	assert_int_equal(kit_events(k, EVENT_CHAT), 1);
	assert_int_equal(k->events[0]->audience_n, 3);
	assert_int_equal(k->events[0]->audience[2].id, CUSTOMER);
	assert_int_equal(k->events[0]->audience[2].account, CONSUMER);
}

static void marks_of_a_group_are_ones_own(void **state)
{
	struct kit *k = *state;
	struct chat c = open_group(k);
	size_t n;

	assert_ok(chat_join(k->tx, c.corp, c.chat, late, 2, false, &n));
	say(k->tx, &c, lilei);
	kit_commit(k);
	kit_forget_events(k);
	assert_ok(chat_read(kit_write(k), c.corp, c.chat, PERSON_MEMBER, HAN, 1));
	kit_commit(k);
	assert_int_equal(kit_events(k, EVENT_READ), 1);
	assert_int_equal(k->events[0]->audience_n, 1);
	assert_int_equal(k->events[0]->audience[0].id, HAN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(who_comes_later_reads_from_then_on),
		kit_test(some_come_and_read_all),
		kit_test(who_is_there_stays_as_he_is),
		kit_test(who_goes_hears_of_it_and_reads_nothing_more),
		kit_test(marks_of_a_group_are_ones_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
