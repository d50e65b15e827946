/*
 * tests/unit/wire/web_push.c - the example of RFC 8291, appendix A, byte for byte.
 */
#include "unit.h"

#include "base/digest.h"
#include "../src/wire/web_push.c"

#include <openssl/param_build.h>

static str bytes(struct ctx *cx, const char *text)
{
	char *plain = arena_cstr(cx->mem, str_of(text));
	str out;

	for (char *p = plain; *p; p++)
		*p = (char)(*p == '-' ? '+' : *p == '_' ? '/' : *p);
	assert_true(base64_parse(cx->mem, str_of(plain), &out));
	return out;
}

static struct push_keys *pair_of(str private_key, str public_key)
{
	OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
	BIGNUM *d =
		BN_bin2bn((const unsigned char *)private_key.p, (int)private_key.n, NULL);
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	EVP_PKEY *pair = NULL;
	OSSL_PARAM *params;

	OSSL_PARAM_BLD_push_utf8_string(build, OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
	OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_PRIV_KEY, d);
	OSSL_PARAM_BLD_push_octet_string(build, OSSL_PKEY_PARAM_PUB_KEY, public_key.p,
		public_key.n);
	params = OSSL_PARAM_BLD_to_param(build);
	assert_int_equal(EVP_PKEY_fromdata_init(c), 1);
	assert_int_equal(EVP_PKEY_fromdata(c, &pair, EVP_PKEY_KEYPAIR, params), 1);
	OSSL_PARAM_free(params);
	OSSL_PARAM_BLD_free(build);
	EVP_PKEY_CTX_free(c);
	BN_free(d);
	return hold(pair);
}

static void the_example_of_the_rfc(void **state UNUSED)
{
	struct ctx *cx = ctx_new(0);
	str as_public = bytes(cx,
		"BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8w"
		"EqKK6PBru3jl7A8");
	struct push_keys *as =
		pair_of(bytes(cx, "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
			as_public);
	str out;

	assert_int_equal(
		(int)push_seal_with(cx, as, bytes(cx, "DGv6ra1nlYgDCS1FRnbzlw"),
			bytes(cx,
				"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-"
				"AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
			bytes(cx, "BTBZMqHH6r4Tts7J_aSIgg"),
			STR("When I grow up, I want to be a watermelon"), &out),
		OK);
	assert_str(base64url_of(cx->mem, out),
		"DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3"
		"vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuw"
		"XPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
	push_keys_free(as);
	ctx_free(cx);
}

static void keys_survive_their_file(void **state UNUSED)
{
	struct ctx *cx = ctx_new(0);
	struct push_keys *k = push_keys_new(), *again;

	again = push_keys_read(push_keys_pem(cx->mem, k));
	assert_non_null(again);
	assert_true(
		str_same(push_keys_public(cx->mem, k), push_keys_public(cx->mem, again)));
	assert_null(push_keys_read(STR("-----BEGIN nonsense")));
	push_keys_free(k);
	push_keys_free(again);
	ctx_free(cx);
}

static void points_off_the_curve_are_no_keys(void **state UNUSED)
{
	struct ctx *cx = ctx_new(0);
	struct push_keys *k = push_keys_new();
	str good = push_keys_public(cx->mem, k);
	char *bad = arena_cstr(cx->mem, good);

	assert_true(push_is_key(good));
	bad[40] ^= 1;
	assert_false(push_is_key(str_make(bad, good.n)));
	assert_false(push_is_key(str_sub(good, 0, 64)));
	assert_false(push_is_key(STR("")));
	push_keys_free(k);
	ctx_free(cx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_example_of_the_rfc),
		cmocka_unit_test(keys_survive_their_file),
		cmocka_unit_test(points_off_the_curve_are_no_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
