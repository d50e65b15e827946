/*
 * Fetches against a server of our own on another loop, which answers
 *
 *	/echo    method, some fields and the body
 *	/big     200,000 bytes
 *	/never   not at all, until the end
 *	/moved   a redirect to /echo
 *	/busy    503 with Retry-After
 */
#include "io/http_client.h"

#include <semaphore.h>

#include "near.h"

static struct loop *here, *there;
static struct http_server *server;
static int port;
static struct http_req *held[8];
static atomic_size_t n_held;
static sem_t holding;

/* ---- the server ---- */

static void hold(struct http_req *rq)
{
	held[n_held++] = rq;
	sem_post(&holding);
}

static void release_held(struct loop *loop, struct task *t)
{
	while (n_held)
		http_reply_bytes(held[--n_held], 200, "text/plain", STR("at last"));
}

static void handle(struct http_req *rq, void *arg)
{
	struct http_field moved = { STR("Location"), STR("/echo") };
	struct http_field busy = { STR("Retry-After"), STR("7") };
	static const char *const methods[] = { "GET", "HEAD", "POST", "PUT", "PATCH",
		"DELETE" };

	if (str_is(rq->path, "/big"))
		http_reply_bytes(rq, 200, "text/plain",
			str_make(arena_alloc(rq->mem, 200000), 200000));
	else if (str_is(rq->path, "/never"))
		hold(rq);
	else if (str_is(rq->path, "/moved"))
		http_reply(rq,
			&(struct http_reply){ .status = 302,
				.fields = &moved,
				.n_fields = 1 });
	else if (str_is(rq->path, "/busy"))
		http_reply(rq,
			&(struct http_reply){ .status = 503,
				.fields = &busy,
				.n_fields = 1 });
	else
		http_reply_bytes(rq, 200, "text/x-echo",
			arena_printf(rq->mem,
				"%s type=%.*s thing=%.*s agent=%.*s expect=%.*s|%.*s",
				methods[rq->method],
				STR_FMT(http_header(rq, "Content-Type")),
				STR_FMT(http_header(rq, "X-Thing")),
				STR_FMT(http_header(rq, "User-Agent")),
				STR_FMT(http_header(rq, "Expect")), STR_FMT(rq->body)));
}

static int begin(void **state)
{
	struct http_server_config config = { .listen = "127.0.0.1:0", .handle = handle };
	const char *words;

	/* Would lead astray, were they heeded. */
	setenv("http_proxy", "http://127.0.0.1:1", 1);
	setenv("all_proxy", "http://127.0.0.1:1", 1);
	sem_init(&holding, 0, 0);
	here = loop_new("here");
	there = loop_new("there");
	assert_int_equal(http_server_start(&there, 1, &config, &server, &words), OK);
	port = http_server_port(server);
	loop_start(there);
	loop_start(here);
	return 0;
}

static void post_sem(void *sem)
{
	sem_post(sem);
}

static void wait_for(sem_t *sem)
{
	while (sem_wait(sem))
		;
}

static int end(void **state)
{
	struct task release = { .run = release_held };
	sem_t ended;

	sem_init(&ended, 0, 0);
	loop_stop(here);
	loop_join(here);
	loop_post(there, &release);
	http_server_stop(server, 0, post_sem, &ended);
	wait_for(&ended);
	loop_stop(there);
	loop_join(there);
	http_server_free(server);
	return 0;
}

/* ---- the client ---- */

struct result {
	sem_t done;
	int times;
	struct fetched got; /* its texts copied */
	char body[1000], words[300], type[100], retry[20];
};

static str copy(char *to, size_t cap, str s)
{
	size_t n = s.n < cap ? s.n : cap;

	if (n)
		memcpy(to, s.p, n);
	return str_make(to, s.n);
}

static void on_done(void *arg, const struct fetched *got)
{
	struct result *r = arg;

	r->got = *got;
	r->got.body = copy(r->body, sizeof(r->body), got->body);
	r->got.words = copy(r->words, sizeof(r->words), got->words);
	r->got.content_type = copy(r->type, sizeof(r->type), got->content_type);
	r->got.retry_after = copy(r->retry, sizeof(r->retry), got->retry_after);
	r->times++;
	sem_post(&r->done);
}

static struct fetched *fetch(struct fetch f)
{
	static struct result r;

	memset(&r, 0, sizeof(r));
	sem_init(&r.done, 0, 0);
	http_fetch(here, &f, on_done, &r);
	wait_for(&r.done);
	assert_int_equal(r.times, 1);
	if (r.got.err != OK)
		assert_true(r.got.words.n > 0);
	return &r.got;
}

static str url(const char *path)
{
	static char text[100];

	snprintf(text, sizeof(text), "http://127.0.0.1:%d%s", port, path);
	return str_of(text);
}

static void must_say(const struct fetched *got, const char *body)
{
	assert_int_equal(got->err, OK);
	assert_int_equal(got->status, 200);
	if (!str_is(got->body, body))
		fail_msg("%.*s", STR_FMT(got->body));
}

static void methods_fields_and_bodies(void **state)
{
	struct http_field fields[] = { { STR("Content-Type"), STR("text/xml") },
		{ STR("X-Thing"), STR("some") } };
	struct fetched *got =
		fetch((struct fetch){ .url = url("/echo"), .allow_private = true });

	must_say(got, "GET type= thing= agent=Liaison expect=|");
	assert_true(str_is(got->content_type, "text/x-echo"));
	must_say(fetch((struct fetch){ .url = url("/echo"),
			 .fields = fields,
			 .n_fields = 2,
			 .body = STR("<xml/>"),
			 .allow_private = true }),
		"POST type=text/xml thing=some agent=Liaison expect=|<xml/>");
	must_say(fetch((struct fetch){ .method = STR("PUT"),
			 .url = url("/echo"),
			 .body = STR("x"),
			 .allow_private = true }),
		"PUT type= thing= agent=Liaison expect=|x");
	must_say(fetch((struct fetch){ .method = STR("POST"),
			 .url = url("/echo"),
			 .allow_private = true }),
		"POST type=application/x-www-form-urlencoded thing= agent=Liaison expect=|");
	must_say(fetch((struct fetch){ .method = STR("DELETE"),
			 .url = url("/echo"),
			 .allow_private = true }),
		"DELETE type= thing= agent=Liaison expect=|");
	must_say(fetch((struct fetch){ .method = STR("HEAD"),
			 .url = url("/echo"),
			 .allow_private = true }),
		"");
}

static void any_status_is_an_answer(void **state)
{
	struct fetched *got =
		fetch((struct fetch){ .url = url("/busy"), .allow_private = true });

	assert_int_equal(got->err, OK);
	assert_int_equal(got->status, 503);
	assert_true(str_is(got->retry_after, "7"));
}

static void redirects_are_not_followed(void **state)
{
	struct fetched *got =
		fetch((struct fetch){ .url = url("/moved"), .allow_private = true });

	assert_int_equal(got->err, OK);
	assert_int_equal(got->status, 302);
}

static void private_addresses_are_refused(void **state)
{
	static const char *const hosts[] = { "127.0.0.1", "localhost", "127.1",
		"2130706433", "0x7f000001", "0", "[::1]", "[::ffff:127.0.0.1]", "[::]",
		"10.0.0.1", "169.254.169.254", "192.168.0.1", "100.64.0.1", "[fd00::1]",
		"[fe80::1]", "224.0.0.1" };
	char text[100];

	for (size_t i = 0; i < ARRAY_LEN(hosts); i++) {
		snprintf(text, sizeof(text), "http://%s:%d/echo", hosts[i], port);
		if (fetch((struct fetch){ .url = str_of(text) })->err !=
			ERR_PRIVATE_ADDRESS)
			fail_msg("%s was connected to", hosts[i]);
	}
}

/* The connection that an allowed fetch left open is not for others. */
static void a_kept_connection_does_not_help(void **state)
{
	assert_int_equal(fetch((struct fetch){ .url = url("/echo"),
				       .allow_private = true })
				 ->err,
		OK);
	assert_int_equal(fetch((struct fetch){ .url = url("/echo") })->err,
		ERR_PRIVATE_ADDRESS);
	assert_int_equal(fetch((struct fetch){ .url = url("/echo"),
				       .allow_private = true })
				 ->err,
		OK);
}

static void what_is_no_web_address_is_refused(void **state)
{
	static const char *const urls[] = { "", "nonsense://x/", "file:///etc/passwd",
		"ftp://127.0.0.1/", "gopher://127.0.0.1:70/", "http://", "http://a b/",
		"http://127.0.0.1/\r\nX: y" };

	for (size_t i = 0; i < ARRAY_LEN(urls); i++) {
		enum err err = fetch(
			(struct fetch){ .url = str_of(urls[i]), .allow_private = true })
				       ->err;

		if (err != ERR_INVALID_ARGUMENT)
			fail_msg("%s: %d", urls[i], err);
	}
}

static void fields_cannot_smuggle_lines(void **state)
{
	struct http_field field = { STR("X-Thing"), STR("a\r\nX-Other: b") };

	assert_int_equal(fetch((struct fetch){ .url = url("/echo"),
				       .fields = &field,
				       .n_fields = 1,
				       .allow_private = true })
				 ->err,
		ERR_INVALID_ARGUMENT);
}

static void large_replies_are_refused(void **state)
{
	struct fetched *got = fetch((struct fetch){ .url = url("/big"),
		.max_reply_bytes = 199999,
		.allow_private = true });

	assert_int_equal(got->err, ERR_TOO_LARGE);
	got = fetch((struct fetch){ .url = url("/big"),
		.max_reply_bytes = 200000,
		.allow_private = true });
	assert_int_equal(got->err, OK);
	assert_int_equal(got->body.n, 200000);
}

static void who_does_not_answer_is_given_up(void **state)
{
	struct fetched *got = fetch((struct fetch){ .url = url("/never"),
		.timeout_ms = 50,
		.allow_private = true });

	assert_int_equal(got->err, ERR_UNREACHABLE);
	assert_true(got->took_ms >= 50);
}

static void who_is_not_there(void **state)
{
	/* A port nobody listens at: bound, not listening. */
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t n = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	char text[100];

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, n), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &n), 0);
	snprintf(text, sizeof(text), "http://127.0.0.1:%d/", ntohs(at.sin_port));
	assert_int_equal(fetch((struct fetch){ .url = str_of(text),
				       .allow_private = true })
				 ->err,
		ERR_UNREACHABLE);
	close(fd);
	assert_int_equal(fetch((struct fetch){ .url = STR("http://nobody.invalid/"),
				       .timeout_ms = 300 })
				 ->err,
		ERR_UNREACHABLE);
}

static void tls_is_verified(void **state)
{
	char text[100];

	/* Our server speaks no TLS here: an https fetch must not fall back. */
	snprintf(text, sizeof(text), "https://127.0.0.1:%d/echo", port);
	assert_int_equal(fetch((struct fetch){ .url = str_of(text),
				       .allow_private = true })
				 ->err,
		ERR_UNREACHABLE);
}

static void many_at_once(void **state)
{
	enum { MANY = 100 };
	static struct result r[MANY];
	struct fetch f = { .url = url("/echo"),
		.body = STR("many"),
		.allow_private = true };

	memset(r, 0, sizeof(r));
	for (int i = 0; i < MANY; i++) {
		sem_init(&r[i].done, 0, 0);
		http_fetch(here, &f, on_done, &r[i]);
	}
	for (int i = 0; i < MANY; i++) {
		wait_for(&r[i].done);
		assert_int_equal(r[i].got.status, 200);
	}
}

struct stopper {
	struct task task;
	sem_t done;
};

static void run_stop(struct loop *loop, struct task *t)
{
	http_client_stop(loop);
	sem_post(&CONTAINER_OF(t, struct stopper, task)->done);
}

static void stopping_ends_what_runs_and_refuses_what_comes(void **state)
{
	static struct result r;
	struct stopper stopper = { .task = { .run = run_stop } };
	struct fetch f = { .url = url("/never"), .allow_private = true };

	memset(&r, 0, sizeof(r));
	sem_init(&r.done, 0, 0);
	sem_init(&stopper.done, 0, 0);
	http_fetch(here, &f, on_done, &r);
	wait_for(&holding);
	loop_post(here, &stopper.task);
	wait_for(&stopper.done);
	wait_for(&r.done);
	assert_int_equal(r.got.err, ERR_STOPPING);
	assert_int_equal(fetch((struct fetch){ .url = url("/echo") })->err, ERR_STOPPING);
}

/* A fetch that still runs when its loop ends is answered, too. */
static void the_end_of_the_loop_answers(void **state)
{
	static struct result r;
	struct fetch f = { .url = url("/never"), .allow_private = true };

	memset(&r, 0, sizeof(r));
	sem_init(&r.done, 0, 0);
	http_fetch(here, &f, on_done, &r);
	wait_for(&holding);
	end(NULL);
	assert_int_equal(r.times, 1);
	assert_int_equal(r.got.err, ERR_STOPPING);
}

int main(void)
{
#define ROW(test) cmocka_unit_test_setup_teardown(test, begin, end)
	const struct CMUnitTest tests[] = {
		ROW(methods_fields_and_bodies),
		ROW(any_status_is_an_answer),
		ROW(redirects_are_not_followed),
		ROW(private_addresses_are_refused),
		ROW(a_kept_connection_does_not_help),
		ROW(what_is_no_web_address_is_refused),
		ROW(fields_cannot_smuggle_lines),
		ROW(large_replies_are_refused),
		ROW(who_does_not_answer_is_given_up),
		ROW(who_is_not_there),
		ROW(tls_is_verified),
		ROW(many_at_once),
		ROW(stopping_ends_what_runs_and_refuses_what_comes),
		cmocka_unit_test_setup(the_end_of_the_loop_answers, begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
