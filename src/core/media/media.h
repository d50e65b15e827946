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

#include "core/event.h"

enum { MEDIA_LIFE_MS = 3 * 24 * 3600 * 1000 };

struct media {
	int64_t corp, media;
	str key, kind, name, mime, sha256;
	int64_t size, width, height, created_ms, expires_ms;
};

/* Where files are; once at boot. */
void media_set_dir(const char *dir);
/* Writes and syncs the bytes; not in a transaction (WAITS).  Gives the hash. */
enum err media_store_file(struct ctx *cx, str bytes, str *out_sha256);
/* The row; key, id and times are filled. */
enum err media_add(struct tx *tx, struct media *m);
/* ERR_BAD_MEDIA_ID when unknown or expired. */
enum err media_get(struct tx *tx, int64_t corp, str key, struct media *out);
enum err media_keep(struct tx *tx, int64_t corp, str key);
/* Opens the file for reading; the caller owns the descriptor. */
enum err media_open(struct ctx *cx, const struct media *m, int *out_fd);

#endif
