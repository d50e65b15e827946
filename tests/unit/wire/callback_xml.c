/*
 * Callback bodies as apps get them, from the outbox's JSON text.
 */
#include "wire/callback_xml.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "wire/xml.h"

static struct ctx *cx;

static int begin(void **state)
{
	(void)state;
	json_init();
	cx = ctx_new(8 << 20);
	return 0;
}

static int end(void **state)
{
	(void)state;
	ctx_free(cx);
	return 0;
}

static void assert_xml(const char *json, const char *want)
{
	str xml;

	assert_int_equal(callback_xml_of_json(cx, str_of(json), &xml), OK);
	assert_string_equal(arena_cstr(cx->mem, xml), want);
}

static void assert_body(str got, const char *want)
{
	assert_string_equal(arena_cstr(cx->mem, got), want);
}

static void assert_refused(const char *json)
{
	str out;

	assert_int_equal(callback_xml_of_json(cx, str_of(json), &out), ERR_BAD_JSON);
}

static void a_customer_was_added(void **state)
{
	(void)state;
	assert_xml(
		"{\"ToUserName\":\"ww1\",\"FromUserName\":\"sys\",\"CreateTime\":1700000000,"
		"\"MsgType\":\"event\",\"Event\":\"change_external_contact\",\"ChangeType\":"
		"\"add_external_contact\",\"UserID\":\"lilei\",\"ExternalUserID\":\"wm1\","
		"\"State\":\"shop 3\",\"WelcomeCode\":\"WC\"}",
		"<xml><ToUserName><![CDATA[ww1]]></ToUserName><FromUserName><![CDATA[sys]]>"
		"</FromUserName><CreateTime>1700000000</CreateTime><MsgType><![CDATA[event]]>"
		"</MsgType><Event><![CDATA[change_external_contact]]></Event><ChangeType>"
		"<![CDATA[add_external_contact]]></ChangeType><UserID><![CDATA[lilei]]></UserID>"
		"<ExternalUserID><![CDATA[wm1]]></ExternalUserID><State><![CDATA[shop 3]]></State>"
		"<WelcomeCode><![CDATA[WC]]></WelcomeCode></xml>");
}

static void numbers_keep_their_digits(void **state)
{
	(void)state;
	assert_xml(
		"{ \"MsgId\" : 9223372036854775807 , \"Skip\" : null, \"Say\":\"1e5 -7\","
		"\"Location_X\":23.134000,\"N\":-1,\"True\":true,\"AgentID\":1000002}",
		"<xml><MsgId>9223372036854775807</MsgId><Say><![CDATA[1e5 -7]]></Say>"
		"<Location_X>23.134000</Location_X><N>-1</N><True>true</True>"
		"<AgentID>1000002</AgentID></xml>");
}

static void groups_nest_and_lists_repeat(void **state)
{
	(void)state;
	assert_xml(
		"{\"SelectedItems\":{\"SelectedItem\":[{\"QuestionKey\":\"q\",\"OptionIds\":"
		"{\"OptionId\":[\"a\",\"b\"]}},{\"QuestionKey\":\"r\",\"Counts\":[1,2]}]},"
		"\"Empty\":[],\"None\":{}}",
		"<xml><SelectedItems><SelectedItem><QuestionKey><![CDATA[q]]></QuestionKey>"
		"<OptionIds><OptionId><![CDATA[a]]></OptionId><OptionId><![CDATA[b]]></OptionId>"
		"</OptionIds></SelectedItem><SelectedItem><QuestionKey><![CDATA[r]]></QuestionKey>"
		"<Counts>1</Counts><Counts>2</Counts></SelectedItem></SelectedItems>"
		"<None></None></xml>");
}

static void text_cannot_leave_its_element(void **state)
{
	(void)state;
	static const char json[] =
		"{\"EventKey\":\"\",\"Content\":\"a]]><Evil>1</Evil>&amp;\\n"
		"\\u0001\\ufffe\\ud83d\\ude00\"}";
	const struct xml_node *root;
	str xml;
	assert_int_equal(callback_xml_of_json(cx, str_of(json), &xml), OK);
	assert_int_equal(xml_parse(cx, xml, &root), OK);
	assert_null(xml_find(root, "Evil"));
	assert_int_equal(xml_text(root, "EventKey").n, 0);
	assert_true(str_is(xml_text(root, "Content"), "a]]><Evil>1</Evil>&amp;\n😀"));
}

static void what_is_no_body_is_refused(void **state)
{
	(void)state;
	assert_refused("[]");
	assert_refused("\"x\"");
	assert_refused("{\"A\":1");
	assert_refused("{\"A\":[[1]]}");
	assert_refused("{\"a b\":1}");
	assert_refused("{\"\":1}");
	assert_refused("{\"1a\":1}");
	assert_refused("{\"a><b\":1}");
	assert_refused("{\"A\":\"\xff\"}");
	assert_refused("{\"A\":1} {}");
	str deep = arena_str(cx->mem, STR("1"));
	for (int i = 0; i < 20; i++)
		deep = arena_printf(cx->mem, "{\"A\":%.*s}", STR_FMT(deep));
	assert_refused(deep.p);
}

static void json_form_keeps_order_and_digits(void **state)
{
	(void)state;
	str out;
	assert_int_equal(callback_json_of_json(cx,
				 STR("{ \"ToUserName\" : \"a \\\" b\",\n\t\"MsgId\": "
				     "9223372036854775807, \"L\": [ 1, 2 ] }"),
				 &out),
		OK);
	assert_string_equal(arena_cstr(cx->mem, out),
		"{\"ToUserName\":\"a \\\" b\",\"MsgId\":9223372036854775807,\"L\":[1,2]}");
	assert_int_equal(callback_json_of_json(cx, STR("[1]"), &out), ERR_BAD_JSON);
}

static void envelopes(void **state)
{
	(void)state;
	struct callback_envelope env = { STR("ww1"), STR("1000002"), STR("B+/=") };
	assert_body(callback_envelope_xml(cx->mem, &env),
		"<xml><ToUserName><![CDATA[ww1]]></ToUserName><AgentID><![CDATA[1000002]]>"
		"</AgentID><Encrypt><![CDATA[B+/=]]></Encrypt></xml>");
	assert_body(callback_envelope_json(cx->mem, &env),
		"{\"tousername\":\"ww1\",\"encrypt\":\"B+/=\",\"agentid\":\"1000002\"}");
	env.agentid = STR_NONE;
	assert_body(callback_envelope_xml(cx->mem, &env),
		"<xml><ToUserName><![CDATA[ww1]]></ToUserName><Encrypt><![CDATA[B+/=]]>"
		"</Encrypt></xml>");
	env.to = STR_NONE;
	assert_body(callback_envelope_json(cx->mem, &env), "{\"encrypt\":\"B+/=\"}");
}

int main(void)
{
#define T(fn) cmocka_unit_test_setup_teardown(fn, begin, end)
	const struct CMUnitTest tests[] = {
		T(a_customer_was_added),
		T(numbers_keep_their_digits),
		T(groups_nest_and_lists_repeat),
		T(text_cannot_leave_its_element),
		T(what_is_no_body_is_refused),
		T(json_form_keeps_order_and_digits),
		T(envelopes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
