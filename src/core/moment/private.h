/*
 * core/moment/private.h - between the files of core/moment.
 */
#ifndef CORE_MOMENT_PRIVATE_H
#define CORE_MOMENT_PRIVATE_H

#include "core/moment/moment.sql.h"
#include "core/moment/post.h"

/* A list of numbers as text for the table, and back. */
str moment_ints_pack(struct arena *mem, struct ints ints);
enum err moment_ints_read(struct ctx *cx, str text, struct ints *out);

enum err moment_set(struct tx *tx, int64_t corp, int64_t moment, enum moment_state state);
enum err moment_keep_tags(struct tx *tx, int64_t corp, int64_t moment, struct ints tags);
/* A new row; gives number and time. */
enum err moment_add(struct tx *tx, struct moment *m);
/* Gives a moment to a member, who may have it already. */
enum err post_add(struct tx *tx, int64_t corp, int64_t moment, int64_t member,
	enum post_status status, int64_t published_ms, bool *out_new);

#endif
