#include "core/customer/welcome_rule.h"

#include "base/ids.h"
#include "core/customer/welcome_rule.sql.h"
#include "core/directory/corp_setting.h"
#include "core/directory/tree.h"

enum { FOR_MEMBER = 1, FOR_DEPARTMENT = 2, NAME_MAX_CHARS = 32 };
enum { MINUTE_MS = 60000, DAYS_OF_WEEK = 7, THURSDAY = 3 };

static void fill(struct welcome_rule *r, int64_t corp, const struct welcome_rule_row *row)
{
	*r = (struct welcome_rule){
		.corp = corp,
		.rule = row->rule,
		.owner = row->owner,
		.changed_ms = row->changed_ms,
		.name = row->name,
		.text = row->content,
		.attachments = row->attachments,
		.days = row->days,
		.from_min = row->from_min,
		.until_min = row->until_min,
		.enabled = row->enabled,
	};
}

static enum err read_range(struct tx *tx, struct welcome_rule *r)
{
	struct welcome_rule_range_select_row *rows;
	size_t n;

	TRY(welcome_rule_range_select(tx, r->corp, r->rule, &rows, &n));
	r->members.v = ARENA_ARRAY(tx->cx->mem, int64_t, n);
	r->departments.v = ARENA_ARRAY(tx->cx->mem, int64_t, n);
	for (size_t i = 0; i < n; i++) {
		struct ints *list =
			rows[i].kind == FOR_MEMBER ? &r->members : &r->departments;

		list->v[list->n++] = rows[i].target;
	}
	return OK;
}

enum err welcome_rules(struct tx *tx, int64_t corp, struct welcome_rule **out,
	size_t *out_n)
{
	struct welcome_rule_row *rows;
	size_t n;

	TRY(welcome_rule_select(tx, corp, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct welcome_rule, n);
	for (size_t i = 0; i < n; i++) {
		fill(&(*out)[i], corp, &rows[i]);
		TRY(read_range(tx, &(*out)[i]));
	}
	*out_n = n;
	return OK;
}

enum err welcome_rule_get(struct tx *tx, int64_t corp, int64_t rule,
	struct welcome_rule *out)
{
	struct welcome_rule_row row;
	bool found;

	TRY(welcome_rule_select_one(tx, corp, rule, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NOT_FOUND, "rule: no such rule");
	fill(out, corp, &row);
	return read_range(tx, out);
}

enum err welcome_rule_own(struct tx *tx, int64_t corp, int64_t member,
	struct welcome_rule *out, bool *out_found)
{
	struct welcome_rule_row *rows;
	size_t n;

	TRY(welcome_rule_select_own(tx, corp, member, &rows, &n));
	*out_found = n;
	if (n)
		fill(out, corp, &rows[0]);
	return OK;
}

/* ---- changing ---- */

static enum err check(struct ctx *cx, const struct welcome_rule *r)
{
	if (str_chars(r->name) > NAME_MAX_CHARS)
		return why(cx, ERR_INVALID_ARGUMENT,
			"field `name`: at most %d characters", NAME_MAX_CHARS);
	if (r->days < 1 || r->days > WELCOME_EVERY_DAY)
		return why(cx, ERR_INVALID_ARGUMENT, "field `days`: 1 to 127");
	if (r->from_min < 0 || r->from_min >= DAY_MIN || r->until_min < 0 ||
		r->until_min > DAY_MIN)
		return why(cx, ERR_INVALID_ARGUMENT, "field `from_min`: within the day");
	if (str_chars(r->text) > WELCOME_TEXT_MAX)
		return why(cx, ERR_INVALID_ARGUMENT,
			"field `text`: at most %d characters", WELCOME_TEXT_MAX);
	if (!r->text.n && r->attachments.n <= 2)
		return why(cx, ERR_INVALID_ARGUMENT,
			"field `text`: text and attachments are both empty");
	if (r->members.n + r->departments.n > WELCOME_RANGE_MAX)
		return why(cx, ERR_INVALID_ARGUMENT, "field `users`: at most %d together",
			WELCOME_RANGE_MAX);
	return OK;
}

static enum err write_range(struct tx *tx, const struct welcome_rule *r)
{
	TRY(welcome_rule_range_delete(tx, r->corp, r->rule));
	for (size_t i = 0; i < r->members.n; i++)
		TRY(welcome_rule_range_insert(tx, r->corp, r->rule, FOR_MEMBER,
			r->members.v[i]));
	for (size_t i = 0; i < r->departments.n; i++)
		TRY(welcome_rule_range_insert(tx, r->corp, r->rule, FOR_DEPARTMENT,
			r->departments.v[i]));
	return OK;
}

enum err welcome_rule_put(struct tx *tx, struct welcome_rule *r)
{
	struct welcome_rule_row *rows;
	size_t n;

	TRY(check(tx->cx, r));
	if (!r->rule) {
		TRY(welcome_rule_select(tx, r->corp, &rows, &n));
		if (!r->owner && n >= WELCOME_RULES_MAX)
			return why(tx->cx, ERR_INVALID_ARGUMENT, "at most %d rules",
				WELCOME_RULES_MAX);
		r->rule = id_next();
	}
	r->changed_ms = tx->cx->now_ms;
	TRY(welcome_rule_insert(tx, r->corp, r->rule, r->owner, r->name, r->days,
		r->from_min, r->until_min, r->text,
		r->attachments.n ? r->attachments : STR("[]"), r->enabled,
		r->changed_ms));
	return write_range(tx, r);
}

enum err welcome_rule_drop(struct tx *tx, int64_t corp, int64_t rule)
{
	TRY(welcome_rule_range_delete(tx, corp, rule));
	TRY(welcome_rule_delete(tx, corp, rule));
	if (!tx_changes(tx))
		return why(tx->cx, ERR_NOT_FOUND, "rule: no such rule");
	return OK;
}

/* ---- which holds ---- */

/* The corp's clock: its day of the week, Monday 0, and minute. */
struct hour {
	int64_t day, minute;
};

static enum err read_clock(struct tx *tx, int64_t corp, struct hour *out)
{
	int64_t zone, minutes;

	TRY(corp_setting(tx, corp, CORP_SETTING_ZONE_MINUTES, &zone));
	minutes = tx->cx->now_ms / MINUTE_MS + zone;
	out->day = (minutes / DAY_MIN + THURSDAY) % DAYS_OF_WEEK; /* 1970 began so */
	out->minute = minutes % DAY_MIN;
	return OK;
}

static bool is_timed(const struct welcome_rule *r)
{
	return r->days != WELCOME_EVERY_DAY || r->from_min != r->until_min;
}

/* From 22:00 until 6:00 belongs to the day on which it begins. */
static bool holds_at(const struct welcome_rule *r, const struct hour *h)
{
	int64_t yesterday = (h->day + DAYS_OF_WEEK - 1) % DAYS_OF_WEEK;
	bool today = r->days >> h->day & 1;

	if (r->from_min == r->until_min)
		return today;
	if (r->from_min < r->until_min)
		return today && h->minute >= r->from_min && h->minute < r->until_min;
	return (today && h->minute >= r->from_min) ||
		((r->days >> yesterday & 1) && h->minute < r->until_min);
}

/* How specific it is for the member; -1: not for him. */
static int64_t nearness(const struct welcome_rule *r, int64_t member,
	const struct ints *places, const struct tree *tree)
{
	int64_t deepest = -1;

	if (!r->members.n && !r->departments.n)
		return 0;
	if (ints_has(&r->members, member))
		return DEPARTMENT_MAX_LEVELS + 2;
	for (size_t i = 0; i < r->departments.n; i++)
		for (size_t k = 0; k < places->n; k++) {
			ptrdiff_t at = tree_find(tree, r->departments.v[i]);

			if (at != TREE_NONE &&
				tree_is_below(tree, places->v[k], r->departments.v[i]) &&
				tree->nodes[at].level > deepest)
				deepest = tree->nodes[at].level;
		}
	return deepest;
}

static enum err read_places(struct tx *tx, int64_t corp, int64_t member, struct ints *out)
{
	struct member_place *places;
	size_t n;

	TRY(member_places(tx, corp, member, &places, &n));
	*out = (struct ints){ ARENA_ARRAY(tx->cx->mem, int64_t, n), n };
	for (size_t i = 0; i < n; i++)
		out->v[i] = places[i].department;
	return OK;
}

static enum err find_own(struct tx *tx, int64_t corp, int64_t member,
	const struct hour *now, struct welcome_rule *out, bool *out_found)
{
	int64_t allowed;

	*out_found = false;
	TRY(corp_setting(tx, corp, CORP_SETTING_OWN_WELCOME, &allowed));
	if (allowed)
		TRY(welcome_rule_own(tx, corp, member, out, out_found));
	*out_found = *out_found && out->enabled && holds_at(out, now);
	return OK;
}

enum err welcome_rule_for(struct tx *tx, int64_t corp, int64_t member,
	struct welcome_rule *out, bool *out_found)
{
	struct welcome_rule *rules;
	const struct tree *tree;
	struct hour now;
	struct ints places;
	int64_t best = -1;
	size_t n;

	TRY(read_clock(tx, corp, &now));
	TRY(find_own(tx, corp, member, &now, out, out_found));
	if (*out_found)
		return OK;
	TRY(welcome_rules(tx, corp, &rules, &n));
	if (!n)
		return OK;
	TRY(tree_get(tx, corp, &tree));
	TRY(read_places(tx, corp, member, &places));
	for (size_t i = 0; i < n; i++) {
		int64_t near = nearness(&rules[i], member, &places, tree);

		if (near < 0 || !rules[i].enabled || !holds_at(&rules[i], &now))
			continue;
		near = near * 2 + is_timed(&rules[i]);
		if (near <= best)
			continue; /* the newest comes first */
		best = near;
		*out = rules[i];
		*out_found = true;
	}
	return OK;
}
