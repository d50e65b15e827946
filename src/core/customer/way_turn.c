#include "core/customer/way_turn.h"

#include <time.h>

#include "core/acquisition/link.h"
#include "core/customer/follow.h"
#include "core/customer/way.sql.h"

enum { DAY_S = 24 * 3600, DAY_MIN = 24 * 60, WEEK = 7, FOLLOWERS_MAX = 100 };

/* ---- time, by the server's clock ---- */

static void local_time(int64_t now_ms, int64_t *out_date, int64_t *out_weekday,
	int64_t *out_minute)
{
	time_t now = (time_t)(now_ms / 1000);
	struct tm tm;

	localtime_r(&now, &tm);
	*out_date = (now_ms / 1000 + tm.tm_gmtoff) / DAY_S;
	*out_weekday = (tm.tm_wday + 6) % WEEK;
	*out_minute = (int64_t)tm.tm_hour * 60 + tm.tm_min;
}

static int64_t today(const struct ctx *cx)
{
	int64_t date, weekday, minute;

	local_time(cx->now_ms, &date, &weekday, &minute);
	return date;
}

/* ---- shifts ---- */

enum err way_shifts(struct tx *tx, const struct way *w, struct way_shift **out,
	size_t *out_n)
{
	struct way_select_shifts_row *rows;
	size_t n;

	TRY(way_select_shifts(tx, w->corp, w->way, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct way_shift, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct way_shift){ rows[i].kind == 2, rows[i].target,
			rows[i].days, rows[i].from_min, rows[i].to_min };
	*out_n = n;
	return OK;
}

static enum err check_shift(struct tx *tx, const struct way *w, const struct way_shift *s,
	size_t i)
{
	if (!s->days || s->days >= 1 << WEEK)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"shifts[%zu].days: no day is named", i);
	if (s->from_min < 0 || s->from_min >= DAY_MIN || s->to_min < 0 ||
		s->to_min > DAY_MIN || s->from_min == s->to_min)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"shifts[%zu]: from and to are minutes of a day, and differ", i);
	if (!ints_has(s->is_department ? &w->departments : &w->members, s->target))
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"shifts[%zu]: not in the range of this code", i);
	return OK;
}

enum err way_set_shifts(struct tx *tx, const struct way *w,
	const struct way_shift *shifts, size_t n)
{
	if (n > WAY_SHIFTS_MAX)
		return why(tx->cx, ERR_INVALID_ARGUMENT, "shifts: at most %d",
			WAY_SHIFTS_MAX);
	for (size_t i = 0; i < n; i++)
		TRY(check_shift(tx, w, &shifts[i], i));
	TRY(way_delete_shifts(tx, w->corp, w->way));
	for (size_t i = 0; i < n; i++)
		TRY(way_insert_shift(tx, w->corp, w->way, (int64_t)i,
			shifts[i].is_department ? 2 : 1, shifts[i].target, shifts[i].days,
			shifts[i].from_min, shifts[i].to_min));
	return OK;
}

bool way_shift_is_on(const struct way_shift *s, int64_t day, int64_t minute)
{
	bool today_on = s->days >> day & 1;
	bool yesterday_on = s->days >> (day + WEEK - 1) % WEEK & 1;

	if (s->from_min < s->to_min)
		return today_on && minute >= s->from_min && minute < s->to_min;
	return (today_on && minute >= s->from_min) ||
		(yesterday_on && minute < s->to_min);
}

/* ---- candidates ---- */

struct candidate {
	int64_t member, today;
	bool on_duty;
};

struct choice {
	const struct way *way;
	struct candidate *v;
	size_t n, max;
};

/* Nobody twice: who stands in two departments of the range has one turn. */
static void add(struct choice *c, int64_t member)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].member == member)
			return;
	if (c->n < c->max)
		c->v[c->n++] = (struct candidate){ .member = member };
}

static enum err add_all(struct tx *tx, struct choice *c)
{
	const struct way *w = c->way;

	c->max = w->kind == WAY_OF_LINK ? WAY_LINK_MAX_MEMBERS : WAY_MAX_MEMBERS;
	c->max = c->max > w->members.n ? c->max : w->members.n;
	c->v = ARENA_ARRAY(tx->cx->mem, struct candidate, c->max);
	for (size_t i = 0; i < w->members.n; i++)
		add(c, w->members.v[i]);
	for (size_t i = 0; i < w->departments.n; i++) {
		struct ints ids;

		TRY(member_ids_in(tx, w->corp, w->departments.v[i], true, &ids));
		for (size_t j = 0; j < ids.n; j++)
			add(c, ids.v[j]);
	}
	return OK;
}

enum err way_loads(struct tx *tx, const struct way *w, struct way_load **out,
	size_t *out_n)
{
	struct way_select_loads_row *rows;
	int64_t day = today(tx->cx);
	size_t n;

	TRY(way_select_loads(tx, w->corp, w->way, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct way_load, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct way_load){ rows[i].member,
			rows[i].day == day ? rows[i].today : 0, rows[i].total };
	*out_n = n;
	return OK;
}

static enum err look_at_loads(struct tx *tx, struct choice *c)
{
	struct way_load *loads;
	size_t n;

	if (!c->way->max_a_day && c->way->routing != WAY_LEAST_BUSY)
		return OK;
	TRY(way_loads(tx, c->way, &loads, &n));
	for (size_t i = 0; i < c->n; i++)
		for (size_t j = 0; j < n; j++)
			if (loads[j].member == c->v[i].member)
				c->v[i].today = loads[j].today;
	return OK;
}

static enum err put_on_duty(struct tx *tx, struct choice *c, const struct way_shift *s)
{
	struct ints ids = { .v = (int64_t *)(uintptr_t)&s->target, .n = 1 };

	if (s->is_department)
		TRY(member_ids_in(tx, c->way->corp, s->target, true, &ids));
	for (size_t i = 0; i < c->n; i++)
		c->v[i].on_duty = c->v[i].on_duty || ints_has(&ids, c->v[i].member);
	return OK;
}

/* Without shifts everybody is on duty; so he is outside them, unless the way says that
 * nobody is. */
static enum err look_at_shifts(struct tx *tx, struct choice *c)
{
	int64_t date, weekday, minute;
	struct way_shift *shifts;
	bool anybody = false;
	size_t n = 0;

	if (c->way->routing == WAY_ON_DUTY)
		TRY(way_shifts(tx, c->way, &shifts, &n));
	local_time(tx->cx->now_ms, &date, &weekday, &minute);
	for (size_t i = 0; i < n; i++)
		if (way_shift_is_on(&shifts[i], weekday, minute))
			TRY(put_on_duty(tx, c, &shifts[i]));
	for (size_t i = 0; i < c->n; i++)
		anybody = anybody || c->v[i].on_duty;
	if (n && !anybody && c->way->off_duty_none)
		return why(tx->cx, ERR_CODE_OFF_DUTY,
			"come again in the hours of service");
	for (size_t i = 0; i < c->n && !anybody; i++)
		c->v[i].on_duty = true;
	return OK;
}

/* ---- who served him before ---- */

/* Not activated members serve too: their customers wait for them. */
static bool can_serve(const struct member *m)
{
	return m->serves_customers &&
		(m->status == MEMBER_ACTIVE || m->status == MEMBER_NOT_ACTIVATED);
}

/* Anybody of the corp, or of `among`, who follows him now. */
static enum err follower(struct tx *tx, const struct way *w, int64_t customer,
	const struct ints *among, struct member *out, bool *out_found)
{
	struct follow *follows;
	size_t n;

	TRY(follow_of_customer(tx, w->corp, customer, 0, FOLLOWERS_MAX, &follows, &n));
	for (size_t i = 0; i < n && !*out_found; i++) {
		if (among && !ints_has(among, follows[i].member))
			continue;
		TRY(member_get(tx, w->corp, follows[i].member, out));
		*out_found = can_serve(out);
	}
	return OK;
}

/* Of the way's own who had him last, whatever became of it. */
static enum err last_served(struct tx *tx, const struct choice *c, int64_t customer,
	struct member *out, bool *out_found)
{
	int64_t newest = 0;

	for (size_t i = 0; i < c->n; i++) {
		struct follow f;
		struct member m;

		if (follow_find_any(tx, c->way->corp, c->v[i].member, customer, &f) !=
			OK) {
			ctx_forgive(tx->cx);
			continue;
		}
		TRY(member_get(tx, c->way->corp, f.member, &m));
		if (f.changed_ms < newest || !can_serve(&m))
			continue;
		newest = f.changed_ms;
		*out = m;
		*out_found = true;
	}
	return OK;
}

static enum err find_before(struct tx *tx, const struct choice *c, int64_t customer,
	struct member *out, bool *out_found)
{
	const struct way *w = c->way;
	struct acq_link link = { 0 };

	*out_found = false;
	if (!customer)
		return OK;
	if (w->link)
		TRY(acq_link_get(tx, w->corp, w->link, &link));
	if (w->is_exclusive || link.priority_type)
		TRY(follower(tx, w, customer,
			link.priority_type == ACQ_PRIORITY_MEMBERS ? &link.priority
								   : NULL,
			out, out_found));
	if (w->keeps_member && !*out_found)
		TRY(last_served(tx, c, customer, out, out_found));
	return OK;
}

/* ---- the turn ---- */

static enum err take_turn(struct tx *tx, const struct way *w, size_t n, size_t *out)
{
	struct way_take_turn_row turn = { 0 };
	bool found;

	if (n > 1)
		TRY(tx->writes ? way_take_turn(tx, w->corp, w->way, &turn, &found)
			       : way_see_turn(tx, w->corp, w->way, &turn, &found));
	*out = n ? (size_t)turn.turn % n : 0;
	return OK;
}

static enum err choose(struct tx *tx, const struct choice *c, struct member *out)
{
	const struct way *w = c->way;
	struct member m;
	bool any = false, found = false;
	size_t from;
	int64_t least = INT64_MAX;

	TRY(take_turn(tx, w, c->n, &from));
	for (size_t i = 0; i < c->n; i++) {
		const struct candidate *one = &c->v[(from + i) % c->n];

		if (!one->on_duty || (found && one->today >= least))
			continue;
		TRY(member_get(tx, w->corp, one->member, &m));
		any = any || can_serve(&m);
		if (!can_serve(&m) || (w->max_a_day && one->today >= w->max_a_day))
			continue;
		*out = m;
		found = true;
		least = one->today;
		if (w->routing != WAY_LEAST_BUSY)
			return OK;
	}
	if (found)
		return OK;
	return any ? why(tx->cx, ERR_CODE_FULL,
			     "all have enough new customers today; come again tomorrow")
		   : why(tx->cx, ERR_CODE_GONE,
			     "nobody serves customers by this code any more");
}

enum err way_member_for(struct tx *tx, const struct way *w, int64_t customer,
	struct member *out)
{
	struct choice c = { .way = w };
	bool found;

	if (w->disabled)
		return why(tx->cx, ERR_CODE_CLOSED, "it may be open again later");
	if (w->max_customers && w->added >= w->max_customers)
		return why(tx->cx, ERR_CODE_FULL, "ask the person for another one");
	TRY(add_all(tx, &c));
	TRY(find_before(tx, &c, customer, out, &found));
	if (found)
		return OK;
	TRY(look_at_shifts(tx, &c));
	TRY(look_at_loads(tx, &c));
	return choose(tx, &c, out);
}

enum err way_member(struct tx *tx, const struct way *w, struct member *out)
{
	return way_member_for(tx, w, 0, out);
}

enum err way_took(struct tx *tx, const struct way *w, int64_t member)
{
	TRY(way_count_one(tx, w->corp, w->way));
	return way_add_load(tx, w->corp, w->way, member, today(tx->cx));
}
