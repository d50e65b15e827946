/*
 * store/backup.h - copies that can be trusted.
 *
 * A backup is one file in the store's own format, consistent as of one commit,
 * fsynced, and put in place by a rename, so it is whole or absent.
 */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include "store/store.h"

/* While the store works; `file` must not exist (ERR_CONFLICT). */
enum err store_backup(struct store *store, struct ctx *cx, const char *file);
/* Puts a backup in the place of DIR's store, which must not be open.  The copy is
 * checked first; the old store stays beside it as liaison.db.old-1, -2 …
 * A schema above `newest`, this program's, is refused. */
enum err store_restore(struct ctx *cx, const char *file, const char *dir, int newest);
/* Is `file` a sound store of ours?  The schema's number comes back. */
enum err store_check_file(struct ctx *cx, const char *file, int *out_schema);
/* For the doctor: reports each fault of the open store by a call; full reads
 * every index entry too.  OK also when faults were found. */
enum err store_check(struct store *store, struct ctx *cx, bool full,
	void (*on_fault)(void *arg, str what), void *arg);

#endif
