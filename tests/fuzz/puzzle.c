/*
 * tests/fuzz/puzzle.c - what a stranger sends as a solved puzzle: its text, a newline and
 * his answer.  Nothing he makes himself may pass.
 */
#include "client/puzzle.h"
#include "core/keys.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ctx *cx = ctx_new(0);
	str answer = str_make(data, size);
	str puzzle = str_cut(&answer, '\n');

	keys_set_for_test();
	BUG_IF(puzzle_check(cx, STR("1-code"), STR("192.0.2.1"), puzzle, answer) == OK,
		"a puzzle that is not ours");
	ctx_free(cx);
	return 0;
}
