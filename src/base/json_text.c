/*
 * base/json_text.c - trees as compact text.
 *
 * cJSON's own printer would round numbers and allocate in steps; this one gives
 * back a number's own text, and knows beforehand how much it may need.
 */
#include "base/json.h"

#include <math.h>

static void put_number(struct buf *b, const cJSON *item)
{
	char text[32];
	int64_t v;

	if (item->valuestring) {
		buf_lit(b, item->valuestring);
	} else if (json_int(item, &v)) {
		buf_int(b, v);
	} else if (!isfinite(item->valuedouble)) {
		buf_lit(b, "null");
	} else {
		snprintf(text, sizeof(text), "%.15g", item->valuedouble);
		if (strtod(text, NULL) != item->valuedouble)
			snprintf(text, sizeof(text), "%.17g", item->valuedouble);
		buf_lit(b, text);
	}
}

static void put_children(struct buf *b, const cJSON *parent)
{
	bool named = cJSON_IsObject(parent);

	buf_char(b, named ? '{' : '[');
	for (const cJSON *item = parent->child; item; item = item->next) {
		if (item != parent->child)
			buf_char(b, ',');
		if (named) {
			buf_json_str(b, str_of(item->string));
			buf_char(b, ':');
		}
		json_put(b, item);
	}
	buf_char(b, named ? '}' : ']');
}

void json_put(struct buf *b, const cJSON *item)
{
	if (cJSON_IsObject(item) || cJSON_IsArray(item))
		put_children(b, item);
	else if (cJSON_IsString(item))
		buf_json_str(b, str_of(item->valuestring));
	else if (cJSON_IsNumber(item))
		put_number(b, item);
	else if (cJSON_IsBool(item))
		buf_lit(b, cJSON_IsTrue(item) ? "true" : "false");
	else
		buf_lit(b, "null");
}

static size_t string_bound(const char *z)
{
	size_t n = 2;

	for (; *z; z++)
		n += (unsigned char)*z < 0x20 ? 6 : *z == '"' || *z == '\\' ? 2 : 1;
	return n;
}

size_t json_text_bound(const cJSON *item)
{
	size_t n = 2; /* brackets */

	if (cJSON_IsString(item))
		return string_bound(item->valuestring);
	if (cJSON_IsNumber(item))
		return item->valuestring ? strlen(item->valuestring) : 24;
	if (!cJSON_IsObject(item) && !cJSON_IsArray(item))
		return 5;
	for (const cJSON *child = item->child; child; child = child->next) {
		n += json_text_bound(child) + 2; /* comma and colon */
		if (cJSON_IsObject(item))
			n += string_bound(child->string);
	}
	return n;
}

str json_text(struct arena *mem, const cJSON *item)
{
	struct buf b;

	buf_init(&b, mem, json_text_bound(item));
	json_put(&b, item);
	return buf_str(&b);
}
