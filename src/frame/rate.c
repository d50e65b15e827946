#include "frame/rate.h"

#include <pthread.h>

enum { SLOTS = 1 << 14, MINUTE_MS = 60000 };

static struct slot {
	uint64_t key;
	int64_t minute, count;
} slots[SLOTS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

bool rate_take(uint64_t key, int64_t per_minute, int64_t now_ms)
{
	struct slot *s = &slots[key % SLOTS];
	int64_t minute = now_ms / MINUTE_MS;
	bool ok;

	if (!per_minute)
		return true;
	pthread_mutex_lock(&lock);
	if (s->key != key || s->minute != minute)
		*s = (struct slot){ .key = key, .minute = minute };
	ok = s->count < per_minute;
	s->count += ok;
	pthread_mutex_unlock(&lock);
	return ok;
}

static int64_t count(uint64_t key, int64_t now_ms, int64_t more)
{
	struct slot *s = &slots[key % SLOTS];
	int64_t minute = now_ms / MINUTE_MS, n;

	pthread_mutex_lock(&lock);
	if (s->key != key || s->minute != minute)
		*s = (struct slot){ .key = key, .minute = minute };
	n = s->count += more;
	pthread_mutex_unlock(&lock);
	return n;
}

int64_t rate_count(uint64_t key, int64_t now_ms)
{
	return count(key, now_ms, 1);
}

int64_t rate_counted(uint64_t key, int64_t now_ms)
{
	return count(key, now_ms, 0);
}

enum err rate_api(struct req *rq)
{
	const struct actor *a = &rq->cx->actor;
	uint64_t key = (uint64_t)a->corp * 0x9e3779b97f4a7c15u ^
		(uint64_t)a->id * 0xc2b2ae3d27d4eb4fu ^ (uintptr_t)rq->route;

	/* Before there is a token (gettoken) one address does not use up another's calls. */
	if (a->kind == ACTOR_NOBODY)
		key ^= str_hash(rq->http->remote);
	if (rate_take(key ^ key >> 29, rq->house->rate_api_per_minute, rq->cx->now_ms))
		return OK;
	return why(rq->cx, ERR_TOO_OFTEN, "%" PRId64 " calls a minute are allowed",
		rq->house->rate_api_per_minute);
}

enum err rate_address(struct req *rq, const char *what)
{
	uint64_t key = str_hash(rq->http->remote) ^ str_hash(str_of(what)) * 31;

	if (rate_take(key, rq->house->rate_address_per_minute, rq->cx->now_ms))
		return OK;
	return why(rq->cx, ERR_TOO_OFTEN,
		"too many tries from this address, wait a minute");
}

int64_t rate_consumer(struct house *house, int64_t consumer, int64_t now_ms)
{
	uint64_t key = (uint64_t)consumer * 0x9e3779b97f4a7c15u ^ 0x636f6e73756d6572u;

	if (rate_take(key ^ key >> 29, house->rate_consumer_per_minute, now_ms))
		return 0;
	return MINUTE_MS - now_ms % MINUTE_MS;
}

enum err rate_person(struct req *rq, const char *what, int64_t per_minute)
{
	const struct actor *a = &rq->cx->actor;
	uint64_t key = str_hash(str_of(what)) ^ (uint64_t)a->corp * 0x9e3779b97f4a7c15u ^
		(uint64_t)a->id * 0xc2b2ae3d27d4eb4fu;

	if (rate_take(key ^ key >> 29, per_minute, rq->cx->now_ms))
		return OK;
	return why(rq->cx, ERR_TOO_OFTEN, "at most %" PRId64 " a minute", per_minute);
}
