/*
 * frame/pages.h - the web clients' files.
 *
 * GET /desk/…, /console/…, /c/… from web_dir, precompressed where the build
 * left NAME.br or NAME.gz; a path without a file is a place inside the client
 * and gets its index.html.  Names are looked up in a table read at boot, so no
 * path of a stranger ever reaches the file system.
 */
#ifndef FRAME_PAGES_H
#define FRAME_PAGES_H

#include "frame/house.h"

struct pages;

/* Reads web_dir; a missing folder gives a table that answers "not built". */
struct pages *pages_new(const char *web_dir);
void pages_free(struct pages *p);
/* Answers a GET or HEAD of a client's path; false when the path is none of ours. */
bool pages_handle(struct pages *p, struct http_req *http);

#endif
