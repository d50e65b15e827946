/*
 * client/admin_app.h - an app as administrators see it; for admin_*.c.
 */
#ifndef CLIENT_ADMIN_APP_H
#define CLIENT_ADMIN_APP_H

#include "base/shape.h"
#include "core/app/app.h"

#define ADMIN_APP_USER(F, SUB)                                                           \
	F(text, userid, ALWAYS, 1, 64, "A member who sees the app")                      \
	F(text, name, ALWAYS, 1, 64, "What people call him")
SHAPE_STRUCT(admin_app_user, ADMIN_APP_USER)

#define ADMIN_APP_PARTY(F, SUB)                                                          \
	F(int, id, ALWAYS, 1, INT64_MAX, "A department whose members see the app")       \
	F(text, name, ALWAYS, 0, 64, "What it is called")
SHAPE_STRUCT(admin_app_party, ADMIN_APP_PARTY)

#define ADMIN_APP(F, SUB)                                                                \
	F(int, agentid, ALWAYS, 1, INT64_MAX, "The app")                                 \
	F(octets, kind, ALWAYS, 0, 32, "app, contact_sync or customer_contact")          \
	F(text, name, ALWAYS, 0, 32, "What it is called")                                \
	F(text, description, ALWAYS, 0, 120, "What it does")                             \
	F(octets, logo, ALWAYS, 0, 128, "For GET /v1/avatar; empty without one")         \
	F(text, home_url, ALWAYS, 0, 2048, "Its page")                                   \
	F(flag, closed, ALWAYS, 0, 1, "Nobody may use it")                               \
	F(flag, sends_welcome, ALWAYS, 0, 1, "It welcomes new customers")                \
	F(flag, customer_contact, ALWAYS, 0, 1, "It may read and change customers")      \
	SUB(list, users, admin_app_user, ALWAYS, 0, APP_RANGE_MAX, "Members who see it") \
	SUB(list, parties, admin_app_party, ALWAYS, 0, APP_RANGE_MAX,                    \
		"Departments that see it")                                               \
	F(text, callback_url, ALWAYS, 0, 2048, "Where events go; empty: nowhere")        \
	F(text, callback_token, ALWAYS, 0, 32, "Signs them")                             \
	F(text, callback_aes_key, ALWAYS, 0, 43, "Encrypts them")                        \
	F(time, created, ALWAYS, 0, INT64_MAX, "Unix milliseconds")
SHAPE_STRUCT(admin_app, ADMIN_APP)

#define ADMIN_APP_OUT(F, SUB) SUB(object, app, admin_app, ALWAYS, 0, 0, "The app")
SHAPE_STRUCT(admin_app_out, ADMIN_APP_OUT)

/* The app in full, with its callback's key. */
enum err admin_app_of(struct tx *tx, int64_t corp, int64_t app, struct admin_app **out);
/* "app:1000002", for the audit. */
str admin_app_object(struct arena *mem, int64_t app);

#endif
