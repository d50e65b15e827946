/*
 * main/boot.c - the order in which things begin and end.
 *
 *	keys, store | bus | workers, loops | jobs | control | listening
 *
 * and back: stop listening, close sockets politely, jobs, workers, loops, store.
 * A write that was acknowledged is on disk by then; one that was submitted is
 * finished and answered before its loop ends.
 */
#include "main/boot.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/log.h"
#include "bus/bus.h"
#include "client/client.h"
#include "core/chat/chat.h"
#include "core/directory/directory.h"
#include "core/keys.h"
#include "core/media/media.h"
#include "core/message/message.h"
#include "core/schema.h"
#include "core/service/session.h"
#include "frame/pages.h"
#include "frame/workers.h"
#include "io/control.h"
#include "io/mail.h"
#include "jobs/jobs.h"
#include "jobs/push.h"
#include "main/command.h"
#include "main/ops.h"

enum { GRACE_MS = 5000 };

/* ---- the store, for server and command line ---- */

/* A clock that ran ahead and was set right made ids that the next ones must not repeat. */
static enum err advance_ids(struct tx *tx, void *arg UNUSED)
{
	int64_t *corps, newest;
	size_t n;

	TRY(corp_numbers(tx, &corps, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(chat_newest(tx, corps[i], &newest));
		id_advance(newest);
	}
	return OK;
}

enum err boot_store(struct ctx *cx, const struct settings *s,
	void (*on_commit)(void *, struct store_event *), struct store **out)
{
	struct store_config config = {
		.dir = s->data,
		.migrations = schema_migrations,
		.on_commit = on_commit,
		.cache_bytes = s->cache_mb << 20,
	};

	json_init();
	id_set_node((int)s->node);
	TRY(store_open(cx, &config, out));
	TRY(store_read(*out, cx, advance_ids, NULL));
	TRY(keys_load(cx, s->data));
	TRY(media_set_dir(cx, s->data));
	return OK;
}

str boot_public_url(struct arena *mem, const struct settings *s)
{
	str url = s->public_url[0]
		? str_of(s->public_url)
		: arena_printf(mem, "%s://%s", s->tls_cert[0] ? "https" : "http",
			  s->listen);

	while (str_ends(url, STR("/")))
		url.n--;
	return url;
}

/* ---- the server ---- */

struct server {
	const struct settings *settings;
	struct arena *mem;
	struct house house;
	struct gate *gate;
	struct pages *pages;
	struct http_server *http;
	struct control *control;
};

static void handle(struct http_req *http, void *arg)
{
	struct server *sv = arg;

	if (str_is(http->path, "/v1/ws"))
		realtime_handle(&sv->house, http);
	else if (!ops_handle(&sv->house, http) && !pages_handle(sv->pages, http))
		gate_handle(sv->gate, http);
}

static size_t body_bound(enum http_method method UNUSED, str path, void *arg)
{
	struct server *sv = arg;

	return gate_max_body(sv->gate, path);
}

static void too_large(struct http_req *http, void *arg)
{
	struct server *sv = arg;

	gate_too_large(sv->gate, http);
}

static void on_commit(void *arg UNUSED, struct store_event *chain)
{
	bus_publish(chain);
}

static void end_turn(void *arg)
{
	store_turn_end(arg);
}

static str default_web(struct arena *mem)
{
	char exe[4096];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe));
	str dir = str_make(exe, n > 0 ? (size_t)n : 0);

	while (dir.n && dir.p[dir.n - 1] != '/')
		dir.n--;
	dir = arena_printf(mem, "%.*s../web/dist", STR_FMT(dir));
	return access(dir.p, R_OK) == 0 ? dir : STR("/usr/share/liaison/web");
}

static void fill_house(struct server *sv)
{
	const struct settings *s = sv->settings;

	sv->house.n_loops = (size_t)s->loops;
	sv->house.loops = ARENA_ARRAY(sv->mem, struct loop *, sv->house.n_loops);
	for (size_t i = 0; i < sv->house.n_loops; i++) {
		sv->house.loops[i] = loop_new("loop");
		loop_on_turn_end(sv->house.loops[i], end_turn, sv->house.store);
	}
	sv->house.workers = workers_start((int)s->workers);
	sv->house.data_dir = s->data;
	sv->house.web_dir = s->web[0] ? s->web : default_web(sv->mem).p;
	sv->house.public_url = boot_public_url(sv->mem, s);
	sv->house.cookies_secure = str_starts(sv->house.public_url, STR("https://"));
	sv->house.rate_api_per_minute = s->rate_api_per_minute;
	sv->house.rate_address_per_minute = s->rate_address_per_minute;
	sv->house.rate_consumer_per_minute = s->rate_consumer_per_minute;
	if (s->smtp_url[0]) {
		struct mail_server *mail = ARENA_NEW(sv->mem, struct mail_server);

		*mail = (struct mail_server){ s->smtp_url, s->smtp_user, s->smtp_password,
			s->smtp_from };
		sv->house.mail = mail;
	}
	sv->house.push_allow_private = s->push_allow_private;
	sv->house.push_subject = s->smtp_from[0]
		? arena_printf(sv->mem, "mailto:%s", s->smtp_from)
		: sv->house.public_url;
	sv->house.consumer_online = realtime_consumer_online;
	sv->house.started_ms = clock_now_ms();
	sv->house.version = LIAISON_VERSION;
	sv->house.hurry = s->hurry;
	sv->house.publish = bus_publish;
}

static str control_answer(void *arg, struct arena *mem, str question)
{
	struct server *sv = arg;

	return command_answer(&sv->house, mem, question);
}

static void start_parts(struct server *sv, struct ctx *cx)
{
	const struct settings *s = sv->settings;
	str socket = arena_printf(sv->mem, "%s/control", s->data);

	fill_house(sv);
	message_on_said(CHAT_SERVICE, service_said);
	bus_init(sv->house.loops, sv->house.n_loops);
	sv->gate = boot_gate(&sv->house);
	sv->pages = pages_new(sv->house.web_dir);
	realtime_init(&sv->house);
	if (push_init(cx, &sv->house) != OK)
		fatal("%.*s", STR_FMT(cx->words));
	sv->house.push_key = arena_str(sv->mem, sv->house.push_key);
	push_start(&sv->house);
	jobs_start(&sv->house);
	if (control_start(cx, socket.p, control_answer, sv, &sv->control) != OK)
		fatal("%.*s", STR_FMT(cx->words));
}

static void start_listening(struct server *sv)
{
	const struct settings *s = sv->settings;
	const char *words = "";
	struct http_server_config config = {
		.listen = s->listen,
		.handle = handle,
		.arg = sv,
		.max_body_of = body_bound,
		.too_large = too_large,
		.trusted_proxies = s->trusted_proxies,
		.tls_cert = s->tls_cert[0] ? s->tls_cert : NULL,
		.tls_key = s->tls_key[0] ? s->tls_key : NULL,
	};

	if (http_server_start(sv->house.loops, sv->house.n_loops, &config, &sv->http,
		    &words))
		fatal("listen %s: %s", s->listen, words);
	for (size_t i = 0; i < sv->house.n_loops; i++)
		loop_start(sv->house.loops[i]);
}

static void greet(const struct server *sv)
{
	str url = sv->house.public_url;

	printf("Liaison %s is ready / 已就绪\n"
	       "  desk     / 员工端   %.*s/desk/\n"
	       "  console  / 管理后台 %.*s/console/\n"
	       "  open API / 开放接口 %.*s/cgi-bin/\n",
		LIAISON_VERSION, STR_FMT(url), STR_FMT(url), STR_FMT(url));
	fflush(stdout);
	log_info("started", K_ZSTR("version", LIAISON_VERSION),
		K_ZSTR("listen", sv->settings->listen), K_STR("public_url", url));
}

/* Signals come to this thread only: all others block them. */
static int wait_for_signal(const sigset_t *set)
{
	int sig = 0;

	while (sigwait(set, &sig) != 0)
		;
	return sig;
}

static void http_stopped(void *arg)
{
	mailbox_close(arg);
}

/* A half-dead peer must not keep the process: the second signal ends it at once. */
static void stop_listening(struct server *sv)
{
	struct mailbox gone;

	ops_stopping();
	mailbox_init(&gone, NULL, NULL);
	realtime_stop(&sv->house);
	http_server_stop(sv->http, GRACE_MS, http_stopped, &gone);
	BUG_IF(mailbox_wait(&gone) != NULL, "a letter from nobody");
	mailbox_release(&gone);
}

static void stop_parts(struct server *sv)
{
	control_stop(sv->control);
	push_stop();
	jobs_stop();
	workers_stop(sv->house.workers);
	for (size_t i = 0; i < sv->house.n_loops; i++)
		loop_stop(sv->house.loops[i]);
	for (size_t i = 0; i < sv->house.n_loops; i++)
		loop_join(sv->house.loops[i]);
	realtime_release();
	http_server_free(sv->http);
	store_close(sv->house.store);
	bus_release();
	pages_free(sv->pages);
	gate_free(sv->gate);
}

int boot_serve(const struct settings *s)
{
	struct server sv = { .settings = s, .mem = arena_new(0) };
	struct ctx *cx;
	enum log_level level;
	sigset_t set;
	int sig;

	if (!log_level_of(str_of(s->log_level), &level))
		fatal("log_level: debug, info, warn or error");
	log_set_level(level);
	clock_shift_ms(s->clock_ahead_s * 1000);
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	cx = ctx_new(0);
	if (boot_store(cx, s, on_commit, &sv.house.store) != OK)
		fatal("%s: %.*s", s->data, STR_FMT(cx->words));
	start_parts(&sv, cx);
	start_listening(&sv);
	greet(&sv);
	sig = wait_for_signal(&set);
	pthread_sigmask(SIG_UNBLOCK, &set, NULL); /* a second one ends it at once */
	log_info("stopping", K_INT("signal", sig));
	stop_listening(&sv);
	stop_parts(&sv);
	log_info("stopped", K_INT("signal", sig));
	ctx_free(cx);
	arena_free(sv.mem);
	return 0;
}
