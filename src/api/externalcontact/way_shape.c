#include "api/externalcontact/way_shape.h"

#include "api/api.h"
#include "api/externalcontact/follower.h"
#include "core/media/media.h"

SHAPE_TABLE(way_link, WAY_LINK)
SHAPE_TABLE(way_image, WAY_IMAGE)
SHAPE_TABLE(way_miniprogram, WAY_MINIPROGRAM)
SHAPE_TABLE(way_text, WAY_TEXT)
SHAPE_TABLE(way_conclusions, WAY_CONCLUSIONS)

static enum err find_picture(struct req *rq, const char *field, str media_id,
	struct media *out)
{
	TRY(media_get(rq->tx, rq->cx->actor.corp, media_id, out));
	if (!str_is(out->kind, "image"))
		return why(rq->cx, ERR_BAD_MEDIA_ID, "field `%s`: no picture", field);
	return OK;
}

/* A row of its own for the same bytes, for GET /v1/avatar to show: apps get its
 * address, not the media_id (document 92228). */
static enum err publish_picture(struct req *rq, const struct way_image *image,
	struct way_image **out)
{
	struct way_image *shown = ARENA_NEW(rq->cx->mem, struct way_image);
	struct media m;

	TRY(find_picture(rq, "conclusions.image.media_id", image->media_id, &m));
	m.kind = STR("avatar");
	m.expires_ms = -1;
	TRY(media_add(rq->tx, &m));
	shown->media_id = m.key;
	*out = shown;
	return OK;
}

static enum err keep_picture(struct req *rq, const char *field, str media_id)
{
	struct media m;

	TRY(find_picture(rq, field, media_id, &m));
	return media_keep(rq->tx, m.corp, media_id);
}

enum err way_conclusions_pack(struct req *rq, const struct way_conclusions *c,
	str *out_text)
{
	struct way_conclusions kept = { .text = c->text };

	if (c->image && !c->image->media_id.n && !c->image->pic_url.n)
		return why(rq->cx, ERR_INVALID_ARGUMENT,
			"conclusions.image: media_id or pic_url is needed");
	kept.image = c->image;
	if (!kept.image)
		kept.link = c->link;
	if (!kept.image && !kept.link)
		kept.miniprogram = c->miniprogram;
	if (kept.image && kept.image->media_id.n)
		TRY(publish_picture(rq, c->image, &kept.image));
	if (kept.miniprogram && kept.miniprogram->pic_media_id.n)
		TRY(keep_picture(rq, "conclusions.miniprogram.pic_media_id",
			kept.miniprogram->pic_media_id));
	*out_text = shape_text(rq->cx->mem, way_conclusions_shape(), &kept);
	return OK;
}

enum err way_conclusions_read(struct req *rq, str text, struct way_conclusions **out)
{
	struct way_conclusions *c = ARENA_NEW(rq->cx->mem, struct way_conclusions);

	*out = NULL;
	if (!text.n)
		return OK;
	TRY(shape_parse(rq->cx, way_conclusions_shape(), text, c));
	if (c->image && c->image->media_id.n) {
		struct way_image *shown = ARENA_NEW(rq->cx->mem, struct way_image);

		shown->pic_url = api_picture_url(rq, c->image->media_id);
		c->image = shown;
	}
	*out = c;
	return OK;
}
