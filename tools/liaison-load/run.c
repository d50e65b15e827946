/*
 * tools/liaison-load/run.c - pairs that talk, and what it took.
 */
#include "load.h"

#include <math.h>

/* Latencies in buckets of one part in 32, from a microsecond to an hour. */
enum { FINE = 32, BUCKETS = 40 * FINE };

struct histogram {
	int64_t buckets[BUCKETS], n, max_us;
};

struct talk {
	bool measuring, over;
	int64_t accepted, delivered, errors;
	struct histogram ack, delivery;
	char *pad;
};

/* ---- histogram ---- */

static size_t bucket_of(int64_t us)
{
	int exponent;

	if (us < FINE)
		return (size_t)(us < 0 ? 0 : us);
	exponent = 63 - __builtin_clzll((unsigned long long)us);
	return (size_t)(exponent - 4) * FINE + (size_t)(us >> (exponent - 5)) - FINE;
}

static int64_t bucket_top(size_t b)
{
	size_t exponent = b / FINE + 4;

	return b < FINE ? (int64_t)b
			: (int64_t)((b % FINE + FINE + 1) << (exponent - 5)) - 1;
}

static void note(struct histogram *h, int64_t us)
{
	size_t b = bucket_of(us);

	h->buckets[b < BUCKETS ? b : BUCKETS - 1]++;
	h->n++;
	if (us > h->max_us)
		h->max_us = us;
}

static double percentile_ms(const struct histogram *h, double p)
{
	int64_t want = (int64_t)ceil((double)h->n * p / 100), n = 0;

	for (size_t b = 0; b < BUCKETS; b++) {
		n += h->buckets[b];
		if (h->n && n >= want)
			return (double)bucket_top(b) / 1000;
	}
	return 0;
}

/* ---- talking ---- */

/* "content":"TIME.NUMBER.xxxx…"; TIME and NUMBER have 16 hex digits. */
static void say(struct crowd *c, struct client *cl)
{
	struct talk *t = c->arg;
	char text[8192];
	int64_t now = now_ns();
	int n = snprintf(text, sizeof(text),
		"{\"t\":\"send\",\"nonce\":\"%016" PRIx64 "%" PRIx64
		"\",\"chat\":\"%s\",\"type\":\"text\",\"body\":{\"content\":\"%016" PRIx64
		".%016" PRIx64 ".%s\"}}",
		now, cl->sent, cl->chat, now, cl->sent + 1, t->pad);

	client_say(cl, text, (size_t)n);
	cl->sent++;
	cl->in_flight++;
}

static bool hex_after(str text, str mark, int64_t *out_first, int64_t *out_second)
{
	size_t at = str_find(text, mark);
	const char *p = text.p + at + mark.n;

	if (at == SIZE_MAX || text.n < at + mark.n + 33)
		return false;
	*out_first = (int64_t)strtoull(p, NULL, 16);
	*out_second = p[16] == '.' ? (int64_t)strtoull(p + 17, NULL, 16) : 0;
	return true;
}

static void acknowledged(struct crowd *c, struct client *cl, str text)
{
	struct talk *t = c->arg;
	static const str mark = { "\"nonce\":\"", 9 };
	size_t at = str_find(text, mark);
	char hex[17] = { 0 };

	cl->in_flight--;
	cl->acked++;
	if (t->measuring && at != SIZE_MAX) {
		memcpy(hex, text.p + at + mark.n, 16);
		t->accepted++;
		note(&t->ack, (now_ns() - (int64_t)strtoull(hex, NULL, 16)) / 1000);
	}
	if (!t->over && c->o->rate <= 0)
		say(c, cl);
}

static void delivered(struct crowd *c, struct client *cl, str text)
{
	struct talk *t = c->arg;
	int64_t sent_ns, number;

	if (!hex_after(text, STR("\"content\":\""), &sent_ns, &number))
		give_up("a strange message: %.*s", (int)(text.n < 300 ? text.n : 300), text.p);
	if (number != cl->seen + 1) {
		t->errors++;
		fprintf(stderr, "liaison-load: got message %" PRId64 " after %" PRId64 "\n", number,
			cl->seen);
	}
	cl->seen = number;
	if (!t->measuring)
		return;
	t->delivered++;
	note(&t->delivery, (now_ns() - sent_ns) / 1000);
}

static void on_frame(struct crowd *c, struct client *cl, str text)
{
	struct talk *t = c->arg;

	if (str_starts(text, STR("{\"t\":\"message\"")))
		delivered(c, cl, text);
	else if (str_starts(text, STR("{\"t\":\"ack\"")))
		acknowledged(c, cl, text);
	else if (!str_starts(text, STR("{\"t\":\"pong\""))) {
		t->errors++;
		fprintf(stderr, "liaison-load: %.*s\n", (int)(text.n < 300 ? text.n : 300), text.p);
	}
}

/* ---- how long ---- */

/* All that is due by now at a steady rate, one client after the other. */
static void say_due(struct crowd *c, int64_t began, int64_t *said)
{
	int64_t due = (int64_t)((double)(now_ns() - began) / 1e9 * c->o->rate);

	for (; *said < due; ++*said) {
		struct client *cl = &c->v[(size_t)*said % c->n];

		say(c, cl);
		client_flush(c, cl);
	}
}

static void talk_for(struct crowd *c, double seconds, int64_t began, int64_t *said)
{
	int64_t until = now_ns() + (int64_t)(seconds * 1e9);

	while (now_ns() < until) {
		if (c->o->rate > 0)
			say_due(c, began, said);
		crowd_turn(c, c->o->rate > 0 ? 1 : 10);
	}
}

static bool all_quiet(const struct crowd *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].in_flight || c->v[i].peer->seen != c->v[i].sent)
			return false;
	return true;
}

static void finish(struct crowd *c)
{
	int64_t until = now_ns() + 10 * 1000000000ll;

	while (!all_quiet(c) && now_ns() < until)
		crowd_turn(c, 10);
}

static void start_talking(struct crowd *c)
{
	int each = c->o->depth / 2 > 0 ? c->o->depth / 2 : 1;

	for (size_t i = 0; i < c->n && c->o->rate <= 0; i++) {
		if (c->o->depth == 1 && c->v[i].consumer)
			continue;
		for (int j = 0; j < each; j++)
			say(c, &c->v[i]);
		client_flush(c, &c->v[i]);
	}
}

static void print_latency(const char *name, const struct histogram *h)
{
	printf("%s_p50_ms=%.3f %s_p90_ms=%.3f %s_p99_ms=%.3f %s_max_ms=%.3f\n", name,
		percentile_ms(h, 50), name, percentile_ms(h, 90), name, percentile_ms(h, 99), name,
		(double)h->max_us / 1000);
}

static int report(struct crowd *c, struct talk *t, double seconds)
{
	int64_t sent = 0, acked = 0, seen = 0;

	for (size_t i = 0; i < c->n; i++) {
		sent += c->v[i].sent;
		acked += c->v[i].acked;
		seen += c->v[i].seen;
	}
	printf("clients=%zu seconds=%.2f\n", c->n, seconds);
	printf("accepted_per_s=%.0f delivered_per_s=%.0f\n", (double)t->accepted / seconds,
		(double)t->delivered / seconds);
	print_latency("ack", &t->ack);
	print_latency("delivery", &t->delivery);
	printf("sent=%" PRId64 " acknowledged=%" PRId64 " arrived=%" PRId64 " errors=%" PRId64 "\n",
		sent, acked, seen, t->errors);
	return sent != acked || sent != seen || t->errors ? 1 : 0;
}

int run(const struct options *o)
{
	static struct talk t;
	struct crowd c = { .on_frame = on_frame, .arg = &t };
	int64_t began, measured, said = 0;
	int status;

	t.pad = calloc(1, (size_t)o->bytes + 1);
	if (!t.pad || o->bytes > 4000)
		give_up("--bytes: at most 4000");
	memset(t.pad, 'x', o->bytes > 34 ? (size_t)o->bytes - 34 : 0);
	crowd_load(&c, o);
	crowd_open_all(&c);
	began = now_ns();
	start_talking(&c);
	talk_for(&c, o->warm_s, began, &said);
	measured = now_ns();
	t.measuring = true;
	talk_for(&c, o->seconds, began, &said);
	t.measuring = false;
	t.over = true;
	double seconds = (double)(now_ns() - measured) / 1e9;
	finish(&c);
	status = report(&c, &t, seconds);
	crowd_free(&c);
	free(t.pad);
	return status;
}

/* ---- doing nothing ---- */

static void ignore(struct crowd *c, struct client *cl, str text)
{
	(void)c;
	(void)cl;
	(void)text;
}

static long memory_kb(int pid)
{
	char path[64], line[256];
	long kb = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/status", pid);
	f = fopen(path, "r");
	if (!f)
		give_up("%s: not there", path);
	while (fgets(line, sizeof(line), f))
		if (!strncmp(line, "VmRSS:", 6))
			kb = strtol(line + 6, NULL, 10);
	fclose(f);
	return kb;
}

int idle(const struct options *o)
{
	struct crowd c = { .on_frame = ignore, .say_again = true };
	int64_t began = now_ns(), until;
	long before, after;

	if (!o->pid)
		give_up("idle: --pid of the server");
	crowd_load(&c, o);
	before = memory_kb(o->pid);
	crowd_open_all(&c);
	double opening = (double)(now_ns() - began) / 1e9;
	for (until = now_ns() + (int64_t)(o->seconds * 1e9); now_ns() < until;)
		crowd_turn(&c, 100);
	after = memory_kb(o->pid);
	printf("sessions=%zu opened_per_s=%.0f\n", c.n, (double)c.n / opening);
	printf("rss_before_kb=%ld rss_after_kb=%ld bytes_per_session=%.0f\n", before, after,
		(double)(after - before) * 1024 / (double)c.n);
	crowd_free(&c);
	return 0;
}
