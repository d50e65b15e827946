/*
 * client/admin_apps.c - apps, for administrators.
 */
#include "client/admin_app.h"
#include "client/client.h"
#include "client/view.h"
#include "core/account/audit.h"

SHAPE_TABLE(admin_app_user, ADMIN_APP_USER)
SHAPE_TABLE(admin_app_party, ADMIN_APP_PARTY)
SHAPE_TABLE(admin_app, ADMIN_APP)
SHAPE_TABLE(admin_app_out, ADMIN_APP_OUT)

NO_IN(admin_apps)
#define ADMIN_APPS_OUT(F, SUB)                                                           \
	SUB(list, apps, admin_app, ALWAYS, 0, APP_MAX, "By agentid")
SHAPE(admin_apps_out, ADMIN_APPS_OUT)

#define ADMIN_APP_GET_IN(F, SUB) F(int, agentid, REQUIRED, 1, INT64_MAX, "The app")
SHAPE(admin_app_get_in, ADMIN_APP_GET_IN)
#define admin_app_get_out_shape admin_app_out_shape

#define ADMIN_APP_CREATE_IN(F, SUB)                                                      \
	F(text, name, REQUIRED, 1, 32, "What it is called")                              \
	F(text, description, OPTIONAL, 0, 120, "What it does")                           \
	F(octets, kind, OPTIONAL, 0, 32, "app; the others are there from the start")
SHAPE(admin_app_create_in, ADMIN_APP_CREATE_IN)
#define admin_app_create_out_shape admin_app_out_shape

#define ADMIN_APP_UPDATE_IN(F, SUB)                                                      \
	F(int, agentid, REQUIRED, 1, INT64_MAX, "The app")                               \
	F(text, name, OPTIONAL, 1, 32, "What it is called")                              \
	F(text, description, OPTIONAL, 0, 120, "What it does")                           \
	F(text, home_url, OPTIONAL, 0, 2048, "Its page")                                 \
	F(flag, closed, OPTIONAL, 0, 1, "Nobody may use it")                             \
	F(flag, sends_welcome, OPTIONAL, 0, 1, "It welcomes new customers")              \
	F(flag, customer_contact, OPTIONAL, 0, 1, "It may read and change customers")    \
	F(texts, users, OPTIONAL, 0, APP_RANGE_MAX, "userids who see it; all of them")   \
	F(ints, parties, OPTIONAL, 0, APP_RANGE_MAX,                                     \
		"Departments that see it; all of them")
SHAPE(admin_app_update_in, ADMIN_APP_UPDATE_IN)
#define admin_app_update_out_shape admin_app_out_shape

#define ADMIN_APP_SECRET_IN(F, SUB)                                                      \
	F(int, agentid, REQUIRED, 1, INT64_MAX, "The app")                               \
	F(flag, renew, OPTIONAL, 0, 1, "Make a new one: the old one and its tokens die")
SHAPE(admin_app_secret_in, ADMIN_APP_SECRET_IN)
#define ADMIN_APP_SECRET_OUT(F, SUB)                                                     \
	F(text, secret, ALWAYS, 0, 128, "corpsecret of gettoken")
SHAPE(admin_app_secret_out, ADMIN_APP_SECRET_OUT)

str admin_app_object(struct arena *mem, int64_t app)
{
	return arena_printf(mem, "app:%" PRId64, app);
}

/* ---- showing ---- */

static str kind_name(enum app_kind kind)
{
	switch (kind) {
	case APP_CONTACT_SYNC:
		return STR("contact_sync");
	case APP_CUSTOMER_CONTACT:
		return STR("customer_contact");
	case APP_BUSINESS:
		break;
	}
	return STR("app");
}

static enum err fill_users(struct tx *tx, int64_t corp, const struct ints *members,
	struct admin_app *out)
{
	out->users.v = ARENA_ARRAY(tx->cx->mem, struct admin_app_user, members->n);
	for (size_t i = 0; i < members->n; i++) {
		struct member m;

		TRY(member_get(tx, corp, members->v[i], &m));
		if (m.status == MEMBER_LEFT)
			continue;
		out->users.v[out->users.n].userid = m.userid;
		out->users.v[out->users.n++].name = m.name;
	}
	return OK;
}

static enum err fill_parties(struct tx *tx, int64_t corp, const struct ints *departments,
	struct admin_app *out)
{
	out->parties.v = ARENA_ARRAY(tx->cx->mem, struct admin_app_party, departments->n);
	out->parties.n = departments->n;
	for (size_t i = 0; i < departments->n; i++) {
		struct department d;

		TRY(department_get(tx, corp, departments->v[i], &d));
		out->parties.v[i].id = d.department;
		out->parties.v[i].name = d.name;
	}
	return OK;
}

static enum err fill_app(struct tx *tx, const struct app *a, struct admin_app *out)
{
	struct app_range range;

	out->agentid = a->app;
	out->kind = kind_name(a->kind);
	out->name = a->name;
	out->description = a->description;
	out->logo = view_avatar(tx->cx->mem, a->corp, a->logo);
	out->home_url = a->home_url;
	out->closed = a->closed;
	out->sends_welcome = a->sends_welcome;
	out->customer_contact = (a->scopes & app_scopes_customer()) != 0;
	out->callback_url = a->callback_url;
	out->callback_token = a->callback_token;
	out->callback_aes_key = a->callback_key;
	out->created = a->created_ms;
	TRY(app_range_get(tx, a->corp, a->app, &range));
	TRY(fill_users(tx, a->corp, &range.members, out));
	return fill_parties(tx, a->corp, &range.departments, out);
}

enum err admin_app_of(struct tx *tx, int64_t corp, int64_t app, struct admin_app **out)
{
	struct admin_app *shown = ARENA_NEW(tx->cx->mem, struct admin_app);
	struct app a;

	TRY(app_callback_get(tx, corp, app, &a));
	TRY(fill_app(tx, &a, shown));
	*out = shown;
	return OK;
}

/* In the list the callbacks' keys stay closed. */
static enum err admin_apps(struct req *rq)
{
	struct admin_apps_out *out = rq->out;
	struct app *apps;
	size_t n;

	TRY(app_all(rq->tx, rq->cx->actor.corp, &apps, &n));
	out->apps.v = ARENA_ARRAY(rq->cx->mem, struct admin_app, n);
	out->apps.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(fill_app(rq->tx, &apps[i], &out->apps.v[i]));
	return OK;
}

static enum err admin_app_get(struct req *rq)
{
	const struct admin_app_get_in *in = rq->in;
	struct admin_app_out *out = rq->out;

	return admin_app_of(rq->tx, rq->cx->actor.corp, in->agentid, &out->app);
}

/* ---- changing ---- */

static enum err admin_app_create(struct req *rq)
{
	const struct admin_app_create_in *in = rq->in;
	struct admin_app_out *out = rq->out;
	struct app a = { .corp = rq->cx->actor.corp,
		.kind = APP_BUSINESS,
		.name = in->name,
		.description = in->description };
	str secret;

	if (in->kind.n && !str_is(in->kind, "app"))
		return why(rq->cx, ERR_INVALID_ARGUMENT,
			"field `kind`: only app can be made");
	TRY(app_create(rq->tx, &a, NULL, &secret));
	TRY(audit_add(rq->tx, a.corp, "app.create", admin_app_object(rq->cx->mem, a.app),
		a.name));
	return admin_app_of(rq->tx, a.corp, a.app, &out->app);
}

/* What is given replaces, what is not stays. */
static enum err new_range(struct req *rq, const struct admin_app_update_in *in,
	int64_t corp, struct app_range *range)
{
	TRY(app_range_get(rq->tx, corp, in->agentid, range));
	if (HAS(in, parties))
		range->departments = in->parties;
	if (!HAS(in, users))
		return OK;
	range->members.v = ARENA_ARRAY(rq->cx->mem, int64_t, in->users.n);
	range->members.n = in->users.n;
	for (size_t i = 0; i < in->users.n; i++) {
		struct member m;

		TRY(member_by_userid(rq->tx, corp, in->users.v[i], &m));
		range->members.v[i] = m.member;
	}
	return OK;
}

static str apply(struct req *rq, const struct admin_app_update_in *in, struct app *a)
{
	struct buf changed;

	buf_init(&changed, rq->cx->mem, 128);
#define TAKE(field)                                                                      \
	if (HAS(in, field)) {                                                            \
		a->field = in->field;                                                    \
		buf_lit(&changed, #field " ");                                           \
	}
	TAKE(name)
	TAKE(description)
	TAKE(home_url)
	TAKE(closed)
	TAKE(sends_welcome)
#undef TAKE
	if (HAS(in, customer_contact)) {
		a->scopes &= ~app_scopes_customer();
		a->scopes |= in->customer_contact ? app_scopes_customer() : 0;
		buf_printf(&changed, "customer_contact=%d ", in->customer_contact);
	}
	if (HAS(in, users) || HAS(in, parties))
		buf_lit(&changed, "range ");
	return str_trim(buf_str(&changed));
}

static enum err admin_app_update(struct req *rq)
{
	const struct admin_app_update_in *in = rq->in;
	struct admin_app_out *out = rq->out;
	bool ranges = HAS(in, users) || HAS(in, parties);
	struct app_range range;
	struct app a;

	TRY(app_get(rq->tx, rq->cx->actor.corp, in->agentid, &a));
	if (a.kind != APP_BUSINESS && (ranges || HAS(in, customer_contact)))
		return why(rq->cx, ERR_INVALID_ARGUMENT,
			"field `agentid`: range and scope of a system app cannot be changed");
	if (ranges)
		TRY(new_range(rq, in, a.corp, &range));
	str changed = apply(rq, in, &a);
	TRY(app_set(rq->tx, &a, ranges ? &range : NULL));
	TRY(audit_add(rq->tx, a.corp, "app.set", admin_app_object(rq->cx->mem, a.app),
		changed));
	return admin_app_of(rq->tx, a.corp, a.app, &out->app);
}

static enum err admin_app_secret(struct req *rq)
{
	const struct admin_app_secret_in *in = rq->in;
	struct admin_app_secret_out *out = rq->out;
	int64_t corp = rq->cx->actor.corp;

	TRY(app_secret(rq->tx, corp, in->agentid, in->renew, &out->secret));
	return audit_add(rq->tx, corp, in->renew ? "app.secret.renew" : "app.secret.show",
		admin_app_object(rq->cx->mem, in->agentid), STR(""));
}

const struct route admin_app_routes[] = {
	GET("/v1/admin/apps", admin_apps, admin, READS, "All apps"),
	GET("/v1/admin/app", admin_app_get, admin, READS,
		"One app, with its callback's key"),
	POST("/v1/admin/app/create", admin_app_create, admin, WRITES, "Make an app"),
	POST("/v1/admin/app/update", admin_app_update, admin, WRITES, "Change an app"),
	POST("/v1/admin/app/secret", admin_app_secret, admin, WRITES,
		"Show or renew a secret"),
	LAST_ROUTE,
};
