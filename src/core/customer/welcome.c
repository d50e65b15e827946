#include "core/customer/welcome.h"

#include <stdatomic.h>

#include "base/ids.h"
#include "core/customer/history.h"
#include "core/customer/welcome.sql.h"
#include "core/customer/welcome_rule.h"
#include "core/message/attachment.h"
#include "core/message/fill.h"

enum { DUE_AT_ONCE = 200, CODE_RANDOM = 40, KEEP_MS = 7 * 24 * 3600 * 1000 };

static atomic_int_fast64_t hurry = 1;

void welcome_hurry(int64_t by)
{
	atomic_store(&hurry, by);
}

/* Said as the member, as in WeCom: the customer sees words of the person he added. */
static enum err say(struct tx *tx, const struct welcome_row *w, int64_t corp,
	const struct message_part *parts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct message m = {
			.corp = corp,
			.chat = w->chat,
			.sender = { PERSON_MEMBER, w->member, 0 },
			.nonce = arena_printf(tx->cx->mem, "=w%" PRId64 "-%zu",
				w->welcome, i),
			.type = parts[i].type,
			.body = parts[i].body,
			.via = MESSAGE_WELCOME,
		};
		bool again;

		TRY(chat_add(tx, &m, &again));
	}
	return OK;
}

static enum err names_of(struct tx *tx, int64_t corp, const struct welcome_row *w,
	str company, struct fill_names *out)
{
	struct customer customer;
	struct member member;

	TRY(customer_get(tx, corp, w->customer, &customer));
	TRY(member_get(tx, corp, w->member, &member));
	*out = (struct fill_names){ customer.name, member.name, company };
	return OK;
}

/* By the rule that fits best, else the corp's plain text. */
static enum err say_corps(struct tx *tx, int64_t corp, const struct welcome_row *w,
	enum welcome_state *out)
{
	struct welcome_rule rule = { .attachments = STR("[]") };
	struct message_part *parts;
	struct fill_names names;
	struct corp c;
	bool ruled;
	size_t n;

	TRY(corp_get(tx, corp, &c));
	TRY(welcome_rule_for(tx, corp, w->member, &rule, &ruled));
	if (!ruled)
		rule.text = c.welcome;
	*out = ruled || c.welcome.n ? WELCOME_BY_CORP : WELCOME_NONE;
	if (*out == WELCOME_NONE)
		return OK;
	TRY(names_of(tx, corp, w, c.name, &names));
	TRY(message_parts(tx, corp, message_fill(tx->cx->mem, rule.text, &names),
		rule.attachments, &parts, &n));
	TRY(customer_event_say(tx, corp, w->customer, w->member, "welcome", rule.name));
	return say(tx, w, corp, parts, n);
}

/* Is there an app that welcomes the customers of this member? */
static enum err app_listens(struct tx *tx, int64_t corp, int64_t member, bool *out)
{
	struct app *apps;
	size_t n;

	*out = false;
	TRY(app_listeners(tx, corp, SCOPE_customer_write, &apps, &n));
	for (size_t i = 0; i < n && !*out; i++)
		if (apps[i].sends_welcome)
			TRY(app_sees_member(tx, corp, apps[i].app, member, out));
	return OK;
}

enum err welcome_begin(struct tx *tx, const struct follow *f, str *out_code,
	int64_t *out_expires_ms)
{
	struct welcome_row w = { .welcome = id_next(),
		.member = f->member,
		.customer = f->customer,
		.chat = f->chat,
		.state = WELCOME_WAITING };
	enum welcome_state state = WELCOME_WAITING;
	bool listens;

	w.code = random_text(tx->cx->mem, CODE_RANDOM);
	w.expires_ms = tx->cx->now_ms + WELCOME_LIFE_MS / atomic_load(&hurry);
	TRY(app_listens(tx, f->corp, f->member, &listens));
	if (!listens)
		TRY(say_corps(tx, f->corp, &w, &state));
	TRY(welcome_insert(tx, f->corp, w.welcome, w.code, w.member, w.customer, w.chat,
		state, w.expires_ms));
	*out_code = listens ? w.code : STR_NONE;
	*out_expires_ms = listens ? w.expires_ms : 0;
	if (listens)
		event_emit(tx,
			&(struct event){ .kind = EVENT_DUE,
				.data = STR("welcome"),
				.corp = f->corp,
				.object = w.expires_ms });
	return OK;
}

enum err welcome_send(struct tx *tx, int64_t corp, str code,
	const struct message_part *parts, size_t n)
{
	const struct actor *actor = &tx->cx->actor;
	struct welcome_row w;
	bool found, sees = true;

	TRY(welcome_select(tx, corp, code, &w, &found));
	if (!found)
		return why(tx->cx, ERR_WELCOME_CODE, "field `welcome_code`");
	if (actor->kind == ACTOR_APP)
		TRY(app_sees_member(tx, corp, actor->id, w.member, &sees));
	if (!sees)
		return why(tx->cx, ERR_NO_PRIVILEGE,
			"welcome_code: of a member outside the app's visible range");
	if (w.state != WELCOME_WAITING)
		return why(tx->cx, ERR_WELCOME_SENT, "field `welcome_code` was used");
	if (tx->cx->now_ms >= w.expires_ms)
		return why(tx->cx, ERR_WELCOME_CODE, "field `welcome_code` has expired");
	TRY(welcome_set_state(tx, corp, w.welcome, WELCOME_BY_APP));
	TRY(customer_event_say(tx, corp, w.customer, w.member, "welcome", STR("")));
	return say(tx, &w, corp, parts, n);
}

static bool is_in(struct tx *tx, int64_t corp, const struct welcome_row *w)
{
	struct chat_person p;
	bool in = chat_person_get(tx, corp, w->chat, PERSON_MEMBER, w->member, &p) == OK;

	ctx_forgive(tx->cx);
	return in;
}

enum err welcome_expire(struct tx *tx, int64_t corp, int64_t *out_next_ms)
{
	struct welcome_select_next_row next;
	struct welcome_row *due;
	size_t n;
	bool found;

	TRY(welcome_select_due(tx, corp, tx->cx->now_ms, DUE_AT_ONCE, &due, &n));
	for (size_t i = 0; i < n; i++) {
		enum welcome_state state = WELCOME_NONE;
		struct chat chat;

		TRY(chat_get(tx, corp, due[i].chat, &chat));
		/* Else he left meanwhile, or was handed over: nobody is to be welcomed. */
		if (!chat.closed && is_in(tx, corp, &due[i]))
			TRY(say_corps(tx, corp, &due[i], &state));
		TRY(welcome_set_state(tx, corp, due[i].welcome, state));
	}
	TRY(welcome_select_next(tx, corp, &next, &found));
	*out_next_ms = found ? next.expires_ms : 0;
	return OK;
}

enum err welcome_sweep(struct tx *tx, int64_t corp)
{
	static const enum welcome_state decided[] = { WELCOME_BY_APP, WELCOME_BY_CORP,
		WELCOME_NONE };

	for (size_t i = 0; i < ARRAY_LEN(decided); i++)
		TRY(welcome_drop_old(tx, corp, decided[i], tx->cx->now_ms - KEEP_MS));
	return OK;
}
