/*
 * core/mass/private.h - between the files of core/mass.
 */
#ifndef CORE_MASS_PRIVATE_H
#define CORE_MASS_PRIVATE_H

#include "core/mass/mass.h"

struct mass_row;

/* What is wanted as it is kept, and back. */
enum err wanted_pack(struct ctx *cx, const struct mass_wanted *w, str *out);
enum err wanted_unpack(struct ctx *cx, str json, struct mass_wanted *out);

/* Where the preparing or counting stands. */
struct wanted_walk {
	const struct mass_wanted *w;
	struct follow_place place; /* of the filter */
	int64_t at;                /* in the list */
	bool more;
	struct ints may, may_not; /* members asked for already */
};
/* The next follows that are wanted, at most `limit` rows looked at; moves along. */
enum err wanted_next(struct tx *tx, int64_t corp, struct wanted_walk *walk, size_t limit,
	struct follow **out, size_t *out_n);

/* There is something to do, now or later. */
void mass_due(struct tx *tx, int64_t corp, int64_t in_ms);
/* Everybody with a task that waits for him. */
enum err mass_tell_asked(struct tx *tx, int64_t corp, int64_t mass);
/* Tells members' desks that their tasks changed. */
void mass_tell(struct tx *tx, int64_t corp, const int64_t *members, size_t n);
/* When nobody has anything to do any more, it is done. */
enum err mass_close_if_over(struct tx *tx, int64_t corp, int64_t mass);
/* Sends the next targets of one due task. */
enum err mass_send_some(struct tx *tx, int64_t corp, bool *out_sent);

#endif
