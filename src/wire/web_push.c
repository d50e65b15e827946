#include "wire/web_push.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>

#include "base/buf.h"
#include "base/digest.h"

enum { SALT = 16, HASH = 32, KEY = 16, NONCE = 12, TAG = 16, RECORD = 4096, P256 = 32 };
enum { JWT_LIFE_S = 12 * 3600 };

struct push_keys {
	EVP_PKEY *pair;
};

/* ---- keys ---- */

static struct push_keys *hold(EVP_PKEY *pair)
{
	struct push_keys *k = pair ? calloc(1, sizeof(*k)) : NULL;

	if (k)
		k->pair = pair;
	else
		EVP_PKEY_free(pair);
	return k;
}

struct push_keys *push_keys_new(void)
{
	return hold(EVP_EC_gen("P-256"));
}

static bool is_p256(const EVP_PKEY *key)
{
	char group[32] = "";
	size_t n = 0;

	return EVP_PKEY_is_a(key, "EC") &&
		EVP_PKEY_get_group_name(key, group, sizeof(group), &n) &&
		strcmp(group, "prime256v1") == 0;
}

struct push_keys *push_keys_read(str pem)
{
	BIO *in = BIO_new_mem_buf(pem.p, (int)pem.n);
	EVP_PKEY *pair = in ? PEM_read_bio_PrivateKey(in, NULL, NULL, NULL) : NULL;

	BIO_free(in);
	if (pair && !is_p256(pair)) {
		EVP_PKEY_free(pair);
		return NULL;
	}
	return hold(pair);
}

str push_keys_pem(struct arena *mem, const struct push_keys *k)
{
	BIO *out = BIO_new(BIO_s_mem());
	char *p = NULL;
	long n = 0;
	str pem;

	BUG_IF(!out || !PEM_write_bio_PrivateKey(out, k->pair, NULL, NULL, 0, NULL, NULL),
		"a key cannot be written");
	n = BIO_get_mem_data(out, &p);
	pem = arena_str(mem, str_make(p, (size_t)n));
	BIO_free(out);
	return pem;
}

static str public_of(struct arena *mem, EVP_PKEY *key)
{
	unsigned char *p = NULL;
	size_t n = EVP_PKEY_get1_encoded_public_key(key, &p);
	str bytes = arena_str(mem, str_make(p, n));

	OPENSSL_free(p);
	return bytes;
}

str push_keys_public(struct arena *mem, const struct push_keys *k)
{
	return public_of(mem, k->pair);
}

void push_keys_free(struct push_keys *k)
{
	if (k)
		EVP_PKEY_free(k->pair);
	free(k);
}

/* Points that are not on the curve are refused by OpenSSL. */
static EVP_PKEY *peer_of(str public_key)
{
	EVP_PKEY *key = EVP_PKEY_new(), *like = EVP_EC_gen("P-256");
	bool ok = public_key.n == PUSH_KEY_BYTES && public_key.p[0] == 4 && key && like &&
		EVP_PKEY_copy_parameters(key, like) == 1 &&
		EVP_PKEY_set1_encoded_public_key(key, (const unsigned char *)public_key.p,
			public_key.n) == 1;

	EVP_PKEY_free(like);
	if (ok)
		return key;
	EVP_PKEY_free(key);
	return NULL;
}

bool push_is_key(str public_key)
{
	EVP_PKEY *key = peer_of(public_key);

	EVP_PKEY_free(key);
	return key != NULL;
}

/* ---- RFC 8291 ---- */

static bool shared_secret(EVP_PKEY *mine, EVP_PKEY *theirs, uint8_t out[P256])
{
	EVP_PKEY_CTX *d = EVP_PKEY_CTX_new(mine, NULL);
	size_t n = P256;
	bool ok = d && EVP_PKEY_derive_init(d) == 1 &&
		EVP_PKEY_derive_set_peer(d, theirs) == 1 &&
		EVP_PKEY_derive(d, out, &n) == 1 && n == P256;

	EVP_PKEY_CTX_free(d);
	return ok;
}

/* HKDF (RFC 5869) of one block: extract with salt, expand with info. */
static void hkdf(struct arena *mem, str salt, str secret, str info, uint8_t out[HASH])
{
	uint8_t prk[HASH];

	digest_hmac_sha256(salt, secret, prk);
	digest_hmac_sha256(str_make(prk, HASH), arena_concat(mem, info, STR("\x01")),
		out);
}

static bool encrypt(const uint8_t *key, const uint8_t *nonce, str plain, uint8_t *out)
{
	EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
	int n = 0, end = 0;
	bool ok = c && EVP_EncryptInit_ex(c, EVP_aes_128_gcm(), NULL, key, nonce) == 1 &&
		EVP_EncryptUpdate(c, out, &n, (const unsigned char *)plain.p,
			(int)plain.n) == 1 &&
		EVP_EncryptFinal_ex(c, out + n, &end) == 1 &&
		EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_GET_TAG, TAG, out + plain.n) == 1;

	EVP_CIPHER_CTX_free(c);
	return ok;
}

static enum err seal_to(struct ctx *cx, EVP_PKEY *mine, EVP_PKEY *theirs, str salt,
	str public_key, str auth, str plain, str *out)
{
	struct arena *mem = cx->mem;
	str own = public_of(mem, mine);
	str info = arena_concat(mem,
		arena_concat(mem, str_make("WebPush: info", 14), public_key), own);
	uint8_t secret[P256], ikm[HASH], key[HASH], nonce[HASH];
	size_t sealed = plain.n + 1 + TAG;
	uint8_t *box = arena_alloc(mem, sealed);
	struct buf b;

	if (!theirs || !shared_secret(mine, theirs, secret))
		return why(cx, ERR_INVALID_ARGUMENT, "push: not a key of P-256");
	hkdf(mem, auth, str_make(secret, P256), info, ikm);
	hkdf(mem, salt, str_make(ikm, HASH), str_make("Content-Encoding: aes128gcm", 28),
		key);
	hkdf(mem, salt, str_make(ikm, HASH), str_make("Content-Encoding: nonce", 24),
		nonce);
	if (!encrypt(key, nonce, arena_concat(mem, plain, STR("\x02")), box))
		return why(cx, ERR_SEAL, "push: cannot encrypt");
	buf_init(&b, mem, SALT + 5 + own.n + sealed);
	buf_put(&b, salt);
	buf_put(&b,
		str_make("\0\0\x10\0\x41", 5)); /* records of 4096, an id of 65 bytes */
	buf_put(&b, own);
	buf_put(&b, str_make(box, sealed));
	*out = buf_str(&b);
	return OK;
}

enum err push_seal_with(struct ctx *cx, const struct push_keys *as, str salt,
	str public_key, str auth, str plain, str *out)
{
	EVP_PKEY *theirs = peer_of(public_key);
	enum err err;

	if (plain.n > PUSH_PLAIN_MAX || auth.n != PUSH_AUTH_BYTES || salt.n != SALT)
		err = why(cx, ERR_INVALID_ARGUMENT, "push: wrong lengths");
	else
		err = seal_to(cx, as->pair, theirs, salt, public_key, auth, plain, out);
	EVP_PKEY_free(theirs);
	return err;
}

enum err push_seal(struct ctx *cx, str public_key, str auth, str plain, str *out)
{
	struct push_keys *as = push_keys_new();
	uint8_t salt[SALT];
	enum err err;

	BUG_IF(!as || RAND_bytes(salt, SALT) != 1, "no random bytes");
	err = push_seal_with(cx, as, str_make(salt, SALT), public_key, auth, plain, out);
	push_keys_free(as);
	return err;
}

/* ---- RFC 8292 ---- */

/* r and s, 32 bytes each (RFC 7518, 3.4), out of OpenSSL's DER. */
static str signature(struct arena *mem, const struct push_keys *k, str what)
{
	EVP_MD_CTX *md = EVP_MD_CTX_new();
	unsigned char der[128], raw[2 * P256];
	const unsigned char *p = der;
	size_t n = sizeof(der);
	ECDSA_SIG *sig;

	BUG_IF(!md || EVP_DigestSignInit(md, NULL, EVP_sha256(), NULL, k->pair) != 1 ||
			EVP_DigestSign(md, der, &n, (const unsigned char *)what.p,
				what.n) != 1,
		"cannot sign");
	EVP_MD_CTX_free(md);
	sig = d2i_ECDSA_SIG(NULL, &p, (long)n);
	BUG_IF(!sig || BN_bn2binpad(ECDSA_SIG_get0_r(sig), raw, P256) != P256 ||
			BN_bn2binpad(ECDSA_SIG_get0_s(sig), raw + P256, P256) != P256,
		"cannot sign");
	ECDSA_SIG_free(sig);
	return base64url_of(mem, str_make(raw, sizeof(raw)));
}

static str origin_of(str url)
{
	size_t at = str_find(url, STR("://"));
	str rest = at == SIZE_MAX ? url : str_skip(url, at + 3);
	size_t end = str_find_char(rest, '/');

	return end == SIZE_MAX ? url : str_sub(url, 0, url.n - rest.n + end);
}

str push_authorization(struct arena *mem, const struct push_keys *k, str endpoint,
	str subject, int64_t now_s)
{
	struct buf claims;
	str text;

	buf_init(&claims, mem, 256);
	buf_lit(&claims, "{\"aud\":");
	buf_json_str(&claims, origin_of(endpoint));
	buf_printf(&claims, ",\"exp\":%" PRId64 ",\"sub\":", now_s + JWT_LIFE_S);
	buf_json_str(&claims, subject);
	buf_char(&claims, '}');
	text = arena_printf(mem, "%.*s.%.*s",
		STR_FMT(base64url_of(mem, STR("{\"typ\":\"JWT\",\"alg\":\"ES256\"}"))),
		STR_FMT(base64url_of(mem, buf_str(&claims))));
	return arena_printf(mem, "vapid t=%.*s.%.*s, k=%.*s", STR_FMT(text),
		STR_FMT(signature(mem, k, text)),
		STR_FMT(base64url_of(mem, push_keys_public(mem, k))));
}
