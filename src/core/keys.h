/*
 * core/keys.h - the server's own secrets.
 *
 * One file, DIR/keys (mode 0600), made at the first start: 32 random bytes for
 * sealing what the database must not show and 32 for signing tokens.  A backup
 * holds it only on request.  Loaded once at boot, immutable afterwards.
 */
#ifndef CORE_KEYS_H
#define CORE_KEYS_H

#include "base/ctx.h"

/* Reads or makes DIR/keys. */
enum err keys_load(struct ctx *cx, const char *dir);
/* For tests: keys from a fixed seed. */
void keys_set_for_test(void);

/* libsodium secretbox with a random nonce in front; `context` (a table's name
 * and row) is bound in, so a sealed value cannot be moved to another row. */
str seal(struct arena *mem, str context, str plain);
enum err unseal(struct ctx *cx, str context, str sealed, str *out_plain);

/* HMAC-SHA256 under the signing key. */
void keys_sign(str what, uint8_t out[32]);

/* Ed25519, for what third parties check: heads of the ledger.  The key is derived from the
 * signing key, so it is kept and backed up with it. */
enum { ATTEST_KEY = 32, ATTEST_SIGNATURE = 64 };
void keys_attest_key(uint8_t out[ATTEST_KEY]);
void keys_attest(str what, uint8_t out[ATTEST_SIGNATURE]);
/* Of whosever key. */
bool keys_attested(str what, const uint8_t signature[ATTEST_SIGNATURE],
	const uint8_t key[ATTEST_KEY]);

#endif
