/*
 * core/person/proof.h - a code by mail, or a passkey's challenge: good once, for minutes.
 *
 * Only its hash is kept.  Wrong tries are counted in a transaction of their own, which
 * commits although the caller fails; after PROOF_TRIES the right one is worth nothing.
 */
#ifndef CORE_PERSON_PROOF_H
#define CORE_PERSON_PROOF_H

#include "core/account/account.h"

enum { PROOF_TRIES = 5, PROOF_LIFE_MS = 10 * 60 * 1000, PROOF_MAILS = 3 };
enum proof_kind { PROOF_EMAIL = 1, PROOF_PASSKEY = 2 };

struct proof {
	int64_t proof, consumer; /* who asked for it, 0 nobody yet */
	str subject;             /* the address */
};

/* `secret` is what must be shown.  ERR_TOO_OFTEN for a fourth mail within its life to one
 * address. */
enum err proof_make(struct tx *tx, enum proof_kind kind, int64_t consumer, str subject,
	str secret, struct proof *out);
/* Uses it up; *out_right false (and OK, so that the count commits) for a wrong, used or
 * old one. */
enum err proof_take(struct tx *tx, enum proof_kind kind, int64_t proof, str secret,
	struct proof *out, bool *out_right);

#endif
