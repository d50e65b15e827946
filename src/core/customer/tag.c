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

enum err tag_groups(struct tx *tx, int64_t corp, bool deleted, struct tag_group **out,
	size_t *out_n)
{
	struct tag_group_row *rows;
	struct tag_group *list;
	struct tag *tags;
	size_t n, n_tags;

	TRY(tag_group_select(tx, corp, deleted, &rows, &n));
	TRY(read_tags(tx, corp, deleted, &tags, &n_tags));
	list = ARENA_ARRAY(tx->cx->mem, struct tag_group, n);
	for (size_t i = 0; i < n; i++) {
		const struct tag_group_row *r = &rows[i];

		list[i] = (struct tag_group){ .tag_group = r->tag_group,
			.sort_order = r->sort_order,
			.created_ms = r->created_ms,
			.name = r->name,
			.deleted = r->deleted };
		take_tags(&list[i], tags, n_tags);
	}
	if (n)
		qsort(list, n, sizeof(list[0]), group_before);
	*out = list;
	*out_n = n;
	return OK;
}

/* ---- adding ---- */

static enum err check_name(struct ctx *cx, const char *field, str name)
{
	if (!str_trim(name).n)
		return why(cx, ERR_BAD_TAG_NAME, "field `%s` is empty", field);
	if (str_chars(name) > TAG_NAME_MAX)
		return why(cx, ERR_BAD_TAG_NAME_SIZE, "field `%s`: at most %d characters",
			field, TAG_NAME_MAX);
	return OK;
}

static const struct tag_group *group_named(const struct tag_group *list, size_t n,
	str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_same(list[i].name, name))
			return &list[i];
	return NULL;
}

static const struct tag_group *group_of(const struct tag_group *list, size_t n,
	int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].tag_group == id)
			return &list[i];
	return NULL;
}

static const struct tag *tag_named(const struct tag_group *g, str name)
{
	for (size_t i = 0; i < g->n_tags; i++)
		if (str_same(g->tags[i].name, name))
			return &g->tags[i];
	return NULL;
}

static size_t count_tags(const struct tag_group *list, size_t n)
{
	size_t all = 0;

	for (size_t i = 0; i < n; i++)
		all += list[i].n_tags;
	return all;
}

/* The group by id or name, or a new one. */
static enum err pick_group(struct tx *tx, int64_t corp, const struct tag_group *list,
	size_t n, int64_t id, str name, int64_t order, struct tag_group *out)
{
	const struct tag_group *there =
		id ? group_of(list, n, id) : group_named(list, n, name);

	if (id && !there)
		return why(tx->cx, ERR_BAD_TAG_ID, "field `group_id`");
	if (there) {
		*out = *there;
		return OK;
	}
	TRY(check_name(tx->cx, "group_name", name));
	*out = (struct tag_group){ .tag_group = id_next(),
		.name = name,
		.sort_order = order,
		.created_ms = tx->cx->now_ms };
	return tag_group_insert(tx, corp, out->tag_group, name, order, out->created_ms);
}

static enum err add_one(struct tx *tx, int64_t corp, const struct tag_group *group,
	const struct tag *wanted, struct tag_group *out)
{
	const struct tag *there = tag_named(group, wanted->name);
	struct tag *t = &out->tags[out->n_tags];

	if (tag_named(out, wanted->name))
		return OK; /* twice in one call */
	out->n_tags++;
	if (there) {
		*t = *there;
		return OK;
	}
	*t = (struct tag){ .tag = id_next(),
		.tag_group = group->tag_group,
		.sort_order = wanted->sort_order,
		.created_ms = tx->cx->now_ms,
		.name = wanted->name };
	return tag_insert(tx, corp, t->tag, t->tag_group, t->name, t->sort_order,
		t->created_ms);
}

enum err tag_add(struct tx *tx, int64_t corp, int64_t group, str group_name,
	int64_t group_order, const struct tag *tags, size_t n, struct tag_group *out)
{
	struct tag_group *list, found;
	size_t n_list;

	if (!n)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"field `tag`: give at least one");
	for (size_t i = 0; i < n; i++)
		TRY(check_name(tx->cx, "tag.name", tags[i].name));
	TRY(tag_groups(tx, corp, false, &list, &n_list));
	if (count_tags(list, n_list) + n > TAGS_MAX)
		return why(tx->cx, ERR_INVALID_ARGUMENT, "a corp has at most %d tags",
			TAGS_MAX);
	TRY(pick_group(tx, corp, list, n_list, group, group_name, group_order, &found));
	*out = found;
	out->n_tags = 0;
	out->tags = ARENA_ARRAY(tx->cx->mem, struct tag, n);
	for (size_t i = 0; i < n; i++)
		TRY(add_one(tx, corp, &found, &tags[i], out));
	return OK;
}

/* ---- changing ---- */

static enum err edit_group(struct tx *tx, int64_t corp, const struct tag_group *list,
	size_t n, const struct tag_group *g, str name, int64_t order)
{
	const struct tag_group *other = name.n ? group_named(list, n, name) : NULL;

	if (other && other != g)
		return why(tx->cx, ERR_BAD_TAG_NAME,
			"field `name`: another group has it");
	return tag_group_update(tx, corp, g->tag_group, name.n ? name : g->name,
		order == INT64_MIN ? g->sort_order : order, 0);
}

static enum err edit_tag(struct tx *tx, int64_t corp, const struct tag_group *g,
	const struct tag *t, str name, int64_t order)
{
	const struct tag *other = name.n ? tag_named(g, name) : NULL;

	if (other && other != t)
		return why(tx->cx, ERR_BAD_TAG_NAME,
			"field `name`: another tag of the group has it");
	return tag_update(tx, corp, t->tag, name.n ? name : t->name,
		order == INT64_MIN ? t->sort_order : order, 0);
}

enum err tag_edit(struct tx *tx, int64_t corp, int64_t id, str name, int64_t sort_order)
{
	struct tag_group *list;
	size_t n;

	if (name.n)
		TRY(check_name(tx->cx, "name", name));
	TRY(tag_groups(tx, corp, false, &list, &n));
	for (size_t i = 0; i < n; i++) {
		if (list[i].tag_group == id)
			return edit_group(tx, corp, list, n, &list[i], name, sort_order);
		for (size_t j = 0; j < list[i].n_tags; j++)
			if (list[i].tags[j].tag == id)
				return edit_tag(tx, corp, &list[i], &list[i].tags[j],
					name, sort_order);
	}
	return why(tx->cx, ERR_BAD_TAG_ID, "field `id`");
}

static enum err drop_tag(struct tx *tx, int64_t corp, const struct tag *t)
{
	TRY(tag_update(tx, corp, t->tag, t->name, t->sort_order, 1));
	return follow_tag_delete_all(tx, corp, t->tag);
}

static enum err drop_in_group(struct tx *tx, int64_t corp, const struct tag_group *g,
	struct ints tags, bool whole, size_t *dropped)
{
	size_t left = g->n_tags;

	for (size_t i = 0; i < g->n_tags; i++)
		if (whole || ints_has(&tags, g->tags[i].tag)) {
			TRY(drop_tag(tx, corp, &g->tags[i]));
			*dropped += !whole;
			left--;
		}
	*dropped += whole;
	if (whole || (!left && g->n_tags))
		return tag_group_update(tx, corp, g->tag_group, g->name, g->sort_order,
			1);
	return OK;
}

enum err tag_delete(struct tx *tx, int64_t corp, struct ints tags, struct ints groups)
{
	struct tag_group *list;
	size_t n, dropped = 0;

	if (!tags.n && !groups.n)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"fields `tag_id` and `group_id` are empty");
	TRY(tag_groups(tx, corp, false, &list, &n));
	for (size_t i = 0; i < n; i++)
		TRY(drop_in_group(tx, corp, &list[i], tags,
			ints_has(&groups, list[i].tag_group), &dropped));
	if (!dropped)
		return why(tx->cx, ERR_BAD_TAG_ID, "none of the ids is a tag or group");
	return OK;
}
