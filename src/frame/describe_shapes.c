#include "frame/describe_shapes.h"

#include <ctype.h>

void shape_set_add(struct shape_set *set, const struct shape *sh)
{
	for (size_t i = 0; i < set->n; i++)
		if (!strcmp(set->v[i]->name, sh->name)) {
			BUG_IF(set->v[i]->n != sh->n, "two shapes named %s", sh->name);
			return;
		}
	for (size_t i = 0; i < sh->n; i++)
		if (sh->fields[i].sub)
			shape_set_add(set, sh->fields[i].sub());
	BUG_IF(set->n == SHAPES_MAX, "more than %d shapes", SHAPES_MAX);
	set->v[set->n++] = sh;
}

void shape_set_of(struct shape_set *set, const struct gate *g, str prefix)
{
	const struct route *const *rows;
	size_t n = gate_routes(g, &rows);

	for (size_t i = 0; i < n; i++) {
		if (!str_starts(str_of(rows[i]->path), prefix))
			continue;
		if (!shape_is_empty(rows[i]->in()))
			shape_set_add(set, rows[i]->in());
		if (!shape_is_empty(rows[i]->out()))
			shape_set_add(set, rows[i]->out());
	}
}

str shape_type_name(struct arena *mem, const char *name)
{
	struct buf b;
	bool up = true;

	/* view_chat is what a client sees of a chat: to him it is Chat. */
	if (!strncmp(name, "view_", 5))
		name += 5;
	buf_init(&b, mem, strlen(name) + 1);
	for (; *name; name++) {
		if (*name == '_') {
			up = true;
			continue;
		}
		buf_char(&b, up ? (char)toupper((unsigned char)*name) : *name);
		up = false;
	}
	return buf_str(&b);
}
