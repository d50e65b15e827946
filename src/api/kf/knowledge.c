/*
 * api/kf/knowledge.c - the knowledge base, over HTTP (documents 95971, 95972).
 *
 * Similar questions and answers stand beside the question or, as the page's sample has
 * them, within it; both are taken.
 */
#include "api/api.h"
#include "base/ids.h"
#include "core/media/media.h"
#include "core/message/attachment.h"
#include "core/service/knowledge.h"

enum { LIST_DEFAULT = 500, LIST_MAX = 1000, ANSWERS_MAX = 1 };

/* ---- shapes ---- */

#define GROUP_ADD_IN(F, SUB)                                                             \
	F(text, name, OPTIONAL, 0, INT32_MAX, "At most 12 characters")
SHAPE(kf_group_add_in, GROUP_ADD_IN)
#define GROUP_ADD_OUT(F, SUB) F(octets, group_id, ALWAYS, 1, 64, "The group")
SHAPE(kf_group_add_out, GROUP_ADD_OUT)
#define GROUP_DEL_IN(F, SUB) F(octets, group_id, OPTIONAL, 0, 64, "The group; required")
SHAPE(kf_group_del_in, GROUP_DEL_IN)
NO_OUT(kf_group_del)
#define GROUP_MOD_IN(F, SUB)                                                             \
	F(octets, group_id, OPTIONAL, 0, 64, "The group; required")                      \
	F(text, name, OPTIONAL, 0, INT32_MAX, "At most 12 characters")
SHAPE(kf_group_mod_in, GROUP_MOD_IN)
NO_OUT(kf_group_mod)

#define PAGE(F)                                                                          \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")             \
	F(int, limit, OPTIONAL | CLAMP, 0, LIST_MAX, "500 if absent, at most 1000")      \
	F(octets, group_id, OPTIONAL, 0, 64, "This group alone")
#define GROUP_LIST_IN(F, SUB) PAGE(F)
SHAPE(kf_group_list_in, GROUP_LIST_IN)
#define GROUP(F, SUB)                                                                    \
	F(octets, group_id, ALWAYS, 1, 64, "The group")                                  \
	F(text, name, ALWAYS, 0, 64, "Its name")                                         \
	F(int, is_default, ALWAYS, 0, 1, "1: the first one, which stays")
SHAPE(kf_group, GROUP)
#define GROUP_LIST_OUT(F, SUB)                                                           \
	F(octets, next_cursor, ALWAYS, 0, 64, "For the next page")                       \
	F(int, has_more, ALWAYS, 0, 1, "1: there are more")                              \
	SUB(list, group_list, kf_group, ALWAYS, 0, LIST_MAX, "In order of making")
SHAPE(kf_group_list_out, GROUP_LIST_OUT)

#define CONTENT(F, SUB) F(text, content, SOMETIMES, 0, INT32_MAX, "The words")
SHAPE(kf_content, CONTENT)
#define ITEM(F, SUB) SUB(object, text, kf_content, SOMETIMES, 0, 0, "Its words")
SHAPE(kf_item, ITEM)
#define ITEMS(F, SUB)                                                                    \
	SUB(list, items, kf_item, ALWAYS, 0, SIMILARS_MAX, "Similar questions")
SHAPE(kf_items, ITEMS)

#define MEDIA(F, SUB)                                                                    \
	F(octets, media_id, SOMETIMES, 0, 128, "From media/upload")                      \
	F(text, name, SOMETIMES, 0, 255, "In answers: the file's name instead")
SHAPE(kf_media, MEDIA)
#define LINK(F, SUB)                                                                     \
	F(octets, title, SOMETIMES, 0, 128, "Title; required")                           \
	F(octets, picurl, SOMETIMES, 0, 2048, "Address of its picture")                  \
	F(octets, pic_url, SOMETIMES, 0, 2048, "The same")                               \
	F(octets, desc, SOMETIMES, 0, 512, "Text under it")                              \
	F(octets, url, SOMETIMES, 0, 2048, "Where it leads; required")
SHAPE(kf_link, LINK)
#define PROGRAM(F, SUB)                                                                  \
	F(octets, title, SOMETIMES, 0, 64, "Title")                                      \
	F(octets, thumb_media_id, SOMETIMES, 0, 128, "Its picture; required")            \
	F(octets, appid, SOMETIMES, 0, 64, "The mini program; required")                 \
	F(octets, pagepath, SOMETIMES, 0, 1024, "Its page; required")
SHAPE(kf_program, PROGRAM)
#define ATTACHED(F, SUB)                                                                 \
	F(octets, msgtype, ALWAYS, 0, 32, "image, video, link or miniprogram")           \
	SUB(object, image, kf_media, SOMETIMES, 0, 0, "A picture")                       \
	SUB(object, video, kf_media, SOMETIMES, 0, 0, "A video")                         \
	SUB(object, link, kf_link, SOMETIMES, 0, 0, "A link")                            \
	SUB(object, miniprogram, kf_program, SOMETIMES, 0, 0, "A mini program")
SHAPE(kf_attached, ATTACHED)
#define ANSWER(F, SUB)                                                                   \
	SUB(object, text, kf_content, SOMETIMES, 0, 0, "At most 500 characters")         \
	SUB(list, attachments, kf_attached, SOMETIMES, 0, 100, "At most 4")
SHAPE(kf_answer, ANSWER)
#define QUESTION(F, SUB)                                                                 \
	SUB(object, text, kf_content, SOMETIMES, 0, 0, "At most 200 characters")         \
	SUB(object, similar_questions, kf_items, OPTIONAL, 0, 0, "Or beside it")         \
	SUB(list, answers, kf_answer, OPTIONAL, 0, ANSWERS_MAX, "Or beside it")
SHAPE(kf_question, QUESTION)
#define QUESTION_OUT(F, SUB) SUB(object, text, kf_content, ALWAYS, 0, 0, "Its words")
SHAPE(kf_question_out, QUESTION_OUT)

#define PARTS(SUB)                                                                       \
	SUB(object, question, kf_question, OPTIONAL, 0, 0, "What is asked")              \
	SUB(object, similar_questions, kf_items, OPTIONAL, 0, 0, "At most 100")          \
	SUB(list, answers, kf_answer, OPTIONAL, 0, ANSWERS_MAX, "One")
#define INTENT_ADD_IN(F, SUB)                                                            \
	F(octets, group_id, OPTIONAL, 0, 64, "The group; required")                      \
	PARTS(SUB)
SHAPE(kf_intent_add_in, INTENT_ADD_IN)
#define INTENT_ADD_OUT(F, SUB) F(octets, intent_id, ALWAYS, 1, 64, "The question")
SHAPE(kf_intent_add_out, INTENT_ADD_OUT)
#define INTENT_DEL_IN(F, SUB)                                                            \
	F(octets, intent_id, OPTIONAL, 0, 64, "The question; required")
SHAPE(kf_intent_del_in, INTENT_DEL_IN)
NO_OUT(kf_intent_del)
#define INTENT_MOD_IN(F, SUB)                                                            \
	F(octets, intent_id, OPTIONAL, 0, 64, "The question; required")                  \
	PARTS(SUB)
SHAPE(kf_intent_mod_in, INTENT_MOD_IN)
NO_OUT(kf_intent_mod)

#define INTENT_LIST_IN(F, SUB)                                                           \
	PAGE(F) F(octets, intent_id, OPTIONAL, 0, 64, "This question alone")
SHAPE(kf_intent_list_in, INTENT_LIST_IN)
#define INTENT(F, SUB)                                                                   \
	F(octets, group_id, ALWAYS, 1, 64, "Its group")                                  \
	F(octets, intent_id, ALWAYS, 1, 64, "The question")                              \
	SUB(object, question, kf_question_out, ALWAYS, 0, 0, "What is asked")            \
	SUB(object, similar_questions, kf_items, ALWAYS, 0, 0, "Similar questions")      \
	SUB(list, answers, kf_answer, ALWAYS, 0, ANSWERS_MAX, "What is answered")
SHAPE(kf_intent, INTENT)
#define INTENT_LIST_OUT(F, SUB)                                                          \
	F(octets, next_cursor, ALWAYS, 0, 64, "For the next page")                       \
	F(int, has_more, ALWAYS, 0, 1, "1: there are more")                              \
	SUB(list, intent_list, kf_intent, ALWAYS, 0, LIST_MAX, "In order of making")
SHAPE(kf_intent_list_out, INTENT_LIST_OUT)

/* ---- groups ---- */

static enum err group_of(struct req *rq, str id, int64_t *out)
{
	if (!id_parse(id, "", out))
		return why(rq->cx, ERR_INVALID_ARGUMENT, "field `group_id`: none such");
	return OK;
}

static enum err kf_group_add(struct req *rq)
{
	const struct kf_group_add_in *in = rq->in;
	struct kf_group_add_out *out = rq->out;
	int64_t id;

	TRY(kgroup_add(rq->tx, rq->cx->actor.corp, in->name, &id));
	out->group_id = id_text(rq->cx->mem, "", id);
	return OK;
}

static enum err kf_group_del(struct req *rq)
{
	const struct kf_group_del_in *in = rq->in;
	int64_t id;

	TRY(group_of(rq, in->group_id, &id));
	return kgroup_drop(rq->tx, rq->cx->actor.corp, id);
}

static enum err kf_group_mod(struct req *rq)
{
	const struct kf_group_mod_in *in = rq->in;
	int64_t id;

	TRY(group_of(rq, in->group_id, &id));
	return kgroup_set(rq->tx, rq->cx->actor.corp, id, in->name);
}

static enum err cursor_of(struct req *rq, str cursor, int64_t *out)
{
	*out = 0;
	if (cursor.n && !id_parse(cursor, "", out))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	return OK;
}

/* A list that writes, once: the first group is made when it is first looked at. */
static enum err kf_group_list(struct req *rq)
{
	const struct kf_group_list_in *in = rq->in;
	struct kf_group_list_out *out = rq->out;
	size_t n, limit = in->limit ? (size_t)in->limit : LIST_DEFAULT;
	struct kgroup *all;
	int64_t after, only = 0;

	TRY(cursor_of(rq, in->cursor, &after));
	if (in->group_id.n)
		TRY(group_of(rq, in->group_id, &only));
	TRY(kgroup_list(rq->tx, rq->cx->actor.corp, &all, &n));
	out->group_list.v = ARENA_ARRAY(rq->cx->mem, struct kf_group, n);
	for (size_t i = 0; i < n; i++) {
		struct kf_group *g = &out->group_list.v[out->group_list.n];

		if (all[i].kgroup <= after || (only && all[i].kgroup != only))
			continue;
		if (out->group_list.n == limit) {
			out->has_more = 1;
			break;
		}
		g->group_id = id_text(rq->cx->mem, "", all[i].kgroup);
		g->name = all[i].name;
		g->is_default = all[i].is_default;
		out->next_cursor = g->group_id;
		out->group_list.n++;
	}
	return OK;
}

/* ---- questions, in ---- */

static void read_attached(struct arena *mem, const struct kf_attached *in,
	struct attachment *out)
{
	const struct kf_media *media = in->image ? in->image : in->video;

	*out = (struct attachment){ .msgtype = in->msgtype };
	if (media) {
		struct attached_media *m = ARENA_NEW(mem, struct attached_media);

		m->media_id = media->media_id;
		*(in->image ? &out->image : &out->video) = m;
	}
	if (in->link) {
		out->link = ARENA_NEW(mem, struct attached_link);
		out->link->title = in->link->title;
		out->link->picurl =
			in->link->picurl.n ? in->link->picurl : in->link->pic_url;
		out->link->desc = in->link->desc;
		out->link->url = in->link->url;
	}
	if (in->miniprogram) {
		out->miniprogram = ARENA_NEW(mem, struct attached_miniprogram);
		out->miniprogram->title = in->miniprogram->title;
		out->miniprogram->pic_media_id = in->miniprogram->thumb_media_id;
		out->miniprogram->appid = in->miniprogram->appid;
		out->miniprogram->page = in->miniprogram->pagepath;
	}
}

static enum err read_answer(struct req *rq, const struct kf_answer *in,
	struct intent *out)
{
	struct attachment *list =
		ARENA_ARRAY(rq->cx->mem, struct attachment, in->attachments.n);

	out->answer = in->text ? in->text->content : STR_NONE;
	for (size_t i = 0; i < in->attachments.n; i++)
		read_attached(rq->cx->mem, &in->attachments.v[i], &list[i]);
	return attachments_pack(rq->tx, rq->cx->actor.corp, list, in->attachments.n,
		ATTACH_IMAGE | ATTACH_LINK | ATTACH_MINIPROGRAM | ATTACH_VIDEO,
		INTENT_ATTACHMENTS_MAX, &out->attachments);
}

static void read_similars(struct arena *mem, const struct kf_items *in,
	struct intent *out)
{
	out->similars.v = ARENA_ARRAY(mem, str, in->items.n);
	out->similars.n = in->items.n;
	for (size_t i = 0; i < in->items.n; i++)
		out->similars.v[i] =
			in->items.v[i].text ? in->items.v[i].text->content : STR_NONE;
}

/* The parts that were given replace what is there. */
static enum err read_parts(struct req *rq, const struct kf_question *question,
	const struct kf_items *similar, const struct kf_answer *answers, size_t n_answers,
	struct intent *out)
{
	if (question && question->text)
		out->question = question->text->content;
	if (!similar && question)
		similar = question->similar_questions;
	if (similar)
		read_similars(rq->cx->mem, similar, out);
	if (!n_answers && question) {
		answers = question->answers.v;
		n_answers = question->answers.n;
	}
	return n_answers ? read_answer(rq, &answers[0], out) : OK;
}

static enum err kf_intent_add(struct req *rq)
{
	const struct kf_intent_add_in *in = rq->in;
	struct kf_intent_add_out *out = rq->out;
	struct intent i = { .attachments = STR("[]") };

	TRY(group_of(rq, in->group_id, &i.kgroup));
	TRY(read_parts(rq, in->question, in->similar_questions, in->answers.v,
		in->answers.n, &i));
	TRY(intent_add(rq->tx, rq->cx->actor.corp, &i));
	out->intent_id = id_text(rq->cx->mem, "", i.intent);
	return OK;
}

static enum err intent_of(struct req *rq, str id, int64_t *out)
{
	if (!id_parse(id, "", out))
		return why(rq->cx, ERR_INVALID_ARGUMENT, "field `intent_id`: none such");
	return OK;
}

static enum err kf_intent_del(struct req *rq)
{
	const struct kf_intent_del_in *in = rq->in;
	int64_t id;

	TRY(intent_of(rq, in->intent_id, &id));
	return intent_drop(rq->tx, rq->cx->actor.corp, id);
}

static enum err kf_intent_mod(struct req *rq)
{
	const struct kf_intent_mod_in *in = rq->in;
	struct intent i;
	int64_t id;

	TRY(intent_of(rq, in->intent_id, &id));
	TRY(intent_get(rq->tx, rq->cx->actor.corp, id, &i));
	TRY(read_parts(rq, in->question, in->similar_questions, in->answers.v,
		in->answers.n, &i));
	return intent_set(rq->tx, rq->cx->actor.corp, &i);
}

/* ---- questions, out ---- */

static struct kf_content *content(struct arena *mem, str words)
{
	struct kf_content *c = ARENA_NEW(mem, struct kf_content);

	c->content = words;
	return c;
}

/* Of files the name, as documented: a media_id is its giver's. */
static struct kf_media *name_of(struct req *rq, const struct attached_media *in)
{
	struct kf_media *out = ARENA_NEW(rq->cx->mem, struct kf_media);
	struct media m;

	if (media_get(rq->tx, rq->cx->actor.corp, in->media_id, &m) == OK)
		out->name = m.name;
	ctx_forgive(rq->cx);
	GIVE(out, name);
	return out;
}

static void show_attached(struct req *rq, const struct attachment *in,
	struct kf_attached *out)
{
	struct arena *mem = rq->cx->mem;

	out->msgtype = in->msgtype;
	if (in->image)
		out->image = name_of(rq, in->image);
	if (in->video)
		out->video = name_of(rq, in->video);
	if (in->link) {
		out->link = ARENA_NEW(mem, struct kf_link);
		out->link->title = in->link->title;
		out->link->picurl = in->link->picurl;
		out->link->desc = in->link->desc;
		out->link->url = in->link->url;
	}
	if (in->miniprogram) {
		out->miniprogram = ARENA_NEW(mem, struct kf_program);
		out->miniprogram->title = in->miniprogram->title;
		out->miniprogram->thumb_media_id = in->miniprogram->pic_media_id;
		out->miniprogram->appid = in->miniprogram->appid;
		out->miniprogram->pagepath = in->miniprogram->page;
	}
}

static enum err show_answer(struct req *rq, const struct intent *i, struct kf_intent *out)
{
	struct kf_answer *a = ARENA_NEW(rq->cx->mem, struct kf_answer);
	struct attachment *list;
	size_t n;

	a->text = content(rq->cx->mem, i->answer);
	TRY(attachments_unpack(rq->cx, i->attachments, &list, &n));
	a->attachments.v = ARENA_ARRAY(rq->cx->mem, struct kf_attached, n);
	a->attachments.n = n;
	for (size_t k = 0; k < n; k++)
		show_attached(rq, &list[k], &a->attachments.v[k]);
	out->answers.v = a;
	out->answers.n = 1;
	return OK;
}

static enum err show_intent(struct req *rq, const struct intent *i, struct kf_intent *out)
{
	struct arena *mem = rq->cx->mem;

	out->group_id = id_text(mem, "", i->kgroup);
	out->intent_id = id_text(mem, "", i->intent);
	out->question = ARENA_NEW(mem, struct kf_question_out);
	out->question->text = content(mem, i->question);
	out->similar_questions = ARENA_NEW(mem, struct kf_items);
	out->similar_questions->items.v = ARENA_ARRAY(mem, struct kf_item, i->similars.n);
	out->similar_questions->items.n = i->similars.n;
	for (size_t k = 0; k < i->similars.n; k++)
		out->similar_questions->items.v[k].text = content(mem, i->similars.v[k]);
	return show_answer(rq, i, out);
}

static enum err read_page(struct req *rq, const struct kf_intent_list_in *in,
	size_t limit, struct intent **out, size_t *out_n)
{
	int64_t after, group = 0, only;

	TRY(cursor_of(rq, in->cursor, &after));
	if (in->group_id.n)
		TRY(group_of(rq, in->group_id, &group));
	if (!in->intent_id.n)
		return intent_list(rq->tx, rq->cx->actor.corp, group, after,
			(int64_t)limit + 1, out, out_n);
	TRY(intent_of(rq, in->intent_id, &only));
	*out = ARENA_NEW(rq->cx->mem, struct intent);
	*out_n = 1;
	return intent_get(rq->tx, rq->cx->actor.corp, only, *out);
}

static enum err kf_intent_list(struct req *rq)
{
	const struct kf_intent_list_in *in = rq->in;
	struct kf_intent_list_out *out = rq->out;
	size_t n, limit = in->limit ? (size_t)in->limit : LIST_DEFAULT;
	struct intent *list;

	TRY(read_page(rq, in, limit, &list, &n));
	out->has_more = n > limit;
	n = n > limit ? limit : n;
	out->intent_list.v = ARENA_ARRAY(rq->cx->mem, struct kf_intent, n);
	out->intent_list.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(show_intent(rq, &list[i], &out->intent_list.v[i]));
	if (n)
		out->next_cursor = out->intent_list.v[n - 1].intent_id;
	return OK;
}

const struct route kf_knowledge_routes[] = {
	POST("/cgi-bin/kf/knowledge/add_group", kf_group_add, service, WRITES,
		"Make a group of questions"),
	POST("/cgi-bin/kf/knowledge/del_group", kf_group_del, service, WRITES,
		"Delete a group with its questions"),
	POST("/cgi-bin/kf/knowledge/mod_group", kf_group_mod, service, WRITES,
		"Rename a group"),
	POST("/cgi-bin/kf/knowledge/list_group", kf_group_list, service, WRITES,
		"Page over the groups"),
	POST("/cgi-bin/kf/knowledge/add_intent", kf_intent_add, service, WRITES,
		"Add a question and its answer"),
	POST("/cgi-bin/kf/knowledge/del_intent", kf_intent_del, service, WRITES,
		"Delete a question"),
	POST("/cgi-bin/kf/knowledge/mod_intent", kf_intent_mod, service, WRITES,
		"Change a question: what is given replaces"),
	POST("/cgi-bin/kf/knowledge/list_intent", kf_intent_list, service, READS,
		"Page over the questions"),
	LAST_ROUTE,
};
