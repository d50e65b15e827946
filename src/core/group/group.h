/*
 * core/group - customer groups (客户群): chats in which members serve many customers.
 *
 * A group has an owner, a member who serves customers, and a chat of kind CHAT_GROUP; who
 * is in the one is in the other.  A customer need not be anybody's customer: by a code
 * (way.h) anybody may come.  Every change is one transaction with its line in the
 * timeline, the event for those in it, change_external_chat for apps (document 92130)
 * and, for statistics, a step.  A change that an app makes is not told to that app.
 *
 * A group whose owner has left or is disabled waits for a new one (GROUP_UNASSIGNED).  That is
 * not stored: it is so in the transaction in which he leaves, and in none before.
 */
#ifndef CORE_GROUP_GROUP_H
#define CORE_GROUP_GROUP_H

#include "core/customer/consumer.h"
#include "core/customer/customer.h"

enum { GROUP_NAME_MAX = 50, GROUP_NOTICE_MAX = 2000, GROUP_NICKNAME_MAX = 32 };

/* As WeCom numbers them (document 92120); nothing is ever 2, between the owners. */
enum group_status {
	GROUP_FOLLOWED = 0,
	GROUP_UNASSIGNED = 1,
	GROUP_BEING_INHERITED = 2,
	GROUP_INHERITED = 3,
};
/* How somebody came (document 92122). */
enum group_scene { GROUP_BY_INVITATION = 1, GROUP_BY_LINK = 2, GROUP_BY_CODE = 3 };
enum group_verb {
	GROUP_MADE = 1,
	GROUP_CAME = 2,
	GROUP_WENT = 3,
	GROUP_REMOVED = 4,
	GROUP_DISMISSED = 5,
};

struct customer_group {
	int64_t corp, group, chat, owner, welcome, version, persons, customers, notice_ms,
		created_ms;
	str chat_id, opengid, name, notice;
	bool inherited, dismissed;
};

struct group_person {
	struct person person;
	int64_t scene, invitor, way, joined_ms;
	str state, nickname;
	bool admin;
};

/* ---- finding ---- */

/* ERR_NO_GROUP (40050); ERR_GROUP_GONE (49008) when it was dismissed. */
enum err group_by_chat_id(struct tx *tx, int64_t corp, str chat_id,
	struct customer_group *out);
enum err group_by_opengid(struct tx *tx, int64_t corp, str opengid,
	struct customer_group *out);
/* The same, also one that was dismissed. */
enum err group_get(struct tx *tx, int64_t corp, int64_t group,
	struct customer_group *out);
enum err group_by_chat(struct tx *tx, int64_t corp, int64_t chat,
	struct customer_group *out);
enum err group_status_of(struct tx *tx, const struct customer_group *g,
	enum group_status *out);
/* Not dismissed, by number after `after`; of one owner or, with 0, of the corp. */
enum err group_page(struct tx *tx, int64_t corp, int64_t owner, int64_t after,
	int64_t limit, struct customer_group **out, size_t *out_n);
/* Whose owner has left, by (owner, group) after a place. */
enum err group_unassigned(struct tx *tx, int64_t corp, int64_t after_owner,
	int64_t after_group, size_t limit, struct customer_group **out, size_t *out_n);
/* The groups somebody is in, by number after `after`. */
enum err group_page_with(struct tx *tx, int64_t corp, enum person_kind kind,
	int64_t person, int64_t after, int64_t limit, struct customer_group **out,
	size_t *out_n);

/* Members first, each kind by number. */
enum err group_persons(struct tx *tx, const struct customer_group *g,
	struct group_person **out, size_t *out_n);
/* ERR_NOT_FOUND when he is not in it. */
enum err group_person_get(struct tx *tx, const struct customer_group *g,
	enum person_kind kind, int64_t person, struct group_person *out);
/* member_version, as apps see it. */
str group_version_text(struct arena *mem, int64_t version);
/* Where people are in more than one group of an owner, by person after `after`. */
struct group_twice {
	int64_t customer, groups;
};
enum err group_twice_page(struct tx *tx, int64_t corp, int64_t owner, int64_t after,
	int64_t limit, struct group_twice **out, size_t *out_n);

/* ---- changing ---- */

/* May the member, who is in it, run it (owner or admin) or is it his?  ERR_FORBIDDEN. */
enum err group_may_run(struct tx *tx, const struct customer_group *g, int64_t member);
enum err group_must_own(struct tx *tx, const struct customer_group *g, int64_t member);

/* A new group with its owner in it; ERR_WAY_MEMBER unless he serves customers.  Without a
 * name it has the owner's. */
enum err group_create(struct tx *tx, int64_t corp, int64_t owner, str name,
	struct customer_group *out);
/* How those who come do so. */
struct group_coming {
	enum group_scene scene;
	int64_t invitor; /* member, 0 none */
	int64_t way;     /* the code, 0 none */
	str state;       /* of the code */
};
/* Takes persons in.  Who is in it stays; who is kept out by the corp's rule of one group per
 * owner is passed over; *out_n is how many are new.  ERR_GROUP_FULL takes nobody. */
enum err group_take_in(struct tx *tx, struct customer_group *g,
	const struct person *persons, size_t n, const struct group_coming *how,
	size_t *out_n);
/* Is he kept out, because he is in another group of this owner and the corp has it so? */
enum err group_keeps_out(struct tx *tx, const struct customer_group *g, int64_t customer,
	bool *out);
/* They leave by themselves, or are removed.  An owner cannot: ERR_FORBIDDEN. */
enum err group_let_go(struct tx *tx, struct customer_group *g,
	const struct person *persons, size_t n, bool removed, size_t *out_n);
/* A customer leaves every group: he, or the corp, wants no more of the other. */
enum err group_leave_all(struct tx *tx, int64_t corp, const struct person *customer);
/* Customers who are in several groups of the owner stay in the one they came to first. */
enum err group_drop_twice(struct tx *tx, int64_t corp, int64_t owner, size_t *out_n);
enum err group_rename(struct tx *tx, struct customer_group *g, str name);
enum err group_set_notice(struct tx *tx, struct customer_group *g, str notice);
enum err group_set_admin(struct tx *tx, struct customer_group *g, int64_t member,
	bool admin);
enum err group_set_nickname(struct tx *tx, struct customer_group *g,
	enum person_kind kind, int64_t person, str nickname);
/* The chat closes and stays readable. */
enum err group_dismiss(struct tx *tx, struct customer_group *g);

/* ---- the owner ---- */

enum group_move_kind { GROUP_MOVE_IN_SERVICE = 1, GROUP_MOVE_LEFT = 2 };
/* May he be an owner?  ERR_SUCCESSOR_BLOCKED, ERR_WAY_MEMBER. */
enum err group_may_own(struct tx *tx, const struct member *m);
/* Gives a group to another member, who reads its whole timeline; who has left is taken out of
 * it.  What is against it alone comes in *out_code: 90501 no such group, 90500 the owner has
 * not left, 90502 he has, 90504 it is his already, 90508 it was inherited, 45009 more than
 * 300 of one owner a day, 40128 twice in 90 days (in service). */
enum err group_move(struct tx *tx, int64_t corp, enum group_move_kind kind, str chat_id,
	const struct member *to, enum err *out_code);
/* All groups of one owner, in service or not, without those limits. */
enum err group_move_all(struct tx *tx, int64_t corp, const struct member *from,
	const struct member *to, size_t *out_n);

/* ---- for statistics ---- */

struct group_step {
	int64_t step, group, owner, kind, person, at_ms;
	enum group_verb verb;
};
/* What happened in an owner's groups from a time to another, by step after `after`. */
enum err group_steps(struct tx *tx, int64_t corp, int64_t owner, int64_t from_ms,
	int64_t to_ms, int64_t after, int64_t limit, struct group_step **out,
	size_t *out_n);

/* Persons of group and chat agree, counts are right, owners are in. */
enum err group_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg);

#endif
