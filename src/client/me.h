/*
 * client/me.h - who is signed in, as he sees himself.
 */
#ifndef CLIENT_ME_H
#define CLIENT_ME_H

#include "client/view.h"

#define VIEW_ME(F, SUB)                                                                  \
	F(octets, kind, ALWAYS, 0, 16, "member or consumer")                             \
	F(octets, id, ALWAYS, 0, 64, "A member's userid, or the consumer's own id")      \
	F(text, name, ALWAYS, 0, 64, "Shown to people")                                  \
	F(octets, avatar, ALWAYS, 0, 128, "For GET /v1/avatar; empty without one")       \
	F(text, position, ALWAYS, 0, 128, "A member's position")                         \
	SUB(object, corp, view_corp, ALWAYS, 0, 0,                                       \
		"A member's company; empty for a consumer")                              \
	F(flag, admin, ALWAYS, 0, 1, "May use the console")                              \
	F(flag, must_change_password, SOMETIMES, 0, 1,                                   \
		"An administrator chose the password")                                   \
	F(octets, language, SOMETIMES, 0, 8, "A consumer's choice: zh or en")
SHAPE_STRUCT(view_me, VIEW_ME)

enum err view_me_member(struct tx *tx, int64_t corp, int64_t member, struct view_me *out);
enum err view_me_consumer(struct tx *tx, int64_t consumer, struct view_me *out);

/* How long browsers keep a session's cookie; the session itself may end sooner. */
enum { COOKIE_MAX_AGE_S = 400 * 24 * 3600 };

#endif
