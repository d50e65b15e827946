/*
 * Frames of RFC 6455: its examples, every form of length, what must be refused,
 * and that where the bytes are cut makes no difference.
 */
#include "io/ws_frame.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { MAX = 70000 };

static const uint8_t key[4] = { 0x37, 0xfa, 0x21, 0x3d };

/* A client's frame, appended to a growing buffer. */
struct wire {
	char p[4 * MAX];
	size_t n;
};

static struct wire w;

static void put_frame(int first, str payload, int wide)
{
	uint64_t n = payload.n;

	w.p[w.n++] = (char)first;
	w.p[w.n++] = (char)(0x80 | (wide == 0 ? (int)n : wide == 2 ? 126 : 127));
	for (int i = wide; i-- > 0;)
		w.p[w.n++] = (char)(n >> (8 * i));
	memcpy(w.p + w.n, key, 4);
	w.n += 4;
	if (payload.n)
		memcpy(w.p + w.n, payload.p, payload.n);
	for (size_t i = 0; i < payload.n; i++)
		w.p[w.n + i] = (char)((uint8_t)payload.p[i] ^ key[i % 4]);
	w.n += payload.n;
}

static void put(int first, const char *text)
{
	put_frame(first, str_of(text), strlen(text) < 126 ? 0 : 2);
}

static int begin(void **state)
{
	w.n = 0;
	return 0;
}

/* What comes out, in words: "text:Hello ping:x close:1000:bye !1002". */
static void add_words(char *out, size_t cap, const char *op, int code, str data)
{
	size_t n = strlen(out);

	if (code)
		snprintf(out + n, cap - n, "%s%s:%d:%.*s", n ? " " : "", op, code,
			STR_FMT(data));
	else
		snprintf(out + n, cap - n, "%s%s:%.*s", n ? " " : "", op, STR_FMT(data));
}

static const char *op_name(enum ws_op op)
{
	switch (op) {
	case WS_TEXT:
		return "text";
	case WS_BINARY:
		return "binary";
	case WS_CLOSE:
		return "close";
	case WS_PING:
		return "ping";
	case WS_PONG:
		return "pong";
	default:
		return "?";
	}
}

/* Feeds the wire in steps of `step` bytes. */
static const char *decoded(size_t step)
{
	static char out[2 * MAX];
	struct ws_rx rx = { .max_bytes = MAX };
	struct ws_item item;
	enum ws_got got = WS_MORE;

	out[0] = 0;
	for (size_t at = 0; at < w.n && got != WS_FAILED; at += step) {
		/* A heap block of just that size, so that ASan sees the edges. */
		size_t n = w.n - at < step ? w.n - at : step;
		char *copy = memcpy(malloc(n), w.p + at, n);
		struct ws_span in = { copy, n };

		while ((got = ws_rx_next(&rx, &in, &item)) == WS_ITEM)
			add_words(out, sizeof(out), op_name(item.op), item.code,
				item.data);
		if (got == WS_MORE)
			assert_int_equal(in.n, 0);
		free(copy);
	}
	if (got == WS_FAILED)
		add_words(out, sizeof(out), "failed", item.code, STR_NONE);
	ws_rx_release(&rx);
	return out;
}

/* Cut anywhere, the same comes out. */
static void must_give(const char *words)
{
	static const size_t steps[] = { 1, 2, 3, 5, 7, 13, 64, 1000, 65536, sizeof(w.p) };

	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		if (w.n < 5000 || steps[i] > 60)
			assert_string_equal(decoded(steps[i]), words);
	}
}

static void the_examples_of_the_rfc(void **state)
{
	static const char hello[] = "\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58";
	char head[WS_HEAD_MAX];

	memcpy(w.p, hello, w.n = sizeof(hello) - 1);
	must_give("text:Hello");
	begin(NULL);
	put(0x01, "Hel");
	put(0x80, "lo");
	must_give("text:Hello");
	assert_int_equal(ws_head_write(head, WS_TEXT, 5), 2);
	assert_memory_equal(head, "\x81\x05", 2);
	assert_int_equal(ws_head_write(head, WS_BINARY, 256), 4);
	assert_memory_equal(head, "\x82\x7e\x01\x00", 4);
	assert_int_equal(ws_head_write(head, WS_BINARY, 65536), 10);
	assert_memory_equal(head, "\x82\x7f\0\0\0\0\0\1\0\0", 10);
}

static void the_accept_key_of_the_rfc(void **state)
{
	char out[29];

	ws_accept_key(STR("dGhlIHNhbXBsZSBub25jZQ=="), out);
	assert_string_equal(out, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

static void every_form_of_length(void **state)
{
	static const struct {
		size_t n;
		int wide;
	} rows[] = { { 0, 0 }, { 1, 0 }, { 125, 0 }, { 126, 2 }, { 127, 2 }, { 65535, 2 },
		{ 65536, 8 }, { MAX, 8 } };
	static char text[MAX], words[MAX + 10];

	memset(text, 'a', sizeof(text));
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		begin(NULL);
		put_frame(0x81, str_make(text, rows[i].n), rows[i].wide);
		snprintf(words, sizeof(words), "text:%.*s", (int)rows[i].n, text);
		must_give(words);
	}
}

static void a_length_in_a_longer_form_is_refused(void **state)
{
	put_frame(0x81, STR("short"), 2);
	must_give("failed:1002:");
	begin(NULL);
	put_frame(0x81, STR("short"), 8);
	must_give("failed:1002:");
	memcpy(w.p, "\x81\xff\x80\0\0\0\0\0\0\0", w.n = 10);
	memset(w.p + w.n, 0, 8);
	w.n += 8;
	must_give("failed:1002:");
}

static void control_frames_stand_between_fragments(void **state)
{
	put(0x01, "one ");
	put(0x89, "are you there");
	put(0x00, "two ");
	put(0x8a, "");
	put(0x00, "");
	put(0x80, "three");
	put(0x81, "next");
	must_give("ping:are you there pong: text:one two three text:next");
}

static void empty_fragments_make_an_empty_message(void **state)
{
	put(0x01, "");
	put(0x00, "");
	put(0x80, "");
	put(0x82, "");
	must_give("text: binary:");
}

static void broken_frames_are_refused(void **state)
{
	static const struct {
		const char *bytes;
		size_t n;
	} rows[] = {
		{ "\x81\x05Hello", 7 },    /* unmasked */
		{ "\xc1\x80\0\0\0\0", 6 }, /* reserved bits */
		{ "\xa1\x80\0\0\0\0", 6 }, { "\x91\x80\0\0\0\0", 6 },
		{ "\x83\x80\0\0\0\0", 6 }, /* unknown opcodes */
		{ "\x87\x80\0\0\0\0", 6 }, { "\x8b\x80\0\0\0\0", 6 },
		{ "\x8f\x80\0\0\0\0", 6 },
		{ "\x80\x80\0\0\0\0", 6 }, /* nothing to go on with */
		{ "\x00\x80\0\0\0\0", 6 },
		{ "\x01\x80\0\0\0\0\x81\x80\0\0\0\0",
			12 }, /* a message within a message */
		{ "\x01\x80\0\0\0\0\x02\x80\0\0\0\0", 12 },
		{ "\x09\x80\0\0\0\0", 6 }, /* a fragmented ping, close */
		{ "\x08\x80\0\0\0\0", 6 },
		{ "\x89\xfe\0\x7e\0\0\0\0", 8 }, /* a ping too long */
		{ "\x88\x81\0\0\0\0x", 7 },      /* half a close code */
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		memcpy(w.p, rows[i].bytes, w.n = rows[i].n);
		must_give("failed:1002:");
	}
}

static void a_failure_is_final(void **state)
{
	struct ws_rx rx = { .max_bytes = MAX };
	char bad[] = "\x81\x05Hello";
	struct ws_span in = { bad, sizeof(bad) - 1 };
	struct ws_item item;

	assert_int_equal(ws_rx_next(&rx, &in, &item), WS_FAILED);
	put(0x81, "fine");
	in = (struct ws_span){ w.p, w.n };
	assert_int_equal(ws_rx_next(&rx, &in, &item), WS_FAILED);
	ws_rx_release(&rx);
}

static void too_long_is_refused_before_it_comes(void **state)
{
	static char text[MAX];

	memcpy(w.p, "\x81\xff\0\0\0\0\x7f\xff\xff\xff\0\0\0\0", w.n = 14);
	must_give("failed:1009:");
	begin(NULL);
	memset(text, 'a', sizeof(text));
	put_frame(0x01, str_make(text, MAX - 1), 8);
	put(0x80, "ab");
	assert_string_equal(decoded(sizeof(w.p)), "failed:1009:");
	assert_string_equal(decoded(777), "failed:1009:");
}

static void text_is_utf8_also_across_fragments(void **state)
{
	put(0x01, "\xe4\xbd");
	put(0x00, "\xa0\xe5");
	put(0x80, "\xa5\xbd \xf0\x9f\x98\x80");
	must_give("text:你好 😀");
	begin(NULL);
	put(0x01, "\xe4\xbd");
	put(0x80, "x");
	must_give("failed:1007:");
}

static void what_is_no_utf8_is_refused(void **state)
{
	static const char *const rows[] = {
		"\xc0\x80",                      /* overlong NUL */
		"\xed\xa0\x80",                  /* a surrogate */
		"\xf4\x90\x80\x80",              /* beyond U+10FFFF */
		"\xff", "a\x80", "\xf0\x9f\x98", /* cut off */
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		begin(NULL);
		put(0x81, rows[i]);
		must_give("failed:1007:");
		begin(NULL);
		put(0x82, rows[i]); /* but it may be binary */
		assert_true(str_starts(str_of(decoded(1)), STR("binary:")));
	}
	begin(NULL);
	put_frame(0x81, STR("a\0b"), 0);
	assert_string_equal(decoded(2), "text:a"); /* NUL is text; printing stops there */
}

static void close_frames_say_why(void **state)
{
	put(0x88, "");
	must_give("close:1005:");
	begin(NULL);
	put(0x88, "\x03\xe9going");
	must_give("close:1001:going");
	begin(NULL);
	put(0x88, "\x11\x94");
	must_give("close:4500:");
	begin(NULL);
	put(0x88, "\x03\xe8\xff");
	must_give("failed:1007:");
}

static void close_codes(void **state)
{
	static const int good[] = { 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011,
		1012, 1013, 1014, 3000, 3999, 4000, 4999 };
	static const int bad[] = { 0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999,
		5000, 65535 };
	char code[3] = "";

	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		assert_true(ws_code_is_valid(good[i]));
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		assert_false(ws_code_is_valid(bad[i]));
		begin(NULL);
		code[0] = (char)(bad[i] >> 8);
		code[1] = (char)bad[i];
		put_frame(0x88, str_make(code, 2), 0);
		must_give("failed:1002:");
	}
}

static void unmasking_at_any_place(void **state)
{
	char whole[100], part[100];

	for (size_t i = 0; i < sizeof(whole); i++)
		whole[i] = part[i] = (char)(i * 7);
	ws_unmask(whole, sizeof(whole), key, 0);
	for (size_t i = 0; i < sizeof(whole); i++)
		assert_int_equal((uint8_t)whole[i], (uint8_t)((i * 7) ^ key[i % 4]));
	for (size_t at = 0; at < 20; at++) {
		char copy[100];

		memcpy(copy, part, sizeof(copy));
		ws_unmask(copy + at, sizeof(copy) - at, key, at);
		assert_memory_equal(copy + at, whole + at, sizeof(copy) - at);
	}
}

static void an_idle_decoder_holds_nothing(void **state)
{
	struct ws_rx rx = { .max_bytes = MAX };
	struct ws_item item;
	struct ws_span in;

	put(0x01, "a");
	put(0x80, "b");
	put(0x81, "c");
	for (size_t i = 0; i < w.n; i++) {
		in = (struct ws_span){ w.p + i, 1 };
		while (ws_rx_next(&rx, &in, &item) == WS_ITEM)
			;
	}
	assert_null(rx.part.p);
	assert_null(rx.message.p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_examples_of_the_rfc, begin),
		cmocka_unit_test_setup(the_accept_key_of_the_rfc, begin),
		cmocka_unit_test_setup(every_form_of_length, begin),
		cmocka_unit_test_setup(a_length_in_a_longer_form_is_refused, begin),
		cmocka_unit_test_setup(control_frames_stand_between_fragments, begin),
		cmocka_unit_test_setup(empty_fragments_make_an_empty_message, begin),
		cmocka_unit_test_setup(broken_frames_are_refused, begin),
		cmocka_unit_test_setup(a_failure_is_final, begin),
		cmocka_unit_test_setup(too_long_is_refused_before_it_comes, begin),
		cmocka_unit_test_setup(text_is_utf8_also_across_fragments, begin),
		cmocka_unit_test_setup(what_is_no_utf8_is_refused, begin),
		cmocka_unit_test_setup(close_frames_say_why, begin),
		cmocka_unit_test_setup(close_codes, begin),
		cmocka_unit_test_setup(unmasking_at_any_place, begin),
		cmocka_unit_test_setup(an_idle_decoder_holds_nothing, begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
