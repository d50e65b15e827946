/*
 * core/acquisition/news.h - what apps hear of links (document 97299).
 */
#ifndef CORE_ACQUISITION_NEWS_H
#define CORE_ACQUISITION_NEWS_H

#include "core/acquisition/link.h"

struct acq_news {
	const char *change; /* "customer_start_chat" … */
	str userid, external_userid, state, chat_key;
	int64_t expire_time, expire_quota;
};
/* To the app the link belongs to; of the console's, and of what is no link's (NULL), to
 * all that read customers. */
enum err acq_tell(struct tx *tx, int64_t corp, const struct acq_link *link,
	const struct acq_news *news);

#endif
