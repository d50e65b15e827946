#include "core/customer/handover_rule.h"

#include "core/customer/handover_plan.h"
#include "core/customer/handover_private.h"
#include "core/customer/handover_rule.sql.h"
#include "core/customer/tag.sql.h"
#include "core/directory/tree.h"

enum { BY_TURNS_MAX = 1000 };

/* ---- keeping ---- */

enum err handover_rules(struct tx *tx, int64_t corp, struct handover_rule **out,
	size_t *out_n)
{
	struct handover_rule_select_row *rows;
	size_t n;

	TRY(handover_rule_select(tx, corp, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct handover_rule, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct handover_rule){
			.when = (enum handover_when)rows[i].when_kind,
			.when_target = rows[i].when_target,
			.to = (enum handover_to)rows[i].to_kind,
			.to_target = rows[i].to_target,
		};
	*out_n = n;
	return OK;
}

static enum err check_when(struct tx *tx, int64_t corp, const struct handover_rule *r)
{
	struct tag_select_one_row tag;
	struct department d;
	bool found;

	if (r->when == WHEN_DEPARTMENT)
		return department_get(tx, corp, r->when_target, &d);
	if (r->when != WHEN_TAG)
		return OK;
	TRY(tag_select_one(tx, corp, r->when_target, &tag, &found));
	if (!found || tag.deleted)
		return why(tx->cx, ERR_BAD_TAG_ID, "rules: no such tag");
	return OK;
}

static enum err check_to(struct tx *tx, int64_t corp, const struct handover_rule *r)
{
	struct department d;
	struct member m;

	if (r->to == TO_DEPARTMENT)
		return department_get(tx, corp, r->to_target, &d);
	if (r->to != TO_MEMBER)
		return OK;
	TRY(member_get(tx, corp, r->to_target, &m));
	if (!handover_can_take(&m))
		return why(tx->cx, ERR_WAY_MEMBER, "rules: %.*s may not serve customers",
			STR_FMT(m.userid));
	return OK;
}

enum err handover_rules_set(struct tx *tx, int64_t corp, const struct handover_rule *v,
	size_t n)
{
	if (n > HANDOVER_RULES_MAX)
		return why(tx->cx, ERR_INVALID_ARGUMENT, "rules: at most %d",
			HANDOVER_RULES_MAX);
	TRY(handover_rule_delete_all(tx, corp));
	for (size_t i = 0; i < n; i++) {
		TRY(check_when(tx, corp, &v[i]));
		TRY(check_to(tx, corp, &v[i]));
		TRY(handover_rule_insert(tx, corp, (int64_t)i + 1, v[i].when,
			v[i].when_target, v[i].to, v[i].to_target));
	}
	return OK;
}

/* ---- whom a rule means ---- */

static enum err add_if_able(struct tx *tx, const struct plan *p, int64_t member,
	struct plan_step *s)
{
	struct member m;

	if (member == p->member)
		return OK;
	TRY(member_get(tx, p->corp, member, &m));
	if (handover_can_take(&m))
		s->to[s->n++] = m;
	return OK;
}

static enum err add_leaders(struct tx *tx, const struct plan *p, int64_t department,
	struct plan_step *s)
{
	struct ints leaders;

	TRY(member_leaders(tx, p->corp, department, &leaders));
	for (size_t i = 0; i < leaders.n && !s->n; i++)
		TRY(add_if_able(tx, p, leaders.v[i], s));
	return OK;
}

/* The direct leader; else the first leader of the department or of one above it. */
static enum err find_manager(struct tx *tx, const struct plan *p,
	const struct member *leaver, struct plan_step *s)
{
	int64_t department = leaver->main_department;
	const struct tree *t;
	struct member m;

	if (leaver->direct_leader.n &&
		member_by_userid(tx, p->corp, leaver->direct_leader, &m) == OK)
		TRY(add_if_able(tx, p, m.member, s));
	ctx_forgive(tx->cx);
	TRY(tree_get(tx, p->corp, &t));
	while (!s->n && department) {
		ptrdiff_t at = tree_find(t, department);

		if (at == TREE_NONE)
			break;
		TRY(add_leaders(tx, p, department, s));
		department = t->nodes[at].parent;
	}
	return OK;
}

static enum err find_department(struct tx *tx, const struct plan *p, int64_t department,
	struct plan_step *s)
{
	struct ints ids;

	TRY(member_ids_in(tx, p->corp, department, true, &ids));
	s->to = ARENA_ARRAY(tx->cx->mem, struct member,
		ids.n < BY_TURNS_MAX ? ids.n : BY_TURNS_MAX);
	for (size_t i = 0; i < ids.n && s->n < BY_TURNS_MAX; i++)
		TRY(add_if_able(tx, p, ids.v[i], s));
	return OK;
}

static enum err find_successors(struct tx *tx, const struct plan *p,
	const struct member *leaver, const struct handover_rule *r, struct plan_step *s)
{
	s->to = ARENA_ARRAY(tx->cx->mem, struct member, 1);
	if (r->to == TO_MANAGER)
		return find_manager(tx, p, leaver, s);
	if (r->to == TO_MEMBER)
		return add_if_able(tx, p, r->to_target, s);
	if (r->to == TO_DEPARTMENT)
		return find_department(tx, p, r->to_target, s);
	return OK;
}

static enum err stood_in(struct tx *tx, int64_t corp, struct ints departments,
	int64_t department, bool *out)
{
	*out = false;
	for (size_t i = 0; i < departments.n && !*out; i++)
		TRY(department_is_below(tx, corp, departments.v[i], department, out));
	return OK;
}

/* ---- the plan ---- */

enum err plan_make(struct tx *tx, const struct member *leaver, struct ints departments,
	const struct handover_rule *rules, size_t n, struct plan *out)
{
	*out = (struct plan){ .corp = leaver->corp,
		.member = leaver->member,
		.steps = ARENA_ARRAY(tx->cx->mem, struct plan_step, n) };
	for (size_t i = 0; i < n; i++) {
		struct plan_step s = { .position = (int64_t)i + 1 };
		bool fits = true;

		if (rules[i].when == WHEN_DEPARTMENT)
			TRY(stood_in(tx, leaver->corp, departments, rules[i].when_target,
				&fits));
		if (!fits)
			continue;
		if (rules[i].when == WHEN_TAG)
			s.tag = rules[i].when_target;
		TRY(find_successors(tx, out, leaver, &rules[i], &s));
		if (s.n || rules[i].to == TO_NOBODY)
			out->steps[out->n++] = s;
	}
	return OK;
}

/* By turns, without a counter: spread by the customer's number, well mixed. */
static size_t turn_of(int64_t customer, size_t n)
{
	uint64_t x = (uint64_t)customer * UINT64_C(0x9e3779b97f4a7c15);

	return (size_t)((x ^ x >> 32) % n);
}

enum err plan_pick(struct tx *tx, const struct plan *p, int64_t customer,
	const struct plan_step **out_step, const struct member **out_to)
{
	*out_step = NULL;
	*out_to = NULL;
	for (size_t i = 0; i < p->n && !*out_step; i++) {
		const struct plan_step *s = &p->steps[i];
		struct follow_tag_select_one_row row;
		bool fits = true;

		if (s->tag)
			TRY(follow_tag_select_one(tx, p->corp, p->member, customer,
				s->tag, &row, &fits));
		if (fits)
			*out_step = s;
	}
	if (*out_step && (*out_step)->n)
		*out_to = &(*out_step)->to[turn_of(customer, (*out_step)->n)];
	return OK;
}
