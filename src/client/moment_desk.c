/*
 * client/moment_desk.c - a member's moments: what the corp asks him to publish, his own.
 */
#include "base/ids.h"
#include "client/client.h"
#include "client/moment_view.h"
#include "core/customer/tag.h"
#include "wire/mime.h"
#include "wire/multipart.h"

enum { PAGE_DEFAULT = 20, PAGE_MAX = 50, AUDIENCE_MAX = 100000, SHOWN_MAX = 20 };
enum { SNIFF_BYTES = 4096 };

#define DESK_MOMENTS_IN(F, SUB)                                                          \
	F(octets, status, OPTIONAL, 0, 16, "waits or published; published if absent")    \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")             \
	F(int, limit, OPTIONAL | CLAMP, 1, PAGE_MAX, "At most so many; 20 if absent")
SHAPE(desk_moments_in, DESK_MOMENTS_IN)
#define DESK_MOMENTS_OUT(F, SUB)                                                         \
	SUB(list, moments, view_moment, ALWAYS, 0, PAGE_MAX, "Newest first")             \
	F(octets, next_cursor, SOMETIMES, 0, 64, "For the next page; absent at the end")
SHAPE(desk_moments_out, DESK_MOMENTS_OUT)

SHAPE(moment_own_in, MOMENT_GIVEN)
#define OWN_OUT(F, SUB) SUB(object, moment, view_moment, ALWAYS, 0, 0, "As it is now")
SHAPE(moment_own_out, OWN_OUT)

#define PUBLISH_IN(F, SUB) F(octets, post, REQUIRED, 1, 96, "The moment's name")
SHAPE(moment_publish_in, PUBLISH_IN)
#define moment_publish_out_shape moment_own_out_shape
#define moment_drop_in_shape moment_publish_in_shape
NO_OUT(moment_drop)

#define AUDIENCE_IN(F, SUB)                                                              \
	F(octets, post, OPTIONAL, 0, 96, "Of this one; or else of one with")             \
	F(texts, tags, OPTIONAL, 0, MOMENT_TAGS_MAX, "these labels; none: all")
SHAPE(moment_audience_in, AUDIENCE_IN)
#define AUDIENCE_OUT(F, SUB)                                                             \
	F(int, customers, ALWAYS, 0, INT64_MAX, "How many would see it")                 \
	SUB(list, some, view_who, ALWAYS, 0, SHOWN_MAX, "Some of them")
SHAPE(moment_audience_out, AUDIENCE_OUT)

#define MOMENT_UPLOAD_IN(F, SUB) F(octets, type, REQUIRED, 1, 16, "image or video")
SHAPE(moment_upload_in, MOMENT_UPLOAD_IN)
#define MOMENT_UPLOAD_OUT(F, SUB)                                                        \
	F(octets, media_id, ALWAYS, 1, 128, "For a moment within three days")
SHAPE(moment_upload_out, MOMENT_UPLOAD_OUT)

static struct person me_of(const struct req *rq)
{
	return (struct person){ PERSON_MEMBER, rq->cx->actor.id, 0 };
}

/* ---- lists ---- */

static enum err desk_moments(struct req *rq)
{
	const struct desk_moments_in *in = rq->in;
	struct desk_moments_out *out = rq->out;
	enum post_status status =
		str_is(in->status, "waits") ? POST_WAITS : POST_PUBLISHED;
	size_t limit = in->limit ? (size_t)in->limit : PAGE_DEFAULT, n;
	int64_t before_ms = 0, before_moment = 0;
	struct post *list;

	if (in->cursor.n && !id_pair_parse(in->cursor, "c", &before_ms, &before_moment))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	TRY(post_of_member(rq->tx, rq->cx->actor.corp, rq->cx->actor.id, status,
		before_ms, before_moment, (int64_t)limit + 1, &list, &n));
	if (n > limit) {
		n = limit;
		out->next_cursor = id_pair_text(rq->cx->mem, "c",
			list[n - 1].published_ms, list[n - 1].moment);
	}
	out->moments.v = ARENA_ARRAY(rq->cx->mem, struct view_moment, n);
	for (size_t i = 0; i < n; i++) {
		struct moment m;

		/* One that is still given out, or was stopped, is not to be published. */
		TRY(moment_get(rq->tx, list[i].corp, list[i].moment, &m));
		if (status == POST_WAITS && m.state != MOMENT_OPEN)
			continue;
		TRY(view_post_of(rq->tx, &list[i], me_of(rq),
			&out->moments.v[out->moments.n++]));
	}
	return OK;
}

/* ---- publishing ---- */

static enum err answer(struct req *rq, const struct post *p)
{
	struct moment_own_out *out = rq->out;

	out->moment = ARENA_NEW(rq->cx->mem, struct view_moment);
	return view_post_of(rq->tx, p, me_of(rq), out->moment);
}

static enum err read_tags(struct req *rq, struct texts tags, struct ints *out)
{
	*out = (struct ints){ .v = ARENA_ARRAY(rq->cx->mem, int64_t, tags.n) };
	for (size_t i = 0; i < tags.n; i++) {
		int64_t tag = 0;
		bool there = false;

		if (tag_id_parse(tags.v[i], &tag))
			TRY(tag_is_there(rq->tx, rq->cx->actor.corp, tag, &there));
		if (!there)
			return why(rq->cx, ERR_BAD_TAG_ID, "tags[%zu]: no such label", i);
		out->v[out->n++] = tag;
	}
	return OK;
}

static enum err moment_own(struct req *rq)
{
	const struct moment_own_in *in = rq->in;
	struct moment m = { .corp = rq->cx->actor.corp, .creator = rq->cx->actor.id };
	struct member member;
	struct post p;
	bool found;

	TRY(member_get(rq->tx, m.corp, m.creator, &member));
	if (!member.serves_customers)
		return why(rq->cx, ERR_FORBIDDEN, "you serve no customers");
	moment_content_read(rq->cx->mem, in->text, in->images, in->video, in->link,
		&m.content);
	TRY(read_tags(rq, in->tags, &m.tags));
	TRY(moment_own_add(rq->tx, &m));
	TRY(post_find(rq->tx, m.corp, m.moment, m.creator, &p, &found));
	return answer(rq, &p);
}

static enum err moment_publish(struct req *rq)
{
	const struct moment_publish_in *in = rq->in;
	struct person me;
	struct post p;

	TRY(moment_post_find(rq, in->post, &p, &me));
	TRY(post_publish(rq->tx, &p));
	return answer(rq, &p);
}

static enum err moment_drop(struct req *rq)
{
	const struct moment_publish_in *in = rq->in;
	struct person me;
	struct post p;

	TRY(moment_post_find(rq, in->post, &p, &me));
	return post_delete(rq->tx, &p);
}

/* ---- who would see it ---- */

static enum err moment_audience(struct req *rq)
{
	const struct moment_audience_in *in = rq->in;
	struct moment_audience_out *out = rq->out;
	struct moment m = { 0 };
	struct person me;
	struct post p;
	int64_t *ids;
	size_t n;

	if (in->post.n) {
		TRY(moment_post_find(rq, in->post, &p, &me));
		TRY(moment_get(rq->tx, p.corp, p.moment, &m));
	} else {
		TRY(read_tags(rq, in->tags, &m.tags));
	}
	TRY(post_audience(rq->tx, rq->cx->actor.corp, rq->cx->actor.id, m.tags, 0, 0,
		AUDIENCE_MAX, &ids, &n));
	out->customers = (int64_t)n;
	out->some.n = n < SHOWN_MAX ? n : SHOWN_MAX;
	out->some.v = ARENA_ARRAY(rq->cx->mem, struct view_who, out->some.n);
	for (size_t i = 0; i < out->some.n; i++) {
		struct person who = { PERSON_CUSTOMER, ids[i], 0 };

		TRY(view_who_of(rq->tx, PERSON_MEMBER, rq->cx->actor.corp, who,
			&out->some.v[i]));
	}
	return OK;
}

/* ---- files ---- */

static enum err add_row(struct tx *tx, void *arg)
{
	return media_add(tx, arg);
}

static enum err moment_upload(struct req *rq)
{
	const struct moment_upload_in *in = rq->in;
	struct moment_upload_out *out = rq->out;
	struct media m = { .corp = rq->cx->actor.corp };
	const struct multipart_part *part;
	int width = 0, height = 0;
	int64_t video_ms = -1;
	struct multipart parts;

	TRY(multipart_parse(rq->cx, http_header(rq->http, "Content-Type"), rq->http->body,
		&parts));
	part = multipart_file(&parts, "media");
	if (!part)
		return why(rq->cx, ERR_EMPTY_MEDIA, "media: no part with a file");
	m.name = file_name_clean(rq->cx->mem, part->filename);
	m.mime = str_of(mime_sniff(str_sub(part->body, 0, SNIFF_BYTES), m.name));
	m.size = (int64_t)part->body.n;
	if (mime_picture_size(part->body, &width, &height)) {
		m.width = width;
		m.height = height;
	}
	if (!mime_mp4_ms(part->body, &video_ms))
		video_ms = -1;
	TRY(media_check_attachment(rq->cx, MEDIA_FOR_MOMENT, in->type, &m, video_ms));
	TRY(media_store_file(rq->cx, part->body, &m.sha256));
	TRY(store_write(rq->house->store, rq->cx, add_row, &m));
	out->media_id = m.key;
	return OK;
}

const struct route moment_desk_routes[] = {
	GET("/v1/moment/mine", desk_moments, member, READS,
		"The member's moments: to be published, or published"),
	POST("/v1/moment/add", moment_own, member, WRITES,
		"Publish a moment of one's own"),
	POST("/v1/moment/publish", moment_publish, member, WRITES,
		"Publish what the corp has made"),
	POST("/v1/moment/delete", moment_drop, member, WRITES,
		"Take a published moment away"),
	POST("/v1/moment/audience", moment_audience, member, READS,
		"Who sees a moment, or would see one"),
	UPLOAD("/v1/moment/upload", moment_upload, member, WAITS,
		"A picture or film for a moment"),
	LAST_ROUTE,
};
