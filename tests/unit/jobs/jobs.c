/*
 * tests/unit/jobs/jobs.c - the clock against an app that listens on a real socket.
 *
 * The app answers 200 at once, unless told to fail or to hold its answer.  Waits are
 * shortened by the house's hurry; the tests wait for what happens, never for time.
 */
#include "unit.h"

#include <errno.h>

#include "core/kit.h"

#include "bus/bus.h"
#include "core/customer/kit.h"
#include "core/message/message.h"
#include "io/http_server.h"
#include "jobs/jobs.h"
#include "wire/callback_reply.h"

enum { CALLS = 64, PATIENCE_S = 20, HURRY = 100 };

struct call {
	char path[8], event[24], query[512], body[4096];
};

static struct {
	pthread_mutex_t lock;
	sem_t called, news;
	struct call calls[CALLS];
	size_t n, taken;
	int fail_a;
	bool hold;
	struct http_req *held;
	char reply[4096];
} app = { .lock = PTHREAD_MUTEX_INITIALIZER };

/* The house's loop, and the app's. */
static struct loop *loop, *there;
static struct http_server *server;
static struct house house;
static struct wecom_channel channel = { .token = { "token1", 6 } };

/* ---- the app, on the loop ---- */

static void copy(char *out, size_t cap, str s)
{
	size_t n = s.n < cap ? s.n : cap - 1;

	memcpy(out, s.p, n);
	out[n] = '\0';
}

static void answer(struct http_req *rq, int status)
{
	http_reply_bytes(rq, status, "text/xml", arena_str(rq->mem, str_of(app.reply)));
}

static void handle(struct http_req *rq, void *arg)
{
	struct call *c;
	int status = 200;

	pthread_mutex_lock(&app.lock);
	c = &app.calls[app.n++ % CALLS];
	copy(c->path, sizeof(c->path), rq->path);
	copy(c->event, sizeof(c->event), http_header(rq, "X-Liaison-Event"));
	copy(c->query, sizeof(c->query), rq->query);
	copy(c->body, sizeof(c->body), rq->body);
	if (str_is(rq->path, "/a") && app.fail_a > 0) {
		app.fail_a--;
		status = 500;
	}
	if (app.hold)
		app.held = rq;
	else
		answer(rq, status);
	pthread_mutex_unlock(&app.lock);
	sem_post(&app.called);
}

static void let_go(struct loop *l, struct task *t)
{
	pthread_mutex_lock(&app.lock);
	app.hold = false;
	if (app.held)
		answer(app.held, 200);
	app.held = NULL;
	pthread_mutex_unlock(&app.lock);
	sem_post(&app.called);
}

static void on_news(void *arg, struct store_event *e)
{
	sem_post(&app.news);
}

/* ---- the test's side ---- */

static void wait_for(sem_t *s)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	ts.tv_sec += PATIENCE_S;
	while (sem_timedwait(s, &ts) != 0)
		if (errno == ETIMEDOUT)
			fail_msg("nothing happened for %d s", PATIENCE_S);
}

static struct call next_call(void)
{
	struct call c;

	wait_for(&app.called);
	pthread_mutex_lock(&app.lock);
	c = app.calls[app.taken++ % CALLS];
	pthread_mutex_unlock(&app.lock);
	return c;
}

/* Checks the signature, as an app does, and gives the plain text. */
static str opened(struct kit *k, const struct call *c)
{
	struct wecom_sealed s;
	str body = str_of(c->body), query = str_of(c->query), plain;
	size_t at = str_find(body, STR("<Encrypt><![CDATA["));

	assert_true(at != SIZE_MAX);
	body = str_skip(body, at + strlen("<Encrypt><![CDATA["));
	s.encrypt = str_sub(body, 0, str_find(body, STR("]]>")));
	assert_true(query_get(k->cx->mem, query, "msg_signature", &s.signature));
	assert_true(query_get(k->cx->mem, query, "timestamp", &s.timestamp));
	assert_true(query_get(k->cx->mem, query, "nonce", &s.nonce));
	assert_ok(wecom_open(k->cx, &channel, &s, &plain));
	return plain;
}

static bool holds(str s, const char *what)
{
	return str_find(s, str_of(what)) != SIZE_MAX;
}

struct asked {
	int64_t event;
	struct callback c;
};

static enum err read_callback(struct tx *tx, void *arg)
{
	struct asked *a = arg;

	return callback_get(tx, 1, a->event, &a->c);
}

static struct callback callback_when(struct kit *k, int64_t event,
	enum outbox_status status, int64_t tries)
{
	struct asked a = { .event = event };

	for (;;) {
		assert_ok(store_read(k->store, k->cx, read_callback, &a));
		if (a.c.status == status && a.c.tries >= tries)
			return a.c;
		wait_for(&app.news);
	}
}

/* What the app will answer, encrypted. */
static void app_says(struct kit *k, const char *xml)
{
	struct wecom_sealed s;

	wecom_seal(k->cx->mem, &channel, str_of(xml), STR("1700000000"), STR("nonce"),
		&s);
	pthread_mutex_lock(&app.lock);
	snprintf(app.reply, sizeof(app.reply),
		"<xml><Encrypt><![CDATA[%.*s]]></Encrypt><MsgSignature><![CDATA[%.*s]]>"
		"</MsgSignature><TimeStamp>1700000000</TimeStamp><Nonce><![CDATA[nonce]]></Nonce>"
		"</xml>",
		STR_FMT(s.encrypt), STR_FMT(s.signature));
	pthread_mutex_unlock(&app.lock);
}

/* ---- the house ---- */

static void house_opens(struct kit *k)
{
	house = (struct house){ .store = k->store,
		.loops = &loop,
		.n_loops = 1,
		.hurry = HURRY };
	bus_overhear(on_news, NULL);
	jobs_start(&house);
	loop_start(loop);
}

static void new_loop(void)
{
	loop = loop_new("loop");
	bus_init(&loop, 1);
}

static void end_loop(struct loop *l)
{
	loop_stop(l);
	loop_join(l);
}

static int set_up(void **state)
{
	struct http_server_config config = { .listen = "127.0.0.1:0", .handle = handle };
	const char *words;
	struct kit *k;

	new_loop();
	there = loop_new("app");
	kit_publish = bus_publish;
	kit_set_up(state);
	k = *state;
	app.n = app.taken = 0;
	app.fail_a = 0;
	app.hold = false;
	app.reply[0] = '\0';
	sem_init(&app.called, 0, 0);
	sem_init(&app.news, 0, 0);
	assert_int_equal((int)http_server_start(&there, 1, &config, &server, &words), OK);
	loop_start(there);
	channel.receiveid = k->corp.corpid;
	assert_true(wecom_key_parse(STR(SHOP_KEY), &channel.key));
	k->corp.allow_private_callbacks = true;
	assert_int_equal((int)corp_set(kit_write(k), &k->corp), OK);
	kit_commit(k);
	house_opens(k);
	return 0;
}

static void server_gone(void *arg)
{
	sem_post(arg);
}

static int tear_down(void **state)
{
	struct task task = { .run = let_go };
	sem_t gone;

	sem_init(&gone, 0, 0);
	jobs_stop();
	loop_post(there, &task);
	http_server_stop(server, 1000, server_gone, &gone);
	kit_wait(&gone);
	end_loop(there);
	http_server_free(server);
	end_loop(loop);
	kit_tear_down(state);
	bus_release();
	return 0;
}

static str url_of(struct kit *k, const char *path)
{
	return arena_printf(k->cx->mem, "http://127.0.0.1:%d%s", http_server_port(server),
		path);
}

static int64_t new_app(struct kit *k, const char *path, bool welcomes)
{
	struct app a = { .corp = k->corp.corp,
		.kind = APP_BUSINESS,
		.name = str_of(path),
		.scopes = app_scopes_business() | app_scopes_customer(),
		.sends_welcome = welcomes };
	struct tx *tx = kit_write(k);
	str secret;

	assert_ok(app_create(tx, &a, NULL, &secret));
	assert_ok(app_callback_set(tx, a.corp, a.app, url_of(k, path), STR("token1"),
		STR(SHOP_KEY)));
	kit_commit(k);
	return a.app;
}

static int64_t put(struct kit *k, int64_t to, const char *content)
{
	struct callback c = { .corp = k->corp.corp, .app = to, .name = STR("event") },
			*newest;
	struct tx *tx = kit_write(k);
	size_t n;

	c.fields = arena_printf(k->cx->mem,
		"{\"ToUserName\":\"ww\",\"CreateTime\":17,\"Content\":\"%s\"}", content);
	assert_ok(callback_put(tx, &c));
	assert_ok(callback_page(tx, c.corp, to, 0, 0, 1, &newest, &n));
	kit_commit(k);
	return newest[0].event;
}

/* ---- tests ---- */

static void an_event_arrives_signed_and_sealed(void **state)
{
	struct kit *k = *state;
	int64_t a = new_app(k, "/a", false), event = put(k, a, "hello");
	struct call c = next_call();
	struct callback done = callback_when(k, event, OUTBOX_DELIVERED, 1);

	assert_str(arena_printf(k->cx->mem, "%" PRId64, event), c.event);
	assert_true(holds(str_of(c.body), "<AgentID><![CDATA[1000002]]></AgentID>"));
	assert_str(opened(k, &c),
		"<xml><ToUserName><![CDATA[ww]]></ToUserName><CreateTime>17</CreateTime>"
		"<Content><![CDATA[hello]]></Content></xml>");
	assert_int_equal(done.http_status, 200);
	assert_int_equal(done.tries, 1);
	assert_int_equal(done.error.n, 0);
}

static void a_failing_app_keeps_order_and_delays_only_itself(void **state)
{
	struct kit *k = *state;
	int64_t a = new_app(k, "/a", false), b = new_app(k, "/b", false), a1, a2, b1;
	char first[24] = "";
	int tries = 0;

	pthread_mutex_lock(&app.lock);
	app.fail_a = 3;
	pthread_mutex_unlock(&app.lock);
	a1 = put(k, a, "one");
	a2 = put(k, a, "two");
	b1 = put(k, b, "three");
	callback_when(k, b1, OUTBOX_DELIVERED, 1);
	callback_when(k, a2, OUTBOX_DELIVERED, 1);
	assert_int_equal(callback_when(k, a1, OUTBOX_DELIVERED, 4).tries, 4);
	for (int i = 0; i < 6; i++) {
		struct call c = next_call();

		if (str_is(str_of(c.path), "/b"))
			continue;
		tries++;
		if (tries == 1)
			memcpy(first, c.event, sizeof(first));
		/* Four times the first, the same to the letter; only then the second. */
		assert_int_equal(holds(opened(k, &c), "one"), tries <= 4);
		assert_int_equal(strcmp(c.event, first) == 0, tries <= 4);
	}
	assert_int_equal(tries, 5);
}

static struct chat app_chat(struct kit *k, struct shop *s, int64_t a)
{
	struct chat chat;

	assert_ok(
		message_app_chat(kit_write(k), k->corp.corp, a, s->lilei.member, &chat));
	kit_commit(k);
	return chat;
}

/* 李雷 writes to the app; gives the event. */
static int64_t write_to_app(struct kit *k, struct shop *s, const struct chat *chat,
	const char *nonce)
{
	struct message m = { .corp = chat->corp,
		.chat = chat->chat,
		.type = STR("text"),
		.nonce = str_of(nonce),
		.body = STR("{\"content\":\"在吗\"}"),
		.sender = { PERSON_MEMBER, s->lilei.member, 0 } };
	struct tx *tx = kit_write(k);
	struct callback *newest;
	bool again;
	size_t n;

	assert_ok(message_send(tx, &m, &again));
	assert_ok(callback_page(tx, chat->corp, 0, 0, 0, 1, &newest, &n));
	kit_commit(k);
	return newest[0].event;
}

#define REPLY(type, rest)                                                                \
	"<xml><ToUserName><![CDATA[LiLei]]></ToUserName><FromUserName><![CDATA[ww]]>"    \
	"</FromUserName><CreateTime>1</CreateTime><MsgType><![CDATA[" type               \
	"]]></MsgType>" rest "</xml>"

static void a_passive_reply_appears_once(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	int64_t a = new_app(k, "/a", false), event;
	struct chat chat = app_chat(k, &s, a);
	struct call c;

	app_says(k, REPLY("text", "<Content><![CDATA[在]]></Content>"));
	event = write_to_app(k, &s, &chat, "n1");
	callback_when(k, event, OUTBOX_DELIVERED, 1);
	c = next_call();
	assert_true(holds(opened(k, &c), "<Content><![CDATA[在吗]]></Content>"));
	assert_int_equal(shop_messages(k, chat.chat), 2);
	assert_str(shop_last(k, chat.chat).body, "{\"content\":\"在\"}");
	assert_int_equal(shop_last(k, chat.chat).sender.kind, PERSON_APP);

	/* The same event once more, the same reply: nothing new. */
	assert_ok(callback_replay(kit_write(k), k->corp.corp, event));
	kit_commit(k);
	callback_when(k, event, OUTBOX_DELIVERED, 2);
	assert_str(str_of(next_call().event), c.event);
	assert_int_equal(shop_messages(k, chat.chat), 2);
}

static void news_become_cards_in_order(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	int64_t a = new_app(k, "/a", false);
	struct chat chat = app_chat(k, &s, a);

	app_says(k,
		REPLY("news",
			"<ArticleCount>2</ArticleCount><Articles>"
			"<item><Title><![CDATA[一]]></Title><Description><![CDATA[d]]>"
			"</Description><Url><![CDATA[https://x.example/1]]></Url></item>"
			"<item><Title><![CDATA[二]]></Title></item></Articles>"));
	callback_when(k, write_to_app(k, &s, &chat, "n1"), OUTBOX_DELIVERED, 1);
	assert_int_equal(shop_messages(k, chat.chat), 3);
	assert_str(shop_last(k, chat.chat).type, "textcard");
	assert_true(holds(shop_last(k, chat.chat).body, "\"title\":\"二\""));
}

static void a_bad_reply_does_not_undo_the_delivery(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	int64_t a = new_app(k, "/a", false);
	struct chat chat = app_chat(k, &s, a);
	struct callback c;

	pthread_mutex_lock(&app.lock);
	snprintf(app.reply, sizeof(app.reply), "<xml><Encrypt>what");
	pthread_mutex_unlock(&app.lock);
	c = callback_when(k, write_to_app(k, &s, &chat, "n1"), OUTBOX_DELIVERED, 1);
	assert_true(holds(c.error, "the reply is no good"));
	/* A picture that is nobody's. */
	app_says(k, REPLY("image", "<Image><MediaId><![CDATA[nope]]></MediaId></Image>"));
	c = callback_when(k, write_to_app(k, &s, &chat, "n2"), OUTBOX_DELIVERED, 1);
	assert_true(holds(c.error, "the reply is no good"));
	assert_int_equal(c.tries, 1);
	assert_int_equal(shop_messages(k, chat.chat), 2);
}

static void private_addresses_are_refused_unless_allowed(void **state)
{
	struct kit *k = *state;
	struct callback c;

	k->corp.allow_private_callbacks = false;
	assert_ok(corp_set(kit_write(k), &k->corp));
	kit_commit(k);
	c = callback_when(k, put(k, new_app(k, "/a", false), "x"), OUTBOX_WAITING, 1);
	assert_int_equal(c.http_status, 0);
	assert_true(holds(c.error, "private"));
	assert_int_equal(app.n, 0);
}

static void the_corps_welcome_follows_when_no_apps_came(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, true);
	struct consumer c;
	struct follow f = shop_add(k, &s.lileis, "甲", &c);

	while (shop_messages(k, f.chat) < 2)
		wait_for(&app.news);
	assert_str(shop_last(k, f.chat).body, "{\"content\":\"您好，欢迎！\"}");
	assert_int_equal(shop_messages(k, f.chat), 2);
}

static void stopping_loses_nothing_and_starting_goes_on(void **state)
{
	struct kit *k = *state;
	struct task task = { .run = let_go };
	struct jobs_counts counts;
	int64_t event;
	char id[24];

	pthread_mutex_lock(&app.lock);
	app.hold = true;
	pthread_mutex_unlock(&app.lock);
	event = put(k, new_app(k, "/a", false), "x");
	/* It has been asked, and will not answer. */
	memcpy(id, next_call().event, sizeof(id));
	jobs_counts(&counts);
	assert_int_equal(counts.in_flight, 1);
	jobs_stop();
	assert_int_equal(callback_when(k, event, OUTBOX_WAITING, 0).tries, 0);
	jobs_counts(&counts);
	assert_int_equal(counts.in_flight, 0);

	/* The house closes and opens again, knowing nothing but its tables. */
	end_loop(loop);
	store_close(k->store);
	bus_release();
	loop_post(there, &task);
	wait_for(&app.called);
	new_loop();
	kit_open(k);
	house_opens(k);
	callback_when(k, event, OUTBOX_DELIVERED, 1);
	assert_str(str_of(next_call().event), id);
}

#define job_test(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		job_test(an_event_arrives_signed_and_sealed),
		job_test(a_failing_app_keeps_order_and_delays_only_itself),
		job_test(a_passive_reply_appears_once),
		job_test(news_become_cards_in_order),
		job_test(a_bad_reply_does_not_undo_the_delivery),
		job_test(private_addresses_are_refused_unless_allowed),
		job_test(the_corps_welcome_follows_when_no_apps_came),
		job_test(stopping_loses_nothing_and_starting_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
