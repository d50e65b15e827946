/*
 * base/clock.h - what time it is.
 *
 * Work reads cx->now_ms; only the edges ask here.  Tests may move the wall
 * clock (clock_shift_ms adds to it, for every thread).
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/str.h"

/* Unix time in milliseconds. */
int64_t clock_now_ms(void);
/* Monotonic, for measuring; not shifted. */
int64_t clock_mono_us(void);
void clock_shift_ms(int64_t by_ms);
/* "2026-11-22T16:01:02.345Z"; needs 25 bytes. */
void clock_iso(int64_t ms, char out[25]);

#endif
