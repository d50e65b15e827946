/*
 * core/media/file.c - the bytes, once by content.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/ids.h"
#include "core/media/private.h"

static char folder[4096];
/* Held while it is decided that a file is there, or goes. */
static pthread_mutex_t deciding = PTHREAD_MUTEX_INITIALIZER;

const char *media_folder(void)
{
	BUG_IF(!folder[0], "media_set_dir was not called");
	return folder;
}

static enum err failed(struct ctx *cx, const char *what)
{
	int error = errno;

	return why(cx, error == ENOSPC || error == EDQUOT ? ERR_NO_SPACE : ERR_STORE,
		"media: %s: %s", what, strerror(error));
}

enum err media_set_dir(struct ctx *cx, const char *data_dir)
{
	int n = snprintf(folder, sizeof(folder), "%s/media", data_dir);

	if (n < 0 || (size_t)n >= sizeof(folder))
		return why(cx, ERR_INVALID_ARGUMENT,
			"media: the folder's name is too long");
	if (mkdir(folder, 0700) < 0 && errno != EEXIST)
		return failed(cx, "mkdir");
	return OK;
}

static char *folder_of(struct arena *mem, str sha256)
{
	return arena_cstr(mem, arena_printf(mem, "%s/%.*s", media_folder(), 2, sha256.p));
}

static char *file_of(struct arena *mem, str sha256)
{
	return arena_cstr(mem,
		arena_printf(mem, "%s/%.*s", folder_of(mem, sha256), STR_FMT(sha256)));
}

static bool write_all(int fd, str bytes)
{
	while (bytes.n) {
		ssize_t n = write(fd, bytes.p, bytes.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes = str_skip(bytes, (size_t)n);
	}
	return fsync(fd) == 0;
}

static enum err write_file(struct ctx *cx, const char *path, str bytes)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	enum err err = OK;

	if (fd < 0)
		return failed(cx, "open");
	if (!write_all(fd, bytes))
		err = failed(cx, "write");
	if (close(fd) < 0 && err == OK)
		err = failed(cx, "close");
	if (err != OK)
		unlink(path);
	return err;
}

static enum err sync_folder(struct ctx *cx, const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return failed(cx, "open");
	int bad = fsync(fd);
	enum err err = bad ? failed(cx, "fsync") : OK;
	close(fd);
	return err;
}

/* The folder of two hex digits; a new one must itself be on disk. */
static enum err make_folder(struct ctx *cx, const char *path)
{
	if (mkdir(path, 0700) == 0)
		return sync_folder(cx, folder);
	return errno == EEXIST ? OK : failed(cx, "mkdir");
}

/* A file of the same length under its hash is the same file; a shorter one is what
 * a failing disk left, and is written anew.  Its time is moved on, so that it is
 * not swept before its new row is there. */
static bool is_there(const char *path, size_t n)
{
	struct stat st;

	pthread_mutex_lock(&deciding);
	bool there = stat(path, &st) == 0 && (size_t)st.st_size == n &&
		utimensat(AT_FDCWD, path, NULL, 0) == 0;
	pthread_mutex_unlock(&deciding);
	return there;
}

bool media_file_remove(const char *path, int64_t before_ms)
{
	struct stat st;

	pthread_mutex_lock(&deciding);
	bool gone = stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
		(int64_t)st.st_mtim.tv_sec * 1000 < before_ms && unlink(path) == 0;
	pthread_mutex_unlock(&deciding);
	return gone;
}

enum err media_store_file(struct ctx *cx, str bytes, str *out_sha256)
{
	struct arena *mem = cx->mem;
	uint8_t hash[32];

	digest_sha256(bytes, hash);
	str name = hex_of(mem, hash, sizeof(hash));
	const char *dir = folder_of(mem, name), *path = file_of(mem, name);
	if (!is_there(path, bytes.n)) {
		const char *temporary = arena_cstr(mem,
			arena_printf(mem, "%s.%.*s", path, STR_FMT(random_text(mem, 8))));

		TRY(make_folder(cx, dir));
		TRY(write_file(cx, temporary, bytes));
		if (rename(temporary, path) < 0) {
			enum err err = failed(cx, "rename");

			unlink(temporary);
			return err;
		}
	}
	/* Also when it was there: whoever wrote it may not have come so far yet. */
	TRY(sync_folder(cx, dir));
	*out_sha256 = name;
	return OK;
}

enum err media_open(struct ctx *cx, const struct media *m, int *out_fd)
{
	if (m->sha256.n != 64)
		return why(cx, ERR_BAD_MEDIA_ID, "media_id: its file is missing");
	int fd = open(file_of(cx->mem, m->sha256), O_RDONLY | O_CLOEXEC);

	if (fd < 0 && errno == ENOENT)
		return why(cx, ERR_BAD_MEDIA_ID, "media_id: its file is missing");
	if (fd < 0)
		return failed(cx, "open");
	*out_fd = fd;
	return OK;
}
