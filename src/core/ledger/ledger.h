/*
 * core/ledger - who served whom, and when it changed; nobody can alter it unseen.
 *
 * Append-only, per corp.  An entry is written in the transaction of what it tells
 * of.  It is a line, a JSON text made of its columns in a fixed order,
 *
 *	{"corp":"ww…","entry":7,"time":1795…,"kind":"handed_over","customer":"wm…",
 *	 "member":"lilei","other":"han","actor":"member:admin","detail":"…"}
 *
 * and its hash covers the one before it:
 *
 *	hash(n) = SHA-256(hex(hash(n-1)) + hex(SHA-256(line(n)))),  hash(0) = 32 zero bytes
 *
 * So a line can be shown without the others: of those a proof gives only SHA-256(line).
 * Once a day the end of the chain is signed (Ed25519, core/keys.h), so that nobody can cut
 * it off or write it anew who has not the key.  doc/ledger.md tells third parties how to
 * check all this, doc/ledger-check.mjs does it.
 */
#ifndef CORE_LEDGER_LEDGER_H
#define CORE_LEDGER_LEDGER_H

#include "base/buf.h"
#include "core/doctor.h"
#include "store/store.h"

/* Kinds, as they stand in the lines. */
#define LEDGER_ADDED "added"       /* the customer added the member */
#define LEDGER_TAGGED "tagged"     /* his labels changed; detail: "+et… -et…" */
#define LEDGER_ASSIGNED "assigned" /* a handover to `other` waits for the customer */
#define LEDGER_HANDED_OVER "handed_over" /* member's customer is other's now */
#define LEDGER_GROUP_HANDED_OVER                                                         \
	"group_handed_over"                  /* a group; its chat_id is `customer` */
#define LEDGER_REFUSED "refused"             /* the customer refused `other` */
#define LEDGER_FAILED "failed"               /* `other` could not take him */
#define LEDGER_DELETED "deleted"             /* by the member */
#define LEDGER_LEFT "left"                   /* the customer deleted the member */
#define LEDGER_BLOCKED "blocked"             /* the member shut the customer out */
#define LEDGER_UNBLOCKED "unblocked"         /* and took it back */
#define LEDGER_WITHDRAWN "consent_withdrawn" /* the customer is the corp's no more */
#define LEDGER_EXPORTED "exported" /* a list of customers, by `member`; no customer */

struct ledger_entry {
	int64_t corp, entry, time_ms;
	const char *kind;
	str customer, member, other; /* external_userid, userids */
	str actor, detail;
};

/* Appends; gives entry, time and actor (tx's) itself. */
enum err ledger_add(struct tx *tx, const struct ledger_entry *e);
/* A customer's entries, oldest first, after `after`. */
enum err ledger_of(struct tx *tx, int64_t corp, str customer, int64_t after,
	int64_t limit, struct ledger_entry **out, size_t *out_n);
/* The same, newest first, before `before`. */
enum err ledger_newest_of(struct tx *tx, int64_t corp, str customer, int64_t before,
	int64_t limit, struct ledger_entry **out, size_t *out_n);

/* Each entry of a time, in order. */
enum err ledger_each_between(struct tx *tx, int64_t corp, int64_t from_ms,
	int64_t until_ms, enum err (*fn)(void *arg, const struct ledger_entry *e),
	void *arg);

/* The last entry's number and hash in hex; 0 and zeros for an empty ledger. */
enum err ledger_head(struct tx *tx, int64_t corp, int64_t *out_entry, str *out_hash);
/* Computes every hash again and reports what does not fit. */
enum err ledger_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg);
/* ---- signed heads ---- */

/* {"corp":"ww…","entry":9,"hash":"…","day":"2026-11-22","time":…} and its signature. */
struct ledger_signed {
	int64_t entry, day;
	str line, signature, key; /* the latter as bytes */
};
/* Signs the end, unless it is signed already or nothing is there. */
enum err ledger_sign(struct tx *tx, int64_t corp);
/* The clock's: signs once in a day (UTC); gives the next. */
enum err ledger_sign_expire(struct tx *tx, int64_t corp, int64_t *out_next_ms);
/* By entry, after one. */
enum err ledger_heads(struct tx *tx, int64_t corp, int64_t after, int64_t limit,
	struct ledger_signed **out, size_t *out_n);

/* A proof of a customer's entries, as JSON lines: from his first entry to the head,
 * with the signed heads between. */
enum err ledger_export(struct tx *tx, int64_t corp, str customer, struct buf *out);

#endif
