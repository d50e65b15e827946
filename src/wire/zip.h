/*
 * wire/zip.h - a zip archive written front to back into a file, by libarchive.
 *
 * One entry is begun, written in pieces and ended by the next.  Names are UTF-8.
 */
#ifndef WIRE_ZIP_H
#define WIRE_ZIP_H

#include "base/ctx.h"

struct zip;

/* Writes into `fd`, which stays the caller's.  The archive is the arena's. */
enum err zip_new(struct ctx *cx, int fd, struct zip **out);
enum err zip_entry(struct zip *z, str name, int64_t time_ms);
enum err zip_write(struct zip *z, str bytes);
/* All that is left of a file, read from a descriptor. */
enum err zip_copy(struct zip *z, int from);
/* Writes the directory at the end; ERR_STORE, ERR_NO_SPACE. */
enum err zip_end(struct zip *z);

#endif
