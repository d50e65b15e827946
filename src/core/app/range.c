/*
 * core/app/range.c - the visible range.
 *
 * Most apps see the whole corp, which is one point read; the others are asked
 * for the member himself, then for his departments.
 */
#include "core/app/app.sql.h"
#include "core/app/private.h"
#include "core/directory/tree.h"

enum { RANGE_MEMBER = 1, RANGE_DEPARTMENT = 2 };

static bool is_system(int64_t app)
{
	return app == AGENT_CONTACT_SYNC || app == AGENT_CUSTOMER_CONTACT;
}

static enum err has(struct tx *tx, int64_t corp, int64_t app, int kind, int64_t target,
	bool *out)
{
	struct range_row row;

	return app_range_has(tx, corp, app, kind, target, &row, out);
}

static enum err sees_all(struct tx *tx, int64_t corp, int64_t app, bool *out)
{
	*out = is_system(app);
	return *out ? OK : has(tx, corp, app, RANGE_DEPARTMENT, DEPARTMENT_ROOT, out);
}

static enum err targets(struct tx *tx, int64_t corp, int64_t app, int kind,
	struct ints *out)
{
	struct range_row *rows;
	size_t n;

	TRY(app_range_select(tx, corp, app, kind, &rows, &n));
	out->v = ARENA_ARRAY(tx->cx->mem, int64_t, n);
	out->n = n;
	for (size_t i = 0; i < n; i++)
		out->v[i] = rows[i].target;
	return OK;
}

enum err app_sees_from(struct tx *tx, int64_t corp, int64_t app, struct ints *out)
{
	static int64_t root = DEPARTMENT_ROOT;
	bool all;

	TRY(sees_all(tx, corp, app, &all));
	if (!all)
		return targets(tx, corp, app, RANGE_DEPARTMENT, out);
	*out = (struct ints){ &root, 1 };
	return OK;
}

enum err app_range_get(struct tx *tx, int64_t corp, int64_t app, struct app_range *out)
{
	TRY(targets(tx, corp, app, RANGE_MEMBER, &out->members));
	return targets(tx, corp, app, RANGE_DEPARTMENT, &out->departments);
}

static bool is_below_any(const struct tree *t, int64_t department,
	const struct ints *outer)
{
	for (size_t i = 0; i < outer->n; i++)
		if (tree_is_below(t, department, outer->v[i]))
			return true;
	return false;
}

enum err app_sees_department(struct tx *tx, int64_t corp, int64_t app, int64_t department,
	bool *out)
{
	const struct tree *t;
	struct ints from;

	TRY(sees_all(tx, corp, app, out));
	if (*out)
		return OK;
	TRY(targets(tx, corp, app, RANGE_DEPARTMENT, &from));
	TRY(tree_get(tx, corp, &t));
	*out = is_below_any(t, department, &from);
	return OK;
}

enum err app_sees_member(struct tx *tx, int64_t corp, int64_t app, int64_t member,
	bool *out)
{
	struct member_place *places;
	const struct tree *t;
	struct ints from;
	size_t n;

	TRY(sees_all(tx, corp, app, out));
	if (!*out)
		TRY(has(tx, corp, app, RANGE_MEMBER, member, out));
	if (*out)
		return OK;
	TRY(targets(tx, corp, app, RANGE_DEPARTMENT, &from));
	if (!from.n)
		return OK;
	TRY(member_places(tx, corp, member, &places, &n));
	TRY(tree_get(tx, corp, &t));
	for (size_t i = 0; i < n && !*out; i++)
		*out = is_below_any(t, places[i].department, &from);
	return OK;
}

enum err app_sight_read(struct tx *tx, int64_t corp, int64_t app, struct app_sight *out)
{
	*out = (struct app_sight){ .corp = corp, .app = app };
	TRY(sees_all(tx, corp, app, &out->all));
	if (out->all)
		return OK;
	TRY(targets(tx, corp, app, RANGE_DEPARTMENT, &out->range.departments));
	out->all = ints_has(&out->range.departments, DEPARTMENT_ROOT);
	if (out->all)
		return OK;
	TRY(targets(tx, corp, app, RANGE_MEMBER, &out->range.members));
	return tree_get(tx, corp, &out->tree);
}

enum err app_sight_has(struct tx *tx, const struct app_sight *s, int64_t member,
	bool *out)
{
	struct member_place *places;
	size_t n;

	*out = s->all || ints_has(&s->range.members, member);
	if (*out || !s->range.departments.n)
		return OK;
	TRY(member_places(tx, s->corp, member, &places, &n));
	for (size_t i = 0; i < n && !*out; i++)
		*out = is_below_any(s->tree, places[i].department, &s->range.departments);
	return OK;
}

enum err app_reads_names(struct tx *tx)
{
	const struct actor *actor = &tx->cx->actor;
	bool ids_only = false;

	if (actor->kind == ACTOR_APP && actor->id == AGENT_CONTACT_SYNC)
		TRY(corp_sync_reads_ids(tx, actor->corp, &ids_only));
	if (ids_only)
		return why(tx->cx, ERR_SYNC_READS_IDS,
			"the contact-sync secret of this company reads ids only");
	return OK;
}

static enum err put_members(struct tx *tx, int64_t corp, int64_t app,
	const struct ints *members)
{
	for (size_t i = 0; i < members->n; i++) {
		enum member_status status;
		bool admin;

		TRY(member_standing(tx, corp, members->v[i], &status, &admin));
		TRY(app_range_insert(tx, corp, app, RANGE_MEMBER, members->v[i]));
	}
	return OK;
}

static enum err put_departments(struct tx *tx, int64_t corp, int64_t app,
	const struct ints *departments)
{
	const struct tree *t;

	TRY(tree_get(tx, corp, &t));
	for (size_t i = 0; i < departments->n; i++) {
		if (tree_find(t, departments->v[i]) == TREE_NONE)
			return why(tx->cx, ERR_BAD_DEPARTMENT,
				"field `parties[%zu]`: no such department", i);
		TRY(app_range_insert(tx, corp, app, RANGE_DEPARTMENT, departments->v[i]));
	}
	return OK;
}

enum err app_range_put(struct tx *tx, int64_t corp, int64_t app,
	const struct app_range *range)
{
	if (!range)
		return app_range_insert(tx, corp, app, RANGE_DEPARTMENT, DEPARTMENT_ROOT);
	if (range->members.n > APP_RANGE_MAX || range->departments.n > APP_RANGE_MAX)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"users, parties: at most %d each", APP_RANGE_MAX);
	TRY(app_range_delete(tx, corp, app));
	TRY(put_members(tx, corp, app, &range->members));
	return put_departments(tx, corp, app, &range->departments);
}
