#include "core/message/message.h"

#include "base/ids.h"
#include "core/acquisition/arrival.h"
#include "core/word/word.h"

/* A member's words to an app, as document 90239 has them. */
#define MEMBER_MESSAGE(F, SUB)                                                           \
	F(octets, ToUserName, ALWAYS, 0, 64, "corpid")                                   \
	F(octets, FromUserName, ALWAYS, 0, 64, "userid")                                 \
	F(int, CreateTime, ALWAYS, 0, INT64_MAX, "Unix seconds")                         \
	F(octets, MsgType, ALWAYS, 0, 32, "text, image, file")                           \
	F(octets, Content, SOMETIMES, 0, 65536, "text")                                  \
	F(octets, PicUrl, SOMETIMES, 0, 2048, "image")                                   \
	F(octets, MediaId, SOMETIMES, 0, 128, "image, file")                             \
	F(octets, Title, SOMETIMES, 0, 1024, "file: its name")                           \
	F(int, MsgId, ALWAYS, 0, INT64_MAX, "64-bit id")                                 \
	F(int, AgentID, ALWAYS, 0, INT64_MAX, "The app")
SHAPE(member_message, MEMBER_MESSAGE)

static enum err fill_content(struct ctx *cx, const struct message *m,
	struct member_message *out)
{
	struct message_text text = { 0 };
	struct message_file file = { 0 };

	if (str_is(m->type, "text")) {
		TRY(shape_parse(cx, message_text_shape(), m->body, &text));
		out->Content = text.content;
		return OK;
	}
	TRY(shape_parse(cx, message_file_shape(), m->body, &file));
	out->MediaId = file.media_id;
	if (str_is(m->type, "file"))
		out->Title = file.name;
	return OK;
}

static enum err tell_app(struct tx *tx, const struct message *m, int64_t app)
{
	struct member_message fields = { .MsgType = m->type,
		.MsgId = m->message,
		.AgentID = app,
		.CreateTime = m->sent_ms / 1000 };
	struct callback c = { .corp = m->corp,
		.app = app,
		.name = m->type,
		.chat = m->chat };
	struct corp corp;
	struct member member;

	TRY(corp_get(tx, m->corp, &corp));
	TRY(member_get(tx, m->corp, m->sender.id, &member));
	fields.ToUserName = corp.corpid;
	fields.FromUserName = member.userid;
	TRY(fill_content(tx->cx, m, &fields));
	c.fields = shape_text(tx->cx->mem, member_message_shape(), &fields);
	return callback_put(tx, &c);
}

/* The app on the other side of an app chat. */
static enum err app_of_chat(struct tx *tx, int64_t corp, int64_t chat, int64_t *out_app)
{
	struct chat_person *persons;
	size_t n;

	*out_app = 0;
	TRY(chat_persons(tx, corp, chat, &persons, &n));
	for (size_t i = 0; i < n; i++)
		if (persons[i].person.kind == PERSON_APP)
			*out_app = persons[i].person.id;
	return OK;
}

/* What of a body people read: the texts of its fields but keys and types. */
static void put_texts(struct buf *b, const cJSON *item)
{
	for (const cJSON *i = item->child; i; i = i->next) {
		if (i->child)
			put_texts(b, i);
		if (!cJSON_IsString(i) ||
			(i->string &&
				(str_is(str_of(i->string), "media_id") ||
					str_is(str_of(i->string), "mime"))))
			continue;
		buf_put(b, str_of(i->valuestring));
		buf_char(b, '\n');
	}
}

/* The corp's sensitive words, before anything is written: a member's message to
 * customers may be stopped, or sent only by who knows what it says. */
static enum err ask_words(struct tx *tx, const struct message *m, struct word_found *out)
{
	const cJSON *body;
	struct chat c;
	struct buf b;

	TRY(chat_get(tx, m->corp, m->chat, &c));
	if (c.kind == CHAT_APP)
		return OK;
	buf_init(&b, tx->cx->mem, m->body.n + 1);
	TRY(json_parse(tx->cx, m->body, &body));
	put_texts(&b, body);
	TRY(word_check(tx, m->corp, m->sender.id, buf_str(&b), out));
	if (out->intercept == WORD_STOP)
		return why(tx->cx, ERR_WORD_STOPS, "%.*s", STR_FMT(out->word));
	if (out->intercept == WORD_WARN && !m->anyway)
		return why(tx->cx, ERR_WORD_WARNS, "%.*s", STR_FMT(out->word));
	return OK;
}

static message_said_fn *on_said[CHAT_SERVICE + 1];

void message_on_said(enum chat_kind kind, message_said_fn *fn)
{
	on_said[kind] = fn;
}

enum err message_send(struct tx *tx, struct message *m, bool *out_again)
{
	struct word_found word = { 0 };
	bool rules = false;
	int64_t app;

	if (m->sender.kind == PERSON_MEMBER)
		TRY(word_has_rules(tx, m->corp, &rules));
	if (rules)
		TRY(ask_words(tx, m, &word));
	TRY(chat_add(tx, m, out_again));
	if (word.intercept && !*out_again)
		TRY(word_record(tx, m->corp, m->sender.id, &word, m->chat, m->seq));
	if (!*out_again && on_said[m->kind])
		TRY(on_said[m->kind](tx, m));
	if (!*out_again && m->kind == CHAT_CUSTOMER)
		return acq_said(tx, m->corp, m->chat, m->seq,
			m->sender.kind == PERSON_CUSTOMER);
	if (*out_again || m->sender.kind != PERSON_MEMBER || m->kind != CHAT_APP)
		return OK;
	TRY(app_of_chat(tx, m->corp, m->chat, &app));
	return app ? tell_app(tx, m, app) : OK;
}

static str app_chat_key(struct tx *tx, int64_t app, int64_t member)
{
	return arena_printf(tx->cx->mem, "app/%" PRId64 "/%" PRId64, app, member);
}

enum err message_app_chat(struct tx *tx, int64_t corp, int64_t app, int64_t member,
	struct chat *out)
{
	struct person persons[] = { { PERSON_MEMBER, member, 0 },
		{ PERSON_APP, app, 0 } };

	return chat_open(tx, corp, CHAT_APP, app_chat_key(tx, app, member), persons,
		ARRAY_LEN(persons), out);
}

enum err message_app_chat_find(struct tx *tx, int64_t corp, int64_t app, int64_t member,
	struct chat *out, bool *out_found)
{
	return chat_find(tx, corp, app_chat_key(tx, app, member), out, out_found);
}

enum err message_from_app(struct tx *tx, int64_t corp, int64_t app, int64_t member,
	str type, str body, str nonce, struct message *out)
{
	struct chat chat;
	bool again;

	TRY(message_app_chat(tx, corp, app, member, &chat));
	*out = (struct message){
		.corp = corp,
		.chat = chat.chat,
		.sender = { PERSON_APP, app, 0 },
		.nonce = nonce,
		.type = type,
		.body = body,
	};
	return chat_add(tx, out, &again);
}
