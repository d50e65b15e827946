/*
 * base/shape.c - from JSON and query strings to structs.
 *
 * shape_decode goes down the table, not down the text: each field looks for its
 * member, so unknown members cost nothing and duplicates mean the first.  The
 * path of a field is kept as a chain on the stack and becomes words only when
 * something is wrong.
 */
#include "base/shape.h"

#define MAX_ITEM_BYTES 2048 /* of texts */

/* Where we are: `up` names what holds us; an item of a list has no field. */
struct place {
	const struct place *up;
	const struct shape_field *field;
	size_t index;
};

struct decoder {
	struct ctx *cx;
	struct place at;
};

/* What stands at a place: a JSON value, or the text of a query. */
struct value {
	const cJSON *json;
	str text;
};

static enum err decode_fields(struct ctx *cx, const struct place *up,
	const struct shape *sh, const cJSON *object, str query, char *out);

/* ---- failure ---- */

static void put_path(struct buf *b, const struct place *at)
{
	if (at->up)
		put_path(b, at->up);
	if (at->field == NULL) {
		buf_printf(b, "[%zu]", at->index);
		return;
	}
	if (at->up)
		buf_char(b, '.');
	buf_lit(b, at->field->name);
}

static str path_of(struct decoder *d)
{
	struct buf b;

	buf_init(&b, d->cx->scratch, 64);
	put_path(&b, &d->at);
	return buf_str(&b);
}

static enum err wrong(struct decoder *d, const char *words)
{
	return why(d->cx, ERR_INVALID_ARGUMENT, "field `%.*s`: %s", STR_FMT(path_of(d)),
		words);
}

static enum err wrong_size(struct decoder *d, const char *bound, int64_t limit,
	const char *unit)
{
	const char *plural = *unit && limit != 1 ? "s" : "";

	return why(d->cx, ERR_INVALID_ARGUMENT, "field `%.*s`: at %s %" PRId64 "%s%s%s",
		STR_FMT(path_of(d)), bound, limit, *unit ? " " : "", unit, plural);
}

static enum err missing(struct decoder *d)
{
	return why(d->cx, ERR_INVALID_ARGUMENT, "field `%.*s` is required",
		STR_FMT(path_of(d)));
}

static enum err too_much(struct decoder *d)
{
	return why(d->cx, ERR_TOO_LARGE, "field `%.*s`: too large", STR_FMT(path_of(d)));
}

static enum err check_size(struct decoder *d, size_t size, const char *unit)
{
	const struct shape_field *f = d->at.field;

	if ((int64_t)size < f->min)
		return wrong_size(d, "least", f->min, unit);
	if ((int64_t)size > f->max)
		return wrong_size(d, "most", f->max, unit);
	return OK;
}

/* ---- single values ---- */

static bool is_text(const struct value *v)
{
	return v->json == NULL || cJSON_IsString(v->json);
}

static str text_of(const struct value *v)
{
	return v->json ? str_of(v->json->valuestring) : v->text;
}

static bool is_empty_text(const struct value *v)
{
	return is_text(v) && text_of(v).n == 0;
}

/* A string, or the text of a number; `wanted` words the failure. */
static enum err take_text(struct decoder *d, const struct value *v, const char *wanted,
	str *out)
{
	if (is_text(v)) {
		*out = text_of(v);
		return OK;
	}
	if (!cJSON_IsNumber(v->json))
		return wrong(d, wanted);
	if (!arena_has_room(d->cx->mem, json_text_bound(v->json)))
		return too_much(d);
	*out = json_text(d->cx->mem, v->json);
	return OK;
}

static bool take_int(const struct value *v, int64_t *out)
{
	return is_text(v) ? str_int(text_of(v), out) : json_int(v->json, out);
}

static enum err decode_text(struct decoder *d, const struct value *v, str *out)
{
	const struct shape_field *f = d->at.field;
	bool chars = f->kind == SHAPE_text;
	size_t max = (size_t)f->max, size;
	str s;

	TRY(take_text(d, v, "must be a string", &s));
	if ((f->need & CUT) && s.n > max)
		s = chars ? str_first_chars(s, max) : str_first_bytes(s, max);
	/* Bytes within `max` are chars within it; counting is for the rest. */
	size = chars && (f->min > 1 || s.n > max) ? str_chars(s) : s.n;
	TRY(check_size(d, size, chars ? "character" : "byte"));
	*out = s;
	return OK;
}

static enum err decode_int(struct decoder *d, const struct value *v, int64_t *out)
{
	const struct shape_field *f = d->at.field;
	int64_t i;

	if (!take_int(v, &i))
		return wrong(d, "must be an integer");
	if (f->need & CLAMP)
		i = i < f->min ? f->min : i > f->max ? f->max : i;
	if (i < f->min)
		return wrong_size(d, "least", f->min, "");
	if (i > f->max)
		return wrong_size(d, "most", f->max, "");
	*out = i;
	return OK;
}

static bool take_real(const struct value *v, double *out)
{
	return is_text(v) ? str_real(text_of(v), out) : json_real(v->json, out);
}

static enum err decode_real(struct decoder *d, const struct value *v, double *out)
{
	const struct shape_field *f = d->at.field;
	double r;

	if (!take_real(v, &r))
		return wrong(d, "must be a number");
	if (f->need & CLAMP)
		r = r < (double)f->min       ? (double)f->min
			: r > (double)f->max ? (double)f->max
					     : r;
	if (r < (double)f->min)
		return wrong_size(d, "least", f->min, "");
	if (r > (double)f->max)
		return wrong_size(d, "most", f->max, "");
	*out = r;
	return OK;
}

static enum err decode_flag(struct decoder *d, const struct value *v, bool *out)
{
	str s;

	if (v->json && cJSON_IsBool(v->json)) {
		*out = cJSON_IsTrue(v->json);
		return OK;
	}
	TRY(take_text(d, v, "must be true or false", &s));
	if (str_is(s, "1") || str_is(s, "true"))
		*out = true;
	else if (str_is(s, "0") || str_is(s, "false"))
		*out = false;
	else
		return wrong(d, "must be true or false");
	return OK;
}

static enum err decode_json(struct decoder *d, const struct value *v, str *out)
{
	str s;

	if (!arena_has_room(d->cx->mem, json_text_bound(v->json)))
		return too_much(d);
	s = json_text(d->cx->mem, v->json);
	TRY(check_size(d, s.n, "byte"));
	*out = s;
	return OK;
}

/* ---- many values ---- */

/* Counts the items and finds room for them. */
static enum err open_array(struct decoder *d, const cJSON *array, size_t size,
	void **out_v, size_t *out_n)
{
	size_t n = 0;

	if (!cJSON_IsArray(array))
		return wrong(d, "must be an array");
	for (const cJSON *item = array->child; item; item = item->next)
		n++;
	TRY(check_size(d, n, "item"));
	if (n > SIZE_MAX / 2 / size || !arena_has_room(d->cx->mem, n * size))
		return too_much(d);
	*out_v = n ? arena_alloc(d->cx->mem, n * size) : NULL;
	*out_n = n;
	return OK;
}

/* The same decoder one step down, at item i of its field. */
static struct decoder item_at(struct decoder *d, size_t i)
{
	return (struct decoder){ d->cx, { &d->at, NULL, i } };
}

static enum err decode_texts(struct decoder *d, const cJSON *array, struct texts *out)
{
	struct texts texts;
	void *v;
	size_t i = 0;

	TRY(open_array(d, array, sizeof(str), &v, &texts.n));
	texts.v = v;
	for (const cJSON *item = array->child; item; item = item->next, i++) {
		struct decoder one = item_at(d, i);

		TRY(take_text(&one, &(struct value){ .json = item }, "must be a string",
			&texts.v[i]));
		if (texts.v[i].n > MAX_ITEM_BYTES)
			return wrong_size(&one, "most", MAX_ITEM_BYTES, "byte");
	}
	*out = texts;
	return OK;
}

static enum err decode_ints(struct decoder *d, const cJSON *array, struct ints *out)
{
	struct ints ints;
	void *v;
	size_t i = 0;

	TRY(open_array(d, array, sizeof(int64_t), &v, &ints.n));
	ints.v = v;
	for (const cJSON *item = array->child; item; item = item->next, i++) {
		struct decoder one = item_at(d, i);

		if (!take_int(&(struct value){ .json = item }, &ints.v[i]))
			return wrong(&one, "must be an integer");
	}
	*out = ints;
	return OK;
}

static enum err decode_list(struct decoder *d, const cJSON *array,
	struct shape_items *out)
{
	const struct shape *sub = d->at.field->sub();
	struct shape_items items;
	size_t i = 0;

	TRY(open_array(d, array, sub->size, &items.v, &items.n));
	for (const cJSON *item = array->child; item; item = item->next, i++) {
		struct decoder one = item_at(d, i);

		if (!cJSON_IsObject(item))
			return wrong(&one, "must be an object");
		TRY(decode_fields(d->cx, &one.at, sub, item, STR_NONE,
			(char *)items.v + i * sub->size));
	}
	*out = items;
	return OK;
}

static enum err decode_object(struct decoder *d, const cJSON *object, void **out)
{
	const struct shape *sub = d->at.field->sub();
	void *v;

	if (!cJSON_IsObject(object))
		return wrong(d, "must be an object");
	if (!arena_has_room(d->cx->mem, sub->size))
		return too_much(d);
	v = arena_alloc(d->cx->mem, sub->size);
	TRY(decode_fields(d->cx, &d->at, sub, object, STR_NONE, v));
	*out = v;
	return OK;
}

/* ---- fields ---- */

static enum err decode_value(struct decoder *d, const struct value *v, void *out)
{
	switch (d->at.field->kind) {
	case SHAPE_text:
	case SHAPE_octets:
		return decode_text(d, v, out);
	case SHAPE_int:
	case SHAPE_time:
	case SHAPE_id:
		return decode_int(d, v, out);
	case SHAPE_real:
		return decode_real(d, v, out);
	case SHAPE_flag:
	case SHAPE_flag01:
		return decode_flag(d, v, out);
	case SHAPE_texts:
		return decode_texts(d, v->json, out);
	case SHAPE_ints:
		return decode_ints(d, v->json, out);
	case SHAPE_json:
		return decode_json(d, v, out);
	case SHAPE_object:
		return decode_object(d, v->json, out);
	case SHAPE_list:
		return decode_list(d, v->json, out);
	}
	BUG_IF(true, "kind %d", (int)d->at.field->kind);
}

/* Kinds that one value of a query can hold. */
static bool fits_query(enum shape_kind kind)
{
	return kind <= SHAPE_flag01;
}

static bool is_number_or_flag(enum shape_kind kind)
{
	return kind >= SHAPE_int && kind <= SHAPE_flag01;
}

/* Finds what came in for the field; *out_there tells whether anything did. */
static enum err find_value(struct decoder *d, const cJSON *object, str query,
	struct value *out_v, bool *out_there)
{
	const struct shape_field *f = d->at.field;

	*out_v = (struct value){ .json = json_get(object, f->name) };
	*out_there = out_v->json != NULL;
	if (!*out_there && query.n && fits_query(f->kind) && query_has(query, f->name)) {
		if (!arena_has_room(d->cx->mem, query.n))
			return too_much(d);
		if (!query_get(d->cx->mem, query, f->name, &out_v->text))
			return wrong(d, "badly encoded");
		*out_there = true;
	}
	if (*out_there && is_number_or_flag(f->kind) && is_empty_text(out_v))
		*out_there = false;
	return OK;
}

static enum err decode_fields(struct ctx *cx, const struct place *up,
	const struct shape *sh, const cJSON *object, str query, char *out)
{
	uint64_t *has = (uint64_t *)(void *)out;

	for (size_t i = 0; i < sh->n; i++) {
		const struct shape_field *f = &sh->fields[i];
		struct decoder d = { cx, { up, f, 0 } };
		size_t word = f->at / 8;
		struct value v;
		bool there;

		TRY(find_value(&d, object, query, &v, &there));
		if (!there) {
			if (f->need & REQUIRED)
				return missing(&d);
			continue;
		}
		TRY(decode_value(&d, &v, out + f->at));
		has[word / 64] |= UINT64_C(1) << (word % 64);
	}
	return OK;
}

enum err shape_decode(struct ctx *cx, const struct shape *sh, const cJSON *object,
	str query, void *out)
{
	if (object && !cJSON_IsObject(object))
		return why(cx, ERR_INVALID_ARGUMENT, "the JSON text must be an object");
	return decode_fields(cx, NULL, sh, object, query, out);
}

enum err shape_parse(struct ctx *cx, const struct shape *sh, str json, void *out)
{
	const cJSON *root;

	TRY(json_parse(cx, json, &root));
	return shape_decode(cx, sh, root, STR_NONE, out);
}
