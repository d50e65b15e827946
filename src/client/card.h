/*
 * client/card.h - whom a code leads to, as a customer sees him before adding.
 */
#ifndef CLIENT_CARD_H
#define CLIENT_CARD_H

#include "client/view.h"
#include "core/customer/way.h"
#include "frame/route.h"

#define VIEW_CARD(F, SUB)                                                                \
	F(text, name, ALWAYS, 1, 64, "The member")                                       \
	F(text, position, ALWAYS, 0, 128, "What he does, as customers read it")          \
	F(octets, avatar, ALWAYS, 0, 128, "For GET /v1/avatar; empty without one")       \
	SUB(object, corp, view_corp, ALWAYS, 0, 0, "His company")                        \
	F(octets, code, ALWAYS, 1, 64, "The code")
SHAPE_STRUCT(view_card, VIEW_CARD)

enum err view_card_of(struct tx *tx, const struct way *w, const struct member *m,
	struct view_card *out);
/* The link of a way: public address, /c/ and the code. */
str card_url(struct req *rq, const struct way *w);

#endif
