/*
 * core/customer/follow.h - the relation of a member and a customer, and its life.
 */
#ifndef CORE_CUSTOMER_FOLLOW_H
#define CORE_CUSTOMER_FOLLOW_H

#include "core/customer/consumer.h"
#include "core/customer/customer.h"
#include "core/customer/way.h"

enum { ADD_WAY_UNKNOWN = 0, ADD_WAY_QR = 1, ADD_WAY_LINK = 16, ADD_WAY_ASSIGNED = 202 };
enum { REMARK_MAX = 20, DESCRIPTION_MAX = 150, REMARK_MOBILES_MAX = 20 };

/* A consumer comes by a way: customer, chat, follow, system message, welcome, callbacks and
 * events, in this transaction; or a request, when the way wants the member's consent
 * (core/customer/request.h).  Coming again while the follow is active, or the request
 * waits, gives the same one and does nothing (is_new false). */
struct coming {
	const struct way *way;
	const struct consumer *consumer;
	str state; /* the channel of a link; else the way's own counts */
	str words; /* to the member who must accept */
};
struct arrival {
	bool waits, is_new;
	struct follow follow; /* unless it waits */
	int64_t request;      /* if it does */
};
enum err follow_come(struct tx *tx, const struct coming *coming, struct arrival *out);
/* The same without asking the member. */
enum err follow_add(struct tx *tx, const struct way *w, const struct consumer *c,
	struct follow *out, bool *out_new);

/* Whoever of the way serves him already, by it or otherwise, goes on doing so. */
enum err follow_by_way(struct tx *tx, const struct way *w, int64_t customer,
	struct follow *out, bool *out_there);

/* The member's notes; only fields whose pointer is set change.  Tells people and apps. */
struct follow_notes {
	const str *remark, *description, *remark_company;
	const str *remark_mobiles; /* JSON list of texts */
};
/* The numbers as a list; and a list, blanks left out, as follow_notes wants it. */
enum err follow_mobiles(struct ctx *cx, const struct follow *f, struct texts *out);
enum err follow_mobiles_pack(struct ctx *cx, struct texts mobiles, str *out_json);
enum err follow_note(struct tx *tx, struct follow *f, const struct follow_notes *notes,
	int64_t by_app);

/* A picture beside the notes, by its media_id; it is kept from now on. */
enum err follow_picture_set(struct tx *tx, const struct follow *f, str media_key);
/* Empty without one. */
enum err follow_picture(struct tx *tx, const struct follow *f, str *out_media_key);

/* All active follows of the corp by (customer, member), after such a place. */
enum err follow_served(struct tx *tx, int64_t corp, int64_t customer, int64_t member,
	int64_t limit, struct follow **out, size_t *out_n);

/* The member deletes the customer (del_external_contact), or the customer the member
 * (del_follow_user).  The chat closes; everything stays in the corp. */
enum err follow_delete(struct tx *tx, struct follow *f);
enum err follow_leave(struct tx *tx, struct follow *f);
/* A temporary chat is over: nobody deleted anybody, so apps hear nothing of it. */
enum err follow_conclude(struct tx *tx, struct follow *f);

/* Active customers of a member by customer id, after it. */
enum err follow_page(struct tx *tx, int64_t corp, int64_t member, int64_t after,
	int64_t limit, struct follow **out, size_t *out_n);
/* Active followers of a customer by member id, after it. */
enum err follow_of_customer(struct tx *tx, int64_t corp, int64_t customer, int64_t after,
	int64_t limit, struct follow **out, size_t *out_n);
/* All that anybody of the corp ever had with a customer, by member. */
enum err follow_ever(struct tx *tx, int64_t corp, int64_t customer, struct follow **out,
	size_t *out_n);
enum err follow_count(struct tx *tx, int64_t corp, int64_t member, int64_t *out);

#endif
