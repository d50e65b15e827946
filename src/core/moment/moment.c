/*
 * core/moment/moment.c - the rows, and what a corp may make of them.
 */
#include "base/ids.h"
#include "core/directory/corp_setting.h"
#include "core/moment/private.h"

enum { MINUTE_MS = 60 * 1000 };
#define MONTH_MS (INT64_C(30) * 24 * 3600 * 1000)

#define INTS(F, SUB) F(ints, all, ALWAYS, 0, 100000, "Numbers")
SHAPE(ints_text, INTS)

str moment_ints_pack(struct arena *mem, struct ints ints)
{
	return shape_text(mem, ints_text_shape(), &(struct ints_text){ .all = ints });
}

enum err moment_ints_read(struct ctx *cx, str text, struct ints *out)
{
	struct ints_text read = { 0 };

	TRY(shape_parse(cx, ints_text_shape(), text, &read));
	*out = read.all;
	return OK;
}

str moment_id_text(struct arena *mem, int64_t moment)
{
	return id_text(mem, "mom", moment);
}

bool moment_id_parse(str s, int64_t *out)
{
	return id_parse(s, "mom", out);
}

static enum err fill(struct tx *tx, int64_t corp, const struct moment_row *r,
	struct moment *m)
{
	*m = (struct moment){
		.corp = corp,
		.moment = r->moment,
		.kind = (enum moment_kind)r->kind,
		.creator = r->creator,
		.app = r->app,
		.state = (enum moment_state)r->state,
		.created_ms = r->created_ms,
	};
	TRY(moment_ints_read(tx->cx, r->tags, &m->tags));
	return shape_parse(tx->cx, moment_content_shape(), r->content, &m->content);
}

/* ---- finding ---- */

enum err moment_get(struct tx *tx, int64_t corp, int64_t moment, struct moment *out)
{
	struct moment_row row;
	bool found;

	TRY(moment_select(tx, corp, moment, &row, &found));
	if (!found || row.state == MOMENT_FAILED || row.state == MOMENT_DELETED)
		return why(tx->cx, ERR_BAD_MOMENT, "field `moment_id`: no such moment");
	return fill(tx, corp, &row, out);
}

enum err moment_by_id(struct tx *tx, int64_t corp, str moment_id, struct moment *out)
{
	int64_t moment;

	if (!moment_id.n)
		return why(tx->cx, ERR_NO_MOMENT_ID, "field `moment_id` is required");
	if (!moment_id_parse(moment_id, &moment))
		return why(tx->cx, ERR_BAD_MOMENT, "field `moment_id`: no such moment");
	return moment_get(tx, corp, moment, out);
}

enum err moment_page(struct tx *tx, int64_t corp, const struct moment_query *q,
	struct moment **out, size_t *out_n)
{
	int64_t before_ms = q->before_ms ? q->before_ms : INT64_MAX;
	struct moment_row *rows;
	size_t n;

	TRY(moment_select_page(tx, corp, q->from_ms, q->to_ms, before_ms,
		q->before_moment, q->limit, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct moment, n);
	for (size_t i = 0; i < n; i++)
		TRY(fill(tx, corp, &rows[i], &(*out)[i]));
	*out_n = n;
	return OK;
}

/* ---- changing ---- */

enum err moment_set(struct tx *tx, int64_t corp, int64_t moment, enum moment_state state)
{
	return moment_set_state(tx, corp, moment, state);
}

enum err moment_keep_tags(struct tx *tx, int64_t corp, int64_t moment, struct ints tags)
{
	return moment_set_tags(tx, corp, moment, moment_ints_pack(tx->cx->mem, tags));
}

enum err moment_add(struct tx *tx, struct moment *m)
{
	struct arena *mem = tx->cx->mem;

	m->moment = id_next();
	m->created_ms = tx->cx->now_ms;
	return moment_insert(tx, m->corp, m->moment, m->kind, m->creator, m->app,
		shape_text(mem, moment_content_shape(), &m->content),
		moment_ints_pack(mem, m->tags), m->state, m->created_ms);
}

static enum err check_since(struct tx *tx, int64_t corp, enum corp_setting_id limit,
	int64_t ms, const char *time)
{
	struct moment_count_since_row row;
	int64_t max;
	bool found;

	TRY(corp_setting(tx, corp, limit, &max));
	TRY(moment_count_since(tx, corp, tx->cx->now_ms - ms, &row, &found));
	if (row.n >= max)
		return why(tx->cx, ERR_TOO_OFTEN, "at most %" PRId64 " moments a %s", max,
			time);
	return OK;
}

static enum err check_running(struct tx *tx, int64_t corp)
{
	struct moment_job_count_row row;
	int64_t max;
	bool found;

	TRY(corp_setting(tx, corp, CORP_SETTING_MOMENT_JOBS_MAX, &max));
	TRY(moment_job_count(tx, corp, &row, &found));
	if (row.n >= max)
		return why(tx->cx, ERR_MANY_MOMENT_JOBS,
			"%" PRId64 " are running; ask again later", row.n);
	return OK;
}

/* Nobody named: everybody the app sees. */
static enum err everybody(struct tx *tx, const struct moment *m, struct moment_range *r)
{
	static int64_t root[] = { DEPARTMENT_ROOT };
	struct app_range range = { 0 };

	if (!m->app) { /* the console */
		r->departments = (struct ints){ root, 1 };
		return OK;
	}
	TRY(app_sees_from(tx, m->corp, m->app, &r->departments));
	TRY(app_range_get(tx, m->corp, m->app, &range));
	r->users.v = ARENA_ARRAY(tx->cx->mem, str, range.members.n);
	for (size_t i = 0; i < range.members.n; i++) {
		struct member member;

		TRY(member_get(tx, m->corp, range.members.v[i], &member));
		r->users.v[r->users.n++] = member.userid;
	}
	return OK;
}

enum err moment_task_add(struct tx *tx, struct moment *m, const struct moment_range *r,
	int64_t *out_job)
{
	struct moment_range range = { 0 };

	if (r)
		range = *r;
	TRY(check_since(tx, m->corp, CORP_SETTING_MOMENT_MINUTE_MAX, MINUTE_MS,
		"minute"));
	TRY(check_since(tx, m->corp, CORP_SETTING_MOMENT_MONTH_MAX, MONTH_MS, "month"));
	TRY(check_running(tx, m->corp));
	TRY(moment_content_check(tx, m->corp, &m->content));
	if (!range.users.n && !range.departments.n && !range.tags.n)
		TRY(everybody(tx, m, &range));
	m->kind = MOMENT_CORP;
	m->state = MOMENT_DISPATCHING;
	TRY(moment_add(tx, m));
	*out_job = id_next();
	TRY(moment_job_insert(tx, m->corp, *out_job, m->moment, m->app,
		shape_text(tx->cx->mem, moment_range_shape(), &range), m->created_ms));
	event_emit(tx,
		&(struct event){ .kind = EVENT_DUE,
			.data = STR("moment"),
			.corp = m->corp,
			.object = m->created_ms });
	return OK;
}

enum err moment_own_add(struct tx *tx, struct moment *m)
{
	struct post p = { .corp = m->corp, .member = m->creator };
	bool is_new;

	TRY(moment_content_check(tx, m->corp, &m->content));
	m->kind = MOMENT_OWN;
	m->state = MOMENT_OPEN;
	TRY(moment_add(tx, m));
	p.moment = m->moment;
	TRY(post_add(tx, p.corp, p.moment, p.member, POST_WAITS, 0, &is_new));
	return post_publish(tx, &p);
}

enum err moment_cancel(struct tx *tx, const struct moment *m)
{
	if (m->kind != MOMENT_CORP)
		return why(tx->cx, ERR_MOMENT_KIND,
			"field `moment_id`: a member's own, not the corp's");
	if (m->state == MOMENT_DISPATCHING)
		return why(tx->cx, ERR_MOMENT_BUSY, "field `moment_id`");
	return moment_set(tx, m->corp, m->moment, MOMENT_CANCELLED);
}

void moment_tell(struct tx *tx, int64_t corp, const int64_t *members, size_t n,
	const char *change)
{
	struct person *audience = ARENA_ARRAY(tx->cx->mem, struct person, n);

	for (size_t i = 0; i < n; i++)
		audience[i] = (struct person){ PERSON_MEMBER, members[i], 0 };
	if (n)
		event_emit(tx,
			&(struct event){ .kind = EVENT_MOMENT,
				.corp = corp,
				.data = str_of(change),
				.audience = audience,
				.audience_n = n });
}
