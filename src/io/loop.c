/*
 * io/loop.c - a turn: libevent's events, posted tasks, hooks, flushing.
 *
 * A base is touched by its own thread only, so libevent runs without locks;
 * other threads write to an eventfd.
 */
#include "io/loop_priv.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "io/sock.h"

static void poke(void *arg)
{
	struct loop *loop = arg;
	uint64_t one = 1;

	/* A full counter means that it is awake already. */
	while (write(loop->wake_fd, &one, sizeof(one)) < 0 && errno == EINTR)
		;
}

static void on_poked(evutil_socket_t fd, short what, void *arg)
{
	uint64_t count;

	while (read(fd, &count, sizeof(count)) < 0 && errno == EINTR)
		;
}

static struct event_base *new_base(void)
{
	struct event_config *config = event_config_new();
	struct event_base *base;

	BUG_IF(!config, "out of memory");
	event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK);
	base = event_base_new_with_config(config);
	event_config_free(config);
	BUG_IF(!base, "no event base: %s", strerror(errno));
	return base;
}

struct loop *loop_new(const char *name)
{
	struct loop *loop = calloc(1, sizeof(*loop));

	BUG_IF(!loop, "out of memory");
	loop->name = name;
	loop->last_grave = &loop->graves;
	loop->base = new_base();
	loop->read_buf = malloc(LOOP_READ_BYTES);
	loop->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	BUG_IF(!loop->read_buf || loop->wake_fd < 0, "eventfd: %s", strerror(errno));
	mailbox_init(&loop->box, poke, loop);
	loop->wake = event_new(loop->base, loop->wake_fd, EV_READ | EV_PERSIST, on_poked,
		loop);
	BUG_IF(!loop->wake || event_add(loop->wake, NULL), "out of memory");
	return loop;
}

static void run_tasks(struct loop *loop)
{
	struct letter *l = mailbox_take(&loop->box);

	while (l) {
		struct task *t = CONTAINER_OF(l, struct task, letter);

		l = l->next; /* the task may be gone after its run */
		t->run(loop, t);
	}
}

static void bury(struct grave *g)
{
	struct grave *next;

	for (; g; g = next) {
		next = g->next;
		g->bury(g);
	}
}

static void end_turn(struct loop *loop)
{
	struct grave *g;

	for (size_t i = 0; i < loop->n_hooks; i++)
		loop->hooks[i].fn(loop->hooks[i].arg);
	/* Burying may close and send again; what it closes is still in the list of
	 * those to flush, so it is buried in the next round. */
	do {
		sock_flush_dirty(loop);
		g = loop->graves;
		loop->graves = NULL;
		loop->last_grave = &loop->graves;
		bury(g);
	} while (loop->dirty || loop->graves);
}

static void turn(struct loop *loop)
{
	loop->clock_is_read = false;
	event_base_loop(loop->base, EVLOOP_ONCE);
	run_tasks(loop);
	end_turn(loop);
}

static void on_limit(evutil_socket_t fd, short what, void *arg)
{
}

void loop_turn(struct loop *loop, int wait_ms)
{
	struct timeval tv = { wait_ms / 1000, wait_ms % 1000 * 1000 };

	BUG_IF(loop->started, "loop_turn on a running loop");
	if (!loop->limit)
		loop->limit = event_new(loop->base, -1, 0, on_limit, NULL);
	BUG_IF(!loop->limit || event_add(loop->limit, &tv), "out of memory");
	turn(loop);
}

static void run(void *arg)
{
	struct loop *loop = arg;

	while (!atomic_load_explicit(&loop->stopping, memory_order_acquire))
		turn(loop);
}

void loop_start(struct loop *loop)
{
	BUG_IF(loop->started, "loop started twice");
	loop->started = true;
	thread_start(&loop->thread, loop->name, ROLE_LOOP, run, loop);
}

void loop_stop(struct loop *loop)
{
	atomic_store_explicit(&loop->stopping, true, memory_order_release);
	poke(loop);
}

static void free_loop(struct loop *loop)
{
	while (loop->n_spare)
		arena_free(loop->spare[--loop->n_spare]);
	if (loop->limit)
		event_free(loop->limit);
	event_free(loop->wake);
	event_base_free(loop->base);
	close(loop->wake_fd);
	mailbox_release(&loop->box);
	free(loop->read_buf);
	free(loop);
}

void loop_join(struct loop *loop)
{
	if (loop->started)
		thread_join(&loop->thread);
	loop->started = false;
	loop->clock_is_read = false;
	run_tasks(loop);
	end_turn(loop);
	if (loop->fetcher)
		loop->fetcher_free(loop->fetcher);
	if (loop->heartbeat)
		loop->heartbeat_free(loop->heartbeat);
	end_turn(loop);
	free_loop(loop);
}

void loop_post(struct loop *loop, struct task *t)
{
	mailbox_post(&loop->box, &t->letter);
}

bool loop_is_mine(const struct loop *loop)
{
	return !loop->started || pthread_equal(loop->thread.id, pthread_self());
}

void loop_on_turn_end(struct loop *loop, void (*fn)(void *), void *arg)
{
	BUG_IF(loop->n_hooks == LOOP_MAX_HOOKS, "too many hooks");
	loop->hooks[loop->n_hooks].fn = fn;
	loop->hooks[loop->n_hooks++].arg = arg;
}

/* ---- time ---- */

static void read_clocks(struct loop *loop)
{
	if (loop->clock_is_read)
		return;
	loop->now_ms = clock_now_ms();
	loop->mono_ms = clock_mono_us() / 1000;
	loop->clock_is_read = true;
}

int64_t loop_now_ms(struct loop *loop)
{
	read_clocks(loop);
	return loop->now_ms;
}

int64_t loop_mono_ms(struct loop *loop)
{
	read_clocks(loop);
	return loop->mono_ms;
}

str loop_date(struct loop *loop)
{
	int64_t s = loop_now_ms(loop) / 1000;
	time_t t = (time_t)s;
	struct tm tm;

	if (s != loop->date_s) {
		gmtime_r(&t, &tm);
		strftime(loop->date, sizeof(loop->date), "%a, %d %b %Y %H:%M:%S GMT",
			&tm);
		loop->date_s = s;
	}
	return str_make(loop->date, 29);
}

/* ---- timers ---- */

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct timer *t = arg;

	t->fn(t->arg); /* t may be gone now */
}

static void set_timer(struct timer *t, struct loop *loop, int64_t ms, short how,
	void (*fn)(void *), void *arg)
{
	struct timeval tv = { ms / 1000, ms % 1000 * 1000 };

	BUG_IF(!loop_is_mine(loop), "a timer of another loop");
	timer_stop(t);
	t->fn = fn;
	t->arg = arg;
	t->event = event_new(loop->base, -1, how, on_timer, t);
	BUG_IF(!t->event || event_add(t->event, &tv), "out of memory");
}

void timer_start(struct timer *t, struct loop *loop, int64_t ms, void (*fn)(void *),
	void *arg)
{
	set_timer(t, loop, ms, 0, fn, arg);
}

void timer_repeat(struct timer *t, struct loop *loop, int64_t ms, void (*fn)(void *),
	void *arg)
{
	set_timer(t, loop, ms, EV_PERSIST, fn, arg);
}

void timer_stop(struct timer *t)
{
	if (t->event)
		event_free(t->event);
	t->event = NULL;
}

/* ---- what io/ keeps for each loop ---- */

struct arena *loop_arena(struct loop *loop)
{
	if (loop->n_spare)
		return loop->spare[--loop->n_spare];
	return arena_new(0);
}

void loop_arena_back(struct loop *loop, struct arena *a)
{
	if (loop->n_spare == LOOP_SPARE_ARENAS) {
		arena_free(a);
		return;
	}
	arena_clear(a);
	loop->spare[loop->n_spare++] = a;
}

void loop_bury(struct loop *loop, struct grave *g)
{
	g->next = NULL;
	*loop->last_grave = g;
	loop->last_grave = &g->next;
}
