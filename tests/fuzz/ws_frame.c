/*
 * Any bytes of a WebSocket client: cut differently, the same comes out; never more
 * is held than was allowed.  The first byte says how they are cut.
 */
#include "base/err.h"
#include "io/ws_frame.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { MAX_BYTES = 2000 };

struct trace {
	uint64_t hash;
	int items;
	bool failed;
	int code;
};

static void note(struct trace *t, const struct ws_item *item)
{
	t->hash =
		(t->hash ^ str_hash(item->data) ^ item->op ^ (uint64_t)item->code << 8) *
		31;
	t->items++;
}

static void check_bounds(const struct ws_rx *rx)
{
	BUG_IF(rx->message.n > MAX_BYTES || rx->part.n > MAX_BYTES + 14, "held too much");
	BUG_IF(rx->message.cap > 2 * MAX_BYTES || rx->part.cap > 2 * MAX_BYTES,
		"too much room");
}

static void take_span(struct ws_rx *rx, const uint8_t *p, size_t n, struct trace *t)
{
	char *copy = memcpy(malloc(n), p, n);
	struct ws_span in = { copy, n };
	struct ws_item item;
	enum ws_got got;

	while ((got = ws_rx_next(rx, &in, &item)) == WS_ITEM) {
		BUG_IF(item.data.n > MAX_BYTES, "a message too large");
		BUG_IF(item.op == WS_CLOSE && item.code != WS_NO_CODE &&
				!ws_code_is_valid(item.code),
			"a close code that is none");
		note(t, &item);
		check_bounds(rx);
	}
	BUG_IF(got == WS_MORE && in.n, "left bytes");
	t->failed = got == WS_FAILED;
	if (t->failed)
		t->code = item.code;
	free(copy);
}

static struct trace decode(const uint8_t *p, size_t n, size_t step)
{
	struct ws_rx rx = { .max_bytes = MAX_BYTES };
	struct trace t = { 0 };

	for (size_t at = 0; at < n && !t.failed; at += step)
		take_span(&rx, p + at, n - at < step ? n - at : step, &t);
	ws_rx_release(&rx);
	return t;
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct trace whole, cut;

	if (n < 2)
		return 0;
	whole = decode(p + 1, n - 1, n);
	cut = decode(p + 1, n - 1, 1u + p[0]);
	BUG_IF(whole.hash != cut.hash || whole.items != cut.items ||
			whole.failed != cut.failed || whole.code != cut.code,
		"cut differently, something else came out");
	return 0;
}
