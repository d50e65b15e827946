/*
 * core/media/sweep.c - files without a row.
 *
 * What a crash or a failed commit left, and what rows that expired have named.
 */
#include <dirent.h>

#include "core/media/media.sql.h"
#include "core/media/private.h"

enum { HASH_CHARS = 64 };

struct sweeping {
	const int64_t *corps;
	size_t n_corps;
	int64_t before_ms, removed;
	str sha256;
	bool is_named;
};

static enum err look(struct tx *tx, void *arg)
{
	struct sweeping *s = arg;
	struct media_of_file_row row;

	s->is_named = false;
	for (size_t i = 0; i < s->n_corps && !s->is_named; i++)
		TRY(media_of_file(tx, s->corps[i], s->sha256, &row, &s->is_named));
	return OK;
}

/* Temporary files ("HASH.random") are of uploads that were cut off. */
static enum err sweep_file(struct store *store, struct ctx *cx, struct sweeping *s,
	const char *folder, const char *name)
{
	const char *path =
		arena_cstr(cx->scratch, arena_printf(cx->scratch, "%s/%s", folder, name));
	str rest = str_of(name);

	if (rest.n < HASH_CHARS)
		return OK;
	s->sha256 = str_sub(rest, 0, HASH_CHARS);
	s->is_named = false;
	if (rest.n == HASH_CHARS)
		TRY(store_read(store, cx, look, s));
	if (!s->is_named && media_file_remove(path, s->before_ms))
		s->removed++;
	return OK;
}

static enum err sweep_folder(struct store *store, struct ctx *cx, struct sweeping *s,
	const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	enum err err = OK;

	while (dir && err == OK && (entry = readdir(dir))) {
		arena_clear(cx->scratch);
		err = sweep_file(store, cx, s, folder, entry->d_name);
	}
	if (dir)
		closedir(dir);
	return err;
}

enum err media_sweep_files(struct store *store, struct ctx *cx, const int64_t *corps,
	size_t n, int64_t before_ms, int64_t *out_removed)
{
	struct sweeping s = { .corps = corps, .n_corps = n, .before_ms = before_ms };

	for (int i = 0; i < 256; i++) {
		const char *folder = arena_cstr(cx->mem,
			arena_printf(cx->mem, "%s/%02x", media_folder(), (unsigned)i));

		TRY(sweep_folder(store, cx, &s, folder));
	}
	*out_removed = s.removed;
	return OK;
}
