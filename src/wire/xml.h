/*
 * wire/xml.h - XML from strangers as a small tree.
 *
 * For documents of a few kilobytes, as WeCom's replies are.  Refused: document
 * types and therefore entities of their own, anything but UTF-8, more than
 * XML_MAX_BYTES, XML_MAX_DEPTH levels or XML_MAX_NODES elements, NUL.
 * Attributes, comments and processing instructions are ignored; namespaces are
 * not looked at.  An element has text (its own, trimmed of nothing) and
 * children; in mixed content the text pieces are joined.
 */
#ifndef WIRE_XML_H
#define WIRE_XML_H

#include "base/ctx.h"
#include "base/json.h"

#define XML_MAX_BYTES (256 * 1024)
#define XML_MAX_DEPTH 16
#define XML_MAX_NODES 2000

struct xml_node {
	str name, text;
	const struct xml_node *child; /* first, NULL when it has none */
	const struct xml_node *next;  /* sibling */
};

/* ERR_INVALID_ARGUMENT with words that say what and on which line. */
enum err xml_parse(struct ctx *cx, str text, const struct xml_node **out_root);
/* The same tree from a JSON object (arrays are repeated elements), so that one
 * reader serves both forms. */
const struct xml_node *xml_of_json(struct ctx *cx, const char *name, const cJSON *object);

/* First child of that name, or NULL; node may be NULL. */
const struct xml_node *xml_find(const struct xml_node *node, const char *name);
/* Next sibling of the same name, or NULL. */
const struct xml_node *xml_again(const struct xml_node *node);
/* How many children have that name. */
size_t xml_count(const struct xml_node *node, const char *name);
/* Text of that child, trimmed of blanks; empty when absent. */
str xml_text(const struct xml_node *node, const char *name);

#endif
