/*
 * base/arena.c - blocks that grow, and are given back together.
 *
 *	arena | first block ........ |      one malloc of 1 KiB
 *	  now ---> block -> block -> first  each twice the one before, to 64 KiB
 *
 * What does not fit the rest of a block and is large gets a block of its own,
 * hung behind the current one, so that the rest is not wasted.  Under ASan all
 * that is not handed out is poisoned, with a gap behind each allocation.
 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAVE_ASAN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define HAVE_ASAN 1
#endif

#ifdef HAVE_ASAN
#include <sanitizer/asan_interface.h>
#define GAP_BYTES 16
#define POISON(p, n) ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
#else
#define GAP_BYTES 0
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#endif

#define FIRST_BYTES 1024
#define LARGEST_BYTES 65536
#define RESERVE_BYTES 8192

struct block {
	struct block *next;
	size_t cap, used;
	alignas(max_align_t) char p[];
};

struct defer {
	struct defer *next;
	void (*fn)(void *);
	void *arg;
};

struct arena {
	alignas(max_align_t) struct block *now;
	struct block *first; /* in the same malloc */
	struct defer *defers;
	size_t budget, used;
	size_t next_bytes; /* of the next block */
};

static size_t aligned(size_t n)
{
	const size_t mask = alignof(max_align_t) - 1;

	BUG_IF(n > SIZE_MAX / 2, "absurd size");
	return (n + mask) & ~mask;
}

static void block_open(struct block *b, size_t cap, struct block *next)
{
	b->next = next;
	b->cap = cap;
	b->used = 0;
	POISON(b->p, cap);
}

static struct block *block_new(size_t cap)
{
	struct block *b = malloc(sizeof(*b) + cap);

	BUG_IF(b == NULL, "out of memory");
	block_open(b, cap, NULL);
	return b;
}

static void block_free(struct block *b)
{
	UNPOISON(b->p, b->cap);
	free(b);
}

struct arena *arena_new(size_t budget_bytes)
{
	struct arena *a = malloc(FIRST_BYTES);

	BUG_IF(a == NULL, "out of memory");
	*a = (struct arena){ .budget = budget_bytes, .next_bytes = 2 * FIRST_BYTES };
	a->now = a->first = (struct block *)(a + 1);
	block_open(a->first, FIRST_BYTES - sizeof(*a) - sizeof(struct block), NULL);
	return a;
}

void arena_clear(struct arena *a)
{
	while (a->defers) {
		struct defer *d = a->defers;

		a->defers = d->next;
		d->fn(d->arg);
	}
	while (a->now != a->first) {
		struct block *b = a->now;

		a->now = b->next;
		block_free(b);
	}
	/* Large blocks may hang behind the first one as well. */
	while (a->first->next) {
		struct block *b = a->first->next;

		a->first->next = b->next;
		block_free(b);
	}
	block_open(a->first, a->first->cap, NULL);
	a->used = 0;
	a->next_bytes = 2 * FIRST_BYTES;
}

void arena_free(struct arena *a)
{
	if (a == NULL)
		return;
	arena_clear(a);
	UNPOISON(a->first->p, a->first->cap);
	free(a);
}

static void *block_take(struct block *b, size_t bytes)
{
	char *p = b->p + b->used;

	b->used += aligned(bytes) + GAP_BYTES;
	UNPOISON(p, bytes);
	return p;
}

static bool block_fits(const struct block *b, size_t bytes)
{
	return aligned(bytes) + GAP_BYTES <= b->cap - b->used;
}

static void *take_slowly(struct arena *a, size_t bytes)
{
	size_t want = aligned(bytes) + GAP_BYTES;
	struct block *b;

	if (want > a->next_bytes / 4) {
		b = block_new(want);
		b->next = a->now->next;
		a->now->next = b;
		return block_take(b, bytes);
	}
	b = block_new(a->next_bytes - sizeof(*b));
	b->next = a->now;
	a->now = b;
	if (a->next_bytes < LARGEST_BYTES)
		a->next_bytes *= 2;
	return block_take(b, bytes);
}

void *arena_bytes(struct arena *a, size_t bytes)
{
	size_t want = aligned(bytes);

	BUG_IF(a->budget && (want > a->budget || a->used > a->budget - want),
		"arena over its budget of %zu bytes", a->budget);
	a->used += want;
	if (block_fits(a->now, bytes))
		return block_take(a->now, bytes);
	return take_slowly(a, bytes);
}

void *arena_alloc(struct arena *a, size_t bytes)
{
	return memset(arena_bytes(a, bytes), 0, bytes);
}

void *arena_array(struct arena *a, size_t size, size_t n)
{
	size_t bytes;

	BUG_IF(__builtin_mul_overflow(size, n, &bytes), "absurd array");
	return arena_alloc(a, bytes);
}

bool arena_extend(struct arena *a, const void *p, size_t old_bytes, size_t new_bytes)
{
#ifdef HAVE_ASAN
	/* Moving shows who kept a pointer into what grew. */
	return false;
#else
	struct block *b = a->now;
	size_t old_want = aligned(old_bytes), more = aligned(new_bytes) - old_want;

	if ((const char *)p + old_want != b->p + b->used || more > b->cap - b->used)
		return false;
	if (a->budget && more > a->budget - a->used)
		return false;
	b->used += more;
	a->used += more;
	return true;
#endif
}

bool arena_has_room(const struct arena *a, size_t bytes)
{
	size_t reserve = a->budget / 8 < RESERVE_BYTES ? a->budget / 8 : RESERVE_BYTES;

	if (a->budget == 0)
		return true;
	return bytes < a->budget && a->used + reserve + aligned(bytes) <= a->budget;
}

size_t arena_used(const struct arena *a)
{
	return a->used;
}

char *arena_cstr(struct arena *a, str s)
{
	char *p = arena_bytes(a, s.n + 1);

	if (s.n)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return p;
}

str arena_str(struct arena *a, str s)
{
	return str_make(arena_cstr(a, s), s.n);
}

str arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	char small[256];
	va_list again;
	char *p;
	int n;

	va_copy(again, ap);
	n = vsnprintf(small, sizeof(small), fmt, ap);
	BUG_IF(n < 0, "bad format: %s", fmt);
	p = arena_bytes(a, (size_t)n + 1);
	if ((size_t)n < sizeof(small))
		memcpy(p, small, (size_t)n + 1);
	else
		vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return str_make(p, (size_t)n);
}

str arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	str s;

	va_start(ap, fmt);
	s = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return s;
}

str arena_concat(struct arena *a, str left, str right)
{
	char *p = arena_bytes(a, left.n + right.n + 1);

	if (left.n)
		memcpy(p, left.p, left.n);
	if (right.n)
		memcpy(p + left.n, right.p, right.n);
	p[left.n + right.n] = '\0';
	return str_make(p, left.n + right.n);
}

void arena_defer(struct arena *a, void (*fn)(void *), void *arg)
{
	struct defer *d = ARENA_NEW(a, struct defer);

	d->fn = fn;
	d->arg = arg;
	d->next = a->defers;
	a->defers = d;
}
