#include "core/chat/chat.h"

#include "base/ids.h"
#include "core/chat/chat.sql.h"
#include "core/chat/private.h"

static void fill_chat(struct chat *c, int64_t corp, const struct chat_row *row)
{
	*c = (struct chat){
		.corp = corp,
		.chat = row->chat,
		.kind = (enum chat_kind)row->kind,
		.last_seq = row->last_seq,
		.stamp = row->stamp,
		.closed = row->closed,
		.created_ms = row->created_ms,
	};
}

static struct chat_person person_of(const struct person_row *row)
{
	return (struct chat_person){
		.person = { (enum person_kind)row->kind, row->person, row->account },
		.read_seq = row->read_seq,
		.from_seq = row->from_seq,
		.joined_ms = row->joined_ms,
	};
}

enum err chat_get(struct tx *tx, int64_t corp, int64_t chat, struct chat *out)
{
	struct chat_row row;
	bool found;

	TRY(chat_select(tx, corp, chat, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NOT_FOUND, "chat");
	fill_chat(out, corp, &row);
	return OK;
}

enum err chat_find(struct tx *tx, int64_t corp, str key, struct chat *out,
	bool *out_found)
{
	struct chat_row row;

	TRY(chat_select_by_key(tx, corp, key, &row, out_found));
	if (*out_found)
		fill_chat(out, corp, &row);
	return OK;
}

enum err chat_open(struct tx *tx, int64_t corp, enum chat_kind kind, str key,
	const struct person *persons, size_t n, struct chat *out)
{
	int64_t now = tx->cx->now_ms;
	bool found = false;

	if (key.n)
		TRY(chat_find(tx, corp, key, out, &found));
	if (found)
		return OK;
	*out = (struct chat){ .corp = corp,
		.chat = id_next(),
		.kind = kind,
		.created_ms = now };
	out->stamp = out->chat;
	if (!key.n) /* one nobody else has */
		key = id_text(tx->cx->mem, "#", out->chat);
	TRY(chat_insert(tx, corp, out->chat, kind, key, out->stamp, now));
	for (size_t i = 0; i < n; i++)
		TRY(chat_insert_person(tx, corp, out->chat, persons[i].kind,
			persons[i].id, persons[i].account, now));
	return OK;
}

enum err chat_persons(struct tx *tx, int64_t corp, int64_t chat, struct chat_person **out,
	size_t *out_n)
{
	struct person_row *rows;
	size_t n;

	TRY(chat_select_persons(tx, corp, chat, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct chat_person, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = person_of(&rows[i]);
	*out_n = n;
	return OK;
}

enum err chat_person_get(struct tx *tx, int64_t corp, int64_t chat, enum person_kind kind,
	int64_t person, struct chat_person *out)
{
	struct person_row row;
	bool found;

	TRY(chat_select_person(tx, corp, chat, kind, person, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NOT_FOUND, "chat");
	*out = person_of(&row);
	return OK;
}

enum err chat_heads(struct tx *tx, int64_t corp, enum person_kind kind, int64_t person,
	int64_t after_stamp, int64_t before_stamp, int64_t limit, struct chat_head **out,
	size_t *out_n)
{
	struct head_row *rows;
	struct chat_head *heads;
	size_t n;

	TRY(chat_select_heads(tx, corp, kind, person, after_stamp,
		before_stamp ? before_stamp : INT64_MAX, limit, &rows, &n));
	heads = ARENA_ARRAY(tx->cx->mem, struct chat_head, n);
	for (size_t i = 0; i < n; i++) {
		struct chat_head *h = &heads[i];
		const struct head_row *r = &rows[i];

		h->chat = (struct chat){ corp, r->chat, (enum chat_kind)r->kind,
			r->last_seq, r->stamp, r->created_ms, r->closed };
		h->me = (struct chat_person){ { kind, person, r->account }, r->read_seq,
			r->from_seq, r->joined_ms };
		if (r->last_seq > r->from_seq)
			TRY(chat_message(tx, corp, r->chat, r->last_seq, &h->last));
	}
	*out = heads;
	*out_n = n;
	return OK;
}

enum err chat_audience(struct tx *tx, int64_t corp, int64_t chat, struct event *e)
{
	struct chat_person *persons;

	TRY(chat_persons(tx, corp, chat, &persons, &e->audience_n));
	e->audience = ARENA_ARRAY(tx->cx->mem, struct person, e->audience_n);
	for (size_t i = 0; i < e->audience_n; i++)
		e->audience[i] = persons[i].person;
	return OK;
}

enum err chat_close(struct tx *tx, int64_t corp, int64_t chat, bool closed)
{
	struct event e = { .kind = EVENT_CHAT,
		.corp = corp,
		.chat = chat,
		.stamp = id_next() };

	TRY(chat_set_closed(tx, corp, chat, closed, e.stamp));
	if (!tx_changes(tx))
		return OK;
	TRY(chat_audience(tx, corp, chat, &e));
	event_emit(tx, &e);
	return OK;
}

enum err chat_replace(struct tx *tx, int64_t corp, int64_t chat, struct person old,
	struct person successor)
{
	struct event e = { .kind = EVENT_CHAT,
		.corp = corp,
		.chat = chat,
		.stamp = id_next(),
		.audience = &old,
		.audience_n = 1 };

	TRY(chat_replace_person(tx, corp, chat, old.kind, old.id, successor.id,
		successor.account, tx->cx->now_ms));
	if (tx_changes(tx) != 1)
		return why(tx->cx, ERR_NOT_FOUND, "chat");
	TRY(chat_touch(tx, corp, chat, e.stamp));
	event_emit(tx, &e);
	return OK;
}

enum err chat_announce(struct tx *tx, int64_t corp, int64_t chat)
{
	struct event e = { .kind = EVENT_CHAT,
		.corp = corp,
		.chat = chat,
		.stamp = id_next() };

	TRY(chat_touch(tx, corp, chat, e.stamp));
	TRY(chat_audience(tx, corp, chat, &e));
	event_emit(tx, &e);
	return OK;
}

enum err chat_read(struct tx *tx, int64_t corp, int64_t chat, enum person_kind kind,
	int64_t person, int64_t seq)
{
	struct event e = { .kind = EVENT_READ,
		.corp = corp,
		.chat = chat,
		.stamp = id_next(),
		.seq = seq,
		.who = { kind, person, 0 } };
	struct chat_person me;
	struct chat c;

	TRY(chat_person_get(tx, corp, chat, kind, person, &me));
	TRY(chat_get(tx, corp, chat, &c));
	if (seq > c.last_seq)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"field `seq`: the last one is %" PRId64, c.last_seq);
	if (seq <= me.read_seq)
		return OK;
	TRY(chat_move_mark(tx, corp, chat, kind, person, seq));
	/* The head changes too, so that a client that was away hears of it. */
	TRY(chat_touch(tx, corp, chat, e.stamp));
	if (c.kind == CHAT_GROUP) { /* five hundred marks are nobody's news */
		e.audience = &me.person;
		e.audience_n = 1;
	} else {
		TRY(chat_audience(tx, corp, chat, &e));
	}
	event_emit(tx, &e);
	return OK;
}
