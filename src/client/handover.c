/*
 * client/handover.c - a whole member's customers pass to another, by an administrator;
 * and a customer says no.
 */
#include "client/client.h"
#include "client/view.h"
#include "core/account/audit.h"
#include "core/customer/handover.h"

enum { SELECTION_MAX = 10000 };

#define ADMIN_HANDOVER_IN(F, SUB)                                                        \
	F(text, from, REQUIRED, 1, 64, "Whose customers, in service or not: userid")     \
	F(text, to, REQUIRED, 1, 64, "Who follows: userid")                              \
	F(texts, external_userids, OPTIONAL, 0, SELECTION_MAX,                           \
		"Only these; absent: all of them")                                       \
	F(text, words, OPTIONAL, 0, HANDOVER_WORDS_MAX,                                  \
		"What the successor says first, to these")
SHAPE(admin_handover_in, ADMIN_HANDOVER_IN)
#define ADMIN_HANDOVER_OUT(F, SUB)                                                       \
	F(int, customers, ALWAYS, 0, INT64_MAX, "How many were handed over")
SHAPE(admin_handover_out, ADMIN_HANDOVER_OUT)

#define HANDOVER_REFUSE_IN(F, SUB)                                                       \
	F(octets, chat, REQUIRED, 1, 64, "The chat that was handed over")
SHAPE(handover_refusal_in, HANDOVER_REFUSE_IN)
NO_OUT(handover_refusal)

/* At once, as all of them would be; one that is not his any more is left out. */
static enum err hand_selection(struct req *rq, const struct admin_handover_in *in,
	int64_t *out_n)
{
	struct handover_order o;
	enum err code;

	TRY(handover_to(rq->tx, rq->cx->actor.corp, in->from, in->to, &o));
	o.words = str_trim(in->words);
	*out_n = 0;
	for (size_t i = 0; i < in->external_userids.n; i++) {
		TRY(handover_take(rq->tx, &o, in->external_userids.v[i], &code));
		*out_n += code == OK;
	}
	return OK;
}

static enum err admin_handover(struct req *rq)
{
	const struct admin_handover_in *in = rq->in;
	struct admin_handover_out *out = rq->out;
	int64_t corp = rq->cx->actor.corp;
	struct arena *mem = rq->cx->mem;

	TRY(in->external_userids.n
			? hand_selection(rq, in, &out->customers)
			: handover_all(rq->tx, corp, in->from, in->to, &out->customers));
	return audit_add(rq->tx, corp, "customer.handover",
		arena_printf(mem, "member:%.*s", STR_FMT(in->from)),
		arena_printf(mem, "%" PRId64 " customers to %.*s", out->customers,
			STR_FMT(in->to)));
}

static enum err handover_refusal(struct req *rq)
{
	const struct handover_refusal_in *in = rq->in;
	struct viewer viewer = viewer_of(rq->cx);
	struct person me;
	int64_t corp, chat;

	TRY(viewer_chat(rq->tx, &viewer, in->chat, &corp, &chat, &me));
	return handover_refuse(rq->tx, corp, chat);
}

const struct route handover_routes[] = {
	POST("/v1/admin/handover", admin_handover, admin, WRITES,
		"All customers of a member pass to another, at once"),
	POST("/v1/handover/refuse", handover_refusal, consumer, WRITES,
		"The customer refuses the successor, within a day"),
	LAST_ROUTE,
};
