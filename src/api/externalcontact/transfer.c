/*
 * api/externalcontact/transfer.c - handing customers over, over HTTP (documents 92125,
 * 94088, 92124, 94081, 94082).
 *
 * What a handover is, and who may refuse it, is core/customer/handover.h's.
 */
#include "api/api.h"
#include "api/externalcontact/follower.h"
#include "base/ids.h"
#include "core/customer/handover.h"

enum { TRANSFER_MAX = 100, RESULT_PAGE = 1000, PAGE_ID_MAX = 1000 };

#define PAIR(F)                                                                          \
	F(octets, handover_userid, OPTIONAL, 0, 64, "Whose customers; required")         \
	F(octets, takeover_userid, OPTIONAL, 0, 64, "Who follows; required")

#define TRANSFERRED(F, SUB)                                                              \
	F(octets, external_userid, ALWAYS, 0, 64, "The customer, as given")              \
	F(int, errcode, ALWAYS, -1, INT32_MAX,                                           \
		"0: begun or done; else what is against it")
SHAPE(transferred, TRANSFERRED)
#define TRANSFER_CUSTOMER_IN(F, SUB)                                                     \
	PAIR(F)                                                                          \
	F(texts, external_userid, REQUIRED, 1, TRANSFER_MAX, "At most 100 customers")    \
	F(text, transfer_success_msg, OPTIONAL, 0, HANDOVER_WORDS_MAX,                   \
		"What the successor says first")
SHAPE(transfer_customer_in, TRANSFER_CUSTOMER_IN)
#define TRANSFER_CUSTOMER_OUT(F, SUB)                                                    \
	SUB(list, customer, transferred, ALWAYS, 0, TRANSFER_MAX, "Each with its errcode")
SHAPE(transfer_customer_out, TRANSFER_CUSTOMER_OUT)

#define RESIGNED_TRANSFER_IN(F, SUB)                                                     \
	PAIR(F)                                                                          \
	F(texts, external_userid, REQUIRED, 1, TRANSFER_MAX, "At most 100 customers")
SHAPE(resigned_transfer_in, RESIGNED_TRANSFER_IN)
#define resigned_transfer_out_shape transfer_customer_out_shape

#define TRANSFER_RESULT_IN(F, SUB)                                                       \
	PAIR(F)                                                                          \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")
SHAPE(transfer_result_in, TRANSFER_RESULT_IN)
#define TRANSFER_STATE(F, SUB)                                                           \
	F(octets, external_userid, ALWAYS, 1, 64, "The customer")                        \
	F(int, status, ALWAYS, 1, 4, "1 done, 2 waiting, 3 refused, 4 failed")           \
	F(time, takeover_time, ALWAYS, 0, INT64_MAX,                                     \
		"When it was or, while it waits, will be done; Unix seconds")
SHAPE(transfer_state, TRANSFER_STATE)
#define TRANSFER_RESULT_OUT(F, SUB)                                                      \
	SUB(list, customer, transfer_state, ALWAYS, 0, RESULT_PAGE, "Oldest first")      \
	F(octets, next_cursor, ALWAYS, 0, 64, "Empty at the end")
SHAPE(transfer_result_out, TRANSFER_RESULT_OUT)
#define resigned_result_in_shape transfer_result_in_shape
#define resigned_result_out_shape transfer_result_out_shape

#define UNASSIGNED_IN(F, SUB)                                                            \
	F(int, page_id, OPTIONAL, 0, PAGE_ID_MAX, "Old way of paging, from 0")           \
	F(int, page_size, OPTIONAL | CLAMP, 0, RESULT_PAGE, "1000 if absent")            \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")
SHAPE(get_unassigned_list_in, UNASSIGNED_IN)
#define UNASSIGNED(F, SUB)                                                               \
	F(octets, handover_userid, ALWAYS, 1, 64, "Who has left")                        \
	F(octets, external_userid, ALWAYS, 1, 64, "His customer")                        \
	F(time, dimission_time, ALWAYS, 0, INT64_MAX, "When he left, Unix seconds")
SHAPE(unassigned_item, UNASSIGNED)
#define UNASSIGNED_OUT(F, SUB)                                                           \
	SUB(list, info, unassigned_item, ALWAYS, 0, RESULT_PAGE, "Who waits")            \
	F(flag, is_last, ALWAYS, 0, 1, "There are no more")                              \
	F(octets, next_cursor, SOMETIMES, 0, 64, "Empty at the end; absent with page_id")
SHAPE(get_unassigned_list_out, UNASSIGNED_OUT)

#define TRANSFER_IN(F, SUB)                                                              \
	PAIR(F)                                                                          \
	F(octets, external_userid, REQUIRED, 1, 64, "The customer")                      \
	F(text, transfer_success_msg, OPTIONAL, 0, HANDOVER_WORDS_MAX,                   \
		"What the successor says first")
SHAPE(transfer_in, TRANSFER_IN)
NO_OUT(transfer)
#define GET_TRANSFER_RESULT_IN(F, SUB)                                                   \
	PAIR(F)                                                                          \
	F(octets, external_userid, REQUIRED, 1, 64, "The customer")
SHAPE(get_transfer_result_in, GET_TRANSFER_RESULT_IN)
#define GET_TRANSFER_RESULT_OUT(F, SUB)                                                  \
	F(int, status, ALWAYS, 1, 4, "1 done, 2 waiting, 3 refused, 4 failed")           \
	F(time, takeover_time, ALWAYS, 0, INT64_MAX,                                     \
		"When it was or, while it waits, will be done; Unix seconds")
SHAPE(get_transfer_result_out, GET_TRANSFER_RESULT_OUT)

/* ---- handing over ---- */

/* Both members, seen by the app. */
static enum err begin(struct req *rq, enum handover_kind kind, str from, str to,
	struct handover_order *out)
{
	if (!from.n)
		return why(rq->cx, ERR_BAD_USERID, "handover_userid: missing");
	if (!to.n)
		return why(rq->cx, ERR_BAD_USERID, "takeover_userid: missing");
	TRY(handover_begin(rq->tx, rq->cx->actor.corp, kind, from, to, out));
	TRY(ec_sees(rq, "handover_userid", out->from.member));
	TRY(ec_sees(rq, "takeover_userid", out->to.member));
	out->by_app = rq->cx->actor.id;
	return OK;
}

static enum err hand_over(struct req *rq, const struct handover_order *o,
	struct texts customers)
{
	struct transfer_customer_out *out = rq->out;

	out->customer.v = ARENA_ARRAY(rq->cx->mem, struct transferred, customers.n);
	out->customer.n = customers.n;
	for (size_t i = 0; i < customers.n; i++) {
		enum err code;

		TRY(handover_add(rq->tx, o, customers.v[i], &code));
		out->customer.v[i].external_userid = customers.v[i];
		out->customer.v[i].errcode = code;
	}
	return OK;
}

static enum err transfer_customer(struct req *rq)
{
	const struct transfer_customer_in *in = rq->in;
	struct handover_order o;

	TRY(begin(rq, HANDOVER_IN_SERVICE, in->handover_userid, in->takeover_userid, &o));
	o.words = str_trim(in->transfer_success_msg);
	return hand_over(rq, &o, in->external_userid);
}

static enum err resigned_transfer(struct req *rq)
{
	const struct resigned_transfer_in *in = rq->in;
	struct handover_order o;

	TRY(begin(rq, HANDOVER_RESIGNED, in->handover_userid, in->takeover_userid, &o));
	return hand_over(rq, &o, in->external_userid);
}

/* ---- results ---- */

/* Of members who may both have left since. */
static enum err pair(struct req *rq, const struct transfer_result_in *in,
	enum handover_kind kind, struct handover_order *o)
{
	*o = (struct handover_order){ .corp = rq->cx->actor.corp, .kind = kind };
	if (!in->handover_userid.n || !in->takeover_userid.n)
		return why(rq->cx, ERR_BAD_USERID, "%s: missing",
			in->handover_userid.n ? "takeover_userid" : "handover_userid");
	TRY(member_by_userid_ever(rq->tx, o->corp, in->handover_userid, &o->from));
	TRY(member_by_userid_ever(rq->tx, o->corp, in->takeover_userid, &o->to));
	TRY(ec_sees(rq, "handover_userid", o->from.member));
	return ec_sees(rq, "takeover_userid", o->to.member);
}

static enum err fill_state(struct req *rq, const struct handover *h,
	struct transfer_state *out)
{
	struct customer c;

	TRY(customer_get(rq->tx, h->corp, h->customer, &c));
	out->external_userid = c.external_userid;
	out->status = h->status;
	out->takeover_time =
		(h->status == HANDOVER_WAITING ? h->due_ms : h->done_ms) / 1000;
	return OK;
}

static enum err result(struct req *rq, enum handover_kind kind)
{
	const struct transfer_result_in *in = rq->in;
	struct transfer_result_out *out = rq->out;
	struct handover_order o;
	struct handover *list;
	int64_t after = 0;
	size_t n;

	if (in->cursor.n && !id_parse(in->cursor, "h", &after))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	TRY(pair(rq, in, kind, &o));
	/* One more than wanted tells whether there are more. */
	TRY(handover_page(rq->tx, &o, after, RESULT_PAGE + 1, &list, &n));
	if (n > RESULT_PAGE) {
		n = RESULT_PAGE;
		out->next_cursor = id_text(rq->cx->mem, "h", list[n - 1].handover);
	}
	out->customer.v = ARENA_ARRAY(rq->cx->mem, struct transfer_state, n);
	out->customer.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(fill_state(rq, &list[i], &out->customer.v[i]));
	return OK;
}

static enum err transfer_result(struct req *rq)
{
	return result(rq, HANDOVER_IN_SERVICE);
}

static enum err resigned_result(struct req *rq)
{
	return result(rq, HANDOVER_RESIGNED);
}

/* ---- the old rows, one customer at a time ---- */

static bool has_left(struct req *rq, str userid)
{
	struct member m = { 0 };

	if (member_by_userid_ever(rq->tx, rq->cx->actor.corp, userid, &m) != OK)
		ctx_forgive(rq->cx);
	return m.status == MEMBER_LEFT || m.status == MEMBER_DISABLED;
}

static enum err transfer(struct req *rq)
{
	const struct transfer_in *in = rq->in;
	struct handover_order o;
	enum err code;

	TRY(begin(rq,
		has_left(rq, in->handover_userid) ? HANDOVER_RESIGNED
						  : HANDOVER_IN_SERVICE,
		in->handover_userid, in->takeover_userid, &o));
	o.words = str_trim(in->transfer_success_msg);
	TRY(handover_add(rq->tx, &o, in->external_userid, &code));
	if (code != OK)
		return why(rq->cx, code, "external_userid");
	return OK;
}

static enum err get_transfer_result(struct req *rq)
{
	const struct get_transfer_result_in *in = rq->in;
	struct get_transfer_result_out *out = rq->out;
	struct transfer_result_in two = { .handover_userid = in->handover_userid,
		.takeover_userid = in->takeover_userid };
	struct handover_order o;
	struct customer c;
	struct handover h;

	TRY(pair(rq, &two, HANDOVER_IN_SERVICE, &o));
	TRY(customer_by_external(rq->tx, o.corp, in->external_userid, &c));
	TRY(handover_of(rq->tx, &o, c.customer, &h));
	out->status = h.status;
	out->takeover_time = (h.status == HANDOVER_WAITING ? h.due_ms : h.done_ms) / 1000;
	return OK;
}

/* ---- who waits ---- */

struct place {
	int64_t member, customer;
};

static enum err place_parse(struct req *rq, str cursor, struct place *out)
{
	str rest = cursor;
	str head = str_cut(&rest, '-');

	*out = (struct place){ 0 };
	if (cursor.n &&
		(!id_parse(head, "u", &out->member) ||
			!id_parse(rest, "", &out->customer)))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	return OK;
}

/* Of a page those whose member the app sees; their number is not the page's. */
static enum err fill_unassigned(struct req *rq, const struct unassigned *list, size_t n,
	struct get_unassigned_list_out *out)
{
	const struct actor *app = &rq->cx->actor;

	out->info.v = ARENA_ARRAY(rq->cx->mem, struct unassigned_item, n);
	for (size_t i = 0; i < n; i++) {
		struct unassigned_item *item = &out->info.v[out->info.n];
		bool sees;

		TRY(app_sees_member(rq->tx, app->corp, app->id, list[i].member, &sees));
		if (!sees)
			continue;
		item->handover_userid = list[i].userid;
		item->external_userid = list[i].external_userid;
		item->dimission_time = list[i].left_ms / 1000;
		out->info.n++;
	}
	return OK;
}

/* The old way of paging: reads past `pages` pages, keeping nothing of them. */
static enum err skip_pages(struct req *rq, int64_t pages, size_t limit, struct place *p,
	bool *out_over)
{
	struct ctx *cx = rq->cx;
	struct arena *mem = cx->mem;
	struct unassigned *list;
	enum err err = OK;
	size_t n = limit;

	cx->mem = cx->scratch;
	for (; err == OK && pages > 0 && n == limit; pages--) {
		err = handover_unassigned(rq->tx, cx->actor.corp, p->member, p->customer,
			limit, &list, &n);
		if (err == OK && n)
			*p = (struct place){ list[n - 1].member, list[n - 1].customer };
		arena_clear(cx->scratch);
	}
	cx->mem = mem;
	cx->words = STR_NONE;
	*out_over = n < limit;
	return err;
}

static enum err get_unassigned_list(struct req *rq)
{
	const struct get_unassigned_list_in *in = rq->in;
	struct get_unassigned_list_out *out = rq->out;
	size_t limit = in->page_size ? (size_t)in->page_size : RESULT_PAGE, n = 0;
	bool by_page = HAS(in, page_id) && !in->cursor.n;
	struct unassigned *list = NULL;
	struct place p;

	TRY(place_parse(rq, in->cursor, &p));
	if (by_page)
		TRY(skip_pages(rq, in->page_id, limit, &p, &out->is_last));
	/* One more than wanted tells whether there are more. */
	if (!out->is_last)
		TRY(handover_unassigned(rq->tx, rq->cx->actor.corp, p.member, p.customer,
			limit + 1, &list, &n));
	out->is_last = n <= limit;
	if (!out->is_last)
		n = limit;
	if (!by_page)
		GIVE(out, next_cursor);
	if (!by_page && !out->is_last)
		out->next_cursor = arena_printf(rq->cx->mem, "%.*s-%.*s",
			STR_FMT(id_text(rq->cx->mem, "u", list[n - 1].member)),
			STR_FMT(id_text(rq->cx->mem, "", list[n - 1].customer)));
	return fill_unassigned(rq, list, n, out);
}

const struct route transfer_routes[] = {
	POST("/cgi-bin/externalcontact/transfer_customer", transfer_customer,
		customer_write, WRITES, "Hand customers of a member to a colleague"),
	POST("/cgi-bin/externalcontact/transfer_result", transfer_result, customer_read,
		READS, "What came of it"),
	POST("/cgi-bin/externalcontact/transfer", transfer, customer_write, WRITES,
		"Hand one customer over; the old row"),
	POST("/cgi-bin/externalcontact/get_transfer_result", get_transfer_result,
		customer_read, READS, "What came of it; the old row"),
	POST("/cgi-bin/externalcontact/get_unassigned_list", get_unassigned_list,
		customer_read, READS, "Customers of members who have left"),
	POST("/cgi-bin/externalcontact/resigned/transfer_customer", resigned_transfer,
		customer_write, WRITES, "Hand customers of one who has left to a member"),
	POST("/cgi-bin/externalcontact/resigned/transfer_result", resigned_result,
		customer_read, READS, "What came of it"),
	LAST_ROUTE,
};
