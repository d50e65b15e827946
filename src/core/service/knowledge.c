#include "core/service/knowledge.h"

#include <stdlib.h>

#include "base/fold.h"
#include "base/ids.h"
#include "base/words.h"
#include "core/service/knowledge.sql.h"

enum { QUERY_WORDS_MAX = 100, ROWS_PER_WORD = 2000 };

#define SIMILARS(F, SUB) F(texts, list, ALWAYS, 0, SIMILARS_MAX, "Similar questions")
SHAPE(intent_similars, SIMILARS)

/* ---- groups ---- */

enum err kgroup_list(struct tx *tx, int64_t corp, struct kgroup **out, size_t *out_n)
{
	struct kgroup_row *rows;
	size_t n;

	TRY(kgroup_all(tx, corp, &rows, &n));
	if (!n && tx->writes) {
		TRY(kgroup_insert(tx, corp, id_next(), STR("默认分组"), true));
		TRY(kgroup_all(tx, corp, &rows, &n));
	}
	*out = ARENA_ARRAY(tx->cx->mem, struct kgroup, n);
	*out_n = n;
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct kgroup){ rows[i].kgroup, rows[i].name,
			rows[i].is_default };
	return OK;
}

static enum err check_group_name(struct ctx *cx, str name)
{
	if (!str_trim(name).n || str_chars(name) > KGROUP_NAME_CHARS)
		return why(cx, ERR_INVALID_ARGUMENT, "field `name`: 1 to %d characters",
			KGROUP_NAME_CHARS);
	return OK;
}

enum err kgroup_add(struct tx *tx, int64_t corp, str name, int64_t *out_kgroup)
{
	struct kgroup *all;
	size_t n;

	TRY(check_group_name(tx->cx, name));
	TRY(kgroup_list(tx, corp, &all, &n));
	if (n >= KGROUP_MAX)
		return why(tx->cx, ERR_INVALID_ARGUMENT, "at most %d groups", KGROUP_MAX);
	*out_kgroup = id_next();
	return kgroup_insert(tx, corp, *out_kgroup, str_trim(name), false);
}

static enum err kgroup_get(struct tx *tx, int64_t corp, int64_t kgroup,
	struct kgroup *out)
{
	struct kgroup *all;
	size_t n;

	TRY(kgroup_list(tx, corp, &all, &n));
	for (size_t i = 0; i < n; i++)
		if (all[i].kgroup == kgroup) {
			*out = all[i];
			return OK;
		}
	return why(tx->cx, ERR_INVALID_ARGUMENT, "field `group_id`: no such group");
}

static enum err may_change(struct tx *tx, int64_t corp, int64_t kgroup)
{
	struct kgroup g;

	TRY(kgroup_get(tx, corp, kgroup, &g));
	if (g.is_default)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"field `group_id`: the first group stays as it is");
	return OK;
}

enum err kgroup_set(struct tx *tx, int64_t corp, int64_t kgroup, str name)
{
	TRY(check_group_name(tx->cx, name));
	TRY(may_change(tx, corp, kgroup));
	return kgroup_rename(tx, corp, kgroup, str_trim(name));
}

enum err kgroup_drop(struct tx *tx, int64_t corp, int64_t kgroup)
{
	struct intent *list;
	size_t n;

	TRY(may_change(tx, corp, kgroup));
	TRY(intent_list(tx, corp, kgroup, 0, INTENTS_MAX + 1, &list, &n));
	for (size_t i = 0; i < n; i++)
		TRY(intent_drop(tx, corp, list[i].intent));
	return kgroup_delete(tx, corp, kgroup);
}

/* ---- questions ---- */

static enum err fill(struct ctx *cx, const struct intent_row *r, struct intent *out)
{
	struct intent_similars s = { 0 };

	TRY(shape_parse(cx, intent_similars_shape(), r->similars, &s));
	*out = (struct intent){ .intent = r->intent,
		.kgroup = r->kgroup,
		.question = r->question,
		.answer = r->answer,
		.similars = s.list,
		.attachments = r->attachments };
	return OK;
}

static enum err check(struct tx *tx, int64_t corp, const struct intent *i)
{
	struct ctx *cx = tx->cx;
	struct intent_row same;
	bool found;

	if (!str_trim(i->question).n || str_chars(i->question) > QUESTION_CHARS)
		return why(cx, ERR_INVALID_ARGUMENT,
			"field `question.text.content`: 1 to %d characters",
			QUESTION_CHARS);
	if (i->similars.n > SIMILARS_MAX)
		return why(cx, ERR_INVALID_ARGUMENT,
			"field `similar_questions`: at most %d", SIMILARS_MAX);
	for (size_t k = 0; k < i->similars.n; k++)
		if (!str_trim(i->similars.v[k]).n ||
			str_chars(i->similars.v[k]) > QUESTION_CHARS)
			return why(cx, ERR_INVALID_ARGUMENT,
				"field `similar_questions.items[%zu]`: 1 to %d characters",
				k, QUESTION_CHARS);
	if (!str_trim(i->answer).n || str_chars(i->answer) > ANSWER_CHARS)
		return why(cx, ERR_INVALID_ARGUMENT,
			"field `answers[0].text.content`: 1 to %d characters",
			ANSWER_CHARS);
	TRY(intent_select_by_question(tx, corp, fold(cx->mem, str_trim(i->question)),
		&same, &found));
	if (found && same.intent != i->intent)
		return why(cx, ERR_INVALID_ARGUMENT,
			"field `question`: it is there already");
	return OK;
}

static enum err keep_words(struct tx *tx, int64_t corp, int64_t intent, int64_t phrase,
	str text)
{
	struct words w = words_to_find(tx->cx->mem, text);

	for (size_t i = 0; i < w.n; i++)
		TRY(kword_insert(tx, corp, w.v[i], intent, phrase, (int64_t)w.n));
	return OK;
}

static enum err keep_phrases(struct tx *tx, int64_t corp, const struct intent *i)
{
	TRY(kword_delete(tx, corp, i->intent));
	TRY(keep_words(tx, corp, i->intent, 0, i->question));
	for (size_t k = 0; k < i->similars.n; k++)
		TRY(keep_words(tx, corp, i->intent, (int64_t)k + 1, i->similars.v[k]));
	return OK;
}

static str similars_text(struct arena *mem, const struct intent *i)
{
	struct intent_similars s = { .list = i->similars };

	return shape_text(mem, intent_similars_shape(), &s);
}

enum err intent_add(struct tx *tx, int64_t corp, struct intent *i)
{
	struct arena *mem = tx->cx->mem;
	struct intent_count_row row;
	struct kgroup g;
	bool found;

	TRY(kgroup_get(tx, corp, i->kgroup, &g));
	TRY(check(tx, corp, i));
	TRY(intent_count(tx, corp, i->kgroup, &row, &found));
	if (row.n >= INTENTS_MAX)
		return why(tx->cx, ERR_INVALID_ARGUMENT, "at most %d questions a group",
			INTENTS_MAX);
	i->intent = id_next();
	TRY(intent_insert(tx, corp, i->intent, i->kgroup, i->question,
		fold(mem, str_trim(i->question)), similars_text(mem, i), i->answer,
		i->attachments));
	return keep_phrases(tx, corp, i);
}

enum err intent_set(struct tx *tx, int64_t corp, const struct intent *i)
{
	struct arena *mem = tx->cx->mem;

	TRY(check(tx, corp, i));
	TRY(intent_update(tx, corp, i->intent, i->question,
		fold(mem, str_trim(i->question)), similars_text(mem, i), i->answer,
		i->attachments));
	return keep_phrases(tx, corp, i);
}

enum err intent_drop(struct tx *tx, int64_t corp, int64_t intent)
{
	TRY(intent_delete(tx, corp, intent));
	if (!tx_changes(tx))
		return why(tx->cx, ERR_INVALID_ARGUMENT, "field `intent_id`: none such");
	return kword_delete(tx, corp, intent);
}

enum err intent_get(struct tx *tx, int64_t corp, int64_t intent, struct intent *out)
{
	struct intent_row row;
	bool found;

	TRY(intent_select(tx, corp, intent, &row, &found));
	if (!found)
		return why(tx->cx, ERR_INVALID_ARGUMENT, "field `intent_id`: none such");
	return fill(tx->cx, &row, out);
}

enum err intent_list(struct tx *tx, int64_t corp, int64_t kgroup, int64_t after,
	int64_t limit, struct intent **out, size_t *out_n)
{
	struct intent_row *rows;
	size_t n;

	if (kgroup)
		TRY(intent_page_of_group(tx, corp, kgroup, after, limit, &rows, &n));
	else
		TRY(intent_page(tx, corp, after, limit, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct intent, n);
	*out_n = n;
	for (size_t i = 0; i < n; i++)
		TRY(fill(tx->cx, &rows[i], &(*out)[i]));
	return OK;
}

/* ---- finding ---- */

static int by_phrase(const void *a, const void *b)
{
	const struct kword_row *l = a, *r = b;

	if (l->intent != r->intent)
		return l->intent < r->intent ? -1 : 1;
	return (l->phrase > r->phrase) - (l->phrase < r->phrase);
}

/* Into the few best, one an intent. */
static void offer(struct match *best, size_t *n, int64_t intent, int64_t score)
{
	size_t at = 0;

	for (size_t i = 0; i < *n; i++)
		if (best[i].intent == intent) {
			if (best[i].score >= score)
				return;
			memmove(&best[i], &best[i + 1], (*n - i - 1) * sizeof(*best));
			(*n)--;
			break;
		}
	while (at < *n && best[at].score >= score)
		at++;
	if (at == MATCHES_MAX)
		return;
	if (*n < MATCHES_MAX)
		(*n)++;
	memmove(&best[at + 1], &best[at], (*n - at - 1) * sizeof(*best));
	best[at] = (struct match){ intent, score };
}

/* Dice's coefficient of the words of both: 2 × shared / (asked + kept). */
static void score_all(struct kword_row *rows, size_t n, int64_t asked, struct match *best,
	size_t *out_n)
{
	qsort(rows, n, sizeof(*rows), by_phrase);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && !by_phrase(&rows[i], &rows[end]); end++)
			;
		offer(best, out_n, rows[i].intent,
			200 * (int64_t)(end - i) / (asked + rows[i].phrase_words));
	}
}

enum err knowledge_match(struct tx *tx, int64_t corp, str words, struct match *out,
	size_t *out_n)
{
	struct words asked = words_to_find(tx->cx->mem, words);
	struct kword_row *all, *rows;
	size_t cap, n, total = 0;

	*out_n = 0;
	if (asked.n > QUERY_WORDS_MAX)
		asked.n = QUERY_WORDS_MAX;
	cap = asked.n * ROWS_PER_WORD;
	all = ARENA_ARRAY(tx->cx->mem, struct kword_row, cap);
	for (size_t i = 0; i < asked.n; i++) {
		TRY(kword_find(tx, corp, asked.v[i], &rows, &n));
		for (size_t j = 0; j < n && total < cap; j++)
			all[total++] = rows[j];
	}
	score_all(all, total, (int64_t)asked.n, out, out_n);
	return OK;
}
