/*
 * base/words.h - text cut into words, for search.
 *
 * One tokenizer for all of search, whatever keeps the words.  Text is folded first
 * (base/fold.h: case, width, composition), then
 *
 *	alphabets   a run of letters, marks and digits is a word: "Li Lei" li, lei;
 *	            "A4" a4.  A long run is cut after WORD_BYTES_MAX bytes
 *	CJK         and other scripts that put no space between words (kana, Hangul, Thai
 *	            …) are cut into overlapping pairs: 采购经理 采购, 购经, 经理
 *
 * To find, words_to_find gives what must all be there: the pairs of a run, or its only
 * char.  So that one char is found too, words_to_keep gives each char besides the pairs.
 * Pairs that are all there need not stand together: whoever wants the phrase looks at the
 * text once more (words_hold).
 *
 * Results are sorted by bytes, each word once, and live in the arena.
 */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include "base/arena.h"

enum { WORD_BYTES_MAX = 48 };

struct words {
	str *v;
	size_t n;
};

/* The words under which a text is kept; and those that a search for it asks for.
 * Bad UTF-8 has no words. */
struct words words_to_keep(struct arena *mem, str text);
struct words words_to_find(struct arena *mem, str query);

/* Adds what is in `more`; both are as above, and so is the result. */
struct words words_unite(struct arena *mem, struct words some, struct words more);
bool words_have(const struct words *list, str word);

/* True of a word that may be looked for by its beginning: one of an alphabet.  All words
 * w that begin so have prefix <= w < word_end(prefix), compared by bytes. */
bool word_has_prefixes(str word);
str word_end(struct arena *mem, str prefix);

/* Does a text hold what is looked for: each word of an alphabet as the beginning of a
 * word, each run of CJK as it stands?  What words_to_find found, made exact. */
bool words_hold(struct arena *mem, str text, str query);

#endif
