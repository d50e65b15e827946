/*
 * core/message/repeat.c - the same call of an app within a time is not sent twice.
 */
#include "base/digest.h"
#include "core/message/app_send.sql.h"
#include "core/message/message.h"

enum err message_is_repeat(struct tx *tx, int64_t corp, int64_t app, str content,
	int64_t within_s, bool *out)
{
	int64_t now = tx->cx->now_ms;
	uint8_t digest[32];
	str hash = str_make(digest, sizeof(digest));
	struct app_send_select_row row;
	bool found;

	digest_sha256(content, digest);
	TRY(app_send_select(tx, corp, app, hash, &row, &found));
	*out = found && row.until_ms > now;
	if (*out)
		return OK;
	TRY(app_send_forget(tx, corp, app, now));
	return app_send_put(tx, corp, app, hash, now + within_s * 1000);
}
