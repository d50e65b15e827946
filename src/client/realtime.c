/*
 * client/realtime.c - the socket's door, and its beginning and end.
 */
#include "client/realtime.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/clock.h"
#include "bus/bus.h"
#include "client/client.h"

enum { FRAME_BUDGET = 16 << 20, GOODBYE_MS = 3000 };

struct realtime realtime;

static pthread_mutex_t end_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t end_moved = PTHREAD_COND_INITIALIZER;

struct hub *hub_of(struct loop *loop)
{
	for (size_t i = 0; i < realtime.n_hubs; i++)
		if (realtime.hubs[i].loop == loop)
			return &realtime.hubs[i];
	BUG_IF(true, "a loop without a hub");
}

void realtime_init(struct house *house)
{
	realtime.house = house;
	realtime.n_hubs = house->n_loops;
	realtime.hubs = calloc(house->n_loops, sizeof(*realtime.hubs));
	BUG_IF(!realtime.hubs, "out of memory");
	atomic_store(&realtime.open, 0);
	atomic_store(&realtime.in_flight, 0);
	atomic_store(&realtime.stopping, false);
	for (size_t i = 0; i < house->n_loops; i++) {
		struct hub *hub = &realtime.hubs[i];

		hub->house = house;
		hub->loop = house->loops[i];
		hub->cx = ctx_new(FRAME_BUDGET);
		bus_subscribe(hub->loop, hub_hear, hub);
	}
}

int64_t realtime_sessions(void)
{
	return atomic_load(&realtime.open);
}

/* ---- a new socket ---- */

static void refuse(struct http_req *http, enum err err)
{
	const struct err_row *row = err_row(err);
	str body = arena_printf(http->mem, "{\"errcode\":%d,\"errmsg\":\"%s\"}", (int)err,
		row->english);

	http_reply_bytes(http, row->http, "application/json; charset=UTF-8", body);
}

void realtime_handle(struct house *house, struct http_req *http)
{
	struct hub *hub = hub_of(http->loop);
	struct ctx *cx = hub->cx;
	enum client client = gate_client(http);
	struct session *s;
	enum err err;

	ctx_restart(cx);
	cx->actor = (struct actor){ 0 };
	err = hub->stopping ? ERR_STOPPING : gate_origin(house, cx, http);
	if (err != OK) {
		refuse(http, err);
		return;
	}
	s = session_new(hub, client);
	/* A browser cannot read why a handshake failed, so it is told by a frame. */
	err = gate_session(house, cx, http, client, STR_NONE);
	if (err == OK)
		session_know(s, cx);
	session_expect_hello(s, err);
	s->ws = http_upgrade(http, &session_handler, s);
	if (!s->ws)
		session_unref(s);
}

/* ---- the end ---- */

void realtime_ended(void)
{
	if (!atomic_load(&realtime.stopping))
		return;
	pthread_mutex_lock(&end_lock);
	pthread_cond_signal(&end_moved);
	pthread_mutex_unlock(&end_lock);
}

static void stop_hub(struct loop *loop, struct task *t)
{
	struct hub *hub = CONTAINER_OF(t, struct hub, stop);

	(void)loop;
	hub->stopping = true;
	for (struct session *s = hub->all; s; s = s->next_all)
		if (s->ws)
			ws_close(s->ws, 1001, "the server is stopping");
	atomic_fetch_sub(&realtime.in_flight, 1);
	realtime_ended();
}

/* Waits a moment; true when the time is over. */
static bool wait_over(const struct timespec *until)
{
	return pthread_cond_timedwait(&end_moved, &end_lock, until) == ETIMEDOUT;
}

void realtime_stop(struct house *house)
{
	struct timespec until;
	bool over = false;

	(void)house;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += GOODBYE_MS / 1000;
	atomic_store(&realtime.stopping, true);
	/* A hub that has not stopped yet counts as in flight. */
	atomic_fetch_add(&realtime.in_flight, (int_fast64_t)realtime.n_hubs);
	for (size_t i = 0; i < realtime.n_hubs; i++) {
		realtime.hubs[i].stop.run = stop_hub;
		loop_post(realtime.hubs[i].loop, &realtime.hubs[i].stop);
	}
	pthread_mutex_lock(&end_lock);
	while (atomic_load(&realtime.in_flight) ||
		(atomic_load(&realtime.open) && !over)) {
		if (over)
			pthread_cond_wait(&end_moved, &end_lock);
		else
			over = wait_over(&until);
	}
	pthread_mutex_unlock(&end_lock);
}

void realtime_release(void)
{
	for (size_t i = 0; i < realtime.n_hubs; i++) {
		struct hub *hub = &realtime.hubs[i];

		posts_free(hub);
		people_free(hub);
		free(hub->places);
		ctx_free(hub->cx);
	}
	free(realtime.hubs);
	realtime.hubs = NULL;
	realtime.n_hubs = 0;
}
