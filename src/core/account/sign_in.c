/*
 * core/account/sign_in.c - from account and password to a session.
 *
 * Whoever is asked for and whatever was wrong, the answer is the same and takes
 * the same time; only the right password learns that the account is disabled.
 */
#include "base/fold.h"
#include "core/account/account.sql.h"
#include "core/account/private.h"

enum { ACCOUNT_LIMIT = 10, ADDRESS_LIMIT = 100, ACCOUNT_MAX_BYTES = 128 };

struct asked {
	const struct sign_in *in;
	struct member member; /* member.member 0: nobody */
	str hash;
	str token;
};

/* Without a corpid there must be one corp only. */
static enum err find_corp(struct tx *tx, str corpid, int64_t *out)
{
	struct corp c;
	int64_t *corps;
	size_t n;

	if (corpid.n) {
		TRY(corp_by_corpid(tx, corpid, &c));
		*out = c.corp;
		return OK;
	}
	TRY(corp_numbers(tx, &corps, &n));
	if (n > 1)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"field `corp`: there are several companies here; name yours");
	*out = n ? corps[0] : 0;
	return OK;
}

static enum err find(struct tx *tx, void *arg)
{
	struct asked *a = arg;
	struct credential_row row;
	int64_t corp;
	bool found;

	TRY(find_corp(tx, a->in->corpid, &corp));
	enum err err = member_by_sign_in(tx, corp, a->in->account, &a->member);
	if (err == ERR_NO_USER) {
		a->member = (struct member){ 0 };
		a->hash = STR("");
		return OK;
	}
	TRY(err);
	TRY(credential_select(tx, corp, a->member.member, &row, &found));
	a->hash = found ? row.hash : STR("");
	return OK;
}

static enum err bad_sign_in(struct ctx *cx)
{
	ctx_forgive(cx);
	return why(cx, ERR_BAD_SIGN_IN, "account or password");
}

static enum err check(struct store *store, struct ctx *cx, struct asked *a)
{
	struct arena *mem = cx->mem;
	uint64_t by_address =
		str_hash(arena_concat(mem, STR("address "), a->in->address));

	if (a->in->account.n > ACCOUNT_MAX_BYTES ||
		str_chars(a->in->password) > PASSWORD_MAX_CHARS)
		return bad_sign_in(cx);
	TRY(store_read(store, cx, find, a));
	str name = a->member.member
		? arena_printf(mem, "member %" PRId64, a->member.member)
		: arena_concat(mem, STR("account "), fold(mem, a->in->account));
	uint64_t by_account = str_hash(name);
	if (!attempt_take(by_address, ADDRESS_LIMIT, cx->now_ms) ||
		!attempt_take(by_account, ACCOUNT_LIMIT, cx->now_ms))
		return why(cx, ERR_TOO_OFTEN,
			"too many wrong passwords; try again in ten minutes");
	if (!password_matches(a->hash, a->in->password))
		return bad_sign_in(cx);
	attempt_forget(by_account);
	attempt_return(by_address);
	if (a->member.status == MEMBER_DISABLED || a->member.status == MEMBER_LEFT)
		return why(cx, ERR_DISABLED, "ask your administrator");
	return OK;
}

enum err account_sign_in_check(struct store *store, struct ctx *cx,
	const struct sign_in *in, struct member *out_member)
{
	struct asked a = { .in = in };

	TRY(check(store, cx, &a));
	*out_member = a.member;
	return OK;
}

/* The member may have been disabled since he was read. */
static enum err open_session(struct tx *tx, void *arg)
{
	struct asked *a = arg;
	enum member_status status;
	bool admin;

	TRY(member_standing(tx, a->member.corp, a->member.member, &status, &admin));
	if (status == MEMBER_DISABLED || status == MEMBER_LEFT)
		return why(tx->cx, ERR_DISABLED, "ask your administrator");
	if (status == MEMBER_NOT_ACTIVATED)
		TRY(member_set_status(tx, a->member.corp, a->member.member,
			MEMBER_ACTIVE));
	return account_member_session_add(tx, a->member.corp, a->member.member,
		a->in->device, &a->token);
}

enum err account_sign_in(struct store *store, struct ctx *cx, const struct sign_in *in,
	struct member *out_member, str *out_token)
{
	struct asked a = { .in = in };

	TRY(check(store, cx, &a));
	TRY(store_write(store, cx, open_session, &a));
	a.member.status = MEMBER_ACTIVE;
	*out_member = a.member;
	*out_token = a.token;
	return OK;
}
