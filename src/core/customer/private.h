/*
 * core/customer/private.h - between the files of core/customer.
 */
#ifndef CORE_CUSTOMER_PRIVATE_H
#define CORE_CUSTOMER_PRIVATE_H

#include "core/customer/consumer.h"
#include "core/customer/follow.h"

/* The customer that a consumer is in this corp, made when he is new to it. */
enum err customer_of_consumer(struct tx *tx, int64_t corp, const struct consumer *c,
	struct customer *out);
enum err customer_rename(struct tx *tx, int64_t corp, int64_t customer, str name);

/* Tells the member's clients (EVENT_CUSTOMER) that a customer was added, changed or deleted. */
void follow_tell(struct tx *tx, const struct follow *f, const char *change);
/* Tells apps: change_external_contact / `change`, with what the callback says beside the ids. */
struct follow_news {
	const char *change;
	str state, welcome_code, source;
	int64_t expires_ms; /* of the welcome code */
	int64_t but;        /* the app whose call it was */
};
enum err follow_callback(struct tx *tx, const struct follow *f,
	const struct follow_news *news);

#endif
