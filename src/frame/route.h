/*
 * frame/route.h - one row declares an endpoint.
 *
 *	const struct route tag_routes[] = {
 *		POST("/cgi-bin/tag/create", tag_create, contacts_write, WRITES, "Create a tag"),
 *		LAST_ROUTE,
 *	};
 *
 * The row's handler is `tag_create`; its shapes are tag_create_in and
 * tag_create_out (SHAPE makes them; NO_IN(tag_create), NO_OUT(tag_create) when there
 * is nothing).  The gate finds the row, learns who calls, checks scope and rate,
 * fills `in`, runs the handler in its mode, and encodes `out`.
 *
 * Doors by path: "/cgi-bin/" answers in WeCom's form (HTTP 200, errcode and
 * errmsg first) and wants access_token; "/v1/" uses HTTP status and sessions.
 * GET rows also take POST and the other way round where WeCom's clients do so;
 * fields come from the JSON body, then from the query.
 */
#ifndef FRAME_ROUTE_H
#define FRAME_ROUTE_H

#include "base/shape.h"
#include "core/actor.h"
#include "frame/house.h"
#include "io/http_server.h"
#include "store/store.h"

enum mode {
	READS,       /* a worker, one read snapshot */
	READS_QUICK, /* the loop itself: point reads only */
	WRITES,      /* inside a write transaction; the reply leaves after the commit */
	WAITS,       /* a worker, no transaction; opens short ones itself */
};

enum client { CLIENT_NONE, CLIENT_DESK, CLIENT_CONSOLE, CLIENT_CONSUMER };

struct req {
	struct ctx *cx;
	struct tx *tx; /* READS, READS_QUICK, WRITES; else NULL */
	const void *in;
	void *out;
	const struct route *route;
	struct house *house;
	struct http_req *http;
	enum client client;
	struct answer *answer; /* see below; private */
};

typedef enum err handler(struct req *rq);

struct route {
	const char *method, *path;
	handler *run;
	enum scope scope;
	enum mode mode;
	const struct shape *(*in)(void), *(*out)(void);
	const char *doc;
	const char *name; /* of the handler: operationId */
	int flags;
	handler *
		before; /* NULL, or run once before a WRITES handler, which may run again:
			  * in the snapshot that admits the request, on the loop.  For
			  * limits of rate and other point reads. */
};

enum route_flags {
	ROUTE_RAW_BODY = 1,  /* the body is not JSON; fields come from the query only */
	ROUTE_RAW_REPLY = 2, /* the handler answers by answer_bytes or answer_file */
	ROUTE_LARGE = 4, /* bodies up to 21 MiB (uploads, imports); see gate_max_body */
};

#define ROUTE(method, path, run, scope, mode, doc, flags)                                \
	{                                                                                \
		method, path, run, SCOPE_##scope, mode, run##_in_shape, run##_out_shape, \
			doc, #run, flags, NULL                                           \
	}
#define GET(path, run, scope, mode, doc) ROUTE("GET", path, run, scope, mode, doc, 0)
#define POST(path, run, scope, mode, doc) ROUTE("POST", path, run, scope, mode, doc, 0)
#define POST_AFTER(path, run, before, scope, mode, doc)                                  \
	{                                                                                \
		"POST", path, run, SCOPE_##scope, mode, run##_in_shape, run##_out_shape, \
			doc, #run, 0, before                                             \
	}
#define GET_RAW(path, run, scope, mode, doc)                                             \
	ROUTE("GET", path, run, scope, mode, doc, ROUTE_RAW_REPLY)
#define UPLOAD(path, run, scope, mode, doc)                                              \
	ROUTE("POST", path, run, scope, mode, doc, ROUTE_RAW_BODY | ROUTE_LARGE)
#define LAST_ROUTE                                                                       \
	{                                                                                \
		NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, 0, NULL                  \
	}

/* The shape without fields. */
const struct shape *none_shape(void);
#define NO_IN(run)                                                                       \
	static const struct shape *run##_in_shape(void)                                  \
	{                                                                                \
		return none_shape();                                                     \
	}
#define NO_OUT(run)                                                                      \
	static const struct shape *run##_out_shape(void)                                 \
	{                                                                                \
		return none_shape();                                                     \
	}

/* Instead of the encoded `out` (rows with ROUTE_RAW_REPLY).  Bytes live in
 * cx->mem; the descriptor is taken over.  `name` non-empty: as an attachment of
 * that name; `cache` non-empty: Cache-Control.  Range is honoured for files. */
void answer_bytes(struct req *rq, const char *content_type, str body, const char *cache);
struct answer_file {
	int fd;
	int64_t size;
	str mime, name;
	bool inline_image; /* shown in the page; else Content-Disposition: attachment */
	const char *cache;
	int64_t max_whole; /* larger needs Range (ERR_RANGE_TOO_LARGE), 0: no bound */
};
enum err answer_file(struct req *rq, const struct answer_file *f);
/* One more header field of the reply; texts live in cx->mem. */
void answer_header(struct req *rq, str name, str value);
/* Sets or, with an empty value, removes a session cookie. */
void answer_cookie(struct req *rq, const char *name, str value, int64_t max_age_s);

#endif
