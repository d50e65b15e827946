/*
 * client/requests.c - who asked to add the member, and what the member answers; and
 * what a consumer asked for.
 */
#include "client/card.h"
#include "client/client.h"
#include "core/customer/request.h"

enum { REQUESTS_MAX = 100 };

#define VIEW_REQUEST(F, SUB)                                                             \
	F(octets, request, ALWAYS, 1, 64, "Its name")                                    \
	F(text, name, ALWAYS, 0, 64, "The customer")                                     \
	F(octets, avatar, ALWAYS, 0, 128, "For GET /v1/avatar; empty without one")       \
	F(text, words, ALWAYS, 0, 200, "What he says of himself")                        \
	F(text, state, ALWAYS, 0, 128, "The channel he comes by")                        \
	F(text, way_remark, ALWAYS, 0, 128, "What the corp calls the code")              \
	F(time, time, ALWAYS, 0, INT64_MAX, "Unix milliseconds")
SHAPE(view_request, VIEW_REQUEST)

NO_IN(requests)
#define REQUESTS_OUT(F, SUB)                                                             \
	SUB(list, requests, view_request, ALWAYS, 0, REQUESTS_MAX,                       \
		"Who waits for the member, newest first")
SHAPE(requests_out, REQUESTS_OUT)

#define REQUEST_IN(F, SUB) F(octets, request, REQUIRED, 1, 64, "As the list names it")
SHAPE(request_in, REQUEST_IN)
#define request_accepted_in_shape request_in_shape
#define ACCEPTED_OUT(F, SUB)                                                             \
	SUB(object, chat, view_chat, ALWAYS, 0, 0, "The chat with the customer")
SHAPE(request_accepted_out, ACCEPTED_OUT)
#define request_refused_in_shape request_in_shape
NO_OUT(request_refused)
#define request_withdrawn_in_shape request_in_shape
NO_OUT(request_withdrawn)

NO_IN(my_requests)
#define VIEW_ASKED(F, SUB)                                                               \
	F(octets, request, ALWAYS, 1, 64, "Its name")                                    \
	F(octets, status, ALWAYS, 1, 16, "waiting or refused")                           \
	SUB(object, card, view_card, ALWAYS, 0, 0, "Whom he asked")                      \
	F(time, time, ALWAYS, 0, INT64_MAX, "Unix milliseconds")
SHAPE(view_asked, VIEW_ASKED)
#define MY_REQUESTS_OUT(F, SUB)                                                          \
	SUB(list, requests, view_asked, ALWAYS, 0, REQUESTS_MAX,                         \
		"Asked for, and not accepted")
SHAPE(my_requests_out, MY_REQUESTS_OUT)

/* ---- the member ---- */

static enum err fill(struct tx *tx, const struct request *r, struct view_request *out)
{
	struct customer c;
	struct way w;

	TRY(customer_get(tx, r->corp, r->customer, &c));
	out->request = request_name(tx->cx->mem, r->corp, r->request);
	out->name = c.name;
	out->avatar = view_avatar(tx->cx->mem, r->corp, c.avatar);
	out->words = r->words;
	out->state = r->state;
	out->time = r->created_ms;
	if (way_get(tx, r->corp, r->way, &w) == OK)
		out->way_remark = w.remark;
	ctx_forgive(tx->cx);
	return OK;
}

static enum err requests(struct req *rq)
{
	struct requests_out *out = rq->out;
	const struct actor *me = &rq->cx->actor;
	struct request *list;
	size_t n;

	TRY(request_page(rq->tx, me->corp, me->id, REQUEST_WAITING, 0, REQUESTS_MAX,
		&list, &n));
	out->requests.v = ARENA_ARRAY(rq->cx->mem, struct view_request, n);
	out->requests.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(fill(rq->tx, &list[i], &out->requests.v[i]));
	return OK;
}

/* One that was made to the asking member. */
static enum err find(struct req *rq, struct request *out)
{
	const struct request_in *in = rq->in;
	const struct actor *me = &rq->cx->actor;
	int64_t corp, request;

	if (!request_name_parse(in->request, &corp, &request) || corp != me->corp)
		return why(rq->cx, ERR_NOT_FOUND, "request");
	TRY(request_get(rq->tx, corp, request, out));
	return out->member == me->id ? OK : why(rq->cx, ERR_NOT_FOUND, "request");
}

static enum err request_accepted(struct req *rq)
{
	struct request_accepted_out *out = rq->out;
	struct viewer viewer = viewer_of(rq->cx);
	struct request r;
	struct follow f;

	TRY(find(rq, &r));
	TRY(request_accept(rq->tx, &r, &f));
	out->chat = ARENA_NEW(rq->cx->mem, struct view_chat);
	return view_chat_of(rq->tx, &viewer, f.corp, f.chat, out->chat);
}

static enum err request_refused(struct req *rq)
{
	struct request r;

	TRY(find(rq, &r));
	return request_refuse(rq->tx, &r);
}

/* ---- the consumer ---- */

static enum err fill_asked(struct tx *tx, const struct request *r, struct view_asked *out)
{
	struct way w = { .code = STR("") };
	struct member m;

	TRY(member_get(tx, r->corp, r->member, &m));
	if (way_get(tx, r->corp, r->way, &w) != OK)
		ctx_forgive(tx->cx);
	out->request = request_name(tx->cx->mem, r->corp, r->request);
	out->status = r->status == REQUEST_REFUSED ? STR("refused") : STR("waiting");
	out->time = r->created_ms;
	out->card = ARENA_NEW(tx->cx->mem, struct view_card);
	return view_card_of(tx, &w, &m, out->card);
}

static enum err my_requests(struct req *rq)
{
	struct my_requests_out *out = rq->out;
	struct request *list;
	size_t n;

	TRY(request_of_consumer(rq->tx, rq->cx->actor.id, &list, &n));
	out->requests.v = ARENA_ARRAY(rq->cx->mem, struct view_asked, n);
	out->requests.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(fill_asked(rq->tx, &list[i], &out->requests.v[i]));
	return OK;
}

static enum err request_withdrawn(struct req *rq)
{
	const struct request_in *in = rq->in;
	struct request r;
	int64_t corp, request;

	if (!request_name_parse(in->request, &corp, &request))
		return why(rq->cx, ERR_NOT_FOUND, "request");
	TRY(request_get(rq->tx, corp, request, &r));
	if (r.consumer != rq->cx->actor.id)
		return why(rq->cx, ERR_NOT_FOUND, "request");
	return request_withdraw(rq->tx, &r);
}

const struct route request_routes[] = {
	GET("/v1/requests", requests, member, READS,
		"Who waits for the member to accept"),
	POST("/v1/request/accept", request_accepted, member, WRITES,
		"Accept: the customer is added"),
	POST("/v1/request/refuse", request_refused, member, WRITES, "Do not"),
	GET("/v1/my_requests", my_requests, consumer, READS,
		"What the consumer asked for"),
	POST("/v1/request/withdraw", request_withdrawn, consumer, WRITES,
		"Withdraw it, or forget a refusal"),
	LAST_ROUTE,
};
