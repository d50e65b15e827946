/*
 * base/blob.h - bytes made once and shared by many.
 *
 * Immutable after blob_new's caller has filled it; counted; the last unref
 * frees it.  References may be taken and dropped on any thread.
 */
#ifndef BASE_BLOB_H
#define BASE_BLOB_H

#include <stdatomic.h>

#include "base/str.h"

struct blob {
	atomic_int refs;
	size_t n;
	char p[];
};

/* One reference, contents undefined; blob_of copies a slice. */
struct blob *blob_new(size_t n);
struct blob *blob_of(str s);
struct blob *blob_ref(struct blob *b);
void blob_unref(struct blob *b);
static inline str blob_str(const struct blob *b)
{
	return str_make(b->p, b->n);
}

#endif
