/*
 * core/message - what a message may say, and who may say it.
 *
 * People's messages go into a chat they are in; an app's go to members in its
 * visible range, each in his chat with the app.  A member's message in such a
 * chat becomes a callback to the app.
 */
#ifndef CORE_MESSAGE_MESSAGE_H
#define CORE_MESSAGE_MESSAGE_H

#include "core/app/app.h"
#include "core/callback/callback.h"
#include "core/chat/chat.h"
#include "core/message/content.h"

/* A person sends into a chat (see chat_add for nonce and repeats).  In an app
 * chat, a member's message also goes to the app as a callback.  ERR_WORD_STOPS, and
 * ERR_WORD_WARNS unless m->anyway: a sensitive word to customers; the words are it. */
enum err message_send(struct tx *tx, struct message *m, bool *out_again);

/* What somebody's words bring along in chats of a kind: set at boot, by main, for areas
 * that stand above this one. */
typedef enum err message_said_fn(struct tx *tx, const struct message *m);
void message_on_said(enum chat_kind kind, message_said_fn *fn);

/* The chat of a member with an app; made when there is none. */
enum err message_app_chat(struct tx *tx, int64_t corp, int64_t app, int64_t member,
	struct chat *out);
/* The same, without making one. */
enum err message_app_chat_find(struct tx *tx, int64_t corp, int64_t app, int64_t member,
	struct chat *out, bool *out_found);
/* An app's message, its body checked by message_check_app, to one member.  `nonce`
 * empty: a new message in any case; otherwise a repeat adds nothing. */
enum err message_from_app(struct tx *tx, int64_t corp, int64_t app, int64_t member,
	str type, str body, str nonce, struct message *out);

/* Has the app sent this content within the time?  If not, notes it for so long. */
enum err message_is_repeat(struct tx *tx, int64_t corp, int64_t app, str content,
	int64_t within_s, bool *out);

#endif
