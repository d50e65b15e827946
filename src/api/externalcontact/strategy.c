/*
 * api/externalcontact/strategy.c - groups of rules, over HTTP: of customer contact
 * (document 94883) and of moments (94890).
 *
 * The two differ in their privileges alone.
 */
#include "api/api.h"
#include "api/externalcontact/follower.h"
#include "base/ids.h"
#include "core/customer/tag.h"

/* A flag that is absent counts as true: see bits_of. */
#define PRIVILEGE_FIELD(F, name, bit, doc) F(flag, name, ALWAYS, 0, 1, doc)
#define PRIVILEGES(F, SUB) STRATEGY_PRIVILEGES(PRIVILEGE_FIELD, F)
SHAPE(customer_privileges, PRIVILEGES)
#define MOMENTS_PRIVILEGES(F, SUB) MOMENT_PRIVILEGES(PRIVILEGE_FIELD, F)
SHAPE(moment_privileges, MOMENTS_PRIVILEGES)

#define RANGE(F, SUB)                                                                    \
	F(int, type, REQUIRED, 1, 2, "1 a member, 2 a department with all below it")     \
	F(octets, userid, OPTIONAL, 0, 64, "Of type 1")                                  \
	F(int, partyid, OPTIONAL, 0, UINT32_MAX, "Of type 2")
SHAPE(strategy_range_item, RANGE)

#define LIST_IN(F, SUB)                                                                  \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")             \
	F(int, limit, OPTIONAL | CLAMP, 0, STRATEGY_PAGE, "1000 if absent, and at most")
SHAPE(strategy_list_in, LIST_IN)
#define ITEM(F, SUB) F(int, strategy_id, ALWAYS, 1, INT64_MAX, "Its number")
SHAPE(strategy_item, ITEM)
#define LIST_OUT(F, SUB)                                                                 \
	SUB(list, strategy, strategy_item, ALWAYS, 0, STRATEGY_PAGE, "Of this app")      \
	F(octets, next_cursor, SOMETIMES, 0, 64, "Absent at the end")
SHAPE(strategy_list_out, LIST_OUT)

#define ONE_IN(F, SUB) F(int, strategy_id, REQUIRED, 1, INT64_MAX, "Its number")
SHAPE(strategy_one_in, ONE_IN)
#define FACTS(F)                                                                         \
	F(int, strategy_id, ALWAYS, 1, INT64_MAX, "Its number")                          \
	F(int, parent_id, ALWAYS, 0, INT64_MAX, "0: of the first level")                 \
	F(text, strategy_name, ALWAYS, 1, STRATEGY_NAME_MAX, "Its name")                 \
	F(time, create_time, ALWAYS, 0, INT64_MAX, "Unix seconds")                       \
	F(texts, admin_list, ALWAYS, 0, STRATEGY_ADMINS, "userids of who manages it")
#define CUSTOMER_FACTS(F, SUB)                                                           \
	FACTS(F)                                                                         \
	SUB(object, privilege, customer_privileges, ALWAYS, 0, 0, "What its members may")
SHAPE(customer_strategy, CUSTOMER_FACTS)
#define MOMENT_FACTS(F, SUB)                                                             \
	FACTS(F)                                                                         \
	SUB(object, privilege, moment_privileges, ALWAYS, 0, 0, "What its members may")
SHAPE(moment_strategy, MOMENT_FACTS)
#define CUSTOMER_GET_OUT(F, SUB)                                                         \
	SUB(object, strategy, customer_strategy, ALWAYS, 0, 0, "The strategy")
SHAPE(customer_strategy_get_out, CUSTOMER_GET_OUT)
#define MOMENT_GET_OUT(F, SUB)                                                           \
	SUB(object, strategy, moment_strategy, ALWAYS, 0, 0, "The strategy")
SHAPE(moment_strategy_get_out, MOMENT_GET_OUT)

#define RANGE_IN(F, SUB)                                                                 \
	ONE_IN(F, SUB)                                                                   \
	LIST_IN(F, SUB)
SHAPE(strategy_range_in, RANGE_IN)
#define RANGE_OUT(F, SUB)                                                                \
	SUB(list, range, strategy_range_item, ALWAYS, 0, STRATEGY_PAGE,                  \
		"Whom it concerns")                                                      \
	F(octets, next_cursor, SOMETIMES, 0, 64, "Absent at the end")
SHAPE(strategy_range_out, RANGE_OUT)

#define CREATE_FACTS(F, SUB)                                                             \
	F(int, parent_id, OPTIONAL, 0, INT64_MAX,                                        \
		"Below this one; absent or 0: below none")                               \
	F(text, strategy_name, REQUIRED, 0, 1024, "Its name")                            \
	F(texts, admin_list, REQUIRED, 0, 1000, "1 to 20 userids, no administrators")    \
	SUB(list, range, strategy_range_item, REQUIRED, 0, STRATEGY_RANGE_STEP,          \
		"Whom it concerns; within the parent's")
#define CUSTOMER_CREATE_IN(F, SUB)                                                       \
	CREATE_FACTS(F, SUB)                                                             \
	SUB(object, privilege, customer_privileges, OPTIONAL, 0, 0,                      \
		"What its members may; below a parent his count")
SHAPE(customer_strategy_create_in, CUSTOMER_CREATE_IN)
#define MOMENT_CREATE_IN(F, SUB)                                                         \
	CREATE_FACTS(F, SUB)                                                             \
	SUB(object, privilege, moment_privileges, OPTIONAL, 0, 0,                        \
		"What its members may; below a parent his count")
SHAPE(moment_strategy_create_in, MOMENT_CREATE_IN)
#define customer_strategy_create_out_shape strategy_item_shape
#define moment_strategy_create_out_shape strategy_item_shape

#define EDIT_FACTS(F, SUB)                                                               \
	ONE_IN(F, SUB)                                                                   \
	F(text, strategy_name, OPTIONAL, 0, 1024, "Its name")                            \
	F(texts, admin_list, OPTIONAL, 0, 1000, "Replaces")                              \
	SUB(list, range_add, strategy_range_item, OPTIONAL, 0, STRATEGY_RANGE_STEP,      \
		"Whom it concerns too")                                                  \
	SUB(list, range_del, strategy_range_item, OPTIONAL, 0, STRATEGY_RANGE_STEP,      \
		"Whom no longer")
#define CUSTOMER_EDIT_IN(F, SUB)                                                         \
	EDIT_FACTS(F, SUB)                                                               \
	SUB(object, privilege, customer_privileges, OPTIONAL, 0, 0, "Replaces")
SHAPE(customer_strategy_edit_in, CUSTOMER_EDIT_IN)
#define MOMENT_EDIT_IN(F, SUB)                                                           \
	EDIT_FACTS(F, SUB)                                                               \
	SUB(object, privilege, moment_privileges, OPTIONAL, 0, 0, "Replaces")
SHAPE(moment_strategy_edit_in, MOMENT_EDIT_IN)
NO_OUT(customer_strategy_edit)
NO_OUT(moment_strategy_edit)
NO_OUT(customer_strategy_del)
NO_OUT(moment_strategy_del)
#define customer_strategy_list_in_shape strategy_list_in_shape
#define customer_strategy_list_out_shape strategy_list_out_shape
#define moment_strategy_list_in_shape strategy_list_in_shape
#define moment_strategy_list_out_shape strategy_list_out_shape
#define customer_strategy_get_in_shape strategy_one_in_shape
#define moment_strategy_get_in_shape strategy_one_in_shape
#define customer_strategy_get_range_in_shape strategy_range_in_shape
#define customer_strategy_get_range_out_shape strategy_range_out_shape
#define moment_strategy_get_range_in_shape strategy_range_in_shape
#define moment_strategy_get_range_out_shape strategy_range_out_shape
#define customer_strategy_del_in_shape strategy_one_in_shape
#define moment_strategy_del_in_shape strategy_one_in_shape

/* ---- privileges ---- */

#define BIT_IN(in, name, bit, doc)                                                       \
	bits |= !HAS(in, name) || (in)->name ? INT64_C(1) << (bit) : 0;
#define BIT_OUT(out, name, bit, doc) (out)->name = bits >> (bit)&1;

static int64_t customer_bits(const struct customer_privileges *in)
{
	int64_t bits = 0;

	if (!in)
		return STRATEGY_ALL;
	STRATEGY_PRIVILEGES(BIT_IN, in)
	return bits;
}

static int64_t moment_bits(const struct moment_privileges *in)
{
	int64_t bits = 0;

	if (!in)
		return MOMENT_ALL;
	MOMENT_PRIVILEGES(BIT_IN, in)
	return bits;
}

static struct customer_privileges *customer_flags(struct arena *mem, int64_t bits)
{
	struct customer_privileges *out = ARENA_NEW(mem, struct customer_privileges);

	STRATEGY_PRIVILEGES(BIT_OUT, out)
	return out;
}

static struct moment_privileges *moment_flags(struct arena *mem, int64_t bits)
{
	struct moment_privileges *out = ARENA_NEW(mem, struct moment_privileges);

	MOMENT_PRIVILEGES(BIT_OUT, out)
	return out;
}

/* ---- what requests name ---- */

static enum err find(struct req *rq, enum strategy_kind kind, int64_t id,
	struct strategy *out)
{
	return strategy_get(rq->tx, rq->cx->actor.corp, kind, rq->cx->actor.id, id, out);
}

static enum err read_admins(struct req *rq, struct texts userids, struct ints *out)
{
	*out = (struct ints){ .v = ARENA_ARRAY(rq->cx->mem, int64_t, userids.n) };
	for (size_t i = 0; i < userids.n; i++) {
		struct member m;

		TRY(member_by_userid(rq->tx, rq->cx->actor.corp, userids.v[i], &m));
		if (!ints_has(out, m.member))
			out->v[out->n++] = m.member;
	}
	return OK;
}

static enum err read_target(struct req *rq, const char *field,
	const struct strategy_range_item *in, struct strategy_target *out)
{
	struct department d;
	struct member m;

	out->kind = (enum strategy_target_kind)in->type;
	if (out->kind == STRATEGY_MEMBER) {
		if (!in->userid.n)
			return why(rq->cx, ERR_INVALID_ARGUMENT, "%s: userid missing",
				field);
		TRY(member_by_userid_ever(rq->tx, rq->cx->actor.corp, in->userid, &m));
		out->target = m.member;
		return OK;
	}
	if (department_get(rq->tx, rq->cx->actor.corp, in->partyid, &d) != OK)
		return why(rq->cx, ERR_BAD_PARTYID, "%s: no such department", field);
	out->target = in->partyid;
	return OK;
}

static enum err read_range(struct req *rq, const char *field,
	const struct strategy_range_item *v, size_t n, struct strategy_range *out)
{
	out->v = ARENA_ARRAY(rq->cx->mem, struct strategy_target, n);
	out->n = n;
	for (size_t i = 0; i < n; i++)
		TRY(read_target(rq, field, &v[i], &out->v[i]));
	return OK;
}

/* ---- reading ---- */

static enum err list(struct req *rq, enum strategy_kind kind)
{
	const struct strategy_list_in *in = rq->in;
	struct strategy_list_out *out = rq->out;
	size_t limit = in->limit ? (size_t)in->limit : STRATEGY_PAGE, n;
	struct strategy *found;
	int64_t after = 0;

	if (in->cursor.n && !id_parse(in->cursor, "s", &after))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	TRY(strategy_page(rq->tx, rq->cx->actor.corp, kind, rq->cx->actor.id, after,
		(int64_t)limit + 1, &found, &n));
	if (n > limit) {
		n = limit;
		out->next_cursor = id_text(rq->cx->mem, "s", found[n - 1].strategy);
	}
	out->strategy.v = ARENA_ARRAY(rq->cx->mem, struct strategy_item, n);
	out->strategy.n = n;
	for (size_t i = 0; i < n; i++)
		out->strategy.v[i].strategy_id = found[i].strategy;
	return OK;
}

static enum err admin_names(struct req *rq, const struct strategy *s, struct texts *out)
{
	out->v = ARENA_ARRAY(rq->cx->mem, str, s->admins.n);
	for (size_t i = 0; i < s->admins.n; i++) {
		struct member m;

		TRY(member_get(rq->tx, s->corp, s->admins.v[i], &m));
		if (m.status != MEMBER_LEFT)
			out->v[out->n++] = m.userid;
	}
	return OK;
}

#define FILL(out, s)                                                                     \
	do {                                                                             \
		(out)->strategy_id = (s)->strategy;                                      \
		(out)->parent_id = (s)->parent;                                          \
		(out)->strategy_name = (s)->name;                                        \
		(out)->create_time = (s)->created_ms / 1000;                             \
		TRY(admin_names(rq, (s), &(out)->admin_list));                           \
	} while (0)

static enum err customer_strategy_get(struct req *rq)
{
	const struct strategy_one_in *in = rq->in;
	struct customer_strategy_get_out *out = rq->out;
	struct strategy s;

	TRY(find(rq, STRATEGY_CUSTOMER, in->strategy_id, &s));
	out->strategy = ARENA_NEW(rq->cx->mem, struct customer_strategy);
	FILL(out->strategy, &s);
	out->strategy->privilege = customer_flags(rq->cx->mem, s.privileges);
	return OK;
}

static enum err moment_strategy_get(struct req *rq)
{
	const struct strategy_one_in *in = rq->in;
	struct moment_strategy_get_out *out = rq->out;
	struct strategy s;

	TRY(find(rq, STRATEGY_MOMENT, in->strategy_id, &s));
	out->strategy = ARENA_NEW(rq->cx->mem, struct moment_strategy);
	FILL(out->strategy, &s);
	out->strategy->privilege = moment_flags(rq->cx->mem, s.privileges);
	return OK;
}

/* A place in a range is kind and target; both fit a pair of ids. */
static enum err fill_range(struct req *rq, const struct strategy_range *range,
	struct strategy_range_out *out)
{
	out->range.v = ARENA_ARRAY(rq->cx->mem, struct strategy_range_item, range->n);
	for (size_t i = 0; i < range->n; i++) {
		struct strategy_range_item *item = &out->range.v[out->range.n];
		struct member m = { 0 };

		item->type = range->v[i].kind;
		if (item->type == STRATEGY_MEMBER) {
			TRY(member_get(rq->tx, rq->cx->actor.corp, range->v[i].target,
				&m));
			item->userid = m.userid;
		} else {
			item->partyid = range->v[i].target;
		}
		out->range.n += m.status != MEMBER_LEFT;
	}
	return OK;
}

static enum err get_range(struct req *rq, enum strategy_kind kind)
{
	const struct strategy_range_in *in = rq->in;
	struct strategy_range_out *out = rq->out;
	size_t limit = in->limit ? (size_t)in->limit : STRATEGY_PAGE;
	struct strategy_range range;
	struct strategy s;
	int64_t at = 0, target = 0;

	if (in->cursor.n && !id_pair_parse(in->cursor, "r", &at, &target))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	TRY(find(rq, kind, in->strategy_id, &s));
	TRY(strategy_range_page(rq->tx, &s,
		(struct strategy_target){ (enum strategy_target_kind)at, target },
		(int64_t)limit + 1, &range));
	if (range.n > limit) {
		range.n = limit;
		out->next_cursor = id_pair_text(rq->cx->mem, "r", range.v[limit - 1].kind,
			range.v[limit - 1].target);
	}
	return fill_range(rq, &range, out);
}

/* ---- changing ---- */

#define CREATE(rq, s, in, out)                                                           \
	do {                                                                             \
		struct strategy_range range;                                             \
                                                                                         \
		(s)->corp = (rq)->cx->actor.corp;                                        \
		(s)->app = (rq)->cx->actor.id;                                           \
		(s)->parent = (in)->parent_id;                                           \
		(s)->name = (in)->strategy_name;                                         \
		TRY(read_admins(rq, (in)->admin_list, &(s)->admins));                    \
		TRY(read_range(rq, "range", (in)->range.v, (in)->range.n, &range));      \
		TRY(strategy_add((rq)->tx, s, &range));                                  \
		(out)->strategy_id = (s)->strategy;                                      \
	} while (0)

static enum err customer_strategy_create(struct req *rq)
{
	const struct customer_strategy_create_in *in = rq->in;
	struct strategy_item *out = rq->out;
	struct strategy s = { .kind = STRATEGY_CUSTOMER,
		.privileges = customer_bits(in->privilege) };

	CREATE(rq, &s, in, out);
	return OK;
}

static enum err moment_strategy_create(struct req *rq)
{
	const struct moment_strategy_create_in *in = rq->in;
	struct strategy_item *out = rq->out;
	struct strategy s = { .kind = STRATEGY_MOMENT,
		.privileges = moment_bits(in->privilege) };

	CREATE(rq, &s, in, out);
	return OK;
}

/* A child's privileges are its root's and stay so. */
#define EDIT(rq, s, in, bits)                                                            \
	do {                                                                             \
		struct strategy_range add, drop;                                         \
                                                                                         \
		if (HAS(in, strategy_name))                                              \
			(s)->name = (in)->strategy_name;                                 \
		if (HAS(in, admin_list))                                                 \
			TRY(read_admins(rq, (in)->admin_list, &(s)->admins));            \
		if ((in)->privilege && !(s)->parent)                                     \
			(s)->privileges = bits((in)->privilege);                         \
		TRY(read_range(rq, "range_add", (in)->range_add.v, (in)->range_add.n,    \
			&add));                                                          \
		TRY(read_range(rq, "range_del", (in)->range_del.v, (in)->range_del.n,    \
			&drop));                                                         \
		return strategy_set((rq)->tx, s, &add, &drop);                           \
	} while (0)

static enum err customer_strategy_edit(struct req *rq)
{
	const struct customer_strategy_edit_in *in = rq->in;
	struct strategy s;

	TRY(find(rq, STRATEGY_CUSTOMER, in->strategy_id, &s));
	EDIT(rq, &s, in, customer_bits);
}

static enum err moment_strategy_edit(struct req *rq)
{
	const struct moment_strategy_edit_in *in = rq->in;
	struct strategy s;

	TRY(find(rq, STRATEGY_MOMENT, in->strategy_id, &s));
	EDIT(rq, &s, in, moment_bits);
}

static enum err drop(struct req *rq, enum strategy_kind kind)
{
	const struct strategy_one_in *in = rq->in;
	struct strategy s;

	TRY(find(rq, kind, in->strategy_id, &s));
	return tag_strategy_drop(rq->tx, &s, rq->cx->actor.id);
}

static enum err customer_strategy_list(struct req *rq)
{
	return list(rq, STRATEGY_CUSTOMER);
}

static enum err moment_strategy_list(struct req *rq)
{
	return list(rq, STRATEGY_MOMENT);
}

static enum err customer_strategy_get_range(struct req *rq)
{
	return get_range(rq, STRATEGY_CUSTOMER);
}

static enum err moment_strategy_get_range(struct req *rq)
{
	return get_range(rq, STRATEGY_MOMENT);
}

static enum err customer_strategy_del(struct req *rq)
{
	return drop(rq, STRATEGY_CUSTOMER);
}

static enum err moment_strategy_del(struct req *rq)
{
	return drop(rq, STRATEGY_MOMENT);
}

#define CONTACT "/cgi-bin/externalcontact/customer_strategy/"
#define MOMENT "/cgi-bin/externalcontact/moment_strategy/"

const struct route strategy_routes[] = {
	POST(CONTACT "list", customer_strategy_list, customer_read, READS,
		"The app's groups of rules for customer contact"),
	POST(CONTACT "get", customer_strategy_get, customer_read, READS, "One of them"),
	POST(CONTACT "get_range", customer_strategy_get_range, customer_read, READS,
		"Whom it concerns"),
	POST(CONTACT "create", customer_strategy_create, customer_write, WRITES,
		"Make one"),
	POST(CONTACT "edit", customer_strategy_edit, customer_write, WRITES,
		"Change one and whom it concerns"),
	POST(CONTACT "del", customer_strategy_del, customer_write, WRITES,
		"Delete one with all below it"),
	POST(MOMENT "list", moment_strategy_list, customer_read, READS,
		"The app's groups of rules for moments"),
	POST(MOMENT "get", moment_strategy_get, customer_read, READS, "One of them"),
	POST(MOMENT "get_range", moment_strategy_get_range, customer_read, READS,
		"Whom it concerns"),
	POST(MOMENT "create", moment_strategy_create, customer_write, WRITES, "Make one"),
	POST(MOMENT "edit", moment_strategy_edit, customer_write, WRITES,
		"Change one and whom it concerns"),
	POST(MOMENT "del", moment_strategy_del, customer_write, WRITES,
		"Delete one with all below it"),
	LAST_ROUTE,
};
