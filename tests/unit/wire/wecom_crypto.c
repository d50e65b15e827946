/*
 * Callback crypto against vectors of three origins: our own key (checked with
 * the openssl command and a Go SDK), and the sample WeCom publishes on document
 * page 90968, whose key ends in 'C'.
 */
#include "wire/wecom_crypto.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/digest.h"

#define TEXT_XML                                                                          \
	"<xml><ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName><FromUserName>"      \
	"<![CDATA[zhangsan]]></FromUserName><CreateTime>1700000000</CreateTime><MsgType>" \
	"<![CDATA[text]]></MsgType><Content><![CDATA[hello]]></Content><MsgId>"           \
	"1234567890123456</MsgId><AgentID>1000002</AgentID></xml>"
#define REPLY_XML                                                                          \
	"<xml><ToUserName><![CDATA[zhangsan]]></ToUserName><FromUserName>"                 \
	"<![CDATA[ww1234567890abcdef]]></FromUserName><CreateTime>1700000001</CreateTime>" \
	"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[hi]]></Content></xml>"
#define ROBOT_JSON                                                                       \
	"{\"msgid\":\"m1\",\"aibotid\":\"AIBOT1\",\"chattype\":\"single\",\"from\":"     \
	"{\"userid\":\"zhangsan\"},\"msgtype\":\"text\",\"text\":{\"content\":\"hi\"}}"
#define OWN_KEY "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFI"
#define PUBLISHED_KEY "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"

static const struct vector {
	const char *receiveid, *msg, *random, *timestamp, *nonce, *encrypt, *signature;
} vectors[] = {
	{ "ww1234567890abcdef", "1616140317555161061", "0123456789abcdef", "1700000000",
		"1372623149",
		"biq0FzuHX35CU+X7SQru0f8nZDmxuxYeMxJ9RiqLe3N6oBSalI5yxDis3M6syj8Ni5IvPOuwy2kPjX"
		"VAf+VeFg==",
		"bc6ec519686c03f70192a42d400687641edc0a9e" },
	{ "ww1234567890abcdef", TEXT_XML, "0123456789abcdef", "1700000000", "1372623149",
		"biq0FzuHX35CU+X7SQru0ZUx7JiYQl5jPN8VI3GSXUs2YggKfI2BqxuWItO0t1pCbHnqM2GQ28x8IV"
		"5B/Bwa/Zw5/dWvBrTT4cN8Bh48U3p91oqg7o+xdJ/dCorH77pUlkPyjyMYGVkAY6YS5Hlvi/QtKIFt"
		"xNnWWWZ1ewB1jYJO/n1AhPrz69iJtZZykrqk6V9o0WzUF/VrmJw5GW2nGEjLA1YHew5Fi30CrdoFw/"
		"Wvi//nQBVzQl/3/4IkCUc/SDDOlms+iRHQQyadohZrCUys298sWYrWKNK7JB579IHbFYTpKyylZCsY"
		"WadD2pVzdcFVwqWuryfOLCDrcH0Lhv6uJs3P1bJC07+uuZ4AhoeuCcQwbgSa8d6iFsTAngl/qWUOQh"
		"QnQ3hekEL6zzjyYYdQclOSEmac5qRD/E03lVw=",
		"07a43180cdf5fdb54b2d590a0a95353eff59e3b4" },
	/* A multiple of 32 before the pad: ends in thirty-two bytes of 0x20. */
	{ "ww1234567890abcdef", REPLY_XML, "fedcba9876543210", "1700000001", "nonce01",
		"+nJUKqUnuY4zGNhtQ8VU2KZan7roS2+wO+PhZmILg/ukYud7bSLsV431uoS0G0iydvU+8BiXJnYw5S"
		"a7DpepB9l0srAhhs/UK9106XcSVAvkpNy0JWw2xX7DlxEQtfg31Y9oJQSelqcDYa33a1/3Bm2fPTh3"
		"gDFlp3O/91XNMgwcW3cTLQ6QZa5Wn0xhcJKhelMarwTo3EFROqFHZIJg43d9PBoHqNTI7q3wKsco3m"
		"N/vIo1Rt2aAgGyzP/m4qWUAGXUagzJ0ST4yzV95yGN25bGoQpKYKOaKFdk6GdsNC+A/uRzCZ3QB0FB"
		"YogG3ExNPX5tC9OF6efEptldOSBCTZfxhZHxegK3RP0nJLb1Aayf/lhU20gfQPnJEMOiRkO1",
		"e6e63e866d5e1f7ffa9343b04bd9b02579fb3593" },
	/* A robot: the receiveid is empty. */
	{ "", ROBOT_JSON, "0123456789abcdef", "1700000000", "1372623149",
		"biq0FzuHX35CU+X7SQru0VFM4GuXt4wkUKVfmcr8oglc/LJpa/YsJI5TzBxz7Wn07BIHYYec4QLR3u"
		"8ahzXzao6VsCgdppeyUNBng/RyeLehrHANixDW3Ll9Rt8v9i2Jwn+ZUIcNfrbDCYPwp2MTvpeuBEwH"
		"EKNgFoHW39XnyJjBOkPGaBILO72Pe+wDjDV8YJjMC3ve1DrUI0/cePyniA==",
		"ea8bd0b960e63b618094b09dc1126c0179d68a17" },
};

#define PUBLISHED_ENCRYPT                                                                    \
	"RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhG" \
	"d3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknm" \
	"Pj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZ" \
	"xZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4E" \
	"hzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn2" \
	"8H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q=="

static struct ctx *cx;

static int begin(void **state)
{
	(void)state;
	cx = ctx_new(8 << 20);
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

static struct wecom_channel channel(const char *key, const char *token,
	const char *receiveid)
{
	struct wecom_channel ch = { .token = str_of(token),
		.receiveid = str_of(receiveid) };

	assert_true(wecom_key_parse(str_of(key), &ch.key));
	return ch;
}

static struct wecom_channel own(const char *receiveid)
{
	return channel(OWN_KEY, "mytoken2026", receiveid);
}

static struct wecom_sealed sealed(const struct vector *v)
{
	return (struct wecom_sealed){ str_of(v->signature), str_of(v->timestamp),
		str_of(v->nonce), str_of(v->encrypt) };
}

static void own_key_decodes(void **state)
{
	(void)state;
	struct wecom_channel ch = own("");
	assert_str(hex_of(cx->mem, ch.key.aes, 32),
		"69b71d79f8218a39259a7a29aabb2dbafc31cb3d35db7e39ebbf3d0010831052");
}

static void vectors_encrypt(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(vectors); i++) {
		const struct vector *v = &vectors[i];
		struct wecom_channel ch = own(v->receiveid);

		assert_str(wecom_encrypt(cx->mem, &ch, str_of(v->msg), v->random),
			v->encrypt);
		assert_str(wecom_sign(cx->mem, ch.token, str_of(v->timestamp),
				   str_of(v->nonce), str_of(v->encrypt)),
			v->signature);
	}
}

static void vectors_open(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(vectors); i++) {
		struct wecom_channel ch = own(vectors[i].receiveid);
		struct wecom_sealed in = sealed(&vectors[i]);
		str msg;

		assert_int_equal(wecom_open(cx, &ch, &in, &msg), OK);
		assert_str(msg, vectors[i].msg);
	}
}

static void published_sample_opens(void **state)
{
	(void)state;
	struct wecom_channel ch = channel(PUBLISHED_KEY, "QDG6eK", "wx5823bf96d3bd56c7");
	struct wecom_sealed in = { STR("477715d11cdb4164915debcba66cb864d751f3e6"),
		STR("1409659813"), STR("1372623149"), STR(PUBLISHED_ENCRYPT) };
	str msg;
	assert_int_equal(wecom_open(cx, &ch, &in, &msg), OK);
	assert_true(
		str_starts(msg, STR("<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]>")));
	assert_int_not_equal(str_find(msg, STR("<Content><![CDATA[hello]]></Content>")),
		SIZE_MAX);
}

static void spare_bits_of_the_last_letter_mean_nothing(void **state)
{
	(void)state;
	struct wecom_key a, b;
	assert_true(wecom_key_parse(STR(PUBLISHED_KEY), &a)); /* …C = 000010 */
	assert_true(
		wecom_key_parse(STR("jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2A"), &b));
	assert_memory_equal(a.aes, b.aes, 32);
}

static void bad_keys_and_tokens_are_refused(void **state)
{
	(void)state;
	struct wecom_key k;
	assert_false(wecom_key_parse(STR(""), &k));
	assert_false(
		wecom_key_parse(STR("abcdefghijklmnopqrstuvwxyz0123456789ABCDEF"), &k));
	assert_false(
		wecom_key_parse(STR("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFI="), &k));
	assert_false(
		wecom_key_parse(STR("abcdefghijklmnopqrstuvwxyz0123456789ABCDE+I"), &k));
	assert_true(wecom_token_is_valid(STR("abc")));
	assert_true(wecom_token_is_valid(STR("12345678901234567890123456789012")));
	assert_false(wecom_token_is_valid(STR("ab")));
	assert_false(wecom_token_is_valid(STR("123456789012345678901234567890123")));
	assert_false(wecom_token_is_valid(STR("my-token")));
	assert_false(wecom_token_is_valid(STR("令牌令牌")));
}

static void new_keys_suit_strict_decoders(void **state)
{
	(void)state;
	str before = STR_NONE;
	for (int i = 0; i < 64; i++) {
		str key = wecom_key_new(cx->mem);
		struct wecom_key k;

		assert_true(wecom_key_parse(key, &k));
		/* Strict: what comes back from encoding the 32 bytes is the key. */
		str again = base64_of(cx->mem, str_make(k.aes, 32));
		assert_true(str_same(str_sub(again, 0, WECOM_KEY_CHARS), key));
		assert_false(str_same(key, before));
		before = key;
		assert_true(wecom_token_is_valid(wecom_token_new(cx->mem)));
	}
}

static void seal_is_fresh_and_opens(void **state)
{
	(void)state;
	struct wecom_channel ch = own("ww1234567890abcdef");
	struct wecom_sealed a, b;
	str msg;
	wecom_seal(cx->mem, &ch, STR("你好"), STR("1700000000"), STR("n"), &a);
	wecom_seal(cx->mem, &ch, STR("你好"), STR("1700000000"), STR("n"), &b);
	assert_false(str_same(a.encrypt, b.encrypt));
	assert_int_equal(wecom_open(cx, &ch, &a, &msg), OK);
	assert_str(msg, "你好");
}

static void every_length_survives(void **state)
{
	(void)state;
	char text[100];
	memset(text, 'x', sizeof(text));
	struct wecom_channel ch = own("ww1");
	for (size_t n = 0; n < sizeof(text); n++) {
		str msg, e = wecom_encrypt(cx->mem, &ch, str_make(text, n), NULL);

		assert_int_equal(wecom_decrypt(cx, &ch, e, &msg), OK);
		assert_int_equal(msg.n, n);
	}
}

static void wrong_signature_is_refused(void **state)
{
	(void)state;
	struct wecom_channel ch = own("ww1234567890abcdef");
	struct wecom_sealed in = sealed(&vectors[1]);
	str msg = STR("untouched");
	in.nonce = STR("1372623148");
	assert_int_equal(wecom_open(cx, &ch, &in, &msg), ERR_SEAL);
	in = sealed(&vectors[1]);
	in.signature = str_skip(in.signature, 1);
	assert_int_equal(wecom_open(cx, &ch, &in, &msg), ERR_SEAL);
	in.signature = STR_NONE;
	assert_int_equal(wecom_open(cx, &ch, &in, &msg), ERR_SEAL);
	assert_str(msg, "untouched");
}

static void another_receiver_is_refused(void **state)
{
	(void)state;
	str msg;
	struct wecom_channel ch = own("ww1234567890abcdee");
	assert_int_equal(wecom_decrypt(cx, &ch, str_of(vectors[1].encrypt), &msg),
		ERR_SEAL);
	ch = own("");
	assert_int_equal(wecom_decrypt(cx, &ch, str_of(vectors[1].encrypt), &msg),
		ERR_SEAL);
	ch = channel(PUBLISHED_KEY, "mytoken2026", "ww1234567890abcdef");
	assert_int_equal(wecom_decrypt(cx, &ch, str_of(vectors[1].encrypt), &msg),
		ERR_SEAL);
}

static void broken_ciphertexts_are_refused(void **state)
{
	(void)state;
	static const char *const broken[] = { "", "====", "!!!!", "AAAA",
		"biq0FzuHX35CU+X7SQru0Q==", /* half a block */
		"biq0FzuHX35CU+X7SQru0f8nZDmxuxYeMxJ9RiqLe3M=" /* no pad inside */ };
	struct wecom_channel ch = own("ww1234567890abcdef");
	str msg;
	for (size_t i = 0; i < ARRAY_LEN(broken); i++)
		assert_int_equal(wecom_decrypt(cx, &ch, str_of(broken[i]), &msg),
			ERR_SEAL);
}

/* Plaintexts that decrypt well but lie about themselves, made with the file
 * cipher, which adds the pad and nothing else. */
static void lying_plaintexts_are_refused(void **state)
{
	(void)state;
	struct wecom_channel ch = own("ww1");
	str msg,
		lies[] = { STR("0123456789abcdef\0\0\0"), /* too short for a length */
			STR("0123456789abcdef\0\0\0\x05hiww1"), /* longer than it is */
			STR("0123456789abcdef\xff\xff\xff\xffhiww1"),
			STR("0123456789abcdef\0\0\0\x01hiww1") }; /* another receiveid */
	for (size_t i = 0; i < ARRAY_LEN(lies); i++) {
		str e = base64_of(cx->mem, wecom_file_encrypt(cx->mem, &ch.key, lies[i]));

		assert_int_equal(wecom_decrypt(cx, &ch, e, &msg), ERR_SEAL);
	}
	str honest = STR("0123456789abcdef\0\0\0\x02hiww1");
	str e = base64_of(cx->mem, wecom_file_encrypt(cx->mem, &ch.key, honest));
	assert_int_equal(wecom_decrypt(cx, &ch, e, &msg), OK);
	assert_str(msg, "hi");
}

static void files_follow_their_vector(void **state)
{
	(void)state;
	static const char b64[] =
		"ahvLrRozUwJcoX+XNgWf5zAeJ6KnLNTit11UiEcMU5lLro8XOlkfz3ec6Odxun"
		"IGClBC3im51sxC5hNRfvvZaQ==";
	struct wecom_channel ch = own("");
	str bytes, plain = STR("{\"userlist\":[{\"userid\":\"zhangsan\"}]}");
	str cipher = wecom_file_encrypt(cx->mem, &ch.key, plain);
	assert_str(base64_of(cx->mem, cipher), b64);
	assert_int_equal(wecom_file_decrypt(cx, &ch.key, cipher, &bytes), OK);
	assert_true(str_same(bytes, plain));
	assert_int_equal(wecom_file_decrypt(cx, &ch.key, str_skip(cipher, 1), &bytes),
		ERR_SEAL);
}

static void jsapi_follows_its_vectors(void **state)
{
	(void)state;
	str nonce = STR("n0nce"), ts = STR("1700000000");
	str url = STR("https://app.example.com/home?a=1&b=2");
	assert_str(wecom_jsapi_sign(cx->mem, STR("TICKET_corp_0001"), nonce, ts, url),
		"6245368d9346383a395d7b120ab0044026a748a9");
	assert_str(wecom_jsapi_sign(cx->mem, STR("TICKET_agent_0002"), nonce, ts, url),
		"01732fb380de4fe0ea7585668ac869143ad51299");
	str fragment = STR("https://app.example.com/home?a=1&b=2#top");
	assert_str(wecom_jsapi_sign(cx->mem, STR("TICKET_corp_0001"), nonce, ts,
			   fragment),
		"6245368d9346383a395d7b120ab0044026a748a9");
	assert_str(
		wecom_jsapi_sign(cx->mem,
			STR("sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy"
			    "3-Sl-HhTdfl2fzFy1AOcHKP7qg"),
			STR("Wm3WZYTPz0wzccnW"), STR("1414587457"),
			STR("http://mp.weixin.qq.com?params=value")),
		"0f9de62fce790f9a083d5c99e95740ceb90c27ed");
}

static void nothing_larger_than_the_budget(void **state)
{
	(void)state;
	struct ctx *small = ctx_new(256 << 10);
	struct wecom_channel ch = own("");
	char *p = arena_alloc(cx->mem, 4 << 20);
	memset(p, 'A', 4 << 20);
	struct wecom_sealed in = { STR("x"), STR("1"), STR("n"), str_make(p, 4 << 20) };
	str msg;
	assert_int_equal(wecom_open(small, &ch, &in, &msg), ERR_TOO_LARGE);
	ctx_free(small);
}

int main(void)
{
#define T(fn) cmocka_unit_test_setup_teardown(fn, begin, end)
	const struct CMUnitTest tests[] = {
		T(own_key_decodes),
		T(vectors_encrypt),
		T(vectors_open),
		T(published_sample_opens),
		T(spare_bits_of_the_last_letter_mean_nothing),
		T(bad_keys_and_tokens_are_refused),
		T(new_keys_suit_strict_decoders),
		T(seal_is_fresh_and_opens),
		T(every_length_survives),
		T(wrong_signature_is_refused),
		T(another_receiver_is_refused),
		T(broken_ciphertexts_are_refused),
		T(lying_plaintexts_are_refused),
		T(files_follow_their_vector),
		T(jsapi_follows_its_vectors),
		T(nothing_larger_than_the_budget),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
