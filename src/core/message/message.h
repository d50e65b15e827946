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
#include "core/media/media.h"

/* What people may type: text, image, file.  Checks `body` (JSON) against the type's
 * shape and writes it canonically.  ERR_BAD_MSGTYPE, ERR_EMPTY_CONTENT, ERR_CONTENT_TOO_LONG. */
enum err message_check(struct ctx *cx, str type, str body, str *out_body);

/* A person sends into a chat (see chat_add for nonce and repeats).  In an app
 * chat, a member's message also goes to the app as a callback. */
enum err message_send(struct tx *tx, struct message *m, bool *out_again);

/* The chat of a member with an app; made when there is none. */
enum err message_app_chat(struct tx *tx, int64_t corp, int64_t app, int64_t member, struct chat *out);
/* An app's message of any app type (text, markdown, textcard, image, file), already checked, to one member. */
enum err message_from_app(struct tx *tx, int64_t corp, int64_t app, int64_t member, str type, str body,
	struct message *out);

#endif
