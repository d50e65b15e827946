/*
 * Any bytes as text: what is kept of it is found again, part by part, and no word is
 * empty, too long or not UTF-8.
 */
#include "base/err.h"
#include "base/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void must_be_right(const struct words *w)
{
	for (size_t i = 0; i < w->n; i++) {
		BUG_IF(!w->v[i].n || w->v[i].n > WORD_BYTES_MAX, "length of a word");
		BUG_IF(!str_is_utf8(w->v[i]), "a word is not UTF-8");
		BUG_IF(i && str_order(w->v[i - 1], w->v[i]) >= 0, "order of words");
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct arena *mem = arena_new(256 << 20);
	str text = str_make(p, n);
	struct words kept = words_to_keep(mem, text);
	struct words found = words_to_find(mem, text);

	must_be_right(&kept);
	must_be_right(&found);
	for (size_t i = 0; i < found.n; i++)
		BUG_IF(!words_have(&kept, found.v[i]), "not kept");
	BUG_IF(str_is_utf8(text) && !words_hold(mem, text, text), "does not hold itself");
	arena_free(mem);
	return 0;
}
