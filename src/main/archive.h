/*
 * main/archive.h - a backup as one file: a gzipped tar (libarchive).
 *
 *	liaison.db          the store, consistent as of one commit
 *	media/ab/abcdef…    the files that it names
 *	keys                only on request: without it sealed secrets do not open
 *
 * The file is written beside its place and renamed, so it is whole or absent.
 */
#ifndef MAIN_ARCHIVE_H
#define MAIN_ARCHIVE_H

#include "store/store.h"

/* Media are only ever added, so copying them after the store misses nothing. */
enum err archive_make(struct store *store, struct ctx *cx, const char *data_dir,
	bool with_keys, const char *file);
/* Unpacks beside data_dir, checks the store, then puts all in place.  Nobody may have
 * the store open.  An old store is kept beside the new one. */
enum err archive_restore(struct ctx *cx, const char *file, const char *data_dir);

#endif
