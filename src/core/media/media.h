/*
 * core/media - files, kept once by content.
 *
 * A file is written before its row: to a temporary name, fsync, rename to
 * media/ab/abcdef…, fsync of the folder; then the row commits.  So a row never
 * lacks its file; a file without a row is swept later.  media_id (media_key) is
 * random text; it is the corp's, shared by its apps, and lives three days
 * unless something of the house refers to it (media_keep).
 */
#ifndef CORE_MEDIA_MEDIA_H
#define CORE_MEDIA_MEDIA_H

#include "core/doctor.h"
#include "core/event.h"

enum { MEDIA_LIFE_MS = 3 * 24 * 3600 * 1000 };

struct media {
	int64_t corp, media;
	str key, kind, name, mime, sha256;
	int64_t size, width, height, created_ms, expires_ms;
};

/* The data folder, in which media/ is made; once at boot. */
enum err media_set_dir(struct ctx *cx, const char *data_dir);
/* Writes and syncs the bytes; not in a transaction (WAITS).  Gives the hash. */
enum err media_store_file(struct ctx *cx, str bytes, str *out_sha256);
/* What an upload of document 90253's type may be: kind "image", "voice", "video" or
 * "file" by its sniffed `mime`, size and length (`voice_ms`, voices only).
 * ERR_BAD_TYPE, ERR_BAD_MEDIA_TYPE, ERR_EMPTY_MEDIA, ERR_BAD_FILE_SIZE (5 bytes or
 * less), ERR_BAD_IMAGE_SIZE, ERR_MEDIA_TOO_LARGE, ERR_VOICE_TOO_LONG. */
enum err media_check(struct ctx *cx, str kind, str mime, int64_t size, int64_t voice_ms);
/* The same for media/upload_attachment (document 95098): the file has a purpose, and serves
 * no other (ERR_MEDIA_PURPOSE, 41072).  `video_ms` -1: unknown.  m->kind becomes
 * media_purpose_kind(purpose, type).  ERR_BAD_MEDIA_TYPE, ERR_ATTACHMENT_SIZE,
 * ERR_ATTACHMENT_PIXELS, ERR_ATTACHMENT_LONG, ERR_BAD_VIDEO. */
enum media_purpose { MEDIA_FOR_MOMENT = 1, MEDIA_FOR_ALBUM = 2 };
enum err media_check_attachment(struct ctx *cx, int64_t purpose, str type,
	struct media *m, int64_t video_ms);
/* "moment-image", "album-image" …; a media_id of another kind is not for this. */
str media_purpose_kind(struct arena *mem, enum media_purpose purpose, str type);
/* media_get of a file with that purpose; ERR_MEDIA_PURPOSE for another's. */
enum err media_for(struct tx *tx, int64_t corp, enum media_purpose purpose, str type,
	str key, struct media *out);
/* What media/uploadimg takes (document 90256): ERR_BAD_IMAGE_SIZE, ERR_BAD_IMAGE_FORMAT;
 * and its row, kept for ever and shown to everybody.  ERR_TOO_OFTEN beyond so many
 * a day and in 30 days. */
#define MEDIA_PUBLISHED "uploadimg"
enum err media_check_published(struct ctx *cx, str mime, int64_t size);
enum err media_publish(struct tx *tx, struct media *m, int64_t day_max,
	int64_t month_max);
/* The row; key, id and times are filled.  expires_ms 0 means three days from now, -1
 * never (what the house itself refers to from the start). */
enum err media_add(struct tx *tx, struct media *m);
/* ERR_BAD_MEDIA_ID when unknown or expired. */
enum err media_get(struct tx *tx, int64_t corp, str key, struct media *out);
enum err media_keep(struct tx *tx, int64_t corp, str key);
/* Opens the file for reading; the caller owns the descriptor. */
enum err media_open(struct ctx *cx, const struct media *m, int *out_fd);
/* Drops rows whose time is over. */
enum err media_sweep(struct tx *tx, int64_t corp);
/* Removes files that no row of these corps names and nobody has stored since
 * `before_ms`; not in a transaction.  An hour is long enough for a row to follow. */
enum err media_sweep_files(struct store *store, struct ctx *cx, const int64_t *corps,
	size_t n, int64_t before_ms, int64_t *out_removed);
/* For doctor: fn hears the hash of every row. */
enum err media_each_hash(struct tx *tx, int64_t corp,
	enum err (*fn)(void *arg, str sha256), void *arg);

/* May everybody who knows its name see a file of that kind? */
bool media_is_public(const struct media *m);
/* A picture in public: "<corp>-<key>", as GET /v1/avatar takes it, and the path with it:
 * empty for an empty key. */
str media_public_id(struct arena *mem, int64_t corp, str key);
str media_public_path(struct arena *mem, int64_t corp, str key);
bool media_public_parse(str id, int64_t *out_corp, str *out_key);
/* The published picture that an address of ours names, whatever host it was given out
 * with; ERR_BAD_MEDIA_ID for any other address. */
enum err media_by_url(struct tx *tx, int64_t corp, str url, struct media *out);

/* Every row has its file. */
enum err media_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg);

#endif
