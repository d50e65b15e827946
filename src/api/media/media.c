/*
 * api/media/media.c - temporary files, over HTTP.
 *
 * This file only translates: multipart into a file and a row, and back.  Types
 * and sizes are checked in core/media; what the bytes are is sniffed, not believed.
 */
#include "api/api.h"
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

static enum err media_upload(struct req *rq)
{
	const struct media_upload_in *in = rq->in;
	struct media_upload_out *out = rq->out;
	struct multipart parts;
	struct media m = { .corp = rq->cx->actor.corp, .kind = in->type };

	if (!in->type.n)
		return why(rq->cx, ERR_BAD_TYPE, "field `type` is required");
	TRY(multipart_parse(rq->cx, http_header(rq->http, "Content-Type"), rq->http->body,
		&parts));
	const struct multipart_part *part = multipart_file(&parts, "media");
	if (!part)
		return why(rq->cx, ERR_EMPTY_MEDIA, "field `media`: no part with a file");
	m.name = file_name_clean(rq->cx->mem, part->filename);
	TRY(look_at(rq, part->body, &m));
	TRY(media_store_file(rq->cx, part->body, &m.sha256));
	TRY(store_write(rq->house->store, rq->cx, add_row, &m));
	out->type = in->type;
	out->media_id = m.key;
	out->created_at = arena_printf(rq->cx->mem, "%" PRId64, m.created_ms / 1000);
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
	GET_RAW("/cgi-bin/media/get", media_get_file, media, READS,
		"Download by media_id"),
	LAST_ROUTE,
};
