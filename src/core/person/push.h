/*
 * core/person/push.h - the browsers in which a consumer wants to be told of messages.
 *
 * Told once: after a push about a chat there is none until he has read what it was about,
 * however much is written.  jobs/push.c sends.
 */
#ifndef CORE_PERSON_PUSH_H
#define CORE_PERSON_PUSH_H

#include "core/chat/chat.h"

enum { PUSH_SUBSCRIPTIONS_MAX = 10, PUSH_ENDPOINT_MAX = 1024 };

struct push_subscription {
	int64_t subscription;
	str endpoint, public_key, auth;
};

/* The same endpoint again replaces; the oldest of too many goes. */
enum err push_subscribe(struct tx *tx, int64_t consumer,
	const struct push_subscription *s);
enum err push_unsubscribe(struct tx *tx, int64_t consumer, str endpoint);
enum err push_subscriptions(struct tx *tx, int64_t consumer,
	struct push_subscription **out, size_t *out_n);
/* The push service knows it no more. */
enum err push_forget(struct tx *tx, int64_t consumer, int64_t subscription);

/* Is a push due for this message?  Notes it when it is. */
enum err push_is_due(struct tx *tx, int64_t corp, int64_t chat, struct person who,
	int64_t seq, bool *out);

#endif
