/*
 * tests/unit/unit.h - what every unit test includes: cmocka with what it wants
 * before it, and asserts for our own types.
 */
#ifndef UNIT_H
#define UNIT_H

#include <setjmp.h>
#include <stdarg.h>

#include "base/err.h"
#include "base/str.h"
/* cmocka comes last */
#include <cmocka.h>

#define assert_str(s, z) assert_slice((s), (z), __FILE__, __LINE__)
#define assert_ok(x) assert_int_equal((x), OK)

static inline void assert_slice(str s, const char *z, const char *file, int line)
{
	if (str_is(s, z))
		return;
	print_error("got \"%.*s\", want \"%s\"\n", STR_FMT(s), z);
	_fail(file, line);
}

#endif
