#include "main/ops.h"

#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "client/client.h"
#include "jobs/jobs.h"

static atomic_bool stopping;

void ops_stopping(void)
{
	atomic_store(&stopping, true);
}

static void metric(struct buf *b, const char *name, const char *type, const char *help,
	int64_t v)
{
	buf_printf(b, "# HELP %s %s\n# TYPE %s %s\n%s %" PRId64 "\n", name, help, name,
		type, name, v);
}

/* The second number of /proc/self/statm, in pages (proc(5)). */
static int64_t resident_bytes(void)
{
	FILE *f = fopen("/proc/self/statm", "re");
	char line[256] = "";
	int64_t pages = 0;
	str rest;

	if (f && !fgets(line, sizeof(line), f))
		line[0] = '\0';
	if (f)
		fclose(f);
	rest = str_of(line);
	(void)str_cut(&rest, ' ');
	if (!str_int(str_cut(&rest, ' '), &pages))
		pages = 0;
	return pages * sysconf(_SC_PAGESIZE);
}

static str metrics(struct house *h, struct arena *mem)
{
	struct store_stats st;
	struct jobs_counts jobs;
	struct buf b;

	buf_init(&b, mem, 4096);
	store_stats(h->store, &st);
	jobs_counts(&jobs);
#define M(name, type, help, value) metric(&b, "liaison_" name, type, help, value)
	M("uptime_seconds", "gauge", "Since the start",
		(clock_now_ms() - h->started_ms) / 1000);
	M("resident_bytes", "gauge", "Resident memory", resident_bytes());
	M("store_writes_total", "counter", "Writes committed", st.writes);
	M("store_failed_total", "counter", "Writes answered with an error", st.failed);
	M("store_commits_total", "counter", "Commits; each is one fsync", st.commits);
	M("store_reruns_total", "counter", "Batches run again one by one", st.reruns);
	M("store_commit_errors_total", "counter", "Commits that failed",
		st.commit_errors);
	M("store_checkpoints_total", "counter", "Checkpoints", st.checkpoints);
	M("store_wal_pages", "gauge", "Pages in the write-ahead log", st.wal_pages);
	M("sessions", "gauge", "Open realtime sockets", realtime_sessions());
	M("callbacks_delivered_total", "counter", "Callbacks delivered", jobs.delivered);
	M("callbacks_failed_total", "counter", "Tries of callbacks that failed",
		jobs.failed);
#undef M
	return buf_str(&b);
}

static enum err nothing(struct tx *tx UNUSED, void *arg UNUSED)
{
	return OK;
}

/* Ready means: not stopping, and the store opens a snapshot. */
static bool is_ready(struct house *h)
{
	struct ctx *cx = ctx_new(0);
	bool ok =
		!atomic_load(&stopping) && store_read(h->store, cx, nothing, NULL) == OK;

	ctx_free(cx);
	return ok;
}

bool ops_handle(struct house *house, struct http_req *http)
{
	if (str_is(http->path, "/healthz")) {
		http_reply_bytes(http, 200, "text/plain", STR("ok\n"));
	} else if (str_is(http->path, "/readyz")) {
		bool ready = is_ready(house);

		http_reply_bytes(http, ready ? 200 : 503, "text/plain",
			ready ? STR("ready\n") : STR("not ready\n"));
	} else if (str_is(http->path, "/metrics")) {
		http_reply_bytes(http, 200, "text/plain; version=0.0.4",
			metrics(house, http->mem));
	} else {
		return false;
	}
	return true;
}
