/*
 * io/ws_frame.h - RFC 6455 frames: bytes to messages and back.
 *
 * Pure: no socket, no loop.  A ws_rx takes the bytes of one client as they come,
 * cut anywhere, and gives messages and control frames.  It holds memory only
 * while a frame or a fragmented message is incomplete, and never more than
 * max_bytes and a little.
 *
 *	struct ws_rx rx = { .max_bytes = 131072 };
 *	struct ws_span in = { bytes, n };             (bytes are unmasked in place)
 *	while ((got = ws_rx_next(&rx, &in, &item)) == WS_ITEM)
 *		...                                    (item.data lives until the next call)
 *	got is WS_MORE (all taken) or WS_FAILED (item.code says which close code)
 */
#ifndef IO_WS_FRAME_H
#define IO_WS_FRAME_H

#include "base/str.h"

enum ws_op {
	WS_CONTINUATION = 0,
	WS_TEXT = 1,
	WS_BINARY = 2,
	WS_CLOSE = 8,
	WS_PING = 9,
	WS_PONG = 10,
};

enum ws_code {
	WS_NORMAL = 1000,
	WS_GOING_AWAY = 1001,
	WS_PROTOCOL_ERROR = 1002,
	WS_UNSUPPORTED = 1003,
	WS_NO_CODE = 1005,  /* a close frame without one; never sent */
	WS_ABNORMAL = 1006, /* no close frame; never sent */
	WS_BAD_TEXT = 1007,
	WS_POLICY = 1008,
	WS_TOO_BIG = 1009,
	WS_INTERNAL = 1011,
};

enum ws_got {
	WS_ITEM,
	WS_MORE,
	WS_FAILED,
};

struct ws_span {
	char *p;
	size_t n;
};

struct ws_hold {
	char *p;
	uint32_t n, cap;
};

struct ws_rx {
	uint32_t max_bytes;
	uint8_t op; /* of the message that is being put together, or 0 */
	bool failed;
	struct ws_hold part;    /* an incomplete frame, as it came */
	struct ws_hold message; /* payloads of the fragments before */
	bool given;             /* `message` was given out and goes at the next call */
	bool held;              /* likewise the frame at the start of `part` */
};

/* A message (WS_TEXT, WS_BINARY) or a control frame. */
struct ws_item {
	enum ws_op op;
	str data; /* of a close frame: the reason */
	int code; /* of a close frame (WS_NO_CODE without), or why it failed */
};

enum ws_got ws_rx_next(struct ws_rx *rx, struct ws_span *in, struct ws_item *out);
/* Frees what is held. */
void ws_rx_release(struct ws_rx *rx);

/* The longest head a server writes. */
#define WS_HEAD_MAX 10
/* The head of a final frame, unmasked, with n bytes of payload; its length. */
size_t ws_head_write(char out[WS_HEAD_MAX], enum ws_op op, uint64_t n);

/* x-ors p with the key, as if p began `at` bytes into the payload. */
void ws_unmask(char *p, size_t n, const uint8_t key[4], size_t at);
/* A code that may stand in a close frame (RFC 6455 7.4). */
bool ws_code_is_valid(int code);
/* Sec-WebSocket-Accept for a Sec-WebSocket-Key; 28 characters and NUL. */
void ws_accept_key(str key, char out[29]);

#endif
