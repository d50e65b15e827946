/*
 * core/media/private - between the files of this folder.
 */
#ifndef CORE_MEDIA_PRIVATE_H
#define CORE_MEDIA_PRIVATE_H

#include "core/media/media.h"

/* The folder of all files. */
const char *media_folder(void);
/* Unlinks a file that was last stored before `before_ms`.  Storing the same
 * content meanwhile either comes first, and the file stays, or after, and it is
 * written anew. */
bool media_file_remove(const char *path, int64_t before_ms);

#endif
