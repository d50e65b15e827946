/*
 * core/customer/block.h - who has shut out whom.
 *
 * A consumer shuts out a member or a whole corp; what he has with them ends as when he
 * deletes a member, and no code of theirs brings him back until he takes it back.  A
 * member shuts a customer out for the whole corp.  That is kept by consumer, not by
 * customer: the browser's key is recognised at any code of the corp, even after he has
 * withdrawn his consent; other corps learn nothing of it.
 */
#ifndef CORE_CUSTOMER_BLOCK_H
#define CORE_CUSTOMER_BLOCK_H

#include "core/customer/follow.h"

/* OK when the two may come together: ERR_SHUT_OUT when the corp has shut him out,
 * ERR_SHUTS_OUT when he has shut out the member (0: any) or the corp. */
enum err block_check(struct tx *tx, int64_t corp, int64_t consumer, int64_t member);

/* The consumer shuts out a member or, with member 0, the corp: active relations end
 * (follow_leave).  The member may be any he ever had. */
enum err block_add(struct tx *tx, int64_t consumer, int64_t corp, int64_t member);
enum err block_drop(struct tx *tx, int64_t consumer, int64_t corp, int64_t member);
struct block {
	int64_t corp, member, created_ms;
};
enum err blocks_of(struct tx *tx, int64_t consumer, struct block **out, size_t *out_n);

/* The member shuts out his customer: all members of the corp lose him (follow_delete). */
enum err block_customer(struct tx *tx, struct follow *f);
/* ERR_NOT_FOUND unless this member has shut him out. */
enum err block_customer_drop(struct tx *tx, const struct follow *f);
enum err block_is_customer(struct tx *tx, const struct follow *f, bool *out);

#endif
