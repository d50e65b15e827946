/*
 * base/ctx.c - what travels with a piece of work.
 */
#include "base/ctx.h"

#include <stdarg.h>

#include "base/clock.h"

struct ctx *ctx_new(size_t budget_bytes)
{
	struct arena *mem = arena_new(budget_bytes);
	struct ctx *cx = ARENA_NEW(mem, struct ctx);

	cx->mem = mem;
	cx->scratch = arena_new(budget_bytes);
	cx->now_ms = clock_now_ms();
	return cx;
}

void ctx_free(struct ctx *cx)
{
	struct arena *mem;

	if (cx == NULL)
		return;
	mem = cx->mem;
	arena_free(cx->scratch);
	arena_free(mem); /* and cx with it */
}

void ctx_restart(struct ctx *cx)
{
	struct ctx kept = *cx, *again;

	arena_clear(kept.scratch);
	arena_clear(kept.mem);
	/* The first thing taken from an arena always stands at the same place. */
	again = ARENA_NEW(kept.mem, struct ctx);
	BUG_IF(again != cx, "the ctx has moved");
	*again = kept;
	ctx_forgive(again);
	again->now_ms = clock_now_ms();
}

void ctx_forgive(struct ctx *cx)
{
	cx->code = OK;
	cx->words = STR_NONE;
}

enum err(why)(struct ctx *cx, enum err code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	cx->words = arena_vprintf(cx->mem, fmt, ap);
	va_end(ap);
	cx->code = code;
	return code;
}
