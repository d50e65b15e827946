/*
 * base/json.h - JSON from strangers, made safe for cJSON.
 *
 * cJSON rounds integers past 2^53, cuts strings at \u0000, and accepts bad
 * UTF-8 and trailing bytes; so the text is scanned first: UTF-8, no NUL in any
 * form, depth at most 32, nothing but blanks after the end.  The tree lives in
 * the arena and is never freed by hand.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <cjson/cJSON.h>

#include "base/ctx.h"

/* ERR_BAD_JSON with words that say where; an empty text is an empty object. */
enum err json_parse(struct ctx *cx, str text, const cJSON **out_root);
/* The member of an object, matched with case; NULL when absent or null. */
const cJSON *json_get(const cJSON *object, const char *name);
/* Compact text of a tree. */
str json_text(struct arena *mem, const cJSON *item);
/* Once, before the first parse. */
void json_init(void);

#endif
