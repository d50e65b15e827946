#include "wire/zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <unistd.h>

enum { CHUNK = 64 << 10 };

struct zip {
	struct ctx *cx;
	struct archive *to;
};

static enum err failed(struct zip *z)
{
	const char *words = archive_error_string(z->to);

	return why(z->cx, archive_errno(z->to) == ENOSPC ? ERR_NO_SPACE : ERR_STORE,
		"zip: %s", words ? words : "cannot write");
}

static void let_go(void *arg)
{
	archive_write_free(arg);
}

enum err zip_new(struct ctx *cx, int fd, struct zip **out)
{
	struct zip *z = ARENA_NEW(cx->mem, struct zip);

	z->cx = cx;
	z->to = archive_write_new();
	BUG_IF(!z->to, "out of memory");
	arena_defer(cx->mem, let_go, z->to);
	if (archive_write_set_format_zip(z->to) != ARCHIVE_OK ||
		archive_write_set_options(z->to, "hdrcharset=UTF-8") < ARCHIVE_WARN ||
		archive_write_open_fd(z->to, fd) != ARCHIVE_OK)
		return failed(z);
	*out = z;
	return OK;
}

enum err zip_entry(struct zip *z, str name, int64_t time_ms)
{
	struct archive_entry *e = archive_entry_new();
	int got;

	archive_entry_set_pathname_utf8(e, arena_cstr(z->cx->mem, name));
	archive_entry_set_filetype(e, AE_IFREG);
	archive_entry_set_perm(e, 0644);
	archive_entry_set_mtime(e, time_ms / 1000, 0);
	got = archive_write_header(z->to, e);
	archive_entry_free(e);
	return got >= ARCHIVE_WARN ? OK : failed(z);
}

enum err zip_write(struct zip *z, str bytes)
{
	if (bytes.n && archive_write_data(z->to, bytes.p, bytes.n) != (ssize_t)bytes.n)
		return failed(z);
	return OK;
}

enum err zip_copy(struct zip *z, int from)
{
	char chunk[CHUNK];
	ssize_t n;

	while ((n = read(from, chunk, sizeof(chunk))) > 0)
		TRY(zip_write(z, str_make(chunk, (size_t)n)));
	return n < 0 ? why(z->cx, ERR_STORE, "zip: %s", strerror(errno)) : OK;
}

enum err zip_end(struct zip *z)
{
	return archive_write_close(z->to) == ARCHIVE_OK ? OK : failed(z);
}
