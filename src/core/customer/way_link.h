/*
 * core/customer/way_link.h - an acquisition link and the way it leads through, as one.
 */
#ifndef CORE_CUSTOMER_WAY_LINK_H
#define CORE_CUSTOMER_WAY_LINK_H

#include "core/acquisition/link.h"
#include "core/customer/way.h"

/* Makes both: `l` has name, priority and app, `w` range and skip_verify. */
enum err way_link_add(struct tx *tx, struct acq_link *l, struct way *w);
enum err way_link_set(struct tx *tx, const struct acq_link *l, const struct way *w);
enum err way_link_drop(struct tx *tx, const struct acq_link *l, bool by_console);
/* The way of a link. */
enum err way_link_way(struct tx *tx, int64_t corp, int64_t link, struct way *out);

/* Its page was opened by a visitor (a keyed hash).  Tells the link's app so, and, once,
 * when nobody can serve by it any more. */
enum err way_link_looked(struct tx *tx, const struct way *w, str visitor, str channel);

#endif
