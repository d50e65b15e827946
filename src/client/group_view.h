/*
 * client/group_view.h - a group and who is in it, as one of them may see them.
 */
#ifndef CLIENT_GROUP_VIEW_H
#define CLIENT_GROUP_VIEW_H

#include "client/view.h"
#include "core/group/group.h"
#include "core/group/way.h"
#include "frame/route.h"

enum { GROUP_PERSONS_MAX = 5000 };

#define VIEW_GROUP(F, SUB)                                                               \
	F(octets, chat, ALWAYS, 1, 32, "Its chat")                                       \
	F(octets, chat_id, SOMETIMES, 0, 64, "As apps name it; members only")            \
	F(octets, opengid, SOMETIMES, 0, 64, "As pages in it name it")                   \
	F(text, name, ALWAYS, 0, 64, "Its name")                                         \
	F(text, notice, ALWAYS, 0, 2000, "What stands on its board")                     \
	F(time, noticed, ALWAYS, 0, INT64_MAX, "When that was written; 0 never")         \
	SUB(object, owner, view_who, ALWAYS, 0, 0, "Whose it is")                        \
	SUB(object, corp, view_corp, ALWAYS, 0, 0, "The company")                        \
	F(octets, role, ALWAYS, 0, 16, "The viewer's: owner, admin, member, customer")   \
	F(int, members, ALWAYS, 0, INT64_MAX, "How many are in it")                      \
	F(int, customers, ALWAYS, 0, INT64_MAX, "And of them customers")                 \
	F(int, status, SOMETIMES, 0, 3, "1 its owner has left, 3 inherited")             \
	F(octets, welcome, SOMETIMES, 0, 64, "template_id of what newcomers are sent")   \
	F(flag, dismissed, ALWAYS, 0, 1, "It is over")                                   \
	F(time, created, ALWAYS, 0, INT64_MAX, "Unix milliseconds")
SHAPE_STRUCT(view_group, VIEW_GROUP)

#define VIEW_GROUP_PERSON(F, SUB)                                                        \
	SUB(object, who, view_who, ALWAYS, 0, 0, "The person")                           \
	F(text, nickname, ALWAYS, 0, 64, "His name in this group, empty for none")       \
	F(octets, role, ALWAYS, 0, 16, "owner, admin, member or customer")               \
	F(flag, self, ALWAYS, 0, 1, "It is the viewer")                                  \
	F(time, joined, ALWAYS, 0, INT64_MAX, "Unix milliseconds")                       \
	F(int, scene, ALWAYS, 0, 3, "1 invited, 2 by a link, 3 by a code")               \
	F(text, invitor, SOMETIMES, 0, 64, "Who invited; members only")                  \
	F(text, state, SOMETIMES, 0, 30, "Of the code he came by; members only")
SHAPE_STRUCT(view_group_person, VIEW_GROUP_PERSON)

/* The group of a chat named by a client, who is in it as *out_me. */
enum err group_of_chat(struct req *rq, str chat, struct customer_group *out,
	struct person *out_me);
/* The same for a change: ERR_GROUP_GONE when it was dismissed. */
enum err group_to_change(struct req *rq, str chat, struct customer_group *out,
	struct person *out_me);
/* `me` NULL: an administrator of the corp looks. */
enum err view_group_of(struct tx *tx, const struct viewer *v, const struct person *me,
	const struct customer_group *g, struct view_group *out);
/* The link of a join code. */
str group_way_url(struct req *rq, const struct group_way *w);

#endif
