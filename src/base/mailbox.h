/*
 * base/mailbox.h - where threads meet.
 *
 * Any thread posts letters; one thread, the owner, takes them, oldest first.
 * A letter is embedded in what it carries (CONTAINER_OF gives it back) and
 * belongs to the mailbox from post to take.  The wake function runs on the
 * posting thread when the box was empty, so that an owner who sleeps in
 * epoll_wait hears of it; owners who sleep in mailbox_wait need none.
 */
#ifndef BASE_MAILBOX_H
#define BASE_MAILBOX_H

#include <pthread.h>

#include "base/base.h"

struct letter {
	struct letter *next;
};

struct mailbox {
	pthread_mutex_t lock;
	pthread_cond_t filled;
	struct letter *first, **last;
	bool closed;
	void (*wake)(void *arg);
	void *wake_arg;
};

void mailbox_init(struct mailbox *mb, void (*wake)(void *arg), void *wake_arg);
void mailbox_release(struct mailbox *mb);
/* Posting to a closed mailbox is allowed: owners drain after closing. */
void mailbox_post(struct mailbox *mb, struct letter *l);
/* All letters now there as a chain, or NULL; never blocks. */
struct letter *mailbox_take(struct mailbox *mb);
/* As take, but waits for a letter; NULL only when closed and empty. */
struct letter *mailbox_wait(struct mailbox *mb);
/* One letter only, so that several threads may share the work. */
struct letter *mailbox_wait_one(struct mailbox *mb);
/* Wakes everybody who waits; they get what is left, then NULL. */
void mailbox_close(struct mailbox *mb);

#endif
