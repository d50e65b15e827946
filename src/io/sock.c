/*
 * io/sock.c - sockets: reading, queued output, one flush a turn.
 */
#include "io/sock.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/err.h"

enum { PIECES_AT_ONCE = 64, FILE_BYTES_AT_ONCE = 16384 };

static void on_event(evutil_socket_t fd, short what, void *arg)
{
	struct sock *s = arg;

	if (what & EV_WRITE)
		sock_flush(s);
	if ((what & EV_READ) && !s->closed && s->reading)
		s->ops->readable(s);
}

static void arm(struct sock *s)
{
	short what = (short)((s->reading ? EV_READ : 0) | (s->blocked ? EV_WRITE : 0));

	event_del(&s->ev);
	event_assign(&s->ev, s->loop->base, s->fd, (short)(what | EV_PERSIST), on_event,
		s);
	if (what && event_add(&s->ev, NULL))
		BUG_IF(true, "event_add: %s", strerror(errno));
}

void sock_open(struct sock *s, struct loop *loop, int fd, const struct sock_ops *ops)
{
	s->loop = loop;
	s->fd = fd;
	s->ops = ops;
	s->reading = true;
	event_assign(&s->ev, loop->base, fd, EV_READ | EV_PERSIST, on_event, s);
	if (event_add(&s->ev, NULL))
		BUG_IF(true, "event_add: %s", strerror(errno));
}

void sock_set_reading(struct sock *s, bool reading)
{
	if (s->closed || s->reading == reading)
		return;
	s->reading = reading;
	arm(s);
}

static void set_blocked(struct sock *s, bool blocked)
{
	if (s->closed || s->blocked == blocked)
		return;
	s->blocked = blocked;
	arm(s);
}

void sock_wait_writable(struct sock *s)
{
	set_blocked(s, true);
}

static void mark_dirty(struct sock *s)
{
	if (s->dirty)
		return;
	s->dirty = true;
	s->next_dirty = s->loop->dirty;
	s->loop->dirty = s;
}

void sock_move(struct sock *to, struct sock *from, const struct sock_ops *ops)
{
	event_del(&from->ev);
	to->ssl = from->ssl;
	to->out = from->out;
	to->out_first = from->out_first;
	to->out_n = from->out_n;
	to->out_cap = from->out_cap;
	to->queued = from->queued;
	to->blocked = false;
	sock_open(to, from->loop, from->fd, ops);
	if (to->out_n)
		mark_dirty(to);
	from->ssl = NULL;
	from->out = NULL;
	from->out_n = 0;
	from->fd = -1;
	from->closed = true;
}

static void drop_piece(struct piece *piece)
{
	if (piece->gone)
		piece->gone(piece->arg);
}

void sock_close(struct sock *s)
{
	if (s->closed)
		return;
	s->closed = true;
	event_del(&s->ev);
	if (s->ssl)
		tls_close(s);
	close(s->fd);
	s->fd = -1;
	for (; s->out_n; s->out_n--)
		drop_piece(&s->out[s->out_first++]);
	free(s->out);
	s->out = NULL;
	s->queued = 0;
}

ssize_t sock_read(struct sock *s, char *p, size_t n)
{
	ssize_t got;

	if (s->ssl)
		return tls_read(s, p, n);
	do {
		got = recv(s->fd, p, n, 0);
	} while (got < 0 && errno == EINTR);
	if (got >= 0)
		return got;
	return errno == EAGAIN || errno == EWOULDBLOCK ? SOCK_AGAIN : SOCK_FAILED;
}

/* ---- output ---- */

static void grow_queue(struct sock *s)
{
	uint32_t cap = s->out_cap ? s->out_cap * 2 : 4;

	if (s->out_first) { /* room at the front first */
		memmove(s->out, s->out + s->out_first, s->out_n * sizeof(*s->out));
		s->out_first = 0;
		if (s->out_n < s->out_cap / 2)
			return;
	}
	s->out = realloc(s->out, cap * sizeof(*s->out));
	BUG_IF(!s->out, "out of memory");
	s->out_cap = cap;
}

void sock_put(struct sock *s, struct piece piece)
{
	if (s->closed) {
		drop_piece(&piece);
		return;
	}
	if (s->out_first + s->out_n == s->out_cap)
		grow_queue(s);
	s->out[s->out_first + s->out_n++] = piece;
	s->queued += piece.n;
	if (!s->blocked)
		mark_dirty(s);
}

static int gather(const struct sock *s, struct iovec *v)
{
	int n = 0;

	for (uint32_t i = 0; i < s->out_n && n < PIECES_AT_ONCE; i++) {
		const struct piece *piece = &s->out[s->out_first + i];

		if (piece->n)
			v[n++] = (struct iovec){ (char *)(uintptr_t)piece->p, piece->n };
	}
	return n;
}

static ssize_t send_pieces(struct sock *s, struct iovec *v, int n)
{
	struct msghdr m = { .msg_iov = v, .msg_iovlen = (size_t)n };
	ssize_t sent;

	if (s->ssl)
		return tls_send(s, v, n);
	do {
		sent = sendmsg(s->fd, &m, MSG_NOSIGNAL);
	} while (sent < 0 && errno == EINTR);
	if (sent >= 0)
		return sent;
	return errno == EAGAIN || errno == EWOULDBLOCK ? SOCK_AGAIN : SOCK_FAILED;
}

/* Takes what was sent off the queue; places without bytes go along. */
static void take_off(struct sock *s, size_t sent)
{
	s->queued -= sent;
	s->sent += (uint32_t)sent;
	while (s->out_n) {
		struct piece *piece = &s->out[s->out_first];
		struct piece done = *piece;

		if (piece->n > sent) {
			piece->p += sent;
			piece->n -= sent;
			return;
		}
		sent -= piece->n;
		s->out_first++;
		s->out_n--;
		drop_piece(&done);
	}
	free(s->out);
	s->out = NULL;
	s->out_first = s->out_cap = 0;
}

void sock_flush(struct sock *s)
{
	struct iovec v[PIECES_AT_ONCE];

	while (s->out_n) {
		int n = gather(s, v);
		ssize_t sent = n ? send_pieces(s, v, n) : 0;

		if (sent == SOCK_AGAIN) {
			set_blocked(s, true);
			return;
		}
		if (sent < 0) {
			s->ops->failed(s);
			return;
		}
		take_off(s, (size_t)sent);
	}
	set_blocked(s, false);
	s->ops->drained(s);
}

void sock_flush_dirty(struct loop *loop)
{
	struct sock *s;

	while ((s = loop->dirty)) {
		loop->dirty = s->next_dirty;
		s->dirty = false;
		if (!s->closed)
			sock_flush(s);
	}
}

ssize_t sock_send_file(struct sock *s, int fd, int64_t offset, size_t n)
{
	off_t at = offset;
	ssize_t sent;

	if (s->ssl) {
		char bytes[FILE_BYTES_AT_ONCE];
		struct iovec v = { bytes, 0 };

		sent = pread(fd, bytes, n < sizeof(bytes) ? n : sizeof(bytes), at);
		v.iov_len = sent > 0 ? (size_t)sent : 0;
		return sent > 0 ? tls_send(s, &v, 1) : SOCK_FAILED;
	}
	do {
		sent = sendfile(s->fd, fd, &at, n);
	} while (sent < 0 && errno == EINTR);
	if (sent > 0)
		return sent;
	return sent < 0 && errno == EAGAIN ? SOCK_AGAIN : SOCK_FAILED;
}

void sock_shut(struct sock *s)
{
	if (s->ssl)
		tls_shut(s);
	shutdown(s->fd, SHUT_WR);
}
