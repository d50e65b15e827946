#include "wire/webauthn.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "base/digest.h"
#include "base/shape.h"

enum { RP_HASH = 32, HEAD = 37, AAGUID = 16, CREDENTIAL_MAX = 1023, RSA_BITS_MIN = 2048 };

#define CLIENT_DATA(F, SUB)                                                              \
	F(octets, type, REQUIRED, 1, 64, "webauthn.create or webauthn.get")              \
	F(octets, challenge, REQUIRED, 1, 128, "What the server asked")                  \
	F(octets, origin, REQUIRED, 1, 512, "Where the page came from")                  \
	F(flag, crossOrigin, OPTIONAL, 0, 1, "Within a page of another site")
SHAPE(client_data, CLIENT_DATA)

static enum err bad(struct ctx *cx, const char *words)
{
	return why(cx, ERR_BAD_PASSKEY, "passkey: %s", words);
}

enum err webauthn_client_data(struct ctx *cx, str json, const struct webauthn_want *want)
{
	struct client_data c = { 0 };

	if (shape_parse(cx, client_data_shape(), json, &c) != OK) {
		ctx_forgive(cx);
		return bad(cx, "client data cannot be read");
	}
	if (!str_is(c.type, want->type))
		return bad(cx, "of another purpose");
	if (!str_same_secret(c.challenge, want->challenge))
		return bad(cx, "answers another challenge");
	if (!str_same(c.origin, want->origin) || c.crossOrigin)
		return bad(cx, "made on another site");
	return OK;
}

static unsigned be16(str s, size_t at)
{
	return (unsigned)(uint8_t)s.p[at] << 8 | (uint8_t)s.p[at + 1];
}

/* 6.1: hash of the site, flags, counter; and of a registration the model, the length of
 * the credential's id, the id, the key (which we have already) and extensions. */
enum err webauthn_auth_data(struct ctx *cx, str b, const struct webauthn_want *want,
	struct webauthn_data *out)
{
	uint8_t hash[RP_HASH];
	size_t n;

	*out = (struct webauthn_data){ 0 };
	if (b.n < HEAD)
		return bad(cx, "authenticator data is too short");
	digest_sha256(want->rp_id, hash);
	if (memcmp(b.p, hash, RP_HASH) != 0)
		return bad(cx, "made for another site");
	out->flags = (uint8_t)b.p[RP_HASH];
	out->counter = (int64_t)be16(b, RP_HASH + 1) << 16 | be16(b, RP_HASH + 3);
	if (!(out->flags & WEBAUTHN_PRESENT))
		return bad(cx, "nobody was there");
	if (!(out->flags & WEBAUTHN_CREDENTIAL))
		return OK;
	if (b.n < HEAD + AAGUID + 2)
		return bad(cx, "authenticator data is cut");
	n = be16(b, HEAD + AAGUID);
	if (!n || n > CREDENTIAL_MAX || n > b.n - (HEAD + AAGUID + 2))
		return bad(cx, "the credential's id is cut");
	out->credential = str_sub(b, HEAD + AAGUID + 2, n);
	return OK;
}

static EVP_PKEY *key_of(str spki)
{
	const unsigned char *p = (const unsigned char *)spki.p;
	EVP_PKEY *key = d2i_PUBKEY(NULL, &p, (long)spki.n);

	if (key && p != (const unsigned char *)spki.p + spki.n) {
		EVP_PKEY_free(key);
		return NULL;
	}
	return key;
}

static bool fits(EVP_PKEY *key, int64_t algorithm)
{
	char group[32] = "";
	size_t n = 0;

	if (algorithm == WEBAUTHN_RS256)
		return EVP_PKEY_is_a(key, "RSA") &&
			EVP_PKEY_get_bits(key) >= RSA_BITS_MIN;
	return algorithm == WEBAUTHN_ES256 && EVP_PKEY_is_a(key, "EC") &&
		EVP_PKEY_get_group_name(key, group, sizeof(group), &n) &&
		strcmp(group, "prime256v1") == 0;
}

enum err webauthn_key_check(struct ctx *cx, str spki, int64_t algorithm)
{
	EVP_PKEY *key = key_of(spki);
	bool ok = key && fits(key, algorithm);

	EVP_PKEY_free(key);
	return ok ? OK : bad(cx, "the key must be ES256 or RS256");
}

enum err webauthn_verify(struct ctx *cx, str spki, int64_t algorithm, str auth_data,
	str client_data, str signature)
{
	EVP_PKEY *key = key_of(spki);
	EVP_MD_CTX *md = EVP_MD_CTX_new();
	uint8_t hash[32];
	bool ok;

	digest_sha256(client_data, hash);
	ok = key && md && fits(key, algorithm) &&
		EVP_DigestVerifyInit(md, NULL, EVP_sha256(), NULL, key) == 1 &&
		EVP_DigestVerifyUpdate(md, auth_data.p, auth_data.n) == 1 &&
		EVP_DigestVerifyUpdate(md, hash, sizeof(hash)) == 1 &&
		EVP_DigestVerifyFinal(md, (const unsigned char *)signature.p,
			signature.n) == 1;
	EVP_MD_CTX_free(md);
	EVP_PKEY_free(key);
	return ok ? OK : bad(cx, "the signature is wrong");
}
