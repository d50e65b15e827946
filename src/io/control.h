/*
 * io/control.h - one process asks another, through a socket in a folder.
 *
 * A Unix stream socket of mode 0600; a question and its answer are each four
 * bytes of length (big-endian) and so many bytes.  The server has one thread
 * and answers one caller after the other: it is for operators, not for load.
 */
#ifndef IO_CONTROL_H
#define IO_CONTROL_H

#include "base/ctx.h"

enum { CONTROL_MAX_BYTES = 64 << 20 };

struct control;

/* Listens at `path` (an old socket there is replaced) and calls `answer` on the
 * control thread (ROLE_WORKER) for each question; its result lives in `mem`. */
enum err control_start(struct ctx *cx, const char *path,
	str (*answer)(void *arg, struct arena *mem, str question), void *arg,
	struct control **out);
/* Waits for the question in hand, then removes the socket. */
void control_stop(struct control *c);

/* Asks whoever listens at `path`; ERR_NOT_FOUND when nobody does. */
enum err control_ask(struct ctx *cx, const char *path, str question, str *out_answer);

#endif
