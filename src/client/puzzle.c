#include "client/puzzle.h"

#include <inttypes.h>

#include "base/digest.h"
#include "base/ids.h"
#include "core/keys.h"

enum {
	SALT = 6 /* puzzle and answer fit one block of SHA-256 */,
	MAC_BYTES = 12,
	HASH_BYTES = 32
};

int64_t puzzle_bits(int64_t load)
{
	int64_t bits = PUZZLE_BITS_MIN;

	for (; load > 1 && bits < PUZZLE_BITS_MAX; load /= 2)
		bits++;
	return bits;
}

static str mac(struct arena *mem, str code, str address, str head)
{
	uint8_t sum[HASH_BYTES];

	keys_sign(arena_printf(mem, "puzzle|%.*s|%.*s|%.*s", STR_FMT(code),
			  STR_FMT(address), STR_FMT(head)),
		sum);
	return hex_of(mem, sum, MAC_BYTES);
}

str puzzle_make(struct ctx *cx, str code, str address, int64_t bits)
{
	struct arena *mem = cx->mem;
	str head = arena_printf(mem, "%" PRId64 ".%" PRId64 ".%.*s", bits,
		cx->now_ms + PUZZLE_LIFE_MS, STR_FMT(random_text(mem, SALT)));

	return arena_printf(mem, "%.*s.%.*s", STR_FMT(head),
		STR_FMT(mac(mem, code, address, head)));
}

static int64_t zero_bits(const uint8_t *hash)
{
	int64_t n = 0;

	for (size_t i = 0; i < HASH_BYTES; i++) {
		if (!hash[i]) {
			n += 8;
			continue;
		}
		return n + __builtin_clz(hash[i]) - 24;
	}
	return n;
}

static enum err no(struct ctx *cx)
{
	return why(cx, ERR_PUZZLE, "many people use this code just now");
}

enum err puzzle_check(struct ctx *cx, str code, str address, str puzzle, str answer)
{
	str rest = puzzle, head, given;
	int64_t bits, until_ms, number;
	uint8_t hash[HASH_BYTES];
	size_t dots = 0, at = 0;

	if (puzzle.n > PUZZLE_TEXT_MAX || answer.n > PUZZLE_ANSWER_MAX ||
		!str_int(answer, &number))
		return no(cx);
	for (size_t i = 0; i < puzzle.n; i++)
		if (puzzle.p[i] == '.') {
			dots++;
			at = i;
		}
	if (dots != 3)
		return no(cx);
	head = str_first_bytes(puzzle, at);
	given = (str){ puzzle.p + at + 1, puzzle.n - at - 1 };
	if (!str_same_secret(given, mac(cx->mem, code, address, head)))
		return no(cx);
	if (!str_int(str_cut(&rest, '.'), &bits) ||
		!str_int(str_cut(&rest, '.'), &until_ms) || cx->now_ms >= until_ms)
		return no(cx);
	digest_sha256(arena_printf(cx->mem, "%.*s:%.*s", STR_FMT(puzzle),
			      STR_FMT(answer)),
		hash);
	return zero_bits(hash) >= bits ? OK : no(cx);
}
