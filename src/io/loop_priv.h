/*
 * io/loop_priv.h - the inside of a loop, for the files of io/ only.
 *
 * What io/ keeps once for each loop hangs here: the buffer that all sockets
 * read into, arenas to use again, sockets with output to flush, the WebSocket
 * heartbeat, the HTTP client.
 */
#ifndef IO_LOOP_PRIV_H
#define IO_LOOP_PRIV_H

#include <stdatomic.h>

#include <event2/event.h>
#include <event2/event_struct.h>

#include "base/arena.h"
#include "base/thread.h"
#include "io/loop.h"

enum {
	LOOP_READ_BYTES = 65536,
	LOOP_SPARE_ARENAS = 64,
	LOOP_MAX_HOOKS = 8,
};

/* Waits for the end of the turn, when nobody stands on it any more. */
struct grave {
	struct grave *next;
	void (*bury)(struct grave *g);
};

struct sock;
struct heartbeat;
struct fetcher;

struct loop {
	struct event_base *base;
	const char *name;
	struct mailbox box;
	int wake_fd;
	struct event *wake;
	struct thread thread;
	bool started;
	atomic_bool stopping;
	struct {
		void (*fn)(void *);
		void *arg;
	} hooks[LOOP_MAX_HOOKS];
	size_t n_hooks;
	struct event *limit; /* of loop_turn */
	bool clock_is_read;  /* in this turn */
	int64_t now_ms, mono_ms;
	struct sock *dirty; /* have output to flush */
	struct grave *graves, **last_grave;
	char *read_buf; /* LOOP_READ_BYTES, used within one callback only */
	struct arena *spare[LOOP_SPARE_ARENAS];
	size_t n_spare;
	char date[32]; /* for the HTTP Date field */
	int64_t date_s;
	struct heartbeat *heartbeat; /* ws.c */
	void (*heartbeat_free)(struct heartbeat *hb);
	struct fetcher *fetcher; /* http_client.c */
	void (*fetcher_free)(struct fetcher *f);
};

/* An arena from the loop's spare ones, and back again. */
struct arena *loop_arena(struct loop *loop);
void loop_arena_back(struct loop *loop, struct arena *a);
/* g->bury is called at the end of the turn; in the order of loop_bury. */
void loop_bury(struct loop *loop, struct grave *g);
/* Monotonic milliseconds, read once a turn. */
int64_t loop_mono_ms(struct loop *loop);
/* "Sun, 22 Nov 2026 16:15:38 GMT" */
str loop_date(struct loop *loop);

#endif
