/*
 * frame/rate.h - how often somebody may do something.
 *
 * Counts per key and minute, in memory, shared by all threads.  The table has a
 * fixed size: when two keys meet in one place the older count is forgotten, so
 * under a flood of keys the limit is a little generous, never wrong the other way.
 */
#ifndef FRAME_RATE_H
#define FRAME_RATE_H

#include "frame/route.h"

/* Takes one of `per_minute` (0: no limit); false when they are used up. */
bool rate_take(uint64_t key, int64_t per_minute, int64_t now_ms);
/* Counts one more, and gives how many there were this minute. */
int64_t rate_count(uint64_t key, int64_t now_ms);
/* How many there were, without counting. */
int64_t rate_counted(uint64_t key, int64_t now_ms);
/* One call of an app to an API; ERR_TOO_OFTEN. */
enum err rate_api(struct req *rq);
/* One act of a remote address ("sign_in", "add"); ERR_TOO_OFTEN. */
enum err rate_address(struct req *rq, const char *what);
/* One message or change of a consumer, over HTTP or the socket; 0 when he may, else so
 * many milliseconds until he may again. */
int64_t rate_consumer(struct house *house, int64_t consumer, int64_t now_ms);
/* The same of the signed-in person ("upload"), with a limit of its own. */
enum err rate_person(struct req *rq, const char *what, int64_t per_minute);

#endif
