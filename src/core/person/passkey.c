#include "core/person/passkey.h"

#include "base/ids.h"
#include "core/person/passkey.sql.h"

static void fill(struct passkey *k, const struct passkey_row *r)
{
	*k = (struct passkey){
		.passkey = r->passkey,
		.consumer = r->consumer,
		.algorithm = r->algorithm,
		.counter = r->counter,
		.created_ms = r->created_ms,
		.used_ms = r->used_ms,
		.public_key = r->public_key,
		.name = r->name,
	};
}

enum err passkeys_of(struct tx *tx, int64_t consumer, struct passkey **out, size_t *out_n)
{
	struct passkey_row *rows;
	size_t n;

	TRY(passkey_select(tx, consumer, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct passkey, n);
	for (size_t i = 0; i < n; i++)
		fill(&(*out)[i], &rows[i]);
	*out_n = n;
	return OK;
}

enum err passkey_add(struct tx *tx, const struct passkey *k)
{
	struct passkey_row *rows;
	size_t n;

	TRY(passkey_select(tx, k->consumer, &rows, &n));
	if (n >= PASSKEYS_MAX)
		return why(tx->cx, ERR_CONFLICT, "at most %d passkeys", PASSKEYS_MAX);
	TRY(passkey_insert(tx, k->consumer, id_next(), k->credential, k->public_key,
		k->algorithm, k->counter, str_first_chars(k->name, PASSKEY_NAME_MAX),
		tx->cx->now_ms));
	return tx_changes(tx) == 1 ? OK : why(tx->cx, ERR_CONFLICT, "known already");
}

enum err passkey_get(struct tx *tx, str credential, struct passkey *out)
{
	struct passkey_row row;
	bool found;

	TRY(passkey_find(tx, credential, &row, &found));
	if (!found)
		return why(tx->cx, ERR_BAD_PASSKEY, "passkey: unknown here");
	fill(out, &row);
	out->credential = credential;
	return OK;
}

enum err passkey_use(struct tx *tx, const struct passkey *k, int64_t counter)
{
	if ((counter || k->counter) && counter <= k->counter)
		return why(tx->cx, ERR_BAD_PASSKEY, "passkey: its counter went back");
	return passkey_used(tx, k->consumer, k->passkey, counter, tx->cx->now_ms);
}

enum err passkey_drop(struct tx *tx, int64_t consumer, int64_t passkey)
{
	TRY(passkey_delete(tx, consumer, passkey));
	return tx_changes(tx) ? OK : why(tx->cx, ERR_NOT_FOUND, "field `passkey`");
}

enum err passkeys_move(struct tx *tx, int64_t from, int64_t to)
{
	return passkey_move(tx, from, to);
}
