/*
 * frame/auth.c - who calls.
 *
 * The open API shows a token in the query; our own clients a session, as a
 * cookie of the client's name or as a bearer token.  A cookie goes along with
 * requests of any site, so what changes something also needs a header that no
 * other site can send (X-Liaison-Client), and an Origin of ours when the browser
 * gives one.
 */
#include "frame/auth.h"

#include "core/account/account.h"
#include "core/app/app.h"

enum err auth_token(struct req *rq, struct tx *tx)
{
	str token;

	if (!http_query(rq->http, "access_token", &token) || !token.n)
		return why(rq->cx, ERR_NO_TOKEN, "give access_token in the query");
	return app_token_check(tx, token);
}

static const char *cookie_of(enum client client)
{
	return client == CLIENT_CONSUMER ? "liaison_consumer" : "liaison_member";
}

enum client gate_client(struct http_req *http)
{
	str name = http_header(http, "X-Liaison-Client");

	if (!name.n && !http_query(http, "client", &name))
		return CLIENT_NONE;
	return str_is(name, "desk")        ? CLIENT_DESK
		: str_is(name, "console")  ? CLIENT_CONSOLE
		: str_is(name, "consumer") ? CLIENT_CONSUMER
					   : CLIENT_NONE;
}

static str bearer(struct http_req *http)
{
	str value = http_header(http, "Authorization");

	if (value.n < 7 || !str_same_folded(str_sub(value, 0, 7), STR("Bearer ")))
		return STR_NONE;
	return str_trim(str_skip(value, 7));
}

/* The text of the session, and whether a cookie brought it. */
static str session_text(struct http_req *http, enum client client, bool *out_cookie)
{
	str token = bearer(http);

	*out_cookie = false;
	if (token.n || client == CLIENT_NONE)
		return token;
	*out_cookie = true;
	return http_cookie(http, cookie_of(client));
}

struct session_read {
	str token;
};

static enum err read_session(struct tx *tx, void *arg)
{
	struct session_read *r = arg;

	return account_session_check(tx, r->token);
}

/* A consumer's token does not open the desk, nor a member's the consumer page. */
static enum err fits_client(struct ctx *cx, enum client client)
{
	bool consumer = cx->actor.kind == ACTOR_CONSUMER;

	if (client == CLIENT_NONE || consumer == (client == CLIENT_CONSUMER))
		return OK;
	return why(cx, ERR_SIGNED_OUT, "this session belongs to another client");
}

enum err gate_session(struct house *house, struct ctx *cx, struct http_req *http,
	enum client client, str token)
{
	bool cookie;
	struct session_read r = { .token = token };

	if (!r.token.n)
		r.token = session_text(http, client, &cookie);
	if (!r.token.n)
		return why(cx, ERR_SIGNED_OUT, "no session");
	TRY(store_read(house->store, cx, read_session, &r));
	return fits_client(cx, client);
}

enum err auth_session(struct req *rq, struct tx *tx)
{
	bool cookie;
	str token = session_text(rq->http, rq->client, &cookie);

	if (!token.n)
		return why(rq->cx, ERR_SIGNED_OUT, "no session");
	if (cookie && rq->http->method != HTTP_GET && rq->http->method != HTTP_HEAD &&
		!http_header(rq->http, "X-Liaison-Client").n)
		return why(rq->cx, ERR_BAD_ORIGIN, "send X-Liaison-Client");
	TRY(account_session_check(tx, token));
	return fits_client(rq->cx, rq->client);
}

static str host_of(str url)
{
	size_t at = str_find(url, STR("://"));

	if (at != SIZE_MAX)
		url = str_skip(url, at + 3);
	return str_cut(&url, '/');
}

enum err gate_origin(struct house *house, struct ctx *cx, struct http_req *http)
{
	str origin = http_header(http, "Origin");

	if (!origin.n || str_same_folded(host_of(origin), http_header(http, "Host")) ||
		str_same_folded(host_of(origin), host_of(house->public_url)))
		return OK;
	return why(cx, ERR_BAD_ORIGIN, "the request comes from %.*s", STR_FMT(origin));
}
