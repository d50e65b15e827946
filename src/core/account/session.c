/*
 * core/account/session.c - sessions: made, checked, ended.
 */
#include "base/digest.h"
#include "base/ids.h"
#include "core/account/account.sql.h"
#include "core/account/private.h"

enum { SECRET_CHARS = 32, DEVICE_MAX_CHARS = 128, SESSIONS_MAX = 50 };
#define SEEN_EVERY_MS ((int64_t)3600 * 1000)
#define SESSION_IDLE_MS ((int64_t)SESSION_IDLE_DAYS * 24 * 3600 * 1000)

struct token {
	bool is_member;
	int64_t holder, session;
	str secret;
};

static bool token_parse(str text, struct token *out)
{
	str rest = text;
	str holder = str_cut(&rest, '-'), session = str_cut(&rest, '-');

	out->is_member = str_starts(holder, STR("M"));
	out->secret = rest;
	return id_parse(holder, out->is_member ? "M" : "C", &out->holder) &&
		id_parse(session, "", &out->session) && rest.n == SECRET_CHARS;
}

static str hash_of(struct arena *mem, str secret)
{
	uint8_t hash[32];

	digest_sha256(secret, hash);
	return arena_str(mem, str_make(hash, sizeof(hash)));
}

static str token_text(struct arena *mem, const struct token *t)
{
	return arena_printf(mem, "%.*s-%.*s-%.*s",
		STR_FMT(id_text(mem, t->is_member ? "M" : "C", t->holder)),
		STR_FMT(id_text(mem, "", t->session)), STR_FMT(t->secret));
}

static str device_name(str device)
{
	return str_is_utf8(device) ? str_first_chars(device, DEVICE_MAX_CHARS) : STR("");
}

/* ---- checking ---- */

static enum err signed_out(struct tx *tx)
{
	return why(tx->cx, ERR_SIGNED_OUT, "the session has ended");
}

static void note(struct tx *tx, const struct token *t, int64_t seen_ms)
{
	if (tx->cx->now_ms - seen_ms >= SEEN_EVERY_MS)
		seen_note(&(struct seen){ t->is_member, t->holder, t->session,
			tx->cx->now_ms });
}

static enum err check_member_session(struct tx *tx, const struct token *t)
{
	struct session_row row;
	enum member_status status;
	bool found, admin;

	TRY(member_session_select(tx, t->holder, t->session, &row, &found));
	if (!found || !str_same_secret(row.hash, hash_of(tx->cx->mem, t->secret)) ||
		row.expires_ms <= tx->cx->now_ms)
		return signed_out(tx);
	TRY(member_standing(tx, t->holder, row.member, &status, &admin));
	if (status == MEMBER_DISABLED || status == MEMBER_LEFT)
		return why(tx->cx, ERR_DISABLED, "ask your administrator");
	tx->cx->actor = (struct actor){
		.kind = ACTOR_MEMBER,
		.corp = t->holder,
		.id = row.member,
		.session = t->session,
		.scopes = SCOPE_BIT(SCOPE_none) | SCOPE_BIT(SCOPE_session) |
			SCOPE_BIT(SCOPE_member) | (admin ? SCOPE_BIT(SCOPE_admin) : 0),
	};
	note(tx, t, row.seen_ms);
	return OK;
}

static enum err check_consumer_session(struct tx *tx, const struct token *t)
{
	struct consumer_session_row row;
	bool found;

	TRY(consumer_session_select(tx, t->holder, t->session, &row, &found));
	if (!found || !str_same_secret(row.hash, hash_of(tx->cx->mem, t->secret)))
		return signed_out(tx);
	tx->cx->actor = (struct actor){
		.kind = ACTOR_CONSUMER,
		.id = t->holder,
		.session = t->session,
		.scopes = SCOPE_BIT(SCOPE_none) | SCOPE_BIT(SCOPE_session) |
			SCOPE_BIT(SCOPE_consumer),
	};
	note(tx, t, row.seen_ms);
	return OK;
}

enum err account_session_check(struct tx *tx, str token)
{
	struct token t;

	if (!token.n || !token_parse(token, &t))
		return signed_out(tx);
	return t.is_member ? check_member_session(tx, &t)
			   : check_consumer_session(tx, &t);
}

/* ---- making ---- */

static enum err end_oldest(struct tx *tx, int64_t corp, int64_t member)
{
	struct session *sessions;
	size_t n;

	TRY(account_sessions(tx, corp, member, &sessions, &n));
	for (size_t i = SESSIONS_MAX; i < n; i++)
		TRY(account_end(tx, corp, member, sessions[i].session));
	return OK;
}

enum err account_member_session_add(struct tx *tx, int64_t corp, int64_t member,
	str device, str *out_token)
{
	struct arena *mem = tx->cx->mem;
	struct token t = { true, corp, id_next(), random_text(mem, SECRET_CHARS) };

	TRY(member_session_insert(tx, corp, t.session, member, hash_of(mem, t.secret),
		device_name(device), tx->cx->now_ms, tx->cx->now_ms + SESSION_IDLE_MS));
	TRY(end_oldest(tx, corp, member));
	*out_token = token_text(mem, &t);
	return OK;
}

enum err account_consumer_session_add(struct tx *tx, int64_t consumer, str device,
	str *out_token)
{
	struct arena *mem = tx->cx->mem;
	struct token t = { false, consumer, id_next(), random_text(mem, SECRET_CHARS) };

	TRY(consumer_session_insert(tx, consumer, t.session, hash_of(mem, t.secret),
		device_name(device), tx->cx->now_ms));
	*out_token = token_text(mem, &t);
	return OK;
}

/* ---- ending ---- */

static void emit_signed_out(struct tx *tx, int64_t corp, struct person who,
	int64_t session)
{
	event_emit(tx,
		&(struct event){
			.kind = EVENT_SIGNED_OUT,
			.corp = corp,
			.who = who,
			.object = session,
			.audience = &who,
			.audience_n = 1,
		});
}

static struct person member_person(int64_t member)
{
	return (struct person){ .kind = PERSON_MEMBER, .id = member };
}

enum err account_end(struct tx *tx, int64_t corp, int64_t member, int64_t session)
{
	TRY(member_session_delete(tx, corp, member, session));
	if (tx_changes(tx) != 1)
		return why(tx->cx, ERR_NOT_FOUND, "field `session`: not found");
	emit_signed_out(tx, corp, member_person(member), session);
	return OK;
}

enum err account_end_all(struct tx *tx, int64_t corp, int64_t member)
{
	TRY(member_session_delete_all(tx, corp, member));
	emit_signed_out(tx, corp, member_person(member), 0);
	return OK;
}

enum err account_end_others(struct tx *tx, int64_t corp, int64_t member, int64_t keep)
{
	struct session *sessions;
	size_t n;

	TRY(account_sessions(tx, corp, member, &sessions, &n));
	for (size_t i = 0; i < n; i++)
		if (sessions[i].session != keep)
			TRY(account_end(tx, corp, member, sessions[i].session));
	return OK;
}

enum err account_sign_out(struct tx *tx)
{
	const struct actor *a = &tx->cx->actor;

	if (a->kind == ACTOR_MEMBER && a->session)
		return account_end(tx, a->corp, a->id, a->session);
	if (a->kind != ACTOR_CONSUMER || !a->session)
		return OK;
	TRY(consumer_session_delete(tx, a->id, a->session));
	emit_signed_out(tx, 0, (struct person){ PERSON_CUSTOMER, 0, a->id }, a->session);
	return OK;
}

enum err account_consumer_end_all(struct tx *tx, int64_t consumer)
{
	TRY(consumer_session_delete_all(tx, consumer));
	emit_signed_out(tx, 0, (struct person){ PERSON_CUSTOMER, 0, consumer }, 0);
	return OK;
}

enum err account_sessions(struct tx *tx, int64_t corp, int64_t member,
	struct session **out, size_t *out_n)
{
	struct member_session_select_all_row *rows;
	size_t n;

	TRY(member_session_select_all(tx, corp, member, tx->cx->now_ms, &rows, &n));
	struct session *sessions = ARENA_ARRAY(tx->cx->mem, struct session, n);
	for (size_t i = 0; i < n; i++)
		sessions[i] = (struct session){ rows[i].session, rows[i].created_ms,
			rows[i].seen_ms, rows[i].device };
	*out = sessions;
	*out_n = n;
	return OK;
}

enum err account_sweep(struct tx *tx, int64_t corp)
{
	return member_session_delete_expired(tx, corp, tx->cx->now_ms);
}
