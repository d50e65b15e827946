/*
 * client/admin_words.c - the company's rules of sensitive words in the console, whoever
 * made them, and who sent what he was warned of.
 */
#include "base/ids.h"
#include "client/client.h"
#include "core/account/audit.h"
#include "core/directory/tree.h"
#include "core/word/word.h"

enum { HITS_DEFAULT = 50, HITS_MAX = 200, RANGE_MAX = 1000, TEXTS_MAX = 10000 };

#define WORD_USER(F, SUB)                                                                \
	F(octets, userid, ALWAYS, 0, 64, "The member")                                   \
	F(text, name, ALWAYS, 0, 64, "His name")
SHAPE(word_user, WORD_USER)
#define WORD_PARTY(F, SUB)                                                               \
	F(int, id, ALWAYS, 0, INT64_MAX, "The department")                               \
	F(text, name, ALWAYS, 0, 64, "Its name")
SHAPE(word_party, WORD_PARTY)
#define ADMIN_WORD(F, SUB)                                                               \
	F(id, rule, ALWAYS, 0, INT64_MAX, "Its id")                                      \
	F(text, name, ALWAYS, 0, WORD_NAME_MAX, "Its name")                              \
	F(texts, words, ALWAYS, 0, WORDS_MAX, "What is not to be said")                  \
	F(ints, semantics, ALWAYS, 0, WORD_RED_PACKET,                                   \
		"1 mobile number, 2 e-mail address, 3 red packet")                       \
	F(int, intercept, ALWAYS, 1, 2, "1 stops the message, 2 warns")                  \
	SUB(list, users, word_user, ALWAYS, 0, WORD_RANGE_MAX, "Holds for these")        \
	SUB(list, parties, word_party, ALWAYS, 0, WORD_RANGE_MAX,                        \
		"And for all in or below these")                                         \
	F(time, created, ALWAYS, 0, INT64_MAX, "Unix milliseconds")
SHAPE(admin_word, ADMIN_WORD)
#define ONE_OUT(F, SUB) SUB(object, rule, admin_word, ALWAYS, 0, 0, "As it is now")
#define ONE_IN(F, SUB) F(id, rule, REQUIRED, 1, INT64_MAX, "Which")

NO_IN(admin_words)
#define WORDS_OUT(F, SUB)                                                                \
	SUB(list, rules, admin_word, ALWAYS, 0, WORD_RULES_MAX, "Oldest first")
SHAPE(admin_words_out, WORDS_OUT)

SHAPE(admin_word_get_in, ONE_IN)
SHAPE(admin_word_get_out, ONE_OUT)

#define PUT_IN(F, SUB)                                                                   \
	F(id, rule, OPTIONAL, 0, INT64_MAX, "Which to change; absent: a new one")        \
	F(text, name, REQUIRED, 0, 2048, "1 to 20 characters, unique")                   \
	F(texts, words, OPTIONAL, 0, TEXTS_MAX,                                          \
		"At most 300 of 1 to 32 characters; replaces")                           \
	F(ints, semantics, OPTIONAL, 0, 100,                                             \
		"1 mobile number, 2 e-mail address, 3 red packet; replaces")             \
	F(int, intercept, REQUIRED, INT32_MIN, INT32_MAX, "1 stops, 2 warns")            \
	F(texts, users, OPTIONAL, 0, RANGE_MAX, "userids; replaces")                     \
	F(ints, parties, OPTIONAL, 0, RANGE_MAX, "Departments; replaces")
SHAPE(admin_word_put_in, PUT_IN)
#define admin_word_put_out_shape admin_word_get_out_shape

#define admin_word_drop_in_shape admin_word_get_in_shape
NO_OUT(admin_word_drop)

#define HITS_IN(F, SUB)                                                                  \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")             \
	F(int, limit, OPTIONAL | CLAMP, 1, HITS_MAX, "At most so many; 50 if absent")
SHAPE(admin_word_hits_in, HITS_IN)
#define HIT(F, SUB)                                                                      \
	F(time, at, ALWAYS, 0, INT64_MAX, "Unix milliseconds")                           \
	F(id, rule, ALWAYS, 0, INT64_MAX, "The rule")                                    \
	F(text, name, ALWAYS, 0, WORD_NAME_MAX, "Its name; empty when it is deleted")    \
	F(text, word, ALWAYS, 0, 2048, "What he was warned of")                          \
	SUB(object, user, word_user, ALWAYS, 0, 0, "Who sent it all the same")
SHAPE(admin_word_hit, HIT)
#define HITS_OUT(F, SUB)                                                                 \
	SUB(list, hits, admin_word_hit, ALWAYS, 0, HITS_MAX, "Newest first")             \
	F(octets, next_cursor, SOMETIMES, 0, 64, "Absent at the end")
SHAPE(admin_word_hits_out, HITS_OUT)

/* ---- what is shown ---- */

static enum err show_users(struct tx *tx, const struct word_rule *r,
	struct admin_word *out)
{
	out->users.v = ARENA_ARRAY(tx->cx->mem, struct word_user, r->members.n);
	for (size_t i = 0; i < r->members.n; i++) {
		struct member m;

		TRY(member_get(tx, r->corp, r->members.v[i], &m));
		if (m.status != MEMBER_LEFT)
			out->users.v[out->users.n++] =
				(struct word_user){ .userid = m.userid, .name = m.name };
	}
	return OK;
}

static enum err show_parties(struct tx *tx, const struct word_rule *r,
	struct admin_word *out)
{
	const struct tree *tree;

	TRY(tree_get(tx, r->corp, &tree));
	out->parties.v = ARENA_ARRAY(tx->cx->mem, struct word_party, r->departments.n);
	for (size_t i = 0; i < r->departments.n; i++) {
		ptrdiff_t at = tree_find(tree, r->departments.v[i]);

		if (at != TREE_NONE)
			out->parties.v[out->parties.n++] =
				(struct word_party){ .id = r->departments.v[i],
					.name = tree->nodes[at].name };
	}
	return OK;
}

static enum err show(struct tx *tx, const struct word_rule *r, struct admin_word *out)
{
	*out = (struct admin_word){ .rule = r->rule,
		.name = r->name,
		.words = r->words,
		.semantics = r->semantics,
		.intercept = r->intercept,
		.created = r->created_ms };
	TRY(show_users(tx, r, out));
	return show_parties(tx, r, out);
}

static enum err admin_words(struct req *rq)
{
	struct admin_words_out *out = rq->out;
	struct word_rule *rules;
	size_t n;

	TRY(word_rules(rq->tx, rq->cx->actor.corp, &rules, &n));
	out->rules.v = ARENA_ARRAY(rq->cx->mem, struct admin_word, n);
	out->rules.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(show(rq->tx, &rules[i], &out->rules.v[i]));
	return OK;
}

static enum err show_one(struct req *rq, int64_t rule)
{
	struct admin_word_get_out *out = rq->out;
	struct word_rule r;

	TRY(word_rule_get(rq->tx, rq->cx->actor.corp, rule, &r));
	out->rule = ARENA_NEW(rq->cx->mem, struct admin_word);
	return show(rq->tx, &r, out->rule);
}

static enum err admin_word_get(struct req *rq)
{
	const struct admin_word_get_in *in = rq->in;

	return show_one(rq, in->rule);
}

/* ---- changing ---- */

/* Each once and without blanks around it, as people write lists. */
static struct texts read_words(struct arena *mem, struct texts in)
{
	struct texts out = { .v = ARENA_ARRAY(mem, str, in.n) };

	for (size_t i = 0; i < in.n; i++) {
		str word = str_trim(in.v[i]);
		size_t j = 0;

		while (j < out.n && !str_same(out.v[j], word))
			j++;
		if (word.n && j == out.n)
			out.v[out.n++] = word;
	}
	return out;
}

static enum err read_range(struct req *rq, const struct admin_word_put_in *in,
	struct word_rule *r)
{
	const struct tree *tree;

	r->members.n = 0;
	r->members.v = ARENA_ARRAY(rq->cx->mem, int64_t, in->users.n);
	for (size_t i = 0; i < in->users.n; i++) {
		struct member m;

		TRY(member_by_userid(rq->tx, r->corp, in->users.v[i], &m));
		r->members.v[r->members.n++] = m.member;
	}
	TRY(tree_get(rq->tx, r->corp, &tree));
	for (size_t i = 0; i < in->parties.n; i++)
		if (tree_find(tree, in->parties.v[i]) == TREE_NONE)
			return why(rq->cx, ERR_BAD_DEPARTMENT, "parties[%zu]", i);
	r->departments = in->parties;
	return OK;
}

static enum err put(struct req *rq, struct word_rule *r)
{
	bool is_new = !r->rule;

	if (is_new)
		TRY(word_rule_add(rq->tx, r));
	else
		TRY(word_rule_set(rq->tx, r));
	return audit_add(rq->tx, r->corp, is_new ? "word_rule.add" : "word_rule.set",
		id_text(rq->cx->mem, "wr", r->rule), r->name);
}

static enum err admin_word_put(struct req *rq)
{
	const struct admin_word_put_in *in = rq->in;
	struct word_rule r = { .corp = rq->cx->actor.corp };

	if (in->rule)
		TRY(word_rule_get(rq->tx, r.corp, in->rule, &r));
	r.name = str_trim(in->name);
	r.words = read_words(rq->cx->mem, in->words);
	r.semantics = in->semantics;
	r.intercept = in->intercept;
	TRY(read_range(rq, in, &r));
	TRY(put(rq, &r));
	return show_one(rq, r.rule);
}

static enum err admin_word_drop(struct req *rq)
{
	const struct admin_word_get_in *in = rq->in;
	struct word_rule r;

	TRY(word_rule_get(rq->tx, rq->cx->actor.corp, in->rule, &r));
	TRY(word_rule_drop(rq->tx, r.corp, r.rule));
	return audit_add(rq->tx, r.corp, "word_rule.delete",
		id_text(rq->cx->mem, "wr", r.rule), r.name);
}

/* ---- who was warned ---- */

static enum err show_hit(struct req *rq, const struct word_hit *h,
	const struct word_rule *rules, size_t n, struct admin_word_hit *out)
{
	struct member m;

	TRY(member_get(rq->tx, rq->cx->actor.corp, h->member, &m));
	out->at = id_time_ms(h->hit);
	out->rule = h->rule;
	out->name = STR("");
	out->word = h->word;
	out->user = ARENA_NEW(rq->cx->mem, struct word_user);
	out->user->userid = m.userid;
	out->user->name = m.name;
	for (size_t i = 0; i < n; i++)
		if (rules[i].rule == h->rule)
			out->name = rules[i].name;
	return OK;
}

static enum err admin_word_hits(struct req *rq)
{
	const struct admin_word_hits_in *in = rq->in;
	struct admin_word_hits_out *out = rq->out;
	int64_t corp = rq->cx->actor.corp, before = 0;
	size_t limit = in->limit ? (size_t)in->limit : HITS_DEFAULT, n, rules_n;
	struct word_rule *rules;
	struct word_hit *hits;

	if (in->cursor.n && !id_parse(in->cursor, "h", &before))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	TRY(word_hits(rq->tx, corp, before, (int64_t)limit + 1, &hits, &n));
	if (n > limit) {
		n = limit;
		out->next_cursor = id_text(rq->cx->mem, "h", hits[n - 1].hit);
	}
	TRY(word_rules(rq->tx, corp, &rules, &rules_n));
	out->hits.v = ARENA_ARRAY(rq->cx->mem, struct admin_word_hit, n);
	out->hits.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(show_hit(rq, &hits[i], rules, rules_n, &out->hits.v[i]));
	return OK;
}

const struct route admin_word_routes[] = {
	GET("/v1/admin/words", admin_words, admin, READS, "Rules of sensitive words"),
	GET("/v1/admin/word", admin_word_get, admin, READS, "One rule"),
	POST("/v1/admin/word/put", admin_word_put, admin, WRITES, "Add or change a rule"),
	POST("/v1/admin/word/delete", admin_word_drop, admin, WRITES, "Delete a rule"),
	GET("/v1/admin/word/hits", admin_word_hits, admin, READS,
		"Who sent what he was warned of"),
	LAST_ROUTE,
};
