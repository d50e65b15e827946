/*
 * core/customer/tag_change.c - adding, renaming, ordering and deleting tags.
 */
#include "base/ids.h"
#include "core/customer/tag.sql.h"
#include "core/customer/tag_private.h"
#include "core/directory/corp_setting.h"

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

/* Tags of corp and strategies together, by the corp's setting. */
static enum err check_room(struct tx *tx, const struct tag_library *lib, size_t more)
{
	struct tag_library all = { .corp = lib->corp, .strategy = TAGS_OF_ALL };
	struct tag_group *list;
	size_t n, sum = more;
	int64_t max;

	TRY(corp_setting(tx, lib->corp, CORP_SETTING_TAG_MAX, &max));
	TRY(tag_groups(tx, &all, false, &list, &n));
	for (size_t i = 0; i < n; i++)
		sum += list[i].n_tags;
	if ((int64_t)sum > max)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"this corp has at most %" PRId64 " tags", max);
	return OK;
}

/* Only a strategy of the first level has tags. */
static enum err check_strategy(struct tx *tx, const struct tag_library *lib)
{
	struct strategy s;

	if (!lib->strategy)
		return OK;
	TRY(strategy_get(tx, lib->corp, STRATEGY_CUSTOMER, lib->by_app, lib->strategy,
		&s));
	if (s.parent)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"strategy_id: only strategies of the first level have tags");
	return OK;
}

/* The group by id or name, or a new one. */
static enum err pick_group(struct tx *tx, const struct tag_library *lib,
	const struct tag_group *wanted, struct tag_group *out, bool *out_new)
{
	struct tag_group *list;
	const struct tag_group *there;
	size_t n;

	TRY(tag_groups(tx, lib, false, &list, &n));
	there = wanted->tag_group ? group_of(list, n, wanted->tag_group)
				  : group_named(list, n, wanted->name);
	*out_new = !there;
	if (wanted->tag_group && !there)
		return why(tx->cx, ERR_BAD_TAG_ID, "field `group_id`");
	if (there) {
		*out = *there;
		return OK;
	}
	TRY(check_name(tx->cx, "group_name", wanted->name));
	*out = (struct tag_group){ .tag_group = id_next(),
		.name = wanted->name,
		.sort_order = wanted->sort_order,
		.strategy = lib->strategy,
		.created_ms = tx->cx->now_ms };
	return tag_group_insert(tx, lib->corp, out->tag_group, out->name, out->sort_order,
		out->created_ms, out->strategy);
}

static enum err add_one(struct tx *tx, const struct tag_library *lib,
	const struct tag_group *group, const struct tag *wanted, struct tag_group *out)
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
	TRY(tag_insert(tx, lib->corp, t->tag, t->tag_group, t->name, t->sort_order,
		t->created_ms));
	return tag_tell(tx, lib, "create", group, t);
}

enum err tag_add(struct tx *tx, const struct tag_library *lib,
	const struct tag_group *wanted, struct tag_group *out)
{
	struct tag_group found;
	bool is_new;

	if (!wanted->n_tags)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"field `tag`: give at least one");
	for (size_t i = 0; i < wanted->n_tags; i++)
		TRY(check_name(tx->cx, "tag.name", wanted->tags[i].name));
	TRY(check_strategy(tx, lib));
	TRY(check_room(tx, lib, wanted->n_tags));
	TRY(pick_group(tx, lib, wanted, &found, &is_new));
	TRY(tag_tell(tx, lib, is_new ? "create" : "update", &found, NULL));
	*out = found;
	out->n_tags = 0;
	out->tags = ARENA_ARRAY(tx->cx->mem, struct tag, wanted->n_tags);
	for (size_t i = 0; i < wanted->n_tags; i++)
		TRY(add_one(tx, lib, &found, &wanted->tags[i], out));
	return OK;
}

/* ---- changing ---- */

/* A list of groups, one of them to be changed. */
struct change {
	const struct tag_library *lib;
	const struct tag_group *list;
	size_t n;
	str name;      /* empty: as it is */
	int64_t order; /* INT64_MIN: as it is */
};

static enum err edit_group(struct tx *tx, const struct change *c,
	const struct tag_group *g)
{
	const struct tag_group *other = NULL;
	struct tag_group now = *g;

	/* Names are unique within one library. */
	for (size_t i = 0; i < c->n && c->name.n && !other; i++)
		if (c->list[i].strategy == g->strategy &&
			str_same(c->list[i].name, c->name))
			other = &c->list[i];
	if (other && other != g)
		return why(tx->cx, ERR_BAD_TAG_NAME,
			"field `name`: another group has it");
	now.name = c->name.n ? c->name : g->name;
	now.sort_order = c->order == INT64_MIN ? g->sort_order : c->order;
	TRY(tag_group_update(tx, c->lib->corp, g->tag_group, now.name, now.sort_order,
		0));
	if (!str_same(now.name, g->name))
		TRY(tag_tell(tx, c->lib, "update", g, NULL));
	if (now.sort_order == g->sort_order)
		return OK;
	now = (struct tag_group){ .strategy = g->strategy };
	return tag_tell(tx, c->lib, "shuffle", &now, NULL);
}

static enum err edit_tag(struct tx *tx, const struct change *c, const struct tag_group *g,
	const struct tag *t)
{
	const struct tag *other = c->name.n ? tag_named(g, c->name) : NULL;
	int64_t order = c->order == INT64_MIN ? t->sort_order : c->order;

	if (other && other != t)
		return why(tx->cx, ERR_BAD_TAG_NAME,
			"field `name`: another tag of the group has it");
	TRY(tag_update(tx, c->lib->corp, t->tag, c->name.n ? c->name : t->name, order,
		0));
	if (c->name.n && !str_same(c->name, t->name))
		TRY(tag_tell(tx, c->lib, "update", g, t));
	return order == t->sort_order ? OK : tag_tell(tx, c->lib, "shuffle", g, NULL);
}

enum err tag_edit(struct tx *tx, const struct tag_library *lib, int64_t id, str name,
	int64_t sort_order)
{
	struct change c = { .lib = lib, .name = name, .order = sort_order };
	struct tag_group *list;

	if (name.n)
		TRY(check_name(tx->cx, "name", name));
	TRY(tag_groups(tx, lib, false, &list, &c.n));
	c.list = list;
	for (size_t i = 0; i < c.n; i++) {
		if (list[i].tag_group == id)
			return edit_group(tx, &c, &list[i]);
		for (size_t j = 0; j < list[i].n_tags; j++)
			if (list[i].tags[j].tag == id)
				return edit_tag(tx, &c, &list[i], &list[i].tags[j]);
	}
	return why(tx->cx, ERR_BAD_TAG_ID, "field `id`");
}

static enum err drop_tag(struct tx *tx, int64_t corp, const struct tag *t)
{
	TRY(tag_update(tx, corp, t->tag, t->name, t->sort_order, 1));
	return follow_tag_delete_all(tx, corp, t->tag);
}

static enum err drop_in_group(struct tx *tx, const struct tag_library *lib,
	const struct tag_group *g, struct ints tags, bool whole, size_t *dropped)
{
	size_t left = g->n_tags;

	for (size_t i = 0; i < g->n_tags; i++) {
		if (!whole && !ints_has(&tags, g->tags[i].tag))
			continue;
		TRY(drop_tag(tx, lib->corp, &g->tags[i]));
		if (!whole)
			TRY(tag_tell(tx, lib, "delete", g, &g->tags[i]));
		*dropped += !whole;
		left--;
	}
	*dropped += whole;
	if (!whole && (left || !g->n_tags))
		return OK;
	TRY(tag_group_update(tx, lib->corp, g->tag_group, g->name, g->sort_order, 1));
	return tag_tell(tx, lib, "delete", g, NULL);
}

enum err tag_delete(struct tx *tx, const struct tag_library *lib, struct ints tags,
	struct ints groups)
{
	struct tag_group *list;
	size_t n, dropped = 0;

	if (!tags.n && !groups.n)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"fields `tag_id` and `group_id` are empty");
	TRY(tag_groups(tx, lib, false, &list, &n));
	for (size_t i = 0; i < n; i++)
		TRY(drop_in_group(tx, lib, &list[i], tags,
			ints_has(&groups, list[i].tag_group), &dropped));
	if (!dropped)
		return why(tx->cx, ERR_BAD_TAG_ID, "none of the ids is a tag or group");
	return OK;
}

enum err tag_strategy_drop(struct tx *tx, const struct strategy *s, int64_t by_app)
{
	struct tag_library lib = { s->corp, s->strategy, by_app };
	struct ints strategies;
	struct tag_group *list;
	size_t n, dropped = 0;

	/* Only a strategy of the first level has tags. */
	TRY(tag_groups(tx, &lib, false, &list, &n));
	for (size_t i = 0; i < n; i++)
		TRY(drop_in_group(tx, &lib, &list[i], (struct ints){ 0 }, true,
			&dropped));
	return strategy_drop(tx, s, &strategies);
}
