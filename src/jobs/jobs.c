/*
 * jobs/jobs.c - the clock.
 *
 * For each corp the clock knows when its next callback, and its next work of each kind
 * of jobs/timed.h, is due; the bus's news sets these times back.  A round does what is
 * due and sleeps until the earliest time, a letter or news.
 *
 * The lock guards the corps' times and the word to stop; it is never held during a
 * transaction.
 */
#include "jobs/jobs.h"

#include <stdatomic.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/thread.h"
#include "bus/bus.h"
#include "jobs/private.h"
#include "jobs/timed.h"

enum { CORPS_AGAIN_MS = 60 * 1000, SLEEP_MAX_MS = 60 * 1000 };

/* Times are 0 when nothing waits. */
struct corp_clock {
	int64_t corp, callback_ms, timed_ms[TIMED_MAX];
};

static struct {
	struct house *house;
	struct thread thread;
	struct mailbox home;
	pthread_mutex_t lock;
	pthread_cond_t news;
	bool stop, woken, corps_changed;
	struct corp_clock *corps;
	size_t n_corps, cap;
	/* the clock's own */
	struct ctx *cx;
	struct flight *flights;
	int64_t corps_again_ms;
	atomic_int_fast64_t delivered, failed, in_flight, replies, timed;
} jobs = { .lock = PTHREAD_MUTEX_INITIALIZER };

/* ---- news: any thread ---- */

static void wake_locked(void)
{
	jobs.woken = true;
	pthread_cond_signal(&jobs.news);
}

static void on_letter(void *arg)
{
	pthread_mutex_lock(&jobs.lock);
	wake_locked();
	pthread_mutex_unlock(&jobs.lock);
}

static void sooner(int64_t *ms, int64_t than)
{
	if (!*ms || than < *ms)
		*ms = than;
}

static void hear_locked(struct corp_clock *c, const struct event *e)
{
	size_t kind = timed_kind(e->data);

	if (e->kind == EVENT_OUTBOX)
		c->callback_ms = 1;
	else if (kind < timed_kinds())
		sooner(&c->timed_ms[kind], e->object);
}

static void on_event(void *arg, struct store_event *se)
{
	const struct event *e = CONTAINER_OF(se, struct event, store);
	bool known = false;

	if (e->kind != EVENT_OUTBOX && e->kind != EVENT_DUE)
		return;
	pthread_mutex_lock(&jobs.lock);
	for (size_t i = 0; i < jobs.n_corps; i++) {
		if (jobs.corps[i].corp != e->corp)
			continue;
		known = true;
		hear_locked(&jobs.corps[i], e);
	}
	if (!known)
		jobs.corps_changed = true;
	wake_locked();
	pthread_mutex_unlock(&jobs.lock);
}

/* All of it is to be looked at. */
static void all_due(struct corp_clock *c)
{
	c->callback_ms = 1;
	for (size_t kind = 0; kind < timed_kinds(); kind++)
		c->timed_ms[kind] = 1;
}

void jobs_wake(void)
{
	pthread_mutex_lock(&jobs.lock);
	jobs.corps_changed = true;
	for (size_t i = 0; i < jobs.n_corps; i++)
		all_due(&jobs.corps[i]);
	wake_locked();
	pthread_mutex_unlock(&jobs.lock);
}

void jobs_counts(struct jobs_counts *out)
{
	*out = (struct jobs_counts){
		.delivered = atomic_load(&jobs.delivered),
		.failed = atomic_load(&jobs.failed),
		.in_flight = atomic_load(&jobs.in_flight),
		.replies = atomic_load(&jobs.replies),
		.timed = atomic_load(&jobs.timed),
	};
}

/* ---- the corps there are ---- */

struct numbers {
	int64_t *v;
	size_t n;
};

static enum err read_corps(struct tx *tx, void *arg)
{
	struct numbers *n = arg;

	return corp_numbers(tx, &n->v, &n->n);
}

/* New ones are looked at once: that is how work is found again at boot. */
static void know(int64_t corp)
{
	for (size_t i = 0; i < jobs.n_corps; i++)
		if (jobs.corps[i].corp == corp)
			return;
	if (jobs.n_corps == jobs.cap) {
		jobs.cap = jobs.cap ? 2 * jobs.cap : 16;
		jobs.corps = realloc(jobs.corps, jobs.cap * sizeof(jobs.corps[0]));
		BUG_IF(!jobs.corps, "out of memory");
	}
	jobs.corps[jobs.n_corps] = (struct corp_clock){ .corp = corp };
	all_due(&jobs.corps[jobs.n_corps++]);
}

static void refresh_corps(void)
{
	struct numbers found = { 0 };
	bool changed;

	pthread_mutex_lock(&jobs.lock);
	changed = jobs.corps_changed;
	jobs.corps_changed = false;
	pthread_mutex_unlock(&jobs.lock);
	if (!changed && jobs.cx->now_ms < jobs.corps_again_ms)
		return;
	jobs.corps_again_ms = jobs.cx->now_ms + CORPS_AGAIN_MS;
	if (store_read(jobs.house->store, jobs.cx, read_corps, &found) != OK)
		return;
	pthread_mutex_lock(&jobs.lock);
	for (size_t i = 0; i < found.n; i++)
		know(found.v[i]);
	pthread_mutex_unlock(&jobs.lock);
}

/* ---- callbacks ---- */

static bool is_flying(int64_t corp, int64_t app)
{
	for (const struct flight *f = jobs.flights; f; f = f->next)
		if (f->callback.corp == corp && f->callback.app == app)
			return true;
	return false;
}

struct waiting {
	int64_t corp;
	struct callback *v;
	size_t n;
};

/* The oldest of each app, due or not: from the rest comes when to look again. */
static enum err read_waiting(struct tx *tx, void *arg)
{
	struct waiting *w = arg;

	return callback_due(tx, w->corp, INT64_MAX, &w->v, &w->n);
}

static int64_t deliver(int64_t corp)
{
	struct waiting w = { .corp = corp };
	int64_t next_ms = 0;

	if (store_read(jobs.house->store, jobs.cx, read_waiting, &w) != OK)
		return jobs.cx->now_ms + 1000;
	for (size_t i = 0; i < w.n; i++) {
		if (is_flying(corp, w.v[i].app))
			continue; /* its return looks again */
		if (w.v[i].next_ms > jobs.cx->now_ms) {
			sooner(&next_ms, w.v[i].next_ms);
			continue;
		}
		atomic_fetch_add(&jobs.in_flight, 1);
		struct flight *f = flight_new(jobs.house, &jobs.home, &w.v[i]);

		f->next = jobs.flights;
		jobs.flights = f;
	}
	return next_ms;
}

/* Sets a time of the corp back; `kind` timed_kinds() means its callbacks. */
static void set_time(int64_t corp, size_t kind, int64_t ms)
{
	pthread_mutex_lock(&jobs.lock);
	for (size_t i = 0; i < jobs.n_corps && ms; i++)
		if (jobs.corps[i].corp == corp)
			sooner(kind < timed_kinds() ? &jobs.corps[i].timed_ms[kind]
						    : &jobs.corps[i].callback_ms,
				ms);
	pthread_mutex_unlock(&jobs.lock);
}

static void forget(struct flight *gone)
{
	struct flight **at = &jobs.flights;

	while (*at != gone)
		at = &(*at)->next;
	*at = gone->next;
	atomic_fetch_sub(&jobs.in_flight, 1);
	set_time(gone->callback.corp, timed_kinds(), 1);
	flight_free(gone);
}

static void take_home(struct flight *f)
{
	if (f->state == FLIGHT_BACK && f->stopped) {
		forget(f); /* nobody's fault: no try was made */
		return;
	}
	if (f->state == FLIGHT_BACK) {
		flight_settle(f);
		return;
	}
	if (!flight_is_over(f))
		return;
	atomic_fetch_add(f->delivered ? &jobs.delivered : &jobs.failed, 1);
	if (f->reply.kind != REPLY_NONE)
		atomic_fetch_add(&jobs.replies, 1);
	forget(f);
}

static void take_letters(void)
{
	struct letter *l = mailbox_take(&jobs.home);

	while (l) {
		struct letter *next = l->next;

		take_home(CONTAINER_OF(l, struct flight, letter));
		l = next;
	}
}

/* Those whose result could not be written; gives when to come again. */
static int64_t settle_held(bool stopping)
{
	int64_t next_ms = 0;

	for (struct flight *f = jobs.flights, *next; f; f = next) {
		next = f->next;
		if (!f->held_until_ms)
			continue;
		if (f->held_until_ms <= jobs.cx->now_ms)
			flight_settle(f);
		else if (stopping)
			forget(f); /* it is delivered again after the start */
		else
			sooner(&next_ms, f->held_until_ms);
	}
	return next_ms;
}

/* ---- rounds ---- */

static bool has_come(int64_t *ms)
{
	bool come = *ms && *ms <= jobs.cx->now_ms;

	if (come)
		*ms = 0;
	return come;
}

/* Takes the corp's times that have come: due[kind], and due[timed_kinds()] for callbacks. */
static int64_t take_due(size_t i, bool *due)
{
	struct corp_clock *c;
	size_t n = timed_kinds();

	pthread_mutex_lock(&jobs.lock);
	c = &jobs.corps[i];
	for (size_t kind = 0; kind < n; kind++)
		due[kind] = has_come(&c->timed_ms[kind]);
	due[n] = has_come(&c->callback_ms);
	pthread_mutex_unlock(&jobs.lock);
	return c->corp;
}

/* Each kind in a transaction of its own: one that fails does not hold the others up. */
static void run_due(void)
{
	for (size_t i = 0; i < jobs.n_corps; i++) { /* only the clock adds corps */
		bool due[TIMED_MAX + 1] = { false };
		int64_t corp = take_due(i, due);
		size_t n = timed_kinds();

		for (size_t kind = 0; kind < n; kind++) {
			if (!due[kind])
				continue;
			atomic_fetch_add(&jobs.timed, 1);
			set_time(corp, kind, timed_run(jobs.house, jobs.cx, kind, corp));
		}
		if (due[n])
			set_time(corp, n, deliver(corp));
	}
}

static int64_t run_chores(void)
{
	int64_t *corps = ARENA_ARRAY(jobs.cx->mem, int64_t, jobs.n_corps);

	for (size_t i = 0; i < jobs.n_corps; i++)
		corps[i] = jobs.corps[i].corp;
	return chores_run(jobs.house, jobs.cx, corps, jobs.n_corps);
}

/* Sleeps until news, or until the earliest of the corps' times and `until_ms`. */
static void sleep_until(int64_t until_ms)
{
	struct timespec ts;
	int64_t ms;

	pthread_mutex_lock(&jobs.lock);
	for (size_t i = 0; i < jobs.n_corps; i++) {
		if (jobs.corps[i].callback_ms)
			sooner(&until_ms, jobs.corps[i].callback_ms);
		for (size_t kind = 0; kind < timed_kinds(); kind++)
			if (jobs.corps[i].timed_ms[kind])
				sooner(&until_ms, jobs.corps[i].timed_ms[kind]);
	}
	ms = until_ms - clock_now_ms();
	ms = ms > SLEEP_MAX_MS ? SLEEP_MAX_MS : ms;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	ts.tv_sec += ms / 1000;
	ts.tv_nsec += ms % 1000 * 1000000;
	if (ts.tv_nsec >= 1000000000) {
		ts.tv_nsec -= 1000000000;
		ts.tv_sec++;
	}
	while (ms > 0 && !jobs.woken &&
		pthread_cond_timedwait(&jobs.news, &jobs.lock, &ts) == 0)
		;
	jobs.woken = false;
	pthread_mutex_unlock(&jobs.lock);
}

static bool is_stopping(void)
{
	bool stop;

	pthread_mutex_lock(&jobs.lock);
	stop = jobs.stop;
	pthread_mutex_unlock(&jobs.lock);
	return stop;
}

static void run(void *arg)
{
	for (;;) {
		int64_t until_ms, chores_ms;
		bool stopping = is_stopping();

		ctx_restart(jobs.cx);
		take_letters();
		until_ms = settle_held(stopping);
		if (stopping && !jobs.flights) {
			chores_end(jobs.house, jobs.cx);
			return;
		}
		if (!stopping) {
			refresh_corps();
			run_due();
			chores_ms = run_chores();
			sooner(&until_ms, chores_ms);
		} else {
			sooner(&until_ms, jobs.cx->now_ms + 1000);
		}
		sleep_until(until_ms);
	}
}

void jobs_start(struct house *house)
{
	pthread_condattr_t attr;

	jobs.house = house;
	jobs.stop = false;
	jobs.corps_changed = true;
	jobs.cx = ctx_new(0);
	jobs.cx->actor = (struct actor){ .kind = ACTOR_OPERATOR };
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&jobs.news, &attr);
	pthread_condattr_destroy(&attr);
	mailbox_init(&jobs.home, on_letter, NULL);
	if (house->hurry > 1) {
		timed_hurry(house->hurry);
		callback_hurry(house->hurry);
	}
	bus_overhear(on_event, NULL);
	thread_start(&jobs.thread, "clock", ROLE_CLOCK, run, NULL);
}

/* ---- stopping ---- */

struct hang_up {
	struct task task;
};

static void hang_up(struct loop *loop, struct task *t)
{
	http_client_stop(loop);
	free(CONTAINER_OF(t, struct hang_up, task));
}

void jobs_stop(void)
{
	pthread_mutex_lock(&jobs.lock);
	jobs.stop = true;
	wake_locked();
	pthread_mutex_unlock(&jobs.lock);
	for (size_t i = 0; i < jobs.house->n_loops; i++) {
		struct hang_up *h = calloc(1, sizeof(*h));

		BUG_IF(!h, "out of memory");
		h->task.run = hang_up;
		loop_post(jobs.house->loops[i], &h->task);
	}
	thread_join(&jobs.thread);
	mailbox_release(&jobs.home);
	/* The writer still works off what was submitted, and its news comes here. */
	pthread_mutex_lock(&jobs.lock);
	free(jobs.corps);
	jobs.corps = NULL;
	jobs.n_corps = jobs.cap = 0;
	pthread_mutex_unlock(&jobs.lock);
	ctx_free(jobs.cx);
}
