/*
 * core/moment/post.c - a moment with one member, and who sees it.
 */
#include "core/moment/post.h"

#include "base/ids.h"
#include "core/customer/tag.h"
#include "core/directory/corp_setting.h"
#include "core/moment/post.sql.h"
#include "core/moment/private.h"

enum { AUDIENCE_STEP = 500, FOLLOWERS_MAX = 500, FEED_LOOK_MAX = 500 };
#define DAY_MS (INT64_C(24) * 3600 * 1000)

static void fill(struct post *p, int64_t corp, const struct post_row *r)
{
	*p = (struct post){
		.corp = corp,
		.moment = r->moment,
		.member = r->member,
		.status = (enum post_status)r->status,
		.published_ms = r->published_ms,
	};
}

static void fill_all(struct tx *tx, int64_t corp, const struct post_row *rows, size_t n,
	struct post **out, size_t *out_n)
{
	*out = ARENA_ARRAY(tx->cx->mem, struct post, n);
	for (size_t i = 0; i < n; i++)
		fill(&(*out)[i], corp, &rows[i]);
	*out_n = n;
}

/* ---- finding ---- */

str post_name(struct arena *mem, const struct post *p)
{
	str corp = arena_concat(mem, id_text(mem, "", p->corp), STR("-"));

	return arena_concat(mem, corp, id_pair_text(mem, "", p->moment, p->member));
}

enum err post_by_name(struct tx *tx, str name, struct post *out)
{
	str rest = name, corp_text = str_cut(&rest, '-');
	int64_t corp, moment, member;
	bool found = false;

	if (id_parse(corp_text, "", &corp) && id_pair_parse(rest, "", &moment, &member))
		TRY(post_find(tx, corp, moment, member, out, &found));
	if (!found)
		return why(tx->cx, ERR_NOT_FOUND, "field `post`: no such moment");
	return OK;
}

enum err post_find(struct tx *tx, int64_t corp, int64_t moment, int64_t member,
	struct post *out, bool *out_found)
{
	struct post_row row;

	TRY(post_select(tx, corp, moment, member, &row, out_found));
	if (*out_found)
		fill(out, corp, &row);
	return OK;
}

enum err post_published(struct tx *tx, const struct moment *m, int64_t member,
	struct post *out)
{
	bool found;

	TRY(post_find(tx, m->corp, m->moment, member, out, &found));
	if (!found)
		return why(tx->cx, ERR_NOT_MOMENT_SENDER, "field `userid`");
	if (out->status == POST_WAITS)
		return why(tx->cx, ERR_MOMENT_UNPUBLISHED, "field `userid`");
	return OK;
}

enum err post_page(struct tx *tx, const struct moment *m, int64_t after, int64_t limit,
	struct post **out, size_t *out_n)
{
	struct post_row *rows;
	size_t n;

	TRY(post_select_page(tx, m->corp, m->moment, after, limit, &rows, &n));
	fill_all(tx, m->corp, rows, n, out, out_n);
	return OK;
}

enum err post_of_member(struct tx *tx, int64_t corp, int64_t member,
	enum post_status status, int64_t before_ms, int64_t before_moment, int64_t limit,
	struct post **out, size_t *out_n)
{
	struct post_row *rows;
	size_t n;

	if (!before_moment)
		before_ms = before_moment = INT64_MAX;
	TRY(post_select_of_member(tx, corp, member, status, before_ms, before_moment,
		limit, &rows, &n));
	fill_all(tx, corp, rows, n, out, out_n);
	return OK;
}

enum err post_counts(struct tx *tx, const struct moment *m, struct post_counts *out)
{
	struct post_count_row given, published;
	struct like_count_row likes;
	struct comment_count_row comments;
	bool found;

	TRY(post_count(tx, m->corp, m->moment, POST_WAITS, &given, &found));
	TRY(post_count(tx, m->corp, m->moment, POST_PUBLISHED, &published, &found));
	TRY(like_count(tx, m->corp, m->moment, &likes, &found));
	TRY(comment_count(tx, m->corp, m->moment, &comments, &found));
	*out = (struct post_counts){ given.n, published.n, likes.n, comments.n };
	return OK;
}

/* ---- publishing ---- */

enum err post_add(struct tx *tx, int64_t corp, int64_t moment, int64_t member,
	enum post_status status, int64_t published_ms, bool *out_new)
{
	TRY(post_insert(tx, corp, moment, member, status, published_ms));
	*out_new = tx_changes(tx) == 1;
	return OK;
}

static enum err check_day(struct tx *tx, const struct post *p)
{
	struct post_count_since_row row;
	int64_t max;
	bool found;

	TRY(corp_setting(tx, p->corp, CORP_SETTING_MOMENT_DAY_MAX, &max));
	TRY(post_count_since(tx, p->corp, p->member, tx->cx->now_ms - DAY_MS, &row,
		&found));
	if (row.n >= max)
		return why(tx->cx, ERR_TOO_OFTEN,
			"at most %" PRId64 " moments in 24 hours", max);
	return OK;
}

enum err post_publish(struct tx *tx, struct post *p)
{
	struct moment m;

	TRY(moment_get(tx, p->corp, p->moment, &m));
	if (p->status != POST_WAITS || m.state == MOMENT_CANCELLED)
		return why(tx->cx, ERR_NOT_FOUND, "the moment is not to be published");
	TRY(check_day(tx, p));
	p->status = POST_PUBLISHED;
	p->published_ms = tx->cx->now_ms;
	return post_set_status(tx, p->corp, p->moment, p->member, p->status,
		p->published_ms);
}

enum err post_delete(struct tx *tx, struct post *p)
{
	struct moment m;

	TRY(moment_get(tx, p->corp, p->moment, &m));
	if (p->status != POST_PUBLISHED)
		return why(tx->cx, ERR_NOT_FOUND, "the moment is not published");
	p->status = POST_DELETED;
	TRY(post_set_status(tx, p->corp, p->moment, p->member, p->status,
		p->published_ms));
	return m.kind == MOMENT_OWN ? moment_set(tx, p->corp, p->moment, MOMENT_DELETED)
				    : OK;
}

/* ---- who sees it ---- */

static enum err has_tag(struct tx *tx, const struct follow *f, struct ints tags,
	bool *out)
{
	struct follow_tag *has;
	size_t n;

	*out = tags.n == 0;
	if (*out)
		return OK;
	TRY(follow_tags(tx, f->corp, f->member, f->customer, &has, &n));
	for (size_t i = 0; i < n && !*out; i++)
		*out = ints_has(&tags, has[i].tag);
	return OK;
}

enum err post_may_see(struct tx *tx, const struct post *p, int64_t customer, bool *out)
{
	struct follow f;
	struct moment m;

	*out = false;
	if (p->status != POST_PUBLISHED)
		return OK;
	if (follow_get(tx, p->corp, p->member, customer, &f) != OK ||
		moment_get(tx, p->corp, p->moment, &m) != OK) {
		ctx_forgive(tx->cx);
		return OK;
	}
	return has_tag(tx, &f, m.tags, out);
}

enum err post_audience(struct tx *tx, int64_t corp, int64_t member, struct ints tags,
	int64_t until_ms, int64_t after, int64_t limit, int64_t **out, size_t *out_n)
{
	struct follow *list;
	bool sees;
	size_t n;

	*out = ARENA_ARRAY(tx->cx->mem, int64_t, (size_t)limit);
	*out_n = 0;
	do {
		TRY(follow_page(tx, corp, member, after, AUDIENCE_STEP, &list, &n));
		for (size_t i = 0; i < n && *out_n < (size_t)limit; i++) {
			after = list[i].customer;
			if (until_ms && list[i].created_ms > until_ms)
				continue;
			TRY(has_tag(tx, &list[i], tags, &sees));
			if (sees)
				(*out)[(*out_n)++] = list[i].customer;
		}
	} while (n == AUDIENCE_STEP && *out_n < (size_t)limit);
	return OK;
}

/* Newest first; two posts of one millisecond by their moment. */
static bool is_before(const struct post *a, const struct post *b)
{
	return a->published_ms != b->published_ms ? a->published_ms > b->published_ms
						  : a->moment > b->moment;
}

/* Puts it at its place among at most `limit`. */
static void take_in(struct post *list, size_t *n, size_t limit, const struct post *p)
{
	size_t at = *n;

	while (at > 0 && is_before(p, &list[at - 1]))
		at--;
	if (at == limit)
		return;
	if (*n < limit)
		++*n;
	memmove(&list[at + 1], &list[at], (*n - at - 1) * sizeof(*list));
	list[at] = *p;
}

/* What one member shows him: looks on while the tags leave too little. */
static enum err feed_of(struct tx *tx, const struct follow *f, int64_t before_ms,
	int64_t before_moment, int64_t limit, struct post *list, size_t *n)
{
	size_t seen = 0, looked = 0, got;
	struct post *posts;
	struct moment m;
	bool sees;

	do {
		TRY(post_of_member(tx, f->corp, f->member, POST_PUBLISHED, before_ms,
			before_moment, limit, &posts, &got));
		for (size_t i = 0; i < got; i++) {
			before_ms = posts[i].published_ms;
			before_moment = posts[i].moment;
			TRY(moment_get(tx, f->corp, posts[i].moment, &m));
			TRY(has_tag(tx, f, m.tags, &sees));
			seen += sees;
			if (sees)
				take_in(list, n, (size_t)limit, &posts[i]);
		}
		looked += got;
	} while (got == (size_t)limit && seen < (size_t)limit && looked < FEED_LOOK_MAX);
	return OK;
}

enum err post_feed(struct tx *tx, int64_t corp, int64_t customer, int64_t before_ms,
	int64_t before_moment, int64_t limit, struct post **out, size_t *out_n)
{
	struct follow *follows;
	size_t n;

	*out = ARENA_ARRAY(tx->cx->mem, struct post, (size_t)limit);
	*out_n = 0;
	TRY(follow_of_customer(tx, corp, customer, 0, FOLLOWERS_MAX, &follows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(feed_of(tx, &follows[i], before_ms, before_moment, limit, *out,
			out_n));
	return OK;
}
