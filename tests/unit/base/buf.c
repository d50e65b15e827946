/* Bufs: growing, and the escapes of JSON, XML and URLs. */
#include "base/buf.h"

#include "unit.h"

static struct arena *mem;
static struct buf b;

static int set_up(void **state)
{
	mem = arena_new(0);
	buf_init(&b, mem, 0);
	return 0;
}

static int tear_down(void **state)
{
	arena_free(mem);
	return 0;
}

static void grows_without_losing(void **state)
{
	for (int i = 0; i < 20000; i++) {
		buf_char(&b, (char)('a' + i % 26));
		if (i % 1000 == 0)
			arena_alloc(mem, 1); /* so that it cannot grow in place */
	}
	assert_int_equal(b.n, 20000);
	for (int i = 0; i < 20000; i++)
		assert_int_equal(b.p[i], 'a' + i % 26);
}

static void writes_numbers_and_formats(void **state)
{
	buf_int(&b, 0);
	buf_char(&b, ' ');
	buf_int(&b, INT64_MAX);
	buf_char(&b, ' ');
	buf_int(&b, INT64_MIN);
	buf_printf(&b, " %s%d", "x", 1);
	buf_lit(&b, "!");
	buf_put(&b, STR_NONE);
	assert_str(buf_str(&b), "0 9223372036854775807 -9223372036854775808 x1!");
}

static void json_strings(void **state)
{
	buf_json_str(&b, STR("格力 \"a\\b\"/\b\f\n\r\t\x01\x1f\x7f"));
	assert_str(buf_str(&b),
		"\"格力 \\\"a\\\\b\\\"/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\"");
	b.n = 0;
	buf_json_str(&b, STR_NONE);
	assert_str(buf_str(&b), "\"\"");
	b.n = 0;
	buf_json_str(&b, STR("\0"));
	assert_str(buf_str(&b), "\"\\u0000\"");
}

static void xml_text(void **state)
{
	buf_xml_text(&b,
		STR("<a b=\"c\" d='e'>&格\r\n\t\x01\xef\xbf\xbf.\xef\xbf\xbe\xef\xbf\xbd"));
	assert_str(buf_str(&b),
		"&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;格&#13;\n\t.\xef\xbf\xbd");
}

static void cdata_cannot_be_left(void **state)
{
	buf_xml_cdata(&b, STR("a]]>b"));
	assert_str(buf_str(&b), "<![CDATA[a]]]]><![CDATA[>b]]>");
	b.n = 0;
	/* Nor by a character that is left out between. */
	buf_xml_cdata(&b, STR("]\x01]\x02>"));
	assert_str(buf_str(&b), "<![CDATA[]]]]><![CDATA[>]]>");
	b.n = 0;
	buf_xml_cdata(&b, STR_NONE);
	assert_str(buf_str(&b), "<![CDATA[]]>");
}

static void url_values(void **state)
{
	buf_url_value(&b, STR("aZ0-._~ +&=格/"));
	assert_str(buf_str(&b), "aZ0-._~%20%2B%26%3D%E6%A0%BC%2F");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(grows_without_losing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(writes_numbers_and_formats, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(json_strings, set_up, tear_down),
		cmocka_unit_test_setup_teardown(xml_text, set_up, tear_down),
		cmocka_unit_test_setup_teardown(cdata_cannot_be_left, set_up, tear_down),
		cmocka_unit_test_setup_teardown(url_values, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
