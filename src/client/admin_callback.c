/*
 * client/admin_callback.c - where an app's events go.
 *
 * Before a URL is kept it must prove that it has the token and the key (document
 * 90930): it is asked with an encrypted random text and must answer the text.
 */
#include "base/ids.h"
#include "client/admin_app.h"
#include "client/client.h"
#include "core/account/audit.h"
#include "wire/wecom_crypto.h"

enum { ECHO_CHARS = 20, VERIFY_TIMEOUT_MS = 5000 };

#define ADMIN_APP_CALLBACK_IN(F, SUB)                                                    \
	F(int, agentid, REQUIRED, 1, INT64_MAX, "The app")                               \
	F(text, url, REQUIRED, 0, 2048, "Where events go; empty: nowhere any more")      \
	F(text, token, OPTIONAL, 0, 32, "3 to 32 letters and digits")                    \
	F(text, aes_key, OPTIONAL, 0, 43, "43 letters and digits")
SHAPE(admin_app_callback_in, ADMIN_APP_CALLBACK_IN)
#define admin_app_callback_out_shape admin_app_out_shape

struct saving {
	struct req *rq;
	struct corp corp;
	struct app app;
};

static enum err find(struct tx *tx, void *arg)
{
	struct saving *s = arg;
	const struct admin_app_callback_in *in = s->rq->in;

	TRY(corp_get(tx, s->rq->cx->actor.corp, &s->corp));
	return app_get(tx, s->corp.corp, in->agentid, &s->app);
}

static enum err save(struct tx *tx, void *arg)
{
	struct saving *s = arg;
	const struct admin_app_callback_in *in = s->rq->in;
	struct admin_app_out *out = s->rq->out;

	TRY(app_callback_set(tx, s->corp.corp, in->agentid, in->url, in->token,
		in->aes_key));
	TRY(audit_add(tx, s->corp.corp, "app.callback",
		admin_app_object(tx->cx->mem, in->agentid),
		in->url.n ? in->url : STR("off")));
	return admin_app_of(tx, s->corp.corp, in->agentid, &out->app);
}

/* The question: url?msg_signature=…&timestamp=…&nonce=…&echostr=… */
static str question(struct req *rq, const struct saving *s, str echo)
{
	const struct admin_app_callback_in *in = rq->in;
	struct arena *mem = rq->cx->mem;
	struct wecom_channel ch = { .token = in->token, .receiveid = s->corp.corpid };
	struct wecom_sealed sealed;
	struct buf url;

	BUG_IF(!wecom_key_parse(in->aes_key, &ch.key), "the key was checked");
	wecom_seal(mem, &ch, echo, arena_printf(mem, "%" PRId64, rq->cx->now_ms / 1000),
		random_text(mem, 10), &sealed);
	buf_init(&url, mem, in->url.n + 512);
	buf_put(&url, in->url);
	buf_char(&url, str_find_char(in->url, '?') == SIZE_MAX ? '?' : '&');
	buf_lit(&url, "msg_signature=");
	buf_url_value(&url, sealed.signature);
	buf_lit(&url, "&timestamp=");
	buf_url_value(&url, sealed.timestamp);
	buf_lit(&url, "&nonce=");
	buf_url_value(&url, sealed.nonce);
	buf_lit(&url, "&echostr=");
	buf_url_value(&url, sealed.encrypt);
	return buf_str(&url);
}

static enum err verify(struct req *rq, const struct saving *s)
{
	str echo = random_text(rq->cx->mem, ECHO_CHARS);
	struct fetch f = {
		.method = STR("GET"),
		.url = question(rq, s, echo),
		.timeout_ms = VERIFY_TIMEOUT_MS,
		.max_reply_bytes = 4096,
		.allow_private = s->corp.allow_private_callbacks,
	};
	struct fetched got = house_fetch(rq->house, rq->cx->mem, &f);

	if (got.err == ERR_PRIVATE_ADDRESS)
		return why(rq->cx, ERR_PRIVATE_ADDRESS,
			"field `url`: its address is private; the company's settings may allow that");
	if (got.err != OK)
		return why(rq->cx, ERR_BAD_CALLBACK_URL, "field `url`: %.*s",
			STR_FMT(got.words));
	if (got.status != 200)
		return why(rq->cx, ERR_BAD_CALLBACK_URL,
			"field `url`: answered with status %d", got.status);
	if (!str_same(got.body, echo))
		return why(rq->cx, ERR_BAD_CALLBACK_URL,
			"field `url`: answered, but not with the decrypted echostr alone; check token, "
			"aes_key and corpid");
	return OK;
}

static enum err admin_app_callback(struct req *rq)
{
	const struct admin_app_callback_in *in = rq->in;
	struct saving s = { .rq = rq };

	TRY(app_callback_check(rq->cx, in->url, in->token, in->aes_key));
	TRY(store_read(rq->house->store, rq->cx, find, &s));
	if (in->url.n)
		TRY(verify(rq, &s));
	return store_write(rq->house->store, rq->cx, save, &s);
}

const struct route admin_callback_routes[] = {
	POST("/v1/admin/app/callback", admin_app_callback, admin, WAITS,
		"Set where an app's events go, after asking the URL"),
	LAST_ROUTE,
};
