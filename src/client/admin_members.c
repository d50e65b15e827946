/*
 * client/admin_members.c - the directory, for administrators.
 */
#include "base/fold.h"
#include "client/client.h"
#include "client/view.h"
#include "core/account/account.h"
#include "core/customer/follow.h"

enum { PAGE_MAX = 200, PAGE_DEFAULT = 50, SCAN_STEP = 200, SMALL_DEPARTMENT = 5000 };

NO_IN(admin_departments)
#define ADMIN_DEPARTMENT(F, SUB)                                                         \
	F(int, id, ALWAYS, 1, INT64_MAX, "The root is 1")                                \
	F(int, parentid, ALWAYS, 0, INT64_MAX, "0 for the root")                         \
	F(text, name, ALWAYS, 0, 64, "What it is called")                                \
	F(int, members, ALWAYS, 0, INT64_MAX, "Who stands in it itself")
SHAPE(admin_department, ADMIN_DEPARTMENT)
#define ADMIN_DEPARTMENTS_OUT(F, SUB)                                                    \
	SUB(list, departments, admin_department, ALWAYS, 0, DEPARTMENT_MAX,              \
		"Parents first")
SHAPE(admin_departments_out, ADMIN_DEPARTMENTS_OUT)

#define ADMIN_MEMBERS_IN(F, SUB)                                                         \
	F(text, q, OPTIONAL, 0, 64, "Part of a name, userid or mobile number")           \
	F(int, department, OPTIONAL, 1, INT64_MAX, "Of it and all below")                \
	F(id, cursor, OPTIONAL, 0, INT64_MAX, "next_cursor of the page before")          \
	F(int, limit, OPTIONAL | CLAMP, 1, PAGE_MAX, "At most so many; 50 if absent")
SHAPE(admin_members_in, ADMIN_MEMBERS_IN)
#define ADMIN_DEPARTMENT_NAME(F, SUB)                                                    \
	F(int, id, ALWAYS, 1, INT64_MAX, "The department")                               \
	F(text, name, ALWAYS, 0, 64, "What it is called")
SHAPE(admin_department_name, ADMIN_DEPARTMENT_NAME)
#define ADMIN_MEMBER(F, SUB)                                                             \
	F(text, userid, ALWAYS, 1, 64, "His name within the company")                    \
	F(text, name, ALWAYS, 1, 64, "What people call him")                             \
	F(text, position, ALWAYS, 0, 128, "What he does")                                \
	F(text, mobile, ALWAYS, 0, 32, "Mobile number")                                  \
	F(text, email, ALWAYS, 0, 64, "E-mail address")                                  \
	F(octets, avatar, ALWAYS, 0, 128, "For GET /v1/avatar; empty without one")       \
	F(int, status, ALWAYS, 1, 5, "1 active, 2 disabled, 4 not activated")            \
	F(flag, admin, ALWAYS, 0, 1, "May use the console")                              \
	F(flag, serves_customers, ALWAYS, 0, 1, "May have customers")                    \
	F(int, customers, ALWAYS, 0, INT64_MAX, "His customers")                         \
	SUB(list, departments, admin_department_name, ALWAYS, 0, 100, "Where he stands")
SHAPE(admin_member, ADMIN_MEMBER)
#define ADMIN_MEMBERS_OUT(F, SUB)                                                        \
	SUB(list, members, admin_member, ALWAYS, 0, PAGE_MAX, "By time of adding")       \
	F(id, next_cursor, SOMETIMES, 0, INT64_MAX,                                      \
		"For the next page; absent at the end")                                  \
	F(int, total, ALWAYS, 0, INT64_MAX,                                              \
		"In the department or company, whatever q says")
SHAPE(admin_members_out, ADMIN_MEMBERS_OUT)

#define ADMIN_MEMBER_IN(F, SUB) F(text, userid, REQUIRED, 1, 64, "The member")
SHAPE(admin_member_in, ADMIN_MEMBER_IN)
#define admin_member_disable_in_shape admin_member_in_shape
#define admin_member_enable_in_shape admin_member_in_shape
#define admin_member_password_in_shape admin_member_in_shape
NO_OUT(admin_member_disable)
#define admin_member_leave_in_shape admin_member_in_shape
NO_OUT(admin_member_leave)
NO_OUT(admin_member_enable)
#define ADMIN_MEMBER_PASSWORD_OUT(F, SUB)                                                \
	F(text, password, ALWAYS, 0, 128, "To be told to him; shown this once")
SHAPE(admin_member_password_out, ADMIN_MEMBER_PASSWORD_OUT)

/* ---- departments ---- */

static enum err admin_departments(struct req *rq)
{
	struct admin_departments_out *out = rq->out;
	int64_t corp = rq->cx->actor.corp;
	struct department_count *counts;
	struct department *tree;
	size_t n, n_counts;

	TRY(department_tree(rq->tx, corp, DEPARTMENT_ROOT, &tree, &n));
	TRY(department_counts(rq->tx, corp, &counts, &n_counts));
	out->departments.v = ARENA_ARRAY(rq->cx->mem, struct admin_department, n);
	out->departments.n = n;
	for (size_t i = 0; i < n; i++) {
		struct admin_department *d = &out->departments.v[i];

		d->id = tree[i].department;
		d->parentid = tree[i].parent;
		d->name = tree[i].name;
		d->members = department_count_of(counts, n_counts, d->id);
	}
	return OK;
}

/* ---- members ---- */

static enum err fill_departments(struct req *rq, const struct member *m,
	struct admin_member *out)
{
	struct member_place *places;
	size_t n;

	TRY(member_places(rq->tx, m->corp, m->member, &places, &n));
	out->departments.v = ARENA_ARRAY(rq->cx->mem, struct admin_department_name, n);
	out->departments.n = n;
	for (size_t i = 0; i < n; i++) {
		struct department d;

		TRY(department_get(rq->tx, m->corp, places[i].department, &d));
		out->departments.v[i].id = d.department;
		out->departments.v[i].name = d.name;
	}
	return OK;
}

static enum err fill_member(struct req *rq, const struct member *m,
	struct admin_member *out)
{
	out->userid = m->userid;
	out->name = m->name;
	out->position = m->position;
	out->mobile = m->mobile;
	out->email = m->email;
	out->avatar = view_avatar(rq->cx->mem, m->corp, m->avatar);
	out->status = m->status;
	out->admin = m->admin;
	out->serves_customers = m->serves_customers;
	TRY(follow_count(rq->tx, m->corp, m->member, &out->customers));
	return fill_departments(rq, m, out);
}

static bool matches(struct arena *mem, const struct member *m, str folded)
{
	return !folded.n || str_find(fold(mem, m->name), folded) != SIZE_MAX ||
		str_find(fold(mem, m->userid), folded) != SIZE_MAX ||
		str_find(m->mobile, folded) != SIZE_MAX;
}

/* One by one: for departments that are small, or when nothing is asked of them. */
static enum err find_by_id(struct req *rq, const struct admin_members_in *in,
	const struct ints *ids, size_t limit, struct member *out, size_t *out_n)
{
	str folded = fold(rq->cx->mem, in->q);

	for (size_t i = 0; i < ids->n && *out_n < limit; i++) {
		struct member *m = &out[*out_n];

		if (ids->v[i] <= in->cursor)
			continue;
		TRY(member_get(rq->tx, rq->cx->actor.corp, ids->v[i], m));
		*out_n += m->status != MEMBER_LEFT && matches(rq->cx->mem, m, folded);
	}
	return OK;
}

/* Of all who match, those of the department, step by step until there are enough. */
static enum err find_by_name(struct req *rq, const struct admin_members_in *in,
	const struct ints *ids, size_t limit, struct member *out, size_t *out_n)
{
	int64_t after = in->cursor;
	struct member *step;
	size_t n;

	do {
		TRY(member_find(rq->tx, rq->cx->actor.corp, in->q, after, SCAN_STEP,
			&step, &n));
		for (size_t i = 0; i < n && *out_n < limit; i++)
			if (ints_sorted_has(ids, step[i].member))
				out[(*out_n)++] = step[i];
		if (n)
			after = step[n - 1].member;
	} while (n == SCAN_STEP && *out_n < limit);
	return OK;
}

static enum err find(struct req *rq, int64_t limit, struct member **out, size_t *out_n,
	int64_t *out_total)
{
	const struct admin_members_in *in = rq->in;
	int64_t corp = rq->cx->actor.corp;
	struct member_counts counts;
	struct ints ids;

	if (in->department > DEPARTMENT_ROOT) {
		TRY(member_ids_in(rq->tx, corp, in->department, true, &ids));
		*out_total = (int64_t)ids.n;
		*out = ARENA_ARRAY(rq->cx->mem, struct member, (size_t)limit);
		*out_n = 0;
		return in->q.n && ids.n > SMALL_DEPARTMENT
			? find_by_name(rq, in, &ids, (size_t)limit, *out, out_n)
			: find_by_id(rq, in, &ids, (size_t)limit, *out, out_n);
	}
	TRY(member_counts(rq->tx, corp, &counts));
	*out_total = counts.all;
	return member_find(rq->tx, corp, in->q, in->cursor, limit, out, out_n);
}

static enum err admin_members(struct req *rq)
{
	const struct admin_members_in *in = rq->in;
	struct admin_members_out *out = rq->out;
	int64_t limit = in->limit ? in->limit : PAGE_DEFAULT;
	struct member *members;
	size_t n;

	/* One more than wanted tells whether there are more. */
	TRY(find(rq, limit + 1, &members, &n, &out->total));
	if (n > (size_t)limit) {
		n = (size_t)limit;
		out->next_cursor = members[n - 1].member;
	}
	out->members.v = ARENA_ARRAY(rq->cx->mem, struct admin_member, n);
	out->members.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(fill_member(rq, &members[i], &out->members.v[i]));
	return OK;
}

/* ---- acts ---- */

static enum err admin_member_disable(struct req *rq)
{
	const struct admin_member_in *in = rq->in;
	int64_t corp = rq->cx->actor.corp;
	struct member m;

	TRY(member_by_userid(rq->tx, corp, in->userid, &m));
	return member_disable(rq->tx, corp, m.member);
}

static enum err admin_member_leave(struct req *rq)
{
	const struct admin_member_in *in = rq->in;
	int64_t corp = rq->cx->actor.corp;
	struct member m;

	TRY(member_by_userid(rq->tx, corp, in->userid, &m));
	return member_leave(rq->tx, corp, m.member);
}

static enum err admin_member_enable(struct req *rq)
{
	const struct admin_member_in *in = rq->in;
	int64_t corp = rq->cx->actor.corp;
	struct member m;

	TRY(member_by_userid(rq->tx, corp, in->userid, &m));
	return member_enable(rq->tx, corp, m.member);
}

struct finding {
	int64_t corp;
	str userid;
	struct member member;
};

static enum err find_member(struct tx *tx, void *arg)
{
	struct finding *f = arg;

	return member_by_userid(tx, f->corp, f->userid, &f->member);
}

static enum err admin_member_password(struct req *rq)
{
	const struct admin_member_in *in = rq->in;
	struct admin_member_password_out *out = rq->out;
	struct finding f = { .corp = rq->cx->actor.corp, .userid = in->userid };

	TRY(store_read(rq->house->store, rq->cx, find_member, &f));
	return account_password_reset(rq->house->store, rq->cx, f.corp, f.member.member,
		&out->password);
}

const struct route admin_member_routes[] = {
	GET("/v1/admin/departments", admin_departments, admin, READS, "The tree"),
	GET("/v1/admin/members", admin_members, admin, READS, "Members, in pages"),
	POST("/v1/admin/member/disable", admin_member_disable, admin, WRITES,
		"Disable a member: his sessions end, his customers go by the rules"),
	POST("/v1/admin/member/leave", admin_member_leave, admin, WRITES,
		"A member leaves for good; his customers go by the rules"),
	POST("/v1/admin/member/enable", admin_member_enable, admin, WRITES,
		"Let a disabled member in again"),
	POST("/v1/admin/member/password", admin_member_password, admin, WAITS,
		"Give a member a new password"),
	LAST_ROUTE,
};
