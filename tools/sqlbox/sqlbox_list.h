/*
 * tools/sqlbox/sqlbox_list.h - the tables that sqlbox --list and --marks write,
 * for the tests that look at every statement on both engines.
 */
#ifndef SQLBOX_LIST_H
#define SQLBOX_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct sqlbox_item {
	const char *file;
	int line;
	const char *name; /* NULL ends the list */
	const char *sqlite, *postgres;
	/* A letter each: i I64, t TEXT, b BYTES, I and T lists. */
	const char *params, *columns;
	bool writes;
	bool may_scan;
};

extern const struct sqlbox_item sqlbox_list[];
/* Tables and indexes that need not begin with corp; NULL ends. */
extern const char *const sqlbox_marked[];

#endif
