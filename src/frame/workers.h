/*
 * frame/workers.h - threads that run one request each, when it may wait.
 */
#ifndef FRAME_WORKERS_H
#define FRAME_WORKERS_H

#include "base/mailbox.h"

struct workers;

struct job {
	struct letter letter;
	void (*run)(struct job *job); /* on a worker; owns itself afterwards */
};

struct workers *workers_start(int n);
/* Any thread.  Jobs start in order. */
void workers_post(struct workers *w, struct job *job);
/* Runs what was posted, then ends the threads. */
void workers_stop(struct workers *w);

#endif
