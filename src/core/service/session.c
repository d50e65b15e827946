/*
 * core/service/session.c - how a consultation begins, passes on and ends.
 *
 * Everything that belongs to a step happens in its transaction: who is in the chat, the
 * line that says so, the item for apps, and the news for open clients.
 */
#include "core/service/session.h"

#include "base/ids.h"
#include "core/service/private.h"
#include "core/service/visit.sql.h"

enum { QUEUE_TOLD = 50, CLOSE_AT_ONCE = 200 };
static const int64_t WINDOW_MS = INT64_C(48) * 3600 * 1000;

bool service_may_move(enum service_state from, enum service_state to)
{
	if (from == STATE_ENDED || to == STATE_NEW)
		return false;
	return to > from || (from == STATE_SERVED && to == STATE_SERVED);
}

/* ---- steps ---- */

static enum err join(struct tx *tx, const struct visit *v, int64_t member)
{
	struct person p = { PERSON_MEMBER, member, 0 };
	size_t n;

	return chat_join(tx, v->corp, v->chat, &p, 1, true, &n);
}

static enum err part(struct tx *tx, struct visit *v)
{
	struct person p = { PERSON_MEMBER, v->servicer, 0 };
	size_t n;

	if (!v->servicer)
		return OK;
	v->last_servicer = v->servicer;
	v->servicer = 0;
	return chat_part(tx, v->corp, v->chat, &p, 1, &n);
}

static enum err serve(struct tx *tx, const struct service_account *a, struct visit *v,
	struct service_session *s, int64_t member)
{
	struct service_line line = { .event = "service_served" };
	struct member m;

	TRY(member_get(tx, v->corp, member, &m));
	v->servicer = s->servicer = member;
	if (!s->served_ms)
		s->served_ms = tx->cx->now_ms;
	TRY(join(tx, v, member));
	TRY(servicer_given(tx, a, member));
	line.member = m.name;
	return say_line(tx, v, &line);
}

static enum err end(struct tx *tx, const struct service_account *a, struct visit *v,
	struct service_session *s)
{
	struct service_line line = { .event = "service_ended", .session = s->session };

	s->ended_ms = tx->cx->now_ms;
	s->rating_asked = line.rate = a->asks_rating && s->servicer;
	if (s->servicer || s->bot_asked)
		TRY(say_words(tx, v, a->end_words));
	return say_line(tx, v, &line);
}

/* Those who wait see that the queue moves. */
static enum err tell_queue(struct tx *tx, const struct service_account *a)
{
	struct visit *waiting;
	size_t n;

	TRY(service_queue(tx, a, QUEUE_TOLD, &waiting, &n));
	for (size_t i = 0; i < n; i++)
		TRY(chat_announce(tx, a->corp, waiting[i].chat));
	return OK;
}

/* The state itself, and what it brings along in the chat. */
enum err session_step(struct tx *tx, const struct service_account *a, struct visit *v,
	enum service_state to, int64_t member)
{
	enum service_state from = v->state;
	struct service_session s;

	TRY(session_get(tx, v, &s));
	TRY(part(tx, v));
	v->state = to;
	v->since_ms = tx->cx->now_ms;
	if (from == STATE_BOT && (to == STATE_QUEUE || to == STATE_SERVED))
		s.bot_passed = true;
	if (to == STATE_QUEUE && !s.queued_ms)
		s.queued_ms = tx->cx->now_ms;
	if (to == STATE_SERVED)
		TRY(serve(tx, a, v, &s, member));
	if (to == STATE_ENDED)
		TRY(end(tx, a, v, &s));
	TRY(session_put(tx, &s));
	TRY(visit_set_due(tx, a, v));
	TRY(visit_put(tx, v));
	TRY(chat_announce(tx, v->corp, v->chat));
	if (from == STATE_QUEUE)
		TRY(tell_queue(tx, a));
	return tell_servicers(tx, a);
}

/* What apps hear of it (document 94670), with the code that answers it. */
enum err session_tell(struct tx *tx, const struct service_account *a,
	const struct visit *v, int64_t change, int64_t old)
{
	struct item_event e = { .event_type = STR("session_status_change"),
		.change_type = change,
		.old_servicer = old,
		.new_servicer = v->servicer };

	if (change == CHANGE_FROM_QUEUE)
		TRY(code_make(tx, v, CODE_REPLY, &e.msg_code));
	if (change == CHANGE_ENDED)
		TRY(code_make(tx, v, CODE_END, &e.msg_code));
	return item_add_event(tx, a, v, &e);
}

static int64_t change_of(enum service_state from, enum service_state to)
{
	if (to == STATE_ENDED)
		return CHANGE_ENDED;
	if (to != STATE_SERVED)
		return 0;
	return from == STATE_SERVED ? CHANGE_PASSED : CHANGE_FROM_QUEUE;
}

/* The first time it waits or is served, and the end, may be answered. */
static enum err code_of(struct tx *tx, const struct visit *v, enum service_state from,
	str *out_code)
{
	*out_code = STR_NONE;
	if (v->state == STATE_ENDED)
		return code_make(tx, v, CODE_END, out_code);
	return from < STATE_QUEUE && v->state >= STATE_QUEUE
		? code_make(tx, v, CODE_REPLY, out_code)
		: OK;
}

static enum err check_servicer(struct tx *tx, const struct service_account *a,
	const struct visit *v, int64_t member, enum service_by by)
{
	struct servicing s;
	bool is;

	TRY(servicer_find(tx, a, member, &s, &is));
	if (!is)
		return why(tx->cx, ERR_KF_NO_SERVICER, "he serves at another account");
	if (v->state == STATE_SERVED && v->servicer == member)
		return why(tx->cx, ERR_KF_STATE, "he serves already");
	/* Who takes a session himself receives it. */
	if (s.stopped &&
		(by == BY_APP || tx->cx->actor.kind != ACTOR_MEMBER ||
			tx->cx->actor.id != member))
		return why(tx->cx, ERR_KF_STOPPED, "he receives nobody just now");
	return OK;
}

enum err service_move(struct tx *tx, const struct service_account *a, struct visit *v,
	enum service_state to, int64_t member, enum service_by by, str *out_code)
{
	enum service_state from = v->state;
	int64_t old = v->servicer;

	*out_code = STR_NONE;
	if (from == STATE_ENDED)
		return why(tx->cx, ERR_KF_ENDED,
			"it begins anew when the customer speaks");
	if (!service_may_move(from, to))
		return why(tx->cx, ERR_KF_STATE, "not from %d to %d", (int)from, (int)to);
	if (to == STATE_SERVED)
		TRY(check_servicer(tx, a, v, member, by));
	TRY(session_step(tx, a, v, to, member));
	if (by == BY_APP)
		TRY(code_of(tx, v, from, out_code));
	else if (change_of(from, to))
		TRY(session_tell(tx, a, v, change_of(from, to), old));
	/* Who was served made room; who waits now may find some. */
	if (to == STATE_QUEUE || from == STATE_SERVED)
		TRY(service_route(tx, a));
	return visit_get(tx, v->corp, v->account, v->customer, v);
}

enum err service_resume(struct tx *tx, const struct service_account *a, struct visit *v,
	int64_t member)
{
	struct service_session s;

	if (v->state != STATE_ENDED || !v->session)
		return why(tx->cx, ERR_KF_STATE, "it has not ended");
	if (tx->cx->now_ms - v->said_ms > WINDOW_MS)
		return why(tx->cx, ERR_KF_LATE,
			"the customer spoke more than 48 hours ago");
	TRY(check_servicer(tx, a, v, member, BY_PEOPLE));
	TRY(session_get(tx, v, &s));
	s.ended_ms = 0;
	TRY(session_put(tx, &s));
	TRY(session_step(tx, a, v, STATE_SERVED, member));
	return session_tell(tx, a, v, CHANGE_RESUMED, 0);
}

/* ---- around it ---- */

enum err service_rate(struct tx *tx, const struct visit *v, int64_t session,
	int64_t rating, str words)
{
	struct service_session s;
	struct service_line line = { .event = "service_rated", .rating = rating };

	TRY(service_session_get(tx, v->corp, session, &s));
	if (s.customer != v->customer || s.account != v->account)
		return why(tx->cx, ERR_NOT_FOUND, "session");
	if (!s.rating_asked || !s.ended_ms)
		return why(tx->cx, ERR_KF_STATE, "session: it is not to be rated");
	if (s.rating)
		return why(tx->cx, ERR_CONFLICT, "session: it was rated");
	s.rating = rating;
	s.rating_words = words;
	TRY(session_put(tx, &s));
	return say_line(tx, v, &line);
}

enum err service_reject(struct tx *tx, const struct service_account *a, struct visit *v,
	int64_t member, bool on)
{
	struct item_event e = { .event_type = STR("reject_customer_msg_switch_change"),
		.servicer = member,
		.reject_switch = on };
	struct service_session s;

	if (v->rejected == on)
		return OK;
	v->rejected = on;
	TRY(visit_put(tx, v));
	if (on && v->session) {
		TRY(session_get(tx, v, &s));
		s.rejected = true;
		TRY(session_put(tx, &s));
	}
	return item_add_event(tx, a, v, &e);
}

enum err service_refuse(struct tx *tx, const struct service_account *a, struct visit *v,
	bool on)
{
	(void)a;
	v->refuses = on;
	return visit_put(tx, v);
}

enum err service_receive(struct tx *tx, const struct service_account *a, int64_t member,
	bool stopped, int64_t stop_type)
{
	struct visit none = { .corp = a->corp, .account = a->account };
	struct item_event e = { .event_type = STR("servicer_status_change"),
		.servicer = member,
		.status = stopped ? 2 : 1,
		.stop_type = stop_type };
	bool changed;

	TRY(servicer_say(tx, a, member, stopped, stop_type, &changed));
	if (!changed)
		return OK;
	TRY(item_add_event(tx, a, &none, &e));
	TRY(tell_servicers(tx, a));
	return stopped ? OK : service_route(tx, a);
}

enum err service_recommend(struct tx *tx, const struct service_account *a,
	struct visit *v, int64_t kind, int64_t member, str json)
{
	struct service_session s;

	(void)a;
	v->upgrade = json;
	TRY(visit_put(tx, v));
	if (kind && v->session) {
		TRY(session_get(tx, v, &s));
		s.upgraded = kind;
		s.upgraded_to = member;
		TRY(session_put(tx, &s));
	}
	return chat_announce(tx, v->corp, v->chat);
}

static enum err end_all(struct tx *tx, const struct service_account *a,
	enum service_state state)
{
	struct visit_row *rows;
	size_t n;

	do {
		TRY(visit_select_state(tx, a->corp, a->account, state, CLOSE_AT_ONCE,
			&rows, &n));
		for (size_t i = 0; i < n; i++) {
			struct visit v;

			TRY(visit_get(tx, a->corp, a->account, rows[i].customer, &v));
			TRY(session_step(tx, a, &v, STATE_ENDED, 0));
		}
	} while (n == CLOSE_AT_ONCE);
	return OK;
}

enum err service_close(struct tx *tx, struct service_account *a)
{
	a->deleted = true; /* nobody is given anything more */
	a->asks_rating = false;
	for (enum service_state s = STATE_NEW; s < STATE_ENDED; s++)
		TRY(end_all(tx, a, s));
	return service_account_drop(tx, a);
}
