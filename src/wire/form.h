/*
 * wire/form.h - application/x-www-form-urlencoded text, as in queries too.
 *
 * WHATWG URL 5.1: pairs parted by '&', '+' is a blank, %XX a byte; a broken
 * escape stays as typed.  What comes out is not checked for UTF-8.
 */
#ifndef WIRE_FORM_H
#define WIRE_FORM_H

#include "base/arena.h"

/* Takes the next pair off *rest; false at the end. */
bool form_next(struct arena *mem, str *rest, str *out_name, str *out_value);
/* The first value of that name; false when absent. */
bool form_get(struct arena *mem, str form, const char *name, str *out_value);
/* %XX and '+' decoded; form_unescape leaves '+' alone. */
str form_decode(struct arena *mem, str s);
str form_unescape(struct arena *mem, str s);

#endif
