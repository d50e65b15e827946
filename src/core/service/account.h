/*
 * core/service - customer service: one name outside, many people behind it.
 *
 * account    what customers talk to; open_kfid "wk…"; kept when deleted, so that old chats
 *            have a name
 * servicer   who serves at it: members and departments (servicer.h)
 * session    one consultation of one customer and its states (session.h)
 * item       what an app pulls by sync_msg, in order (item.h)
 * knowledge  questions and answers, and the bot that finds them (knowledge.h)
 *
 * A customer comes by a link (service_way) and has one chat with the account, of kind
 * CHAT_SERVICE; servicers join it while they serve.
 */
#ifndef CORE_SERVICE_ACCOUNT_H
#define CORE_SERVICE_ACCOUNT_H

#include "core/customer/customer.h"

enum {
	SERVICE_NAME_CHARS = 16,
	SERVICE_SCENE_BYTES = 32,
	SERVICE_SCENE_PARAM_BYTES = 128,
	SERVICE_WORDS_CHARS = 500,
};

/* Who answers a new session first; stored. */
enum service_first {
	FIRST_APP = 0,    /* state 0: an app decides */
	FIRST_BOT = 1,    /* state 1: the built-in bot */
	FIRST_PEOPLE = 2, /* state 2: the queue */
};

/* How the queue is given out; stored. */
enum service_routing {
	ROUTING_MANUAL = 0, /* servicers take from it */
	ROUTING_TURN = 1,   /* round robin */
	ROUTING_LEAST = 2,  /* the least busy */
};

struct service_account {
	int64_t corp, account, created_ms;
	str open_kfid, name, avatar; /* media key */
	enum service_first first;
	enum service_routing routing;
	int64_t max_sessions, silence_s, threshold;
	str hours; /* JSON, see hours.h; empty: always */
	str welcome, away_words, end_words;
	bool deleted, prefers_last, asks_rating;
};

/* What a new one is like: people first, round robin. */
struct service_account service_account_default(int64_t corp);
/* Gives ids; a picture just uploaded is published.  95006 the name, 95005 and 95027 too many, 40058. */
enum err service_account_add(struct tx *tx, struct service_account *a);
enum err service_account_set(struct tx *tx, struct service_account *a);
/* Its sessions end (session.h), its links lead nowhere. */
enum err service_account_drop(struct tx *tx, const struct service_account *a);
enum err service_account_get(struct tx *tx, int64_t corp, int64_t account,
	struct service_account *out);
/* 60251 none, 95000 no such form, 95004 none of that name. */
enum err service_account_by_open(struct tx *tx, int64_t corp, str open_kfid,
	struct service_account *out);
/* In order of making. */
enum err service_account_page(struct tx *tx, int64_t corp, int64_t skip, int64_t limit,
	struct service_account **out, size_t *out_n);

/* Apps that manage it.  The app hears kf_account_auth_change, unless `quiet`. */
enum err service_grant(struct tx *tx, const struct service_account *a, int64_t app,
	bool yes, bool quiet);
enum err service_is_granted(struct tx *tx, const struct service_account *a, int64_t app,
	bool *out);
enum err service_grants(struct tx *tx, const struct service_account *a,
	struct ints *out_apps);

/* The link of a scene (empty: the plain one), made on first use in a write. */
enum err service_way(struct tx *tx, const struct service_account *a, str scene,
	str *out_code);
/* Whom a code leads to: ERR_CODE_GONE. */
enum err service_by_code(struct tx *tx, str code, struct service_account *out,
	str *out_scene);

#endif
