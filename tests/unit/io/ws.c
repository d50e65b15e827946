/*
 * WebSockets on real sockets: the handshake, messages, closing in every way, slow
 * clients, silent clients.
 *
 * Orders to the server under test: "!close", "!drop", "!flood"; everything else is
 * echoed.  What its callbacks saw is in `seen`.
 */
#include "io/ws.h"

#include <poll.h>
#include <semaphore.h>

#include "base/err.h"
#include "io/ws_frame.h"
#include "near.h"

static struct loop *loop;
static struct http_server *server;
static int port;
static struct near_reply r;

/* ---- the server's side ---- */

static struct {
	atomic_int opened, behind, caught_up, closed, code;
} seen;
static sem_t closed, drained, fell_behind;
static struct blob *big_frame;

static void on_text(struct ws *ws, str message)
{
	if (str_is(message, "!close")) {
		ws_close(ws, 4001, "as you wish");
		ws_close(ws, 4002, "again");
		BUG_IF(ws_send_text(ws, STR("too late")), "sent after close");
	} else if (str_is(message, "!drop")) {
		ws_drop(ws);
		ws_drop(ws);
		BUG_IF(ws_send_text(ws, STR("too late")), "sent after drop");
	} else if (str_is(message, "!flood")) {
		for (int i = 0; i < 1000; i++)
			ws_send(ws, big_frame);
		BUG_IF(ws_queued(ws) > 200000 || !ws_is_behind(ws), "without bound");
	} else {
		ws_send_text(ws, message);
	}
}

static void on_behind(struct ws *ws)
{
	seen.behind++;
	sem_post(&fell_behind);
}

static void on_caught_up(struct ws *ws)
{
	seen.caught_up++;
	ws_send_text(ws, STR("caught up"));
	sem_post(&drained);
}

static void on_close(struct ws *ws, int code)
{
	BUG_IF(ws_arg(ws) != &seen || ws_loop(ws) != loop, "another ws");
	seen.closed++;
	seen.code = code;
	sem_post(&closed);
}

static struct ws_handler handler = {
	.on_text = on_text,
	.on_behind = on_behind,
	.on_caught_up = on_caught_up,
	.on_close = on_close,
	.max_message_bytes = 1000,
	.max_queue_bytes = 100000,
	.heartbeat_ms = 1000,
	.subprotocol = "house.v1",
};

static void handle(struct http_req *rq, void *arg)
{
	if (http_upgrade(rq, &handler, &seen))
		seen.opened++;
}

static int begin(void **state)
{
	struct http_server_config config = { .listen = "127.0.0.1:0", .handle = handle };
	const char *words;
	char text[5000];

	memset(&seen, 0, sizeof(seen));
	memset(text, 'x', sizeof(text));
	big_frame = ws_text_frame(str_make(text, sizeof(text)));
	sem_init(&closed, 0, 0);
	sem_init(&drained, 0, 0);
	sem_init(&fell_behind, 0, 0);
	loop = loop_new("ws");
	assert_int_equal(http_server_start(&loop, 1, &config, &server, &words), OK);
	port = http_server_port(server);
	loop_start(loop);
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
	sem_t ended;

	sem_init(&ended, 0, 0);
	http_server_stop(server, 0, post_sem, &ended);
	wait_for(&ended);
	loop_stop(loop);
	loop_join(loop); /* drops what is still open */
	http_server_free(server);
	assert_int_equal(atomic_load(&big_frame->refs), 1);
	blob_unref(big_frame);
	assert_int_equal(seen.opened, seen.closed);
	return 0;
}

/* ---- the client's side ---- */

#define HOST "Host: a\r\n"
#define KEY "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
#define HANDSHAKE                                                                        \
	"GET /ws HTTP/1.1\r\n" HOST                                                      \
	"Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"                      \
	"Sec-WebSocket-Version: 13\r\n" KEY

static void say_frame(int fd, enum ws_op op, const char *payload, size_t n)
{
	static const uint8_t key[4] = { 1, 2, 3, 4 };
	char frame[4096];
	size_t head = ws_head_write(frame, op, n);

	frame[1] = (char)(frame[1] | 0x80);
	memcpy(frame + head, key, 4);
	memcpy(frame + head + 4, payload, n);
	ws_unmask(frame + head + 4, n, key, 0);
	near_send(fd, frame, head + 4 + n);
}

static void say(int fd, const char *text)
{
	say_frame(fd, WS_TEXT, text, strlen(text));
}

/* The server's next frame: its opcode; the payload as a string. */
static int hear(int fd, char *payload)
{
	uint8_t head[4];
	size_t n;

	near_read(fd, (char *)head, 2);
	assert_true(head[0] & 0x80);
	assert_false(head[1] & 0x80);
	n = head[1];
	if (n == 126) {
		near_read(fd, (char *)head + 2, 2);
		n = (size_t)(head[2] << 8 | head[3]);
	}
	near_read(fd, payload, n);
	payload[n] = 0;
	return head[0] & 15;
}

static void must_hear(int fd, int op, const char *want)
{
	static char payload[70000];

	assert_int_equal(hear(fd, payload), op);
	assert_string_equal(payload, want);
}

static void must_hear_close(int fd, int code, const char *reason)
{
	static char payload[70000];

	assert_int_equal(hear(fd, payload), WS_CLOSE);
	assert_int_equal((uint8_t)payload[0] << 8 | (uint8_t)payload[1], code);
	assert_string_equal(payload + 2, reason);
}

static void must_end(int fd)
{
	char rest[1000];

	assert_int_equal(near_read_all(fd, rest, sizeof(rest)), 0);
	close(fd);
}

static int open_ws(void)
{
	int fd = near_connect(port);

	near_say(fd, HANDSHAKE "\r\n");
	near_reply(fd, &r, false);
	assert_int_equal(r.status, 101);
	return fd;
}

static void must_close_with(int code)
{
	wait_for(&closed);
	assert_int_equal(seen.code, code);
}

/* ---- tests ---- */

static void the_handshake(void **state)
{
	int fd = near_connect(port);

	near_say(fd, HANDSHAKE "Sec-WebSocket-Protocol: other, house.v1\r\n\r\n");
	near_reply(fd, &r, false);
	assert_int_equal(r.status, 101);
	assert_non_null(
		strstr(r.head, "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
	assert_non_null(strstr(r.head, "Sec-WebSocket-Protocol: house.v1\r\n"));
	close(fd);
	must_close_with(1006);
	fd = near_connect(port);
	near_say(fd, HANDSHAKE "Sec-WebSocket-Protocol: other\r\n\r\n");
	near_reply(fd, &r, false);
	assert_null(strstr(r.head, "Sec-WebSocket-Protocol"));
	close(fd);
	must_close_with(1006);
}

static void what_is_no_handshake_is_refused(void **state)
{
	static const struct {
		int status;
		const char *text;
	} rows[] = {
		{ 426, "GET /ws HTTP/1.1\r\n" HOST "\r\n" },
		{ 426, "GET /ws HTTP/1.1\r\n" HOST "Upgrade: websocket\r\n\r\n" },
		{ 426,
			"GET /ws HTTP/1.1\r\n" HOST
			"Upgrade: h2c\r\nConnection: Upgrade\r\n\r\n" },
		{ 426,
			"GET /ws HTTP/1.1\r\n" HOST
			"Upgrade: websocket\r\nConnection: Upgrade\r\n"
			"Sec-WebSocket-Version: 8\r\n" KEY "\r\n" },
		{ 400,
			"GET /ws HTTP/1.1\r\n" HOST
			"Upgrade: websocket\r\nConnection: Upgrade\r\n"
			"Sec-WebSocket-Version: 13\r\n\r\n" },
		{ 400,
			"GET /ws HTTP/1.1\r\n" HOST
			"Upgrade: websocket\r\nConnection: Upgrade\r\n"
			"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n\r\n" },
		{ 400,
			"GET /ws HTTP/1.1\r\n" HOST
			"Upgrade: websocket\r\nConnection: Upgrade\r\n"
			"Sec-WebSocket-Version: 13\r\n"
			"Sec-WebSocket-Key: ????????????????????????\r\n\r\n" },
		{ 405,
			"POST /ws HTTP/1.1\r\n" HOST "Upgrade: websocket\r\n"
			"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" KEY
			"\r\n" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		int fd = near_connect(port);

		near_say(fd, rows[i].text);
		near_reply(fd, &r, true);
		assert_int_equal(r.status, rows[i].status);
		if (r.status == 426)
			assert_non_null(strstr(r.head, "Sec-WebSocket-Version: 13\r\n"));
		must_end(fd);
	}
	assert_int_equal(seen.opened, 0);
}

static void texts_are_echoed(void **state)
{
	int fd = open_ws();

	for (int i = 0; i < 100; i++)
		say(fd, "你好 😀");
	for (int i = 0; i < 100; i++)
		must_hear(fd, WS_TEXT, "你好 😀");
	say_frame(fd, WS_PING, "still there?", 12);
	must_hear(fd, WS_PONG, "still there?");
	say_frame(fd, WS_PONG, "unasked", 7);
	say(fd, "");
	must_hear(fd, WS_TEXT, "");
	close(fd);
}

static void frames_may_come_with_the_handshake(void **state)
{
	char frame[] = "\x81\x82\0\0\0\0hi", all[500];
	int fd = near_connect(port);
	size_t n = strlen(HANDSHAKE) + 2;

	memcpy(all, HANDSHAKE "\r\n", n);
	memcpy(all + n, frame, 8);
	near_send(fd, all, n + 8);
	near_reply(fd, &r, false);
	must_hear(fd, WS_TEXT, "hi");
	close(fd);
}

static void after_other_requests_on_the_connection(void **state)
{
	int fd = near_connect(port);

	near_say(fd, HANDSHAKE "\r\n");
	near_reply(fd, &r, false);
	for (int i = 0; i < 20; i++) {
		char byte[] = "\x81\x81\0\0\0\0x";

		for (int at = 0; at < 7; at++)
			near_send(fd, byte + at, 1);
		must_hear(fd, WS_TEXT, "x");
	}
	close(fd);
}

static void the_client_closes(void **state)
{
	int fd = open_ws();

	say_frame(fd, WS_CLOSE, "\x0f\xa1why not", 9);
	must_hear_close(fd, 4001, "");
	must_end(fd);
	must_close_with(4001);
	fd = open_ws();
	say_frame(fd, WS_CLOSE, "", 0);
	must_hear(fd, WS_CLOSE, "");
	must_end(fd);
	must_close_with(1005);
}

static void the_server_closes(void **state)
{
	int fd = open_ws();

	say(fd, "!close");
	say(fd, "not heard any more");
	must_hear_close(fd, 4001, "as you wish");
	assert_int_equal(sem_trywait(&closed), -1);
	say_frame(fd, WS_CLOSE, "\x0f\xa1", 2);
	must_end(fd);
	must_close_with(4001);
}

static void a_close_without_an_answer_has_a_deadline(void **state)
{
	int fd = open_ws();

	say(fd, "!close");
	must_hear_close(fd, 4001, "as you wish");
	must_end(fd);
	must_close_with(1006);
}

static void dropping(void **state)
{
	int fd = open_ws();

	say(fd, "!drop");
	must_end(fd);
	must_close_with(1006);
}

static void who_breaks_the_protocol_is_told_and_closed(void **state)
{
	static const struct {
		int code;
		const char *bytes;
		size_t n;
	} rows[] = {
		{ 1002, "\x81\x02hi", 4 },
		{ 1002, "\xf1\x82\0\0\0\0hi", 8 },
		{ 1007, "\x81\x81\0\0\0\0\xff", 7 },
		{ 1009, "\x81\xfe\x03\xe9\0\0\0\0", 8 },
		{ 1002, "\x88\x82\0\0\0\0\x03\xed", 8 },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		int fd = open_ws();

		near_send(fd, rows[i].bytes, rows[i].n);
		must_hear_close(fd, rows[i].code, "");
		must_end(fd);
		must_close_with(rows[i].code);
	}
}

static void binary_is_not_spoken(void **state)
{
	int fd = open_ws();

	say_frame(fd, WS_BINARY, "x", 1);
	must_hear_close(fd, 1003, "text only");
	say_frame(fd, WS_CLOSE, "\x03\xeb", 2);
	must_end(fd);
	must_close_with(1003);
}

static void a_slow_client_falls_behind_and_catches_up(void **state)
{
	static char payload[70000];
	int fd = near_connect(port), small = 4096, frames = 0, op;

	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
	near_say(fd, HANDSHAKE "\r\n");
	near_reply(fd, &r, false);
	say(fd, "!flood");
	wait_for(&fell_behind);
	while ((op = hear(fd, payload)) == WS_PING || !strncmp(payload, "xxx", 3))
		frames += op == WS_TEXT;
	assert_string_equal(payload, "caught up");
	assert_true(frames >= 10 && frames < 1000);
	say(fd, "as before");
	do {
		op = hear(fd, payload);
	} while (op == WS_PING);
	assert_string_equal(payload, "as before");
	assert_int_equal(seen.behind, 1);
	assert_int_equal(seen.caught_up, 1);
	close(fd);
}

static void who_never_reads_is_dropped(void **state)
{
	int fd = near_connect(port), small = 4096;

	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
	near_say(fd, HANDSHAKE "\r\n");
	near_reply(fd, &r, false);
	/* More than the kernel takes: behind, and stays so. */
	for (int i = 0; i < 100; i++)
		say(fd, "!flood");
	wait_for(&fell_behind);
	must_close_with(1006);
	close(fd);
}

/* Talking does not help. */
static void who_talks_but_never_reads_is_dropped(void **state)
{
	struct pollfd end = { .fd = near_connect(port), .events = POLLRDHUP };
	int small = 4096;

	setsockopt(end.fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
	near_say(end.fd, HANDSHAKE "\r\n");
	near_reply(end.fd, &r, false);
	while (!poll(&end, 1, 20)) /* more and more, until the kernel takes no more */
		say(end.fd, "!flood");
	must_close_with(1006);
	close(end.fd);
}

static void who_is_silent_is_pinged_then_dropped(void **state)
{
	int fd = open_ws();

	must_hear(fd, WS_PING, "");
	say_frame(fd, WS_PONG, "", 0);
	must_hear(fd, WS_PING, "");
	must_end(fd);
	must_close_with(1006);
}

static void close_at_the_end_of_the_loop(void **state)
{
	/* Its on_close comes from loop_join: `end` counts. */
	int fd = open_ws();

	say(fd, "x");
	must_hear(fd, WS_TEXT, "x");
	close(fd);
	open_ws();
}

int main(void)
{
#define ROW(test) cmocka_unit_test_setup_teardown(test, begin, end)
	const struct CMUnitTest tests[] = {
		ROW(the_handshake),
		ROW(what_is_no_handshake_is_refused),
		ROW(texts_are_echoed),
		ROW(frames_may_come_with_the_handshake),
		ROW(after_other_requests_on_the_connection),
		ROW(the_client_closes),
		ROW(the_server_closes),
		ROW(a_close_without_an_answer_has_a_deadline),
		ROW(dropping),
		ROW(who_breaks_the_protocol_is_told_and_closed),
		ROW(binary_is_not_spoken),
		ROW(a_slow_client_falls_behind_and_catches_up),
		ROW(who_never_reads_is_dropped),
		ROW(who_talks_but_never_reads_is_dropped),
		ROW(who_is_silent_is_pinged_then_dropped),
		ROW(close_at_the_end_of_the_loop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
