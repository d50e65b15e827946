/*
 * wire/web_push.h - Web Push: encryption (RFC 8291 on RFC 8188) and who sends (RFC 8292).
 *
 * P-256, HKDF and AES-128-GCM are OpenSSL's; the formats are here.
 */
#ifndef WIRE_WEB_PUSH_H
#define WIRE_WEB_PUSH_H

#include "base/ctx.h"

enum { PUSH_KEY_BYTES = 65, PUSH_AUTH_BYTES = 16, PUSH_PLAIN_MAX = 3900 };

/* A pair of P-256 keys. */
struct push_keys;
struct push_keys *push_keys_new(void);
/* PEM, as it stands in a file; NULL when it is none of ours. */
struct push_keys *push_keys_read(str pem);
str push_keys_pem(struct arena *mem, const struct push_keys *k);
/* The public key: 65 bytes, uncompressed. */
str push_keys_public(struct arena *mem, const struct push_keys *k);
void push_keys_free(struct push_keys *k);

/* A browser's public key: on the curve? */
bool push_is_key(str public_key);
/* The body of a push: Content-Encoding aes128gcm.  ERR_INVALID_ARGUMENT for a bad key. */
enum err push_seal(struct ctx *cx, str public_key, str auth, str plain, str *out);
/* The same with the sender's keys and salt (16 bytes) given; for tests. */
enum err push_seal_with(struct ctx *cx, const struct push_keys *as, str salt,
	str public_key, str auth, str plain, str *out);
/* The Authorization field: "vapid t=…, k=…". */
str push_authorization(struct arena *mem, const struct push_keys *k, str endpoint,
	str subject, int64_t now_s);

#endif
