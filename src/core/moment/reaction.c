/*
 * core/moment/reaction.c - likes and comments under a post.
 *
 * Customers of one member are strangers to each other: who may read what of it is the
 * door's care (client/moments.c), here all of it is kept.
 */
#include "base/ids.h"
#include "core/moment/post.h"
#include "core/moment/post.sql.h"

enum err post_likes(struct tx *tx, const struct post *p, struct reaction **out,
	size_t *out_n)
{
	struct like_select_row *rows;
	size_t n;

	TRY(like_select(tx, p->corp, p->moment, p->member, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct reaction, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct reaction){
			.who = { (enum person_kind)rows[i].person_kind, rows[i].person,
				0 },
			.created_ms = rows[i].created_ms,
		};
	*out_n = n;
	return OK;
}

static struct reaction comment_of(const struct comment_row *r)
{
	return (struct reaction){
		.comment = r->comment,
		.reply_to = r->reply_to,
		.created_ms = r->created_ms,
		.who = { (enum person_kind)r->person_kind, r->person, 0 },
		.words = r->words,
	};
}

enum err post_comments(struct tx *tx, const struct post *p, struct reaction **out,
	size_t *out_n)
{
	struct comment_row *rows;
	size_t n;

	TRY(comment_select(tx, p->corp, p->moment, p->member, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct reaction, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = comment_of(&rows[i]);
	*out_n = n;
	return OK;
}

/* The member hears what others do. */
static void tell(struct tx *tx, const struct post *p, struct person who,
	const char *change)
{
	if (who.kind != PERSON_MEMBER || who.id != p->member)
		moment_tell(tx, p->corp, &p->member, 1, change);
}

enum err post_like(struct tx *tx, const struct post *p, struct person who, bool on)
{
	if (!on)
		return like_delete(tx, p->corp, p->moment, p->member, who.kind, who.id);
	TRY(like_insert(tx, p->corp, p->moment, p->member, who.kind, who.id,
		tx->cx->now_ms));
	if (tx_changes(tx) == 1)
		tell(tx, p, who, "like");
	return OK;
}

static enum err find_comment(struct tx *tx, const struct post *p, int64_t comment,
	struct reaction *out)
{
	struct comment_row row;
	bool found;

	TRY(comment_select_one(tx, p->corp, p->moment, p->member, comment, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NOT_FOUND, "the comment is gone");
	*out = comment_of(&row);
	return OK;
}

enum err post_comment(struct tx *tx, const struct post *p, struct person who, str words,
	int64_t reply_to, int64_t *out_comment)
{
	struct comment_count_of_row row;
	struct reaction answered;
	bool found;

	if (!str_trim(words).n || str_chars(words) > COMMENT_CHARS)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"field `text`: 1 to %d characters", COMMENT_CHARS);
	if (reply_to)
		TRY(find_comment(tx, p, reply_to, &answered));
	TRY(comment_count_of(tx, p->corp, p->moment, p->member, &row, &found));
	if (row.n >= COMMENTS_MAX)
		return why(tx->cx, ERR_TOO_OFTEN, "at most %d comments", COMMENTS_MAX);
	*out_comment = id_next();
	TRY(comment_insert(tx, p->corp, p->moment, p->member, *out_comment, who.kind,
		who.id, words, reply_to, tx->cx->now_ms));
	tell(tx, p, who, "comment");
	return OK;
}

enum err post_comment_drop(struct tx *tx, const struct post *p, struct person who,
	int64_t comment)
{
	struct reaction c;
	bool is_mine, is_under_mine;

	TRY(find_comment(tx, p, comment, &c));
	is_mine = c.who.kind == who.kind && c.who.id == who.id;
	is_under_mine = who.kind == PERSON_MEMBER && who.id == p->member;
	if (!is_mine && !is_under_mine)
		return why(tx->cx, ERR_FORBIDDEN, "another's comment");
	return comment_delete(tx, p->corp, p->moment, p->member, comment);
}
