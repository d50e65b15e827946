#include "core/directory/directory.h"
#include "core/directory/member.sql.h"
#include "core/directory/tree.h"

enum { PAGE = 1000 };

static enum err check_member(struct tx *tx, int64_t corp, const struct tree *tree,
	const struct member_row *m, doctor_fn *report, void *arg)
{
	struct member_place *places;
	size_t n;

	TRY(member_places(tx, corp, m->member, &places, &n));
	if (!n && m->status != MEMBER_LEFT)
		report(arg, arena_printf(tx->cx->mem, "member %.*s stands in no department",
			STR_FMT(m->userid)));
	for (size_t i = 0; i < n; i++)
		if (tree_find(tree, places[i].department) == TREE_NONE)
			report(arg, arena_printf(tx->cx->mem,
				"member %.*s stands in department %" PRId64 ", which is not there",
				STR_FMT(m->userid), places[i].department));
	return OK;
}

enum err directory_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg)
{
	const struct tree *tree;
	struct department *all;
	struct member_row *rows;
	size_t n, n_all;
	int64_t after = 0;

	TRY(tree_get(tx, corp, &tree));
	/* A department whose parents do not lead to the root is not in the tree. */
	TRY(department_tree(tx, corp, 1, &all, &n_all));
	if (n_all != tree->n)
		report(arg, STR("some departments do not hang on the root"));
	do {
		TRY(member_select_page(tx, corp, after, PAGE, &rows, &n));
		for (size_t i = 0; i < n; i++)
			TRY(check_member(tx, corp, tree, &rows[i], report, arg));
		if (n)
			after = rows[n - 1].member;
	} while (n == PAGE);
	return OK;
}
