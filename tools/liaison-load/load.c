/*
 * tools/liaison-load/load.c - connections, buffers, counters.
 */
#include "load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { READ_BYTES = 256 << 10, EVENTS = 512, CONNECTING = 64, LATENCIES = 1 << 23 };

struct load load = { .host = "127.0.0.1",
	.inflight = 8,
	.seconds = 5,
	.warm = 1,
	.bytes = 200,
	.clients = 1000 };
uint32_t *latency_us;
int64_t n_latencies;

static int epoll_fd = -1;
static struct peer **dirty;
static size_t n_dirty;
static char scratch[READ_BYTES];

int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

uint32_t random_u32(void)
{
	static uint64_t x = 0x9e3779b97f4a7c15u;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return (uint32_t)(x >> 16);
}

/* ---- bytes ---- */

static char *room(struct bytes *b, size_t n)
{
	char *at;

	if (b->n + n > b->room) {
		b->room = (b->n + n) * 2;
		b->p = realloc(b->p, b->room);
		BUG_IF(!b->p, "out of memory");
	}
	at = b->p + b->n;
	b->n += n;
	return at;
}

static void forget(struct bytes *b)
{
	free(b->p);
	*b = (struct bytes){ 0 };
}

char *put_room(struct peer *p, size_t n)
{
	if (!p->dirty) {
		p->dirty = true;
		dirty[n_dirty++] = p;
	}
	return room(&p->out, n);
}

void put(struct peer *p, const void *bytes, size_t n)
{
	memcpy(put_room(p, n), bytes, n);
}

void put_text(struct peer *p, const char *fmt, ...)
{
	char text[2048];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	BUG_IF(n < 0 || (size_t)n >= sizeof(text), "too long");
	put(p, text, (size_t)n);
}

/* ---- sockets ---- */

static void watch(struct peer *p, bool out, int op)
{
	struct epoll_event e = { .events = EPOLLIN | (out ? EPOLLOUT : 0),
		.data.ptr = p };

	p->wants_out = out;
	if (epoll_ctl(epoll_fd, op, p->fd, &e))
		fatal("epoll_ctl: %s", strerror(errno));
}

static void connect_next(void)
{
	struct peer *p = &load.peers[load.n_open];
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)load.port) };
	int one = 1;

	p->index = (uint32_t)load.n_open++;
	p->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (p->fd < 0 || inet_pton(AF_INET, load.host, &to.sin_addr) != 1 ||
		connect(p->fd, (struct sockaddr *)&to, sizeof(to)))
		fatal("%s:%d, client %u: %s", load.host, load.port, p->index,
			strerror(errno));
	(void)setsockopt(p->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	load.protocol->open(p);
	watch(p, false, EPOLL_CTL_ADD);
}

static void flush(struct peer *p)
{
	ssize_t n = send(p->fd, p->out.p, p->out.n, MSG_NOSIGNAL | MSG_DONTWAIT);

	if (n < 0 && errno != EAGAIN)
		fatal("client %u: %s", p->index, strerror(errno));
	if (n > 0) {
		p->out.n -= (size_t)n;
		memmove(p->out.p, p->out.p + n, p->out.n);
	}
	if ((p->out.n > 0) != p->wants_out)
		watch(p, p->out.n > 0, EPOLL_CTL_MOD);
	if (!p->out.n && !load.sending)
		forget(&p->out);
}

static void flush_dirty(void)
{
	for (size_t i = 0; i < n_dirty; i++) {
		dirty[i]->dirty = false;
		flush(dirty[i]);
	}
	n_dirty = 0;
}

static void hear(struct peer *p)
{
	size_t n = p->in.n, at = 0, unit;
	ssize_t got;

	if (n)
		memcpy(scratch, p->in.p, n);
	got = recv(p->fd, scratch + n, sizeof(scratch) - n, MSG_DONTWAIT);
	if (got < 0 && errno == EAGAIN)
		return;
	if (got <= 0)
		fatal("client %u: the server hung up (%s)", p->index,
			got ? strerror(errno) : "end");
	n += (size_t)got;
	while (at < n && (unit = load.protocol->take(p, scratch + at, n - at)))
		at += unit;
	BUG_IF(n - at == sizeof(scratch), "a unit of more than %d bytes", READ_BYTES);
	p->in.n = 0;
	if (at < n)
		memcpy(room(&p->in, n - at), scratch + at, n - at);
	else if (p->in.p)
		forget(&p->in);
}

static int wait_us(struct epoll_event *events, int64_t us)
{
	struct timespec t = { us / 1000000, us % 1000000 * 1000 };
	int n = epoll_pwait2(epoll_fd, events, EVENTS, &t, NULL);

	if (n < 0 && errno != EINTR)
		fatal("epoll: %s", strerror(errno));
	return n < 0 ? 0 : n;
}

void load_run(int64_t until_us, const int64_t *count, int64_t wanted)
{
	static struct epoll_event events[EVENTS];
	int64_t left;

	while ((left = until_us - now_us()) > 0 && !(count && *count >= wanted)) {
		flush_dirty();
		for (int n = wait_us(events, left), i = 0; i < n; i++) {
			struct peer *p = events[i].data.ptr;

			if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
				hear(p);
			if (events[i].events & EPOLLOUT)
				flush(p);
		}
	}
	flush_dirty();
}

/* So many at a time: servers differ in the length of their queues. */
void load_connect(void)
{
	int64_t end = now_us() + INT64_C(300000000);

	load.began_us = now_us();
	epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	dirty = calloc((size_t)load.clients, sizeof(struct peer *));
	latency_us = calloc(LATENCIES, sizeof(*latency_us));
	BUG_IF(epoll_fd < 0 || !dirty || !latency_us, "out of memory");
	while (load.n_ready < load.clients && now_us() < end) {
		while (load.n_open < load.clients &&
			load.n_open - load.n_ready < CONNECTING)
			connect_next();
		load_run(end, &load.n_ready, load.n_ready + 1);
	}
	if (load.n_ready < load.clients)
		fatal("%" PRId64 " of %" PRId64 " clients came in", load.n_ready,
			load.clients);
}

/* ---- what the protocols tell ---- */

void on_ready(struct peer *p)
{
	BUG_IF(p->ready, "client %u is ready twice", p->index);
	p->ready = true;
	load.n_ready++;
}

static struct peer *partner(const struct peer *p)
{
	return &load.peers[p->index ^ 1];
}

static int64_t in_flight(const struct peer *p)
{
	return p->sent - (p->accepted < p->delivered ? p->accepted : p->delivered);
}

int64_t load_in_flight(void)
{
	int64_t n = 0;

	for (int64_t i = 0; i < load.clients; i++)
		n += in_flight(&load.peers[i]);
	return n;
}

void load_send_at(struct peer *p, int64_t stamp)
{
	static char text[65536];

	if (!text[STAMP_CHARS])
		memset(text, 'x', sizeof(text));
	for (int i = STAMP_CHARS - 1; i >= 0; i--, stamp >>= 4)
		text[i] = "0123456789abcdef"[stamp & 15];
	p->sent++;
	load.protocol->put(p, text, (size_t)load.bytes);
}

/* Each of a pair has half of what the pair may have in flight. */
static void fill(struct peer *p)
{
	while (load.sending && !load.steady && in_flight(p) < load.inflight / 2)
		load_send_at(p, now_us());
}

void load_fill(void)
{
	for (int64_t i = 0; i < load.clients; i++)
		fill(&load.peers[i]);
}

void on_accepted(struct peer *p)
{
	p->accepted++;
	load.accepted++;
	if (p->accepted > p->sent)
		fatal("client %u: more messages accepted than sent", p->index);
	fill(p);
}

static int64_t stamp_of(const char *text)
{
	int64_t stamp = 0;

	for (int i = 0; i < STAMP_CHARS; i++)
		stamp = stamp << 4 |
			(text[i] <= '9' ? text[i] - '0' : text[i] - 'a' + 10);
	return stamp;
}

bool is_of_this_run(const char *text)
{
	return stamp_of(text) >= load.began_us;
}

void on_delivered(struct peer *p, const char *text)
{
	struct peer *from = partner(p);

	from->delivered++;
	load.delivered++;
	if (from->delivered > from->sent)
		fatal("client %u: more messages delivered than sent", p->index);
	if (n_latencies < LATENCIES)
		latency_us[n_latencies++] = (uint32_t)(now_us() - stamp_of(text));
	fill(from);
}

void on_seq(struct peer *p, int64_t seq)
{
	if (!p->seq_n++ || seq < p->seq_low)
		p->seq_low = seq;
	if (seq > p->seq_high)
		p->seq_high = seq;
}
