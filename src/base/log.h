/*
 * base/log.h - one line an event, logfmt, on stderr.
 *
 *	log_info("request", K_STR("path", path), K_INT("ms", ms));
 *	-> time=2026-11-22T16:01:02.345Z level=info event=request path=/x ms=3
 *
 * The first word is a verb or noun without blanks; values are quoted when they
 * need it.  Never a secret, never a message body.  Safe from any thread: a line
 * is one write(2).
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/str.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

struct log_field {
	const char *key;
	bool is_int;
	int64_t i;
	str s;
};

#define K_STR(key, v) ((struct log_field){ (key), false, 0, (v) })
#define K_ZSTR(key, v) ((struct log_field){ (key), false, 0, str_of(v) })
#define K_INT(key, v) ((struct log_field){ (key), true, (v), { NULL, 0 } })

#define log_at(level, event, ...)                                                        \
	log_write((level), (event), (struct log_field[]){ __VA_ARGS__ },                 \
		sizeof((struct log_field[]){ __VA_ARGS__ }) / sizeof(struct log_field))
#define log_debug(event, ...) log_at(LOG_DEBUG, event, __VA_ARGS__)
#define log_info(event, ...) log_at(LOG_INFO, event, __VA_ARGS__)
#define log_warn(event, ...) log_at(LOG_WARN, event, __VA_ARGS__)
#define log_error(event, ...) log_at(LOG_ERROR, event, __VA_ARGS__)

/* At least one field is wanted by the macros: say which thing it is about. */
void log_write(enum log_level level, const char *event, const struct log_field *f,
	size_t n);
/* Lines below `level` are dropped; the default is LOG_INFO. */
void log_set_level(enum log_level level);
bool log_level_of(str name, enum log_level *out);

#endif
