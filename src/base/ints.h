/*
 * base/ints.h - short rows of numbers: ids, mostly.
 *
 * A slice: whoever made the numbers decides how long they live.
 */
#ifndef BASE_INTS_H
#define BASE_INTS_H

#include "base/base.h"

struct ints {
	int64_t *v;
	size_t n;
};

/* Is x in it?  The second wants it sorted, as ints_unite leaves it. */
bool ints_has(const struct ints *list, int64_t x);
bool ints_sorted_has(const struct ints *sorted, int64_t x);
/* Sorts it and keeps each number once. */
void ints_unite(struct ints *list);

#endif
