/*
 * core/app/app.c - making, changing and finding apps.
 */
#include "base/digest.h"
#include "base/ids.h"
#include "core/app/app.sql.h"
#include "core/app/private.h"
#include "core/directory/check.h"
#include "core/keys.h"

enum {
	SECRET_CHARS = 43,
	NAME_MAX_CHARS = 32,
	DESCRIPTION_MAX_CHARS = 120,
	URL_MAX_CHARS = 2048
};

uint64_t app_scopes_customer(void)
{
	return SCOPE_BIT(SCOPE_customer_read) | SCOPE_BIT(SCOPE_customer_write) |
		SCOPE_BIT(SCOPE_acquisition) | SCOPE_BIT(SCOPE_service);
}

uint64_t app_scopes_business(void)
{
	return SCOPE_BIT(SCOPE_none) | SCOPE_BIT(SCOPE_contacts_read) |
		SCOPE_BIT(SCOPE_contacts_ids) | SCOPE_BIT(SCOPE_message_send) |
		SCOPE_BIT(SCOPE_media) | SCOPE_BIT(SCOPE_agent) | app_scopes_customer();
}

static uint64_t scopes_of_kind(enum app_kind kind)
{
	uint64_t none = SCOPE_BIT(SCOPE_none);

	switch (kind) {
	case APP_CONTACT_SYNC:
		return none | SCOPE_BIT(SCOPE_contacts_read) |
			SCOPE_BIT(SCOPE_contacts_ids) | SCOPE_BIT(SCOPE_contacts_write) |
			SCOPE_BIT(SCOPE_media);
	case APP_CUSTOMER_CONTACT:
		return none | SCOPE_BIT(SCOPE_contacts_ids) | SCOPE_BIT(SCOPE_media) |
			(app_scopes_customer() & ~SCOPE_BIT(SCOPE_acquisition));
	case APP_BUSINESS:
		break;
	}
	return app_scopes_business();
}

void app_of_row(int64_t corp, const struct app_row *row, struct app *out)
{
	*out = (struct app){
		.corp = corp,
		.app = row->app,
		.kind = (enum app_kind)row->kind,
		.name = row->name,
		.description = row->description,
		.logo = row->logo,
		.home_url = row->home_url,
		.redirect_domain = row->redirect_domain,
		.closed = row->closed,
		.sends_welcome = row->sends_welcome,
		.scopes = (uint64_t)row->scopes,
		.callback_url = row->callback_url,
		.callback_token = row->callback_token,
		.created_ms = row->created_ms,
	};
}

enum err app_row_get(struct tx *tx, int64_t corp, int64_t app, struct app_row *out)
{
	bool found;

	TRY(app_select(tx, corp, app, out, &found));
	if (!found)
		return why(tx->cx, ERR_BAD_AGENTID, "field `agentid`: no such app");
	return OK;
}

enum err app_get(struct tx *tx, int64_t corp, int64_t app, struct app *out)
{
	struct app_row row;

	TRY(app_row_get(tx, corp, app, &row));
	app_of_row(corp, &row, out);
	return OK;
}

static void apps_of_rows(struct arena *mem, int64_t corp, const struct app_row *rows,
	size_t n, struct app **out)
{
	struct app *apps = ARENA_ARRAY(mem, struct app, n);

	for (size_t i = 0; i < n; i++)
		app_of_row(corp, &rows[i], &apps[i]);
	*out = apps;
}

enum err app_all(struct tx *tx, int64_t corp, struct app **out, size_t *out_n)
{
	struct app_row *rows;
	size_t n;

	TRY(app_select_all(tx, corp, &rows, &n));
	apps_of_rows(tx->cx->mem, corp, rows, n, out);
	*out_n = n;
	return OK;
}

enum err app_listeners(struct tx *tx, int64_t corp, enum scope scope, struct app **out,
	size_t *out_n)
{
	struct app_row *rows;
	size_t n, kept = 0;

	TRY(app_select_listeners(tx, corp, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if ((uint64_t)rows[i].scopes & SCOPE_BIT(scope))
			rows[kept++] = rows[i];
	apps_of_rows(tx->cx->mem, corp, rows, kept, out);
	*out_n = kept;
	return OK;
}

enum err app_visible_to(struct tx *tx, int64_t corp, int64_t member, struct app **out,
	size_t *out_n)
{
	struct app *apps;
	size_t n, kept = 0;

	TRY(app_all(tx, corp, &apps, &n));
	for (size_t i = 0; i < n; i++) {
		bool sees = false;

		if (apps[i].kind == APP_BUSINESS && !apps[i].closed)
			TRY(app_sees_member(tx, corp, apps[i].app, member, &sees));
		if (sees)
			apps[kept++] = apps[i];
	}
	*out = apps;
	*out_n = kept;
	return OK;
}

/* ---- changing ---- */

static enum err check_app(struct ctx *cx, const struct app *a)
{
	TRY(check_line(cx, "name", a->name, 1, NAME_MAX_CHARS));
	TRY(check_text(cx, "description", a->description, 0, DESCRIPTION_MAX_CHARS));
	TRY(check_line(cx, "logo", a->logo, 0, 64));
	TRY(check_line(cx, "home_url", a->home_url, 0, URL_MAX_CHARS));
	TRY(check_line(cx, "redirect_domain", a->redirect_domain, 0, 255));
	if (a->home_url.n && !str_starts(a->home_url, STR("https://")) &&
		!str_starts(a->home_url, STR("http://")))
		return why(cx, ERR_INVALID_ARGUMENT,
			"field `home_url`: begins with http:// or https://");
	return OK;
}

str app_seal_context(struct arena *mem, int64_t corp, int64_t app, const char *what)
{
	return arena_printf(mem, "app/%" PRId64 "/%" PRId64 "/%s", corp, app, what);
}

str app_secret_hash(struct arena *mem, str secret)
{
	uint8_t hash[32];

	digest_sha256(secret, hash);
	return arena_str(mem, str_make(hash, sizeof(hash)));
}

/* The agentid of a new app: its kind's, or the next one. */
static enum err give_agentid(struct tx *tx, struct app *a)
{
	struct app_last_row last;
	bool found;

	if (a->kind == APP_CONTACT_SYNC)
		a->app = AGENT_CONTACT_SYNC;
	if (a->kind == APP_CUSTOMER_CONTACT)
		a->app = AGENT_CUSTOMER_CONTACT;
	TRY(app_last(tx, a->corp, &last, &found));
	if (last.n >= APP_MAX)
		return why(tx->cx, ERR_INVALID_ARGUMENT, "at most %d apps", APP_MAX);
	if (!a->app)
		a->app = last.app < AGENT_FIRST ? AGENT_FIRST : last.app + 1;
	return OK;
}

enum err app_create(struct tx *tx, struct app *a, const struct app_range *range,
	str *out_secret)
{
	struct arena *mem = tx->cx->mem;
	str secret = random_text(mem, SECRET_CHARS);
	struct app new = *a;

	if (!new.scopes)
		new.scopes = scopes_of_kind(new.kind);
	new.created_ms = tx->cx->now_ms;
	TRY(check_app(tx->cx, &new));
	TRY(give_agentid(tx, &new));
	TRY(app_insert(tx, new.corp, new.app, new.kind, new.name, new.description,
		new.logo, new.home_url, new.redirect_domain, new.closed,
		(int64_t) new.scopes, new.sends_welcome, app_secret_hash(mem, secret),
		seal(mem, app_seal_context(mem, new.corp, new.app, "secret"), secret),
		STR(""), new.created_ms));
	if (tx_changes(tx) != 1)
		return why(tx->cx, ERR_CONFLICT, "field `agentid`: exists already");
	TRY(app_range_put(tx, new.corp, new.app, range));
	*a = new;
	*out_secret = secret;
	return OK;
}

enum err app_corp_create(struct tx *tx, str corpid, str name, struct corp *out)
{
	struct app sync = { .kind = APP_CONTACT_SYNC, .name = STR("通讯录同步") };
	struct app contact = { .kind = APP_CUSTOMER_CONTACT, .name = STR("客户联系") };
	str secret;

	TRY(corp_create(tx, corpid, name, out));
	sync.corp = contact.corp = out->corp;
	TRY(app_create(tx, &sync, NULL, &secret));
	return app_create(tx, &contact, NULL, &secret);
}

enum err app_set(struct tx *tx, const struct app *a, const struct app_range *range)
{
	TRY(check_app(tx->cx, a));
	TRY(app_update(tx, a->corp, a->app, a->name, a->description, a->logo, a->home_url,
		a->redirect_domain, a->closed, (int64_t)a->scopes, a->sends_welcome));
	if (tx_changes(tx) != 1)
		return why(tx->cx, ERR_BAD_AGENTID, "field `agentid`: no such app");
	return range ? app_range_put(tx, a->corp, a->app, range) : OK;
}

enum err app_secret(struct tx *tx, int64_t corp, int64_t app, bool renew, str *out_secret)
{
	struct arena *mem = tx->cx->mem;
	str context = app_seal_context(mem, corp, app, "secret");
	struct app_row row;

	TRY(app_row_get(tx, corp, app, &row));
	if (!renew)
		return unseal(tx->cx, context, row.secret_sealed, out_secret);
	str secret = random_text(mem, SECRET_CHARS);
	TRY(app_update_secret(tx, corp, app, app_secret_hash(mem, secret),
		seal(mem, context, secret)));
	*out_secret = secret;
	return OK;
}
