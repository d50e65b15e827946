/*
 * core/callback - events for apps, kept until they are delivered.
 *
 * callback_put writes an outbox row in the transaction of the change, so an
 * event is never lost and never sent for what did not happen.  jobs/ delivers;
 * this area says what is due and keeps the result.  Order is per app: a later
 * event waits for an earlier one.  Tries: four quick ones, then back-off for
 * 24 hours, then parked.  An event is never lost; when it comes after expires_ms,
 * its WelcomeCode, dead by then, is left out.
 */
#ifndef CORE_CALLBACK_CALLBACK_H
#define CORE_CALLBACK_CALLBACK_H

#include "core/app/app.h"
#include "core/doctor.h"

#define CALLBACK_KEEP_MS (INT64_C(30) * 24 * 3600 * 1000)

enum outbox_status {
	OUTBOX_WAITING = 1,
	OUTBOX_DELIVERED = 2,
	OUTBOX_PARKED = 3,
	OUTBOX_EXPIRED = 4
};

struct callback {
	int64_t corp, event, app;
	str name, change; /* "change_external_contact", "add_external_contact" */
	str fields; /* JSON object in order: what the XML will say (wire/callback_xml.h) */
	int64_t chat;       /* where a passive reply goes, 0 nowhere */
	int64_t expires_ms; /* 0 never */
	/* kept by this area */
	enum outbox_status status;
	int64_t tries, next_ms, http_status, done_ms;
	str error;
};

/* Puts an event into the outbox of one app; nothing when it has no callback URL.
 * Emits EVENT_OUTBOX. */
enum err callback_put(struct tx *tx, const struct callback *c);
/* To every app that listens and has the scope, except `but` (the app whose
 * API call caused it; 0 none).  `c->app` is ignored. */
enum err callback_put_all(struct tx *tx, const struct callback *c, enum scope scope,
	int64_t but);
/* The same, but only to apps whose visible range holds the member. */
enum err callback_put_seen(struct tx *tx, const struct callback *c, enum scope scope,
	int64_t but, int64_t member);

/* For each app of the corp the oldest event, if its turn has come. */
enum err callback_due(struct tx *tx, int64_t corp, int64_t now_ms, struct callback **out,
	size_t *out_n);
/* When something of the corp will be due next; 0: nothing waits. */
enum err callback_next_due(struct tx *tx, int64_t corp, int64_t *out_ms);
/* What came of a try; decides about the next. */
enum err callback_tried(struct tx *tx, int64_t corp, int64_t event, bool delivered,
	int64_t http_status, str error);
/* Waits again, at once; the same event id. */
enum err callback_replay(struct tx *tx, int64_t corp, int64_t event);
enum err callback_get(struct tx *tx, int64_t corp, int64_t event, struct callback *out);
/* Newest first; app 0 all, status 0 all; at most `limit` below `before` (0: from the newest). */
enum err callback_page(struct tx *tx, int64_t corp, int64_t app, int64_t status,
	int64_t before, int64_t limit, struct callback **out, size_t *out_n);
enum err callback_count(struct tx *tx, int64_t corp, enum outbox_status status,
	int64_t *out);
/* Test hook of the plays: waits between tries are divided by it. */
void callback_hurry(int64_t by);
/* Forgets what was delivered more than CALLBACK_KEEP_MS ago; the rest stays. */
enum err callback_sweep(struct tx *tx, int64_t corp);
enum err callback_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg);

#endif
