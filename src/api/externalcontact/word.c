/*
 * api/externalcontact/word.c - sensitive words, over HTTP (document 95097).
 */
#include "api/api.h"
#include "api/externalcontact/follower.h"
#include "base/ids.h"
#include "core/word/word.h"

enum { RANGE_MAX = 1000 };

#define WORD_RANGE(F, SUB)                                                               \
	F(texts, user_list, OPTIONAL, 0, RANGE_MAX, "userids in the visible range")      \
	F(ints, department_list, OPTIONAL, 0, RANGE_MAX, "Departments in it")
SHAPE(word_range, WORD_RANGE)

#define ADD_IN(F, SUB)                                                                   \
	F(text, rule_name, REQUIRED, 0, 2048, "1 to 20 characters, unique")              \
	F(texts, word_list, OPTIONAL, 0, 10000,                                          \
		"At most 300 words of 1 to 32 characters")                               \
	F(ints, semantics_list, OPTIONAL, 0, 100,                                        \
		"1 mobile number, 2 e-mail address, 3 red packet")                       \
	F(int, intercept_type, REQUIRED, INT32_MIN, INT32_MAX, "1 stop, 2 warn")         \
	SUB(object, applicable_range, word_range, REQUIRED, 0, 0, "Whom it holds for")
SHAPE(add_intercept_rule_in, ADD_IN)
#define ADD_OUT(F, SUB) F(octets, rule_id, ALWAYS, 1, 64, "The rule")
SHAPE(add_intercept_rule_out, ADD_OUT)

NO_IN(get_intercept_rule_list)
#define LIST_ITEM(F, SUB)                                                                \
	F(octets, rule_id, ALWAYS, 1, 64, "The rule")                                    \
	F(text, rule_name, ALWAYS, 1, WORD_NAME_MAX, "Its name")                         \
	F(time, create_time, ALWAYS, 0, INT64_MAX, "Unix seconds")
SHAPE(intercept_rule_item, LIST_ITEM)
#define LIST_OUT(F, SUB)                                                                 \
	SUB(list, rule_list, intercept_rule_item, ALWAYS, 0, WORD_RULES_MAX,             \
		"All of the corp")
SHAPE(get_intercept_rule_list_out, LIST_OUT)

#define RULE_IN(F, SUB) F(octets, rule_id, OPTIONAL, 0, 64, "The rule; required")
SHAPE(get_intercept_rule_in, RULE_IN)
SHAPE(del_intercept_rule_in, RULE_IN)
NO_OUT(del_intercept_rule)

/* The documented answer has semantics_list beside the words, its table of fields within
 * extra_rule: both are given. */
#define EXTRA_RULE(F, SUB)                                                               \
	F(ints, semantics_list, OPTIONAL | ALWAYS, 0, 100,                               \
		"1 mobile, 2 e-mail, 3 red packet")
SHAPE(word_extra_rule, EXTRA_RULE)
#define RANGE_OUT(F, SUB)                                                                \
	F(texts, user_list, ALWAYS, 0, WORD_RANGE_MAX, "userids the app may see")        \
	F(ints, department_list, ALWAYS, 0, WORD_RANGE_MAX, "Departments it may see")
SHAPE(word_range_out, RANGE_OUT)
#define RULE(F, SUB)                                                                     \
	F(octets, rule_id, ALWAYS, 1, 64, "The rule")                                    \
	F(text, rule_name, ALWAYS, 1, WORD_NAME_MAX, "Its name")                         \
	F(texts, word_list, ALWAYS, 0, WORDS_MAX, "Its words")                           \
	F(ints, semantics_list, ALWAYS, 0, 3, "1 mobile, 2 e-mail, 3 red packet")        \
	SUB(object, extra_rule, word_extra_rule, ALWAYS, 0, 0, "The same once more")     \
	F(int, intercept_type, ALWAYS, 1, 2, "1 stop, 2 warn")                           \
	SUB(object, applicable_range, word_range_out, ALWAYS, 0, 0, "Whom it holds for") \
	F(time, create_time, ALWAYS, 0, INT64_MAX, "Unix seconds")
SHAPE(intercept_rule, RULE)
#define GET_OUT(F, SUB) SUB(object, rule, intercept_rule, ALWAYS, 0, 0, "The rule")
SHAPE(get_intercept_rule_out, GET_OUT)

#define UPDATE_IN(F, SUB)                                                                \
	F(octets, rule_id, OPTIONAL, 0, 64, "The rule; required")                        \
	F(text, rule_name, OPTIONAL, 0, 2048, "1 to 20 characters, unique")              \
	F(texts, word_list, OPTIONAL, 0, 10000, "All words from now on")                 \
	SUB(object, extra_rule, word_extra_rule, OPTIONAL, 0, 0,                         \
		"semantics_list from now on; empty clears")                              \
	F(int, intercept_type, OPTIONAL, INT32_MIN, INT32_MAX, "1 stop, 2 warn")         \
	SUB(object, add_applicable_range, word_range, OPTIONAL, 0, 0,                    \
		"Holds for these too")                                                   \
	SUB(object, remove_applicable_range, word_range, OPTIONAL, 0, 0,                 \
		"Does not hold for these any more")
SHAPE(update_intercept_rule_in, UPDATE_IN)
NO_OUT(update_intercept_rule)

/* ---- ranges ---- */

static enum err read_users(struct req *rq, struct texts users, struct ints *out)
{
	out->v = ARENA_ARRAY(rq->cx->mem, int64_t, users.n);
	out->n = 0;
	for (size_t i = 0; i < users.n; i++) {
		struct member m;

		TRY(ec_member(rq, users.v[i], &m));
		out->v[out->n++] = m.member;
	}
	return OK;
}

static enum err sees_department(struct req *rq, int64_t department, bool *out)
{
	return app_sees_department(rq->tx, rq->cx->actor.corp, rq->cx->actor.id,
		department, out);
}

static enum err read_departments(struct req *rq, struct ints in)
{
	for (size_t i = 0; i < in.n; i++) {
		struct department d;
		bool sees;

		if (department_get(rq->tx, rq->cx->actor.corp, in.v[i], &d) != OK)
			return why(rq->cx, ERR_BAD_DEPARTMENT,
				"department_list[%zu]: no such department", i);
		TRY(sees_department(rq, in.v[i], &sees));
		if (!sees)
			return why(rq->cx, ERR_NO_PRIVILEGE,
				"department_list[%zu]: outside the app's visible range",
				i);
	}
	return OK;
}

static enum err read_range(struct req *rq, const struct word_range *in,
	struct ints *out_members, struct ints *out_departments)
{
	TRY(read_users(rq, in->user_list, out_members));
	TRY(read_departments(rq, in->department_list));
	*out_departments = in->department_list;
	return OK;
}

/* The list with `add` and without `remove`. */
static struct ints changed(struct arena *mem, struct ints list, struct ints add,
	struct ints remove)
{
	struct ints out = { .v = ARENA_ARRAY(mem, int64_t, list.n + add.n) };

	for (size_t i = 0; i < list.n + add.n; i++) {
		int64_t x = i < list.n ? list.v[i] : add.v[i - list.n];

		if (i >= list.n || !ints_has(&remove, x))
			out.v[out.n++] = x;
	}
	ints_unite(&out);
	return out;
}

/* ---- rows ---- */

static enum err add_intercept_rule(struct req *rq)
{
	const struct add_intercept_rule_in *in = rq->in;
	struct add_intercept_rule_out *out = rq->out;
	struct word_rule r = { .corp = rq->cx->actor.corp,
		.app = rq->cx->actor.id,
		.name = in->rule_name,
		.words = in->word_list,
		.semantics = in->semantics_list,
		.intercept = in->intercept_type };

	TRY(read_range(rq, in->applicable_range, &r.members, &r.departments));
	TRY(word_rule_add(rq->tx, &r));
	out->rule_id = id_text(rq->cx->mem, "wr", r.rule);
	return OK;
}

static enum err get_intercept_rule_list(struct req *rq)
{
	struct get_intercept_rule_list_out *out = rq->out;
	struct word_rule *rules;
	size_t n;

	TRY(word_rules(rq->tx, rq->cx->actor.corp, &rules, &n));
	out->rule_list.v = ARENA_ARRAY(rq->cx->mem, struct intercept_rule_item, n);
	out->rule_list.n = n;
	for (size_t i = 0; i < n; i++) {
		struct intercept_rule_item *item = &out->rule_list.v[i];

		item->rule_id = id_text(rq->cx->mem, "wr", rules[i].rule);
		item->rule_name = rules[i].name;
		item->create_time = rules[i].created_ms / 1000;
	}
	return OK;
}

static enum err find_rule(struct req *rq, str rule_id, struct word_rule *out)
{
	int64_t rule;

	if (!id_parse(rule_id, "wr", &rule))
		return why(rq->cx, ERR_WORD_RULE, "rule_id: not one of ours");
	return word_rule_get(rq->tx, rq->cx->actor.corp, rule, out);
}

static enum err fill_range(struct req *rq, const struct word_rule *r,
	struct word_range_out *out)
{
	const struct actor *app = &rq->cx->actor;
	bool sees;

	out->user_list.v = ARENA_ARRAY(rq->cx->mem, str, r->members.n);
	for (size_t i = 0; i < r->members.n; i++) {
		struct member m;

		TRY(app_sees_member(rq->tx, app->corp, app->id, r->members.v[i], &sees));
		if (!sees)
			continue;
		TRY(member_get(rq->tx, app->corp, r->members.v[i], &m));
		if (m.status != MEMBER_LEFT)
			out->user_list.v[out->user_list.n++] = m.userid;
	}
	out->department_list.v = ARENA_ARRAY(rq->cx->mem, int64_t, r->departments.n);
	for (size_t i = 0; i < r->departments.n; i++) {
		TRY(sees_department(rq, r->departments.v[i], &sees));
		if (sees)
			out->department_list.v[out->department_list.n++] =
				r->departments.v[i];
	}
	return OK;
}

static enum err get_intercept_rule(struct req *rq)
{
	const struct get_intercept_rule_in *in = rq->in;
	struct get_intercept_rule_out *out = rq->out;
	struct word_rule r;

	TRY(find_rule(rq, in->rule_id, &r));
	out->rule = ARENA_NEW(rq->cx->mem, struct intercept_rule);
	*out->rule = (struct intercept_rule){
		.rule_id = id_text(rq->cx->mem, "wr", r.rule),
		.rule_name = r.name,
		.word_list = r.words,
		.semantics_list = r.semantics,
		.intercept_type = r.intercept,
		.create_time = r.created_ms / 1000,
	};
	out->rule->extra_rule = ARENA_NEW(rq->cx->mem, struct word_extra_rule);
	out->rule->extra_rule->semantics_list = r.semantics;
	out->rule->applicable_range = ARENA_NEW(rq->cx->mem, struct word_range_out);
	return fill_range(rq, &r, out->rule->applicable_range);
}

/* Only who made a rule may change it. */
static enum err find_own(struct req *rq, str rule_id, struct word_rule *out)
{
	TRY(find_rule(rq, rule_id, out));
	if (out->app != rq->cx->actor.id)
		return why(rq->cx, ERR_WORD_RULE, "rule_id: made by another app");
	return OK;
}

static enum err update_intercept_rule(struct req *rq)
{
	const struct update_intercept_rule_in *in = rq->in;
	struct ints add_members = { 0 }, add_departments = { 0 };
	struct ints remove_members = { 0 }, remove_departments = { 0 };
	struct arena *mem = rq->cx->mem;
	struct word_rule r;

	TRY(find_own(rq, in->rule_id, &r));
	if (HAS(in, rule_name))
		r.name = in->rule_name;
	if (HAS(in, word_list))
		r.words = in->word_list;
	if (in->extra_rule)
		r.semantics = in->extra_rule->semantics_list;
	if (HAS(in, intercept_type))
		r.intercept = in->intercept_type;
	if (in->add_applicable_range)
		TRY(read_range(rq, in->add_applicable_range, &add_members,
			&add_departments));
	if (in->remove_applicable_range)
		TRY(read_range(rq, in->remove_applicable_range, &remove_members,
			&remove_departments));
	r.members = changed(mem, r.members, add_members, remove_members);
	r.departments = changed(mem, r.departments, add_departments, remove_departments);
	return word_rule_set(rq->tx, &r);
}

static enum err del_intercept_rule(struct req *rq)
{
	const struct del_intercept_rule_in *in = rq->in;
	struct word_rule r;

	TRY(find_own(rq, in->rule_id, &r));
	return word_rule_drop(rq->tx, r.corp, r.rule);
}

const struct route word_routes[] = {
	POST("/cgi-bin/externalcontact/add_intercept_rule", add_intercept_rule,
		customer_write, WRITES, "Add a rule of sensitive words"),
	GET("/cgi-bin/externalcontact/get_intercept_rule_list", get_intercept_rule_list,
		customer_read, READS, "All rules of sensitive words"),
	POST("/cgi-bin/externalcontact/get_intercept_rule", get_intercept_rule,
		customer_read, READS, "Read one rule of sensitive words"),
	POST("/cgi-bin/externalcontact/update_intercept_rule", update_intercept_rule,
		customer_write, WRITES, "Change a rule of sensitive words"),
	POST("/cgi-bin/externalcontact/del_intercept_rule", del_intercept_rule,
		customer_write, WRITES, "Delete a rule of sensitive words"),
	LAST_ROUTE,
};
