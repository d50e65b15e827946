/*
 * core/moment/job.c - a corp's moment goes to its members, a step at a time.
 *
 * A job goes through members, departments and, when neither is named, the tags; in each
 * list it has a place, and within a department or tag the last member.  A step takes at
 * most MOMENT_STEP members, so that chat does not wait for it; all of a step commits
 * together, and the next begins where it ended.
 */
#include "base/ids.h"
#include "core/customer/tag.h"
#include "core/moment/private.h"

enum { JOB_STARTED = 1, JOB_RUNNING = 2, JOB_DONE = 3 };
enum { PHASE_MEMBERS, PHASE_DEPARTMENTS, PHASE_TAGS, PHASE_END };

struct run {
	struct tx *tx;
	int64_t corp;
	struct moment_job_row row;
	struct moment_range range, refused;
	bool by_tags; /* the tags name the members, too */
	int64_t members[MOMENT_STEP];
	size_t n_members; /* who have it since this step */
};

str moment_job_text(struct arena *mem, int64_t job)
{
	return id_text(mem, "job", job);
}

/* ---- what named nobody ---- */

/* Room for as many more as a step may refuse, so that none is copied twice. */
static void make_room(struct arena *mem, struct texts *list, size_t more)
{
	str *v = ARENA_ARRAY(mem, str, list->n + more);

	for (size_t i = 0; i < list->n; i++)
		v[i] = list->v[i];
	list->v = v;
}

static void refuse_text(struct texts *list, str text)
{
	list->v[list->n++] = text;
}

static void refuse_department(struct run *r, int64_t department)
{
	struct ints *list = &r->refused.departments;
	int64_t *v = ARENA_ARRAY(r->tx->cx->mem, int64_t, list->n + 1);

	for (size_t i = 0; i < list->n; i++)
		v[i] = list->v[i];
	v[list->n] = department;
	list->v = v;
	list->n++;
}

/* ---- giving ---- */

static bool may_publish(const struct member *m)
{
	return m->serves_customers &&
		(m->status == MEMBER_ACTIVE || m->status == MEMBER_NOT_ACTIVATED);
}

static enum err give(struct run *r, int64_t member)
{
	bool is_new;

	TRY(post_add(r->tx, r->corp, r->row.moment, member, POST_WAITS, 0, &is_new));
	if (is_new)
		r->members[r->n_members++] = member;
	return OK;
}

/* Does the app see him?  The console sees all. */
static enum err sees(struct run *r, int64_t member, bool *out)
{
	*out = true;
	return r->row.app ? app_sees_member(r->tx, r->corp, r->row.app, member, out) : OK;
}

static enum err give_user(struct run *r, str userid)
{
	struct member m;
	bool seen = false;

	if (member_by_userid(r->tx, r->corp, userid, &m) == OK)
		TRY(sees(r, m.member, &seen));
	ctx_forgive(r->tx->cx);
	if (!seen || !may_publish(&m)) {
		refuse_text(&r->refused.users, userid);
		return OK;
	}
	return give(r, m.member);
}

static enum err step_members(struct run *r)
{
	size_t at = (size_t)r->row.place, end = at + MOMENT_STEP;

	if (end > r->range.users.n)
		end = r->range.users.n;
	for (; at < end; at++)
		TRY(give_user(r, r->range.users.v[at]));
	r->row.place = (int64_t)at;
	return OK;
}

static void next_place(struct run *r)
{
	r->row.place++;
	r->row.after = 0;
}

static enum err is_department(struct run *r, int64_t department, bool *out)
{
	struct department d;

	*out = department_get(r->tx, r->corp, department, &d) == OK;
	ctx_forgive(r->tx->cx);
	if (*out && r->row.app)
		TRY(app_sees_department(r->tx, r->corp, r->row.app, department, out));
	return OK;
}

static enum err step_department(struct run *r)
{
	int64_t department = r->range.departments.v[r->row.place];
	struct member *list;
	bool there = true;
	size_t n;

	if (!r->row.after)
		TRY(is_department(r, department, &there));
	if (!there) {
		refuse_department(r, department);
		next_place(r);
		return OK;
	}
	TRY(member_page(r->tx, r->corp, department, true, r->row.after, MOMENT_STEP,
		&list, &n));
	for (size_t i = 0; i < n; i++)
		if (may_publish(&list[i]))
			TRY(give(r, list[i].member));
	if (n == MOMENT_STEP)
		r->row.after = list[n - 1].member;
	else
		next_place(r);
	return OK;
}

/* Who serves customers of the tag, when the tags alone were named. */
static enum err step_tag(struct run *r)
{
	struct ints members;
	int64_t tag = 0;

	if (!r->by_tags || !tag_id_parse(r->range.tags.v[r->row.place], &tag)) {
		next_place(r);
		return OK;
	}
	TRY(tag_members(r->tx, r->corp, tag, r->row.after, MOMENT_STEP, &members));
	for (size_t i = 0; i < members.n; i++) {
		struct member m;
		bool seen;

		TRY(member_get(r->tx, r->corp, members.v[i], &m));
		TRY(sees(r, m.member, &seen));
		if (seen && may_publish(&m))
			TRY(give(r, m.member));
	}
	if (members.n == MOMENT_STEP)
		r->row.after = members.v[members.n - 1];
	else
		next_place(r);
	return OK;
}

/* ---- the job ---- */

/* Which of the tags there are; those and no others decide who sees it. */
static enum err begin(struct run *r)
{
	struct ints tags = { .v = ARENA_ARRAY(r->tx->cx->mem, int64_t, r->range.tags.n) };

	for (size_t i = 0; i < r->range.tags.n; i++) {
		int64_t tag;
		bool there = false;

		if (tag_id_parse(r->range.tags.v[i], &tag))
			TRY(tag_is_there(r->tx, r->corp, tag, &there));
		if (there)
			tags.v[tags.n++] = tag;
		else
			refuse_text(&r->refused.tags, r->range.tags.v[i]);
	}
	if (r->range.tags.n && !tags.n) { /* must not become "all customers" */
		r->row.errcode = ERR_BAD_TAG_ID;
		r->row.phase = PHASE_END;
	}
	r->row.state = JOB_RUNNING;
	return moment_keep_tags(r->tx, r->corp, r->row.moment, tags);
}

static size_t phase_size(const struct run *r)
{
	switch (r->row.phase) {
	case PHASE_MEMBERS:
		return r->range.users.n;
	case PHASE_DEPARTMENTS:
		return r->range.departments.n;
	default:
		return r->range.tags.n;
	}
}

static enum err step(struct run *r)
{
	while (r->row.phase < PHASE_END && (size_t)r->row.place >= phase_size(r)) {
		r->row.phase++;
		r->row.place = r->row.after = 0;
	}
	switch (r->row.phase) {
	case PHASE_MEMBERS:
		return step_members(r);
	case PHASE_DEPARTMENTS:
		return step_department(r);
	case PHASE_TAGS:
		return step_tag(r);
	default:
		return OK;
	}
}

static enum err finish(struct run *r)
{
	if (!r->row.given && !r->row.errcode)
		r->row.errcode = ERR_ALL_RECEIVERS_BAD;
	r->row.state = JOB_DONE;
	return moment_set(r->tx, r->corp, r->row.moment,
		r->row.given ? MOMENT_OPEN : MOMENT_FAILED);
}

static enum err run(struct run *r)
{
	struct ctx *cx = r->tx->cx;
	struct moment_job_row *row = &r->row;

	TRY(shape_parse(cx, moment_range_shape(), row->senders, &r->range));
	TRY(shape_parse(cx, moment_range_shape(), row->refused, &r->refused));
	make_room(cx->mem, &r->refused.users, MOMENT_STEP);
	make_room(cx->mem, &r->refused.tags, r->range.tags.n);
	r->by_tags = !r->range.users.n && !r->range.departments.n;
	if (row->state == JOB_STARTED)
		TRY(begin(r));
	TRY(step(r));
	row->given += (int64_t)r->n_members;
	if (row->phase == PHASE_END)
		TRY(finish(r));
	moment_tell(r->tx, r->corp, r->members, r->n_members, "task");
	return moment_job_update(r->tx, r->corp, row->job, row->state, row->phase,
		row->place, row->after, row->given, row->errcode,
		shape_text(cx->mem, moment_range_shape(), &r->refused));
}

enum err moment_expire(struct tx *tx, int64_t corp, int64_t *out_next_ms)
{
	struct run *r = ARENA_NEW(tx->cx->mem, struct run);
	bool found;

	r->tx = tx;
	r->corp = corp;
	*out_next_ms = 0;
	TRY(moment_job_select_next(tx, corp, &r->row, &found));
	if (!found)
		return OK;
	TRY(run(r));
	*out_next_ms = tx->cx->now_ms; /* look again: there may be more of it */
	return OK;
}

enum err moment_job_get(struct tx *tx, int64_t corp, int64_t app, str jobid,
	struct moment_job *out)
{
	struct moment_job_row row;
	bool found = false;
	int64_t job;

	if (id_parse(jobid, "job", &job))
		TRY(moment_job_select(tx, corp, job, &row, &found));
	if (!found || row.app != app ||
		row.created_ms + MOMENT_JOB_LIFE_MS <= tx->cx->now_ms)
		return why(tx->cx, ERR_NO_JOB, "field `jobid`");
	*out = (struct moment_job){
		.corp = corp,
		.job = row.job,
		.moment = row.moment,
		.app = row.app,
		.state = row.state,
		.errcode = row.errcode,
		.created_ms = row.created_ms,
	};
	return shape_parse(tx->cx, moment_range_shape(), row.refused, &out->refused);
}

enum err moment_sweep(struct tx *tx, int64_t corp)
{
	return moment_job_delete_old(tx, corp,
		id_of_ms(tx->cx->now_ms - MOMENT_JOB_LIFE_MS));
}
