/*
 * client/media_upload.c - files that members attach to what is sent later: welcomes, quick
 * replies, mass messages, moments.
 */
#include "client/client.h"
#include "core/media/media.h"
#include "wire/mime.h"
#include "wire/multipart.h"

enum { SNIFF_BYTES = 4096 };

#define UPLOAD_IN(F, SUB) F(octets, type, REQUIRED, 1, 16, "image, video or file")
SHAPE(file_upload_in, UPLOAD_IN)
#define UPLOAD_OUT(F, SUB)                                                               \
	F(octets, media_id, ALWAYS, 1, 128,                                              \
		"For attachments; lives three days unless something keeps it")           \
	F(octets, type, ALWAYS, 1, 16, "As asked")                                       \
	F(text, name, ALWAYS, 0, 256, "The file's name")                                 \
	F(int, size, ALWAYS, 0, INT64_MAX, "Bytes")                                      \
	F(int, width, ALWAYS, 0, INT64_MAX, "Of a picture")                              \
	F(int, height, ALWAYS, 0, INT64_MAX, "Of a picture")
SHAPE(file_upload_out, UPLOAD_OUT)

#define PREVIEW_IN(F, SUB) F(octets, media_id, REQUIRED, 1, 128, "Of an attachment")
SHAPE(file_preview_in, PREVIEW_IN)
NO_OUT(file_preview)

static enum err add_row(struct tx *tx, void *arg)
{
	return media_add(tx, arg);
}

static enum err file_upload(struct req *rq)
{
	const struct file_upload_in *in = rq->in;
	struct file_upload_out *out = rq->out;
	struct media m = { .corp = rq->cx->actor.corp, .kind = in->type };
	const struct multipart_part *part;
	struct multipart parts;
	int width = 0, height = 0;

	if (!str_is(in->type, "image") && !str_is(in->type, "video") &&
		!str_is(in->type, "file"))
		return why(rq->cx, ERR_INVALID_ARGUMENT, "type: image, video or file");
	TRY(multipart_parse(rq->cx, http_header(rq->http, "Content-Type"), rq->http->body,
		&parts));
	part = multipart_file(&parts, "media");
	if (!part)
		return why(rq->cx, ERR_EMPTY_MEDIA, "media: no part with a file");
	m.name = file_name_clean(rq->cx->mem, part->filename);
	m.mime = str_of(mime_sniff(str_sub(part->body, 0, SNIFF_BYTES), m.name));
	m.size = (int64_t)part->body.n;
	TRY(media_check(rq->cx, m.kind, m.mime, m.size, 0));
	if (mime_picture_size(part->body, &width, &height)) {
		m.width = width;
		m.height = height;
	}
	TRY(media_store_file(rq->cx, part->body, &m.sha256));
	TRY(store_write(rq->house->store, rq->cx, add_row, &m));
	*out = (struct file_upload_out){ .media_id = m.key,
		.type = in->type,
		.name = m.name,
		.size = m.size,
		.width = m.width,
		.height = m.height };
	return OK;
}

/* A media_id is random, and whoever has it put it there or may use it. */
static enum err file_preview(struct req *rq)
{
	const struct file_preview_in *in = rq->in;
	struct answer_file f = { .cache = "private, max-age=86400" };
	struct media m;

	TRY(media_get(rq->tx, rq->cx->actor.corp, in->media_id, &m));
	f.size = m.size;
	f.mime = m.mime;
	f.name = m.name;
	f.inline_image = mime_is_picture(arena_cstr(rq->cx->mem, m.mime));
	TRY(media_open(rq->cx, &m, &f.fd));
	return answer_file(rq, &f);
}

const struct route media_upload_routes[] = {
	UPLOAD("/v1/media/upload", file_upload, member, WAITS,
		"Upload a file for attachments"),
	GET_RAW("/v1/media", file_preview, member, READS,
		"An attachment's file; pictures are shown"),
	LAST_ROUTE,
};
