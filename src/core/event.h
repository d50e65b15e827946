/*
 * core/event.h - news of a commit.
 *
 * Core emits events inside the transaction (event_emit); after the commit they
 * go by the bus to whoever is connected.  Events are hints: they may be lost
 * with the process, and everything they say is in the tables.
 *
 * Events are made with malloc'd memory, counted, immutable once emitted and
 * shared by threads; `data` is JSON text, encoded once.
 */
#ifndef CORE_EVENT_H
#define CORE_EVENT_H

#include <stdatomic.h>

#include "core/actor.h"
#include "store/store.h"

enum event_kind {
#define V(id, doc) EVENT_##id,
#include "core/events.def"
#undef V
};

struct event {
	struct store_event store; /* the chain of a commit; for the store and the bus */
	atomic_int refs;
	enum event_kind kind;
	int64_t corp;
	int64_t stamp;     /* id_next() of the change, the clients' cursor */
	int64_t chat;      /* MESSAGE READ CHAT TYPING, else 0 */
	int64_t seq;       /* MESSAGE, READ */
	struct person who; /* sender, reader, or whose sessions ended */
	int64_t object; /* CUSTOMER: customer; SIGNED_OUT: session, 0 all; OUTBOX: app; MESSAGE: message id;
			 * DUE: when it is */
	int64_t origin; /* the socket it came by, which has been told already; 0 none */
	str data;  /* MESSAGE: the parts of MESSAGE that are the same for everybody, see
			       * chat.h; CUSTOMER: "added", "changed" or "deleted"; MOMENT: "task", "like" or "comment";
			       * DUE: the kind of work (jobs/timed.h) */
	int via;   /* MESSAGE: enum message_via */
	str nonce; /* MESSAGE: the sender's */
	size_t audience_n; /* persons who may hear of it */
	struct person *audience;
};

/* Copies `e` with its data and audience, and emits it with the transaction;
 * the stamp is made here when it is 0. */
void event_emit(struct tx *tx, const struct event *e);
/* For what is never stored (typing): a counted copy without a transaction. */
struct event *event_copy(const struct event *e);
struct event *event_ref(struct event *e);
void event_unref(struct event *e);

#endif
