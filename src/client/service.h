/*
 * client/service.h - a consultation as people see it.
 */
#ifndef CLIENT_SERVICE_H
#define CLIENT_SERVICE_H

#include "client/view.h"
#include "core/service/hours.h"
#include "core/service/item.h"
#include "core/service/servicer.h"
#include "frame/route.h"

#define VIEW_SERVICE(F, SUB)                                                             \
	F(octets, chat, ALWAYS, 0, 64, "Its chat")                                       \
	F(octets, open_kfid, ALWAYS, 0, 64, "The account")                               \
	F(octets, state, ALWAYS, 0, 16, "new, bot, queue, served or ended")              \
	F(int, place, SOMETIMES, 0, INT64_MAX, "In the queue, from 1")                   \
	F(int, wait_s, SOMETIMES, 0, INT64_MAX, "What it may take; absent: unknown")     \
	F(flag, open, ALWAYS, 0, 1, "Within its hours")                                  \
	SUB(object, servicer, view_who, SOMETIMES, 0, 0, "Who serves")                   \
	F(id, session, SOMETIMES, 0, INT64_MAX, "The consultation")                      \
	F(flag, rate, ALWAYS, 0, 1, "It has ended and may be rated")                     \
	F(int, rating, SOMETIMES, 0, 5, "What the customer said of it")                  \
	F(json, upgrade, SOMETIMES, 0, 4096, "kind, name, position, code, wording …")    \
	F(flag, refuses, ALWAYS, 0, 1, "The customer wants no messages of apps")         \
	F(flag, rejected, ALWAYS, 0, 1, "His messages are refused")                      \
	F(time, since, ALWAYS, 0, INT64_MAX, "Of the state")                             \
	F(octets, scene, SOMETIMES, 0, 32, "To members: the link he came by")            \
	F(octets, scene_param, SOMETIMES, 0, 128, "To members: what was appended")       \
	SUB(object, customer, view_who, SOMETIMES, 0, 0, "To members: who asks")         \
	F(text, preview, SOMETIMES, 0, 80, "To members: his last words")
SHAPE_STRUCT(view_service, VIEW_SERVICE)

enum err view_service_of(struct tx *tx, enum person_kind for_kind,
	const struct service_account *a, const struct visit *v, struct view_service *out);

#endif
