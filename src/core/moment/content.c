/*
 * core/moment/content.c - what a moment may hold (document 95094).
 */
#include "core/moment/private.h"

SHAPE_TABLE(moment_image, MOMENT_IMAGE)
SHAPE_TABLE(moment_video, MOMENT_VIDEO)
SHAPE_TABLE(moment_link, MOMENT_LINK)
SHAPE_TABLE(moment_content, MOMENT_CONTENT)
SHAPE_TABLE(moment_range, MOMENT_RANGE)

static enum err keep(struct tx *tx, int64_t corp, const char *type, str key,
	struct media *out)
{
	TRY(media_for(tx, corp, MEDIA_FOR_MOMENT, str_of(type), key, out));
	return media_keep(tx, corp, key);
}

static enum err check_images(struct tx *tx, int64_t corp, struct moment_content *c)
{
	struct media m;

	for (size_t i = 0; i < c->images.n; i++) {
		struct moment_image *image = &c->images.v[i];

		TRY(keep(tx, corp, "image", image->media_id, &m));
		image->width = m.width;
		image->height = m.height;
	}
	return OK;
}

static enum err check_link(struct tx *tx, int64_t corp, const struct moment_link *l)
{
	struct media m;

	if (l->title.n > MOMENT_LINK_BYTES || str_chars(l->title) > MOMENT_LINK_CHARS)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"link.title: at most %d characters and %d bytes",
			MOMENT_LINK_CHARS, MOMENT_LINK_BYTES);
	if (!str_starts(l->url, STR("http://")) && !str_starts(l->url, STR("https://")))
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"link.url: must begin with http:// or https://");
	return keep(tx, corp, "image", l->media_id, &m);
}

/* Up to nine pictures, or one film, or one link: not mixed. */
static enum err check_kinds(struct ctx *cx, const struct moment_content *c)
{
	size_t kinds = (c->images.n > 0) + (c->video != NULL) + (c->link != NULL);

	if (!str_trim(c->text).n && kinds == 0)
		return why(cx, ERR_EMPTY_MOMENT, "fields `text` and `attachments`");
	if (c->images.n > MOMENT_IMAGES)
		return why(cx, ERR_MANY_ATTACHMENTS,
			"field `attachments`: at most %d images", MOMENT_IMAGES);
	if (kinds > 1)
		return why(cx, ERR_BAD_ATTACHMENT,
			"field `attachments`: images, or one video, or one link");
	if (c->text.n > MOMENT_BYTES || str_chars(c->text) > MOMENT_CHARS)
		return why(cx, ERR_CONTENT_TOO_LONG,
			"field `text.content`: at most %d characters and %d bytes",
			MOMENT_CHARS, MOMENT_BYTES);
	return OK;
}

enum err moment_content_check(struct tx *tx, int64_t corp, struct moment_content *c)
{
	struct media m;

	TRY(check_kinds(tx->cx, c));
	TRY(check_images(tx, corp, c));
	if (c->video)
		TRY(keep(tx, corp, "video", c->video->media_id, &m));
	return c->link ? check_link(tx, corp, c->link) : OK;
}
