/*
 * core/account/password.c - Argon2id, and setting passwords.
 *
 * 19 MiB and two passes: what OWASP asks of a server, some 25 ms of one core.
 */
#include <pthread.h>
#include <sodium.h>

#include "base/ids.h"
#include "core/account/account.sql.h"
#include "core/account/audit.h"
#include "core/account/private.h"

enum { ARGON_PASSES = 2, ARGON_BYTES = 19 * 1024 * 1024, NEW_PASSWORD_CHARS = 12 };

enum err password_check_length(struct ctx *cx, const char *field, str password)
{
	size_t n = str_chars(password);

	if (!str_is_utf8(password))
		return why(cx, ERR_BAD_CHARACTERS, "field `%s`: not UTF-8", field);
	if (n < PASSWORD_MIN_CHARS || n > PASSWORD_MAX_CHARS)
		return why(cx, ERR_INVALID_ARGUMENT, "field `%s`: %d to %d characters",
			field, PASSWORD_MIN_CHARS, PASSWORD_MAX_CHARS);
	return OK;
}

static void hash_into(char out[crypto_pwhash_STRBYTES], str password)
{
	BUG_IF(sodium_init() < 0, "libsodium does not start");
	int failed = crypto_pwhash_str_alg(out, password.p, password.n, ARGON_PASSES,
		ARGON_BYTES, crypto_pwhash_ALG_ARGON2ID13);
	BUG_IF(failed, "out of memory");
}

enum err account_hash(struct ctx *cx, str password, str *out_hash)
{
	char hash[crypto_pwhash_STRBYTES];

	TRY(password_check_length(cx, "password", password));
	hash_into(hash, password);
	*out_hash = arena_str(cx->mem, str_of(hash));
	return OK;
}

/* Of a password that nobody knows; compared with when there is no hash. */
static char nobodys[crypto_pwhash_STRBYTES];

static void make_nobodys(void)
{
	uint8_t password[32];

	random_bytes(password, sizeof(password));
	hash_into(nobodys, str_make(password, sizeof(password)));
}

bool password_matches(str hash, str password)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	char text[crypto_pwhash_STRBYTES] = { 0 };

	pthread_once(&once, make_nobodys);
	if (hash.n == 0 || hash.n >= sizeof(text))
		hash = str_of(nobodys);
	memcpy(text, hash.p, hash.n);
	return crypto_pwhash_str_verify(text, password.n ? password.p : "", password.n) ==
		0;
}

enum err account_credential_put(struct tx *tx, int64_t corp, int64_t member, str hash,
	bool must_change)
{
	return credential_put(tx, corp, member, hash, must_change, tx->cx->now_ms);
}

enum err account_must_change(struct tx *tx, int64_t corp, int64_t member, bool *out)
{
	struct credential_row row;
	bool found;

	TRY(credential_select(tx, corp, member, &row, &found));
	*out = found && row.must_change;
	return OK;
}

/* ---- changing ---- */

struct change {
	int64_t corp, member, keep_session;
	str hash;
	bool must_change;
};

static enum err read_hash(struct tx *tx, void *arg)
{
	struct change *c = arg;
	struct credential_row row;
	bool found;

	TRY(credential_select(tx, c->corp, c->member, &row, &found));
	c->hash = found ? row.hash : STR("");
	return OK;
}

static enum err write_own(struct tx *tx, void *arg)
{
	const struct change *c = arg;

	TRY(account_credential_put(tx, c->corp, c->member, c->hash, false));
	return account_end_others(tx, c->corp, c->member, c->keep_session);
}

enum err account_password_change(struct store *store, struct ctx *cx, str old,
	str new_one)
{
	struct change c = { .corp = cx->actor.corp,
		.member = cx->actor.id,
		.keep_session = cx->actor.session };
	uint64_t key = (uint64_t)c.member * UINT64_C(0x9e3779b97f4a7c15);

	if (!attempt_take(key, 10, cx->now_ms))
		return why(cx, ERR_TOO_OFTEN, "field `old`: try again later");
	TRY(password_check_length(cx, "new", new_one));
	TRY(store_read(store, cx, read_hash, &c));
	if (!password_matches(c.hash, old))
		return why(cx, ERR_BAD_SIGN_IN, "field `old`: not your password");
	attempt_forget(key);
	TRY(account_hash(cx, new_one, &c.hash));
	return store_write(store, cx, write_own, &c);
}

static enum err write_reset(struct tx *tx, void *arg)
{
	const struct change *c = arg;
	struct member m;

	TRY(member_get(tx, c->corp, c->member, &m));
	TRY(account_credential_put(tx, c->corp, c->member, c->hash, true));
	TRY(account_end_all(tx, c->corp, c->member));
	return audit_add(tx, c->corp, "member.password",
		arena_printf(tx->cx->mem, "member:%.*s", STR_FMT(m.userid)), STR(""));
}

enum err account_password_reset(struct store *store, struct ctx *cx, int64_t corp,
	int64_t member, str *out_password)
{
	struct change c = { .corp = corp, .member = member };
	str password = random_text(cx->mem, NEW_PASSWORD_CHARS);

	TRY(account_hash(cx, password, &c.hash));
	TRY(store_write(store, cx, write_reset, &c));
	*out_password = password;
	return OK;
}
