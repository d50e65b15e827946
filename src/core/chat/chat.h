/*
 * core/chat - timelines and who is in them.
 *
 * The one owner of chat, chat_person and message.  A chat's messages have a dense
 * seq from 1, given in the transaction that adds them.  What a message may say
 * is decided in core/message; here it is a type and a JSON body.  Adding a
 * message emits EVENT_MESSAGE to everybody in the chat with
 *
 *	data = "chat":"1-3f","seq":7,"msgid":"46…","time":1795…,"type":"text","body":{…}
 *
 * (without braces, so that client/ can put from, mine and nonce beside it).  The body is
 * the stored one: what clients may not see of it is client/'s care.
 *
 * Outside the server a chat is named by chat_name: corp and chat, "1-3fGh2".
 */
#ifndef CORE_CHAT_CHAT_H
#define CORE_CHAT_CHAT_H

#include "core/doctor.h"
#include "core/event.h"

/* Stored.  CHAT_GROUP: persons come and go (chat_join, chat_part), and a read mark is
 * its owner's own business: the others do not hear of it.  CHAT_SERVICE: a customer, an
 * account of core/service, and whoever serves just now. */
enum chat_kind { CHAT_CUSTOMER = 1, CHAT_APP = 2, CHAT_GROUP = 3, CHAT_SERVICE = 4 };

struct chat {
	int64_t corp, chat;
	enum chat_kind kind;
	int64_t last_seq, stamp, created_ms;
	bool closed;
};

struct chat_person {
	struct person person;
	int64_t read_seq;
	int64_t from_seq;  /* what stands up to here is not for him; 0: he reads all */
	int64_t joined_ms; /* when he came */
};

/* How a message came to be sent in somebody's name; members are shown it.  Stored. */
enum message_via {
	MESSAGE_BY_HAND = 0,
	MESSAGE_WELCOME = 1,  /* the corp's or an app's first words */
	MESSAGE_MASS = 2,     /* a mass message */
	MESSAGE_API = 3,      /* an app, through the open API */
	MESSAGE_HANDOVER = 4, /* a successor's first words */
	MESSAGE_AUTOMATIC = 5 /* a rule, a robot */
};

struct message {
	int64_t corp, message, chat, seq, sent_ms;
	struct person sender;
	str nonce, type, body;
	enum message_via via;
	int64_t origin; /* not stored: the socket it came by, for the event; 0 none */
	bool anyway;    /* not stored: said in spite of a warning (core/word) */
	enum chat_kind kind; /* of the chat, filled by chat_add */
};

str chat_name(struct arena *mem, int64_t corp, int64_t chat);
bool chat_name_parse(str name, int64_t *out_corp, int64_t *out_chat);

/* A chat of these persons.  `key` non-empty: there is one of it; when it exists
 * already it is given back unchanged. */
enum err chat_open(struct tx *tx, int64_t corp, enum chat_kind kind, str key,
	const struct person *persons, size_t n, struct chat *out);
enum err chat_get(struct tx *tx, int64_t corp, int64_t chat, struct chat *out);
/* The chat of a key, if there is one. */
enum err chat_find(struct tx *tx, int64_t corp, str key, struct chat *out,
	bool *out_found);
enum err chat_persons(struct tx *tx, int64_t corp, int64_t chat, struct chat_person **out,
	size_t *out_n);
/* ERR_NOT_FOUND when he is not in it: others' chats do not exist. */
enum err chat_person_get(struct tx *tx, int64_t corp, int64_t chat, enum person_kind kind,
	int64_t person, struct chat_person *out);
/* Chats of a person changed after `stamp`, newest first, older than `before` (0: no bound).
 * The last message is one he may read. */
struct chat_head {
	struct chat chat;
	struct chat_person me;
	struct message last; /* last.seq 0 when empty */
};
enum err chat_heads(struct tx *tx, int64_t corp, enum person_kind kind, int64_t person,
	int64_t after_stamp, int64_t before_stamp, int64_t limit, struct chat_head **out,
	size_t *out_n);
/* Tells everybody in it that the chat is new or its head changed (EVENT_CHAT). */
enum err chat_announce(struct tx *tx, int64_t corp, int64_t chat);
/* One person takes another's place, with his read mark: he reads all there is, the other
 * nothing any more and hears EVENT_CHAT of it.  The rest are told by chat_announce. */
enum err chat_replace(struct tx *tx, int64_t corp, int64_t chat, struct person old,
	struct person successor);
/* Persons come in, in one announcement: everybody hears EVENT_CHAT, they too.  Unless they
 * read_all, the timeline begins for them now, and nothing of it is unread.  Who is in the
 * chat already stays as he is; *out_n is how many were new.  A system line about it is
 * the caller's, added after. */
enum err chat_join(struct tx *tx, int64_t corp, int64_t chat,
	const struct person *persons, size_t n, bool read_all, size_t *out_n);
/* And go: they read nothing any more and hear EVENT_CHAT of it, as do the rest.  Who is
 * not in it is passed over. */
enum err chat_part(struct tx *tx, int64_t corp, int64_t chat,
	const struct person *persons, size_t n, size_t *out_n);
/* Closed chats refuse messages (ERR_CLOSED) but stay readable; everybody hears of it. */
enum err chat_close(struct tx *tx, int64_t corp, int64_t chat, bool closed);

/* Adds m (corp, chat, sender, nonce, type, body given) and fills seq, message,
 * sent_ms, kind.  The sender must be in the chat, unless PERSON_SYSTEM; a customer may be
 * given by his account alone.  The same nonce of the same sender again gives the first
 * one's numbers and adds nothing (*out_again true).  The sender's own read mark moves
 * along. */
enum err chat_add(struct tx *tx, struct message *m, bool *out_again);
enum err chat_message(struct tx *tx, int64_t corp, int64_t chat, int64_t seq,
	struct message *out);
/* Ascending: those after `after` or, when it is negative, the last ones before `before`
 * (0: the end); at most `limit`. */
enum err chat_messages(struct tx *tx, int64_t corp, int64_t chat, int64_t after,
	int64_t before, int64_t limit, struct message **out, size_t *out_n,
	bool *out_more);
/* The same as one in the chat may read it: nothing up to his from_seq. */
enum err chat_messages_for(struct tx *tx, int64_t corp, int64_t chat,
	const struct chat_person *reader, int64_t after, int64_t before, int64_t limit,
	struct message **out, size_t *out_n, bool *out_more);
/* Each message of a corp that was added from one moment until another, in order, with all
 * but nonce, type, body and the kind of chat. */
enum err chat_each_between(struct tx *tx, int64_t corp, int64_t from_ms, int64_t until_ms,
	enum err (*fn)(void *arg, const struct message *m), void *arg);
/* All messages of a corp since a time: reads that many rows, for administrators. */
enum err chat_count_since(struct tx *tx, int64_t corp, int64_t since_ms, int64_t *out);
/* The id of a corp's newest message, 0 without one: at boot ids go on after it. */
enum err chat_newest(struct tx *tx, int64_t corp, int64_t *out);
/* Marks grow only; emits EVENT_READ when one did, in a CHAT_GROUP to himself alone. */
enum err chat_read(struct tx *tx, int64_t corp, int64_t chat, enum person_kind kind,
	int64_t person, int64_t seq);

/* Sequences dense, heads right, marks within. */
enum err chat_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg);

#endif
