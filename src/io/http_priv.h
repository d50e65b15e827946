/*
 * io/http_priv.h - the inside of the HTTP server, for io/http_*.c and the upgrade.
 *
 *	http_server.c   listening, shards, stopping
 *	http_conn.c     bytes -> requests, time limits, the end of a connection
 *	http_req.c      what a handler asks of a request
 *	http_reply.c    replies -> bytes
 *
 * A shard is the server's part on one loop; it owns its connections.  A request
 * outlives its connection when the peer goes while it is out: conn is NULL then.
 *
 *	       first byte        whole head          whole body
 *	IDLE ------------> HEAD ------------> BODY ------------> OUT
 *	  ^                                                       | http_reply
 *	  +-------------------------------------------------------+
 *	                                                          | or, when it was the last
 *	                              gone <---- LINGER <---- CLOSING
 */
#ifndef IO_HTTP_PRIV_H
#define IO_HTTP_PRIV_H

#include <stdatomic.h>

#include "io/addr.h"
#include "io/http_parse.h"
#include "io/http_server.h"
#include "io/sock.h"

enum { HTTP_MAX_PROXIES = 32 };

struct shard {
	struct http_server *server;
	struct loop *loop;
	struct conn *conns;
	size_t n_requests; /* not yet released, with or without a connection */
	struct timer sweep, grace;
	bool stopping, ended;
	struct task begin, stop;
};

struct http_server {
	struct http_server_config config; /* with the defaults filled in */
	struct addr_net proxies[HTTP_MAX_PROXIES];
	size_t n_proxies;
	struct ssl_ctx_st *tls;
	struct shard *shards;
	size_t n_shards, next_shard;
	int listen_fd, port;
	struct event *accepting;
	struct timer accept_pause;
	atomic_size_t n_conns, n_open_shards;
	atomic_size_t body_bytes; /* held for requests, of all loops */
	int grace_ms;
	void (*done)(void *arg);
	void *done_arg;
	struct task done_task;
};

enum conn_state {
	CONN_IDLE,
	CONN_HEAD,
	CONN_BODY,
	CONN_OUT,
	CONN_CLOSING,
	CONN_LINGER,
	CONN_GONE
};

struct conn {
	struct sock sock;
	struct grave grave;
	struct shard *shard;
	struct conn *next, **prev;
	enum conn_state state;
	bool running;       /* conn_run is below us on the stack */
	bool keep_alive;    /* as the request being served says */
	bool ended;         /* the peer sends no more */
	struct request *rq; /* in BODY and OUT */
	char *in;           /* bytes that are not taken yet */
	size_t in_n, in_cap, scanned;
	size_t lingered;
	int64_t since_ms; /* monotonic: when the state began that has a limit */
	uint32_t moved;   /* sock.sent at the last sweep, and since when it is that */
	int64_t moved_ms;
	struct request *file_rq; /* whose file is being sent */
	int file_fd;
	int64_t file_offset, file_left;
	void (*heir)(void *arg, str early); /* of the socket, after an upgrade */
	void *heir_arg;
	char remote[46];
	bool from_proxy;
};

struct request {
	struct http_req pub;
	struct shard *shard;
	struct conn *conn; /* NULL when the peer has gone */
	const struct http_field *fields;
	size_t n_fields;
	int minor;
	bool keep_alive, chunked;
	struct http_chunks chunks;
	size_t body_max, body_want; /* body_want: Content-Length */
	char *body;
	size_t body_n, body_cap;
};

/* http_conn.c */
void conn_new(struct shard *shard, int fd, const struct sockaddr *peer);
/* Ends it at once; a request that is out stays with whoever has it. */
void conn_drop(struct conn *c);
/* The reply is in the queue: goes on with the next request or to the end. */
void conn_replied(struct conn *c);
/* Time limits of all connections of a shard. */
void conn_sweep(struct shard *shard);
void conn_stop_idle(struct shard *shard);
/* Gives the request's socket to another owner; the connection ends.  heir(arg, …)
 * is called at the end of the turn when bytes followed the request. */
void conn_bequeath(struct conn *c, struct sock *to, const struct sock_ops *ops,
	void (*heir)(void *arg, str early), void *arg);

/* http_req.c */
void request_fill(struct request *rq);

/* http_reply.c */
void request_release(void *rq);
/* A reply to what is no request. */
void conn_refuse(struct conn *c, int status);

/* http_server.c */
void shard_changed(struct shard *shard);

#endif
