#include "io/control.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/thread.h"

struct control {
	int listener, stop;
	struct sockaddr_un at;
	struct thread thread;
	str (*answer)(void *arg, struct arena *mem, str question);
	void *arg;
};

static bool read_all(int fd, void *to, size_t n)
{
	for (size_t done = 0; done < n;) {
		ssize_t got = read(fd, (char *)to + done, n - done);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		done += (size_t)got;
	}
	return true;
}

static bool write_all(int fd, const void *from, size_t n)
{
	for (size_t done = 0; done < n;) {
		ssize_t put = send(fd, (const char *)from + done, n - done, MSG_NOSIGNAL);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		done += (size_t)put;
	}
	return true;
}

static bool receive(int fd, struct arena *mem, str *out)
{
	unsigned char head[4];
	size_t n;
	char *p;

	if (!read_all(fd, head, sizeof(head)))
		return false;
	n = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 |
		head[3];
	if (n > CONTROL_MAX_BYTES)
		return false;
	p = arena_alloc(mem, n + 1);
	if (!read_all(fd, p, n))
		return false;
	*out = str_make(p, n);
	return true;
}

static bool deliver(int fd, str s)
{
	unsigned char head[4] = { (unsigned char)(s.n >> 24), (unsigned char)(s.n >> 16),
		(unsigned char)(s.n >> 8), (unsigned char)s.n };

	return s.n <= CONTROL_MAX_BYTES && write_all(fd, head, sizeof(head)) &&
		write_all(fd, s.p, s.n);
}

static void talk(struct control *c, int fd)
{
	/* A caller that stalls must not keep the next one out. */
	struct timeval patience = { .tv_sec = 10 };
	struct arena *mem = arena_new(0);
	str question;

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	if (receive(fd, mem, &question))
		deliver(fd, c->answer(c->arg, mem, question));
	arena_free(mem);
	close(fd);
}

static void listen_on(void *arg)
{
	struct control *c = arg;
	struct pollfd fds[] = { { c->listener, POLLIN, 0 }, { c->stop, POLLIN, 0 } };

	for (;;) {
		if (poll(fds, ARRAY_LEN(fds), -1) < 0 && errno != EINTR)
			break;
		if (fds[1].revents)
			break;
		if (fds[0].revents) {
			int fd = accept4(c->listener, NULL, NULL, SOCK_CLOEXEC);

			if (fd >= 0)
				talk(c, fd);
		}
	}
}

static bool address_of(const char *path, struct sockaddr_un *out)
{
	*out = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if (strlen(path) >= sizeof(out->sun_path))
		return false;
	memcpy(out->sun_path, path, strlen(path) + 1);
	return true;
}

enum err control_start(struct ctx *cx, const char *path,
	str (*answer)(void *arg, struct arena *mem, str question), void *arg,
	struct control **out)
{
	struct control *c = calloc(1, sizeof(*c));
	mode_t mask;
	bool bound;

	BUG_IF(!c, "no memory");
	*c = (struct control){ .answer = answer, .arg = arg };
	if (!address_of(path, &c->at)) {
		free(c);
		return why(cx, ERR_INVALID_ARGUMENT, "%s: path too long for a socket",
			path);
	}
	unlink(path);
	c->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	mask = umask(0177);
	bound = c->listener >= 0 &&
		bind(c->listener, (struct sockaddr *)&c->at, sizeof(c->at)) == 0 &&
		listen(c->listener, 8) == 0;
	umask(mask);
	if (!bound) {
		enum err err = why(cx, ERR_CONFLICT, "%s: %s", path, strerror(errno));

		if (c->listener >= 0)
			close(c->listener);
		free(c);
		return err;
	}
	c->stop = eventfd(0, EFD_CLOEXEC);
	BUG_IF(c->stop < 0, "eventfd: %s", strerror(errno));
	thread_start(&c->thread, "control", ROLE_WORKER, listen_on, c);
	*out = c;
	return OK;
}

void control_stop(struct control *c)
{
	uint64_t one = 1;

	BUG_IF(write(c->stop, &one, sizeof(one)) != sizeof(one), "eventfd");
	thread_join(&c->thread);
	unlink(c->at.sun_path);
	close(c->listener);
	close(c->stop);
	free(c);
}

enum err control_ask(struct ctx *cx, const char *path, str question, str *out_answer)
{
	struct sockaddr_un at;
	int fd;
	bool ok;

	if (!address_of(path, &at))
		return why(cx, ERR_NOT_FOUND, "%s: path too long for a socket", path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || connect(fd, (struct sockaddr *)&at, sizeof(at)) != 0) {
		if (fd >= 0)
			close(fd);
		return why(cx, ERR_NOT_FOUND, "nobody listens at %s", path);
	}
	ok = deliver(fd, question) && receive(fd, cx->mem, out_answer);
	close(fd);
	return ok ? OK
		  : why(cx, ERR_UNREACHABLE, "the server did not answer at %s", path);
}
