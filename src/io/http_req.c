/*
 * io/http_req.c - what a handler asks of a request.
 */
#include "io/http_priv.h"

static const struct request *inside(const struct http_req *pub)
{
	return CONTAINER_OF(pub, const struct request, pub);
}

str http_header(const struct http_req *pub, const char *name)
{
	const struct request *rq = inside(pub);
	str want = str_of(name);

	for (size_t i = 0; i < rq->n_fields; i++) {
		if (str_same_folded(rq->fields[i].name, want))
			return rq->fields[i].value;
	}
	return STR_NONE;
}

str http_cookie(const struct http_req *pub, const char *name)
{
	const struct request *rq = inside(pub);
	str want = str_of(name);

	for (size_t i = 0; i < rq->n_fields; i++) {
		str rest = rq->fields[i].value;

		if (!str_same_folded(rq->fields[i].name, STR("cookie")))
			continue;
		while (rest.n) {
			str value = str_trim(str_cut(&rest, ';'));
			str key = str_cut(&value, '=');

			if (!str_same(key, want))
				continue;
			if (value.n > 1 && value.p[0] == '"' &&
				value.p[value.n - 1] == '"')
				value = str_sub(value, 1, value.n - 2);
			return value;
		}
	}
	return STR_NONE;
}

/* ---- percent-encoding ---- */

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool http_decode(struct arena *mem, str s, bool plus_is_blank, str *out)
{
	char *p = arena_alloc(mem, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '+' && plus_is_blank) {
			c = ' ';
		} else if (c == '%') {
			int high = i + 2 < s.n ? hex(s.p[i + 1]) : -1;
			int low = i + 2 < s.n ? hex(s.p[i + 2]) : -1;

			if (high < 0 || low < 0 || !(high | low))
				return false;
			c = (char)(high << 4 | low);
			i += 2;
		} else if (!c) {
			return false;
		}
		p[n++] = c;
	}
	*out = str_make(p, n);
	return true;
}

bool http_query(struct http_req *pub, const char *name, str *out)
{
	str rest = pub->query, want = str_of(name), key;

	while (rest.n) {
		str value = str_cut(&rest, '&');
		str raw = str_cut(&value, '=');

		if (str_same(raw, want) ||
			(str_find_char(raw, '%') != SIZE_MAX &&
				http_decode(pub->mem, raw, true, &key) &&
				str_same(key, want)))
			return http_decode(pub->mem, value, true, out);
	}
	return false;
}

/* ---- who asks ---- */

/* The client's address as trusted proxies tell it: each adds at the right the one it
 * heard from, so the rightmost that is no trusted proxy is the client. */
static str forwarded_for(const struct request *rq)
{
	const struct http_server *server = rq->shard->server;
	str client = str_of(rq->conn->remote);

	for (size_t i = rq->n_fields; i-- > 0;) {
		str list = rq->fields[i].value;

		if (!str_same_folded(rq->fields[i].name, STR("x-forwarded-for")))
			continue;
		while (list.n) {
			size_t at = list.n;
			str item;

			while (at && list.p[at - 1] != ',')
				at--;
			item = str_trim(str_skip(list, at));
			if (!addr_text_is_valid(item))
				return client;
			client = item;
			if (!addr_text_in_nets(item, server->proxies, server->n_proxies))
				return client;
			list.n = at ? at - 1 : 0;
		}
	}
	return client;
}

void request_fill(struct request *rq)
{
	struct http_req *pub = &rq->pub;

	pub->query = pub->target;
	pub->path = str_cut(&pub->query, '?');
	pub->secure = rq->conn->sock.ssl != NULL;
	if (!rq->conn->from_proxy) {
		pub->remote = arena_str(pub->mem, str_of(rq->conn->remote));
		return;
	}
	pub->remote = arena_str(pub->mem, forwarded_for(rq));
	if (str_same_folded(http_header(pub, "X-Forwarded-Proto"), STR("https")))
		pub->secure = true;
}
