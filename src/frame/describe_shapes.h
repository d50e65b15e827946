/*
 * frame/describe_shapes.h - which shapes the rows use; private to frame/.
 */
#ifndef FRAME_DESCRIBE_SHAPES_H
#define FRAME_DESCRIBE_SHAPES_H

#include "frame/gate.h"

enum { SHAPES_MAX = 1024 };

/* Every shape once, inner ones before those that hold them. */
struct shape_set {
	const struct shape *v[SHAPES_MAX];
	size_t n;
};

void shape_set_add(struct shape_set *set, const struct shape *sh);
/* All shapes of rows whose path starts with `prefix`. */
void shape_set_of(struct shape_set *set, const struct gate *g, str prefix);
/* tag_create_in -> TagCreateIn, view_chat -> Chat */
str shape_type_name(struct arena *mem, const char *name);
static inline bool shape_is_empty(const struct shape *sh)
{
	return sh->n == 0;
}

#endif
