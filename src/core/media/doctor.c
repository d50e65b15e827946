#include <unistd.h>

#include "core/media/media.h"

struct visit {
	struct tx *tx;
	doctor_fn *report;
	void *arg;
};

/* A row must not lack its file; a file without a row is swept later and no fault. */
static enum err check_file(void *arg, str sha256)
{
	struct visit *v = arg;
	struct media m = { .sha256 = arena_str(v->tx->cx->mem, sha256) };
	int fd;

	if (media_open(v->tx->cx, &m, &fd) == OK) {
		close(fd);
		return OK;
	}
	ctx_forgive(v->tx->cx);
	v->report(v->arg,
		arena_printf(v->tx->cx->mem, "media file %.*s is missing",
			STR_FMT(sha256)));
	return OK;
}

enum err media_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg)
{
	struct visit v = { tx, report, arg };

	return media_each_hash(tx, corp, check_file, &v);
}
