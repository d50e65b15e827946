/*
 * store/fault.c - built only with -Dfault=true and for tests.
 */
#include "store/fault.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/str.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void (*hook)(void *arg, const char *name);
static void *hook_arg;
static atomic_llong passed;

void fault_hook(void (*fn)(void *arg, const char *name), void *arg)
{
	pthread_mutex_lock(&lock);
	hook = fn;
	hook_arg = arg;
	pthread_mutex_unlock(&lock);
}

/* LIAISON_FAULT=name:n */
static void obey_environment(const char *name)
{
	const char *z = getenv("LIAISON_FAULT");
	str rest = str_of(z), place;
	int64_t n;

	if (!z)
		return;
	place = str_cut(&rest, ':');
	if (!str_is(place, name) || !str_int(rest, &n))
		return;
	if (atomic_fetch_add(&passed, 1) + 1 == n)
		kill(getpid(), SIGKILL);
}

void fault_pass(const char *name)
{
	void (*fn)(void *arg, const char *name);
	void *arg;

	pthread_mutex_lock(&lock);
	fn = hook;
	arg = hook_arg;
	pthread_mutex_unlock(&lock);
	if (fn)
		fn(arg, name);
	obey_environment(name);
}
