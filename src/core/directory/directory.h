/*
 * core/directory - corps, departments and members.
 *
 * A corp is the tenant.  Departments are a tree whose root is 1.  A member is
 * named by userid, unique in the corp without regard to case; inside, by an
 * id.  Limits are WeCom's (limits.md, "Directory").
 */
#ifndef CORE_DIRECTORY_DIRECTORY_H
#define CORE_DIRECTORY_DIRECTORY_H

#include "base/shape.h"
#include "core/doctor.h"
#include "core/event.h"

enum { DEPARTMENT_ROOT = 1, DEPARTMENT_MAX_LEVELS = 15, DEPARTMENT_MAX = 30000 };
enum { MEMBER_MAX_PLACES = 100 };

enum member_status {
	MEMBER_ACTIVE = 1,
	MEMBER_DISABLED = 2,
	MEMBER_NOT_ACTIVATED = 4,
	MEMBER_LEFT = 5,
};

struct corp {
	int64_t corp;
	str corpid, name, welcome;
	bool verified, allow_private_callbacks, sync_reads_ids, handover_at_once;
	int64_t directory_version; /* id_next() of the last change of a department */
	int64_t created_ms;
};

enum err corp_get(struct tx *tx, int64_t corp, struct corp *out);
/* By its text; ERR_BAD_CORPID when unknown. */
enum err corp_by_corpid(struct tx *tx, str corpid, struct corp *out);
/* The numbers of all corps: the clock reads due work corp by corp. */
enum err corp_numbers(struct tx *tx, int64_t **out_corps, size_t *out_n);
/* Creates a corp with its root department; corpid is made when empty. */
enum err corp_create(struct tx *tx, str corpid, str name, struct corp *out);
enum err corp_set(struct tx *tx, const struct corp *c);
/* Does the contact-sync secret of this corp read ids only? */
enum err corp_sync_reads_ids(struct tx *tx, int64_t corp, bool *out);

struct member {
	int64_t corp, member, number;
	str userid, name, alias, position, mobile, email, biz_mail, telephone, address;
	str avatar, external_position, external_profile, extattr, direct_leader;
	int64_t gender, main_department, status, created_ms;
	bool admin, serves_customers;
};

/* A member's place in one department. */
struct member_place {
	int64_t department, sort_order;
	bool is_leader;
};

/* ERR_NO_USER (60111) when there is none of that id or userid. */
enum err member_get(struct tx *tx, int64_t corp, int64_t member, struct member *out);
enum err member_by_userid(struct tx *tx, int64_t corp, str userid, struct member *out);
/* The same, also one who has left. */
enum err member_by_userid_ever(struct tx *tx, int64_t corp, str userid,
	struct member *out);
enum err member_places(struct tx *tx, int64_t corp, int64_t member,
	struct member_place **out, size_t *out_n);
/* The userid of a member who may serve customers; empty for others.  Reads no more of
 * him, for lists of the whole corp. */
enum err member_serving(struct tx *tx, int64_t corp, int64_t member, str *out_userid);
/* Members of a department, with all below it when `deep`, by id; at most `limit` after
 * `after`.  Who has left is in no department. */
enum err member_page(struct tx *tx, int64_t corp, int64_t department, bool deep,
	int64_t after, int64_t limit, struct member **out, size_t *out_n);
/* Their ids alone, for a department and its subtree in one sorted list without repeats. */
enum err member_ids_in(struct tx *tx, int64_t corp, int64_t department, bool deep,
	struct ints *out);
/* All members whose name, userid or mobile holds `q` (empty: all), by id. */
enum err member_find(struct tx *tx, int64_t corp, str q, int64_t after, int64_t limit,
	struct member **out, size_t *out_n);
/* By userid, mobile or e-mail address; ERR_NO_USER. */
enum err member_by_sign_in(struct tx *tx, int64_t corp, str account, struct member *out);
/* May he act, and as an administrator?  ERR_NO_USER; two columns, for every request. */
enum err member_standing(struct tx *tx, int64_t corp, int64_t member,
	enum member_status *out_status, bool *out_admin);
enum err member_leaders(struct tx *tx, int64_t corp, int64_t department,
	struct ints *out);
struct member_counts {
	int64_t all, active, admins;
};
/* Counts the whole corp: for administrators. */
enum err member_counts(struct tx *tx, int64_t corp, struct member_counts *out);

/* Checks every field, gives id and number; ERR_CONFLICT when the userid, mobile or
 * e-mail address exists.  Without places he stands in the root. */
enum err member_add(struct tx *tx, struct member *m, const struct member_place *places,
	size_t n);
/* Changes all but userid, number and status; `places` NULL leaves those. */
enum err member_set(struct tx *tx, const struct member *m,
	const struct member_place *places, size_t n);
/* Disabling ends nothing by itself: account_end_all is called by whoever disables (core/account). */
enum err member_set_status(struct tx *tx, int64_t corp, int64_t member,
	enum member_status status);
/* Members who have left or are disabled, by id after `after`: their customers wait for a
 * successor. */
struct member_gone {
	int64_t member, left_ms;
	str userid;
};
enum err member_gone_page(struct tx *tx, int64_t corp, int64_t after, int64_t limit,
	struct member_gone **out, size_t *out_n);
/* Who acts, as people read it: "member:lilei", "app:1000002", "operator". */
enum err actor_text(struct tx *tx, str *out);
/* Emits EVENT_DIRECTORY of a corp, once for many changes. */
void directory_changed(struct tx *tx, int64_t corp);

struct department {
	int64_t corp, department, parent, sort_order;
	str name, name_en;
};

/* ERR_BAD_DEPARTMENT (60003) / ERR_BAD_PARTYID (60123). */
enum err department_get(struct tx *tx, int64_t corp, int64_t department,
	struct department *out);
/* The department and all below it, parents first. */
enum err department_tree(struct tx *tx, int64_t corp, int64_t root,
	struct department **out, size_t *out_n);
/* Checks name, parent, depth and number; the id is made when 0. */
enum err department_add(struct tx *tx, struct department *d);
/* Members standing in each department itself. */
struct department_count {
	int64_t department, members;
};
enum err department_counts(struct tx *tx, int64_t corp, struct department_count **out,
	size_t *out_n);
/* Of such a list, which is sorted by department. */
int64_t department_count_of(const struct department_count *counts, size_t n,
	int64_t department);
/* True when `inner` is `outer` or below it. */
enum err department_is_below(struct tx *tx, int64_t corp, int64_t inner, int64_t outer,
	bool *out);

/* Every member stands in departments that are there, and the tree has one root. */
enum err directory_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg);

#endif
