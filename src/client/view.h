/*
 * client/view.h - corps, people, chats and messages as a viewer may see them.
 *
 * A viewer is a member or a consumer.  A consumer sees a member's card, never his
 * userid; a member sees a customer with his own remark; nobody sees a media key.
 * The shapes are those of doc/design/client-api.md.
 */
#ifndef CLIENT_VIEW_H
#define CLIENT_VIEW_H

#include "base/shape.h"
#include "core/chat/chat.h"
#include "core/directory/directory.h"

#define VIEW_WHO(F, SUB)                                                                 \
	F(octets, kind, ALWAYS, 0, 16, "member, customer, app, service or system")       \
	F(octets, id, ALWAYS, 0, 64, "Stable for this viewer")                           \
	F(text, name, ALWAYS, 0, 64, "Shown to people")                                  \
	F(octets, avatar, ALWAYS, 0, 128, "For GET /v1/avatar; empty without one")
SHAPE_STRUCT(view_who, VIEW_WHO)

#define VIEW_CORP(F, SUB)                                                                \
	F(octets, corpid, ALWAYS, 0, 64, "The company's id")                             \
	F(text, name, ALWAYS, 0, 64, "Its name")                                         \
	F(flag, verified, ALWAYS, 0, 1, "Its name has been verified")
SHAPE_STRUCT(view_corp, VIEW_CORP)

#define VIEW_PEER(F, SUB)                                                                \
	F(octets, kind, ALWAYS, 0, 16, "member, customer, app, group or service")        \
	F(octets, id, ALWAYS, 0, 64, "Stable for this viewer; a group's chat_id")        \
	F(text, name, ALWAYS, 0, 64, "Shown to people")                                  \
	F(octets, avatar, ALWAYS, 0, 128, "For GET /v1/avatar; empty without one")       \
	F(text, position, ALWAYS, 0, 128, "A member's position")                         \
	SUB(object, corp, view_corp, ALWAYS, 0, 0,                                       \
		"A member's or app's company; a customer has none")                      \
	F(text, remark, ALWAYS, 0, 64, "What the asking member calls the customer")
SHAPE_STRUCT(view_peer, VIEW_PEER)

#define VIEW_CHAT_LAST(F, SUB)                                                           \
	F(int, seq, ALWAYS, 1, INT64_MAX, "Its number")                                  \
	F(octets, type, ALWAYS, 1, 32, "text, image, file, textcard, markdown, system")  \
	F(text, preview, ALWAYS, 0, 80, "The text's beginning")                          \
	F(time, time, ALWAYS, 0, INT64_MAX, "Unix milliseconds")                         \
	F(flag, mine, ALWAYS, 0, 1, "The viewer sent it")                                \
	F(text, from, SOMETIMES, 0, 64, "In a group: who sent it")
SHAPE_STRUCT(view_chat_last, VIEW_CHAT_LAST)

#define VIEW_CHAT(F, SUB)                                                                \
	F(octets, chat, ALWAYS, 1, 32, "The chat's name")                                \
	F(octets, kind, ALWAYS, 1, 16, "customer, app, group or service")                \
	SUB(object, peer, view_peer, ALWAYS, 0, 0, "The other side")                     \
	F(int, last_seq, ALWAYS, 0, INT64_MAX, "Number of the last message, 0 without")  \
	F(int, read_seq, ALWAYS, 0, INT64_MAX, "What the viewer has read")               \
	F(int, peer_read_seq, ALWAYS, 0, INT64_MAX, "What the other side has read")      \
	F(int, unread, ALWAYS, 0, INT64_MAX, "Messages the viewer has not read")         \
	SUB(object, last, view_chat_last, SOMETIMES, 0, 0, "The last message")           \
	F(id, stamp, ALWAYS, 0, INT64_MAX, "Grows with every change")                    \
	F(flag, closed, ALWAYS, 0, 1, "Takes no messages any more")                      \
	F(int, members, SOMETIMES, 0, INT64_MAX, "A group: how many are in it")
SHAPE_STRUCT(view_chat, VIEW_CHAT)

#define VIEW_MESSAGE(F, SUB)                                                             \
	F(octets, chat, ALWAYS, 1, 32, "The chat's name")                                \
	F(int, seq, ALWAYS, 1, INT64_MAX, "Dense within the chat, from 1")               \
	F(id, msgid, ALWAYS, 1, INT64_MAX, "Unique")                                     \
	F(time, time, ALWAYS, 0, INT64_MAX, "Unix milliseconds")                         \
	SUB(object, from, view_who, ALWAYS, 0, 0, "The sender")                          \
	F(flag, mine, ALWAYS, 0, 1, "The viewer sent it")                                \
	F(octets, type, ALWAYS, 1, 32, "text, image, file, textcard, markdown, system")  \
	F(json, body, ALWAYS, 0, 1 << 20, "By type")                                     \
	F(text, nonce, SOMETIMES, 0, 64, "The sender's own; only when mine")             \
	F(octets, via, SOMETIMES, 0, 16,                                                 \
		"For members, when not written by hand: welcome, mass, api, handover or automatic")
SHAPE_STRUCT(view_message, VIEW_MESSAGE)

/* Who looks: the actor of a session. */
struct viewer {
	enum person_kind kind; /* PERSON_MEMBER or PERSON_CUSTOMER */
	int64_t corp;          /* a member's; 0 of a consumer, who stands above corps */
	int64_t id;            /* member or consumer */
};

struct viewer viewer_of(const struct ctx *cx);
/* As whom he is in a chat; ERR_NOT_FOUND when it is not his. */
enum err viewer_person(struct tx *tx, const struct viewer *v, int64_t corp, int64_t chat,
	struct person *out);
/* A chat named by a client, which must be his: its numbers, and he in it. */
enum err viewer_chat(struct tx *tx, const struct viewer *v, str name, int64_t *out_corp,
	int64_t *out_chat, struct person *out_me);

/* For GET /v1/avatar; empty without a picture. */
str view_avatar(struct arena *mem, int64_t corp, str media_key);
/* `for_kind` is the viewer's kind. */
enum err view_who_of(struct tx *tx, enum person_kind for_kind, int64_t corp,
	struct person who, struct view_who *out);
enum err view_corp_of(struct tx *tx, int64_t corp, struct view_corp *out);
enum err view_chat_of(struct tx *tx, const struct viewer *v, int64_t corp, int64_t chat,
	struct view_chat *out);
/* The viewer's chats changed after a stamp, newest first; see chat_heads. */
enum err view_chats_of(struct tx *tx, const struct viewer *v, int64_t after,
	int64_t before, int64_t limit, struct view_chat **out, size_t *out_n);
/* enum message_via as members read it; empty: by hand. */
str view_via(enum message_via via);
enum err view_message_of(struct tx *tx, const struct viewer *v, struct person me,
	const struct message *m, struct view_message *out);

#endif
