/*
 * frame/gate.h - every request passes here.
 */
#ifndef FRAME_GATE_H
#define FRAME_GATE_H

#include "frame/route.h"

struct gate;

/* Tables end with LAST_ROUTE; two rows of one path and method are a bug. */
struct gate *gate_new(struct house *house, const struct route *const *tables, size_t n);
void gate_free(struct gate *g);
/* The handler of the HTTP server: routes, or answers 404.  On the loop. */
void gate_handle(struct gate *g, struct http_req *http);
/* Body bound of a path, for http_server_config.max_body_of; and what answers beyond it. */
size_t gate_max_body(const struct gate *g, str path);
void gate_too_large(struct gate *g, struct http_req *http);
/* All rows in order of path, for describe. */
size_t gate_routes(const struct gate *g, const struct route *const **out);

/* Who is behind a request by cookie or bearer token of the client named;
 * for the realtime socket, which is no row.  Sets cx->actor; ERR_SIGNED_OUT. */
enum err gate_session(struct house *house, struct ctx *cx, struct http_req *http,
	enum client client, str token);
/* The client a request names by X-Liaison-Client or client=. */
enum client gate_client(struct http_req *http);
/* ERR_BAD_ORIGIN when a browser sends it from another site. */
enum err gate_origin(struct house *house, struct ctx *cx, struct http_req *http);

#endif
