/*
 * core/account/private - between the files of this folder.
 */
#ifndef CORE_ACCOUNT_PRIVATE_H
#define CORE_ACCOUNT_PRIVATE_H

#include "core/account/account.h"

/*
 * attempts.c - sign-ins that may fail, counted in memory, a window at a time.
 * attempt_take is false when `key` has had `limit` of them; attempt_forget gives
 * back all (the account proved itself), attempt_return one (the address did).
 */
bool attempt_take(uint64_t key, int limit, int64_t now_ms);
void attempt_forget(uint64_t key);
void attempt_return(uint64_t key);

/* seen.c - the session is in use, and the table does not know it yet. */
struct seen {
	bool is_member;
	int64_t holder; /* corp of a member's session, else the consumer */
	int64_t session, seen_ms;
};
void seen_note(const struct seen *s);

/* password.c */
enum err password_check_length(struct ctx *cx, const char *field, str password);
/* Takes as long for a wrong password as for a hash that is empty. */
bool password_matches(str hash, str password);

#endif
