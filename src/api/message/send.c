/*
 * api/message/send.c - an app speaks to members, over HTTP (document 90236).
 *
 * Receivers are found in a read, so that the writer only adds messages: up to a
 * thousand in one transaction, more in several, so that others get their turn.  More than 30 messages a minute or 1000 an hour of one app to
 * one member are dropped silently, as WeCom does.
 *
 * NEEDSWORK: a message to very many should be one row with an audience; that comes
 * with the issue about groups.  Until then it is one row in each member's chat.
 */
#include "api/api.h"
#include "base/ids.h"
#include "core/message/message.h"
#include "core/message/receivers.h"
#include "frame/rate.h"

enum { AT_ONCE = 1000, AT_ONCE_BYTES = 64 << 20 };
enum { EACH_MINUTE = 30, EACH_HOUR = 1000, REPEAT_S = 1800, REPEAT_MAX_S = 14400 };

#define MESSAGE_SEND_IN(F, SUB)                                                          \
	F(octets, touser, OPTIONAL, 0, 70000,                                            \
		"Userids joined by '|', at most 1000; or @all")                          \
	F(octets, toparty, OPTIONAL, 0, 3000,                                            \
		"Department ids joined by '|', at most 100")                             \
	F(octets, totag, OPTIONAL, 0, 3000, "Tag ids joined by '|', at most 100")        \
	F(octets, msgtype, OPTIONAL, 0, 64,                                              \
		"text, markdown, textcard, image, voice, video or file; required")       \
	F(octets, agentid, OPTIONAL, 0, 32, "The app of the token; required")            \
	F(json, text, OPTIONAL, 0, 1 << 20, "{content}, cut at 2048 bytes")              \
	F(json, markdown, OPTIONAL, 0, 1 << 20, "{content}, at most 2048 bytes")         \
	F(json, textcard, OPTIONAL, 0, 1 << 20, "{title, description, url, btntxt}")     \
	F(json, image, OPTIONAL, 0, 4096, "{media_id}")                                  \
	F(json, voice, OPTIONAL, 0, 4096, "{media_id}")                                  \
	F(json, video, OPTIONAL, 0, 1 << 16,                                             \
		"{media_id}; title and description are not shown")                       \
	F(json, file, OPTIONAL, 0, 4096, "{media_id}")                                   \
	F(int, safe, OPTIONAL, 0, 2, "1: confidential; taken, not shown yet")            \
	F(int, enable_id_trans, OPTIONAL, 0, 1, "Taken, without effect yet")             \
	F(int, enable_duplicate_check, OPTIONAL, 0, 1,                                   \
		"1: the same call again is not delivered")                               \
	F(int, duplicate_check_interval, OPTIONAL | CLAMP, 0, REPEAT_MAX_S,              \
		"Seconds, 1800 if absent")
SHAPE(message_send_in, MESSAGE_SEND_IN)

#define MESSAGE_SEND_OUT(F, SUB)                                                         \
	F(octets, invaliduser, SOMETIMES, 0, 70000,                                      \
		"Unknown or out of sight, joined by '|'")                                \
	F(octets, invalidparty, SOMETIMES, 0, 3000, "Likewise")                          \
	F(octets, invalidtag, SOMETIMES, 0, 3000, "Likewise")                            \
	F(octets, unlicenseduser, SOMETIMES, 0, 70000,                                   \
		"Always absent: there are no licences")                                  \
	F(octets, msgid, ALWAYS, 0, 64, "Names this sending")
SHAPE(message_send_out, MESSAGE_SEND_OUT)

struct sending {
	const struct message_send_in *in;
	int64_t corp, app;
	str content; /* the whole call, for the duplicate check */
	struct receivers to;
	size_t from, until; /* of `to`: those of this transaction */
	str nonce;
	bool repeat;
};

static str body_of(const struct message_send_in *in)
{
	const struct {
		const char *type;
		str body;
	} bodies[] = {
		{ "text", in->text },
		{ "markdown", in->markdown },
		{ "textcard", in->textcard },
		{ "image", in->image },
		{ "voice", in->voice },
		{ "video", in->video },
		{ "file", in->file },
	};

	for (size_t i = 0; i < ARRAY_LEN(bodies); i++)
		if (str_is(in->msgtype, bodies[i].type))
			return bodies[i].body;
	return STR_NONE;
}

static enum err check_agent(struct tx *tx, const struct sending *s)
{
	struct ctx *cx = tx->cx;
	struct app app;
	int64_t id;

	if (!s->in->agentid.n)
		return why(cx, ERR_NO_AGENTID, "agentid: missing");
	if (!str_int(s->in->agentid, &id))
		return why(cx, ERR_BAD_AGENTID, "agentid: not a number");
	TRY(app_get(tx, s->corp, id, &app));
	return id == s->app
		? OK
		: why(cx, ERR_OTHER_AGENT, "agentid: the token belongs to another app");
}

static enum err prepare(struct tx *tx, void *arg)
{
	struct sending *s = arg;
	struct receivers_in in = { s->in->touser, s->in->toparty, s->in->totag };
	str body;

	TRY(check_agent(tx, s));
	TRY(message_check_app(tx, s->corp, s->in->msgtype, body_of(s->in), &body));
	return receivers_find(tx, s->corp, s->app, &in, &s->to);
}

/* Those who may still hear from the app this minute and hour. */
static void keep_rate(struct sending *s, int64_t now_ms)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->to.members.n; i++) {
		uint64_t key = (uint64_t)s->to.members.v[i] * 0x9e3779b97f4a7c15u ^
			(uint64_t)s->corp * 0xc2b2ae3d27d4eb4fu ^ (uint64_t)s->app;

		/* The table counts by the minute; a clock that is sixty times slower
		 * makes it count by the hour. */
		if (rate_take(key ^ key >> 31, EACH_MINUTE, now_ms) &&
			rate_take(~(key ^ key >> 31), EACH_HOUR, now_ms / 60))
			s->to.members.v[kept++] = s->to.members.v[i];
	}
	s->to.members.n = kept;
}

static enum err deliver(struct tx *tx, void *arg)
{
	struct sending *s = arg;
	const struct message_send_in *in = s->in;
	int64_t within =
		in->duplicate_check_interval ? in->duplicate_check_interval : REPEAT_S;
	struct message m;
	str body;

	/* Again, for a picture or file is kept by it from now on. */
	TRY(message_check_app(tx, s->corp, in->msgtype, body_of(in), &body));
	if (in->enable_duplicate_check && !s->from)
		TRY(message_is_repeat(tx, s->corp, s->app, s->content, within,
			&s->repeat));
	for (size_t i = s->from; i < s->until && !s->repeat; i++)
		TRY(message_from_app(tx, s->corp, s->app, s->to.members.v[i], in->msgtype,
			body, s->nonce, &m));
	return OK;
}

/* When a later transaction fails the caller hears of it, and those before have it. */
static enum err deliver_all(struct req *rq, struct sending *s)
{
	size_t all = s->to.members.n;
	enum err err;

	do {
		struct ctx *cx = ctx_new(AT_ONCE_BYTES);

		cx->actor = rq->cx->actor;
		s->until = all - s->from > AT_ONCE ? s->from + AT_ONCE : all;
		err = store_write(rq->house->store, cx, deliver, s);
		if (err != OK)
			err = why(rq->cx, err, "%.*s", STR_FMT(cx->words));
		ctx_free(cx);
		s->from = s->until;
	} while (err == OK && !s->repeat && s->from < all);
	return err;
}

static enum err message_send_app(struct req *rq)
{
	struct message_send_out *out = rq->out;
	int64_t id = id_next();
	struct sending s = {
		.in = rq->in,
		.corp = rq->cx->actor.corp,
		.app = rq->cx->actor.id,
		.content = rq->http->body,
		.nonce = id_text(rq->cx->mem, "=", id),
	};

	TRY(store_read(rq->house->store, rq->cx, prepare, &s));
	keep_rate(&s, rq->cx->now_ms);
	TRY(deliver_all(rq, &s));
	out->invaliduser = s.to.invalid_users;
	out->invalidparty = s.to.invalid_parties;
	out->invalidtag = s.to.invalid_tags;
	out->msgid = id_text(rq->cx->mem, "", id);
	return OK;
}

static const struct shape *message_send_app_in_shape(void)
{
	return message_send_in_shape();
}
static const struct shape *message_send_app_out_shape(void)
{
	return message_send_out_shape();
}

const struct route message_routes[] = {
	POST("/cgi-bin/message/send", message_send_app, message_send, WAITS,
		"Send a message to members as the app"),
	LAST_ROUTE,
};
