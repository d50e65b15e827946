/*
 * io/ws_upgrade.c - the opening handshake (RFC 6455, clause 4.2).
 */
#include "base/err.h"
#include "io/ws_frame.h"
#include "io/ws_priv.h"

static bool has_token(str list, str token)
{
	while (list.n) {
		if (str_same_folded(str_trim(str_cut(&list, ',')), token))
			return true;
	}
	return false;
}

bool http_wants_ws(const struct http_req *rq)
{
	return has_token(http_header(rq, "Upgrade"), STR("websocket")) &&
		has_token(http_header(rq, "Connection"), STR("upgrade"));
}

static bool is_base64(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
		(c >= '0' && c <= '9') || c == '+' || c == '/';
}

/* Sixteen bytes in base64. */
static bool is_key(str key)
{
	if (key.n != 24 || !str_ends(key, STR("==")))
		return false;
	for (size_t i = 0; i < 22; i++) {
		if (!is_base64(key.p[i]))
			return false;
	}
	return true;
}

static void refuse(struct http_req *rq, int status, const char *words)
{
	struct http_field fields[] = {
		{ STR("Content-Type"), STR("text/plain") },
		{ STR("Allow"), STR("GET") },
		{ STR("Upgrade"), STR("websocket") },
		{ STR("Sec-WebSocket-Version"), STR("13") },
	};
	struct http_piece body = { str_of(words), NULL };

	http_reply(rq,
		&(struct http_reply){ .status = status,
			.fields = fields,
			.n_fields = ARRAY_LEN(fields),
			.body = &body,
			.n_body = 1,
			.close = true });
}

/* The status to refuse with, or 101. */
static int check(const struct http_req *rq, const char **words)
{
	*words = "a WebSocket is opened with GET\n";
	if (rq->method != HTTP_GET)
		return 405;
	*words = "this is a WebSocket: Upgrade: websocket, Connection: Upgrade\n";
	if (!http_wants_ws(rq))
		return 426;
	*words = "only WebSocket version 13 is spoken here\n";
	if (!str_is(http_header(rq, "Sec-WebSocket-Version"), "13"))
		return 426;
	*words = "Sec-WebSocket-Key is missing or malformed\n";
	return is_key(http_header(rq, "Sec-WebSocket-Key")) && !rq->body.n ? 101 : 400;
}

static str answer(const struct http_req *rq, const char *subprotocol)
{
	bool chosen = subprotocol &&
		has_token(http_header(rq, "Sec-WebSocket-Protocol"), str_of(subprotocol));
	char key[29], *text;
	int n;

	ws_accept_key(http_header(rq, "Sec-WebSocket-Key"), key);
	n = asprintf(&text,
		"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
		"Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n%s%s%s\r\n",
		key, chosen ? "Sec-WebSocket-Protocol: " : "", chosen ? subprotocol : "",
		chosen ? "\r\n" : "");
	BUG_IF(n < 0, "out of memory");
	return str_make(text, (size_t)n);
}

struct ws *http_upgrade(struct http_req *pub, const struct ws_handler *h, void *arg)
{
	struct request *rq = CONTAINER_OF(pub, struct request, pub);
	const char *words = "the server is stopping\n";
	int status = rq->shard->stopping ? 503 : check(pub, &words);
	struct ws *ws;

	BUG_IF(!loop_is_mine(pub->loop), "an upgrade on a wrong thread");
	if (status != 101 || !rq->conn) {
		refuse(pub, status, words);
		return NULL;
	}
	ws = ws_new(rq->conn, h, arg, answer(pub, h->subprotocol));
	request_release(rq);
	return ws;
}
