/*
 * tools/liaison-load/main.c - what is asked for, and the figures.
 */
#include "load.h"

#include <sys/resource.h>

/* ---- the file of pairs: desk:TOKEN consumer:TOKEN CHAT (idle: any two, and -) ---- */

static char *next_word(char **rest)
{
	char *word = *rest + strspn(*rest, " \n");
	char *end = word + strcspn(word, " \n");

	*rest = *end ? end + 1 : end;
	*end = '\0';
	return strdup(word);
}

static int64_t read_pairs(const char *path)
{
	FILE *f = fopen(path, "r");
	char line[1024];
	int64_t n = 0;

	if (!f)
		fatal("%s: cannot be read", path);
	while (n + 2 <= load.clients && fgets(line, sizeof(line), f)) {
		struct peer *p = &load.peers[n];
		char *rest = line;

		p[0].token = next_word(&rest);
		p[1].token = next_word(&rest);
		p[0].chat = p[1].chat = next_word(&rest);
		n += 2;
	}
	fclose(f);
	return n;
}

/* ---- chat and rate ---- */

static void count_again(void)
{
	load.accepted = load.delivered = n_latencies = 0;
}

static void send_evenly(int64_t seconds)
{
	static uint32_t who;
	int64_t due = now_us(), end = due + seconds * 1000000, sent = 0, began = due;

	while (due < end) {
		while (due <= now_us() && due < end) {
			/* From when it was due: a late sender hides nothing. */
			load_send_at(&load.peers[who++ % load.clients], due);
			due = began + ++sent * 1000000 / load.rate;
		}
		load_run(due < end ? due : end, NULL, 0);
	}
}

static void drain(void)
{
	int64_t end = now_us() + 20000000;

	load.sending = false;
	while (load_in_flight() && now_us() < end)
		load_run(now_us() + 10000, NULL, 0);
	if (load_in_flight())
		fatal("%" PRId64 " messages were lost", load_in_flight());
}

static void check_seqs(void)
{
	for (int64_t i = 0; i < load.clients; i++) {
		const struct peer *p = &load.peers[i];

		if (p->seq_n && p->seq_high - p->seq_low + 1 != p->seq_n)
			fatal("client %u saw %" PRId64 " messages from %" PRId64
			      " to %" PRId64,
				p->index, p->seq_n, p->seq_low, p->seq_high);
	}
}

static int by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static int64_t share(int64_t per_mille)
{
	return n_latencies ? latency_us[(n_latencies - 1) * per_mille / 1000] : 0;
}

static void report(double seconds, int64_t accepted, int64_t delivered)
{
	qsort(latency_us, (size_t)n_latencies, sizeof(*latency_us), by_value);
	printf("accepted_per_s=%.0f delivered_per_s=%.0f messages=%" PRId64
	       " p50_us=%" PRId64 " p99_us=%" PRId64 " max_us=%" PRId64 "\n",
		(double)accepted / seconds, (double)delivered / seconds, delivered,
		share(500), share(990), share(1000));
}

static void run_for(int64_t seconds)
{
	if (load.steady)
		send_evenly(seconds);
	else
		load_run(now_us() + seconds * 1000000, NULL, 0);
}

static void chat(void)
{
	int64_t began, accepted, delivered;
	double seconds;

	load_connect();
	load.sending = true;
	load_fill();
	run_for(load.warm);
	count_again();
	began = now_us();
	run_for(load.seconds);
	seconds = (double)(now_us() - began) / 1e6;
	accepted = load.accepted;
	delivered = load.delivered;
	drain();
	check_seqs();
	report(seconds, accepted, delivered);
}

/* ---- idle ---- */

static int64_t rss_kib(void)
{
	char path[64], line[256];
	int64_t kib = -1;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%" PRId64 "/status", load.pid);
	f = fopen(path, "r");
	if (!f)
		fatal("%s: cannot be read", path);
	while (fgets(line, sizeof(line), f))
		if (!strncmp(line, "VmRSS:", 6))
			kib = strtoll(line + 6, NULL, 10);
	fclose(f);
	return kib;
}

static void idle(void)
{
	int64_t before = rss_kib(), began = now_us(), after;
	double seconds;

	load_connect();
	seconds = (double)(now_us() - began) / 1e6;
	load_run(now_us() + load.seconds * 1000000, NULL, 0);
	after = rss_kib();
	printf("clients=%" PRId64 " rss_before_kib=%" PRId64 " rss_after_kib=%" PRId64
	       " bytes_each=%" PRId64 " opened_in_s=%.1f\n",
		load.clients, before, after, (after - before) * 1024 / load.clients,
		seconds);
}

/* ---- what is asked for ---- */

static void set_to(const char *to)
{
	const char *colon = strrchr(to, ':');

	if (!colon)
		fatal("--to HOST:PORT");
	load.host = strndup(to, (size_t)(colon - to));
	load.port = (int)strtol(colon + 1, NULL, 10);
}

static void set_protocol(const char *name)
{
	const struct protocol *const all[] = { &realtime_protocol, &mqtt_protocol,
		&xmpp_protocol };

	load.protocol = NULL;
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (!strcmp(all[i]->name, name))
			load.protocol = all[i];
	if (!load.protocol)
		fatal("--protocol realtime, mqtt or xmpp");
}

static void set(const char *name, const char *value)
{
	const struct {
		const char *name;
		int64_t *to, min, max;
	} numbers[] = { { "--clients", &load.clients, 2, 10000000 },
		{ "--inflight", &load.inflight, 2, 128 },
		{ "--seconds", &load.seconds, 0, 3600 },
		{ "--warm", &load.warm, 0, 3600 },
		{ "--bytes", &load.bytes, STAMP_CHARS, 1500 },
		{ "--rate", &load.rate, 1, 1000000 },
		{ "--pid", &load.pid, 1, INT32_MAX } };

	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		if (!strcmp(name, numbers[i].name) &&
			str_int(str_of(value), numbers[i].to) &&
			*numbers[i].to >= numbers[i].min &&
			*numbers[i].to <= numbers[i].max)
			return;
	if (!strcmp(name, "--to"))
		set_to(value);
	else if (!strcmp(name, "--pairs"))
		load.pairs = value;
	else if (!strcmp(name, "--data"))
		load.data = value;
	else if (!strcmp(name, "--protocol"))
		set_protocol(value);
	else
		fatal("liaison-load: what is %s %s?", name, value);
}

static void open_many_files(void)
{
	struct rlimit limit;

	if (!getrlimit(RLIMIT_NOFILE, &limit)) {
		limit.rlim_cur = limit.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &limit);
	}
}

int main(int argc, char **argv)
{
	const char *mode = argc > 1 ? argv[1] : "";

	load.protocol = &realtime_protocol;
	for (int i = 2; i < argc; i += 2)
		set(argv[i], i + 1 < argc ? argv[i + 1] : "");
	load.clients &= ~INT64_C(1);
	if (!strcmp(mode, "prepare") && load.data) {
		load_prepare(load.data);
		return 0;
	}
	if (!strcmp(mode, "customers") && load.data) {
		load_customers(load.data);
		return 0;
	}
	if (!strcmp(mode, "handover") && load.data) {
		load_handover(load.data, load.clients);
		return 0;
	}
	if (!strcmp(mode, "filter") && load.data) {
		load_filter(load.data);
		return 0;
	}
	load.steady = !strcmp(mode, "rate");
	load.peers = calloc((size_t)load.clients, sizeof(struct peer));
	BUG_IF(!load.peers, "out of memory");
	if (!load.port || (load.steady && !load.rate))
		fatal("liaison-load: see tools/liaison-load/load.h");
	if (load.protocol == &realtime_protocol &&
		(!load.pairs || read_pairs(load.pairs) < load.clients))
		fatal("--pairs FILE of %" PRId64 " clients", load.clients);
	open_many_files();
	if (!strcmp(mode, "idle") && load.pid)
		idle();
	else if (load.steady || !strcmp(mode, "chat"))
		chat();
	else
		fatal("liaison-load: see tools/liaison-load/load.h");
	return 0;
}
