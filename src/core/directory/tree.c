/*
 * core/directory/tree.c - building and keeping the trees.
 */
#include <pthread.h>
#include <stdlib.h>

#include "core/directory/corp.sql.h"
#include "core/directory/department.sql.h"
#include "core/directory/tree.h"

/* One tree a place; corps whose numbers meet in one take turns. */
enum { PLACES = 256 };
static struct tree *kept[PLACES];
static pthread_mutex_t kept_lock = PTHREAD_MUTEX_INITIALIZER;

static void tree_unref(void *arg)
{
	struct tree *t = arg;

	if (atomic_fetch_sub_explicit(&t->refs, 1, memory_order_acq_rel) == 1)
		arena_free(t->mem);
}

static struct tree *kept_get(int64_t corp, int64_t version)
{
	pthread_mutex_lock(&kept_lock);
	struct tree *t = kept[(uint64_t)corp % PLACES];
	if (t && (t->corp != corp || t->version != version))
		t = NULL;
	if (t)
		atomic_fetch_add_explicit(&t->refs, 1, memory_order_relaxed);
	pthread_mutex_unlock(&kept_lock);
	return t;
}

/* Older snapshots do not push out a newer tree. */
static void kept_put(struct tree *t)
{
	struct tree **place = &kept[(uint64_t)t->corp % PLACES];
	struct tree *old = NULL;

	pthread_mutex_lock(&kept_lock);
	if (!*place || (*place)->corp != t->corp || (*place)->version < t->version) {
		old = *place;
		*place = t;
		atomic_fetch_add_explicit(&t->refs, 1, memory_order_relaxed);
	}
	pthread_mutex_unlock(&kept_lock);
	if (old)
		tree_unref(old);
}

/* ---- building ---- */

struct building {
	struct arena *mem;
	struct tree_node *rows;
	size_t n, cap;
};

static enum err row_add(void *arg, const struct department_row *row)
{
	struct building *b = arg;

	if (b->n == b->cap)
		return OK;
	b->rows[b->n++] = (struct tree_node){
		.department = row->department,
		.parent = row->parent,
		.sort_order = row->sort_order,
		.name = arena_str(b->mem, row->name),
		.name_en = arena_str(b->mem, row->name_en),
	};
	return OK;
}

/* By parent; among brothers the greater sort_order first, then the older. */
static int row_order(const void *left, const void *right)
{
	const struct tree_node *a = left, *b = right;

	if (a->parent != b->parent)
		return a->parent < b->parent ? -1 : 1;
	if (a->sort_order != b->sort_order)
		return a->sort_order > b->sort_order ? -1 : 1;
	return a->department < b->department ? -1 : a->department > b->department;
}

static size_t first_child(const struct building *b, int64_t parent)
{
	size_t low = 0, high = b->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (b->rows[middle].parent < parent)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Depth first from the roots.  `stack` holds places in rows; children are pushed
 * last first, so they come out in order.  Rows that hang in a circle are not reached. */
static size_t walk(const struct building *b, struct tree_node *out, uint32_t *stack)
{
	size_t n = 0, depth = 0;
	int64_t parent = 0;
	int level = 0;

	for (;;) {
		size_t from = first_child(b, parent), to = from;

		while (to < b->n && b->rows[to].parent == parent)
			to++;
		while (to > from) {
			b->rows[--to].level = level + 1;
			stack[depth++] = (uint32_t)to;
		}
		if (depth == 0)
			return n;
		out[n] = b->rows[stack[--depth]];
		parent = out[n].department;
		level = out[n++].level;
	}
}

/* Level by level back to front: a subtree ends where the next node of its level
 * or above begins. */
static void find_ends(struct tree_node *nodes, size_t n)
{
	for (size_t i = n; i-- > 0;) {
		size_t end = i + 1;

		while (end < n && nodes[end].level > nodes[i].level)
			end = nodes[end].end;
		nodes[i].end = end;
	}
}

struct by_id {
	int64_t department;
	uint32_t at;
};

static int by_id_order(const void *left, const void *right)
{
	const struct by_id *a = left, *b = right;

	return a->department < b->department ? -1 : a->department > b->department;
}

static const uint32_t *index_by_id(struct arena *mem, const struct tree_node *nodes,
	size_t n)
{
	struct by_id *order = calloc(n ? n : 1, sizeof(*order));
	uint32_t *places = ARENA_ARRAY(mem, uint32_t, n);

	BUG_IF(!order, "out of memory");
	for (size_t i = 0; i < n; i++)
		order[i] = (struct by_id){ nodes[i].department, (uint32_t)i };
	qsort(order, n, sizeof(*order), by_id_order);
	for (size_t i = 0; i < n; i++)
		places[i] = order[i].at;
	free(order);
	return places;
}

static void build(struct tree *t, struct building *b)
{
	struct tree_node *nodes = ARENA_ARRAY(t->mem, struct tree_node, b->n);
	uint32_t *stack = calloc(b->n ? b->n : 1, sizeof(*stack));

	BUG_IF(!stack, "out of memory");
	if (b->n)
		qsort(b->rows, b->n, sizeof(*b->rows), row_order);
	t->n = walk(b, nodes, stack);
	free(stack);
	find_ends(nodes, t->n);
	t->nodes = nodes;
	t->by_id = index_by_id(t->mem, nodes, t->n);
}

static enum err tree_read(struct tx *tx, struct tree *t)
{
	struct department_count_row count;
	struct building b = { .mem = t->mem };
	bool found;

	TRY(department_count(tx, t->corp, &count, &found));
	b.cap = (size_t)count.n;
	b.rows = calloc(b.cap ? b.cap : 1, sizeof(*b.rows));
	BUG_IF(!b.rows, "out of memory");
	enum err err = department_each(tx, t->corp, row_add, &b);
	if (err == OK)
		build(t, &b);
	free(b.rows);
	return err;
}

enum err tree_get(struct tx *tx, int64_t corp, const struct tree **out)
{
	struct corp_version_row version;
	bool found;

	TRY(corp_version(tx, corp, &version, &found));
	if (!found)
		return why(tx->cx, ERR_BAD_CORPID, "field `corpid`: no such company");
	struct tree *t = kept_get(corp, version.directory_version);
	if (!t) {
		struct arena *mem = arena_new(0);

		t = ARENA_NEW(mem, struct tree);
		*t = (struct tree){ .corp = corp,
			.version = version.directory_version,
			.mem = mem };
		atomic_init(&t->refs, 1);
		enum err err = tree_read(tx, t);
		if (err != OK) {
			tree_unref(t);
			return err;
		}
		if (!tx->writes)
			kept_put(t);
	}
	arena_defer(tx->cx->mem, tree_unref, t);
	*out = t;
	return OK;
}

/* ---- asking ---- */

ptrdiff_t tree_find(const struct tree *t, int64_t department)
{
	size_t low = 0, high = t->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (t->nodes[t->by_id[middle]].department < department)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == t->n || t->nodes[t->by_id[low]].department != department)
		return TREE_NONE;
	return (ptrdiff_t)t->by_id[low];
}

bool tree_is_below(const struct tree *t, int64_t inner, int64_t outer)
{
	ptrdiff_t i = tree_find(t, inner), o = tree_find(t, outer);

	if (i == TREE_NONE || o == TREE_NONE)
		return false;
	return i >= o && (size_t)i < t->nodes[o].end;
}
