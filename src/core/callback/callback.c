/*
 * core/callback/callback.c - what waits for apps, and when its turn comes.
 *
 * The oldest waiting event of an app is the only one that can be due, which keeps
 * the order and lets a failing app delay nobody else.
 */
#include "core/callback/callback.h"

#include <stdatomic.h>

#include "base/ids.h"
#include "core/callback/outbox.sql.h"

enum {
	QUICK_TRIES =
		4, /* the first and three more, as WeCom does (crypto.md, section 1) */
	QUICK_MS = 1000,
	SLOW_MS = 30 * 1000,
	SLOWEST_MS = 3600 * 1000,
	GIVE_UP_MS = 24 * 3600 * 1000,
};

static atomic_int_fast64_t hurry = 1;

void callback_hurry(int64_t by)
{
	atomic_store(&hurry, by);
}

static void fill(struct callback *c, int64_t corp, const struct outbox_row *r)
{
	*c = (struct callback){
		.corp = corp,
		.event = r->event,
		.app = r->app,
		.name = r->name,
		.change = r->change,
		.fields = r->fields,
		.chat = r->chat,
		.expires_ms = r->expires_ms,
		.status = (enum outbox_status)r->status,
		.tries = r->tries,
		.next_ms = r->next_ms,
		.http_status = r->http_status,
		.done_ms = r->done_ms,
		.error = r->error,
	};
}

static void announce(struct tx *tx, int64_t corp, int64_t app)
{
	event_emit(tx,
		&(struct event){ .kind = EVENT_OUTBOX, .corp = corp, .object = app });
}

static enum err put(struct tx *tx, const struct callback *c, int64_t app)
{
	TRY(outbox_insert(tx, c->corp, id_next(), app, c->name, c->change, c->fields,
		c->chat, tx->cx->now_ms, c->expires_ms));
	announce(tx, c->corp, app);
	return OK;
}

enum err callback_put(struct tx *tx, const struct callback *c)
{
	struct app app;

	TRY(app_get(tx, c->corp, c->app, &app));
	if (!app.callback_url.n || app.closed)
		return OK;
	return put(tx, c, c->app);
}

/* `member` 0: whatever the apps see. */
static enum err put_to_listeners(struct tx *tx, const struct callback *c,
	enum scope scope, int64_t but, int64_t member)
{
	struct app *apps;
	size_t n;

	TRY(app_listeners(tx, c->corp, scope, &apps, &n));
	for (size_t i = 0; i < n; i++) {
		bool sees = true;

		if (apps[i].app == but)
			continue;
		if (member)
			TRY(app_sees_member(tx, c->corp, apps[i].app, member, &sees));
		if (sees)
			TRY(put(tx, c, apps[i].app));
	}
	return OK;
}

enum err callback_put_all(struct tx *tx, const struct callback *c, enum scope scope,
	int64_t but)
{
	return put_to_listeners(tx, c, scope, but, 0);
}

enum err callback_put_seen(struct tx *tx, const struct callback *c, enum scope scope,
	int64_t but, int64_t member)
{
	return put_to_listeners(tx, c, scope, but, member);
}

/* A welcome code lives seconds; the event that carries it must not be lost, so
 * when it is late it goes without the code. */
static enum err strip_late_code(struct ctx *cx, struct callback *c)
{
	const cJSON *root;
	cJSON *late;

	if (!c->expires_ms || cx->now_ms < c->expires_ms)
		return OK;
	TRY(json_parse(cx, c->fields, &root));
	late = (cJSON *)(uintptr_t)root; /* the tree is ours, of this arena */
	cJSON_DetachItemFromObjectCaseSensitive(late, "WelcomeCode");
	c->fields = json_text(cx->mem, late);
	return OK;
}

enum err callback_due(struct tx *tx, int64_t corp, int64_t now_ms, struct callback **out,
	size_t *out_n)
{
	struct app *apps;
	struct callback *due;
	size_t n, found = 0;

	TRY(app_all(tx, corp, &apps, &n));
	due = ARENA_ARRAY(tx->cx->mem, struct callback, n);
	for (size_t i = 0; i < n; i++) {
		struct outbox_row row;
		bool any;

		TRY(outbox_first_waiting(tx, corp, apps[i].app, &row, &any));
		if (!any || row.next_ms > now_ms)
			continue;
		fill(&due[found], corp, &row);
		TRY(strip_late_code(tx->cx, &due[found]));
		found++;
	}
	*out = due;
	*out_n = found;
	return OK;
}

enum err callback_next_due(struct tx *tx, int64_t corp, int64_t *out_ms)
{
	struct app *apps;
	size_t n;

	*out_ms = 0;
	TRY(app_all(tx, corp, &apps, &n));
	for (size_t i = 0; i < n; i++) {
		struct outbox_row row;
		bool any;

		TRY(outbox_first_waiting(tx, corp, apps[i].app, &row, &any));
		if (any && (!*out_ms || row.next_ms < *out_ms))
			*out_ms = row.next_ms;
	}
	return OK;
}

/* Before the next try, after so many failed ones. */
static int64_t wait_ms(int64_t tries)
{
	int64_t ms = SLOW_MS;

	if (tries < QUICK_TRIES)
		ms = QUICK_MS << (tries - 1);
	for (; tries > QUICK_TRIES && ms < SLOWEST_MS; tries--)
		ms *= 2;
	return (ms < SLOWEST_MS ? ms : SLOWEST_MS) / atomic_load(&hurry);
}

enum err callback_tried(struct tx *tx, int64_t corp, int64_t event, bool delivered,
	int64_t http_status, str error)
{
	int64_t now = tx->cx->now_ms;
	struct callback c;
	bool give_up;

	TRY(callback_get(tx, corp, event, &c));
	if (c.status != OUTBOX_WAITING)
		return OK;
	error = str_first_bytes(error, 500);
	give_up = !delivered && c.tries + 1 >= QUICK_TRIES &&
		now - id_time_ms(event) >= GIVE_UP_MS;
	if (delivered || give_up)
		TRY(outbox_update(tx, corp, event,
			delivered ? OUTBOX_DELIVERED : OUTBOX_PARKED, c.tries + 1, 0,
			http_status, error, now));
	else
		TRY(outbox_update(tx, corp, event, OUTBOX_WAITING, c.tries + 1,
			now + wait_ms(c.tries + 1), http_status, error, 0));
	announce(tx, corp, c.app);
	return OK;
}

enum err callback_replay(struct tx *tx, int64_t corp, int64_t event)
{
	struct callback c;

	TRY(callback_get(tx, corp, event, &c));
	TRY(outbox_update(tx, corp, event, OUTBOX_WAITING, c.tries, tx->cx->now_ms, 0,
		STR_NONE, 0));
	announce(tx, corp, c.app);
	return OK;
}

enum err callback_get(struct tx *tx, int64_t corp, int64_t event, struct callback *out)
{
	struct outbox_row row;
	bool found;

	TRY(outbox_select(tx, corp, event, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NOT_FOUND, "event");
	fill(out, corp, &row);
	return OK;
}

/* With a status but no app: the pages of all apps, merged. */
static enum err page_of_status(struct tx *tx, int64_t corp, int64_t app, int64_t status,
	int64_t before, int64_t limit, struct outbox_row **out, size_t *out_n)
{
	struct outbox_row *all;
	struct app *apps;
	size_t n_apps, n = 0;

	if (app)
		return outbox_page_of_status(tx, corp, status, app, before, limit, out,
			out_n);
	TRY(app_all(tx, corp, &apps, &n_apps));
	all = ARENA_ARRAY(tx->cx->mem, struct outbox_row, n_apps * (size_t)limit);
	for (size_t i = 0; i < n_apps; i++) {
		struct outbox_row *rows;
		size_t more;

		TRY(outbox_page_of_status(tx, corp, status, apps[i].app, before, limit,
			&rows, &more));
		for (size_t j = 0; j < more; j++) {
			size_t at = n++;

			for (; at && all[at - 1].event < rows[j].event; at--)
				all[at] = all[at - 1];
			all[at] = rows[j];
		}
	}
	*out = all;
	*out_n = n < (size_t)limit ? n : (size_t)limit;
	return OK;
}

enum err callback_page(struct tx *tx, int64_t corp, int64_t app, int64_t status,
	int64_t before, int64_t limit, struct callback **out, size_t *out_n)
{
	struct outbox_row *rows;
	size_t n;

	if (!before)
		before = INT64_MAX;
	if (status)
		TRY(page_of_status(tx, corp, app, status, before, limit, &rows, &n));
	else if (app)
		TRY(outbox_page_of_app(tx, corp, app, before, limit, &rows, &n));
	else
		TRY(outbox_page(tx, corp, before, limit, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct callback, n);
	for (size_t i = 0; i < n; i++)
		fill(&(*out)[i], corp, &rows[i]);
	*out_n = n;
	return OK;
}

enum err callback_count(struct tx *tx, int64_t corp, enum outbox_status status,
	int64_t *out)
{
	struct outbox_count_row row;
	bool found;

	TRY(outbox_count(tx, corp, status, &row, &found));
	*out = row.n;
	return OK;
}

enum err callback_sweep(struct tx *tx, int64_t corp)
{
	int64_t below = id_of_ms(tx->cx->now_ms - CALLBACK_KEEP_MS);
	struct app *apps;
	size_t n;

	TRY(app_all(tx, corp, &apps, &n));
	for (size_t i = 0; i < n; i++)
		TRY(outbox_drop_old(tx, corp, OUTBOX_DELIVERED, apps[i].app, below));
	return OK;
}

enum err callback_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg)
{
	struct outbox_doctor_row row;
	bool found;

	/* Nothing may sleep longer than the slowest back-off. */
	TRY(outbox_doctor(tx, corp, tx->cx->now_ms + 2 * SLOWEST_MS, &row, &found));
	if (row.n)
		report(arg,
			arena_printf(tx->cx->mem,
				"%" PRId64
				" callbacks wait for a time that will not come",
				row.n));
	return OK;
}
