/*
 * client/replies.c - quick replies: the corp's and a member's own.
 */
#include "base/ids.h"
#include "client/client.h"
#include "client/view.h"
#include "core/account/audit.h"
#include "core/message/attachment.h"
#include "core/reply/reply.h"

#define REPLY(F, SUB)                                                                    \
	F(id, reply, ALWAYS, 1, INT64_MAX, "Its id")                                     \
	F(flag, mine, ALWAYS, 0, 1, "The member's own; else the company's")              \
	F(text, group, ALWAYS, 0, REPLY_GROUP_MAX, "Its group, empty for none")          \
	F(text, title, ALWAYS, 0, REPLY_TITLE_MAX, "Its title, empty for none")          \
	F(text, text, ALWAYS, 0, REPLY_TEXT_MAX, "What it says")                         \
	F(json, attachments, ALWAYS, 0, 65536, "As given")                               \
	F(time, changed, ALWAYS, 0, INT64_MAX, "Unix milliseconds")
SHAPE(reply_view, REPLY)

NO_IN(reply_list)
#define LIST_OUT(F, SUB)                                                                 \
	SUB(list, replies, reply_view, ALWAYS, 0, 2 * REPLIES_MAX, "By age")
SHAPE(reply_list_out, LIST_OUT)
NO_IN(admin_reply_list)
#define admin_reply_list_out_shape reply_list_out_shape

#define WRITE_IN(F, SUB)                                                                 \
	F(id, reply, OPTIONAL, 0, INT64_MAX, "Which; absent: a new one")                 \
	F(text, group, OPTIONAL, 0, REPLY_GROUP_MAX, "Its group")                        \
	F(text, title, OPTIONAL, 0, REPLY_TITLE_MAX, "Its title")                        \
	F(text, text, OPTIONAL, 0, REPLY_TEXT_MAX, "What it says")                       \
	SUB(list, attachments, attachment, OPTIONAL, 0, 100, "At most 9")
SHAPE(reply_write_in, WRITE_IN)
#define WRITE_OUT(F, SUB) SUB(object, reply, reply_view, ALWAYS, 0, 0, "As it is now")
SHAPE(reply_write_out, WRITE_OUT)
#define admin_reply_write_in_shape reply_write_in_shape
#define admin_reply_write_out_shape reply_write_out_shape

#define REMOVE_IN(F, SUB) F(id, reply, REQUIRED, 1, INT64_MAX, "Which")
SHAPE(reply_remove_in, REMOVE_IN)
NO_OUT(reply_remove)
#define admin_reply_remove_in_shape reply_remove_in_shape
#define admin_reply_remove_out_shape reply_remove_out_shape

#define SAY_IN(F, SUB)                                                                   \
	F(octets, chat, REQUIRED, 1, 32, "Where")                                        \
	F(octets, nonce, REQUIRED, 1, 48, "The same sends nothing twice")                \
	F(id, reply, REQUIRED, 1, INT64_MAX, "Which")                                    \
	F(flag, mine, OPTIONAL, 0, 1, "Of the member's own")                             \
	F(flag, anyway, OPTIONAL, 0, 1, "Also with a word that warns")
SHAPE(reply_say_in, SAY_IN)
NO_OUT(reply_say)

/* ---- reading ---- */

static void show(const struct reply *r, struct reply_view *out)
{
	*out = (struct reply_view){ .reply = r->reply,
		.mine = r->owner != REPLY_OF_CORP,
		.group = r->group,
		.title = r->title,
		.text = r->text,
		.attachments = r->attachments.n ? r->attachments : STR("[]"),
		.changed = r->changed_ms };
}

static enum err add_all(struct req *rq, int64_t owner)
{
	struct reply_list_out *out = rq->out;
	struct reply *list;
	size_t n;

	TRY(replies(rq->tx, rq->cx->actor.corp, owner, &list, &n));
	for (size_t i = 0; i < n; i++)
		show(&list[i], &out->replies.v[out->replies.n++]);
	return OK;
}

static enum err admin_reply_list(struct req *rq)
{
	struct reply_list_out *out = rq->out;

	out->replies.v = ARENA_ARRAY(rq->cx->mem, struct reply_view, REPLIES_MAX);
	return add_all(rq, REPLY_OF_CORP);
}

static enum err reply_list(struct req *rq)
{
	struct reply_list_out *out = rq->out;

	out->replies.v = ARENA_ARRAY(rq->cx->mem, struct reply_view, 2 * REPLIES_MAX);
	TRY(add_all(rq, rq->cx->actor.id));
	return add_all(rq, REPLY_OF_CORP);
}

/* ---- changing ---- */

static enum err write_one(struct req *rq, int64_t owner)
{
	const struct reply_write_in *in = rq->in;
	struct reply_write_out *out = rq->out;
	struct reply r = { .corp = rq->cx->actor.corp,
		.owner = owner,
		.reply = in->reply,
		.group = str_trim(in->group),
		.title = str_trim(in->title),
		.text = in->text };

	TRY(attachments_pack(rq->tx, r.corp, in->attachments.v, in->attachments.n,
		ATTACH_ALL, ATTACHMENTS_MAX, &r.attachments));
	TRY(reply_put(rq->tx, &r));
	out->reply = ARENA_NEW(rq->cx->mem, struct reply_view);
	show(&r, out->reply);
	return OK;
}

static enum err reply_write(struct req *rq)
{
	return write_one(rq, rq->cx->actor.id);
}

static enum err admin_reply_write(struct req *rq)
{
	const struct reply_write_in *in = rq->in;

	TRY(write_one(rq, REPLY_OF_CORP));
	return audit_add(rq->tx, rq->cx->actor.corp, "reply.put", in->title, STR(""));
}

static enum err reply_remove(struct req *rq)
{
	const struct reply_remove_in *in = rq->in;

	return reply_drop(rq->tx, rq->cx->actor.corp, rq->cx->actor.id, in->reply);
}

static enum err admin_reply_remove(struct req *rq)
{
	const struct reply_remove_in *in = rq->in;

	TRY(reply_drop(rq->tx, rq->cx->actor.corp, REPLY_OF_CORP, in->reply));
	return audit_add(rq->tx, rq->cx->actor.corp, "reply.delete",
		id_text(rq->cx->mem, "", in->reply), STR(""));
}

static enum err reply_say(struct req *rq)
{
	const struct reply_say_in *in = rq->in;
	const struct actor *me = &rq->cx->actor;
	struct viewer v = viewer_of(rq->cx);
	int64_t corp, chat;
	struct person person;
	struct reply r;

	TRY(viewer_chat(rq->tx, &v, in->chat, &corp, &chat, &person));
	TRY(reply_get(rq->tx, corp, in->mine ? me->id : REPLY_OF_CORP, in->reply, &r));
	return reply_send(rq->tx, &r, me->id, chat, in->nonce, in->anyway);
}

const struct route reply_routes[] = {
	GET("/v1/replies", reply_list, member, READS,
		"Quick replies: the member's own, then the company's"),
	POST("/v1/reply/put", reply_write, member, WRITES, "Add or change an own one"),
	POST("/v1/reply/delete", reply_remove, member, WRITES, "Delete an own one"),
	POST("/v1/reply/send", reply_say, member, WRITES,
		"Send one into a chat: its text, then its attachments"),
	GET("/v1/admin/replies", admin_reply_list, admin, READS,
		"The company's quick replies"),
	POST("/v1/admin/reply/put", admin_reply_write, admin, WRITES,
		"Add or change one of the company's"),
	POST("/v1/admin/reply/delete", admin_reply_remove, admin, WRITES,
		"Delete one of the company's"),
	LAST_ROUTE,
};
