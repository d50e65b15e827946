/*
 * core/moment/post.h - a moment with one member: publishing, who sees it, what is said.
 */
#ifndef CORE_MOMENT_POST_H
#define CORE_MOMENT_POST_H

#include "core/moment/moment.h"

enum post_status { POST_WAITS = 0, POST_PUBLISHED = 1, POST_DELETED = 2 }; /* stored */
enum { COMMENT_CHARS = 500, COMMENTS_MAX = 5000 };

struct post {
	int64_t corp, moment, member, published_ms;
	enum post_status status;
};

/* Outside the server: corp, moment and member in one name. */
str post_name(struct arena *mem, const struct post *p);
/* ERR_NOT_FOUND */
enum err post_by_name(struct tx *tx, str name, struct post *out);
enum err post_find(struct tx *tx, int64_t corp, int64_t moment, int64_t member,
	struct post *out, bool *out_found);
/* The member's published post of a moment: ERR_NOT_MOMENT_SENDER,
 * ERR_MOMENT_UNPUBLISHED. */
enum err post_published(struct tx *tx, const struct moment *m, int64_t member,
	struct post *out);

/* The member shows it: ERR_NOT_FOUND when it waits no more, ERR_TOO_OFTEN beyond the
 * corp's number a day. */
enum err post_publish(struct tx *tx, struct post *p);
/* Nobody sees it any more; a member's own is deleted with it. */
enum err post_delete(struct tx *tx, struct post *p);

/* Of a moment by member, after one. */
enum err post_page(struct tx *tx, const struct moment *m, int64_t after, int64_t limit,
	struct post **out, size_t *out_n);
/* Of a member in one status, newest first, before (ms, moment). */
enum err post_of_member(struct tx *tx, int64_t corp, int64_t member,
	enum post_status status, int64_t before_ms, int64_t before_moment, int64_t limit,
	struct post **out, size_t *out_n);
/* What a customer may see, over all who serve him, newest first. */
enum err post_feed(struct tx *tx, int64_t corp, int64_t customer, int64_t before_ms,
	int64_t before_moment, int64_t limit, struct post **out, size_t *out_n);
struct post_counts {
	int64_t given, published, likes, comments;
};
enum err post_counts(struct tx *tx, const struct moment *m, struct post_counts *out);

/* Does he see it: serves the member him, and has he one of the tags? */
enum err post_may_see(struct tx *tx, const struct post *p, int64_t customer, bool *out);
/* The customers of a member that see a moment with these tags, by customer after one;
 * only those of before `until_ms` (0: all). */
enum err post_audience(struct tx *tx, int64_t corp, int64_t member, struct ints tags,
	int64_t until_ms, int64_t after, int64_t limit, int64_t **out, size_t *out_n);

struct reaction {
	int64_t comment, reply_to, created_ms;
	struct person who;
	str words; /* of comments */
};
enum err post_likes(struct tx *tx, const struct post *p, struct reaction **out,
	size_t *out_n);
enum err post_comments(struct tx *tx, const struct post *p, struct reaction **out,
	size_t *out_n);
enum err post_like(struct tx *tx, const struct post *p, struct person who, bool on);
/* ERR_INVALID_ARGUMENT, ERR_NOT_FOUND (reply_to), ERR_TOO_OFTEN (COMMENTS_MAX). */
enum err post_comment(struct tx *tx, const struct post *p, struct person who, str words,
	int64_t reply_to, int64_t *out_comment);
/* One's own, or any under the member's own post; ERR_NOT_FOUND, ERR_FORBIDDEN. */
enum err post_comment_drop(struct tx *tx, const struct post *p, struct person who,
	int64_t comment);

#endif
