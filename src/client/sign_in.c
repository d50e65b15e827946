/*
 * client/sign_in.c - coming and going of members.
 *
 * A browser keeps the session in a cookie that no script can read; other clients
 * use the token.  Consumers do not sign in: see add.c.
 */
#include "client/client.h"
#include "client/me.h"
#include "core/account/account.h"
#include "frame/rate.h"

#define SIGN_IN_IN(F, SUB)                                                               \
	F(text, corp, OPTIONAL, 0, 64,                                                   \
		"corpid; needed where there are several companies")                      \
	F(text, account, REQUIRED, 1, 128, "userid, mobile or e-mail address")           \
	F(text, password, REQUIRED | SECRET, 1, 128, "The password")
SHAPE(sign_in_in, SIGN_IN_IN)
#define SIGN_IN_OUT(F, SUB)                                                              \
	SUB(object, me, view_me, ALWAYS, 0, 0, "The signed-in member")                   \
	F(octets, token, ALWAYS, 0, 128, "For Authorization: Bearer")
SHAPE(sign_in_out, SIGN_IN_OUT)

NO_IN(sign_out)
NO_OUT(sign_out)

struct showing {
	struct view_me *me;
	const struct member *member;
};

static enum err show(struct tx *tx, void *arg)
{
	struct showing *s = arg;

	return view_me_member(tx, s->member->corp, s->member->member, s->me);
}

static enum err sign_in(struct req *rq)
{
	const struct sign_in_in *in = rq->in;
	struct sign_in_out *out = rq->out;
	struct sign_in wanted = {
		.corpid = in->corp,
		.account = str_trim(in->account),
		.password = in->password,
		.device = http_header(rq->http, "User-Agent"),
		.address = rq->http->remote,
	};
	struct member m;
	struct showing s = { ARENA_NEW(rq->cx->mem, struct view_me), &m };

	TRY(rate_address(rq, "sign_in"));
	TRY(account_sign_in(rq->house->store, rq->cx, &wanted, &m, &out->token));
	TRY(store_read(rq->house->store, rq->cx, show, &s));
	out->me = s.me;
	answer_cookie(rq, "liaison_member", out->token, COOKIE_MAX_AGE_S);
	return OK;
}

static enum err sign_out(struct req *rq)
{
	bool consumer = rq->cx->actor.kind == ACTOR_CONSUMER;

	TRY(account_sign_out(rq->tx));
	answer_cookie(rq, consumer ? "liaison_consumer" : "liaison_member", STR(""), 0);
	return OK;
}

const struct route sign_in_routes[] = {
	POST("/v1/sign_in", sign_in, none, WAITS, "Sign in as a member"),
	POST("/v1/sign_out", sign_out, session, WRITES, "End this session"),
	LAST_ROUTE,
};
