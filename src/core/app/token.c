/*
 * core/app/token.c - access tokens.
 *
 * A token says its corp, app and issue time, and proves them by a keyed hash over
 * these and the secret's hash: nothing is looked up but the app, the same token
 * is given again while it lives, also after a restart, and a new secret ends all
 * tokens of the old one.  Kept is only when the newest was issued; an older one
 * lives on to its own end, so that callers have time to change over.
 */
#include "base/digest.h"
#include "base/ids.h"
#include "core/app/app.sql.h"
#include "core/app/private.h"
#include "core/keys.h"

enum { MAC_BYTES = 24, MAC_CHARS = 32 };

static str token_text(struct arena *mem, int64_t corp, const struct token_row *row,
	int64_t issued_ms)
{
	uint8_t mac[32];
	struct buf b;

	buf_init(&b, mem, 96);
	buf_put(&b, id_text(mem, "T", corp));
	buf_char(&b, '-');
	buf_put(&b, id_text(mem, "", row->app));
	buf_char(&b, '-');
	buf_put(&b, id_text(mem, "", issued_ms));
	buf_char(&b, '-');
	size_t head = b.n;
	buf_put(&b, row->secret_hash);
	keys_sign(buf_str(&b), mac);
	b.n = head;
	buf_put(&b, base64url_of(mem, str_make(mac, MAC_BYTES)));
	return buf_str(&b);
}

enum err app_token_issue(struct tx *tx, int64_t corp, str secret, str *out_token,
	int64_t *out_left_s)
{
	struct arena *mem = tx->cx->mem;
	struct token_row row;
	bool found;

	TRY(app_select_by_secret(tx, corp, app_secret_hash(mem, secret), &row, &found));
	if (!found)
		return why(tx->cx, ERR_BAD_SECRET,
			"field `corpsecret`: of no app of this company");
	if (row.closed)
		return why(tx->cx, ERR_APP_CLOSED, "agentid %" PRId64 " is closed",
			row.app);
	int64_t issued_ms = row.token_issued_ms;
	int64_t left_ms = issued_ms + TOKEN_LIFE_MS - tx->cx->now_ms;
	if (left_ms < TOKEN_RENEW_MS || left_ms > TOKEN_LIFE_MS) {
		*out_token = STR("");
		if (!tx->writes)
			return OK;
		issued_ms = tx->cx->now_ms;
		left_ms = TOKEN_LIFE_MS;
		TRY(app_update_issued(tx, corp, row.app, issued_ms));
	}
	*out_token = token_text(mem, corp, &row, issued_ms);
	*out_left_s = left_ms / 1000;
	return OK;
}

static bool token_parse(str token, int64_t *corp, int64_t *app, int64_t *issued_ms)
{
	str rest = token;
	str a = str_cut(&rest, '-'), b = str_cut(&rest, '-'), c = str_cut(&rest, '-');

	return id_parse(a, "T", corp) && id_parse(b, "", app) &&
		id_parse(c, "", issued_ms) && rest.n == MAC_CHARS;
}

/*
 * Tokens that this thread has proved lately.  The proof holds for one secret's hash
 * only, which is read again with every request, so a new secret, another app or a
 * closed one is seen at once; what is saved is the keyed hash.
 */
enum { PROOFS = 64, PROOF_TOKEN_MAX = 128, PROOF_HASH_MAX = 64 };

struct proof {
	size_t token_n, hash_n;
	char token[PROOF_TOKEN_MAX], hash[PROOF_HASH_MAX];
};

static _Thread_local struct proof proofs[PROOFS];

static bool token_proves(struct tx *tx, str token, int64_t corp,
	const struct token_row *row, int64_t issued_ms)
{
	struct proof *p = &proofs[str_hash(token) % PROOFS];

	if (str_same_secret(token, str_make(p->token, p->token_n)) &&
		str_same_secret(row->secret_hash, str_make(p->hash, p->hash_n)))
		return true;
	if (!str_same_secret(token, token_text(tx->cx->mem, corp, row, issued_ms)))
		return false;
	if (token.n > PROOF_TOKEN_MAX || row->secret_hash.n > PROOF_HASH_MAX)
		return true;
	p->token_n = token.n;
	memcpy(p->token, token.p, token.n);
	p->hash_n = row->secret_hash.n;
	memcpy(p->hash, row->secret_hash.p, row->secret_hash.n);
	return true;
}

enum err app_token_check(struct tx *tx, str token)
{
	struct token_row row;
	int64_t corp, app, issued_ms;
	bool found;

	if (!token.n)
		return why(tx->cx, ERR_NO_TOKEN, "field `access_token` is required");
	if (!token_parse(token, &corp, &app, &issued_ms))
		return why(tx->cx, ERR_BAD_TOKEN,
			"field `access_token`: not one of this server");
	TRY(app_select_token(tx, corp, app, &row, &found));
	if (!found || !token_proves(tx, token, corp, &row, issued_ms))
		return why(tx->cx, ERR_BAD_TOKEN,
			"field `access_token`: not one of this server");
	if (tx->cx->now_ms >= issued_ms + TOKEN_LIFE_MS)
		return why(tx->cx, ERR_EXPIRED_TOKEN,
			"field `access_token`: get a new one");
	if (row.closed)
		return why(tx->cx, ERR_APP_CLOSED, "agentid %" PRId64 " is closed", app);
	tx->cx->actor = (struct actor){
		.kind = ACTOR_APP,
		.corp = corp,
		.id = app,
		.session = issued_ms,
		.scopes = (uint64_t)row.scopes,
	};
	return OK;
}
