/*
 * io/ws.h - WebSocket connections (RFC 6455), the server's side.
 *
 * A ws belongs to the loop of the request it came from, and every function here
 * is called on that loop, except the making of frames.  An idle ws holds no
 * buffers.  A frame is encoded once and shared by all who get it; what was sent
 * in a turn of the loop leaves at its end, in one system call for each socket.
 *
 * A slow client never costs memory without bound: when more than max_queue_bytes
 * wait for it, it is `behind`: on_behind is called, frames sent to it are dropped
 * until all has drained, then on_caught_up is called and its owner brings it up
 * to date from its cursor.
 *
 * Pings of the peer are answered; a peer that is silent for heartbeat_ms is
 * pinged, and dropped after as long again.  ws_send, ws_close and the rest may be
 * called from within any callback.  on_close comes exactly once, last, never from
 * within ws_close or ws_send; until then the ws may be used, after it not.
 */
#ifndef IO_WS_H
#define IO_WS_H

#include "base/blob.h"
#include "io/http_server.h"

struct ws;

struct ws_handler {
	/* A whole text message, valid UTF-8; the bytes live during the call. */
	void (*on_text)(struct ws *ws, str message);
	/* Optional.  See above. */
	void (*on_behind)(struct ws *ws);
	void (*on_caught_up)(struct ws *ws);
	/* The code is the peer's, ours, or 1006 when it ended without one. */
	void (*on_close)(struct ws *ws, int code);
	/* Limits; 0 gives the default in brackets. */
	size_t max_message_bytes; /* [128 KiB], at most 1 MiB; beyond: close with 1009 */
	size_t max_queue_bytes;   /* [256 KiB] */
	int heartbeat_ms;         /* [50 s], whole seconds */
	const char *subprotocol;  /* chosen when the client offers it; may be NULL */
};

/* Consumes the request.  NULL when it is no proper WebSocket handshake, which has
 * then been answered (400, 405, 426).  The caller has checked Origin and who it
 * is.  `h` must outlive the ws; `arg` is ws_arg, and may not live in rq->mem. */
struct ws *http_upgrade(struct http_req *rq, const struct ws_handler *h, void *arg);
/* Whether the request asks for a WebSocket at all. */
bool http_wants_ws(const struct http_req *rq);

void *ws_arg(const struct ws *ws);
struct loop *ws_loop(const struct ws *ws);

/* A text frame with one reference, for ws_send to share; any thread. */
struct blob *ws_text_frame(str text);
/* Queues the frame and takes a reference of its own.  Does nothing when the ws is
 * closing or behind; returns false then. */
bool ws_send(struct ws *ws, struct blob *frame);
/* Encodes and sends to one. */
bool ws_send_text(struct ws *ws, str text);
/* Bytes that wait for the peer. */
size_t ws_queued(const struct ws *ws);
bool ws_is_behind(const struct ws *ws);

/* Sends what is queued and a close frame, waits for the peer's for at most five
 * seconds.  1000 normal, 1001 going away, 1008 policy, 1011 our failure, 4000 …
 * of the product.  The reason is at most 123 bytes of UTF-8.  Again: no effect. */
void ws_close(struct ws *ws, int code, const char *reason);
/* Closes without a handshake. */
void ws_drop(struct ws *ws);

#endif
