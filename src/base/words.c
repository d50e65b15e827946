/*
 * base/words.c - the tokenizer.
 *
 * The folded text falls into runs: of chars that are cut into pairs (`dense`), of chars
 * that make a word, and of what stands between.  walk() gives one run after the other;
 * everything else is what is made of a run.
 */
#include "base/words.h"

#include <utf8proc.h>

#include "base/fold.h"

/* Pairs of the keeping kind are at most two words for each char of three bytes or more;
 * words of an alphabet take a char and a gap: never more words than bytes. */
struct run {
	str text;
	bool dense;
};

struct block {
	int32_t first, last;
};

/* Scripts without spaces, by Unicode block, in order. */
static const struct block dense_blocks[] = {
	{ 0x0e00, 0x0eff },   /* Thai, Lao */
	{ 0x1000, 0x109f },   /* Myanmar */
	{ 0x1100, 0x11ff },   /* Hangul Jamo */
	{ 0x1780, 0x17ff },   /* Khmer */
	{ 0x2e80, 0x2fdf },   /* CJK radicals */
	{ 0x3005, 0x3007 },   /* 々〆〇 */
	{ 0x3021, 0x3029 },   /* Hangzhou numerals */
	{ 0x3040, 0x318f },   /* kana, Bopomofo, Hangul compatibility */
	{ 0x31a0, 0x31bf },   /* Bopomofo extended */
	{ 0x31f0, 0x31ff },   /* Katakana extensions */
	{ 0x3400, 0x4dbf },   /* CJK extension A */
	{ 0x4e00, 0x9fff },   /* CJK */
	{ 0xa960, 0xa97f },   /* Hangul Jamo extended A */
	{ 0xac00, 0xd7ff },   /* Hangul */
	{ 0xf900, 0xfaff },   /* CJK compatibility */
	{ 0x1b000, 0x1b16f }, /* kana supplement */
	{ 0x20000, 0x3ffff }, /* CJK extensions B … */
};

static bool is_dense(int32_t c)
{
	for (size_t i = 0; i < ARRAY_LEN(dense_blocks); i++)
		if (c <= dense_blocks[i].last)
			return c >= dense_blocks[i].first;
	return false;
}

static bool is_of_word(int32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
		return true;
	default:
		return false;
	}
}

enum kind { BETWEEN, OF_WORD, DENSE };

/* The kind of the first char, and its bytes. */
static enum kind kind_of(str s, size_t *out_bytes)
{
	int32_t c = -1;

	*out_bytes = (size_t)utf8proc_iterate((const utf8proc_uint8_t *)s.p,
		(utf8proc_ssize_t)s.n, &c);
	if (!is_of_word(c))
		return BETWEEN;
	return is_dense(c) ? DENSE : OF_WORD;
}

/* Takes the next run off the text, which is UTF-8; false when there is none. */
static bool walk(str *rest, struct run *out)
{
	size_t bytes, n;
	enum kind kind = BETWEEN;

	while (rest->n && (kind = kind_of(*rest, &bytes)) == BETWEEN)
		*rest = str_skip(*rest, bytes);
	if (!rest->n)
		return false;
	for (n = bytes; n < rest->n; n += bytes) {
		if (kind_of(str_skip(*rest, n), &bytes) != kind)
			break;
		if (kind == OF_WORD && n + bytes > WORD_BYTES_MAX)
			break;
	}
	*out = (struct run){ str_sub(*rest, 0, n), kind == DENSE };
	*rest = str_skip(*rest, n);
	return true;
}

static int by_bytes(const void *a, const void *b)
{
	return str_order(*(const str *)a, *(const str *)b);
}

/* Sorted, each once. */
static void settle(struct words *w)
{
	size_t n = 0;

	if (w->n > 1)
		qsort(w->v, w->n, sizeof(*w->v), by_bytes);
	for (size_t i = 0; i < w->n; i++)
		if (!n || !str_same(w->v[n - 1], w->v[i]))
			w->v[n++] = w->v[i];
	w->n = n;
}

static void add_dense(struct words *w, str run, bool chars_too)
{
	size_t first = str_char_bytes(run);

	if (chars_too || first == run.n)
		w->v[w->n++] = str_sub(run, 0, first);
	while (first < run.n) {
		size_t second = str_char_bytes(str_skip(run, first));

		w->v[w->n++] = str_sub(run, 0, first + second);
		if (chars_too)
			w->v[w->n++] = str_sub(run, first, second);
		run = str_skip(run, first);
		first = second;
	}
}

static struct words cut(struct arena *mem, str text, bool to_keep)
{
	struct words w = { 0 };
	struct run run;
	str rest;

	if (!str_is_utf8(text))
		return w;
	rest = fold(mem, text);
	w.v = ARENA_ARRAY(mem, str, rest.n);
	while (walk(&rest, &run)) {
		if (run.dense)
			add_dense(&w, run.text, to_keep);
		else
			w.v[w.n++] = run.text;
	}
	settle(&w);
	return w;
}

struct words words_to_keep(struct arena *mem, str text)
{
	return cut(mem, text, true);
}

struct words words_to_find(struct arena *mem, str query)
{
	return cut(mem, query, false);
}

struct words words_unite(struct arena *mem, struct words some, struct words more)
{
	struct words w = { ARENA_ARRAY(mem, str, some.n + more.n), some.n + more.n };

	if (some.n)
		memcpy(w.v, some.v, some.n * sizeof(*w.v));
	if (more.n)
		memcpy(w.v + some.n, more.v, more.n * sizeof(*w.v));
	settle(&w);
	return w;
}

bool words_have(const struct words *list, str word)
{
	return list->n && bsearch(&word, list->v, list->n, sizeof(*list->v), by_bytes);
}

bool word_has_prefixes(str word)
{
	size_t bytes;

	return word.n && kind_of(word, &bytes) == OF_WORD;
}

/* U+10FFFF is no char of a word and comes after all of them. */
str word_end(struct arena *mem, str prefix)
{
	return arena_concat(mem, prefix, STR("\xf4\x8f\xbf\xbf"));
}

static bool has_word_from(str text, str prefix)
{
	struct run run;

	while (walk(&text, &run))
		if (!run.dense && str_starts(run.text, prefix))
			return true;
	return false;
}

bool words_hold(struct arena *mem, str text, str query)
{
	struct run run;
	str folded, rest;

	if (!str_is_utf8(text) || !str_is_utf8(query))
		return false;
	folded = fold(mem, text);
	rest = fold(mem, query);
	while (walk(&rest, &run)) {
		bool held = run.dense ? str_find(folded, run.text) != SIZE_MAX
				      : has_word_from(folded, run.text);

		if (!held)
			return false;
	}
	return true;
}
