/*
 * client/shares.c - a customer passes an employee's card on.
 */
#include "client/card.h"
#include "client/client.h"
#include "core/customer/share.h"

#define CARD_SHARE_IN(F, SUB)                                                            \
	F(octets, chat, REQUIRED, 1, 64, "The chat with the employee")
SHAPE(card_share_in, CARD_SHARE_IN)
#define CARD_SHARE_OUT(F, SUB)                                                           \
	F(octets, url, ALWAYS, 1, 2048, "The link to pass on; it says who shared")       \
	SUB(object, card, view_card, ALWAYS, 0, 0, "What is seen behind it")
SHAPE(card_share_out, CARD_SHARE_OUT)

static enum err card_share(struct req *rq)
{
	const struct card_share_in *in = rq->in;
	struct card_share_out *out = rq->out;
	struct viewer v = viewer_of(rq->cx);
	struct person me;
	struct member m;
	struct follow f;
	struct way w;
	int64_t corp, chat;
	str by;

	TRY(viewer_chat(rq->tx, &v, in->chat, &corp, &chat, &me));
	TRY(follow_by_chat(rq->tx, corp, chat, &f));
	TRY(share_make(rq->tx, &f, &w, &by));
	TRY(member_get(rq->tx, corp, f.member, &m));
	out->url = arena_printf(rq->cx->mem, "%.*s?by=%.*s", STR_FMT(card_url(rq, &w)),
		STR_FMT(by));
	out->card = ARENA_NEW(rq->cx->mem, struct view_card);
	return view_card_of(rq->tx, &w, &m, out->card);
}

const struct route share_routes[] = {
	POST("/v1/card/share", card_share, consumer, WRITES,
		"A link by which somebody else adds the same employee"),
	LAST_ROUTE,
};
