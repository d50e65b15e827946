/*
 * core/keys.c - making, reading and using DIR/keys.
 *
 * The file is 64 bytes: the sealing key, then the signing key.  It is written to
 * a temporary name and linked into place, so a half-written one is never read
 * and of two starts at once only one wins.
 *
 * A sealed value is nonce (24), then libsodium's secretbox under a key that is
 * derived from the sealing key and the context, which is how the context binds.
 */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <unistd.h>

#include "base/ids.h"
#include "core/keys.h"

enum { KEY_BYTES = 32, NONCE_BYTES = crypto_secretbox_NONCEBYTES };

static struct {
	uint8_t sealing[KEY_BYTES], signing[KEY_BYTES];
	bool loaded;
} keys;

static void keys_take(const uint8_t raw[2 * KEY_BYTES])
{
	BUG_IF(sodium_init() < 0, "libsodium does not start");
	memcpy(keys.sealing, raw, KEY_BYTES);
	memcpy(keys.signing, raw + KEY_BYTES, KEY_BYTES);
	keys.loaded = true;
}

static enum err keys_read(struct ctx *cx, const char *path, bool *out_found)
{
	uint8_t raw[2 * KEY_BYTES + 1];
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	*out_found = fd >= 0;
	if (fd < 0 && errno == ENOENT)
		return OK;
	if (fd < 0)
		return why(cx, ERR_STORE, "%s: %s", path, strerror(errno));
	ssize_t n = read(fd, raw, sizeof(raw));
	close(fd);
	if (n != 2 * KEY_BYTES)
		return why(cx, ERR_STORE, "%s: damaged; restore it from a backup", path);
	keys_take(raw);
	sodium_memzero(raw, sizeof(raw));
	return OK;
}

static enum err write_synced(struct ctx *cx, const char *path, const void *p, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0)
		return why(cx, ERR_STORE, "%s: %s", path, strerror(errno));
	bool good = write(fd, p, n) == (ssize_t)n && fsync(fd) == 0;
	int error = errno;
	if (close(fd) < 0 || !good)
		return why(cx, error == ENOSPC ? ERR_NO_SPACE : ERR_STORE, "%s: %s", path,
			strerror(error));
	return OK;
}

static void sync_folder(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return;
	fsync(fd);
	close(fd);
}

static enum err keys_make(struct ctx *cx, const char *dir, const char *path)
{
	uint8_t raw[2 * KEY_BYTES];
	char *temporary =
		arena_cstr(cx->mem, arena_printf(cx->mem, "%s.%d", path, getpid()));

	random_bytes(raw, sizeof(raw));
	TRY(write_synced(cx, temporary, raw, sizeof(raw)));
	sodium_memzero(raw, sizeof(raw));
	int linked = link(temporary, path);
	int error = errno;
	unlink(temporary);
	if (linked < 0 && error != EEXIST)
		return why(cx, ERR_STORE, "%s: %s", path, strerror(error));
	sync_folder(dir);
	return OK;
}

enum err keys_load(struct ctx *cx, const char *dir)
{
	const char *path = arena_cstr(cx->mem, arena_printf(cx->mem, "%s/keys", dir));
	bool found;

	TRY(keys_read(cx, path, &found));
	if (found)
		return OK;
	TRY(keys_make(cx, dir, path));
	TRY(keys_read(cx, path, &found));
	return found ? OK : why(cx, ERR_STORE, "%s: vanished", path);
}

void keys_set_for_test(void)
{
	uint8_t raw[2 * KEY_BYTES];

	for (size_t i = 0; i < sizeof(raw); i++)
		raw[i] = (uint8_t)(i * 7 + 1);
	keys_take(raw);
}

static void hmac(const uint8_t key[KEY_BYTES], str what, uint8_t out[32])
{
	crypto_auth_hmacsha256_state state;

	BUG_IF(!keys.loaded, "keys are used before keys_load");
	crypto_auth_hmacsha256_init(&state, key, KEY_BYTES);
	crypto_auth_hmacsha256_update(&state, (const uint8_t *)what.p, what.n);
	crypto_auth_hmacsha256_final(&state, out);
}

str seal(struct arena *mem, str context, str plain)
{
	uint8_t key[32];
	size_t n = NONCE_BYTES + crypto_secretbox_MACBYTES + plain.n;
	uint8_t *p = arena_alloc(mem, n);

	hmac(keys.sealing, context, key);
	random_bytes(p, NONCE_BYTES);
	crypto_secretbox_easy(p + NONCE_BYTES, (const uint8_t *)plain.p, plain.n, p, key);
	sodium_memzero(key, sizeof(key));
	return str_make(p, n);
}

enum err unseal(struct ctx *cx, str context, str sealed, str *out_plain)
{
	uint8_t key[32];
	const uint8_t *p = (const uint8_t *)sealed.p;

	if (sealed.n < NONCE_BYTES + crypto_secretbox_MACBYTES)
		return why(cx, ERR_SEAL, "sealed value: too short");
	size_t n = sealed.n - NONCE_BYTES - crypto_secretbox_MACBYTES;
	uint8_t *plain = arena_alloc(cx->mem, n + 1);
	hmac(keys.sealing, context, key);
	int bad = crypto_secretbox_open_easy(plain, p + NONCE_BYTES,
		sealed.n - NONCE_BYTES, p, key);
	sodium_memzero(key, sizeof(key));
	if (bad)
		return why(cx, ERR_SEAL,
			"sealed value: made with another key, or damaged");
	*out_plain = str_make(plain, n);
	return OK;
}

void keys_sign(str what, uint8_t out[32])
{
	hmac(keys.signing, what, out);
}

/* ---- for third parties ---- */

static void attest_pair(uint8_t public[crypto_sign_PUBLICKEYBYTES],
	uint8_t secret[crypto_sign_SECRETKEYBYTES])
{
	uint8_t seed[crypto_sign_SEEDBYTES];

	_Static_assert(sizeof(seed) == 32, "a seed is one HMAC");
	hmac(keys.signing, STR("ed25519 for heads of the ledger"), seed);
	crypto_sign_seed_keypair(public, secret, seed);
	sodium_memzero(seed, sizeof(seed));
}

void keys_attest_key(uint8_t out[ATTEST_KEY])
{
	uint8_t secret[crypto_sign_SECRETKEYBYTES];

	attest_pair(out, secret);
	sodium_memzero(secret, sizeof(secret));
}

void keys_attest(str what, uint8_t out[ATTEST_SIGNATURE])
{
	uint8_t public[ATTEST_KEY], secret[crypto_sign_SECRETKEYBYTES];

	attest_pair(public, secret);
	crypto_sign_detached(out, NULL, (const uint8_t *)what.p, what.n, secret);
	sodium_memzero(secret, sizeof(secret));
}

bool keys_attested(str what, const uint8_t signature[ATTEST_SIGNATURE],
	const uint8_t key[ATTEST_KEY])
{
	return crypto_sign_verify_detached(signature, (const uint8_t *)what.p, what.n,
		       key) == 0;
}
