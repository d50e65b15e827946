/*
 * client/welcome_rules.c - first words by rule: the administrators', and a member's own.
 */
#include "base/ids.h"
#include "client/client.h"
#include "core/account/audit.h"
#include "core/customer/welcome_rule.h"
#include "core/directory/corp_setting.h"
#include "core/directory/tree.h"
#include "core/message/attachment.h"

#define RULE_USER(F, SUB)                                                                \
	F(octets, userid, ALWAYS, 0, 64, "The member")                                   \
	F(text, name, ALWAYS, 0, 64, "His name")
SHAPE(welcome_user, RULE_USER)
#define RULE_PARTY(F, SUB)                                                               \
	F(int, id, ALWAYS, 0, INT64_MAX, "The department")                               \
	F(text, name, ALWAYS, 0, 64, "Its name")
SHAPE(welcome_party, RULE_PARTY)
#define RULE(F, SUB)                                                                     \
	F(id, rule, ALWAYS, 0, INT64_MAX, "Its id")                                      \
	F(text, name, ALWAYS, 0, 32, "For administrators")                               \
	F(flag, enabled, ALWAYS, 0, 1, "It holds")                                       \
	F(int, days, ALWAYS, 0, WELCOME_EVERY_DAY, "Bits: Monday 1, Sunday 64")          \
	F(int, from_min, ALWAYS, 0, DAY_MIN, "Minute of the day it begins")              \
	F(int, until_min, ALWAYS, 0, DAY_MIN, "When it ends; the same: all day")         \
	F(text, text, ALWAYS, 0, WELCOME_TEXT_MAX,                                       \
		"{customer}, {member} and {company} are filled in")                      \
	F(json, attachments, ALWAYS, 0, 65536, "As given")                               \
	SUB(list, users, welcome_user, ALWAYS, 0, WELCOME_RANGE_MAX, "For these")        \
	SUB(list, parties, welcome_party, ALWAYS, 0, WELCOME_RANGE_MAX,                  \
		"And for these; none at all: for everybody")                             \
	F(time, changed, ALWAYS, 0, INT64_MAX, "Unix milliseconds")
SHAPE(welcome_rule_view, RULE)

NO_IN(welcome_list)
#define LIST_OUT(F, SUB)                                                                 \
	SUB(list, rules, welcome_rule_view, ALWAYS, 0, WELCOME_RULES_MAX, "Newest first")
SHAPE(welcome_list_out, LIST_OUT)

#define PUT_FIELDS(F, SUB)                                                               \
	F(flag, enabled, OPTIONAL, 0, 1, "It holds; if absent it does")                  \
	F(int, days, OPTIONAL, 1, WELCOME_EVERY_DAY, "Bits: Monday 1; if absent all")    \
	F(int, from_min, OPTIONAL, 0, DAY_MIN - 1, "Minute of the day it begins")        \
	F(int, until_min, OPTIONAL, 0, DAY_MIN, "When it ends; the same: all day")       \
	F(text, text, OPTIONAL, 0, WELCOME_TEXT_MAX,                                     \
		"{customer}, {member} and {company} are filled in")                      \
	SUB(list, attachments, attachment, OPTIONAL, 0, 100, "At most 9")
#define PUT_IN(F, SUB)                                                                   \
	F(id, rule, OPTIONAL, 0, INT64_MAX, "Which; absent: a new one")                  \
	F(text, name, OPTIONAL, 0, 32, "For administrators")                             \
	PUT_FIELDS(F, SUB)                                                               \
	F(texts, users, OPTIONAL, 0, WELCOME_RANGE_MAX, "userids")                       \
	F(ints, parties, OPTIONAL, 0, WELCOME_RANGE_MAX, "Departments")
SHAPE(welcome_put_in, PUT_IN)
#define PUT_OUT(F, SUB)                                                                  \
	SUB(object, rule, welcome_rule_view, SOMETIMES, 0, 0, "As it is now")
SHAPE(welcome_put_out, PUT_OUT)
#define DROP_IN(F, SUB) F(id, rule, REQUIRED, 1, INT64_MAX, "Which")
SHAPE(welcome_drop_in, DROP_IN)
NO_OUT(welcome_drop)

NO_IN(my_welcome)
#define MINE_OUT(F, SUB)                                                                 \
	F(flag, allowed, ALWAYS, 0, 1, "Employees may write their own")                  \
	SUB(object, rule, welcome_rule_view, SOMETIMES, 0, 0, "The member's own")
SHAPE(my_welcome_out, MINE_OUT)
SHAPE(my_welcome_put_in, PUT_FIELDS)
#define my_welcome_put_out_shape my_welcome_out_shape
NO_IN(my_welcome_drop)
NO_OUT(my_welcome_drop)

/* ---- what is shown ---- */

static enum err show_range(struct tx *tx, const struct welcome_rule *r,
	struct welcome_rule_view *out)
{
	const struct tree *tree;

	TRY(tree_get(tx, r->corp, &tree));
	out->users.v = ARENA_ARRAY(tx->cx->mem, struct welcome_user, r->members.n);
	out->parties.v = ARENA_ARRAY(tx->cx->mem, struct welcome_party, r->departments.n);
	for (size_t i = 0; i < r->members.n; i++) {
		struct member m;

		if (member_get(tx, r->corp, r->members.v[i], &m) != OK) {
			ctx_forgive(tx->cx); /* he is gone */
			continue;
		}
		out->users.v[out->users.n].userid = m.userid;
		out->users.v[out->users.n++].name = m.name;
	}
	for (size_t i = 0; i < r->departments.n; i++) {
		ptrdiff_t at = tree_find(tree, r->departments.v[i]);

		if (at == TREE_NONE)
			continue;
		out->parties.v[out->parties.n].id = r->departments.v[i];
		out->parties.v[out->parties.n++].name = tree->nodes[at].name;
	}
	return OK;
}

static enum err show(struct tx *tx, const struct welcome_rule *r,
	struct welcome_rule_view *out)
{
	*out = (struct welcome_rule_view){ .rule = r->rule,
		.name = r->name,
		.enabled = r->enabled,
		.days = r->days,
		.from_min = r->from_min,
		.until_min = r->until_min,
		.text = r->text,
		.attachments = r->attachments.n ? r->attachments : STR("[]"),
		.changed = r->changed_ms };
	return show_range(tx, r, out);
}

static enum err welcome_list(struct req *rq)
{
	struct welcome_list_out *out = rq->out;
	struct welcome_rule *rules;
	size_t n;

	TRY(welcome_rules(rq->tx, rq->cx->actor.corp, &rules, &n));
	out->rules.v = ARENA_ARRAY(rq->cx->mem, struct welcome_rule_view, n);
	out->rules.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(show(rq->tx, &rules[i], &out->rules.v[i]));
	return OK;
}

/* ---- administrators ---- */

/* What both forms give. */
#define TAKE_FIELDS(rq, in, r)                                                           \
	do {                                                                             \
		(r)->enabled = !HAS(in, enabled) || (in)->enabled;                       \
		(r)->days = HAS(in, days) ? (in)->days : WELCOME_EVERY_DAY;              \
		(r)->from_min = (in)->from_min;                                          \
		(r)->until_min = (in)->until_min;                                        \
		(r)->text = (in)->text;                                                  \
		TRY(attachments_pack((rq)->tx, (r)->corp, (in)->attachments.v,           \
			(in)->attachments.n, ATTACH_ALL, ATTACHMENTS_MAX,                \
			&(r)->attachments));                                             \
	} while (0)

static enum err take_range(struct req *rq, const struct welcome_put_in *in,
	struct welcome_rule *r)
{
	const struct tree *tree;

	TRY(tree_get(rq->tx, r->corp, &tree));
	r->members.v = ARENA_ARRAY(rq->cx->mem, int64_t, in->users.n);
	for (size_t i = 0; i < in->users.n; i++) {
		struct member m;

		TRY(member_by_userid(rq->tx, r->corp, in->users.v[i], &m));
		r->members.v[r->members.n++] = m.member;
	}
	for (size_t i = 0; i < in->parties.n; i++)
		if (tree_find(tree, in->parties.v[i]) == TREE_NONE)
			return why(rq->cx, ERR_BAD_DEPARTMENT, "parties[%zu]", i);
	r->departments = in->parties;
	return OK;
}

static enum err welcome_put(struct req *rq)
{
	const struct welcome_put_in *in = rq->in;
	struct welcome_put_out *out = rq->out;
	struct welcome_rule r = { 0 };

	if (in->rule)
		TRY(welcome_rule_get(rq->tx, rq->cx->actor.corp, in->rule, &r));
	if (r.owner)
		return why(rq->cx, ERR_NOT_FOUND, "rule: no such rule");
	r = (struct welcome_rule){ .corp = rq->cx->actor.corp,
		.rule = in->rule,
		.name = in->name };
	TAKE_FIELDS(rq, in, &r);
	TRY(take_range(rq, in, &r));
	TRY(welcome_rule_put(rq->tx, &r));
	TRY(audit_add(rq->tx, r.corp, "welcome_rule.put",
		id_text(rq->cx->mem, "", r.rule), r.name));
	out->rule = ARENA_NEW(rq->cx->mem, struct welcome_rule_view);
	return show(rq->tx, &r, out->rule);
}

static enum err welcome_drop(struct req *rq)
{
	const struct welcome_drop_in *in = rq->in;
	int64_t corp = rq->cx->actor.corp;
	struct welcome_rule r;

	TRY(welcome_rule_get(rq->tx, corp, in->rule, &r));
	if (r.owner)
		return why(rq->cx, ERR_NOT_FOUND, "rule: no such rule");
	TRY(welcome_rule_drop(rq->tx, corp, in->rule));
	return audit_add(rq->tx, corp, "welcome_rule.delete",
		id_text(rq->cx->mem, "", r.rule), r.name);
}

/* ---- a member's own ---- */

static enum err is_allowed(struct req *rq, bool *out)
{
	int64_t value;

	TRY(corp_setting(rq->tx, rq->cx->actor.corp, CORP_SETTING_OWN_WELCOME, &value));
	*out = value;
	return OK;
}

static enum err my_welcome(struct req *rq)
{
	struct my_welcome_out *out = rq->out;
	const struct actor *me = &rq->cx->actor;
	struct welcome_rule r;
	bool found;

	TRY(is_allowed(rq, &out->allowed));
	TRY(welcome_rule_own(rq->tx, me->corp, me->id, &r, &found));
	if (!found)
		return OK;
	out->rule = ARENA_NEW(rq->cx->mem, struct welcome_rule_view);
	return show(rq->tx, &r, out->rule);
}

static enum err my_welcome_put(struct req *rq)
{
	const struct my_welcome_put_in *in = rq->in;
	const struct actor *me = &rq->cx->actor;
	struct welcome_rule old, r = { .corp = me->corp, .owner = me->id };
	bool allowed, found;

	TRY(is_allowed(rq, &allowed));
	if (!allowed)
		return why(rq->cx, ERR_FORBIDDEN,
			"the company does not let employees write their own");
	TRY(welcome_rule_own(rq->tx, me->corp, me->id, &old, &found));
	r.rule = found ? old.rule : 0;
	TAKE_FIELDS(rq, in, &r);
	TRY(welcome_rule_put(rq->tx, &r));
	return my_welcome(rq);
}

static enum err my_welcome_drop(struct req *rq)
{
	const struct actor *me = &rq->cx->actor;
	struct welcome_rule r;
	bool found;

	TRY(welcome_rule_own(rq->tx, me->corp, me->id, &r, &found));
	return found ? welcome_rule_drop(rq->tx, me->corp, r.rule) : OK;
}

const struct route welcome_rule_routes[] = {
	GET("/v1/admin/welcome_rules", welcome_list, admin, READS,
		"First words by rule, newest first"),
	POST("/v1/admin/welcome_rule/put", welcome_put, admin, WRITES,
		"Add or change a rule"),
	POST("/v1/admin/welcome_rule/delete", welcome_drop, admin, WRITES,
		"Delete a rule"),
	GET("/v1/welcome", my_welcome, member, READS, "The member's own first words"),
	POST("/v1/welcome/put", my_welcome_put, member, WRITES,
		"Write the member's own first words"),
	POST("/v1/welcome/delete", my_welcome_drop, member, WRITES,
		"Be without own first words"),
	LAST_ROUTE,
};
