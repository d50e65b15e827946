/*
 * core/chat/message.c - adding to a timeline and reading it.
 *
 * chat_add is the hottest write of the house: four statements, each on one row or one
 * chat's few.  The number is read, and written back only when the message is new, so
 * numbers stay dense; between the two the transaction holds the chat (SQLite has one
 * writer, PostgreSQL locks the rows).
 */
#include "base/ids.h"
#include "core/chat/chat.h"
#include "core/chat/chat.sql.h"
#include "core/chat/message.sql.h"
#include "core/chat/private.h"

static void fill_message(struct message *m, int64_t corp, int64_t chat,
	const struct message_row *row)
{
	*m = (struct message){
		.corp = corp,
		.message = row->message,
		.chat = chat,
		.seq = row->seq,
		.sent_ms = row->sent_ms,
		.sender = { (enum person_kind)row->sender_kind, row->sender, 0 },
		.nonce = row->nonce,
		.type = row->type,
		.body = row->body,
		.via = (enum message_via)row->via,
	};
}

static str message_event_data(struct arena *mem, const struct message *m)
{
	struct buf b;

	buf_init(&b, mem, 128 + m->body.n);
	buf_lit(&b, "\"chat\":\"");
	buf_put(&b, chat_name(mem, m->corp, m->chat));
	buf_lit(&b, "\",\"seq\":");
	buf_int(&b, m->seq);
	buf_lit(&b, ",\"msgid\":\"");
	buf_int(&b, m->message);
	buf_lit(&b, "\",\"time\":");
	buf_int(&b, m->sent_ms);
	buf_lit(&b, ",\"type\":\"");
	buf_put(&b, m->type);
	buf_lit(&b, "\",\"body\":");
	buf_put(&b, m->body);
	return buf_str(&b);
}

/* The chat as the adding finds it: everybody in it, and its numbers. */
static enum err look_at(struct tx *tx, struct message *m, struct event *e,
	struct chat_select_to_add_row *out)
{
	struct chat_select_to_add_row *rows;
	bool there = m->sender.kind == PERSON_SYSTEM;
	size_t n;

	TRY(chat_select_to_add(tx, m->corp, m->chat, &rows, &n));
	e->audience = ARENA_ARRAY(tx->cx->mem, struct person, n);
	e->audience_n = n;
	for (size_t i = 0; i < n; i++) {
		struct person *p = &e->audience[i];

		*p = (struct person){ (enum person_kind)rows[i].kind, rows[i].person,
			rows[i].account };
		if (p->kind != m->sender.kind ||
			(m->sender.id ? p->id != m->sender.id
				      : !p->account || p->account != m->sender.account))
			continue;
		there = true;
		m->sender.id = p->id; /* a consumer is given by his account alone */
	}
	if (!n || !there)
		return why(tx->cx, ERR_NOT_FOUND, "chat");
	*out = rows[0];
	return OK;
}

/* What the nonce made the first time is the answer. */
static enum err find_first(struct tx *tx, struct message *m, bool *out_found)
{
	enum chat_kind kind = m->kind;
	struct message_row row;

	TRY(message_select_by_nonce(tx, m->corp, m->chat, m->sender.kind, m->sender.id,
		m->nonce, &row, out_found));
	if (*out_found)
		fill_message(m, m->corp, m->chat, &row);
	m->kind = kind;
	return OK;
}

/* A retry gets its acknowledgement also when the chat has closed since.  Nothing is
 * written before the refusal, so it costs its neighbours in the batch nothing. */
static enum err add_to_closed(struct tx *tx, struct message *m, bool *out_again)
{
	TRY(find_first(tx, m, out_again));
	return *out_again
		? OK
		: why(tx->cx, ERR_CLOSED, "this conversation takes no messages any more");
}

enum err chat_add(struct tx *tx, struct message *m, bool *out_again)
{
	struct event e = { .kind = EVENT_MESSAGE,
		.corp = m->corp,
		.chat = m->chat,
		.stamp = id_next(),
		.origin = m->origin };
	struct chat_select_to_add_row chat;

	*out_again = false;
	TRY(look_at(tx, m, &e, &chat));
	m->kind = (enum chat_kind)chat.chat_kind;
	m->message = e.stamp;
	m->seq = chat.last_seq + 1;
	m->sent_ms = tx->cx->now_ms;
	if (!m->nonce.n)
		m->nonce = id_text(tx->cx->mem, "=", m->message);
	if (chat.closed && m->sender.kind != PERSON_SYSTEM)
		return add_to_closed(tx, m, out_again);
	TRY(message_insert(tx, m->corp, m->message, m->chat, m->seq, m->sender.kind,
		m->sender.id, m->nonce, m->sent_ms, m->type, m->body, m->via));
	if (!tx_changes(tx)) { /* the nonce is known */
		TRY(find_first(tx, m, out_again));
		BUG_IF(!*out_again, "a nonce that conflicts is not there");
		return OK;
	}
	TRY(chat_set_last(tx, m->corp, m->chat, m->seq, e.stamp));
	if (m->sender.kind != PERSON_SYSTEM)
		TRY(chat_move_mark(tx, m->corp, m->chat, m->sender.kind, m->sender.id,
			m->seq));
	e.who = m->sender;
	e.seq = m->seq;
	e.object = m->message;
	e.via = m->via;
	e.nonce = m->nonce;
	e.data = message_event_data(tx->cx->mem, m);
	event_emit(tx, &e);
	return OK;
}

enum err chat_message(struct tx *tx, int64_t corp, int64_t chat, int64_t seq,
	struct message *out)
{
	struct message_row row;
	bool found;

	TRY(message_select(tx, corp, chat, seq, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NOT_FOUND, "message");
	fill_message(out, corp, chat, &row);
	return OK;
}

/* Those above `from`. */
static enum err page(struct tx *tx, int64_t corp, int64_t chat, int64_t from,
	int64_t after, int64_t before, int64_t limit, struct message **out, size_t *out_n,
	bool *out_more)
{
	struct message_row *rows;
	struct message *list;
	size_t n;
	bool forward = after >= 0;

	/* One more than wanted tells whether there are more. */
	if (forward)
		TRY(message_select_after(tx, corp, chat, after > from ? after : from,
			limit + 1, &rows, &n));
	else
		TRY(message_select_before(tx, corp, chat, before ? before : INT64_MAX,
			from, limit + 1, &rows, &n));
	*out_more = n > (size_t)limit;
	if (*out_more)
		n--;
	list = ARENA_ARRAY(tx->cx->mem, struct message, n);
	for (size_t i = 0; i < n; i++)
		fill_message(&list[i], corp, chat, &rows[forward ? i : n - 1 - i]);
	*out = list;
	*out_n = n;
	return OK;
}

enum err chat_messages(struct tx *tx, int64_t corp, int64_t chat, int64_t after,
	int64_t before, int64_t limit, struct message **out, size_t *out_n,
	bool *out_more)
{
	return page(tx, corp, chat, 0, after, before, limit, out, out_n, out_more);
}

enum err chat_messages_for(struct tx *tx, int64_t corp, int64_t chat,
	const struct chat_person *reader, int64_t after, int64_t before, int64_t limit,
	struct message **out, size_t *out_n, bool *out_more)
{
	return page(tx, corp, chat, reader->from_seq, after, before, limit, out, out_n,
		out_more);
}

struct each {
	int64_t corp;
	enum err (*fn)(void *arg, const struct message *m);
	void *arg;
};

static enum err each_row(void *arg, const struct message_select_between_row *row)
{
	const struct each *e = arg;

	return e->fn(e->arg,
		&(struct message){
			.corp = e->corp,
			.message = row->message,
			.chat = row->chat,
			.seq = row->seq,
			.sender = { (enum person_kind)row->sender_kind, row->sender, 0 },
			.sent_ms = row->sent_ms,
			.via = (enum message_via)row->via,
		});
}

enum err chat_each_between(struct tx *tx, int64_t corp, int64_t from_ms, int64_t until_ms,
	enum err (*fn)(void *arg, const struct message *m), void *arg)
{
	struct each e = { corp, fn, arg };

	return message_select_between(tx, corp, id_of_ms(from_ms), id_of_ms(until_ms),
		each_row, &e);
}

enum err chat_count_since(struct tx *tx, int64_t corp, int64_t since_ms, int64_t *out)
{
	struct message_count_from_row row;
	bool found;

	TRY(message_count_from(tx, corp, id_of_ms(since_ms), &row, &found));
	*out = row.n;
	return OK;
}

enum err chat_newest(struct tx *tx, int64_t corp, int64_t *out)
{
	struct message_newest_row row;
	bool found;

	TRY(message_newest(tx, corp, &row, &found));
	*out = found ? row.message : 0;
	return OK;
}
