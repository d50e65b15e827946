/*
 * core/customer/card.h - what apps show of a customer on the desk: an order, a membership,
 * a ticket.
 *
 * A card is the app's own, by an id it chooses; setting it again replaces it.  Everybody
 * who serves the customer sees it, and by which app it is.  A new card, and one whose status
 * changes, stands in the customer's history.
 */
#ifndef CORE_CUSTOMER_CARD_H
#define CORE_CUSTOMER_CARD_H

#include "core/customer/customer.h"

enum {
	CARD_ID_MAX = 64,
	CARD_TITLE_MAX = 64,
	CARD_FIELDS_MAX = 20,
	CARD_FIELD_NAME_MAX = 32,
	CARD_FIELD_VALUE_MAX = 256,
	CARD_STATUS_MAX = 16,
	CARD_URL_MAX = 2048
};

struct customer_card {
	int64_t corp, customer, app, created_ms, changed_ms;
	str card_id, title, status, color, url;
	str fields; /* JSON list of {"name","value"} */
};

/* Checks color and url; at most CORP_SETTING_CARD_MAX of an app for a customer. */
enum err card_set(struct tx *tx, const struct customer_card *c);
/* ERR_NOT_FOUND. */
enum err card_drop(struct tx *tx, int64_t corp, int64_t customer, int64_t app,
	str card_id);
/* By app, then id; `app` 0: of all apps. */
enum err cards_of(struct tx *tx, int64_t corp, int64_t customer, int64_t app,
	struct customer_card **out, size_t *out_n);

#endif
