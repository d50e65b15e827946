/*
 * api/api.h - the open API, compatible with WeCom's server API.
 *
 * A file of this floor translates: it names fields, calls core and fills the
 * answer.  It exports its table of rows and nothing else; routes.def lists them.  What they share
 * stands here.
 */
#ifndef API_API_H
#define API_API_H

#include "frame/route.h"

#define R(table) extern const struct route table[];
#include "api/routes.def"
#undef R

/* The address of a picture of the caller's corp; empty for an empty key. */
str api_picture_url(struct req *rq, str media_key);

#endif
