/*
 * core/customer/private.h - between the files of core/customer.
 */
#ifndef CORE_CUSTOMER_PRIVATE_H
#define CORE_CUSTOMER_PRIVATE_H

#include "core/customer/consumer.h"
#include "core/customer/follow.h"
#include "core/ledger/ledger.h"

enum err customer_rename(struct tx *tx, int64_t corp, int64_t customer, str name);
enum err customer_show(struct tx *tx, int64_t corp, int64_t customer, str avatar);

/* From a row of follow.sql. */
struct follow_row;
void follow_fill(struct follow *f, int64_t corp, const struct follow_row *r);
/* Makes it findable as it is now: after a change of notes, name or time of adding. */
enum err follow_index(struct tx *tx, const struct follow *f);

/* Tells the member's clients (EVENT_CUSTOMER) that a customer was added, changed or deleted. */
void follow_tell(struct tx *tx, const struct follow *f, const char *change);
/* Tells apps: change_external_contact / `change`, with what the callback says beside the ids. */
struct follow_news {
	const char *change;
	str state, welcome_code, source;
	int64_t expires_ms; /* of the welcome code */
	str fail_reason;
	int64_t but; /* the app whose call it was */
};
enum err follow_callback(struct tx *tx, const struct follow *f,
	const struct follow_news *news);

/* Writes the step into the corp's ledger; `other` is the second member, 0 none. */
enum err follow_record(struct tx *tx, const struct follow *f, const char *kind,
	int64_t other, str detail);
/* A system line in the follow's chat: {"event":…} and, of a handover, the successor's
 * name and until when it may be refused. */
struct follow_line {
	const char *event;
	str member;
	int64_t until_ms;
};
enum err follow_say(struct tx *tx, int64_t corp, int64_t chat,
	const struct follow_line *line);

/* All that a new relation brings along; who serves has been decided. */
enum err follow_begin(struct tx *tx, const struct coming *coming, const struct member *m,
	const struct customer *c, struct follow *out);

#endif
