#include "core/customer/block.h"

#include "core/customer/block.sql.h"
#include "core/customer/private.h"

enum err block_check(struct tx *tx, int64_t corp, int64_t consumer, int64_t member)
{
	struct customer_block_find_row theirs;
	struct consumer_block_find_row his;
	bool found;

	TRY(customer_block_find(tx, corp, consumer, &theirs, &found));
	if (found)
		return why(tx->cx, ERR_SHUT_OUT, "the company takes no contact");
	TRY(consumer_block_find(tx, consumer, corp, member, &his, &found));
	if (found)
		return why(tx->cx, ERR_SHUTS_OUT, "%s",
			his.member ? "the member is blocked" : "the company is blocked");
	return OK;
}

/* ---- by the consumer ---- */

/* What he is to the corp; ERR_NOT_FOUND when he has nothing to do with it. */
static enum err customer_in(struct tx *tx, int64_t consumer, int64_t corp, int64_t *out)
{
	struct consumer_chat *chats;
	size_t n;

	TRY(consumer_chats(tx, consumer, &chats, &n));
	for (size_t i = 0; i < n; i++)
		if (chats[i].corp == corp) {
			*out = chats[i].customer;
			return OK;
		}
	return why(tx->cx, ERR_NOT_FOUND, "company");
}

enum err block_add(struct tx *tx, int64_t consumer, int64_t corp, int64_t member)
{
	struct follow *follows;
	int64_t customer;
	size_t n;

	TRY(customer_in(tx, consumer, corp, &customer));
	TRY(consumer_block_insert(tx, consumer, corp, member, tx->cx->now_ms));
	TRY(follow_of_customer(tx, corp, customer, 0, INT32_MAX, &follows, &n));
	for (size_t i = 0; i < n; i++)
		if (!member || follows[i].member == member)
			TRY(follow_leave(tx, &follows[i]));
	return OK;
}

enum err block_drop(struct tx *tx, int64_t consumer, int64_t corp, int64_t member)
{
	TRY(consumer_block_delete(tx, consumer, corp, member));
	return tx_changes(tx) ? OK : why(tx->cx, ERR_NOT_FOUND, "not blocked");
}

enum err blocks_of(struct tx *tx, int64_t consumer, struct block **out, size_t *out_n)
{
	struct consumer_block_select_row *rows;
	size_t n;

	TRY(consumer_block_select(tx, consumer, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct block, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct block){ rows[i].corp, rows[i].member,
			rows[i].created_ms };
	*out_n = n;
	return OK;
}

/* ---- by a member ---- */

enum err block_customer(struct tx *tx, struct follow *f)
{
	struct customer customer;
	struct follow *follows;
	size_t n;

	TRY(customer_get(tx, f->corp, f->customer, &customer));
	if (customer.consumer <= 0)
		return why(tx->cx, ERR_NOT_FOUND, "customer: has gone for good");
	TRY(customer_block_insert(tx, f->corp, customer.consumer, f->member, f->customer,
		tx->cx->now_ms));
	TRY(follow_record(tx, f, LEDGER_BLOCKED, 0, STR("")));
	TRY(follow_of_customer(tx, f->corp, f->customer, 0, INT32_MAX, &follows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(follow_delete(tx, &follows[i]));
	return OK;
}

enum err block_customer_drop(struct tx *tx, const struct follow *f)
{
	struct customer customer;

	TRY(customer_get(tx, f->corp, f->customer, &customer));
	TRY(customer_block_delete(tx, f->corp, customer.consumer, f->member));
	if (!tx_changes(tx))
		return why(tx->cx, ERR_NOT_FOUND, "not blocked");
	return follow_record(tx, f, LEDGER_UNBLOCKED, 0, STR(""));
}

enum err block_is_customer(struct tx *tx, const struct follow *f, bool *out)
{
	struct customer_block_get_row row;
	struct customer customer;

	TRY(customer_get(tx, f->corp, f->customer, &customer));
	return customer_block_get(tx, f->corp, customer.consumer, f->member, &row, out);
}
