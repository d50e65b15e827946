/*
 * core/directory/import_seen.c - a growing table of hashes, at most half full.
 */
#include <stdlib.h>

#include "base/err.h"
#include "core/directory/import_seen.h"

struct entry {
	uint64_t hash; /* 0: free */
	int64_t line;
};

struct import_seen {
	struct entry *v;
	size_t n, cap;
};

static struct entry *new_table(size_t cap)
{
	struct entry *v = calloc(cap, sizeof(*v));

	BUG_IF(!v, "out of memory");
	return v;
}

struct import_seen *import_seen_new(void)
{
	struct import_seen *s = calloc(1, sizeof(*s));

	BUG_IF(!s, "out of memory");
	s->cap = 1024;
	s->v = new_table(s->cap);
	return s;
}

void import_seen_free(struct import_seen *s)
{
	free(s->v);
	free(s);
}

static struct entry *place(struct entry *v, size_t cap, uint64_t hash)
{
	size_t at = hash % cap;

	while (v[at].hash && v[at].hash != hash)
		at = (at + 1) % cap;
	return &v[at];
}

static void grow(struct import_seen *s)
{
	size_t cap = s->cap * 2;
	struct entry *v = new_table(cap);

	for (size_t i = 0; i < s->cap; i++)
		if (s->v[i].hash)
			*place(v, cap, s->v[i].hash) = s->v[i];
	free(s->v);
	s->v = v;
	s->cap = cap;
}

bool import_seen_put(struct import_seen *s, str userid, int64_t line, int64_t *out_line)
{
	uint64_t hash = str_hash(userid) | 1;
	struct entry *e = place(s->v, s->cap, hash);

	if (e->hash) {
		*out_line = e->line;
		return false;
	}
	*e = (struct entry){ hash, line };
	if (++s->n * 2 > s->cap)
		grow(s);
	return true;
}
