/*
 * core/strategy/private.h - between the files of core/strategy.
 */
#ifndef CORE_STRATEGY_PRIVATE_H
#define CORE_STRATEGY_PRIVATE_H

#include "core/strategy/strategy.h"

/* Puts targets into the range: each is there, seen by the app, within the parent's. */
enum err strategy_range_add(struct tx *tx, const struct strategy *s,
	const struct strategy_range *add);
/* Takes targets out, and out of the ranges below what is no longer within. */
enum err strategy_range_drop(struct tx *tx, const struct strategy *s,
	const struct strategy_range *drop);

#endif
