/*
 * What a browser says for a passkey: client data, authenticator data, key and signature,
 * cut at the first three bytes' lengths.
 */
#include "wire/webauthn.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ctx *cx = ctx_new(1 << 20);
	struct webauthn_want want = { .type = "webauthn.get",
		.challenge = STR("AAAA"),
		.origin = STR("http://localhost"),
		.rp_id = STR("localhost") };
	struct webauthn_data out;
	str all = str_make(data, size), client, auth, key;

	if (size > 3) {
		str rest = str_skip(all, 3);

		client = str_sub(rest, 0, (size_t)data[0] * 4);
		rest = str_skip(rest, client.n);
		auth = str_sub(rest, 0, data[1]);
		rest = str_skip(rest, auth.n);
		key = str_sub(rest, 0, (size_t)data[2] * 4);
		rest = str_skip(rest, key.n);
		(void)!webauthn_client_data(cx, client, &want);
		if (webauthn_auth_data(cx, auth, &want, &out) == OK)
			BUG_IF(out.credential.n > auth.n, "an id beyond its data");
		(void)!webauthn_key_check(cx, key, WEBAUTHN_ES256);
		(void)!webauthn_verify(cx, key, WEBAUTHN_RS256, auth, client, rest);
	}
	ctx_free(cx);
	return 0;
}
