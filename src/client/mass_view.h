/*
 * client/mass_view.h - mass messages as desk and console show them; for mass_*.c and
 * admin_mass.c.
 */
#ifndef CLIENT_MASS_VIEW_H
#define CLIENT_MASS_VIEW_H

#include "core/mass/mass.h"
#include "frame/route.h"

/* Whom a message is for; nothing given: everybody that may be meant. */
#define MASS_FILTER(F, SUB)                                                              \
	F(texts, tags_all, OPTIONAL, 0, MASS_TAG_GROUPS_MAX, "With all these labels")    \
	F(texts, tags_any, OPTIONAL, 0, FILTER_TAGS_MAX, "With one of these labels")     \
	F(texts, no_tags, OPTIONAL, 0, FILTER_TAGS_MAX, "With none of these labels")     \
	F(texts, userids, OPTIONAL, 0, 1000, "Customers of these members; console only") \
	F(ints, departments, OPTIONAL, 0, 100,                                           \
		"Customers of these departments' members; console only")                 \
	F(time, from, OPTIONAL, 0, INT64_MAX, "Added at or later, Unix milliseconds")    \
	F(time, until, OPTIONAL, 0, INT64_MAX, "Added before")                           \
	F(texts, external_userids, OPTIONAL, 0, MASS_LIST_MAX,                           \
		"Just these customers; the rest but members does not count")
SHAPE_STRUCT(mass_filter, MASS_FILTER)

#define VIEW_MASS(F, SUB)                                                                \
	F(octets, mass, ALWAYS, 1, 64, "Its name")                                       \
	F(flag, personal, ALWAYS, 0, 1, "A member's own; else the company's")            \
	F(octets, maker, SOMETIMES, 0, 64, "userid; absent for apps")                    \
	F(octets, maker_name, SOMETIMES, 0, 128, "The maker's name, or the app's")       \
	F(octets, text, ALWAYS, 0, MASS_TEXT_BYTES,                                      \
		"With {customer_name}, {member_name}")                                   \
	SUB(list, attachments, attachment, ALWAYS, 0, ATTACHMENTS_MAX, "With it")        \
	F(flag, allow_select, ALWAYS, 0, 1, "Members may leave customers out")           \
	F(flag, direct, ALWAYS, 0, 1, "Members are not asked")                           \
	F(octets, state, ALWAYS, 1, 16, "preparing, open, paused, cancelled or done")    \
	F(int, targets, ALWAYS, 0, INT64_MAX, "Customers, once for each member")         \
	F(int, sent, ALWAYS, 0, INT64_MAX, "Who has got it")                             \
	F(int, failed, ALWAYS, 0, INT64_MAX, "Who could not")                            \
	F(time, created, ALWAYS, 0, INT64_MAX, "Unix milliseconds")
SHAPE_STRUCT(view_mass, VIEW_MASS)

#define VIEW_MASS_TASK(F, SUB)                                                           \
	SUB(object, message, view_mass, ALWAYS, 0, 0, "The mass message")                \
	F(octets, state, ALWAYS, 1, 16,                                                  \
		"asked, sending, sent, ignored, paused or cancelled")                    \
	F(octets, preview, ALWAYS, 0, 2 * MASS_TEXT_BYTES,                               \
		"The text as the first of the customers reads it")                       \
	F(int, targets, ALWAYS, 0, INT64_MAX, "The member's customers in it")            \
	F(int, sent, ALWAYS, 0, INT64_MAX, "Who has got it")                             \
	F(int, failed, ALWAYS, 0, INT64_MAX, "Who could not")                            \
	F(time, reminded, SOMETIMES, 0, INT64_MAX, "When last reminded")                 \
	F(time, decided, SOMETIMES, 0, INT64_MAX, "When confirmed or ignored")           \
	F(time, done, SOMETIMES, 0, INT64_MAX, "When all was sent")
SHAPE_STRUCT(view_mass_task, VIEW_MASS_TASK)

#define VIEW_MASS_TARGET(F, SUB)                                                              \
	F(octets, external_userid, ALWAYS, 1, 64, "The customer; a group's chat_id")          \
	F(text, name, ALWAYS, 0, 64, "What he calls himself")                                 \
	F(text, remark, SOMETIMES, 0, 64, "What the member calls him")                        \
	F(octets, avatar, ALWAYS, 0, 128, "For GET /v1/avatar")                               \
	F(octets, userid, ALWAYS, 1, 64, "The member")                                        \
	F(octets, status, ALWAYS, 1, 16,                                                      \
		"unsent, sent, gone (no customer any more), enough (got others) or left_out") \
	F(time, sent, SOMETIMES, 0, INT64_MAX, "Unix milliseconds")
SHAPE_STRUCT(view_mass_target, VIEW_MASS_TARGET)

/* Checks it; `me` non-zero: this member's customers only. */
enum err mass_filter_read(struct req *rq, const struct mass_filter *in, int64_t me,
	struct mass_wanted *out);
enum err view_mass_of(struct tx *tx, const struct mass *m, struct view_mass *out);
enum err view_mass_task_of(struct tx *tx, const struct mass *m, const struct mass_task *t,
	struct view_mass_task *out);
enum err view_mass_target_of(struct tx *tx, const struct mass *m,
	const struct mass_target *t, struct view_mass_target *out);
str mass_status_name(enum mass_status status);
str mass_task_state_name(const struct mass *m, const struct mass_task *t);

/* Begins and prepares it, in transactions of its own (WAITS rows). */
enum err mass_make(struct req *rq, struct mass *m, const struct attachment *v, size_t n,
	const struct mass_wanted *w);

#endif
