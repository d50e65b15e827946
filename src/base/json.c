/*
 * base/json.c - JSON from strangers, made safe for cJSON.
 *
 * json_parse goes over the text up to three times: the scan checks the grammar
 * and counts what the tree will need; cJSON builds the tree; and only if the
 * scan met a number that a double may round, note_numbers hangs the texts of
 * such numbers on their nodes (text and tree hold them in the same order).
 */
#include "base/json.h"

#include <math.h>
#include <pthread.h>

#include "base/err.h"

#define MAX_DEPTH 32
#define MAX_NUMBER 60 /* some cJSONs copy a number into 64 bytes */
#define SAFE_DIGITS 15
#define SAFE_LIMIT 9007199254740992.0 /* 2^53: from here on doubles skip integers */

#define ONES UINT64_C(0x0101010101010101)
#define HIGHS (ONES * 0x80)

static _Thread_local struct arena *arena_now;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void *take(size_t bytes)
{
	BUG_IF(arena_now == NULL, "cJSON allocates outside json_parse");
	return arena_bytes(arena_now, bytes);
}

static void leave(void *p)
{
}

static void set_hooks(void)
{
	cJSON_Hooks hooks = { .malloc_fn = take, .free_fn = leave };

	cJSON_InitHooks(&hooks);
}

void json_init(void)
{
	pthread_once(&once, set_hooks);
}

/* ---- the scan (clauses are RFC 8259's) ---- */

struct scan {
	const unsigned char *p, *end;
	int depth;
	size_t tree_bytes;
	bool odd_numbers; /* some number needs its text kept */
	const char *fault;
};

static bool scan_value(struct scan *s);

static bool fault(struct scan *s, const char *words)
{
	s->fault = words;
	return false;
}

static void will_take(struct scan *s, size_t bytes)
{
	s->tree_bytes += (bytes + 15) & ~(size_t)15;
}

static void skip_blanks(struct scan *s)
{
	while (s->p < s->end &&
		(*s->p == ' ' || *s->p == '\n' || *s->p == '\r' || *s->p == '\t'))
		s->p++;
}

static bool skip_if(struct scan *s, char c)
{
	skip_blanks(s);
	if (s->p == s->end || *s->p != (unsigned char)c)
		return false;
	s->p++;
	return true;
}

static bool scan_word(struct scan *s, str word)
{
	if (!str_starts(str_make(s->p, (size_t)(s->end - s->p)), word))
		return fault(s, "unexpected character");
	s->p += word.n;
	return true;
}

static size_t scan_digits(struct scan *s)
{
	const unsigned char *from = s->p;

	while (s->p < s->end && *s->p >= '0' && *s->p <= '9')
		s->p++;
	return (size_t)(s->p - from);
}

/* Section 6. */
static bool scan_number(struct scan *s)
{
	const unsigned char *from = s->p;
	size_t digits;
	bool odd = false;

	if (*s->p == '-')
		s->p++;
	if (s->p < s->end && *s->p == '0')
		digits = 1, s->p++;
	else
		digits = scan_digits(s);
	if (digits == 0)
		return fault(s, "unexpected character");
	if (s->p < s->end && *s->p == '.') {
		odd = true;
		s->p++;
		if (scan_digits(s) == 0)
			return fault(s, "malformed number");
	}
	if (s->p < s->end && (*s->p | 0x20) == 'e') {
		odd = true;
		s->p++;
		if (s->p < s->end && (*s->p == '+' || *s->p == '-'))
			s->p++;
		if (scan_digits(s) == 0)
			return fault(s, "malformed number");
	}
	if (s->p - from > MAX_NUMBER)
		return fault(s, "number too long");
	/* Some cJSONs copy the digits to the heap before they read them. */
	will_take(s, (size_t)(s->p - from) + 1);
	if (odd || digits > SAFE_DIGITS) {
		s->odd_numbers = true;
		will_take(s, (size_t)(s->p - from) + 1);
	}
	return true;
}

/* The four digits of \uXXXX; -1 when they are none. */
static int scan_hex4(struct scan *s)
{
	int v = 0;

	if (s->end - s->p < 4)
		return -1;
	for (int i = 0; i < 4; i++, s->p++) {
		int c = *s->p;

		if (c >= '0' && c <= '9')
			v = v << 4 | (c - '0');
		else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			v = v << 4 | ((c | 0x20) - 'a' + 10);
		else
			return -1;
	}
	return v;
}

/* Section 7, after the backslash. */
static bool scan_escape(struct scan *s)
{
	int v;

	if (s->p == s->end)
		return fault(s, "unfinished string");
	if (*s->p != 'u') {
		if (*s->p == '\0' || strchr("\"\\/bfnrt", *s->p) == NULL)
			return fault(s, "unknown escape");
		s->p++;
		return true;
	}
	s->p++;
	v = scan_hex4(s);
	if (v < 0)
		return fault(s, "malformed \\u escape");
	if (v == 0)
		return fault(s, "\\u0000 is not allowed");
	if (v >= 0xd800 && v <= 0xdbff) {
		if (s->end - s->p < 2 || s->p[0] != '\\' || s->p[1] != 'u')
			return fault(s, "lone surrogate");
		s->p += 2;
		v = scan_hex4(s);
		if (v < 0xdc00 || v > 0xdfff)
			return fault(s, "lone surrogate");
	} else if (v >= 0xdc00 && v <= 0xdfff) {
		return fault(s, "lone surrogate");
	}
	return true;
}

/* Eight bytes at once: ASCII, no control, no quote, no backslash? */
static bool is_plain_word(const unsigned char *p)
{
	uint64_t w, quote, slash;

	memcpy(&w, p, sizeof(w));
	quote = w ^ ONES * '"';
	slash = w ^ ONES * '\\';
	return ((w | (w - ONES * 0x20) | (quote - ONES) | (slash - ONES)) & HIGHS) == 0;
}

/* Goes to the first byte that is not simply part of the string. */
static void skip_plain(struct scan *s)
{
	while (s->end - s->p >= 8 && is_plain_word(s->p))
		s->p += 8;
	while (s->p < s->end && *s->p >= 0x20 && *s->p < 0x80 && *s->p != '"' &&
		*s->p != '\\')
		s->p++;
}

/* After the opening quote. */
static bool scan_string(struct scan *s)
{
	const unsigned char *from = s->p;

	for (;;) {
		size_t n;

		skip_plain(s);
		if (s->p == s->end)
			return fault(s, "unfinished string");
		if (*s->p == '"')
			break;
		if (*s->p == '\\') {
			s->p++;
			if (!scan_escape(s))
				return false;
			continue;
		}
		if (*s->p < 0x20)
			return fault(s, "control character in a string");
		n = str_char_bytes(str_make(s->p, (size_t)(s->end - s->p)));
		if (n == 0)
			return fault(s, "not UTF-8");
		s->p += n;
	}
	will_take(s, (size_t)(s->p - from) + 1);
	s->p++;
	return true;
}

/* After the bracket; so is scan_object. */
static bool scan_array(struct scan *s)
{
	if (skip_if(s, ']'))
		return true;
	do {
		if (!scan_value(s))
			return false;
	} while (skip_if(s, ','));
	return skip_if(s, ']') || fault(s, "expected , or ]");
}

static bool scan_object(struct scan *s)
{
	if (skip_if(s, '}'))
		return true;
	do {
		if (!skip_if(s, '"'))
			return fault(s, "expected a name in quotes");
		if (!scan_string(s))
			return false;
		if (!skip_if(s, ':'))
			return fault(s, "expected :");
		if (!scan_value(s))
			return false;
	} while (skip_if(s, ','));
	return skip_if(s, '}') || fault(s, "expected , or }");
}

static bool scan_nested(struct scan *s)
{
	bool good;

	if (++s->depth > MAX_DEPTH)
		return fault(s, "nested too deep");
	good = *s->p++ == '[' ? scan_array(s) : scan_object(s);
	s->depth--;
	return good;
}

static bool scan_value(struct scan *s)
{
	skip_blanks(s);
	if (s->p == s->end)
		return fault(s, "unexpected end");
	will_take(s, sizeof(cJSON));
	switch (*s->p) {
	case '{':
	case '[':
		return scan_nested(s);
	case '"':
		s->p++;
		return scan_string(s);
	case 't':
		return scan_word(s, STR("true"));
	case 'f':
		return scan_word(s, STR("false"));
	case 'n':
		return scan_word(s, STR("null"));
	default:
		return scan_number(s);
	}
}

static bool scan_text(struct scan *s)
{
	if (!scan_value(s))
		return false;
	skip_blanks(s);
	return s->p == s->end || fault(s, "something follows the end");
}

/* ---- numbers that keep their text ---- */

/* The next number of a text that the scan has passed. */
static str next_number(str *rest)
{
	size_t n;

	for (;;) {
		char c = rest->p[0];

		if (c == '"') {
			for (*rest = str_skip(*rest, 1); rest->p[0] != '"';)
				*rest = str_skip(*rest, rest->p[0] == '\\' ? 2 : 1);
		} else if (c == '-' || (c >= '0' && c <= '9')) {
			break;
		}
		*rest = str_skip(*rest, 1);
	}
	for (n = 1; n < rest->n; n++)
		if (memchr("+-.eE0123456789", rest->p[n], 15) == NULL)
			break;
	str number = str_make(rest->p, n);
	*rest = str_skip(*rest, n);
	return number;
}

static bool is_safe_integer(str number)
{
	if (number.p[0] == '-')
		number = str_skip(number, 1);
	for (size_t i = 0; i < number.n; i++)
		if (number.p[i] < '0' || number.p[i] > '9')
			return false;
	return number.n <= SAFE_DIGITS;
}

static void note_numbers(struct arena *mem, cJSON *item, str *rest)
{
	for (; item; item = item->next) {
		if (cJSON_IsNumber(item)) {
			str number = next_number(rest);

			if (!is_safe_integer(number))
				item->valuestring = arena_cstr(mem, number);
		}
		note_numbers(mem, item->child, rest);
	}
}

/* ---- parsing ---- */

static cJSON *build(struct arena *mem, str text)
{
	cJSON *root;

	json_init();
	arena_now = mem;
	root = cJSON_ParseWithLength(text.p, text.n);
	arena_now = NULL;
	return root;
}

enum err json_parse(struct ctx *cx, str text, const cJSON **out_root)
{
	static const cJSON empty = { .type = cJSON_Object };
	size_t bom = str_starts(text, STR("\xef\xbb\xbf")) ? 3 : 0;
	struct scan s = { 0 };
	cJSON *root;

	if (text.n > bom) {
		s.p = (const unsigned char *)text.p + bom;
		s.end = (const unsigned char *)text.p + text.n;
		skip_blanks(&s);
	}
	if (s.p == s.end) {
		*out_root = &empty;
		return OK;
	}
	if (!scan_text(&s))
		return why(cx, ERR_BAD_JSON, "malformed JSON at byte %zu: %s",
			(size_t)(s.p - (const unsigned char *)text.p), s.fault);
	if (!arena_has_room(cx->mem, s.tree_bytes))
		return why(cx, ERR_TOO_LARGE, "the JSON text holds too many values");
	text = str_skip(text, bom);
	root = build(cx->mem, text);
	if (root == NULL)
		return why(cx, ERR_BAD_JSON, "malformed JSON");
	if (s.odd_numbers)
		note_numbers(cx->mem, root, &text);
	*out_root = root;
	return OK;
}

const cJSON *json_get(const cJSON *object, const char *name)
{
	const cJSON *item = object && cJSON_IsObject(object) ? object->child : NULL;

	for (; item; item = item->next)
		if (item->string[0] == name[0] && strcmp(item->string, name) == 0)
			return cJSON_IsNull(item) ? NULL : item;
	return NULL;
}

bool json_int(const cJSON *number, int64_t *out)
{
	double v = number->valuedouble;

	if (!cJSON_IsNumber(number))
		return false;
	if (number->valuestring && str_int(str_of(number->valuestring), out))
		return true;
	if (!(fabs(v) < SAFE_LIMIT) || v != (double)(int64_t)v)
		return false;
	*out = (int64_t)v;
	return true;
}

bool json_real(const cJSON *number, double *out)
{
	if (!cJSON_IsNumber(number) || !isfinite(number->valuedouble))
		return false;
	*out = number->valuedouble;
	return true;
}
