/*
 * core/word - words that members may not, or better not, say to customers (document
 * 95097).
 *
 * A rule has words, and semantics that need no list: a mobile number, an e-mail
 * address, a red packet.  It holds for members and departments, and stops a message
 * or warns of it.  Who was warned and sends all the same is recorded (word_hit).
 *
 * Every message of a member to a customer asks, so what the rules of a corp come to is
 * kept in memory (matcher.h); a corp without rules pays one look at a table.
 */
#ifndef CORE_WORD_WORD_H
#define CORE_WORD_WORD_H

#include "core/directory/directory.h"

enum {
	WORD_RULES_MAX = 100,
	WORDS_MAX = 300,
	WORD_CHARS_MAX = 32,
	WORD_NAME_MAX = 20,
	WORD_RANGE_MAX = 10000
};
enum word_intercept { WORD_STOP = 1, WORD_WARN = 2 };
enum word_semantic { WORD_MOBILE = 1, WORD_EMAIL = 2, WORD_RED_PACKET = 3 };

struct word_rule {
	int64_t corp, rule, app, intercept, created_ms;
	str name;
	struct texts words;
	struct ints semantics;            /* enum word_semantic */
	struct ints members, departments; /* whom it holds for */
};

/* Checks it (41068, 41069, 41076, 41077, 41083, 41084) and gives it an id. */
enum err word_rule_add(struct tx *tx, struct word_rule *r);
/* Everything but its maker. */
enum err word_rule_set(struct tx *tx, const struct word_rule *r);
enum err word_rule_drop(struct tx *tx, int64_t corp, int64_t rule);
/* ERR_WORD_RULE (41070) when there never was one, ERR_WORD_RULE_GONE (41071). */
enum err word_rule_get(struct tx *tx, int64_t corp, int64_t rule, struct word_rule *out);
/* All of a corp, by id. */
enum err word_rules(struct tx *tx, int64_t corp, struct word_rule **out, size_t *out_n);

/* What a member may not say.  intercept 0: he may. */
struct word_found {
	int64_t rule, intercept;
	str word; /* as it stands in the rule, or the number or address itself */
};
/* In a text of a member; a word that stops goes before one that warns. */
enum err word_check(struct tx *tx, int64_t corp, int64_t member, str text,
	struct word_found *out);
/* Has the corp any rule?  Cheap: for every message. */
enum err word_has_rules(struct tx *tx, int64_t corp, bool *out);
/* He was warned and said it all the same: message `seq` of the chat. */
enum err word_record(struct tx *tx, int64_t corp, int64_t member,
	const struct word_found *f, int64_t chat, int64_t seq);

struct word_hit {
	int64_t hit, rule, member, chat, seq;
	str word;
};
/* The newest first, before `before` (0: from the end). */
enum err word_hits(struct tx *tx, int64_t corp, int64_t before, int64_t limit,
	struct word_hit **out, size_t *out_n);

#endif
