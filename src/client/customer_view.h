/*
 * client/customer_view.h - a customer as the member who serves him sees him.
 */
#ifndef CLIENT_CUSTOMER_VIEW_H
#define CLIENT_CUSTOMER_VIEW_H

#include "base/shape.h"
#include "core/customer/follow.h"
#include "core/customer/personal_tag.h"
#include "core/customer/tag.h"

#define VIEW_FOLLOW_TAG(F, SUB)                                                          \
	F(octets, tag_id, ALWAYS, 1, 64, "The label")                                    \
	F(text, name, ALWAYS, 1, TAG_NAME_MAX, "Its name")                               \
	F(text, group_name, ALWAYS, 1, TAG_NAME_MAX, "Its group's")
SHAPE_STRUCT(view_follow_tag, VIEW_FOLLOW_TAG)
#define VIEW_FOLLOW(F, SUB)                                                              \
	F(octets, external_userid, ALWAYS, 1, 64, "The customer")                        \
	F(text, name, ALWAYS, 1, 64, "What he calls himself")                            \
	F(octets, avatar, ALWAYS, 0, 128, "For GET /v1/avatar; empty without one")       \
	F(text, remark, ALWAYS, 0, REMARK_MAX, "What the member calls him")              \
	F(text, description, ALWAYS, 0, DESCRIPTION_MAX, "What the member knows of him") \
	F(text, remark_company, ALWAYS, 0, REMARK_MAX, "His company")                    \
	F(texts, remark_mobiles, ALWAYS, 0, REMARK_MOBILES_MAX, "His numbers")           \
	SUB(list, tags, view_follow_tag, ALWAYS, 0, TAGS_OF_FOLLOW_MAX, "Labels")        \
	F(texts, personal_tags, ALWAYS, 0, PERSONAL_TAGS_OF_FOLLOW_MAX,                  \
		"The member's own labels")                                               \
	F(text, state, ALWAYS, 0, 30, "Of the contact way he came by")                   \
	F(int, add_way, ALWAYS, 0, 202, "How he came: 1 by a code")                      \
	F(text, way_remark, ALWAYS, 0, 30, "The corp's name for that way")               \
	F(time, created, ALWAYS, 0, INT64_MAX, "When he was added, Unix milliseconds")   \
	F(octets, chat, ALWAYS, 1, 64, "The chat with him")                              \
	F(int, unread, ALWAYS, 0, INT64_MAX, "Messages the member has not read")         \
	F(octets, status, ALWAYS, 1, 16,                                                 \
		"active, deleted (by the member), left or transferred")                  \
	F(text, shared_by, SOMETIMES, 0, 64,                                             \
		"add_way 3: the customer who passed the card on")                        \
	F(flag, blocked, SOMETIMES, 0, 1, "The member has shut him out of the company")
SHAPE_STRUCT(view_follow, VIEW_FOLLOW)

enum err view_follow_of(struct tx *tx, const struct follow *f, const struct customer *c,
	struct view_follow *out);

#endif
