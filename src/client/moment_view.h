/*
 * client/moment_view.h - moments as people see them; private to client/.
 *
 * The member sees all that is said under his post.  A customer sees what he himself and
 * the member said to him: the member's other customers are strangers to him.
 */
#ifndef CLIENT_MOMENT_VIEW_H
#define CLIENT_MOMENT_VIEW_H

#include "client/view.h"
#include "core/moment/post.h"
#include "frame/route.h"

#define VIEW_MOMENT_IMAGE(F, SUB)                                                        \
	F(int, width, ALWAYS, 0, 100000, "Pixels, 0 unknown")                            \
	F(int, height, ALWAYS, 0, 100000, "Pixels, 0 unknown")
SHAPE_STRUCT(view_moment_image, VIEW_MOMENT_IMAGE)
#define VIEW_MOMENT_LINK(F, SUB)                                                         \
	F(text, title, ALWAYS, 0, MOMENT_LINK_CHARS, "Title")                            \
	F(octets, url, ALWAYS, 0, 2048, "Where it leads")
SHAPE_STRUCT(view_moment_link, VIEW_MOMENT_LINK)
#define VIEW_COMMENT(F, SUB)                                                             \
	F(id, comment, ALWAYS, 1, INT64_MAX, "The comment")                              \
	SUB(object, from, view_who, ALWAYS, 0, 0, "Who says it")                         \
	F(text, text, ALWAYS, 0, COMMENT_CHARS, "What")                                  \
	F(time, time, ALWAYS, 0, INT64_MAX, "Unix milliseconds")                         \
	F(flag, mine, ALWAYS, 0, 1, "The viewer said it")                                \
	F(id, reply_to, ALWAYS, 0, INT64_MAX, "The comment it answers, 0 none")
SHAPE_STRUCT(view_comment, VIEW_COMMENT)
#define VIEW_MOMENT(F, SUB)                                                              \
	F(octets, post, ALWAYS, 0, 96, "Its name; empty in the console's list")          \
	F(octets, moment_id, ALWAYS, 1, 64, "The moment")                                \
	SUB(object, corp, view_corp, ALWAYS, 0, 0, "The company")                        \
	SUB(object, from, view_who, SOMETIMES, 0, 0, "Whose it is")                      \
	F(octets, kind, ALWAYS, 1, 16, "corp or own")                                    \
	F(octets, status, ALWAYS, 1, 16,                                                 \
		"waits, published or deleted; in the console giving, open or cancelled") \
	F(time, time, ALWAYS, 0, INT64_MAX, "Published, or made; Unix milliseconds")     \
	F(text, text, ALWAYS, 0, MOMENT_CHARS, "Words")                                  \
	SUB(list, images, view_moment_image, ALWAYS, 0, MOMENT_IMAGES,                   \
		"GET /v1/moment/file with at=0 …")                                       \
	F(flag, video, ALWAYS, 0, 1, "A film; GET /v1/moment/file")                      \
	SUB(object, link, view_moment_link, SOMETIMES, 0, 0,                             \
		"A link; its picture by GET /v1/moment/file")                            \
	F(texts, tags, SOMETIMES, 0, MOMENT_TAGS_MAX,                                    \
		"Labels of whom it is for; members only, empty: all")                    \
	F(flag, liked, ALWAYS, 0, 1, "The viewer likes it")                              \
	SUB(list, likes, view_who, SOMETIMES, 0, 20000, "Who likes it; members only")    \
	SUB(list, comments, view_comment, ALWAYS, 0, COMMENTS_MAX, "Oldest first")
SHAPE_STRUCT(view_moment, VIEW_MOMENT)

/* The moment alone; and with what is said of the post. */
enum err view_moment_of(struct tx *tx, const struct moment *m, bool inside,
	struct view_moment *out);
enum err view_post_of(struct tx *tx, const struct post *p, struct person viewer,
	struct view_moment *out);

/* A post the caller may look at, and as whom: his own, or one his member shows him.
 * ERR_NOT_FOUND for all others. */
enum err moment_post_find(struct req *rq, str name, struct post *out,
	struct person *out_me);
/* File number `at` of a moment as the answer. */
enum err moment_file_answer(struct req *rq, const struct moment *m, int64_t at);

/* What a member or the console gives. */
#define MOMENT_LINK_GIVEN(F, SUB)                                                        \
	F(octets, title, OPTIONAL, 0, 1024, "Title")                                     \
	F(octets, url, REQUIRED, 1, 2048, "Where it leads")                              \
	F(octets, media_id, REQUIRED, 1, 128, "Its picture, from /v1/moment/upload")
SHAPE_STRUCT(moment_link_given, MOMENT_LINK_GIVEN)
#define MOMENT_GIVEN(F, SUB)                                                             \
	F(octets, text, OPTIONAL, 0, 1 << 16, "Words")                                   \
	F(texts, images, OPTIONAL, 0, 100, "media_ids of /v1/moment/upload, at most 9")  \
	F(octets, video, OPTIONAL, 0, 128, "Or the media_id of a film")                  \
	SUB(object, link, moment_link_given, OPTIONAL, 0, 0, "Or a link")                \
	F(texts, tags, OPTIONAL, 0, MOMENT_TAGS_MAX,                                     \
		"Only for customers with one of these labels; absent: all")
void moment_content_read(struct arena *mem, str text, struct texts images, str video,
	const struct moment_link_given *link, struct moment_content *out);

#endif
