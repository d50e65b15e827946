/*
 * client/customer_list.c - the member's customers, by what is known of them.
 */
#include "base/ids.h"
#include "client/client.h"
#include "client/customer_view.h"
#include "core/customer/filter.h"
#include "core/strategy/strategy.h"

enum { CUSTOMERS_DEFAULT = 50, CUSTOMERS_MAX = 200, PAGES_MAX = 5 };

#define CUSTOMERS_IN(F, SUB)                                                             \
	F(text, q, OPTIONAL, 0, 64,                                                      \
		"Words: each is in his name, remark, company, description or numbers")   \
	F(octets, tags, OPTIONAL, 0, 2048, "Labels' ids, with commas between")           \
	F(flag, any_tag, OPTIONAL, 0, 1, "One of the labels is enough")                  \
	F(octets, no_tags, OPTIONAL, 0, 2048, "None of these labels")                    \
	F(text, personal_tag, OPTIONAL, 0, PERSONAL_TAG_MAX, "The member's own label")   \
	F(time, from, OPTIONAL, 0, INT64_MAX, "Added then or later, Unix milliseconds")  \
	F(time, until, OPTIONAL, 0, INT64_MAX, "Added before that")                      \
	F(int, add_way, OPTIONAL, 0, INT32_MAX,                                          \
		"How he came: 1 by a code, 202 handed over")                             \
	F(text, state, OPTIONAL, 0, 30, "The contact way's state")                       \
	F(octets, status, OPTIONAL, 0, 16,                                               \
		"active (if absent), deleted, left or transferred")                      \
	F(flag, unread, OPTIONAL, 0, 1, "Has messages the member has not read")          \
	F(octets, cursor, OPTIONAL, 0, 96, "next_cursor of the page before")             \
	F(int, limit, OPTIONAL | CLAMP, 1, CUSTOMERS_MAX, "At most so many; 50 if absent")
SHAPE(customers_in, CUSTOMERS_IN)
#define CUSTOMERS_OUT(F, SUB)                                                            \
	SUB(list, customers, view_follow, ALWAYS, 0, CUSTOMERS_MAX, "Newest first")      \
	F(octets, next_cursor, SOMETIMES, 0, 96, "For the next page; absent at the end") \
	F(flag, may_export, ALWAYS, 0, 1, "A strategy lets him take the list as a file")
SHAPE(customers_out, CUSTOMERS_OUT)

/* ---- the question ---- */

static enum err read_tags(struct ctx *cx, str list, const char *field, struct ints *out)
{
	*out = (struct ints){ ARENA_ARRAY(cx->mem, int64_t, FILTER_TAGS_MAX), 0 };
	while (list.n) {
		str one = str_cut(&list, ',');

		if (!one.n)
			continue;
		if (out->n == FILTER_TAGS_MAX)
			return why(cx, ERR_INVALID_ARGUMENT, "%s: at most %d", field,
				FILTER_TAGS_MAX);
		if (!tag_id_parse(one, &out->v[out->n++]))
			return why(cx, ERR_BAD_TAG_ID, "%s: no such label", field);
	}
	ints_unite(out);
	return OK;
}

static enum err read_status(struct ctx *cx, str name, enum follow_status *out)
{
	static const struct {
		const char *name;
		enum follow_status status;
	} names[] = { { "", FOLLOW_ACTIVE }, { "active", FOLLOW_ACTIVE },
		{ "deleted", FOLLOW_DELETED }, { "left", FOLLOW_LEFT },
		{ "transferred", FOLLOW_TRANSFERRED } };

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_is(name, names[i].name)) {
			*out = names[i].status;
			return OK;
		}
	return why(cx, ERR_INVALID_ARGUMENT,
		"status: active, deleted, left or transferred");
}

static enum err read_filter(struct req *rq, const struct customers_in *in,
	struct follow_filter *out)
{
	int64_t *me = ARENA_NEW(rq->cx->mem, int64_t);
	struct ints tags;

	*me = rq->cx->actor.id;
	*out = (struct follow_filter){ .members = { me, 1 },
		.personal_tag = in->personal_tag,
		.from_ms = in->from,
		.until_ms = in->until,
		.add_way = HAS(in, add_way) ? in->add_way : FILTER_ANY_SOURCE,
		.state = in->state,
		.has_unread = in->unread,
		.q = in->q };
	TRY(read_tags(rq->cx, in->tags, "tags", &tags));
	if (in->any_tag)
		out->tags_any = tags;
	else
		out->tags_all = tags;
	TRY(read_tags(rq->cx, in->no_tags, "no_tags", &out->no_tags));
	return read_status(rq->cx, in->status, &out->status);
}

static enum err read_cursor(struct ctx *cx, str cursor, struct follow_place *out)
{
	*out = (struct follow_place){ .member = cx->actor.id };
	if (!cursor.n)
		*out = (struct follow_place){ 0 };
	else if (!id_pair_parse(cursor, "k", &out->ms, &out->customer))
		return why(cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	return OK;
}

/* ---- the answer ---- */

static enum err add_page(struct req *rq, const struct follow *list, size_t n,
	struct customers_out *out)
{
	for (size_t i = 0; i < n; i++) {
		struct customer c;

		TRY(customer_get(rq->tx, list[i].corp, list[i].customer, &c));
		TRY(view_follow_of(rq->tx, &list[i], &c,
			&out->customers.v[out->customers.n++]));
	}
	return OK;
}

static enum err customers(struct req *rq)
{
	const struct customers_in *in = rq->in;
	struct customers_out *out = rq->out;
	size_t limit = in->limit ? (size_t)in->limit : CUSTOMERS_DEFAULT, n;
	struct follow_filter filter;
	struct follow_place place;
	struct follow *list;
	bool any, more = true;

	TRY(strategy_allows(rq->tx, rq->cx->actor.corp, STRATEGY_CUSTOMER,
		rq->cx->actor.id, PRIVILEGE_export_customer_list, &any,
		&out->may_export));
	TRY(read_filter(rq, in, &filter));
	TRY(read_cursor(rq->cx, in->cursor, &place));
	out->customers.v = ARENA_ARRAY(rq->cx->mem, struct view_follow, limit);
	for (int i = 0; more && i < PAGES_MAX && out->customers.n < limit; i++) {
		TRY(follow_filter(rq->tx, rq->cx->actor.corp, &filter, &place,
			limit - out->customers.n, &list, &n, &more));
		TRY(add_page(rq, list, n, out));
	}
	if (more)
		out->next_cursor =
			id_pair_text(rq->cx->mem, "k", place.ms, place.customer);
	return OK;
}

const struct route customer_list_routes[] = {
	GET("/v1/customers", customers, member, READS,
		"The member's customers, newest first, by filters"),
	LAST_ROUTE,
};
