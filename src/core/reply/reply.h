/*
 * core/reply - texts and attachments that people send again and again.
 *
 * The corp's are written by administrators and used by everybody; a member has his own
 * besides.  They stand in groups, which are names.  In the composer "/" finds them.
 */
#ifndef CORE_REPLY_REPLY_H
#define CORE_REPLY_REPLY_H

#include "core/message/message.h"

enum {
	REPLIES_MAX = 1000, /* of the corp; and of each member */
	REPLY_GROUP_MAX = 20,
	REPLY_TITLE_MAX = 40,
	REPLY_TEXT_MAX = 4000,
	REPLY_OF_CORP = 0
};

struct reply {
	int64_t corp, owner, reply, changed_ms;
	str group, title, text, attachments; /* as core/message/attachment.h keeps them */
};

/* By age. */
enum err replies(struct tx *tx, int64_t corp, int64_t owner, struct reply **out,
	size_t *out_n);
/* ERR_NOT_FOUND. */
enum err reply_get(struct tx *tx, int64_t corp, int64_t owner, int64_t reply,
	struct reply *out);
/* Adds it when its number is 0, else changes it; ERR_NOT_FOUND. */
enum err reply_put(struct tx *tx, struct reply *r);
enum err reply_drop(struct tx *tx, int64_t corp, int64_t owner, int64_t reply);
/* A member sends it into a chat of his: the text, if any, then each attachment.  The nonces
 * are made of the one given, so a retry sends nothing twice. */
enum err reply_send(struct tx *tx, const struct reply *r, int64_t member, int64_t chat,
	str nonce, bool anyway);

#endif
