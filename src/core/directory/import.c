/*
 * core/directory/import.c - rows gathered, hashed, written.
 *
 *	source -> gather (copy, parse) -> hash (passwords) -> write (one transaction) -> tell
 *
 * A chunk has an arena and a ctx of its own, so memory does not grow with the
 * file.  The write may run twice; everything it finds out stands in the chunk's
 * rows and is counted after the commit.
 */
#include <stdlib.h>

#include "base/ids.h"
#include "core/directory/check.h"
#include "core/directory/corp.sql.h"
#include "core/directory/import_departments.h"
#include "core/directory/import_row.h"
#include "core/directory/import_seen.h"
#include "core/directory/member.sql.h"
#include "core/directory/member_row.h"

enum { CHUNK_ROWS = 2000, PASSWORDS_MAX = 1000 };
enum outcome { ROW_FAILED, ROW_ADDED, ROW_CHANGED, ROW_UNCHANGED };

struct chunk_row {
	struct import_row row;
	bool is_bad; /* before it came to writing */
	enum outcome outcome;
	str column, message;
};

struct import {
	struct store *store;
	struct ctx *cx;    /* restarted with each chunk */
	struct ctx *outer; /* the caller's, for what lasts */
	int64_t corp;
	const struct import_source *source;
	const struct import_passwords *passwords;
	struct import_header header;
	struct department_map *departments;
	struct import_seen *seen;
	struct arena *mem; /* the chunk's cells */
	struct chunk_row *rows;
	size_t n;
	int64_t made, hashed;
	struct import_result result;
};

/* ---- errors ---- */

/* Words begin with "field `column`", mostly: then that is the column. */
static bool take_field(str *words, str *out_column)
{
	str rest = *words, column;

	if (!str_starts(rest, STR("field `")))
		return false;
	rest = str_skip(rest, sizeof("field `") - 1);
	column = str_cut(&rest, '`');
	if (str_starts(rest, STR(":")))
		rest = str_skip(rest, 1);
	*words = str_trim(rest);
	*out_column = column;
	return true;
}

static void row_failed(struct import *im, struct chunk_row *row, const char *column)
{
	str words = arena_str(im->mem, im->cx->words);

	row->outcome = ROW_FAILED;
	if (!take_field(&words, &row->column))
		row->column = str_of(column);
	row->message = words.n ? words : str_of(err_row(im->cx->code)->english);
	ctx_forgive(im->cx);
}

static bool is_rows_fault(enum err err)
{
	return err != ERR_STORE && err != ERR_NO_SPACE && err != ERR_BUSY &&
		err != ERR_STOPPING && err != ERR_BAD_CORPID;
}

/* ---- gathering ---- */

static void read_row(struct import *im, const struct import_cells *cells)
{
	struct chunk_row *row = &im->rows[im->n++];
	enum import_column column = COLUMN_USERID;
	int64_t line;

	row->is_bad = true;
	row->column = row->message = STR("");
	if (import_row_read(im->cx, &im->header, cells, &row->row, &column) != OK) {
		row_failed(im, row, import_column_name(column));
		return;
	}
	str userid = userid_fold(im->mem, row->row.cells[COLUMN_USERID]);
	if (!import_seen_put(im->seen, userid, cells->line, &line)) {
		IGNORE_ERR(why(im->cx, ERR_CONFLICT,
			"field `userid`: also in line %" PRId64, line));
		row_failed(im, row, "userid");
		return;
	}
	row->is_bad = false;
}

static struct import_cells copy_cells(struct import *im, const struct import_cells *from)
{
	size_t n = from->n < IMPORT_MAX_COLUMNS ? from->n : IMPORT_MAX_COLUMNS;
	str *v = ARENA_ARRAY(im->mem, str, n);

	for (size_t i = 0; i < n; i++)
		v[i] = arena_str(im->mem, from->v[i]);
	return (struct import_cells){ from->line, v, n };
}

static enum err gather(struct import *im, bool *out_more)
{
	struct import_cells cells;

	arena_clear(im->mem);
	im->n = 0;
	*out_more = true;
	while (im->n < CHUNK_ROWS) {
		TRY(im->source->next(im->source->arg, &cells, out_more));
		if (!*out_more)
			return OK;
		struct import_cells copy = copy_cells(im, &cells);
		read_row(im, &copy);
	}
	return OK;
}

/* ---- passwords ---- */

static bool has_password(const struct chunk_row *row)
{
	return !row->is_bad && row->row.cells[COLUMN_PASSWORD].n;
}

/* Marks, by a hash of "?", the rows whose member has none yet. */
static enum err mark_needed(struct tx *tx, void *arg)
{
	struct import *im = arg;

	for (size_t i = 0; i < im->n; i++) {
		struct import_row *row = &im->rows[i].row;
		struct found_row member = { 0 };
		bool found, needs;

		if (!has_password(&im->rows[i]))
			continue;
		TRY(member_of_userid(tx, im->corp,
			userid_fold(tx->cx->mem, row->cells[COLUMN_USERID]), &member,
			&found));
		TRY(im->passwords->needs(tx, im->corp, found ? member.member : 0,
			&needs));
		row->password_hash = needs ? STR("?") : STR("");
	}
	return OK;
}

static void hash_one(struct import *im, struct chunk_row *row)
{
	str hash;
	enum err err;

	if (im->hashed++ >= PASSWORDS_MAX)
		err = why(im->cx, ERR_INVALID_ARGUMENT,
			"field `password`: at most %d in one import", PASSWORDS_MAX);
	else
		err = im->passwords->hash(im->cx, row->row.cells[COLUMN_PASSWORD], &hash);
	if (err == OK) {
		row->row.password_hash = arena_str(im->mem, hash);
		return;
	}
	row->is_bad = true;
	row_failed(im, row, "password");
}

static enum err hash_passwords(struct import *im)
{
	bool any = false;

	for (size_t i = 0; i < im->n; i++)
		any |= has_password(&im->rows[i]);
	if (!any)
		return OK;
	if (!im->passwords)
		return why(im->cx, ERR_BAD_CSV, "field `password`: not taken here");
	TRY(store_read(im->store, im->cx, mark_needed, im));
	for (size_t i = 0; i < im->n; i++)
		if (im->rows[i].row.password_hash.n)
			hash_one(im, &im->rows[i]);
	return OK;
}

/* ---- writing ---- */

static int place_order(const void *left, const void *right)
{
	const struct member_place *a = left, *b = right;

	return a->department < b->department ? -1 : a->department > b->department;
}

/* Sorted by department, each once; main is the first of the cell. */
static enum err find_places(struct tx *tx, struct import *im, struct import_row *row,
	struct member_place *places, size_t *out_n, int64_t *out_main)
{
	size_t n = 0;

	for (size_t i = 0; i < row->n_places; i++) {
		places[i] = row->places[i];
		TRY(department_map_get(tx, im->departments, row->departments[i],
			&places[i].department));
	}
	if (row->n_places)
		*out_main = places[0].department;
	qsort(places, row->n_places, sizeof(*places), place_order);
	for (size_t i = 0; i < row->n_places; i++)
		if (n == 0 || places[n - 1].department != places[i].department)
			places[n++] = places[i];
	*out_n = n;
	return OK;
}

static bool same_places(const struct member_place *a, size_t n,
	const struct member_place *b, size_t m)
{
	bool same = n == m;

	for (size_t i = 0; same && i < n; i++)
		same = a[i].department == b[i].department &&
			a[i].sort_order == b[i].sort_order &&
			a[i].is_leader == b[i].is_leader;
	return same;
}

static bool same_member(const struct member *a, const struct member *b)
{
	return str_same(a->name, b->name) && str_same(a->position, b->position) &&
		str_same(a->mobile, b->mobile) && str_same(a->email, b->email) &&
		str_same(a->biz_mail, b->biz_mail) && str_same(a->alias, b->alias) &&
		str_same(a->telephone, b->telephone) &&
		str_same(a->address, b->address) &&
		str_same(a->direct_leader, b->direct_leader) &&
		str_same(a->external_position, b->external_position) &&
		a->gender == b->gender && a->admin == b->admin &&
		a->serves_customers == b->serves_customers &&
		a->main_department == b->main_department;
}

static enum err add(struct tx *tx, struct import *im, struct import_row *row,
	int64_t *number)
{
	struct member_place places[MEMBER_MAX_PLACES];
	struct member m = { .corp = im->corp,
		.userid = row->cells[COLUMN_USERID],
		.status = row->password_hash.n ? MEMBER_ACTIVE : MEMBER_NOT_ACTIVATED,
		.main_department = DEPARTMENT_ROOT,
		.created_ms = tx->cx->now_ms };
	size_t n;

	import_row_apply(row, &m);
	TRY(check_member(tx->cx, &m));
	TRY(member_contact_is_free(tx, &m));
	TRY(find_places(tx, im, row, places, &n, &m.main_department));
	if (!n) {
		places[0] = (struct member_place){ .department = DEPARTMENT_ROOT };
		n = 1;
	}
	m.member = id_next();
	m.number = *number;
	TRY(member_row_insert(tx, &m));
	TRY(member_places_put(tx, &m, places, n, true));
	if (row->password_hash.n)
		TRY(im->passwords->put(tx, im->corp, m.member, row->password_hash));
	++*number;
	return OK;
}

static enum err change(struct tx *tx, struct import *im, struct import_row *row,
	const struct member *before, enum outcome *out)
{
	struct member_place places[MEMBER_MAX_PLACES], *old;
	struct member m = *before;
	size_t n, n_old;

	import_row_apply(row, &m);
	TRY(check_member(tx->cx, &m));
	TRY(member_contact_is_free(tx, &m));
	TRY(find_places(tx, im, row, places, &n, &m.main_department));
	TRY(member_places(tx, im->corp, m.member, &old, &n_old));
	bool moves = n && !same_places(places, n, old, n_old);
	bool changes = !same_member(before, &m);
	if (changes)
		TRY(member_row_update(tx, &m));
	if (moves)
		TRY(member_places_put(tx, &m, places, n, false));
	if (row->password_hash.n) {
		TRY(im->passwords->put(tx, im->corp, m.member, row->password_hash));
		if (m.status == MEMBER_NOT_ACTIVATED)
			TRY(member_update_status(tx, im->corp, m.member, MEMBER_ACTIVE,
				0));
	}
	*out = changes || moves || row->password_hash.n ? ROW_CHANGED : ROW_UNCHANGED;
	return OK;
}

static enum err write_row(struct tx *tx, struct import *im, struct chunk_row *row,
	int64_t *number)
{
	struct member_row found_row;
	struct member before;
	bool found;

	TRY(member_select_by_userid(tx, im->corp,
		userid_fold(tx->cx->mem, row->row.cells[COLUMN_USERID]), &found_row,
		&found));
	row->outcome = ROW_ADDED;
	if (!found)
		return add(tx, im, &row->row, number);
	member_of_row(im->corp, &found_row, &before);
	if (before.status == MEMBER_LEFT)
		return why(tx->cx, ERR_CONFLICT,
			"field `userid`: of a member who has left");
	return change(tx, im, &row->row, &before, &row->outcome);
}

static enum err write_rows(struct tx *tx, struct import *im, int64_t *number,
	bool *out_any)
{
	for (size_t i = 0; i < im->n; i++) {
		struct chunk_row *row = &im->rows[i];

		if (row->is_bad)
			continue;
		enum err err = write_row(tx, im, row, number);
		if (err != OK && !is_rows_fault(err))
			return err;
		if (err != OK)
			row_failed(im, row, "");
		*out_any |= row->outcome == ROW_ADDED || row->outcome == ROW_CHANGED;
	}
	return OK;
}

static enum err write_chunk(struct tx *tx, void *arg)
{
	struct import *im = arg;
	struct corp_next_number_row next;
	struct corp_take_numbers_row taken;
	bool found, any = false;

	TRY(department_map_begin(tx, im->departments));
	TRY(corp_next_number(tx, im->corp, &next, &found));
	int64_t number = next.next_member_number;
	TRY(write_rows(tx, im, &number, &any));
	if (number > next.next_member_number)
		TRY(corp_take_numbers(tx, im->corp, number - next.next_member_number,
			&taken, &found));
	TRY(department_map_end(tx, im->departments, &im->made));
	if (any || im->made)
		directory_changed(tx, im->corp);
	return OK;
}

/* ---- the result ---- */

static void tell_failure(struct import *im, const struct chunk_row *row)
{
	struct import_result *r = &im->result;
	struct arena *mem = im->outer->mem;

	r->failed++;
	if (r->n_errors < IMPORT_MAX_ERRORS)
		r->errors[r->n_errors++] = (struct import_error){ row->row.line,
			arena_str(mem, row->column), arena_str(mem, row->message) };
}

static void tell(struct import *im)
{
	struct import_result *r = &im->result;

	for (size_t i = 0; i < im->n; i++)
		switch (im->rows[i].outcome) {
		case ROW_ADDED:
			r->added++;
			break;
		case ROW_CHANGED:
			r->changed++;
			break;
		case ROW_UNCHANGED:
			r->unchanged++;
			break;
		case ROW_FAILED:
			tell_failure(im, &im->rows[i]);
		}
	r->departments += im->made;
	im->made = 0;
}

static enum err run(struct import *im)
{
	struct import_cells header;
	bool more;

	TRY(im->source->next(im->source->arg, &header, &more));
	if (!more)
		return why(im->cx, ERR_BAD_CSV, "the table is empty");
	TRY(import_header_read(im->outer, &header, &im->header, &im->result.ignored));
	while (more) {
		ctx_restart(im->cx);
		TRY(gather(im, &more));
		TRY(hash_passwords(im));
		if (im->n)
			TRY(store_write(im->store, im->cx, write_chunk, im));
		tell(im);
	}
	return OK;
}

enum err import_members(struct store *store, struct ctx *cx, int64_t corp,
	const struct import_source *source, const struct import_passwords *passwords,
	struct import_result *out)
{
	struct import im = {
		.store = store,
		.cx = ctx_new(0),
		.outer = cx,
		.corp = corp,
		.source = source,
		.passwords = passwords,
		.departments = department_map_new(corp),
		.seen = import_seen_new(),
		.mem = arena_new(0),
		.rows = calloc(CHUNK_ROWS, sizeof(*im.rows)),
	};

	BUG_IF(!im.rows, "out of memory");
	im.cx->actor = cx->actor;
	im.result.errors = ARENA_ARRAY(cx->mem, struct import_error, IMPORT_MAX_ERRORS);
	enum err err = run(&im);
	if (err != OK && im.cx->code == err)
		err = why(cx, err, "%.*s", STR_FMT(im.cx->words));
	if (err == OK)
		*out = im.result;
	free(im.rows);
	arena_free(im.mem);
	import_seen_free(im.seen);
	department_map_free(im.departments);
	ctx_free(im.cx);
	return err;
}
