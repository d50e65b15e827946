/*
 * bus/bus.h - events from where they happen to who listens.
 *
 * Within one process (local.c): the writer's commits and what is never stored
 * (typing) go to every loop, one posting each a batch, and to listeners that
 * run where the news was published and may only post on.  NATS carries the same
 * between nodes in a later issue.
 *
 * Order: events of one commit arrive in the order in which they were emitted, and
 * commits in their order.
 */
#ifndef BUS_BUS_H
#define BUS_BUS_H

#include "io/loop.h"
#include "store/store.h"

/* Before anything is published. */
void bus_init(struct loop *const *loops, size_t n);
void bus_release(void);

/* What an event says is core's (core/event.h); here it is what the store emits. */
typedef void bus_fn(void *arg, struct store_event *e);

/* fn on `loop` for each event, which lives during the call unless fn takes a
 * reference of its own.  Before the loops start. */
void bus_subscribe(struct loop *loop, bus_fn *fn, void *arg);
/* fn on the publishing thread: it must not block, nor do more than post. */
void bus_overhear(bus_fn *fn, void *arg);

/* Takes the chain over.  Any thread. */
void bus_publish(struct store_event *chain);

#endif
