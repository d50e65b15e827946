/*
 * io/http_client.c - libcurl's multi interface on libevent.
 *
 * curl tells which descriptors it waits for and when it wants to be woken; we tell
 * it what happened, and collect what has finished.
 *
 * Addresses are judged where they are used: curl asks us to open each socket and
 * shows the address it is for, so neither DNS nor a URL's spelling can deceive.
 */
#include "io/http_client.h"

#include <curl/curl.h>
#include <pthread.h>

#include "base/clock.h"
#include "io/addr.h"
#include "io/loop_priv.h"

enum { DEFAULT_TIMEOUT_MS = 10000, CONNECT_TIMEOUT_MS = 5000, IDLE_CONNECTIONS = 64 };

struct fetcher {
	struct loop *loop;
	CURLM *multi;
	struct timer timer;
	struct job *jobs;
	bool stopped;
};

struct job {
	struct task task;
	struct fetcher *fetcher;
	struct job *next, **prev;
	struct loop *loop;
	struct arena *mem;
	struct fetch fetch; /* its bytes are in mem */
	void (*done)(void *arg, const struct fetched *got);
	void *arg;
	CURL *easy;
	struct curl_slist *fields;
	char words[CURL_ERROR_SIZE];
	char *body;
	size_t body_n, body_cap;
	int64_t began_us;
	bool is_private, is_too_large;
};

/* ---- the reply ---- */

static size_t on_body(char *p, size_t size, size_t n, void *arg)
{
	struct job *j = arg;
	size_t cap = j->body_cap ? j->body_cap * 2 : 4096;

	if (n > j->fetch.max_reply_bytes - j->body_n) {
		j->is_too_large = true;
		return 0;
	}
	if (j->body_n + n > j->body_cap) {
		while (cap < j->body_n + n)
			cap *= 2;
		j->body = realloc(j->body, cap);
		BUG_IF(!j->body, "out of memory");
		j->body_cap = cap;
	}
	memcpy(j->body + j->body_n, p, n);
	j->body_n += n;
	return n;
}

static str field_of(struct job *j, const char *name)
{
	struct curl_header *h;

	if (curl_easy_header(j->easy, name, 0, CURLH_HEADER, -1, &h) != CURLHE_OK)
		return STR_NONE;
	return str_of(h->value);
}

static enum err verdict(const struct job *j, CURLcode result)
{
	if (result == CURLE_OK)
		return OK;
	if (j->is_private)
		return ERR_PRIVATE_ADDRESS;
	if (j->is_too_large || result == CURLE_FILESIZE_EXCEEDED)
		return ERR_TOO_LARGE;
	if (result == CURLE_UNSUPPORTED_PROTOCOL || result == CURLE_URL_MALFORMAT)
		return ERR_INVALID_ARGUMENT;
	return ERR_UNREACHABLE;
}

static str words_of(const struct job *j, enum err err, CURLcode result)
{
	if (err == ERR_PRIVATE_ADDRESS)
		return STR("the address is private");
	if (err == ERR_TOO_LARGE)
		return STR("the reply is too large");
	return str_of(j->words[0] ? j->words : curl_easy_strerror(result));
}

/* ---- the end of a fetch ---- */

static void free_job(struct job *j)
{
	if (j->easy)
		curl_easy_cleanup(j->easy);
	curl_slist_free_all(j->fields);
	free(j->body);
	arena_free(j->mem);
	free(j);
}

static void leave(struct job *j)
{
	*j->prev = j->next;
	if (j->next)
		j->next->prev = j->prev;
	curl_multi_remove_handle(j->fetcher->multi, j->easy);
}

static void answer(struct job *j, CURLcode result)
{
	struct fetched got = { .err = verdict(j, result) };
	long status = 0;

	got.took_ms = (clock_mono_us() - j->began_us) / 1000;
	if (got.err != OK) {
		got.words = words_of(j, got.err, result);
	} else {
		curl_easy_getinfo(j->easy, CURLINFO_RESPONSE_CODE, &status);
		got.status = (int)status;
		got.content_type = field_of(j, "Content-Type");
		got.retry_after = field_of(j, "Retry-After");
		got.body = str_make(j->body, j->body_n);
	}
	j->done(j->arg, &got);
}

static void refuse(struct job *j, enum err err, str words)
{
	j->done(j->arg, &(struct fetched){ .err = err, .words = words });
}

static void collect(struct fetcher *f)
{
	CURLMsg *m;
	int left;

	while (!f->stopped && (m = curl_multi_info_read(f->multi, &left))) {
		CURLcode result = m->data.result;
		struct job *j;

		if (m->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, (char **)&j);
		leave(j);
		answer(j, result); /* may begin or stop fetches */
		free_job(j);
	}
}

/* ---- curl and libevent ---- */

static void on_event(evutil_socket_t fd, short what, void *arg)
{
	struct fetcher *f = arg;
	int mask = (what & EV_READ ? CURL_CSELECT_IN : 0) |
		(what & EV_WRITE ? CURL_CSELECT_OUT : 0);
	int running;

	curl_multi_socket_action(f->multi, fd, mask, &running);
	collect(f);
}

static void on_timer(void *arg)
{
	struct fetcher *f = arg;
	int running;

	curl_multi_socket_action(f->multi, CURL_SOCKET_TIMEOUT, 0, &running);
	collect(f);
}

static int on_want_timer(CURLM *multi, long ms, void *arg)
{
	struct fetcher *f = arg;

	if (ms < 0)
		timer_stop(&f->timer);
	else
		timer_start(&f->timer, f->loop, ms, on_timer, f);
	return 0;
}

static int on_want_socket(CURL *easy, curl_socket_t fd, int what, void *arg,
	void *event_ptr)
{
	struct fetcher *f = arg;
	struct event *event = event_ptr;
	short flags = EV_PERSIST;

	if (event)
		event_free(event);
	if (what == CURL_POLL_REMOVE) {
		curl_multi_assign(f->multi, fd, NULL);
		return 0;
	}
	flags |= (short)((what & CURL_POLL_IN ? EV_READ : 0) |
		(what & CURL_POLL_OUT ? EV_WRITE : 0));
	event = event_new(f->loop->base, fd, flags, on_event, f);
	BUG_IF(!event || event_add(event, NULL), "out of memory");
	curl_multi_assign(f->multi, fd, event);
	return 0;
}

/* ---- one fetch ---- */

static curl_socket_t on_open(void *arg, curlsocktype purpose, struct curl_sockaddr *a)
{
	struct job *j = arg;

	if (!j->fetch.allow_private && !addr_is_public(&a->addr)) {
		j->is_private = true;
		return CURL_SOCKET_BAD;
	}
	return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

/* A connection kept from an earlier fetch was opened under that fetch's rules. */
static int on_ready(void *arg, char *ip, char *local_ip, int port, int local_port)
{
	struct job *j = arg;
	struct sockaddr_storage at;
	char text[64];
	socklen_t n;

	if (j->fetch.allow_private)
		return CURL_PREREQFUNC_OK;
	snprintf(text, sizeof(text), strchr(ip, ':') ? "[%s]:0" : "%s:0", ip);
	if (addr_parse(text, &at, &n) == OK && addr_is_public((struct sockaddr *)&at))
		return CURL_PREREQFUNC_OK;
	j->is_private = true;
	return CURL_PREREQFUNC_ABORT;
}

static void set_method(struct job *j)
{
	const struct fetch *f = &j->fetch;

	if (f->body.n || str_is(f->method, "POST")) {
		curl_easy_setopt(j->easy, CURLOPT_POST, 1L);
		curl_easy_setopt(j->easy, CURLOPT_POSTFIELDSIZE_LARGE,
			(curl_off_t)f->body.n);
		curl_easy_setopt(j->easy, CURLOPT_POSTFIELDS, f->body.n ? f->body.p : "");
	}
	if (str_is(f->method, "HEAD"))
		curl_easy_setopt(j->easy, CURLOPT_NOBODY, 1L);
	else if (f->method.n)
		curl_easy_setopt(j->easy, CURLOPT_CUSTOMREQUEST, f->method.p);
}

static void set_fields(struct job *j)
{
	/* curl would wait for "100 Continue", and name a form's type. */
	j->fields = curl_slist_append(NULL, "Expect:");
	if (j->fetch.body.n)
		j->fields = curl_slist_append(j->fields, "Content-Type:");
	for (size_t i = 0; i < j->fetch.n_fields; i++) {
		const struct http_field *field = &j->fetch.fields[i];
		str line = arena_printf(j->mem, "%.*s%s%.*s", STR_FMT(field->name),
			field->value.n ? ": " : ";", STR_FMT(field->value));

		j->fields = curl_slist_append(j->fields, line.p);
	}
	BUG_IF(!j->fields, "out of memory");
	curl_easy_setopt(j->easy, CURLOPT_HTTPHEADER, j->fields);
}

static void set_rules(struct job *j)
{
	CURL *e = j->easy;

	curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(e, CURLOPT_PROXY, "");
	curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(e, CURLOPT_QUICK_EXIT, 1L); /* never wait for a slow resolver */
	curl_easy_setopt(e, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(e, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, (long)j->fetch.timeout_ms);
	curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_TIMEOUT_MS);
	curl_easy_setopt(e, CURLOPT_OPENSOCKETFUNCTION, on_open);
	curl_easy_setopt(e, CURLOPT_OPENSOCKETDATA, j);
	curl_easy_setopt(e, CURLOPT_PREREQFUNCTION, on_ready);
	curl_easy_setopt(e, CURLOPT_PREREQDATA, j);
	curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(e, CURLOPT_WRITEDATA, j);
	curl_easy_setopt(e, CURLOPT_MAXFILESIZE_LARGE,
		(curl_off_t)j->fetch.max_reply_bytes);
	curl_easy_setopt(e, CURLOPT_ERRORBUFFER, j->words);
	curl_easy_setopt(e, CURLOPT_PRIVATE, j);
	curl_easy_setopt(e, CURLOPT_USERAGENT, "Liaison");
}

static void begin(struct fetcher *f, struct job *j)
{
	j->fetcher = f;
	j->easy = curl_easy_init();
	BUG_IF(!j->easy, "out of memory");
	curl_easy_setopt(j->easy, CURLOPT_URL, j->fetch.url.p);
	set_rules(j);
	set_method(j);
	set_fields(j);
	j->next = f->jobs;
	j->prev = &f->jobs;
	if (j->next)
		j->next->prev = &j->next;
	f->jobs = j;
	curl_multi_add_handle(f->multi, j->easy);
}

/* ---- one fetcher for each loop ---- */

static void free_fetcher(struct fetcher *f)
{
	http_client_stop(f->loop);
	curl_multi_cleanup(f->multi);
	timer_stop(&f->timer);
	f->loop->fetcher = NULL;
	free(f);
}

static void init_curl(void)
{
	BUG_IF(curl_global_init(CURL_GLOBAL_DEFAULT), "libcurl does not start");
}

static struct fetcher *fetcher_of(struct loop *loop)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct fetcher *f = loop->fetcher;

	if (f)
		return f;
	pthread_once(&once, init_curl);
	f = calloc(1, sizeof(*f));
	BUG_IF(!f, "out of memory");
	f->loop = loop;
	f->multi = curl_multi_init();
	BUG_IF(!f->multi, "out of memory");
	curl_multi_setopt(f->multi, CURLMOPT_SOCKETFUNCTION, on_want_socket);
	curl_multi_setopt(f->multi, CURLMOPT_SOCKETDATA, f);
	curl_multi_setopt(f->multi, CURLMOPT_TIMERFUNCTION, on_want_timer);
	curl_multi_setopt(f->multi, CURLMOPT_TIMERDATA, f);
	curl_multi_setopt(f->multi, CURLMOPT_MAXCONNECTS, (long)IDLE_CONNECTIONS);
	loop->fetcher = f;
	loop->fetcher_free = free_fetcher;
	return f;
}

static bool is_one_line(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if ((uint8_t)s.p[i] < ' ' && s.p[i] != '\t')
			return false;
	}
	return true;
}

/* Nothing may smuggle a line into the request. */
static bool is_sound(const struct fetch *f)
{
	bool sound = f->url.n && is_one_line(f->url) && is_one_line(f->method);

	for (size_t i = 0; i < f->n_fields; i++) {
		sound = sound && f->fields[i].name.n && is_one_line(f->fields[i].name) &&
			is_one_line(f->fields[i].value);
	}
	return sound;
}

static void on_posted(struct loop *loop, struct task *t)
{
	struct job *j = CONTAINER_OF(t, struct job, task);
	struct fetcher *f = fetcher_of(loop);

	if (!f->stopped && is_sound(&j->fetch)) {
		begin(f, j);
		return;
	}
	if (f->stopped)
		refuse(j, ERR_STOPPING, STR("stopping"));
	else
		refuse(j, ERR_INVALID_ARGUMENT, STR("not a sound URL or header field"));
	free_job(j);
}

static const struct http_field *copy_fields(struct arena *mem, const struct fetch *f)
{
	struct http_field *copy = ARENA_ARRAY(mem, struct http_field, f->n_fields);

	for (size_t i = 0; i < f->n_fields; i++) {
		copy[i].name = arena_str(mem, f->fields[i].name);
		copy[i].value = arena_str(mem, f->fields[i].value);
	}
	return copy;
}

void http_fetch(struct loop *loop, const struct fetch *f,
	void (*done)(void *arg, const struct fetched *got), void *arg)
{
	struct job *j = calloc(1, sizeof(*j));

	BUG_IF(!j, "out of memory");
	j->task.run = on_posted;
	j->mem = arena_new(0);
	j->fetch = *f;
	j->fetch.url = arena_str(j->mem, f->url);
	j->fetch.method = arena_str(j->mem, f->method);
	j->fetch.body = arena_str(j->mem, f->body);
	j->fetch.fields = copy_fields(j->mem, f);
	if (!f->timeout_ms)
		j->fetch.timeout_ms = DEFAULT_TIMEOUT_MS;
	if (!f->max_reply_bytes)
		j->fetch.max_reply_bytes = 1 << 20;
	j->began_us = clock_mono_us();
	j->done = done;
	j->arg = arg;
	loop_post(loop, &j->task);
}

void http_client_stop(struct loop *loop)
{
	struct fetcher *f = fetcher_of(loop);
	struct job *j, *next;

	BUG_IF(!loop_is_mine(loop), "on a wrong thread");
	f->stopped = true;
	j = f->jobs;
	f->jobs = NULL;
	for (; j; j = next) {
		next = j->next;
		curl_multi_remove_handle(f->multi, j->easy);
		refuse(j, ERR_STOPPING, STR("stopping"));
		free_job(j);
	}
}
