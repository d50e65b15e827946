/*
 * core/customer/consumer.h - a person outside, with one account across corps.
 *
 * Known by a key in his browser (core/account keeps the session).  Its tables are
 * the ones that begin with the consumer and not with a corp.
 */
#ifndef CORE_CUSTOMER_CONSUMER_H
#define CORE_CUSTOMER_CONSUMER_H

#include "core/actor.h"
#include "core/media/media.h"
#include "store/store.h"

enum { CONSUMER_NAME_MAX = 32 };

struct consumer {
	int64_t consumer, created_ms;
	str name, avatar; /* the picture's key is among the media of corp 0 */
	str language;     /* "zh", "en", or empty: as his browser has it */
};

enum err consumer_get(struct tx *tx, int64_t consumer, struct consumer *out);
enum err consumer_add(struct tx *tx, str name, struct consumer *out);
/* Changes the name here and in every corp he is a customer of. */
enum err consumer_rename(struct tx *tx, int64_t consumer, str name);

/* The same with his picture, a file that is stored: each corp gets a key of its own. */
enum err consumer_show(struct tx *tx, int64_t consumer, const struct media *file);
enum err consumer_speak(struct tx *tx, int64_t consumer, str language);

/* Where he is a customer, and the chats he has there. */
struct consumer_chat {
	int64_t corp, chat, customer;
};
enum err consumer_chats(struct tx *tx, int64_t consumer, struct consumer_chat **out,
	size_t *out_n);
/* Who he is in a chat; ERR_NOT_FOUND when the chat is not his. */
enum err consumer_person(struct tx *tx, int64_t consumer, int64_t corp, int64_t chat,
	struct person *out);
/* Notes a chat of his. */
enum err consumer_chat_add(struct tx *tx, int64_t consumer, int64_t corp, int64_t chat,
	int64_t customer);
/* It is his no more. */
enum err consumer_chat_drop(struct tx *tx, int64_t consumer, int64_t corp, int64_t chat);

#endif
