/*
 * core/customer/tag.c - the library of tags.
 *
 * A corp has at most 10,000 tags, so a change reads the library and looks at names
 * in memory: they are unique without an index that deleted rows would disturb.
 */
#include "core/customer/tag.h"

#include <stdlib.h>

#include "base/ids.h"
#include "core/customer/tag.sql.h"

str tag_id_text(struct arena *mem, int64_t id)
{
	return id_text(mem, "et", id);
}

bool tag_id_parse(str s, int64_t *out)
{
	return id_parse(s, "et", out);
}

/* Group by group; within one the larger order first, as WeCom shows them, then the older. */
static int tag_before(const void *a, const void *b)
{
	const struct tag *x = a, *y = b;

	if (x->tag_group != y->tag_group)
		return x->tag_group < y->tag_group ? -1 : 1;
	if (x->sort_order != y->sort_order)
		return x->sort_order > y->sort_order ? -1 : 1;
	return x->tag < y->tag ? -1 : x->tag > y->tag;
}

static int group_before(const void *a, const void *b)
{
	const struct tag_group *x = a, *y = b;

	if (x->sort_order != y->sort_order)
		return x->sort_order > y->sort_order ? -1 : 1;
	return x->tag_group < y->tag_group ? -1 : x->tag_group > y->tag_group;
}

static void fill_tag(struct tag *t, const struct tag_row *r)
{
	*t = (struct tag){ r->tag, r->tag_group, r->sort_order, r->created_ms, r->name,
		r->deleted };
}

/* All tags in one row, group by group: a group's tags are a stretch of it. */
static enum err read_tags(struct tx *tx, int64_t corp, bool deleted, struct tag **out,
	size_t *out_n)
{
	struct tag_row *rows;

	TRY(tag_select(tx, corp, deleted, &rows, out_n));
	*out = ARENA_ARRAY(tx->cx->mem, struct tag, *out_n);
	for (size_t i = 0; i < *out_n; i++)
		fill_tag(&(*out)[i], &rows[i]);
	if (*out_n)
		qsort(*out, *out_n, sizeof(**out), tag_before);
	return OK;
}

static void take_tags(struct tag_group *g, struct tag *tags, size_t n)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (tags[middle].tag_group < g->tag_group)
			low = middle + 1;
		else
			high = middle;
	}
	g->tags = tags + low;
	while (low + g->n_tags < n && g->tags[g->n_tags].tag_group == g->tag_group)
		g->n_tags++;
}

/* Is the group in the library? */
static bool is_in(const struct tag_library *lib, const struct tag_group_row *r,
	const struct ints *managed)
{
	switch (lib->strategy) {
	case TAGS_OF_ALL:
		return true;
	case TAGS_OF_STRATEGIES:
		return r->strategy && ints_has(managed, r->strategy);
	default:
		return r->strategy == lib->strategy;
	}
}

/* The numbers of the strategies that the app may manage. */
static enum err managed_by(struct tx *tx, const struct tag_library *lib, struct ints *out)
{
	struct strategy *list;
	int64_t after = 0;
	size_t n;

	*out = (struct ints){ 0 };
	if (lib->strategy != TAGS_OF_STRATEGIES)
		return OK;
	do {
		int64_t *v;

		TRY(strategy_page(tx, lib->corp, STRATEGY_CUSTOMER, lib->by_app, after,
			STRATEGY_PAGE, &list, &n));
		v = ARENA_ARRAY(tx->cx->mem, int64_t, out->n + n);
		for (size_t i = 0; i < out->n; i++)
			v[i] = out->v[i];
		out->v = v;
		for (size_t i = 0; i < n; i++)
			out->v[out->n++] = after = list[i].strategy;
	} while (n == STRATEGY_PAGE);
	return OK;
}

enum err tag_groups(struct tx *tx, const struct tag_library *lib, bool deleted,
	struct tag_group **out, size_t *out_n)
{
	struct tag_group_row *rows;
	struct tag_group *list;
	struct ints managed;
	struct tag *tags;
	size_t n, n_tags, kept = 0;

	TRY(managed_by(tx, lib, &managed));
	TRY(tag_group_select(tx, lib->corp, deleted, &rows, &n));
	TRY(read_tags(tx, lib->corp, deleted, &tags, &n_tags));
	list = ARENA_ARRAY(tx->cx->mem, struct tag_group, n);
	for (size_t i = 0; i < n; i++) {
		const struct tag_group_row *r = &rows[i];

		if (!is_in(lib, r, &managed))
			continue;
		list[kept] = (struct tag_group){ .tag_group = r->tag_group,
			.sort_order = r->sort_order,
			.created_ms = r->created_ms,
			.strategy = r->strategy,
			.name = r->name,
			.deleted = r->deleted };
		take_tags(&list[kept++], tags, n_tags);
	}
	if (kept)
		qsort(list, kept, sizeof(list[0]), group_before);
	*out = list;
	*out_n = kept;
	return OK;
}

enum err tag_groups_of_member(struct tx *tx, int64_t corp, int64_t member,
	struct tag_group **out, size_t *out_n)
{
	struct tag_library all = { .corp = corp, .strategy = TAGS_OF_ALL };
	struct ints strategies;
	size_t n;

	TRY(strategy_of_member(tx, corp, STRATEGY_CUSTOMER, member, &strategies));
	TRY(tag_groups(tx, &all, false, out, &n));
	*out_n = 0;
	for (size_t i = 0; i < n; i++)
		if (!(*out)[i].strategy || ints_has(&strategies, (*out)[i].strategy))
			(*out)[(*out_n)++] = (*out)[i];
	return OK;
}
