/*
 * core/customer/consent.h - a consumer takes back that a corp may know him.
 *
 * doc/decisions/consent.md says what goes, what stays and why.  In one transaction: he
 * leaves every member (del_follow_user, as documented) and his own list of the corp's
 * chats; the corp's customer loses name, picture, labels and notes, gets a pseudonym, and
 * is nobody's any more.  Messages the corp has received stay with it.  Should he come
 * back he is a new customer with a new external_userid.
 */
#ifndef CORE_CUSTOMER_CONSENT_H
#define CORE_CUSTOMER_CONSENT_H

#include "core/customer/follow.h"

/* ERR_NOT_FOUND when he has nothing to do with the corp. */
enum err consent_withdraw(struct tx *tx, int64_t consumer, int64_t corp);
/* Who is nobody's: his consent was taken back. */
bool consent_is_withdrawn(const struct customer *c);

#endif
