/*
 * core/customer/handover.h - customers passing from one member to another (documents
 * 92125, 94088, 92124, 94081, 94082).
 *
 * In service or after somebody has left, a customer is assigned to a successor.  He is
 * told in his chat who follows and until when he may refuse.  By WeCom's rule the
 * handover waits for a day and is done then; a corp may have it at once (and the
 * customer still has that day).  When it is done, in one transaction,
 *
 *	- the successor's follow begins, with remark, notes, tags, state and add_way 202;
 *	- the chat is the same one with the successor in the old member's place: he reads
 *	  its whole timeline, the old member nothing any more;
 *	- the old follow stays, FOLLOW_TRANSFERRED; both desks, the customer and the apps
 *	  are told, and the ledger has it.
 *
 * If the successor follows the customer already, he keeps his chat and gets the notes he
 * lacks, the tags, and the old chat, closed, to read.  A refused customer stays with, or
 * goes back to, the old member; when that one has left he waits for an administrator.
 */
#ifndef CORE_CUSTOMER_HANDOVER_H
#define CORE_CUSTOMER_HANDOVER_H

#include "core/customer/follow.h"

enum handover_kind { HANDOVER_IN_SERVICE = 1, HANDOVER_RESIGNED = 2 };
/* As WeCom numbers them. */
enum handover_status {
	HANDOVER_DONE = 1,
	HANDOVER_WAITING = 2,
	HANDOVER_REFUSED = 3,
	HANDOVER_FAILED = 4, /* the successor cannot take him */
};
enum {
	HANDOVER_WAIT_MS = 24 * 3600 * 1000,
	HANDOVER_WORDS_MAX = 200,
	HANDOVER_TIMES_MAX = 2, /* in service, of one customer in HANDOVER_TIMES_DAYS */
	HANDOVER_TIMES_DAYS = 90,
};

struct handover {
	int64_t corp, handover, customer, from, to, chat, created_ms, due_ms, done_ms;
	int64_t rule; /* position of the rule that decided, 0: somebody assigned */
	enum handover_kind kind;
	enum handover_status status;
	str oper_userid, words;
};

/* What is to be done, and by whom. */
struct handover_order {
	int64_t corp;
	enum handover_kind kind;
	struct member from, to;
	str words;       /* the successor's first, empty for nothing */
	bool at_once;    /* whatever the corp's rule is */
	int64_t by_app;  /* the app whose call it is */
	int64_t rule;    /* by which rule, 0 none */
	str oper_userid; /* who assigned, when it is not the actor; empty: the actor */
};

/* Reads both members and the corp's rule; is it possible at all?  40130 the same person,
 * 40143 the successor may not act, 41054 he does not serve customers; 40097 `from` has
 * not left (resigned), 60111 he has (in service). */
enum err handover_begin(struct tx *tx, int64_t corp, enum handover_kind kind, str from,
	str to, struct handover_order *out);
/* One customer.  What speaks against this one alone comes in *out_code: 40096, 40131,
 * 40129 (waits already), 40128 (twice in 90 days). */
enum err handover_add(struct tx *tx, const struct handover_order *o, str external_userid,
	enum err *out_code);
/* An administrator's order: in service or not, at once. */
enum err handover_to(struct tx *tx, int64_t corp, str from, str to,
	struct handover_order *out);
/* One customer of such an order; a handover that waits is overtaken.  As handover_add, but
 * however often he has passed. */
enum err handover_take(struct tx *tx, const struct handover_order *o, str external_userid,
	enum err *out_code);
/* All customers of a member, in service or not, at once, in this transaction. */
enum err handover_all(struct tx *tx, int64_t corp, str from, str to, int64_t *out_n);

/* Of one pair of members, oldest first, after a number. */
enum err handover_page(struct tx *tx, const struct handover_order *o, int64_t after,
	int64_t limit, struct handover **out, size_t *out_n);
/* The newest first, of one leaver (0: all), before a number (0: from the newest). */
enum err handover_log(struct tx *tx, int64_t corp, int64_t from, int64_t before,
	int64_t limit, struct handover **out, size_t *out_n);
/* The one that waits for a customer of a member. */
enum err handover_waiting(struct tx *tx, int64_t corp, int64_t from, int64_t customer,
	struct handover *out, bool *out_found);
/* The newest of a customer; ERR_BAD_EXTERNAL_USERID without one. */
enum err handover_of(struct tx *tx, const struct handover_order *o, int64_t customer,
	struct handover *out);

/* Customers of those who have left, by (member, customer) after a place. */
struct unassigned {
	int64_t member, customer, left_ms;
	str userid, external_userid;
};
enum err handover_unassigned(struct tx *tx, int64_t corp, int64_t after_member,
	int64_t after_customer, size_t limit, struct unassigned **out, size_t *out_n);

/* The customer refuses the latest handover of his chat: ERR_NOT_FOUND, ERR_CLOSED (late). */
enum err handover_refuse(struct tx *tx, int64_t corp, int64_t chat);
/* Does what is due; gives the time of the next (0: none). */
enum err handover_expire(struct tx *tx, int64_t corp, int64_t *out_next_ms);
/* Test hook of the plays: the wait is divided by it. */
void handover_hurry(int64_t by);
enum err handover_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg);

#endif
