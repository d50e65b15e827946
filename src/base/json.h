/*
 * base/json.h - JSON from strangers, made safe for cJSON.
 *
 * cJSON rounds integers past 2^53, cuts strings at \u0000, and accepts bad
 * UTF-8, loose numbers and trailing bytes; so the text is first held against
 * RFC 8259 in one pass: UTF-8, no NUL in any form, depth at most 32, nothing
 * but blanks after the end.  A byte order mark in front is skipped.
 *
 * The tree lives in the arena and is never freed by hand.  A number that a
 * double may not hold (a fraction, an exponent, more than 15 digits) keeps its
 * own text in valuestring, so json_text gives back what came in.  cJSON's
 * functions that allocate may not be called elsewhere: outside json_parse there
 * is no arena for them.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "base/ctx.h"

/* ERR_BAD_JSON with words that say where; an empty text is an empty object.
 * ERR_TOO_LARGE when the tree would not fit the arena's budget. */
enum err json_parse(struct ctx *cx, str text, const cJSON **out_root);
/* The member of an object, matched with case; NULL when absent or null.  Of
 * members with the same name, the first. */
const cJSON *json_get(const cJSON *object, const char *name);
/* The value of a number, if it is an integer that is known exactly. */
bool json_int(const cJSON *number, int64_t *out);
/* The value of a number, if it is finite. */
bool json_real(const cJSON *number, double *out);
/* Compact text of a tree. */
str json_text(struct arena *mem, const cJSON *item);
void json_put(struct buf *b, const cJSON *item);
/* At most so many bytes; a stranger's tree is measured before it is written. */
size_t json_text_bound(const cJSON *item);
/* Sets cJSON's hooks; json_parse does so too, if nobody has. */
void json_init(void);

#endif
