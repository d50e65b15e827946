/*
 * core/word/word.c - keeping the rules, and asking them.
 */
#include "core/word/word.h"

#include "base/fold.h"
#include "base/ids.h"
#include "core/directory/tree.h"
#include "core/word/matcher.h"
#include "core/word/word.sql.h"

enum { RANGE_MEMBER = 1, RANGE_DEPARTMENT = 2 };

/* ---- reading ---- */

static void fill_words(struct arena *mem, str lines, struct texts *out)
{
	*out = (struct texts){ .v = ARENA_ARRAY(mem, str, WORDS_MAX) };
	while (lines.n && out->n < WORDS_MAX)
		out->v[out->n++] = str_cut(&lines, '\n');
}

static void fill_semantics(struct arena *mem, int64_t bits, struct ints *out)
{
	*out = (struct ints){ .v = ARENA_ARRAY(mem, int64_t, WORD_RED_PACKET) };
	for (int64_t i = WORD_MOBILE; i <= WORD_RED_PACKET; i++)
		if (bits & 1 << i)
			out->v[out->n++] = i;
}

static enum err fill(struct tx *tx, int64_t corp, const struct word_row *row,
	struct word_rule *out)
{
	struct word_select_range_row *range;
	size_t n;

	*out = (struct word_rule){ .corp = corp,
		.rule = row->rule,
		.app = row->app,
		.intercept = row->intercept,
		.created_ms = row->created_ms,
		.name = row->name };
	fill_words(tx->cx->mem, row->words, &out->words);
	fill_semantics(tx->cx->mem, row->semantics, &out->semantics);
	TRY(word_select_range(tx, corp, row->rule, WORD_RANGE_MAX, &range, &n));
	out->members.v = ARENA_ARRAY(tx->cx->mem, int64_t, n);
	out->departments.v = ARENA_ARRAY(tx->cx->mem, int64_t, n);
	for (size_t i = 0; i < n; i++)
		if (range[i].kind == RANGE_MEMBER)
			out->members.v[out->members.n++] = range[i].target;
		else
			out->departments.v[out->departments.n++] = range[i].target;
	return OK;
}

enum err word_rules(struct tx *tx, int64_t corp, struct word_rule **out, size_t *out_n)
{
	struct word_row *rows;
	size_t n;

	TRY(word_select_live(tx, corp, WORD_RULES_MAX, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct word_rule, n);
	for (size_t i = 0; i < n; i++)
		TRY(fill(tx, corp, &rows[i], &(*out)[i]));
	*out_n = n;
	return OK;
}

enum err word_rule_get(struct tx *tx, int64_t corp, int64_t rule, struct word_rule *out)
{
	struct word_row row;
	bool found;

	TRY(word_select(tx, corp, rule, &row, &found));
	if (!found)
		return why(tx->cx, ERR_WORD_RULE, "field `rule_id`");
	if (row.deleted)
		return why(tx->cx, ERR_WORD_RULE_GONE, "field `rule_id`");
	return fill(tx, corp, &row, out);
}

/* ---- checks ---- */

static enum err check_words(struct ctx *cx, const struct word_rule *r)
{
	if (r->words.n > WORDS_MAX)
		return why(cx, ERR_WORDS_MANY, "field `word_list`: at most %d words",
			WORDS_MAX);
	for (size_t i = 0; i < r->words.n; i++) {
		str word = r->words.v[i];

		if (!str_trim(word).n || str_chars(word) > WORD_CHARS_MAX ||
			str_find_char(word, '\n') != SIZE_MAX)
			return why(cx, ERR_BAD_WORD,
				"field `word_list[%zu]`: 1 to %d characters", i,
				WORD_CHARS_MAX);
	}
	for (size_t i = 0; i < r->semantics.n; i++)
		if (r->semantics.v[i] < WORD_MOBILE ||
			r->semantics.v[i] > WORD_RED_PACKET)
			return why(cx, ERR_BAD_SEMANTICS,
				"field `semantics_list[%zu]`: 1 to 3", i);
	if (!r->words.n && !r->semantics.n)
		return why(cx, ERR_BAD_WORD,
			"fields `word_list` and `semantics_list`: give one of them");
	return OK;
}

static enum err check(struct tx *tx, const struct word_rule *r)
{
	struct ctx *cx = tx->cx;
	struct word_row *rows;
	size_t n, chars = str_chars(str_trim(r->name));

	if (!chars || chars > WORD_NAME_MAX)
		return why(cx, ERR_INVALID_ARGUMENT,
			"field `rule_name`: 1 to %d characters", WORD_NAME_MAX);
	if (r->intercept != WORD_STOP && r->intercept != WORD_WARN)
		return why(cx, ERR_INVALID_ARGUMENT, "field `intercept_type`: 1 or 2");
	TRY(check_words(cx, r));
	if (!r->members.n && !r->departments.n)
		return why(cx, ERR_INVALID_ARGUMENT,
			"field `applicable_range`: name a member or a department");
	if (r->members.n + r->departments.n > WORD_RANGE_MAX)
		return why(cx, ERR_WORD_RANGE, "field `applicable_range`: at most %d",
			WORD_RANGE_MAX);
	TRY(word_select_live(tx, r->corp, WORD_RULES_MAX, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (rows[i].rule != r->rule && str_same(rows[i].name, r->name))
			return why(cx, ERR_WORD_NAME, "field `rule_name`");
	if (!r->rule && n >= WORD_RULES_MAX)
		return why(cx, ERR_WORD_RULES_MANY, "at most %d rules", WORD_RULES_MAX);
	return OK;
}

/* ---- changing ---- */

static str lines_of(struct arena *mem, const struct texts *words)
{
	struct buf b;

	buf_init(&b, mem, 16 * words->n + 1);
	for (size_t i = 0; i < words->n; i++) {
		if (i)
			buf_char(&b, '\n');
		buf_put(&b, words->v[i]);
	}
	return buf_str(&b);
}

static int64_t bits_of(const struct ints *semantics)
{
	int64_t bits = 0;

	for (size_t i = 0; i < semantics->n; i++)
		bits |= 1 << semantics->v[i];
	return bits;
}

static enum err put_range(struct tx *tx, const struct word_rule *r)
{
	TRY(word_delete_range(tx, r->corp, r->rule));
	for (size_t i = 0; i < r->members.n; i++)
		TRY(word_insert_range(tx, r->corp, r->rule, RANGE_MEMBER,
			r->members.v[i]));
	for (size_t i = 0; i < r->departments.n; i++)
		TRY(word_insert_range(tx, r->corp, r->rule, RANGE_DEPARTMENT,
			r->departments.v[i]));
	return OK;
}

enum err word_rule_add(struct tx *tx, struct word_rule *r)
{
	r->rule = 0;
	TRY(check(tx, r));
	matcher_forget(tx, r->corp);
	r->rule = id_next();
	r->created_ms = tx->cx->now_ms;
	TRY(word_insert(tx, r->corp, r->rule, r->app, r->name,
		lines_of(tx->cx->mem, &r->words), bits_of(&r->semantics), r->intercept,
		r->created_ms));
	return put_range(tx, r);
}

enum err word_rule_set(struct tx *tx, const struct word_rule *r)
{
	TRY(check(tx, r));
	matcher_forget(tx, r->corp);
	TRY(word_update(tx, r->corp, r->rule, r->name, lines_of(tx->cx->mem, &r->words),
		bits_of(&r->semantics), r->intercept));
	return put_range(tx, r);
}

enum err word_rule_drop(struct tx *tx, int64_t corp, int64_t rule)
{
	struct word_rule r;

	TRY(word_rule_get(tx, corp, rule, &r));
	matcher_forget(tx, corp);
	TRY(word_delete_range(tx, corp, rule));
	return word_set_deleted(tx, corp, rule);
}

/* ---- asking ---- */

enum err word_has_rules(struct tx *tx, int64_t corp, bool *out)
{
	const struct matcher *m;

	TRY(matcher_get(tx, corp, &m));
	*out = matcher_rules(m) > 0;
	return OK;
}

/* Whom a rule holds for is looked up when its words are found, once a rule. */
enum { HOLDS_UNKNOWN, HOLDS, HOLDS_NOT };

struct asking {
	struct tx *tx;
	const struct matcher *m;
	int64_t corp, member;
	uint8_t holds[WORD_RULES_MAX];
	struct word_found *out;
	enum err err;
};

static enum err is_within(struct asking *a, const struct word_rule *r, bool *out)
{
	struct member_place *places;
	const struct tree *t;
	size_t n;

	*out = ints_sorted_has(&r->members, a->member);
	if (*out || !r->departments.n)
		return OK;
	TRY(member_places(a->tx, a->corp, a->member, &places, &n));
	TRY(tree_get(a->tx, a->corp, &t));
	for (size_t i = 0; i < n && !*out; i++)
		for (size_t d = 0; d < r->departments.n && !*out; d++)
			*out = tree_is_below(t, places[i].department,
				r->departments.v[d]);
	return OK;
}

static bool on_word(void *arg, size_t i, str word)
{
	struct asking *a = arg;
	const struct word_rule *r = matcher_rule(a->m, i);
	bool within;

	if (a->out->intercept && r->intercept != WORD_STOP)
		return true; /* one warning does */
	if (a->holds[i] == HOLDS_UNKNOWN) {
		a->err = is_within(a, r, &within);
		if (a->err != OK)
			return false;
		a->holds[i] = within ? HOLDS : HOLDS_NOT;
	}
	if (a->holds[i] == HOLDS_NOT)
		return true;
	*a->out = (struct word_found){ r->rule, r->intercept, word };
	return r->intercept != WORD_STOP;
}

enum err word_check(struct tx *tx, int64_t corp, int64_t member, str text,
	struct word_found *out)
{
	struct asking a = { .tx = tx, .corp = corp, .member = member, .out = out };

	*out = (struct word_found){ 0 };
	TRY(matcher_get(tx, corp, &a.m));
	if (matcher_rules(a.m))
		matcher_run(a.m, fold(tx->cx->mem, text), on_word, &a);
	return a.err;
}

enum err word_record(struct tx *tx, int64_t corp, int64_t member,
	const struct word_found *f, int64_t chat, int64_t seq)
{
	return word_insert_hit(tx, corp, id_next(), f->rule, member, chat, seq, f->word);
}

enum err word_hits(struct tx *tx, int64_t corp, int64_t before, int64_t limit,
	struct word_hit **out, size_t *out_n)
{
	struct word_hit_row *rows;
	size_t n;

	TRY(word_select_hits(tx, corp, before ? before : INT64_MAX, limit, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct word_hit, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct word_hit){ rows[i].hit, rows[i].rule, rows[i].member,
			rows[i].chat, rows[i].seq, rows[i].word };
	*out_n = n;
	return OK;
}
