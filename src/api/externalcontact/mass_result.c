/*
 * api/externalcontact/mass_result.c - mass messages and what came of them, over HTTP
 * (document 93338).
 */
#include "api/api.h"
#include "api/externalcontact/follower.h"
#include "base/ids.h"
#include "core/group/group.h"
#include "core/mass/mass.h"

enum { LIST_DEFAULT = 50, LIST_MAX = 100, TASKS_DEFAULT = 500, TASKS_MAX = 1000 };
enum { OLD_MAX = 10000, ALL_MAKERS = 2, CHECKED = 1 };
static const int64_t RANGE_S = INT64_C(31) * 24 * 3600;

#define MADE_TEXT(F, SUB) F(octets, content, ALWAYS, 0, MASS_TEXT_BYTES, "The text")
SHAPE(mass_made_text, MADE_TEXT)
#define LIST_IN(F, SUB)                                                                  \
	F(octets, chat_type, OPTIONAL, 0, 32, "single or group; required")               \
	F(time, start_time, OPTIONAL, 0, UINT32_MAX,                                     \
		"Made since, Unix seconds; required")                                    \
	F(time, end_time, OPTIONAL, 0, UINT32_MAX,                                       \
		"Made until, at most a month later; required")                           \
	F(text, creator, OPTIONAL, 0, 64, "userid of the maker")                         \
	F(int, filter_type, OPTIONAL, INT32_MIN, INT32_MAX,                              \
		"0 the corp's, 1 members' own, 2 all (if absent)")                       \
	F(int, limit, OPTIONAL, INT32_MIN, INT32_MAX, "50 if absent or above 100")       \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")
SHAPE(get_groupmsg_list_v2_in, LIST_IN)
#define LIST_HEAD(F)                                                                     \
	F(octets, msgid, ALWAYS, 1, 64, "The mass message")                              \
	F(text, creator, SOMETIMES, 0, 64, "userid of the maker; absent for apps")       \
	F(octets, create_time, ALWAYS, 0, 16, "Unix seconds, as text")                   \
	F(int, create_type, ALWAYS, 0, 1, "0 the corp's, 1 a member's own")
#define LIST_ITEM(F, SUB)                                                                \
	LIST_HEAD(F)                                                                     \
	SUB(object, text, mass_made_text, SOMETIMES, 0, 0, "Text")                       \
	SUB(list, attachments, attachment, SOMETIMES, 0, ATTACHMENTS_MAX,                \
		"What goes with it")
SHAPE(groupmsg_item, LIST_ITEM)
#define LIST_OUT(F, SUB)                                                                 \
	F(octets, next_cursor, ALWAYS, 0, 64, "Empty at the end")                        \
	SUB(list, group_msg_list, groupmsg_item, ALWAYS, 0, LIST_MAX, "Newest first")
SHAPE(get_groupmsg_list_v2_out, LIST_OUT)

/* The old answer has the first attachment beside the text. */
#define get_groupmsg_list_in_shape get_groupmsg_list_v2_in_shape
#define OLD_ITEM(F, SUB)                                                                 \
	LIST_HEAD(F)                                                                     \
	SUB(object, text, mass_made_text, SOMETIMES, 0, 0, "Text")                       \
	ATTACHED_KINDS(F, SUB)
SHAPE(groupmsg_old_item, OLD_ITEM)
#define OLD_LIST_OUT(F, SUB)                                                             \
	F(octets, next_cursor, ALWAYS, 0, 64, "Empty at the end")                        \
	SUB(list, group_msg_list, groupmsg_old_item, ALWAYS, 0, LIST_MAX, "Newest first")
SHAPE(get_groupmsg_list_out, OLD_LIST_OUT)

#define TASK_IN(F, SUB)                                                                  \
	F(octets, msgid, OPTIONAL, 0, 64, "The mass message; required")                  \
	F(int, limit, OPTIONAL, INT32_MIN, INT32_MAX, "500 if absent or above 1000")     \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")
SHAPE(get_groupmsg_task_in, TASK_IN)
#define TASK_ITEM(F, SUB)                                                                \
	F(text, userid, ALWAYS, 1, 64, "The member")                                     \
	F(int, status, ALWAYS, 0, 2, "0 not sent, 2 sent")                               \
	F(time, send_time, SOMETIMES, 0, INT64_MAX, "Unix seconds; when sent")
SHAPE(groupmsg_task_item, TASK_ITEM)
#define TASK_OUT(F, SUB)                                                                 \
	F(octets, next_cursor, ALWAYS, 0, 64, "Empty at the end")                        \
	SUB(list, task_list, groupmsg_task_item, ALWAYS, 0, TASKS_MAX, "By member")
SHAPE(get_groupmsg_task_out, TASK_OUT)

#define RESULT_IN(F, SUB)                                                                \
	TASK_IN(F, SUB)                                                                  \
	F(text, userid, OPTIONAL, 0, 64, "The member; required")
SHAPE(get_groupmsg_send_result_in, RESULT_IN)
#define RESULT_ITEM(F, SUB)                                                              \
	F(octets, external_userid, SOMETIMES, 0, 64, "The customer")                     \
	F(octets, chat_id, SOMETIMES, 0, 64, "The customer group")                       \
	F(text, userid, ALWAYS, 1, 64, "The member")                                     \
	F(int, status, ALWAYS, 0, 3,                                                     \
		"0 not sent, 1 sent, 2 no customer of his any more, 3 has got another")  \
	F(time, send_time, SOMETIMES, 0, INT64_MAX, "Unix seconds; when sent")
SHAPE(groupmsg_result_item, RESULT_ITEM)
#define RESULT_OUT(F, SUB)                                                               \
	F(octets, next_cursor, ALWAYS, 0, 64, "Empty at the end")                        \
	SUB(list, send_list, groupmsg_result_item, ALWAYS, 0, TASKS_MAX, "By customer")
SHAPE(get_groupmsg_send_result_out, RESULT_OUT)

SHAPE(get_group_msg_result_in, TASK_IN)
#define OLD_RESULT_OUT(F, SUB)                                                           \
	F(int, check_status, ALWAYS, 0, 2, "1: it was let pass")                         \
	SUB(list, detail_list, groupmsg_result_item, ALWAYS, 0, OLD_MAX,                 \
		"By member and customer")                                                \
	F(octets, next_cursor, ALWAYS, 0, 64, "Empty at the end")
SHAPE(get_group_msg_result_out, OLD_RESULT_OUT)

static int64_t limit_of(int64_t limit, int64_t usual, int64_t most)
{
	return limit > 0 && limit <= most ? limit : usual;
}

static enum err cursor_of(struct req *rq, str cursor, int64_t *a, int64_t *b)
{
	*a = *b = 0;
	if (cursor.n && !id_pair_parse(cursor, "m", a, b))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	return OK;
}

static enum err userid_of(struct req *rq, int64_t member, str *out)
{
	struct member m;

	TRY(member_get(rq->tx, rq->cx->actor.corp, member, &m));
	*out = m.userid;
	return OK;
}

/* ---- lists ---- */

static enum err check_range(struct req *rq, const struct get_groupmsg_list_v2_in *in,
	enum mass_kind *out_kind)
{
	if (str_is(in->chat_type, "single"))
		*out_kind = MASS_SINGLE;
	else if (str_is(in->chat_type, "group"))
		*out_kind = MASS_GROUP;
	else
		return why(rq->cx, ERR_INVALID_ARGUMENT, "chat_type: single or group");
	if (!HAS(in, start_time) || !HAS(in, end_time))
		return why(rq->cx, ERR_INVALID_ARGUMENT,
			"start_time and end_time: required");
	if (in->start_time > in->end_time || in->end_time - in->start_time > RANGE_S)
		return why(rq->cx, ERR_INVALID_ARGUMENT,
			"end_time: after start_time, by a month at most");
	if (HAS(in, filter_type) && (in->filter_type < 0 || in->filter_type > ALL_MAKERS))
		return why(rq->cx, ERR_INVALID_ARGUMENT, "filter_type: 0, 1 or 2");
	return OK;
}

static enum err read_page(struct req *rq, const struct get_groupmsg_list_v2_in *in,
	struct mass **out, size_t *out_n, str *out_cursor)
{
	int64_t limit = limit_of(in->limit, LIST_DEFAULT, LIST_MAX), creator = -1;
	int64_t personal = HAS(in, filter_type) && in->filter_type != ALL_MAKERS
		? in->filter_type
		: -1;
	struct mass_place before;
	enum mass_kind kind;
	struct member m;

	TRY(check_range(rq, in, &kind));
	TRY(cursor_of(rq, in->cursor, &before.ms, &before.mass));
	if (in->creator.n) {
		TRY(ec_member(rq, in->creator, &m));
		creator = m.member;
	}
	TRY(mass_page(rq->tx, rq->cx->actor.corp, kind, in->start_time * 1000,
		in->end_time * 1000 + 999, personal, creator, before, limit + 1, out,
		out_n));
	if (*out_n <= (size_t)limit)
		return OK;
	*out_n = (size_t)limit;
	*out_cursor = id_pair_text(rq->cx->mem, "m", (*out)[limit - 1].created_ms,
		(*out)[limit - 1].mass);
	return OK;
}

static struct mass_made_text *text_of(struct arena *mem, const struct mass *m)
{
	struct mass_made_text *text;

	if (!m->text.n)
		return NULL;
	text = ARENA_NEW(mem, struct mass_made_text);
	text->content = m->text;
	return text;
}

static enum err fill_item(struct req *rq, const struct mass *m, struct groupmsg_item *out)
{
	struct attachment *v;
	size_t n;

	out->msgid = mass_id_text(rq->cx->mem, m->mass);
	if (m->creator)
		TRY(userid_of(rq, m->creator, &out->creator));
	out->create_time = arena_printf(rq->cx->mem, "%" PRId64, m->created_ms / 1000);
	out->create_type = m->personal;
	out->text = text_of(rq->cx->mem, m);
	TRY(attachments_unpack(rq->cx, m->attachments, &v, &n));
	out->attachments.v = v;
	out->attachments.n = n;
	return OK;
}

static enum err get_groupmsg_list_v2(struct req *rq)
{
	struct get_groupmsg_list_v2_out *out = rq->out;
	struct mass *list;
	size_t n;

	TRY(read_page(rq, rq->in, &list, &n, &out->next_cursor));
	out->group_msg_list.v = ARENA_ARRAY(rq->cx->mem, struct groupmsg_item, n);
	out->group_msg_list.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(fill_item(rq, &list[i], &out->group_msg_list.v[i]));
	return OK;
}

static enum err get_groupmsg_list(struct req *rq)
{
	struct get_groupmsg_list_out *out = rq->out;
	struct mass *list;
	size_t n;

	TRY(read_page(rq, rq->in, &list, &n, &out->next_cursor));
	out->group_msg_list.v = ARENA_ARRAY(rq->cx->mem, struct groupmsg_old_item, n);
	out->group_msg_list.n = n;
	for (size_t i = 0; i < n; i++) {
		struct groupmsg_old_item *item = &out->group_msg_list.v[i];
		struct groupmsg_item full = { 0 };

		TRY(fill_item(rq, &list[i], &full));
		item->msgid = full.msgid;
		item->creator = full.creator;
		item->create_time = full.create_time;
		item->create_type = full.create_type;
		item->text = full.text;
		if (!full.attachments.n)
			continue;
		item->image = full.attachments.v[0].image;
		item->link = full.attachments.v[0].link;
		item->miniprogram = full.attachments.v[0].miniprogram;
		item->video = full.attachments.v[0].video;
		item->file = full.attachments.v[0].file;
	}
	return OK;
}

/* ---- members ---- */

static enum err get_groupmsg_task(struct req *rq)
{
	const struct get_groupmsg_task_in *in = rq->in;
	struct get_groupmsg_task_out *out = rq->out;
	int64_t limit = limit_of(in->limit, TASKS_DEFAULT, TASKS_MAX), after, none;
	struct mass_task *tasks;
	struct mass m;
	size_t n;

	TRY(mass_by_id(rq->tx, rq->cx->actor.corp, in->msgid, &m));
	TRY(cursor_of(rq, in->cursor, &after, &none));
	TRY(mass_tasks(rq->tx, m.corp, m.mass, after, limit + 1, &tasks, &n));
	if (n > (size_t)limit) {
		n = (size_t)limit;
		out->next_cursor = id_pair_text(rq->cx->mem, "m", tasks[n - 1].member, 0);
	}
	out->task_list.v = ARENA_ARRAY(rq->cx->mem, struct groupmsg_task_item, n);
	for (size_t i = 0; i < n; i++) {
		struct groupmsg_task_item *item = &out->task_list.v[out->task_list.n];
		bool sees;

		TRY(app_sees_member(rq->tx, m.corp, rq->cx->actor.id, tasks[i].member,
			&sees));
		if (!sees)
			continue;
		out->task_list.n++;
		TRY(userid_of(rq, tasks[i].member, &item->userid));
		item->status = tasks[i].state == TASK_SENT ? TASK_SENT : 0;
		item->send_time = tasks[i].done_ms / 1000;
	}
	return OK;
}

/* ---- customers ---- */

static enum err fill_result(struct req *rq, const struct mass *m,
	const struct mass_target *t, struct groupmsg_result_item *out)
{
	struct customer_group g;
	struct customer c;

	TRY(userid_of(rq, t->member, &out->userid));
	if (m->kind == MASS_GROUP) {
		TRY(group_get(rq->tx, m->corp, t->target, &g));
		out->chat_id = g.chat_id;
	} else {
		TRY(customer_get(rq->tx, m->corp, t->target, &c));
		out->external_userid = c.external_userid;
	}
	out->status = t->status == TARGET_LEFT_OUT ? TARGET_UNSENT : (int64_t)t->status;
	out->send_time = t->sent_ms / 1000;
	return OK;
}

static enum err get_groupmsg_send_result(struct req *rq)
{
	const struct get_groupmsg_send_result_in *in = rq->in;
	struct get_groupmsg_send_result_out *out = rq->out;
	int64_t limit = limit_of(in->limit, TASKS_DEFAULT, TASKS_MAX), none;
	struct mass_target after = { 0 }, *v;
	struct member member;
	struct mass m;
	size_t n;

	TRY(mass_by_id(rq->tx, rq->cx->actor.corp, in->msgid, &m));
	TRY(ec_member(rq, in->userid, &member));
	TRY(cursor_of(rq, in->cursor, &after.target, &none));
	TRY(mass_targets(rq->tx, m.corp, m.mass, member.member, after, limit + 1, &v,
		&n));
	if (n > (size_t)limit) {
		n = (size_t)limit;
		out->next_cursor = id_pair_text(rq->cx->mem, "m", v[n - 1].target, 0);
	}
	out->send_list.v = ARENA_ARRAY(rq->cx->mem, struct groupmsg_result_item, n);
	for (size_t i = 0; i < n; i++) /* of groups, as documented, only those sent */
		if (m.kind != MASS_GROUP || v[i].status == TARGET_SENT)
			TRY(fill_result(rq, &m, &v[i],
				&out->send_list.v[out->send_list.n++]));
	return OK;
}

static enum err get_group_msg_result(struct req *rq)
{
	const struct get_group_msg_result_in *in = rq->in;
	struct get_group_msg_result_out *out = rq->out;
	int64_t limit = limit_of(in->limit, OLD_MAX, OLD_MAX);
	struct mass_target after = { 0 }, *v;
	struct mass m;
	size_t n;

	TRY(mass_by_id(rq->tx, rq->cx->actor.corp, in->msgid, &m));
	TRY(cursor_of(rq, in->cursor, &after.member, &after.target));
	TRY(mass_targets(rq->tx, m.corp, m.mass, 0, after, limit + 1, &v, &n));
	if (n > (size_t)limit) {
		n = (size_t)limit;
		out->next_cursor =
			id_pair_text(rq->cx->mem, "m", v[n - 1].member, v[n - 1].target);
	}
	out->check_status = CHECKED;
	out->detail_list.v = ARENA_ARRAY(rq->cx->mem, struct groupmsg_result_item, n);
	for (size_t i = 0; i < n; i++) {
		bool sees;

		TRY(app_sees_member(rq->tx, m.corp, rq->cx->actor.id, v[i].member,
			&sees));
		if (sees)
			TRY(fill_result(rq, &m, &v[i],
				&out->detail_list.v[out->detail_list.n++]));
	}
	return OK;
}

const struct route mass_result_routes[] = {
	POST("/cgi-bin/externalcontact/get_groupmsg_list_v2", get_groupmsg_list_v2,
		customer_read, READS, "Page over mass messages"),
	POST("/cgi-bin/externalcontact/get_groupmsg_list", get_groupmsg_list,
		customer_read, READS,
		"Page over mass messages, with one attachment each"),
	POST("/cgi-bin/externalcontact/get_groupmsg_task", get_groupmsg_task,
		customer_read, READS, "Which members have sent a mass message"),
	POST("/cgi-bin/externalcontact/get_groupmsg_send_result",
		get_groupmsg_send_result, customer_read, READS,
		"What became of a member's part of a mass message"),
	POST("/cgi-bin/externalcontact/get_group_msg_result", get_group_msg_result,
		customer_read, READS, "What became of a mass message, the old way"),
	LAST_ROUTE,
};
