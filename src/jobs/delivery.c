/*
 * jobs/delivery.c - one try to deliver one event to one app.
 *
 * Documents 90930 and 90241: the plain XML is encrypted with the app's key and
 * posted to its URL; status 200 means received, and the body may hold a reply.
 * The content (MsgId, CreateTime) was fixed when the event was put; each try only
 * has a new timestamp, nonce and random bytes around it.
 */
#include "base/clock.h"
#include "base/ids.h"
#include "base/log.h"
#include "jobs/private.h"
#include "wire/callback_xml.h"

enum {
	ANSWER_MS = 5000,
	REPLY_BYTES = 256 * 1024,
	FLIGHT_BYTES = 4 * 1024 * 1024,
	NONCE_CHARS = 10,
	HOLD_MS = 1000, /* after a failed commit */
};

/* What a try needs of the tables. */
struct ready {
	struct flight *flight;
	struct app app;
	struct corp corp;
};

static enum err read_settings(struct tx *tx, void *arg)
{
	struct ready *r = arg;
	const struct callback *c = &r->flight->callback;

	TRY(corp_get(tx, c->corp, &r->corp));
	return app_callback_get(tx, c->corp, c->app, &r->app);
}

static void come_home(struct flight *f)
{
	mailbox_post(f->home, &f->letter);
}

static void fail(struct flight *f, str words)
{
	f->state = FLIGHT_BACK;
	f->delivered = false;
	f->error = arena_str(f->cx->mem, words);
	come_home(f);
}

/* ---- the request ---- */

static str signed_url(struct arena *mem, str url, const struct wecom_sealed *s)
{
	struct buf b;

	buf_init(&b, mem, url.n + 160);
	buf_put(&b, url);
	buf_char(&b, str_find_char(url, '?') == SIZE_MAX ? '?' : '&');
	buf_printf(&b, "msg_signature=%.*s&timestamp=%.*s&nonce=%.*s",
		STR_FMT(s->signature), STR_FMT(s->timestamp), STR_FMT(s->nonce));
	return buf_str(&b);
}

/* AgentID only for an app's own callbacks, not for the system's (crypto.md, 1). */
static str envelope(struct arena *mem, const struct ready *r, str encrypt)
{
	struct callback_envelope env = { .to = r->corp.corpid, .encrypt = encrypt };

	if (r->app.kind == APP_BUSINESS)
		env.agentid = arena_printf(mem, "%" PRId64, r->app.app);
	return callback_envelope_xml(mem, &env);
}

/* On the loop. */
static void on_fetched(void *arg, const struct fetched *got)
{
	struct flight *f = arg;
	struct arena *mem = f->cx->mem;

	f->state = FLIGHT_BACK;
	f->stopped = got->err == ERR_STOPPING;
	f->http_status = got->status;
	f->took_ms = got->took_ms;
	f->delivered = got->err == OK && got->status == 200;
	if (f->delivered)
		f->body = arena_str(mem, got->body);
	else if (got->err != OK)
		f->error = arena_printf(mem, "%s: %.*s", err_row(got->err)->english,
			STR_FMT(got->words));
	else
		f->error = arena_printf(mem, "answered with status %d", got->status);
	come_home(f);
}

static enum err send(struct flight *f, const struct ready *r)
{
	struct arena *mem = f->cx->mem;
	struct wecom_sealed sealed;
	str xml;

	f->channel.token = r->app.callback_token;
	f->channel.receiveid = r->corp.corpid;
	if (!wecom_key_parse(r->app.callback_key, &f->channel.key))
		return why(f->cx, ERR_SEAL, "EncodingAESKey");
	TRY(callback_xml_of_json(f->cx, f->callback.fields, &xml));
	wecom_seal(mem, &f->channel, xml,
		arena_printf(mem, "%" PRId64, f->cx->now_ms / 1000),
		random_text(mem, NONCE_CHARS), &sealed);
	struct http_field fields[] = {
		{ STR("Content-Type"), STR("text/xml; charset=utf-8") },
		{ STR("X-Liaison-Event"),
			arena_printf(mem, "%" PRId64, f->callback.event) },
	};
	http_fetch(f->house->loops[(uint64_t)f->callback.app % f->house->n_loops],
		&(struct fetch){
			.url = signed_url(mem, r->app.callback_url, &sealed),
			.fields = fields,
			.n_fields = ARRAY_LEN(fields),
			.body = envelope(mem, r, sealed.encrypt),
			.timeout_ms = ANSWER_MS,
			.max_reply_bytes = REPLY_BYTES,
			.allow_private = r->corp.allow_private_callbacks,
		},
		on_fetched, f);
	return OK;
}

struct flight *flight_new(struct house *house, struct mailbox *home,
	const struct callback *c)
{
	struct ctx *cx = ctx_new(FLIGHT_BYTES);
	struct flight *f = ARENA_NEW(cx->mem, struct flight);
	struct ready r = { .flight = f };
	enum err err;

	f->cx = cx;
	f->writing = ctx_new(FLIGHT_BYTES);
	f->house = house;
	f->home = home;
	f->callback = *c;
	f->callback.name = arena_str(cx->mem, c->name);
	f->callback.fields = arena_str(cx->mem, c->fields);
	f->callback.change = f->callback.error = STR_NONE;
	cx->now_ms = clock_now_ms();
	cx->actor = (struct actor){ .kind = ACTOR_OPERATOR, .corp = c->corp };
	err = store_read(house->store, cx, read_settings, &r);
	if (err == OK && (!r.app.callback_url.n || r.app.closed))
		err = why(cx, ERR_BAD_CALLBACK_URL, "the app listens no more");
	if (err == OK)
		err = send(f, &r);
	if (err != OK)
		fail(f, cx->words.n ? cx->words : str_of(err_row(err)->english));
	return f;
}

/* ---- the result ---- */

/* A reply that cannot be understood does not make the event undelivered. */
static void read_reply(struct flight *f)
{
	ctx_forgive(f->cx);
	if (callback_reply_read(f->cx, &f->channel, f->body, &f->reply) == OK)
		return;
	f->reply = (struct callback_reply){ .kind = REPLY_NONE };
	f->error = arena_printf(f->cx->mem, "delivered, but the reply is no good: %.*s",
		STR_FMT(f->cx->words));
}

/* The reply's messages and the mark that it was delivered, in one transaction. */
static enum err settle(struct tx *tx, void *arg)
{
	struct flight *f = arg;
	const struct callback *c = &f->callback;

	if (f->delivered && c->chat)
		TRY(reply_say(tx, c, &f->reply));
	return callback_tried(tx, c->corp, c->event, f->delivered, f->http_status,
		f->error);
}

/* On the writer. */
static void on_written(struct write *w)
{
	struct flight *f = CONTAINER_OF(w, struct flight, write);

	f->state = FLIGHT_WRITTEN;
	come_home(f);
}

static void submit(struct flight *f)
{
	ctx_restart(f->writing);
	f->writing->actor = f->cx->actor;
	f->write = (struct write){ .cx = f->writing,
		.fn = settle,
		.arg = f,
		.done = on_written };
	store_submit(f->house->store, &f->write);
}

void flight_settle(struct flight *f)
{
	if (f->state == FLIGHT_BACK && f->delivered)
		read_reply(f);
	f->held_until_ms = 0;
	submit(f);
}

static bool is_stores_fault(enum err err)
{
	return err == ERR_STORE || err == ERR_NO_SPACE || err == ERR_BUSY;
}

bool flight_is_over(struct flight *f)
{
	const struct callback *c = &f->callback;
	enum err err = f->write.result;

	if (err == OK) {
		log_info("callback", K_INT("corp", c->corp), K_INT("app", c->app),
			K_INT("event", c->event), K_STR("name", c->name),
			K_INT("status", f->http_status), K_INT("try", c->tries + 1),
			K_ZSTR("result", f->delivered ? "delivered" : "failed"),
			K_INT("ms", f->took_ms));
		return true;
	}
	f->held_until_ms = clock_now_ms();
	if (!is_stores_fault(err) && f->reply.kind != REPLY_NONE) {
		/* The reply is refused (a media_id of nobody): note that, without it. */
		f->error = arena_printf(f->cx->mem,
			"delivered, but the reply is no good: %.*s",
			STR_FMT(f->writing->words));
		f->reply = (struct callback_reply){ .kind = REPLY_NONE };
		return false;
	}
	log_error("callback", K_INT("corp", c->corp), K_INT("event", c->event),
		K_INT("errcode", err), K_STR("words", f->writing->words));
	f->held_until_ms += HOLD_MS;
	return err == ERR_NOT_FOUND; /* the row is gone: nothing to note */
}

void flight_free(struct flight *f)
{
	ctx_free(f->writing);
	ctx_free(f->cx);
}
