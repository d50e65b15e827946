/*
 * core/message/receivers.h - whom an app's message reaches.
 */
#ifndef CORE_MESSAGE_RECEIVERS_H
#define CORE_MESSAGE_RECEIVERS_H

#include "core/app/app.h"

/* Lists joined by '|', as message/send takes them; users may be "@all". */
struct receivers_in {
	str users, parties, tags;
};

struct receivers {
	struct ints members; /* each once */
	/* Unknown or out of sight, joined by '|', userids in lower case. */
	str invalid_users, invalid_parties, invalid_tags;
};

/* ERR_NO_RECEIVER (82001) when nothing was given, ERR_ALL_RECEIVERS_BAD (81013) when
 * nothing that was given is good, ERR_BAD_USERID_LIST_SIZE for lists too long. */
enum err receivers_find(struct tx *tx, int64_t corp, int64_t app,
	const struct receivers_in *in, struct receivers *out);

#endif
