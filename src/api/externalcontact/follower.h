/*
 * api/externalcontact/follower.h - what the rows of customer contact share: whom a
 * request names, and whether the app may see him.
 */
#ifndef API_EXTERNALCONTACT_FOLLOWER_H
#define API_EXTERNALCONTACT_FOLLOWER_H

#include "core/customer/follow.h"
#include "frame/route.h"

/* The member of a userid within the app's visible range: 40003 when empty, 60111, 60011. */
enum err ec_member(struct req *rq, str userid, struct member *out);
/* 60011, naming the field, unless the app sees the member. */
enum err ec_sees(struct req *rq, const char *field, int64_t member);
/* His active follow of a customer; 40096 and 84061 besides. */
enum err ec_follow(struct req *rq, str userid, str external_userid, struct follow *out);
/* Ids of tags or groups: 40068 for what cannot be one. */
enum err ec_tag_ids(struct req *rq, const char *field, struct texts ids,
	struct ints *out);

#endif
