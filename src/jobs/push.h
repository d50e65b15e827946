/*
 * jobs/push.h - consumers who are away are told of messages, by Web Push.
 *
 * A thread of its own hears of messages by the bus and looks whether the consumer is
 * connected, has a subscription and has not been told already; what it sends goes out on
 * the loops, and a slow push service delays nobody else's.  Pushes are hints like events:
 * what is under way when the process ends is not sent again.
 */
#ifndef JOBS_PUSH_H
#define JOBS_PUSH_H

#include "frame/house.h"

/* Reads DIR/vapid.pem or makes it (mode 0600): who we are to push services, for as long
 * as browsers keep their subscriptions.  Sets house->push_key; once, before push_start. */
enum err push_init(struct ctx *cx, struct house *house);
/* Before the loops start; after jobs have stopped. */
void push_start(struct house *house);
void push_stop(void);

#endif
