/*
 * frame/describe.h - the program tells about itself.
 *
 * The rows and shapes that serve requests also print their own documents, so
 * these cannot differ from what the program does.
 */
#ifndef FRAME_DESCRIBE_H
#define FRAME_DESCRIBE_H

#include "frame/gate.h"

/* OpenAPI 3.1 (JSON) of all rows. */
str describe_openapi(struct arena *mem, const struct gate *g, const char *version);
/* TypeScript: an interface per shape of /v1 and the table of its routes. */
str describe_ts(struct arena *mem, const struct gate *g);
/* TypeScript: errcode -> sentences in English and Chinese. */
str describe_errors_ts(struct arena *mem);
/* Markdown: every row with its fields; for doc/api.md. */
str describe_markdown(struct arena *mem, const struct gate *g);

#endif
