/* Hashes against published vectors; encodings there and back. */
#include "base/digest.h"

#include "unit.h"

static struct arena *mem;

static int set_up(void **state)
{
	mem = arena_new(0);
	return 0;
}

static int tear_down(void **state)
{
	arena_free(mem);
	return 0;
}

static str hmac_hex(str key, str s)
{
	uint8_t out[32];

	digest_hmac_sha256(key, s, out);
	return hex_of(mem, out, sizeof(out));
}

static void hashes(void **state)
{
	uint8_t sha1[20], sha256[32];

	digest_sha1(STR("abc"), sha1);
	assert_str(hex_of(mem, sha1, 20), "a9993e364706816aba3e25717850c26c9cd0d89d");
	digest_sha1(STR_NONE, sha1);
	assert_str(hex_of(mem, sha1, 20), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
	digest_sha256(STR("abc"), sha256);
	assert_str(hex_of(mem, sha256, 32),
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/* RFC 4231, cases 1, 2, 6 (a key longer than a block), and no key at all. */
static void hmac(void **state)
{
	char key[131];

	memset(key, 0x0b, 20);
	assert_str(hmac_hex(str_make(key, 20), STR("Hi There")),
		"b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
	assert_str(hmac_hex(STR("Jefe"), STR("what do ya want for nothing?")),
		"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	memset(key, 0xaa, sizeof(key));
	assert_str(hmac_hex(str_make(key, sizeof(key)),
			   STR("Test Using Larger Than Block-Size Key - Hash Key First")),
		"60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
	assert_str(hmac_hex(STR_NONE, STR_NONE),
		"b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

static void hex(void **state)
{
	str out = STR("kept");

	assert_true(hex_parse(mem, STR("00fFa5"), &out));
	assert_true(str_same(out, STR("\x00\xff\xa5")));
	assert_false(hex_parse(mem, STR("0"), &out));
	assert_false(hex_parse(mem, STR("0g"), &out));
	assert_true(str_same(out, STR("\x00\xff\xa5")));
	assert_true(hex_parse(mem, STR_NONE, &out));
	assert_int_equal(out.n, 0);
}

static void base64(void **state)
{
	/* RFC 4648 section 10. */
	static const char *const plain[] = { "", "f", "fo", "foo", "foob", "fooba",
		"foobar" };
	static const char *const coded[] = { "", "Zg==", "Zm8=", "Zm9v",
		"Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy" };
	str out;

	for (size_t i = 0; i < ARRAY_LEN(plain); i++) {
		str bare = str_of(coded[i]);

		assert_str(base64_of(mem, str_of(plain[i])), coded[i]);
		assert_true(base64_parse(mem, bare, &out));
		assert_str(out, plain[i]);
		bare.n = str_find_char(bare, '=') < bare.n ? str_find_char(bare, '=')
							   : bare.n;
		assert_true(base64_parse(mem, bare, &out));
		assert_str(out, plain[i]);
		assert_true(str_same(base64url_of(mem, str_of(plain[i])), bare));
	}
	assert_str(base64_of(mem, STR("\xfb\xff\xfe")), "+//+");
	assert_str(base64url_of(mem, STR("\xfb\xff\xfe")), "-__-");
}

static void base64_refuses_and_forgives(void **state)
{
	static const char *const bad[] = { "Z", "Zg=", "Zg===", "=",
		"====", "Zm9v=", "Zm9v====", "Z g=", "Zm9-", "Zm\n9v", "=Zg=" };
	str out = STR("kept");

	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_false(base64_parse(mem, str_of(bad[i]), &out));
	assert_str(out, "kept");
	/* Spare bits are ignored: WeCom's 43-character keys set them. */
	assert_true(base64_parse(mem, STR("Zh=="), &out));
	assert_str(out, "f");
	assert_true(base64_parse(mem, STR("jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"),
		&out));
	assert_int_equal(out.n, 32);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hashes),
		cmocka_unit_test(hmac),
		cmocka_unit_test(hex),
		cmocka_unit_test(base64),
		cmocka_unit_test(base64_refuses_and_forgives),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
