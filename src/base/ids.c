/*
 * base/ids.c - numbers that nothing else has.
 *
 * One atomic word holds the last stamp: milliseconds since 2020, twelve bits of
 * counter.  The next stamp is the clock's, or the last one plus one if the clock
 * has not moved on; a full counter so borrows from the next millisecond.  An id
 * is the stamp with the node's eight bits put between the two.
 */
#include "base/ids.h"

#include <errno.h>
#include <stdatomic.h>
#include <sys/random.h>

#include "base/clock.h"
#include "base/err.h"

#define EPOCH_MS INT64_C(1577836800000) /* 2020-01-01T00:00:00Z */
#define COUNTER_BITS 12
#define COUNTER_MASK INT64_C(0xfff)
#define NODE_BITS 8

static const char digits62[] =
	"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

static _Atomic int64_t last_stamp;
static _Atomic int64_t own_node;

static int64_t stamp_of_clock(void)
{
	int64_t ms = clock_now_ms() - EPOCH_MS;

	return ms > 0 ? ms << COUNTER_BITS : 0;
}

int64_t id_next(void)
{
	int64_t now = stamp_of_clock(), last = atomic_load(&last_stamp), next;

	do {
		next = now > last ? now : last + 1;
	} while (!atomic_compare_exchange_weak(&last_stamp, &last, next));
	return (next >> COUNTER_BITS) << (COUNTER_BITS + NODE_BITS) |
		atomic_load_explicit(&own_node, memory_order_relaxed) << COUNTER_BITS |
		(next & COUNTER_MASK);
}

static void raise_to(int64_t stamp)
{
	int64_t last = atomic_load(&last_stamp);

	while (last < stamp && !atomic_compare_exchange_weak(&last_stamp, &last, stamp))
		;
}

void id_advance(int64_t seen)
{
	/* The whole millisecond: `seen` may be of a node with a greater number. */
	raise_to(seen >> (COUNTER_BITS + NODE_BITS) << COUNTER_BITS | COUNTER_MASK);
}

void id_set_node(int node)
{
	BUG_IF(node < 0 || node >= 1 << NODE_BITS, "node %d", node);
	raise_to(atomic_load(&last_stamp) | COUNTER_MASK);
	atomic_store(&own_node, node);
}

int64_t id_time_ms(int64_t id)
{
	return (id >> (COUNTER_BITS + NODE_BITS)) + EPOCH_MS;
}

int64_t id_of_ms(int64_t ms)
{
	return ms > EPOCH_MS ? (ms - EPOCH_MS) << (COUNTER_BITS + NODE_BITS) : 0;
}

str id_text(struct arena *mem, const char *prefix, int64_t id)
{
	char digits[11], *p = digits + sizeof(digits);

	BUG_IF(id < 0, "negative id");
	do {
		*--p = digits62[id % 62];
		id /= 62;
	} while (id);
	return arena_concat(mem, str_of(prefix),
		str_make(p, (size_t)(digits + sizeof(digits) - p)));
}

static int digit62(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'Z')
		return c - 'A' + 10;
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 36;
	return -1;
}

bool id_parse(str s, const char *prefix, int64_t *out)
{
	int64_t id = 0;

	if (!str_starts(s, str_of(prefix)))
		return false;
	s = str_skip(s, strlen(prefix));
	if (s.n == 0 || (s.n > 1 && s.p[0] == '0'))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		int digit = digit62(s.p[i]);

		if (digit < 0 || __builtin_mul_overflow(id, 62, &id) ||
			__builtin_add_overflow(id, digit, &id))
			return false;
	}
	*out = id;
	return true;
}

str id_pair_text(struct arena *mem, const char *prefix, int64_t a, int64_t b)
{
	return arena_concat(mem, id_text(mem, prefix, a), id_text(mem, "-", b));
}

bool id_pair_parse(str s, const char *prefix, int64_t *out_a, int64_t *out_b)
{
	str rest = s;
	str first = str_cut(&rest, '-');

	return id_parse(first, prefix, out_a) && id_parse(rest, "", out_b);
}

void random_bytes(void *out, size_t n)
{
	char *p = out;

	while (n) {
		ssize_t got = getrandom(p, n, 0);

		BUG_IF(got < 0 && errno != EINTR, "getrandom: errno %d", errno);
		if (got > 0) {
			p += got;
			n -= (size_t)got;
		}
	}
}

str random_text(struct arena *mem, size_t n)
{
	char *text = arena_bytes(mem, n + 1);
	unsigned char pool[64];
	size_t done = 0;

	while (done < n) {
		random_bytes(pool, sizeof(pool));
		for (size_t i = 0; i < sizeof(pool) && done < n; i++)
			if (pool[i] < 248) /* 4 * 62: the rest would favour some */
				text[done++] = digits62[pool[i] % 62];
	}
	text[n] = '\0';
	return str_make(text, n);
}

uint64_t random_below(uint64_t below)
{
	uint64_t v, unfair;

	BUG_IF(below == 0, "nothing is below 0");
	unfair = -below % below; /* 2^64 mod below */
	do {
		random_bytes(&v, sizeof(v));
	} while (v < unfair);
	return v % below;
}
