/*
 * core/service/session.h - a customer at an account, and his consultation as it goes.
 *
 *	        ┌──────────────────────────────────────────┐
 *	4 ─────►│ 0 new ──► 1 bot ──► 2 queue ──► 3 served │──► 4 ended
 *	 speaks └──────────────────────────────────────────┘
 *
 * Within the box a session goes forward only, from any state to any later one; from 3 to
 * 3 it passes to a colleague; any state may end (document 94669).  A customer's words
 * after the end begin a new session.  It ends by itself after 48 hours, or earlier when he
 * is silent.
 *
 * A servicer is in the chat while he serves, and reads all of it.  Whatever happens goes
 * to apps as items (item.h): what an app itself did does not.
 */
#ifndef CORE_SERVICE_SESSION_H
#define CORE_SERVICE_SESSION_H

#include "core/customer/consumer.h"
#include "core/service/account.h"

enum service_state {
	STATE_NEW = 0,
	STATE_BOT = 1,
	STATE_QUEUE = 2,
	STATE_SERVED = 3,
	STATE_ENDED = 4,
};

/* Who changes it: an app hears nothing of its own doing. */
enum service_by { BY_APP, BY_PEOPLE, BY_HOUSE };

struct visit {
	int64_t corp, account, customer, consumer, chat, session, servicer, last_servicer;
	int64_t since_ms, due_ms, entered_ms, said_ms, welcomed_ms, app_sent;
	enum service_state state;
	bool rejected, refuses;
	str scene, scene_param, upgrade;
};

struct service_session {
	int64_t corp, session, account, customer, servicer;
	int64_t began_ms, queued_ms, served_ms, replied_ms, ended_ms;
	int64_t customer_messages, servicer_messages, bot_asked, bot_answered;
	int64_t upgraded, upgraded_to, rating;
	bool bot_passed, rejected, rating_asked;
	str rating_words;
};

/* A consumer comes by a link: customer, chat, and the item enter_session; a welcome code
 * for the app, or the account's own welcome.  What he came with is kept. */
enum err service_enter(struct tx *tx, const struct service_account *a,
	const struct consumer *c, str scene, str scene_param, struct visit *out);
/* *out_found false: he never came. */
enum err visit_find(struct tx *tx, const struct service_account *a, int64_t customer,
	struct visit *out, bool *out_found);
/* ERR_NOT_FOUND when it is no chat of an account. */
enum err visit_by_chat(struct tx *tx, int64_t corp, int64_t chat, struct visit *out);
enum err service_session_get(struct tx *tx, int64_t corp, int64_t session,
	struct service_session *out);

/* Somebody has spoken in a chat of an account (message_on_said). */
enum err service_said(struct tx *tx, const struct message *m);

/* Moves the session; `member` of STATE_SERVED.  *out_code answers the change by
 * send_msg_on_event, empty when there is none.  95013, 95014, 95016, 95019. */
enum err service_move(struct tx *tx, const struct service_account *a, struct visit *v,
	enum service_state to, int64_t member, enum service_by by, str *out_code);
/* May it change so? */
bool service_may_move(enum service_state from, enum service_state to);
/* A servicer takes up again whom he served last, after the end. */
enum err service_resume(struct tx *tx, const struct service_account *a, struct visit *v,
	int64_t member);
/* Gives the queue out to those who receive, as the account's routing says. */
enum err service_route(struct tx *tx, const struct service_account *a);
/* Place in the queue from 1, and how long it may take; 0 outside it. */
enum err service_place(struct tx *tx, const struct service_account *a,
	const struct visit *v, int64_t *out_place, int64_t *out_wait_s);
/* What waits, first come first; what a member serves. */
enum err service_queue(struct tx *tx, const struct service_account *a, int64_t limit,
	struct visit **out, size_t *out_n);
enum err service_served(struct tx *tx, int64_t corp, int64_t member, int64_t limit,
	struct visit **out, size_t *out_n);
/* A customer at all accounts. */
enum err service_of_customer(struct tx *tx, int64_t corp, int64_t customer,
	struct visit **out, size_t *out_n);
/* A member's sessions, newest first, begun before a time (0: now). */
enum err service_history(struct tx *tx, int64_t corp, int64_t member, int64_t before_ms,
	int64_t limit, struct service_session **out, size_t *out_n);

/* The customer says how it was, once, 1 to 5. */
enum err service_rate(struct tx *tx, const struct visit *v, int64_t session,
	int64_t rating, str words);
/* The servicer takes no more messages of him, or does again. */
enum err service_reject(struct tx *tx, const struct service_account *a, struct visit *v,
	int64_t member, bool on);
/* The customer wants no messages of apps, until he speaks. */
enum err service_refuse(struct tx *tx, const struct service_account *a, struct visit *v,
	bool on);
/* A servicer says whether he receives: item, and the queue is looked at. */
enum err service_receive(struct tx *tx, const struct service_account *a, int64_t member,
	bool stopped, int64_t stop_type);
/* All sessions of an account end; then it is dropped. */
enum err service_close(struct tx *tx, struct service_account *a);

/* What is recommended to a customer: JSON for his page; empty: nothing any more. */
enum err service_recommend(struct tx *tx, const struct service_account *a,
	struct visit *v, int64_t kind, int64_t member, str json);

/* Ends what is over, says the account's welcome when no app did, opens at opening time. */
enum err service_expire(struct tx *tx, int64_t corp, int64_t *out_next_ms);
/* Items older than three days, codes that are over. */
enum err service_sweep(struct tx *tx, int64_t corp);
void service_hurry(int64_t by);

#endif
