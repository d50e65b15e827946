/*
 * wire/wecom_crypto.h - how callbacks are signed and encrypted.
 *
 * WeCom's documents 90968 and 91144.  A receiver (an app, an event source, a
 * robot) has a Token of 3 to 32 letters and digits and an EncodingAESKey of 43.
 * The plaintext is
 *
 *	| 16 random letters | length of msg, 4 bytes, big-endian | msg | receiveid |
 *
 * padded by PKCS#7 to blocks of 32 (a full block of 0x20 when it fits already),
 * then AES-256-CBC with the key's first 16 bytes as IV, then Base64.  The
 * signature is hex(sha1()) over token, timestamp, nonce and that Base64 text,
 * sorted by bytes and joined.
 *
 * 43 characters carry 258 bits: the last one's two low bits mean nothing, real
 * keys have them set, and keys made here do not, so that strict decoders work.
 *
 * receiveid: the corpid for a corp's own app, empty for its robots.
 */
#ifndef WIRE_WECOM_CRYPTO_H
#define WIRE_WECOM_CRYPTO_H

#include "base/ctx.h"

#define WECOM_KEY_CHARS 43
#define WECOM_RANDOM_BYTES 16
#define WECOM_SIGNATURE_CHARS 40

struct wecom_key {
	uint8_t aes[32];
};

/* What sender and receiver share. */
struct wecom_channel {
	str token;
	str receiveid;
	struct wecom_key key;
};

/* One encrypted message as it travels; timestamp as the decimal text sent. */
struct wecom_sealed {
	str signature, timestamp, nonce, encrypt;
};

/* False unless 43 letters and digits.  Spare bits are ignored. */
bool wecom_key_parse(str encoding_aes_key, struct wecom_key *out);
bool wecom_token_is_valid(str token);
/* New ones, from the kernel's randomness. */
str wecom_key_new(struct arena *mem);
str wecom_token_new(struct arena *mem);

/* msg_signature, lower-case hex. */
str wecom_sign(struct arena *mem, str token, str timestamp, str nonce, str encrypt);

/* The Base64 text.  `random`: 16 bytes for test vectors, NULL for fresh ones. */
str wecom_encrypt(struct arena *mem, const struct wecom_channel *ch, str msg,
	const char *random);
/* Checks padding, length and receiveid, not the signature. */
enum err wecom_decrypt(struct ctx *cx, const struct wecom_channel *ch, str encrypt,
	str *out_msg);

/* Encrypts and signs; timestamp and nonce are the caller's. */
void wecom_seal(struct arena *mem, const struct wecom_channel *ch, str msg, str timestamp,
	str nonce, struct wecom_sealed *out);
/* Checks the signature first, then decrypts.  ERR_SEAL with words on any doubt. */
enum err wecom_open(struct ctx *cx, const struct wecom_channel *ch,
	const struct wecom_sealed *in, str *out_msg);

/* Whole files (export jobs, robots' media): the same cipher and padding, raw
 * bytes, without random, length and receiveid. */
str wecom_file_encrypt(struct arena *mem, const struct wecom_key *key, str bytes);
enum err wecom_file_decrypt(struct ctx *cx, const struct wecom_key *key, str bytes,
	str *out_bytes);

/* The JS-SDK signature (document 90506) of a page's address; a fragment in
 * `url` is left out. */
str wecom_jsapi_sign(struct arena *mem, str ticket, str noncestr, str timestamp, str url);

#endif
