/*
 * Any bytes as a query, a NUL and a JSON text, decoded by a shape that has every
 * kind and holds itself: what was taken, encoded, must be taken again and be
 * encoded as the same text.  The first budget is tight, as in json.c.
 */
#include "base/shape.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

#define NODE(F, SUB)                                                                     \
	F(text, text, OPTIONAL, 1, 8, "Chars")                                           \
	F(text, cut, OPTIONAL | CUT, 0, 4, "Cut chars")                                  \
	F(octets, octets, OPTIONAL | CUT, 0, 7, "Cut bytes")                             \
	F(int, any, OPTIONAL, INT64_MIN, INT64_MAX, "Any number")                        \
	F(int, clamped, OPTIONAL | CLAMP, -9, 9, "A clamped number")                     \
	F(time, time, OPTIONAL, 0, INT64_MAX, "A time")                                  \
	F(id, id, OPTIONAL, 0, INT64_MAX, "An id")                                       \
	F(real, real, OPTIONAL, -999, 999, "A number with a fraction")                   \
	F(flag, flag, OPTIONAL, 0, 0, "A flag")                                          \
	F(flag01, one, OPTIONAL, 0, 0, "A flag as a number")                             \
	F(texts, texts, OPTIONAL, 0, 9, "Texts")                                         \
	F(ints, ints, OPTIONAL, 0, 9, "Numbers")                                         \
	F(json, json, OPTIONAL, 0, 99, "Anything")                                       \
	SUB(object, node, node, OPTIONAL, 0, 0, "Another of its kind")                   \
	SUB(list, list, node, OPTIONAL, 0, 9, "More of its kind")
SHAPE(node, NODE)

static enum err take(struct ctx *cx, str query, str json, struct node *out)
{
	const cJSON *root;

	TRY(json_parse(cx, json, &root));
	return shape_decode(cx, node_shape(), root, query, out);
}

static void check_refusal(const struct ctx *cx, enum err code)
{
	BUG_IF(code != ERR_BAD_JSON && code != ERR_INVALID_ARGUMENT &&
			code != ERR_TOO_LARGE,
		"odd error");
	BUG_IF(cx->code != code || cx->words.n == 0 || !str_is_utf8(cx->words),
		"bad words");
}

static void check_round(struct ctx *cx, const struct node *in)
{
	str text = shape_text(cx->mem, node_shape(), in);
	struct node again = { 0 };

	BUG_IF(!str_is_utf8(text), "not UTF-8");
	BUG_IF(take(cx, STR_NONE, text, &again) != OK, "what we wrote does not read");
	BUG_IF(!str_same(shape_text(cx->mem, node_shape(), &again), text),
		"another text");
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct ctx *tight = ctx_new(4096), *cx = ctx_new(64 << 20);
	str json = str_make(p, n), query = str_cut(&json, '\0');
	struct node in = { 0 };
	enum err code = take(tight, query, json, &in);

	if (code != OK)
		check_refusal(tight, code);
	in = (struct node){ 0 };
	code = take(cx, query, json, &in);
	if (code != OK)
		check_refusal(cx, code);
	else
		check_round(cx, &in);
	ctx_free(tight);
	ctx_free(cx);
	return 0;
}
