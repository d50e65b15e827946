/*
 * api/externalcontact/moment.c - moments of the corp and its members, over HTTP
 * (documents 95094, 93333, 97612).
 *
 * Publishing is asynchronous: the answer is a jobid, and members are given the moment by
 * the clock (core/moment).  An app sees members' moments within its visible range.
 */
#include "api/api.h"
#include "api/externalcontact/follower.h"
#include "base/ids.h"
#include "core/moment/post.h"

enum { LIST_LIMIT = 20, TASKS_DEFAULT = 500, TASKS_MAX = 1000, SEES_DEFAULT = 3000 };
enum { SEES_MAX = 5000, ATTACHMENTS_IN = 100, LIST_LOOK_MAX = 1000 };
#define LIST_SPAN_MS (INT64_C(30) * 24 * 3600 * 1000)

/* ---- add_moment_task ---- */

#define TEXT_IN(F, SUB)                                                                  \
	F(octets, content, OPTIONAL, 0, 1 << 20, "At most 2000 characters")
SHAPE(moment_text_in, TEXT_IN)
#define FILE_IN(F, SUB)                                                                  \
	F(octets, media_id, OPTIONAL, 0, 128, "From media/upload_attachment; required")
SHAPE(moment_media_in, FILE_IN)
#define LINK_IN(F, SUB)                                                                  \
	F(octets, title, OPTIONAL, 0, 1024, "At most 64 characters, 128 bytes")          \
	F(octets, url, OPTIONAL, 0, 2048, "Where it leads; required")                    \
	F(octets, media_id, OPTIONAL, 0, 128, "Its picture; required")
SHAPE(moment_link_in, LINK_IN)
#define ATTACHMENT_IN(F, SUB)                                                            \
	F(octets, msgtype, OPTIONAL, 0, 32, "image, video or link; required")            \
	SUB(object, image, moment_media_in, OPTIONAL, 0, 0, "Up to nine")                \
	SUB(object, video, moment_media_in, OPTIONAL, 0, 0, "Or one")                    \
	SUB(object, link, moment_link_in, OPTIONAL, 0, 0, "Or one")
SHAPE(moment_attachment_in, ATTACHMENT_IN)
#define SENDERS_IN(F, SUB)                                                               \
	F(texts, user_list, OPTIONAL, 0, MOMENT_SENDERS_MAX, "userids")                  \
	F(ints, department_list, OPTIONAL, 0, DEPARTMENT_MAX, "With all below them")
SHAPE(moment_senders_in, SENDERS_IN)
#define CUSTOMERS_IN(F, SUB)                                                             \
	F(texts, tag_list, OPTIONAL, 0, MOMENT_TAGS_MAX, "Corp tags, any of them")
SHAPE(moment_customers_in, CUSTOMERS_IN)
#define VISIBLE_IN(F, SUB)                                                               \
	SUB(object, sender_list, moment_senders_in, OPTIONAL, 0, 0,                      \
		"Who publishes it; absent: who serves such customers")                   \
	SUB(object, external_contact_list, moment_customers_in, OPTIONAL, 0, 0,          \
		"Who may see it; absent: all customers of who publishes it")
SHAPE(moment_visible_in, VISIBLE_IN)
#define ADD_IN(F, SUB)                                                                   \
	SUB(object, text, moment_text_in, OPTIONAL, 0, 0, "Words")                       \
	SUB(list, attachments, moment_attachment_in, OPTIONAL, 0, ATTACHMENTS_IN,        \
		"Up to nine images, or one video, or one link")                          \
	SUB(object, visible_range, moment_visible_in, OPTIONAL, 0, 0,                    \
		"Absent: all whom the app sees, with all their customers")
SHAPE(add_moment_task_in, ADD_IN)
#define ADD_OUT(F, SUB)                                                                  \
	F(octets, jobid, ALWAYS, 1, 64, "For get_moment_task_result; lives 24 hours")
SHAPE(add_moment_task_out, ADD_OUT)

static enum err read_link(struct req *rq, const struct moment_link_in *in,
	struct moment_content *c)
{
	if (c->link)
		return why(rq->cx, ERR_MANY_ATTACHMENTS, "attachments: at most one link");
	if (!in->url.n)
		return why(rq->cx, ERR_INVALID_ARGUMENT, "link.url: missing");
	c->link = ARENA_NEW(rq->cx->mem, struct moment_link);
	c->link->title = in->title;
	c->link->url = in->url;
	c->link->media_id = in->media_id;
	return OK;
}

static enum err read_attachment(struct req *rq, size_t i,
	const struct moment_attachment_in *a, struct moment_content *c)
{
	if (str_is(a->msgtype, "image") && a->image) {
		c->images.v[c->images.n++].media_id = a->image->media_id;
		return OK;
	}
	if (str_is(a->msgtype, "video") && a->video) {
		if (c->video)
			return why(rq->cx, ERR_MANY_ATTACHMENTS,
				"attachments: at most one video");
		c->video = ARENA_NEW(rq->cx->mem, struct moment_video);
		c->video->media_id = a->video->media_id;
		return OK;
	}
	if (str_is(a->msgtype, "link") && a->link)
		return read_link(rq, a->link, c);
	return why(rq->cx, ERR_BAD_ATTACHMENT,
		"attachments[%zu]: image, video or link, as msgtype says", i);
}

static enum err read_content(struct req *rq, const struct add_moment_task_in *in,
	struct moment_content *c)
{
	if (in->text)
		c->text = in->text->content;
	c->images.v = ARENA_ARRAY(rq->cx->mem, struct moment_image, in->attachments.n);
	for (size_t i = 0; i < in->attachments.n; i++)
		TRY(read_attachment(rq, i, &in->attachments.v[i], c));
	return OK;
}

static enum err add_moment_task(struct req *rq)
{
	const struct add_moment_task_in *in = rq->in;
	const struct moment_visible_in *v = in->visible_range;
	struct add_moment_task_out *out = rq->out;
	struct moment m = { .corp = rq->cx->actor.corp, .app = rq->cx->actor.id };
	struct moment_range range = { 0 };
	int64_t job;

	TRY(read_content(rq, in, &m.content));
	if (v && v->sender_list) {
		range.users = v->sender_list->user_list;
		range.departments = v->sender_list->department_list;
	}
	if (v && v->external_contact_list)
		range.tags = v->external_contact_list->tag_list;
	TRY(moment_task_add(rq->tx, &m, &range, &job));
	out->jobid = moment_job_text(rq->cx->mem, job);
	return OK;
}

/* ---- get_moment_task_result ---- */

#define RESULT_IN(F, SUB)                                                                \
	F(octets, jobid, OPTIONAL, 0, 64, "From add_moment_task; required")
SHAPE(get_moment_task_result_in, RESULT_IN)
#define BAD_SENDERS(F, SUB)                                                              \
	F(texts, user_list, ALWAYS, 0, MOMENT_SENDERS_MAX, "userids")                    \
	F(ints, department_list, ALWAYS, 0, DEPARTMENT_MAX, "Departments")
SHAPE(moment_bad_senders, BAD_SENDERS)
#define BAD_CUSTOMERS(F, SUB) F(texts, tag_list, ALWAYS, 0, MOMENT_TAGS_MAX, "Tags")
SHAPE(moment_bad_customers, BAD_CUSTOMERS)
#define RESULT(F, SUB)                                                                   \
	F(int, errcode, ALWAYS, INT32_MIN, INT32_MAX,                                    \
		"0: the moment is with its members")                                     \
	F(octets, errmsg, ALWAYS, 0, 256, "Its sentence")                                \
	F(octets, moment_id, SOMETIMES, 0, 64, "The moment")                             \
	SUB(object, invalid_sender_list, moment_bad_senders, SOMETIMES, 0, 0,            \
		"Nobody there, outside the visible range, or serves no customers")       \
	SUB(object, invalid_external_contact_list, moment_bad_customers, SOMETIMES, 0,   \
		0, "No tags of the corp")
SHAPE(moment_result, RESULT)
#define RESULT_OUT(F, SUB)                                                               \
	F(int, status, ALWAYS, 1, 3, "1 started, 2 running, 3 done")                     \
	F(octets, type, ALWAYS, 1, 32, "add_moment_task")                                \
	SUB(object, result, moment_result, SOMETIMES, 0, 0, "When it is done")
SHAPE(get_moment_task_result_out, RESULT_OUT)

static struct moment_result *result_of(struct req *rq, const struct moment_job *job)
{
	struct arena *mem = rq->cx->mem;
	struct moment_result *r = ARENA_NEW(mem, struct moment_result);
	const struct moment_range *bad = &job->refused;

	r->errcode = job->errcode;
	r->errmsg = str_of(err_row((enum err)job->errcode)->english);
	if (!job->errcode)
		r->moment_id = moment_id_text(mem, job->moment);
	if (bad->users.n || bad->departments.n) {
		r->invalid_sender_list = ARENA_NEW(mem, struct moment_bad_senders);
		r->invalid_sender_list->user_list = bad->users;
		r->invalid_sender_list->department_list = bad->departments;
	}
	if (bad->tags.n) {
		r->invalid_external_contact_list =
			ARENA_NEW(mem, struct moment_bad_customers);
		r->invalid_external_contact_list->tag_list = bad->tags;
	}
	return r;
}

static enum err get_moment_task_result(struct req *rq)
{
	const struct get_moment_task_result_in *in = rq->in;
	struct get_moment_task_result_out *out = rq->out;
	struct moment_job job;

	TRY(moment_job_get(rq->tx, rq->cx->actor.corp, rq->cx->actor.id, in->jobid,
		&job));
	out->status = job.state;
	out->type = STR("add_moment_task");
	if (job.state == 3)
		out->result = result_of(rq, &job);
	return OK;
}

/* ---- cancel_moment_task ---- */

#define CANCEL_IN(F, SUB) F(octets, moment_id, OPTIONAL, 0, 64, "The moment; required")
SHAPE(cancel_moment_task_in, CANCEL_IN)
NO_OUT(cancel_moment_task)

static enum err cancel_moment_task(struct req *rq)
{
	const struct cancel_moment_task_in *in = rq->in;
	struct moment m;

	TRY(moment_by_id(rq->tx, rq->cx->actor.corp, in->moment_id, &m));
	return moment_cancel(rq->tx, &m);
}

/* ---- get_moment_list ---- */

#define LIST_IN(F, SUB)                                                                  \
	F(time, start_time, REQUIRED, 0, INT32_MAX, "Unix seconds")                      \
	F(time, end_time, REQUIRED, 0, INT32_MAX, "Unix seconds, at most 30 days later") \
	F(octets, creator, OPTIONAL, 0, 64, "userid of who made it")                     \
	F(int, filter_type, OPTIONAL, INT32_MIN, INT32_MAX,                              \
		"0 the corp's, 1 members' own, 2 all; 2 if absent")                      \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")             \
	F(int, limit, OPTIONAL, INT32_MIN, INT32_MAX, "1 to 20; 20 if absent or greater")
SHAPE(get_moment_list_in, LIST_IN)
#define TEXT_OUT(F, SUB) F(text, content, ALWAYS, 0, MOMENT_CHARS, "Words")
SHAPE(moment_text_out, TEXT_OUT)
#define IMAGE_OUT(F, SUB) F(octets, media_id, ALWAYS, 0, 128, "For media/get")
SHAPE(moment_image_out, IMAGE_OUT)
#define VIDEO_OUT(F, SUB)                                                                \
	F(octets, media_id, ALWAYS, 0, 128, "For media/get")                             \
	F(octets, thumb_media_id, SOMETIMES, 0, 128, "Its picture; there is none here")
SHAPE(moment_video_out, VIDEO_OUT)
#define LINK_OUT(F, SUB)                                                                 \
	F(text, title, ALWAYS, 0, MOMENT_LINK_CHARS, "Title")                            \
	F(octets, url, ALWAYS, 0, 2048, "Where it leads")
SHAPE(moment_link_out, LINK_OUT)
#define PLACE_OUT(F, SUB)                                                                \
	F(octets, latitude, ALWAYS, 0, 32, "Degrees")                                    \
	F(octets, longitude, ALWAYS, 0, 32, "Degrees")                                   \
	F(text, name, ALWAYS, 0, 128, "The place")
SHAPE(moment_place_out, PLACE_OUT)
#define MOMENT_OUT(F, SUB)                                                               \
	F(octets, moment_id, ALWAYS, 1, 64, "The moment")                                \
	F(octets, creator, SOMETIMES, 0, 64, "userid; absent when an app made it")       \
	F(time, create_time, ALWAYS, 0, INT64_MAX, "Unix seconds")                       \
	F(int, create_type, ALWAYS, 0, 1, "0 the corp's, 1 a member's own")              \
	F(int, visible_type, ALWAYS, 0, 1, "0 some customers see it, 1 all")             \
	SUB(object, text, moment_text_out, SOMETIMES, 0, 0, "Words")                     \
	SUB(list, image, moment_image_out, SOMETIMES, 0, MOMENT_IMAGES, "Pictures")      \
	SUB(object, video, moment_video_out, SOMETIMES, 0, 0, "Film")                    \
	SUB(object, link, moment_link_out, SOMETIMES, 0, 0, "Link")                      \
	SUB(object, location, moment_place_out, SOMETIMES, 0, 0,                         \
		"Where; nothing here gives one")
SHAPE(moment_out, MOMENT_OUT)
#define LIST_OUT(F, SUB)                                                                 \
	F(octets, next_cursor, ALWAYS, 0, 64, "Empty at the end")                        \
	SUB(list, moment_list, moment_out, ALWAYS, 0, LIST_LIMIT, "Newest first")
SHAPE(get_moment_list_out, LIST_OUT)

/* A member's own within the visible range, and all of the corp's. */
static enum err is_wanted(struct req *rq, const struct get_moment_list_in *in,
	const struct moment *m, int64_t creator, bool *out)
{
	bool any_kind = !HAS(in, filter_type) || in->filter_type == 2;

	*out = m->state != MOMENT_FAILED && m->state != MOMENT_DELETED &&
		(any_kind || in->filter_type == (int64_t)m->kind) &&
		(!creator || m->creator == creator);
	if (*out && m->kind == MOMENT_OWN)
		TRY(app_sees_member(rq->tx, m->corp, rq->cx->actor.id, m->creator, out));
	return OK;
}

static enum err fill_moment(struct req *rq, const struct moment *m,
	struct moment_out *out)
{
	const struct moment_content *c = &m->content;
	struct arena *mem = rq->cx->mem;
	struct member creator;

	out->moment_id = moment_id_text(mem, m->moment);
	out->create_time = m->created_ms / 1000;
	out->create_type = m->kind;
	out->visible_type = m->tags.n == 0;
	if (m->creator) {
		TRY(member_get(rq->tx, m->corp, m->creator, &creator));
		out->creator = creator.userid;
	}
	if (c->text.n) {
		out->text = ARENA_NEW(mem, struct moment_text_out);
		out->text->content = c->text;
	}
	out->image.n = c->images.n;
	out->image.v = ARENA_ARRAY(mem, struct moment_image_out, c->images.n);
	for (size_t i = 0; i < c->images.n; i++)
		out->image.v[i].media_id = c->images.v[i].media_id;
	if (c->video) {
		out->video = ARENA_NEW(mem, struct moment_video_out);
		out->video->media_id = c->video->media_id;
	}
	if (c->link) {
		out->link = ARENA_NEW(mem, struct moment_link_out);
		out->link->title = c->link->title;
		out->link->url = c->link->url;
	}
	return OK;
}

static enum err check_list(struct req *rq, const struct get_moment_list_in *in,
	struct moment_query *q, int64_t *out_creator)
{
	struct member m;

	*q = (struct moment_query){ .from_ms = in->start_time * 1000,
		.to_ms = in->end_time * 1000 + 999,
		.limit = LIST_LIMIT };
	if (in->end_time < in->start_time || q->to_ms - q->from_ms > LIST_SPAN_MS + 999)
		return why(rq->cx, ERR_INVALID_ARGUMENT,
			"end_time: not before start_time, at most 30 days later");
	if (HAS(in, filter_type) && (in->filter_type < 0 || in->filter_type > 2))
		return why(rq->cx, ERR_INVALID_ARGUMENT, "filter_type: 0, 1 or 2");
	if (in->cursor.n &&
		!id_pair_parse(in->cursor, "c", &q->before_ms, &q->before_moment))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	*out_creator = 0;
	if (in->creator.n) {
		TRY(ec_member(rq, in->creator, &m));
		*out_creator = m.member;
	}
	return OK;
}

/* Reads on until the page is full; what the filter leaves out counts towards a bound. */
static enum err get_moment_list(struct req *rq)
{
	const struct get_moment_list_in *in = rq->in;
	struct get_moment_list_out *out = rq->out;
	size_t limit =
		in->limit > 0 && in->limit < LIST_LIMIT ? (size_t)in->limit : LIST_LIMIT;
	struct moment_query q;
	struct moment *list;
	size_t n, looked = 0;
	int64_t creator;
	bool wanted;

	TRY(check_list(rq, in, &q, &creator));
	out->moment_list.v = ARENA_ARRAY(rq->cx->mem, struct moment_out, limit);
	do {
		TRY(moment_page(rq->tx, rq->cx->actor.corp, &q, &list, &n));
		for (size_t i = 0; i < n && out->moment_list.n < limit; i++) {
			q.before_ms = list[i].created_ms;
			q.before_moment = list[i].moment;
			TRY(is_wanted(rq, in, &list[i], creator, &wanted));
			if (wanted)
				TRY(fill_moment(rq, &list[i],
					&out->moment_list.v[out->moment_list.n++]));
		}
		looked += n;
	} while (n == LIST_LIMIT && out->moment_list.n < limit && looked < LIST_LOOK_MAX);
	if (out->moment_list.n == limit || n == LIST_LIMIT)
		out->next_cursor =
			id_pair_text(rq->cx->mem, "c", q.before_ms, q.before_moment);
	return OK;
}

/* ---- get_moment_task ---- */

#define TASK_IN(F, SUB)                                                                  \
	F(octets, moment_id, OPTIONAL, 0, 64, "The moment; required")                    \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")             \
	F(int, limit, OPTIONAL, INT32_MIN, INT32_MAX, "1 to 1000; 500 if absent")
SHAPE(get_moment_task_in, TASK_IN)
#define TASK(F, SUB)                                                                     \
	F(octets, userid, ALWAYS, 1, 64, "The member")                                   \
	F(int, publish_status, ALWAYS, 0, 1, "0 not yet, 1 published")
SHAPE(moment_task, TASK)
#define TASK_OUT(F, SUB)                                                                 \
	F(octets, next_cursor, ALWAYS, 0, 64, "Empty at the end")                        \
	SUB(list, task_list, moment_task, ALWAYS, 0, TASKS_MAX, "Who has it")
SHAPE(get_moment_task_out, TASK_OUT)

static enum err read_cursor(struct req *rq, str cursor, int64_t *out)
{
	*out = 0;
	if (cursor.n && !id_parse(cursor, "c", out))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	return OK;
}

static size_t clamp(int64_t limit, size_t usual, size_t max)
{
	if (limit <= 0)
		return usual;
	return limit > (int64_t)max ? max : (size_t)limit;
}

static enum err get_moment_task(struct req *rq)
{
	const struct get_moment_task_in *in = rq->in;
	struct get_moment_task_out *out = rq->out;
	size_t limit = clamp(in->limit, TASKS_DEFAULT, TASKS_MAX), n;
	struct moment m;
	struct post *list;
	int64_t after;

	TRY(moment_by_id(rq->tx, rq->cx->actor.corp, in->moment_id, &m));
	if (m.kind != MOMENT_CORP)
		return why(rq->cx, ERR_MOMENT_KIND, "moment_id: a member's own");
	TRY(read_cursor(rq, in->cursor, &after));
	TRY(post_page(rq->tx, &m, after, (int64_t)limit, &list, &n));
	out->task_list.v = ARENA_ARRAY(rq->cx->mem, struct moment_task, n);
	for (size_t i = 0; i < n; i++) {
		struct member member;
		bool sees;

		TRY(app_sees_member(rq->tx, m.corp, rq->cx->actor.id, list[i].member,
			&sees));
		TRY(member_get(rq->tx, m.corp, list[i].member, &member));
		if (!sees)
			continue;
		struct moment_task *task = &out->task_list.v[out->task_list.n++];

		task->userid = member.userid;
		task->publish_status = list[i].status != POST_WAITS;
	}
	if (n == limit)
		out->next_cursor = id_text(rq->cx->mem, "c", list[n - 1].member);
	return OK;
}

/* ---- get_moment_customer_list, get_moment_send_result ---- */

#define POST_FIELDS(F, SUB)                                                              \
	F(octets, moment_id, OPTIONAL, 0, 64, "The moment; required")                    \
	F(octets, userid, OPTIONAL, 0, 64, "Who published it; required")
#define CUSTOMERS_LIST_IN(F, SUB)                                                        \
	POST_FIELDS(F, SUB)                                                              \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")             \
	F(int, limit, OPTIONAL, INT32_MIN, INT32_MAX, "1 to 1000; 500 if absent")
SHAPE(get_moment_customer_list_in, CUSTOMERS_LIST_IN)
#define CHOSEN(F, SUB)                                                                   \
	F(octets, userid, ALWAYS, 1, 64, "The member")                                   \
	F(octets, external_userid, ALWAYS, 1, 64, "The customer")
SHAPE(moment_chosen, CHOSEN)
#define CUSTOMERS_LIST_OUT(F, SUB)                                                       \
	F(octets, next_cursor, ALWAYS, 0, 64, "Empty at the end")                        \
	SUB(list, customer_list, moment_chosen, ALWAYS, 0, TASKS_MAX,                    \
		"Who was to see it when it was published")
SHAPE(get_moment_customer_list_out, CUSTOMERS_LIST_OUT)

#define SEND_RESULT_IN(F, SUB)                                                           \
	POST_FIELDS(F, SUB)                                                              \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")             \
	F(int, limit, OPTIONAL, INT32_MIN, INT32_MAX, "1 to 5000; 3000 if absent")
SHAPE(get_moment_send_result_in, SEND_RESULT_IN)
#define SEES(F, SUB) F(octets, external_userid, ALWAYS, 1, 64, "The customer")
SHAPE(moment_sees, SEES)
#define SEND_RESULT_OUT(F, SUB)                                                          \
	F(octets, next_cursor, ALWAYS, 0, 64, "Empty at the end")                        \
	SUB(list, customer_list, moment_sees, ALWAYS, 0, SEES_MAX, "Who can see it now")
SHAPE(get_moment_send_result_out, SEND_RESULT_OUT)

/* The member's published post of a moment. */
static enum err find_post(struct req *rq, str moment_id, str userid, struct moment *m,
	struct member *member, struct post *p)
{
	TRY(moment_by_id(rq->tx, rq->cx->actor.corp, moment_id, m));
	TRY(ec_member(rq, userid, member));
	return post_published(rq->tx, m, member->member, p);
}

static enum err get_moment_customer_list(struct req *rq)
{
	const struct get_moment_customer_list_in *in = rq->in;
	struct get_moment_customer_list_out *out = rq->out;
	size_t limit = clamp(in->limit, TASKS_DEFAULT, TASKS_MAX), n;
	int64_t after, *ids;
	struct member member;
	struct moment m;
	struct post p;

	TRY(find_post(rq, in->moment_id, in->userid, &m, &member, &p));
	TRY(read_cursor(rq, in->cursor, &after));
	TRY(post_audience(rq->tx, m.corp, p.member, m.tags, p.published_ms, after,
		(int64_t)limit, &ids, &n));
	out->customer_list.v = ARENA_ARRAY(rq->cx->mem, struct moment_chosen, n);
	out->customer_list.n = n;
	for (size_t i = 0; i < n; i++) {
		struct customer c;

		TRY(customer_get(rq->tx, m.corp, ids[i], &c));
		out->customer_list.v[i].userid = member.userid;
		out->customer_list.v[i].external_userid = c.external_userid;
	}
	if (n == limit)
		out->next_cursor = id_text(rq->cx->mem, "c", ids[n - 1]);
	return OK;
}

static enum err get_moment_send_result(struct req *rq)
{
	const struct get_moment_send_result_in *in = rq->in;
	struct get_moment_send_result_out *out = rq->out;
	size_t limit = clamp(in->limit, SEES_DEFAULT, SEES_MAX), n = 0;
	int64_t after, *ids;
	struct member member;
	struct moment m;
	struct post p;

	TRY(find_post(rq, in->moment_id, in->userid, &m, &member, &p));
	TRY(read_cursor(rq, in->cursor, &after));
	if (p.status == POST_PUBLISHED)
		TRY(post_audience(rq->tx, m.corp, p.member, m.tags, 0, after,
			(int64_t)limit, &ids, &n));
	out->customer_list.v = ARENA_ARRAY(rq->cx->mem, struct moment_sees, n);
	out->customer_list.n = n;
	for (size_t i = 0; i < n; i++) {
		struct customer c;

		TRY(customer_get(rq->tx, m.corp, ids[i], &c));
		out->customer_list.v[i].external_userid = c.external_userid;
	}
	if (n && n == limit)
		out->next_cursor = id_text(rq->cx->mem, "c", ids[n - 1]);
	return OK;
}

/* ---- get_moment_comments ---- */

#define COMMENTS_IN(F, SUB) POST_FIELDS(F, SUB)
SHAPE(get_moment_comments_in, COMMENTS_IN)
#define REACTION(F, SUB)                                                                 \
	F(octets, external_userid, SOMETIMES, 0, 64, "A customer")                       \
	F(octets, userid, SOMETIMES, 0, 64, "Or a member; never both")                   \
	F(time, create_time, ALWAYS, 0, INT64_MAX, "Unix seconds")
SHAPE(moment_reaction, REACTION)
#define COMMENTS_OUT(F, SUB)                                                             \
	SUB(list, comment_list, moment_reaction, ALWAYS, 0, COMMENTS_MAX,                \
		"Who commented")                                                         \
	SUB(list, like_list, moment_reaction, ALWAYS, 0, 20000, "Who liked it")
SHAPE(get_moment_comments_out, COMMENTS_OUT)

static enum err fill_reactions(struct req *rq, int64_t corp, const struct reaction *list,
	size_t n, struct moment_reaction **out)
{
	*out = ARENA_ARRAY(rq->cx->mem, struct moment_reaction, n);
	for (size_t i = 0; i < n; i++) {
		struct customer c;
		struct member m;

		(*out)[i].create_time = list[i].created_ms / 1000;
		if (list[i].who.kind == PERSON_CUSTOMER) {
			TRY(customer_get(rq->tx, corp, list[i].who.id, &c));
			(*out)[i].external_userid = c.external_userid;
		} else {
			TRY(member_get(rq->tx, corp, list[i].who.id, &m));
			(*out)[i].userid = m.userid;
		}
	}
	return OK;
}

static enum err get_moment_comments(struct req *rq)
{
	const struct get_moment_comments_in *in = rq->in;
	struct get_moment_comments_out *out = rq->out;
	struct reaction *list;
	struct member member;
	struct moment m;
	struct post p;

	TRY(find_post(rq, in->moment_id, in->userid, &m, &member, &p));
	TRY(post_comments(rq->tx, &p, &list, &out->comment_list.n));
	TRY(fill_reactions(rq, m.corp, list, out->comment_list.n, &out->comment_list.v));
	TRY(post_likes(rq->tx, &p, &list, &out->like_list.n));
	return fill_reactions(rq, m.corp, list, out->like_list.n, &out->like_list.v);
}

const struct route moment_routes[] = {
	ROUTE("POST", "/cgi-bin/externalcontact/add_moment_task", add_moment_task,
		customer_write, WRITES, "Have members publish a moment", ROUTE_LARGE),
	GET("/cgi-bin/externalcontact/get_moment_task_result", get_moment_task_result,
		customer_read, READS, "What came of add_moment_task"),
	POST("/cgi-bin/externalcontact/cancel_moment_task", cancel_moment_task,
		customer_write, WRITES, "Stop those who have not published it yet"),
	POST("/cgi-bin/externalcontact/get_moment_list", get_moment_list, customer_read,
		READS, "Moments of a time"),
	POST("/cgi-bin/externalcontact/get_moment_task", get_moment_task, customer_read,
		READS, "Who has published a moment of the corp"),
	POST("/cgi-bin/externalcontact/get_moment_customer_list",
		get_moment_customer_list, customer_read, READS,
		"Customers a member's moment was meant for"),
	POST("/cgi-bin/externalcontact/get_moment_send_result", get_moment_send_result,
		customer_read, READS, "Customers who can see a member's moment"),
	POST("/cgi-bin/externalcontact/get_moment_comments", get_moment_comments,
		customer_read, READS, "Likes and comments of a member's moment"),
	LAST_ROUTE,
};
