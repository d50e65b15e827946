/*
 * wire/webauthn.h - passkeys (W3C Web Authentication, Level 2), as far as we use them.
 *
 * Attestation is "none": nobody vouches for the authenticator, so its statement is not
 * read, and with it no CBOR.  The page gives what the browser's own calls give:
 * getAuthenticatorData(), and getPublicKey() as a SubjectPublicKeyInfo, which OpenSSL
 * reads (doc/decisions/passkeys.md).
 */
#ifndef WIRE_WEBAUTHN_H
#define WIRE_WEBAUTHN_H

#include "base/ctx.h"

enum { WEBAUTHN_ES256 = -7, WEBAUTHN_RS256 = -257 };
enum { WEBAUTHN_PRESENT = 1, WEBAUTHN_VERIFIED = 4, WEBAUTHN_CREDENTIAL = 64 };

/* What the server expects (7.1 and 7.2). */
struct webauthn_want {
	const char *type; /* "webauthn.create" or "webauthn.get" */
	str challenge;    /* as text: base64url */
	str origin;       /* "https://im.example.com" */
	str rp_id;        /* "im.example.com" */
};

struct webauthn_data {
	unsigned flags;
	int64_t counter;
	str credential; /* its id; of a registration only */
};

/* All of these: ERR_BAD_PASSKEY with words. */
enum err webauthn_client_data(struct ctx *cx, str json, const struct webauthn_want *want);
enum err webauthn_auth_data(struct ctx *cx, str bytes, const struct webauthn_want *want,
	struct webauthn_data *out);
/* A key of the algorithm: P-256, or RSA of 2048 bits or more. */
enum err webauthn_key_check(struct ctx *cx, str spki, int64_t algorithm);
enum err webauthn_verify(struct ctx *cx, str spki, int64_t algorithm, str auth_data,
	str client_data, str signature);

#endif
