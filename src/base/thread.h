/*
 * base/thread.h - threads with a name and a role.
 */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include <pthread.h>

#include "base/base.h"

enum thread_role {
	ROLE_NONE, /* main before boot, tests, the command line */
	ROLE_LOOP,
	ROLE_WORKER,
	ROLE_WRITER,
	ROLE_CLOCK,
};

struct thread {
	pthread_t id;
	const char *name; /* at most 15 characters; shown by ps -L */
	enum thread_role role;
	void (*run)(void *arg);
	void *arg;
};

/* Starts fn(arg) with all signals blocked; `t` must outlive the thread. */
void thread_start(struct thread *t, const char *name, enum thread_role role,
	void (*run)(void *arg), void *arg);
void thread_join(struct thread *t);
enum thread_role thread_role(void);

/* A function bound to a thread says so first.  ROLE_NONE may do anything. */
#define MUST_BE_ON(role)                                                                 \
	BUG_IF(thread_role() != (role) && thread_role() != ROLE_NONE, "on a wrong thread")

#endif
