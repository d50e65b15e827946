/*
 * core/account/seen.c - when sessions were last used, written in passing.
 *
 * Checking a session is reading; what it learns waits here until the clock
 * writes it.  Of what is lost with the process nothing matters.
 */
#include <pthread.h>

#include "core/account/account.sql.h"
#include "core/account/private.h"

enum { PLACES = 4096, WAYS = 4 };
#define SESSION_IDLE_MS ((int64_t)SESSION_IDLE_DAYS * 24 * 3600 * 1000)

static struct seen places[PLACES];
static bool any;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void seen_note(const struct seen *s)
{
	pthread_mutex_lock(&lock);
	for (size_t i = 0; i < WAYS; i++) {
		struct seen *p = &places[((uint64_t)s->session + i) % PLACES];

		if (p->session && p->session != s->session)
			continue;
		*p = *s;
		any = true;
		break;
	}
	pthread_mutex_unlock(&lock);
}

static size_t take_all(struct seen *out)
{
	size_t n = 0;

	pthread_mutex_lock(&lock);
	for (size_t i = 0; any && i < PLACES; i++)
		if (places[i].session) {
			out[n++] = places[i];
			places[i].session = 0;
		}
	any = false;
	pthread_mutex_unlock(&lock);
	return n;
}

struct flush {
	const struct seen *v;
	size_t n;
};

static enum err flush_write(struct tx *tx, void *arg)
{
	const struct flush *f = arg;

	for (size_t i = 0; i < f->n; i++) {
		const struct seen *s = &f->v[i];

		if (s->is_member)
			TRY(member_session_seen(tx, s->holder, s->session, s->seen_ms,
				s->seen_ms + SESSION_IDLE_MS));
		else
			TRY(consumer_session_seen(tx, s->holder, s->session, s->seen_ms));
	}
	return OK;
}

enum err account_seen_flush(struct store *store, struct ctx *cx)
{
	struct seen *all = ARENA_ARRAY(cx->mem, struct seen, PLACES);
	struct flush f = { .v = all, .n = take_all(all) };

	return f.n ? store_write(store, cx, flush_write, &f) : OK;
}
