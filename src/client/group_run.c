/*
 * client/group_run.c - members make groups and run them.
 */
#include "client/client.h"
#include "client/group_view.h"
#include "core/group/welcome.h"

enum { INVITED_MAX = 200 };

#define CHAT(F) F(octets, chat, REQUIRED, 1, 64, "The group's chat")
#define PERSONS(F)                                                                       \
	F(texts, external_userids, OPTIONAL, 0, INVITED_MAX, "Customers")                \
	F(texts, userids, OPTIONAL, 0, INVITED_MAX, "Colleagues")

#define GROUP_CREATE_IN(F, SUB)                                                          \
	F(text, name, OPTIONAL, 0, GROUP_NAME_MAX, "Absent: the member's own")           \
	PERSONS(F)
SHAPE(group_create_in, GROUP_CREATE_IN)
#define GROUP_CHAT_OUT(F, SUB)                                                           \
	SUB(object, chat, view_chat, ALWAYS, 0, 0, "Its chat")                           \
	F(int, count, ALWAYS, 0, INT64_MAX, "How many came")
SHAPE(group_create_out, GROUP_CHAT_OUT)

#define GROUP_INVITE_IN(F, SUB) CHAT(F) PERSONS(F)
SHAPE(group_invite_in, GROUP_INVITE_IN)
#define GROUP_COUNT_OUT(F, SUB)                                                          \
	F(int, count, ALWAYS, 0, INT64_MAX, "How many came or went")
SHAPE(group_invite_out, GROUP_COUNT_OUT)
#define group_remove_in_shape group_invite_in_shape
#define group_remove_out_shape group_invite_out_shape

#define GROUP_RENAME_IN(F, SUB)                                                          \
	CHAT(F) F(text, name, REQUIRED, 1, GROUP_NAME_MAX, "Its new name")
SHAPE(group_set_name_in, GROUP_RENAME_IN)
NO_OUT(group_set_name)
#define GROUP_NOTICE_IN(F, SUB)                                                          \
	CHAT(F) F(text, notice, OPTIONAL, 0, GROUP_NOTICE_MAX, "Empty: none")
SHAPE(group_put_notice_in, GROUP_NOTICE_IN)
NO_OUT(group_put_notice)
#define GROUP_ADMIN_IN(F, SUB)                                                           \
	CHAT(F)                                                                          \
	F(octets, userid, REQUIRED, 1, 64, "A member who is in it")                      \
	F(flag, admin, REQUIRED, 0, 1, "Shall he help to run it?")
SHAPE(group_put_admin_in, GROUP_ADMIN_IN)
NO_OUT(group_put_admin)
#define GROUP_OWNER_IN(F, SUB)                                                           \
	CHAT(F) F(octets, userid, REQUIRED, 1, 64, "Who follows as its owner")
SHAPE(group_put_owner_in, GROUP_OWNER_IN)
NO_OUT(group_put_owner)
#define GROUP_WELCOME_IN(F, SUB)                                                         \
	CHAT(F)                                                                          \
	F(octets, template_id, OPTIONAL, 0, 64, "What newcomers are sent; empty: nothing")
SHAPE(group_put_welcome_in, GROUP_WELCOME_IN)
NO_OUT(group_put_welcome)
#define GROUP_DISMISS_IN(F, SUB) CHAT(F)
SHAPE(group_end_in, GROUP_DISMISS_IN)
NO_OUT(group_end)
NO_IN(group_untwice)
SHAPE(group_untwice_out, GROUP_COUNT_OUT)

/* ---- who is meant ---- */

struct people {
	struct person *v;
	size_t n;
};

static enum err read_members(struct req *rq, struct texts userids, struct people *out)
{
	for (size_t i = 0; i < userids.n; i++) {
		struct member m;

		TRY(member_by_userid(rq->tx, rq->cx->actor.corp, userids.v[i], &m));
		out->v[out->n++] = (struct person){ PERSON_MEMBER, m.member, 0 };
	}
	return OK;
}

/* `mine`: only those whom the member follows. */
static enum err read_customers(struct req *rq, struct texts ids, bool mine,
	struct people *out)
{
	const struct actor *me = &rq->cx->actor;

	for (size_t i = 0; i < ids.n; i++) {
		struct customer c;
		struct follow f;

		TRY(customer_by_external(rq->tx, me->corp, ids.v[i], &c));
		if (mine)
			TRY(follow_get(rq->tx, me->corp, me->id, c.customer, &f));
		out->v[out->n++] =
			(struct person){ PERSON_CUSTOMER, c.customer, c.consumer };
	}
	return OK;
}

static enum err read_people(struct req *rq, struct texts userids, struct texts customers,
	bool mine, struct people *out)
{
	*out = (struct people){ .v = ARENA_ARRAY(rq->cx->mem, struct person,
					userids.n + customers.n) };
	TRY(read_members(rq, userids, out));
	return read_customers(rq, customers, mine, out);
}

/* ---- making it ---- */

static enum err group_create_row(struct req *rq)
{
	const struct group_create_in *in = rq->in;
	struct group_create_out *out = rq->out;
	const struct actor *me = &rq->cx->actor;
	struct viewer v = viewer_of(rq->cx);
	struct group_coming how = { GROUP_BY_INVITATION, me->id, 0, STR("") };
	struct customer_group g;
	struct people people;
	size_t n = 0;

	TRY(read_people(rq, in->userids, in->external_userids, true, &people));
	TRY(group_create(rq->tx, me->corp, me->id, in->name, &g));
	if (people.n)
		TRY(group_take_in(rq->tx, &g, people.v, people.n, &how, &n));
	out->count = (int64_t)n;
	out->chat = ARENA_NEW(rq->cx->mem, struct view_chat);
	return view_chat_of(rq->tx, &v, g.corp, g.chat, out->chat);
}

static enum err group_invite(struct req *rq)
{
	const struct group_invite_in *in = rq->in;
	struct group_invite_out *out = rq->out;
	struct group_coming how = { GROUP_BY_INVITATION, rq->cx->actor.id, 0, STR("") };
	struct customer_group g;
	struct people people;
	struct person me;
	size_t n;

	TRY(group_to_change(rq, in->chat, &g, &me));
	TRY(read_people(rq, in->userids, in->external_userids, true, &people));
	TRY(group_take_in(rq->tx, &g, people.v, people.n, &how, &n));
	out->count = (int64_t)n;
	return OK;
}

/* ---- running it ---- */

static enum err group_to_run(struct req *rq, str chat, struct customer_group *out)
{
	struct person me;

	TRY(group_to_change(rq, chat, out, &me));
	return group_may_run(rq->tx, out, me.id);
}

static enum err group_to_own(struct req *rq, str chat, struct customer_group *out)
{
	struct person me;

	TRY(group_to_change(rq, chat, out, &me));
	return group_must_own(rq->tx, out, me.id);
}

static enum err group_remove(struct req *rq)
{
	const struct group_invite_in *in = rq->in;
	struct group_invite_out *out = rq->out;
	struct customer_group g;
	struct people people;
	size_t n;

	TRY(group_to_run(rq, in->chat, &g));
	TRY(read_people(rq, in->userids, in->external_userids, false, &people));
	TRY(group_let_go(rq->tx, &g, people.v, people.n, true, &n));
	out->count = (int64_t)n;
	return OK;
}

static enum err group_set_name(struct req *rq)
{
	const struct group_set_name_in *in = rq->in;
	struct customer_group g;

	TRY(group_to_run(rq, in->chat, &g));
	return group_rename(rq->tx, &g, in->name);
}

static enum err group_put_notice(struct req *rq)
{
	const struct group_put_notice_in *in = rq->in;
	struct customer_group g;

	TRY(group_to_run(rq, in->chat, &g));
	return group_set_notice(rq->tx, &g, in->notice);
}

static enum err group_put_admin(struct req *rq)
{
	const struct group_put_admin_in *in = rq->in;
	struct customer_group g;
	struct member m;

	TRY(group_to_own(rq, in->chat, &g));
	TRY(member_by_userid(rq->tx, g.corp, in->userid, &m));
	return group_set_admin(rq->tx, &g, m.member, in->admin);
}

static enum err group_put_owner(struct req *rq)
{
	const struct group_put_owner_in *in = rq->in;
	struct customer_group g;
	struct member m;
	enum err code;

	TRY(group_to_own(rq, in->chat, &g));
	TRY(member_by_userid(rq->tx, g.corp, in->userid, &m));
	TRY(group_may_own(rq->tx, &m));
	TRY(group_move(rq->tx, g.corp, GROUP_MOVE_IN_SERVICE, g.chat_id, &m, &code));
	return code == OK ? OK : why(rq->cx, code, "%s", err_row(code)->english);
}

static enum err group_put_welcome(struct req *rq)
{
	const struct group_put_welcome_in *in = rq->in;
	struct group_welcome w = { 0 };
	struct customer_group g;

	TRY(group_to_run(rq, in->chat, &g));
	if (in->template_id.n)
		TRY(group_welcome_get(rq->tx, g.corp, in->template_id, &w));
	return group_set_welcome(rq->tx, &g, w.welcome);
}

static enum err group_end(struct req *rq)
{
	const struct group_end_in *in = rq->in;
	struct customer_group g;

	TRY(group_to_own(rq, in->chat, &g));
	return group_dismiss(rq->tx, &g);
}

static enum err group_untwice(struct req *rq)
{
	struct group_untwice_out *out = rq->out;
	size_t n;

	TRY(group_drop_twice(rq->tx, rq->cx->actor.corp, rq->cx->actor.id, &n));
	out->count = (int64_t)n;
	return OK;
}

#define group_create_row_in_shape group_create_in_shape
#define group_create_row_out_shape group_create_out_shape

const struct route group_run_routes[] = {
	POST("/v1/group/create", group_create_row, member, WRITES,
		"A new group with some of the member's customers"),
	POST("/v1/group/invite", group_invite, member, WRITES,
		"Take in more of his customers, or colleagues"),
	POST("/v1/group/remove", group_remove, member, WRITES, "Take somebody out"),
	POST("/v1/group/rename", group_set_name, member, WRITES, "Rename a group"),
	POST("/v1/group/notice", group_put_notice, member, WRITES,
		"Write on a group's board"),
	POST("/v1/group/admin", group_put_admin, member, WRITES,
		"Make a member an administrator of a group, or no more"),
	POST("/v1/group/owner", group_put_owner, member, WRITES,
		"Give a group to a colleague"),
	POST("/v1/group/welcome", group_put_welcome, member, WRITES,
		"What customers who come are sent"),
	POST("/v1/group/dismiss", group_end, member, WRITES, "End a group for all"),
	POST("/v1/group/drop_twice", group_untwice, member, WRITES,
		"Customers in several of the member's groups stay in the first"),
	LAST_ROUTE,
};
