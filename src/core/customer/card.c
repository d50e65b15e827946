#include "core/customer/card.h"

#include "core/customer/card.sql.h"
#include "core/customer/history.h"
#include "core/customer/private.h"
#include "core/directory/corp_setting.h"

#define CARD_DETAIL(F, SUB)                                                              \
	F(text, text, ALWAYS, 0, 128, "Title and status")                                \
	F(octets, url, SOMETIMES, 0, CARD_URL_MAX, "Where it leads")
SHAPE(card_detail, CARD_DETAIL)

static enum err check(struct ctx *cx, const struct customer_card *c)
{
	static const char *const colors[] = { "", "gray", "blue", "green", "orange",
		"red" };
	bool known = false;

	for (size_t i = 0; i < ARRAY_LEN(colors); i++)
		known = known || str_is(c->color, colors[i]);
	if (!known)
		return why(cx, ERR_INVALID_ARGUMENT,
			"status.color: gray, blue, green, orange or red");
	if (c->url.n && !str_starts(c->url, STR("https://")) &&
		!str_starts(c->url, STR("http://")))
		return why(cx, ERR_INVALID_ARGUMENT,
			"url: must begin with https:// or http://");
	return OK;
}

static enum err check_room(struct tx *tx, const struct customer_card *c)
{
	struct customer_card_select_count_row row;
	int64_t max;
	bool found;

	TRY(corp_setting(tx, c->corp, CORP_SETTING_CARD_MAX, &max));
	TRY(customer_card_select_count(tx, c->corp, c->customer, c->app, &row, &found));
	if (row.n >= max)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"card_id: at most %" PRId64 " cards of an app for a customer",
			max);
	return OK;
}

static enum err note(struct tx *tx, const struct customer_card *c)
{
	struct card_detail d = { .text = c->title, .url = c->url };

	if (c->status.n)
		d.text = arena_printf(tx->cx->mem, "%.*s · %.*s", STR_FMT(c->title),
			STR_FMT(c->status));
	return customer_event_add(tx,
		&(struct customer_event){ .corp = c->corp,
			.customer = c->customer,
			.kind = "card",
			.detail = shape_text(tx->cx->mem, card_detail_shape(), &d) });
}

/* The desks of all who serve him. */
static enum err tell(struct tx *tx, int64_t corp, int64_t customer)
{
	struct follow *follows;
	size_t n;

	TRY(follow_of_customer(tx, corp, customer, 0, 1000, &follows, &n));
	for (size_t i = 0; i < n; i++)
		follow_tell(tx, &follows[i], "changed");
	return OK;
}

enum err card_set(struct tx *tx, const struct customer_card *c)
{
	struct customer_card_row old;
	bool known;

	TRY(check(tx->cx, c));
	TRY(customer_card_select(tx, c->corp, c->customer, c->app, c->card_id, &old,
		&known));
	if (!known)
		TRY(check_room(tx, c));
	TRY(customer_card_put(tx, c->corp, c->customer, c->app, c->card_id, c->title,
		c->fields, c->status, c->color, c->url, tx->cx->now_ms));
	if (!known || !str_same(old.status, c->status))
		TRY(note(tx, c));
	return tell(tx, c->corp, c->customer);
}

enum err card_drop(struct tx *tx, int64_t corp, int64_t customer, int64_t app,
	str card_id)
{
	TRY(customer_card_delete(tx, corp, customer, app, card_id));
	if (!tx_changes(tx))
		return why(tx->cx, ERR_NOT_FOUND, "card_id: no such card");
	return tell(tx, corp, customer);
}

enum err cards_of(struct tx *tx, int64_t corp, int64_t customer, int64_t app,
	struct customer_card **out, size_t *out_n)
{
	struct customer_card_row *rows;
	size_t n, kept = 0;

	TRY(customer_card_select_all(tx, corp, customer, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct customer_card, n);
	for (size_t i = 0; i < n; i++)
		if (!app || rows[i].app == app)
			(*out)[kept++] = (struct customer_card){
				.corp = corp,
				.customer = customer,
				.app = rows[i].app,
				.created_ms = rows[i].created_ms,
				.changed_ms = rows[i].changed_ms,
				.card_id = rows[i].card_id,
				.title = rows[i].title,
				.status = rows[i].status,
				.color = rows[i].color,
				.url = rows[i].url,
				.fields = rows[i].fields,
			};
	*out_n = kept;
	return OK;
}
