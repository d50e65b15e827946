/*
 * The first line is the Content-Type, the rest a body.  Parts must lie within
 * the body, and names be harmless afterwards.
 */
#include "wire/multipart.h"

#include "wire/mime.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void check_name(struct ctx *cx, str raw)
{
	str name = file_name_clean(cx->mem, raw);
	str value = mime_disposition(cx->mem, true, name);

	BUG_IF(name.n == 0 || name.n > FILE_NAME_MAX_BYTES, "length of a name");
	BUG_IF(!str_is_utf8(name), "bad UTF-8 in a name");
	for (size_t i = 0; i < name.n; i++)
		BUG_IF((unsigned char)name.p[i] < 0x20 || strchr("/\\:", name.p[i]),
			"a name with a path");
	for (size_t i = 0; i < value.n; i++)
		BUG_IF(value.p[i] < 0x20 || value.p[i] > 0x7e,
			"a header that breaks out");
}

static void check_part(struct ctx *cx, str body, const struct multipart_part *part)
{
	int width, height;
	int64_t ms;

	BUG_IF(part->body.n &&
			(part->body.p < body.p || part->body.n > body.n ||
				part->body.p + part->body.n > body.p + body.n),
		"a part outside the body");
	BUG_IF(part->name.n == 0, "a part without a name");
	check_name(cx, part->filename);
	if (mime_picture_size(part->body, &width, &height))
		BUG_IF(width < 1 || height < 1, "a picture without a size");
	if (mime_amr_ms(part->body, &ms))
		BUG_IF(ms < 0, "a clip of negative length");
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct ctx *cx = ctx_new(64 << 20);
	struct multipart mp;
	str body = str_make(p, n);
	str type = str_cut(&body, '\n');

	if (multipart_parse(cx, str_trim(type), body, &mp) == OK)
		for (size_t i = 0; i < mp.n; i++)
			check_part(cx, body, &mp.parts[i]);
	check_name(cx, type);
	ctx_free(cx);
	return 0;
}
