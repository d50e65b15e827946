#include "frame/describe.h"
#include "frame/describe_shapes.h"

static const char *ts_type(const struct shape_field *f)
{
	switch (f->kind) {
	case SHAPE_int:
	case SHAPE_time:
	case SHAPE_real:
	case SHAPE_flag01:
		return "number";
	case SHAPE_flag:
		return "boolean";
	case SHAPE_texts:
		return "string[]";
	case SHAPE_ints:
		return "number[]";
	case SHAPE_json:
		return "unknown";
	default:
		return "string";
	}
}

/* `in`: what a caller may leave out; going out, what may be missing. */
static bool may_lack(const struct shape_field *f)
{
	return !(f->need & (REQUIRED | ALWAYS));
}

static void put_interface(struct buf *b, const struct shape *sh)
{
	buf_printf(b, "\nexport interface %.*s {\n",
		STR_FMT(shape_type_name(b->mem, sh->name)));
	for (size_t i = 0; i < sh->n; i++) {
		const struct shape_field *f = &sh->fields[i];

		buf_printf(b, "  /** %s */\n  %s%s: ", f->doc, f->name,
			may_lack(f) ? "?" : "");
		if (f->sub)
			buf_printf(b, "%.*s%s;\n",
				STR_FMT(shape_type_name(b->mem, f->sub()->name)),
				f->kind == SHAPE_list ? "[]" : "");
		else
			buf_printf(b, "%s;\n", ts_type(f));
	}
	buf_lit(b, "}\n");
}

static str route_type(struct arena *mem, const struct shape *sh)
{
	return shape_is_empty(sh) ? STR("Record<string, never>")
				  : shape_type_name(mem, sh->name);
}

str describe_ts(struct arena *mem, const struct gate *g)
{
	const struct route *const *rows;
	size_t n = gate_routes(g, &rows);
	struct shape_set *set = ARENA_NEW(mem, struct shape_set);
	struct buf b;

	buf_init(&b, mem, 1 << 16);
	buf_lit(&b,
		"/*\n * The shapes and routes of /v1, printed by `liaisond describe ts`.\n"
		" * Not written by hand: change the shapes, then `make describe`.\n */\n");
	shape_set_of(set, g, STR("/v1/"));
	for (size_t i = 0; i < set->n; i++)
		put_interface(&b, set->v[i]);
	buf_lit(&b,
		"\n/** What each route takes and gives. */\nexport interface Routes {\n");
	for (size_t i = 0; i < n; i++) {
		if (!str_starts(str_of(rows[i]->path), STR("/v1/")))
			continue;
		buf_printf(&b, "  /** %s */\n  '%s %s': { in: %.*s; out: %.*s };\n",
			rows[i]->doc, rows[i]->method, rows[i]->path,
			STR_FMT(route_type(mem, rows[i]->in())),
			STR_FMT(route_type(mem, rows[i]->out())));
	}
	buf_lit(&b, "}\n");
	return buf_str(&b);
}

str describe_errors_ts(struct arena *mem)
{
	const struct err_row *rows;
	size_t n = err_rows(&rows);
	struct buf b;

	buf_init(&b, mem, 1 << 14);
	buf_lit(&b,
		"/*\n * What each error number means, printed by `liaisond describe errors`\n"
		" * from src/base/errors.def.\n */\n\n"
		"export const errors: Record<number, { en: string; zh: string }> = {\n");
	for (size_t i = 0; i < n; i++) {
		buf_printf(&b, "  [%d]: { en: ", (int)rows[i].code);
		buf_json_str(&b, str_of(rows[i].english));
		buf_lit(&b, ", zh: ");
		buf_json_str(&b, str_of(rows[i].chinese));
		buf_lit(&b, " },\n");
	}
	buf_lit(&b, "};\n");
	return buf_str(&b);
}
