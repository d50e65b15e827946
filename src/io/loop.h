/*
 * io/loop.h - event loops: a thread that moves bytes and never waits for work.
 *
 * A loop owns its sockets, timers and connections; nobody else touches them.
 * Other threads reach it with loop_post.  A turn of the loop is: sleep until
 * something happens, run what happened, run the posted tasks, run the turn-end
 * hooks.  Output is sent at the end of the turn, so what a turn produced for
 * one connection leaves in one system call.
 *
 * Order of life: loop_new, (hooks, servers, timers), loop_start, loop_stop,
 * loop_join.  A loop that was not started may be run by hand with loop_turn,
 * which tests and the command line do.
 *
 * Nothing here blocks but loop_join and the sleep between turns.
 */
#ifndef IO_LOOP_H
#define IO_LOOP_H

#include "base/mailbox.h"

struct loop;

/* Work handed to a loop; embedded in what it carries (CONTAINER_OF). */
struct task {
	struct letter letter;
	void (*run)(struct loop *loop, struct task *t);
};

/* `name` is shown by ps -L, at most 15 characters, and must outlive the loop. */
struct loop *loop_new(const char *name);
/* Runs turns on a thread of its own, with ROLE_LOOP. */
void loop_start(struct loop *loop);
/* Asks the loop to end after the turn it is in; any thread. */
void loop_stop(struct loop *loop);
/* Waits for the thread, runs the tasks left over, and frees the loop.  What
 * uses the loop (servers, sockets, fetches) has been stopped before. */
void loop_join(struct loop *loop);
/* One turn on the calling thread; waits at most wait_ms for something to do. */
void loop_turn(struct loop *loop, int wait_ms);

/* Any thread.  The task belongs to the loop until its run is called; tasks of
 * one poster run in the order of posting. */
void loop_post(struct loop *loop, struct task *t);
/* True on the loop's own thread (or when it has not been started). */
bool loop_is_mine(const struct loop *loop);

/* Calls fn(arg) at the end of every turn, in the order of registering, before
 * output is flushed; on the loop's thread or before loop_start. */
void loop_on_turn_end(struct loop *loop, void (*fn)(void *), void *arg);

/* Unix time in milliseconds, read once a turn. */
int64_t loop_now_ms(struct loop *loop);

/*
 * Timers belong to their loop and live inside what they time.  Zero the struct
 * before its first start; stop it before its memory goes.  After timer_stop the
 * function is not called again, also when the timer was already due.
 */
struct timer {
	void *event; /* libevent's */
	void (*fn)(void *arg);
	void *arg;
};

/* Calls fn(arg) once after `ms`; a running timer is set anew. */
void timer_start(struct timer *t, struct loop *loop, int64_t ms, void (*fn)(void *),
	void *arg);
/* Calls fn(arg) every `ms` until stopped. */
void timer_repeat(struct timer *t, struct loop *loop, int64_t ms, void (*fn)(void *),
	void *arg);
/* Harmless on a timer that does not run. */
void timer_stop(struct timer *t);

#endif
