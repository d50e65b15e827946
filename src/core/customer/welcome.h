/*
 * core/customer/welcome.h - the first words to a new customer, exactly once.
 *
 * When an app that sends welcome messages listens, a code is given out and the corp
 * waits WELCOME_LIFE_MS for it; then, or at once when no app does, the corp's own
 * text is sent as the member's message.  The state changes in the transaction that
 * adds the messages, so there is one welcome either way.
 */
#ifndef CORE_CUSTOMER_WELCOME_H
#define CORE_CUSTOMER_WELCOME_H

#include "core/customer/customer.h"
#include "core/message/attachment.h"

enum { WELCOME_LIFE_MS = 20000 };
enum welcome_state {
	WELCOME_WAITING = 1,
	WELCOME_BY_APP = 2,
	WELCOME_BY_CORP = 3,
	WELCOME_NONE = 4
};

struct welcome {
	int64_t corp, welcome, member, customer, chat, expires_ms;
	str code;
	enum welcome_state state;
};

/* For a new follow: waits for an app or sends the corp's.  The code is empty when no
 * app is waited for; it goes into the callback. */
enum err welcome_begin(struct tx *tx, const struct follow *f, str *out_code,
	int64_t *out_expires_ms);
/* An app has a code: ERR_WELCOME_CODE (41050) unknown or late, ERR_WELCOME_SENT (41051). */
enum err welcome_send(struct tx *tx, int64_t corp, str code,
	const struct message_part *parts, size_t n);
/* Sends the corp's own for codes that are over; gives the time of the next (0: none). */
enum err welcome_expire(struct tx *tx, int64_t corp, int64_t *out_next_ms);
/* Forgets welcomes that were decided a week ago. */
enum err welcome_sweep(struct tx *tx, int64_t corp);
/* Test hook of the plays: the life is divided by it. */
void welcome_hurry(int64_t by);

#endif
