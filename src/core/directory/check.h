/*
 * core/directory/check - what a field of the directory may hold.
 *
 * Each says ERR_INVALID_ARGUMENT, or the code of WeCom's that fits better, with
 * the field's name in the words.
 */
#ifndef CORE_DIRECTORY_CHECK_H
#define CORE_DIRECTORY_CHECK_H

#include "core/directory/directory.h"

/* UTF-8 of min to max characters; a line has no control characters. */
enum err check_text(struct ctx *cx, const char *field, str s, size_t min, size_t max);
enum err check_line(struct ctx *cx, const char *field, str s, size_t min, size_t max);
/* 1 to 64 of letters, digits and _-@. beginning with a letter or digit: ERR_BAD_USERID. */
enum err check_userid(struct ctx *cx, const char *field, str userid);
/* A department's name: 1 to 64 characters without \ : * ? " < > | */
enum err check_department_name(struct ctx *cx, const char *field, str name);
/* All fields of a member but status and places. */
enum err check_member(struct ctx *cx, const struct member *m);

#endif
