/*
 * base/digest.c - hashes and the encodings of bytes as text.
 *
 * OpenSSL looks an algorithm up by name at each one-shot call, which costs more
 * than hashing a short text; so the two we use are fetched once.  HMAC is built
 * on the hash (RFC 2104 section 2) for the same reason.
 */
#include "base/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <pthread.h>

#include "base/err.h"

#define SHA256_BLOCK 64

static EVP_MD *sha1, *sha256;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void fetch_both(void)
{
	sha1 = EVP_MD_fetch(NULL, "SHA1", NULL);
	sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	BUG_IF(sha1 == NULL || sha256 == NULL, "no SHA in this OpenSSL");
}

static EVP_MD_CTX *begin(void)
{
	EVP_MD_CTX *c;

	pthread_once(&once, fetch_both);
	c = EVP_MD_CTX_new();
	BUG_IF(c == NULL, "out of memory");
	return c;
}

static void hash_two(EVP_MD_CTX *c, const EVP_MD *md, str head, str tail, uint8_t *out)
{
	BUG_IF(EVP_DigestInit_ex2(c, md, NULL) != 1 ||
			EVP_DigestUpdate(c, head.p, head.n) != 1 ||
			EVP_DigestUpdate(c, tail.p, tail.n) != 1 ||
			EVP_DigestFinal_ex(c, out, NULL) != 1,
		"digest failed");
}

void digest_sha1(str s, uint8_t out[20])
{
	EVP_MD_CTX *c = begin();

	hash_two(c, sha1, s, STR_NONE, out);
	EVP_MD_CTX_free(c);
}

void digest_sha256(str s, uint8_t out[32])
{
	EVP_MD_CTX *c = begin();

	hash_two(c, sha256, s, STR_NONE, out);
	EVP_MD_CTX_free(c);
}

void digest_hmac_sha256(str key, str s, uint8_t out[32])
{
	EVP_MD_CTX *c = begin();
	uint8_t pad[SHA256_BLOCK] = { 0 }, inner[32];

	if (key.n > sizeof(pad))
		hash_two(c, sha256, key, STR_NONE, pad);
	else if (key.n)
		memcpy(pad, key.p, key.n);
	for (size_t i = 0; i < sizeof(pad); i++)
		pad[i] ^= 0x36;
	hash_two(c, sha256, str_make(pad, sizeof(pad)), s, inner);
	for (size_t i = 0; i < sizeof(pad); i++)
		pad[i] ^= 0x36 ^ 0x5c;
	hash_two(c, sha256, str_make(pad, sizeof(pad)), str_make(inner, sizeof(inner)),
		out);
	OPENSSL_cleanse(pad, sizeof(pad));
	EVP_MD_CTX_free(c);
}

str hex_of(struct arena *mem, const uint8_t *p, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	char *text = arena_bytes(mem, 2 * n + 1);

	for (size_t i = 0; i < n; i++) {
		text[2 * i] = digits[p[i] >> 4];
		text[2 * i + 1] = digits[p[i] & 15];
	}
	text[2 * n] = '\0';
	return str_make(text, 2 * n);
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool hex_parse(struct arena *mem, str s, str *out_bytes)
{
	char *bytes;

	if (s.n % 2)
		return false;
	bytes = arena_bytes(mem, s.n / 2 + 1);
	for (size_t i = 0; i < s.n; i += 2) {
		int high = hex_digit(s.p[i]), low = hex_digit(s.p[i + 1]);

		if (high < 0 || low < 0)
			return false;
		bytes[i / 2] = (char)(high << 4 | low);
	}
	bytes[s.n / 2] = '\0';
	*out_bytes = str_make(bytes, s.n / 2);
	return true;
}

/* Four characters for three bytes; `pad` is '=' or nothing. */
static str encode64(struct arena *mem, str s, const char digits[64], char pad)
{
	char *text = arena_bytes(mem, (s.n + 2) / 3 * 4 + 1), *w = text;
	const unsigned char *p = (const unsigned char *)s.p;

	for (size_t i = 0; i < s.n; i += 3) {
		size_t left = s.n - i;
		uint32_t v = (uint32_t)p[i] << 16;

		v |= left > 1 ? (uint32_t)p[i + 1] << 8 : 0;
		v |= left > 2 ? p[i + 2] : 0;
		*w++ = digits[v >> 18];
		*w++ = digits[v >> 12 & 63];
		if (left > 1)
			*w++ = digits[v >> 6 & 63];
		else if (pad)
			*w++ = pad;
		if (left > 2)
			*w++ = digits[v & 63];
		else if (pad)
			*w++ = pad;
	}
	*w = '\0';
	return str_make(text, (size_t)(w - text));
}

str base64_of(struct arena *mem, str bytes)
{
	return encode64(mem, bytes,
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", '=');
}

str base64url_of(struct arena *mem, str bytes)
{
	return encode64(mem, bytes,
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", '\0');
}

static int digit64(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Takes the padding off; false when it is not what the length calls for. */
static bool drop_padding(str *s)
{
	size_t padded = s->n;

	while (s->n && padded - s->n < 2 && s->p[s->n - 1] == '=')
		s->n--;
	return s->n % 4 != 1 && (s->n == padded || padded % 4 == 0);
}

bool base64_parse(struct arena *mem, str s, str *out_bytes)
{
	uint32_t bits = 0;
	size_t have = 0, n = 0;
	char *bytes;

	if (!drop_padding(&s))
		return false;
	bytes = arena_bytes(mem, s.n / 4 * 3 + 3);
	for (size_t i = 0; i < s.n; i++) {
		int digit = digit64(s.p[i]);

		if (digit < 0)
			return false;
		bits = bits << 6 | (uint32_t)digit;
		have += 6;
		if (have >= 8) {
			have -= 8;
			bytes[n++] = (char)(bits >> have & 0xff);
		}
	}
	bytes[n] = '\0';
	*out_bytes = str_make(bytes, n);
	return true;
}
