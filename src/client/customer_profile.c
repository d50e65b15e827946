/*
 * client/customer_profile.c - what else the desk shows of a customer: what happened, cards of
 * apps, colleagues who serve him too, the member's own labels.
 */
#include "base/ids.h"
#include "client/client.h"
#include "client/customer_view.h"
#include "client/view.h"
#include "core/customer/card.h"
#include "core/customer/history.h"
#include "core/directory/corp_setting.h"

enum { HISTORY_DEFAULT = 30, HISTORY_MAX = 100, COLLEAGUES_MAX = 200, CARDS_MAX = 1000 };

#define CUSTOMER_IN(F, SUB) F(octets, external_userid, REQUIRED, 1, 64, "The customer")

#define HISTORY_IN(F, SUB)                                                               \
	F(octets, external_userid, REQUIRED, 1, 64, "The customer")                      \
	F(octets, cursor, OPTIONAL, 0, 96, "next_cursor of the page before")             \
	F(int, limit, OPTIONAL | CLAMP, 1, HISTORY_MAX, "At most so many; 30 if absent")
SHAPE(history_in, HISTORY_IN)
#define HISTORY_ITEM(F, SUB)                                                                     \
	F(time, time, ALWAYS, 0, INT64_MAX, "Unix milliseconds")                                 \
	F(octets, kind, ALWAYS, 1, 32,                                                           \
		"added tagged assigned handed_over refused failed deleted left, of the ledger; " \
		"noted welcome mass card …, of core/customer/history.h")                         \
	F(text, by, ALWAYS, 0, 64, "Who did it: a member's or an app's name, or empty")          \
	F(octets, by_kind, ALWAYS, 1, 16, "member, app, consumer, operator or system")           \
	F(text, member, SOMETIMES, 0, 64, "Whose relation it concerns: his name")                \
	F(text, other, SOMETIMES, 0, 64, "Of a handover: the successor's name")                  \
	F(text, text, SOMETIMES, 0, 4000, "More of it")                                          \
	F(octets, url, SOMETIMES, 0, 2048, "Where it leads")                                     \
	F(texts, fields, SOMETIMES, 0, 16, "noted: which")
SHAPE(view_history, HISTORY_ITEM)
#define HISTORY_OUT(F, SUB)                                                              \
	SUB(list, items, view_history, ALWAYS, 0, HISTORY_MAX, "Newest first")           \
	F(octets, next_cursor, SOMETIMES, 0, 96, "For the next page; absent at the end")
SHAPE(history_out, HISTORY_OUT)

SHAPE(customer_cards_in, CUSTOMER_IN)
#define VIEW_CARD_FIELD(F, SUB)                                                          \
	F(text, name, ALWAYS, 0, CARD_FIELD_NAME_MAX, "What it is")                      \
	F(text, value, ALWAYS, 0, CARD_FIELD_VALUE_MAX, "What it says")
SHAPE(view_card_field, VIEW_CARD_FIELD)
#define VIEW_CUSTOMER_CARD(F, SUB)                                                       \
	F(octets, card_id, ALWAYS, 1, CARD_ID_MAX, "The app's own id")                   \
	F(int, agentid, ALWAYS, 0, INT64_MAX, "The app")                                 \
	F(text, app, ALWAYS, 0, 64, "Its name")                                          \
	F(text, title, ALWAYS, 1, CARD_TITLE_MAX, "Title")                               \
	SUB(list, fields, view_card_field, ALWAYS, 0, CARD_FIELDS_MAX, "Lines")          \
	F(text, status, ALWAYS, 0, CARD_STATUS_MAX, "A badge; empty for none")           \
	F(octets, color, ALWAYS, 0, 16, "gray, blue, green, orange or red")              \
	F(octets, url, ALWAYS, 0, CARD_URL_MAX, "Where it leads; empty for nowhere")     \
	F(time, changed, ALWAYS, 0, INT64_MAX, "Unix milliseconds")
SHAPE(view_customer_card, VIEW_CUSTOMER_CARD)
#define CARDS_OUT(F, SUB)                                                                \
	SUB(list, cards, view_customer_card, ALWAYS, 0, CARDS_MAX, "Last changed first")
SHAPE(customer_cards_out, CARDS_OUT)

SHAPE(customer_colleagues_in, CUSTOMER_IN)
#define COLLEAGUE(F, SUB)                                                                \
	SUB(object, who, view_who, ALWAYS, 0, 0, "A colleague")                          \
	F(time, created, ALWAYS, 0, INT64_MAX, "Since when, Unix milliseconds")
SHAPE(view_colleague, COLLEAGUE)
#define COLLEAGUES_OUT(F, SUB)                                                           \
	F(flag, allowed, ALWAYS, 0, 1, "The corp lets employees see each other here")    \
	SUB(list, colleagues, view_colleague, ALWAYS, 0, COLLEAGUES_MAX,                 \
		"Who serves him, too")
SHAPE(customer_colleagues_out, COLLEAGUES_OUT)

#define PERSONAL_IN(F, SUB)                                                              \
	F(octets, external_userid, REQUIRED, 1, 64, "The customer")                      \
	F(texts, personal_tags, REQUIRED, 0, PERSONAL_TAGS_OF_FOLLOW_MAX,                \
		"All the member's own labels on him from now on")
SHAPE(customer_personal_in, PERSONAL_IN)
#define PERSONAL_OUT(F, SUB)                                                             \
	SUB(object, customer, view_follow, ALWAYS, 0, 0, "The customer")
SHAPE(customer_personal_out, PERSONAL_OUT)

NO_IN(personal_list)
#define PERSONAL_USE(F, SUB)                                                             \
	F(text, name, ALWAYS, 1, PERSONAL_TAG_MAX, "The label")                          \
	F(int, customers, ALWAYS, 0, INT64_MAX, "On how many customers")
SHAPE(view_personal_tag, PERSONAL_USE)
#define PERSONAL_LIST_OUT(F, SUB)                                                        \
	SUB(list, personal_tags, view_personal_tag, ALWAYS, 0, 500, "By name")
SHAPE(personal_list_out, PERSONAL_LIST_OUT)

/* The member's relation with him, in any status: others' customers do not exist. */
static enum err find(struct req *rq, str external_userid, struct follow *f,
	struct customer *c)
{
	const struct actor *me = &rq->cx->actor;

	if (customer_by_external(rq->tx, me->corp, external_userid, c) != OK)
		return why(rq->cx, ERR_NOT_FOUND, "external_userid: no such customer");
	return follow_find_any(rq->tx, me->corp, me->id, c->customer, f);
}

static enum err sees_colleagues(struct req *rq, bool *out)
{
	int64_t value;

	TRY(corp_setting(rq->tx, rq->cx->actor.corp, CORP_SETTING_SEES_COLLEAGUES,
		&value));
	*out = value;
	return OK;
}

/* ---- what happened ---- */

#define DETAIL(F, SUB)                                                                   \
	F(text, text, OPTIONAL, 0, 4000, "More of it")                                   \
	F(octets, url, OPTIONAL, 0, 2048, "Where it leads")                              \
	F(texts, fields, OPTIONAL, 0, 16, "Which")
SHAPE(history_detail, DETAIL)

static str member_name(struct req *rq, str userid)
{
	struct member m;

	if (!userid.n)
		return STR_NONE;
	if (member_by_userid(rq->tx, rq->cx->actor.corp, userid, &m) == OK)
		return m.name;
	ctx_forgive(rq->cx);
	return userid;
}

/* "member:lilei", "app:1000002", "consumer", "operator", "system" */
static void fill_actor(struct req *rq, str actor, struct view_history *out)
{
	str id = actor;
	struct app app;
	int64_t agentid;

	out->by_kind = str_cut(&id, ':');
	if (str_is(out->by_kind, "member"))
		out->by = member_name(rq, id);
	if (!str_is(out->by_kind, "app") || !str_int(id, &agentid))
		return;
	if (app_get(rq->tx, rq->cx->actor.corp, agentid, &app) == OK)
		out->by = app.name;
	ctx_forgive(rq->cx);
}

/* "+et… -et…" as "+VIP -旧"; names of labels that are gone stay ids. */
static str tag_words(struct req *rq, str detail)
{
	struct buf b;

	buf_init(&b, rq->cx->mem, 64);
	while (detail.n) {
		str one = str_cut(&detail, ' '), name;
		int64_t tag;

		if (one.n < 2 || !tag_id_parse(str_skip(one, 1), &tag))
			continue;
		if (tag_name(rq->tx, rq->cx->actor.corp, tag, &name) != OK) {
			ctx_forgive(rq->cx);
			continue;
		}
		if (b.n)
			buf_char(&b, ' ');
		buf_char(&b, one.p[0]);
		buf_put(&b, name);
	}
	return buf_str(&b);
}

static enum err fill_history(struct req *rq, const struct history_item *item,
	struct view_history *out)
{
	struct history_detail d = { 0 };

	out->time = item->time_ms;
	out->kind = item->kind;
	fill_actor(rq, item->actor, out);
	out->member = member_name(rq, item->member);
	out->other = member_name(rq, item->other);
	if (str_is(item->kind, "tagged"))
		out->text = tag_words(rq, item->detail);
	if (!str_starts(item->detail, STR("{")))
		return OK;
	if (shape_parse(rq->cx, history_detail_shape(), item->detail, &d) != OK)
		ctx_forgive(rq->cx);
	out->text = d.text;
	out->url = d.url;
	for (size_t i = 0; i < d.fields.n; i++)
		if (d.fields.v[i].n)
			d.fields.v[out->fields.n++] = d.fields.v[i];
	out->fields.v = d.fields.v;
	return OK;
}

static enum err read_history(struct req *rq, const struct customer *c,
	struct history_place *place, size_t limit)
{
	struct history_out *out = rq->out;
	struct history_item *items;
	bool sees, more;
	size_t n;

	TRY(sees_colleagues(rq, &sees));
	TRY(customer_history(rq->tx, c, sees ? 0 : rq->cx->actor.id, place, limit, &items,
		&n, &more));
	out->items.v = ARENA_ARRAY(rq->cx->mem, struct view_history, n);
	out->items.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(fill_history(rq, &items[i], &out->items.v[i]));
	if (more)
		out->next_cursor =
			id_pair_text(rq->cx->mem, "h", place->entry, place->event);
	return OK;
}

static enum err history(struct req *rq)
{
	const struct history_in *in = rq->in;
	struct history_place place = { 0 };
	struct follow f;
	struct customer c;

	TRY(find(rq, in->external_userid, &f, &c));
	if (in->cursor.n && !id_pair_parse(in->cursor, "h", &place.entry, &place.event))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	return read_history(rq, &c, &place,
		in->limit ? (size_t)in->limit : HISTORY_DEFAULT);
}

/* ---- cards ---- */

static int changed_first(const void *a, const void *b)
{
	const struct view_customer_card *left = a, *right = b;

	return (left->changed < right->changed) - (left->changed > right->changed);
}

#define CARD_FIELDS(F, SUB)                                                              \
	SUB(list, v, view_card_field, ALWAYS, 0, CARD_FIELDS_MAX, "Lines")
SHAPE(card_fields, CARD_FIELDS)

static enum err fill_card(struct req *rq, const struct customer_card *card,
	struct view_customer_card *out)
{
	str text = arena_printf(rq->cx->mem, "{\"v\":%.*s}", STR_FMT(card->fields));
	struct card_fields fields = { 0 };
	struct app app;

	TRY(shape_parse(rq->cx, card_fields_shape(), text, &fields));
	*out = (struct view_customer_card){ .card_id = card->card_id,
		.agentid = card->app,
		.title = card->title,
		.status = card->status,
		.color = card->color.n ? card->color : STR("gray"),
		.url = card->url,
		.changed = card->changed_ms };
	out->fields.v = fields.v.v;
	out->fields.n = fields.v.n;
	if (app_get(rq->tx, card->corp, card->app, &app) == OK)
		out->app = app.name;
	ctx_forgive(rq->cx);
	return OK;
}

static enum err customer_cards(struct req *rq)
{
	const struct customer_cards_in *in = rq->in;
	struct customer_cards_out *out = rq->out;
	struct customer_card *cards;
	struct follow f;
	struct customer c;
	size_t n;

	TRY(find(rq, in->external_userid, &f, &c));
	TRY(cards_of(rq->tx, c.corp, c.customer, 0, &cards, &n));
	out->cards.v = ARENA_ARRAY(rq->cx->mem, struct view_customer_card, n);
	out->cards.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(fill_card(rq, &cards[i], &out->cards.v[i]));
	if (n)
		qsort(out->cards.v, n, sizeof(*out->cards.v), changed_first);
	return OK;
}

/* ---- colleagues ---- */

static enum err customer_colleagues(struct req *rq)
{
	const struct customer_colleagues_in *in = rq->in;
	struct customer_colleagues_out *out = rq->out;
	struct follow f, *follows;
	struct customer c;
	size_t n;

	TRY(find(rq, in->external_userid, &f, &c));
	TRY(sees_colleagues(rq, &out->allowed));
	if (!out->allowed)
		return OK;
	TRY(follow_of_customer(rq->tx, c.corp, c.customer, 0, COLLEAGUES_MAX, &follows,
		&n));
	out->colleagues.v = ARENA_ARRAY(rq->cx->mem, struct view_colleague, n);
	for (size_t i = 0; i < n; i++) {
		struct view_colleague *v = &out->colleagues.v[out->colleagues.n];

		if (follows[i].member == rq->cx->actor.id)
			continue;
		v->who = ARENA_NEW(rq->cx->mem, struct view_who);
		v->created = follows[i].created_ms;
		TRY(view_who_of(rq->tx, PERSON_MEMBER, c.corp,
			(struct person){ PERSON_MEMBER, follows[i].member, 0 }, v->who));
		out->colleagues.n++;
	}
	return OK;
}

/* ---- own labels ---- */

static enum err customer_personal(struct req *rq)
{
	const struct customer_personal_in *in = rq->in;
	struct customer_personal_out *out = rq->out;
	struct follow f;
	struct customer c;

	TRY(find(rq, in->external_userid, &f, &c));
	TRY(follow_get(rq->tx, f.corp, f.member, f.customer, &f));
	TRY(personal_tags_set(rq->tx, &f, in->personal_tags));
	out->customer = ARENA_NEW(rq->cx->mem, struct view_follow);
	return view_follow_of(rq->tx, &f, &c, out->customer);
}

static enum err personal_list(struct req *rq)
{
	struct personal_list_out *out = rq->out;
	const struct actor *me = &rq->cx->actor;
	struct personal_tag_use *uses;
	size_t n;

	TRY(personal_tags_used(rq->tx, me->corp, me->id, &uses, &n));
	out->personal_tags.v = ARENA_ARRAY(rq->cx->mem, struct view_personal_tag, n);
	out->personal_tags.n = n;
	for (size_t i = 0; i < n; i++) {
		out->personal_tags.v[i].name = uses[i].name;
		out->personal_tags.v[i].customers = uses[i].n;
	}
	return OK;
}

const struct route customer_profile_routes[] = {
	GET("/v1/customer/history", history, member, READS,
		"What happened to a customer, newest first"),
	GET("/v1/customer/cards", customer_cards, member, READS,
		"What apps show of a customer"),
	GET("/v1/customer/colleagues", customer_colleagues, member, READS,
		"Who else serves him, where the corp allows it"),
	POST("/v1/customer/personal_tags", customer_personal, member, WRITES,
		"Set the member's own labels on a customer"),
	GET("/v1/personal_tags", personal_list, member, READS, "The member's own labels"),
	LAST_ROUTE,
};
