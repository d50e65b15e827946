#include "frame/workers.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/thread.h"

enum { WORKERS_MAX = 64 };

struct workers {
	struct mailbox box;
	int n;
	struct thread threads[WORKERS_MAX];
};

static void work(void *arg)
{
	struct workers *w = arg;

	for (struct letter *l; (l = mailbox_wait_one(&w->box)) != NULL;) {
		struct job *job = CONTAINER_OF(l, struct job, letter);
		job->run(job);
	}
}

struct workers *workers_start(int n)
{
	struct workers *w = calloc(1, sizeof(*w));

	BUG_IF(!w || n < 1 || n > WORKERS_MAX, "%d workers", n);
	w->n = n;
	mailbox_init(&w->box, NULL, NULL);
	for (int i = 0; i < n; i++)
		thread_start(&w->threads[i], "worker", ROLE_WORKER, work, w);
	return w;
}

void workers_post(struct workers *w, struct job *job)
{
	mailbox_post(&w->box, &job->letter);
}

void workers_stop(struct workers *w)
{
	mailbox_close(&w->box);
	for (int i = 0; i < w->n; i++)
		thread_join(&w->threads[i]);
	mailbox_release(&w->box);
	free(w);
}
