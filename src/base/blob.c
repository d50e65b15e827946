/*
 * base/blob.c - bytes made once and shared by many.
 */
#include "base/blob.h"

#include <stdlib.h>

#include "base/err.h"

struct blob *blob_new(size_t n)
{
	struct blob *b;

	BUG_IF(n > SIZE_MAX / 2, "absurd size");
	b = malloc(sizeof(*b) + n);
	BUG_IF(b == NULL, "out of memory");
	atomic_init(&b->refs, 1);
	b->n = n;
	return b;
}

struct blob *blob_of(str s)
{
	struct blob *b = blob_new(s.n);

	if (s.n)
		memcpy(b->p, s.p, s.n);
	return b;
}

struct blob *blob_ref(struct blob *b)
{
	/* Who calls has a reference, so nothing needs to be ordered. */
	atomic_fetch_add_explicit(&b->refs, 1, memory_order_relaxed);
	return b;
}

void blob_unref(struct blob *b)
{
	if (b && atomic_fetch_sub_explicit(&b->refs, 1, memory_order_acq_rel) == 1)
		free(b);
}
