#include "core/insight/tally.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROWS = 64 };

void tally_init(struct tally *t, struct arena *mem)
{
	*t = (struct tally){ .mem = mem };
}

static size_t hash(int64_t a, int64_t b)
{
	uint64_t h = (uint64_t)a * UINT64_C(0x9e3779b97f4a7c15) ^
		(uint64_t)b * UINT64_C(0xc2b2ae3d27d4eb4f);

	h ^= h >> 29;
	h *= UINT64_C(0xbf58476d1ce4e5b9);
	return (size_t)(h ^ h >> 32);
}

/* The slot of a pair: taken by it, or empty. */
static uint32_t *slot_of(const struct tally *t, int64_t a, int64_t b)
{
	size_t i = hash(a, b) & (t->n_slots - 1);

	while (t->slots[i]) {
		const struct tally_row *row = &t->rows[t->slots[i] - 1];

		if (row->a == a && row->b == b)
			break;
		i = (i + 1) & (t->n_slots - 1);
	}
	return &t->slots[i];
}

/* Half of the slots stay empty. */
static void grow(struct tally *t)
{
	struct tally_row *old = t->rows;

	t->cap = t->cap ? 2 * t->cap : FIRST_ROWS;
	t->rows = ARENA_ARRAY(t->mem, struct tally_row, t->cap);
	if (t->n)
		memcpy(t->rows, old, t->n * sizeof(*old));
	t->n_slots = 2 * t->cap;
	t->slots = ARENA_ARRAY(t->mem, uint32_t, t->n_slots);
	memset(t->slots, 0, t->n_slots * sizeof(t->slots[0]));
	for (size_t i = 0; i < t->n; i++)
		*slot_of(t, t->rows[i].a, t->rows[i].b) = (uint32_t)i + 1;
}

int64_t *tally_at(struct tally *t, int64_t a, int64_t b)
{
	uint32_t *slot;

	if (t->n == t->cap)
		grow(t);
	slot = slot_of(t, a, b);
	if (!*slot) {
		t->rows[t->n] = (struct tally_row){ .a = a, .b = b };
		*slot = (uint32_t)++t->n;
	}
	return t->rows[*slot - 1].n;
}

const int64_t *tally_find(const struct tally *t, int64_t a, int64_t b)
{
	uint32_t at = t->n_slots ? *slot_of(t, a, b) : 0;

	return at ? t->rows[at - 1].n : NULL;
}

static int by_pair(const void *x, const void *y)
{
	const struct tally_row *p = x, *q = y;

	if (p->a != q->a)
		return p->a < q->a ? -1 : 1;
	return p->b < q->b ? -1 : p->b > q->b;
}

void tally_sort(struct tally *t)
{
	if (t->n)
		qsort(t->rows, t->n, sizeof(t->rows[0]), by_pair);
}
