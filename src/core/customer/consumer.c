#include "core/customer/consumer.h"

#include "base/ids.h"
#include "core/customer/consumer.sql.h"
#include "core/customer/private.h"

enum err consumer_get(struct tx *tx, int64_t consumer, struct consumer *out)
{
	struct consumer_row row;
	bool found;

	TRY(consumer_select(tx, consumer, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NOT_FOUND, "consumer");
	*out = (struct consumer){ row.consumer, row.created_ms, row.name, row.avatar,
		row.language };
	return OK;
}

static enum err check_name(struct ctx *cx, str name)
{
	size_t chars = str_chars(str_trim(name));

	if (!chars || chars > CONSUMER_NAME_MAX)
		return why(cx, ERR_INVALID_ARGUMENT, "field `name`: 1 to %d characters",
			CONSUMER_NAME_MAX);
	return OK;
}

enum err consumer_add(struct tx *tx, str name, struct consumer *out)
{
	TRY(check_name(tx->cx, name));
	*out = (struct consumer){ .consumer = id_next(),
		.created_ms = tx->cx->now_ms,
		.name = str_trim(name) };
	return consumer_insert(tx, out->consumer, out->name, out->created_ms);
}

/* The member of a chat of his: his list of customers has the name, too.  A group is no
 * member's. */
static enum err tell_member(struct tx *tx, const struct consumer_chat *c)
{
	struct follow f;

	if (follow_by_chat(tx, c->corp, c->chat, &f) != OK) {
		ctx_forgive(tx->cx);
		return OK;
	}
	follow_tell(tx, &f, "changed");
	return follow_index(tx, &f);
}

/* Each corp's customer gets the new look, and everybody who sees him hears of it. */
static enum err pass_on(struct tx *tx, int64_t consumer,
	enum err (*look)(struct tx *tx, const struct consumer_chat *c, const void *arg),
	const void *arg)
{
	struct consumer_chat *chats;
	size_t n;

	TRY(consumer_chats(tx, consumer, &chats, &n));
	for (size_t i = 0; i < n; i++) {
		if (!i || chats[i].customer != chats[i - 1].customer)
			TRY(look(tx, &chats[i], arg));
		TRY(chat_announce(tx, chats[i].corp, chats[i].chat));
		TRY(tell_member(tx, &chats[i]));
	}
	return OK;
}

static enum err look_by_name(struct tx *tx, const struct consumer_chat *c,
	const void *name)
{
	return customer_rename(tx, c->corp, c->customer, *(const str *)name);
}

enum err consumer_rename(struct tx *tx, int64_t consumer, str name)
{
	TRY(check_name(tx->cx, name));
	name = str_trim(name);
	TRY(consumer_set_name(tx, consumer, name));
	return pass_on(tx, consumer, look_by_name, &name);
}

/* A key of the corp's own: by it two corps could not know that it is the same person. */
static enum err picture_of(struct tx *tx, int64_t corp, const struct media *file,
	str *out)
{
	struct media m = *file;

	m.corp = corp;
	m.expires_ms = -1;
	TRY(media_add(tx, &m));
	*out = m.key;
	return OK;
}

static enum err look_by_picture(struct tx *tx, const struct consumer_chat *c,
	const void *file)
{
	str key;

	TRY(picture_of(tx, c->corp, file, &key));
	return customer_show(tx, c->corp, c->customer, key);
}

enum err consumer_show(struct tx *tx, int64_t consumer, const struct media *file)
{
	str key;

	TRY(picture_of(tx, 0, file, &key));
	TRY(consumer_set_avatar(tx, consumer, key));
	return pass_on(tx, consumer, look_by_picture, file);
}

enum err consumer_speak(struct tx *tx, int64_t consumer, str language)
{
	if (language.n && !str_is(language, "zh") && !str_is(language, "en"))
		return why(tx->cx, ERR_INVALID_ARGUMENT, "field `language`: zh or en");
	return consumer_set_language(tx, consumer, language);
}

enum err consumer_chats(struct tx *tx, int64_t consumer, struct consumer_chat **out,
	size_t *out_n)
{
	struct consumer_chat_row *rows;
	size_t n;

	TRY(consumer_chat_select(tx, consumer, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct consumer_chat, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct consumer_chat){ rows[i].corp, rows[i].chat,
			rows[i].customer };
	*out_n = n;
	return OK;
}

enum err consumer_person(struct tx *tx, int64_t consumer, int64_t corp, int64_t chat,
	struct person *out)
{
	struct consumer_chat_row row;
	bool found;

	TRY(consumer_chat_select_one(tx, consumer, corp, chat, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NOT_FOUND, "chat");
	*out = (struct person){ PERSON_CUSTOMER, row.customer, consumer };
	return OK;
}

enum err consumer_chat_add(struct tx *tx, int64_t consumer, int64_t corp, int64_t chat,
	int64_t customer)
{
	return consumer_chat_insert(tx, consumer, corp, chat, customer);
}

enum err consumer_chat_drop(struct tx *tx, int64_t consumer, int64_t corp, int64_t chat)
{
	return consumer_chat_delete(tx, consumer, corp, chat);
}
