#include "core/person/proof.h"

#include "base/digest.h"
#include "base/ids.h"
#include "core/person/proof.sql.h"

/* Bound to its number, so that the same code twice has two hashes. */
static str hash_of(struct arena *mem, int64_t proof, str secret)
{
	uint8_t hash[32];

	digest_sha256(arena_printf(mem, "%" PRId64 ":%.*s", proof, STR_FMT(secret)),
		hash);
	return arena_str(mem, str_make(hash, sizeof(hash)));
}

enum err proof_make(struct tx *tx, enum proof_kind kind, int64_t consumer, str subject,
	str secret, struct proof *out)
{
	struct proof_count_since_row lately;
	int64_t now = tx->cx->now_ms;
	bool found;

	TRY(proof_delete_expired(tx, now));
	TRY(proof_count_since(tx, subject, 0, &lately, &found));
	if (lately.n >= PROOF_MAILS)
		return why(tx->cx, ERR_TOO_OFTEN, "wait ten minutes for another code");
	*out = (struct proof){ id_next(), consumer, subject };
	return proof_insert(tx, out->proof, kind, consumer, subject,
		hash_of(tx->cx->mem, out->proof, secret), now + PROOF_LIFE_MS);
}

enum err proof_take(struct tx *tx, enum proof_kind kind, int64_t proof, str secret,
	struct proof *out, bool *out_right)
{
	struct proof_select_row row;
	bool found;

	*out_right = false;
	TRY(proof_select(tx, proof, &row, &found));
	if (!found || row.kind != (int64_t)kind || row.expires_ms < tx->cx->now_ms ||
		row.tries >= PROOF_TRIES)
		return OK;
	if (!str_same_secret(row.hash, hash_of(tx->cx->mem, proof, secret)))
		return proof_set_tries(tx, proof, row.tries + 1);
	*out_right = true;
	*out = (struct proof){ proof, row.consumer, row.subject };
	/* A mail's code stays counted until its time is over. */
	return kind == PROOF_EMAIL ? proof_set_tries(tx, proof, PROOF_TRIES)
				   : proof_delete(tx, proof);
}
