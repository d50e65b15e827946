#include "core/message/attachment.h"

SHAPE_TABLE(attached_media, ATTACHED_MEDIA)
SHAPE_TABLE(attached_link, ATTACHED_LINK)
SHAPE_TABLE(attached_miniprogram, ATTACHED_MINIPROGRAM)
SHAPE_TABLE(attachment, ATTACHMENT)

#define KEPT(F, SUB) SUB(list, list, attachment, ALWAYS, 0, 1000, "As they came")
SHAPE(kept_attachments, KEPT)

/* One attachment under way, for words that name it. */
struct one {
	struct tx *tx;
	int64_t corp;
	size_t at;
	const struct attachment *a;
	bool moment; /* files are those that were uploaded for moments */
};

static enum err bad(const struct one *o, const char *words)
{
	return why(o->tx->cx, ERR_BAD_ATTACHMENT, "field `attachments[%zu].%s", o->at,
		words);
}

static unsigned kind_of(str msgtype)
{
	static const char *const names[] = { "image", "link", "miniprogram", "video",
		"file" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_is(msgtype, names[i]))
			return 1u << i;
	return 0;
}

static bool is_web(str url)
{
	return str_starts(url, STR("http://")) || str_starts(url, STR("https://"));
}

/* The media behind a key, of the kind asked for; `kind` NULL any. */
static enum err check_key(const struct one *o, str key, const char *kind)
{
	struct media m;

	if (o->moment)
		TRY(media_for(o->tx, o->corp, MEDIA_FOR_MOMENT, str_of(kind), key, &m));
	else
		TRY(media_get(o->tx, o->corp, key, &m));
	if (!o->moment && kind && !str_is(m.kind, kind))
		return why(o->tx->cx, ERR_BAD_MEDIA_ID,
			"field `attachments[%zu]`: the media_id was uploaded as %.*s",
			o->at, STR_FMT(m.kind));
	return o->tx->writes ? media_keep(o->tx, o->corp, key) : OK;
}

static enum err check_media(const struct one *o, const struct attached_media *m,
	const char *kind)
{
	if (!m || !m->media_id.n)
		return bad(o, "media_id` is required");
	return check_key(o, m->media_id, kind);
}

static enum err check_image(const struct one *o)
{
	const struct attached_media *m = o->a->image;
	struct media found;

	if (!m || m->media_id.n || !m->pic_url.n)
		return check_media(o, m, "image");
	if (media_by_url(o->tx, o->corp, m->pic_url, &found) != OK)
		return bad(o, "image.pic_url`: an address that media/uploadimg gave");
	return OK;
}

static enum err check_link(const struct one *o)
{
	const struct attached_link *l = o->a->link;

	if (!l || !l->title.n)
		return bad(o, "link.title` is required");
	if (!is_web(l->url))
		return bad(o, "link.url` must begin with http:// or https://");
	return l->media_id.n ? check_key(o, l->media_id, "image") : OK;
}

static enum err check_miniprogram(const struct one *o)
{
	const struct attached_miniprogram *m = o->a->miniprogram;

	if (!m || !m->title.n)
		return bad(o, "miniprogram.title` is required");
	if (!m->appid.n)
		return bad(o, "miniprogram.appid` is required");
	if (!m->page.n)
		return bad(o, "miniprogram.page` is required");
	return m->pic_media_id.n ? check_key(o, m->pic_media_id, "image") : OK;
}

static enum err check(const struct one *o, unsigned kinds)
{
	unsigned kind = kind_of(o->a->msgtype);

	if (!(kind & kinds))
		return bad(o, "msgtype` is none that is taken here");
	switch (kind) {
	case ATTACH_IMAGE:
		return check_image(o);
	case ATTACH_LINK:
		return check_link(o);
	case ATTACH_MINIPROGRAM:
		return check_miniprogram(o);
	case ATTACH_VIDEO:
		return check_media(o, o->a->video, "video");
	default:
		return check_media(o, o->a->file, NULL);
	}
}

/* Only what its msgtype says. */
static struct attachment alone(const struct attachment *a)
{
	struct attachment out = { .msgtype = a->msgtype };

	switch (kind_of(a->msgtype)) {
	case ATTACH_IMAGE:
		out.image = a->image;
		break;
	case ATTACH_LINK:
		out.link = a->link;
		break;
	case ATTACH_MINIPROGRAM:
		out.miniprogram = a->miniprogram;
		break;
	case ATTACH_VIDEO:
		out.video = a->video;
		break;
	case ATTACH_FILE:
		out.file = a->file;
		break;
	}
	return out;
}

enum err attachments_pack(struct tx *tx, int64_t corp, const struct attachment *v,
	size_t n, unsigned kinds, size_t max, str *out_json)
{
	struct buf b;

	if (n > max)
		return why(tx->cx, ERR_MANY_ATTACHMENTS,
			"field `attachments`: at most %zu", max);
	buf_init(&b, tx->cx->mem, 16 + 128 * n);
	buf_char(&b, '[');
	for (size_t i = 0; i < n; i++) {
		struct attachment kept = alone(&v[i]);
		struct one o = { tx, corp, i, &v[i], kinds & ATTACH_MOMENT };

		TRY(check(&o, kinds));
		if (i)
			buf_char(&b, ',');
		shape_encode(&b, attachment_shape(), &kept);
	}
	buf_char(&b, ']');
	*out_json = buf_str(&b);
	return OK;
}

bool attachment_of_old(const struct attachment *old, struct attachment *out)
{
	*out = *old;
	out->msgtype = old->image  ? STR("image")
		: old->link        ? STR("link")
		: old->miniprogram ? STR("miniprogram")
		: old->file        ? STR("file")
		: old->video       ? STR("video")
				   : STR_NONE;
	return out->msgtype.n > 0;
}

enum err attachments_unpack(struct ctx *cx, str json, struct attachment **out,
	size_t *out_n)
{
	struct kept_attachments kept = { 0 };
	struct buf b;

	buf_init(&b, cx->mem, json.n + 16);
	buf_lit(&b, "{\"list\":");
	buf_put(&b, json.n ? json : STR("[]"));
	buf_char(&b, '}');
	TRY(shape_parse(cx, kept_attachments_shape(), buf_str(&b), &kept));
	*out = kept.list.v;
	*out_n = kept.list.n;
	return OK;
}

/* ---- sending ---- */

static enum err file_part(struct tx *tx, const struct media *m, const char *type,
	struct message_part *out)
{
	*out = (struct message_part){ str_of(type), message_file_body(tx->cx->mem, m) };
	return OK;
}

static enum err media_part(const struct one *o, str key, const char *type,
	struct message_part *out)
{
	struct media m;

	TRY(media_get(o->tx, o->corp, key, &m));
	return file_part(o->tx, &m, type, out);
}

static enum err image_part(const struct one *o, struct message_part *out)
{
	struct media m;

	if (o->a->image->media_id.n)
		return media_part(o, o->a->image->media_id, "image", out);
	TRY(media_by_url(o->tx, o->corp, o->a->image->pic_url, &m));
	return file_part(o->tx, &m, "image", out);
}

static enum err link_part(const struct one *o, struct message_part *out)
{
	const struct attached_link *l = o->a->link;
	struct message_link body = {
		.title = l->title,
		.desc = l->desc,
		.url = l->url,
		.picurl = l->picurl,
		.media_id = l->media_id,
	};

	*out = (struct message_part){ STR("link"),
		shape_text(o->tx->cx->mem, message_link_shape(), &body) };
	return OK;
}

static enum err miniprogram_part(const struct one *o, struct message_part *out)
{
	const struct attached_miniprogram *m = o->a->miniprogram;
	struct message_miniprogram body = {
		.title = m->title,
		.appid = m->appid,
		.page = m->page,
		.media_id = m->pic_media_id,
	};

	*out = (struct message_part){ STR("miniprogram"),
		shape_text(o->tx->cx->mem, message_miniprogram_shape(), &body) };
	return OK;
}

static enum err part(const struct one *o, struct message_part *out)
{
	switch (kind_of(o->a->msgtype)) {
	case ATTACH_IMAGE:
		return image_part(o, out);
	case ATTACH_LINK:
		return link_part(o, out);
	case ATTACH_MINIPROGRAM:
		return miniprogram_part(o, out);
	case ATTACH_VIDEO:
		return media_part(o, o->a->video->media_id, "video", out);
	default:
		return media_part(o, o->a->file->media_id, "file", out);
	}
}

enum err message_parts(struct tx *tx, int64_t corp, str text, str attachments,
	struct message_part **out, size_t *out_n)
{
	struct message_text words = { .content = text };
	struct attachment *v;
	size_t n;

	TRY(attachments_unpack(tx->cx, attachments, &v, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct message_part, n + 1);
	*out_n = 0;
	if (text.n)
		(*out)[(*out_n)++] = (struct message_part){ STR("text"),
			shape_text(tx->cx->mem, message_text_shape(), &words) };
	for (size_t i = 0; i < n; i++) {
		struct one o = { tx, corp, i, &v[i], false };
		enum err err = part(&o, &(*out)[*out_n]);

		if (err == OK)
			(*out_n)++;
		else if (err == ERR_BAD_MEDIA_ID)
			ctx_forgive(tx->cx);
		else
			return err;
	}
	return OK;
}
