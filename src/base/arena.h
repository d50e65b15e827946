/*
 * base/arena.h - memory that is freed all at once.
 *
 * An arena belongs to one holder (a connection, a request, a row) and to one
 * thread at a time; what is taken from it lives until arena_clear or
 * arena_free.  Nothing in it is freed by hand.  Things that are not memory (a
 * descriptor, a reference) are tied to it with arena_defer, and let go in
 * reverse order.
 *
 * Small allocations cannot fail: out of memory stops the program.  What a
 * stranger can make large is bounded by the budget: past it arena_alloc stops
 * the program too, so code that takes foreign lengths asks arena_has_room first.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>

#include "base/str.h"

struct arena;

/* A new arena; `budget_bytes` bounds all it may ever hold (0: no bound). */
struct arena *arena_new(size_t budget_bytes);
void arena_free(struct arena *a);
/* Runs the defers and takes everything back, keeping the first block. */
void arena_clear(struct arena *a);

/* Zeroed memory, aligned for any type. */
void *arena_alloc(struct arena *a, size_t bytes) __attribute__((malloc, alloc_size(2)));
#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_array((a), sizeof(type), (n)))
void *arena_array(struct arena *a, size_t size, size_t n);
/* The same, not zeroed. */
void *arena_bytes(struct arena *a, size_t bytes) __attribute__((malloc, alloc_size(2)));
/* Makes the latest allocation longer where it stands; false when it cannot. */
bool arena_extend(struct arena *a, const void *p, size_t old_bytes, size_t new_bytes);
/* True when `bytes` more would stay within the budget, and leave an eighth of it
 * (at most 8 KiB) for small things: the words of an error, a terminator. */
bool arena_has_room(const struct arena *a, size_t bytes);
/* Bytes handed out so far. */
size_t arena_used(const struct arena *a);

/* Copies; the result is NUL-terminated one past its length. */
str arena_str(struct arena *a, str s);
char *arena_cstr(struct arena *a, str s);
str arena_printf(struct arena *a, const char *fmt, ...) FORMAT(2, 3);
str arena_vprintf(struct arena *a, const char *fmt, va_list ap) FORMAT(2, 0);
/* a followed by b. */
str arena_concat(struct arena *a, str left, str right);

/* Calls fn(arg) when the arena is cleared or freed, latest first. */
void arena_defer(struct arena *a, void (*fn)(void *), void *arg);

#endif
