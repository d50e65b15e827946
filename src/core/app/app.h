/*
 * core/app - apps and what they may see.
 *
 * Everything that calls the open API is an app: a business app (kind APP), or
 * one of the two system secrets, contact sync and customer contact, which every
 * corp has from the start.  A token is derived from the secret's hash, the
 * app and the issue time (keys_sign), so nothing is kept for it but the time.
 *
 *	token = "T" corp "-" app "-" issued_ms "-" mac   (numbers as id_text)
 */
#ifndef CORE_APP_APP_H
#define CORE_APP_APP_H

#include "core/directory/directory.h"

enum app_kind { APP_BUSINESS = 1, APP_CONTACT_SYNC = 2, APP_CUSTOMER_CONTACT = 3 };
enum { APP_MAX = 300, APP_RANGE_MAX = 1000 };
enum { AGENT_CONTACT_SYNC = 1, AGENT_CUSTOMER_CONTACT = 2, AGENT_FIRST = 1000002 };
enum { TOKEN_LIFE_MS = 7200 * 1000, TOKEN_RENEW_MS = 600 * 1000 };

struct app {
	int64_t corp, app;
	enum app_kind kind;
	str name, description, logo, home_url, redirect_domain;
	bool closed, sends_welcome;
	uint64_t scopes;
	str callback_url, callback_token,
		callback_key; /* key opened only by app_callback_get */
	int64_t created_ms;
};

struct app_range { /* who can see, and be seen by, the app */
	struct ints members, departments;
};

/* Scopes of a new business app, when it names none: all of them but contacts_write;
 * and those that concern customers, which an app may be without. */
uint64_t app_scopes_business(void);
uint64_t app_scopes_customer(void);

/* A corp with its root department and the two system apps: what the command line calls. */
enum err app_corp_create(struct tx *tx, str corpid, str name, struct corp *out);

/* ERR_BAD_AGENTID (40056) when there is none. */
enum err app_get(struct tx *tx, int64_t corp, int64_t app, struct app *out);
/* By agentid, system apps first. */
enum err app_all(struct tx *tx, int64_t corp, struct app **out, size_t *out_n);
/* The agentid is made when 0, as are the scopes.  `range` NULL: the whole corp. */
enum err app_create(struct tx *tx, struct app *a, const struct app_range *range,
	str *out_secret);
/* Changes all but kind and callback; `range` NULL leaves it. */
enum err app_set(struct tx *tx, const struct app *a, const struct app_range *range);
enum err app_range_get(struct tx *tx, int64_t corp, int64_t app, struct app_range *out);
/* The secret, or a new one: then the old one and its tokens die. */
enum err app_secret(struct tx *tx, int64_t corp, int64_t app, bool renew,
	str *out_secret);
/* An empty URL turns callbacks off.  ERR_BAD_CALLBACK_URL, ERR_INVALID_ARGUMENT. */
enum err app_callback_set(struct tx *tx, int64_t corp, int64_t app, str url, str token,
	str key);
/* The check of app_callback_set alone, before the URL is asked. */
enum err app_callback_check(struct ctx *cx, str url, str token, str key);
/* As app_get, with the key opened. */
enum err app_callback_get(struct tx *tx, int64_t corp, int64_t app, struct app *out);

/* gettoken.  Finds the app of a secret (ERR_BAD_SECRET, ERR_APP_CLOSED), then gives the
 * token that lives, or a new one when less than TOKEN_RENEW_MS remain of it.  In a read
 * snapshot the token is empty when a new one is due: ask again in a write. */
enum err app_token_issue(struct tx *tx, int64_t corp, str secret, str *out_token,
	int64_t *out_left_s);
/* Whose token it is: sets cx->actor.  ERR_NO_TOKEN, ERR_BAD_TOKEN, ERR_EXPIRED_TOKEN, ERR_APP_CLOSED. */
enum err app_token_check(struct tx *tx, str token);

/* May this app see the member or department?  System apps see all. */
enum err app_sees_member(struct tx *tx, int64_t corp, int64_t app, int64_t member,
	bool *out);
enum err app_sees_department(struct tx *tx, int64_t corp, int64_t app, int64_t department,
	bool *out);
/* The same for many members: the range is read once. */
struct tree;
struct app_sight {
	int64_t corp, app;
	bool all;
	struct app_range range;
	const struct tree *tree;
};
enum err app_sight_read(struct tx *tx, int64_t corp, int64_t app, struct app_sight *out);
enum err app_sight_has(struct tx *tx, const struct app_sight *s, int64_t member,
	bool *out);
/* The departments of the range; the root for those that see all. */
enum err app_sees_from(struct tx *tx, int64_t corp, int64_t app, struct ints *out);
/* Names and not just ids?  ERR_SYNC_READS_IDS (48009) for the contact-sync secret of a
 * corp that set it so. */
enum err app_reads_names(struct tx *tx);
/* Apps that a member may open. */
enum err app_visible_to(struct tx *tx, int64_t corp, int64_t member, struct app **out,
	size_t *out_n);
/* Apps with a callback URL and the scope, to whom events go. */
enum err app_listeners(struct tx *tx, int64_t corp, enum scope scope, struct app **out,
	size_t *out_n);
/* Sealed values open, ranges name what is there. */
enum err app_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg);

#endif
