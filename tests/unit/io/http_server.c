/*
 * The HTTP server on real sockets: a server with two loops, and blocking clients.
 *
 * Paths of the server under test:
 *	/echo     the body, with what the request was in header fields
 *	/later    answered from another thread when the test says so
 *	/blob     a body of three pieces, one of them a shared blob
 *	/file     bytes 2 to 8 of a file
 *	/close    ends the connection
 *	/204
 */
#include "io/http_server.h"

#include <errno.h>
#include <semaphore.h>
#include <sys/mman.h>

#include "base/thread.h"
#include "near.h"

enum { LOOPS = 2, BODY_MAX = 100000 };

static struct loop *loops[LOOPS];
static struct http_server *server;
static int port;
static struct near_reply r;
static char big[BODY_MAX + 1];

/* ---- the server's side ---- */

static struct mailbox worker_box;
static struct thread worker;
static sem_t arrived, go_on, done;

/* Answers what is out, when the test lets it. */
static void answer_later(struct loop *loop, struct task *t)
{
	struct http_req *rq = CONTAINER_OF(t, struct http_req, task);

	http_reply_bytes(rq, 200, "text/plain",
		arena_concat(rq->mem, STR("later "), rq->query));
	sem_post(&done);
}

static void work(void *arg)
{
	struct letter *l;

	while ((l = mailbox_wait_one(&worker_box))) {
		struct http_req *rq = CONTAINER_OF(l, struct http_req, task.letter);

		sem_post(&arrived);
		while (sem_wait(&go_on))
			;
		rq->task.run = answer_later;
		loop_post(rq->loop, &rq->task);
	}
}

static void reply_echo(struct http_req *rq)
{
	struct http_field fields[] = {
		{ STR("X-Method"), arena_printf(rq->mem, "%d", rq->method) },
		{ STR("X-Path"), rq->path },
		{ STR("X-Query"), rq->query },
		{ STR("X-Remote"), rq->remote },
		{ STR("X-Secure"), rq->secure ? STR("yes") : STR("no") },
		{ STR("X-Cookie"), http_cookie(rq, "sid") },
		{ STR("X-Thing"), http_header(rq, "thing") },
	};
	struct http_piece body = { rq->body, NULL };

	http_reply(rq,
		&(struct http_reply){ .status = 200,
			.fields = fields,
			.n_fields = ARRAY_LEN(fields),
			.body = &body,
			.n_body = 1 });
}

static void reply_blob(struct http_req *rq)
{
	struct blob *blob = blob_of(STR("shared"));
	struct http_piece body[] = { { STR("one "), NULL }, { blob_str(blob), blob },
		{ STR(" three"), NULL } };

	http_reply(rq, &(struct http_reply){ .status = 200, .body = body, .n_body = 3 });
}

static void reply_file(struct http_req *rq)
{
	int fd = memfd_create("digits", MFD_CLOEXEC);

	BUG_IF(write(fd, "0123456789", 10) != 10, "no file");
	http_reply(rq,
		&(struct http_reply){ .status = 206,
			.has_file = true,
			.fd = fd,
			.offset = 2,
			.length = 7 });
}

static void handle(struct http_req *rq, void *arg)
{
	BUG_IF(!loop_is_mine(rq->loop), "called on a wrong thread");
	if (str_is(rq->path, "/later"))
		mailbox_post(&worker_box, &rq->task.letter);
	else if (str_is(rq->path, "/blob"))
		reply_blob(rq);
	else if (str_is(rq->path, "/file"))
		reply_file(rq);
	else if (str_is(rq->path, "/204"))
		http_reply(rq, &(struct http_reply){ .status = 204 });
	else if (str_is(rq->path, "/close"))
		http_reply(rq, &(struct http_reply){ .status = 200, .close = true });
	else
		reply_echo(rq);
}

static size_t max_body(enum http_method method, str path, void *arg)
{
	return str_is(path, "/small") ? 10 : BODY_MAX;
}

static void post_sem(void *sem)
{
	sem_post(sem);
}

static void start(struct http_server_config config)
{
	const char *words;

	config.listen = "127.0.0.1:0";
	config.handle = handle;
	config.max_body_of = max_body;
	config.max_target_bytes = 1000;
	config.max_headers_bytes = 2000;
	config.max_bodies_bytes = BODY_MAX + BODY_MAX / 2;
	sem_init(&arrived, 0, 0);
	sem_init(&go_on, 0, 0);
	sem_init(&done, 0, 0);
	mailbox_init(&worker_box, NULL, NULL);
	thread_start(&worker, "worker", ROLE_WORKER, work, NULL);
	for (int i = 0; i < LOOPS; i++)
		loops[i] = loop_new("loop");
	assert_int_equal(http_server_start(loops, LOOPS, &config, &server, &words), OK);
	for (int i = 0; i < LOOPS; i++)
		loop_start(loops[i]);
	port = http_server_port(server);
}

static void stop_server(int grace_ms)
{
	sem_t ended;

	sem_init(&ended, 0, 0);
	http_server_stop(server, grace_ms, post_sem, &ended);
	while (sem_wait(&ended))
		;
	sem_destroy(&ended);
}

static void end_threads(void)
{
	mailbox_close(&worker_box);
	thread_join(&worker);
	for (int i = 0; i < LOOPS; i++)
		loop_stop(loops[i]);
	for (int i = 0; i < LOOPS; i++)
		loop_join(loops[i]);
	http_server_free(server);
	mailbox_release(&worker_box);
}

static int begin(void **state)
{
	start((struct http_server_config){ 0 });
	return 0;
}

/* Everything that can be slow is quick. */
static int begin_impatient(void **state)
{
	start((struct http_server_config){ .read_ms = 60,
		.idle_ms = 200,
		.write_ms = 60 });
	return 0;
}

static int end(void **state)
{
	stop_server(0);
	assert_int_equal(http_server_connections(server), 0);
	end_threads();
	return 0;
}

/* ---- tests ---- */

#define HOST "Host: a\r\n"

static void ask(int fd, const char *text)
{
	near_say(fd, text);
	near_reply(fd, &r, true);
}

static bool has(const char *field)
{
	return strstr(r.head, field) != NULL;
}

static void must_end(int fd)
{
	char rest[100];

	assert_int_equal(near_read_all(fd, rest, sizeof(rest)), 0);
	close(fd);
}

static void what_a_handler_sees(void **state)
{
	int fd = near_connect(port);

	ask(fd,
		"POST /echo/%20x?a=b&c HTTP/1.1\r\nHost: a\r\nthInG:  some value\t\r\n"
		"Cookie: a=b; sid=\"s3cret\"; sid=other\r\nContent-Length: 5\r\n\r\nhello");
	assert_int_equal(r.status, 200);
	assert_string_equal(r.body, "hello");
	assert_true(has("\r\nX-Method: 2\r\n"));
	assert_true(has("\r\nX-Path: /echo/%20x\r\n"));
	assert_true(has("\r\nX-Query: a=b&c\r\n"));
	assert_true(has("\r\nX-Remote: 127.0.0.1\r\n"));
	assert_true(has("\r\nX-Secure: no\r\n"));
	assert_true(has("\r\nX-Cookie: s3cret\r\n"));
	assert_true(has("\r\nX-Thing: some value\r\n"));
	assert_true(has("\r\nContent-Length: 5\r\n"));
	assert_true(has("\r\nDate: "));
	assert_true(has(" GMT\r\n"));
	close(fd);
}

static void a_connection_serves_many_requests(void **state)
{
	int fd = near_connect(port);

	for (int i = 0; i < 100; i++) {
		ask(fd,
			i % 2 ? "GET /echo HTTP/1.1\r\n" HOST "\r\n"
			      : "POST /echo HTTP/1.1\r\n" HOST
				"Content-Length: 3\r\n\r\nabc");
		assert_int_equal(r.n, i % 2 ? 0 : 3);
	}
	ask(fd, "GET /echo HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n");
	assert_true(has("\r\nConnection: close\r\n"));
	must_end(fd);
}

static void old_clients_say_when_they_stay(void **state)
{
	int fd = near_connect(port);

	ask(fd, "GET /echo HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
	assert_true(has("\r\nConnection: keep-alive\r\n"));
	ask(fd, "GET /echo HTTP/1.0\r\n\r\n");
	assert_true(has("\r\nConnection: close\r\n"));
	must_end(fd);
}

static void pipelined_requests_are_answered_in_order(void **state)
{
	static char text[60000];
	int fd = near_connect(port), n = 0, count = 500;

	for (int i = 0; i < count; i++)
		n += snprintf(text + n, sizeof(text) - (size_t)n,
			"POST /echo?%d HTTP/1.1\r\n" HOST "Content-Length: 4\r\n\r\n%04d",
			i, i);
	near_send(fd, text, (size_t)n);
	for (int i = 0; i < count; i++) {
		near_reply(fd, &r, true);
		assert_int_equal(atoll(r.body), i);
	}
	close(fd);
}

static void a_request_may_come_byte_by_byte(void **state)
{
	const char *text = "\r\n\r\nPOST /echo HTTP/1.1\r\n" HOST
			   "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
			   "GET /echo?next HTTP/1.1\r\n" HOST "\r\n";
	int fd = near_connect(port);

	for (const char *p = text; *p; p++)
		near_send(fd, p, 1);
	near_reply(fd, &r, true);
	assert_string_equal(r.body, "abc");
	near_reply(fd, &r, true);
	assert_true(has("\r\nX-Query: next\r\n"));
	close(fd);
}

static void head_has_a_length_and_no_body(void **state)
{
	int fd = near_connect(port);

	near_say(fd, "HEAD /blob HTTP/1.1\r\n" HOST "\r\n");
	near_reply(fd, &r, false);
	assert_true(has("\r\nContent-Length: 16\r\n"));
	near_say(fd, "HEAD /file HTTP/1.1\r\n" HOST "\r\n");
	near_reply(fd, &r, false);
	assert_true(has("\r\nContent-Length: 7\r\n"));
	ask(fd, "GET /blob HTTP/1.1\r\n" HOST "\r\n");
	assert_string_equal(r.body, "one shared three");
	close(fd);
}

static void no_content_has_no_length(void **state)
{
	int fd = near_connect(port);

	ask(fd,
		"GET /204 HTTP/1.1\r\n" HOST "\r\nGET /echo?after HTTP/1.1\r\n" HOST
		"\r\n");
	assert_int_equal(r.status, 204);
	assert_false(has("Content-Length"));
	near_reply(fd, &r, true);
	assert_true(has("X-Query: after"));
	close(fd);
}

static void files_are_sent_in_part(void **state)
{
	int fd = near_connect(port);

	ask(fd,
		"GET /file HTTP/1.1\r\n" HOST "\r\nGET /file HTTP/1.1\r\n" HOST
		"\r\nGET /echo?after HTTP/1.1\r\n" HOST "\r\n");
	assert_int_equal(r.status, 206);
	assert_string_equal(r.body, "2345678");
	near_reply(fd, &r, true);
	assert_string_equal(r.body, "2345678");
	near_reply(fd, &r, true);
	assert_true(has("X-Query: after"));
	close(fd);
}

static void a_handler_may_end_the_connection(void **state)
{
	int fd = near_connect(port);

	ask(fd, "GET /close HTTP/1.1\r\n" HOST "\r\nGET /echo HTTP/1.1\r\n" HOST "\r\n");
	assert_true(has("\r\nConnection: close\r\n"));
	must_end(fd);
}

static void expect_gets_its_100(void **state)
{
	int fd = near_connect(port);

	ask(fd,
		"POST /echo HTTP/1.1\r\n" HOST
		"Content-Length: 3\r\nExpect: 100-continue\r\n\r\n");
	assert_int_equal(r.status, 100);
	ask(fd, "abc");
	assert_int_equal(r.status, 200);
	assert_string_equal(r.body, "abc");
	/* Not for what is too large, and not when the body came along. */
	ask(fd,
		"POST /echo HTTP/1.1\r\n" HOST
		"Content-Length: 3\r\nExpect: 100-continue\r\n\r\nabc");
	assert_int_equal(r.status, 200);
	ask(fd,
		"POST /small HTTP/1.1\r\n" HOST
		"Content-Length: 11\r\nExpect: 100-continue\r\n\r\n");
	assert_int_equal(r.status, 413);
	must_end(fd);
}

static void refusals(void **state)
{
	static const struct {
		int status;
		const char *text;
	} rows[] = {
		{ 400, "hello\r\n\r\n" },
		{ 400, "\x16\x03\x01\x02\r\n\r\n" }, /* TLS */
		{ 400, "GET / HTTP/1.1\r\n\r\n" },
		{ 400,
			"POST / HTTP/1.1\r\n" HOST
			"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n" },
		{ 400,
			"POST / HTTP/1.1\r\n" HOST
			"Content-Length: 3\r\nContent-Length: 4\r\n\r\n" },
		{ 400,
			"POST / HTTP/1.1\r\n" HOST
			"Transfer-Encoding: chunked\r\n\r\nzz\r\n" },
		{ 501, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip\r\n\r\n" },
		{ 501, "TRACE / HTTP/1.1\r\n" HOST "\r\n" },
		{ 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" },
		{ 417, "POST / HTTP/1.1\r\n" HOST "Expect: more\r\n\r\n" },
		{ 413, "POST /small HTTP/1.1\r\n" HOST "Content-Length: 11\r\n\r\n" },
		{ 413,
			"POST /small HTTP/1.1\r\n" HOST
			"Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n6\r\nfghijk" },
		{ 413,
			"POST / HTTP/1.1\r\n" HOST
			"Content-Length: 999999999999\r\n\r\n" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		int fd = near_connect(port);

		ask(fd, rows[i].text);
		if (r.status != rows[i].status)
			fail_msg("row %zu: %d instead of %d", i, r.status,
				rows[i].status);
		assert_true(has("\r\nConnection: close\r\n"));
		must_end(fd);
	}
}

static void what_follows_a_refusal_is_not_obeyed(void **state)
{
	int fd = near_connect(port);

	ask(fd,
		"POST / HTTP/1.1\r\n" HOST "Content-Length : 5\r\n\r\n"
		"GET /later HTTP/1.1\r\n" HOST "\r\n");
	assert_int_equal(r.status, 400);
	must_end(fd);
	assert_int_equal(sem_trywait(&arrived), -1);
}

static void heads_have_bounds(void **state)
{
	static const struct {
		const char *before;
		size_t n;
		const char *after;
		int status;
	} rows[] = {
		{ "GET /", 998, " HTTP/1.1\r\n" HOST "\r\n", 200 },
		{ "GET /", 1000, " HTTP/1.1\r\n" HOST "\r\n", 414 },
		{ "GET /", 3000, " HTTP/1.1\r\n" HOST "\r\n", 414 },
		{ "GET /", 3000, "", 414 },
		{ "GET /echo HTTP/1.1\r\n" HOST "X: ", 1900, "\r\n\r\n", 200 },
		{ "GET /echo HTTP/1.1\r\n" HOST "X: ", 2000, "\r\n\r\n", 431 },
		{ "GET /echo HTTP/1.1\r\n" HOST "X: ", 9000, "", 431 },
	};

	memset(big, 'a', BODY_MAX);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		int fd = near_connect(port);

		near_say(fd, rows[i].before);
		near_send(fd, big, rows[i].n);
		ask(fd, rows[i].after);
		if (r.status != rows[i].status)
			fail_msg("row %zu: %d instead of %d", i, r.status,
				rows[i].status);
		close(fd);
	}
}

static void large_bodies_come_whole(void **state)
{
	int fd = near_connect(port);
	char head[100];

	for (int i = 0; i < BODY_MAX; i++)
		big[i] = (char)('a' + i % 23);
	snprintf(head, sizeof(head),
		"POST /echo HTTP/1.1\r\n" HOST "Content-Length: %d\r\n\r\n", BODY_MAX);
	near_say(fd, head);
	near_send(fd, big, BODY_MAX);
	near_reply(fd, &r, true);
	assert_int_equal(r.n, BODY_MAX);
	assert_memory_equal(r.body, big, BODY_MAX);
	near_say(fd, "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n");
	for (int i = 0; i < BODY_MAX; i += 1000) {
		near_say(fd, "3e8\r\n");
		near_send(fd, big + i, 1000);
		near_say(fd, "\r\n");
	}
	ask(fd, "0\r\n\r\n");
	assert_int_equal(r.n, BODY_MAX);
	assert_memory_equal(r.body, big, BODY_MAX);
	close(fd);
}

/* A client that sends all before it reads must get the refusal, not a reset. */
static void a_body_too_large_is_answered_while_it_comes(void **state)
{
	int fd = near_connect(port);

	near_say(fd, "POST /small HTTP/1.1\r\n" HOST "Content-Length: 3000000\r\n\r\n");
	memset(big, 'a', BODY_MAX);
	for (int i = 0; i < 30; i++)
		assert_true(near_send(fd, big, BODY_MAX));
	near_reply(fd, &r, true);
	assert_int_equal(r.status, 413);
	close(fd);
}

/* ---- answers from elsewhere ---- */

static void wait_for(sem_t *sem)
{
	while (sem_wait(sem))
		;
}

static void bodies_together_are_bounded(void **state)
{
	int first = near_connect(port), second = near_connect(port);

	memset(big, 'a', BODY_MAX);
	near_say(first, "POST /later HTTP/1.1\r\n" HOST "Content-Length: 100000\r\n\r\n");
	assert_true(near_send(first, big, BODY_MAX));
	wait_for(&arrived);
	ask(second, "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 2\r\n\r\nok");
	assert_int_equal(r.status, 200);
	near_say(second, "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 100000\r\n\r\n");
	assert_true(near_send(second, big, BODY_MAX));
	near_reply(second, &r, true);
	assert_int_equal(r.status, 503);
	close(second);

	sem_post(&go_on);
	near_reply(first, &r, true);
	assert_int_equal(r.status, 200);
	wait_for(&done);
	near_say(first, "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 100000\r\n\r\n");
	assert_true(near_send(first, big, BODY_MAX));
	near_reply(first, &r, true);
	assert_int_equal(r.status, 200);
	close(first);
}

static void a_reply_may_come_later(void **state)
{
	int fd = near_connect(port);

	near_say(fd,
		"GET /later?1 HTTP/1.1\r\n" HOST "\r\nGET /echo?2 HTTP/1.1\r\n" HOST
		"\r\n");
	wait_for(&arrived);
	sem_post(&go_on);
	near_reply(fd, &r, true);
	assert_string_equal(r.body, "later 1");
	near_reply(fd, &r, true);
	assert_true(has("X-Query: 2"));
	close(fd);
}

static void a_peer_that_goes_meanwhile_does_no_harm(void **state)
{
	struct linger reset = { 1, 0 };

	for (int i = 0; i < 20; i++) {
		int fd = near_connect(port);

		near_say(fd, "GET /later HTTP/1.1\r\n" HOST "\r\n");
		wait_for(&arrived);
		if (i % 2)
			setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
		close(fd);
		sem_post(&go_on);
		wait_for(&done);
	}
}

static void a_half_closed_peer_still_gets_its_answers(void **state)
{
	char all[2000];
	int fd = near_connect(port);
	size_t n;

	near_say(fd,
		"GET /later?1 HTTP/1.1\r\n" HOST "\r\nGET /echo?2 HTTP/1.1\r\n" HOST
		"\r\n");
	shutdown(fd, SHUT_WR);
	wait_for(&arrived);
	sem_post(&go_on);
	n = near_read_all(fd, all, sizeof(all));
	all[n] = 0;
	assert_non_null(strstr(all, "later 1HTTP/1.1 200"));
	assert_non_null(strstr(all, "X-Query: 2"));
	close(fd);
}

static void pipelining_without_end_is_held_back(void **state)
{
	static char text[1 << 20];
	const char *one = "GET /echo HTTP/1.1\r\n" HOST "\r\n";
	int fd = near_connect(port);
	ssize_t sent;

	for (size_t i = 0; i + strlen(one) < sizeof(text); i += strlen(one))
		memcpy(text + i, one, strlen(one));
	near_say(fd, "GET /later HTTP/1.1\r\n" HOST "\r\n");
	wait_for(&arrived);
	/* It takes what fits its buffer and the kernel's, then no more. */
	do {
		sent = send(fd, text, sizeof(text), MSG_NOSIGNAL | MSG_DONTWAIT);
	} while (sent > 0);
	assert_int_equal(errno, EAGAIN);
	close(fd);
	sem_post(&go_on);
	wait_for(&done);
}

/* ---- time ---- */

static void who_is_slow_is_told(void **state)
{
	static const char *const rows[] = { "G", "GET / HTTP/1.1\r\nHost: a",
		"POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nabc",
		"POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n5\r\nab" };

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		int fd = near_connect(port);

		ask(fd, rows[i]);
		assert_int_equal(r.status, 408);
		must_end(fd);
	}
}

static void dripping_does_not_buy_time(void **state)
{
	int fd = near_connect(port);

	near_say(fd, "GET / HTTP/1.1\r\nX: ");
	while (near_say(fd, "a") && usleep(5000) == 0) {
		char byte;

		if (recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0)
			break;
	}
	near_reply(fd, &r, true);
	assert_int_equal(r.status, 408);
	close(fd);
}

static void who_is_idle_is_closed(void **state)
{
	int fd = near_connect(port), other = near_connect(port);

	ask(other, "GET /echo HTTP/1.1\r\n" HOST "\r\n");
	must_end(fd);
	must_end(other);
}

static void who_does_not_read_is_dropped(void **state)
{
	int fd = near_connect(port), small = 4096;
	char head[200], byte[4096];
	ssize_t got;

	/* Dropped with a window of nothing, we may never hear of it while we only send. */
	struct timeval patience = { .tv_sec = 2 };

	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	memset(big, 'a', BODY_MAX);
	snprintf(head, sizeof(head),
		"POST /echo HTTP/1.1\r\n" HOST "Content-Length: %d\r\n\r\n", BODY_MAX);
	/* Echoes pile up until the kernel takes no more. */
	while (near_say(fd, head) && near_send(fd, big, BODY_MAX))
		;
	/* It has dropped us: what it had sent comes to an end. */
	do {
		got = recv(fd, byte, sizeof(byte), 0);
	} while (got > 0);
	assert_true(got == 0 || errno == ECONNRESET);
	close(fd);
}

/* ---- the rest ---- */

static void a_port_in_use_is_an_error(void **state)
{
	struct http_server_config config = { .handle = handle };
	struct http_server *second;
	const char *words;
	char listen[40];

	snprintf(listen, sizeof(listen), "127.0.0.1:%d", port);
	config.listen = listen;
	assert_int_equal(http_server_start(loops, LOOPS, &config, &second, &words),
		ERR_CONFLICT);
	assert_string_equal(words, "Address already in use");
	config.listen = "nowhere";
	assert_int_equal(http_server_start(loops, LOOPS, &config, &second, &words),
		ERR_INVALID_ARGUMENT);
	config.listen = "127.0.0.1:0";
	config.trusted_proxies = "10.0.0.0/8, nonsense";
	assert_int_equal(http_server_start(loops, LOOPS, &config, &second, &words),
		ERR_INVALID_ARGUMENT);
	config.trusted_proxies = NULL;
	config.tls_cert = "cert.pem";
	assert_int_equal(http_server_start(loops, LOOPS, &config, &second, &words),
		ERR_INVALID_ARGUMENT);
	config.tls_key = "/nonexistent/key.pem";
	assert_int_equal(http_server_start(loops, LOOPS, &config, &second, &words),
		ERR_INVALID_ARGUMENT);
}

static int begin_behind_proxy(void **state)
{
	start((struct http_server_config){ .trusted_proxies = "127.0.0.1, 10.0.0.0/8" });
	return 0;
}

static void proxies_that_are_trusted_tell_who_asks(void **state)
{
	static const struct {
		const char *fields, *remote;
	} rows[] = {
		{ "", "127.0.0.1" },
		{ "X-Forwarded-For: 203.0.113.7\r\n", "203.0.113.7" },
		{ "X-Forwarded-For: 6.6.6.6, 203.0.113.7, 10.1.2.3\r\n", "203.0.113.7" },
		{ "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 203.0.113.7\r\n",
			"203.0.113.7" },
		{ "X-Forwarded-For: 10.9.9.9\r\n", "10.9.9.9" },
		{ "X-Forwarded-For: 2001:db8::7\r\n", "2001:db8::7" },
		{ "X-Forwarded-For: <script>, 10.1.1.1\r\n", "10.1.1.1" },
		{ "X-Forwarded-For: ,\r\n", "127.0.0.1" },
	};
	int fd = near_connect(port);

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char text[300], want[100];

		snprintf(text, sizeof(text), "GET /echo HTTP/1.1\r\n" HOST "%s\r\n",
			rows[i].fields);
		snprintf(want, sizeof(want), "\r\nX-Remote: %s\r\n", rows[i].remote);
		ask(fd, text);
		if (!has(want))
			fail_msg("row %zu: %s", i, r.head);
	}
	ask(fd, "GET /echo HTTP/1.1\r\n" HOST "X-Forwarded-Proto: https\r\n\r\n");
	assert_true(has("X-Secure: yes"));
	close(fd);
}

static void others_are_not_believed(void **state)
{
	int fd = near_connect(port);

	ask(fd,
		"GET /echo HTTP/1.1\r\n" HOST
		"X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: https\r\n\r\n");
	assert_true(has("\r\nX-Remote: 127.0.0.1\r\n"));
	assert_true(has("X-Secure: no"));
	close(fd);
}

static int begin_small(void **state)
{
	start((struct http_server_config){ .max_connections = 2 });
	return 0;
}

static void connections_have_a_bound(void **state)
{
	int one = near_connect(port), two = near_connect(port), three;

	ask(one, "GET /echo HTTP/1.1\r\n" HOST "\r\n");
	ask(two, "GET /echo HTTP/1.1\r\n" HOST "\r\n");
	three = near_connect(port);
	must_end(three);
	ask(one, "GET /echo HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n");
	must_end(one);
	ask(two, "GET /echo HTTP/1.1\r\n" HOST "\r\n");
	close(two);
}

static void stopping_finishes_what_is_out(void **state)
{
	int idle, out;
	sem_t ended;
	char all[500];
	size_t n;

	begin(NULL);
	idle = near_connect(port);
	out = near_connect(port);
	ask(idle, "GET /echo HTTP/1.1\r\n" HOST "\r\n");
	near_say(out, "GET /later?last HTTP/1.1\r\n" HOST "\r\n");
	wait_for(&arrived);
	sem_init(&ended, 0, 0);
	http_server_stop(server, 20000, post_sem, &ended);
	must_end(idle);
	assert_int_equal(sem_trywait(&ended), -1);
	sem_post(&go_on);
	n = near_read_all(out, all, sizeof(all));
	all[n] = 0;
	assert_non_null(strstr(all, "later last"));
	assert_non_null(strstr(all, "Connection: close"));
	close(out);
	wait_for(&ended);
	sem_destroy(&ended);
	end_threads();
}

static void after_the_grace_all_is_cut_but_requests_are_waited_for(void **state)
{
	int half, out;
	sem_t ended;

	begin(NULL);
	half = near_connect(port);
	out = near_connect(port);
	near_say(out, "GET /later HTTP/1.1\r\n" HOST "\r\n");
	wait_for(&arrived);
	near_say(half, "GET /ec");
	sem_init(&ended, 0, 0);
	http_server_stop(server, 1, post_sem, &ended);
	must_end(half);
	must_end(out);
	assert_int_equal(sem_trywait(&ended), -1);
	sem_post(&go_on);
	wait_for(&ended);
	sem_destroy(&ended);
	end_threads();
}

static void decoding(void **state)
{
	static const struct {
		const char *in, *out;
		bool plus;
	} rows[] = {
		{ "", "", false },
		{ "a%20b+c", "a b+c", false },
		{ "a%20b+c", "a b c", true },
		{ "%e4%BD%a0", "你", false },
		{ "%", NULL, false },
		{ "%4", NULL, false },
		{ "%4g", NULL, false },
		{ "%00", NULL, false },
	};
	struct arena *mem = arena_new(0);
	struct http_req rq = { .mem = mem, .query = STR("a=1&b&%63=x%2By&a=2&d=%zz&e=") };
	str got;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(http_decode(mem, str_of(rows[i].in), rows[i].plus, &got),
			rows[i].out != NULL);
		if (rows[i].out)
			assert_true(str_is(got, rows[i].out));
	}
	assert_true(http_query(&rq, "a", &got) && str_is(got, "1"));
	assert_true(http_query(&rq, "b", &got) && str_is(got, ""));
	assert_true(http_query(&rq, "c", &got) && str_is(got, "x+y"));
	assert_true(http_query(&rq, "e", &got) && str_is(got, ""));
	assert_false(http_query(&rq, "d", &got));
	assert_false(http_query(&rq, "f", &got));
	arena_free(mem);
}

int main(void)
{
#define ROW(test) cmocka_unit_test_setup_teardown(test, begin, end)
#define QUICK(test) cmocka_unit_test_setup_teardown(test, begin_impatient, end)
	const struct CMUnitTest tests[] = {
		ROW(what_a_handler_sees),
		ROW(a_connection_serves_many_requests),
		ROW(old_clients_say_when_they_stay),
		ROW(pipelined_requests_are_answered_in_order),
		ROW(a_request_may_come_byte_by_byte),
		ROW(head_has_a_length_and_no_body),
		ROW(no_content_has_no_length),
		ROW(files_are_sent_in_part),
		ROW(a_handler_may_end_the_connection),
		ROW(expect_gets_its_100),
		ROW(refusals),
		ROW(what_follows_a_refusal_is_not_obeyed),
		ROW(heads_have_bounds),
		ROW(large_bodies_come_whole),
		ROW(a_body_too_large_is_answered_while_it_comes),
		ROW(bodies_together_are_bounded),
		ROW(a_reply_may_come_later),
		ROW(a_peer_that_goes_meanwhile_does_no_harm),
		ROW(a_half_closed_peer_still_gets_its_answers),
		ROW(pipelining_without_end_is_held_back),
		QUICK(who_is_slow_is_told),
		QUICK(dripping_does_not_buy_time),
		QUICK(who_is_idle_is_closed),
		QUICK(who_does_not_read_is_dropped),
		ROW(a_port_in_use_is_an_error),
		cmocka_unit_test_setup_teardown(proxies_that_are_trusted_tell_who_asks,
			begin_behind_proxy, end),
		ROW(others_are_not_believed),
		cmocka_unit_test_setup_teardown(connections_have_a_bound, begin_small,
			end),
		cmocka_unit_test(stopping_finishes_what_is_out),
		cmocka_unit_test(after_the_grace_all_is_cut_but_requests_are_waited_for),
		cmocka_unit_test(decoding),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
