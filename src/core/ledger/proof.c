/*
 * core/ledger/proof.c - checking the whole chain, and showing a customer's part of it.
 *
 * Both walk from entry to entry and keep nothing but the hash: a ledger may be long.
 */
#include <string.h>

#include "base/digest.h"
#include "base/shape.h"
#include "core/directory/directory.h"
#include "core/ledger/private.h"

/* ---- checking ---- */

struct check {
	struct tx *tx;
	str corpid;
	int64_t entry; /* the one before */
	uint8_t hash[LEDGER_HASH];
	doctor_fn *report;
	void *arg;
	int64_t faults;
};

static void tell(struct check *c, int64_t entry, const char *words)
{
	c->faults++;
	c->report(c->arg,
		arena_printf(c->tx->cx->mem, "ledger of %.*s: entry %" PRId64 " %s",
			STR_FMT(c->corpid), entry, words));
}

static enum err check_row(void *arg, const struct ledger_row *row)
{
	enum { FAULTS_TOLD = 20 };
	struct check *c = arg;
	struct arena *scratch = c->tx->cx->scratch;
	uint8_t hash[LEDGER_HASH];

	arena_clear(scratch);
	if (c->faults >= FAULTS_TOLD)
		return OK;
	if (row->entry != c->entry + 1)
		tell(c, c->entry + 1, "is missing");
	ledger_link(scratch, c->hash, ledger_line(scratch, c->corpid, row), hash);
	if (row->hash.n != LEDGER_HASH || memcmp(row->hash.p, hash, LEDGER_HASH) != 0)
		tell(c, row->entry, "was altered, or what stands before it");
	/* Goes on from what is stored, so that one alteration is told once. */
	if (row->hash.n == LEDGER_HASH)
		memcpy(c->hash, row->hash.p, LEDGER_HASH);
	c->entry = row->entry;
	return OK;
}

enum err ledger_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg)
{
	struct check c = { .tx = tx, .report = report, .arg = arg };
	struct corp owner;

	TRY(corp_get(tx, corp, &owner));
	c.corpid = owner.corpid;
	TRY(ledger_select_from(tx, corp, 1, check_row, &c));
	return ledger_heads_doctor(tx, corp, c.corpid, report, arg);
}

/* ---- showing ---- */

enum { HEADS_MAX = 10000 }; /* a day each: 27 years */

#define PROOF_BEGIN(F, SUB)                                                              \
	F(octets, ledger, ALWAYS, 0, 64, "corpid")                                       \
	F(octets, customer, ALWAYS, 0, 64, "external_userid")                            \
	F(int, after, ALWAYS, 0, INT64_MAX, "The entry before the first one here")       \
	F(octets, hash, ALWAYS, 64, 64, "Its hash")
SHAPE(proof_begin, PROOF_BEGIN)

/* One entry: the customer's own line, of another's only the digest. */
#define PROOF_LINK(F, SUB)                                                               \
	F(int, entry, ALWAYS, 1, INT64_MAX, "Its number")                                \
	F(octets, line, SOMETIMES, 0, 8192, "The entry itself")                          \
	F(octets, digest, SOMETIMES, 0, 64, "SHA-256 of the line")                       \
	F(octets, hash, SOMETIMES, 0, 64, "Its hash; with lines, and at the end")
SHAPE(proof_link, PROOF_LINK)

#define PROOF_HEAD(F, SUB)                                                               \
	F(octets, head, ALWAYS, 0, 1024, "What was signed of the entry before")          \
	F(octets, signature, ALWAYS, 128, 128, "Ed25519, in hexadecimal")                \
	F(octets, key, ALWAYS, 64, 64, "The public key")
SHAPE(proof_head, PROOF_HEAD)

struct export
{
	struct tx *tx;
	str corpid, customer;
	int64_t head;
	struct ledger_signed *heads; /* those to come, by entry */
	size_t n_heads;
	struct buf *out;
};

static void export_head(struct export *x)
{
	struct arena *scratch = x->tx->cx->scratch;
	const struct ledger_signed *h = x->heads;
	struct proof_head p = { .head = h->line };

	p.signature = hex_of(scratch, (const uint8_t *)h->signature.p, h->signature.n);
	p.key = hex_of(scratch, (const uint8_t *)h->key.p, h->key.n);
	shape_encode(x->out, proof_head_shape(), &p);
	buf_char(x->out, '\n');
	x->heads++;
	x->n_heads--;
}

static enum err export_row(void *arg, const struct ledger_row *row)
{
	struct export *x = arg;
	struct arena *scratch = x->tx->cx->scratch;
	struct proof_link l = { .entry = row->entry };
	bool own = str_same(row->customer, x->customer);
	uint8_t digest[LEDGER_HASH];
	str line;

	arena_clear(scratch);
	line = ledger_line(scratch, x->corpid, row);
	digest_sha256(line, digest);
	if (own)
		l.line = line;
	else
		l.digest = hex_of(scratch, digest, LEDGER_HASH);
	if (own || row->entry == x->head)
		l.hash = hex_of(scratch, (const uint8_t *)row->hash.p, row->hash.n);
	shape_encode(x->out, proof_link_shape(), &l);
	buf_char(x->out, '\n');
	if (x->n_heads && x->heads->entry == row->entry)
		export_head(x);
	return OK;
}

enum err ledger_export(struct tx *tx, int64_t corp, str customer, struct buf *out)
{
	struct export x = { .tx = tx, .customer = customer, .out = out };
	struct proof_begin begin = { .customer = customer };
	static const uint8_t none[LEDGER_HASH];
	struct ledger_select_hash_row before;
	struct ledger_row *rows;
	struct corp owner;
	size_t n;
	bool found;
	str head;

	TRY(ledger_select_of(tx, corp, customer, 0, 1, &rows, &n));
	if (!n)
		return why(tx->cx, ERR_NOT_FOUND,
			"the ledger has nothing of this customer");
	TRY(corp_get(tx, corp, &owner));
	TRY(ledger_head(tx, corp, &x.head, &head));
	TRY(ledger_heads(tx, corp, rows[0].entry - 1, HEADS_MAX, &x.heads, &x.n_heads));
	x.corpid = begin.ledger = owner.corpid;
	begin.after = rows[0].entry - 1;
	TRY(ledger_select_hash(tx, corp, begin.after, &before, &found));
	begin.hash = found
		? hex_of(tx->cx->mem, (const uint8_t *)before.hash.p, before.hash.n)
		: hex_of(tx->cx->mem, none, LEDGER_HASH);
	shape_encode(out, proof_begin_shape(), &begin);
	buf_char(out, '\n');
	return ledger_select_from(tx, corp, rows[0].entry, export_row, &x);
}
