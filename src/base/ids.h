/*
 * base/ids.h - numbers that nothing else has.
 *
 * id_next gives 63-bit ids that grow: milliseconds since 2020 (43 bits), node
 * (8 bits), counter (12 bits).  Within a process every id is greater than the
 * one before, also when the clock steps back, so an id doubles as a stamp that
 * orders changes.  Safe from any thread.
 */
#ifndef BASE_IDS_H
#define BASE_IDS_H

#include "base/arena.h"

int64_t id_next(void);
/* Never again an id at or below `seen` (called at boot with the store's newest). */
void id_advance(int64_t seen);
/* The node's number, 0 to 255; once, at boot. */
void id_set_node(int node);
/* The millisecond in which an id was made, and the least id of a millisecond. */
int64_t id_time_ms(int64_t id);
int64_t id_of_ms(int64_t ms);

/* Text forms: 0-9A-Za-z, no sign, shortest; false when not such a number. */
str id_text(struct arena *mem, const char *prefix, int64_t id);
bool id_parse(str s, const char *prefix, int64_t *out);
/* Two of them, "k3f-Gh2", as cursors that page by two columns have them. */
str id_pair_text(struct arena *mem, const char *prefix, int64_t a, int64_t b);
bool id_pair_parse(str s, const char *prefix, int64_t *out_a, int64_t *out_b);

/* Random bytes of the kernel; text of n characters from 0-9A-Za-z. */
void random_bytes(void *out, size_t n);
str random_text(struct arena *mem, size_t n);
/* Uniform in 0 … below-1. */
uint64_t random_below(uint64_t below);

#endif
