/*
 * core/strategy/range.c - whom a strategy concerns.
 *
 * A department in a range stands for all below it, so the question about a member goes up
 * from his departments to the root: at most 15 point reads for each.
 */
#include "core/directory/tree.h"
#include "core/strategy/private.h"
#include "core/strategy/strategy.sql.h"

enum { ANCESTORS_MAX = DEPARTMENT_MAX_LEVELS * MEMBER_MAX_PLACES };

static enum err has(struct tx *tx, int64_t corp, int64_t strategy,
	enum strategy_target_kind kind, int64_t target, bool *out)
{
	struct target_row row;

	return strategy_range_find(tx, corp, strategy, kind, target, &row, out);
}

/* The department and all above it are added to `out`, which has room. */
static void add_ancestors(const struct tree *t, int64_t department, struct ints *out)
{
	ptrdiff_t at = tree_find(t, department);

	while (at != TREE_NONE) {
		const struct tree_node *node = &t->nodes[at];

		if (!ints_has(out, node->department))
			out->v[out->n++] = node->department;
		at = node->parent ? tree_find(t, node->parent) : TREE_NONE;
	}
}

static enum err departments_of(struct tx *tx, int64_t corp, int64_t member,
	struct ints *out)
{
	struct member_place *places;
	const struct tree *t;
	size_t n;

	TRY(member_places(tx, corp, member, &places, &n));
	TRY(tree_get(tx, corp, &t));
	*out = (struct ints){ .v = ARENA_ARRAY(tx->cx->mem, int64_t, ANCESTORS_MAX) };
	for (size_t i = 0; i < n; i++)
		add_ancestors(t, places[i].department, out);
	return OK;
}

static enum err holds_any(struct tx *tx, int64_t corp, int64_t strategy,
	const struct ints *departments, bool *out)
{
	*out = false;
	for (size_t i = 0; i < departments->n && !*out; i++)
		TRY(has(tx, corp, strategy, STRATEGY_DEPARTMENT, departments->v[i], out));
	return OK;
}

enum err strategy_holds(struct tx *tx, int64_t corp, int64_t strategy, int64_t member,
	bool *out)
{
	struct ints departments;

	TRY(has(tx, corp, strategy, STRATEGY_MEMBER, member, out));
	if (*out)
		return OK;
	TRY(departments_of(tx, corp, member, &departments));
	return holds_any(tx, corp, strategy, &departments, out);
}

static enum err holds_department(struct tx *tx, int64_t corp, int64_t strategy,
	int64_t department, bool *out)
{
	struct ints up = { .v = ARENA_ARRAY(tx->cx->mem, int64_t, ANCESTORS_MAX) };
	const struct tree *t;

	TRY(tree_get(tx, corp, &t));
	add_ancestors(t, department, &up);
	return holds_any(tx, corp, strategy, &up, out);
}

static enum err holds_target(struct tx *tx, int64_t corp, int64_t strategy,
	const struct strategy_target *t, bool *out)
{
	if (t->kind == STRATEGY_MEMBER)
		return strategy_holds(tx, corp, strategy, t->target, out);
	return holds_department(tx, corp, strategy, t->target, out);
}

/* ---- changing ---- */

static enum err sees(struct tx *tx, const struct strategy *s,
	const struct strategy_target *t, bool *out)
{
	*out = true;
	if (!s->app)
		return OK;
	if (t->kind == STRATEGY_MEMBER)
		return app_sees_member(tx, s->corp, s->app, t->target, out);
	return app_sees_department(tx, s->corp, s->app, t->target, out);
}

static enum err check_target(struct tx *tx, const struct strategy *s,
	const struct strategy_target *t)
{
	bool is_seen, is_within = true;

	TRY(sees(tx, s, t, &is_seen));
	if (!is_seen)
		return why(tx->cx, ERR_NO_PRIVILEGE,
			"range: outside the app's visible range");
	if (s->parent)
		TRY(holds_target(tx, s->corp, s->parent, t, &is_within));
	if (!is_within)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"range: not within that of the parent");
	return OK;
}

enum err strategy_range_add(struct tx *tx, const struct strategy *s,
	const struct strategy_range *add)
{
	for (size_t i = 0; i < add->n; i++) {
		TRY(check_target(tx, s, &add->v[i]));
		TRY(strategy_range_insert(tx, s->corp, s->strategy, add->v[i].kind,
			add->v[i].target));
	}
	return OK;
}

/* What of a child's range is no longer within its parent's goes. */
static enum err shrink(struct tx *tx, const struct strategy_row *child, int64_t corp)
{
	struct strategy_target at = { 0 };
	struct target_row *rows;
	size_t n;

	do {
		TRY(strategy_range_select(tx, corp, child->strategy, at.kind, at.target,
			STRATEGY_PAGE, &rows, &n));
		for (size_t i = 0; i < n; i++) {
			bool within;

			at = (struct strategy_target){
				(enum strategy_target_kind)rows[i].kind, rows[i].target
			};
			TRY(holds_target(tx, corp, child->parent, &at, &within));
			if (!within)
				TRY(strategy_range_delete(tx, corp, child->strategy,
					at.kind, at.target));
		}
	} while (n == STRATEGY_PAGE);
	return OK;
}

enum err strategy_range_drop(struct tx *tx, const struct strategy *s,
	const struct strategy_range *drop)
{
	struct strategy_row *below;
	size_t n;

	for (size_t i = 0; i < drop->n; i++)
		TRY(strategy_range_delete(tx, s->corp, s->strategy, drop->v[i].kind,
			drop->v[i].target));
	if (!drop->n)
		return OK;
	/* By number: a parent is older than its children. */
	TRY(strategy_select_below(tx, s->corp, s->root, s->level, &below, &n));
	for (size_t i = 0; i < n; i++)
		TRY(shrink(tx, &below[i], s->corp));
	return OK;
}

/* ---- reading ---- */

enum err strategy_range_page(struct tx *tx, const struct strategy *s,
	struct strategy_target after, int64_t limit, struct strategy_range *out)
{
	struct target_row *rows;

	TRY(strategy_range_select(tx, s->corp, s->strategy, after.kind, after.target,
		limit, &rows, &out->n));
	out->v = ARENA_ARRAY(tx->cx->mem, struct strategy_target, out->n);
	for (size_t i = 0; i < out->n; i++)
		out->v[i] =
			(struct strategy_target){ (enum strategy_target_kind)rows[i].kind,
				rows[i].target };
	return OK;
}

static enum err add_strategies(struct tx *tx, int64_t corp, enum strategy_kind kind,
	const struct strategy_number_row *rows, size_t n, struct ints *out)
{
	int64_t *v = ARENA_ARRAY(tx->cx->mem, int64_t, out->n + n);

	for (size_t i = 0; i < out->n; i++)
		v[i] = out->v[i];
	out->v = v;
	for (size_t i = 0; i < n; i++) {
		struct strategy_row row;
		bool found;

		TRY(strategy_select(tx, corp, rows[i].strategy, &row, &found));
		if (found && row.kind == (int64_t)kind &&
			!ints_has(out, rows[i].strategy))
			out->v[out->n++] = rows[i].strategy;
	}
	return OK;
}

enum err strategy_of_member(struct tx *tx, int64_t corp, enum strategy_kind kind,
	int64_t member, struct ints *out)
{
	struct strategy_number_row *rows;
	struct ints departments;
	size_t n;

	*out = (struct ints){ 0 };
	TRY(strategy_range_of(tx, corp, STRATEGY_MEMBER, member, &rows, &n));
	TRY(add_strategies(tx, corp, kind, rows, n, out));
	TRY(departments_of(tx, corp, member, &departments));
	for (size_t i = 0; i < departments.n; i++) {
		TRY(strategy_range_of(tx, corp, STRATEGY_DEPARTMENT, departments.v[i],
			&rows, &n));
		TRY(add_strategies(tx, corp, kind, rows, n, out));
	}
	return OK;
}

static enum err root_allows(struct tx *tx, int64_t corp, int64_t strategy,
	int64_t privilege, bool *out)
{
	struct strategy_row row, root;
	bool found;

	*out = false;
	TRY(strategy_select(tx, corp, strategy, &row, &found));
	if (found)
		TRY(strategy_select(tx, corp, row.root, &root, &found));
	*out = found && root.privileges & privilege;
	return OK;
}

enum err strategy_allows(struct tx *tx, int64_t corp, enum strategy_kind kind,
	int64_t member, int64_t privilege, bool *out_any, bool *out)
{
	struct strategy_number_row *rows;
	struct ints all;
	size_t n;

	*out = false;
	TRY(strategy_of_member(tx, corp, kind, member, &all));
	TRY(strategy_of_admin(tx, corp, member, &rows, &n));
	TRY(add_strategies(tx, corp, kind, rows, n, &all));
	*out_any = all.n;
	for (size_t i = 0; i < all.n && !*out; i++)
		TRY(root_allows(tx, corp, all.v[i], privilege, out));
	return OK;
}
