/*
 * base/thread.c - threads with a name and a role.
 */
#include "base/thread.h"

#include <signal.h>

#include "base/err.h"

static _Thread_local enum thread_role own_role;

static void *begin(void *arg)
{
	struct thread *t = arg;

	pthread_setname_np(pthread_self(), t->name);
	own_role = t->role;
	t->run(t->arg);
	return NULL;
}

void thread_start(struct thread *t, const char *name, enum thread_role role,
	void (*run)(void *arg), void *arg)
{
	sigset_t all, kept;
	int failed;

	BUG_IF(strlen(name) > 15, "thread name too long: %s", name);
	t->name = name;
	t->role = role;
	t->run = run;
	t->arg = arg;
	/* The new thread inherits the mask, so there is no moment without it. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &kept);
	failed = pthread_create(&t->id, NULL, begin, t);
	pthread_sigmask(SIG_SETMASK, &kept, NULL);
	if (failed)
		fatal("cannot start thread %s: error %d", name, failed);
}

void thread_join(struct thread *t)
{
	int failed = pthread_join(t->id, NULL);

	BUG_IF(failed, "cannot join thread %s: error %d", t->name, failed);
}

enum thread_role thread_role(void)
{
	return own_role;
}
