/*
 * core/app/callback_settings.c - where an app hears of events, and by what key.
 */
#include "core/app/app.sql.h"
#include "core/app/private.h"
#include "core/directory/check.h"
#include "core/keys.h"

static bool is_plain(str s, size_t min, size_t max)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!(c >= '0' && c <= '9') && !((c | 32) >= 'a' && (c | 32) <= 'z'))
			return false;
	}
	return s.n >= min && s.n <= max;
}

enum err app_callback_check(struct ctx *cx, str url, str token, str key)
{
	if (!url.n)
		return OK;
	TRY(check_line(cx, "url", url, 8, 2048));
	if (!str_starts(url, STR("http://")) && !str_starts(url, STR("https://")))
		return why(cx, ERR_BAD_CALLBACK_URL,
			"field `url`: begins with http:// or https://");
	if (!is_plain(token, 3, 32))
		return why(cx, ERR_INVALID_ARGUMENT,
			"field `token`: 3 to 32 letters and digits");
	if (!is_plain(key, 43, 43))
		return why(cx, ERR_INVALID_ARGUMENT,
			"field `aes_key`: 43 letters and digits");
	return OK;
}

enum err app_callback_set(struct tx *tx, int64_t corp, int64_t app, str url, str token,
	str key)
{
	struct arena *mem = tx->cx->mem;
	str sealed = STR("");

	TRY(app_callback_check(tx->cx, url, token, key));
	if (url.n)
		sealed = seal(mem, app_seal_context(mem, corp, app, "callback_key"), key);
	else
		token = STR("");
	TRY(app_update_callback(tx, corp, app, url, token, sealed));
	if (tx_changes(tx) != 1)
		return why(tx->cx, ERR_BAD_AGENTID, "field `agentid`: no such app");
	return OK;
}

enum err app_callback_get(struct tx *tx, int64_t corp, int64_t app, struct app *out)
{
	struct app_row row;

	TRY(app_row_get(tx, corp, app, &row));
	app_of_row(corp, &row, out);
	if (!row.callback_key_sealed.n)
		return OK;
	return unseal(tx->cx, app_seal_context(tx->cx->mem, corp, app, "callback_key"),
		row.callback_key_sealed, &out->callback_key);
}
