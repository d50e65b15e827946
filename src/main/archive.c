#include "main/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/schema.h"
#include "store/backup.h"

enum { CHUNK = 1 << 16 };

/* ---- writing ---- */

struct writing {
	struct ctx *cx;
	struct archive *to;
};

static enum err archive_failed(struct ctx *cx, struct archive *a)
{
	const char *words = archive_error_string(a);

	return why(cx, errno == ENOSPC ? ERR_NO_SPACE : ERR_STORE, "backup: %s",
		words ? words : "cannot write");
}

static enum err copy_bytes(struct writing *w, int fd)
{
	char chunk[CHUNK];
	ssize_t n;

	while ((n = read(fd, chunk, sizeof(chunk))) > 0)
		if (archive_write_data(w->to, chunk, (size_t)n) != n)
			return archive_failed(w->cx, w->to);
	return n < 0 ? why(w->cx, ERR_STORE, "backup: %s", strerror(errno)) : OK;
}

static enum err add_file(struct writing *w, const char *file, const char *name)
{
	struct archive_entry *e;
	struct stat st;
	enum err err;
	int fd = open(file, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &st) != 0) {
		if (fd >= 0)
			close(fd);
		return why(w->cx, ERR_STORE, "%s: %s", file, strerror(errno));
	}
	e = archive_entry_new();
	archive_entry_set_pathname(e, name);
	archive_entry_set_size(e, st.st_size);
	archive_entry_set_filetype(e, AE_IFREG);
	archive_entry_set_perm(e, 0600);
	archive_entry_set_mtime(e, st.st_mtime, 0);
	err = archive_write_header(w->to, e) == ARCHIVE_OK ? copy_bytes(w, fd)
							   : archive_failed(w->cx, w->to);
	archive_entry_free(e);
	close(fd);
	return err;
}

/* media/ab/hash; what is still being written has another form of name. */
static enum err add_media(struct writing *w, const char *dir, const char *name, int depth)
{
	DIR *d = opendir(dir);
	enum err err = OK;

	for (struct dirent *e; d && err == OK && (e = readdir(d)) != NULL;) {
		const char *file = arena_printf(w->cx->mem, "%s/%s", dir, e->d_name).p;
		const char *at = arena_printf(w->cx->mem, "%s/%s", name, e->d_name).p;
		struct stat st;

		if (e->d_name[0] == '.' || lstat(file, &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode) && depth)
			err = add_media(w, file, at, depth - 1);
		else if (S_ISREG(st.st_mode) && strlen(e->d_name) == 64)
			err = add_file(w, file, at);
	}
	if (d)
		closedir(d);
	return err;
}

static enum err add_all(struct writing *w, const char *copy, const char *data_dir,
	bool with_keys)
{
	struct arena *mem = w->cx->mem;

	TRY(add_file(w, copy, "liaison.db"));
	TRY(add_media(w, arena_printf(mem, "%s/media", data_dir).p, "media", 2));
	if (with_keys)
		TRY(add_file(w, arena_printf(mem, "%s/keys", data_dir).p, "keys"));
	return OK;
}

static enum err sync_and_rename(struct ctx *cx, int fd, const char *from, const char *to)
{
	if (fsync(fd) != 0 || rename(from, to) != 0)
		return why(cx, errno == ENOSPC ? ERR_NO_SPACE : ERR_STORE, "%s: %s", to,
			strerror(errno));
	return OK;
}

static enum err write_archive(struct ctx *cx, const char *copy, const char *data_dir,
	bool with_keys, const char *file)
{
	const char *part = arena_printf(cx->mem, "%s.part", file).p;
	int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	struct writing w = { cx, archive_write_new() };
	enum err err;

	if (fd < 0) {
		archive_write_free(w.to);
		return why(cx, ERR_STORE, "%s: %s", part, strerror(errno));
	}
	archive_write_add_filter_gzip(w.to);
	archive_write_set_format_pax_restricted(w.to);
	err = archive_write_open_fd(w.to, fd) == ARCHIVE_OK
		? add_all(&w, copy, data_dir, with_keys)
		: archive_failed(cx, w.to);
	if (archive_write_close(w.to) != ARCHIVE_OK && err == OK)
		err = archive_failed(cx, w.to);
	archive_write_free(w.to);
	if (err == OK)
		err = sync_and_rename(cx, fd, part, file);
	close(fd);
	if (err != OK)
		unlink(part);
	return err;
}

enum err archive_make(struct store *store, struct ctx *cx, const char *data_dir,
	bool with_keys, const char *file)
{
	const char *copy =
		arena_printf(cx->mem, "%s/backup-%d.db", data_dir, (int)getpid()).p;
	enum err err;

	if (access(file, F_OK) == 0)
		return why(cx, ERR_CONFLICT, "%s is there already", file);
	unlink(copy);
	TRY(store_backup(store, cx, copy));
	err = write_archive(cx, copy, data_dir, with_keys, file);
	unlink(copy);
	return err;
}

/* ---- reading ---- */

static bool is_hex(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= '0' && s.p[i] <= '9') ||
			    (s.p[i] >= 'a' && s.p[i] <= 'f')))
			return false;
	return s.n > 0;
}

/* Only names that archive_make gives are ever written: a foreign archive places nothing
 * else. */
static bool is_ours(str name)
{
	str parts[3];
	size_t n = 0;

	if (str_is(name, "liaison.db") || str_is(name, "keys"))
		return true;
	while (name.n && n < ARRAY_LEN(parts))
		parts[n++] = str_cut(&name, '/');
	return n >= 2 && !name.n && str_is(parts[0], "media") && is_hex(parts[1]) &&
		(n == 2 || is_hex(parts[2]));
}

static void make_parents(char *path)
{
	for (char *p = path + 1; *p; p++)
		if (*p == '/') {
			*p = '\0';
			(void)mkdir(path, 0700);
			*p = '/';
		}
}

static enum err unpack_one(struct ctx *cx, struct archive *from, char *to)
{
	char chunk[CHUNK];
	enum err err = OK;
	ssize_t n;
	int fd;

	make_parents(to);
	fd = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return why(cx, ERR_STORE, "%s: %s", to, strerror(errno));
	while (err == OK && (n = archive_read_data(from, chunk, sizeof(chunk))) != 0)
		if (n < 0 || write(fd, chunk, (size_t)n) != n)
			err = why(cx, ERR_STORE, "%s: %s", to,
				n < 0 ? archive_error_string(from) : strerror(errno));
	if (err == OK && fsync(fd) != 0)
		err = why(cx, ERR_STORE, "%s: %s", to, strerror(errno));
	close(fd);
	return err;
}

/* Media go straight to their place (content-addressed: they can harm nothing); the store
 * and the keys to *.restore, until the store has been checked. */
static enum err unpack(struct ctx *cx, struct archive *from, const char *dir)
{
	struct archive_entry *e;
	int got;

	while ((got = archive_read_next_header(from, &e)) == ARCHIVE_OK) {
		str name = str_of(archive_entry_pathname(e));
		bool media = str_starts(name, STR("media/"));

		if (!is_ours(name) || archive_entry_filetype(e) != AE_IFREG)
			return why(cx, ERR_INVALID_ARGUMENT,
				"not a backup: it holds %.*s", STR_FMT(name));
		TRY(unpack_one(cx, from,
			arena_cstr(cx->mem,
				arena_printf(cx->mem, "%s/%.*s%s", dir, STR_FMT(name),
					media ? "" : ".restore"))));
	}
	if (got != ARCHIVE_EOF)
		return why(cx, ERR_INVALID_ARGUMENT, "not a whole backup: %s",
			archive_error_string(from));
	return OK;
}

static int newest_schema(void)
{
	const struct migration *m = schema_migrations;

	while (m[1].name)
		m++;
	return m->number;
}

enum err archive_restore(struct ctx *cx, const char *file, const char *data_dir)
{
	struct archive *from = archive_read_new();
	const char *db = arena_printf(cx->mem, "%s/liaison.db.restore", data_dir).p;
	const char *keys = arena_printf(cx->mem, "%s/keys.restore", data_dir).p;
	enum err err;

	archive_read_support_filter_gzip(from);
	archive_read_support_format_tar(from);
	err = archive_read_open_filename(from, file, CHUNK) == ARCHIVE_OK
		? unpack(cx, from, data_dir)
		: why(cx, ERR_NOT_FOUND, "%s: %s", file, archive_error_string(from));
	archive_read_free(from);
	if (err == OK)
		err = store_restore(cx, db, data_dir, newest_schema());
	if (err == OK && access(keys, F_OK) == 0 &&
		rename(keys, arena_printf(cx->mem, "%s/keys", data_dir).p) != 0)
		err = why(cx, ERR_STORE, "%s: %s", keys, strerror(errno));
	unlink(db);
	unlink(keys);
	return err;
}
