/*
 * core/customer/tag_private.h - between the files of tags.
 */
#ifndef CORE_CUSTOMER_TAG_PRIVATE_H
#define CORE_CUSTOMER_TAG_PRIVATE_H

#include "core/customer/tag.h"

/* change_external_tag: what happened to a tag or, when it is NULL, to the group; one without
 * a number: to the order of all groups. */
enum err tag_tell(struct tx *tx, const struct tag_library *lib, const char *change,
	const struct tag_group *g, const struct tag *t);

#endif
