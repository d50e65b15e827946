/*
 * core/insight/tally.h - eight numbers for each pair of ids, in an arena.
 */
#ifndef CORE_INSIGHT_TALLY_H
#define CORE_INSIGHT_TALLY_H

#include "base/arena.h"

enum { TALLY_NUMBERS = 8 };

struct tally_row {
	int64_t a, b;
	int64_t n[TALLY_NUMBERS];
};

struct tally {
	struct arena *mem;
	struct tally_row *rows; /* in the order of their coming, or sorted */
	size_t n, cap;
	uint32_t *slots; /* row + 1; 0 empty */
	size_t n_slots;
};

void tally_init(struct tally *t, struct arena *mem);
/* The numbers of a pair, zeros when it is new; good until the next call. */
int64_t *tally_at(struct tally *t, int64_t a, int64_t b);
/* NULL when it is not there. */
const int64_t *tally_find(const struct tally *t, int64_t a, int64_t b);
/* Rows by (a, b); no pair can be found or added afterwards. */
void tally_sort(struct tally *t);

#endif
