/*
 * api/externalcontact/groupchat.c - customer groups, over HTTP (documents 92120, 92122,
 * 94822, 92127, 95703).
 */
#include "api/api.h"
#include "api/externalcontact/follower.h"
#include "base/ids.h"
#include "core/directory/corp_setting.h"
#include "core/group/group.h"

enum { LIST_MAX = 1000, OWNERS_MAX = 100, TRANSFER_MAX = 100, PERSONS_MAX = 5000 };
enum { STATUS_ALL = 0, TYPE_MEMBER = 1, TYPE_CUSTOMER = 2 };

#define OWNER_FILTER(F, SUB)                                                             \
	F(texts, userid_list, OPTIONAL, 0, OWNERS_MAX, "Owners; at most 100")
SHAPE(group_owner_filter, OWNER_FILTER)
#define LIST_IN(F, SUB)                                                                  \
	F(int, status_filter, OPTIONAL, 0, 3,                                            \
		"0 all, 1 the owner has left, 2 being inherited, 3 inherited")           \
	SUB(object, owner_filter, group_owner_filter, OPTIONAL, 0, 0,                    \
		"Whose; absent: of all visible members")                                 \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")             \
	F(int, limit, REQUIRED, 1, LIST_MAX, "1 to 1000")
SHAPE(groupchat_list_in, LIST_IN)
#define LIST_ITEM(F, SUB)                                                                \
	F(octets, chat_id, ALWAYS, 1, 64, "The group")                                   \
	F(int, status, ALWAYS, 0, 3, "As status_filter; 0 followed")
SHAPE(groupchat_list_item, LIST_ITEM)
#define LIST_OUT(F, SUB)                                                                 \
	SUB(list, group_chat_list, groupchat_list_item, ALWAYS, 0, LIST_MAX,             \
		"By creation")                                                           \
	F(octets, next_cursor, ALWAYS, 0, 64, "Empty at the end")
SHAPE(groupchat_list_out, LIST_OUT)

#define GET_IN(F, SUB)                                                                   \
	F(octets, chat_id, OPTIONAL, 0, 64, "The group; required")                       \
	F(int, need_name, OPTIONAL, 0, 1, "1: with the names of those in it")
SHAPE(groupchat_get_in, GET_IN)
#define USERID(F, SUB) F(octets, userid, ALWAYS, 1, 64, "A member")
SHAPE(groupchat_userid, USERID)
#define PERSON(F, SUB)                                                                   \
	F(octets, userid, ALWAYS, 1, 64, "userid or external_userid")                    \
	F(int, type, ALWAYS, 1, 2, "1 member, 2 customer")                               \
	F(time, join_time, ALWAYS, 0, INT64_MAX, "Unix seconds")                         \
	F(int, join_scene, ALWAYS, 1, 3, "1 invited, 2 by a link, 3 by a code")          \
	SUB(object, invitor, groupchat_userid, SOMETIMES, 0, 0,                          \
		"The member who invited")                                                \
	F(text, group_nickname, ALWAYS, 0, 64, "His name in this group")                 \
	F(text, name, SOMETIMES, 0, 64, "His name; need_name 1")                         \
	F(text, state, SOMETIMES, 0, 30, "Of the join way he came by")
SHAPE(groupchat_person, PERSON)
#define GROUP(F, SUB)                                                                    \
	F(octets, chat_id, ALWAYS, 1, 64, "The group")                                   \
	F(text, name, ALWAYS, 0, 64, "Its name")                                         \
	F(octets, owner, ALWAYS, 1, 64, "userid of the owner")                           \
	F(time, create_time, ALWAYS, 0, INT64_MAX, "Unix seconds")                       \
	F(text, notice, SOMETIMES, 0, 2000, "What stands on its board")                  \
	SUB(list, member_list, groupchat_person, ALWAYS, 0, PERSONS_MAX, "Who is in it") \
	SUB(list, admin_list, groupchat_userid, ALWAYS, 0, PERSONS_MAX,                  \
		"Its administrators")                                                    \
	F(octets, member_version, ALWAYS, 1, 64, "Differs once others are in it")
SHAPE(groupchat_group, GROUP)
#define GET_OUT(F, SUB)                                                                  \
	SUB(object, group_chat, groupchat_group, ALWAYS, 0, 0, "The group")
SHAPE(groupchat_get_out, GET_OUT)

#define OPENGID_IN(F, SUB)                                                               \
	F(octets, opengid, OPTIONAL, 0, 128, "As a page in the group got it; required")
SHAPE(opengid_to_chatid_in, OPENGID_IN)
#define OPENGID_OUT(F, SUB) F(octets, chat_id, ALWAYS, 1, 64, "The group")
SHAPE(opengid_to_chatid_out, OPENGID_OUT)

#define TRANSFER_IN(F, SUB)                                                              \
	F(texts, chat_id_list, REQUIRED, 1, TRANSFER_MAX, "At most 100 groups")          \
	F(octets, new_owner, OPTIONAL, 0, 64, "userid of the new owner; required")
SHAPE(groupchat_transfer_in, TRANSFER_IN)
#define FAILED(F, SUB)                                                                   \
	F(octets, chat_id, ALWAYS, 0, 64, "The group, as given")                         \
	F(int, errcode, ALWAYS, -1, INT32_MAX, "What is against it")                     \
	F(text, errmsg, ALWAYS, 0, 512, "In words")
SHAPE(groupchat_failed, FAILED)
#define TRANSFER_OUT(F, SUB)                                                             \
	SUB(list, failed_chat_list, groupchat_failed, ALWAYS, 0, TRANSFER_MAX,           \
		"Those that stay as they are")
SHAPE(groupchat_transfer_out, TRANSFER_OUT)
#define onjob_transfer_in_shape groupchat_transfer_in_shape
#define onjob_transfer_out_shape groupchat_transfer_out_shape

/* ---- the list ---- */

/* Whose groups: the named ones, all seen, also those who have left; or everybody. */
static enum err read_owners(struct req *rq, struct texts userids, struct ints *out)
{
	out->v = ARENA_ARRAY(rq->cx->mem, int64_t, userids.n + 1);
	for (size_t i = 0; i < userids.n; i++) {
		struct member m;

		TRY(member_by_userid_ever(rq->tx, rq->cx->actor.corp, userids.v[i], &m));
		TRY(ec_sees(rq, "owner_filter.userid_list", m.member));
		out->v[out->n++] = m.member;
	}
	if (!out->n)
		out->v[out->n++] = 0; /* everybody's */
	return OK;
}

/* An app that sees very many members names the owners. */
static enum err may_ask_for_all(struct req *rq)
{
	int64_t corp = rq->cx->actor.corp, limit;
	struct ints departments, ids;
	size_t all = 0;

	TRY(corp_setting(rq->tx, corp, CORP_SETTING_GROUP_LIST_OWNERS, &limit));
	TRY(app_sees_from(rq->tx, corp, rq->cx->actor.id, &departments));
	for (size_t i = 0; i < departments.n; i++) {
		TRY(member_ids_in(rq->tx, corp, departments.v[i], true, &ids));
		all += ids.n;
	}
	if (all > (size_t)limit)
		return why(rq->cx, ERR_TOO_MANY_IDS,
			"owner_filter: needed with more than %" PRId64 " visible members",
			limit);
	return OK;
}

static int by_number(const void *a, const void *b)
{
	const struct customer_group *left = a, *right = b;

	return (left->group > right->group) - (left->group < right->group);
}

/* The next groups of these owners, one more than wanted. */
static enum err next_groups(struct req *rq, const struct ints *owners, int64_t after,
	size_t limit, struct customer_group **out, size_t *out_n)
{
	struct customer_group *all =
		ARENA_ARRAY(rq->cx->mem, struct customer_group, owners->n * (limit + 1));
	size_t n = 0;

	for (size_t i = 0; i < owners->n; i++) {
		struct customer_group *list;
		size_t found;

		TRY(group_page(rq->tx, rq->cx->actor.corp, owners->v[i], after,
			(int64_t)limit + 1, &list, &found));
		for (size_t j = 0; j < found; j++)
			all[n++] = list[j];
	}
	qsort(all, n, sizeof(*all), by_number);
	*out = all;
	*out_n = n < limit + 1 ? n : limit + 1;
	return OK;
}

/* Of a page those that are asked for and seen; their number is not the page's. */
static enum err fill_list(struct req *rq, const struct customer_group *list, size_t n,
	struct groupchat_list_out *out)
{
	const struct groupchat_list_in *in = rq->in;
	const struct actor *app = &rq->cx->actor;

	out->group_chat_list.v = ARENA_ARRAY(rq->cx->mem, struct groupchat_list_item, n);
	for (size_t i = 0; i < n; i++) {
		enum group_status status;
		bool sees;

		TRY(app_sees_member(rq->tx, app->corp, app->id, list[i].owner, &sees));
		TRY(group_status_of(rq->tx, &list[i], &status));
		if (!sees ||
			(in->status_filter != STATUS_ALL &&
				(int64_t)status != in->status_filter))
			continue;
		out->group_chat_list.v[out->group_chat_list.n++] =
			(struct groupchat_list_item){ .chat_id = list[i].chat_id,
				.status = status };
	}
	return OK;
}

static enum err groupchat_list(struct req *rq)
{
	const struct groupchat_list_in *in = rq->in;
	struct groupchat_list_out *out = rq->out;
	size_t limit = (size_t)in->limit, n;
	struct ints owners = { 0 };
	struct texts none = { 0 };
	struct customer_group *list;
	int64_t after = 0;

	if (in->cursor.n && !id_parse(in->cursor, "g", &after))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	TRY(read_owners(rq, in->owner_filter ? in->owner_filter->userid_list : none,
		&owners));
	if (!owners.v[0])
		TRY(may_ask_for_all(rq));
	TRY(next_groups(rq, &owners, after, limit, &list, &n));
	if (n > limit) {
		n = limit;
		out->next_cursor = id_text(rq->cx->mem, "g", list[n - 1].group);
	}
	return fill_list(rq, list, n, out);
}

/* ---- one ---- */

static enum err fill_person(struct req *rq, const struct customer_group *g,
	const struct group_person *p, bool name, struct groupchat_person *out)
{
	struct customer c;
	struct member m;

	out->join_time = p->joined_ms / 1000;
	out->join_scene = p->scene;
	out->group_nickname = p->nickname;
	out->state = p->state;
	if (p->person.kind == PERSON_MEMBER) {
		TRY(member_get(rq->tx, g->corp, p->person.id, &m));
		out->type = TYPE_MEMBER;
		out->userid = m.userid;
		out->name = m.name;
	} else {
		TRY(customer_get(rq->tx, g->corp, p->person.id, &c));
		out->type = TYPE_CUSTOMER;
		out->userid = c.external_userid;
		out->name = c.name;
	}
	if (!name)
		out->name = STR_NONE;
	if (!p->invitor)
		return OK;
	TRY(member_get(rq->tx, g->corp, p->invitor, &m));
	out->invitor = ARENA_NEW(rq->cx->mem, struct groupchat_userid);
	out->invitor->userid = m.userid;
	return OK;
}

static enum err fill_persons(struct req *rq, const struct customer_group *g, bool name,
	struct groupchat_group *out)
{
	struct group_person *persons;
	size_t n;

	TRY(group_persons(rq->tx, g, &persons, &n));
	out->member_list.v = ARENA_ARRAY(rq->cx->mem, struct groupchat_person, n);
	out->member_list.n = n;
	out->admin_list.v = ARENA_ARRAY(rq->cx->mem, struct groupchat_userid, n);
	for (size_t i = 0; i < n; i++) {
		struct groupchat_person *p = &out->member_list.v[i];

		TRY(fill_person(rq, g, &persons[i], name, p));
		if (persons[i].admin)
			out->admin_list.v[out->admin_list.n++].userid = p->userid;
	}
	return OK;
}

static enum err groupchat_get(struct req *rq)
{
	const struct groupchat_get_in *in = rq->in;
	struct groupchat_get_out *out = rq->out;
	struct groupchat_group *shown = ARENA_NEW(rq->cx->mem, struct groupchat_group);
	struct customer_group g;
	struct member owner;

	TRY(group_by_chat_id(rq->tx, rq->cx->actor.corp, in->chat_id, &g));
	TRY(ec_sees(rq, "chat_id", g.owner));
	TRY(member_get(rq->tx, g.corp, g.owner, &owner));
	*shown = (struct groupchat_group){ .chat_id = g.chat_id,
		.name = g.name,
		.owner = owner.userid,
		.create_time = g.created_ms / 1000,
		.notice = g.notice,
		.member_version = group_version_text(rq->cx->mem, g.version) };
	TRY(fill_persons(rq, &g, in->need_name, shown));
	out->group_chat = shown;
	return OK;
}

static enum err opengid_to_chatid(struct req *rq)
{
	const struct opengid_to_chatid_in *in = rq->in;
	struct opengid_to_chatid_out *out = rq->out;
	struct customer_group g;

	TRY(group_by_opengid(rq->tx, rq->cx->actor.corp, in->opengid, &g));
	TRY(ec_sees(rq, "opengid", g.owner));
	out->chat_id = g.chat_id;
	return OK;
}

/* ---- other owners ---- */

/* One that the app may not see is refused like the others, by itself. */
static enum err move_one(struct req *rq, enum group_move_kind kind, str chat_id,
	const struct member *to, enum err *out_code)
{
	const struct actor *app = &rq->cx->actor;
	struct customer_group g;
	bool sees = true;

	if (group_by_chat_id(rq->tx, app->corp, chat_id, &g) == OK)
		TRY(app_sees_member(rq->tx, app->corp, app->id, g.owner, &sees));
	ctx_forgive(rq->cx);
	*out_code = ERR_NO_PRIVILEGE;
	return sees ? group_move(rq->tx, app->corp, kind, chat_id, to, out_code) : OK;
}

static enum err transfer_all(struct req *rq, enum group_move_kind kind)
{
	const struct groupchat_transfer_in *in = rq->in;
	struct groupchat_transfer_out *out = rq->out;
	size_t n = in->chat_id_list.n;
	struct member to;

	TRY(ec_member(rq, in->new_owner, &to));
	TRY(group_may_own(rq->tx, &to));
	out->failed_chat_list.v = ARENA_ARRAY(rq->cx->mem, struct groupchat_failed, n);
	for (size_t i = 0; i < n; i++) {
		enum err code;

		TRY(move_one(rq, kind, in->chat_id_list.v[i], &to, &code));
		if (code != OK)
			out->failed_chat_list.v[out->failed_chat_list.n++] =
				(struct groupchat_failed){ .chat_id =
								   in->chat_id_list.v[i],
					.errcode = (int64_t)code,
					.errmsg = str_of(err_row(code)->english) };
	}
	return OK;
}

static enum err groupchat_transfer(struct req *rq)
{
	return transfer_all(rq, GROUP_MOVE_LEFT);
}

static enum err onjob_transfer(struct req *rq)
{
	return transfer_all(rq, GROUP_MOVE_IN_SERVICE);
}

const struct route groupchat_routes[] = {
	POST("/cgi-bin/externalcontact/groupchat/list", groupchat_list, customer_read,
		READS, "Page over customer groups"),
	POST("/cgi-bin/externalcontact/groupchat/get", groupchat_get, customer_read,
		READS, "One customer group and who is in it"),
	POST("/cgi-bin/externalcontact/opengid_to_chatid", opengid_to_chatid,
		customer_read, READS, "The group of an opengid"),
	POST("/cgi-bin/externalcontact/groupchat/transfer", groupchat_transfer,
		customer_write, WRITES, "Give groups of one who has left to a member"),
	POST("/cgi-bin/externalcontact/groupchat/onjob_transfer", onjob_transfer,
		customer_write, WRITES, "Give groups of a member to a colleague"),
	LAST_ROUTE,
};
