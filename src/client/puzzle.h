/*
 * client/puzzle.h - work that a browser does before it may add somebody by a code that
 * is being flooded.
 *
 * A puzzle is a text, "BITS.UNTIL.SALT.MAC"; the answer is a number such that
 * SHA-256("PUZZLE:ANSWER") begins with BITS zero bits.  The server keeps nothing: the
 * MAC, under its signing key, covers the code and the address it was made for.
 */
#ifndef CLIENT_PUZZLE_H
#define CLIENT_PUZZLE_H

#include "base/ctx.h"

enum {
	PUZZLE_LIFE_MS = 120 * 1000,
	PUZZLE_BITS_MIN = 13, /* some thousand hashes */
	PUZZLE_BITS_MAX = 17, /* a hundred thousand: seconds on an old phone */
	PUZZLE_TEXT_MAX = 128,
	PUZZLE_ANSWER_MAX = 16,
};

/* `load` is by how much the code is over its bound: 1 just so, 2 twice as much … */
int64_t puzzle_bits(int64_t load);
str puzzle_make(struct ctx *cx, str code, str address, int64_t bits);
/* ERR_PUZZLE: not ours, not for this code and address, over, or answered wrongly. */
enum err puzzle_check(struct ctx *cx, str code, str address, str puzzle, str answer);

#endif
