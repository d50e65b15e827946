/*
 * core/service/private.h - between the files of core/service.
 */
#ifndef CORE_SERVICE_PRIVATE_H
#define CORE_SERVICE_PRIVATE_H

#include "core/service/account.h"
#include "core/service/hours.h"
#include "core/service/item.h"
#include "core/service/servicer.h"
#include "core/service/session.h"

/* ---- visit.c: rows ---- */

enum err visit_get(struct tx *tx, int64_t corp, int64_t account, int64_t customer,
	struct visit *out);
enum err visit_put(struct tx *tx, const struct visit *v);
/* The current session's row, changed by fn and written back. */
enum err session_get(struct tx *tx, const struct visit *v, struct service_session *out);
enum err session_put(struct tx *tx, const struct service_session *s);
/* When the clock must look at it again, from state, words and the account. */
enum err visit_set_due(struct tx *tx, const struct service_account *a, struct visit *v);
int64_t service_hurried(int64_t ms);

enum err visits_due(struct tx *tx, int64_t corp, int64_t limit, struct visit **out,
	size_t *out_n, int64_t *out_next_ms);

/* ---- session.c: one step, and what apps hear of it ---- */

enum { CHANGE_FROM_QUEUE = 1, CHANGE_PASSED = 2, CHANGE_ENDED = 3, CHANGE_RESUMED = 4 };
enum err session_step(struct tx *tx, const struct service_account *a, struct visit *v,
	enum service_state to, int64_t member);
enum err session_tell(struct tx *tx, const struct service_account *a,
	const struct visit *v, int64_t change, int64_t old);

/* ---- say.c: what is said in the chat ---- */

/* As the account: text; empty words say nothing. */
enum err say_words(struct tx *tx, const struct visit *v, str words);
enum err say_as_account(struct tx *tx, const struct visit *v, str nonce, str type,
	str body, struct message *out, bool *out_again);
/* A system line. */
struct service_line {
	const char *event;
	str member;      /* his name */
	int64_t session; /* of the end, with `rate` */
	bool rate;
	int64_t rating;
};
enum err say_line(struct tx *tx, const struct visit *v, const struct service_line *line);
/* Tells servicers' clients that queue or sessions changed (EVENT_SERVICE). */
enum err tell_servicers(struct tx *tx, const struct service_account *a);

/* ---- items.c ---- */

enum err item_add_message(struct tx *tx, const struct service_account *a,
	const struct visit *v, const struct message *m);
struct item_event {
	str event_type, scene, scene_param, welcome_code, msg_code, fail_msgid;
	int64_t fail_type, change_type, status, stop_type, reject_switch;
	int64_t servicer, old_servicer, new_servicer; /* members */
};
enum err item_add_event(struct tx *tx, const struct service_account *a,
	const struct visit *v, const struct item_event *e);
enum err code_make(struct tx *tx, const struct visit *v, enum service_code_kind kind,
	str *out_code);
/* Does an app listen that may manage the account? */
enum err service_has_listener(struct tx *tx, const struct service_account *a, bool *out);
enum err codes_expire(struct tx *tx, int64_t corp, int64_t *out_next_ms);
enum err items_sweep(struct tx *tx, const struct service_account *a);
enum err codes_sweep(struct tx *tx, int64_t corp);

/* ---- bot.c ---- */

/* Answers a customer's words: *out_human true when he wants people. */
enum err bot_hear(struct tx *tx, const struct service_account *a, struct visit *v,
	struct service_session *s, const struct message *m, bool *out_human);

#endif
