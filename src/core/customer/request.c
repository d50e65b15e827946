#include "core/customer/request.h"

#include "base/ids.h"
#include "core/acquisition/arrival.h"
#include "core/customer/block.h"
#include "core/customer/private.h"
#include "core/customer/request.sql.h"

enum { OF_CUSTOMER_MAX = 100 };

str request_name(struct arena *mem, int64_t corp, int64_t request)
{
	return id_pair_text(mem, "r", corp, request);
}

bool request_name_parse(str name, int64_t *out_corp, int64_t *out_request)
{
	return id_pair_parse(name, "r", out_corp, out_request);
}

static void fill(struct request *r, int64_t corp, const struct request_row *row)
{
	*r = (struct request){
		.corp = corp,
		.request = row->request,
		.way = row->way,
		.member = row->member,
		.customer = row->customer,
		.consumer = row->consumer,
		.state = row->state,
		.words = row->words,
		.status = (enum request_status)row->status,
		.created_ms = row->created_ms,
		.done_ms = row->done_ms,
	};
}

static struct follow as_follow(const struct request *r)
{
	return (struct follow){ .corp = r->corp,
		.member = r->member,
		.customer = r->customer,
		.state = r->state };
}

/* ---- finding ---- */

enum err request_get(struct tx *tx, int64_t corp, int64_t request, struct request *out)
{
	struct request_row row;
	bool found;

	TRY(request_select(tx, corp, request, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NOT_FOUND, "request");
	fill(out, corp, &row);
	return OK;
}

enum err request_page(struct tx *tx, int64_t corp, int64_t member,
	enum request_status status, int64_t before, int64_t limit, struct request **out,
	size_t *out_n)
{
	struct request_row *rows;
	size_t n;

	TRY(request_select_of_member(tx, corp, member, status,
		before ? before : INT64_MAX, limit, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct request, n);
	for (size_t i = 0; i < n; i++)
		fill(&(*out)[i], corp, &rows[i]);
	*out_n = n;
	return OK;
}

enum err request_of_consumer(struct tx *tx, int64_t consumer, struct request **out,
	size_t *out_n)
{
	struct consumer_request_select_row *rows;
	size_t n;

	TRY(consumer_request_select(tx, consumer, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct request, n);
	for (size_t i = 0; i < n; i++)
		TRY(request_get(tx, rows[i].corp, rows[i].request, &(*out)[i]));
	*out_n = n;
	return OK;
}

/* ---- asking ---- */

static enum err find_waiting(struct tx *tx, const struct member *m,
	const struct customer *c, struct request *out, bool *out_found)
{
	struct request_row *rows;
	int64_t waiting = 0;
	size_t n;

	*out_found = false;
	TRY(request_select_of_customer(tx, m->corp, c->customer, OF_CUSTOMER_MAX, &rows,
		&n));
	for (size_t i = 0; i < n && !*out_found; i++) {
		if (rows[i].status != REQUEST_WAITING)
			continue;
		waiting++;
		if (rows[i].member != m->member)
			continue;
		fill(out, m->corp, &rows[i]);
		*out_found = true;
	}
	if (!*out_found && waiting >= REQUESTS_WAITING_MAX)
		return why(tx->cx, ERR_TOO_OFTEN, "enough of your requests wait already");
	return OK;
}

enum err request_add(struct tx *tx, const struct way *w, const struct member *m,
	const struct customer *c, str state, str words, struct request *out)
{
	struct follow f;
	bool found;

	if (str_chars(words) > REQUEST_WORDS_MAX)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"field `words`: at most %d characters", REQUEST_WORDS_MAX);
	TRY(find_waiting(tx, m, c, out, &found));
	if (found)
		return OK;
	*out = (struct request){ .corp = w->corp,
		.request = id_next(),
		.way = w->way,
		.member = m->member,
		.customer = c->customer,
		.consumer = c->consumer,
		.state = state,
		.words = words,
		.status = REQUEST_WAITING,
		.created_ms = tx->cx->now_ms };
	TRY(request_insert(tx, out->corp, out->request, out->way, out->member,
		out->customer, out->consumer, state, words, out->created_ms));
	TRY(consumer_request_insert(tx, c->consumer, w->corp, out->request));
	if (w->link)
		TRY(acq_asked(tx, w->corp, w->link, state));
	f = as_follow(out);
	follow_tell(tx, &f, "requested");
	return follow_callback(tx, &f,
		&(struct follow_news){ .change = "add_half_external_contact",
			.state = state });
}

/* ---- answering ---- */

static enum err settle(struct tx *tx, struct request *r, enum request_status status)
{
	struct follow f = as_follow(r);

	if (r->status != REQUEST_WAITING)
		return why(tx->cx, ERR_NOT_WAITING, "look at the list again");
	r->status = status;
	r->done_ms = tx->cx->now_ms;
	TRY(request_set_status(tx, r->corp, r->request, status, r->done_ms));
	if (status != REQUEST_REFUSED)
		TRY(consumer_request_delete(tx, r->consumer, r->corp, r->request));
	follow_tell(tx, &f, "requested"); /* the member's other windows */
	return OK;
}

enum err request_accept(struct tx *tx, struct request *r, struct follow *out)
{
	struct coming coming = { .state = r->state };
	struct customer customer;
	struct member member;
	struct way way;

	TRY(settle(tx, r, REQUEST_ACCEPTED));
	if (follow_get(tx, r->corp, r->member, r->customer, out) == OK)
		return OK; /* he came by another code meanwhile */
	ctx_forgive(tx->cx);
	TRY(member_get(tx, r->corp, r->member, &member));
	TRY(customer_get(tx, r->corp, r->customer, &customer));
	if (way_get(tx, r->corp, r->way, &way) != OK) {
		ctx_forgive(tx->cx); /* deleted since: he came by no code we know */
		way = (struct way){ .corp = r->corp };
	}
	coming.way = &way;
	TRY(block_check(tx, r->corp, r->consumer, r->member));
	return follow_begin(tx, &coming, &member, &customer, out);
}

enum err request_refuse(struct tx *tx, struct request *r)
{
	return settle(tx, r, REQUEST_REFUSED);
}

enum err request_withdraw(struct tx *tx, struct request *r)
{
	if (r->status == REQUEST_REFUSED)
		return consumer_request_delete(tx, r->consumer, r->corp, r->request);
	return settle(tx, r, REQUEST_WITHDRAWN);
}
