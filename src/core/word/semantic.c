#include "core/word/semantic.h"

enum { MOBILE_DIGITS = 11 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes of the number that begins at s, 0 when none does. */
static size_t mobile_at(str s)
{
	size_t digits = 0, at = 0;

	if (s.p[0] != '1' || s.n < MOBILE_DIGITS || s.p[1] < '3' || s.p[1] > '9')
		return 0;
	while (at < s.n && digits < MOBILE_DIGITS) {
		if (is_digit(s.p[at]))
			digits++;
		else if ((s.p[at] != ' ' && s.p[at] != '-') || !is_digit(s.p[at - 1]))
			return 0;
		at++;
	}
	return digits == MOBILE_DIGITS && (at == s.n || !is_digit(s.p[at])) ? at : 0;
}

/* A number may follow its country's code, but stand in no longer one. */
static bool may_begin(str s, size_t at)
{
	return !at || !is_digit(s.p[at - 1]) ||
		(at >= 2 && s.p[at - 1] == '6' && s.p[at - 2] == '8' &&
			(at == 2 || !is_digit(s.p[at - 3])));
}

static str find_mobile(str s)
{
	for (size_t i = 0; i + 1 < s.n; i++) {
		size_t n =
			s.p[i] == '1' && may_begin(s, i) ? mobile_at(str_skip(s, i)) : 0;

		if (n)
			return str_sub(s, i, n);
	}
	return STR_NONE;
}

static bool is_address_char(char c)
{
	return (c >= 'a' && c <= 'z') || is_digit(c) || c == '.' || c == '-' ||
		c == '_' || c == '+';
}

/* The text is folded, so letters are small ones. */
static str find_email(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		size_t from = i, to = i + 1, dot;

		if (s.p[i] != '@')
			continue;
		while (from && is_address_char(s.p[from - 1]))
			from--;
		while (to < s.n && is_address_char(s.p[to]))
			to++;
		while (to > i + 1 && s.p[to - 1] == '.')
			to--; /* ends the sentence */
		dot = to - 1;
		while (dot > i && s.p[dot] != '.')
			dot--;
		if (from < i && dot > i + 1 && to > dot + 2)
			return str_sub(s, from, to - from);
	}
	return STR_NONE;
}

static str find_red_packet(str s)
{
	static const str words[] = { { "红包", 6 }, { "紅包", 6 }, { "🧧", 4 },
		{ "red packet", 10 }, { "hongbao", 7 } };

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		size_t at = str_find(s, words[i]);

		if (at != SIZE_MAX)
			return str_sub(s, at, words[i].n);
	}
	return STR_NONE;
}

str word_find_semantic(str folded, enum word_semantic what)
{
	switch (what) {
	case WORD_MOBILE:
		return find_mobile(folded);
	case WORD_EMAIL:
		return find_email(folded);
	case WORD_RED_PACKET:
		return find_red_packet(folded);
	}
	return STR_NONE;
}
