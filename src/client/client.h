/*
 * client/client.h - our own door: /v1 and the realtime socket.
 *
 * Rows are listed in routes.def.  The socket of doc/realtime.md is no row: main
 * hands its requests to realtime_handle.  Sessions live on the loop that accepted
 * them; events reach them by the bus.
 */
#ifndef CLIENT_CLIENT_H
#define CLIENT_CLIENT_H

#include "frame/route.h"

#define R(table) extern const struct route table[];
#include "client/routes.def"
#undef R

/* After bus_init and before the loops start. */
void realtime_init(struct house *house);
/* GET /v1/ws, on the request's loop.  Consumes the request. */
void realtime_handle(struct house *house, struct http_req *http);
/* While the loops still run: refuses new sockets, closes the open ones with 1001,
 * and waits until every message in flight has been committed and answered, and for
 * the peers' goodbyes, at most three seconds. */
void realtime_stop(struct house *house);
/* After the loops have ended. */
void realtime_release(void);

/* Is a consumer connected?  Asks the loops: from another thread, while they run. */
bool realtime_consumer_online(int64_t consumer);
/* Open sockets, for /metrics. */
int64_t realtime_sessions(void);

#endif
