/*
 * io/http_client.h - requests to other servers.
 *
 * libcurl's multi interface on a loop: nothing blocks, connections are kept and
 * reused.  Only http and https; TLS is verified; redirects are not followed;
 * proxies of the environment do not count; the reply is bounded.  The address
 * that is really connected to is checked, after DNS: private ones are refused
 * with ERR_PRIVATE_ADDRESS unless the fetch allows them.
 */
#ifndef IO_HTTP_CLIENT_H
#define IO_HTTP_CLIENT_H

#include "base/arena.h"
#include "base/err.h"
#include "io/http_server.h"
#include "io/loop.h"

struct fetch {
	str method; /* empty: GET, or POST when there is a body */
	str url;
	const struct http_field *fields;
	size_t n_fields;
	str body;
	int timeout_ms;         /* for all of it; 0: 10 s */
	size_t max_reply_bytes; /* of the body; 0: 1 MiB; beyond: ERR_TOO_LARGE */
	bool allow_private;
};

struct fetched {
	enum err err; /* OK: there was an answer, whatever its status;
		       * ERR_INVALID_ARGUMENT, ERR_PRIVATE_ADDRESS, ERR_UNREACHABLE,
		       * ERR_TOO_LARGE, ERR_STOPPING otherwise */
	str words;    /* what went wrong, for people; empty when OK */
	int status;
	str content_type;
	str body;
	str retry_after; /* that header, empty when absent */
	int64_t took_ms;
};

/* Any thread; everything in `f` is copied.  done(arg, …) is called once, on the
 * loop; what it gets lives during the call. */
void http_fetch(struct loop *loop, const struct fetch *f,
	void (*done)(void *arg, const struct fetched *got), void *arg);
/* On the loop, or after it ended and before loop_join: ends all fetches of the
 * loop with ERR_STOPPING, and refuses new ones so. */
void http_client_stop(struct loop *loop);

#endif
