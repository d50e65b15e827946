/*
 * core/service/talk.c - a customer comes, and people speak.
 */
#include "base/ids.h"
#include "core/service/private.h"
#include "core/service/visit.sql.h"

static const int64_t WINDOW_MS = INT64_C(48) * 3600 * 1000;

/* ---- coming ---- */

static str chat_key(struct tx *tx, const struct service_account *a, int64_t customer)
{
	return arena_printf(tx->cx->mem, "service/%" PRId64 "/%" PRId64, a->account,
		customer);
}

static enum err find_or_make(struct tx *tx, const struct service_account *a,
	const struct consumer *c, struct visit *out)
{
	struct customer customer;
	struct chat chat;
	bool found;

	TRY(customer_of_consumer(tx, a->corp, c, &customer));
	TRY(visit_find(tx, a, customer.customer, out, &found));
	if (found)
		return OK;
	struct person persons[] = { { PERSON_CUSTOMER, customer.customer, c->consumer },
		{ PERSON_SERVICE, a->account, 0 } };

	TRY(chat_open(tx, a->corp, CHAT_SERVICE, chat_key(tx, a, customer.customer),
		persons, ARRAY_LEN(persons), &chat));
	TRY(consumer_chat_add(tx, c->consumer, a->corp, chat.chat, customer.customer));
	TRY(visit_insert(tx, a->corp, a->account, customer.customer, c->consumer,
		chat.chat, STATE_ENDED, tx->cx->now_ms));
	TRY(chat_announce(tx, a->corp, chat.chat));
	return visit_get(tx, a->corp, a->account, customer.customer, out);
}

/* Nobody is welcomed twice within 48 hours, nor in the middle of a talk. */
static enum err welcome(struct tx *tx, const struct service_account *a, struct visit *v,
	str *out_code)
{
	int64_t since = tx->cx->now_ms - WINDOW_MS;
	bool listens;

	*out_code = STR_NONE;
	if (v->said_ms > since || v->welcomed_ms > since)
		return OK;
	v->welcomed_ms = tx->cx->now_ms;
	TRY(service_has_listener(tx, a, &listens));
	if (listens)
		return code_make(tx, v, CODE_WELCOME, out_code);
	return say_words(tx, v, a->welcome);
}

enum err service_enter(struct tx *tx, const struct service_account *a,
	const struct consumer *c, str scene, str scene_param, struct visit *out)
{
	struct item_event e = { .event_type = STR("enter_session"), .scene = scene };

	TRY(find_or_make(tx, a, c, out));
	e.scene_param = out->scene_param =
		str_first_bytes(scene_param, SERVICE_SCENE_PARAM_BYTES);
	out->scene = scene;
	out->entered_ms = tx->cx->now_ms;
	TRY(welcome(tx, a, out, &e.welcome_code));
	TRY(visit_put(tx, out));
	return item_add_event(tx, a, out, &e);
}

/* ---- speaking ---- */

static enum err begin(struct tx *tx, const struct service_account *a, struct visit *v)
{
	static const enum service_state first[] = { [FIRST_APP] = STATE_NEW,
		[FIRST_BOT] = STATE_BOT,
		[FIRST_PEOPLE] = STATE_QUEUE };
	int64_t now = tx->cx->now_ms, opens_ms;
	struct service_session s;
	bool open;

	v->session = id_next();
	TRY(session_insert(tx, v->corp, v->session, v->account, v->customer, now));
	v->state = first[a->first];
	v->since_ms = now;
	if (v->state != STATE_QUEUE)
		return OK;
	TRY(session_get(tx, v, &s));
	s.queued_ms = now;
	TRY(session_put(tx, &s));
	TRY(service_is_open(tx->cx, a->hours, now, &open, &opens_ms));
	return open ? OK : say_words(tx, v, a->away_words);
}

/* His servicer may have left or been disabled since: then he waits for another. */
static enum err find_servicer(struct tx *tx, const struct service_account *a,
	struct visit *v)
{
	enum member_status status;
	bool admin;

	if (v->state != STATE_SERVED)
		return OK;
	TRY(member_standing(tx, v->corp, v->servicer, &status, &admin));
	return status == MEMBER_ACTIVE ? OK : session_step(tx, a, v, STATE_QUEUE, 0);
}

static enum err customer_said(struct tx *tx, const struct service_account *a,
	struct visit *v, const struct message *m)
{
	bool is_new = v->state == STATE_ENDED, human = false;
	struct service_session s;
	str code;

	if (v->rejected)
		return why(tx->cx, ERR_FORBIDDEN,
			"the service takes no messages of yours at present");
	if (is_new)
		TRY(begin(tx, a, v));
	else
		TRY(find_servicer(tx, a, v));
	v->said_ms = tx->cx->now_ms;
	v->app_sent = 0;
	v->refuses = false;
	TRY(session_get(tx, v, &s));
	s.customer_messages++;
	if (v->state == STATE_BOT)
		TRY(bot_hear(tx, a, v, &s, m, &human));
	TRY(session_put(tx, &s));
	TRY(visit_set_due(tx, a, v));
	TRY(visit_put(tx, v));
	TRY(item_add_message(tx, a, v, m));
	if (human)
		return service_move(tx, a, v, STATE_QUEUE, 0, BY_HOUSE, &code);
	if (is_new)
		TRY(chat_announce(tx, v->corp, v->chat));
	if (v->state != STATE_QUEUE)
		return OK;
	if (is_new)
		TRY(tell_servicers(tx, a));
	return service_route(tx, a);
}

static enum err servicer_said(struct tx *tx, const struct service_account *a,
	struct visit *v, const struct message *m)
{
	struct service_session s;

	if (v->state != STATE_SERVED || v->servicer != m->sender.id)
		return why(tx->cx, ERR_CLOSED, "somebody else serves this customer");
	TRY(session_get(tx, v, &s));
	s.servicer_messages++;
	if (!s.replied_ms)
		s.replied_ms = tx->cx->now_ms;
	TRY(session_put(tx, &s));
	return item_add_message(tx, a, v, m);
}

enum err service_said(struct tx *tx, const struct message *m)
{
	struct service_account a;
	struct visit v;

	if (m->sender.kind != PERSON_CUSTOMER && m->sender.kind != PERSON_MEMBER)
		return OK;
	TRY(visit_by_chat(tx, m->corp, m->chat, &v));
	TRY(service_account_get(tx, m->corp, v.account, &a));
	if (a.deleted)
		return why(tx->cx, ERR_CLOSED, "this service has ended");
	return m->sender.kind == PERSON_CUSTOMER ? customer_said(tx, &a, &v, m)
						 : servicer_said(tx, &a, &v, m);
}
