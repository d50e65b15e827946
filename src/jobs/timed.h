/*
 * jobs/timed.h - what becomes due by itself, corp by corp.
 *
 * A kind of work is a row: a name and a function of core that does what is due in
 * one transaction and says when to come again (0: nothing waits; the past or now:
 * at once, for work done in slices).  At boot every kind is looked at; later core emits
 * EVENT_DUE with the kind's name as data and the time as object.
 */
#ifndef JOBS_TIMED_H
#define JOBS_TIMED_H

#include "frame/house.h"

enum { TIMED_MAX = 32 };

size_t timed_kinds(void);
/* timed_kinds() when there is none of that name. */
size_t timed_kind(str name);
/* Does what is due of a kind; gives when to come again. */
int64_t timed_run(struct house *house, struct ctx *cx, size_t kind, int64_t corp);
/* For tests: waits are divided by it. */
void timed_hurry(int64_t by);

#endif
