/*
 * core/service/item.h - what an app pulls by sync_msg, and how it writes.
 *
 * An item is a message of a customer or servicer, or an event.  Each brings the callback
 * kf_msg_or_event to the apps that manage the account, with a token that is good for ten
 * minutes; items stay three days.  A cursor is the last item's number.
 */
#ifndef CORE_SERVICE_ITEM_H
#define CORE_SERVICE_ITEM_H

#include "core/service/session.h"

enum { SERVICE_TOKEN_LIFE_MS = 600 * 1000 };
#define SERVICE_ITEM_KEEP_MS (INT64_C(3) * 24 * 3600 * 1000)

struct service_item {
	int64_t item, customer;
	struct message message; /* seq 0: an event */
	str event;              /* JSON: event_type … */
};
/* Ascending after `after`. */
enum err service_items(struct tx *tx, const struct service_account *a, int64_t after,
	int64_t limit, struct service_item **out, size_t *out_n, bool *out_more);
/* 95007 unless it is ours, of this account, and lives. */
enum err service_token_check(struct ctx *cx, const struct service_account *a, str token);

/* Codes that answer an event; stored. */
enum service_code_kind { CODE_WELCOME = 1, CODE_REPLY = 2, CODE_END = 3 };

/* An app writes to a customer: 95031, 95002, 95013, 95018, 95001.  `msgid` empty: made; one
 * that is known adds nothing.  When the customer wants none, it is not delivered, and
 * msg_send_fail says so. */
enum err service_send(struct tx *tx, const struct service_account *a, struct visit *v,
	str msgid, str type, str body, str *out_msgid);
/* What a code answers: 95007, 42022.  Then the answer itself. */
enum err service_code_get(struct tx *tx, int64_t corp, str code,
	enum service_code_kind *out_kind, struct service_account *out_a,
	struct visit *out_v);
enum err service_answer(struct tx *tx, const struct service_account *a, struct visit *v,
	str code, str msgid, str type, str body, str *out_msgid);

#endif
