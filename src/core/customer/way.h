/*
 * core/customer/way.h - codes that lead to members (document 92228).
 *
 * A way has a config_id, by which apps name it, and a code, the end of its link
 * /c/CODE, which carries the corp's number.  Its range are members and, for type 2,
 * departments.  A member's own codes are ways with him as owner; the console makes
 * some too, and an acquisition link (core/acquisition) leads through one.  Apps see
 * only those that apps made.
 */
#ifndef CORE_CUSTOMER_WAY_H
#define CORE_CUSTOMER_WAY_H

#include "core/app/app.h"

enum { WAY_SINGLE = 1, WAY_MULTI = 2 };
enum {
	WAY_MAX_MEMBERS = 100,
	WAY_LINK_MAX_MEMBERS = 500, /* of an acquisition link */
	WAY_OWN_MAX = 20,           /* codes of one member */
	WAY_SHIFTS_MAX = 200,
	WAY_TEMP_LIFE_S = 7 * 24 * 3600,
	WAY_TEMP_MAX_S = 14 * 24 * 3600,
	WAY_CHAT_LIFE_S = 24 * 3600
};

/* Stored: never renumber. */
enum way_kind { WAY_BY_APP = 0, WAY_OWN = 1, WAY_BY_CORP = 2, WAY_OF_LINK = 3 };

/* Who of several gets the next customer. */
enum way_routing {
	WAY_ROUND_ROBIN = 0, /* in turn; what apps' ways do, as in WeCom */
	WAY_LEAST_BUSY = 1,  /* who got fewest today by it */
	WAY_ON_DUTY = 2,     /* in turn, of those on duty by the way's shifts */
};

struct way {
	int64_t corp, way, type, scene, style, expires_ms, chat_expires_s, owner, link,
		max_customers, /* 0: no bound */
		max_a_day,     /* new customers of each member; 0: no bound */
		added, created_ms;
	enum way_kind kind;
	enum way_routing routing;
	str config_id, code, remark, state, unionid, conclusions;
	bool skip_verify, is_temp, is_exclusive, mark_source;
	bool disabled;
	bool keeps_member;  /* who served the customer before goes on, if he can */
	bool off_duty_none; /* outside the shifts nobody is added; else anybody serves */
	struct ints members, departments; /* its range, in order; filled by way_get … */
};

/* Checks scene, style, range (41037 … 41054, 40098) and gives ids and code. */
enum err way_add(struct tx *tx, struct way *w);
/* Everything but type, scene and is_temp.  ERR_WAY_GONE for an expired temporary one. */
enum err way_set(struct tx *tx, const struct way *w);
enum err way_drop(struct tx *tx, int64_t corp, str config_id);
/* Of one that is known; drops its range, shifts and counts. */
enum err way_drop_one(struct tx *tx, int64_t corp, int64_t way);
/* ERR_WAY_GONE (41044): unknown, or not made by an app. */
enum err way_by_config(struct tx *tx, int64_t corp, str config_id, struct way *out);
/* The same, members' own codes too: for pages. */
enum err way_named(struct tx *tx, int64_t corp, str config_id, struct way *out);
/* By the end of the link.  ERR_CODE_GONE when unknown, expired or deleted, with the same
 * words for what never was and what was deleted. */
enum err way_by_code(struct tx *tx, str code, struct way *out);
/* ERR_NOT_FOUND: deleted since. */
enum err way_get(struct tx *tx, int64_t corp, int64_t way, struct way *out);
/* The member's own code, made on first use (write transactions only). */
enum err way_own(struct tx *tx, int64_t corp, int64_t member, struct way *out);
/* All of his own, oldest first; and one more, ERR_WAY_LIMIT. */
enum err way_owned(struct tx *tx, int64_t corp, int64_t member, struct way **out,
	size_t *out_n);
enum err way_own_add(struct tx *tx, struct way *w, int64_t member);
/* Of a kind, newest first, below `before` (0: from the newest). */
enum err way_of_kind(struct tx *tx, int64_t corp, enum way_kind kind, int64_t before,
	int64_t limit, struct way **out, size_t *out_n);
/* config_ids of ways made by the API within the time, not temporary, by creation. */
struct way_ref {
	int64_t way, created_ms;
	str config_id;
};
enum err way_page(struct tx *tx, int64_t corp, int64_t from_ms, int64_t to_ms,
	int64_t after_ms, int64_t after_way, int64_t limit, struct way_ref **out,
	size_t *out_n);

#endif
