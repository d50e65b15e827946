#include "frame/house.h"

#include <pthread.h>

/* A fetch that a thread waits for: done runs on the loop, the waiter elsewhere. */
struct waiting {
	pthread_mutex_t lock;
	pthread_cond_t ended;
	bool over;
	struct arena *mem;
	struct fetched got;
};

static void fetch_done(void *arg, const struct fetched *got)
{
	struct waiting *w = arg;

	pthread_mutex_lock(&w->lock);
	w->got = *got;
	w->got.words = arena_str(w->mem, got->words);
	w->got.content_type = arena_str(w->mem, got->content_type);
	w->got.body = arena_str(w->mem, got->body);
	w->got.retry_after = arena_str(w->mem, got->retry_after);
	w->over = true;
	pthread_cond_signal(&w->ended);
	pthread_mutex_unlock(&w->lock);
}

struct fetched house_fetch(struct house *h, struct arena *mem, const struct fetch *f)
{
	struct waiting w = {
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.ended = PTHREAD_COND_INITIALIZER,
		.mem = mem,
	};

	http_fetch(h->loops[0], f, fetch_done, &w);
	pthread_mutex_lock(&w.lock);
	while (!w.over)
		pthread_cond_wait(&w.ended, &w.lock);
	pthread_mutex_unlock(&w.lock);
	pthread_mutex_destroy(&w.lock);
	pthread_cond_destroy(&w.ended);
	return w.got;
}
