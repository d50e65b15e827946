/*
 * tools/liaison-load - many clients of doc/realtime.md in one program, for measuring.
 *
 *	liaison-load prepare --data DIR --pairs N >people
 *	liaisond --data DIR … &
 *	liaison-load run   --connect HOST:PORT --people FILE [--depth 8] [--rate R] …
 *	liaison-load idle  --connect HOST:PORT --people FILE --pid PID …
 *
 * `prepare` fills a new data folder through the core's own functions, before the
 * server starts: a corp, N members, each with one customer, and a session for each.
 * A line of the file is "MEMBER-TOKEN CONSUMER-TOKEN CHAT".
 *
 * `run`: each pair talks.  With --depth that many messages are kept in flight in a
 * pair (half from each side); with --rate so many are sent each second by all
 * together, whatever comes back.  A message carries the time of its sending.  At the
 * end everything sent must have been acknowledged once and delivered once, in order:
 * otherwise the exit status is 1.
 *
 * `idle`: opens all sockets, says hello, says it again with the cursor it got, and
 * looks at the server's memory.
 *
 * One thread and one epoll, so that it takes as little of the machine as it can.
 */
#ifndef LIAISON_LOAD_H
#define LIAISON_LOAD_H

#include "base/base.h"
#include "base/str.h"

struct options {
	const char *data;            /* prepare */
	const char *host, *port;     /* run, idle */
	const char *people;          /* the file */
	int pairs;                   /* 0: as many as the file has */
	int depth;                   /* in flight in a pair */
	int bytes;                   /* of a message's content */
	double rate;                 /* messages a second; 0: by depth */
	double warm_s, seconds;      /* before measuring; of measuring */
	int opening;                 /* handshakes at a time */
	int pid;                     /* the server's, for its memory */
};

int prepare(const struct options *o);
int run(const struct options *o);
int idle(const struct options *o);

/* ---- sockets (client.c) ---- */

enum state { CLOSED, CONNECTING, SHAKING, GREETING, OPEN };

struct client {
	int fd;
	enum state state;
	bool writing; /* epoll waits for room, or for the connection */
	bool again;   /* the second hello has been said */
	const char *token, *chat;
	bool consumer;
	struct client *peer;
	/* bytes half received, half sent */
	char *in, *out;
	size_t in_n, in_cap, out_n, out_cap;
	/* the talk */
	int in_flight;
	int64_t sent, acked, seen;
};

struct crowd {
	const struct options *o;
	struct client *v;
	size_t n, open, started;
	int epoll;
	size_t hellos; /* answered, the second ones not counted */
	bool say_again;
	/* called for a whole text frame of an open client */
	void (*on_frame)(struct crowd *c, struct client *cl, str text);
	void *arg;
};

void crowd_load(struct crowd *c, const struct options *o);
/* Connects those who are not yet, at most o->opening at a time, and moves bytes for
 * at most wait_ms. */
void crowd_turn(struct crowd *c, int wait_ms);
/* Turns until everybody has said hello. */
void crowd_open_all(struct crowd *c);
void crowd_free(struct crowd *c);
/* Queues a text frame; crowd_flush sends. */
void client_say(struct client *cl, const char *text, size_t n);
void client_flush(struct crowd *c, struct client *cl);

int64_t now_ns(void);
NORETURN void give_up(const char *fmt, ...) FORMAT(1, 2);

#endif
