/*
 * client/my_codes.c - a member's own codes: one for the badge, one for the shop window …
 */
#include "client/card.h"
#include "client/client.h"
#include "core/customer/way.h"

#define MY_WAY(F, SUB)                                                                   \
	F(octets, code, ALWAYS, 1, 64, "The end of the link")                            \
	F(octets, url, ALWAYS, 1, 2048, "The link")                                      \
	F(text, remark, ALWAYS, 0, 128, "What the member calls it")                      \
	F(text, state, ALWAYS, 0, 128, "Kept with who comes by it")                      \
	F(flag, skip_verify, ALWAYS, 0, 1, "Customers need not be accepted")             \
	F(flag, disabled, ALWAYS, 0, 1, "Takes nobody at the moment")                    \
	F(int, added, ALWAYS, 0, INT64_MAX, "Customers who came by it")                  \
	F(time, created, ALWAYS, 0, INT64_MAX, "Unix milliseconds")
SHAPE(my_way, MY_WAY)

NO_IN(my_ways)
#define MY_WAYS_OUT(F, SUB)                                                              \
	SUB(list, codes, my_way, ALWAYS, 0, WAY_OWN_MAX, "Oldest first")
SHAPE(my_ways_out, MY_WAYS_OUT)

#define MY_WAY_FIELDS(F)                                                                 \
	F(text, remark, OPTIONAL, 0, 120, "At most 30 characters")                       \
	F(text, state, OPTIONAL, 0, 120, "At most 30 characters")                        \
	F(flag, skip_verify, OPTIONAL, 0, 1, "Customers need not be accepted")
#define MY_WAY_ADD_IN(F, SUB) MY_WAY_FIELDS(F)
SHAPE(my_way_add_in, MY_WAY_ADD_IN)
#define my_way_add_out_shape my_ways_out_shape
#define MY_WAY_SET_IN(F, SUB)                                                            \
	F(octets, code, REQUIRED, 1, 64, "Which")                                        \
	MY_WAY_FIELDS(F)                                                                 \
	F(flag, disabled, OPTIONAL, 0, 1, "Takes nobody at the moment")
SHAPE(my_way_set_in, MY_WAY_SET_IN)
#define my_way_set_out_shape my_ways_out_shape
#define MY_WAY_DROP_IN(F, SUB) F(octets, code, REQUIRED, 1, 64, "Which")
SHAPE(my_way_drop_in, MY_WAY_DROP_IN)
#define my_way_drop_out_shape my_ways_out_shape

static enum err my_ways(struct req *rq)
{
	struct my_ways_out *out = rq->out;
	const struct actor *me = &rq->cx->actor;
	struct way *ways;
	size_t n;

	TRY(way_owned(rq->tx, me->corp, me->id, &ways, &n));
	out->codes.v = ARENA_ARRAY(rq->cx->mem, struct my_way, n);
	out->codes.n = n;
	for (size_t i = 0; i < n; i++)
		out->codes.v[i] = (struct my_way){
			.code = ways[i].code,
			.url = card_url(rq, &ways[i]),
			.remark = ways[i].remark,
			.state = ways[i].state,
			.skip_verify = ways[i].skip_verify,
			.disabled = ways[i].disabled,
			.added = ways[i].added,
			.created = ways[i].created_ms,
		};
	return OK;
}

static enum err my_way_add(struct req *rq)
{
	const struct my_way_add_in *in = rq->in;
	const struct actor *me = &rq->cx->actor;
	struct way w = { .corp = me->corp,
		.remark = in->remark,
		.state = in->state,
		.skip_verify = HAS(in, skip_verify) ? in->skip_verify : true };
	struct way first;

	TRY(way_own(rq->tx, me->corp, me->id, &first)); /* the list begins with it */
	TRY(way_own_add(rq->tx, &w, me->id));
	return my_ways(rq);
}

static enum err find(struct req *rq, str code, struct way *out)
{
	const struct actor *me = &rq->cx->actor;
	enum err err = way_by_code(rq->tx, code, out);

	if (err != OK || out->corp != me->corp || out->owner != me->id)
		return why(rq->cx, ERR_NOT_FOUND, "code: not one of yours");
	return OK;
}

static enum err my_way_set(struct req *rq)
{
	const struct my_way_set_in *in = rq->in;
	struct way w;

	TRY(find(rq, in->code, &w));
	if (HAS(in, remark))
		w.remark = in->remark;
	if (HAS(in, state))
		w.state = in->state;
	if (HAS(in, skip_verify))
		w.skip_verify = in->skip_verify;
	if (HAS(in, disabled))
		w.disabled = in->disabled;
	TRY(way_set(rq->tx, &w));
	return my_ways(rq);
}

static enum err my_way_drop(struct req *rq)
{
	const struct my_way_drop_in *in = rq->in;
	struct way w;

	TRY(find(rq, in->code, &w));
	TRY(way_drop_one(rq->tx, w.corp, w.way));
	return my_ways(rq);
}

const struct route my_way_routes[] = {
	GET("/v1/my_codes", my_ways, member, READS, "The member's own codes"),
	POST("/v1/my_codes/add", my_way_add, member, WRITES, "One more"),
	POST("/v1/my_codes/set", my_way_set, member, WRITES, "Change one"),
	POST("/v1/my_codes/delete", my_way_drop, member, WRITES,
		"Delete one: who came by it stays"),
	LAST_ROUTE,
};
