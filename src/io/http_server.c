/*
 * io/http_server.c - listening, handing connections to loops, stopping.
 *
 * The first loop accepts and deals connections out in turn.  Stopping goes from it
 * to the others, so nothing it dealt arrives after the word to stop.
 */
#include "io/http_priv.h"

#include <errno.h>
#include <netinet/in.h>
#include <unistd.h>

#include "base/err.h"
#include "base/log.h"

enum { ACCEPTS_AT_ONCE = 64, ACCEPT_PAUSE_MS = 100, SWEEP_MS = 1000 };

/* ---- accepting ---- */

/* A connection on its way to its loop. */
struct arrival {
	struct task task;
	struct shard *shard;
	int fd;
	struct sockaddr_storage peer;
};

static void adopt(struct shard *shard, int fd, const struct sockaddr *peer)
{
	if (!shard->stopping) {
		conn_new(shard, fd, peer);
		return;
	}
	close(fd);
	atomic_fetch_sub(&shard->server->n_conns, 1);
}

static void on_arrival(struct loop *loop, struct task *t)
{
	struct arrival *a = CONTAINER_OF(t, struct arrival, task);

	adopt(a->shard, a->fd, (struct sockaddr *)&a->peer);
	free(a);
}

static void deal(struct http_server *s, int fd, const struct sockaddr_storage *peer)
{
	struct shard *shard = &s->shards[s->next_shard++ % s->n_shards];
	struct arrival *a;

	if (shard == s->shards) {
		adopt(shard, fd, (const struct sockaddr *)peer);
		return;
	}
	a = calloc(1, sizeof(*a));
	BUG_IF(!a, "out of memory");
	a->task.run = on_arrival;
	a->shard = shard;
	a->fd = fd;
	a->peer = *peer;
	loop_post(shard->loop, &a->task);
}

static void resume_accepting(void *arg)
{
	struct http_server *s = arg;

	if (s->accepting)
		event_add(s->accepting, NULL);
}

/* No descriptors left: the queue of the kernel keeps them for a moment. */
static void pause_accepting(struct http_server *s)
{
	log_warn("accept_failed", K_ZSTR("error", strerror(errno)),
		K_INT("port", s->port));
	event_del(s->accepting);
	timer_start(&s->accept_pause, s->shards->loop, ACCEPT_PAUSE_MS, resume_accepting,
		s);
}

static bool is_passing(int error)
{
	return error == EINTR || error == ECONNABORTED || error == EPROTO ||
		error == EPERM;
}

static void on_accept(evutil_socket_t fd, short what, void *arg)
{
	struct http_server *s = arg;

	for (int i = 0; i < ACCEPTS_AT_ONCE; i++) {
		struct sockaddr_storage peer = { 0 };
		socklen_t n = sizeof(peer);
		int got = accept4(fd, (struct sockaddr *)&peer, &n,
			SOCK_NONBLOCK | SOCK_CLOEXEC);

		if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return;
		if (got < 0 && is_passing(errno))
			continue;
		if (got < 0) {
			pause_accepting(s);
			return;
		}
		if (atomic_load(&s->n_conns) >= s->config.max_connections) {
			close(got);
			continue;
		}
		atomic_fetch_add(&s->n_conns, 1);
		deal(s, got, &peer);
	}
}

/* ---- starting ---- */

static void fill_defaults(struct http_server_config *c)
{
#define DEFAULT(field, value) c->field = c->field ? c->field : (value)
	DEFAULT(max_target_bytes, 8192);
	DEFAULT(max_headers_bytes, 16384);
	DEFAULT(max_body_bytes, 1 << 20);
	DEFAULT(max_bodies_bytes, 512 << 20);
	DEFAULT(read_ms, 30000);
	DEFAULT(idle_ms, 75000);
	DEFAULT(write_ms, 30000);
	DEFAULT(max_connections, 60000);
#undef DEFAULT
}

static enum err parse_proxies(struct http_server *s, const char *list)
{
	str rest = str_of(list);

	while (rest.n) {
		str item = str_trim(str_cut(&rest, ','));

		if (!item.n)
			continue;
		if (s->n_proxies == HTTP_MAX_PROXIES)
			return ERR_INVALID_ARGUMENT;
		TRY(addr_net_parse(item, &s->proxies[s->n_proxies++]));
	}
	return OK;
}

static int open_listener(const struct sockaddr_storage *at, socklen_t n)
{
	int fd = socket(at->ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	int one = 1, zero = 0, error;

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (at->ss_family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &zero, sizeof(zero));
	if (!bind(fd, (const struct sockaddr *)at, n) && !listen(fd, 4096))
		return fd;
	error = errno;
	close(fd);
	errno = error;
	return -1;
}

static int port_of(int fd)
{
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} at = { .v6 = { 0 } };
	socklen_t n = sizeof(at);

	if (getsockname(fd, &at.any, &n))
		return 0;
	return ntohs(at.any.sa_family == AF_INET6 ? at.v6.sin6_port : at.v4.sin_port);
}

static enum err listen_at(struct http_server *s, const char **out_words)
{
	struct sockaddr_storage at;
	socklen_t n;

	*out_words = "listen: not an address with a port";
	TRY(addr_parse(s->config.listen, &at, &n));
	s->listen_fd = open_listener(&at, n);
	if (s->listen_fd < 0) {
		*out_words = strerror(errno);
		return ERR_CONFLICT;
	}
	s->port = port_of(s->listen_fd);
	return OK;
}

static enum err check_config(struct http_server *s, const char **out_words)
{
	const struct http_server_config *c = &s->config;

	*out_words = "trusted_proxies: not a list of networks";
	TRY(parse_proxies(s, c->trusted_proxies));
	*out_words = "tls_cert and tls_key: both or neither";
	if (!c->tls_cert != !c->tls_key)
		return ERR_INVALID_ARGUMENT;
	if (c->tls_cert) {
		s->tls = tls_server_new(c->tls_cert, c->tls_key, out_words);
		if (!s->tls)
			return ERR_INVALID_ARGUMENT;
	}
	return listen_at(s, out_words);
}

static void on_sweep(void *arg)
{
	conn_sweep(arg);
}

static int64_t sweep_ms(const struct http_server_config *c)
{
	int64_t least = c->read_ms < c->write_ms ? c->read_ms : c->write_ms;

	least = c->idle_ms < least ? c->idle_ms : least;
	return least / 4 < 10 ? 10 : least / 4 > SWEEP_MS ? SWEEP_MS : least / 4;
}

static void on_begin(struct loop *loop, struct task *t)
{
	struct shard *shard = CONTAINER_OF(t, struct shard, begin);
	struct http_server *s = shard->server;

	timer_repeat(&shard->sweep, loop, sweep_ms(&s->config), on_sweep, shard);
	if (shard != s->shards)
		return;
	s->accepting =
		event_new(loop->base, s->listen_fd, EV_READ | EV_PERSIST, on_accept, s);
	BUG_IF(!s->accepting || event_add(s->accepting, NULL), "out of memory");
}

enum err http_server_start(struct loop *const *loops, size_t n_loops,
	const struct http_server_config *config, struct http_server **out,
	const char **out_words)
{
	struct http_server *s = calloc(1, sizeof(*s));
	enum err err;

	BUG_IF(!s || !n_loops, "out of memory");
	s->config = *config;
	s->listen_fd = -1;
	fill_defaults(&s->config);
	err = check_config(s, out_words);
	if (err != OK) {
		http_server_free(s);
		return err;
	}
	s->shards = calloc(n_loops, sizeof(*s->shards));
	BUG_IF(!s->shards, "out of memory");
	s->n_shards = n_loops;
	atomic_store(&s->n_open_shards, n_loops);
	*out = s;
	for (size_t i = 0; i < n_loops; i++) {
		s->shards[i].server = s;
		s->shards[i].loop = loops[i];
		s->shards[i].begin.run = on_begin;
		loop_post(loops[i], &s->shards[i].begin);
	}
	return OK;
}

int http_server_port(const struct http_server *s)
{
	return s->port;
}

size_t http_server_connections(const struct http_server *s)
{
	return atomic_load(&((struct http_server *)(uintptr_t)s)->n_conns);
}

/* ---- stopping ---- */

static void on_all_ended(struct loop *loop, struct task *t)
{
	struct http_server *s = CONTAINER_OF(t, struct http_server, done_task);

	s->done(s->done_arg);
}

/* Called when a connection or a request of the shard has gone. */
void shard_changed(struct shard *shard)
{
	struct http_server *s = shard->server;

	if (!shard->stopping || shard->ended || shard->conns || shard->n_requests)
		return;
	shard->ended = true;
	timer_stop(&shard->sweep);
	timer_stop(&shard->grace);
	if (atomic_fetch_sub(&s->n_open_shards, 1) == 1)
		loop_post(s->shards->loop, &s->done_task);
}

static void on_grace_over(void *arg)
{
	struct shard *shard = arg;

	while (shard->conns)
		conn_drop(shard->conns);
}

static void on_stop(struct loop *loop, struct task *t)
{
	struct shard *shard = CONTAINER_OF(t, struct shard, stop);

	shard->stopping = true;
	timer_start(&shard->grace, loop, shard->server->grace_ms, on_grace_over, shard);
	conn_stop_idle(shard);
	shard_changed(shard);
}

static void on_stop_first(struct loop *loop, struct task *t)
{
	struct shard *shard = CONTAINER_OF(t, struct shard, stop);
	struct http_server *s = shard->server;

	event_free(s->accepting);
	s->accepting = NULL;
	timer_stop(&s->accept_pause);
	close(s->listen_fd);
	s->listen_fd = -1;
	for (size_t i = 1; i < s->n_shards; i++) {
		s->shards[i].stop.run = on_stop;
		loop_post(s->shards[i].loop, &s->shards[i].stop);
	}
	on_stop(loop, t);
}

void http_server_stop(struct http_server *s, int grace_ms, void (*done)(void *arg),
	void *arg)
{
	s->grace_ms = grace_ms;
	s->done = done;
	s->done_arg = arg;
	s->done_task.run = on_all_ended;
	s->shards->stop.run = on_stop_first;
	loop_post(s->shards->loop, &s->shards->stop);
}

void http_server_free(struct http_server *s)
{
	if (s->listen_fd >= 0)
		close(s->listen_fd);
	if (s->tls)
		tls_server_free(s->tls);
	free(s->shards);
	free(s);
}
