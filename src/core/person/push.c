#include "core/person/push.h"

#include "base/ids.h"
#include "core/person/push.sql.h"

enum err push_subscriptions(struct tx *tx, int64_t consumer,
	struct push_subscription **out, size_t *out_n)
{
	struct push_subscription_select_row *rows;
	size_t n;

	TRY(push_subscription_select(tx, consumer, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct push_subscription, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct push_subscription){ rows[i].subscription,
			rows[i].endpoint, rows[i].public_key, rows[i].auth };
	*out_n = n;
	return OK;
}

enum err push_subscribe(struct tx *tx, int64_t consumer,
	const struct push_subscription *s)
{
	struct push_subscription *all;
	size_t n;

	TRY(push_subscription_put(tx, consumer, id_next(), s->endpoint, s->public_key,
		s->auth, tx->cx->now_ms));
	TRY(push_subscriptions(tx, consumer, &all, &n)); /* newest first */
	for (size_t i = PUSH_SUBSCRIPTIONS_MAX; i < n; i++)
		TRY(push_forget(tx, consumer, all[i].subscription));
	return OK;
}

enum err push_unsubscribe(struct tx *tx, int64_t consumer, str endpoint)
{
	return push_subscription_delete_endpoint(tx, consumer, endpoint);
}

enum err push_forget(struct tx *tx, int64_t consumer, int64_t subscription)
{
	return push_subscription_delete(tx, consumer, subscription);
}

enum err push_is_due(struct tx *tx, int64_t corp, int64_t chat, struct person who,
	int64_t seq, bool *out)
{
	struct push_mark_select_row mark = { 0 };
	struct chat_person reader;
	bool found;

	*out = false;
	if (chat_person_get(tx, corp, chat, who.kind, who.id, &reader) != OK) {
		ctx_forgive(tx->cx); /* he has left it since */
		return OK;
	}
	TRY(push_mark_select(tx, who.account, corp, chat, &mark, &found));
	if (reader.read_seq >= seq || (found && mark.seq > reader.read_seq))
		return OK;
	*out = true;
	return push_mark_put(tx, who.account, corp, chat, seq);
}
