#include "jobs/push.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/digest.h"
#include "base/log.h"
#include "base/thread.h"
#include "bus/bus.h"
#include "core/customer/consumer.h"
#include "core/directory/corp_setting.h"
#include "core/directory/directory.h"
#include "core/event.h"
#include "core/message/content.h"
#include "core/person/push.h"
#include "wire/web_push.h"

enum { WAITING_MAX = 10000, FLYING_MAX = 200, ANSWER_MS = 8000, TTL_S = 24 * 3600 };
enum { PEM_MAX = 4096, TOPIC_CHARS = 32, WORK_BYTES = 8 << 20 };

/* News of a message for one consumer, or of a subscription that is gone. */
struct note {
	struct letter letter;
	int64_t corp, chat, seq;
	struct person who, from;
	int64_t gone; /* the subscription */
};

static struct {
	struct house *house;
	struct thread thread;
	struct mailbox box;
	struct push_keys *keys;
	struct ctx *cx;
	atomic_int waiting, flying;
	atomic_bool stopping;
} push;

/* ---- the keys ---- */

static enum err make_keys(struct ctx *cx, const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	str pem;
	bool ok;

	push.keys = push_keys_new();
	BUG_IF(!push.keys, "no keys");
	if (fd < 0)
		return why(cx, ERR_STORE, "%s: %s", path, strerror(errno));
	pem = push_keys_pem(cx->mem, push.keys);
	ok = write(fd, pem.p, pem.n) == (ssize_t)pem.n && fsync(fd) == 0;
	close(fd);
	return ok ? OK : why(cx, ERR_STORE, "%s: %s", path, strerror(errno));
}

enum err push_init(struct ctx *cx, struct house *house)
{
	const char *path = arena_printf(cx->mem, "%s/vapid.pem", house->data_dir).p;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char pem[PEM_MAX];
	ssize_t n;

	if (fd < 0) {
		TRY(make_keys(cx, path));
	} else {
		n = read(fd, pem, sizeof(pem));
		close(fd);
		push.keys = push_keys_read(str_make(pem, n > 0 ? (size_t)n : 0));
		if (!push.keys)
			return why(cx, ERR_STORE, "%s: not a key of P-256", path);
	}
	house->push_key = base64url_of(cx->mem, push_keys_public(cx->mem, push.keys));
	return OK;
}

/* ---- news: any thread ---- */

static void post(const struct note *n)
{
	struct note *copy;

	if (atomic_fetch_add(&push.waiting, 1) >= WAITING_MAX) {
		atomic_fetch_sub(&push.waiting, 1);
		return; /* a hint less */
	}
	copy = malloc(sizeof(*copy));
	BUG_IF(!copy, "out of memory");
	*copy = *n;
	mailbox_post(&push.box, &copy->letter);
}

static void on_event(void *arg UNUSED, struct store_event *se)
{
	const struct event *e = CONTAINER_OF(se, struct event, store);

	if (e->kind != EVENT_MESSAGE || e->who.kind == PERSON_SYSTEM ||
		atomic_load(&push.stopping))
		return;
	for (size_t i = 0; i < e->audience_n; i++) {
		const struct person *p = &e->audience[i];

		if (p->kind == PERSON_CUSTOMER && p->account > 0 &&
			!(e->who.kind == PERSON_CUSTOMER && e->who.id == p->id))
			post(&(struct note){ .corp = e->corp,
				.chat = e->chat,
				.seq = e->seq,
				.who = *p,
				.from = e->who });
	}
}

/* ---- what is said ---- */

#define PUSH_WORDS(F, SUB)                                                               \
	F(text, title, ALWAYS, 0, 200, "Who, of which company")                          \
	F(text, body, ALWAYS, 0, 200, "One line")                                        \
	F(octets, chat, ALWAYS, 0, 64, "Where a tap leads")
SHAPE(push_words, PUSH_WORDS)

struct telling {
	const struct note *note;
	struct push_subscription *subs;
	size_t n;
	bool due;
	struct push_words words;
};

static enum err words_of(struct tx *tx, struct telling *t)
{
	const struct note *n = t->note;
	struct consumer c;
	struct member m;
	struct message message;
	struct corp corp;
	int64_t shows;

	TRY(consumer_get(tx, n->who.account, &c));
	TRY(corp_get(tx, n->corp, &corp));
	t->words.title = corp.name;
	if (n->from.kind == PERSON_MEMBER) {
		TRY(member_get(tx, n->corp, n->from.id, &m));
		t->words.title = arena_printf(tx->cx->mem, "%.*s · %.*s", STR_FMT(m.name),
			STR_FMT(corp.name));
	}
	t->words.body = str_is(c.language, "en") ? STR("You have a new message")
						 : STR("您有一条新消息");
	t->words.chat = chat_name(tx->cx->mem, n->corp, n->chat);
	TRY(corp_setting(tx, n->corp, CORP_SETTING_PUSH_SHOWS_TEXT, &shows));
	if (!shows)
		return OK;
	TRY(chat_message(tx, n->corp, n->chat, n->seq, &message));
	message.body = message_preview(tx->cx, message.type, message.body);
	if (message.body.n)
		t->words.body = message.body;
	return OK;
}

static enum err read_subscriptions(struct tx *tx, void *arg)
{
	struct telling *t = arg;

	return push_subscriptions(tx, t->note->who.account, &t->subs, &t->n);
}

static enum err decide(struct tx *tx, void *arg)
{
	struct telling *t = arg;
	const struct note *n = t->note;

	TRY(push_is_due(tx, n->corp, n->chat, n->who, n->seq, &t->due));
	return t->due ? words_of(tx, t) : OK;
}

/* ---- sending ---- */

/* One push on its way; what is needed when the answer comes. */
struct shot {
	int64_t consumer, subscription;
};

/* On a loop.  404 and 410: the browser has let go of it (RFC 8030, 7.3). */
static void on_fetched(void *arg, const struct fetched *got)
{
	struct shot *s = arg;

	atomic_fetch_sub(&push.flying, 1);
	log_info("push", K_INT("consumer", s->consumer), K_INT("status", got->status),
		K_INT("errcode", got->err), K_INT("ms", got->took_ms));
	if (got->err == OK && (got->status == 404 || got->status == 410) &&
		!atomic_load(&push.stopping))
		post(&(struct note){ .who = { PERSON_CUSTOMER, 0, s->consumer },
			.gone = s->subscription });
	free(s);
}

/* The same chat has the same topic: a newer push takes the place of one not delivered. */
static str topic_of(struct arena *mem, str chat)
{
	uint8_t hash[32];

	digest_sha256(chat, hash);
	return str_sub(base64url_of(mem, str_make(hash, sizeof(hash))), 0, TOPIC_CHARS);
}

static void send(const struct telling *t, const struct push_subscription *sub)
{
	struct arena *mem = push.cx->mem;
	struct house *house = push.house;
	struct shot *s;
	str body;

	if (atomic_load(&push.flying) >= FLYING_MAX ||
		push_seal(push.cx, sub->public_key, sub->auth,
			shape_text(mem, push_words_shape(), &t->words), &body) != OK)
		return;
	s = malloc(sizeof(*s));
	BUG_IF(!s, "out of memory");
	*s = (struct shot){ t->note->who.account, sub->subscription };
	struct http_field fields[] = {
		{ STR("Content-Encoding"), STR("aes128gcm") },
		{ STR("Content-Type"), STR("application/octet-stream") },
		{ STR("TTL"), arena_printf(mem, "%d", TTL_S) },
		{ STR("Urgency"), STR("high") },
		{ STR("Topic"), topic_of(mem, t->words.chat) },
		{ STR("Authorization"),
			push_authorization(mem, push.keys, sub->endpoint,
				house->push_subject, push.cx->now_ms / 1000) },
	};

	atomic_fetch_add(&push.flying, 1);
	http_fetch(house->loops[(uint64_t)sub->subscription % house->n_loops],
		&(struct fetch){
			.url = sub->endpoint,
			.method = STR("POST"),
			.fields = fields,
			.n_fields = ARRAY_LEN(fields),
			.body = body,
			.timeout_ms = ANSWER_MS,
			.max_reply_bytes = 64 << 10,
			.allow_private = house->push_allow_private,
		},
		on_fetched, s);
}

static enum err drop(struct tx *tx, void *arg)
{
	const struct note *n = arg;

	return push_forget(tx, n->who.account, n->gone);
}

static void tell(struct note *n)
{
	struct store *store = push.house->store;
	struct telling t = { .note = n };
	enum err err;

	ctx_restart(push.cx);
	push.cx->now_ms = clock_now_ms();
	if (n->gone) {
		err = store_write(store, push.cx, drop, n);
	} else {
		err = store_read(store, push.cx, read_subscriptions, &t);
		if (err == OK && t.n && !push.house->consumer_online(n->who.account))
			err = store_write(store, push.cx, decide, &t);
	}
	if (err != OK)
		log_warn("push", K_INT("errcode", err), K_STR("words", push.cx->words));
	for (size_t i = 0; err == OK && t.due && i < t.n; i++)
		send(&t, &t.subs[i]);
}

static void run(void *arg UNUSED)
{
	struct letter *l;

	while ((l = mailbox_wait_one(&push.box)) != NULL) {
		struct note *n = CONTAINER_OF(l, struct note, letter);

		atomic_fetch_sub(&push.waiting, 1);
		if (!atomic_load(&push.stopping))
			tell(n);
		free(n);
	}
}

void push_start(struct house *house)
{
	push.house = house;
	push.cx = ctx_new(WORK_BYTES);
	push.cx->actor = (struct actor){ .kind = ACTOR_OPERATOR };
	atomic_store(&push.stopping, false);
	mailbox_init(&push.box, NULL, NULL);
	bus_overhear(on_event, NULL);
	thread_start(&push.thread, "push", ROLE_CLOCK, run, NULL);
}

void push_stop(void)
{
	atomic_store(&push.stopping, true);
	mailbox_close(&push.box);
	thread_join(&push.thread);
	ctx_free(push.cx);
}
