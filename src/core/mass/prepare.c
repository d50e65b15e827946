/*
 * core/mass/prepare.c - a mass message becomes rows.
 *
 * Reading who is wanted costs more than writing it down, so a plan of some thousand
 * follows is read in a snapshot, put into the rows' order, and written in slices so short that chat hardly waits.
 * How far it is (place) is written with a plan's last slice: after a crash its rows are
 * made again, which changes nothing, since a row is made once.
 */
#include <stdlib.h>

#include "core/mass/mass.sql.h"
#include "core/mass/private.h"

enum { PLAN = 20000, SLICE = 150, JOB_SLICE = 250 };

struct plan {
	int64_t corp, mass;
	struct mass_row m;
	str next_place;
	struct follow *v;
	size_t n, from, to; /* the slice that is written */
	bool more;          /* behind this plan */
	bool over, stale;   /* nothing is left to do; somebody else has gone on */
};

static void read_place(str kept, struct wanted_walk *walk)
{
	str rest = kept;
	int64_t *v[] = { &walk->place.ms, &walk->place.customer, &walk->place.member,
		&walk->at };

	for (size_t i = 0; i < ARRAY_LEN(v); i++)
		if (!str_int(str_cut(&rest, ' '), v[i]))
			*v[i] = 0;
}

static str place_text(struct arena *mem, const struct wanted_walk *walk)
{
	return arena_printf(mem, "%" PRId64 " %" PRId64 " %" PRId64 " %" PRId64,
		walk->place.ms, walk->place.customer, walk->place.member, walk->at);
}

/* The rows of some follows; a task's count is written once a run of its member. */
static enum err put_targets(struct tx *tx, const struct mass_row *m, int64_t corp,
	const struct follow *v, size_t n, int64_t *out_added)
{
	struct ints members = { ARENA_ARRAY(tx->cx->mem, int64_t, n), 0 };
	int64_t *counts = ARENA_ARRAY(tx->cx->mem, int64_t, n);

	*out_added = 0;
	for (size_t i = 0; i < n; i++) {
		size_t at = 0;

		while (at < members.n && members.v[at] != v[i].member)
			at++;
		if (at == members.n) {
			members.v[members.n++] = v[i].member;
			TRY(mass_task_insert(tx, corp, m->mass, v[i].member));
		}
		TRY(mass_target_insert(tx, corp, m->mass, v[i].member, v[i].customer,
			v[i].chat));
		counts[at] += tx_changes(tx);
	}
	for (size_t at = 0; at < members.n; at++) {
		TRY(mass_task_count(tx, corp, m->mass, members.v[at], counts[at], 0, 0));
		*out_added += counts[at];
	}
	return OK;
}

static enum err forget(struct tx *tx, int64_t corp, int64_t mass)
{
	TRY(mass_target_delete(tx, corp, mass));
	TRY(mass_task_delete(tx, corp, mass));
	return mass_delete(tx, corp, mass);
}

static enum err begin_sending(struct tx *tx, int64_t corp, const struct mass_row *m,
	int64_t added)
{
	if (!m->targets && !added)
		return forget(tx, corp, m->mass);
	TRY(mass_set_state(tx, corp, m->mass, MASS_OPEN));
	if (!m->direct)
		return mass_tell_asked(tx, corp, m->mass);
	TRY(mass_task_decide_all(tx, corp, m->mass, tx->cx->now_ms));
	mass_due(tx, corp, 0);
	return OK;
}

/* As the rows will stand: a slice then touches few pages and few tasks. */
static int by_member(const void *left, const void *right)
{
	const struct follow *a = left, *b = right;

	if (a->member != b->member)
		return a->member < b->member ? -1 : 1;
	return (a->customer > b->customer) - (a->customer < b->customer);
}

/* The next follows; over when it needs no preparing any more. */
static enum err read_plan(struct tx *tx, struct plan *p, size_t limit)
{
	struct wanted_walk walk = { .more = true };
	struct mass_wanted wanted;
	bool found;

	TRY(mass_select(tx, p->corp, p->mass, &p->m, &found));
	p->over = !found || p->m.state != MASS_PREPARING;
	if (p->over)
		return OK;
	TRY(wanted_unpack(tx->cx, p->m.wanted, &wanted));
	walk.w = &wanted;
	read_place(p->m.place, &walk);
	TRY(wanted_next(tx, p->corp, &walk, limit, &p->v, &p->n));
	if (p->n)
		qsort(p->v, p->n, sizeof(p->v[0]), by_member);
	p->next_place = place_text(tx->cx->mem, &walk);
	p->more = walk.more;
	return OK;
}

/* From `from` to `to`; what is there is looked at again, for others prepare too. */
static enum err put_slice(struct tx *tx, struct plan *p)
{
	bool last = p->to == p->n, found;
	struct mass_row m;
	int64_t added;

	TRY(mass_select(tx, p->corp, p->mass, &m, &found));
	p->over = !found || m.state != MASS_PREPARING;
	p->stale = !p->over && !str_same(m.place, p->m.place);
	if (p->over || p->stale)
		return OK;
	TRY(put_targets(tx, &m, p->corp, p->v + p->from, p->to - p->from, &added));
	TRY(mass_set_place(tx, p->corp, p->mass, last ? p->next_place : m.place, added));
	if (!last || p->more)
		return OK;
	p->over = true;
	return begin_sending(tx, p->corp, &m, added);
}

enum err mass_prepare(struct tx *tx, int64_t corp, int64_t mass, bool *out_done)
{
	struct plan p = { .corp = corp, .mass = mass };

	TRY(read_plan(tx, &p, JOB_SLICE));
	p.to = p.n;
	if (!p.over)
		TRY(put_slice(tx, &p));
	*out_done = p.over;
	return OK;
}

/* ---- all of it, by who made it ---- */

static enum err read_one(struct tx *tx, void *arg)
{
	return read_plan(tx, arg, PLAN);
}

static enum err write_one(struct tx *tx, void *arg)
{
	return put_slice(tx, arg);
}

static enum err write_plan(struct store *store, struct ctx *slice, struct plan *p)
{
	p->from = 0;
	do {
		ctx_restart(slice);
		p->to = p->n - p->from > SLICE ? p->from + SLICE : p->n;
		TRY(store_write(store, slice, write_one, p));
		p->from = p->to;
	} while (!p->over && !p->stale && p->from < p->n);
	return OK;
}

enum err mass_prepare_all(struct store *store, const struct actor *actor, int64_t corp,
	int64_t mass)
{
	struct plan p = { .corp = corp, .mass = mass };
	struct ctx *reading = ctx_new(0), *slice = ctx_new(0);
	enum err err = OK;

	reading->actor = slice->actor = *actor;
	while (err == OK && !p.over) {
		ctx_restart(reading);
		err = store_read(store, reading, read_one, &p);
		if (err == OK && !p.over)
			err = write_plan(store, slice, &p);
	}
	ctx_free(slice);
	ctx_free(reading);
	return err;
}
