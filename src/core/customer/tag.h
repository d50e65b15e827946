/*
 * core/customer/tag.h - the corp's labels for customers (document 92117).
 *
 * Tags stand in groups; both have ids that begin with "et", numbers inside.
 * Names are unique among groups, and within a group.  Deleting keeps the row,
 * so that an app may still ask what an id was.
 *
 * Beside the corp's own library each strategy of the first level may have one
 * (document 94882), whose tags only the members of its range may put on.  Changes are
 * told to the apps (change_external_tag).
 */
#ifndef CORE_CUSTOMER_TAG_H
#define CORE_CUSTOMER_TAG_H

#include "core/customer/customer.h"
#include "core/strategy/strategy.h"

enum { TAGS_MAX = 10000, TAGS_OF_FOLLOW_MAX = 3000, TAG_NAME_MAX = 30 };

struct tag {
	int64_t tag, tag_group, sort_order, created_ms;
	str name;
	bool deleted;
};

struct tag_group {
	int64_t tag_group, sort_order, created_ms, strategy; /* 0: the corp's */
	str name;
	bool deleted;
	struct tag *tags; /* in order */
	size_t n_tags;
};

str tag_id_text(struct arena *mem, int64_t id);
/* False for what cannot be an id of ours. */
bool tag_id_parse(str s, int64_t *out);

/* Whose tags, and which app asks (0: none; it hears no callback of its own change). */
enum { TAGS_OF_CORP = 0, TAGS_OF_STRATEGIES = -1, TAGS_OF_ALL = -2 };
struct tag_library {
	int64_t corp, strategy, by_app;
};

/* The library, in order; deleted ones only when `deleted`.  Of strategies those that the
 * app may manage. */
enum err tag_groups(struct tx *tx, const struct tag_library *lib, bool deleted,
	struct tag_group **out, size_t *out_n);
/* What a member may put on: the corp's and those of the strategies that hold him. */
enum err tag_groups_of_member(struct tx *tx, int64_t corp, int64_t member,
	struct tag_group **out, size_t *out_n);
/* By group (id, or name when the id is 0; made when the name is new), adding what is not there:
 * names already in the group keep their tag.  `tags` name and sort_order are given; out has
 * the group with just these tags.  40068, 40071, 40072; 40058 for a strategy below another. */
enum err tag_add(struct tx *tx, const struct tag_library *lib,
	const struct tag_group *wanted, struct tag_group *out);
/* Renames or reorders a tag or a group; an empty name and INT64_MIN stay as they are. */
enum err tag_edit(struct tx *tx, const struct tag_library *lib, int64_t id, str name,
	int64_t sort_order);
/* Deletes tags and whole groups, and takes them off customers; emptied groups go too. */
enum err tag_delete(struct tx *tx, const struct tag_library *lib, struct ints tags,
	struct ints groups);
/* Deletes a strategy and all below it, with their tags. */
enum err tag_strategy_drop(struct tx *tx, const struct strategy *s, int64_t by_app);

/* ERR_BAD_TAG_ID; also of a deleted one. */
enum err tag_name(struct tx *tx, int64_t corp, int64_t tag, str *out);
/* Is there such a tag of the corp, no strategy's? */
enum err tag_is_there(struct tx *tx, int64_t corp, int64_t tag, bool *out);
/* Members with customers of that tag, by id after one. */
enum err tag_members(struct tx *tx, int64_t corp, int64_t tag, int64_t after,
	int64_t limit, struct ints *out);

/* The tags of a follow. */
struct follow_tag {
	int64_t tag, strategy; /* 0: the corp's */
	str name, group_name;
};
enum err follow_tags(struct tx *tx, int64_t corp, int64_t member, int64_t customer,
	struct follow_tag **out, size_t *out_n);
/* Ids alone, of a member's customers from one to another, by customer: for pages.  At most
 * `limit`: the caller asks the rest of the last one. */
struct follow_tag_id {
	int64_t customer, tag;
};
enum err follow_tags_between(struct tx *tx, int64_t corp, int64_t member, int64_t first,
	int64_t last, int64_t limit, struct follow_tag_id **out, size_t *out_n);
/* Takes off, then puts on; unknown ids: 40068, of a strategy that does not hold the member:
 * 81011.  Tells people and, unless the API did it (by_app), apps. */
enum err follow_mark(struct tx *tx, struct follow *f, struct ints add, struct ints remove,
	int64_t by_app);

#endif
