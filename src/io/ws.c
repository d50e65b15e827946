/*
 * io/ws.c - a WebSocket session: frames in, frames out, heartbeat, closing.
 *
 *	OPEN -- ws_close --> CLOSING -- the peer's close frame, or five seconds --> over
 *	  |                                                                          ^
 *	  +--- the peer's close frame: echoed ---> ECHOING ---- sent ----------------+
 *
 * The heartbeat is one timer for each loop and a wheel of a minute's seconds; a ws
 * stands in the slot of the second in which it is to be looked at next.
 */
#include "io/ws.h"

#include "base/err.h"
#include "io/ws_frame.h"
#include "io/ws_priv.h"

enum { SLOTS = 64, CLOSE_S = 5, MAX_MESSAGE_BYTES = 1 << 20 };

enum ws_state { WS_OPEN, WS_CLOSING, WS_ECHOING, WS_OVER };

struct ws {
	struct sock sock;
	struct grave grave;
	const struct ws_handler *handler;
	void *arg;
	struct ws *next, **prev; /* in the wheel's slot */
	struct ws_rx rx;
	uint32_t heard_s; /* when something came last, in the wheel's seconds */
	uint32_t due_s;   /* of the closing handshake */
	uint32_t moved;   /* sock.sent at the last look, */
	uint32_t moved_s; /* and since when it is that */
	uint16_t code;
	uint8_t state;
	bool behind;
};

struct heartbeat {
	struct loop *loop;
	struct timer tick;
	uint32_t now_s;
	size_t n;
	struct ws *slots[SLOTS];
};

/* ---- the wheel ---- */

static void on_tick(void *arg);

static struct heartbeat *heartbeat_of(struct loop *loop)
{
	return loop->heartbeat;
}

static void heartbeat_free(struct heartbeat *hb)
{
	for (size_t i = 0; i < SLOTS; i++) {
		while (hb->slots[i])
			ws_drop(hb->slots[i]);
	}
	timer_stop(&hb->tick);
	hb->loop->heartbeat = NULL;
	free(hb);
}

static void begin_heartbeat(struct loop *loop)
{
	struct heartbeat *hb = loop->heartbeat;

	if (!hb) {
		hb = calloc(1, sizeof(*hb));
		BUG_IF(!hb, "out of memory");
		hb->loop = loop;
		loop->heartbeat = hb;
		loop->heartbeat_free = heartbeat_free;
	}
	if (!hb->n++)
		timer_repeat(&hb->tick, loop, 1000, on_tick, hb);
}

static void leave_wheel(struct ws *ws)
{
	*ws->prev = ws->next;
	if (ws->next)
		ws->next->prev = ws->prev;
	ws->next = NULL;
	ws->prev = NULL;
}

/* To be looked at in the second `at`; beyond a minute it is looked at before. */
static void enter_wheel(struct ws *ws, uint32_t at)
{
	struct heartbeat *hb = heartbeat_of(ws->sock.loop);
	uint32_t ahead = at - hb->now_s;
	struct ws **slot;

	if (ahead - 1 >= SLOTS - 1)
		ahead = SLOTS - 1;
	slot = &hb->slots[(hb->now_s + ahead) % SLOTS];
	ws->next = *slot;
	ws->prev = slot;
	if (*slot)
		(*slot)->prev = &ws->next;
	*slot = ws;
}

/* ---- the end ---- */

static void bury(struct grave *g)
{
	struct ws *ws = CONTAINER_OF(g, struct ws, grave);

	ws->handler->on_close(ws, ws->code);
	ws_rx_release(&ws->rx);
	free(ws);
}

static void finish(struct ws *ws, int code)
{
	struct heartbeat *hb = heartbeat_of(ws->sock.loop);

	if (ws->state == WS_OVER)
		return;
	ws->state = WS_OVER;
	ws->code = (uint16_t)code;
	leave_wheel(ws);
	if (!--hb->n)
		timer_stop(&hb->tick);
	sock_close(&ws->sock);
	loop_bury(ws->sock.loop, &ws->grave);
}

void ws_drop(struct ws *ws)
{
	finish(ws, WS_ABNORMAL);
}

/* ---- sending ---- */

static void unref(void *blob)
{
	blob_unref(blob);
}

static struct blob *frame_of(enum ws_op op, str payload)
{
	char head[WS_HEAD_MAX];
	size_t n = ws_head_write(head, op, payload.n);
	struct blob *frame = blob_new(n + payload.n);

	memcpy(frame->p, head, n);
	if (payload.n)
		memcpy(frame->p + n, payload.p, payload.n);
	return frame;
}

/* Takes the reference over. */
static void put(struct ws *ws, struct blob *frame)
{
	sock_put(&ws->sock, (struct piece){ frame->p, frame->n, unref, frame });
}

struct blob *ws_text_frame(str text)
{
	return frame_of(WS_TEXT, text);
}

static size_t max_queue(const struct ws *ws)
{
	size_t max = ws->handler->max_queue_bytes;

	return max ? max : 262144;
}

/* Whether so much more may wait. */
static bool has_room(const struct ws *ws, size_t n)
{
	return !ws->sock.queued || ws->sock.queued + n <= max_queue(ws);
}

bool ws_send(struct ws *ws, struct blob *frame)
{
	if (ws->state != WS_OPEN || ws->behind)
		return false;
	if (has_room(ws, frame->n)) {
		put(ws, blob_ref(frame));
		return true;
	}
	ws->behind = true;
	if (ws->handler->on_behind)
		ws->handler->on_behind(ws);
	return false;
}

bool ws_send_text(struct ws *ws, str text)
{
	struct blob *frame = ws_text_frame(text);
	bool sent = ws_send(ws, frame);

	blob_unref(frame);
	return sent;
}

static void put_close(struct ws *ws, int code, str reason)
{
	char payload[125];

	if (code == WS_NO_CODE) {
		put(ws, frame_of(WS_CLOSE, STR_NONE));
		return;
	}
	reason = str_first_bytes(reason, sizeof(payload) - 2);
	payload[0] = (char)(code >> 8);
	payload[1] = (char)code;
	if (reason.n)
		memcpy(payload + 2, reason.p, reason.n);
	put(ws, frame_of(WS_CLOSE, str_make(payload, reason.n + 2)));
}

/* From now on the end is near, five seconds at most. */
static void begin_end(struct ws *ws, enum ws_state state, int code)
{
	ws->state = state;
	ws->code = (uint16_t)code;
	ws->due_s = heartbeat_of(ws->sock.loop)->now_s + CLOSE_S;
	leave_wheel(ws);
	enter_wheel(ws, ws->due_s);
}

void ws_close(struct ws *ws, int code, const char *reason)
{
	BUG_IF(!ws_code_is_valid(code), "close code %d", code);
	if (ws->state != WS_OPEN)
		return;
	put_close(ws, code, str_of(reason));
	begin_end(ws, WS_CLOSING, code);
}

/* ---- receiving ---- */

static void on_close_frame(struct ws *ws, const struct ws_item *item)
{
	if (ws->state == WS_CLOSING) {
		finish(ws, ws->code);
		return;
	}
	put_close(ws, item->code, STR_NONE);
	begin_end(ws, WS_ECHOING, item->code);
}

static void on_item(struct ws *ws, const struct ws_item *item)
{
	switch (item->op) {
	case WS_TEXT:
		if (ws->state == WS_OPEN)
			ws->handler->on_text(ws, item->data);
		break;
	case WS_BINARY:
		ws_close(ws, WS_UNSUPPORTED, "text only");
		break;
	case WS_PING:
		if (ws->state == WS_OPEN && has_room(ws, item->data.n + 2))
			put(ws, frame_of(WS_PONG, item->data));
		break;
	case WS_CLOSE:
		on_close_frame(ws, item);
		break;
	default: /* a pong: it was heard, that is all */
		break;
	}
}

/* The peer broke the protocol: we say so and close without waiting (7.1.7). */
static void on_failure(struct ws *ws, int code)
{
	if (ws->state == WS_CLOSING) {
		finish(ws, code);
		return;
	}
	put_close(ws, code, STR_NONE);
	begin_end(ws, WS_ECHOING, code);
}

static void feed(struct ws *ws, char *p, size_t n)
{
	struct ws_span in = { p, n };
	struct ws_item item;
	enum ws_got got = WS_ITEM;

	ws->heard_s = heartbeat_of(ws->sock.loop)->now_s;
	while (ws->state <= WS_CLOSING && got == WS_ITEM) {
		got = ws_rx_next(&ws->rx, &in, &item);
		if (got == WS_ITEM)
			on_item(ws, &item);
		else if (got == WS_FAILED)
			on_failure(ws, item.code);
	}
}

static void on_readable(struct sock *s)
{
	struct ws *ws = CONTAINER_OF(s, struct ws, sock);
	ssize_t n = sock_read(s, s->loop->read_buf, LOOP_READ_BYTES);

	if (n == SOCK_AGAIN)
		return;
	if (n > 0)
		feed(ws, s->loop->read_buf, (size_t)n);
	else
		finish(ws, ws->state == WS_ECHOING ? ws->code : WS_ABNORMAL);
}

static void on_drained(struct sock *s)
{
	struct ws *ws = CONTAINER_OF(s, struct ws, sock);

	if (ws->state == WS_ECHOING) {
		sock_shut(s);
		finish(ws, ws->code);
		return;
	}
	if (!ws->behind)
		return;
	ws->behind = false;
	if (ws->state == WS_OPEN && ws->handler->on_caught_up)
		ws->handler->on_caught_up(ws);
}

static void on_failed(struct sock *s)
{
	struct ws *ws = CONTAINER_OF(s, struct ws, sock);

	finish(ws, ws->state == WS_ECHOING ? ws->code : WS_ABNORMAL);
}

/* ---- the heartbeat ---- */

static uint32_t period_of(const struct ws *ws)
{
	int s = ws->handler->heartbeat_ms / 1000;

	return s > 0 ? (uint32_t)s : 50;
}

/* Output waits, and nothing of it has left for a period. */
static bool is_stuck(struct ws *ws, uint32_t now_s)
{
	if (!ws->sock.blocked || ws->sock.sent != ws->moved) {
		ws->moved = ws->sock.sent;
		ws->moved_s = now_s;
		return false;
	}
	return now_s - ws->moved_s >= period_of(ws);
}

static void look_at(struct ws *ws, uint32_t now_s)
{
	static const char ping[2] = { (char)0x89, 0 };
	uint32_t period = period_of(ws), silent = now_s - ws->heard_s;

	if (ws->state != WS_OPEN) {
		if ((int32_t)(now_s - ws->due_s) >= 0)
			ws_drop(ws);
		else
			enter_wheel(ws, ws->due_s);
		return;
	}
	enter_wheel(ws, silent < period ? ws->heard_s + period : now_s + period);
	if (silent >= 2 * period || is_stuck(ws, now_s))
		ws_drop(ws);
	else if (silent >= period && has_room(ws, sizeof(ping)))
		sock_put(&ws->sock, (struct piece){ ping, sizeof(ping), NULL, NULL });
}

static void on_tick(void *arg)
{
	struct heartbeat *hb = arg;
	struct ws **slot = &hb->slots[++hb->now_s % SLOTS], *ws = *slot, *next;

	*slot = NULL;
	for (; ws; ws = next) {
		next = ws->next;
		ws->prev = &ws->next; /* stands in no slot */
		ws->next = NULL;
		look_at(ws, hb->now_s);
	}
}

/* ---- a new one ---- */

static const struct sock_ops ws_ops = { on_readable, on_drained, on_failed };

/* Frames that came along with the handshake. */
static void on_early(void *arg, str bytes)
{
	struct ws *ws = arg;

	if (ws->state != WS_OVER)
		feed(ws, (char *)(uintptr_t)bytes.p, bytes.n);
}

static uint32_t max_message(const struct ws_handler *h)
{
	if (!h->max_message_bytes)
		return 131072;
	return (uint32_t)(h->max_message_bytes < MAX_MESSAGE_BYTES ? h->max_message_bytes
								   : MAX_MESSAGE_BYTES);
}

struct ws *ws_new(struct conn *c, const struct ws_handler *h, void *arg, str answer)
{
	struct ws *ws = calloc(1, sizeof(*ws));

	BUG_IF(!ws, "out of memory");
	ws->handler = h;
	ws->arg = arg;
	ws->grave.bury = bury;
	ws->rx.max_bytes = max_message(h);
	begin_heartbeat(c->sock.loop);
	conn_bequeath(c, &ws->sock, &ws_ops, on_early, ws);
	ws->heard_s = heartbeat_of(ws->sock.loop)->now_s;
	enter_wheel(ws, ws->heard_s + period_of(ws));
	sock_put(&ws->sock,
		(struct piece){ answer.p, answer.n, free, (void *)(uintptr_t)answer.p });
	return ws;
}

/* ---- asking ---- */

void *ws_arg(const struct ws *ws)
{
	return ws->arg;
}

struct loop *ws_loop(const struct ws *ws)
{
	return ws->sock.loop;
}

size_t ws_queued(const struct ws *ws)
{
	return ws->sock.queued;
}

bool ws_is_behind(const struct ws *ws)
{
	return ws->behind;
}
