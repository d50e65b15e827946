/*
 * io/sock.h - a connected socket with a queue of output; for io/ only.
 *
 * HTTP connections and WebSockets embed one.  Output is put as pieces and leaves
 * at the end of the loop's turn, all that fits in one system call; what the
 * kernel does not take waits for writability.  An idle sock holds no memory
 * beside itself.
 *
 * The owner is told what happens through ops.  After sock_close nothing is called
 * any more; the memory is given back by the owner's grave, never earlier.
 */
#ifndef IO_SOCK_H
#define IO_SOCK_H

#include <sys/types.h>
#include <sys/uio.h>

#include "io/loop_priv.h"

struct ssl_st;

/* Bytes on their way; gone(arg) is called once they were sent or dropped.  A
 * piece without bytes only marks a place. */
struct piece {
	const char *p;
	size_t n;
	void (*gone)(void *arg);
	void *arg;
};

struct sock_ops {
	void (*readable)(struct sock *s);
	/* All that was put has left; more may be put. */
	void (*drained)(struct sock *s);
	/* Sending failed: the peer is gone. */
	void (*failed)(struct sock *s);
};

struct sock {
	struct event ev;
	struct loop *loop;
	const struct sock_ops *ops;
	struct ssl_st *ssl; /* NULL without TLS */
	struct sock *next_dirty;
	struct piece *out;
	uint32_t out_first, out_n, out_cap;
	uint32_t sent; /* bytes, modulo 2^32: whether anything moves */
	size_t queued;
	int fd;
	bool reading, blocked, dirty, closed;
};

/* Takes fd over and begins to read.  `s` is zeroed. */
void sock_open(struct sock *s, struct loop *loop, int fd, const struct sock_ops *ops);
/* Gives the descriptor, the TLS state and the output of `from` to another owner;
 * `from` is closed afterwards. */
void sock_move(struct sock *to, struct sock *from, const struct sock_ops *ops);
void sock_close(struct sock *s);

/* Whether to hear of input. */
void sock_set_reading(struct sock *s, bool reading);

enum { SOCK_END = 0, SOCK_AGAIN = -1, SOCK_FAILED = -2 };
/* Bytes read, or one of the above. */
ssize_t sock_read(struct sock *s, char *p, size_t n);

void sock_put(struct sock *s, struct piece piece);
/* Sends now; called at the end of the turn for all that have output. */
void sock_flush(struct sock *s);
void sock_flush_dirty(struct loop *loop);
/* Sends from a file without the queue (which is empty): bytes sent or as above. */
ssize_t sock_send_file(struct sock *s, int fd, int64_t offset, size_t n);
/* Calls drained when the kernel takes more. */
void sock_wait_writable(struct sock *s);
/* Tells the peer that nothing more comes. */
void sock_shut(struct sock *s);

/* ---- sock_tls.c: the same over OpenSSL ---- */

struct ssl_ctx_st;
/* NULL and *out_words when the files cannot be used. */
struct ssl_ctx_st *tls_server_new(const char *cert, const char *key,
	const char **out_words);
void tls_server_free(struct ssl_ctx_st *tls);
void tls_open(struct sock *s, struct ssl_ctx_st *tls);
void tls_close(struct sock *s);
ssize_t tls_read(struct sock *s, char *p, size_t n);
ssize_t tls_send(struct sock *s, const struct iovec *v, int n);
void tls_shut(struct sock *s);

#endif
