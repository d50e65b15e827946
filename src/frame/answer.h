/*
 * frame/answer.h - what a request will be answered, until it is.
 *
 * Private to frame/: handlers use the answer_… calls of route.h.
 */
#ifndef FRAME_ANSWER_H
#define FRAME_ANSWER_H

#include "frame/route.h"

enum { ANSWER_FIELDS = 8 };

struct answer {
	struct http_field fields[ANSWER_FIELDS];
	size_t n_fields;
	bool raw;
	str content_type, body;
	bool has_file;
	int fd, status;
	int64_t offset, length;
};

/* Encodes out or the error in the form of the door, and consumes rq->http. */
void answer_send(struct req *rq, enum err err);
/* The same without a row: 404s, refused sockets. */
void answer_error(struct house *house, struct ctx *cx, struct http_req *http,
	enum err err);
/* True for /cgi-bin/…, which speaks WeCom's form. */
bool answer_is_wecom(str path);

#endif
