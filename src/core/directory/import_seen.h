/*
 * core/directory/import_seen - which userids the table had already; for this folder.
 *
 * Of a userid only a 64-bit hash is kept, with its line.
 */
#ifndef CORE_DIRECTORY_IMPORT_SEEN_H
#define CORE_DIRECTORY_IMPORT_SEEN_H

#include "base/str.h"

struct import_seen;

struct import_seen *import_seen_new(void);
void import_seen_free(struct import_seen *s);
/* False when it was there: then *out_line says where. */
bool import_seen_put(struct import_seen *s, str userid, int64_t line, int64_t *out_line);

#endif
