/*
 * jobs/private.h - between the files of jobs/.
 */
#ifndef JOBS_PRIVATE_H
#define JOBS_PRIVATE_H

#include "core/callback/callback.h"
#include "jobs/jobs.h"
#include "wire/callback_reply.h"

/*
 * One try to deliver one event.
 *
 *	clock: made, request built -> loop: fetched -> clock: reply read
 *	-> writer: result and reply written -> clock: freed
 *
 * It is owned by whoever has it; `letter` brings it home to the clock.  While it is away
 * the clock reads nothing of it but next, held_until_ms and whose event it is.
 */
struct flight {
	struct flight *next; /* of those the clock has under way */
	struct letter letter;
	struct mailbox *home;
	struct house *house;
	struct ctx *cx;
	struct ctx *writing; /* of the result: begun anew at each try to write it */
	enum { FLIGHT_BACK, FLIGHT_WRITTEN } state; /* as it comes home */
	int64_t held_until_ms;    /* the clock's own; 0: it is not held */
	struct callback callback; /* texts in cx->mem */
	struct wecom_channel channel;
	bool delivered, stopped;
	int64_t http_status, took_ms;
	str body, error;
	struct callback_reply reply; /* REPLY_NONE: nothing to say */
	struct write write;
};

/* On the clock.  Copies the event, and calls the app: the flight comes home BACK. */
struct flight *flight_new(struct house *house, struct mailbox *home,
	const struct callback *c);
/* Reads the reply and hands what came of it to the writer: it comes home WRITTEN. */
void flight_settle(struct flight *f);
/* After WRITTEN: true when it is over; else it is held, to be settled again. */
bool flight_is_over(struct flight *f);
void flight_free(struct flight *f);

/* The app's passive reply becomes its messages in the chat the event came from, each
 * once for an event, whatever is tried again. */
enum err reply_say(struct tx *tx, const struct callback *c,
	const struct callback_reply *r);

/* Writes and sweeps what can wait; gives when to come again. */
int64_t chores_run(struct house *house, struct ctx *cx, const int64_t *corps, size_t n);
/* What would be lost at the end of the process. */
void chores_end(struct house *house, struct ctx *cx);

#endif
