#include <stdatomic.h>

#include "base/ids.h"
#include "core/service/private.h"
#include "core/service/visit.sql.h"

static const int64_t SESSION_LIFE_MS = INT64_C(48) * 3600 * 1000;
static const int64_t QUEUE_LIFE_MS = INT64_C(7) * 24 * 3600 * 1000;

static atomic_int_fast64_t hurry = 1;

void service_hurry(int64_t by)
{
	atomic_store(&hurry, by);
}

int64_t service_hurried(int64_t ms)
{
	return ms / atomic_load(&hurry);
}

static struct visit visit_of(int64_t corp, const struct visit_row *r)
{
	return (struct visit){
		.corp = corp,
		.account = r->account,
		.customer = r->customer,
		.consumer = r->consumer,
		.chat = r->chat,
		.session = r->session,
		.servicer = r->servicer,
		.last_servicer = r->last_servicer,
		.since_ms = r->since_ms,
		.due_ms = r->due_ms,
		.entered_ms = r->entered_ms,
		.said_ms = r->said_ms,
		.welcomed_ms = r->welcomed_ms,
		.app_sent = r->app_sent,
		.state = (enum service_state)r->state,
		.rejected = r->rejected,
		.refuses = r->refuses,
		.scene = r->scene,
		.scene_param = r->scene_param,
		.upgrade = r->upgrade,
	};
}

static void fill_all(struct arena *mem, int64_t corp, const struct visit_row *rows,
	size_t n, struct visit **out, size_t *out_n)
{
	*out = ARENA_ARRAY(mem, struct visit, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = visit_of(corp, &rows[i]);
	*out_n = n;
}

enum err visit_find(struct tx *tx, const struct service_account *a, int64_t customer,
	struct visit *out, bool *out_found)
{
	struct visit_row row;

	TRY(visit_select(tx, a->corp, a->account, customer, &row, out_found));
	if (*out_found)
		*out = visit_of(a->corp, &row);
	return OK;
}

enum err visit_get(struct tx *tx, int64_t corp, int64_t account, int64_t customer,
	struct visit *out)
{
	struct visit_row row;
	bool found;

	TRY(visit_select(tx, corp, account, customer, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NOT_FOUND, "service session");
	*out = visit_of(corp, &row);
	return OK;
}

enum err visit_by_chat(struct tx *tx, int64_t corp, int64_t chat, struct visit *out)
{
	struct visit_row row;
	bool found;

	TRY(visit_select_by_chat(tx, corp, chat, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NOT_FOUND, "service session");
	*out = visit_of(corp, &row);
	return OK;
}

enum err visit_put(struct tx *tx, const struct visit *v)
{
	TRY(visit_update(tx, v->corp, v->account, v->customer, v->state, v->session,
		v->servicer, v->last_servicer, v->since_ms, v->due_ms, v->entered_ms,
		v->said_ms, v->welcomed_ms, v->app_sent, v->rejected, v->refuses,
		v->scene, v->scene_param, v->upgrade));
	if (v->due_ms)
		event_emit(tx,
			&(struct event){ .kind = EVENT_DUE,
				.data = STR("service"),
				.corp = v->corp,
				.object = v->due_ms });
	return OK;
}

/* ---- sessions ---- */

static struct service_session session_of(int64_t corp, const struct session_row *r)
{
	return (struct service_session){
		.corp = corp,
		.session = r->session,
		.account = r->account,
		.customer = r->customer,
		.servicer = r->servicer,
		.began_ms = r->began_ms,
		.queued_ms = r->queued_ms,
		.served_ms = r->served_ms,
		.replied_ms = r->replied_ms,
		.ended_ms = r->ended_ms,
		.customer_messages = r->customer_messages,
		.servicer_messages = r->servicer_messages,
		.bot_asked = r->bot_asked,
		.bot_answered = r->bot_answered,
		.upgraded = r->upgraded,
		.rating = r->rating,
		.bot_passed = r->bot_passed,
		.rejected = r->rejected,
		.upgraded_to = r->upgraded_to,
		.rating_asked = r->rating_asked,
		.rating_words = r->rating_words,
	};
}

enum err service_session_get(struct tx *tx, int64_t corp, int64_t session,
	struct service_session *out)
{
	struct session_row row;
	bool found;

	TRY(session_select(tx, corp, session, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NOT_FOUND, "service session");
	*out = session_of(corp, &row);
	return OK;
}

enum err session_get(struct tx *tx, const struct visit *v, struct service_session *out)
{
	return service_session_get(tx, v->corp, v->session, out);
}

enum err session_put(struct tx *tx, const struct service_session *s)
{
	return session_update(tx, s->corp, s->session, s->servicer, s->queued_ms,
		s->served_ms, s->replied_ms, s->ended_ms, s->customer_messages,
		s->servicer_messages, s->bot_asked, s->bot_answered, s->bot_passed,
		s->rejected, s->upgraded, s->upgraded_to, s->rating_asked, s->rating,
		s->rating_words);
}

enum err service_history(struct tx *tx, int64_t corp, int64_t member, int64_t before_ms,
	int64_t limit, struct service_session **out, size_t *out_n)
{
	struct session_row *rows;
	size_t n;

	TRY(session_of_servicer(tx, corp, member, before_ms ? before_ms : INT64_MAX,
		limit, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct service_session, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = session_of(corp, &rows[i]);
	*out_n = n;
	return OK;
}

/* ---- lists ---- */

enum err service_queue(struct tx *tx, const struct service_account *a, int64_t limit,
	struct visit **out, size_t *out_n)
{
	struct visit_row *rows;
	size_t n;

	TRY(visit_select_state(tx, a->corp, a->account, STATE_QUEUE, limit, &rows, &n));
	fill_all(tx->cx->mem, a->corp, rows, n, out, out_n);
	return OK;
}

enum err service_served(struct tx *tx, int64_t corp, int64_t member, int64_t limit,
	struct visit **out, size_t *out_n)
{
	struct visit_row *rows;
	size_t n;

	TRY(visit_select_served(tx, corp, member, limit, &rows, &n));
	fill_all(tx->cx->mem, corp, rows, n, out, out_n);
	return OK;
}

enum err service_of_customer(struct tx *tx, int64_t corp, int64_t customer,
	struct visit **out, size_t *out_n)
{
	struct visit_row *rows;
	size_t n;

	TRY(visit_select_of_customer(tx, corp, customer, &rows, &n));
	fill_all(tx->cx->mem, corp, rows, n, out, out_n);
	return OK;
}

enum err visits_due(struct tx *tx, int64_t corp, int64_t limit, struct visit **out,
	size_t *out_n, int64_t *out_next_ms)
{
	struct visit_next_due_row next;
	struct visit_row *rows;
	size_t n;
	bool found;

	TRY(visit_select_due(tx, corp, tx->cx->now_ms, limit, &rows, &n));
	fill_all(tx->cx->mem, corp, rows, n, out, out_n);
	TRY(visit_next_due(tx, corp, &next, &found));
	*out_next_ms = found ? next.due_ms : 0;
	return OK;
}

/* ---- times ---- */

static int64_t earlier(int64_t a, int64_t b)
{
	return !a || (b && b < a) ? b : a;
}

/* A queue waits for its opening time, and longer than a weekend. */
static enum err queue_due(struct tx *tx, const struct service_account *a, struct visit *v)
{
	int64_t opens_ms;
	bool open;

	TRY(service_is_open(tx->cx, a->hours, tx->cx->now_ms, &open, &opens_ms));
	v->due_ms = earlier(v->since_ms + QUEUE_LIFE_MS, open ? 0 : opens_ms);
	return OK;
}

enum err visit_set_due(struct tx *tx, const struct service_account *a, struct visit *v)
{
	struct service_session s;
	int64_t quiet_ms = v->said_ms > v->since_ms ? v->said_ms : v->since_ms;

	v->due_ms = 0;
	if (v->state == STATE_ENDED)
		return OK;
	if (v->state == STATE_QUEUE)
		return queue_due(tx, a, v);
	TRY(session_get(tx, v, &s));
	v->due_ms = s.began_ms + SESSION_LIFE_MS;
	if (a->silence_s)
		v->due_ms = earlier(v->due_ms,
			quiet_ms + service_hurried(a->silence_s * 1000));
	return OK;
}
