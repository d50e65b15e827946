/*
 * tools/store-bench - how many chat messages a second the store alone commits.
 *
 *	store-bench [--dir DIR] [--seconds N] [--threads N] [--inflight N]
 *	            [--chats N] [--body BYTES] [--warm MESSAGES] [--rate N]
 *	            [--wal PAGES]
 *
 * Each thread keeps so many writes in flight; a write gives a chat its next
 * number and appends a message, as core does, and is acknowledged after an
 * fsynced commit.  --warm puts in so many messages first, so that the trees are
 * as deep as after months.  --rate submits so many a second, evenly, and no more,
 * to see how long one takes when the store is not busy.  Prints one line of KEY=VALUE.
 */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/ids.h"
#include "base/thread.h"
#include "chat.sql.h"
#include "store/store.h"

extern const struct migration schema_migrations[];

struct settings {
	const char *dir;
	int64_t seconds, threads, inflight, chats, body, warm, rate, wal;
};

static struct settings set = { "store-bench.tmp", 5, 2, 2000, 20000, 200, 0, 0, 0 };
static struct store *store;
static atomic_bool stopping;
static char body[65536];

#define LATENCIES 4000000
static uint32_t latency_us[LATENCIES];
static _Atomic int64_t done_n;

struct slot {
	struct write write;
	struct sender *sender;
	int64_t began_us, ended_us;
};

struct sender {
	struct thread thread;
	struct mailbox mail;
	struct slot *slots;
	uint64_t seed;
};

static uint64_t next(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return *seed >> 33;
}

static enum err send_message(struct tx *tx, void *arg)
{
	struct slot *s = arg;
	int64_t chat = 1 + (int64_t)(next(&s->sender->seed) % (uint64_t)set.chats);
	int64_t id = id_next();
	struct chat_taken_row row;
	bool found;
	char nonce[24];

	snprintf(nonce, sizeof(nonce), "%" PRIx64, id);
	TRY(chat_next(tx, 1, chat, id));
	TRY(chat_taken(tx, 1, chat, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NOT_FOUND, "chat");
	return message_add(tx, 1, id, chat, row.seq, 1 + chat % 2, str_of(nonce),
		tx->cx->now_ms, str_make(body, (size_t)set.body));
}

static enum err add_chats(struct tx *tx, void *arg)
{
	for (int64_t i = 1; i <= set.chats; i++)
		TRY(chat_add(tx, 1, i));
	return OK;
}

static void on_done(struct write *w)
{
	struct slot *s = CONTAINER_OF(w, struct slot, write);

	s->ended_us = clock_mono_us();
	mailbox_post(&s->sender->mail, &w->letter);
}

static void submit(struct slot *s)
{
	ctx_restart(s->write.cx);
	s->began_us = clock_mono_us();
	store_submit(store, &s->write);
}

static void count(struct slot *s)
{
	int64_t at = atomic_fetch_add(&done_n, 1);

	if (s->write.result != OK)
		fatal("a write failed: %d %.*s", (int)s->write.result,
			STR_FMT(s->write.cx->words));
	if (at < LATENCIES)
		latency_us[at] = (uint32_t)(s->ended_us - s->began_us);
}

static void make_slots(struct sender *me)
{
	me->slots = calloc((size_t)set.inflight, sizeof(struct slot));
	BUG_IF(!me->slots, "out of memory");
	for (int64_t i = 0; i < set.inflight; i++) {
		struct slot *s = &me->slots[i];

		s->sender = me;
		s->write = (struct write){ .cx = ctx_new(0),
			.fn = send_message,
			.arg = s,
			.done = on_done };
	}
}

/* As many as may be in flight: each is submitted again when it is done. */
static void send_fast(struct sender *me)
{
	int64_t left = set.inflight;

	for (int64_t i = 0; i < set.inflight; i++)
		submit(&me->slots[i]);
	while (left > 0) {
		for (struct letter *l = mailbox_wait(&me->mail), *after; l; l = after) {
			struct slot *s = CONTAINER_OF(l, struct slot, write.letter);

			after = l->next;
			count(s);
			if (atomic_load(&stopping))
				left--;
			else
				submit(s);
		}
	}
}

/* Counts what is done; returns how many. */
static int64_t collect(struct sender *me, bool wait)
{
	struct letter *l = wait ? mailbox_wait(&me->mail) : mailbox_take(&me->mail);
	int64_t n = 0;

	for (; l; l = l->next, n++)
		count(CONTAINER_OF(l, struct slot, write.letter));
	return n;
}

/* One at a time, evenly; slots are used in turns. */
static void send_evenly(struct sender *me)
{
	int64_t step_us = 1000000 * set.threads / set.rate, due = clock_mono_us(),
		out = 0;

	for (int64_t i = 0; !atomic_load(&stopping); i++, out++) {
		int64_t now = clock_mono_us();

		if (now < due)
			usleep((useconds_t)(due - now));
		due += step_us;
		out -= collect(me, out == set.inflight);
		submit(&me->slots[i % set.inflight]);
	}
	while (out > 0)
		out -= collect(me, true);
}

static void send_all(void *arg)
{
	struct sender *me = arg;

	make_slots(me);
	if (set.rate)
		send_evenly(me);
	else
		send_fast(me);
	for (int64_t i = 0; i < set.inflight; i++)
		ctx_free(me->slots[i].write.cx);
	free(me->slots);
}

/* Runs until `seconds` are over or `limit` messages are in. */
static double run(int64_t seconds, int64_t limit)
{
	struct sender *senders = calloc((size_t)set.threads, sizeof(*senders));
	int64_t began = clock_mono_us();
	struct timespec tick = { 0, 5000000 };

	BUG_IF(!senders, "out of memory");
	atomic_store(&done_n, 0);
	atomic_store(&stopping, false);
	for (int64_t i = 0; i < set.threads; i++) {
		mailbox_init(&senders[i].mail, NULL, NULL);
		senders[i].seed = (uint64_t)i + 1;
		thread_start(&senders[i].thread, "sender", ROLE_NONE, send_all,
			&senders[i]);
	}
	while (clock_mono_us() - began < seconds * 1000000 &&
		atomic_load(&done_n) < limit)
		nanosleep(&tick, NULL);
	atomic_store(&stopping, true);
	for (int64_t i = 0; i < set.threads; i++) {
		thread_join(&senders[i].thread);
		mailbox_release(&senders[i].mail);
	}
	free(senders);
	return (double)(clock_mono_us() - began) / 1e6;
}

static int by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static enum err count_messages(struct tx *tx, void *arg)
{
	struct message_count_row row;
	bool found;

	TRY(message_count(tx, 1, &row, &found));
	*(int64_t *)arg = row.n;
	return OK;
}

static void report(double seconds, const struct store_stats *before)
{
	struct store_stats after;
	int64_t n = atomic_load(&done_n), kept = n < LATENCIES ? n : LATENCIES;

	store_stats(store, &after);
	qsort(latency_us, (size_t)kept, sizeof(latency_us[0]), by_value);
	printf("writes_per_s=%.0f writes=%" PRId64 " commits=%" PRId64
	       " checkpoints=%" PRId64 " wal_pages=%" PRId64
	       " p50_us=%u p99_us=%u max_us=%u\n",
		(double)n / seconds, n, after.commits - before->commits,
		after.checkpoints - before->checkpoints, after.wal_pages,
		latency_us[kept / 2], latency_us[kept * 99 / 100], latency_us[kept - 1]);
}

static void read_settings(int argc, char **argv)
{
	const struct {
		const char *name;
		int64_t *to, max;
	} numbers[] = { { "--seconds", &set.seconds, 3600 },
		{ "--threads", &set.threads, 64 },
		{ "--inflight", &set.inflight, 100000 },
		{ "--chats", &set.chats, 10000000 },
		{ "--body", &set.body, sizeof(body) }, { "--warm", &set.warm, 100000000 },
		{ "--rate", &set.rate, 1000000 }, { "--wal", &set.wal, 1000000 } };

	for (int i = 1; i < argc; i += 2) {
		bool known = false;

		if (i + 1 < argc && !strcmp(argv[i], "--dir")) {
			set.dir = argv[i + 1];
			continue;
		}
		for (size_t k = 0; k < ARRAY_LEN(numbers) && i + 1 < argc; k++)
			if (!strcmp(argv[i], numbers[k].name))
				known = str_int(str_of(argv[i + 1]), numbers[k].to) &&
					*numbers[k].to >= 0 &&
					*numbers[k].to <= numbers[k].max;
		if (!known)
			fatal("store-bench: what is %s?", argv[i]);
	}
}

static void must(struct ctx *cx, enum err code)
{
	if (code != OK)
		fatal("store-bench: %.*s", STR_FMT(cx->words));
}

int main(int argc, char **argv)
{
	struct store_config config = { .migrations = schema_migrations };
	struct ctx *cx = ctx_new(0);
	struct store_stats before;
	int64_t warm = 0, n = 0;
	double seconds;

	read_settings(argc, argv);
	memset(body, 'x', sizeof(body));
	config.dir = set.dir;
	config.wal_pages = (int)set.wal;
	must(cx, store_open(cx, &config, &store));
	must(cx, store_write(store, cx, add_chats, NULL));
	if (set.warm) {
		run(3600, set.warm);
		warm = atomic_load(&done_n);
	}
	store_stats(store, &before);
	seconds = run(set.seconds, INT64_MAX);
	report(seconds, &before);
	must(cx, store_read(store, cx, count_messages, &n));
	store_close(store);
	if (n != warm + atomic_load(&done_n))
		fatal("%" PRId64 " messages, %" PRId64 " were acknowledged", n,
			warm + atomic_load(&done_n));
	ctx_free(cx);
	return 0;
}
