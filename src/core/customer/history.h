/*
 * core/customer/history.h - everything that happened to a customer.
 *
 * The steps in who serves him stand in the ledger.  What else people want to see later
 * (notes changed, a welcome, a mass message, an order, a rating …) any area adds with one
 * call, in the transaction in which it happens:
 *
 *	TRY(customer_event_add(tx, &(struct customer_event){ .corp = corp,
 *		.customer = c, .member = m, .kind = "mass", .detail = STR("{\"text\":…}") }));
 *
 * Pages have a sentence for each kind (web/desk: locales, history.KIND); one without is
 * shown as "other".  `detail` is a JSON object: `text` is shown after the sentence, `url` is
 * linked; no secrets and no whole messages in it.
 */
#ifndef CORE_CUSTOMER_HISTORY_H
#define CORE_CUSTOMER_HISTORY_H

#include "core/customer/customer.h"

struct customer_event {
	int64_t corp, customer;
	int64_t member;   /* whose relation it concerns; 0: the corp's as a whole */
	const char *kind; /* noted welcome mass moment card order rating exported … */
	str detail;       /* JSON object, empty for none */
	str actor;        /* when not tx's actor */
};

enum err customer_event_add(struct tx *tx, const struct customer_event *e);
/* The same with {"text":…} made of the text. */
enum err customer_event_say(struct tx *tx, int64_t corp, int64_t customer, int64_t member,
	const char *kind, str text);

/* Both, the ledger's steps and the events, newest first. */
struct history_item {
	int64_t time_ms;
	str kind, actor, detail;
	str member, other; /* userids; empty for none */
};
/* What the page before ended with; zeroed for the first. */
struct history_place {
	int64_t entry, event;
};
/* `member`: only what concerns his relation or nobody's in particular; 0 all. */
enum err customer_history(struct tx *tx, const struct customer *c, int64_t member,
	struct history_place *place, size_t limit, struct history_item **out,
	size_t *out_n, bool *out_more);

#endif
