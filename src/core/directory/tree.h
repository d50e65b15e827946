/*
 * core/directory/tree - a corp's departments in memory.
 *
 * Reading thousands of rows for each question about the tree would be slow, so
 * the tree is kept: immutable, counted, swapped whole when the corp's
 * directory_version has moved on.  A version is never given twice (id_next), so
 * a tree is right for whoever sees its version in his snapshot.  A write
 * transaction uses what is kept, but keeps nothing: it may yet roll back.
 *
 * Nodes stand parents first, each subtree in one piece: a node's subtree is
 * [i, nodes[i].end).
 */
#ifndef CORE_DIRECTORY_TREE_H
#define CORE_DIRECTORY_TREE_H

#include "core/directory/directory.h"

struct tree_node {
	int64_t department, parent, sort_order;
	str name, name_en;
	size_t end;
	int level; /* the root's is 1 */
};

struct tree {
	const struct tree_node *nodes;
	size_t n;
	/* private */
	int64_t corp, version;
	atomic_int refs;
	struct arena *mem;
	const uint32_t *by_id; /* places in nodes, by department */
};

enum { TREE_NONE = -1 };

/* The tree as tx sees it; lives as long as tx->cx->mem. */
enum err tree_get(struct tx *tx, int64_t corp, const struct tree **out);
/* Where a department stands, or TREE_NONE. */
ptrdiff_t tree_find(const struct tree *t, int64_t department);
/* True when `inner` is `outer` or below it; false when one does not exist. */
bool tree_is_below(const struct tree *t, int64_t inner, int64_t outer);

#endif
