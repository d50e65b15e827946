/* Shapes: every kind, its bounds, its leniences and its words. */
#include "base/shape.h"

#include "unit.h"

#define PART(F, SUB)                                                                     \
	F(text, name, REQUIRED, 1, 3, "A name")                                          \
	F(int, value, OPTIONAL, -5, 5, "A value")
SHAPE(part, PART)

#define ALL(F, SUB)                                                                      \
	F(text, text, OPTIONAL, 2, 4, "Chars")                                           \
	F(text, cut, OPTIONAL | CUT, 0, 2, "Cut chars")                                  \
	F(octets, octets, OPTIONAL, 1, 4, "Bytes")                                       \
	F(octets, cut_octets, OPTIONAL | CUT, 0, 4, "Cut bytes")                         \
	F(int, int_, OPTIONAL, -10, 10, "A number")                                      \
	F(int, clamped, OPTIONAL | CLAMP, 1, 100, "A clamped number")                    \
	F(int, wide, OPTIONAL, INT64_MIN, INT64_MAX, "Any number")                       \
	F(time, time, OPTIONAL, 0, INT64_MAX, "A time")                                  \
	F(id, id, OPTIONAL, 0, INT64_MAX, "An id")                                       \
	F(real, real, OPTIONAL, -10, 10, "A number with a fraction")                     \
	F(flag, flag, OPTIONAL, 0, 0, "A flag")                                          \
	F(flag01, flag01, OPTIONAL, 0, 0, "A flag as a number")                          \
	F(texts, texts, OPTIONAL, 1, 3, "Texts")                                         \
	F(ints, ints, OPTIONAL, 0, 3, "Numbers")                                         \
	F(json, json, OPTIONAL, 0, 20, "Anything")                                       \
	SUB(object, one, part, OPTIONAL, 0, 0, "One part")                               \
	SUB(list, parts, part, OPTIONAL, 0, 3, "Parts")
SHAPE(all, ALL)

#define NEEDY(F, SUB)                                                                    \
	F(text, name, REQUIRED, 0, 32, "A name")                                         \
	F(int, number, REQUIRED, 0, 9, "A number")                                       \
	SUB(list, parts, part, REQUIRED, 1, 3, "Parts")
SHAPE(needy, NEEDY)

#define REPLY(F, SUB)                                                                    \
	F(text, text, ALWAYS, 0, 9, "t")                                                 \
	F(int, number, ALWAYS, 0, 9, "n")                                                \
	F(id, id, ALWAYS, 0, 9, "i")                                                     \
	F(flag, flag, ALWAYS, 0, 0, "f")                                                 \
	F(flag01, flag01, ALWAYS, 0, 0, "f")                                             \
	F(texts, texts, ALWAYS, 0, 9, "t")                                               \
	F(ints, ints, ALWAYS, 0, 9, "n")                                                 \
	F(json, json, ALWAYS, 0, 9, "j")                                                 \
	SUB(object, one, part, ALWAYS, 0, 0, "o")                                        \
	SUB(list, parts, part, ALWAYS, 0, 9, "l")
SHAPE(reply, REPLY)

static struct ctx *cx;

static int set_up(void **state)
{
	cx = ctx_new(1 << 20);
	return 0;
}

static int tear_down(void **state)
{
	ctx_free(cx);
	return 0;
}

static struct all parse(const char *json)
{
	struct all in = { 0 };

	if (shape_parse(cx, all_shape(), str_of(json), &in) != OK)
		fail_msg("%s: %.*s", json, STR_FMT(cx->words));
	return in;
}

static void refuse(const char *json, const char *words)
{
	struct all in = { 0 };

	assert_int_equal(shape_parse(cx, all_shape(), str_of(json), &in),
		ERR_INVALID_ARGUMENT);
	assert_str(cx->words, words);
}

static void every_kind_comes_in_and_goes_out(void **state)
{
	const char *json =
		"{\"text\":\"格力\",\"cut\":\"ab\",\"octets\":\"x\",\"int_\":-10,"
		"\"wide\":-9223372036854775808,\"time\":1700000000,"
		"\"id\":\"9223372036854775807\",\"real\":-1.25,\"flag\":true,\"flag01\":1,"
		"\"texts\":[\"a\",\"\"],\"ints\":[1,-9223372036854775808],"
		"\"json\":[1.50,{\"k\":null}],\"one\":{\"name\":\"n\"},"
		"\"parts\":[{\"name\":\"p\",\"value\":5},{\"name\":\"q\"}]}";
	struct all in = parse(json);

	assert_str(in.text, "格力");
	assert_int_equal(in.int_, -10);
	assert_true(in.wide == INT64_MIN && in.id == INT64_MAX);
	assert_true(in.flag && in.flag01);
	assert_int_equal(in.texts.n, 2);
	assert_str(in.texts.v[1], "");
	assert_str(in.json, "[1.50,{\"k\":null}]");
	assert_str(in.one->name, "n");
	assert_int_equal(in.parts.n, 2);
	assert_int_equal(in.parts.v[0].value, 5);
	assert_true(HAS(&in.parts.v[0], value));
	assert_false(HAS(&in.parts.v[1], value));
	assert_str(shape_text(cx->mem, all_shape(), &in), json);
}

static void absence_and_null_are_the_same(void **state)
{
	struct all in = parse(
		"{\"text\":null,\"parts\":null,\"unknown\":{\"a\":[1]},\"Flag\":1}");

	assert_int_equal(in.has[0] | in.has[1], 0);
	assert_null(in.one);
	assert_str(shape_text(cx->mem, all_shape(), &in), "{}");
	in = parse("{\"int_\":0,\"flag\":false,\"cut\":\"\",\"ints\":[]}");
	assert_true(HAS(&in, int_) && HAS(&in, flag) && HAS(&in, cut) && HAS(&in, ints));
	assert_false(HAS(&in, flag01) || HAS(&in, text) || HAS(&in, json));
	assert_str(shape_text(cx->mem, all_shape(), &in),
		"{\"cut\":\"\",\"int_\":0,\"flag\":false,\"ints\":[]}");
}

static void clients_are_met_half_way(void **state)
{
	struct all in =
		parse("{\"text\":1234,\"int_\":\"-7\",\"time\":17e8,\"id\":12,"
		      "\"flag\":\"1\",\"flag01\":\"false\",\"texts\":[1.50,"
		      "12345678901234567890],\"ints\":[\"4\",5.0],\"wide\":\"\"}");

	assert_str(in.text, "1234");
	assert_int_equal(in.int_, -7);
	assert_int_equal(in.time, 1700000000);
	assert_int_equal(in.id, 12);
	assert_true(in.flag && !in.flag01 && HAS(&in, flag01));
	assert_str(in.texts.v[0], "1.50");
	assert_str(in.texts.v[1], "12345678901234567890");
	assert_int_equal(in.ints.v[0] + in.ints.v[1], 9);
	assert_false(HAS(&in, wide));
	in = parse("{\"flag\":0,\"flag01\":true,\"id\":\"\"}");
	assert_true(!in.flag && HAS(&in, flag) && in.flag01 && !HAS(&in, id));
}

static void texts_have_bounds_in_chars_and_bytes(void **state)
{
	assert_str(parse("{\"text\":\"格力电器\"}").text, "格力电器");
	assert_str(parse("{\"octets\":\"格a\"}").octets, "格a");
	assert_str(parse("{\"cut\":\"格力电器\"}").cut, "格力");
	assert_str(parse("{\"cut_octets\":\"格力电器\"}").cut_octets, "格");
	refuse("{\"text\":\"格力电器公\"}", "field `text`: at most 4 characters");
	refuse("{\"text\":\"格\"}", "field `text`: at least 2 characters");
	refuse("{\"octets\":\"格力\"}", "field `octets`: at most 4 bytes");
	refuse("{\"octets\":\"\"}", "field `octets`: at least 1 byte");
	refuse("{\"text\":true}", "field `text`: must be a string");
	refuse("{\"text\":[\"ab\"]}", "field `text`: must be a string");
}

static void integers_are_never_rounded(void **state)
{
	assert_true(
		parse("{\"wide\":9007199254740993}").wide == INT64_C(9007199254740993));
	assert_true(parse("{\"wide\":\"9223372036854775807\"}").wide == INT64_MAX);
	refuse("{\"wide\":9223372036854775808}", "field `wide`: must be an integer");
	refuse("{\"wide\":9007199254740993.0}", "field `wide`: must be an integer");
	refuse("{\"wide\":1.5}", "field `wide`: must be an integer");
	refuse("{\"wide\":\"1.0\"}", "field `wide`: must be an integer");
	refuse("{\"wide\":\" 1\"}", "field `wide`: must be an integer");
	refuse("{\"wide\":true}", "field `wide`: must be an integer");
	refuse("{\"wide\":{}}", "field `wide`: must be an integer");
	refuse("{\"int_\":11}", "field `int_`: at most 10");
	refuse("{\"int_\":-11}", "field `int_`: at least -10");
	refuse("{\"id\":-1}", "field `id`: at least 0");
	assert_int_equal(parse("{\"clamped\":1000}").clamped, 100);
	assert_int_equal(parse("{\"clamped\":-3}").clamped, 1);
	refuse("{\"clamped\":1e300}", "field `clamped`: must be an integer");
}

static void reals_have_six_digits(void **state)
{
	static const struct {
		const char *in, *out;
	} all[] = {
		{ "1", "{\"real\":1}" },
		{ "0.1", "{\"real\":0.1}" },
		{ "\"2.50\"", "{\"real\":2.5}" },
		{ "1e1", "{\"real\":10}" },
		{ "0.1234567", "{\"real\":0.123457}" },
		{ "-0.0000001", "{\"real\":0}" },
	};

	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		struct all in = parse(arena_cstr(cx->mem,
			arena_printf(cx->mem, "{\"real\":%s}", all[i].in)));

		assert_str(shape_text(cx->mem, all_shape(), &in), all[i].out);
	}
	refuse("{\"real\":10.5}", "field `real`: at most 10");
	refuse("{\"real\":\"nan\"}", "field `real`: must be a number");
	refuse("{\"real\":\"0x1p3\"}", "field `real`: must be a number");
	refuse("{\"real\":\"1.5.\"}", "field `real`: must be a number");
	refuse("{\"real\":[]}", "field `real`: must be a number");
}

static void flags_are_four_words(void **state)
{
	refuse("{\"flag\":2}", "field `flag`: must be true or false");
	refuse("{\"flag\":\"yes\"}", "field `flag`: must be true or false");
	refuse("{\"flag01\":[]}", "field `flag01`: must be true or false");
	refuse("{\"flag01\":1.0}", "field `flag01`: must be true or false");
}

static void arrays_are_counted_and_typed(void **state)
{
	char long_item[2100], json[2200];

	refuse("{\"texts\":[]}", "field `texts`: at least 1 item");
	refuse("{\"texts\":[1,2,3,4]}", "field `texts`: at most 3 items");
	refuse("{\"texts\":\"a\"}", "field `texts`: must be an array");
	refuse("{\"texts\":[\"a\",null]}", "field `texts[1]`: must be a string");
	refuse("{\"ints\":[1,\"\"]}", "field `ints[1]`: must be an integer");
	refuse("{\"ints\":{}}", "field `ints`: must be an array");
	memset(long_item, 'x', 2049);
	long_item[2049] = '\0';
	snprintf(json, sizeof(json), "{\"texts\":[\"%s\"]}", long_item + 1);
	assert_int_equal(parse(json).texts.v[0].n, 2048);
	snprintf(json, sizeof(json), "{\"texts\":[\"%s\"]}", long_item);
	refuse(json, "field `texts[0]`: at most 2048 bytes");
}

static void failures_name_the_path(void **state)
{
	refuse("{\"parts\":[{\"name\":\"a\"},{\"name\":\"b\"},{\"name\":\"long\"}]}",
		"field `parts[2].name`: at most 3 characters");
	refuse("{\"parts\":[{\"value\":1}]}", "field `parts[0].name` is required");
	refuse("{\"parts\":[[]]}", "field `parts[0]`: must be an object");
	refuse("{\"parts\":[null]}", "field `parts[0]`: must be an object");
	refuse("{\"parts\":{\"name\":\"a\"}}", "field `parts`: must be an array");
	refuse("{\"one\":{\"name\":\"a\",\"value\":6}}", "field `one.value`: at most 5");
	refuse("{\"one\":[]}", "field `one`: must be an object");
	refuse("{\"json\":\"aaaaaaaaaaaaaaaaaaa\"}", "field `json`: at most 20 bytes");
}

static void required_fields_must_come(void **state)
{
	static const char *const bad[][2] = {
		{ "", "field `name` is required" },
		{ "{\"name\":null}", "field `name` is required" },
		{ "{\"name\":\"\"}", "field `number` is required" },
		{ "{\"name\":\"\",\"number\":\"\"}", "field `number` is required" },
		{ "{\"name\":\"\",\"number\":0}", "field `parts` is required" },
		{ "{\"name\":\"\",\"number\":0,\"parts\":[]}",
			"field `parts`: at least 1 item" },
	};
	struct needy in = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		assert_int_equal(shape_parse(cx, needy_shape(), str_of(bad[i][0]), &in),
			ERR_INVALID_ARGUMENT);
		assert_str(cx->words, bad[i][1]);
	}
	assert_ok(shape_parse(cx, needy_shape(),
		STR("{\"name\":\"\",\"number\":0,\"parts\":[{\"name\":\"x\"}]}"), &in));
}

static void only_objects_have_fields(void **state)
{
	refuse("[]", "the JSON text must be an object");
	refuse("\"a\"", "the JSON text must be an object");
	refuse("null", "the JSON text must be an object");
}

static void query_fills_what_the_body_lacks(void **state)
{
	struct all in = { 0 };
	const cJSON *root;

	assert_ok(json_parse(cx, STR("{\"text\":\"body\",\"flag\":null}"), &root));
	assert_ok(shape_decode(cx, all_shape(), root,
		STR("text=query&cut=%E6%A0%BC&int_=5&flag=1&time=&id=77&parts=1&json=1"),
		&in));
	assert_str(in.text, "body");
	assert_str(in.cut, "格");
	assert_int_equal(in.int_, 5);
	assert_true(in.flag);
	assert_int_equal(in.id, 77);
	assert_false(HAS(&in, time) || HAS(&in, parts) || HAS(&in, json));
	assert_int_equal(shape_decode(cx, all_shape(), NULL, STR("int_=11"), &in),
		ERR_INVALID_ARGUMENT);
	assert_str(cx->words, "field `int_`: at most 10");
	assert_int_equal(shape_decode(cx, all_shape(), NULL, STR("cut=%ff"), &in),
		ERR_INVALID_ARGUMENT);
	assert_str(cx->words, "field `cut`: badly encoded");
	/* What stands within an object has no place in a query. */
	assert_int_equal(shape_decode(cx, needy_shape(), NULL, STR("name=a&number=1"),
				 &in),
		ERR_INVALID_ARGUMENT);
}

static void always_means_always(void **state)
{
	struct reply out = { 0 };
	struct buf b;

	assert_str(shape_text(cx->mem, reply_shape(), &out),
		"{\"text\":\"\",\"number\":0,\"id\":\"0\",\"flag\":false,\"flag01\":0,"
		"\"texts\":[],\"ints\":[],\"json\":null,\"one\":null,\"parts\":[]}");
	buf_init(&b, cx->mem, 0);
	buf_lit(&b, "{\"errcode\":0,");
	shape_encode_fields(&b, part_shape(), &(struct part){ .name = STR("\"") });
	buf_lit(&b, "}");
	assert_str(buf_str(&b), "{\"errcode\":0,\"name\":\"\\\"\"}");
}

static void sometimes_means_when_given(void **state)
{
	struct all out = { 0 };

	out.int_ = 3;
	GIVE(&out, flag01);
	GIVE(&out, parts);
	GIVE(&out, one);
	assert_true(HAS(&out, flag01));
	assert_str(shape_text(cx->mem, all_shape(), &out),
		"{\"int_\":3,\"flag01\":0,\"one\":null,\"parts\":[]}");
}

/* What decoding takes beyond the tree asks for room as well: with any budget
 * the answer is an error, never the end of the program. */
static void budgets_end_in_errors(void **state)
{
	const char *json = "{\"text\":1.50,\"texts\":[1.5,2.5,3.5],\"ints\":[1,2,3],"
			   "\"json\":[1,2,3,4,5,6,7,8,9],\"one\":{\"name\":1.5},"
			   "\"parts\":[{\"name\":1.5},{\"name\":2.5},{\"name\":3.5}]}";
	int good = 0, bad = 0;

	for (size_t budget = 3000; budget < 9000; budget += 16) {
		struct ctx *tight = ctx_new(budget);
		struct all in = { 0 };
		enum err code = shape_parse(tight, all_shape(), str_of(json), &in);

		assert_true(code == OK || code == ERR_TOO_LARGE);
		good += code == OK;
		bad += code != OK;
		ctx_free(tight);
	}
	assert_true(good > 10 && bad > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_comes_in_and_goes_out),
		cmocka_unit_test(absence_and_null_are_the_same),
		cmocka_unit_test(clients_are_met_half_way),
		cmocka_unit_test(texts_have_bounds_in_chars_and_bytes),
		cmocka_unit_test(integers_are_never_rounded),
		cmocka_unit_test(reals_have_six_digits),
		cmocka_unit_test(flags_are_four_words),
		cmocka_unit_test(arrays_are_counted_and_typed),
		cmocka_unit_test(failures_name_the_path),
		cmocka_unit_test(required_fields_must_come),
		cmocka_unit_test(only_objects_have_fields),
		cmocka_unit_test(query_fills_what_the_body_lacks),
		cmocka_unit_test(always_means_always),
		cmocka_unit_test(sometimes_means_when_given),
		cmocka_unit_test(budgets_end_in_errors),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
