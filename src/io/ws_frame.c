/*
 * io/ws_frame.c - RFC 6455, clause 5: the client's frames.
 *
 *	 0               1               2 …
 *	+-+-+-+-+-------+-+-------------+----------------------+-----------+---------+
 *	|F|R|R|R| op    |M| length 7    | length 16 or 64,     | mask key, | payload |
 *	|I|S|S|S|       |A| 126: 16 bit | big-endian, shortest | 4 bytes   | ^ key   |
 *	|N|V|V|V|       |S| 127: 64 bit | form only            |           |         |
 *	+-+-+-+-+-------+-+-------------+----------------------+-----------+---------+
 */
#include "io/ws_frame.h"

#include "base/digest.h"
#include "base/err.h"

#define FIN 0x80
#define RESERVED 0x70
#define MASKED 0x80

struct head {
	enum ws_op op;
	bool fin;
	uint8_t key[4];
	uint64_t n;
	size_t bytes; /* of the head itself */
};

/* ---- heads ---- */

static bool is_control(uint8_t op)
{
	return op & 8;
}

/* What the first two bytes alone can be wrong in; 0 or a close code. */
static int check_start(const struct ws_rx *rx, uint8_t first, uint8_t second)
{
	uint8_t op = first & 15, n = second & 127;

	if ((first & RESERVED) || !(second & MASKED))
		return WS_PROTOCOL_ERROR;
	if (is_control(op))
		return op > WS_PONG || !(first & FIN) || n > 125 ? WS_PROTOCOL_ERROR : 0;
	if (op > WS_BINARY || (op == WS_CONTINUATION) != (rx->op != 0))
		return WS_PROTOCOL_ERROR;
	return 0;
}

static uint64_t big_endian(const uint8_t *p, int n)
{
	uint64_t v = 0;

	for (int i = 0; i < n; i++)
		v = v << 8 | p[i];
	return v;
}

/* 0: out is filled; -1: more bytes are needed; else a close code. */
static int parse_head(const struct ws_rx *rx, str in, struct head *out)
{
	const uint8_t *p = (const uint8_t *)in.p;
	int code, wide;

	if (in.n < 2)
		return -1;
	code = check_start(rx, p[0], p[1]);
	if (code)
		return code;
	wide = (p[1] & 127) == 126 ? 2 : (p[1] & 127) == 127 ? 8 : 0;
	out->bytes = 6 + (size_t)wide;
	if (in.n < out->bytes)
		return -1;
	out->op = p[0] & 15;
	out->fin = p[0] & FIN;
	out->n = wide ? big_endian(p + 2, wide) : p[1] & 127u;
	if ((wide == 2 && out->n < 126) ||
		(wide == 8 && (out->n < 65536 || out->n >> 63)))
		return WS_PROTOCOL_ERROR;
	if (!is_control(out->op) && out->n > rx->max_bytes - rx->message.n)
		return WS_TOO_BIG;
	memcpy(out->key, p + 2 + wide, 4);
	return 0;
}

size_t ws_head_write(char out[WS_HEAD_MAX], enum ws_op op, uint64_t n)
{
	int wide = n < 126 ? 0 : n < 65536 ? 2 : 8;

	out[0] = (char)(FIN | op);
	out[1] = (char)(wide == 0 ? n : wide == 2 ? 126u : 127u);
	for (int i = 0; i < wide; i++)
		out[2 + i] = (char)(n >> (8 * (wide - 1 - i)));
	return 2 + (size_t)wide;
}

/* ---- payloads ---- */

void ws_unmask(char *p, size_t n, const uint8_t key[4], size_t at)
{
	uint8_t turned[8];
	uint64_t wide, word;
	size_t i = 0;

	for (size_t k = 0; k < 8; k++)
		turned[k] = key[(at + k) & 3];
	memcpy(&wide, turned, 8);
	for (; i + 8 <= n; i += 8) {
		memcpy(&word, p + i, 8);
		word ^= wide;
		memcpy(p + i, &word, 8);
	}
	for (; i < n; i++)
		p[i] = (char)((uint8_t)p[i] ^ turned[i & 7]);
}

/* str_is_utf8 takes no NUL, which WebSocket text may hold. */
static bool is_text(str s)
{
	while (s.n) {
		size_t nul = str_find_char(s, 0);
		str part = nul == SIZE_MAX ? s : str_sub(s, 0, nul);

		if (!str_is_utf8(part))
			return false;
		s = str_skip(s, nul == SIZE_MAX ? s.n : nul + 1);
	}
	return true;
}

bool ws_code_is_valid(int code)
{
	return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) ||
		(code >= 3000 && code <= 4999);
}

/* A close frame: nothing, or a code and a reason (5.5.1). */
static int take_close(struct ws_item *item)
{
	const uint8_t *p = (const uint8_t *)item->data.p;

	item->code = WS_NO_CODE;
	if (!item->data.n)
		return 0;
	if (item->data.n == 1)
		return WS_PROTOCOL_ERROR;
	item->code = p[0] << 8 | p[1];
	item->data = str_skip(item->data, 2);
	if (!ws_code_is_valid(item->code))
		return WS_PROTOCOL_ERROR;
	return is_text(item->data) ? 0 : WS_BAD_TEXT;
}

/* ---- what is held ---- */

static void hold(struct ws_hold *h, str more)
{
	uint32_t want = h->n + (uint32_t)more.n;

	if (want > h->cap) {
		h->cap = want < 512 ? 512 : want + want / 2;
		h->p = realloc(h->p, h->cap);
		BUG_IF(!h->p, "out of memory");
	}
	if (more.n)
		memcpy(h->p + h->n, more.p, more.n);
	h->n = want;
}

static void let_go(struct ws_hold *h)
{
	free(h->p);
	*h = (struct ws_hold){ NULL, 0, 0 };
}

void ws_rx_release(struct ws_rx *rx)
{
	let_go(&rx->part);
	let_go(&rx->message);
}

/* ---- messages ---- */

/* A frame of a message: true when it ends the message, which *item then is. */
static bool take_fragment(struct ws_rx *rx, const struct head *h, struct ws_item *item)
{
	if (h->op != WS_CONTINUATION)
		rx->op = (uint8_t)h->op;
	if (!h->fin || rx->message.n) {
		hold(&rx->message, item->data);
		item->data = str_make(rx->message.p, rx->message.n);
	}
	if (!h->fin)
		return false;
	item->op = rx->op;
	rx->op = 0;
	rx->given = true;
	return true;
}

static enum ws_got fail(struct ws_rx *rx, int code, struct ws_item *out)
{
	ws_rx_release(rx);
	rx->failed = true;
	*out = (struct ws_item){ WS_CLOSE, STR_NONE, code };
	return WS_FAILED;
}

/* ---- frames out of bytes ---- */

/* How long the head will be, as far as its first bytes tell. */
static size_t head_want(const struct ws_hold *part)
{
	uint8_t n;

	if (part->n < 2)
		return 2;
	n = (uint8_t)part->p[1] & 127;
	return n == 126 ? 8 : n == 127 ? 14 : 6;
}

/* The frame began in an earlier span: takes just what completes it. */
static int frame_of_part(struct ws_rx *rx, struct ws_span *in, struct head *h,
	char **payload)
{
	for (;;) {
		int code = parse_head(rx, str_make(rx->part.p, rx->part.n), h);
		size_t want = code ? head_want(&rx->part) : h->bytes + (size_t)h->n;
		size_t take = want - rx->part.n;

		if (code > 0)
			return code;
		if (!code && !take) {
			*payload = rx->part.p + h->bytes;
			rx->held = true;
			return 0;
		}
		if (take > in->n)
			take = in->n;
		if (!take)
			return -1;
		hold(&rx->part, str_make(in->p, take));
		in->p += take;
		in->n -= take;
	}
}

static int frame_of_span(struct ws_rx *rx, struct ws_span *in, struct head *h,
	char **payload)
{
	int code = parse_head(rx, str_make(in->p, in->n), h);
	size_t take = in->n;

	if (code > 0)
		return code;
	if (code || h->n > in->n - h->bytes) {
		hold(&rx->part, str_make(in->p, take));
		code = -1;
	} else {
		take = h->bytes + (size_t)h->n;
		*payload = in->p + h->bytes;
	}
	in->p += take;
	in->n -= take;
	return code;
}

/* 0: a frame; -1: more bytes are needed; else a close code. */
static int next_frame(struct ws_rx *rx, struct ws_span *in, struct head *h,
	char **payload)
{
	if (rx->held)
		let_go(&rx->part);
	rx->held = false;
	if (!rx->part.n && !in->n)
		return -1;
	return rx->part.n ? frame_of_part(rx, in, h, payload)
			  : frame_of_span(rx, in, h, payload);
}

/* What can only be said of the whole; 0 or a close code. */
static int check_item(const struct ws_item *item)
{
	if (item->op == WS_TEXT && !is_text(item->data))
		return WS_BAD_TEXT;
	return 0;
}

enum ws_got ws_rx_next(struct ws_rx *rx, struct ws_span *in, struct ws_item *out)
{
	struct head h;
	char *payload = NULL;
	int code;

	if (rx->failed)
		return fail(rx, WS_PROTOCOL_ERROR, out);
	if (rx->given)
		let_go(&rx->message);
	rx->given = false;
	while (!(code = next_frame(rx, in, &h, &payload))) {
		ws_unmask(payload, (size_t)h.n, h.key, 0);
		*out = (struct ws_item){ h.op, str_make(payload, (size_t)h.n), 0 };
		if (h.op == WS_CLOSE)
			code = take_close(out);
		else if (!is_control((uint8_t)h.op) && !take_fragment(rx, &h, out))
			continue;
		else
			code = check_item(out);
		return code ? fail(rx, code, out) : WS_ITEM;
	}
	return code < 0 ? WS_MORE : fail(rx, code, out);
}

void ws_accept_key(str key, char out[29])
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	char text[24 + 36];
	uint8_t sum[21] = { 0 };
	size_t n = 0;

	BUG_IF(key.n != 24, "a key of another length");
	memcpy(text, key.p, 24);
	memcpy(text + 24, "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", 36);
	digest_sha1(str_make(text, sizeof(text)), sum);
	for (size_t i = 0; i < 21; i += 3) {
		uint32_t v =
			(uint32_t)sum[i] << 16 | (uint32_t)sum[i + 1] << 8 | sum[i + 2];

		for (int shift = 18; shift >= 0; shift -= 6)
			out[n++] = digits[v >> shift & 63];
	}
	out[27] = '=';
	out[28] = 0;
}
