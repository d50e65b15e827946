/*
 * io/http_parse.h - HTTP/1.1 requests, as bytes (RFC 9112).
 *
 * Pure: no socket, no loop.  Strict where parties could read a message in two
 * ways: lines end in CRLF, no folded lines, no blank before a colon, one
 * Content-Length or one "chunked" and never both, no control characters.  What is
 * refused comes with the status that says why.
 */
#ifndef IO_HTTP_PARSE_H
#define IO_HTTP_PARSE_H

#include "base/str.h"
#include "io/http_server.h"

enum { HTTP_MAX_FIELDS = 100 };

struct http_head {
	enum http_method method;
	str target; /* origin form: an absolute one has lost its scheme and host */
	int minor;  /* HTTP/1.minor */
	struct http_field fields[HTTP_MAX_FIELDS];
	size_t n_fields;
	int64_t content_length; /* -1 without one */
	bool chunked, keep_alive, expects_continue;
};

/* The length of the head at the start of in, with its empty line; 0 when it is not
 * complete.  *scanned remembers how far it looked; 0 at first. */
size_t http_head_find(str in, size_t *scanned);
/* Takes a whole head apart; 200, or the status to refuse it with.  The fields
 * point into `head`. */
int http_head_parse(str head, size_t max_target_bytes, struct http_head *out);
/* Likewise for blank lines before a request, which are skipped: how many bytes. */
size_t http_blank_lines(str in);

/* A chunked body, coming in pieces of any size. */
struct http_chunks {
	int state;
	uint64_t left;    /* of the chunk, or its size so far */
	uint32_t line;    /* bytes of the line so far */
	uint32_t trailer; /* bytes of all trailers */
};

enum http_got { HTTP_MORE, HTTP_DATA, HTTP_END, HTTP_BROKEN };

/* Takes what it can from *in.  HTTP_DATA gives bytes of the body (within *in) and
 * wants to be called again; HTTP_END leaves what follows the body in *in. */
enum http_got http_chunks_next(struct http_chunks *c, str *in, str *out_data);

const char *http_phrase(int status);

#endif
