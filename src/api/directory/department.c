/*
 * api/directory/department.c - the tree, over HTTP.
 *
 * This file only translates; the tree is core/directory's, the range core/app's.
 */
#include "api/api.h"
#include "core/app/app.h"

#define DEPARTMENT_LIST_IN(F, SUB)                                                       \
	F(int, id, OPTIONAL, INT64_MIN, INT64_MAX,                                       \
		"It and all below; absent: all visible")
SHAPE(department_list_in, DEPARTMENT_LIST_IN)
#define department_simplelist_in_shape department_list_in_shape

#define DEPARTMENT(F, SUB)                                                               \
	F(int, id, ALWAYS, 1, UINT32_MAX, "The department's id; the root is 1")          \
	F(text, name, ALWAYS, 1, 64, "What it is called")                                \
	F(text, name_en, ALWAYS, 0, 64, "What it is called in English")                  \
	F(texts, department_leader, ALWAYS, 0, 100, "userids of those who lead it")      \
	F(int, parentid, ALWAYS, 0, UINT32_MAX, "Of the one above; 0 for the root")      \
	F(int, order, ALWAYS, 0, UINT32_MAX, "Greater stands first")
SHAPE(department_item, DEPARTMENT)
#define DEPARTMENT_LIST_OUT(F, SUB)                                                      \
	SUB(list, department, department_item, ALWAYS, 0, INT32_MAX, "Parents first")
SHAPE(department_list_out, DEPARTMENT_LIST_OUT)

#define DEPARTMENT_BRIEF(F, SUB)                                                         \
	F(int, id, ALWAYS, 1, UINT32_MAX, "The department's id; the root is 1")          \
	F(int, parentid, ALWAYS, 0, UINT32_MAX, "Of the one above; 0 for the root")      \
	F(int, order, ALWAYS, 0, UINT32_MAX, "Greater stands first")
SHAPE(department_brief, DEPARTMENT_BRIEF)
#define DEPARTMENT_SIMPLELIST_OUT(F, SUB)                                                \
	SUB(list, department_id, department_brief, ALWAYS, 0, INT32_MAX, "Parents first")
SHAPE(department_simplelist_out, DEPARTMENT_SIMPLELIST_OUT)

/* Departments in a row, from one or several subtrees. */
struct found {
	struct department *v;
	size_t n;
};

static enum err found_add(struct req *rq, struct found *f, int64_t root)
{
	struct department *tree;
	size_t n;

	TRY(department_tree(rq->tx, rq->cx->actor.corp, root, &tree, &n));
	if (!f->n) {
		*f = (struct found){ tree, n };
		return OK;
	}
	struct department *all = ARENA_ARRAY(rq->cx->mem, struct department, f->n + n);
	memcpy(all, f->v, f->n * sizeof(*all));
	memcpy(all + f->n, tree, n * sizeof(*all));
	*f = (struct found){ all, f->n + n };
	return OK;
}

/* A department of the range that stands below another of it comes with that one. */
static enum err is_covered(struct req *rq, const struct ints *roots, size_t i, bool *out)
{
	*out = false;
	for (size_t j = 0; j < roots->n && !*out; j++)
		if (j != i)
			TRY(department_is_below(rq->tx, rq->cx->actor.corp, roots->v[i],
				roots->v[j], out));
	return OK;
}

static enum err find_visible(struct req *rq, struct found *f)
{
	const struct actor *app = &rq->cx->actor;
	struct ints roots;

	TRY(app_sees_from(rq->tx, app->corp, app->id, &roots));
	for (size_t i = 0; i < roots.n; i++) {
		bool covered;

		TRY(is_covered(rq, &roots, i, &covered));
		if (!covered)
			TRY(found_add(rq, f, roots.v[i]));
	}
	return OK;
}

static enum err find_asked(struct req *rq, struct found *f)
{
	const struct department_list_in *in = rq->in;
	const struct actor *app = &rq->cx->actor;
	struct department d;
	bool sees;

	if (!HAS(in, id))
		return find_visible(rq, f);
	TRY(department_get(rq->tx, app->corp, in->id, &d));
	TRY(app_sees_department(rq->tx, app->corp, app->id, d.department, &sees));
	if (!sees)
		return why(rq->cx, ERR_NO_PRIVILEGE,
			"field `id`: outside the app's visible range");
	return found_add(rq, f, d.department);
}

static enum err leaders_of(struct req *rq, const struct department *d, struct texts *out)
{
	struct ints ids;

	TRY(member_leaders(rq->tx, d->corp, d->department, &ids));
	out->v = ARENA_ARRAY(rq->cx->mem, str, ids.n);
	for (size_t i = 0; i < ids.n; i++) {
		struct member m;

		TRY(member_get(rq->tx, d->corp, ids.v[i], &m));
		if (m.status != MEMBER_LEFT)
			out->v[out->n++] = m.userid;
	}
	return OK;
}

static enum err department_list(struct req *rq)
{
	struct department_list_out *out = rq->out;
	struct found f = { 0 };

	TRY(app_reads_names(rq->tx));
	TRY(find_asked(rq, &f));
	out->department.v = ARENA_ARRAY(rq->cx->mem, struct department_item, f.n);
	out->department.n = f.n;
	for (size_t i = 0; i < f.n; i++) {
		struct department_item *item = &out->department.v[i];

		item->id = f.v[i].department;
		item->name = f.v[i].name;
		item->name_en = f.v[i].name_en;
		item->parentid = f.v[i].parent;
		item->order = f.v[i].sort_order;
		TRY(leaders_of(rq, &f.v[i], &item->department_leader));
	}
	return OK;
}

static enum err department_simplelist(struct req *rq)
{
	struct department_simplelist_out *out = rq->out;
	struct found f = { 0 };

	TRY(find_asked(rq, &f));
	out->department_id.v = ARENA_ARRAY(rq->cx->mem, struct department_brief, f.n);
	out->department_id.n = f.n;
	for (size_t i = 0; i < f.n; i++) {
		struct department_brief *item = &out->department_id.v[i];

		item->id = f.v[i].department;
		item->parentid = f.v[i].parent;
		item->order = f.v[i].sort_order;
	}
	return OK;
}

const struct route department_routes[] = {
	GET("/cgi-bin/department/list", department_list, contacts_read, READS,
		"A department and all below, with names"),
	GET("/cgi-bin/department/simplelist", department_simplelist, contacts_ids, READS,
		"A department and all below, ids only"),
	LAST_ROUTE,
};
