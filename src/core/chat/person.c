/*
 * core/chat/person.c - coming into a chat, and going.
 *
 * One event tells of all who came or went at once, so that forty invited customers are
 * one announcement to five hundred people and not forty.
 */
#include "base/ids.h"
#include "core/chat/chat.h"
#include "core/chat/chat.sql.h"
#include "core/chat/private.h"

/* Everybody in it now, and besides those who went. */
static enum err tell(struct tx *tx, int64_t corp, int64_t chat, const struct person *gone,
	size_t n)
{
	struct event e = { .kind = EVENT_CHAT,
		.corp = corp,
		.chat = chat,
		.stamp = id_next() };
	struct person *all;

	TRY(chat_touch(tx, corp, chat, e.stamp));
	TRY(chat_audience(tx, corp, chat, &e));
	all = ARENA_ARRAY(tx->cx->mem, struct person, e.audience_n + n);
	for (size_t i = 0; i < e.audience_n; i++)
		all[i] = e.audience[i];
	for (size_t i = 0; i < n; i++)
		all[e.audience_n + i] = gone[i];
	e.audience = all;
	e.audience_n += n;
	event_emit(tx, &e);
	return OK;
}

enum err chat_join(struct tx *tx, int64_t corp, int64_t chat,
	const struct person *persons, size_t n, bool read_all, size_t *out_n)
{
	struct chat c;

	*out_n = 0;
	TRY(chat_get(tx, corp, chat, &c));
	for (size_t i = 0; i < n; i++) {
		TRY(chat_join_person(tx, corp, chat, persons[i].kind, persons[i].id,
			persons[i].account, read_all ? 0 : c.last_seq, tx->cx->now_ms));
		*out_n += (size_t)tx_changes(tx);
	}
	return *out_n ? tell(tx, corp, chat, NULL, 0) : OK;
}

enum err chat_part(struct tx *tx, int64_t corp, int64_t chat,
	const struct person *persons, size_t n, size_t *out_n)
{
	*out_n = 0;
	for (size_t i = 0; i < n; i++) {
		TRY(chat_delete_person(tx, corp, chat, persons[i].kind, persons[i].id));
		*out_n += (size_t)tx_changes(tx);
	}
	return *out_n ? tell(tx, corp, chat, persons, n) : OK;
}
