#include "core/reply/reply.h"

#include "base/ids.h"
#include "core/message/attachment.h"
#include "core/reply/reply.sql.h"

static void fill(struct reply *r, int64_t corp, int64_t owner,
	const struct quick_reply_row *row)
{
	*r = (struct reply){ .corp = corp,
		.owner = owner,
		.reply = row->reply,
		.changed_ms = row->changed_ms,
		.group = row->group_name,
		.title = row->title,
		.text = row->content,
		.attachments = row->attachments };
}

enum err replies(struct tx *tx, int64_t corp, int64_t owner, struct reply **out,
	size_t *out_n)
{
	struct quick_reply_row *rows;
	size_t n;

	TRY(quick_reply_select(tx, corp, owner, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct reply, n);
	for (size_t i = 0; i < n; i++)
		fill(&(*out)[i], corp, owner, &rows[i]);
	*out_n = n;
	return OK;
}

enum err reply_get(struct tx *tx, int64_t corp, int64_t owner, int64_t reply,
	struct reply *out)
{
	struct quick_reply_row row;
	bool found;

	TRY(quick_reply_select_one(tx, corp, owner, reply, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NOT_FOUND, "reply: no such reply");
	fill(out, corp, owner, &row);
	return OK;
}

static enum err check_length(struct ctx *cx, const char *field, str s, size_t max)
{
	if (str_chars(s) > max)
		return why(cx, ERR_INVALID_ARGUMENT, "field `%s`: at most %zu characters",
			field, max);
	return OK;
}

static enum err check(struct ctx *cx, const struct reply *r)
{
	TRY(check_length(cx, "group", r->group, REPLY_GROUP_MAX));
	TRY(check_length(cx, "title", r->title, REPLY_TITLE_MAX));
	TRY(check_length(cx, "text", r->text, REPLY_TEXT_MAX));
	if (!r->text.n && r->attachments.n <= 2)
		return why(cx, ERR_INVALID_ARGUMENT,
			"field `text`: text and attachments are both empty");
	return OK;
}

enum err reply_put(struct tx *tx, struct reply *r)
{
	struct quick_reply_count_row count;
	struct reply old;
	bool found;

	TRY(check(tx->cx, r));
	if (r->reply) {
		TRY(reply_get(tx, r->corp, r->owner, r->reply, &old));
	} else {
		TRY(quick_reply_count(tx, r->corp, r->owner, &count, &found));
		if (count.n >= REPLIES_MAX)
			return why(tx->cx, ERR_INVALID_ARGUMENT, "at most %d replies",
				REPLIES_MAX);
		r->reply = id_next();
	}
	r->changed_ms = tx->cx->now_ms;
	return quick_reply_put(tx, r->corp, r->owner, r->reply, r->group, r->title,
		r->text, r->attachments.n ? r->attachments : STR("[]"), r->changed_ms);
}

enum err reply_drop(struct tx *tx, int64_t corp, int64_t owner, int64_t reply)
{
	TRY(quick_reply_delete(tx, corp, owner, reply));
	if (!tx_changes(tx))
		return why(tx->cx, ERR_NOT_FOUND, "reply: no such reply");
	return OK;
}

enum err reply_send(struct tx *tx, const struct reply *r, int64_t member, int64_t chat,
	str nonce, bool anyway)
{
	struct message_part *parts;
	size_t n;

	TRY(message_parts(tx, r->corp, r->text, r->attachments, &parts, &n));
	for (size_t i = 0; i < n; i++) {
		struct message m = { .corp = r->corp,
			.chat = chat,
			.sender = { PERSON_MEMBER, member, 0 },
			.type = parts[i].type,
			.body = parts[i].body,
			.anyway = anyway };
		bool again;

		m.nonce = arena_printf(tx->cx->mem, "%.*s-%zu", STR_FMT(nonce), i);
		TRY(message_send(tx, &m, &again));
	}
	return OK;
}
