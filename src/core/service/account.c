/*
 * core/service/account.c - keeping accounts, their links and who may manage them.
 */
#include "core/service/account.h"

#include "base/ids.h"
#include "core/directory/corp_setting.h"
#include "core/service/account.sql.h"
#include "core/service/private.h"

enum { OPEN_RANDOM = 30, CODE_RANDOM = 14 };

struct service_account service_account_default(int64_t corp)
{
	return (struct service_account){ .corp = corp,
		.first = FIRST_PEOPLE,
		.routing = ROUTING_TURN,
		.prefers_last = true,
		.max_sessions = 10,
		.silence_s = 30 * 60,
		.threshold = 60,
		.asks_rating = true };
}

static struct service_account account_of(int64_t corp,
	const struct service_account_row *r)
{
	return (struct service_account){
		.corp = corp,
		.account = r->account,
		.created_ms = r->created_ms,
		.open_kfid = r->open_kfid,
		.name = r->name,
		.avatar = r->avatar,
		.first = (enum service_first)r->first_answer,
		.routing = (enum service_routing)r->routing,
		.max_sessions = r->max_sessions,
		.silence_s = r->silence_s,
		.threshold = r->threshold,
		.hours = r->hours,
		.welcome = r->welcome,
		.away_words = r->away_words,
		.end_words = r->end_words,
		.deleted = r->deleted,
		.prefers_last = r->prefers_last,
		.asks_rating = r->asks_rating,
	};
}

/* ---- checks ---- */

static enum err check_words(struct ctx *cx, const char *field, str words)
{
	if (str_chars(words) > SERVICE_WORDS_CHARS)
		return why(cx, ERR_INVALID_ARGUMENT, "field `%s`: at most %d characters",
			field, SERVICE_WORDS_CHARS);
	return OK;
}

/* Everybody may see it, so it gets a name of its own, which is for that alone. */
static enum err publish_avatar(struct tx *tx, struct service_account *a)
{
	struct media m;

	if (!a->avatar.n)
		return OK;
	TRY(media_get(tx, a->corp, a->avatar, &m));
	if (str_is(m.kind, "avatar"))
		return OK;
	if (!str_is(m.kind, "image"))
		return why(tx->cx, ERR_BAD_MEDIA_ID, "field `media_id` is no picture");
	m.kind = STR("avatar");
	m.expires_ms = -1;
	TRY(media_add(tx, &m));
	a->avatar = m.key;
	return OK;
}

static enum err check(struct tx *tx, struct service_account *a)
{
	struct ctx *cx = tx->cx;

	if (!str_trim(a->name).n || str_chars(a->name) > SERVICE_NAME_CHARS)
		return why(cx, ERR_KF_NAME, "field `name`: 1 to %d characters",
			SERVICE_NAME_CHARS);
	TRY(publish_avatar(tx, a));
	if (a->first < FIRST_APP || a->first > FIRST_PEOPLE)
		return why(cx, ERR_INVALID_ARGUMENT, "field `first`: 0 to 2");
	if (a->routing < ROUTING_MANUAL || a->routing > ROUTING_LEAST)
		return why(cx, ERR_INVALID_ARGUMENT, "field `routing`: 0 to 2");
	TRY(service_hours_check(cx, a->hours));
	TRY(check_words(cx, "welcome", a->welcome));
	TRY(check_words(cx, "away_words", a->away_words));
	return check_words(cx, "end_words", a->end_words);
}

static enum err check_number(struct tx *tx, int64_t corp)
{
	struct service_account_count_row row;
	int64_t most, unverified;
	struct corp c;
	bool found;

	TRY(service_account_count(tx, corp, &row, &found));
	TRY(corp_get(tx, corp, &c));
	TRY(corp_setting(tx, corp, CORP_SETTING_SERVICE_ACCOUNT_MAX, &most));
	TRY(corp_setting(tx, corp, CORP_SETTING_SERVICE_UNVERIFIED_MAX, &unverified));
	if (row.n >= most)
		return why(tx->cx, ERR_KF_ACCOUNTS, "at most %" PRId64, most);
	if (!c.verified && row.n >= unverified)
		return why(tx->cx, ERR_KF_UNVERIFIED,
			"at most %" PRId64 " until the corp is verified", unverified);
	return OK;
}

/* ---- keeping ---- */

enum err service_account_add(struct tx *tx, struct service_account *a)
{
	TRY(check(tx, a));
	TRY(check_number(tx, a->corp));
	a->account = id_next();
	a->created_ms = tx->cx->now_ms;
	a->open_kfid = arena_concat(tx->cx->mem, STR("wk"),
		random_text(tx->cx->mem, OPEN_RANDOM));
	return service_account_insert(tx, a->corp, a->account, a->open_kfid, a->name,
		a->avatar, a->first, a->routing, a->prefers_last, a->max_sessions,
		a->silence_s, a->hours, a->welcome, a->away_words, a->end_words,
		a->asks_rating, a->threshold, a->created_ms);
}

enum err service_account_set(struct tx *tx, struct service_account *a)
{
	TRY(check(tx, a));
	return service_account_update(tx, a->corp, a->account, a->name, a->avatar,
		a->first, a->routing, a->prefers_last, a->max_sessions, a->silence_s,
		a->hours, a->welcome, a->away_words, a->end_words, a->asks_rating,
		a->threshold);
}

enum err service_account_drop(struct tx *tx, const struct service_account *a)
{
	struct ints apps;

	TRY(service_grants(tx, a, &apps));
	TRY(service_account_set_deleted(tx, a->corp, a->account));
	for (size_t i = 0; i < apps.n; i++)
		TRY(service_grant_delete(tx, a->corp, a->account, apps.v[i]));
	return servicer_drop_all(tx, a);
}

enum err service_account_get(struct tx *tx, int64_t corp, int64_t account,
	struct service_account *out)
{
	struct service_account_row row;
	bool found;

	TRY(service_account_select(tx, corp, account, &row, &found));
	if (!found)
		return why(tx->cx, ERR_KF_GONE, "open_kfid: no such account");
	*out = account_of(corp, &row);
	return OK;
}

enum err service_account_by_open(struct tx *tx, int64_t corp, str open_kfid,
	struct service_account *out)
{
	struct service_account_row row;
	bool found;

	if (!open_kfid.n)
		return why(tx->cx, ERR_KF_MISSING, "field `open_kfid` is required");
	if (!str_starts(open_kfid, STR("wk")))
		return why(tx->cx, ERR_KF_BAD, "field `open_kfid` begins with wk");
	TRY(service_account_select_by_open(tx, corp, open_kfid, &row, &found));
	if (!found || row.deleted)
		return why(tx->cx, ERR_KF_GONE, "field `open_kfid`: no such account");
	*out = account_of(corp, &row);
	return OK;
}

enum err service_account_page(struct tx *tx, int64_t corp, int64_t skip, int64_t limit,
	struct service_account **out, size_t *out_n)
{
	struct service_account_row *rows;
	size_t n;

	TRY(service_account_page_rows(tx, corp, limit, skip, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct service_account, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = account_of(corp, &rows[i]);
	*out_n = n;
	return OK;
}

/* ---- grants ---- */

/* Document 97712. */
#define AUTH_EVENT(F, SUB)                                                               \
	F(octets, ToUserName, ALWAYS, 0, 64, "corpid")                                   \
	F(octets, FromUserName, ALWAYS, 0, 64, "sys")                                    \
	F(int, CreateTime, ALWAYS, 0, INT64_MAX, "Unix seconds")                         \
	F(octets, MsgType, ALWAYS, 0, 32, "event")                                       \
	F(octets, Event, ALWAYS, 0, 64, "kf_account_auth_change")                        \
	F(octets, AuthAddOpenKfId, SOMETIMES, 0, 64, "Granted")                          \
	F(octets, AuthDelOpenKfId, SOMETIMES, 0, 64, "Taken away")
SHAPE(service_auth_event, AUTH_EVENT)

static enum err tell_grant(struct tx *tx, const struct service_account *a, int64_t app,
	bool yes)
{
	struct service_auth_event e = {
		.FromUserName = STR("sys"),
		.CreateTime = tx->cx->now_ms / 1000,
		.MsgType = STR("event"),
		.Event = STR("kf_account_auth_change"),
		.AuthAddOpenKfId = yes ? a->open_kfid : STR_NONE,
		.AuthDelOpenKfId = yes ? STR_NONE : a->open_kfid,
	};
	struct callback c = { .corp = a->corp,
		.app = app,
		.name = STR("kf_account_auth_change") };
	struct corp corp;

	TRY(corp_get(tx, a->corp, &corp));
	e.ToUserName = corp.corpid;
	c.fields = shape_text(tx->cx->mem, service_auth_event_shape(), &e);
	return callback_put(tx, &c);
}

enum err service_grant(struct tx *tx, const struct service_account *a, int64_t app,
	bool yes, bool quiet)
{
	if (yes)
		TRY(service_grant_insert(tx, a->corp, a->account, app));
	else
		TRY(service_grant_delete(tx, a->corp, a->account, app));
	return tx_changes(tx) && !quiet ? tell_grant(tx, a, app, yes) : OK;
}

enum err service_is_granted(struct tx *tx, const struct service_account *a, int64_t app,
	bool *out)
{
	struct service_grant_select_row row;

	return service_grant_select(tx, a->corp, a->account, app, &row, out);
}

enum err service_grants(struct tx *tx, const struct service_account *a,
	struct ints *out_apps)
{
	struct service_grant_row *rows;
	size_t n;

	TRY(service_grant_all(tx, a->corp, a->account, &rows, &n));
	out_apps->v = ARENA_ARRAY(tx->cx->mem, int64_t, n);
	out_apps->n = n;
	for (size_t i = 0; i < n; i++)
		out_apps->v[i] = rows[i].app;
	return OK;
}

/* ---- links ---- */

static enum err check_scene(struct ctx *cx, str scene)
{
	if (scene.n > SERVICE_SCENE_BYTES)
		return why(cx, ERR_INVALID_ARGUMENT, "field `scene`: at most %d bytes",
			SERVICE_SCENE_BYTES);
	for (size_t i = 0; i < scene.n; i++) {
		char c = scene.p[i];

		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
			    (c >= 'A' && c <= 'Z') || c == '_' || c == '-'))
			return why(cx, ERR_INVALID_ARGUMENT,
				"field `scene`: letters, digits, _ and -");
	}
	return OK;
}

enum err service_way(struct tx *tx, const struct service_account *a, str scene,
	str *out_code)
{
	struct arena *mem = tx->cx->mem;
	struct service_way_row row;
	bool found;

	TRY(check_scene(tx->cx, scene));
	TRY(service_way_select(tx, a->corp, a->account, scene, &row, &found));
	if (found) {
		*out_code = row.code;
		return OK;
	}
	*out_code = arena_printf(mem, "%.*s-%.*s", STR_FMT(id_text(mem, "", a->corp)),
		STR_FMT(random_text(mem, CODE_RANDOM)));
	return service_way_insert(tx, a->corp, a->account, scene, *out_code,
		tx->cx->now_ms);
}

enum err service_by_code(struct tx *tx, str code, struct service_account *out,
	str *out_scene)
{
	str rest = code, number = str_cut(&rest, '-');
	struct service_way_row row;
	int64_t corp;
	bool found = false;

	if (id_parse(number, "", &corp))
		TRY(service_way_select_by_code(tx, corp, code, &row, &found));
	if (!found)
		return why(tx->cx, ERR_CODE_GONE, "ask the company for a new link");
	TRY(service_account_get(tx, corp, row.account, out));
	if (out->deleted)
		return why(tx->cx, ERR_CODE_GONE, "this service has ended");
	*out_scene = row.scene;
	return OK;
}
