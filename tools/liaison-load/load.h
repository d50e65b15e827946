/*
 * tools/liaison-load - many clients from one thread, and what they saw.
 *
 *	liaison-load prepare --data DIR --clients N >PAIRS
 *	liaison-load customers --data DIR --clients N
 *	liaison-load filter --data DIR
 *	liaison-load handover --data DIR --clients N
 *	liaison-load chat --to HOST:PORT --pairs FILE [--clients N] [--inflight N]
 *	             [--seconds N] [--warm N] [--bytes N] [--protocol P]
 *	liaison-load rate …the same… --rate N
 *	liaison-load idle --to HOST:PORT --pairs FILE --clients N --pid PID
 *
 * `prepare` adds to a data folder, through the core's own functions and before the
 * server starts: a corp, members, each with one customer, and a session for each.
 * `customers` adds a corp with so many customers, three follows and five labels each, and
 * prints whom to ask for; `filter` asks for some of them, in this process, and prints what
 * it took.
 * `chat` keeps --inflight messages in flight in each pair, `rate` sends so many a
 * second by all together whatever comes back, and `idle` opens all sockets and looks
 * at the memory of the server.  At the end everything sent must have been accepted
 * and delivered once, and sequences must be dense, else the exit status is 1.
 *
 * The engine (load.c) has connections, buffers and counters; a protocol turns
 * bytes into events of it.  The same engine drives Liaison's realtime socket and
 * the servers it is compared with, so they pay the same for being measured.
 *
 * Clients come in pairs, 2i and 2i+1, who write to each other.  A message is in
 * flight until its sender has the acknowledgement and its partner the message.
 * A message's text begins with the moment of sending: 16 hexadecimal digits.
 */
#ifndef LIAISON_LOAD_H
#define LIAISON_LOAD_H

#include "base/err.h"

enum { STAMP_CHARS = 16 };

struct bytes {
	char *p;
	size_t n, room;
};

struct peer {
	int fd;
	int step; /* the protocol's; while not ready */
	uint32_t index;
	bool ready, dirty, wants_out;
	struct bytes in, out; /* what is not a whole unit yet; what was not sent yet */
	int64_t sent, accepted,
		delivered; /* of its own messages; the last at the partner */
	int64_t seq_n, seq_low, seq_high; /* what it saw, where sequences are dense */
	const char *token, *chat;         /* realtime: from the file of pairs */
};

struct protocol {
	const char *name;
	/* The socket is connected: say the first words. */
	void (*open)(struct peer *p);
	/* One unit from the front of what came: its size, 0 while it is not whole. */
	size_t (*take)(struct peer *p, const char *at, size_t n);
	/* Puts one message to the partner. */
	void (*put)(struct peer *p, const char *text, size_t n);
};

extern const struct protocol realtime_protocol, mqtt_protocol, xmpp_protocol;

extern struct load {
	const struct protocol *protocol;
	const char *host;
	int port;
	int64_t clients, inflight, seconds, warm, bytes, rate, pid;
	const char *pairs, *data;
	struct peer *peers;
	int64_t n_open, n_ready;
	int64_t began_us;
	int64_t accepted, delivered; /* since the count was begun */
	bool sending, steady;
} load;

/* ---- for protocols ---- */

void put(struct peer *p, const void *bytes, size_t n);
void put_text(struct peer *p, const char *fmt, ...) FORMAT(2, 3);
/* The place of n more bytes, already counted as put. */
char *put_room(struct peer *p, size_t n);
void on_ready(struct peer *p);
/* The server has taken p's oldest message that it had not. */
void on_accepted(struct peer *p);
/* p got its partner's message, which begins with the stamp. */
void on_delivered(struct peer *p, const char *text);
/* False for what a server kept from another one. */
bool is_of_this_run(const char *text);
void on_seq(struct peer *p, int64_t seq);
uint32_t random_u32(void);

/* ---- for main.c ---- */

int64_t now_us(void);
void load_connect(void);
/* Serves the sockets until the moment, or until *count is what is wanted. */
void load_run(int64_t until_us, const int64_t *count, int64_t wanted);
void load_fill(void);
void load_send_at(struct peer *p, int64_t stamp_us);
int64_t load_in_flight(void);
/* prepare.c: fills a data folder and prints the pairs. */
void load_prepare(const char *dir);
/* customers.c */
void load_customers(const char *dir);
void load_filter(const char *dir);
/* handover.c */
void load_handover(const char *dir, int64_t customers);

/* Latencies since they were cleared. */
extern uint32_t *latency_us;
extern int64_t n_latencies;

#endif
