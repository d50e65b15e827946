/*
 * core/event.c - events are copied once, then shared.
 *
 * One piece of memory holds the event, its audience, its data and its nonce.
 */
#include <stdlib.h>

#include "base/ids.h"
#include "core/event.h"

static void event_drop(struct store_event *e)
{
	event_unref(CONTAINER_OF(e, struct event, store));
}

struct event *event_copy(const struct event *from)
{
	size_t audience_bytes = from->audience_n * sizeof(struct person);
	struct event *e =
		malloc(sizeof(*e) + audience_bytes + from->data.n + from->nonce.n + 1);

	BUG_IF(!e, "out of memory");
	*e = *from;
	e->store = (struct store_event){ .drop = event_drop };
	atomic_init(&e->refs, 1);
	if (!e->stamp)
		e->stamp = id_next();
	e->audience = (struct person *)(e + 1);
	if (audience_bytes)
		memcpy(e->audience, from->audience, audience_bytes);
	char *data = (char *)e->audience + audience_bytes;
	if (from->data.n)
		memcpy(data, from->data.p, from->data.n);
	e->data = str_make(data, from->data.n);
	data += from->data.n;
	if (from->nonce.n)
		memcpy(data, from->nonce.p, from->nonce.n);
	e->nonce = str_make(data, from->nonce.n);
	data[from->nonce.n] = '\0';
	return e;
}

void event_emit(struct tx *tx, const struct event *e)
{
	tx_emit(tx, &event_copy(e)->store);
}

struct event *event_ref(struct event *e)
{
	atomic_fetch_add_explicit(&e->refs, 1, memory_order_relaxed);
	return e;
}

void event_unref(struct event *e)
{
	if (e && atomic_fetch_sub_explicit(&e->refs, 1, memory_order_acq_rel) == 1)
		free(e);
}
