/*
 * base/shape_encode.c - from structs to JSON text, without a tree.
 */
#include "base/shape.h"

#include <stdio.h>
#include <string.h>

static void put_id(struct buf *b, int64_t id)
{
	buf_char(b, '"');
	buf_int(b, id);
	buf_char(b, '"');
}

/* Six digits after the point, without the zeros at the end. */
static void put_real(struct buf *b, double v)
{
	char text[64];
	int n = snprintf(text, sizeof(text), "%.6f", v);

	if (n < 0 || n >= (int)sizeof(text)) {
		buf_char(b, '0');
		return;
	}
	while (text[n - 1] == '0')
		n--;
	if (text[n - 1] == '.')
		n--;
	buf_put(b,
		n == 2 && !memcmp(text, "-0", 2) ? STR("0") : str_make(text, (size_t)n));
}

static void put_texts(struct buf *b, const struct texts *texts)
{
	buf_char(b, '[');
	for (size_t i = 0; i < texts->n; i++) {
		if (i)
			buf_char(b, ',');
		buf_json_str(b, texts->v[i]);
	}
	buf_char(b, ']');
}

static void put_ints(struct buf *b, const struct ints *ints)
{
	buf_char(b, '[');
	for (size_t i = 0; i < ints->n; i++) {
		if (i)
			buf_char(b, ',');
		buf_int(b, ints->v[i]);
	}
	buf_char(b, ']');
}

static void put_object(struct buf *b, const struct shape *sub, const void *object)
{
	if (object)
		shape_encode(b, sub, object);
	else
		buf_lit(b, "null");
}

static void put_list(struct buf *b, const struct shape *sub,
	const struct shape_items *items)
{
	buf_char(b, '[');
	for (size_t i = 0; i < items->n; i++) {
		if (i)
			buf_char(b, ',');
		shape_encode(b, sub, (const char *)items->v + i * sub->size);
	}
	buf_char(b, ']');
}

static void put_value(struct buf *b, const struct shape_field *f, const void *at)
{
	switch (f->kind) {
	case SHAPE_text:
	case SHAPE_octets:
		buf_json_str(b, *(const str *)at);
		break;
	case SHAPE_int:
	case SHAPE_time:
		buf_int(b, *(const int64_t *)at);
		break;
	case SHAPE_id:
		put_id(b, *(const int64_t *)at);
		break;
	case SHAPE_real:
		put_real(b, *(const double *)at);
		break;
	case SHAPE_flag:
		buf_lit(b, *(const bool *)at ? "true" : "false");
		break;
	case SHAPE_flag01:
		buf_char(b, *(const bool *)at ? '1' : '0');
		break;
	case SHAPE_texts:
		put_texts(b, at);
		break;
	case SHAPE_ints:
		put_ints(b, at);
		break;
	case SHAPE_json:
		buf_put(b, ((const str *)at)->n ? *(const str *)at : STR("null"));
		break;
	case SHAPE_object:
		put_object(b, f->sub(), *(void *const *)at);
		break;
	case SHAPE_list:
		put_list(b, f->sub(), at);
		break;
	}
}

/* Empty, zero or false? */
static bool is_nothing(const struct shape_field *f, const void *at)
{
	switch (f->kind) {
	case SHAPE_text:
	case SHAPE_octets:
	case SHAPE_json:
		return ((const str *)at)->n == 0;
	case SHAPE_int:
	case SHAPE_time:
	case SHAPE_id:
		return *(const int64_t *)at == 0;
	case SHAPE_real:
		return *(const double *)at == 0;
	case SHAPE_flag:
	case SHAPE_flag01:
		return !*(const bool *)at;
	case SHAPE_texts:
		return ((const struct texts *)at)->n == 0;
	case SHAPE_ints:
		return ((const struct ints *)at)->n == 0;
	case SHAPE_object:
		return *(void *const *)at == NULL;
	case SHAPE_list:
		return ((const struct shape_items *)at)->n == 0;
	}
	return true;
}

static bool is_wanted(const struct shape_field *f, const char *in)
{
	const uint64_t *has = (const uint64_t *)(const void *)in;
	size_t word = f->at / 8;

	return (f->need & (ALWAYS | REQUIRED)) || (has[word / 64] >> (word % 64) & 1) ||
		!is_nothing(f, in + f->at);
}

void shape_encode_fields(struct buf *b, const struct shape *sh, const void *in)
{
	bool first = true;

	for (size_t i = 0; i < sh->n; i++) {
		const struct shape_field *f = &sh->fields[i];

		if (!is_wanted(f, in))
			continue;
		buf_put(b, first ? STR("\"") : STR(",\""));
		buf_lit(b, f->name);
		buf_put(b, STR("\":"));
		put_value(b, f, (const char *)in + f->at);
		first = false;
	}
}

void shape_encode(struct buf *b, const struct shape *sh, const void *in)
{
	buf_char(b, '{');
	shape_encode_fields(b, sh, in);
	buf_char(b, '}');
}

str shape_text(struct arena *mem, const struct shape *sh, const void *in)
{
	struct buf b;

	buf_init(&b, mem, 256);
	shape_encode(&b, sh, in);
	return buf_str(&b);
}
