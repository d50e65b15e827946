#include "client/moment_view.h"

#include "base/ids.h"
#include "core/customer/consumer.h"
#include "core/customer/tag.h"
#include "wire/mime.h"

SHAPE_TABLE(view_moment_image, VIEW_MOMENT_IMAGE)
SHAPE_TABLE(view_moment_link, VIEW_MOMENT_LINK)
SHAPE_TABLE(view_comment, VIEW_COMMENT)
SHAPE_TABLE(view_moment, VIEW_MOMENT)
SHAPE_TABLE(moment_link_given, MOMENT_LINK_GIVEN)

/* ---- what is shown ---- */

static void fill_content(struct arena *mem, const struct moment_content *c,
	struct view_moment *out)
{
	out->text = c->text;
	out->video = c->video != NULL;
	out->images.n = c->images.n;
	out->images.v = ARENA_ARRAY(mem, struct view_moment_image, c->images.n);
	for (size_t i = 0; i < c->images.n; i++) {
		out->images.v[i].width = c->images.v[i].width;
		out->images.v[i].height = c->images.v[i].height;
	}
	if (c->link) {
		out->link = ARENA_NEW(mem, struct view_moment_link);
		out->link->title = c->link->title;
		out->link->url = c->link->url;
	}
}

static enum err fill_tags(struct tx *tx, const struct moment *m, struct view_moment *out)
{
	out->tags.v = ARENA_ARRAY(tx->cx->mem, str, m->tags.n);
	for (size_t i = 0; i < m->tags.n; i++) {
		str name;

		if (tag_name(tx, m->corp, m->tags.v[i], &name) == OK)
			out->tags.v[out->tags.n++] = name;
		else
			ctx_forgive(tx->cx); /* deleted since */
	}
	return OK;
}

static str state_name(enum moment_state state)
{
	switch (state) {
	case MOMENT_DISPATCHING:
		return STR("giving");
	case MOMENT_CANCELLED:
		return STR("cancelled");
	case MOMENT_FAILED:
		return STR("failed");
	case MOMENT_DELETED:
		return STR("deleted");
	case MOMENT_OPEN:
		break;
	}
	return STR("open");
}

enum err view_moment_of(struct tx *tx, const struct moment *m, bool inside,
	struct view_moment *out)
{
	struct arena *mem = tx->cx->mem;

	*out = (struct view_moment){
		.moment_id = moment_id_text(mem, m->moment),
		.kind = m->kind == MOMENT_CORP ? STR("corp") : STR("own"),
		.status = state_name(m->state),
		.time = m->created_ms,
		.corp = ARENA_NEW(mem, struct view_corp),
	};
	fill_content(mem, &m->content, out);
	if (inside)
		TRY(fill_tags(tx, m, out));
	if (m->creator) {
		struct person who = { PERSON_MEMBER, m->creator, 0 };

		out->from = ARENA_NEW(mem, struct view_who);
		TRY(view_who_of(tx, inside ? PERSON_MEMBER : PERSON_CUSTOMER, m->corp,
			who, out->from));
	}
	return view_corp_of(tx, m->corp, out->corp);
}

static bool is_he(struct person a, struct person b)
{
	return a.kind == b.kind && a.id == b.id;
}

/* A customer reads his own, what answers it, and what the member says to all. */
static bool may_read(const struct reaction *list, size_t n, size_t i,
	struct person viewer)
{
	const struct reaction *c = &list[i];

	if (viewer.kind == PERSON_MEMBER || is_he(c->who, viewer))
		return true;
	if (c->who.kind != PERSON_MEMBER)
		return false;
	for (size_t j = 0; j < n; j++)
		if (list[j].comment == c->reply_to)
			return is_he(list[j].who, viewer) ||
				list[j].who.kind == PERSON_MEMBER;
	return c->reply_to == 0;
}

static enum err fill_comments(struct tx *tx, const struct post *p, struct person viewer,
	struct view_moment *out)
{
	struct reaction *list;
	size_t n;

	TRY(post_comments(tx, p, &list, &n));
	out->comments.v = ARENA_ARRAY(tx->cx->mem, struct view_comment, n);
	for (size_t i = 0; i < n; i++) {
		struct view_comment *c;

		if (!may_read(list, n, i, viewer))
			continue;
		c = &out->comments.v[out->comments.n++];
		c->comment = list[i].comment;
		c->reply_to = list[i].reply_to;
		c->text = list[i].words;
		c->time = list[i].created_ms;
		c->mine = is_he(list[i].who, viewer);
		c->from = ARENA_NEW(tx->cx->mem, struct view_who);
		TRY(view_who_of(tx, viewer.kind, p->corp, list[i].who, c->from));
	}
	return OK;
}

static enum err fill_likes(struct tx *tx, const struct post *p, struct person viewer,
	struct view_moment *out)
{
	struct reaction *list;
	size_t n;

	TRY(post_likes(tx, p, &list, &n));
	for (size_t i = 0; i < n; i++)
		out->liked |= is_he(list[i].who, viewer);
	if (viewer.kind != PERSON_MEMBER)
		return OK;
	out->likes.v = ARENA_ARRAY(tx->cx->mem, struct view_who, n);
	out->likes.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(view_who_of(tx, viewer.kind, p->corp, list[i].who, &out->likes.v[i]));
	return OK;
}

static str status_name(enum post_status status)
{
	return status == POST_WAITS        ? STR("waits")
		: status == POST_PUBLISHED ? STR("published")
					   : STR("deleted");
}

enum err view_post_of(struct tx *tx, const struct post *p, struct person viewer,
	struct view_moment *out)
{
	struct person owner = { PERSON_MEMBER, p->member, 0 };
	struct moment m;

	TRY(moment_get(tx, p->corp, p->moment, &m));
	TRY(view_moment_of(tx, &m, viewer.kind == PERSON_MEMBER, out));
	out->post = post_name(tx->cx->mem, p);
	out->status = status_name(p->status);
	if (p->published_ms)
		out->time = p->published_ms;
	out->from = ARENA_NEW(tx->cx->mem, struct view_who);
	TRY(view_who_of(tx, viewer.kind, p->corp, owner, out->from));
	TRY(fill_likes(tx, p, viewer, out));
	return fill_comments(tx, p, viewer, out);
}

/* ---- who asks ---- */

static enum err consumer_in(struct tx *tx, int64_t consumer, int64_t corp,
	struct person *out)
{
	struct consumer_chat *chats;
	size_t n;

	TRY(consumer_chats(tx, consumer, &chats, &n));
	for (size_t i = 0; i < n; i++)
		if (chats[i].corp == corp && chats[i].customer) {
			*out = (struct person){ PERSON_CUSTOMER, chats[i].customer,
				consumer };
			return OK;
		}
	return why(tx->cx, ERR_NOT_FOUND, "field `post`: no such moment");
}

enum err moment_post_find(struct req *rq, str name, struct post *out,
	struct person *out_me)
{
	const struct actor *me = &rq->cx->actor;
	bool sees;

	TRY(post_by_name(rq->tx, name, out));
	if (me->kind == ACTOR_CONSUMER) {
		TRY(consumer_in(rq->tx, me->id, out->corp, out_me));
		TRY(post_may_see(rq->tx, out, out_me->id, &sees));
	} else {
		*out_me = (struct person){ PERSON_MEMBER, me->id, 0 };
		sees = out->corp == me->corp && out->member == me->id &&
			out->status != POST_DELETED;
	}
	return sees ? OK : why(rq->cx, ERR_NOT_FOUND, "field `post`: no such moment");
}

/* ---- files ---- */

static str key_of(const struct moment_content *c, int64_t at)
{
	if (at >= 0 && (size_t)at < c->images.n)
		return c->images.v[at].media_id;
	if (at == 0 && c->video)
		return c->video->media_id;
	return at == 0 && c->link ? c->link->media_id : STR_NONE;
}

/* Films as pictures are drawn by the browser, from bytes that were looked at. */
enum err moment_file_answer(struct req *rq, const struct moment *m, int64_t at)
{
	struct answer_file f = { .inline_image = true,
		.cache = "private, max-age=31536000, immutable" };
	str key = key_of(&m->content, at);
	struct media media;

	if (!key.n)
		return why(rq->cx, ERR_NOT_FOUND, "field `at`: no such file");
	TRY(media_get(rq->tx, m->corp, key, &media));
	f.size = media.size;
	f.mime = media.mime;
	f.name = media.name;
	TRY(media_open(rq->cx, &media, &f.fd));
	return answer_file(rq, &f);
}

/* ---- what is given ---- */

void moment_content_read(struct arena *mem, str text, struct texts images, str video,
	const struct moment_link_given *link, struct moment_content *out)
{
	*out = (struct moment_content){ .text = text };
	out->images.n = images.n;
	out->images.v = ARENA_ARRAY(mem, struct moment_image, images.n);
	for (size_t i = 0; i < images.n; i++)
		out->images.v[i].media_id = images.v[i];
	if (video.n) {
		out->video = ARENA_NEW(mem, struct moment_video);
		out->video->media_id = video;
	}
	if (link) {
		out->link = ARENA_NEW(mem, struct moment_link);
		out->link->title = link->title;
		out->link->url = link->url;
		out->link->media_id = link->media_id;
	}
}
