/*
 * core/person/email.h - the address by which a consumer is found again.
 *
 * Whoever can read the mail is its owner: proving an address that belongs to an account
 * signs in to that account, and what this browser had becomes part of it.
 */
#ifndef CORE_PERSON_EMAIL_H
#define CORE_PERSON_EMAIL_H

#include "core/person/proof.h"

/* As it may be shown: "w***@example.com"; empty without one. */
enum err email_shown(struct tx *tx, int64_t consumer, str *out);
enum err email_drop(struct tx *tx, int64_t consumer);

/* Who proved himself to be `known` (0: unknown so far) while `now` is this browser's
 * account (0: none): *out_consumer is whose session it must have. */
enum err person_arrive(struct tx *tx, int64_t now, int64_t known, int64_t *out_consumer);
/* The address is proved: binds it, or finds its account.  ERR_NOT_FOUND when nobody is
 * here and nobody has it. */
enum err email_proved(struct tx *tx, int64_t now, str email, int64_t *out_consumer);

#endif
