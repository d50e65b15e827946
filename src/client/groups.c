/*
 * client/groups.c - customer groups for those who are in them.
 */
#include "base/ids.h"
#include "client/client.h"
#include "client/group_view.h"

enum { GROUPS_MAX = 100, GROUPS_DEFAULT = 50 };

#define CHAT_IN(F, SUB) F(octets, chat, REQUIRED, 1, 64, "The group's chat")

#define GROUPS_IN(F, SUB)                                                                \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")             \
	F(int, limit, OPTIONAL | CLAMP, 1, GROUPS_MAX, "At most so many; 50 if absent")
SHAPE(groups_in, GROUPS_IN)
#define GROUPS_OUT(F, SUB)                                                               \
	SUB(list, groups, view_group, ALWAYS, 0, GROUPS_MAX, "By creation")              \
	F(octets, next_cursor, SOMETIMES, 0, 64, "For the next page; absent at the end")
SHAPE(groups_out, GROUPS_OUT)

SHAPE(group_in, CHAT_IN)
#define GROUP_OUT(F, SUB)                                                                \
	SUB(object, group, view_group, ALWAYS, 0, 0, "The group")                        \
	SUB(list, persons, view_group_person, ALWAYS, 0, GROUP_PERSONS_MAX,              \
		"Who is in it: members first")
SHAPE(group_out, GROUP_OUT)

#define group_leave_in_shape group_in_shape
NO_OUT(group_leave)

#define GROUP_NICKNAME_IN(F, SUB)                                                        \
	CHAT_IN(F, SUB)                                                                  \
	F(text, nickname, OPTIONAL, 0, GROUP_NICKNAME_MAX, "Empty: none")
SHAPE(group_nickname_in, GROUP_NICKNAME_IN)
NO_OUT(group_nickname)

static enum err groups(struct req *rq)
{
	const struct groups_in *in = rq->in;
	struct groups_out *out = rq->out;
	struct viewer v = viewer_of(rq->cx);
	struct person me = { PERSON_MEMBER, v.id, 0 };
	size_t limit = in->limit ? (size_t)in->limit : GROUPS_DEFAULT, n;
	struct customer_group *list;
	int64_t after = 0;

	if (in->cursor.n && !id_parse(in->cursor, "g", &after))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	TRY(group_page_with(rq->tx, v.corp, PERSON_MEMBER, v.id, after,
		(int64_t)limit + 1, &list, &n));
	if (n > limit) {
		n = limit;
		out->next_cursor = id_text(rq->cx->mem, "g", list[n - 1].group);
	}
	out->groups.v = ARENA_ARRAY(rq->cx->mem, struct view_group, n);
	for (size_t i = 0; i < n; i++)
		if (!list[i].dismissed)
			TRY(view_group_of(rq->tx, &v, &me, &list[i],
				&out->groups.v[out->groups.n++]));
	return OK;
}

static enum err fill_person(struct req *rq, const struct viewer *v,
	const struct person *me, const struct customer_group *g,
	const struct group_person *p, struct view_group_person *out)
{
	bool customer = p->person.kind == PERSON_CUSTOMER;
	struct member m;

	out->who = ARENA_NEW(rq->cx->mem, struct view_who);
	TRY(view_who_of(rq->tx, v->kind, g->corp, p->person, out->who));
	out->nickname = p->nickname;
	out->role = customer               ? STR("customer")
		: p->person.id == g->owner ? STR("owner")
		: p->admin                 ? STR("admin")
					   : STR("member");
	out->self = p->person.kind == me->kind && p->person.id == me->id;
	out->joined = p->joined_ms;
	out->scene = p->scene;
	if (v->kind != PERSON_MEMBER)
		return OK;
	out->state = p->state;
	if (p->invitor) {
		TRY(member_get(rq->tx, g->corp, p->invitor, &m));
		out->invitor = m.name;
	}
	return OK;
}

static enum err group(struct req *rq)
{
	const struct group_in *in = rq->in;
	struct group_out *out = rq->out;
	struct viewer v = viewer_of(rq->cx);
	struct group_person *persons;
	struct customer_group g;
	struct person me;
	size_t n;

	TRY(group_of_chat(rq, in->chat, &g, &me));
	out->group = ARENA_NEW(rq->cx->mem, struct view_group);
	TRY(view_group_of(rq->tx, &v, &me, &g, out->group));
	TRY(group_persons(rq->tx, &g, &persons, &n));
	out->persons.v = ARENA_ARRAY(rq->cx->mem, struct view_group_person, n);
	out->persons.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(fill_person(rq, &v, &me, &g, &persons[i], &out->persons.v[i]));
	return OK;
}

static enum err group_leave(struct req *rq)
{
	const struct group_in *in = rq->in;
	struct customer_group g;
	struct person me;
	size_t n;

	TRY(group_to_change(rq, in->chat, &g, &me));
	return group_let_go(rq->tx, &g, &me, 1, false, &n);
}

static enum err group_nickname(struct req *rq)
{
	const struct group_nickname_in *in = rq->in;
	struct customer_group g;
	struct person me;

	TRY(group_to_change(rq, in->chat, &g, &me));
	return group_set_nickname(rq->tx, &g, me.kind, me.id, in->nickname);
}

const struct route group_routes[] = {
	GET("/v1/groups", groups, member, READS, "The customer groups the member is in"),
	GET("/v1/group", group, session, READS, "One group and who is in it"),
	POST("/v1/group/leave", group_leave, session, WRITES, "Leave a group"),
	POST("/v1/group/nickname", group_nickname, session, WRITES,
		"The viewer's name in a group"),
	LAST_ROUTE,
};
