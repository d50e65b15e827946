/*
 * client/admin_import.c - members from a CSV file that an administrator uploads.
 */
#include "client/client.h"
#include "client/import_csv.h"
#include "wire/multipart.h"

NO_IN(admin_import)
#define IMPORT_ERROR_ITEM(F, SUB)                                                        \
	F(int, line, ALWAYS, 1, INT64_MAX, "Of the file")                                \
	F(text, column, ALWAYS, 0, 64, "Which column; empty: the row")                   \
	F(text, message, ALWAYS, 0, 512, "What is wrong")
SHAPE(import_error_item, IMPORT_ERROR_ITEM)
#define ADMIN_IMPORT_OUT(F, SUB)                                                         \
	F(int, added, ALWAYS, 0, INT64_MAX, "New members")                               \
	F(int, changed, ALWAYS, 0, INT64_MAX, "Members that were changed")               \
	F(int, unchanged, ALWAYS, 0, INT64_MAX, "Members that were so already")          \
	F(int, failed, ALWAYS, 0, INT64_MAX, "Rows left out")                            \
	F(int, departments, ALWAYS, 0, INT64_MAX, "New departments")                     \
	SUB(list, errors, import_error_item, ALWAYS, 0, IMPORT_MAX_ERRORS,               \
		"Why rows were left out")                                                \
	F(texts, ignored, ALWAYS, 0, IMPORT_MAX_COLUMNS, "Columns nobody knows")
SHAPE(admin_import_out, ADMIN_IMPORT_OUT)

static void fill(struct arena *mem, const struct import_result *r,
	struct admin_import_out *out)
{
	out->added = r->added;
	out->changed = r->changed;
	out->unchanged = r->unchanged;
	out->failed = r->failed;
	out->departments = r->departments;
	out->ignored = r->ignored;
	out->errors.v = ARENA_ARRAY(mem, struct import_error_item, r->n_errors);
	out->errors.n = r->n_errors;
	for (size_t i = 0; i < r->n_errors; i++) {
		out->errors.v[i].line = r->errors[i].line;
		out->errors.v[i].column = r->errors[i].column;
		out->errors.v[i].message = r->errors[i].message;
	}
}

static enum err admin_import(struct req *rq)
{
	struct import_result result;
	struct multipart parts;

	TRY(multipart_parse(rq->cx, http_header(rq->http, "Content-Type"), rq->http->body,
		&parts));
	const struct multipart_part *part = multipart_file(&parts, "media");
	if (!part || !part->body.n)
		return why(rq->cx, ERR_EMPTY_MEDIA, "field `media`: no part with a file");
	TRY(import_csv(rq->house->store, rq->cx, rq->cx->actor.corp, part->body,
		&result));
	fill(rq->cx->mem, &result, rq->out);
	return OK;
}

const struct route admin_import_routes[] = {
	UPLOAD("/v1/admin/members/import", admin_import, admin, WAITS,
		"Add and change members by a CSV file"),
	LAST_ROUTE,
};
