/*
 * tools/liaison-load/realtime.c - Liaison's socket, as doc/realtime.md says.
 *
 * Sign-ins and chats come from a file of pairs; a client says hello twice: with
 * no cursor, then with the one it got, as after a reconnection.
 */
#include "load.h"

#include <endian.h>

enum { HANDSHAKE, FIRST_HELLO, SECOND_HELLO, OPEN };
enum { TEXT = 1, CLOSE = 8, PING = 9, PONG = 10 };

/* Clients' frames are masked (RFC 6455, 5.3). */
static void put_frame(struct peer *p, int opcode, const char *payload, size_t n)
{
	uint32_t mask = random_u32();
	size_t head = n < 126 ? 6 : 8;
	char *at = put_room(p, head + n);

	at[0] = (char)(0x80 | opcode);
	if (n < 126) {
		at[1] = (char)(0x80 | n);
	} else {
		uint16_t n16 = htobe16((uint16_t)n);

		BUG_IF(n > UINT16_MAX, "frame");
		at[1] = (char)(0x80 | 126);
		memcpy(at + 2, &n16, 2);
	}
	memcpy(at + head - 4, &mask, 4);
	at += head;
	for (size_t i = 0; i < n; i++)
		at[i] = (char)(payload[i] ^ ((char *)&mask)[i & 3]);
}

static void open_socket(struct peer *p)
{
	const char *token = strchr(p->token, ':');

	if (!token)
		fatal("client %u: CLIENT:TOKEN, not %s", p->index, p->token);
	put_text(p,
		"GET /v1/ws?client=%.*s HTTP/1.1\r\nHost: %s:%d\r\nConnection: Upgrade\r\n"
		"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
		"Sec-WebSocket-Key: bGlhaXNvbi1sb2FkLTAwMA==\r\n"
		"Authorization: Bearer %s\r\n\r\n",
		(int)(token - p->token), p->token, load.host, load.port, token + 1);
}

static void say_hello(struct peer *p, const char *cursor, size_t n)
{
	char text[128];
	int size = cursor
		? snprintf(text, sizeof(text), "{\"t\":\"hello\",\"cursor\":\"%.*s\"}",
			  (int)n, cursor)
		: snprintf(text, sizeof(text), "{\"t\":\"hello\"}");

	put_frame(p, TEXT, text, (size_t)size);
}

/* What follows a mark in a frame; ours are written in one way only. */
static const char *after(const char *at, size_t n, const char *mark)
{
	const char *found = memmem(at, n, mark, strlen(mark));

	return found ? found + strlen(mark) : NULL;
}

static const char *must_have(struct peer *p, const char *at, size_t n, const char *mark)
{
	const char *found = after(at, n, mark);

	if (!found)
		fatal("client %u: no %s in %.*s", p->index, mark, (int)n, at);
	return found;
}

static bool is_kind(const char *at, size_t n, const char *kind)
{
	size_t k = strlen(kind);

	return n > 6 + k && !memcmp(at + 6, kind, k) && at[6 + k] == '"';
}

static void hear_hello(struct peer *p, const char *at, size_t n)
{
	const char *cursor = must_have(p, at, n, "\"cursor\":\"");

	if (p->step++ == FIRST_HELLO)
		say_hello(p, cursor, strcspn(cursor, "\""));
	else
		on_ready(p);
}

static void hear_text(struct peer *p, const char *at, size_t n)
{
	if (is_kind(at, n, "ack")) {
		on_seq(p, strtoll(must_have(p, at, n, "\"seq\":"), NULL, 10));
		on_accepted(p);
	} else if (is_kind(at, n, "message")) {
		on_seq(p, strtoll(must_have(p, at, n, "\"seq\":"), NULL, 10));
		on_delivered(p, must_have(p, at, n, "\"content\":\""));
	} else if (is_kind(at, n, "hello")) {
		hear_hello(p, at, n);
	} else if (is_kind(at, n, "nack") || is_kind(at, n, "error") ||
		is_kind(at, n, "sync")) {
		fatal("client %u: %.*s", p->index, (int)n, at);
	}
}

static void hear_frame(struct peer *p, int opcode, const char *at, size_t n)
{
	if (opcode == TEXT)
		hear_text(p, at, n);
	else if (opcode == PING)
		put_frame(p, PONG, at, n);
	else if (opcode == CLOSE)
		fatal("client %u: the server closed", p->index);
}

static size_t take_handshake(struct peer *p, const char *at, size_t n)
{
	const char *end = after(at, n, "\r\n\r\n");

	if (!end)
		return 0;
	if (n < 12 || memcmp(at, "HTTP/1.1 101", 12) != 0)
		fatal("client %u: %.*s", p->index, (int)n, at);
	p->step = FIRST_HELLO;
	say_hello(p, NULL, 0);
	return (size_t)(end - at);
}

static size_t take(struct peer *p, const char *at, size_t n)
{
	size_t head = 2, size;
	uint64_t n64;
	uint16_t n16;

	if (p->step == HANDSHAKE)
		return take_handshake(p, at, n);
	if (n < 2)
		return 0;
	size = at[1] & 0x7f;
	head += size == 126 ? 2 : size == 127 ? 8 : 0;
	if (n < head)
		return 0;
	if (size == 126) {
		memcpy(&n16, at + 2, 2);
		size = be16toh(n16);
	} else if (size == 127) {
		memcpy(&n64, at + 2, 8);
		size = be64toh(n64);
	}
	if (n - head < size)
		return 0;
	hear_frame(p, at[0] & 15, at + head, size);
	return head + size;
}

static void put_message(struct peer *p, const char *text, size_t n)
{
	static char frame[66000];
	/* Unlike that of any other message of the chat, also of other runs. */
	int size = snprintf(frame, sizeof(frame),
		"{\"t\":\"send\",\"nonce\":\"%.16s-%u-%" PRIx64 "\",\"chat\":\"%s\","
		"\"type\":\"text\",\"body\":{\"content\":\"%.*s\"}}",
		text, p->index & 1, p->sent, p->chat, (int)n, text);

	BUG_IF(size < 0 || (size_t)size >= sizeof(frame), "too long");
	put_frame(p, TEXT, frame, (size_t)size);
}

const struct protocol realtime_protocol = { "realtime", open_socket, take, put_message };
