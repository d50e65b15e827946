#include "bus/bus.h"

#include <stdlib.h>

enum { LOOPS_MAX = 16, LISTENERS_MAX = 8 };

struct listener {
	struct loop *loop; /* NULL: overhears */
	void (*fn)(void *arg, struct event *e);
	void *arg;
};

static struct {
	struct loop *loops[LOOPS_MAX];
	size_t n_loops;
	struct listener listeners[LISTENERS_MAX];
	size_t n_listeners;
} bus;

/* One batch on its way to one loop. */
struct batch {
	struct task task;
	size_t n;
	struct event *events[];
};

void bus_init(struct loop *const *loops, size_t n)
{
	BUG_IF(n > LOOPS_MAX, "%zu loops", n);
	for (size_t i = 0; i < n; i++)
		bus.loops[i] = loops[i];
	bus.n_loops = n;
}

void bus_release(void)
{
	bus.n_loops = bus.n_listeners = 0;
}

static void add(struct listener l)
{
	BUG_IF(bus.n_listeners == LISTENERS_MAX, "more than %d listeners", LISTENERS_MAX);
	bus.listeners[bus.n_listeners++] = l;
}

void bus_subscribe(struct loop *loop, void (*fn)(void *arg, struct event *e), void *arg)
{
	add((struct listener){ loop, fn, arg });
}

void bus_overhear(void (*fn)(void *arg, struct event *e), void *arg)
{
	add((struct listener){ NULL, fn, arg });
}

static void tell(struct loop *loop, struct event *e)
{
	for (size_t i = 0; i < bus.n_listeners; i++)
		if (bus.listeners[i].loop == loop)
			bus.listeners[i].fn(bus.listeners[i].arg, e);
}

static void deliver(struct loop *loop, struct task *t)
{
	struct batch *b = CONTAINER_OF(t, struct batch, task);

	for (size_t i = 0; i < b->n; i++) {
		tell(loop, b->events[i]);
		event_unref(b->events[i]);
	}
	free(b);
}

static void post_batch(struct loop *loop, struct store_event *chain, size_t n)
{
	struct batch *b = malloc(sizeof(*b) + n * sizeof(b->events[0]));

	BUG_IF(!b, "no memory");
	*b = (struct batch){ .task.run = deliver };
	for (struct store_event *e = chain; e; e = e->next)
		b->events[b->n++] = event_ref(CONTAINER_OF(e, struct event, store));
	loop_post(loop, &b->task);
}

static bool has_listener(const struct loop *loop)
{
	for (size_t i = 0; i < bus.n_listeners; i++)
		if (bus.listeners[i].loop == loop)
			return true;
	return false;
}

void bus_publish(struct store_event *chain)
{
	size_t n = 0;

	for (struct store_event *e = chain; e; e = e->next) {
		tell(NULL, CONTAINER_OF(e, struct event, store));
		n++;
	}
	for (size_t i = 0; n && i < bus.n_loops; i++)
		if (has_listener(bus.loops[i]))
			post_batch(bus.loops[i], chain, n);
	for (struct store_event *e = chain, *next; e; e = next) {
		next = e->next;
		event_unref(CONTAINER_OF(e, struct event, store));
	}
}
