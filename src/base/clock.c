/*
 * base/clock.c - what time it is.
 */
#include "base/clock.h"

#include <stdatomic.h>
#include <time.h>

static _Atomic int64_t shift_ms;

int64_t clock_now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 +
		atomic_load_explicit(&shift_ms, memory_order_relaxed);
}

int64_t clock_mono_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void clock_shift_ms(int64_t by_ms)
{
	atomic_fetch_add_explicit(&shift_ms, by_ms, memory_order_relaxed);
}

/* `digits` decimals of v, leading zeros kept; returns what follows them. */
static char *put_digits(char *p, int64_t v, int digits)
{
	for (int i = digits - 1; i >= 0; i--) {
		p[i] = (char)('0' + v % 10);
		v /= 10;
	}
	return p + digits;
}

void clock_iso(int64_t ms, char out[25])
{
	/* The years 0 to 9999 have four digits; beyond them we stand still. */
	const int64_t first = INT64_C(-62167219200000), last = INT64_C(253402300799999);
	int64_t clamped = ms < first ? first : ms > last ? last : ms;
	int64_t milli = (clamped % 1000 + 1000) % 1000;
	time_t secs = (time_t)((clamped - milli) / 1000);
	struct tm t;
	char *p = out;

	gmtime_r(&secs, &t);
	p = put_digits(p, t.tm_year + 1900, 4);
	*p++ = '-';
	p = put_digits(p, t.tm_mon + 1, 2);
	*p++ = '-';
	p = put_digits(p, t.tm_mday, 2);
	*p++ = 'T';
	p = put_digits(p, t.tm_hour, 2);
	*p++ = ':';
	p = put_digits(p, t.tm_min, 2);
	*p++ = ':';
	p = put_digits(p, t.tm_sec, 2);
	*p++ = '.';
	p = put_digits(p, milli, 3);
	*p++ = 'Z';
	*p = '\0';
}
