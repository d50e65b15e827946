/*
 * client/profile.c - the consumer's own name, picture and language.
 *
 * The page cuts a square and encodes it anew (so nothing of the camera is left in it);
 * the server takes small squares only, of types that browsers draw from pixels.
 */
#include "client/client.h"
#include "client/me.h"
#include "core/customer/consumer.h"
#include "frame/rate.h"
#include "wire/mime.h"
#include "wire/multipart.h"

enum {
	CHANGES_PER_MINUTE = 6,
	PICTURE_BYTES_MAX = 256 << 10,
	PICTURE_SIDE_MIN = 32,
	PICTURE_SIDE_MAX = 1024,
	SNIFF_BYTES = 4096,
};

#define ME_NAME_IN(F, SUB)                                                               \
	F(text, name, REQUIRED, 1, CONSUMER_NAME_MAX, "Shown to those who serve him")
SHAPE(me_name_in, ME_NAME_IN)
NO_OUT(me_name)

#define ME_LANGUAGE_IN(F, SUB)                                                           \
	F(octets, language, REQUIRED, 0, 8, "zh, en, or empty: as the browser has it")
SHAPE(me_language_in, ME_LANGUAGE_IN)
NO_OUT(me_language)

NO_IN(me_picture)
#define ME_PICTURE_OUT(F, SUB) SUB(object, me, view_me, ALWAYS, 0, 0, "The consumer")
SHAPE(me_picture_out, ME_PICTURE_OUT)

static enum err rename_in_tx(struct tx *tx, void *arg)
{
	const struct me_name_in *in = arg;

	return consumer_rename(tx, tx->cx->actor.id, in->name);
}

/* WAITS, so that the rate is taken once however often the write runs. */
static enum err me_name(struct req *rq)
{
	struct me_name_in in = *(const struct me_name_in *)rq->in;

	TRY(rate_person(rq, "name", CHANGES_PER_MINUTE));
	return store_write(rq->house->store, rq->cx, rename_in_tx, &in);
}

static enum err me_language(struct req *rq)
{
	const struct me_language_in *in = rq->in;

	return consumer_speak(rq->tx, rq->cx->actor.id, in->language);
}

/* ---- the picture ---- */

struct picturing {
	struct req *rq;
	struct media media;
};

static enum err check(struct req *rq, str bytes, struct media *m)
{
	int width = 0, height = 0;

	m->mime = str_of(mime_sniff(str_sub(bytes, 0, SNIFF_BYTES), STR_NONE));
	m->size = (int64_t)bytes.n;
	if (m->size > PICTURE_BYTES_MAX)
		return why(rq->cx, ERR_MEDIA_TOO_LARGE, "media: at most %d KiB",
			PICTURE_BYTES_MAX >> 10);
	if (!str_is(m->mime, "image/png") && !str_is(m->mime, "image/jpeg") &&
		!str_is(m->mime, "image/webp"))
		return why(rq->cx, ERR_BAD_MEDIA_TYPE,
			"media: a PNG, JPEG or WebP picture");
	if (!mime_picture_size(bytes, &width, &height) || width != height ||
		width < PICTURE_SIDE_MIN || width > PICTURE_SIDE_MAX)
		return why(rq->cx, ERR_BAD_IMAGE_SIZE,
			"media: a square of %d to %d pixels", PICTURE_SIDE_MIN,
			PICTURE_SIDE_MAX);
	m->width = width;
	m->height = height;
	m->kind = STR("avatar");
	m->name = STR("picture");
	return OK;
}

static enum err put(struct tx *tx, void *arg)
{
	struct picturing *p = arg;
	struct me_picture_out *out = p->rq->out;

	TRY(consumer_show(tx, tx->cx->actor.id, &p->media));
	out->me = ARENA_NEW(tx->cx->mem, struct view_me);
	return view_me_consumer(tx, tx->cx->actor.id, out->me);
}

static enum err me_picture(struct req *rq)
{
	struct picturing p = { .rq = rq };
	const struct multipart_part *part;
	struct multipart parts;

	TRY(rate_person(rq, "picture", CHANGES_PER_MINUTE));
	TRY(multipart_parse(rq->cx, http_header(rq->http, "Content-Type"), rq->http->body,
		&parts));
	part = multipart_file(&parts, "media");
	if (!part)
		return why(rq->cx, ERR_EMPTY_MEDIA, "media: no part with a file");
	TRY(check(rq, part->body, &p.media));
	TRY(media_store_file(rq->cx, part->body, &p.media.sha256));
	return store_write(rq->house->store, rq->cx, put, &p);
}

const struct route profile_routes[] = {
	POST("/v1/me/name", me_name, consumer, WAITS, "Change the consumer's name"),
	POST("/v1/me/language", me_language, consumer, WRITES,
		"The language in which he is written to"),
	UPLOAD("/v1/me/picture", me_picture, consumer, WAITS,
		"Change the consumer's picture: a small square"),
	LAST_ROUTE,
};
