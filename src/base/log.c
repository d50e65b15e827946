/*
 * base/log.c - one line an event, in one write(2).
 *
 * The line is made on the stack and is at most 4096 bytes, so that a pipe takes
 * it whole.  Values come from strangers: whatever could end the line, close the
 * quotes or move a terminal's cursor is written as an escape.
 */
#include "base/log.h"

#include <errno.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/clock.h"

#define LINE_BYTES 4096
#define VALUE_BYTES 1024

struct line {
	char p[LINE_BYTES];
	size_t n;
};

static const char *const level_names[] = { "debug", "info", "warn", "error" };
static _Atomic int lowest = LOG_INFO;

/* Keeps one byte for the newline; what does not fit is left out whole. */
static void put(struct line *l, const char *p, size_t n)
{
	if (n > sizeof(l->p) - 1 - l->n)
		return;
	memcpy(l->p + l->n, p, n);
	l->n += n;
}

static void put_z(struct line *l, const char *z)
{
	put(l, z, strlen(z));
}

static void put_int(struct line *l, int64_t v)
{
	char digits[20], *p = digits + sizeof(digits);
	uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v;

	do {
		*--p = (char)('0' + u % 10);
		u /= 10;
	} while (u);
	if (v < 0)
		*--p = '-';
	put(l, p, (size_t)(digits + sizeof(digits) - p));
}

static void put_hex(struct line *l, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	char out[4] = { '\\', 'x', hex[c >> 4], hex[c & 15] };

	put(l, out, sizeof(out));
}

/* Controls of C0 and C1 (a lead byte C2, then 80 to 9F), DEL, and the marks
 * that change the direction or end a line (E2 80 A8 to AE): returns how many
 * bytes at the front to escape. */
static size_t harmful(str s)
{
	const unsigned char *p = (const unsigned char *)s.p;

	if (p[0] < 0x20 || p[0] == 0x7f)
		return 1;
	if (s.n > 1 && p[0] == 0xc2 && p[1] < 0xa0)
		return 2;
	if (s.n > 2 && p[0] == 0xe2 && p[1] == 0x80 && p[2] >= 0xa8 && p[2] <= 0xae)
		return 3;
	return 0;
}

static bool is_plain(str s)
{
	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c <= ' ' || c >= 0x7f || c == '"' || c == '=' || c == '\\')
			return false;
	}
	return true;
}

static void put_char(struct line *l, char c)
{
	if (c == '"' || c == '\\')
		put(l, (char[]){ '\\', c }, 2);
	else
		put(l, &c, 1);
}

static void put_quoted(struct line *l, str s)
{
	bool utf8 = str_is_utf8(s);

	put(l, "\"", 1);
	while (s.n) {
		size_t bad = harmful(s);

		if (s.p[0] == '\n') {
			put_z(l, "\\n");
		} else if (bad || (!utf8 && (unsigned char)s.p[0] >= 0x80)) {
			for (size_t i = 0; i < (bad ? bad : 1); i++)
				put_hex(l, (unsigned char)s.p[i]);
		} else {
			put_char(l, s.p[0]);
		}
		s = str_skip(s, bad ? bad : 1);
	}
	put(l, "\"", 1);
}

static void put_value(struct line *l, str s)
{
	bool cut = s.n > VALUE_BYTES;

	/* What a full line cannot hold even when every byte is escaped. */
	if (cut)
		s = str_first_bytes(s, VALUE_BYTES);
	if (l->n + s.n * 4 + 16 > sizeof(l->p)) {
		size_t left = sizeof(l->p) - l->n;

		s = str_first_bytes(s, left > 64 ? (left - 64) / 4 : 0);
		cut = true;
	}
	if (is_plain(s))
		put(l, s.p, s.n);
	else
		put_quoted(l, s);
	if (cut)
		put_z(l, "...");
}

static void write_all(const char *p, size_t n)
{
	while (n) {
		ssize_t done = write(STDERR_FILENO, p, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return; /* there is nobody left to tell */
		p += done;
		n -= (size_t)done;
	}
}

void log_write(enum log_level level, const char *event, const struct log_field *f,
	size_t n)
{
	int kept_errno = errno;
	struct line l;
	char now[25];

	if ((int)level < atomic_load_explicit(&lowest, memory_order_relaxed))
		return;
	l.n = 0;
	clock_iso(clock_now_ms(), now);
	put_z(&l, "time=");
	put_z(&l, now);
	put_z(&l, " level=");
	put_z(&l, level_names[level]);
	put_z(&l, " event=");
	put_z(&l, event);
	for (size_t i = 0; i < n && l.n + 128 < sizeof(l.p); i++) {
		put_z(&l, " ");
		put_z(&l, f[i].key);
		put_z(&l, "=");
		if (f[i].is_int)
			put_int(&l, f[i].i);
		else
			put_value(&l, f[i].s);
	}
	l.p[l.n++] = '\n';
	write_all(l.p, l.n);
	errno = kept_errno;
}

void log_set_level(enum log_level level)
{
	atomic_store_explicit(&lowest, (int)level, memory_order_relaxed);
}

bool log_level_of(str name, enum log_level *out)
{
	for (size_t i = 0; i < ARRAY_LEN(level_names); i++) {
		if (str_is(name, level_names[i])) {
			*out = (enum log_level)i;
			return true;
		}
	}
	return false;
}
