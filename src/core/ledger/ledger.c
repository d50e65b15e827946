#include "core/ledger/ledger.h"

#include <string.h>

#include "base/digest.h"
#include "base/shape.h"
#include "core/directory/directory.h"
#include "core/ledger/private.h"

#define LINE(F, SUB)                                                                     \
	F(octets, corp, ALWAYS, 0, 64, "corpid")                                         \
	F(int, entry, ALWAYS, 1, INT64_MAX, "Its number, dense")                         \
	F(time, time, ALWAYS, 0, INT64_MAX, "Unix milliseconds")                         \
	F(octets, kind, ALWAYS, 0, 32, "What happened")                                  \
	F(octets, customer, ALWAYS, 0, 64, "external_userid")                            \
	F(octets, member, ALWAYS, 0, 64, "userid")                                       \
	F(octets, other, ALWAYS, 0, 64, "userid of the successor")                       \
	F(octets, actor, ALWAYS, 0, 128, "Who did it")                                   \
	F(octets, detail, ALWAYS, 0, 65536, "More of it")
SHAPE(ledger_text, LINE)

str ledger_line(struct arena *mem, str corpid, const struct ledger_row *row)
{
	struct ledger_text t = {
		.corp = corpid,
		.entry = row->entry,
		.time = row->time_ms,
		.kind = row->kind,
		.customer = row->customer,
		.member = row->member,
		.other = row->other,
		.actor = row->actor,
		.detail = row->detail,
	};

	return shape_text(mem, ledger_text_shape(), &t);
}

void ledger_link(struct arena *mem, const uint8_t before[LEDGER_HASH], str line,
	uint8_t out[LEDGER_HASH])
{
	uint8_t digest[LEDGER_HASH];

	digest_sha256(line, digest);
	digest_sha256(arena_concat(mem, hex_of(mem, before, LEDGER_HASH),
			      hex_of(mem, digest, LEDGER_HASH)),
		out);
}

static enum err last(struct tx *tx, int64_t corp, int64_t *out_entry,
	uint8_t out_hash[LEDGER_HASH])
{
	struct ledger_select_last_row row;
	bool found;

	memset(out_hash, 0, LEDGER_HASH);
	*out_entry = 0;
	TRY(ledger_select_last(tx, corp, &row, &found));
	if (!found)
		return OK;
	if (row.hash.n == LEDGER_HASH)
		memcpy(out_hash, row.hash.p, LEDGER_HASH);
	*out_entry = row.entry;
	return OK;
}

enum err ledger_add(struct tx *tx, const struct ledger_entry *e)
{
	struct ledger_row row = {
		.time_ms = tx->cx->now_ms,
		.kind = str_of(e->kind),
		.customer = e->customer,
		.member = e->member,
		.other = e->other,
		.detail = e->detail,
	};
	uint8_t before[LEDGER_HASH], hash[LEDGER_HASH];
	struct corp corp;

	TRY(actor_text(tx, &row.actor));
	TRY(corp_get(tx, e->corp, &corp));
	TRY(last(tx, e->corp, &row.entry, before));
	row.entry++;
	ledger_link(tx->cx->mem, before, ledger_line(tx->cx->mem, corp.corpid, &row),
		hash);
	return ledger_insert(tx, e->corp, row.entry, row.time_ms, row.kind, row.customer,
		row.member, row.other, row.actor, row.detail,
		str_make((const char *)hash, LEDGER_HASH));
}

static enum err give(struct tx *tx, int64_t corp, const struct ledger_row *rows, size_t n,
	struct ledger_entry **out, size_t *out_n)
{
	*out = ARENA_ARRAY(tx->cx->mem, struct ledger_entry, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct ledger_entry){
			.corp = corp,
			.entry = rows[i].entry,
			.time_ms = rows[i].time_ms,
			.kind = arena_cstr(tx->cx->mem, rows[i].kind),
			.customer = rows[i].customer,
			.member = rows[i].member,
			.other = rows[i].other,
			.actor = rows[i].actor,
			.detail = rows[i].detail,
		};
	*out_n = n;
	return OK;
}

enum err ledger_of(struct tx *tx, int64_t corp, str customer, int64_t after,
	int64_t limit, struct ledger_entry **out, size_t *out_n)
{
	struct ledger_row *rows;
	size_t n;

	TRY(ledger_select_of(tx, corp, customer, after, limit, &rows, &n));
	return give(tx, corp, rows, n, out, out_n);
}

enum err ledger_newest_of(struct tx *tx, int64_t corp, str customer, int64_t before,
	int64_t limit, struct ledger_entry **out, size_t *out_n)
{
	struct ledger_row *rows;
	size_t n;

	TRY(ledger_select_newest_of(tx, corp, customer, before, limit, &rows, &n));
	return give(tx, corp, rows, n, out, out_n);
}

enum err ledger_head(struct tx *tx, int64_t corp, int64_t *out_entry, str *out_hash)
{
	uint8_t hash[LEDGER_HASH];

	TRY(last(tx, corp, out_entry, hash));
	*out_hash = hex_of(tx->cx->mem, hash, LEDGER_HASH);
	return OK;
}

/* Entries are dense and their times grow, but for the little by which a transaction waits
 * for another: the first entry that can lie in the time. */
static enum err first_since(struct tx *tx, int64_t corp, int64_t ms, int64_t *out)
{
	enum { SLACK_MS = 10 * 60 * 1000 };
	uint8_t hash[LEDGER_HASH];
	int64_t low = 1, high;

	TRY(last(tx, corp, &high, hash));
	high++;
	while (low < high) {
		int64_t mid = low + (high - low) / 2;
		struct ledger_select_time_row row;
		bool found;

		TRY(ledger_select_time(tx, corp, mid, &row, &found));
		if (found && row.time_ms < ms - SLACK_MS)
			low = mid + 1;
		else
			high = mid;
	}
	*out = low;
	return OK;
}

enum err ledger_each_between(struct tx *tx, int64_t corp, int64_t from_ms,
	int64_t until_ms, enum err (*fn)(void *arg, const struct ledger_entry *e),
	void *arg)
{
	enum { PAGE = 500, SLACK_MS = 10 * 60 * 1000 };
	int64_t entry;

	TRY(first_since(tx, corp, from_ms, &entry));
	for (;;) {
		struct ledger_entry *entries;
		struct ledger_row *rows;
		size_t n;

		TRY(ledger_select_page(tx, corp, entry, PAGE, &rows, &n));
		TRY(give(tx, corp, rows, n, &entries, &n));
		for (size_t i = 0; i < n; i++) {
			if (entries[i].time_ms >= from_ms &&
				entries[i].time_ms < until_ms)
				TRY(fn(arg, &entries[i]));
			if (entries[i].time_ms >= until_ms + SLACK_MS)
				return OK;
		}
		if (n < PAGE)
			return OK;
		entry = entries[n - 1].entry + 1;
	}
}
