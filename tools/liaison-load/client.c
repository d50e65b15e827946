/*
 * tools/liaison-load/client.c - WebSocket clients on one epoll.
 *
 * The masking key is zero: a client must mask (RFC 6455, 5.3), but what it masks with
 * matters to proxies only, and zero costs nothing to apply.
 */
#include "load.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS = 1024, READ_BYTES = 256 << 10, PEOPLE_LINE = 512 };

int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000ll + t.tv_nsec;
}

void give_up(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fputs("liaison-load: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	exit(1);
}

static void *grow(void *p, size_t n)
{
	p = realloc(p, n);
	if (!p)
		give_up("out of memory");
	return p;
}

static void put(char **buf, size_t *n, size_t *cap, const void *p, size_t more)
{
	if (*n + more > *cap) {
		*cap = (*n + more) * 2;
		*buf = grow(*buf, *cap);
	}
	memcpy(*buf + *n, p, more);
	*n += more;
}

/* ---- sending ---- */

static void put_out(struct client *cl, const void *p, size_t n)
{
	put(&cl->out, &cl->out_n, &cl->out_cap, p, n);
}

void client_say(struct client *cl, const char *text, size_t n)
{
	unsigned char head[8] = { 0x81 };
	size_t head_n;

	if (n < 126) {
		head[1] = (unsigned char)(0x80 | n);
		head_n = 2;
	} else {
		head[1] = 0x80 | 126;
		head[2] = (unsigned char)(n >> 8);
		head[3] = (unsigned char)n;
		head_n = 4;
	}
	memset(head + head_n, 0, 4); /* the key */
	put_out(cl, head, head_n + 4);
	put_out(cl, text, n);
}

static void watch(struct crowd *c, struct client *cl, bool writing)
{
	struct epoll_event ev = { .events = EPOLLIN | (writing ? EPOLLOUT : 0), .data.ptr = cl };

	cl->writing = writing;
	if (epoll_ctl(c->epoll, EPOLL_CTL_MOD, cl->fd, &ev))
		give_up("epoll: %s", strerror(errno));
}

void client_flush(struct crowd *c, struct client *cl)
{
	ssize_t n;

	if (!cl->out_n)
		return;
	n = send(cl->fd, cl->out, cl->out_n, MSG_NOSIGNAL);
	if (n < 0 && errno != EAGAIN)
		give_up("send: %s", strerror(errno));
	if (n > 0) {
		cl->out_n -= (size_t)n;
		memmove(cl->out, cl->out + n, cl->out_n);
	}
	if (cl->writing != (cl->out_n > 0))
		watch(c, cl, cl->out_n > 0);
}

/* ---- opening ---- */

static struct addrinfo *look_up(const struct options *o)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *found;

	if (getaddrinfo(o->host, o->port, &hints, &found))
		give_up("%s: not found", o->host);
	return found;
}

/* On the loopback each few thousand clients have an address of their own: the kernel
 * looks for a free port one by one, and becomes slow when most are taken. */
static void choose_source(struct crowd *c, struct client *cl)
{
	struct sockaddr_in from = { .sin_family = AF_INET };
	uint32_t number = (uint32_t)(cl - c->v) / 4000;
	int one = 1;

	from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + number);
	setsockopt(cl->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof(one));
	if (bind(cl->fd, (struct sockaddr *)&from, sizeof(from)))
		give_up("bind: %s", strerror(errno));
}

static bool is_loopback(const struct addrinfo *a)
{
	const struct sockaddr_in *in = (const void *)a->ai_addr;

	return a->ai_family == AF_INET && ntohl(in->sin_addr.s_addr) >> 24 == 127;
}

static void begin(struct crowd *c, struct client *cl)
{
	static struct addrinfo *addr;
	struct epoll_event ev = { .events = EPOLLIN | EPOLLOUT, .data.ptr = cl };
	int one = 1;

	if (!addr)
		addr = look_up(c->o);
	cl->fd = socket(addr->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (cl->fd < 0)
		give_up("socket: %s (ulimit -n?)", strerror(errno));
	setsockopt(cl->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	if (is_loopback(addr))
		choose_source(c, cl);
	if (connect(cl->fd, addr->ai_addr, addr->ai_addrlen) && errno != EINPROGRESS)
		give_up("connect: %s", strerror(errno));
	if (epoll_ctl(c->epoll, EPOLL_CTL_ADD, cl->fd, &ev))
		give_up("epoll: %s", strerror(errno));
	cl->state = CONNECTING;
	cl->writing = true;
}

static void shake(struct crowd *c, struct client *cl)
{
	char text[1024];
	int n = snprintf(text, sizeof(text),
		"GET /v1/ws?client=%s HTTP/1.1\r\nHost: %s:%s\r\nUpgrade: websocket\r\n"
		"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
		"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
		"Authorization: Bearer %s\r\n\r\n",
		cl->consumer ? "consumer" : "desk", c->o->host, c->o->port, cl->token);

	put_out(cl, text, (size_t)n);
	cl->state = SHAKING;
	client_flush(c, cl);
}

static void say_hello(struct crowd *c, struct client *cl, str cursor)
{
	char text[128];
	int n = cursor.n ? snprintf(text, sizeof(text), "{\"t\":\"hello\",\"cursor\":\"%.*s\"}",
				   STR_FMT(cursor))
			 : snprintf(text, sizeof(text), "{\"t\":\"hello\"}");

	client_say(cl, text, (size_t)n);
	client_flush(c, cl);
}

/* The answer to the handshake; false when it is not whole yet. */
static bool take_answer(struct crowd *c, struct client *cl, str *in)
{
	size_t end = str_find(*in, STR("\r\n\r\n"));

	if (end == SIZE_MAX)
		return false;
	if (!str_starts(*in, STR("HTTP/1.1 101")))
		give_up("handshake: %.*s", (int)(end < 60 ? end : 60), in->p);
	*in = str_skip(*in, end + 4);
	cl->state = GREETING;
	say_hello(c, cl, STR_NONE);
	return true;
}

static str value_of(str text, str mark)
{
	size_t at = str_find(text, mark);
	str rest = at == SIZE_MAX ? STR_NONE : str_skip(text, at + mark.n);

	return str_cut(&rest, '"');
}

static void take_greeting(struct crowd *c, struct client *cl, str text)
{
	if (!str_starts(text, STR("{\"t\":\"hello\"")))
		give_up("hello: %.*s", (int)(text.n < 200 ? text.n : 200), text.p);
	if (c->say_again && !cl->again) {
		cl->again = true;
		say_hello(c, cl, value_of(text, STR("\"cursor\":\"")));
		return;
	}
	cl->state = OPEN;
	c->hellos++;
	/* Nothing of the opening stays: an idle client is small here too. */
	free(cl->out);
	cl->out = NULL;
	cl->out_n = cl->out_cap = 0;
}

/* ---- receiving ---- */

/* Takes one frame off the front; false when it is not whole yet. */
static bool take_frame(struct crowd *c, struct client *cl, str *in)
{
	const unsigned char *p = (const unsigned char *)in->p;
	size_t n, head = 2;
	str text;

	if (in->n < 2)
		return false;
	n = p[1] & 0x7f;
	if (n == 126) {
		head = 4;
		n = in->n < 4 ? SIZE_MAX : (size_t)p[2] << 8 | p[3];
	} else if (n == 127) {
		head = 10;
		n = in->n < 10 ? SIZE_MAX : (size_t)p[6] << 24 | p[7] << 16 | p[8] << 8 | p[9];
	}
	if (n == SIZE_MAX || in->n < head + n)
		return false;
	text = str_sub(*in, head, n);
	*in = str_skip(*in, head + n);
	if ((p[0] & 0xf) == 8)
		give_up("the server closed a socket");
	if ((p[0] & 0xf) == 9) /* a ping; our pong is empty, as theirs is */
		put_out(cl, "\x8a\x80\0\0\0", 6);
	if ((p[0] & 0xf) != 1)
		return true;
	if (cl->state == OPEN)
		c->on_frame(c, cl, text);
	else
		take_greeting(c, cl, text);
	return true;
}

static void keep_rest(struct client *cl, str rest)
{
	char *old = cl->in;

	if (!rest.n) {
		free(old);
		cl->in = NULL;
		cl->in_n = cl->in_cap = 0;
		return;
	}
	cl->in = grow(NULL, rest.n);
	memcpy(cl->in, rest.p, rest.n);
	cl->in_n = cl->in_cap = rest.n;
	free(old);
}

static void receive(struct crowd *c, struct client *cl)
{
	static char bytes[READ_BYTES];
	ssize_t n = recv(cl->fd, bytes, sizeof(bytes), 0);
	str in = { bytes, n > 0 ? (size_t)n : 0 };

	if (n < 0 && errno == EAGAIN)
		return;
	if (n <= 0)
		give_up("a socket ended: %s", n ? strerror(errno) : "closed");
	if (cl->in_n) {
		put(&cl->in, &cl->in_n, &cl->in_cap, bytes, (size_t)n);
		in = str_make(cl->in, cl->in_n);
	}
	while (cl->state == SHAKING ? take_answer(c, cl, &in) : take_frame(c, cl, &in))
		;
	keep_rest(cl, in);
}

static void happened(struct crowd *c, struct client *cl, uint32_t events)
{
	int err = 0;
	socklen_t n = sizeof(err);

	if (cl->state == CONNECTING) {
		if (getsockopt(cl->fd, SOL_SOCKET, SO_ERROR, &err, &n) || err)
			give_up("connect: %s", strerror(err));
		shake(c, cl);
	}
	if (events & (EPOLLIN | EPOLLERR | EPOLLHUP))
		receive(c, cl);
	if (cl->out_n && (!cl->writing || events & EPOLLOUT))
		client_flush(c, cl);
	else if (!cl->out_n && cl->writing)
		watch(c, cl, false);
}

/* ---- all of them ---- */

void crowd_turn(struct crowd *c, int wait_ms)
{
	struct epoll_event events[EVENTS];
	int n;

	while (c->started < c->n && c->started - c->hellos < (size_t)c->o->opening)
		begin(c, &c->v[c->started++]);
	n = epoll_wait(c->epoll, events, EVENTS, wait_ms);
	for (int i = 0; i < n; i++)
		happened(c, events[i].data.ptr, events[i].events);
}

void crowd_open_all(struct crowd *c)
{
	while (c->hellos < c->n)
		crowd_turn(c, 1000);
}

static char *copy(const char *s)
{
	char *p = strdup(s);

	if (!p)
		give_up("out of memory");
	return p;
}

static void add_pair(struct crowd *c, const char *member, const char *consumer, const char *chat)
{
	struct client *pair;

	c->v = grow(c->v, (c->n + 2) * sizeof(*c->v));
	pair = &c->v[c->n];
	c->n += 2;
	memset(pair, 0, 2 * sizeof(*pair));
	pair[0].token = copy(member);
	pair[1].token = copy(consumer);
	pair[0].chat = pair[1].chat = copy(chat);
	pair[1].consumer = true;
}

void crowd_load(struct crowd *c, const struct options *o)
{
	FILE *f = fopen(o->people, "r");
	char member[PEOPLE_LINE], consumer[PEOPLE_LINE], chat[PEOPLE_LINE];

	if (!f)
		give_up("%s: %s", o->people, strerror(errno));
	c->o = o;
	while ((!o->pairs || c->n < 2 * (size_t)o->pairs) &&
		fscanf(f, "%511s %511s %511s", member, consumer, chat) == 3)
		add_pair(c, member, consumer, chat);
	fclose(f);
	for (size_t i = 0; i < c->n; i++)
		c->v[i].peer = &c->v[i ^ 1];
	c->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (c->epoll < 0 || !c->n)
		give_up("%s: nobody in it", o->people);
}

void crowd_free(struct crowd *c)
{
	for (size_t i = 0; i < c->n; i++) {
		struct client *cl = &c->v[i];

		if (cl->state != CLOSED)
			close(cl->fd);
		free(cl->in);
		free(cl->out);
		free((void *)(uintptr_t)cl->token);
		if (!cl->consumer)
			free((void *)(uintptr_t)cl->chat);
	}
	free(c->v);
	close(c->epoll);
}
