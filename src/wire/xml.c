/*
 * wire/xml.c - expat's events gathered into a tree in an arena.
 *
 * Expat answers hostile input with its own amplification limits; we do not
 * reach them, because a document type (XML 1.0, 2.8) stops the parser where it
 * begins, so there are no entities to expand.  The text is checked for UTF-8
 * first and that encoding forced upon the parser, whatever the declaration says.
 *
 * Open elements form a stack of frames: each knows its node, where to hang the
 * next child, and the text gathered so far.
 */
#include "wire/xml.h"

#include <expat.h>

#include "base/buf.h"

struct frame {
	struct xml_node *node;
	const struct xml_node **next_child;
	struct buf text;
};

struct gather {
	struct ctx *cx;
	XML_Parser parser;
	struct frame stack[XML_MAX_DEPTH];
	int depth;
	size_t nodes;
	const struct xml_node *root;
	const char *refused; /* why we stopped expat */
};

static void refuse(struct gather *g, const char *what)
{
	if (!g->refused)
		g->refused = what;
	XML_StopParser(g->parser, XML_FALSE);
}

static void on_start(void *arg, const XML_Char *name, const XML_Char **attributes)
{
	struct gather *g = arg;

	(void)attributes;
	if (g->refused)
		return;
	if (g->depth == XML_MAX_DEPTH || ++g->nodes > XML_MAX_NODES) {
		refuse(g, "too deep or too many elements");
		return;
	}
	struct xml_node *node = ARENA_NEW(g->cx->mem, struct xml_node);
	node->name = arena_str(g->cx->mem, str_of(name));
	if (g->depth == 0) {
		g->root = node;
	} else {
		struct frame *up = &g->stack[g->depth - 1];

		*up->next_child = node;
		up->next_child = &node->next;
	}
	struct frame *f = &g->stack[g->depth++];
	f->node = node;
	f->next_child = &node->child;
	buf_init(&f->text, g->cx->mem, 16);
}

static void on_end(void *arg, const XML_Char *name)
{
	struct gather *g = arg;

	(void)name;
	if (g->refused)
		return;
	struct frame *f = &g->stack[--g->depth];
	f->node->text = buf_str(&f->text);
}

static void on_text(void *arg, const XML_Char *p, int n)
{
	struct gather *g = arg;

	if (!g->refused && g->depth > 0)
		buf_put(&g->stack[g->depth - 1].text, str_make(p, (size_t)n));
}

static void on_doctype(void *arg, const XML_Char *name, const XML_Char *system_id,
	const XML_Char *public_id, int has_internal_subset)
{
	(void)name, (void)system_id, (void)public_id, (void)has_internal_subset;
	refuse(arg, "a document type is not allowed");
}

static enum err check_bounds(struct ctx *cx, str text)
{
	if (text.n > XML_MAX_BYTES)
		return why(cx, ERR_TOO_LARGE, "XML longer than %d bytes", XML_MAX_BYTES);
	if (!str_is_utf8(text))
		return why(cx, ERR_INVALID_ARGUMENT, "XML is not valid UTF-8");
	/* Text in doubling buffers and small nodes: some twelve times the input,
	 * and a node and a buffer for each of the shortest elements. */
	if (!arena_has_room(cx->mem, 12 * text.n + 256 * (size_t)XML_MAX_NODES))
		return why(cx, ERR_TOO_LARGE, "no room for this XML");
	return OK;
}

static enum err run(struct gather *g, str text)
{
	if (XML_Parse(g->parser, text.n ? text.p : "", (int)text.n, XML_TRUE) ==
		XML_STATUS_OK)
		return OK;
	const char *words =
		g->refused ? g->refused : XML_ErrorString(XML_GetErrorCode(g->parser));
	return why(g->cx, ERR_INVALID_ARGUMENT, "XML line %lu: %s",
		(unsigned long)XML_GetCurrentLineNumber(g->parser), words);
}

enum err xml_parse(struct ctx *cx, str text, const struct xml_node **out_root)
{
	TRY(check_bounds(cx, text));
	struct gather g = { .cx = cx, .parser = XML_ParserCreate("UTF-8") };
	BUG_IF(!g.parser, "no memory for an XML parser");
	XML_SetUserData(g.parser, &g);
	XML_SetElementHandler(g.parser, on_start, on_end);
	XML_SetCharacterDataHandler(g.parser, on_text);
	XML_SetStartDoctypeDeclHandler(g.parser, on_doctype);
	enum err e = run(&g, text);
	XML_ParserFree(g.parser);
	TRY(e);
	*out_root = g.root;
	return OK;
}

static str json_leaf_text(struct ctx *cx, const cJSON *v)
{
	if (cJSON_IsString(v))
		return str_of(v->valuestring);
	if (cJSON_IsNumber(v) || cJSON_IsBool(v))
		return json_text(cx->mem, v);
	return STR_NONE;
}

const struct xml_node *xml_of_json(struct ctx *cx, const char *name, const cJSON *object)
{
	struct xml_node *node = ARENA_NEW(cx->mem, struct xml_node);
	const struct xml_node **at = &node->child;
	const cJSON *m, *item;

	node->name = str_of(name);
	if (!cJSON_IsObject(object)) {
		node->text = json_leaf_text(cx, object);
		return node;
	}
	cJSON_ArrayForEach(m, object)
	{
		const cJSON *first = cJSON_IsArray(m) ? m->child : m;

		for (item = first; item; item = cJSON_IsArray(m) ? item->next : NULL) {
			struct xml_node *child;

			if (cJSON_IsNull(item))
				continue;
			child = (struct xml_node *)xml_of_json(cx, m->string, item);
			*at = child;
			at = &child->next;
		}
	}
	return node;
}

static const struct xml_node *first_named(const struct xml_node *from, str name)
{
	while (from && !str_same(from->name, name))
		from = from->next;
	return from;
}

const struct xml_node *xml_find(const struct xml_node *node, const char *name)
{
	return node ? first_named(node->child, str_of(name)) : NULL;
}

const struct xml_node *xml_again(const struct xml_node *node)
{
	return first_named(node->next, node->name);
}

size_t xml_count(const struct xml_node *node, const char *name)
{
	size_t n = 0;

	for (const struct xml_node *c = xml_find(node, name); c; c = xml_again(c))
		n++;
	return n;
}

str xml_text(const struct xml_node *node, const char *name)
{
	const struct xml_node *c = xml_find(node, name);

	return c ? str_trim(c->text) : STR_NONE;
}
