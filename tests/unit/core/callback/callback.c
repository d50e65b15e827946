/*
 * tests/unit/core/callback/callback.c - the outbox: order, turns, giving up, again.
 */
#include "unit.h"

#include "base/ids.h"
#include "core/callback/callback.h"
#include "core/kit.h"

#define KEY "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFI"

/* Scopes of two apps that hear of customers, and of one that does not. */
struct three {
	int64_t a, b, deaf;
};

static int64_t new_app(struct tx *tx, struct kit *k, const char *name, uint64_t scopes,
	const char *url)
{
	struct app app = { .corp = k->corp.corp,
		.kind = APP_BUSINESS,
		.name = str_of(name),
		.scopes = scopes };
	str secret;

	assert_ok(app_create(tx, &app, NULL, &secret));
	if (url)
		assert_ok(app_callback_set(tx, app.corp, app.app, str_of(url),
			STR("token1"), STR(KEY)));
	return app.app;
}

static struct three new_apps(struct kit *k)
{
	uint64_t all = app_scopes_business() | app_scopes_customer();
	struct tx *tx = kit_write(k);
	struct three t = {
		.a = new_app(tx, k, "a", all, "http://a.example/"),
		.b = new_app(tx, k, "b", all, "http://b.example/"),
		.deaf = new_app(tx, k, "c",
			app_scopes_business() & ~app_scopes_customer(),
			"http://c.example/"),
	};

	new_app(tx, k, "silent", all, NULL);
	kit_commit(k);
	return t;
}

static void put_all(struct tx *tx, struct kit *k, const char *change, int64_t expires_ms,
	int64_t but)
{
	struct callback c = {
		.corp = k->corp.corp,
		.name = STR("change_external_contact"),
		.change = str_of(change),
		.fields = STR(
			"{\"ToUserName\":\"ww1\",\"WelcomeCode\":\"w1\",\"State\":\"s\"}"),
		.expires_ms = expires_ms,
	};

	assert_ok(callback_put_all(tx, &c, SCOPE_customer_read, but));
}

struct due {
	int64_t corp, now_ms;
	struct callback *v;
	size_t n;
};

static enum err ask_due(struct tx *tx, void *arg)
{
	struct due *d = arg;

	return callback_due(tx, d->corp, d->now_ms, &d->v, &d->n);
}

static struct due due_at(struct kit *k, int64_t now_ms)
{
	struct due d = { .corp = k->corp.corp, .now_ms = now_ms };

	k->cx->now_ms = now_ms;
	assert_ok(store_read(k->store, k->cx, ask_due, &d));
	return d;
}

static void try_it(struct kit *k, int64_t event, int64_t now_ms, bool delivered)
{
	struct tx *tx;

	k->cx->now_ms = now_ms;
	tx = kit_write(k);
	assert_ok(callback_tried(tx, k->corp.corp, event, delivered,
		delivered ? 200 : 500, delivered ? STR_NONE : STR("status 500")));
	kit_commit(k);
}

static struct callback get(struct kit *k, int64_t event)
{
	struct callback c;

	assert_ok(callback_get(kit_write(k), k->corp.corp, event, &c));
	kit_commit(k);
	return c;
}

static void only_who_listens_and_may_hears(void **state)
{
	struct kit *k = *state;
	struct three t = new_apps(k);
	int64_t now = k->cx->now_ms;

	put_all(kit_write(k), k, "one", 0, 0);
	kit_commit(k);
	assert_int_equal(kit_events(k, EVENT_OUTBOX), 2);
	struct due d = due_at(k, now);
	assert_int_equal(d.n, 2);
	assert_int_equal(d.v[0].app, t.a);
	assert_int_equal(d.v[1].app, t.b);

	/* The app whose call it was hears nothing of it. */
	put_all(kit_write(k), k, "two", 0, t.a);
	kit_commit(k);
	assert_int_equal(kit_events(k, EVENT_OUTBOX), 1);
	assert_int_equal(k->events[0]->object, t.b);
}

static void a_change_that_rolls_back_tells_nobody(void **state)
{
	struct kit *k = *state;

	new_apps(k);
	put_all(kit_write(k), k, "one", 0, 0);
	kit_roll_back(k);
	assert_int_equal(k->n_events, 0);
	assert_int_equal(due_at(k, k->cx->now_ms).n, 0);
}

static void a_closed_app_gets_none(void **state)
{
	struct kit *k = *state;
	struct three t = new_apps(k);
	struct callback c = { .corp = k->corp.corp,
		.app = t.a,
		.name = STR("text"),
		.fields = STR("{}") };
	struct tx *tx = kit_write(k);
	struct app app;

	assert_ok(app_get(tx, c.corp, t.a, &app));
	app.closed = true;
	assert_ok(app_set(tx, &app, NULL));
	assert_ok(callback_put(tx, &c));
	c.app = 4242;
	assert_int_equal(callback_put(tx, &c), ERR_BAD_AGENTID);
	kit_commit(k);
	assert_int_equal(due_at(k, k->cx->now_ms).n, 0);
}

static void order_is_kept_and_one_app_delays_only_itself(void **state)
{
	struct kit *k = *state;
	struct three t = new_apps(k);
	int64_t now = k->cx->now_ms, first;
	struct tx *tx = kit_write(k);
	struct due d;

	put_all(tx, k, "one", 0, 0);
	put_all(tx, k, "two", 0, 0);
	kit_commit(k);
	d = due_at(k, now);
	assert_int_equal(d.n, 2);
	assert_str(d.v[0].change, "one");
	assert_str(d.v[1].change, "one");
	first = d.v[0].event;
	try_it(k, first, now, false);
	try_it(k, d.v[1].event, now, true);

	/* a waits with its first; b goes on to its second. */
	d = due_at(k, now);
	assert_int_equal(d.n, 1);
	assert_int_equal(d.v[0].app, t.b);
	assert_str(d.v[0].change, "two");
	try_it(k, d.v[0].event, now, true);
	assert_int_equal(due_at(k, now + 999).n, 0);
	d = due_at(k, now + 1000);
	assert_int_equal(d.n, 1);
	assert_int_equal(d.v[0].event, first);
	assert_int_equal(d.v[0].tries, 1);
	try_it(k, first, now + 1000, true);
	d = due_at(k, now + 1000);
	assert_int_equal(d.n, 1);
	assert_str(d.v[0].change, "two");
}

static void four_quick_tries_then_slower_then_parked(void **state)
{
	static const int64_t waits_s[] = { 1, 2, 4, 30, 60, 120, 240, 480, 960, 1920,
		3600, 3600 };
	struct kit *k = *state;
	int64_t now = k->cx->now_ms, event;
	struct three t = new_apps(k);
	struct callback c = { .corp = k->corp.corp,
		.app = t.a,
		.name = STR("text"),
		.fields = STR("{}") };
	int tries = 0;

	assert_ok(callback_put(kit_write(k), &c));
	kit_commit(k);
	event = due_at(k, now).v[0].event;
	for (size_t i = 0; i < ARRAY_LEN(waits_s); i++, tries++) {
		try_it(k, event, now, false);
		assert_int_equal(due_at(k, now + waits_s[i] * 1000 - 1).n, 0);
		now += waits_s[i] * 1000;
		assert_int_equal(due_at(k, now).n, 1);
	}
	for (; get(k, event).status == OUTBOX_WAITING; tries++) {
		try_it(k, event, now, false);
		now += 3600 * 1000;
		assert_true(tries < 60);
	}
	c = get(k, event);
	assert_int_equal(c.status, OUTBOX_PARKED);
	assert_int_equal(c.tries, tries);
	assert_int_equal(c.http_status, 500);
	assert_str(c.error, "status 500");
	assert_true(c.done_ms - id_time_ms(event) >= INT64_C(24) * 3600 * 1000);
	assert_true(c.done_ms - id_time_ms(event) <= INT64_C(26) * 3600 * 1000);
	assert_int_equal(due_at(k, now).n, 0);
}

static void a_late_welcome_code_is_left_out_but_the_event_comes(void **state)
{
	struct kit *k = *state;
	int64_t now = k->cx->now_ms;

	new_apps(k);
	put_all(kit_write(k), k, "add_external_contact", now + 20000, 0);
	kit_commit(k);
	assert_str(due_at(k, now + 19999).v[0].fields,
		"{\"ToUserName\":\"ww1\",\"WelcomeCode\":\"w1\",\"State\":\"s\"}");
	assert_str(due_at(k, now + 20000).v[0].fields,
		"{\"ToUserName\":\"ww1\",\"State\":\"s\"}");
	assert_int_equal(due_at(k, now + 86400000).n, 2);
}

static void replaying_keeps_the_event_id(void **state)
{
	struct kit *k = *state;
	int64_t now = k->cx->now_ms, event;
	struct three t = new_apps(k);
	struct callback c = { .corp = k->corp.corp,
		.app = t.a,
		.name = STR("text"),
		.fields = STR("{}"),
		.chat = 7 };

	assert_ok(callback_put(kit_write(k), &c));
	kit_commit(k);
	event = due_at(k, now).v[0].event;
	try_it(k, event, now, true);
	assert_int_equal(due_at(k, now).n, 0);
	assert_ok(callback_replay(kit_write(k), k->corp.corp, event));
	kit_commit(k);
	assert_int_equal(kit_events(k, EVENT_OUTBOX), 1);
	assert_int_equal(due_at(k, now).v[0].event, event);
	assert_int_equal(due_at(k, now).v[0].chat, 7);
	assert_int_equal(callback_replay(kit_write(k), k->corp.corp, 12345),
		ERR_NOT_FOUND);
	kit_roll_back(k);
	/* What is done is not tried twice: a result that comes late changes nothing. */
	try_it(k, event, now, true);
	try_it(k, event, now, false);
	assert_int_equal(get(k, event).status, OUTBOX_DELIVERED);
}

static void pages_are_newest_first_by_app_and_status(void **state)
{
	struct kit *k = *state;
	int64_t corp = k->corp.corp, before = 0;
	struct three t = new_apps(k);
	struct callback *list;
	size_t n, seen = 0;
	struct tx *tx = kit_write(k);

	for (int i = 0; i < 5; i++)
		put_all(tx, k, "x", 0, 0);
	kit_commit(k);
	try_it(k, due_at(k, k->cx->now_ms).v[0].event, k->cx->now_ms, true);
	tx = kit_write(k);
	do {
		assert_ok(callback_page(tx, corp, 0, 0, before, 3, &list, &n));
		for (size_t i = 0; i < n; i++) {
			assert_true(!before || list[i].event < before);
			before = list[i].event;
		}
		seen += n;
	} while (n == 3);
	assert_int_equal(seen, 10);
	assert_ok(callback_page(tx, corp, t.a, 0, 0, 50, &list, &n));
	assert_int_equal(n, 5);
	assert_ok(callback_page(tx, corp, 0, OUTBOX_WAITING, 0, 50, &list, &n));
	assert_int_equal(n, 9);
	for (size_t i = 1; i < n; i++)
		assert_true(list[i].event < list[i - 1].event);
	assert_ok(
		callback_page(tx, corp, 0, OUTBOX_WAITING, list[4].event, 2, &list, &n));
	assert_int_equal(n, 2);
	assert_ok(callback_page(tx, corp, t.a, OUTBOX_DELIVERED, 0, 50, &list, &n));
	assert_int_equal(n, 1);
	int64_t count;
	assert_ok(callback_count(tx, corp, OUTBOX_WAITING, &count));
	assert_int_equal(count, 9);
	kit_commit(k);
}

static void on_wrong(void *arg, str words)
{
	(*(int *)arg)++;
}

static void the_doctor_sees_a_time_that_will_not_come(void **state)
{
	struct kit *k = *state;
	struct three t = new_apps(k);
	int64_t now = k->cx->now_ms, corp = k->corp.corp;
	struct callback c = { .corp = corp,
		.app = t.a,
		.name = STR("text"),
		.fields = STR("{}") };
	int wrong = 0;

	assert_ok(callback_put(kit_write(k), &c));
	kit_commit(k);
	assert_ok(callback_doctor(kit_write(k), corp, on_wrong, &wrong));
	kit_commit(k);
	assert_int_equal(wrong, 0);
	/* The clock was once a year ahead. */
	try_it(k, due_at(k, now).v[0].event, now + INT64_C(365) * 86400000 / 400, false);
	k->cx->now_ms = now - 86400000;
	assert_ok(callback_doctor(kit_write(k), corp, on_wrong, &wrong));
	kit_commit(k);
	assert_int_equal(wrong, 1);
}

static enum err sweep_all(struct kit *k)
{
	enum err err = callback_sweep(kit_write(k), k->corp.corp);

	kit_commit(k);
	return err;
}

static void only_what_was_delivered_long_ago_is_forgotten(void **state)
{
	struct kit *k = *state;
	struct three t = new_apps(k);
	int64_t now = k->cx->now_ms, event;
	struct callback c = { .corp = k->corp.corp,
		.name = STR("text"),
		.fields = STR("{}") };

	c.app = t.a;
	assert_ok(callback_put(kit_write(k), &c));
	kit_commit(k);
	event = due_at(k, now).v[0].event;
	try_it(k, event, now, true);
	c.app = t.b;
	assert_ok(callback_put(kit_write(k), &c)); /* b does not answer */
	kit_commit(k);
	assert_ok(sweep_all(k));
	assert_int_equal(get(k, event).status, OUTBOX_DELIVERED);
	k->cx->now_ms = now + CALLBACK_KEEP_MS + 86400000;
	assert_ok(sweep_all(k));
	assert_int_equal(callback_get(kit_write(k), k->corp.corp, event, &c),
		ERR_NOT_FOUND);
	kit_roll_back(k);
	assert_int_equal(due_at(k, k->cx->now_ms).n, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(only_who_listens_and_may_hears),
		kit_test(a_change_that_rolls_back_tells_nobody),
		kit_test(a_closed_app_gets_none),
		kit_test(order_is_kept_and_one_app_delays_only_itself),
		kit_test(four_quick_tries_then_slower_then_parked),
		kit_test(a_late_welcome_code_is_left_out_but_the_event_comes),
		kit_test(replaying_keeps_the_event_id),
		kit_test(pages_are_newest_first_by_app_and_status),
		kit_test(the_doctor_sees_a_time_that_will_not_come),
		kit_test(only_what_was_delivered_long_ago_is_forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
