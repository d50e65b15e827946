/*
 * client/push.c - a browser asks to be told of messages while nobody looks at it.
 */
#include "base/digest.h"
#include "client/client.h"
#include "core/customer/consumer.h"
#include "core/person/push.h"
#include "wire/web_push.h"

NO_IN(push_key)
#define PUSH_KEY_OUT(F, SUB)                                                             \
	F(octets, key, ALWAYS, 0, 128, "applicationServerKey, base64url")
SHAPE(push_key_out, PUSH_KEY_OUT)

#define PUSH_SUBSCRIBE_IN(F, SUB)                                                        \
	F(octets, endpoint, REQUIRED, 1, PUSH_ENDPOINT_MAX, "PushSubscription.endpoint") \
	F(octets, p256dh, REQUIRED, 1, 128, "Its key p256dh, base64url")                 \
	F(octets, auth, REQUIRED, 1, 64, "Its key auth, base64url")                      \
	F(octets, lang, OPTIONAL, 0, 8, "zh or en, when he has chosen no language yet")
SHAPE(push_on_in, PUSH_SUBSCRIBE_IN)
NO_OUT(push_on)

#define PUSH_UNSUBSCRIBE_IN(F, SUB)                                                      \
	F(octets, endpoint, REQUIRED, 1, PUSH_ENDPOINT_MAX, "Which")
SHAPE(push_off_in, PUSH_UNSUBSCRIBE_IN)
NO_OUT(push_off)

static enum err push_key(struct req *rq)
{
	struct push_key_out *out = rq->out;

	out->key = rq->house->push_key;
	return OK;
}

static bool decode64(struct arena *mem, str text, size_t n, str *out)
{
	char *plain = arena_cstr(mem, text);

	for (size_t i = 0; i < text.n; i++)
		plain[i] = (char)(plain[i] == '-' ? '+'
				: plain[i] == '_' ? '/'
						  : plain[i]);
	return base64_parse(mem, str_make(plain, text.n), out) && out->n == n;
}

/* Whether its address is public is looked at where it is connected to. */
static enum err check(struct req *rq, const struct push_on_in *in,
	struct push_subscription *s)
{
	bool plain =
		rq->house->push_allow_private && str_starts(in->endpoint, STR("http://"));

	s->endpoint = in->endpoint;
	if (!str_starts(in->endpoint, STR("https://")) && !plain)
		return why(rq->cx, ERR_INVALID_ARGUMENT, "field `endpoint`: https");
	if (!decode64(rq->cx->mem, in->p256dh, PUSH_KEY_BYTES, &s->public_key) ||
		!push_is_key(s->public_key))
		return why(rq->cx, ERR_INVALID_ARGUMENT,
			"field `p256dh`: no key of P-256");
	if (!decode64(rq->cx->mem, in->auth, PUSH_AUTH_BYTES, &s->auth))
		return why(rq->cx, ERR_INVALID_ARGUMENT, "field `auth`: 16 bytes");
	return OK;
}

static enum err push_on(struct req *rq)
{
	const struct push_on_in *in = rq->in;
	int64_t me = rq->cx->actor.id;
	struct push_subscription s;
	struct consumer c;

	TRY(check(rq, in, &s));
	TRY(consumer_get(rq->tx, me, &c));
	if (!c.language.n && in->lang.n)
		TRY(consumer_speak(rq->tx, me, in->lang));
	return push_subscribe(rq->tx, me, &s);
}

static enum err push_off(struct req *rq)
{
	const struct push_off_in *in = rq->in;

	return push_unsubscribe(rq->tx, rq->cx->actor.id, in->endpoint);
}

const struct route push_routes[] = {
	GET("/v1/push/key", push_key, none, READS, "The server's key for Web Push"),
	POST("/v1/push/subscribe", push_on, consumer, WRITES,
		"Tell this browser of messages while nobody looks"),
	POST("/v1/push/unsubscribe", push_off, consumer, WRITES, "And no more"),
	LAST_ROUTE,
};
