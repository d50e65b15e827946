/*
 * core/customer/request.h - who asked to add a member and waits for his answer.
 *
 * A way with skip_verify false makes no follow: it makes a request, and apps hear
 * add_half_external_contact.  The member accepts on his desk (then all is as if the
 * customer had been added now: chat, welcome, add_external_contact) or refuses; the
 * customer may withdraw.
 */
#ifndef CORE_CUSTOMER_REQUEST_H
#define CORE_CUSTOMER_REQUEST_H

#include "core/customer/follow.h"

enum { REQUEST_WORDS_MAX = 50, REQUESTS_WAITING_MAX = 50 };

/* Stored: never renumber. */
enum request_status {
	REQUEST_WAITING = 1,
	REQUEST_ACCEPTED = 2,
	REQUEST_REFUSED = 3,
	REQUEST_WITHDRAWN = 4
};

struct request {
	int64_t corp, request, way, member, customer, consumer, created_ms, done_ms;
	str state, words;
	enum request_status status;
};

/* As clients know it: the corp's number and its own. */
str request_name(struct arena *mem, int64_t corp, int64_t request);
bool request_name_parse(str name, int64_t *out_corp, int64_t *out_request);

/* The customer's waiting request to this member is given again. */
enum err request_add(struct tx *tx, const struct way *w, const struct member *m,
	const struct customer *c, str state, str words, struct request *out);
enum err request_get(struct tx *tx, int64_t corp, int64_t request, struct request *out);
/* Of a member in one status, newest first, below `before` (0: from the newest). */
enum err request_page(struct tx *tx, int64_t corp, int64_t member,
	enum request_status status, int64_t before, int64_t limit, struct request **out,
	size_t *out_n);
/* What a consumer asked for that is not accepted or withdrawn: waiting or refused. */
enum err request_of_consumer(struct tx *tx, int64_t consumer, struct request **out,
	size_t *out_n);

/* ERR_NOT_WAITING when it is settled already. */
enum err request_accept(struct tx *tx, struct request *r, struct follow *out);
enum err request_refuse(struct tx *tx, struct request *r);
/* A refused one is forgotten by it. */
enum err request_withdraw(struct tx *tx, struct request *r);

#endif
