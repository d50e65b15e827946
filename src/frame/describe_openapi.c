/*
 * frame/describe_openapi.c - OpenAPI 3.1 from rows and shapes.
 */
#include "frame/answer.h"
#include "frame/describe.h"
#include "frame/describe_shapes.h"

static void put_bounds(struct buf *b, const struct shape_field *f, const char *low,
	const char *high)
{
	if (f->min != 0)
		buf_printf(b, ",\"%s\":%" PRId64, low, f->min);
	if (f->max != 0 && f->max != INT64_MAX)
		buf_printf(b, ",\"%s\":%" PRId64, high, f->max);
}

static void put_ref(struct buf *b, const struct shape *sh)
{
	buf_printf(b, "{\"$ref\":\"#/components/schemas/%.*s\"}",
		STR_FMT(shape_type_name(b->mem, sh->name)));
}

static void put_type(struct buf *b, const struct shape_field *f)
{
	switch (f->kind) {
	case SHAPE_text:
	case SHAPE_octets:
		buf_lit(b, "\"type\":\"string\"");
		put_bounds(b, f, "minLength", "maxLength");
		break;
	case SHAPE_id:
		buf_lit(b, "\"type\":\"string\",\"pattern\":\"^-?[0-9]+$\"");
		break;
	case SHAPE_int:
	case SHAPE_time:
		buf_lit(b, "\"type\":\"integer\",\"format\":\"int64\"");
		put_bounds(b, f, "minimum", "maximum");
		break;
	case SHAPE_real:
		buf_lit(b, "\"type\":\"number\"");
		put_bounds(b, f, "minimum", "maximum");
		break;
	case SHAPE_flag:
		buf_lit(b, "\"type\":\"boolean\"");
		break;
	case SHAPE_flag01:
		buf_lit(b, "\"type\":\"integer\",\"enum\":[0,1]");
		break;
	case SHAPE_texts:
	case SHAPE_ints:
		buf_printf(b, "\"type\":\"array\",\"items\":{\"type\":\"%s\"}",
			f->kind == SHAPE_texts ? "string" : "integer");
		put_bounds(b, f, "minItems", "maxItems");
		break;
	case SHAPE_list:
		buf_lit(b, "\"type\":\"array\",\"items\":");
		put_ref(b, f->sub());
		put_bounds(b, f, "minItems", "maxItems");
		break;
	case SHAPE_object:
		buf_lit(b, "\"allOf\":[");
		put_ref(b, f->sub());
		buf_char(b, ']');
		break;
	case SHAPE_json:
		buf_lit(b, "\"x-any\":true");
		break;
	}
}

static void put_field(struct buf *b, const struct shape_field *f)
{
	buf_char(b, '{');
	put_type(b, f);
	if (f->need & SECRET)
		buf_lit(b, ",\"writeOnly\":true");
	buf_lit(b, ",\"description\":");
	buf_json_str(b, str_of(f->doc));
	buf_char(b, '}');
}

static void put_schema(struct buf *b, const struct shape *sh)
{
	const char *comma = "";

	buf_printf(b, "\"%.*s\":{\"type\":\"object\",\"properties\":{",
		STR_FMT(shape_type_name(b->mem, sh->name)));
	for (size_t i = 0; i < sh->n; i++) {
		buf_printf(b, "%s\"%s\":", i ? "," : "", sh->fields[i].name);
		put_field(b, &sh->fields[i]);
	}
	buf_lit(b, "},\"required\":[");
	for (size_t i = 0; i < sh->n; i++)
		if (sh->fields[i].need & (REQUIRED | ALWAYS)) {
			buf_printf(b, "%s\"%s\"", comma, sh->fields[i].name);
			comma = ",";
		}
	buf_lit(b, "]}");
}

static void put_parameters(struct buf *b, const struct route *r)
{
	const struct shape *sh = r->in();
	const char *comma = "";

	buf_lit(b, "\"parameters\":[");
	if (answer_is_wecom(str_of(r->path)) && r->scope != SCOPE_none) {
		buf_lit(b,
			"{\"name\":\"access_token\",\"in\":\"query\",\"required\":true,"
			"\"schema\":{\"type\":\"string\"}}");
		comma = ",";
	}
	for (size_t i = 0; i < sh->n; i++) {
		const struct shape_field *f = &sh->fields[i];

		if (strcmp(r->method, "GET") != 0 && !(r->flags & ROUTE_RAW_BODY))
			break;
		buf_printf(b,
			"%s{\"name\":\"%s\",\"in\":\"query\",\"required\":%s,\"schema\":",
			comma, f->name, f->need & REQUIRED ? "true" : "false");
		put_field(b, f);
		buf_char(b, '}');
		comma = ",";
	}
	buf_char(b, ']');
}

static void put_body(struct buf *b, const struct route *r)
{
	if (!strcmp(r->method, "GET"))
		return;
	buf_lit(b, ",\"requestBody\":{\"required\":true,\"content\":{");
	if (r->flags & ROUTE_RAW_BODY) {
		buf_lit(b,
			"\"multipart/form-data\":{\"schema\":{\"type\":\"object\",\"properties\":"
			"{\"media\":{\"type\":\"string\",\"format\":\"binary\"}}}}");
	} else {
		buf_lit(b, "\"application/json\":{\"schema\":");
		if (shape_is_empty(r->in()))
			buf_lit(b, "{\"type\":\"object\"}");
		else
			put_ref(b, r->in());
		buf_char(b, '}');
	}
	buf_lit(b, "}}");
}

static void put_reply(struct buf *b, const struct route *r)
{
	bool wecom = answer_is_wecom(str_of(r->path));

	buf_lit(b, ",\"responses\":{\"200\":{\"description\":\"OK\",\"content\":{");
	if (r->flags & ROUTE_RAW_REPLY) {
		buf_lit(b, "\"*/*\":{}");
	} else {
		buf_lit(b, "\"application/json\":{\"schema\":{\"allOf\":[");
		if (wecom)
			buf_lit(b, "{\"$ref\":\"#/components/schemas/Result\"}");
		if (wecom && !shape_is_empty(r->out()))
			buf_char(b, ',');
		if (!shape_is_empty(r->out()))
			put_ref(b, r->out());
		else if (!wecom)
			buf_lit(b, "{\"type\":\"object\"}");
		buf_lit(b, "]}}");
	}
	buf_lit(b, "}}");
	if (!wecom)
		buf_lit(b,
			",\"default\":{\"description\":\"An error; its HTTP status is in the "
			"error list\",\"content\":{\"application/json\":{\"schema\":{\"$ref\":"
			"\"#/components/schemas/Result\"}}}}");
	buf_char(b, '}');
}

static void put_route(struct buf *b, const struct route *r)
{
	buf_printf(b, "\"%s\":{\"operationId\":\"%s\",\"summary\":",
		!strcmp(r->method, "GET") ? "get" : "post", r->name);
	buf_json_str(b, str_of(r->doc));
	buf_printf(b, ",\"tags\":[\"%s\"],\"description\":",
		answer_is_wecom(str_of(r->path)) ? "open API" : "client API");
	buf_json_str(b, str_of(scope_doc((int)r->scope)));
	buf_char(b, ',');
	put_parameters(b, r);
	put_body(b, r);
	put_reply(b, r);
	buf_char(b, '}');
}

static void put_paths(struct buf *b, const struct gate *g)
{
	const struct route *const *rows;
	size_t n = gate_routes(g, &rows);

	for (size_t i = 0; i < n; i++) {
		bool first = !i || strcmp(rows[i - 1]->path, rows[i]->path) != 0;

		if (first)
			buf_printf(b, "%s\n\"%s\":{", i ? "}," : "", rows[i]->path);
		else
			buf_char(b, ',');
		put_route(b, rows[i]);
	}
	if (n)
		buf_char(b, '}');
}

str describe_openapi(struct arena *mem, const struct gate *g, const char *version)
{
	struct shape_set *set = ARENA_NEW(mem, struct shape_set);
	struct buf b;

	buf_init(&b, mem, 1 << 17);
	buf_printf(&b,
		"{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Liaison\",\"version\":\"%s\","
		"\"license\":{\"name\":\"Apache-2.0\",\"identifier\":\"Apache-2.0\"}},\n"
		"\"paths\":{",
		version);
	put_paths(&b, g);
	buf_lit(&b,
		"},\n\"components\":{\"schemas\":{\n\"Result\":{\"type\":\"object\",\"properties\":"
		"{\"errcode\":{\"type\":\"integer\"},\"errmsg\":{\"type\":\"string\"}},"
		"\"required\":[\"errcode\",\"errmsg\"]}");
	shape_set_of(set, g, STR("/"));
	for (size_t i = 0; i < set->n; i++) {
		buf_lit(&b, ",\n");
		put_schema(&b, set->v[i]);
	}
	buf_lit(&b, "}}}\n");
	return buf_str(&b);
}
