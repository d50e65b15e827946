#include "core/person/email.h"

#include "base/fold.h"
#include "core/customer/join.h"
#include "core/person/email.sql.h"
#include "core/person/passkey.h"

enum err email_shown(struct tx *tx, int64_t consumer, str *out)
{
	struct consumer_email_select_row row;
	bool found;
	size_t at;

	TRY(consumer_email_select(tx, consumer, &row, &found));
	*out = STR("");
	if (!found)
		return OK;
	at = str_find_char(row.email, '@');
	*out = arena_printf(tx->cx->mem, "%.*s***%.*s",
		STR_FMT(str_first_chars(row.email, 1)), STR_FMT(str_skip(row.email, at)));
	return OK;
}

enum err email_drop(struct tx *tx, int64_t consumer)
{
	return consumer_email_delete(tx, consumer);
}

enum err person_arrive(struct tx *tx, int64_t now, int64_t known, int64_t *out_consumer)
{
	*out_consumer = known;
	if (!now || now == known)
		return OK;
	TRY(consumer_join(tx, now, known));
	TRY(passkeys_move(tx, now, known));
	TRY(consumer_email_delete(tx, now));
	return account_consumer_end_all(tx, now);
}

enum err email_proved(struct tx *tx, int64_t now, str email, int64_t *out_consumer)
{
	str folded = fold(tx->cx->mem, email);
	struct consumer_email_find_row row;
	bool found;

	TRY(consumer_email_find(tx, folded, &row, &found));
	if (found)
		return person_arrive(tx, now, row.consumer, out_consumer);
	if (!now)
		return why(tx->cx, ERR_NOT_FOUND, "nobody is found by this address");
	*out_consumer = now;
	return consumer_email_put(tx, now, email, folded, tx->cx->now_ms);
}
