#include "frame/answer.h"
#include "frame/describe.h"
#include "frame/describe_shapes.h"

static const char *const kinds[] = { "text", "text", "int", "time", "id", "number",
	"bool", "0|1", "text[]", "int[]", "any", "object", "object[]" };

static void put_limits(struct buf *b, const struct shape_field *f)
{
	const char *unit = f->kind == SHAPE_text ? " chars"
		: f->kind == SHAPE_octets        ? " bytes"
		: f->kind == SHAPE_texts || f->kind == SHAPE_ints || f->kind == SHAPE_list
		? " items"
		: "";

	if (f->kind == SHAPE_flag || f->kind == SHAPE_flag01 || f->kind == SHAPE_object ||
		f->kind == SHAPE_id || f->kind == SHAPE_json)
		return;
	if (f->max && f->max < INT32_MAX)
		buf_printf(b, "%" PRId64 "…%" PRId64 "%s", f->min, f->max, unit);
}

static void put_fields(struct buf *b, const struct shape *sh, str path)
{
	for (size_t i = 0; i < sh->n; i++) {
		const struct shape_field *f = &sh->fields[i];

		buf_printf(b, "| `%.*s%s` | %s%s | ", STR_FMT(path), f->name,
			kinds[f->kind], f->need & REQUIRED ? ", required" : "");
		put_limits(b, f);
		buf_printf(b, " | %s |\n", f->doc);
		if (f->sub)
			put_fields(b, f->sub(),
				arena_printf(b->mem, "%.*s%s%s.", STR_FMT(path), f->name,
					f->kind == SHAPE_list ? "[]" : ""));
	}
}

static void put_shape(struct buf *b, const char *title, const struct shape *sh)
{
	if (shape_is_empty(sh))
		return;
	buf_printf(b, "\n| %s | type | limits | |\n|---|---|---|---|\n", title);
	put_fields(b, sh, STR_NONE);
}

str describe_markdown(struct arena *mem, const struct gate *g)
{
	const struct route *const *rows;
	size_t n = gate_routes(g, &rows);
	struct buf b;

	buf_init(&b, mem, 1 << 17);
	buf_lit(&b,
		"# The API, row by row\n\nPrinted by `liaisond describe api`; change the shapes, "
		"then `make describe`.\nRows under `/cgi-bin` are WeCom's and want "
		"`access_token` in the query; rows under `/v1` are our own\n"
		"clients'.\n");
	for (size_t i = 0; i < n; i++) {
		buf_printf(&b, "\n## %s %s\n\n%s.", rows[i]->method, rows[i]->path,
			rows[i]->doc);
		if (rows[i]->scope != SCOPE_none)
			buf_printf(&b, " Scope: %s.", scope_doc((int)rows[i]->scope));
		buf_char(&b, '\n');
		put_shape(&b, "in", rows[i]->in());
		put_shape(&b, "out", rows[i]->out());
	}
	return buf_str(&b);
}
