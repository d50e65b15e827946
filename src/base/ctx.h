/*
 * base/ctx.h - what travels with a piece of work.
 *
 * One ctx per request, job or command: its arenas, who acts, when it began,
 * and the words of its failure.  rq->cx and tx->cx are the same one.  It is
 * used by one thread at a time and handed over whole.
 */
#ifndef BASE_CTX_H
#define BASE_CTX_H

#include "base/arena.h"
#include "base/err.h"

/* Who acts.  Numbers are the product's: base only carries them. */
struct actor {
	int kind;        /* enum actor_kind of the product; 0 nobody */
	int64_t corp;    /* 0 for a consumer, who stands above corps */
	int64_t id;      /* member, consumer or agentid */
	int64_t session; /* the sign-in or token it came by, 0 none */
	uint64_t scopes; /* bits; what a scope means is the product's */
};

struct ctx {
	struct arena *mem;     /* lives as long as the work */
	struct arena *scratch; /* cleared between rows or items */
	struct actor actor;
	int64_t now_ms;      /* when the work began, Unix milliseconds */
	int64_t deadline_ms; /* 0: none */
	char request_id[20]; /* for logs and replies, NUL-terminated */
	enum err code;       /* set by why() */
	str words;           /* details for the caller, may be empty */
};

/* A ctx with arenas of its own; `budget_bytes` bounds each. */
struct ctx *ctx_new(size_t budget_bytes);
/* Frees the arenas and, with them, the ctx. */
void ctx_free(struct ctx *cx);
/* Sets now_ms, forgets the failure, clears both arenas' contents but the ctx. */
void ctx_restart(struct ctx *cx);
/* Forgets code and words, before running a handler again. */
void ctx_forgive(struct ctx *cx);

/* Records why the work fails and returns `code`; the words go to the caller,
 * so they name the field and say nothing of others' data. */
enum err why(struct ctx *cx, enum err code, const char *fmt, ...) FORMAT(3, 4);
/* Shows compiler and analyser that what comes back is `code`, so never OK. */
#define why(cx, code, ...) ((void)why(cx, code, __VA_ARGS__), (code))

#endif
