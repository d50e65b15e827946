/*
 * core/moment - what members show their customers (documents 95094, 93333, 97612).
 *
 * moment   text and pictures, or one film, or one link
 *          kind CORP: made by the corp for many members, each of whom confirms it
 *          kind OWN:  a member's own
 * post     a moment with one member: waits for him, published, deleted
 * job      what gives a corp's moment to its members, in steps, by the clock
 *
 * There is no row for each customer.  A post is seen by the active customers of its
 * member that have one of the moment's tags, or by all of them when it names none: who
 * comes later sees it too, who leaves does not any more.
 */
#ifndef CORE_MOMENT_MOMENT_H
#define CORE_MOMENT_MOMENT_H

#include "core/customer/follow.h"
#include "core/media/media.h"

enum { MOMENT_CHARS = 2000, MOMENT_BYTES = 4000, MOMENT_IMAGES = 9 };
enum { MOMENT_LINK_CHARS = 64, MOMENT_LINK_BYTES = 128, MOMENT_SENDERS_MAX = 100000 };
enum { MOMENT_TAGS_MAX = 1000, MOMENT_STEP = 300 };
#define MOMENT_JOB_LIFE_MS (INT64_C(24) * 3600 * 1000)

enum moment_kind { MOMENT_CORP = 0, MOMENT_OWN = 1 }; /* stored; WeCom's create_type */
enum moment_state {                                   /* stored */
	MOMENT_DISPATCHING = 1,
	MOMENT_OPEN = 2,
	MOMENT_CANCELLED = 3, /* who has not published it cannot any more */
	MOMENT_FAILED = 4,    /* named nobody */
	MOMENT_DELETED = 5,   /* a member's own, by himself */
};

#define MOMENT_IMAGE(F, SUB)                                                             \
	F(octets, media_id, ALWAYS, 1, 128, "The picture")                               \
	F(int, width, SOMETIMES, 0, 100000, "Pixels")                                    \
	F(int, height, SOMETIMES, 0, 100000, "Pixels")
SHAPE_STRUCT(moment_image, MOMENT_IMAGE)
#define MOMENT_VIDEO(F, SUB) F(octets, media_id, ALWAYS, 1, 128, "The film")
SHAPE_STRUCT(moment_video, MOMENT_VIDEO)
#define MOMENT_LINK(F, SUB)                                                              \
	F(text, title, SOMETIMES, 0, MOMENT_LINK_CHARS, "Title")                         \
	F(octets, url, ALWAYS, 1, 2048, "Where it leads")                                \
	F(octets, media_id, ALWAYS, 0, 128, "Its picture")
SHAPE_STRUCT(moment_link, MOMENT_LINK)
#define MOMENT_CONTENT(F, SUB)                                                           \
	F(text, text, SOMETIMES, 0, MOMENT_CHARS, "Words")                               \
	SUB(list, images, moment_image, SOMETIMES, 0, MOMENT_IMAGES, "Pictures")         \
	SUB(object, video, moment_video, SOMETIMES, 0, 0, "Or a film")                   \
	SUB(object, link, moment_link, SOMETIMES, 0, 0, "Or a link")
SHAPE_STRUCT(moment_content, MOMENT_CONTENT)

/* Whom a job asks; and, of the same form, what of it named nobody. */
#define MOMENT_RANGE(F, SUB)                                                             \
	F(texts, users, ALWAYS, 0, MOMENT_SENDERS_MAX, "userids")                        \
	F(ints, departments, ALWAYS, 0, DEPARTMENT_MAX, "With all below them")           \
	F(texts, tags, ALWAYS, 0, MOMENT_TAGS_MAX, "Tags of customers")
SHAPE_STRUCT(moment_range, MOMENT_RANGE)

struct moment {
	int64_t corp, moment, creator, app, created_ms;
	enum moment_kind kind;
	enum moment_state state;
	struct moment_content content;
	struct ints tags; /* empty: all customers */
};

struct moment_job {
	int64_t corp, job, moment, app, state, errcode, created_ms;
	struct moment_range refused;
};

str moment_id_text(struct arena *mem, int64_t moment);
bool moment_id_parse(str s, int64_t *out);
str moment_job_text(struct arena *mem, int64_t job);

/* Checks text, numbers and files, and keeps the files; fills pictures' sizes.
 * ERR_EMPTY_MOMENT, ERR_CONTENT_TOO_LONG, ERR_MANY_ATTACHMENTS, ERR_BAD_ATTACHMENT,
 * ERR_BAD_MEDIA_ID, ERR_MEDIA_PURPOSE, ERR_INVALID_ARGUMENT. */
enum err moment_content_check(struct tx *tx, int64_t corp, struct moment_content *c);

/* The corp's: m has corp, creator or app, content.  `r` NULL or empty: everybody the
 * app sees; with tags alone: who serves such customers.  ERR_TOO_OFTEN,
 * ERR_MANY_MOMENT_JOBS. */
enum err moment_task_add(struct tx *tx, struct moment *m, const struct moment_range *r,
	int64_t *out_job);
/* ERR_NO_JOB when unknown, another app's, or a day old. */
enum err moment_job_get(struct tx *tx, int64_t corp, int64_t app, str jobid,
	struct moment_job *out);
/* Does a step of the jobs of a corp; gives when to come again, 0: nothing waits. */
enum err moment_expire(struct tx *tx, int64_t corp, int64_t *out_next_ms);
enum err moment_sweep(struct tx *tx, int64_t corp);

/* A member's own: content and tags given, published at once. */
enum err moment_own_add(struct tx *tx, struct moment *m);

/* ERR_NO_MOMENT_ID, ERR_BAD_MOMENT (also of one that has failed or is deleted). */
enum err moment_by_id(struct tx *tx, int64_t corp, str moment_id, struct moment *out);
enum err moment_get(struct tx *tx, int64_t corp, int64_t moment, struct moment *out);
/* By time, newest first, before (ms, moment). */
struct moment_query {
	int64_t from_ms, to_ms, before_ms, before_moment, limit;
};
enum err moment_page(struct tx *tx, int64_t corp, const struct moment_query *q,
	struct moment **out, size_t *out_n);
/* ERR_MOMENT_KIND, ERR_MOMENT_BUSY while it is given out. */
enum err moment_cancel(struct tx *tx, const struct moment *m);

/* Tells members' desks: "task", "like", "comment". */
void moment_tell(struct tx *tx, int64_t corp, const int64_t *members, size_t n,
	const char *change);

#endif
