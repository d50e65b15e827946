#include "core/customer/consent.h"

#include "base/ids.h"
#include "core/customer/consumer.sql.h"
#include "core/customer/customer.sql.h"
#include "core/customer/follow.sql.h"
#include "core/customer/private.h"
#include "core/customer/request.h"
#include "core/customer/share.sql.h"
#include "core/customer/tag.sql.h"

enum { PSEUDONYM_CHARS = 4 };

/* The notes and labels a member has on him. */
static enum err forget_notes(struct tx *tx, int64_t corp, int64_t customer)
{
	struct follow_row *rows;
	size_t n;

	TRY(follow_select_ever(tx, corp, customer, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct follow f = { .corp = corp,
			.member = rows[i].member,
			.customer = customer,
			.chat = rows[i].chat };

		TRY(follow_set_notes(tx, corp, f.member, customer, STR(""), STR(""),
			STR(""), STR("[]"), tx->cx->now_ms));
		TRY(follow_tag_delete_of(tx, corp, f.member, customer));
		follow_tell(tx, &f, "changed");
	}
	return OK;
}

static enum err leave_members(struct tx *tx, int64_t corp, int64_t customer)
{
	struct follow *follows;
	size_t n;

	TRY(follow_of_customer(tx, corp, customer, 0, INT32_MAX, &follows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(follow_leave(tx, &follows[i]));
	return OK;
}

/* What he asked for and nobody has answered. */
static enum err take_requests_back(struct tx *tx, int64_t consumer, int64_t corp)
{
	struct request *requests;
	size_t n;

	TRY(request_of_consumer(tx, consumer, &requests, &n));
	for (size_t i = 0; i < n; i++)
		if (requests[i].corp == corp)
			TRY(request_withdraw(tx, &requests[i]));
	return OK;
}

/* The timelines stay the corp's; he reads and hears nothing of them any more. */
static enum err leave_chats(struct tx *tx, const struct consumer_chat *chats, size_t n,
	int64_t consumer, int64_t corp)
{
	for (size_t i = 0; i < n; i++) {
		struct person me = { PERSON_CUSTOMER, chats[i].customer, consumer };
		struct person nobody = { PERSON_CUSTOMER, chats[i].customer, 0 };

		if (chats[i].corp != corp)
			continue;
		if (chat_replace(tx, corp, chats[i].chat, me, nobody) != OK)
			ctx_forgive(tx->cx); /* he had left it before */
		TRY(consumer_chat_delete(tx, consumer, corp, chats[i].chat));
	}
	return OK;
}

static str pseudonym(struct arena *mem)
{
	return arena_concat(mem, STR("匿名客户 "), random_text(mem, PSEUDONYM_CHARS));
}

static enum err record(struct tx *tx, int64_t corp, int64_t customer)
{
	struct customer c;

	TRY(customer_get(tx, corp, customer, &c));
	return ledger_add(tx,
		&(struct ledger_entry){ .corp = corp,
			.kind = LEDGER_WITHDRAWN,
			.customer = c.external_userid,
			.member = STR(""),
			.other = STR(""),
			.detail = STR("") });
}

enum err consent_withdraw(struct tx *tx, int64_t consumer, int64_t corp)
{
	struct consumer_chat *chats;
	int64_t customer = 0;
	size_t n;

	TRY(consumer_chats(tx, consumer, &chats, &n));
	for (size_t i = 0; i < n && !customer; i++)
		if (chats[i].corp == corp)
			customer = chats[i].customer;
	if (!customer)
		return why(tx->cx, ERR_NOT_FOUND, "company");
	TRY(take_requests_back(tx, consumer, corp));
	TRY(leave_members(tx, corp, customer));
	TRY(leave_chats(tx, chats, n, consumer, corp));
	TRY(customer_make_nobodys(tx, corp, customer, pseudonym(tx->cx->mem)));
	TRY(forget_notes(tx, corp, customer));
	TRY(card_share_delete_of(tx, corp, customer));
	return record(tx, corp, customer);
}

bool consent_is_withdrawn(const struct customer *c)
{
	return c->consumer < 0;
}
