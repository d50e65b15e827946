#include "core/strategy/strategy.h"

#include "core/strategy/private.h"
#include "core/strategy/strategy.sql.h"

static void fill(struct strategy *s, int64_t corp, const struct strategy_row *r)
{
	*s = (struct strategy){
		.corp = corp,
		.strategy = r->strategy,
		.kind = (enum strategy_kind)r->kind,
		.parent = r->parent,
		.root = r->root,
		.level = r->level,
		.app = r->app,
		.name = r->name,
		.privileges = r->privileges,
		.created_ms = r->created_ms,
	};
}

bool strategy_is_of(const struct strategy *s, int64_t app)
{
	return !app || app == AGENT_CUSTOMER_CONTACT || s->app == app;
}

/* ---- reading ---- */

static enum err read_admins(struct tx *tx, struct strategy *s)
{
	struct strategy_admins_row *rows;

	TRY(strategy_admins(tx, s->corp, s->strategy, &rows, &s->admins.n));
	s->admins.v = ARENA_ARRAY(tx->cx->mem, int64_t, s->admins.n);
	for (size_t i = 0; i < s->admins.n; i++)
		s->admins.v[i] = rows[i].member;
	return OK;
}

enum err strategy_get(struct tx *tx, int64_t corp, enum strategy_kind kind, int64_t app,
	int64_t strategy, struct strategy *out)
{
	struct strategy_row row, root;
	bool found;

	TRY(strategy_select(tx, corp, strategy, &row, &found));
	if (found)
		fill(out, corp, &row);
	if (!found || out->kind != kind || !strategy_is_of(out, app))
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"strategy_id: no such strategy of this app");
	TRY(strategy_select(tx, corp, row.root, &root, &found));
	if (found)
		out->privileges = root.privileges;
	return read_admins(tx, out);
}

enum err strategy_page(struct tx *tx, int64_t corp, enum strategy_kind kind, int64_t app,
	int64_t after, int64_t limit, struct strategy **out, size_t *out_n)
{
	struct strategy_row *rows;
	size_t n = 0;

	*out = ARENA_ARRAY(tx->cx->mem, struct strategy, (size_t)limit);
	*out_n = 0;
	do {
		TRY(strategy_select_page(tx, corp, kind, after, limit, &rows, &n));
		for (size_t i = 0; i < n && *out_n < (size_t)limit; i++) {
			struct strategy *s = &(*out)[*out_n];

			after = rows[i].strategy;
			fill(s, corp, &rows[i]);
			*out_n += strategy_is_of(s, app);
		}
	} while (n == (size_t)limit && *out_n < (size_t)limit);
	return OK;
}

/* ---- changing ---- */

static enum err check(struct tx *tx, const struct strategy *s)
{
	struct ctx *cx = tx->cx;

	if (!str_trim(s->name).n || str_chars(s->name) > STRATEGY_NAME_MAX)
		return why(cx, ERR_INVALID_ARGUMENT, "strategy_name: 1 to %d characters",
			STRATEGY_NAME_MAX);
	if (!s->admins.n || s->admins.n > STRATEGY_ADMINS)
		return why(cx, ERR_INVALID_ARGUMENT, "admin_list: 1 to %d members",
			STRATEGY_ADMINS);
	for (size_t i = 0; i < s->admins.n; i++) {
		struct member m;

		TRY(member_get(tx, s->corp, s->admins.v[i], &m));
		if (m.admin)
			return why(cx, ERR_INVALID_ARGUMENT,
				"admin_list: %.*s is an administrator of the corp",
				STR_FMT(m.userid));
	}
	return OK;
}

/* The place below its parent: level, root, and whether there is room. */
static enum err find_place(struct tx *tx, struct strategy *s)
{
	struct strategy_count_row count;
	struct strategy parent;
	bool found;

	s->root = s->strategy;
	s->level = 1;
	if (!s->parent)
		return OK;
	if (strategy_get(tx, s->corp, s->kind, s->app, s->parent, &parent) != OK)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"parent_id: no such strategy of this app");
	s->root = parent.root;
	s->level = parent.level + 1;
	s->privileges = parent.privileges;
	TRY(strategy_count(tx, s->corp, s->root, &count, &found));
	if (s->level > STRATEGY_LEVELS || count.n >= STRATEGY_NODES)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"parent_id: at most %d levels and %d strategies in one tree",
			STRATEGY_LEVELS, STRATEGY_NODES);
	return OK;
}

static int64_t settled(enum strategy_kind kind, int64_t privileges)
{
	return kind == STRATEGY_CUSTOMER ? privileges | STRATEGY_FIXED : privileges;
}

static enum err put_admins(struct tx *tx, const struct strategy *s)
{
	TRY(strategy_admin_delete(tx, s->corp, s->strategy));
	for (size_t i = 0; i < s->admins.n; i++)
		TRY(strategy_admin_insert(tx, s->corp, s->strategy, s->admins.v[i],
			(int64_t)i));
	return OK;
}

enum err strategy_add(struct tx *tx, struct strategy *s,
	const struct strategy_range *range)
{
	struct strategy_last_row last = { 0 };
	bool found;

	TRY(check(tx, s));
	if (!range->n)
		return why(tx->cx, ERR_INVALID_ARGUMENT, "range: give at least one");
	TRY(strategy_last(tx, s->corp, &last, &found));
	s->strategy = found ? last.strategy + 1 : 1;
	s->created_ms = tx->cx->now_ms;
	TRY(find_place(tx, s));
	s->privileges = settled(s->kind, s->privileges);
	TRY(strategy_insert(tx, s->corp, s->strategy, s->kind, s->parent, s->root,
		s->level, s->app, s->name, s->privileges, s->created_ms));
	TRY(put_admins(tx, s));
	return strategy_range_add(tx, s, range);
}

enum err strategy_set(struct tx *tx, const struct strategy *s,
	const struct strategy_range *add, const struct strategy_range *drop)
{
	TRY(check(tx, s));
	TRY(strategy_update(tx, s->corp, s->strategy, s->name,
		settled(s->kind, s->privileges)));
	TRY(put_admins(tx, s));
	TRY(strategy_range_add(tx, s, add));
	return strategy_range_drop(tx, s, drop);
}

static enum err drop_one(struct tx *tx, int64_t corp, int64_t strategy, struct ints *out)
{
	out->v[out->n++] = strategy;
	TRY(strategy_admin_delete(tx, corp, strategy));
	TRY(strategy_range_delete_all(tx, corp, strategy));
	return strategy_delete(tx, corp, strategy);
}

enum err strategy_drop(struct tx *tx, const struct strategy *s, struct ints *out_dropped)
{
	struct strategy_row *below;
	size_t n;

	TRY(strategy_select_below(tx, s->corp, s->root, s->level, &below, &n));
	*out_dropped = (struct ints){ .v = ARENA_ARRAY(tx->cx->mem, int64_t, n + 1) };
	TRY(drop_one(tx, s->corp, s->strategy, out_dropped));
	/* By number: a parent is older than its children. */
	for (size_t i = 0; i < n; i++)
		if (ints_has(out_dropped, below[i].parent))
			TRY(drop_one(tx, s->corp, below[i].strategy, out_dropped));
	return OK;
}
