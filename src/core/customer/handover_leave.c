/*
 * core/customer/handover_leave.c - a member leaves, and the rules decide.
 */
#include "base/buf.h"
#include "core/customer/handover_plan.h"
#include "core/customer/handover_private.h"
#include "core/customer/handover_rule.sql.h"

enum { PREVIEW_SOME = 5, DEPARTMENTS_TEXT = 2048 };

static enum err departments_of(struct tx *tx, int64_t corp, int64_t member,
	struct ints *out)
{
	struct member_place *places;

	TRY(member_places(tx, corp, member, &places, &out->n));
	out->v = ARENA_ARRAY(tx->cx->mem, int64_t, out->n);
	for (size_t i = 0; i < out->n; i++)
		out->v[i] = places[i].department;
	return OK;
}

static enum err make_plan(struct tx *tx, int64_t corp, int64_t member,
	struct ints departments, struct plan *out)
{
	struct handover_rule *rules;
	struct member leaver;
	size_t n;

	TRY(member_get(tx, corp, member, &leaver));
	TRY(handover_rules(tx, corp, &rules, &n));
	return plan_make(tx, &leaver, departments, rules, n, out);
}

/* ---- what would be ---- */

struct preview {
	struct plan plan;
	struct handover_share *shares;
	size_t n, room;
};

static struct handover_share *share_of(struct preview *v, const struct plan_step *s,
	const struct member *to)
{
	int64_t position = s ? s->position : 0, member = to ? to->member : 0;

	for (size_t i = 0; i < v->n; i++)
		if (v->shares[i].position == position && v->shares[i].to.member == member)
			return &v->shares[i];
	v->shares[v->n].position = position;
	if (to)
		v->shares[v->n].to = *to;
	return &v->shares[v->n++];
}

static enum err count_one(struct tx *tx, void *arg, int64_t customer)
{
	struct preview *v = arg;
	const struct plan_step *step;
	const struct member *to;
	struct handover_share *share;

	TRY(plan_pick(tx, &v->plan, customer, &step, &to));
	share = share_of(v, step, to);
	if (share->some.n < PREVIEW_SOME)
		share->some.v[share->some.n++] = customer;
	share->customers++;
	return OK;
}

static void make_room(struct arena *mem, struct preview *v)
{
	v->room = 1;
	for (size_t i = 0; i < v->plan.n; i++)
		v->room += v->plan.steps[i].n ? v->plan.steps[i].n : 1;
	v->shares = ARENA_ARRAY(mem, struct handover_share, v->room);
	for (size_t i = 0; i < v->room; i++)
		v->shares[i].some.v = ARENA_ARRAY(mem, int64_t, PREVIEW_SOME);
}

enum err handover_preview(struct tx *tx, int64_t corp, int64_t member,
	const struct handover_rule *rules, size_t n, struct handover_share **out,
	size_t *out_n)
{
	struct handover_rule *own;
	struct ints departments;
	struct member leaver;
	struct preview v = { 0 };
	int64_t after = 0, all;

	TRY(member_get(tx, corp, member, &leaver));
	TRY(departments_of(tx, corp, member, &departments));
	if (!rules) {
		TRY(handover_rules(tx, corp, &own, &n));
		rules = own;
	}
	TRY(plan_make(tx, &leaver, departments, rules, n, &v.plan));
	make_room(tx->cx->mem, &v);
	TRY(handover_each(tx, corp, member, HANDOVER_LEAVE_MAX, &after, count_one, &v,
		&all));
	*out = v.shares;
	*out_n = v.n;
	return OK;
}

/* ---- what is done ---- */

struct leaving {
	struct plan plan;
	struct handover_order order;
	int64_t handed;
};

static enum err leave_one(struct tx *tx, void *arg, int64_t customer)
{
	struct leaving *l = arg;
	struct handover_order *o = &l->order;
	const struct plan_step *step;
	const struct member *to;
	struct handover waiting;
	struct follow f;
	bool waits;

	TRY(plan_pick(tx, &l->plan, customer, &step, &to));
	TRY(handover_waiting(tx, o->corp, o->from.member, customer, &waiting, &waits));
	if (!to || waits)
		return OK; /* for an administrator, or on his way already */
	o->to = *to;
	o->rule = step->position;
	TRY(follow_get(tx, o->corp, o->from.member, customer, &f));
	l->handed++;
	return handover_start(tx, o, &f);
}

static enum err begin(struct tx *tx, int64_t corp, int64_t member,
	struct ints departments, struct leaving *out)
{
	struct corp owner;

	*out = (struct leaving){ .order = { .corp = corp, .kind = HANDOVER_RESIGNED } };
	TRY(corp_get(tx, corp, &owner));
	out->order.at_once = owner.handover_at_once;
	TRY(member_get(tx, corp, member, &out->order.from));
	return make_plan(tx, corp, member, departments, &out->plan);
}

static str departments_text(struct arena *mem, struct ints departments)
{
	struct buf b;

	buf_init(&b, mem, DEPARTMENTS_TEXT);
	for (size_t i = 0; i < departments.n; i++)
		buf_printf(&b, "%s%" PRId64, i ? "," : "", departments.v[i]);
	return buf_str(&b);
}

static void come_again(struct tx *tx, int64_t corp, int64_t when_ms)
{
	event_emit(tx,
		&(struct event){ .kind = EVENT_DUE,
			.data = STR("leaving"),
			.corp = corp,
			.object = when_ms });
}

static enum err actor_userid(struct tx *tx, str *out)
{
	const struct actor *a = &tx->cx->actor;
	struct member m;

	*out = STR("");
	if (a->kind != ACTOR_MEMBER)
		return OK;
	TRY(member_get(tx, a->corp, a->id, &m));
	*out = m.userid;
	return OK;
}

enum err handover_leave(struct tx *tx, int64_t corp, int64_t member, int64_t *out_n)
{
	struct ints departments;
	struct leaving l;
	int64_t after = 0, seen;
	str oper;

	TRY(departments_of(tx, corp, member, &departments));
	TRY(begin(tx, corp, member, departments, &l));
	*out_n = 0;
	if (!l.plan.n)
		return OK;
	TRY(handover_each(tx, corp, member, HANDOVER_LEAVE_MAX, &after, leave_one, &l,
		&seen));
	*out_n = l.handed;
	if (seen < HANDOVER_LEAVE_MAX)
		return OK;
	TRY(actor_userid(tx, &oper));
	come_again(tx, corp, tx->cx->now_ms);
	return leaving_put(tx, corp, member, after,
		departments_text(tx->cx->mem, departments), oper);
}

enum err handover_successor(struct tx *tx, int64_t corp, int64_t member,
	struct member *out, bool *out_found)
{
	const struct plan_step *step;
	const struct member *to;
	struct ints departments;
	struct plan plan;

	TRY(departments_of(tx, corp, member, &departments));
	TRY(make_plan(tx, corp, member, departments, &plan));
	TRY(plan_pick(tx, &plan, 0, &step, &to));
	*out_found = to;
	if (to)
		*out = *to;
	return OK;
}

/* ---- the rest, by time ---- */

static struct ints departments_parse(struct arena *mem, str text)
{
	struct ints out = { .v = ARENA_ARRAY(mem, int64_t, text.n / 2 + 1) };

	while (text.n) {
		int64_t department;

		if (str_int(str_cut(&text, ','), &department))
			out.v[out.n++] = department;
	}
	return out;
}

static enum err go_on(struct tx *tx, int64_t corp, const struct leaving_first_row *row)
{
	struct ints departments = departments_parse(tx->cx->mem, row->departments);
	int64_t after = row->after, seen = 0;
	struct leaving l;
	struct member m;

	TRY(member_get(tx, corp, row->member, &m));
	if (m.status == MEMBER_DISABLED || m.status == MEMBER_LEFT) {
		TRY(begin(tx, corp, row->member, departments, &l));
		l.order.oper_userid = row->oper_userid;
		TRY(handover_each(tx, corp, row->member, HANDOVER_LEAVE_STEP, &after,
			leave_one, &l, &seen));
	}
	/* He is back, or there are no more. */
	if (seen < HANDOVER_LEAVE_STEP)
		return leaving_delete(tx, corp, row->member);
	return leaving_put(tx, corp, row->member, after, row->departments,
		row->oper_userid);
}

enum err handover_leave_expire(struct tx *tx, int64_t corp, int64_t *out_next_ms)
{
	struct actor actor = tx->cx->actor;
	struct leaving_first_row row;
	enum err err;
	bool found;

	*out_next_ms = 0;
	TRY(leaving_first(tx, corp, &row, &found));
	if (!found)
		return OK;
	tx->cx->actor = (struct actor){ .kind = ACTOR_NOBODY, .corp = corp };
	err = go_on(tx, corp, &row);
	tx->cx->actor = actor;
	TRY(err);
	TRY(leaving_first(tx, corp, &row, &found));
	*out_next_ms = found ? tx->cx->now_ms : 0;
	return OK;
}
