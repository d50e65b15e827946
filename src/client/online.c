/*
 * client/online.c - is a consumer connected?  For pushes, which are for those who are not.
 *
 * Sessions belong to loops, so each loop is asked; the asking thread waits, and is none of
 * them.
 */
#include "base/mailbox.h"
#include "client/client.h"
#include "client/realtime.h"

struct question {
	struct task task;
	struct letter letter;
	struct hub *hub;
	struct mailbox *home;
	int64_t consumer;
	bool found;
};

static void look(struct loop *loop UNUSED, struct task *t)
{
	struct question *q = CONTAINER_OF(t, struct question, task);

	for (struct session *s = session_first(q->hub, 0, q->consumer); s;
		s = session_next(s, 0, q->consumer))
		q->found |= s->ready;
	mailbox_post(q->home, &q->letter);
}

bool realtime_consumer_online(int64_t consumer)
{
	struct question *asked = calloc(realtime.n_hubs, sizeof(*asked));
	struct mailbox home;
	bool found = false;

	BUG_IF(!asked, "out of memory");
	mailbox_init(&home, NULL, NULL);
	for (size_t i = 0; i < realtime.n_hubs; i++) {
		asked[i] = (struct question){ .task.run = look,
			.hub = &realtime.hubs[i],
			.home = &home,
			.consumer = consumer };
		loop_post(realtime.hubs[i].loop, &asked[i].task);
	}
	for (size_t i = 0; i < realtime.n_hubs; i++)
		found |= CONTAINER_OF(mailbox_wait_one(&home), struct question, letter)
				 ->found;
	mailbox_release(&home);
	free(asked);
	return found;
}
