/*
 * client/moments.c - what a consumer sees of those who serve him, and what both sides
 * do under a post.
 */
#include "base/ids.h"
#include "client/client.h"
#include "client/company.h"
#include "client/moment_view.h"
#include "frame/rate.h"

enum { PAGE_DEFAULT = 20, PAGE_MAX = 50, REACTIONS_A_MINUTE = 30 };

#define MOMENTS_IN(F, SUB)                                                               \
	F(octets, corpid, OPTIONAL, 0, 64, "Of this company alone")                      \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")             \
	F(int, limit, OPTIONAL | CLAMP, 1, PAGE_MAX, "At most so many; 20 if absent")
SHAPE(moments_in, MOMENTS_IN)
#define MOMENTS_OUT(F, SUB)                                                              \
	SUB(list, moments, view_moment, ALWAYS, 0, PAGE_MAX, "Newest first")             \
	F(octets, next_cursor, SOMETIMES, 0, 64, "For the next page; absent at the end")
SHAPE(moments_out, MOMENTS_OUT)

#define ONE_OUT(F, SUB) SUB(object, moment, view_moment, ALWAYS, 0, 0, "As it is now")
SHAPE(moment_like_out, ONE_OUT)
#define moment_comment_out_shape moment_like_out_shape
#define moment_comment_drop_out_shape moment_like_out_shape

#define LIKE_IN(F, SUB)                                                                  \
	F(octets, post, REQUIRED, 1, 96, "The moment's name")                            \
	F(flag, on, REQUIRED, 0, 1, "Like it, or not any more")
SHAPE(moment_like_in, LIKE_IN)
#define COMMENT_IN(F, SUB)                                                               \
	F(octets, post, REQUIRED, 1, 96, "The moment's name")                            \
	F(text, text, REQUIRED, 1, COMMENT_CHARS, "What to say")                         \
	F(id, reply_to, OPTIONAL, 0, INT64_MAX, "The comment it answers")
SHAPE(moment_comment_in, COMMENT_IN)
#define COMMENT_DROP_IN(F, SUB)                                                          \
	F(octets, post, REQUIRED, 1, 96, "The moment's name")                            \
	F(id, comment, REQUIRED, 1, INT64_MAX, "One's own, or any under one's own post")
SHAPE(moment_comment_drop_in, COMMENT_DROP_IN)

#define MOMENT_FILE_IN(F, SUB)                                                           \
	F(octets, post, REQUIRED, 1, 96, "The moment's name")                            \
	F(int, at, OPTIONAL, 0, MOMENT_IMAGES, "Which picture; 0 if absent")
SHAPE(moment_file_in, MOMENT_FILE_IN)
NO_OUT(moment_file)

/* ---- the consumer's list ---- */

struct feed {
	struct req *rq;
	int64_t before_ms, before_moment, limit;
	struct post *list;
	struct person *as; /* he in the company of each */
	size_t n;
};

static bool is_newer(const struct post *a, const struct post *b)
{
	return a->published_ms != b->published_ms ? a->published_ms > b->published_ms
						  : a->moment > b->moment;
}

/* Into order, newest first; what falls off the end comes on the next page. */
static void take_in(struct feed *f, const struct post *p, struct person as)
{
	size_t at = f->n;

	while (at > 0 && is_newer(p, &f->list[at - 1]))
		at--;
	if (at == (size_t)f->limit)
		return;
	if (f->n < (size_t)f->limit)
		f->n++;
	memmove(&f->list[at + 1], &f->list[at], (f->n - at - 1) * sizeof(*f->list));
	memmove(&f->as[at + 1], &f->as[at], (f->n - at - 1) * sizeof(*f->as));
	f->list[at] = *p;
	f->as[at] = as;
}

static enum err add_company(struct feed *f, int64_t corp, int64_t customer)
{
	struct person as = { PERSON_CUSTOMER, customer, f->rq->cx->actor.id };
	struct post *posts;
	size_t n;

	TRY(post_feed(f->rq->tx, corp, customer, f->before_ms, f->before_moment, f->limit,
		&posts, &n));
	for (size_t i = 0; i < n; i++)
		take_in(f, &posts[i], as);
	return OK;
}

/* Every company he is a customer of, each once. */
static enum err add_companies(struct feed *f)
{
	struct consumer_chat *chats;
	int64_t last = 0;
	size_t n;

	TRY(consumer_chats(f->rq->tx, f->rq->cx->actor.id, &chats, &n));
	for (size_t i = 0; i < n; i++)
		if (chats[i].corp != last && chats[i].customer) {
			last = chats[i].corp; /* they come in order of corps */
			TRY(add_company(f, chats[i].corp, chats[i].customer));
		}
	return OK;
}

static enum err moments(struct req *rq)
{
	const struct moments_in *in = rq->in;
	struct moments_out *out = rq->out;
	size_t limit = in->limit ? (size_t)in->limit : PAGE_DEFAULT;
	struct feed f = { .rq = rq, .limit = (int64_t)limit + 1 };
	struct customer c;
	struct corp corp;

	if (in->cursor.n &&
		!id_pair_parse(in->cursor, "c", &f.before_ms, &f.before_moment))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	f.list = ARENA_ARRAY(rq->cx->mem, struct post, limit + 1);
	f.as = ARENA_ARRAY(rq->cx->mem, struct person, limit + 1);
	if (in->corpid.n) {
		TRY(company_find(rq->tx, in->corpid, &corp, &c));
		TRY(add_company(&f, c.corp, c.customer));
	} else {
		TRY(add_companies(&f));
	}
	if (f.n > limit) {
		f.n = limit;
		out->next_cursor = id_pair_text(rq->cx->mem, "c",
			f.list[limit - 1].published_ms, f.list[limit - 1].moment);
	}
	out->moments.v = ARENA_ARRAY(rq->cx->mem, struct view_moment, f.n);
	out->moments.n = f.n;
	for (size_t i = 0; i < f.n; i++)
		TRY(view_post_of(rq->tx, &f.list[i], f.as[i], &out->moments.v[i]));
	return OK;
}

/* ---- both sides ---- */

static enum err answer(struct req *rq, const struct post *p, struct person me)
{
	struct moment_like_out *out = rq->out;

	out->moment = ARENA_NEW(rq->cx->mem, struct view_moment);
	return view_post_of(rq->tx, p, me, out->moment);
}

/* A stranger may not flood it. */
static enum err may_react(struct req *rq)
{
	return rq->cx->actor.kind == ACTOR_CONSUMER
		? rate_person(rq, "moment", REACTIONS_A_MINUTE)
		: OK;
}

static enum err moment_like(struct req *rq)
{
	const struct moment_like_in *in = rq->in;
	struct person me;
	struct post p;

	TRY(may_react(rq));
	TRY(moment_post_find(rq, in->post, &p, &me));
	TRY(post_like(rq->tx, &p, me, in->on));
	return answer(rq, &p, me);
}

/* A customer answers only what he can read. */
static enum err check_reply(struct req *rq, const struct post *p, struct person me,
	int64_t reply_to)
{
	struct view_moment shown;

	if (!reply_to || me.kind == PERSON_MEMBER)
		return OK;
	TRY(view_post_of(rq->tx, p, me, &shown));
	for (size_t i = 0; i < shown.comments.n; i++)
		if (shown.comments.v[i].comment == reply_to)
			return OK;
	return why(rq->cx, ERR_NOT_FOUND, "field `reply_to`: no such comment");
}

static enum err moment_comment(struct req *rq)
{
	const struct moment_comment_in *in = rq->in;
	struct person me;
	struct post p;
	int64_t comment;

	TRY(may_react(rq));
	TRY(moment_post_find(rq, in->post, &p, &me));
	if (p.status != POST_PUBLISHED)
		return why(rq->cx, ERR_NOT_FOUND, "field `post`: not published yet");
	TRY(check_reply(rq, &p, me, in->reply_to));
	TRY(post_comment(rq->tx, &p, me, in->text, in->reply_to, &comment));
	return answer(rq, &p, me);
}

static enum err moment_comment_drop(struct req *rq)
{
	const struct moment_comment_drop_in *in = rq->in;
	struct person me;
	struct post p;

	TRY(moment_post_find(rq, in->post, &p, &me));
	TRY(post_comment_drop(rq->tx, &p, me, in->comment));
	return answer(rq, &p, me);
}

static enum err moment_file(struct req *rq)
{
	const struct moment_file_in *in = rq->in;
	struct person me;
	struct moment m;
	struct post p;

	TRY(moment_post_find(rq, in->post, &p, &me));
	TRY(moment_get(rq->tx, p.corp, p.moment, &m));
	return moment_file_answer(rq, &m, in->at);
}

const struct route moment_client_routes[] = {
	GET("/v1/moments", moments, consumer, READS,
		"Moments of the people who serve the consumer"),
	POST("/v1/moment/like", moment_like, session, WRITES, "Like a moment, or not"),
	POST("/v1/moment/comment", moment_comment, session, WRITES,
		"Say something under a moment"),
	POST("/v1/moment/comment/delete", moment_comment_drop, session, WRITES,
		"Take a comment away"),
	GET_RAW("/v1/moment/file", moment_file, session, READS,
		"A picture or film of a moment"),
	LAST_ROUTE,
};
