/*
 * core/ledger/head.c - signed ends of the chain.
 *
 * A chain of hashes shows that nothing in it was altered, but not that its end is still
 * there, and whoever can write the database could compute a new one.  A signed head says
 * what the end was on a day; the key is not in the database.
 */
#include <string.h>
#include <time.h>

#include "base/digest.h"
#include "base/shape.h"
#include "core/directory/directory.h"
#include "core/keys.h"
#include "core/ledger/private.h"

enum { DAY_MS = 24 * 3600 * 1000, HEADS_STEP = 500, AFTER_MIDNIGHT_MS = 60 * 1000 };

#define HEAD(F, SUB)                                                                     \
	F(octets, corp, ALWAYS, 0, 64, "corpid")                                         \
	F(int, entry, ALWAYS, 1, INT64_MAX, "The last entry")                            \
	F(octets, hash, ALWAYS, 64, 64, "Its hash")                                      \
	F(octets, day, ALWAYS, 10, 10, "Of the signature, UTC")                          \
	F(time, time, ALWAYS, 0, INT64_MAX, "Unix milliseconds")
SHAPE(head_text, HEAD)

static str day_text(struct arena *mem, int64_t ms)
{
	time_t seconds = (time_t)(ms / 1000);
	struct tm tm;

	gmtime_r(&seconds, &tm);
	return arena_printf(mem, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1,
		tm.tm_mday);
}

static enum err head_line(struct tx *tx, int64_t corp, int64_t entry, str hash, str *out)
{
	struct head_text t = { .entry = entry, .hash = hash, .time = tx->cx->now_ms };
	struct corp owner;

	TRY(corp_get(tx, corp, &owner));
	t.corp = owner.corpid;
	t.day = day_text(tx->cx->mem, tx->cx->now_ms);
	*out = shape_text(tx->cx->mem, head_text_shape(), &t);
	return OK;
}

enum err ledger_sign(struct tx *tx, int64_t corp)
{
	uint8_t signature[ATTEST_SIGNATURE], key[ATTEST_KEY];
	struct head_row last = { 0 };
	int64_t entry;
	bool found;
	str hash, line;

	TRY(ledger_head(tx, corp, &entry, &hash));
	TRY(ledger_head_last(tx, corp, &last, &found));
	if (!entry || entry == last.entry)
		return OK;
	TRY(head_line(tx, corp, entry, hash, &line));
	keys_attest(line, signature);
	keys_attest_key(key);
	return ledger_head_insert(tx, corp, entry, line,
		str_make(signature, sizeof(signature)), str_make(key, sizeof(key)),
		tx->cx->now_ms / DAY_MS);
}

enum err ledger_sign_expire(struct tx *tx, int64_t corp, int64_t *out_next_ms)
{
	int64_t today = tx->cx->now_ms / DAY_MS;
	struct head_row last = { .day = -1 };
	bool found;

	TRY(ledger_head_last(tx, corp, &last, &found));
	if (last.day < today)
		TRY(ledger_sign(tx, corp));
	*out_next_ms = (today + 1) * DAY_MS + AFTER_MIDNIGHT_MS;
	return OK;
}

enum err ledger_heads(struct tx *tx, int64_t corp, int64_t after, int64_t limit,
	struct ledger_signed **out, size_t *out_n)
{
	struct head_row *rows;

	TRY(ledger_head_page(tx, corp, after, limit, &rows, out_n));
	*out = ARENA_ARRAY(tx->cx->mem, struct ledger_signed, *out_n);
	for (size_t i = 0; i < *out_n; i++)
		(*out)[i] = (struct ledger_signed){ rows[i].entry, rows[i].day,
			rows[i].line, rows[i].signature, rows[i].public_key };
	return OK;
}

/* ---- checking ---- */

static bool is_signed(const struct head_row *h)
{
	return h->signature.n == ATTEST_SIGNATURE && h->public_key.n == ATTEST_KEY &&
		keys_attested(h->line, (const uint8_t *)h->signature.p,
			(const uint8_t *)h->public_key.p);
}

static bool is_ours(const struct head_row *h)
{
	uint8_t key[ATTEST_KEY];

	keys_attest_key(key);
	return memcmp(h->public_key.p, key, ATTEST_KEY) == 0;
}

/* What is wrong with a head, or nothing. */
static enum err fault_of(struct tx *tx, int64_t corp, str corpid,
	const struct head_row *h, const char **out)
{
	struct ledger_select_hash_row row;
	struct head_text *said = ARENA_NEW(tx->cx->mem, struct head_text);
	bool found;

	*out = "has a wrong signature";
	if (!is_signed(h))
		return OK;
	*out = "is signed by another server's key";
	if (!is_ours(h))
		return OK;
	*out = "cannot be read";
	if (shape_parse(tx->cx, head_text_shape(), h->line, said) != OK) {
		ctx_forgive(tx->cx);
		return OK;
	}
	TRY(ledger_select_hash(tx, corp, h->entry, &row, &found));
	*out = "names an entry that is not there: the end was cut off";
	if (!found)
		return OK;
	*out = "has another hash than the ledger: it was written anew";
	if (said->entry == h->entry && str_same(said->corp, corpid) &&
		str_same(said->hash,
			hex_of(tx->cx->mem, (const uint8_t *)row.hash.p, row.hash.n)))
		*out = NULL;
	return OK;
}

enum err ledger_heads_doctor(struct tx *tx, int64_t corp, str corpid, doctor_fn *report,
	void *arg)
{
	struct head_row *rows;
	int64_t after = 0;
	size_t n;

	do {
		TRY(ledger_head_page(tx, corp, after, HEADS_STEP, &rows, &n));
		for (size_t i = 0; i < n; i++) {
			const char *fault;

			after = rows[i].entry;
			TRY(fault_of(tx, corp, corpid, &rows[i], &fault));
			if (fault)
				report(arg,
					arena_printf(tx->cx->mem,
						"ledger of %.*s: the head at entry %" PRId64
						" %s",
						STR_FMT(corpid), after, fault));
		}
	} while (n == HEADS_STEP);
	return OK;
}
