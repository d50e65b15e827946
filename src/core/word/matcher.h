/*
 * core/word/matcher.h - many words sought in one pass.
 *
 * The machine of Aho and Corasick over the folded bytes of all words of a corp: one
 * step a byte of the text, however many words there are.  Immutable once made, counted,
 * shared by threads.
 *
 * Matchers are kept by corp.  The rules of a corp change on the writer, within a batch
 * that may yet roll back: a change forgets the matcher (matcher_forget), and nothing
 * that is loaded before the next commit is kept.  So what is kept was committed, and a
 * message in a later batch meets the new rules.  Between nodes it may be old by
 * MATCHER_LIFE_MS.
 */
#ifndef CORE_WORD_MATCHER_H
#define CORE_WORD_MATCHER_H

#include "core/word/word.h"

enum { MATCHER_LIFE_MS = 60 * 1000 };

struct matcher;

/* Copies what it needs of the rules; the caller holds one reference. */
struct matcher *matcher_new(const struct word_rule *rules, size_t n);
void matcher_unref(struct matcher *m);

size_t matcher_rules(const struct matcher *m);
const struct word_rule *matcher_rule(const struct matcher *m, size_t i);
/* Calls fn for each word found in the folded text, until it says false.  What is found
 * of semantics comes after the words. */
typedef bool matcher_fn(void *arg, size_t rule, str word);
void matcher_run(const struct matcher *m, str folded, matcher_fn *fn, void *arg);

/* Of the corp, from memory or loaded; lives as long as tx->cx->mem. */
enum err matcher_get(struct tx *tx, int64_t corp, const struct matcher **out);
void matcher_forget(struct tx *tx, int64_t corp);

#endif
