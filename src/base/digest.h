/*
 * base/digest.h - hashes and the encodings of bytes as text.
 */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include "base/arena.h"

void digest_sha1(str s, uint8_t out[20]);
void digest_sha256(str s, uint8_t out[32]);
void digest_hmac_sha256(str key, str s, uint8_t out[32]);

/* Lower-case hex. */
str hex_of(struct arena *mem, const uint8_t *p, size_t n);
bool hex_parse(struct arena *mem, str s, str *out_bytes);
/* RFC 4648 with padding; parsing takes it with or without padding and ignores
 * what the last character's spare bits say (WeCom keys set them). */
str base64_of(struct arena *mem, str bytes);
bool base64_parse(struct arena *mem, str s, str *out_bytes);
/* URL-safe alphabet, no padding. */
str base64url_of(struct arena *mem, str bytes);

#endif
