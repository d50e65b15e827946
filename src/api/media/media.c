/*
 * api/media/media.c - files of apps, over HTTP.
 *
 * This file only translates: multipart into a file and a row, and back.  Types
 * and sizes are checked in core/media; what the bytes are is sniffed, not believed.
 */
#include "api/api.h"
#include "core/directory/corp_setting.h"
#include "core/media/media.h"
#include "wire/mime.h"
#include "wire/multipart.h"

enum { WHOLE_MAX_BYTES = 20 << 20, SNIFF_BYTES = 4096 };

#define MEDIA_UPLOAD_IN(F, SUB)                                                          \
	F(text, type, OPTIONAL, 0, 32, "image, voice, video or file; required")
SHAPE(media_upload_in, MEDIA_UPLOAD_IN)

#define MEDIA_UPLOAD_OUT(F, SUB)                                                         \
	F(text, type, ALWAYS, 1, 32, "As asked")                                         \
	F(text, media_id, ALWAYS, 1, 128, "The file's name for three days")              \
	F(text, created_at, ALWAYS, 1, 20, "Unix seconds, as a string")
SHAPE(media_upload_out, MEDIA_UPLOAD_OUT)

#define MEDIA_GET_IN(F, SUB)                                                             \
	F(text, media_id, OPTIONAL, 0, 256, "As media/upload gave it; required")
SHAPE(media_get_file_in, MEDIA_GET_IN)
NO_OUT(media_get_file)

#define MEDIA_UPLOAD_ATTACHMENT_IN(F, SUB)                                               \
	F(octets, media_type, OPTIONAL, 0, 32, "image, video or file; required")         \
	F(int, attachment_type, OPTIONAL, INT32_MIN, INT32_MAX,                          \
		"1 moments, 2 product album; required")
SHAPE(media_upload_attachment_in, MEDIA_UPLOAD_ATTACHMENT_IN)

#define MEDIA_UPLOAD_ATTACHMENT_OUT(F, SUB)                                              \
	F(text, type, ALWAYS, 1, 32, "As asked")                                         \
	F(text, media_id, ALWAYS, 1, 128, "The file's name for three days")              \
	F(time, created_at, ALWAYS, 0, INT64_MAX, "Unix seconds; a number here")
SHAPE(media_upload_attachment_out, MEDIA_UPLOAD_ATTACHMENT_OUT)

NO_IN(media_uploadimg)
#define MEDIA_UPLOADIMG_OUT(F, SUB)                                                      \
	F(octets, url, ALWAYS, 1, 2048, "The picture's address, for ever")
SHAPE(media_uploadimg_out, MEDIA_UPLOADIMG_OUT)

static enum err add_row(struct tx *tx, void *arg)
{
	return media_add(tx, arg);
}

/* What the bytes are, with the size of a picture; checked against the type. */
static enum err look_at(struct req *rq, str bytes, struct media *m)
{
	int width = 0, height = 0;
	int64_t voice_ms = 0;

	m->mime = str_of(mime_sniff(str_sub(bytes, 0, SNIFF_BYTES), m->name));
	m->size = (int64_t)bytes.n;
	if (str_is(m->kind, "voice"))
		(void)mime_amr_ms(bytes, &voice_ms);
	TRY(media_check(rq->cx, m->kind, m->mime, m->size, voice_ms));
	if (mime_picture_size(bytes, &width, &height)) {
		m->width = width;
		m->height = height;
	}
	return OK;
}

/* The file of the request, with its name. */
static enum err find_part(struct req *rq, struct media *m, str *out_bytes)
{
	struct multipart parts;

	TRY(multipart_parse(rq->cx, http_header(rq->http, "Content-Type"), rq->http->body,
		&parts));
	const struct multipart_part *part = multipart_file(&parts, "media");
	if (!part)
		return why(rq->cx, ERR_EMPTY_MEDIA, "field `media`: no part with a file");
	m->corp = rq->cx->actor.corp;
	m->name = file_name_clean(rq->cx->mem, part->filename);
	*out_bytes = part->body;
	return OK;
}

static enum err media_upload(struct req *rq)
{
	const struct media_upload_in *in = rq->in;
	struct media_upload_out *out = rq->out;
	struct media m = { .kind = in->type };
	str bytes;

	if (!in->type.n)
		return why(rq->cx, ERR_BAD_TYPE, "field `type` is required");
	TRY(find_part(rq, &m, &bytes));
	TRY(look_at(rq, bytes, &m));
	TRY(media_store_file(rq->cx, bytes, &m.sha256));
	TRY(store_write(rq->house->store, rq->cx, add_row, &m));
	out->type = in->type;
	out->media_id = m.key;
	out->created_at = arena_printf(rq->cx->mem, "%" PRId64, m.created_ms / 1000);
	return OK;
}

/* Type, size of a picture, length of a film: what the bytes say. */
static int64_t look_closely(str bytes, struct media *m)
{
	int width = 0, height = 0;
	int64_t video_ms = -1;

	m->mime = str_of(mime_sniff(str_sub(bytes, 0, SNIFF_BYTES), m->name));
	m->size = (int64_t)bytes.n;
	if (mime_picture_size(bytes, &width, &height)) {
		m->width = width;
		m->height = height;
	}
	if (!mime_mp4_ms(bytes, &video_ms))
		video_ms = -1;
	return video_ms;
}

static enum err media_upload_attachment(struct req *rq)
{
	const struct media_upload_attachment_in *in = rq->in;
	struct media_upload_attachment_out *out = rq->out;
	struct media m = { 0 };
	int64_t video_ms;
	str bytes;

	TRY(find_part(rq, &m, &bytes));
	video_ms = look_closely(bytes, &m);
	TRY(media_check_attachment(rq->cx, in->attachment_type, in->media_type, &m,
		video_ms));
	TRY(media_store_file(rq->cx, bytes, &m.sha256));
	TRY(store_write(rq->house->store, rq->cx, add_row, &m));
	out->type = in->media_type;
	out->media_id = m.key;
	out->created_at = m.created_ms / 1000;
	return OK;
}

static enum err publish_row(struct tx *tx, void *arg)
{
	struct media *m = arg;
	int64_t day_max, month_max;

	TRY(corp_setting(tx, m->corp, CORP_SETTING_PICTURE_DAY_MAX, &day_max));
	TRY(corp_setting(tx, m->corp, CORP_SETTING_PICTURE_MONTH_MAX, &month_max));
	return media_publish(tx, m, day_max, month_max);
}

static enum err media_uploadimg(struct req *rq)
{
	struct media_uploadimg_out *out = rq->out;
	struct media m = { 0 };
	str bytes;

	TRY(find_part(rq, &m, &bytes));
	look_closely(bytes, &m);
	TRY(media_check_published(rq->cx, m.mime, m.size));
	TRY(media_store_file(rq->cx, bytes, &m.sha256));
	TRY(store_write(rq->house->store, rq->cx, publish_row, &m));
	out->url = api_picture_url(rq, m.key);
	return OK;
}

static enum err media_get_file(struct req *rq)
{
	const struct media_get_file_in *in = rq->in;
	struct answer_file f = { .max_whole = WHOLE_MAX_BYTES };
	struct media m;

	if (!in->media_id.n)
		return why(rq->cx, ERR_NO_MEDIA_ID, "field `media_id` is required");
	TRY(media_get(rq->tx, rq->cx->actor.corp, in->media_id, &m));
	TRY(media_open(rq->cx, &m, &f.fd));
	f.size = m.size;
	f.mime = m.mime;
	f.name = m.name;
	return answer_file(rq, &f);
}

const struct route media_routes[] = {
	UPLOAD("/cgi-bin/media/upload", media_upload, media, WAITS,
		"Upload a temporary file"),
	UPLOAD("/cgi-bin/media/upload_attachment", media_upload_attachment, media, WAITS,
		"Upload a file for moments or the product album"),
	UPLOAD("/cgi-bin/media/uploadimg", media_uploadimg, media, WAITS,
		"Upload a picture that has an address for ever"),
	GET_RAW("/cgi-bin/media/get", media_get_file, media, READS,
		"Download by media_id"),
	LAST_ROUTE,
};
