/*
 * core/customer/share.h - a customer passes an employee's card on to somebody else.
 *
 * The link is the employee's own code and, behind ?by=, who passed it on.  Whoever adds
 * by it has add_way 3 (名片分享); the employee sees whose recommendation it was.  A link
 * that is made up, or for another employee, only counts as the plain code.
 */
#ifndef CORE_CUSTOMER_SHARE_H
#define CORE_CUSTOMER_SHARE_H

#include "core/customer/follow.h"

enum { ADD_WAY_CARD = 3 };

/* The employee's own code, and what names the sharer: the same each time.  ERR_CLOSED
 * when the relation has ended. */
enum err share_make(struct tx *tx, const struct follow *f, struct way *out, str *out_by);
/* Who passed it on, for the card; false when it says nothing of this employee. */
enum err share_find(struct tx *tx, int64_t corp, int64_t member, str by,
	struct customer *out, bool *out_found);
/* A new relation came by such a link: notes it. */
enum err share_use(struct tx *tx, struct follow *f, str by);
/* By whose card the customer came; false when by none. */
enum err share_of(struct tx *tx, const struct follow *f, struct customer *out,
	bool *out_found);

#endif
