/*
 * core/customer/way.h - codes that lead to members (document 92228).
 *
 * A way has a config_id, by which apps name it, and a code, the end of its link
 * /c/CODE, which carries the corp's number.  Its range are members and, for type 2,
 * departments.  A member's own code is a way with him as owner.
 */
#ifndef CORE_CUSTOMER_WAY_H
#define CORE_CUSTOMER_WAY_H

#include "core/app/app.h"

enum { WAY_SINGLE = 1, WAY_MULTI = 2 };
enum {
	WAY_MAX_MEMBERS = 100,
	WAY_TEMP_LIFE_S = 7 * 24 * 3600,
	WAY_TEMP_MAX_S = 14 * 24 * 3600,
	WAY_CHAT_LIFE_S = 24 * 3600
};

struct way {
	int64_t corp, way, type, scene, style, expires_ms, chat_expires_s, owner,
		created_ms;
	str config_id, code, remark, state, unionid, conclusions;
	bool skip_verify, is_temp, is_exclusive, mark_source;
	struct ints members, departments; /* its range, in order; filled by way_get … */
};

/* Checks scene, style, range (41037 … 41054, 40098) and gives ids and code. */
enum err way_add(struct tx *tx, struct way *w);
/* Everything but type, scene and is_temp.  ERR_WAY_GONE for an expired temporary one. */
enum err way_set(struct tx *tx, const struct way *w);
enum err way_drop(struct tx *tx, int64_t corp, str config_id);
/* ERR_WAY_GONE (41044). */
enum err way_by_config(struct tx *tx, int64_t corp, str config_id, struct way *out);
/* The same, members' own codes too: for pages. */
enum err way_named(struct tx *tx, int64_t corp, str config_id, struct way *out);
/* By the end of the link; ERR_CODE_GONE with kind words when unknown, expired or deleted. */
enum err way_by_code(struct tx *tx, str code, struct way *out);
/* ERR_NOT_FOUND: deleted since. */
enum err way_get(struct tx *tx, int64_t corp, int64_t way, struct way *out);
/* The member's own code, made on first use (write transactions only). */
enum err way_own(struct tx *tx, int64_t corp, int64_t member, struct way *out);
/* config_ids of ways made by the API within the time, not temporary, by creation. */
struct way_ref {
	int64_t way, created_ms;
	str config_id;
};
enum err way_page(struct tx *tx, int64_t corp, int64_t from_ms, int64_t to_ms,
	int64_t after_ms, int64_t after_way, int64_t limit, struct way_ref **out,
	size_t *out_n);

/* Who serves who comes by this way: the one of type 1, the next in turn of type 2.
 * ERR_CODE_GONE when nobody can.  In a read snapshot the turn does not move. */
enum err way_member(struct tx *tx, const struct way *w, struct member *out);

#endif
