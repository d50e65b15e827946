/*
 * What apps answer: the vectors, the replies of document 90241, and answers
 * nobody should send.
 */
#include "wire/callback_reply.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/buf.h"

#define HEAD                                                                             \
	"<ToUserName><![CDATA[zhangsan]]></ToUserName><FromUserName><![CDATA[ww1]]>"     \
	"</FromUserName><CreateTime>1700000001</CreateTime>"
#define SAY(type, rest)                                                                  \
	"<xml>" HEAD "<MsgType><![CDATA[" type "]]></MsgType>" rest "</xml>"

static struct ctx *cx;

static int begin(void **state)
{
	(void)state;
	json_init();
	cx = ctx_new(16 << 20);
	return 0;
}

static int end(void **state)
{
	(void)state;
	ctx_free(cx);
	return 0;
}

static void assert_str(str got, const char *want)
{
	assert_string_equal(arena_cstr(cx->mem, got), want);
}

static struct callback_reply parsed(const char *plain)
{
	struct callback_reply r;

	assert_int_equal(callback_reply_parse(cx, str_of(plain), &r), OK);
	return r;
}

static void assert_refused(const char *plain, enum err want)
{
	struct callback_reply r;
	enum err got = callback_reply_parse(cx, str_of(plain), &r);

	assert_int_equal(got, want);
}

static struct wecom_channel channel(void)
{
	struct wecom_channel ch = { STR("mytoken2026"), STR("ww1234567890abcdef"),
		{ { 0 } } };

	assert_true(wecom_key_parse(STR("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFI"),
		&ch.key));
	return ch;
}

/* The passive reply of our catalogue's vector 1, as an SDK would send it. */
static void a_published_reply_is_read(void **state)
{
	(void)state;
	static const char body[] =
		"<xml><Encrypt><![CDATA[+nJUKqUnuY4zGNhtQ8VU2KZan7roS2+wO+PhZmILg/ukYud7bSLsV431"
		"uoS0G0iydvU+8BiXJnYw5Sa7DpepB9l0srAhhs/UK9106XcSVAvkpNy0JWw2xX7DlxEQtfg31Y9oJQSe"
		"lqcDYa33a1/3Bm2fPTh3gDFlp3O/91XNMgwcW3cTLQ6QZa5Wn0xhcJKhelMarwTo3EFROqFHZIJg43d9"
		"PBoHqNTI7q3wKsco3mN/vIo1Rt2aAgGyzP/m4qWUAGXUagzJ0ST4yzV95yGN25bGoQpKYKOaKFdk6Gds"
		"NC+A/uRzCZ3QB0FBYogG3ExNPX5tC9OF6efEptldOSBCTZfxhZHxegK3RP0nJLb1Aayf/lhU20gfQPnJ"
		"EMOiRkO1]]></Encrypt><MsgSignature><![CDATA[e6e63e866d5e1f7ffa9343b04bd9b02579fb"
		"3593]]></MsgSignature><TimeStamp>1700000001</TimeStamp><Nonce><![CDATA[nonce01]]>"
		"</Nonce></xml>";
	struct wecom_channel ch = channel();
	struct callback_reply r;
	assert_int_equal(callback_reply_read(cx, &ch, str_of(body), &r), OK);
	assert_int_equal(r.kind, REPLY_TEXT);
	assert_str(r.to, "zhangsan");
	assert_str(r.from, "ww1234567890abcdef");
	assert_int_equal(r.create_time, 1700000001);
	assert_str(r.content, "hi");
}

static str envelope(const struct wecom_sealed *s, bool json)
{
	return arena_printf(cx->mem,
		json ? "{\"encrypt\":\"%.*s\",\"msgsignature\":\"%.*s\",\"timestamp\":%.*s,"
		       "\"nonce\":\"%.*s\"}"
		     : "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xml>\n<Encrypt>"
		       "%.*s</Encrypt>\n<MsgSignature>%.*s</MsgSignature>\n<TimeStamp>%.*s"
		       "</TimeStamp>\n<Nonce>%.*s</Nonce>\n</xml>\n",
		STR_FMT(s->encrypt), STR_FMT(s->signature), STR_FMT(s->timestamp),
		STR_FMT(s->nonce));
}

static void both_envelopes_are_read(void **state)
{
	(void)state;
	struct wecom_channel ch = channel();
	struct wecom_sealed s;
	struct callback_reply r;
	wecom_seal(cx->mem, &ch, STR(SAY("text", "<Content>你好 &lt;b&gt;</Content>")),
		STR("1700000009"), STR("n1"), &s);
	for (int json = 0; json < 2; json++) {
		assert_int_equal(callback_reply_read(cx, &ch, envelope(&s, json), &r),
			OK);
		assert_str(r.content, "你好 <b>");
	}
	wecom_seal(cx->mem, &ch,
		STR("{\"ToUserName\":\"a\",\"FromUserName\":\"ww1\",\"CreateTime\":1700000001,"
		    "\"MsgType\":\"text\",\"Content\":\"line\\ntwo\"}"),
		STR("1700000009"), STR("n1"), &s);
	assert_int_equal(callback_reply_read(cx, &ch, envelope(&s, true), &r), OK);
	assert_int_equal(r.create_time, 1700000001);
	assert_str(r.content, "line\ntwo");
	s.nonce = STR("n2");
	assert_int_equal(callback_reply_read(cx, &ch, envelope(&s, true), &r), ERR_SEAL);
}

static void nothing_to_say(void **state)
{
	(void)state;
	static const char *const bodies[] = { "", " \r\n", "success", "SUCCESS\n",
		"\"success\"", "\xef\xbb\xbfok" };
	struct wecom_channel ch = channel();
	struct callback_reply r;
	for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
		assert_int_equal(callback_reply_read(cx, &ch, str_of(bodies[i]), &r), OK);
		assert_int_equal(r.kind, REPLY_NONE);
	}
	assert_int_equal(parsed(SAY("text", "<Content></Content>")).kind, REPLY_NONE);
}

static void envelopes_that_are_none(void **state)
{
	(void)state;
	static const char *const bodies[] = { "hello", "<html><body>502</body></html>",
		"<xml/>", "{}", "{\"encrypt\":\"x\"}", "<xml><Encrypt>x</Encrypt></xml>",
		"<xml><Encrypt>x</Encrypt><Encrypt>y</Encrypt><MsgSignature>z</MsgSignature></xml>",
		"<!DOCTYPE xml [<!ENTITY e \"x\">]><xml><Encrypt>&e;</Encrypt></xml>" };
	struct wecom_channel ch = channel();
	struct callback_reply r = { .kind = REPLY_NEWS };
	for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
		enum err e = callback_reply_read(cx, &ch, str_of(bodies[i]), &r);

		assert_int_equal(e, ERR_INVALID_ARGUMENT);
	}
	assert_int_equal(callback_reply_read(cx, &ch, STR("{\"encrypt\""), &r),
		ERR_BAD_JSON);
	assert_int_equal(r.kind, REPLY_NEWS);
}

static void every_kind_is_read(void **state)
{
	(void)state;
	struct callback_reply r =
		parsed(SAY("image", "<Image><MediaId><![CDATA[M1]]></MediaId></Image>"));
	assert_int_equal(r.kind, REPLY_IMAGE);
	assert_str(r.media_id, "M1");
	r = parsed(SAY("voice", "<Voice><MediaId>M2</MediaId></Voice>"));
	assert_int_equal(r.kind, REPLY_VOICE);
	assert_str(r.media_id, "M2");
	r = parsed(SAY("video",
		"<Video><MediaId>M3</MediaId><Title>T</Title><Description> D "
		"</Description></Video>"));
	assert_int_equal(r.kind, REPLY_VIDEO);
	assert_str(r.title, "T");
	assert_str(r.description, "D");
	r = parsed(SAY("update_button",
		"<Button><ReplaceName>已处理</ReplaceName></Button>"));
	assert_int_equal(r.kind, REPLY_UPDATE_BUTTON);
	assert_str(r.replace_name, "已处理");
}

static void news_is_read(void **state)
{
	(void)state;
	struct callback_reply r = parsed(SAY("news",
		"<ArticleCount>2</ArticleCount><Articles><item><Title>one</Title><Description>d"
		"</Description><PicUrl>http://a/p.png</PicUrl><Url>http://a/?x=1&amp;y=2</Url></item>"
		"<item><Title>two</Title></item></Articles>"));
	assert_int_equal(r.kind, REPLY_NEWS);
	assert_int_equal(r.n_articles, 2);
	assert_str(r.articles[0].title, "one");
	assert_str(r.articles[0].picurl, "http://a/p.png");
	assert_str(r.articles[0].url, "http://a/?x=1&y=2");
	assert_str(r.articles[1].title, "two");
	assert_int_equal(r.articles[1].url.n, 0);
}

static void a_card_is_handed_on(void **state)
{
	(void)state;
	struct callback_reply r = parsed(SAY("update_template_card",
		"<TemplateCard><CardType>button_interaction</CardType><MainTitle><Title>t</Title>"
		"</MainTitle><ButtonList><Text>a</Text></ButtonList><ButtonList><Text>b</Text>"
		"</ButtonList></TemplateCard>"));
	assert_int_equal(r.kind, REPLY_UPDATE_CARD);
	assert_str(xml_text(xml_find(r.card, "MainTitle"), "Title"), "t");
	assert_int_equal(xml_count(r.card, "ButtonList"), 2);
	assert_str(xml_text(xml_again(xml_find(r.card, "ButtonList")), "Text"), "b");
}

static void wrong_messages_are_refused(void **state)
{
	(void)state;
	assert_refused(SAY("location", ""), ERR_BAD_MSGTYPE);
	assert_refused("<xml>" HEAD "</xml>", ERR_BAD_MSGTYPE);
	assert_refused(SAY("image", ""), ERR_INVALID_ARGUMENT);
	assert_refused(SAY("image", "<Image/>"), ERR_INVALID_ARGUMENT);
	assert_refused(SAY("image",
			       "<Image><MediaId>a</MediaId><MediaId>b</MediaId></Image>"),
		ERR_INVALID_ARGUMENT);
	assert_refused(SAY("text", "<Content>a</Content><Content>b</Content>"),
		ERR_INVALID_ARGUMENT);
	assert_refused(SAY("text", "<MsgType>image</MsgType>"), ERR_INVALID_ARGUMENT);
	assert_refused(SAY("update_button", "<Button/>"), ERR_INVALID_ARGUMENT);
	assert_refused(SAY("update_template_card", "<TemplateCard/>"),
		ERR_INVALID_ARGUMENT);
	assert_refused(SAY("news", "<Articles></Articles>"), ERR_ARTICLES);
	assert_refused(SAY("news", "<Articles><item><Url>u</Url></item></Articles>"),
		ERR_INVALID_ARGUMENT);
#define ITEM "<item><Title>t</Title></item>"
	assert_refused(SAY("news",
			       "<Articles>" ITEM ITEM ITEM ITEM ITEM ITEM ITEM ITEM ITEM
			       "</Articles>"),
		ERR_ARTICLES);
}

static void xml_attacks_are_refused(void **state)
{
	(void)state;
	const struct xml_node *root;
	static const char *const bad[] = {
		"<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
		"<!DOCTYPE a><a/>",
		"<?xml version=\"1.0\" encoding=\"GBK\"?><a>\xc4\xe3</a>",
		"<a>\xff</a>",
		"<a>&nosuch;</a>",
		"<a>\x01</a>",
		"<a><b></a></b>",
		"<a></a><b></b>",
		"<a",
		"",
	};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_equal(xml_parse(cx, str_of(bad[i]), &root),
			ERR_INVALID_ARGUMENT);
	assert_int_equal(xml_parse(cx, STR("<a>\0</a>"), &root), ERR_INVALID_ARGUMENT);
}

static str repeated(const char *unit, size_t n)
{
	struct buf b;

	buf_init(&b, cx->mem, n * strlen(unit));
	for (size_t i = 0; i < n; i++)
		buf_lit(&b, unit);
	return buf_str(&b);
}

static enum err parse_wrapped(str inner)
{
	const struct xml_node *root;
	str whole = arena_printf(cx->mem, "<xml>%.*s</xml>", STR_FMT(inner));

	return xml_parse(cx, whole, &root);
}

static void xml_bounds_hold(void **state)
{
	(void)state;
	assert_int_equal(parse_wrapped(repeated("<a/>", XML_MAX_NODES - 1)), OK);
	assert_int_equal(parse_wrapped(repeated("<a/>", XML_MAX_NODES)),
		ERR_INVALID_ARGUMENT);
	assert_int_equal(parse_wrapped(repeated("<a>", 5000)), ERR_INVALID_ARGUMENT);
	assert_int_equal(parse_wrapped(repeated("x", XML_MAX_BYTES - 11)), OK);
	assert_int_equal(parse_wrapped(repeated("x", XML_MAX_BYTES)), ERR_TOO_LARGE);
	struct ctx *small = ctx_new(64 << 10);
	const struct xml_node *root;
	assert_int_equal(xml_parse(small, STR("<a/>"), &root), ERR_TOO_LARGE);
	ctx_free(small);
}

static void a_declared_encoding_cannot_reinterpret(void **state)
{
	(void)state;
	const struct xml_node *root;
	str text = STR(
		"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a><b>\xc3\xa9</b></a>");
	assert_int_equal(xml_parse(cx, text, &root), OK);
	assert_str(xml_text(root, "b"), "é");
}

int main(void)
{
#define T(fn) cmocka_unit_test_setup_teardown(fn, begin, end)
	const struct CMUnitTest tests[] = {
		T(a_published_reply_is_read),
		T(both_envelopes_are_read),
		T(nothing_to_say),
		T(envelopes_that_are_none),
		T(every_kind_is_read),
		T(news_is_read),
		T(a_card_is_handed_on),
		T(wrong_messages_are_refused),
		T(xml_attacks_are_refused),
		T(xml_bounds_hold),
		T(a_declared_encoding_cannot_reinterpret),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
