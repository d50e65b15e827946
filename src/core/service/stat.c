#include "core/service/stat.h"

#include "core/customer/follow.h"
#include "core/service/private.h"
#include "core/service/visit.sql.h"

enum { ZONE_S = 8 * 3600, MEMBERS_MAX = 2000 };

int64_t service_midnight_s(int64_t unix_s)
{
	return (unix_s + ZONE_S) / STAT_DAY_S * STAT_DAY_S - ZONE_S;
}

/* The customers of a day, or of a member, each once. */
struct faces {
	int64_t *v;
	size_t n, cap;
};

static void see(struct arena *mem, struct faces *f, int64_t customer)
{
	if (f->n == f->cap) {
		int64_t *more = ARENA_ARRAY(mem, int64_t, f->cap ? 2 * f->cap : 16);

		if (f->n)
			memcpy(more, f->v, f->n * sizeof(*more));
		f->v = more;
		f->cap = f->cap ? 2 * f->cap : 16;
	}
	f->v[f->n++] = customer;
}

static int64_t count(struct faces *f)
{
	struct ints list = { f->v, f->n };

	ints_unite(&list);
	return (int64_t)list.n;
}

/* ---- one session ---- */

static enum err became_customer(struct tx *tx, int64_t corp, const struct session_row *r,
	bool *out)
{
	struct follow f;

	*out = r->upgraded_to &&
		follow_get(tx, corp, r->upgraded_to, r->customer, &f) == OK;
	ctx_forgive(tx->cx);
	return OK;
}

static void add_rating(struct service_stat *s, const struct session_row *r)
{
	s->asked += r->rating_asked;
	s->rated += r->rating > 0;
	s->rating_sum += r->rating;
	s->good += r->rating >= 4;
	s->fair += r->rating == 3;
	s->bad += r->rating > 0 && r->rating <= 2;
}

static enum err add_session(struct tx *tx, int64_t corp, struct service_stat *s,
	const struct session_row *r)
{
	bool became;

	s->sessions++;
	s->customer_messages += r->customer_messages;
	s->servicer_messages += r->servicer_messages;
	s->served += r->served_ms > 0;
	s->replied += r->replied_ms > 0;
	if (r->replied_ms)
		s->first_reply_s += (r->replied_ms - r->served_ms) / 1000;
	add_rating(s, r);
	s->upgraded += r->upgraded > 0;
	s->upgraded_member += r->upgraded == 1;
	s->upgraded_group += r->upgraded == 2;
	s->ai_sessions += r->bot_asked > 0;
	s->ai_passed += r->bot_asked > 0 && r->bot_passed;
	s->ai_asked += r->bot_asked;
	s->ai_answered += r->bot_answered;
	s->rejected += r->rejected;
	TRY(became_customer(tx, corp, r, &became));
	s->became_customers += became;
	return OK;
}

/* ---- by day ---- */

struct days {
	struct tx *tx;
	int64_t corp, member, from_s;
	size_t n;
	struct service_stat *v;
	struct faces *faces;
};

static enum err add_to_day(void *arg, const struct session_row *r)
{
	struct days *d = arg;
	size_t day = (size_t)((r->began_ms / 1000 - d->from_s) / STAT_DAY_S);

	if (day >= d->n || (d->member && r->servicer != d->member))
		return OK;
	see(d->tx->cx->mem, &d->faces[day], r->customer);
	return add_session(d->tx, d->corp, &d->v[day], r);
}

enum err service_stats(struct tx *tx, const struct service_account *a, int64_t member,
	int64_t from_s, int64_t to_s, struct service_stat **out, size_t *out_n)
{
	struct days d = { .tx = tx,
		.corp = a->corp,
		.member = member,
		.from_s = from_s,
		.n = (size_t)((to_s - from_s) / STAT_DAY_S + 1) };

	d.v = ARENA_ARRAY(tx->cx->mem, struct service_stat, d.n);
	d.faces = ARENA_ARRAY(tx->cx->mem, struct faces, d.n);
	TRY(session_between(tx, a->corp, a->account, from_s * 1000,
		(to_s + STAT_DAY_S) * 1000, add_to_day, &d));
	for (size_t i = 0; i < d.n; i++) {
		d.v[i].day_s = from_s + (int64_t)i * STAT_DAY_S;
		d.v[i].customers = count(&d.faces[i]);
	}
	*out = d.v;
	*out_n = d.n;
	return OK;
}

/* ---- by member ---- */

struct members {
	struct tx *tx;
	int64_t corp;
	size_t n;
	struct service_member_stat *v;
	struct faces *faces;
};

static enum err add_to_member(void *arg, const struct session_row *r)
{
	struct members *m = arg;
	size_t i = 0;

	if (!r->servicer)
		return OK;
	while (i < m->n && m->v[i].member != r->servicer)
		i++;
	if (i == MEMBERS_MAX)
		return OK;
	if (i == m->n) {
		m->n++;
		m->v[i] = (struct service_member_stat){ .member = r->servicer };
		m->faces[i] = (struct faces){ 0 };
	}
	see(m->tx->cx->mem, &m->faces[i], r->customer);
	return add_session(m->tx, m->corp, &m->v[i].stat, r);
}

enum err service_member_stats(struct tx *tx, const struct service_account *a,
	int64_t from_s, int64_t to_s, struct service_member_stat **out, size_t *out_n)
{
	struct members m = { .tx = tx, .corp = a->corp };

	m.v = ARENA_ARRAY(tx->cx->mem, struct service_member_stat, MEMBERS_MAX);
	m.faces = ARENA_ARRAY(tx->cx->mem, struct faces, MEMBERS_MAX);
	TRY(session_between(tx, a->corp, a->account, from_s * 1000,
		(to_s + STAT_DAY_S) * 1000, add_to_member, &m));
	for (size_t i = 0; i < m.n; i++)
		m.v[i].stat.customers = count(&m.faces[i]);
	*out = m.v;
	*out_n = m.n;
	return OK;
}
