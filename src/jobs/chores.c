/*
 * jobs/chores.c - what nobody waits for.
 *
 * Once a minute the sessions' last use is written down; once an hour what has
 * expired is dropped, corp by corp, each in a short transaction of its own.
 */
#include "base/clock.h"
#include "base/log.h"
#include "core/account/account.h"
#include "core/callback/callback.h"
#include "core/customer/welcome.h"
#include "core/media/media.h"
#include "core/moment/moment.h"
#include "core/service/session.h"
#include "jobs/private.h"

enum { MINUTE_MS = 60 * 1000, HOUR_MS = 60 * MINUTE_MS };

static int64_t next_minute_ms, next_hour_ms;

static enum err sweep(struct tx *tx, void *arg)
{
	const int64_t *corp = arg;

	TRY(account_sweep(tx, *corp));
	TRY(callback_sweep(tx, *corp));
	TRY(welcome_sweep(tx, *corp));
	TRY(moment_sweep(tx, *corp));
	TRY(service_sweep(tx, *corp));
	return media_sweep(tx, *corp);
}

static enum err sweep_files(struct house *house, struct ctx *cx, const int64_t *corps,
	size_t n)
{
	int64_t removed, *all = ARENA_ARRAY(cx->mem, int64_t, n + 1);

	/* Corp 0: what belongs to consumers themselves, their pictures. */
	if (n)
		memcpy(all + 1, corps, n * sizeof(*all));
	return media_sweep_files(house->store, cx, all, n + 1, cx->now_ms - HOUR_MS,
		&removed);
}

static void note(enum err err, const char *what, const struct ctx *cx)
{
	if (err != OK)
		log_warn("chore", K_ZSTR("what", what), K_INT("errcode", err),
			K_STR("words", cx->words));
}

int64_t chores_run(struct house *house, struct ctx *cx, const int64_t *corps, size_t n)
{
	int64_t now = cx->now_ms;

	if (now >= next_minute_ms) {
		note(account_seen_flush(house->store, cx), "seen", cx);
		next_minute_ms = now + MINUTE_MS;
	}
	if (now >= next_hour_ms) {
		for (size_t i = 0; i < n; i++) {
			int64_t corp = corps[i];

			note(store_write(house->store, cx, sweep, &corp), "sweep", cx);
		}
		note(sweep_files(house, cx, corps, n), "files", cx);
		next_hour_ms = now + HOUR_MS;
	}
	return next_minute_ms < next_hour_ms ? next_minute_ms : next_hour_ms;
}

void chores_end(struct house *house, struct ctx *cx)
{
	note(account_seen_flush(house->store, cx), "seen", cx);
}
