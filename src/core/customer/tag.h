/*
 * core/customer/tag.h - the corp's labels for customers (document 92117).
 *
 * Tags stand in groups; both have ids that begin with "et", numbers inside.
 * Names are unique among groups, and within a group.  Deleting keeps the row,
 * so that an app may still ask what an id was.
 */
#ifndef CORE_CUSTOMER_TAG_H
#define CORE_CUSTOMER_TAG_H

#include "core/customer/customer.h"

enum { TAGS_MAX = 10000, TAGS_OF_FOLLOW_MAX = 3000, TAG_NAME_MAX = 30 };

struct tag {
	int64_t tag, tag_group, sort_order, created_ms;
	str name;
	bool deleted;
};

struct tag_group {
	int64_t tag_group, sort_order, created_ms;
	str name;
	bool deleted;
	struct tag *tags; /* in order */
	size_t n_tags;
};

str tag_id_text(struct arena *mem, int64_t id);
/* False for what cannot be an id of ours. */
bool tag_id_parse(str s, int64_t *out);

/* The library, in order; deleted ones only when `deleted`. */
enum err tag_groups(struct tx *tx, int64_t corp, bool deleted, struct tag_group **out,
	size_t *out_n);
/* By group (id, or name when the id is 0; made when the name is new), adding what is not there:
 * names already in the group keep their tag.  `tags` name and sort_order are given; out has
 * the group with just these tags.  40068, 40071, 40072. */
enum err tag_add(struct tx *tx, int64_t corp, int64_t group, str group_name,
	int64_t group_order, const struct tag *tags, size_t n, struct tag_group *out);
/* Renames or reorders a tag or a group; an empty name and INT64_MIN stay as they are. */
enum err tag_edit(struct tx *tx, int64_t corp, int64_t id, str name, int64_t sort_order);
/* Deletes tags and whole groups, and takes them off customers; emptied groups go too. */
enum err tag_delete(struct tx *tx, int64_t corp, struct ints tags, struct ints groups);

/* The tags of a follow. */
struct follow_tag {
	int64_t tag;
	str name, group_name;
};
enum err follow_tags(struct tx *tx, int64_t corp, int64_t member, int64_t customer,
	struct follow_tag **out, size_t *out_n);
/* Takes off, then puts on; unknown ids: 40068.  Tells people and, unless the API did it (by_app), apps. */
enum err follow_mark(struct tx *tx, struct follow *f, struct ints add, struct ints remove,
	int64_t by_app);

#endif
