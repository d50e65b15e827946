/*
 * api/externalcontact/card.c - what an app shows of a customer on the desk.
 *
 * Our own rows, in WeCom's manner: an order, a membership, a ticket beside the chat.  An
 * app sees and changes its own cards only, and those of customers whom somebody in its
 * visible range serves.
 */
#include "api/api.h"
#include "api/externalcontact/follower.h"
#include "base/json.h"
#include "core/customer/card.h"

#define CARD_FIELD(F, SUB)                                                               \
	F(text, name, REQUIRED, 1, CARD_FIELD_NAME_MAX, "What it is: \"Order no.\"")     \
	F(text, value, REQUIRED, 0, CARD_FIELD_VALUE_MAX, "What it says")
SHAPE(customer_card_field, CARD_FIELD)
#define CARD_FIELD_LIST(F, SUB)                                                          \
	SUB(list, v, customer_card_field, ALWAYS, 0, CARD_FIELDS_MAX, "Fields")
SHAPE(customer_card_fields, CARD_FIELD_LIST)
#define CARD_STATUS(F, SUB)                                                              \
	F(text, text, REQUIRED, 0, CARD_STATUS_MAX, "A word: \"Paid\"")                  \
	F(octets, color, OPTIONAL, 0, 16, "gray (if absent), blue, green, orange, red")
SHAPE(customer_card_status, CARD_STATUS)

#define CARD_SET_IN(F, SUB)                                                              \
	F(octets, external_userid, REQUIRED, 1, 64, "The customer")                      \
	F(octets, card_id, REQUIRED, 1, CARD_ID_MAX, "The app's own; the same replaces") \
	F(text, title, REQUIRED, 1, CARD_TITLE_MAX, "Shown in bold")                     \
	SUB(list, fields, customer_card_field, OPTIONAL, 0, CARD_FIELDS_MAX,             \
		"Lines of it, in order")                                                 \
	SUB(object, status, customer_card_status, OPTIONAL, 0, 0, "Shown as a badge")    \
	F(octets, url, OPTIONAL, 0, CARD_URL_MAX, "Where a click on it leads")
SHAPE(customer_card_set_in, CARD_SET_IN)
NO_OUT(customer_card_set)

#define CARD_DEL_IN(F, SUB)                                                              \
	F(octets, external_userid, REQUIRED, 1, 64, "The customer")                      \
	F(octets, card_id, REQUIRED, 1, CARD_ID_MAX, "Which")
SHAPE(customer_card_del_in, CARD_DEL_IN)
NO_OUT(customer_card_del)

#define CARD_LIST_IN(F, SUB) F(octets, external_userid, REQUIRED, 1, 64, "The customer")
SHAPE(customer_card_list_in, CARD_LIST_IN)
#define CARD_ITEM(F, SUB)                                                                \
	F(octets, card_id, ALWAYS, 1, CARD_ID_MAX, "The app's own")                      \
	F(text, title, ALWAYS, 1, CARD_TITLE_MAX, "Its title")                           \
	F(json, fields, ALWAYS, 0, 65536, "List of name and value")                      \
	SUB(object, status, customer_card_status, SOMETIMES, 0, 0, "Its badge")          \
	F(octets, url, ALWAYS, 0, CARD_URL_MAX, "Where it leads")                        \
	F(time, create_time, ALWAYS, 0, INT64_MAX, "Unix seconds")                       \
	F(time, update_time, ALWAYS, 0, INT64_MAX, "Unix seconds")
SHAPE(customer_card_item, CARD_ITEM)
#define CARD_LIST_OUT(F, SUB)                                                            \
	SUB(list, card_list, customer_card_item, ALWAYS, 0, 1000, "The app's, by id")
SHAPE(customer_card_list_out, CARD_LIST_OUT)

/* 40096, 84061, 60011. */
static enum err find(struct req *rq, str external_userid, struct customer *out)
{
	int64_t corp = rq->cx->actor.corp;
	struct follow *follows;
	bool sees = false;
	size_t n;

	TRY(customer_by_external(rq->tx, corp, external_userid, out));
	TRY(follow_of_customer(rq->tx, corp, out->customer, 0, 1000, &follows, &n));
	if (!n)
		return why(rq->cx, ERR_NOT_CUSTOMER,
			"external_userid: nobody follows him");
	for (size_t i = 0; i < n && !sees; i++)
		TRY(app_sees_member(rq->tx, corp, rq->cx->actor.id, follows[i].member,
			&sees));
	if (!sees)
		return why(rq->cx, ERR_NO_PRIVILEGE,
			"external_userid: followed by nobody in the app's visible range");
	return OK;
}

/* [{"name":…,"value":…}], as it is kept. */
static str fields_of(struct arena *mem, const struct customer_card_set_in *in)
{
	struct customer_card_fields all = { 0 };
	str text;

	all.v.v = in->fields.v;
	all.v.n = in->fields.n;
	text = shape_text(mem, customer_card_fields_shape(), &all);
	return str_sub(text, 5, text.n - 6); /* without {"v": and } */
}

static enum err customer_card_set(struct req *rq)
{
	const struct customer_card_set_in *in = rq->in;
	struct customer_card card = { .corp = rq->cx->actor.corp,
		.app = rq->cx->actor.id,
		.card_id = in->card_id,
		.title = in->title,
		.url = in->url };
	struct customer c;

	TRY(find(rq, in->external_userid, &c));
	card.customer = c.customer;
	card.fields = fields_of(rq->cx->mem, in);
	card.status = in->status ? in->status->text : STR("");
	card.color = in->status ? in->status->color : STR("");
	return card_set(rq->tx, &card);
}

static enum err customer_card_del(struct req *rq)
{
	const struct customer_card_del_in *in = rq->in;
	struct customer c;

	TRY(find(rq, in->external_userid, &c));
	return card_drop(rq->tx, c.corp, c.customer, rq->cx->actor.id, in->card_id);
}

static enum err customer_card_list(struct req *rq)
{
	const struct customer_card_list_in *in = rq->in;
	struct customer_card_list_out *out = rq->out;
	struct customer_card *cards;
	struct customer c;
	size_t n;

	TRY(find(rq, in->external_userid, &c));
	TRY(cards_of(rq->tx, c.corp, c.customer, rq->cx->actor.id, &cards, &n));
	out->card_list.v = ARENA_ARRAY(rq->cx->mem, struct customer_card_item, n);
	out->card_list.n = n;
	for (size_t i = 0; i < n; i++) {
		struct customer_card_item *item = &out->card_list.v[i];

		item->card_id = cards[i].card_id;
		item->title = cards[i].title;
		item->fields = cards[i].fields;
		item->url = cards[i].url;
		item->create_time = cards[i].created_ms / 1000;
		item->update_time = cards[i].changed_ms / 1000;
		if (!cards[i].status.n)
			continue;
		item->status = ARENA_NEW(rq->cx->mem, struct customer_card_status);
		item->status->text = cards[i].status;
		item->status->color = cards[i].color;
	}
	return OK;
}

const struct route customer_card_routes[] = {
	POST("/cgi-bin/externalcontact/customer_card/set", customer_card_set,
		customer_write, WRITES, "Show a card of a customer on the desk (ours)"),
	POST("/cgi-bin/externalcontact/customer_card/del", customer_card_del,
		customer_write, WRITES, "Take a card off again (ours)"),
	POST("/cgi-bin/externalcontact/customer_card/list", customer_card_list,
		customer_read, READS, "The app's cards of a customer (ours)"),
	LAST_ROUTE,
};
