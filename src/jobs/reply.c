/*
 * jobs/reply.c - what an app answers to a callback, as messages.
 *
 * Document 90241.  Cards come with their own issue; a voice or video is a file here.
 */
#include "core/chat/chat.h"
#include "core/message/message.h"
#include "jobs/private.h"

enum { TITLE_CHARS = 128, DESCRIPTION_CHARS = 512 };

#define MEDIA_ONLY(F, SUB) F(octets, media_id, ALWAYS, 0, 128, "From media/upload")
SHAPE(media_only, MEDIA_ONLY)

static enum err member_of_chat(struct tx *tx, const struct callback *c, int64_t *out)
{
	struct chat_person *persons;
	size_t n;

	TRY(chat_persons(tx, c->corp, c->chat, &persons, &n));
	for (size_t i = 0; i < n; i++)
		if (persons[i].person.kind == PERSON_MEMBER) {
			*out = persons[i].person.id;
			return OK;
		}
	return why(tx->cx, ERR_NOT_FOUND, "no member in the chat");
}

/* The first message of an event is "=" event, the others count on. */
static enum err say(struct tx *tx, const struct callback *c, size_t i, str type, str body)
{
	struct arena *mem = tx->cx->mem;
	str nonce = arena_printf(mem, "=%" PRId64, c->event);
	struct message m;
	int64_t member;
	str checked;

	if (i)
		nonce = arena_printf(mem, "=%" PRId64 "-%zu", c->event, i);
	TRY(member_of_chat(tx, c, &member));
	TRY(message_check_app(tx, c->corp, type, body, &checked));
	return message_from_app(tx, c->corp, c->app, member, type, checked, nonce, &m);
}

static enum err say_text(struct tx *tx, const struct callback *c, str content)
{
	struct message_text text = { .content = content };

	return say(tx, c, 0, STR("text"),
		shape_text(tx->cx->mem, message_text_shape(), &text));
}

static enum err say_media(struct tx *tx, const struct callback *c, str type, str media_id)
{
	struct media_only media = { .media_id = media_id };

	return say(tx, c, 0, type, shape_text(tx->cx->mem, media_only_shape(), &media));
}

static enum err say_article(struct tx *tx, const struct callback *c, size_t i,
	const struct callback_article *a)
{
	struct message_textcard card = {
		.title = str_first_chars(a->title.n ? a->title : a->description,
			TITLE_CHARS),
		.description =
			str_first_chars(a->description.n ? a->description : a->title,
				DESCRIPTION_CHARS),
		.url = a->url,
	};

	return say(tx, c, i, STR("textcard"),
		shape_text(tx->cx->mem, message_textcard_shape(), &card));
}

enum err reply_say(struct tx *tx, const struct callback *c,
	const struct callback_reply *r)
{
	switch (r->kind) {
	case REPLY_TEXT:
		return say_text(tx, c, r->content);
	case REPLY_IMAGE:
		return say_media(tx, c, STR("image"), r->media_id);
	case REPLY_VOICE:
	case REPLY_VIDEO:
		return say_media(tx, c, STR("file"), r->media_id);
	case REPLY_NEWS:
		for (size_t i = 0; i < r->n_articles; i++)
			TRY(say_article(tx, c, i, &r->articles[i]));
		return OK;
	case REPLY_NONE:
	case REPLY_UPDATE_BUTTON:
	case REPLY_UPDATE_CARD:
		break;
	}
	return OK;
}
