/*
 * core/account/audit - what administrators did, kept for the corp.
 *
 * Append-only.  A row is written in the transaction of what it tells of.
 */
#ifndef CORE_ACCOUNT_AUDIT_H
#define CORE_ACCOUNT_AUDIT_H

#include "core/event.h"

struct audit_entry {
	int64_t entry, time_ms;
	str actor;  /* "member:lilei", "app:1000002", "operator" */
	str verb;   /* "member.disable" */
	str object; /* "member:hanmeimei" */
	str detail; /* in words; never a secret */
};

/* Says that tx's actor did `verb` to `object`. */
enum err audit_add(struct tx *tx, int64_t corp, const char *verb, str object, str detail);
/* Newest first, at most `limit` below `before` (0: from the newest). */
enum err audit_page(struct tx *tx, int64_t corp, int64_t before, int64_t limit,
	struct audit_entry **out, size_t *out_n);
/* The clock's: forgets what is older than the corp keeps it (setting audit_days), some at a
 * time; gives when to come again. */
enum err audit_expire(struct tx *tx, int64_t corp, int64_t *out_next_ms);

#endif
