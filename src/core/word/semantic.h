/*
 * core/word/semantic.h - what is found without a list of words.
 */
#ifndef CORE_WORD_SEMANTIC_H
#define CORE_WORD_SEMANTIC_H

#include "core/word/word.h"

/* The part of a folded text that is one, empty when none is.  A mobile number is one of
 * mainland China, eleven digits from 1 on, which may be parted by blanks or dashes.  Red
 * packets are no message here; what speaks of one counts. */
str word_find_semantic(str folded, enum word_semantic what);

#endif
