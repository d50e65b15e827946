/*
 * jobs/jobs.h - what happens by time: callbacks leave, what waited is done, rows are swept.
 *
 * One thread, the clock, wakes when the bus tells of new work or when something
 * kept in the tables becomes due.  What it knows in memory it has from the tables
 * and can lose.  Several apps are called at once, each with one event at a time,
 * in order; an app that fails delays only its own.
 */
#ifndef JOBS_JOBS_H
#define JOBS_JOBS_H

#include "frame/house.h"

/* Once, after everybody has subscribed to the bus: the clock begins to write. */
void jobs_start(struct house *house);
/* While the store and the loops still run.  Ends calls that are under way: what they
 * carried waits for the next start. */
void jobs_stop(void);
/* Looks at everything again: for tests that have moved the clock. */
void jobs_wake(void);

/* Since the start, for /metrics. */
struct jobs_counts {
	int64_t delivered, failed, in_flight, replies, timed;
};
void jobs_counts(struct jobs_counts *out);

#endif
