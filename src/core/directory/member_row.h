/*
 * core/directory/member_row - between the table and struct member; for this folder.
 */
#ifndef CORE_DIRECTORY_MEMBER_ROW_H
#define CORE_DIRECTORY_MEMBER_ROW_H

#include "core/directory/directory.h"

struct member_row;

void member_of_row(int64_t corp, const struct member_row *row, struct member *out);
/* userids are ASCII, so folding them is cheap. */
str userid_fold(struct arena *mem, str userid);
/* The two statements, for a member that has been checked and has his numbers. */
enum err member_row_insert(struct tx *tx, const struct member *m);
enum err member_row_update(struct tx *tx, const struct member *m);
enum err member_places_put(struct tx *tx, const struct member *m,
	const struct member_place *places, size_t n, bool is_new);
/* ERR_CONFLICT when another member has the mobile or e-mail address. */
enum err member_contact_is_free(struct tx *tx, const struct member *m);

#endif
