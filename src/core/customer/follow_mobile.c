/*
 * core/customer/follow_mobile.c - a customer's numbers, kept as a JSON list.
 */
#include "base/json.h"
#include "core/customer/follow.h"

enum { MOBILE_CHARS = 32 };

enum err follow_mobiles(struct ctx *cx, const struct follow *f, struct texts *out)
{
	const cJSON *root, *item;

	*out = (struct texts){ 0 };
	if (f->remark_mobiles.n <= 2) /* "[]", mostly */
		return OK;
	TRY(json_parse(cx, f->remark_mobiles, &root));
	out->v = ARENA_ARRAY(cx->mem, str, (size_t)cJSON_GetArraySize(root));
	cJSON_ArrayForEach(item, root) if (cJSON_IsString(item)) out->v[out->n++] =
		str_of(item->valuestring);
	return OK;
}

enum err follow_mobiles_pack(struct ctx *cx, struct texts mobiles, str *out_json)
{
	struct buf b;
	size_t n = 0;

	buf_init(&b, cx->mem, 2 + mobiles.n * 16);
	buf_char(&b, '[');
	for (size_t i = 0; i < mobiles.n; i++) {
		str mobile = str_trim(mobiles.v[i]);

		if (!mobile.n)
			continue;
		if (str_chars(mobile) > MOBILE_CHARS)
			return why(cx, ERR_INVALID_ARGUMENT,
				"field `remark_mobiles[%zu]`: at most %d characters", i,
				MOBILE_CHARS);
		if (n++)
			buf_char(&b, ',');
		buf_json_str(&b, mobile);
	}
	buf_char(&b, ']');
	if (n > REMARK_MOBILES_MAX)
		return why(cx, ERR_INVALID_ARGUMENT, "field `remark_mobiles`: at most %d",
			REMARK_MOBILES_MAX);
	*out_json = buf_str(&b);
	return OK;
}
