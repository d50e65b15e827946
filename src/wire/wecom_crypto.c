/*
 * wire/wecom_crypto.c - WeCom's callback scheme over OpenSSL's EVP.
 *
 * The cipher is asked for no padding of its own: WeCom's blocks are 32 bytes,
 * AES's 16, so we pad and check ourselves.  That check tells an attacker
 * nothing, because wecom_open verifies the signature before it decrypts, and
 * every later doubt has the same words.
 */
#include "wire/wecom_crypto.h"

#include <openssl/evp.h>

#include "base/digest.h"
#include "base/ids.h"

enum { BLOCK = 32, IV_BYTES = 16, LENGTH_BYTES = 4 };
#define HEAD (WECOM_RANDOM_BYTES + LENGTH_BYTES)

/* The characters whose two low bits are zero: the last of a 43-character key. */
static const char strict_last[] = "AEIMQUYcgkosw048";

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool all_alnum(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_alnum(s.p[i]))
			return false;
	return true;
}

bool wecom_key_parse(str encoding_aes_key, struct wecom_key *out)
{
	if (encoding_aes_key.n != WECOM_KEY_CHARS || !all_alnum(encoding_aes_key))
		return false;
	uint8_t bytes[33];
	char padded[WECOM_KEY_CHARS + 1];
	memcpy(padded, encoding_aes_key.p, WECOM_KEY_CHARS);
	padded[WECOM_KEY_CHARS] = '=';
	if (EVP_DecodeBlock(bytes, (const unsigned char *)padded, sizeof(padded)) != 33)
		return false;
	memcpy(out->aes, bytes, sizeof(out->aes));
	return true;
}

bool wecom_token_is_valid(str token)
{
	return token.n >= 3 && token.n <= 32 && all_alnum(token);
}

str wecom_key_new(struct arena *mem)
{
	str body = random_text(mem, WECOM_KEY_CHARS - 1);
	char last = strict_last[random_below(sizeof(strict_last) - 1)];

	return arena_concat(mem, body, str_make(&last, 1));
}

str wecom_token_new(struct arena *mem)
{
	return random_text(mem, 32);
}

static str sha1_hex(struct arena *mem, str s)
{
	uint8_t digest[20];

	digest_sha1(s, digest);
	return hex_of(mem, digest, sizeof(digest));
}

str wecom_sign(struct arena *mem, str token, str timestamp, str nonce, str encrypt)
{
	str part[4] = { token, timestamp, nonce, encrypt };

	for (size_t i = 1; i < ARRAY_LEN(part); i++)
		for (size_t j = i; j > 0 && str_order(part[j - 1], part[j]) > 0; j--) {
			str swap = part[j];

			part[j] = part[j - 1];
			part[j - 1] = swap;
		}
	str joined = arena_concat(mem, arena_concat(mem, part[0], part[1]),
		arena_concat(mem, part[2], part[3]));
	return sha1_hex(mem, joined);
}

/* AES-256-CBC over whole blocks; out has room for them. */
static bool run_cipher(const struct wecom_key *key, bool encrypt, str in, char *out)
{
	EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();

	BUG_IF(!c, "no memory for a cipher");
	int n = 0, tail = 0;
	bool ok = in.n <= INT32_MAX - BLOCK &&
		EVP_CipherInit_ex(c, EVP_aes_256_cbc(), NULL, key->aes, key->aes,
			encrypt) &&
		EVP_CIPHER_CTX_set_padding(c, 0) &&
		EVP_CipherUpdate(c, (unsigned char *)out, &n, (const unsigned char *)in.p,
			(int)in.n) &&
		EVP_CipherFinal_ex(c, (unsigned char *)out + n, &tail);
	EVP_CIPHER_CTX_free(c);
	return ok && (size_t)n + (size_t)tail == in.n;
}

static size_t padded_length(size_t n)
{
	return n + BLOCK - n % BLOCK;
}

/* Fills p[n..] up to the block with the pad's own length, and encrypts. */
static str pad_and_encrypt(struct arena *mem, const struct wecom_key *key, char *p,
	size_t n)
{
	size_t full = padded_length(n);

	memset(p + n, (int)(full - n), full - n);
	char *out = arena_alloc(mem, full);
	bool ok = run_cipher(key, true, str_make(p, full), out);
	BUG_IF(!ok, "the cipher refused %zu bytes", full);
	return str_make(out, full);
}

/* The plaintext without its pad; false when the pad is not one. */
static bool decrypt_and_trim(struct arena *mem, const struct wecom_key *key, str in,
	str *out)
{
	if (in.n == 0 || in.n % BLOCK != 0 || !arena_has_room(mem, in.n))
		return false;
	char *plain = arena_alloc(mem, in.n);
	if (!run_cipher(key, false, in, plain))
		return false;
	size_t pad = (unsigned char)plain[in.n - 1];
	if (pad < 1 || pad > BLOCK)
		return false;
	unsigned char wrong = 0;
	for (size_t i = in.n - pad; i < in.n; i++)
		wrong |= (unsigned char)plain[i] ^ (unsigned char)pad;
	*out = str_make(plain, in.n - pad);
	return wrong == 0;
}

static void put_length(char *p, size_t n)
{
	for (int i = 0; i < LENGTH_BYTES; i++)
		p[i] = (char)(n >> (24 - 8 * i));
}

static size_t get_length(const char *p)
{
	size_t n = 0;

	for (int i = 0; i < LENGTH_BYTES; i++)
		n = n << 8 | (unsigned char)p[i];
	return n;
}

str wecom_encrypt(struct arena *mem, const struct wecom_channel *ch, str msg,
	const char *random)
{
	size_t n = HEAD + msg.n + ch->receiveid.n;
	char *plain = arena_alloc(mem, padded_length(n));

	memcpy(plain, random ? random : random_text(mem, WECOM_RANDOM_BYTES).p,
		WECOM_RANDOM_BYTES);
	put_length(plain + WECOM_RANDOM_BYTES, msg.n);
	if (msg.n)
		memcpy(plain + HEAD, msg.p, msg.n);
	if (ch->receiveid.n)
		memcpy(plain + HEAD + msg.n, ch->receiveid.p, ch->receiveid.n);
	return base64_of(mem, pad_and_encrypt(mem, &ch->key, plain, n));
}

enum err wecom_decrypt(struct ctx *cx, const struct wecom_channel *ch, str encrypt,
	str *out_msg)
{
	str cipher, plain;

	if (!arena_has_room(cx->mem, encrypt.n))
		return why(cx, ERR_TOO_LARGE, "Encrypt is too long");
	if (!base64_parse(cx->mem, encrypt, &cipher))
		return why(cx, ERR_SEAL, "Encrypt is not Base64");
	if (!decrypt_and_trim(cx->mem, &ch->key, cipher, &plain) || plain.n < HEAD)
		return why(cx, ERR_SEAL,
			"Encrypt does not decrypt with this EncodingAESKey");
	size_t length = get_length(plain.p + WECOM_RANDOM_BYTES);
	str body = str_skip(plain, HEAD);
	if (length > body.n)
		return why(cx, ERR_SEAL,
			"Encrypt does not decrypt with this EncodingAESKey");
	if (!str_same(str_skip(body, length), ch->receiveid))
		return why(cx, ERR_SEAL, "the receiveid inside is another's");
	*out_msg = str_sub(body, 0, length);
	return OK;
}

void wecom_seal(struct arena *mem, const struct wecom_channel *ch, str msg, str timestamp,
	str nonce, struct wecom_sealed *out)
{
	str encrypt = wecom_encrypt(mem, ch, msg, NULL);

	*out = (struct wecom_sealed){
		.signature = wecom_sign(mem, ch->token, timestamp, nonce, encrypt),
		.timestamp = timestamp,
		.nonce = nonce,
		.encrypt = encrypt,
	};
}

enum err wecom_open(struct ctx *cx, const struct wecom_channel *ch,
	const struct wecom_sealed *in, str *out_msg)
{
	if (!arena_has_room(cx->mem, 4 * in->encrypt.n))
		return why(cx, ERR_TOO_LARGE, "Encrypt is too long");
	str want = wecom_sign(cx->mem, ch->token, in->timestamp, in->nonce, in->encrypt);
	if (!str_same_secret(want, in->signature))
		return why(cx, ERR_SEAL, "msg_signature does not match");
	return wecom_decrypt(cx, ch, in->encrypt, out_msg);
}

str wecom_file_encrypt(struct arena *mem, const struct wecom_key *key, str bytes)
{
	char *plain = arena_alloc(mem, padded_length(bytes.n));

	if (bytes.n)
		memcpy(plain, bytes.p, bytes.n);
	return pad_and_encrypt(mem, key, plain, bytes.n);
}

enum err wecom_file_decrypt(struct ctx *cx, const struct wecom_key *key, str bytes,
	str *out_bytes)
{
	str plain;

	if (!decrypt_and_trim(cx->mem, key, bytes, &plain))
		return why(cx, ERR_SEAL, "the file does not decrypt with this key");
	*out_bytes = plain;
	return OK;
}

str wecom_jsapi_sign(struct arena *mem, str ticket, str noncestr, str timestamp, str url)
{
	str page = str_cut(&url, '#');

	return sha1_hex(mem,
		arena_printf(mem,
			"jsapi_ticket=%.*s&noncestr=%.*s&timestamp=%.*s&url=%.*s",
			STR_FMT(ticket), STR_FMT(noncestr), STR_FMT(timestamp),
			STR_FMT(page)));
}
