/*
 * base/fold.h - text as people compare it.
 */
#ifndef BASE_FOLD_H
#define BASE_FOLD_H

#include "base/arena.h"

/* Case, width and accents' composition folded (NFKC casefold), for look-ups of
 * userids and names without regard to case.  Bad UTF-8 folds to itself. */
str fold(struct arena *mem, str s);

#endif
