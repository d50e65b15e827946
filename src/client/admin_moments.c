/*
 * client/admin_moments.c - the corp's moments in the console: made, followed, stopped.
 */
#include "base/ids.h"
#include "client/client.h"
#include "client/moment_view.h"
#include "core/account/audit.h"

enum { PAGE_DEFAULT = 20, PAGE_MAX = 50, MEMBERS_DEFAULT = 100, MEMBERS_MAX = 500 };

#define ADMIN_MOMENT(F, SUB)                                                             \
	SUB(object, moment, view_moment, ALWAYS, 0, 0, "The moment")                     \
	F(int, members, ALWAYS, 0, INT64_MAX, "Who have it")                             \
	F(int, published, ALWAYS, 0, INT64_MAX, "Of them, who have published it")        \
	F(int, likes, ALWAYS, 0, INT64_MAX, "In all")                                    \
	F(int, comments, ALWAYS, 0, INT64_MAX, "In all")
SHAPE(admin_moment, ADMIN_MOMENT)

#define ADMIN_MOMENTS_IN(F, SUB)                                                         \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")             \
	F(int, limit, OPTIONAL | CLAMP, 1, PAGE_MAX, "At most so many; 20 if absent")
SHAPE(admin_moments_in, ADMIN_MOMENTS_IN)
#define ADMIN_MOMENTS_OUT(F, SUB)                                                        \
	SUB(list, moments, admin_moment, ALWAYS, 0, PAGE_MAX,                            \
		"The corp's and members' own, newest first")                             \
	F(octets, next_cursor, SOMETIMES, 0, 64, "For the next page; absent at the end")
SHAPE(admin_moments_out, ADMIN_MOMENTS_OUT)

#define CREATE_IN(F, SUB)                                                                \
	MOMENT_GIVEN(F, SUB)                                                             \
	F(texts, users, OPTIONAL, 0, 1000, "userids of who shall publish it")            \
	F(ints, parties, OPTIONAL, 0, 1000, "Departments; neither: all, or by tags")
SHAPE(admin_moment_create_in, CREATE_IN)
#define CREATE_OUT(F, SUB) F(octets, moment_id, ALWAYS, 1, 64, "The moment")
SHAPE(admin_moment_create_out, CREATE_OUT)

#define ONE_IN(F, SUB)                                                                   \
	F(octets, moment_id, REQUIRED, 1, 64, "The moment")                              \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")             \
	F(int, limit, OPTIONAL | CLAMP, 1, MEMBERS_MAX, "Members; 100 if absent")
SHAPE(admin_moment_get_in, ONE_IN)
#define MOMENT_MEMBER(F, SUB)                                                            \
	SUB(object, member, view_who, ALWAYS, 0, 0, "Who")                               \
	F(octets, status, ALWAYS, 1, 16, "waits, published or deleted")                  \
	F(time, published, ALWAYS, 0, INT64_MAX, "Unix milliseconds, 0 not yet")         \
	F(int, likes, ALWAYS, 0, INT64_MAX, "Under his post")                            \
	F(int, comments, ALWAYS, 0, INT64_MAX, "Under his post")
SHAPE(moment_member, MOMENT_MEMBER)
#define ONE_OUT(F, SUB)                                                                  \
	SUB(object, moment, admin_moment, ALWAYS, 0, 0, "The moment")                    \
	SUB(list, members, moment_member, ALWAYS, 0, MEMBERS_MAX, "Who have it")         \
	F(octets, next_cursor, SOMETIMES, 0, 64, "For the next page; absent at the end")
SHAPE(admin_moment_get_out, ONE_OUT)

#define CANCEL_IN(F, SUB) F(octets, moment_id, REQUIRED, 1, 64, "The moment")
SHAPE(admin_moment_cancel_in, CANCEL_IN)
NO_OUT(admin_moment_cancel)

#define FILE_IN(F, SUB)                                                                  \
	F(octets, moment_id, REQUIRED, 1, 64, "The moment")                              \
	F(int, at, OPTIONAL, 0, MOMENT_IMAGES, "Which picture; 0 if absent")
SHAPE(admin_moment_file_in, FILE_IN)
NO_OUT(admin_moment_file)

static enum err fill(struct req *rq, const struct moment *m, struct admin_moment *out)
{
	struct post_counts counts;

	TRY(post_counts(rq->tx, m, &counts));
	out->moment = ARENA_NEW(rq->cx->mem, struct view_moment);
	TRY(view_moment_of(rq->tx, m, true, out->moment));
	out->members = counts.given;
	out->published = counts.published;
	out->likes = counts.likes;
	out->comments = counts.comments;
	return OK;
}

static enum err admin_moments(struct req *rq)
{
	const struct admin_moments_in *in = rq->in;
	struct admin_moments_out *out = rq->out;
	size_t limit = in->limit ? (size_t)in->limit : PAGE_DEFAULT, n;
	struct moment_query q = { .to_ms = INT64_MAX, .limit = (int64_t)limit + 1 };
	struct moment *list;

	if (in->cursor.n &&
		!id_pair_parse(in->cursor, "c", &q.before_ms, &q.before_moment))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	TRY(moment_page(rq->tx, rq->cx->actor.corp, &q, &list, &n));
	if (n > limit) {
		n = limit;
		out->next_cursor = id_pair_text(rq->cx->mem, "c", list[n - 1].created_ms,
			list[n - 1].moment);
	}
	out->moments.v = ARENA_ARRAY(rq->cx->mem, struct admin_moment, n);
	out->moments.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(fill(rq, &list[i], &out->moments.v[i]));
	return OK;
}

static enum err admin_moment_create(struct req *rq)
{
	const struct admin_moment_create_in *in = rq->in;
	struct admin_moment_create_out *out = rq->out;
	struct moment m = { .corp = rq->cx->actor.corp, .creator = rq->cx->actor.id };
	struct moment_range range = {
		.users = in->users,
		.departments = in->parties,
		.tags = in->tags,
	};
	int64_t job;

	moment_content_read(rq->cx->mem, in->text, in->images, in->video, in->link,
		&m.content);
	TRY(moment_task_add(rq->tx, &m, &range, &job));
	out->moment_id = moment_id_text(rq->cx->mem, m.moment);
	return audit_add(rq->tx, m.corp, "moment.create", out->moment_id, STR_NONE);
}

static str status_name(enum post_status status)
{
	return status == POST_WAITS        ? STR("waits")
		: status == POST_PUBLISHED ? STR("published")
					   : STR("deleted");
}

static enum err fill_member(struct req *rq, const struct post *p,
	struct moment_member *out)
{
	struct person who = { PERSON_MEMBER, p->member, 0 };
	struct reaction *list;
	size_t n;

	out->member = ARENA_NEW(rq->cx->mem, struct view_who);
	TRY(view_who_of(rq->tx, PERSON_MEMBER, p->corp, who, out->member));
	out->status = status_name(p->status);
	out->published = p->published_ms;
	TRY(post_likes(rq->tx, p, &list, &n));
	out->likes = (int64_t)n;
	TRY(post_comments(rq->tx, p, &list, &n));
	out->comments = (int64_t)n;
	return OK;
}

static enum err admin_moment_get(struct req *rq)
{
	const struct admin_moment_get_in *in = rq->in;
	struct admin_moment_get_out *out = rq->out;
	size_t limit = in->limit ? (size_t)in->limit : MEMBERS_DEFAULT, n;
	struct moment m;
	struct post *list;
	int64_t after = 0;

	if (in->cursor.n && !id_parse(in->cursor, "c", &after))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	TRY(moment_by_id(rq->tx, rq->cx->actor.corp, in->moment_id, &m));
	out->moment = ARENA_NEW(rq->cx->mem, struct admin_moment);
	TRY(fill(rq, &m, out->moment));
	TRY(post_page(rq->tx, &m, after, (int64_t)limit + 1, &list, &n));
	if (n > limit) {
		n = limit;
		out->next_cursor = id_text(rq->cx->mem, "c", list[n - 1].member);
	}
	out->members.v = ARENA_ARRAY(rq->cx->mem, struct moment_member, n);
	out->members.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(fill_member(rq, &list[i], &out->members.v[i]));
	return OK;
}

static enum err admin_moment_cancel(struct req *rq)
{
	const struct admin_moment_cancel_in *in = rq->in;
	struct moment m;

	TRY(moment_by_id(rq->tx, rq->cx->actor.corp, in->moment_id, &m));
	TRY(moment_cancel(rq->tx, &m));
	return audit_add(rq->tx, m.corp, "moment.cancel", in->moment_id, STR_NONE);
}

static enum err admin_moment_file(struct req *rq)
{
	const struct admin_moment_file_in *in = rq->in;
	struct moment m;

	TRY(moment_by_id(rq->tx, rq->cx->actor.corp, in->moment_id, &m));
	return moment_file_answer(rq, &m, in->at);
}

const struct route admin_moment_routes[] = {
	GET("/v1/admin/moments", admin_moments, admin, READS,
		"Moments, with what came of them"),
	POST("/v1/admin/moment/create", admin_moment_create, admin, WRITES,
		"Have members publish a moment"),
	GET("/v1/admin/moment", admin_moment_get, admin, READS,
		"One moment, and who has it"),
	POST("/v1/admin/moment/cancel", admin_moment_cancel, admin, WRITES,
		"Stop those who have not published it yet"),
	GET_RAW("/v1/admin/moment/file", admin_moment_file, admin, READS,
		"A picture or film of a moment"),
	LAST_ROUTE,
};
