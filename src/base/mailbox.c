/*
 * base/mailbox.c - where threads meet.
 */
#include "base/mailbox.h"

void mailbox_init(struct mailbox *mb, void (*wake)(void *arg), void *wake_arg)
{
	*mb = (struct mailbox){ .wake = wake, .wake_arg = wake_arg };
	mb->last = &mb->first;
	pthread_mutex_init(&mb->lock, NULL);
	pthread_cond_init(&mb->filled, NULL);
}

void mailbox_release(struct mailbox *mb)
{
	pthread_cond_destroy(&mb->filled);
	pthread_mutex_destroy(&mb->lock);
}

void mailbox_post(struct mailbox *mb, struct letter *l)
{
	void (*wake)(void *arg) = mb->wake;
	void *arg = mb->wake_arg;
	bool was_empty;

	l->next = NULL;
	pthread_mutex_lock(&mb->lock);
	was_empty = mb->first == NULL;
	*mb->last = l;
	mb->last = &l->next;
	/* Signalled under the lock: an owner who has got what he waited for may
	 * release the box at once. */
	pthread_cond_signal(&mb->filled);
	pthread_mutex_unlock(&mb->lock);
	if (was_empty && wake)
		wake(arg);
}

static struct letter *take_locked(struct mailbox *mb)
{
	struct letter *all = mb->first;

	mb->first = NULL;
	mb->last = &mb->first;
	return all;
}

static struct letter *take_one_locked(struct mailbox *mb)
{
	struct letter *l = mb->first;

	if (l == NULL)
		return NULL;
	mb->first = l->next;
	if (mb->first == NULL)
		mb->last = &mb->first;
	l->next = NULL;
	return l;
}

static void wait_locked(struct mailbox *mb)
{
	while (mb->first == NULL && !mb->closed)
		pthread_cond_wait(&mb->filled, &mb->lock);
}

struct letter *mailbox_take(struct mailbox *mb)
{
	struct letter *all;

	pthread_mutex_lock(&mb->lock);
	all = take_locked(mb);
	pthread_mutex_unlock(&mb->lock);
	return all;
}

struct letter *mailbox_wait(struct mailbox *mb)
{
	struct letter *all;

	pthread_mutex_lock(&mb->lock);
	wait_locked(mb);
	all = take_locked(mb);
	pthread_mutex_unlock(&mb->lock);
	return all;
}

struct letter *mailbox_wait_one(struct mailbox *mb)
{
	struct letter *l;

	pthread_mutex_lock(&mb->lock);
	wait_locked(mb);
	l = take_one_locked(mb);
	pthread_mutex_unlock(&mb->lock);
	return l;
}

void mailbox_close(struct mailbox *mb)
{
	void (*wake)(void *arg) = mb->wake;
	void *arg = mb->wake_arg;

	pthread_mutex_lock(&mb->lock);
	mb->closed = true;
	pthread_cond_broadcast(&mb->filled);
	pthread_mutex_unlock(&mb->lock);
	if (wake)
		wake(arg);
}
