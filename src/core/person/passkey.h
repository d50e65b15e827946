/*
 * core/person/passkey.h - the passkeys of a consumer.
 *
 * What an authenticator says is read and checked by wire/webauthn.h; this is whose key it
 * is.  A counter that does not grow (where there is one) is a copied key: refused.
 */
#ifndef CORE_PERSON_PASSKEY_H
#define CORE_PERSON_PASSKEY_H

#include "core/person/proof.h"

enum { PASSKEYS_MAX = 20, PASSKEY_NAME_MAX = 64 };

struct passkey {
	int64_t passkey, consumer, algorithm, counter, created_ms, used_ms;
	str credential, public_key, name;
};

/* ERR_CONFLICT when the credential is known, or there are PASSKEYS_MAX. */
enum err passkey_add(struct tx *tx, const struct passkey *k);
enum err passkeys_of(struct tx *tx, int64_t consumer, struct passkey **out,
	size_t *out_n);
/* ERR_BAD_PASSKEY when unknown. */
enum err passkey_get(struct tx *tx, str credential, struct passkey *out);
/* It was used, and its counter says so. */
enum err passkey_use(struct tx *tx, const struct passkey *k, int64_t counter);
enum err passkey_drop(struct tx *tx, int64_t consumer, int64_t passkey);
enum err passkeys_move(struct tx *tx, int64_t from, int64_t to);

#endif
