/*
 * client/admin_handover.c - the console's side of leaving: the rules, who would get whom,
 * who waits for a successor, and what has been handed over.
 */
#include "base/ids.h"
#include "client/client.h"
#include "core/account/audit.h"
#include "core/customer/handover_rule.h"
#include "core/customer/tag.h"

enum { PAGE_DEFAULT = 50, PAGE_MAX = 200, SOME_NAMES = 5 };

/* ---- shapes ---- */

#define RULE(F, SUB)                                                                     \
	F(octets, when, REQUIRED, 1, 16, "always, tag or department")                    \
	F(octets, tag_id, SOMETIMES, 0, 64, "when tag: the customer has it")             \
	F(text, tag_name, SOMETIMES, 0, 64, "Its name; told, not asked")                 \
	F(int, department, SOMETIMES, 0, UINT32_MAX,                                     \
		"when department: who leaves stands in it or below")                     \
	F(text, department_name, SOMETIMES, 0, 128, "Its name; told, not asked")         \
	F(octets, to, REQUIRED, 1, 16, "manager, member, department or nobody")          \
	F(octets, userid, SOMETIMES, 0, 64, "to member: who follows")                    \
	F(text, name, SOMETIMES, 0, 64, "His name; told, not asked")                     \
	F(int, to_department, SOMETIMES, 0, UINT32_MAX,                                  \
		"to department: its members by turns")                                   \
	F(text, to_department_name, SOMETIMES, 0, 128, "Its name; told, not asked")
SHAPE(admin_rule, RULE)

NO_IN(admin_rules)
#define RULES(F, SUB)                                                                    \
	SUB(list, rules, admin_rule, ALWAYS, 0, HANDOVER_RULES_MAX,                      \
		"In order; the first that fits a customer decides")
SHAPE(admin_rules_out, RULES)
#define RULES_IN(F, SUB)                                                                 \
	SUB(list, rules, admin_rule, REQUIRED, 0, HANDOVER_RULES_MAX,                    \
		"All of them from now on, in order")
SHAPE(admin_rules_set_in, RULES_IN)
#define admin_rules_set_out_shape admin_rules_out_shape

#define PREVIEW_IN(F, SUB)                                                               \
	F(text, userid, REQUIRED, 1, 64, "Who would leave")                              \
	SUB(list, rules, admin_rule, OPTIONAL, 0, HANDOVER_RULES_MAX,                    \
		"By these rules; absent: by those that are kept")
SHAPE(admin_preview_in, PREVIEW_IN)
#define SHARE(F, SUB)                                                                    \
	F(octets, userid, ALWAYS, 0, 64, "Who would follow; empty: nobody, they wait")   \
	F(text, name, ALWAYS, 0, 64, "His name")                                         \
	F(int, rule, ALWAYS, 0, HANDOVER_RULES_MAX, "Place of the rule, 0: none fits")   \
	F(int, customers, ALWAYS, 0, INT64_MAX, "How many")                              \
	F(texts, names, ALWAYS, 0, SOME_NAMES, "A few of them")
SHAPE(admin_share, SHARE)
#define PREVIEW_OUT(F, SUB)                                                              \
	SUB(list, shares, admin_share, ALWAYS, 0, INT32_MAX, "By rule and successor")    \
	F(int, customers, ALWAYS, 0, INT64_MAX, "All his customers")                     \
	F(flag, at_once, ALWAYS, 0, 1, "By the corp's setting: at once, or after a day")
SHAPE(admin_preview_out, PREVIEW_OUT)

#define LEAVERS_IN(F, SUB)                                                               \
	F(id, cursor, OPTIONAL, 0, INT64_MAX, "next_cursor of the page before")
SHAPE(admin_leavers_in, LEAVERS_IN)
#define LEAVER(F, SUB)                                                                   \
	F(octets, userid, ALWAYS, 1, 64, "Who has left or is disabled")                  \
	F(text, name, ALWAYS, 0, 64, "His name")                                         \
	F(flag, disabled, ALWAYS, 0, 1, "Disabled; else he has left for good")           \
	F(time, left, ALWAYS, 0, INT64_MAX, "Since when, Unix milliseconds")             \
	F(int, customers, ALWAYS, 0, INT64_MAX, "Customers still his")
SHAPE(admin_leaver, LEAVER)
#define LEAVERS_OUT(F, SUB)                                                              \
	SUB(list, leavers, admin_leaver, ALWAYS, 0, PAGE_MAX,                            \
		"With customers first made first")                                       \
	F(id, next_cursor, SOMETIMES, 0, INT64_MAX,                                      \
		"For the next page; absent at the end")
SHAPE(admin_leavers_out, LEAVERS_OUT)

#define UNASSIGNED_IN(F, SUB)                                                            \
	F(text, userid, REQUIRED, 1, 64, "Whose customers, in service or not")           \
	F(id, cursor, OPTIONAL, 0, INT64_MAX, "next_cursor of the page before")          \
	F(int, limit, OPTIONAL | CLAMP, 1, PAGE_MAX, "At most so many; 50 if absent")
SHAPE(admin_unassigned_in, UNASSIGNED_IN)
#define UNASSIGNED(F, SUB)                                                               \
	F(octets, external_userid, ALWAYS, 1, 64, "The customer")                        \
	F(text, name, ALWAYS, 0, 64, "What he calls himself")                            \
	F(text, remark, ALWAYS, 0, 64, "What the member calls him")                      \
	F(texts, tags, ALWAYS, 0, TAGS_OF_FOLLOW_MAX, "Names of his labels")             \
	F(time, created, ALWAYS, 0, INT64_MAX, "When he was added, Unix milliseconds")   \
	F(octets, waiting, SOMETIMES, 0, 64, "userid of who follows in a while")         \
	F(time, due, SOMETIMES, 0, INT64_MAX, "And when")
SHAPE(admin_unassigned_item, UNASSIGNED)
#define UNASSIGNED_OUT(F, SUB)                                                           \
	SUB(list, customers, admin_unassigned_item, ALWAYS, 0, PAGE_MAX, "By number")    \
	F(id, next_cursor, SOMETIMES, 0, INT64_MAX,                                      \
		"For the next page; absent at the end")                                  \
	F(int, total, ALWAYS, 0, INT64_MAX, "All of them")
SHAPE(admin_unassigned_out, UNASSIGNED_OUT)

#define LOG_IN(F, SUB)                                                                   \
	F(text, userid, OPTIONAL, 0, 64, "Of this member's customers only")              \
	F(id, cursor, OPTIONAL, 0, INT64_MAX, "next_cursor of the page before")          \
	F(int, limit, OPTIONAL | CLAMP, 1, PAGE_MAX, "At most so many; 50 if absent")
SHAPE(admin_handovers_in, LOG_IN)
#define LOGGED(F, SUB)                                                                   \
	F(id, handover, ALWAYS, 1, INT64_MAX, "Its number")                              \
	F(octets, external_userid, ALWAYS, 1, 64, "The customer")                        \
	F(text, customer, ALWAYS, 0, 64, "His name")                                     \
	F(octets, from, ALWAYS, 1, 64, "userid")                                         \
	F(text, from_name, ALWAYS, 0, 64, "His name")                                    \
	F(octets, to, ALWAYS, 1, 64, "userid")                                           \
	F(text, to_name, ALWAYS, 0, 64, "His name")                                      \
	F(flag, in_service, ALWAYS, 0, 1, "The former had not left")                     \
	F(int, status, ALWAYS, 1, 4, "1 done, 2 waiting, 3 refused, 4 failed")           \
	F(int, rule, ALWAYS, 0, HANDOVER_RULES_MAX,                                      \
		"Place of the rule, 0: somebody assigned")                               \
	F(octets, oper_userid, ALWAYS, 0, 64,                                            \
		"Who assigned; empty: an app or the operator")                           \
	F(time, created, ALWAYS, 0, INT64_MAX, "Unix milliseconds")                      \
	F(time, due, ALWAYS, 0, INT64_MAX, "Until when the customer may refuse")         \
	F(time, done, ALWAYS, 0, INT64_MAX, "0 while it waits")
SHAPE(admin_handover_logged, LOGGED)
#define LOG_OUT(F, SUB)                                                                  \
	SUB(list, handovers, admin_handover_logged, ALWAYS, 0, PAGE_MAX, "Newest first") \
	F(id, next_cursor, SOMETIMES, 0, INT64_MAX,                                      \
		"For the next page; absent at the end")
SHAPE(admin_handovers_out, LOG_OUT)

/* ---- rules in and out ---- */

static const char *const whens[] = { "", "always", "tag", "department" };
static const char *const tos[] = { "", "manager", "member", "department", "nobody" };

/* The place of a word in such a list; 0 for none. */
static int place_of(str word, const char *const *list, int n)
{
	for (int i = 1; i < n; i++)
		if (str_is(word, list[i]))
			return i;
	return 0;
}

static enum err read_rule(struct req *rq, const struct admin_rule *in,
	struct handover_rule *out)
{
	struct member m;

	out->when = (enum handover_when)place_of(in->when, whens, ARRAY_LEN(whens));
	out->to = (enum handover_to)place_of(in->to, tos, ARRAY_LEN(tos));
	if (!out->when || !out->to)
		return why(rq->cx, ERR_INVALID_ARGUMENT, "rules.%s: no such word",
			out->when ? "to" : "when");
	if (out->when == WHEN_TAG && !tag_id_parse(in->tag_id, &out->when_target))
		return why(rq->cx, ERR_BAD_TAG_ID, "rules.tag_id: no such label");
	if (out->when == WHEN_DEPARTMENT)
		out->when_target = in->department;
	if (out->to == TO_DEPARTMENT)
		out->to_target = in->to_department;
	if (out->to != TO_MEMBER)
		return OK;
	TRY(member_by_userid(rq->tx, rq->cx->actor.corp, in->userid, &m));
	out->to_target = m.member;
	return OK;
}

static enum err read_rules(struct req *rq, const struct admin_rule *v, size_t n,
	struct handover_rule **out)
{
	*out = ARENA_ARRAY(rq->cx->mem, struct handover_rule, n);
	for (size_t i = 0; i < n; i++)
		TRY(read_rule(rq, &v[i], &(*out)[i]));
	return OK;
}

static str department_name(struct req *rq, int64_t department)
{
	struct department d = { .name = STR("") };

	/* A department may have gone since the rule was made: then the rule fits nobody. */
	if (department_get(rq->tx, rq->cx->actor.corp, department, &d) != OK)
		ctx_forgive(rq->cx);
	return d.name;
}

static enum err show_rule(struct req *rq, const struct handover_rule *r,
	const struct tag_group *groups, size_t n_groups, struct admin_rule *out)
{
	struct member m;

	out->when = str_of(whens[r->when]);
	out->to = str_of(tos[r->to]);
	if (r->when == WHEN_DEPARTMENT) {
		out->department = r->when_target;
		out->department_name = department_name(rq, r->when_target);
	}
	if (r->when == WHEN_TAG)
		out->tag_id = tag_id_text(rq->cx->mem, r->when_target);
	for (size_t i = 0; r->when == WHEN_TAG && i < n_groups; i++)
		for (size_t j = 0; j < groups[i].n_tags; j++)
			if (groups[i].tags[j].tag == r->when_target)
				out->tag_name = groups[i].tags[j].name;
	if (r->to == TO_DEPARTMENT) {
		out->to_department = r->to_target;
		out->to_department_name = department_name(rq, r->to_target);
	}
	if (r->to != TO_MEMBER)
		return OK;
	TRY(member_get(rq->tx, rq->cx->actor.corp, r->to_target, &m));
	out->userid = m.userid;
	out->name = m.name;
	return OK;
}

static enum err admin_rules(struct req *rq)
{
	struct tag_library all = { rq->cx->actor.corp, TAGS_OF_ALL, 0 };
	struct admin_rules_out *out = rq->out;
	struct handover_rule *rules;
	struct tag_group *groups;
	size_t n_groups;

	TRY(handover_rules(rq->tx, all.corp, &rules, &out->rules.n));
	TRY(tag_groups(rq->tx, &all, false, &groups, &n_groups));
	out->rules.v = ARENA_ARRAY(rq->cx->mem, struct admin_rule, out->rules.n);
	for (size_t i = 0; i < out->rules.n; i++)
		TRY(show_rule(rq, &rules[i], groups, n_groups, &out->rules.v[i]));
	return OK;
}

static enum err admin_rules_set(struct req *rq)
{
	const struct admin_rules_set_in *in = rq->in;
	struct handover_rule *rules;

	TRY(read_rules(rq, in->rules.v, in->rules.n, &rules));
	TRY(handover_rules_set(rq->tx, rq->cx->actor.corp, rules, in->rules.n));
	TRY(audit_add(rq->tx, rq->cx->actor.corp, "handover.rules", STR("corp"),
		arena_printf(rq->cx->mem, "%zu rules", in->rules.n)));
	return admin_rules(rq);
}

/* ---- who would get whom ---- */

static enum err names_of(struct req *rq, struct ints customers, struct texts *out)
{
	out->v = ARENA_ARRAY(rq->cx->mem, str, customers.n);
	out->n = customers.n;
	for (size_t i = 0; i < customers.n; i++) {
		struct customer c;

		TRY(customer_get(rq->tx, rq->cx->actor.corp, customers.v[i], &c));
		out->v[i] = c.name;
	}
	return OK;
}

static enum err admin_preview(struct req *rq)
{
	const struct admin_preview_in *in = rq->in;
	struct admin_preview_out *out = rq->out;
	int64_t corp = rq->cx->actor.corp;
	struct handover_rule *rules = NULL;
	struct handover_share *shares;
	struct corp owner;
	struct member m;

	TRY(corp_get(rq->tx, corp, &owner));
	TRY(member_by_userid_ever(rq->tx, corp, in->userid, &m));
	if (HAS(in, rules))
		TRY(read_rules(rq, in->rules.v, in->rules.n, &rules));
	TRY(handover_preview(rq->tx, corp, m.member, rules, in->rules.n, &shares,
		&out->shares.n));
	TRY(follow_count(rq->tx, corp, m.member, &out->customers));
	out->at_once = owner.handover_at_once;
	out->shares.v = ARENA_ARRAY(rq->cx->mem, struct admin_share, out->shares.n);
	for (size_t i = 0; i < out->shares.n; i++) {
		struct admin_share *s = &out->shares.v[i];

		s->userid = shares[i].to.userid;
		s->name = shares[i].to.name;
		s->rule = shares[i].position;
		s->customers = shares[i].customers;
		TRY(names_of(rq, shares[i].some, &s->names));
	}
	return OK;
}

/* ---- who waits ---- */

static enum err add_leaver(struct req *rq, const struct member_gone *g,
	struct admin_leavers_out *out)
{
	struct admin_leaver *l = &out->leavers.v[out->leavers.n];
	struct member m;

	TRY(follow_count(rq->tx, rq->cx->actor.corp, g->member, &l->customers));
	if (!l->customers)
		return OK;
	TRY(member_get(rq->tx, rq->cx->actor.corp, g->member, &m));
	l->userid = m.userid;
	l->name = m.name;
	l->disabled = m.status == MEMBER_DISABLED;
	l->left = g->left_ms;
	out->leavers.n++;
	return OK;
}

static enum err admin_leavers(struct req *rq)
{
	const struct admin_leavers_in *in = rq->in;
	struct admin_leavers_out *out = rq->out;
	int64_t after = in->cursor;
	struct member_gone *gone;
	size_t n;

	out->leavers.v = ARENA_ARRAY(rq->cx->mem, struct admin_leaver, PAGE_MAX);
	do {
		TRY(member_gone_page(rq->tx, rq->cx->actor.corp, after, PAGE_MAX, &gone,
			&n));
		for (size_t i = 0; i < n && out->leavers.n < PAGE_MAX; i++) {
			after = gone[i].member;
			TRY(add_leaver(rq, &gone[i], out));
		}
	} while (n == PAGE_MAX && out->leavers.n < PAGE_MAX);
	if (out->leavers.n == PAGE_MAX)
		out->next_cursor = after;
	return OK;
}

static enum err fill_unassigned(struct req *rq, const struct follow *f,
	struct admin_unassigned_item *out)
{
	struct follow_tag *tags;
	struct handover h;
	struct customer c;
	struct member m;
	bool waits;

	TRY(customer_get(rq->tx, f->corp, f->customer, &c));
	out->external_userid = c.external_userid;
	out->name = c.name;
	out->remark = f->remark;
	out->created = f->created_ms;
	TRY(follow_tags(rq->tx, f->corp, f->member, f->customer, &tags, &out->tags.n));
	out->tags.v = ARENA_ARRAY(rq->cx->mem, str, out->tags.n);
	for (size_t i = 0; i < out->tags.n; i++)
		out->tags.v[i] = tags[i].name;
	TRY(handover_waiting(rq->tx, f->corp, f->member, f->customer, &h, &waits));
	if (!waits)
		return OK;
	TRY(member_get(rq->tx, f->corp, h.to, &m));
	out->waiting = m.userid;
	out->due = h.due_ms;
	return OK;
}

static enum err admin_unassigned(struct req *rq)
{
	const struct admin_unassigned_in *in = rq->in;
	struct admin_unassigned_out *out = rq->out;
	int64_t corp = rq->cx->actor.corp, limit = in->limit ? in->limit : PAGE_DEFAULT;
	struct follow *follows;
	struct member m;
	size_t n;

	TRY(member_by_userid_ever(rq->tx, corp, in->userid, &m));
	TRY(follow_count(rq->tx, corp, m.member, &out->total));
	TRY(follow_page(rq->tx, corp, m.member, in->cursor, limit + 1, &follows, &n));
	if (n > (size_t)limit) {
		n = (size_t)limit;
		out->next_cursor = follows[n - 1].customer;
	}
	out->customers.v = ARENA_ARRAY(rq->cx->mem, struct admin_unassigned_item, n);
	out->customers.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(fill_unassigned(rq, &follows[i], &out->customers.v[i]));
	return OK;
}

/* ---- what was handed over ---- */

static enum err fill_logged(struct req *rq, const struct handover *h,
	struct admin_handover_logged *out)
{
	struct member from, to;
	struct customer c;

	TRY(member_get(rq->tx, h->corp, h->from, &from));
	TRY(member_get(rq->tx, h->corp, h->to, &to));
	TRY(customer_get(rq->tx, h->corp, h->customer, &c));
	*out = (struct admin_handover_logged){
		.handover = h->handover,
		.external_userid = c.external_userid,
		.customer = c.name,
		.from = from.userid,
		.from_name = from.name,
		.to = to.userid,
		.to_name = to.name,
		.in_service = h->kind == HANDOVER_IN_SERVICE,
		.status = h->status,
		.rule = h->rule,
		.oper_userid = h->oper_userid,
		.created = h->created_ms,
		.due = h->due_ms,
		.done = h->done_ms,
	};
	return OK;
}

static enum err admin_handovers(struct req *rq)
{
	const struct admin_handovers_in *in = rq->in;
	struct admin_handovers_out *out = rq->out;
	int64_t corp = rq->cx->actor.corp, limit = in->limit ? in->limit : PAGE_DEFAULT;
	struct member m = { 0 };
	struct handover *list;
	size_t n;

	if (in->userid.n)
		TRY(member_by_userid_ever(rq->tx, corp, in->userid, &m));
	TRY(handover_log(rq->tx, corp, m.member, in->cursor, limit + 1, &list, &n));
	if (n > (size_t)limit) {
		n = (size_t)limit;
		out->next_cursor = list[n - 1].handover;
	}
	out->handovers.v = ARENA_ARRAY(rq->cx->mem, struct admin_handover_logged, n);
	out->handovers.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(fill_logged(rq, &list[i], &out->handovers.v[i]));
	return OK;
}

const struct route admin_handover_routes[] = {
	GET("/v1/admin/handover/rules", admin_rules, admin, READS,
		"Who follows when somebody leaves"),
	POST("/v1/admin/handover/rules/set", admin_rules_set, admin, WRITES,
		"Replace the rules"),
	POST("/v1/admin/handover/preview", admin_preview, admin, READS,
		"Who would get whom, if a member left now"),
	GET("/v1/admin/handover/leavers", admin_leavers, admin, READS,
		"Who has left and still has customers"),
	GET("/v1/admin/handover/customers", admin_unassigned, admin, READS,
		"A member's customers, to assign from"),
	GET("/v1/admin/handovers", admin_handovers, admin, READS,
		"What was handed over, newest first"),
	LAST_ROUTE,
};
