/*
 * core/account/attempts.c - counting attempts in a table of fixed size.
 *
 * A key may stand in any of WAYS places; when all are taken the oldest goes.  So
 * memory is bounded whatever strangers try, and what is lost in a flood of keys
 * is a few old counts.
 */
#include <pthread.h>

#include "core/account/private.h"

enum { PLACES = 4096, WAYS = 8, WINDOW_MS = 10 * 60 * 1000 };

struct place {
	uint64_t key;
	int64_t since_ms;
	int n;
};

static struct place places[PLACES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct place *find(uint64_t key)
{
	for (size_t i = 0; i < WAYS; i++) {
		struct place *p = &places[(key + i) % PLACES];

		if (p->n && p->key == key)
			return p;
	}
	return NULL;
}

static struct place *make(uint64_t key, int64_t now_ms)
{
	struct place *oldest = &places[key % PLACES];

	for (size_t i = 0; i < WAYS; i++) {
		struct place *p = &places[(key + i) % PLACES];

		if (!p->n || p->since_ms < oldest->since_ms)
			oldest = p;
		if (!p->n)
			break;
	}
	*oldest = (struct place){ .key = key, .since_ms = now_ms };
	return oldest;
}

bool attempt_take(uint64_t key, int limit, int64_t now_ms)
{
	pthread_mutex_lock(&lock);
	struct place *p = find(key);
	if (p && now_ms - p->since_ms >= WINDOW_MS)
		*p = (struct place){ .key = key, .since_ms = now_ms };
	if (!p)
		p = make(key, now_ms);
	bool free = p->n < limit;
	p->n += free;
	pthread_mutex_unlock(&lock);
	return free;
}

void attempt_forget(uint64_t key)
{
	pthread_mutex_lock(&lock);
	struct place *p = find(key);
	if (p)
		p->n = 0;
	pthread_mutex_unlock(&lock);
}

void attempt_return(uint64_t key)
{
	pthread_mutex_lock(&lock);
	struct place *p = find(key);
	if (p)
		p->n--;
	pthread_mutex_unlock(&lock);
}
