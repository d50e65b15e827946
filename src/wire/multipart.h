/*
 * wire/multipart.h - multipart/form-data bodies (RFC 7578, RFC 2046 5.1).
 *
 * Works over a whole body in memory; parts are slices of it, nothing large is
 * copied.  Clients differ, so these are taken too: a preamble and an epilogue,
 * a missing final CRLF or final "--", lines ended by LF alone (only when the
 * body's first delimiter line is), names without quotes, WeCom's `filelength`
 * parameter, filename*= (RFC 5987, which wins over filename=).
 *
 * Refused with ERR_BAD_MULTIPART: no boundary or one longer than 70, no final
 * or following delimiter, a part without a name, more than MULTIPART_MAX_PARTS
 * parts, headers of a part above MULTIPART_MAX_HEADER bytes.
 */
#ifndef WIRE_MULTIPART_H
#define WIRE_MULTIPART_H

#include "base/ctx.h"

#define MULTIPART_MAX_PARTS 64
#define MULTIPART_MAX_HEADER 8192
#define FILE_NAME_MAX_BYTES 255

struct multipart_part {
	str name;
	str filename;       /* as sent, unescaped; not to be trusted: file_name_clean */
	bool has_filename;  /* also true for an empty one */
	str content_type;   /* empty when absent */
	int64_t filelength; /* WeCom's parameter, -1 when absent */
	str body;
};

struct multipart {
	const struct multipart_part *parts;
	size_t n;
};

/* True for a multipart/form-data Content-Type; gives its boundary. */
bool multipart_boundary(struct arena *mem, str content_type, str *out_boundary);
enum err multipart_parse(struct ctx *cx, str content_type, str body,
	struct multipart *out);
/* First part of that name, or NULL. */
const struct multipart_part *multipart_find(const struct multipart *mp, const char *name);
/* The part that holds the upload: the one named `name` with a file name, else
 * with that name, else the first with a file name (SDKs name it as they like). */
const struct multipart_part *multipart_file(const struct multipart *mp, const char *name);

/* A name one may show and offer to save: the last path component, no control
 * or bidi-override characters, none of <>:"|?* or slashes, no leading or
 * trailing dots and blanks, valid UTF-8, at most FILE_NAME_MAX_BYTES bytes
 * (the ending is kept); "file" when nothing is left. */
str file_name_clean(struct arena *mem, str raw);

#endif
