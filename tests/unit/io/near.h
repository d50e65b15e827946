/*
 * The near end of a connection to a server under test: plain blocking sockets.
 *
 * A receive that gets nothing for 20 seconds fails the test; it never has to be
 * waited for in a good run.
 */
#ifndef TESTS_UNIT_IO_NEAR_H
#define TESTS_UNIT_IO_NEAR_H

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/str.h"

static inline int near_connect(int port)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port) };
	struct timeval patience = { 20, 0 };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_true(fd >= 0);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	return fd;
}

/* False when the peer has closed meanwhile. */
static inline bool near_send(int fd, const void *p, size_t n)
{
	const char *at = p;

	while (n) {
		ssize_t sent = send(fd, at, n, MSG_NOSIGNAL);

		if (sent <= 0)
			return false;
		at += sent;
		n -= (size_t)sent;
	}
	return true;
}

static inline bool near_say(int fd, const char *text)
{
	return near_send(fd, text, strlen(text));
}

/* Just n bytes. */
static inline void near_read(int fd, char *p, size_t n)
{
	for (size_t got = 0; got < n;) {
		ssize_t more = recv(fd, p + got, n - got, 0);

		assert_true(more > 0);
		got += (size_t)more;
	}
}

/* All until the peer closes; a reset counts as a close. */
static inline size_t near_read_all(int fd, char *p, size_t cap)
{
	size_t n = 0;
	ssize_t more;

	while (n < cap && (more = recv(fd, p + n, cap - n, 0)) > 0)
		n += (size_t)more;
	assert_true(n < cap);
	assert_true(more == 0 || errno == ECONNRESET);
	return n;
}

/* An HTTP reply of the server: its head, and as much body as it says. */
struct near_reply {
	int status;
	char head[4096], body[262144];
	size_t n;
};

static inline void near_reply(int fd, struct near_reply *r, bool has_body)
{
	size_t n = 0;
	const char *length;

	while (n < 4 || memcmp(r->head + n - 4, "\r\n\r\n", 4)) {
		assert_true(n < sizeof(r->head) - 1);
		near_read(fd, r->head + n++, 1);
	}
	r->head[n] = 0;
	assert_int_equal(sscanf(r->head, "HTTP/1.1 %d ", &r->status), 1);
	length = strstr(r->head, "Content-Length: ");
	r->n = length && has_body ? strtoul(length + 16, NULL, 10) : 0;
	assert_true(r->n < sizeof(r->body));
	near_read(fd, r->body, r->n);
	r->body[r->n] = 0;
}

#endif
