/*
 * core/directory/department.c - reading and growing the tree.
 */
#include "base/ids.h"
#include "core/directory/check.h"
#include "core/directory/corp.sql.h"
#include "core/directory/department.sql.h"
#include "core/directory/member.sql.h"
#include "core/directory/tree.h"

enum err department_get(struct tx *tx, int64_t corp, int64_t department,
	struct department *out)
{
	struct department_row row;
	bool found;

	if (department < 1)
		return why(tx->cx, ERR_BAD_PARTYID, "department id: from 1");
	TRY(department_select(tx, corp, department, &row, &found));
	if (!found)
		return why(tx->cx, ERR_BAD_DEPARTMENT,
			"department %" PRId64 ": not found", department);
	*out = (struct department){
		.corp = corp,
		.department = row.department,
		.parent = row.parent,
		.sort_order = row.sort_order,
		.name = row.name,
		.name_en = row.name_en,
	};
	return OK;
}

enum err department_tree(struct tx *tx, int64_t corp, int64_t root,
	struct department **out, size_t *out_n)
{
	const struct tree *t;

	if (root < 1)
		return why(tx->cx, ERR_BAD_PARTYID, "department id: from 1");
	TRY(tree_get(tx, corp, &t));
	ptrdiff_t from = tree_find(t, root);
	if (from == TREE_NONE)
		return why(tx->cx, ERR_BAD_DEPARTMENT,
			"department %" PRId64 ": not found", root);
	size_t n = t->nodes[from].end - (size_t)from;
	struct department *v = ARENA_ARRAY(tx->cx->mem, struct department, n);
	for (size_t i = 0; i < n; i++) {
		const struct tree_node *node = &t->nodes[(size_t)from + i];

		v[i] = (struct department){ corp, node->department, node->parent,
			node->sort_order, node->name, node->name_en };
	}
	*out = v;
	*out_n = n;
	return OK;
}

enum err department_is_below(struct tx *tx, int64_t corp, int64_t inner, int64_t outer,
	bool *out)
{
	const struct tree *t;

	TRY(tree_get(tx, corp, &t));
	*out = tree_is_below(t, inner, outer);
	return OK;
}

static enum err check_parent(struct tx *tx, const struct department *d)
{
	const struct tree *t;

	TRY(tree_get(tx, d->corp, &t));
	ptrdiff_t parent = tree_find(t, d->parent);
	if (parent == TREE_NONE)
		return why(tx->cx, ERR_BAD_DEPARTMENT,
			"field `parentid`: no such department");
	if (t->nodes[parent].level >= DEPARTMENT_MAX_LEVELS)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"field `parentid`: at most %d levels", DEPARTMENT_MAX_LEVELS);
	if (t->n >= DEPARTMENT_MAX)
		return why(tx->cx, ERR_INVALID_ARGUMENT, "at most %d departments",
			DEPARTMENT_MAX);
	for (size_t i = (size_t)parent + 1; i < t->nodes[parent].end; i = t->nodes[i].end)
		if (str_same(t->nodes[i].name, d->name))
			return why(tx->cx, ERR_CONFLICT,
				"field `name`: a department beside it has it");
	return OK;
}

enum err department_add(struct tx *tx, struct department *d)
{
	struct department_last_row last;
	bool found;
	int64_t id = d->department;

	TRY(check_department_name(tx->cx, "name", d->name));
	TRY(check_line(tx->cx, "name_en", d->name_en, 0, 64));
	TRY(check_parent(tx, d));
	if (id == 0) {
		TRY(department_last(tx, d->corp, &last, &found));
		id = last.department + 1;
	}
	if (id < 2 || id > UINT32_MAX)
		return why(tx->cx, ERR_BAD_PARTYID, "field `id`: 2 to 4294967295");
	TRY(department_insert(tx, d->corp, id, d->parent, d->name, d->name_en,
		d->sort_order));
	if (tx_changes(tx) != 1)
		return why(tx->cx, ERR_CONFLICT, "field `id`: a department has it");
	d->department = id;
	TRY(corp_set_version(tx, d->corp, id_next()));
	directory_changed(tx, d->corp);
	return OK;
}

struct counting {
	struct department_count *v;
	size_t n, cap;
};

static enum err count_add(void *arg, const struct place_counts_row *row)
{
	struct counting *c = arg;

	if (c->n < c->cap)
		c->v[c->n++] = (struct department_count){ row->department, row->n };
	return OK;
}

enum err department_counts(struct tx *tx, int64_t corp, struct department_count **out,
	size_t *out_n)
{
	struct department_count_row total;
	struct counting c = { 0 };
	bool found;

	TRY(department_count(tx, corp, &total, &found));
	c.cap = (size_t)total.n;
	c.v = ARENA_ARRAY(tx->cx->mem, struct department_count, c.cap);
	TRY(place_counts(tx, corp, count_add, &c));
	*out = c.v;
	*out_n = c.n;
	return OK;
}

int64_t department_count_of(const struct department_count *counts, size_t n,
	int64_t department)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (counts[middle].department < department)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n && counts[low].department == department ? counts[low].members : 0;
}
