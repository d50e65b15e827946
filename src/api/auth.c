/*
 * api/auth.c - the access token, over HTTP.
 *
 * Nearly every call finds the token that lives, so it only reads; a write
 * follows when a new one is due.  What a token is, is said in core/app/token.c.
 */
#include "api/api.h"
#include "core/app/app.h"

#define GETTOKEN_IN(F, SUB)                                                              \
	F(text, corpid, OPTIONAL, 0, 512, "The company's id; required")                  \
	F(text, corpsecret, OPTIONAL, 0, 512, "The app's secret; required")
SHAPE(gettoken_in, GETTOKEN_IN)

#define GETTOKEN_OUT(F, SUB)                                                             \
	F(text, access_token, ALWAYS, 1, 512, "To be given with every call")             \
	F(int, expires_in, ALWAYS, 0, 7200, "Seconds it still lives")
SHAPE(gettoken_out, GETTOKEN_OUT)

static enum err issue(struct tx *tx, void *arg)
{
	struct req *rq = arg;
	const struct gettoken_in *in = rq->in;
	struct gettoken_out *out = rq->out;
	struct corp corp;

	TRY(corp_by_corpid(tx, in->corpid, &corp));
	return app_token_issue(tx, corp.corp, in->corpsecret, &out->access_token,
		&out->expires_in);
}

static enum err gettoken(struct req *rq)
{
	const struct gettoken_in *in = rq->in;
	const struct gettoken_out *out = rq->out;

	if (!in->corpid.n)
		return why(rq->cx, ERR_NO_CORPID, "field `corpid` is required");
	if (!in->corpsecret.n)
		return why(rq->cx, ERR_NO_SECRET, "field `corpsecret` is required");
	TRY(store_read(rq->house->store, rq->cx, issue, rq));
	if (out->access_token.n)
		return OK;
	return store_write(rq->house->store, rq->cx, issue, rq);
}

const struct route auth_routes[] = {
	GET("/cgi-bin/gettoken", gettoken, none, WAITS,
		"Exchange corpid and secret for a token"),
	LAST_ROUTE,
};
