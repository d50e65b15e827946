/*
 * core/customer/personal_tag.h - a member's own labels for his customers.
 *
 * A label is its name.  Nobody else sees it; a successor does not get it.  In the open API
 * it is a tag of type 2 (document 92114).
 */
#ifndef CORE_CUSTOMER_PERSONAL_TAG_H
#define CORE_CUSTOMER_PERSONAL_TAG_H

#include "core/customer/customer.h"

enum { PERSONAL_TAG_MAX = 30, PERSONAL_TAGS_OF_FOLLOW_MAX = 100 };

enum err personal_tags(struct tx *tx, int64_t corp, int64_t member, int64_t customer,
	struct texts *out);
/* From now on he has these: trimmed, each once, empty ones left out. */
enum err personal_tags_set(struct tx *tx, const struct follow *f, struct texts names);
enum err personal_tag_has(struct tx *tx, const struct follow *f, str name, bool *out);
/* All that the member uses, by name, and how often. */
struct personal_tag_use {
	str name;
	int64_t n;
};
enum err personal_tags_used(struct tx *tx, int64_t corp, int64_t member,
	struct personal_tag_use **out, size_t *out_n);

#endif
