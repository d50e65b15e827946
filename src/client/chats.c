/*
 * client/chats.c - conversations over HTTP: the truth behind the socket's hints.
 */
#include "client/client.h"
#include "client/view.h"
#include "core/message/message.h"

enum { CHATS_MAX = 200, MESSAGES_MAX = 200, PAGE_DEFAULT = 50 };

#define CHATS_IN(F, SUB)                                                                 \
	F(id, cursor, OPTIONAL, 0, INT64_MAX, "next_cursor of the page before")          \
	F(int, limit, OPTIONAL | CLAMP, 1, CHATS_MAX, "At most so many; 50 if absent")
SHAPE(chats_in, CHATS_IN)
#define CHATS_OUT(F, SUB)                                                                \
	SUB(list, chats, view_chat, ALWAYS, 0, CHATS_MAX, "Newest change first")         \
	F(id, next_cursor, SOMETIMES, 0, INT64_MAX,                                      \
		"For the next page; absent at the end")                                  \
	F(id, stamp, ALWAYS, 0, INT64_MAX, "The newest change among them")
SHAPE(chats_out, CHATS_OUT)

#define CHAT_IN(F, SUB) F(octets, chat, REQUIRED, 1, 64, "The chat's name")
SHAPE(chat_in, CHAT_IN)
#define CHAT_OUT(F, SUB) SUB(object, chat, view_chat, ALWAYS, 0, 0, "The chat")
SHAPE(chat_out, CHAT_OUT)
static const struct shape *chat_one_in_shape(void)
{
	return chat_in_shape();
}
static const struct shape *chat_one_out_shape(void)
{
	return chat_out_shape();
}

#define MESSAGES_IN(F, SUB)                                                              \
	F(octets, chat, REQUIRED, 1, 64, "The chat's name")                              \
	F(int, after, OPTIONAL, 0, INT64_MAX, "Messages after this seq, oldest first")   \
	F(int, before, OPTIONAL, 0, INT64_MAX,                                           \
		"Or the last ones before it; both absent: the newest")                   \
	F(int, limit, OPTIONAL | CLAMP, 1, MESSAGES_MAX, "At most so many; 50 if absent")
SHAPE(messages_in, MESSAGES_IN)
#define MESSAGES_OUT(F, SUB)                                                             \
	SUB(list, messages, view_message, ALWAYS, 0, MESSAGES_MAX, "By seq, ascending")  \
	F(flag, has_more, ALWAYS, 0, 1, "There are more in that direction")
SHAPE(messages_out, MESSAGES_OUT)

#define SEND_IN(F, SUB)                                                                  \
	F(text, nonce, REQUIRED, 1, 64, "Made by the client; a repeat adds nothing")     \
	F(octets, chat, REQUIRED, 1, 64, "The chat's name")                              \
	F(octets, type, REQUIRED, 1, 32, "text")                                         \
	F(json, body, REQUIRED, 0, 1 << 17, "By type: {\"content\":…}")                  \
	F(flag, anyway, OPTIONAL, 0, 1, "Though a sensitive word warns")
SHAPE(send_in, SEND_IN)
#define SEND_OUT(F, SUB)                                                                 \
	F(int, seq, ALWAYS, 1, INT64_MAX, "Its number in the chat")                      \
	F(id, msgid, ALWAYS, 1, INT64_MAX, "Unique")                                     \
	F(time, time, ALWAYS, 0, INT64_MAX, "Unix milliseconds")
SHAPE(send_out, SEND_OUT)

#define READ_IN(F, SUB)                                                                  \
	F(octets, chat, REQUIRED, 1, 64, "The chat's name")                              \
	F(int, seq, REQUIRED, 0, INT64_MAX, "What is read; only ever grows")
SHAPE(read_in, READ_IN)
NO_OUT(read)

static enum err chats(struct req *rq)
{
	const struct chats_in *in = rq->in;
	struct chats_out *out = rq->out;
	struct viewer v = viewer_of(rq->cx);
	int64_t limit = in->limit ? in->limit : PAGE_DEFAULT;
	struct view_chat *list;
	size_t n;

	/* One more than wanted tells whether there are more. */
	TRY(view_chats_of(rq->tx, &v, 0, in->cursor, limit + 1, &list, &n));
	if (n)
		out->stamp = list[0].stamp;
	if (n > (size_t)limit) {
		n = (size_t)limit;
		out->next_cursor = list[n - 1].stamp;
	}
	out->chats.v = list;
	out->chats.n = n;
	return OK;
}

static enum err chat_one(struct req *rq)
{
	const struct chat_in *in = rq->in;
	struct chat_out *out = rq->out;
	struct viewer v = viewer_of(rq->cx);
	int64_t corp, chat;
	struct person me;

	TRY(viewer_chat(rq->tx, &v, in->chat, &corp, &chat, &me));
	out->chat = ARENA_NEW(rq->cx->mem, struct view_chat);
	return view_chat_of(rq->tx, &v, corp, chat, out->chat);
}

static enum err messages(struct req *rq)
{
	const struct messages_in *in = rq->in;
	struct messages_out *out = rq->out;
	struct viewer v = viewer_of(rq->cx);
	int64_t corp, chat;
	struct person me;
	struct chat_person reader;
	struct message *list;
	size_t n;

	TRY(viewer_chat(rq->tx, &v, in->chat, &corp, &chat, &me));
	TRY(chat_person_get(rq->tx, corp, chat, me.kind, me.id, &reader));
	TRY(chat_messages_for(rq->tx, corp, chat, &reader,
		HAS(in, after) ? in->after : -1, in->before,
		in->limit ? in->limit : PAGE_DEFAULT, &list, &n, &out->has_more));
	out->messages.v = ARENA_ARRAY(rq->cx->mem, struct view_message, n);
	out->messages.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(view_message_of(rq->tx, &v, me, &list[i], &out->messages.v[i]));
	return OK;
}

static enum err send(struct req *rq)
{
	const struct send_in *in = rq->in;
	struct send_out *out = rq->out;
	struct viewer v = viewer_of(rq->cx);
	struct message m = { .nonce = in->nonce, .type = in->type, .anyway = in->anyway };
	bool again;

	TRY(viewer_chat(rq->tx, &v, in->chat, &m.corp, &m.chat, &m.sender));
	TRY(message_check(rq->cx, in->type, in->body, &m.body));
	TRY(message_send(rq->tx, &m, &again));
	out->seq = m.seq;
	out->msgid = m.message;
	out->time = m.sent_ms;
	return OK;
}

static enum err read(struct req *rq)
{
	const struct read_in *in = rq->in;
	struct viewer v = viewer_of(rq->cx);
	int64_t corp, chat;
	struct person me;

	TRY(viewer_chat(rq->tx, &v, in->chat, &corp, &chat, &me));
	return chat_read(rq->tx, corp, chat, me.kind, me.id, in->seq);
}

const struct route chat_routes[] = {
	GET("/v1/chats", chats, session, READS,
		"The viewer's chats, newest change first"),
	GET("/v1/chat", chat_one, session, READS, "One chat"),
	GET("/v1/chat/messages", messages, session, READS, "A part of a chat's timeline"),
	POST("/v1/chat/send", send, session, WRITES, "Say something in a chat"),
	POST("/v1/chat/read", read, session, WRITES, "Move the viewer's read mark"),
	LAST_ROUTE,
};
