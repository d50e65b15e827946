/*
 * api/externalcontact/group_welcome.c - first words to who comes into a group, over HTTP
 * (document 92366).
 */
#include "api/api.h"
#include "core/group/welcome.h"

#define TEXT(F, SUB)                                                                     \
	F(octets, content, SOMETIMES, 0, INT32_MAX,                                      \
		"At most 3000 bytes; %NICKNAME% becomes the names of who came")
SHAPE(group_welcome_text, TEXT)
/* Of the attachments the first in the order image, link, mini program, file, video counts. */
#define TEMPLATE(F, SUB)                                                                 \
	SUB(object, text, group_welcome_text, SOMETIMES, 0, 0, "Text")                   \
	ATTACHED_KINDS(F, SUB)

#define ADD_IN(F, SUB)                                                                   \
	TEMPLATE(F, SUB)                                                                 \
	F(int, agentid, OPTIONAL, 0, INT32_MAX, "Of suites with several apps")           \
	F(int, notify, OPTIONAL, 0, 1, "1: owners are told; 1 if absent")
SHAPE(group_welcome_add_in, ADD_IN)
#define ADD_OUT(F, SUB) F(octets, template_id, ALWAYS, 1, 64, "The template")
SHAPE(group_welcome_add_out, ADD_OUT)
#define EDIT_IN(F, SUB)                                                                  \
	F(octets, template_id, OPTIONAL, 0, 128, "The template; required")               \
	TEMPLATE(F, SUB)                                                                 \
	F(int, agentid, OPTIONAL, 0, INT32_MAX, "Of suites with several apps")
SHAPE(group_welcome_edit_in, EDIT_IN)
NO_OUT(group_welcome_edit)
#define GET_IN(F, SUB) F(octets, template_id, OPTIONAL, 0, 128, "The template; required")
SHAPE(group_welcome_read_in, GET_IN)
#define GET_OUT(F, SUB) TEMPLATE(F, SUB)
SHAPE(group_welcome_read_out, GET_OUT)
#define DEL_IN(F, SUB)                                                                   \
	F(octets, template_id, OPTIONAL, 0, 128, "The template; required")               \
	F(int, agentid, OPTIONAL, 0, INT32_MAX, "Of suites with several apps")
SHAPE(group_welcome_del_in, DEL_IN)
NO_OUT(group_welcome_del)

/* The one attachment that counts; NULL without any. */
#define READ_ATTACHED(in, out)                                                           \
	attachment_of_old(&(struct attachment){ .image = (in)->image,                    \
				  .link = (in)->link,                                    \
				  .miniprogram = (in)->miniprogram,                      \
				  .video = (in)->video,                                  \
				  .file = (in)->file },                                  \
		(out))                                                                   \
		? (out)                                                                  \
		: NULL

static enum err group_welcome_add_row(struct req *rq)
{
	const struct group_welcome_add_in *in = rq->in;
	struct group_welcome_add_out *out = rq->out;
	struct group_welcome w = { .corp = rq->cx->actor.corp,
		.app = rq->cx->actor.id,
		.agentid = in->agentid };
	struct attachment one;

	if (in->text)
		w.text = in->text->content;
	TRY(group_welcome_add(rq->tx, &w, READ_ATTACHED(in, &one)));
	out->template_id = w.template_id;
	if (!HAS(in, notify) || in->notify)
		return group_welcome_offer(rq->tx, &w);
	return OK;
}

/* Whose it is: an app changes and deletes its own only. */
static enum err find_own(struct req *rq, str template_id, struct group_welcome *out)
{
	TRY(group_welcome_get(rq->tx, rq->cx->actor.corp, template_id, out));
	if (out->app != rq->cx->actor.id)
		return why(rq->cx, ERR_TEMPLATE_NOT_YOURS, "template_id: another's");
	return OK;
}

static enum err group_welcome_edit(struct req *rq)
{
	const struct group_welcome_edit_in *in = rq->in;
	struct group_welcome w;
	struct attachment one;

	TRY(find_own(rq, in->template_id, &w));
	w.text = in->text ? in->text->content : STR("");
	w.agentid = in->agentid;
	return group_welcome_set(rq->tx, &w, READ_ATTACHED(in, &one));
}

static enum err group_welcome_read(struct req *rq)
{
	const struct group_welcome_read_in *in = rq->in;
	struct group_welcome_read_out *out = rq->out;
	struct group_welcome w;
	struct attachment *list;
	size_t n = 0;

	TRY(group_welcome_get(rq->tx, rq->cx->actor.corp, in->template_id, &w));
	if (w.text.n) {
		out->text = ARENA_NEW(rq->cx->mem, struct group_welcome_text);
		out->text->content = w.text;
	}
	if (w.attachment.n)
		TRY(attachments_unpack(rq->cx, w.attachment, &list, &n));
	if (!n)
		return OK;
	out->image = list[0].image;
	out->link = list[0].link;
	out->miniprogram = list[0].miniprogram;
	out->video = list[0].video;
	out->file = list[0].file;
	return OK;
}

static enum err group_welcome_del(struct req *rq)
{
	const struct group_welcome_del_in *in = rq->in;
	struct group_welcome w;

	TRY(find_own(rq, in->template_id, &w));
	return group_welcome_drop(rq->tx, &w);
}

#define group_welcome_add_row_in_shape group_welcome_add_in_shape
#define group_welcome_add_row_out_shape group_welcome_add_out_shape
#define ROW(verb) "/cgi-bin/externalcontact/group_welcome_template/" verb

const struct route group_welcome_routes[] = {
	POST(ROW("add"), group_welcome_add_row, customer_write, WRITES,
		"Add a welcome template for groups"),
	POST(ROW("edit"), group_welcome_edit, customer_write, WRITES,
		"Replace a welcome template"),
	POST(ROW("get"), group_welcome_read, customer_read, READS,
		"Read a welcome template"),
	POST(ROW("del"), group_welcome_del, customer_write, WRITES,
		"Delete a welcome template"),
	LAST_ROUTE,
};
