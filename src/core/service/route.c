/*
 * core/service/route.c - the queue, and to whom it is given.
 */
#include "base/ids.h"
#include "core/service/private.h"
#include "core/service/visit.sql.h"

enum { ROUTE_AT_ONCE = 50, LAST_SESSIONS = 20, SESSION_GUESS_S = 300 };

struct seat {
	struct servicing who;
	int64_t load;
	bool usable;
};

static enum err read_seats(struct tx *tx, const struct service_account *a,
	struct seat **out, size_t *out_n)
{
	struct visit_loads_row *loads;
	struct servicing *members;
	size_t n, n_loads;

	TRY(servicer_members(tx, a, &members, &n));
	TRY(visit_loads(tx, a->corp, a->account, &loads, &n_loads));
	*out = ARENA_ARRAY(tx->cx->mem, struct seat, n);
	*out_n = n;
	for (size_t i = 0; i < n; i++) {
		struct seat *s = &(*out)[i];

		*s = (struct seat){ .who = members[i], .usable = !members[i].stopped };
		for (size_t j = 0; j < n_loads; j++)
			if (loads[j].servicer == s->who.member)
				s->load = loads[j].n;
	}
	return OK;
}

static bool has_room(const struct service_account *a, const struct seat *s)
{
	return s->usable && (!a->max_sessions || s->load < a->max_sessions);
}

static bool goes_before(const struct service_account *a, const struct seat *s,
	const struct seat *than)
{
	if (a->routing == ROUTING_LEAST && s->load != than->load)
		return s->load < than->load;
	return s->who.given < than->who.given;
}

static struct seat *best_seat(const struct service_account *a, const struct visit *v,
	struct seat *seats, size_t n)
{
	struct seat *best = NULL;

	for (size_t i = 0; i < n; i++) {
		if (!has_room(a, &seats[i]))
			continue;
		if (a->prefers_last && seats[i].who.member == v->last_servicer)
			return &seats[i];
		if (!best || goes_before(a, &seats[i], best))
			best = &seats[i];
	}
	return best;
}

/* The best who may act: others are out of it from now on. */
static enum err pick(struct tx *tx, const struct service_account *a,
	const struct visit *v, struct seat *seats, size_t n, struct seat **out)
{
	for (;;) {
		enum member_status status;
		bool admin;

		*out = best_seat(a, v, seats, n);
		if (!*out)
			return OK;
		TRY(member_standing(tx, a->corp, (*out)->who.member, &status, &admin));
		if (status == MEMBER_ACTIVE)
			return OK;
		(*out)->usable = false;
	}
}

enum err service_route(struct tx *tx, const struct service_account *a)
{
	struct visit *waiting;
	struct seat *seats, *seat;
	size_t n, n_seats;
	int64_t opens_ms;
	bool open;

	if (a->routing == ROUTING_MANUAL || a->deleted)
		return OK;
	TRY(service_is_open(tx->cx, a->hours, tx->cx->now_ms, &open, &opens_ms));
	if (!open)
		return OK;
	TRY(service_queue(tx, a, ROUTE_AT_ONCE, &waiting, &n));
	if (!n)
		return OK;
	TRY(read_seats(tx, a, &seats, &n_seats));
	for (size_t i = 0; i < n; i++) {
		TRY(pick(tx, a, &waiting[i], seats, n_seats, &seat));
		if (!seat)
			return OK;
		TRY(session_step(tx, a, &waiting[i], STATE_SERVED, seat->who.member));
		TRY(session_tell(tx, a, &waiting[i], CHANGE_FROM_QUEUE, 0));
		seat->load++;
		seat->who.given = id_next();
	}
	return OK;
}

/* How long a session of the last ones took, in seconds. */
static enum err usual_s(struct tx *tx, const struct service_account *a, int64_t *out)
{
	struct session_row *rows;
	int64_t sum = 0, number = 0;
	size_t n;

	TRY(session_last(tx, a->corp, a->account, LAST_SESSIONS, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (rows[i].served_ms && rows[i].ended_ms) {
			sum += rows[i].ended_ms - rows[i].served_ms;
			number++;
		}
	*out = number ? sum / number / 1000 : SESSION_GUESS_S;
	return OK;
}

enum err service_place(struct tx *tx, const struct service_account *a,
	const struct visit *v, int64_t *out_place, int64_t *out_wait_s)
{
	struct visit_count_before_row before;
	struct seat *seats;
	int64_t each_s, places = 0;
	size_t n;
	bool found;

	*out_place = *out_wait_s = 0;
	if (v->state != STATE_QUEUE)
		return OK;
	TRY(visit_count_before(tx, v->corp, v->account, v->since_ms, v->customer, &before,
		&found));
	*out_place = before.n + 1;
	TRY(usual_s(tx, a, &each_s));
	TRY(read_seats(tx, a, &seats, &n));
	for (size_t i = 0; i < n; i++)
		if (seats[i].usable)
			places += a->max_sessions ? a->max_sessions : 1;
	*out_wait_s = places ? (*out_place * each_s + places - 1) / places : 0;
	return OK;
}
