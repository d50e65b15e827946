/*
 * client/blocks.c - shutting out, from both sides.
 */
#include "base/ids.h"
#include "client/client.h"
#include "core/customer/block.h"
#include "core/group/group.h"

#define BLOCK_IN(F, SUB)                                                                 \
	F(octets, corpid, REQUIRED, 1, 64, "The company")                                \
	F(octets, person, OPTIONAL, 0, 64, "Only him, as in /v1/companies; absent: all")
SHAPE(block_in, BLOCK_IN)
NO_OUT(block)
#define unblock_in_shape block_in_shape
NO_OUT(unblock)

#define CUSTOMER_BLOCK_IN(F, SUB)                                                        \
	F(octets, external_userid, REQUIRED, 1, 64, "The customer")
SHAPE(customer_block_in, CUSTOMER_BLOCK_IN)
NO_OUT(customer_block)
#define customer_unblock_in_shape customer_block_in_shape
NO_OUT(customer_unblock)

static enum err target(struct req *rq, int64_t *out_corp, int64_t *out_member)
{
	const struct block_in *in = rq->in;
	struct corp corp;
	struct member m;

	if (corp_by_corpid(rq->tx, in->corpid, &corp) != OK)
		return why(rq->cx, ERR_NOT_FOUND, "field `corpid`: not one of yours");
	*out_corp = corp.corp;
	*out_member = 0;
	if (!in->person.n)
		return OK;
	if (!id_parse(in->person, "u", out_member) ||
		member_get(rq->tx, corp.corp, *out_member, &m) != OK)
		return why(rq->cx, ERR_NOT_FOUND, "field `person`: nobody of yours");
	return OK;
}

/* Who shuts out all of a company is in none of its groups any more. */
static enum err leave_groups(struct req *rq, int64_t corp)
{
	struct person me = { PERSON_CUSTOMER, 0, rq->cx->actor.id };
	struct consumer_chat *chats;
	size_t n;

	TRY(consumer_chats(rq->tx, me.account, &chats, &n));
	for (size_t i = 0; i < n && !me.id; i++)
		if (chats[i].corp == corp)
			me.id = chats[i].customer;
	return me.id ? group_leave_all(rq->tx, corp, &me) : OK;
}

static enum err block(struct req *rq)
{
	int64_t corp, member;

	TRY(target(rq, &corp, &member));
	if (!member)
		TRY(leave_groups(rq, corp));
	return block_add(rq->tx, rq->cx->actor.id, corp, member);
}

static enum err unblock(struct req *rq)
{
	int64_t corp, member;

	TRY(target(rq, &corp, &member));
	return block_drop(rq->tx, rq->cx->actor.id, corp, member);
}

/* ---- by the member ---- */

static enum err find(struct req *rq, struct follow *f)
{
	const struct customer_block_in *in = rq->in;
	const struct actor *me = &rq->cx->actor;
	struct customer c;

	if (customer_by_external(rq->tx, me->corp, in->external_userid, &c) != OK)
		return why(rq->cx, ERR_NOT_FOUND, "external_userid: no such customer");
	return follow_find_any(rq->tx, me->corp, me->id, c.customer, f);
}

static enum err customer_block(struct req *rq)
{
	struct customer c;
	struct follow f;

	TRY(find(rq, &f));
	TRY(customer_get(rq->tx, f.corp, f.customer, &c));
	TRY(group_leave_all(rq->tx, f.corp,
		&(struct person){ PERSON_CUSTOMER, f.customer, c.consumer }));
	return block_customer(rq->tx, &f);
}

static enum err customer_unblock(struct req *rq)
{
	struct follow f;

	TRY(find(rq, &f));
	return block_customer_drop(rq->tx, &f);
}

const struct route block_routes[] = {
	POST("/v1/block", block, consumer, WRITES,
		"Shut out an employee, or a whole company"),
	POST("/v1/unblock", unblock, consumer, WRITES, "Take that back"),
	POST("/v1/customer/block", customer_block, member, WRITES,
		"Shut a customer out of the company; all relations with him end"),
	POST("/v1/customer/unblock", customer_unblock, member, WRITES, "Take that back"),
	LAST_ROUTE,
};
