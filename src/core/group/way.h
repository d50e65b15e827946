/*
 * core/group/way.h - codes that lead into groups (document 92229).
 *
 * A way has a config_id for apps and a code, the end of its link /c/CODE: the corp's number,
 * an underscore, and what cannot be guessed (a contact way's has a dash).  Behind it
 * stand up to five groups: who comes is taken into the first with room.  When all are
 * full a way that says so makes another, of the same owner, named base_name and a number.
 *
 * A group's own code is a way with it as own_group.  It lives as long as the corp has it
 * (group_code_days) and is then followed by another.
 */
#ifndef CORE_GROUP_WAY_H
#define CORE_GROUP_WAY_H

#include "core/group/group.h"

enum {
	GROUP_WAY_GROUPS_MAX = 5,
	GROUP_WAY_NAME_MAX = 40,
	GROUP_WAY_STATE_MAX = 30,
	GROUP_WAY_REMARK_MAX = 30,
};

struct group_way {
	int64_t corp, way, scene, base_id, own_group, expires_ms, created_ms;
	str config_id, code, remark, base_name, state;
	bool auto_create, mark_source;
	struct ints groups; /* as given, in order */
};

/* Checks (41039 scene, 41042 state, 41045 too many, 40058) and gives ids and code. */
enum err group_way_add(struct tx *tx, struct group_way *w);
/* All of it but ids and code. */
enum err group_way_set(struct tx *tx, struct group_way *w);
enum err group_way_drop(struct tx *tx, const struct group_way *w);
/* ERR_WAY_GONE (41044). */
enum err group_way_by_config(struct tx *tx, int64_t corp, str config_id,
	struct group_way *out);
/* Is it a code of this kind?  Looks at its form only. */
bool group_way_is_code(str code);
/* ERR_CODE_GONE with kind words when unknown, expired or deleted. */
enum err group_way_by_code(struct tx *tx, str code, struct group_way *out);
/* The group's own code, made on first use and when the last has a day left (write
 * transactions only). */
enum err group_way_own(struct tx *tx, const struct customer_group *g,
	struct group_way *out);

/* Where a code leads a customer (0: one who is new). */
enum group_way_end {
	GROUP_WAY_IN,   /* he is in that group already */
	GROUP_WAY_ROOM, /* he is taken into it */
	GROUP_WAY_NEW,  /* a new group like it will be made */
	GROUP_WAY_FULL,
};
/* ERR_CODE_GONE when none of its groups is there any more. */
enum err group_way_look(struct tx *tx, const struct group_way *w, int64_t customer,
	struct customer_group *out, enum group_way_end *out_end);
/* Takes the consumer in, as a customer of the corp; *out_new false when he was.
 * ERR_GROUP_FULL, ERR_GROUP_TWICE (the corp's rule), ERR_CODE_GONE. */
enum err group_way_join(struct tx *tx, const struct group_way *w,
	const struct consumer *c, struct customer_group *out, bool *out_new);

#endif
