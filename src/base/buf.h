/*
 * base/buf.h - bytes that grow, for writing replies and frames.
 *
 * A buf lives in an arena; growing copies, so a buf is written once, front to
 * back, by one thread.  buf_str gives what was written; it stays valid while
 * the arena lives and nothing more is put in.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/arena.h"

struct buf {
	struct arena *mem;
	char *p;
	size_t n, cap;
};

void buf_init(struct buf *b, struct arena *mem, size_t expect_bytes);
void buf_put(struct buf *b, str s);
void buf_char(struct buf *b, char c);
void buf_lit(struct buf *b, const char *z);
void buf_int(struct buf *b, int64_t v);
void buf_printf(struct buf *b, const char *fmt, ...) FORMAT(2, 3);
static inline str buf_str(const struct buf *b)
{
	return str_make(b->p, b->n);
}

/* A JSON string with its quotes; the slice must be UTF-8. */
void buf_json_str(struct buf *b, str s);
/* Text as XML character data (also fit for attributes), and as a whole CDATA
 * section with its brackets (a "]]>" inside is split).  What XML 1.0 cannot
 * hold, such as control characters, is left out. */
void buf_xml_text(struct buf *b, str s);
void buf_xml_cdata(struct buf *b, str s);
/* Percent-encoding of a URL query value (RFC 3986 unreserved stay). */
void buf_url_value(struct buf *b, str s);

#endif
