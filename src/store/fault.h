/*
 * store/fault.h - named places where a test may strike.
 *
 * FAULT("store.before_commit") is nothing in a release.  With -Dfault=true (the
 * unit tests are always so built) it calls the test's function, or obeys the
 * environment: LIAISON_FAULT=name:n kills the process by SIGKILL when the place
 * is passed for the n-th time.
 *
 *	store.before_commit     the batch ran, nothing is durable
 *	store.after_commit      durable, nobody knows yet
 *	store.after_done        replies are on their way, events are not
 *	store.before_checkpoint, store.after_checkpoint
 */
#ifndef STORE_FAULT_H
#define STORE_FAULT_H

#ifdef LIAISON_FAULT
#define FAULT(name) fault_pass(name)
void fault_pass(const char *name);
/* Tests: called at every place on the thread that passes it; NULL takes it off. */
void fault_hook(void (*fn)(void *arg, const char *name), void *arg);
#else
#define FAULT(name) ((void)0)
#endif

#endif
