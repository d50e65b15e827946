/*
 * client/import_csv.h - a CSV file of members, from whoever has one.
 *
 * The console's upload and the command line read the same way; doc/import.md
 * has the columns.
 */
#ifndef CLIENT_IMPORT_CSV_H
#define CLIENT_IMPORT_CSV_H

#include "core/account/account.h"

/* Not in a transaction.  ERR_BAD_CSV names the line. */
enum err import_csv(struct store *store, struct ctx *cx, int64_t corp, str bytes,
	struct import_result *out);

#endif
