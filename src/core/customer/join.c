#include "core/customer/join.h"

#include "core/customer/block.sql.h"
#include "core/customer/consumer.sql.h"
#include "core/customer/customer.sql.h"
#include "core/customer/private.h"

static bool has_corp(const struct consumer_chat *chats, size_t n, int64_t corp)
{
	for (size_t i = 0; i < n; i++)
		if (chats[i].corp == corp)
			return true;
	return false;
}

static enum err move_chat(struct tx *tx, const struct consumer_chat *c, int64_t from,
	int64_t to)
{
	struct person old = { PERSON_CUSTOMER, c->customer, from };
	struct person now = { PERSON_CUSTOMER, c->customer, to };

	if (chat_replace(tx, c->corp, c->chat, old, now) != OK)
		ctx_forgive(tx->cx); /* he had left it before */
	else
		TRY(chat_announce(tx, c->corp, c->chat));
	TRY(consumer_chat_delete(tx, from, c->corp, c->chat));
	return consumer_chat_insert(tx, to, c->corp, c->chat, c->customer);
}

enum err consumer_join(struct tx *tx, int64_t from, int64_t to)
{
	struct consumer_chat *his, *chats;
	size_t n_his, n;

	TRY(consumer_chats(tx, to, &his, &n_his));
	TRY(consumer_chats(tx, from, &chats, &n));
	for (size_t i = 0; i < n; i++)
		if (has_corp(his, n_his, chats[i].corp))
			return why(tx->cx, ERR_CANNOT_JOIN, "both are customers of one");
	for (size_t i = 0; i < n; i++) {
		if (!i || chats[i].customer != chats[i - 1].customer) {
			TRY(customer_set_consumer(tx, chats[i].corp, chats[i].customer,
				to));
			TRY(customer_block_move(tx, chats[i].corp, from, to));
		}
		TRY(move_chat(tx, &chats[i], from, to));
	}
	TRY(consumer_block_move(tx, from, to));
	return consumer_block_delete_all(tx, from);
}
