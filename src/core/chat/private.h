/*
 * core/chat/private.h - between the files of core/chat.
 */
#ifndef CORE_CHAT_PRIVATE_H
#define CORE_CHAT_PRIVATE_H

#include "core/chat/chat.h"

/* Fills e->audience with everybody in the chat. */
enum err chat_audience(struct tx *tx, int64_t corp, int64_t chat, struct event *e);

#endif
