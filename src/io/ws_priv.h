/*
 * io/ws_priv.h - what the handshake hands to the session; for io/ws*.c.
 */
#ifndef IO_WS_PRIV_H
#define IO_WS_PRIV_H

#include "io/http_priv.h"
#include "io/ws.h"

/* Takes the connection's socket and sends the answer to the handshake, which it
 * frees. */
struct ws *ws_new(struct conn *c, const struct ws_handler *h, void *arg, str answer);

#endif
