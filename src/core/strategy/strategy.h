/*
 * core/strategy - groups of rules (规则组) for customer contact and for moments
 * (documents 94883, 94890).
 *
 * A strategy concerns the members of its range, which are members and departments with
 * all below them, and says what these may do.  Strategies stand in trees of at most
 * STRATEGY_LEVELS levels and STRATEGY_NODES nodes.  A child's range lies within its
 * parent's, and shrinks with it; its privileges are those of its root.  Deleting takes
 * what is below along.  An app manages the strategies that it made; the customer-contact
 * secret and the console all of them.
 */
#ifndef CORE_STRATEGY_STRATEGY_H
#define CORE_STRATEGY_STRATEGY_H

#include "core/app/app.h"

enum strategy_kind { STRATEGY_CUSTOMER = 1, STRATEGY_MOMENT = 2 };
enum { STRATEGY_LEVELS = 5, STRATEGY_NODES = 3000, STRATEGY_ADMINS = 20 };
enum { STRATEGY_RANGE_STEP = 100, STRATEGY_NAME_MAX = 64, STRATEGY_PAGE = 1000 };

/* P(F, name, bit, sentence); bits are stored: never renumber.  The first five are
 * always given (STRATEGY_FIXED). */
#define STRATEGY_PRIVILEGES(P, F)                                                        \
	P(F, view_customer_list, 0, "See the list of customers; always")                 \
	P(F, view_customer_data, 1, "See statistics of customers; always")               \
	P(F, view_room_list, 2, "See the list of customer groups; always")               \
	P(F, contact_me, 3, "Use contact ways; always")                                  \
	P(F, join_room, 4, "Use join ways of groups; always")                            \
	P(F, share_customer, 5, "Share customers with colleagues")                       \
	P(F, oper_resign_customer, 6, "Assign customers of those who left")              \
	P(F, oper_resign_group, 7, "Assign groups of those who left")                    \
	P(F, send_customer_msg, 8, "Send mass messages to customers")                    \
	P(F, edit_welcome_msg, 9, "Set welcome messages")                                \
	P(F, view_behavior_data, 10, "See statistics of members' contact")               \
	P(F, view_room_data, 11, "See statistics of groups")                             \
	P(F, send_group_msg, 12, "Send messages to customer groups")                     \
	P(F, room_deduplication, 13, "Remove people who are in several groups")          \
	P(F, rapid_reply, 14, "Set quick replies")                                       \
	P(F, onjob_customer_transfer, 15, "Hand customers over in service")              \
	P(F, edit_anti_spam_rule, 16, "Set rules against spam")                          \
	P(F, export_customer_list, 17, "Export the list of customers")                   \
	P(F, export_customer_data, 18, "Export statistics of customers")                 \
	P(F, export_customer_group_list, 19, "Export the list of customer groups")       \
	P(F, manage_customer_tag, 20, "Set the corp's tags")
#define MOMENT_PRIVILEGES(P, F)                                                          \
	P(F, view_moment_list, 0, "See all moments of the members")                      \
	P(F, send_moment, 1, "Post moments")                                             \
	P(F, manage_moment_cover_and_sign, 2, "Set cover and signature")

#define STRATEGY_BIT_(F, name, bit, doc) PRIVILEGE_##name = 1 << (bit),
enum strategy_privilege { STRATEGY_PRIVILEGES(STRATEGY_BIT_, ) };
enum moment_privilege { MOMENT_PRIVILEGES(STRATEGY_BIT_, ) };
#undef STRATEGY_BIT_
enum { STRATEGY_FIXED = (1 << 5) - 1, STRATEGY_ALL = (1 << 21) - 1, MOMENT_ALL = 7 };

struct strategy {
	int64_t corp, strategy, parent, root, level, app, privileges, created_ms;
	enum strategy_kind kind;
	str name;
	struct ints admins; /* filled by strategy_get */
};

enum strategy_target_kind { STRATEGY_MEMBER = 1, STRATEGY_DEPARTMENT = 2 };
struct strategy_target {
	enum strategy_target_kind kind;
	int64_t target;
};
struct strategy_range {
	struct strategy_target *v;
	size_t n;
};

/* May this app manage it?  `app` 0: the console. */
bool strategy_is_of(const struct strategy *s, int64_t app);
/* 40058 when there is none of that kind, or it is another app's. */
enum err strategy_get(struct tx *tx, int64_t corp, enum strategy_kind kind, int64_t app,
	int64_t strategy, struct strategy *out);
/* By number after `after`, those of `app` (0: all). */
enum err strategy_page(struct tx *tx, int64_t corp, enum strategy_kind kind, int64_t app,
	int64_t after, int64_t limit, struct strategy **out, size_t *out_n);
/* corp, kind, parent, app, name, privileges and admins are given; the rest is made. */
enum err strategy_add(struct tx *tx, struct strategy *s,
	const struct strategy_range *range);
/* Name, admins and privileges of `s`; then the range grows and shrinks. */
enum err strategy_set(struct tx *tx, const struct strategy *s,
	const struct strategy_range *add, const struct strategy_range *drop);
/* With all below it; out names them, for what hangs on them (tags). */
enum err strategy_drop(struct tx *tx, const struct strategy *s, struct ints *out_dropped);

/* Its targets in order, after a place; the kind of the place is 0 for the beginning. */
enum err strategy_range_page(struct tx *tx, const struct strategy *s,
	struct strategy_target after, int64_t limit, struct strategy_range *out);
/* Does the range hold the member? */
enum err strategy_holds(struct tx *tx, int64_t corp, int64_t strategy, int64_t member,
	bool *out);
/* The strategies whose range holds the member, by number. */
enum err strategy_of_member(struct tx *tx, int64_t corp, enum strategy_kind kind,
	int64_t member, struct ints *out);
/* May the member, by any strategy that holds him or whose admin he is?  *out_any tells
 * whether there is one at all. */
enum err strategy_allows(struct tx *tx, int64_t corp, enum strategy_kind kind,
	int64_t member, int64_t privilege, bool *out_any, bool *out);

#endif
