/*
 * client/admin_groups.c - all customer groups of a corp, and new owners for them.
 */
#include "base/ids.h"
#include "client/client.h"
#include "client/group_view.h"
#include "core/account/audit.h"

enum { PAGE_MAX = 100, PAGE_DEFAULT = 50 };

#define GROUPS_IN(F, SUB)                                                                \
	F(flag, unassigned, OPTIONAL, 0, 1, "Only those whose owner has left")           \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")             \
	F(int, limit, OPTIONAL | CLAMP, 1, PAGE_MAX, "At most so many; 50 if absent")
SHAPE(admin_groups_in, GROUPS_IN)
#define GROUPS_OUT(F, SUB)                                                               \
	SUB(list, groups, view_group, ALWAYS, 0, PAGE_MAX, "Groups")                     \
	F(octets, next_cursor, SOMETIMES, 0, 64, "For the next page; absent at the end")
SHAPE(admin_groups_out, GROUPS_OUT)

#define TRANSFER_IN(F, SUB)                                                              \
	F(octets, from, REQUIRED, 1, 64, "Whose groups, in service or not: userid")      \
	F(octets, to, REQUIRED, 1, 64, "Who follows: userid")
SHAPE(admin_group_transfer_in, TRANSFER_IN)
#define TRANSFER_OUT(F, SUB)                                                             \
	F(int, groups, ALWAYS, 0, INT64_MAX, "How many have a new owner")
SHAPE(admin_group_transfer_out, TRANSFER_OUT)

static enum err next_page(struct req *rq, int64_t limit, struct customer_group **out,
	size_t *out_n)
{
	const struct admin_groups_in *in = rq->in;
	int64_t corp = rq->cx->actor.corp, owner = 0, after = 0;

	if (in->cursor.n && !id_pair_parse(in->cursor, "g", &owner, &after))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	return in->unassigned
		? group_unassigned(rq->tx, corp, owner, after, (size_t)limit, out, out_n)
		: group_page(rq->tx, corp, 0, after, limit, out, out_n);
}

static enum err admin_groups(struct req *rq)
{
	const struct admin_groups_in *in = rq->in;
	struct admin_groups_out *out = rq->out;
	struct viewer v = viewer_of(rq->cx);
	size_t limit = in->limit ? (size_t)in->limit : PAGE_DEFAULT, n;
	struct customer_group *list;

	TRY(next_page(rq, (int64_t)limit + 1, &list, &n));
	if (n > limit) {
		n = limit;
		out->next_cursor = id_pair_text(rq->cx->mem, "g", list[n - 1].owner,
			list[n - 1].group);
	}
	out->groups.v = ARENA_ARRAY(rq->cx->mem, struct view_group, n);
	out->groups.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(view_group_of(rq->tx, &v, NULL, &list[i], &out->groups.v[i]));
	return OK;
}

static enum err admin_group_transfer(struct req *rq)
{
	const struct admin_group_transfer_in *in = rq->in;
	struct admin_group_transfer_out *out = rq->out;
	int64_t corp = rq->cx->actor.corp;
	struct arena *mem = rq->cx->mem;
	struct member from, to;
	size_t n;

	TRY(member_by_userid_ever(rq->tx, corp, in->from, &from));
	TRY(member_by_userid(rq->tx, corp, in->to, &to));
	TRY(group_move_all(rq->tx, corp, &from, &to, &n));
	out->groups = (int64_t)n;
	return audit_add(rq->tx, corp, "group.transfer",
		arena_printf(mem, "member:%.*s", STR_FMT(from.userid)),
		arena_printf(mem, "%zu groups to %.*s", n, STR_FMT(to.userid)));
}

const struct route admin_group_routes[] = {
	GET("/v1/admin/groups", admin_groups, admin, READS,
		"Customer groups of the corp"),
	POST("/v1/admin/group/transfer", admin_group_transfer, admin, WRITES,
		"All groups of a member get another owner, at once"),
	LAST_ROUTE,
};
