/*
 * jobs/jobs.c - the clock.
 *
 * For each corp the clock knows when its next callback, welcome or handover is due;
 * the bus's news sets these times back to now.  A round does what is due and sleeps
 * until the earliest time, a letter or news.
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
#include "core/customer/handover.h"
#include "core/customer/welcome.h"
#include "jobs/private.h"

enum { CORPS_AGAIN_MS = 60 * 1000, SLEEP_MAX_MS = 60 * 1000 };

/* Times are 0 when nothing waits. */
struct corp_clock {
	int64_t corp, callback_ms, timed_ms;
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
	atomic_int_fast64_t delivered, failed, in_flight, replies, welcomes_expired;
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

static void on_event(void *arg, struct store_event *se)
{
	const struct event *e = CONTAINER_OF(se, struct event, store);
	bool known = false;

	if (e->kind != EVENT_OUTBOX && e->kind != EVENT_WELCOME &&
		e->kind != EVENT_HANDOVER)
		return;
	pthread_mutex_lock(&jobs.lock);
	for (size_t i = 0; i < jobs.n_corps; i++) {
		struct corp_clock *c = &jobs.corps[i];

		if (c->corp != e->corp)
			continue;
		known = true;
		if (e->kind == EVENT_OUTBOX)
			c->callback_ms = 1;
		else
			sooner(&c->timed_ms, e->object);
	}
	if (!known)
		jobs.corps_changed = true;
	wake_locked();
	pthread_mutex_unlock(&jobs.lock);
}

void jobs_wake(void)
{
	pthread_mutex_lock(&jobs.lock);
	jobs.corps_changed = true;
	for (size_t i = 0; i < jobs.n_corps; i++)
		jobs.corps[i].callback_ms = jobs.corps[i].timed_ms = 1;
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
		.welcomes_expired = atomic_load(&jobs.welcomes_expired),
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
	jobs.corps[jobs.n_corps++] = (struct corp_clock){ corp, 1, 1 };
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

static void set_time(int64_t corp, bool welcome, int64_t ms)
{
	pthread_mutex_lock(&jobs.lock);
	for (size_t i = 0; i < jobs.n_corps; i++)
		if (jobs.corps[i].corp == corp && ms)
			sooner(welcome ? &jobs.corps[i].timed_ms
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
	set_time(gone->callback.corp, false, 1);
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

/* ---- welcomes and handovers ---- */

struct expiry {
	int64_t corp, next_ms;
};

static enum err expire_welcomes(struct tx *tx, void *arg)
{
	struct expiry *e = arg;

	return welcome_expire(tx, e->corp, &e->next_ms);
}

static enum err expire_handovers(struct tx *tx, void *arg)
{
	struct expiry *e = arg;

	return handover_expire(tx, e->corp, &e->next_ms);
}

/* Does what is due; gives when to come again. */
static int64_t run_timed(int64_t corp, tx_fn *fn, const char *what)
{
	struct expiry e = { .corp = corp };

	if (store_write(jobs.house->store, jobs.cx, fn, &e) == OK)
		return e.next_ms;
	log_warn(what, K_INT("corp", corp), K_INT("errcode", jobs.cx->code));
	return jobs.cx->now_ms + 1000;
}

/* Each in a transaction of its own: one that fails does not hold the other up. */
static int64_t timed(int64_t corp)
{
	int64_t next_ms = run_timed(corp, expire_welcomes, "welcome");
	int64_t handover_ms = run_timed(corp, expire_handovers, "handover");

	atomic_fetch_add(&jobs.welcomes_expired, 1);
	if (handover_ms)
		sooner(&next_ms, handover_ms);
	return next_ms;
}

/* ---- rounds ---- */

/* Takes the corp's times that have come. */
static void take_due(size_t i, int64_t *out_corp, bool *out_callback, bool *out_welcome)
{
	struct corp_clock *c;

	pthread_mutex_lock(&jobs.lock);
	c = &jobs.corps[i];
	*out_corp = c->corp;
	*out_callback = c->callback_ms && c->callback_ms <= jobs.cx->now_ms;
	*out_welcome = c->timed_ms && c->timed_ms <= jobs.cx->now_ms;
	if (*out_callback)
		c->callback_ms = 0;
	if (*out_welcome)
		c->timed_ms = 0;
	pthread_mutex_unlock(&jobs.lock);
}

static void run_due(void)
{
	for (size_t i = 0; i < jobs.n_corps; i++) { /* only the clock adds corps */
		int64_t corp;
		bool callback_due_now, welcome_due_now;

		take_due(i, &corp, &callback_due_now, &welcome_due_now);
		if (welcome_due_now)
			set_time(corp, true, timed(corp));
		if (callback_due_now)
			set_time(corp, false, deliver(corp));
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
		if (jobs.corps[i].timed_ms)
			sooner(&until_ms, jobs.corps[i].timed_ms);
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
		welcome_hurry(house->hurry);
		handover_hurry(house->hurry);
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
