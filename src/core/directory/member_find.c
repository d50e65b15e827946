/*
 * core/directory/member_find.c - members by department, by name, in pages.
 */
#include <stdlib.h>

#include "base/fold.h"
#include "core/directory/member.sql.h"
#include "core/directory/member_row.h"
#include "core/directory/tree.h"

/* What one member takes in an answer, to be sure of room before he is read. */
enum { MEMBER_ROOM_BYTES = 4096 };

struct ids {
	int64_t *v;
	size_t n, cap;
};

static void ids_free(struct ids *ids)
{
	free(ids->v);
}

static enum err ids_add(void *arg, const struct found_row *row)
{
	struct ids *ids = arg;

	if (ids->n == ids->cap) {
		ids->cap = ids->cap ? ids->cap * 2 : 64;
		ids->v = realloc(ids->v, ids->cap * sizeof(*ids->v));
		BUG_IF(!ids->v, "out of memory");
	}
	ids->v[ids->n++] = row->member;
	return OK;
}

static enum err collect(struct tx *tx, int64_t corp, int64_t department, bool deep,
	struct ids *ids)
{
	const struct tree *t;

	if (department < 1)
		return why(tx->cx, ERR_BAD_PARTYID, "field `department_id`: from 1");
	TRY(tree_get(tx, corp, &t));
	ptrdiff_t from = tree_find(t, department);
	if (from == TREE_NONE)
		return why(tx->cx, ERR_BAD_DEPARTMENT,
			"department %" PRId64 ": not found", department);
	size_t end = deep ? t->nodes[from].end : (size_t)from + 1;
	for (size_t i = (size_t)from; i < end; i++)
		TRY(place_members(tx, corp, t->nodes[i].department, ids_add, ids));
	struct ints all = { ids->v, ids->n };
	ints_unite(&all);
	ids->n = all.n;
	return OK;
}

static enum err too_many(struct tx *tx)
{
	return why(tx->cx, ERR_TOO_LARGE,
		"field `department_id`: too many members for one answer; ask for smaller departments");
}

enum err member_ids_in(struct tx *tx, int64_t corp, int64_t department, bool deep,
	struct ints *out)
{
	CLEANUP(ids_free) struct ids ids = { 0 };

	TRY(collect(tx, corp, department, deep, &ids));
	if (!arena_has_room(tx->cx->mem, ids.n * sizeof(int64_t)))
		return too_many(tx);
	int64_t *v = ARENA_ARRAY(tx->cx->mem, int64_t, ids.n);
	if (ids.n)
		memcpy(v, ids.v, ids.n * sizeof(int64_t));
	*out = (struct ints){ v, ids.n };
	return OK;
}

enum err member_page(struct tx *tx, int64_t corp, int64_t department, bool deep,
	int64_t after, int64_t limit, struct member **out, size_t *out_n)
{
	CLEANUP(ids_free) struct ids ids = { 0 };
	size_t from = 0, n = 0;

	TRY(collect(tx, corp, department, deep, &ids));
	BUG_IF(ids.n && !ids.v, "ids without their memory");
	while (from < ids.n && ids.v[from] <= after)
		from++;
	size_t to = ids.n - from > (size_t)limit ? from + (size_t)limit : ids.n;
	if (!arena_has_room(tx->cx->mem, (to - from) * MEMBER_ROOM_BYTES))
		return too_many(tx);
	struct member *members = ARENA_ARRAY(tx->cx->mem, struct member, to - from);
	for (size_t i = from; i < to; i++) {
		TRY(member_get(tx, corp, ids.v[i], &members[n]));
		n += members[n].status != MEMBER_LEFT;
	}
	*out = members;
	*out_n = n;
	return OK;
}

/* %q% with LIKE's own letters escaped. */
static str pattern_of(struct arena *mem, str q)
{
	struct buf b;

	buf_init(&b, mem, q.n + 8);
	buf_char(&b, '%');
	for (size_t i = 0; i < q.n; i++) {
		if (q.p[i] == '%' || q.p[i] == '_' || q.p[i] == '\\')
			buf_char(&b, '\\');
		buf_char(&b, q.p[i]);
	}
	buf_char(&b, '%');
	return buf_str(&b);
}

enum err member_find(struct tx *tx, int64_t corp, str q, int64_t after, int64_t limit,
	struct member **out, size_t *out_n)
{
	struct member_row *rows;
	size_t n;

	if (q.n) {
		str pattern = pattern_of(tx->cx->mem, fold(tx->cx->mem, q));

		TRY(member_search(tx, corp, after, pattern, limit, &rows, &n));
	} else {
		TRY(member_select_page(tx, corp, after, limit, &rows, &n));
	}
	struct member *members = ARENA_ARRAY(tx->cx->mem, struct member, n);
	for (size_t i = 0; i < n; i++)
		member_of_row(corp, &rows[i], &members[i]);
	*out = members;
	*out_n = n;
	return OK;
}

enum err member_leaders(struct tx *tx, int64_t corp, int64_t department, struct ints *out)
{
	CLEANUP(ids_free) struct ids ids = { 0 };

	TRY(place_leaders(tx, corp, department, ids_add, &ids));
	int64_t *v = ARENA_ARRAY(tx->cx->mem, int64_t, ids.n);
	if (ids.n)
		memcpy(v, ids.v, ids.n * sizeof(int64_t));
	*out = (struct ints){ v, ids.n };
	return OK;
}

enum err member_counts(struct tx *tx, int64_t corp, struct member_counts *out)
{
	struct member_count_all_row all;
	struct member_count_active_row active;
	struct member_count_admins_row admins;
	bool found;

	TRY(member_count_all(tx, corp, &all, &found));
	TRY(member_count_active(tx, corp, &active, &found));
	TRY(member_count_admins(tx, corp, &admins, &found));
	*out = (struct member_counts){ all.n, active.n, admins.n };
	return OK;
}

enum err member_gone_page(struct tx *tx, int64_t corp, int64_t after, int64_t limit,
	struct member_gone **out, size_t *out_n)
{
	struct gone_row *rows;
	size_t n;

	TRY(member_select_gone(tx, corp, after, limit, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct member_gone, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct member_gone){ rows[i].member, rows[i].left_ms,
			rows[i].userid };
	*out_n = n;
	return OK;
}
