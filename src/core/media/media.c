/*
 * core/media/media.c - the rows: names, times, limits.
 */
#include "base/ids.h"
#include "core/media/media.h"
#include "core/media/media.sql.h"

#define PUBLIC_PATH "/v1/avatar?id="
enum { KEY_CHARS = 43 };

struct limit {
	const char *kind;
	const char *types; /* mime types parted by blanks, "" for all */
	int64_t max_bytes, max_ms;
};

/* limits.md, "Sizes" */
static const struct limit limits[] = {
	{ "image", " image/jpeg image/png ", 10 << 20, 0 },
	{ "voice", " audio/amr audio/amr-wb ", 2 << 20, 60000 },
	{ "video", " video/mp4 ", 10 << 20, 0 },
	{ "file", "", 20 << 20, 0 },
};
enum { MORE_THAN_BYTES = 5 };

static const struct limit *limit_of(str kind)
{
	for (size_t i = 0; i < ARRAY_LEN(limits); i++)
		if (str_is(kind, limits[i].kind))
			return &limits[i];
	return NULL;
}

enum err media_check(struct ctx *cx, str kind, str mime, int64_t size, int64_t voice_ms)
{
	const struct limit *l = limit_of(kind);
	str word = arena_printf(cx->scratch, " %.*s ", STR_FMT(mime));

	if (!l)
		return why(cx, ERR_BAD_TYPE, "field `type`: image, voice, video or file");
	if (size == 0)
		return why(cx, ERR_EMPTY_MEDIA, "field `media`: empty");
	if (size <= MORE_THAN_BYTES)
		return why(cx, ERR_BAD_FILE_SIZE, "field `media`: more than %d bytes",
			MORE_THAN_BYTES);
	if (size > l->max_bytes)
		return why(cx,
			str_is(kind, "image") ? ERR_BAD_IMAGE_SIZE : ERR_MEDIA_TOO_LARGE,
			"media: at most %" PRId64 " bytes for %s", l->max_bytes, l->kind);
	if (l->types[0] && str_find(str_of(l->types), word) == SIZE_MAX)
		return why(cx, ERR_BAD_MEDIA_TYPE,
			"field `media`: %.*s is not taken as %s", STR_FMT(mime), l->kind);
	if (l->max_ms && voice_ms > l->max_ms)
		return why(cx, ERR_VOICE_TOO_LONG, "field `media`: at most 60 seconds");
	return OK;
}

/* ---- files for one purpose ---- */

enum { ATTACHMENT_BYTES = 10 << 20, MOMENT_LONG_SIDE = 10800, MOMENT_SHORT_SIDE = 1080 };
enum { VIDEO_MAX_MS = 30000, PUBLISHED_BYTES = 2 << 20 };
#define DAY_MS (INT64_C(24) * 3600 * 1000)

str media_purpose_kind(struct arena *mem, enum media_purpose purpose, str type)
{
	return arena_printf(mem, "%s-%.*s",
		purpose == MEDIA_FOR_MOMENT ? "moment" : "album", STR_FMT(type));
}

/* Pictures for both, films for moments; files so far for none. */
static enum err check_purpose(struct ctx *cx, int64_t purpose, str type)
{
	bool image = str_is(type, "image"), video = str_is(type, "video");

	if (!image && !video && !str_is(type, "file"))
		return why(cx, ERR_BAD_MEDIA_TYPE,
			"field `media_type`: image, video or file");
	if (purpose != MEDIA_FOR_MOMENT && purpose != MEDIA_FOR_ALBUM)
		return why(cx, ERR_INVALID_ARGUMENT,
			"field `attachment_type`: 1 moments, 2 product album");
	if (!image && !(video && purpose == MEDIA_FOR_MOMENT))
		return why(cx, ERR_MEDIA_PURPOSE, "field `media_type`: %s",
			purpose == MEDIA_FOR_MOMENT ? "moments take image and video"
						    : "the album takes image");
	return OK;
}

static enum err check_moment_image(struct ctx *cx, const struct media *m)
{
	int64_t large = m->width > m->height ? m->width : m->height;
	int64_t small = m->width > m->height ? m->height : m->width;

	if (large > MOMENT_LONG_SIDE || small > MOMENT_SHORT_SIDE)
		return why(cx, ERR_ATTACHMENT_PIXELS,
			"media: at most %d by %d pixels, this has %" PRId64
			" by %" PRId64,
			MOMENT_LONG_SIDE, MOMENT_SHORT_SIDE, m->width, m->height);
	return OK;
}

static enum err check_video(struct ctx *cx, const struct media *m, int64_t video_ms)
{
	if (!str_is(m->mime, "video/mp4") || video_ms < 0)
		return why(cx, ERR_BAD_VIDEO, "media: no MP4 that tells its length");
	if (video_ms > VIDEO_MAX_MS)
		return why(cx, ERR_ATTACHMENT_LONG, "media: at most %d seconds",
			VIDEO_MAX_MS / 1000);
	return OK;
}

static bool is_picture(str mime)
{
	return str_is(mime, "image/jpeg") || str_is(mime, "image/png");
}

static enum err check_bytes(struct ctx *cx, int64_t size)
{
	if (size == 0)
		return why(cx, ERR_EMPTY_MEDIA, "field `media`: empty");
	if (size <= MORE_THAN_BYTES)
		return why(cx, ERR_BAD_FILE_SIZE, "field `media`: more than %d bytes",
			MORE_THAN_BYTES);
	return OK;
}

enum err media_check_attachment(struct ctx *cx, int64_t purpose, str type,
	struct media *m, int64_t video_ms)
{
	TRY(check_purpose(cx, purpose, type));
	TRY(check_bytes(cx, m->size));
	if (m->size > ATTACHMENT_BYTES)
		return why(cx, ERR_ATTACHMENT_SIZE, "media: at most %d MB",
			ATTACHMENT_BYTES >> 20);
	if (str_is(type, "image")) {
		if (!is_picture(m->mime) || !m->width)
			return why(cx, ERR_BAD_MEDIA_TYPE, "media: no JPG or PNG");
		if (purpose == MEDIA_FOR_MOMENT)
			TRY(check_moment_image(cx, m));
	} else {
		TRY(check_video(cx, m, video_ms));
	}
	m->kind = media_purpose_kind(cx->mem, (enum media_purpose)purpose, type);
	return OK;
}

enum err media_for(struct tx *tx, int64_t corp, enum media_purpose purpose, str type,
	str key, struct media *out)
{
	str kind = media_purpose_kind(tx->cx->mem, purpose, type);

	TRY(media_get(tx, corp, key, out));
	if (!str_same(out->kind, kind))
		return why(tx->cx, ERR_MEDIA_PURPOSE,
			"field `media_id`: not uploaded as %.*s", STR_FMT(kind));
	return OK;
}

enum err media_check_published(struct ctx *cx, str mime, int64_t size)
{
	if (size == 0)
		return why(cx, ERR_EMPTY_MEDIA, "the file is empty");
	if (size <= MORE_THAN_BYTES || size > PUBLISHED_BYTES)
		return why(cx, ERR_BAD_IMAGE_SIZE, "more than %d bytes, at most %d MB",
			MORE_THAN_BYTES, PUBLISHED_BYTES >> 20);
	if (!is_picture(mime))
		return why(cx, ERR_BAD_IMAGE_FORMAT, "no JPG or PNG");
	return OK;
}

static enum err check_published_since(struct tx *tx, int64_t corp, int64_t days,
	int64_t limit)
{
	struct media_count_published_row row;
	bool found;

	TRY(media_count_published(tx, corp, tx->cx->now_ms - days * DAY_MS, &row,
		&found));
	if (row.n >= limit)
		return why(tx->cx, ERR_TOO_OFTEN,
			"at most %" PRId64 " in %" PRId64 " days", limit, days);
	return OK;
}

enum err media_publish(struct tx *tx, struct media *m, int64_t day_max, int64_t month_max)
{
	TRY(check_published_since(tx, m->corp, 1, day_max));
	TRY(check_published_since(tx, m->corp, 30, month_max));
	m->kind = STR(MEDIA_PUBLISHED);
	m->expires_ms = -1;
	return media_add(tx, m);
}

bool media_is_public(const struct media *m)
{
	return str_is(m->kind, "avatar") || str_is(m->kind, MEDIA_PUBLISHED) ||
		str_is(m->kind, "album-image");
}

/* ---- rows ---- */

enum err media_add(struct tx *tx, struct media *m)
{
	m->media = id_next();
	m->key = random_text(tx->cx->mem, KEY_CHARS);
	m->created_ms = tx->cx->now_ms;
	if (m->expires_ms < 0)
		m->expires_ms = 0;
	else if (m->expires_ms == 0)
		m->expires_ms = m->created_ms + MEDIA_LIFE_MS;
	return media_insert(tx, m->corp, m->media, m->key, m->kind, m->name, m->mime,
		m->sha256, m->size, m->width, m->height, m->created_ms, m->expires_ms);
}

enum err media_get(struct tx *tx, int64_t corp, str key, struct media *out)
{
	struct media_row row;
	bool found;

	TRY(media_select(tx, corp, key, &row, &found));
	if (!found || (row.expires_ms && row.expires_ms <= tx->cx->now_ms))
		return why(tx->cx, ERR_BAD_MEDIA_ID,
			"field `media_id`: unknown or expired");
	*out = (struct media){
		.corp = corp,
		.media = row.media,
		.key = row.media_key,
		.kind = row.kind,
		.name = row.name,
		.mime = row.mime,
		.sha256 = row.sha256,
		.size = row.size,
		.width = row.width,
		.height = row.height,
		.created_ms = row.created_ms,
		.expires_ms = row.expires_ms,
	};
	return OK;
}

enum err media_keep(struct tx *tx, int64_t corp, str key)
{
	TRY(media_update_kept(tx, corp, key));
	if (tx_changes(tx) != 1)
		return why(tx->cx, ERR_BAD_MEDIA_ID,
			"field `media_id`: unknown or expired");
	return OK;
}

enum err media_sweep(struct tx *tx, int64_t corp)
{
	return media_delete_expired(tx, corp, tx->cx->now_ms);
}

struct each {
	enum err (*fn)(void *arg, str sha256);
	void *arg;
};

static enum err each_row(void *arg, const struct media_hashes_row *row)
{
	const struct each *e = arg;

	return e->fn(e->arg, row->sha256);
}

enum err media_each_hash(struct tx *tx, int64_t corp,
	enum err (*fn)(void *arg, str sha256), void *arg)
{
	struct each e = { fn, arg };

	return media_hashes(tx, corp, each_row, &e);
}

str media_public_id(struct arena *mem, int64_t corp, str key)
{
	return arena_concat(mem, arena_concat(mem, id_text(mem, "", corp), STR("-")),
		key);
}

str media_public_path(struct arena *mem, int64_t corp, str key)
{
	if (!key.n)
		return STR("");
	return arena_concat(mem, STR(PUBLIC_PATH), media_public_id(mem, corp, key));
}

bool media_public_parse(str id, int64_t *out_corp, str *out_key)
{
	str rest = id;
	str corp = str_cut(&rest, '-');

	*out_key = rest;
	return id_parse(corp, "", out_corp) && rest.n == KEY_CHARS;
}

enum err media_by_url(struct tx *tx, int64_t corp, str url, struct media *out)
{
	size_t at = str_find(url, STR(PUBLIC_PATH));
	int64_t of;
	str key;

	if (at == SIZE_MAX ||
		!media_public_parse(str_skip(url, at + strlen(PUBLIC_PATH)), &of, &key) ||
		of != corp)
		return why(tx->cx, ERR_BAD_MEDIA_ID, "no address of a published picture");
	TRY(media_get(tx, corp, key, out));
	if (!str_is(out->kind, MEDIA_PUBLISHED))
		return why(tx->cx, ERR_BAD_MEDIA_ID, "no address of a published picture");
	return OK;
}
