/*
 * core/acquisition/link.h - links that bring customers (documents 97297, 97298).
 *
 * A link has a name, a priority and an owner, the app that made it (0: the console).
 * Whom it leads to, and by which code, is a contact way (core/customer/way_link.h): this
 * area knows who came, how often it was looked at, and what is left of the quota.
 */
#ifndef CORE_ACQUISITION_LINK_H
#define CORE_ACQUISITION_LINK_H

#include "base/ints.h"
#include "core/callback/callback.h"

enum {
	ACQ_NAME_MAX = 30,       /* characters */
	ACQ_PRIORITY_MAX = 1000, /* members */
	ACQ_LINKS_MAX = 50000,   /* of a corp */
	ACQ_CHANNEL_MAX = 64,    /* bytes of customer_channel */
};
enum acq_priority {
	ACQ_PRIORITY_NONE = 0,
	ACQ_PRIORITY_CORP = 1,
	ACQ_PRIORITY_MEMBERS = 2
};

struct acq_link {
	int64_t corp, link, app, created_ms;
	enum acq_priority priority_type;
	struct ints priority; /* members */
	bool unavailable;     /* and its apps know */
	str name;
};

str acq_link_id(struct arena *mem, int64_t link);
bool acq_link_parse(str id, int64_t *out_link);

/* Checks name and priority, gives the number; ERR_ACQ_LIMIT (41095). */
enum err acq_link_add(struct tx *tx, struct acq_link *l);
enum err acq_link_set(struct tx *tx, const struct acq_link *l);
/* By the console: its apps hear of it. */
enum err acq_link_drop(struct tx *tx, const struct acq_link *l, bool by_console);
/* ERR_INVALID_ARGUMENT (40058). */
enum err acq_link_get(struct tx *tx, int64_t corp, int64_t link, struct acq_link *out);
/* Of an app (0: the console's), newest first, below `before` (0: from the newest). */
enum err acq_link_page(struct tx *tx, int64_t corp, int64_t app, int64_t before,
	int64_t limit, struct acq_link **out, size_t *out_n);
/* Nobody can serve by it any more, or somebody can again: link_unavailable, once. */
enum err acq_link_state(struct tx *tx, struct acq_link *l, bool unavailable);

#endif
