/*
 * io/http_server.h - the HTTP/1.1 server.
 *
 * One listening socket, shared by several loops; a connection stays with the
 * loop that accepted it.  The handler is called on that loop, once a request
 * has come in whole, within the limits; what is too large, too slow, broken or
 * ambiguous is answered (400, 408, 411, 413, 414, 417, 431, 501) without it.
 * Keep-alive, pipelining, HEAD and Expect: 100-continue are taken care of.
 *
 * A request is owned by whoever answers it: handed to the handler, it may travel
 * to a worker and must come back to its loop for http_reply, which consumes it.
 * Every request is answered exactly once, also when the peer has gone meanwhile.
 * On another thread its fields, its arena and http_header … may be used freely;
 * nothing on the loop touches them while the request is out.
 */
#ifndef IO_HTTP_SERVER_H
#define IO_HTTP_SERVER_H

#include "base/arena.h"
#include "base/blob.h"
#include "base/err.h"
#include "io/loop.h"

enum http_method {
	HTTP_GET,
	HTTP_HEAD,
	HTTP_POST,
	HTTP_PUT,
	HTTP_PATCH,
	HTTP_DELETE,
	HTTP_OPTIONS,
};

struct http_req {
	struct loop *loop;
	struct arena *mem; /* freed when the reply has been given to the socket */
	struct task task;  /* for whoever has the request, to post it back */
	void *user;        /* for whoever has the request */
	enum http_method method;
	str target; /* as it came: "/a%20b?c=d" */
	str path;   /* before the '?', still percent-encoded */
	str query;  /* after the '?', empty without one */
	str body;
	str remote; /* the client's address; X-Forwarded-For counts from trusted proxies */
	bool secure; /* TLS here, or X-Forwarded-Proto: https from a trusted proxy */
};

/* A header field's value (the first of that name), a cookie's; empty when absent. */
str http_header(const struct http_req *rq, const char *name);
str http_cookie(const struct http_req *rq, const char *name);
/* The decoded value of a query field; false when absent. */
bool http_query(struct http_req *rq, const char *name, str *out);
/* Percent-decoding; '+' is a blank in queries and forms, not in paths.  False,
 * when an escape is broken or gives NUL. */
bool http_decode(struct arena *mem, str s, bool plus_is_blank, str *out);

/* ---- answering ---- */

struct http_field {
	str name, value; /* no CR, LF: a reply with them is a BUG */
};

/* Bytes of a body: in rq->mem or static, or, when `blob` is set, inside the blob,
 * one reference of which http_reply takes over. */
struct http_piece {
	str bytes;
	struct blob *blob;
};

struct http_reply {
	int status;
	const struct http_field *fields; /* Date, Content-Length, Connection are ours */
	size_t n_fields;
	const struct http_piece *body;
	size_t n_body;
	/* With has_file the body is a part of a file; the descriptor is taken over. */
	bool has_file;
	int fd;
	int64_t offset, length;
	bool close; /* end the connection after this reply */
};

/* On rq->loop.  Consumes rq: it and its arena are gone when the bytes have left
 * or the peer has, so nothing of it may be used after the call. */
void http_reply(struct http_req *rq, const struct http_reply *reply);
/* A whole body of one type, the bytes of which live in rq->mem or are static. */
void http_reply_bytes(struct http_req *rq, int status, const char *content_type,
	str body);

/* ---- the server ---- */

struct http_server_config {
	const char *listen; /* "127.0.0.1:8420", "[::]:80"; port 0 chooses one */
	void (*handle)(struct http_req *rq, void *arg);
	void *arg;
	/* Limits; 0 gives the default in brackets. */
	size_t max_target_bytes;  /* [8 KiB] 414 */
	size_t max_headers_bytes; /* request line and header [16 KiB] 431 */
	size_t max_body_bytes;    /* [1 MiB] 413 */
	/* The limit for one request's body, told from its path; NULL: the above. */
	size_t (*max_body_of)(enum http_method method, str path, void *arg);
	/* [512 MiB] of all requests together.  Beyond it 503 for bodies of more than
	 * 64 KiB: strangers may not fill the memory with uploads before it is known
	 * who they are. */
	size_t max_bodies_bytes;
	/* Answers a request whose body is over its limit, which it does not hold; the
	 * connection ends after the reply.  NULL: 413 in plain words. */
	void (*too_large)(struct http_req *rq, void *arg);
	int read_ms;  /* from the first byte of a request to its last [30 s] 408; a
		      * body gets a second more for each 16 KiB */
	int idle_ms;  /* between requests on a connection [75 s] */
	int write_ms; /* without progress in sending [30 s] */
	size_t max_connections; /* beyond them: accepted and closed [60000] */
	/* Networks of proxies whose X-Forwarded-For is believed, "127.0.0.1, ::1". */
	const char *trusted_proxies;
	const char *tls_cert, *tls_key; /* PEM files; both or neither */
};

struct http_server;

/* Listens before it returns, so a port in use is an error here; ERR_INVALID_ARGUMENT
 * for a config that cannot be, ERR_CONFLICT for an address in use or not ours.
 * *out_words says what is wrong, in static or arena memory.  The loops may run or
 * not yet; the config is copied. */
enum err http_server_start(struct loop *const *loops, size_t n_loops,
	const struct http_server_config *config, struct http_server **out,
	const char **out_words);
/* The port, also when the kernel chose it. */
int http_server_port(const struct http_server *s);
/* Stops accepting and closes idle connections; requests that are out are still
 * answered, each with Connection: close.  Calls done(arg) on the first loop when
 * all is closed, after which http_server_free may be called; what is still open
 * after grace_ms is cut (but requests that are out are always waited for).
 * Upgraded sockets are not counted: their owner closes them.  Any thread. */
void http_server_stop(struct http_server *s, int grace_ms, void (*done)(void *arg),
	void *arg);
void http_server_free(struct http_server *s);
/* Connections that are open now, without upgraded ones. */
size_t http_server_connections(const struct http_server *s);

#endif
