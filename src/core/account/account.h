/*
 * core/account - who signs in, and by what.
 *
 * A member has a credential (Argon2id) and sessions; a consumer has sessions
 * only: his browser's key is his account.  A session's token is
 *
 *	"M" corp "-" session "-" secret       a member's
 *	"C" consumer "-" session "-" secret   a consumer's     (numbers as id_text)
 *
 * so it finds its row without a search; of the secret only the SHA-256 is kept.
 *
 * Hashing a password takes tens of milliseconds and 19 MiB: it never happens
 * within a transaction.  The functions that take a store hash and open short
 * transactions themselves: they are for WAITS handlers, jobs and the command line.
 */
#ifndef CORE_ACCOUNT_ACCOUNT_H
#define CORE_ACCOUNT_ACCOUNT_H

#include "core/directory/directory.h"
#include "core/directory/import.h"

enum {
	PASSWORD_MIN_CHARS = 8,
	PASSWORD_MAX_CHARS = 128,
	SESSION_IDLE_DAYS = 30, /* a member's session ends so long after its last use */
};

/* ---- sessions ---- */

/* Whose token it is: sets tx->cx->actor with its scopes (session and member or
 * consumer; admin for administrators).  ERR_SIGNED_OUT, ERR_DISABLED.  Notes that
 * the session is in use; account_seen_flush writes that down. */
enum err account_session_check(struct tx *tx, str token);
enum err account_member_session_add(struct tx *tx, int64_t corp, int64_t member,
	str device, str *out_token);
enum err account_consumer_session_add(struct tx *tx, int64_t consumer, str device,
	str *out_token);
/* Ends all of a consumer's sessions: his account has become part of another. */
enum err account_consumer_end_all(struct tx *tx, int64_t consumer);
/* Ends the actor's own session; nothing when it has none. */
enum err account_sign_out(struct tx *tx);

struct session {
	int64_t session, created_ms, seen_ms;
	str device;
};

/* A member's living sessions, newest first. */
enum err account_sessions(struct tx *tx, int64_t corp, int64_t member,
	struct session **out, size_t *out_n);
/* Ends one of a member's sessions; ERR_NOT_FOUND.  Emits EVENT_SIGNED_OUT. */
enum err account_end(struct tx *tx, int64_t corp, int64_t member, int64_t session);
/* Ends them all, but `keep` (0: none is kept).  Emits EVENT_SIGNED_OUT. */
enum err account_end_all(struct tx *tx, int64_t corp, int64_t member);
enum err account_end_others(struct tx *tx, int64_t corp, int64_t member, int64_t keep);

/* Writes when the sessions noted by account_session_check were last seen (at most
 * once an hour each); the clock calls it every minute or so. */
enum err account_seen_flush(struct store *store, struct ctx *cx);
/* Drops sessions of a corp that have expired. */
enum err account_sweep(struct tx *tx, int64_t corp);

/* ---- signing in (WAITS) ---- */

struct sign_in {
	str corpid;  /* empty: the only corp there is */
	str account; /* userid, mobile or e-mail address */
	str password;
	str device;
	str address; /* where from, for the limits */
};

/* Checks the password and makes a session.  ERR_BAD_SIGN_IN whatever was wrong,
 * ERR_DISABLED only with the right password, ERR_TOO_OFTEN after too many failures
 * of the account or address.  The first sign-in activates a member. */
enum err account_sign_in(struct store *store, struct ctx *cx, const struct sign_in *in,
	struct member *out_member, str *out_token);
/* The check alone, without a session; for another door. */
enum err account_sign_in_check(struct store *store, struct ctx *cx,
	const struct sign_in *in, struct member *out_member);

/* Argon2id of a password, checked for its length; not in a transaction. */
enum err account_hash(struct ctx *cx, str password, str *out_hash);
/* Puts a hash made before. */
enum err account_credential_put(struct tx *tx, int64_t corp, int64_t member, str hash,
	bool must_change);
/* False when the member has no password, or need not change it. */
enum err account_must_change(struct tx *tx, int64_t corp, int64_t member, bool *out);
/* The actor changes his own password; his other sessions end.  ERR_BAD_SIGN_IN when
 * `old` is wrong. */
enum err account_password_change(struct store *store, struct ctx *cx, str old,
	str new_one);
/* A new random password for a member, to be changed by him; his sessions end.  Audited. */
enum err account_password_reset(struct store *store, struct ctx *cx, int64_t corp,
	int64_t member, str *out_password);

/* import_members with the password column: first passwords, for members who have
 * none.  Audited. */
enum err account_import(struct store *store, struct ctx *cx, int64_t corp,
	const struct import_source *source, struct import_result *out);

/* ---- leaving ---- */

/* Disables a member: in the same transaction his sessions end, his tokens die, and his
 * customers go where the corp's rules of handover say, or wait.  Audited.  ERR_FORBIDDEN
 * for oneself. */
enum err member_disable(struct tx *tx, int64_t corp, int64_t member);
/* The same, for good: he stands in no department any more. */
enum err member_leave(struct tx *tx, int64_t corp, int64_t member);
enum err member_enable(struct tx *tx, int64_t corp, int64_t member);

/* No session without a member who may act, no password without a member. */
enum err account_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg);

#endif
