/*
 * core/customer - people outside, as a corp sees them.
 *
 * consumer    the person, one account across corps
 * customer    the consumer as one corp sees him; external_userid differs per corp
 * follow      the relation member-customer: remark, tags, source, state
 *
 * Everything a change must bring along happens here, in one transaction: the
 * chat, the events, the callbacks, the welcome.  `by_app` is the agentid of the
 * API caller (0: people): its changes cause no customer callbacks to it.
 */
#ifndef CORE_CUSTOMER_CUSTOMER_H
#define CORE_CUSTOMER_CUSTOMER_H

#include "core/app/app.h"
#include "core/callback/callback.h"
#include "core/chat/chat.h"
#include "core/directory/directory.h"
#include "core/message/message.h"

struct customer {
	int64_t corp, customer, consumer, gender, created_ms;
	str external_userid, name, avatar;
};

enum follow_status {
	FOLLOW_ACTIVE = 1,
	FOLLOW_DELETED = 2,
	FOLLOW_LEFT = 3,
	FOLLOW_TRANSFERRED = 4, /* its chat is the successor's now */
};

struct follow {
	int64_t corp, member, customer, add_way, way, chat, created_ms, changed_ms;
	enum follow_status status;
	str remark, description, remark_company, remark_mobiles, state, oper_userid;
};

/* ERR_BAD_EXTERNAL_USERID (40096) */
enum err customer_get(struct tx *tx, int64_t corp, int64_t customer,
	struct customer *out);
enum err customer_by_external(struct tx *tx, int64_t corp, str external_userid,
	struct customer *out);
/* The customer that a consumer is in this corp, made when he is new to it. */
struct consumer;
enum err customer_of_consumer(struct tx *tx, int64_t corp, const struct consumer *c,
	struct customer *out);
/* Those of the ids that there are, by id; at most a thousand. */
enum err customer_some(struct tx *tx, int64_t corp, struct ints customers,
	struct customer **out, size_t *out_n);
/* In any status; ERR_NOT_FOUND when there never was one. */
enum err follow_find_any(struct tx *tx, int64_t corp, int64_t member, int64_t customer,
	struct follow *out);
/* ERR_NOT_CUSTOMER (84061) unless there is an active follow. */
enum err follow_get(struct tx *tx, int64_t corp, int64_t member, int64_t customer,
	struct follow *out);
/* The follow that a chat belongs to; for showing the other side. */
enum err follow_by_chat(struct tx *tx, int64_t corp, int64_t chat, struct follow *out);

/* Customers of the corp, for the console. */
enum err customer_count(struct tx *tx, int64_t corp, int64_t *out);
enum err customer_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg);

#endif
