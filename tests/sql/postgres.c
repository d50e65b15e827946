/*
 * tests/sql/postgres.c - every statement of the house on a PostgreSQL server.
 *
 * Migrates an empty database, then prepares each statement with the parameter
 * types of its heading and compares the types of what it returns.  Run it by
 * tests/sql/with-postgres, which brings the server.
 */
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sqlbox/sqlbox_list.h"
#include "store/store.h"

extern const struct migration schema_migrations[];

/* Of the catalogue pg_type; they never change. */
enum { INT8 = 20, INT4 = 23, TEXT = 25, BYTEA = 17, INT8S = 1016, TEXTS = 1009 };

static int faults;

static void fault(const struct sqlbox_item *q, const char *words)
{
	fprintf(stderr, "%s:%d: %s: %s\n", q->file, q->line, q->name, words);
	faults++;
}

static Oid type_of(char letter)
{
	switch (letter) {
	case 'i':
		return INT8;
	case 't':
		return TEXT;
	case 'b':
		return BYTEA;
	case 'I':
		return INT8S;
	default:
		return TEXTS;
	}
}

static void check_columns(PGconn *pg, const struct sqlbox_item *q)
{
	PGresult *r = PQdescribePrepared(pg, q->name);
	char words[128];

	if ((size_t)PQnfields(r) != strlen(q->columns))
		fault(q, "the heading and the SELECT list differ in columns");
	for (int i = 0; i < PQnfields(r) && q->columns[i]; i++) {
		if (PQftype(r, i) == type_of(q->columns[i]))
			continue;
		if (PQftype(r, i) == INT4 && q->columns[i] == 'i')
			continue;
		snprintf(words, sizeof(words),
			"column %d is of type %u, not %u (CAST it)", i + 1, PQftype(r, i),
			type_of(q->columns[i]));
		fault(q, words);
	}
	PQclear(r);
}

static void check_statement(PGconn *pg, const struct sqlbox_item *q)
{
	Oid types[64];
	int n = (int)strlen(q->params);
	PGresult *r;

	for (int i = 0; i < n; i++)
		types[i] = type_of(q->params[i]);
	r = PQprepare(pg, q->name, q->postgres, n, types);
	if (PQresultStatus(r) == PGRES_COMMAND_OK)
		check_columns(pg, q);
	else
		fault(q, PQerrorMessage(pg));
	PQclear(r);
}

static void migrate(PGconn *pg)
{
	for (const struct migration *m = schema_migrations; m->name; m++) {
		PGresult *r = PQexec(pg, m->postgres);

		if (PQresultStatus(r) != PGRES_COMMAND_OK) {
			fprintf(stderr, "%s: %s", m->name, PQerrorMessage(pg));
			exit(1);
		}
		PQclear(r);
	}
}

int main(void)
{
	PGconn *pg = PQconnectdb("");
	size_t n;

	if (PQstatus(pg) != CONNECTION_OK) {
		fprintf(stderr, "%s", PQerrorMessage(pg));
		return 1;
	}
	migrate(pg);
	for (n = 0; sqlbox_list[n].name; n++)
		check_statement(pg, &sqlbox_list[n]);
	printf("%zu statements on PostgreSQL %d, %d faults\n", n, PQserverVersion(pg),
		faults);
	PQfinish(pg);
	return faults || !n;
}
