/*
 * main/ops.h - what operators ask: /healthz, /readyz, /metrics.
 */
#ifndef MAIN_OPS_H
#define MAIN_OPS_H

#include "frame/house.h"

/* False when the path is none of these.  On the loop. */
bool ops_handle(struct house *house, struct http_req *http);
/* From now on /readyz answers 503: the server is going. */
void ops_stopping(void);

#endif
