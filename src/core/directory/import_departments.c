/*
 * core/directory/import_departments.c - a hash table of (parent, name).
 *
 * A second table finds a department by id.  Both are open-addressed lists of
 * places in `nodes` plus one, at most half full.
 */
#include <stdlib.h>

#include "base/ids.h"
#include "core/directory/check.h"
#include "core/directory/corp.sql.h"
#include "core/directory/department.sql.h"
#include "core/directory/import_departments.h"
#include "core/directory/tree.h"

enum { PLACES = 65536 };
_Static_assert(PLACES >= 2 * DEPARTMENT_MAX, "the tables are at most half full");

struct node {
	int64_t department, parent;
	str name;
	int level;
};

struct department_map {
	int64_t corp, version, last, made;
	struct arena *mem;
	struct node *nodes;
	size_t n;
	uint32_t by_name[PLACES], by_id[PLACES];
};

struct department_map *department_map_new(int64_t corp)
{
	struct department_map *map = calloc(1, sizeof(*map));

	BUG_IF(!map, "out of memory");
	map->corp = corp;
	map->mem = arena_new(0);
	return map;
}

void department_map_free(struct department_map *map)
{
	arena_free(map->mem);
	free(map);
}

static uint64_t mix(uint64_t n)
{
	return (n * UINT64_C(0x9e3779b97f4a7c15)) >> 20;
}

static uint32_t *name_place(struct department_map *map, int64_t parent, str name)
{
	uint64_t at = str_hash(name) + mix((uint64_t)parent);

	for (;; at++) {
		uint32_t *place = &map->by_name[at % PLACES];
		const struct node *node = *place ? &map->nodes[*place - 1] : NULL;

		if (!node || (node->parent == parent && str_same(node->name, name)))
			return place;
	}
}

static uint32_t *id_place(struct department_map *map, int64_t department)
{
	for (uint64_t at = mix((uint64_t)department);; at++) {
		uint32_t *place = &map->by_id[at % PLACES];

		if (!*place || map->nodes[*place - 1].department == department)
			return place;
	}
}

static void put(struct department_map *map, const struct node *node)
{
	struct node *kept = &map->nodes[map->n];

	BUG_IF(map->n == DEPARTMENT_MAX, "more departments than there may be");
	*kept = *node;
	kept->name = arena_str(map->mem, node->name);
	map->n++;
	uint32_t *by_name = name_place(map, node->parent, node->name);
	if (!*by_name) /* of two of one name the first is meant */
		*by_name = (uint32_t)map->n;
	*id_place(map, node->department) = (uint32_t)map->n;
}

static enum err fill(struct tx *tx, struct department_map *map)
{
	const struct tree *t;

	TRY(tree_get(tx, map->corp, &t));
	if (t->n > DEPARTMENT_MAX)
		return why(tx->cx, ERR_INVALID_ARGUMENT, "at most %d departments",
			DEPARTMENT_MAX);
	arena_clear(map->mem);
	map->nodes = ARENA_ARRAY(map->mem, struct node, DEPARTMENT_MAX);
	map->n = 0;
	map->last = 0;
	memset(map->by_name, 0, sizeof(map->by_name));
	memset(map->by_id, 0, sizeof(map->by_id));
	for (size_t i = 0; i < t->n; i++) {
		const struct tree_node *node = &t->nodes[i];

		put(map,
			&(struct node){ node->department, node->parent, node->name,
				node->level });
		if (node->department > map->last)
			map->last = node->department;
	}
	return OK;
}

enum err department_map_begin(struct tx *tx, struct department_map *map)
{
	struct corp_version_row row;
	bool found;

	TRY(corp_version(tx, map->corp, &row, &found));
	if (!found)
		return why(tx->cx, ERR_BAD_CORPID, "field `corpid`: no such company");
	map->made = 0;
	if (map->n && row.directory_version == map->version)
		return OK;
	TRY(fill(tx, map));
	map->version = row.directory_version;
	return OK;
}

static enum err make(struct tx *tx, struct department_map *map, const struct node *parent,
	str name, const struct node **out)
{
	struct node made = { map->last + 1, parent->department, name, parent->level + 1 };

	TRY(check_department_name(tx->cx, "department", name));
	if (made.level > DEPARTMENT_MAX_LEVELS)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"field `department`: at most %d levels", DEPARTMENT_MAX_LEVELS);
	if (map->n == DEPARTMENT_MAX)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"field `department`: at most %d in all", DEPARTMENT_MAX);
	TRY(department_insert(tx, map->corp, made.department, made.parent, name, STR(""),
		0));
	if (tx_changes(tx) != 1)
		return why(tx->cx, ERR_CONFLICT,
			"field `department`: id %" PRId64 " is taken", made.department);
	map->version = 0; /* unless department_map_end is reached */
	map->last = made.department;
	map->made++;
	put(map, &made);
	*out = &map->nodes[map->n - 1];
	return OK;
}

static enum err get_id(struct tx *tx, struct department_map *map, int64_t id,
	int64_t *out)
{
	if (!*id_place(map, id))
		return why(tx->cx, ERR_BAD_DEPARTMENT,
			"field `department`: no id %" PRId64, id);
	*out = id;
	return OK;
}

enum err department_map_get(struct tx *tx, struct department_map *map, str path,
	int64_t *out)
{
	const struct node *node = &map->nodes[*id_place(map, DEPARTMENT_ROOT) - 1];
	bool first = true;
	int64_t id;

	if (str_int(path, &id))
		return get_id(tx, map, id, out);
	for (str rest = path; rest.n; first = false) {
		str name = str_trim(str_cut(&rest, '/'));
		uint32_t place = *name_place(map, node->department, name);

		if (!name.n || (first && !place && str_same(name, node->name)))
			continue;
		if (place)
			node = &map->nodes[place - 1];
		else
			TRY(make(tx, map, node, name, &node));
	}
	*out = node->department;
	return OK;
}

enum err department_map_end(struct tx *tx, struct department_map *map, int64_t *out_made)
{
	*out_made = map->made;
	if (!map->made)
		return OK;
	map->version = id_next();
	return corp_set_version(tx, map->corp, map->version);
}
