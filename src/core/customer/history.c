#include "core/customer/history.h"

#include "base/ids.h"
#include "core/customer/history.sql.h"
#include "core/ledger/ledger.h"

enum { STEP = 100, LOOK_MAX = 5000 };

#define DETAIL_TEXT(F, SUB) F(text, text, SOMETIMES, 0, 4000, "Shown after the sentence")
SHAPE(history_text, DETAIL_TEXT)

enum err customer_event_add(struct tx *tx, const struct customer_event *e)
{
	str actor = e->actor;

	if (!actor.n)
		TRY(actor_text(tx, &actor));
	return customer_event_insert(tx, e->corp, e->customer, id_next(), e->member,
		tx->cx->now_ms, str_of(e->kind), actor,
		e->detail.n ? e->detail : STR("{}"));
}

enum err customer_event_say(struct tx *tx, int64_t corp, int64_t customer, int64_t member,
	const char *kind, str text)
{
	struct history_text t = { .text = text };

	return customer_event_add(tx,
		&(struct customer_event){ .corp = corp,
			.customer = customer,
			.member = member,
			.kind = kind,
			.detail = shape_text(tx->cx->mem, history_text_shape(), &t) });
}

/* ---- both, merged ---- */

struct both {
	struct tx *tx;
	const struct customer *c;
	int64_t member;
	str userid; /* of the member */
	struct history_place *place;
	struct ledger_entry *steps;
	struct customer_event_row *events;
	size_t step, n_steps, event, n_events;
	bool steps_ended, events_ended;
};

static enum err refill(struct both *b)
{
	if (b->step == b->n_steps && !b->steps_ended) {
		TRY(ledger_newest_of(b->tx, b->c->corp, b->c->external_userid,
			b->place->entry, STEP, &b->steps, &b->n_steps));
		b->step = 0;
		b->steps_ended = b->n_steps < STEP;
	}
	if (b->event == b->n_events && !b->events_ended) {
		TRY(customer_event_select(b->tx, b->c->corp, b->c->customer,
			b->place->event, STEP, &b->events, &b->n_events));
		b->event = 0;
		b->events_ended = b->n_events < STEP;
	}
	return OK;
}

static bool take_step(struct both *b, struct history_item *out)
{
	const struct ledger_entry *e = &b->steps[b->step++];

	b->place->entry = e->entry;
	*out = (struct history_item){ .time_ms = e->time_ms,
		.kind = str_of(e->kind),
		.actor = e->actor,
		.detail = e->detail,
		.member = e->member,
		.other = e->other };
	return !b->member || str_same(e->member, b->userid) ||
		str_same(e->other, b->userid);
}

static enum err take_event(struct both *b, struct history_item *out, bool *out_fits)
{
	const struct customer_event_row *e = &b->events[b->event++];
	struct member m = { .userid = STR("") };

	b->place->event = e->event;
	*out_fits = !b->member || !e->member || e->member == b->member;
	if (!*out_fits)
		return OK;
	if (e->member && member_get(b->tx, b->c->corp, e->member, &m) != OK)
		ctx_forgive(b->tx->cx);
	*out = (struct history_item){ .time_ms = e->time_ms,
		.kind = e->kind,
		.actor = e->actor,
		.detail = e->detail,
		.member = m.userid };
	return OK;
}

/* The newer of what both have next; false at the end of both. */
static enum err next(struct both *b, struct history_item *out, bool *out_fits,
	bool *out_there)
{
	bool step, event;

	TRY(refill(b));
	step = b->step < b->n_steps;
	event = b->event < b->n_events;
	*out_there = step || event;
	if (step && (!event || b->steps[b->step].time_ms > b->events[b->event].time_ms)) {
		*out_fits = take_step(b, out);
		return OK;
	}
	return event ? take_event(b, out, out_fits) : OK;
}

enum err customer_history(struct tx *tx, const struct customer *c, int64_t member,
	struct history_place *place, size_t limit, struct history_item **out,
	size_t *out_n, bool *out_more)
{
	struct both b = { .tx = tx, .c = c, .member = member, .place = place };
	struct member m;
	bool there = true;
	size_t n = 0;

	if (member) {
		TRY(member_get(tx, c->corp, member, &m));
		b.userid = m.userid;
	}
	if (!place->entry)
		*place = (struct history_place){ INT64_MAX, INT64_MAX };
	*out = ARENA_ARRAY(tx->cx->mem, struct history_item, limit);
	for (size_t looked = 0; n < limit && looked < LOOK_MAX; looked++) {
		bool fits = false;

		TRY(next(&b, &(*out)[n], &fits, &there));
		if (!there)
			break;
		n += fits;
	}
	*out_n = n;
	*out_more = there;
	return OK;
}
