/*
 * core/directory/doctor.c - what must be true of members and departments.
 */
#include "core/directory/corp.sql.h"
#include "core/directory/department.sql.h"
#include "core/directory/directory.h"
#include "core/directory/member.sql.h"
#include "core/directory/tree.h"

enum { PAGE = 1000 };

static enum err check_member(struct tx *tx, int64_t corp, const struct tree *tree,
	const struct member_row *m, doctor_fn *report, void *arg)
{
	struct member_place *places;
	bool has_main = m->status == MEMBER_LEFT;
	size_t n;

	TRY(member_places(tx, corp, m->member, &places, &n));
	for (size_t i = 0; i < n; i++) {
		has_main |= places[i].department == m->main_department;
		if (tree_find(tree, places[i].department) == TREE_NONE)
			report(arg,
				arena_printf(tx->cx->mem,
					"member %.*s stands in department %" PRId64
					", which is not there",
					STR_FMT(m->userid), places[i].department));
	}
	if (!has_main)
		report(arg,
			arena_printf(tx->cx->mem,
				"member %.*s does not stand in his main department",
				STR_FMT(m->userid)));
	return OK;
}

/* A department whose parents do not lead to the root is not in the tree. */
static enum err check_tree(struct tx *tx, int64_t corp, const struct tree *tree,
	doctor_fn *report, void *arg)
{
	struct department_count_row rows;
	bool found;

	TRY(department_count(tx, corp, &rows, &found));
	if (rows.n != (int64_t)tree->n)
		report(arg,
			arena_printf(tx->cx->mem,
				"%" PRId64 " departments do not hang on the root",
				rows.n - (int64_t)tree->n));
	if (!tree->n || tree->nodes[0].end != tree->n)
		report(arg, STR("there is not one root department"));
	return OK;
}

enum err directory_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg)
{
	const struct tree *tree;
	struct corp_next_number_row next;
	struct member_row *rows;
	int64_t after = 0;
	bool found;
	size_t n;

	TRY(tree_get(tx, corp, &tree));
	TRY(check_tree(tx, corp, tree, report, arg));
	TRY(corp_next_number(tx, corp, &next, &found));
	do {
		TRY(member_select_page(tx, corp, after, PAGE, &rows, &n));
		for (size_t i = 0; i < n; i++) {
			TRY(check_member(tx, corp, tree, &rows[i], report, arg));
			if (rows[i].number < 1 ||
				rows[i].number >= next.next_member_number)
				report(arg,
					arena_printf(tx->cx->mem,
						"member %.*s has a number that was never given",
						STR_FMT(rows[i].userid)));
		}
		if (n)
			after = rows[n - 1].member;
	} while (n == PAGE);
	return OK;
}
