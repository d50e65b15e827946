#include "bus/bus.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { LOOPS_MAX = 16, LISTENERS_MAX = 8 };

struct listener {
	struct loop *loop; /* NULL: overhears */
	bus_fn *fn;
	void *arg;
};

static struct {
	struct loop *loops[LOOPS_MAX];
	size_t n_loops;
	struct listener listeners[LISTENERS_MAX];
	size_t n_listeners;
} bus;

/* A chain that several loops read; the last one drops it. */
struct share {
	atomic_size_t readers;
	struct store_event *chain;
};

/* Its way to one loop. */
struct parcel {
	struct task task;
	struct share *share;
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

void bus_subscribe(struct loop *loop, bus_fn *fn, void *arg)
{
	add((struct listener){ loop, fn, arg });
}

void bus_overhear(bus_fn *fn, void *arg)
{
	add((struct listener){ NULL, fn, arg });
}

static void tell(struct loop *loop, struct store_event *chain)
{
	for (struct store_event *e = chain; e; e = e->next)
		for (size_t i = 0; i < bus.n_listeners; i++)
			if (bus.listeners[i].loop == loop)
				bus.listeners[i].fn(bus.listeners[i].arg, e);
}

static void drop_chain(struct store_event *chain)
{
	for (struct store_event *next; chain; chain = next) {
		next = chain->next;
		chain->drop(chain);
	}
}

static void leave(struct share *s)
{
	if (atomic_fetch_sub(&s->readers, 1) != 1)
		return;
	drop_chain(s->chain);
	free(s);
}

static void deliver(struct loop *loop, struct task *t)
{
	struct parcel *p = CONTAINER_OF(t, struct parcel, task);

	tell(loop, p->share->chain);
	leave(p->share);
	free(p);
}

static void post_to(struct loop *loop, struct share *s)
{
	struct parcel *p = malloc(sizeof(*p));

	BUG_IF(!p, "no memory");
	*p = (struct parcel){ .task.run = deliver, .share = s };
	atomic_fetch_add(&s->readers, 1);
	loop_post(loop, &p->task);
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
	struct share *s = chain ? malloc(sizeof(*s)) : NULL;

	if (!chain)
		return;
	BUG_IF(!s, "no memory");
	atomic_init(&s->readers, 1); /* ours, until all have been posted */
	s->chain = chain;
	tell(NULL, chain);
	for (size_t i = 0; i < bus.n_loops; i++)
		if (has_listener(bus.loops[i]))
			post_to(bus.loops[i], s);
	leave(s);
}
