/*
 * core/customer/temp.h - temporary chats (document 92228).
 *
 * Who comes by a temporary way is served for a while: when the time is over, or an app
 * says so, the way's conclusion is said as the member's last words and the chat closes.
 * Coming again by the way opens it again; coming by a lasting one makes it last.
 */
#ifndef CORE_CUSTOMER_TEMP_H
#define CORE_CUSTOMER_TEMP_H

#include "core/customer/follow.h"

/* A follow has just begun, or is met again, by a way. */
enum err temp_met(struct tx *tx, const struct way *w, const struct follow *f,
	bool is_new);
/* Ends a running one; ERR_NOT_CUSTOMER (84061) when the chat is not temporary. */
enum err temp_close(struct tx *tx, struct follow *f);
/* The clock: ends those whose time is over. */
enum err temp_expire(struct tx *tx, int64_t corp, int64_t *out_next_ms);
/* For tests: times are divided by it. */
void temp_hurry(int64_t by);

#endif
