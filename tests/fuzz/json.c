/*
 * Any bytes as JSON: what is refused is refused with its place; what is taken,
 * written again, must read and be written as the same text.  The first budget is
 * tight, and past it there must be an error, never the end of the program.
 */
#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static str write_and_read(struct ctx *cx, str text)
{
	const cJSON *root;
	str again;

	BUG_IF(json_parse(cx, text, &root) != OK, "what we wrote does not read");
	again = json_text(cx->mem, root);
	BUG_IF(again.n > json_text_bound(root), "longer than foreseen");
	return again;
}

static void check_refusal(const struct ctx *cx, enum err code)
{
	if (code == ERR_BAD_JSON)
		BUG_IF(str_find(cx->words, STR(" at byte ")) == SIZE_MAX, "no place");
	else
		BUG_IF(code != ERR_TOO_LARGE, "odd error");
	BUG_IF(cx->code != code || !str_is_utf8(cx->words), "bad words");
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct ctx *tight = ctx_new(2048), *cx = ctx_new(64 << 20);
	const cJSON *root;
	enum err code = json_parse(tight, str_make(p, n), &root);
	str text;

	if (code != OK)
		check_refusal(tight, code);
	code = json_parse(cx, str_make(p, n), &root);
	if (code != OK) {
		check_refusal(cx, code);
	} else {
		text = json_text(cx->mem, root);
		BUG_IF(n > 1 && text.n > n, "longer than what came in");
		BUG_IF(!str_is_utf8(text), "not UTF-8");
		BUG_IF(!str_same(write_and_read(cx, text), text), "another text");
	}
	ctx_free(tight);
	ctx_free(cx);
	return 0;
}
