/*
 * main/command_corp.c - corps, members and apps from the command line.
 */
#include "core/account/account.h"
#include "core/account/audit.h"
#include "core/app/app.h"
#include "main/command.h"
#include "main/members.h"

/* ---- corp ---- */

struct corp_new {
	str name, corpid;
	bool verified;
	struct corp out;
};

static enum err create_corp(struct tx *tx, void *arg)
{
	struct corp_new *c = arg;

	TRY(app_corp_create(tx, c->corpid, c->name, &c->out));
	c->out.verified = c->verified;
	return corp_set(tx, &c->out);
}

static enum err corp_create_run(struct command_call *call)
{
	struct corp_new c = { .verified = command_flag(call, "verified") };

	(void)command_option(call, "corpid", &c.corpid);
	if (call->argv.n != 1)
		return why(call->cx, ERR_INVALID_ARGUMENT, "give the corp's name");
	c.name = call->argv.v[0];
	TRY(store_write(call->store, call->cx, create_corp, &c));
	buf_printf(call->out, "CORPID=%.*s\n", STR_FMT(c.out.corpid));
	return OK;
}

/* ---- member ---- */

static enum err member_import_run(struct command_call *call)
{
	if (call->argv.n != 1)
		return why(call->cx, ERR_INVALID_ARGUMENT, "give the CSV file");
	return members_import_file(call, command_path(call, call->argv.v[0]));
}

struct member_act {
	struct command_call *call;
	int64_t corp;
	struct member member;
};

static enum err find_member(struct tx *tx, struct member_act *a)
{
	if (a->call->argv.n != 1)
		return why(tx->cx, ERR_INVALID_ARGUMENT, "give one userid");
	TRY(command_corp(tx, a->call, &a->corp));
	return member_by_userid(tx, a->corp, a->call->argv.v[0], &a->member);
}

static enum err disable(struct tx *tx, void *arg)
{
	struct member_act *a = arg;

	TRY(find_member(tx, a));
	return member_disable(tx, a->corp, a->member.member);
}

static enum err leave(struct tx *tx, void *arg)
{
	struct member_act *a = arg;

	TRY(find_member(tx, a));
	return member_leave(tx, a->corp, a->member.member);
}

static enum err enable(struct tx *tx, void *arg)
{
	struct member_act *a = arg;

	TRY(find_member(tx, a));
	return member_enable(tx, a->corp, a->member.member);
}

static enum err member_disable_run(struct command_call *call)
{
	struct member_act a = { .call = call };

	TRY(store_write(call->store, call->cx, disable, &a));
	buf_printf(call->out,
		"%.*s is disabled; the customers and their history remain\n",
		STR_FMT(a.member.userid));
	return OK;
}

static enum err member_leave_run(struct command_call *call)
{
	struct member_act a = { .call = call };

	TRY(store_write(call->store, call->cx, leave, &a));
	buf_printf(call->out,
		"%.*s has left; the customers go by the rules of handover\n",
		STR_FMT(a.member.userid));
	return OK;
}

static enum err member_enable_run(struct command_call *call)
{
	struct member_act a = { .call = call };

	TRY(store_write(call->store, call->cx, enable, &a));
	buf_printf(call->out, "%.*s is enabled\n", STR_FMT(a.member.userid));
	return OK;
}

static enum err find_only(struct tx *tx, void *arg)
{
	return find_member(tx, arg);
}

static enum err member_password_run(struct command_call *call)
{
	struct member_act a = { .call = call };
	str password;

	TRY(store_read(call->store, call->cx, find_only, &a));
	TRY(account_password_reset(call->store, call->cx, a.corp, a.member.member,
		&password));
	buf_printf(call->out, "PASSWORD=%.*s\n", STR_FMT(password));
	return OK;
}

/* ---- app ---- */

struct app_new {
	struct command_call *call;
	struct app app;
	str secret;
};

static enum err create_app(struct tx *tx, void *arg)
{
	struct app_new *a = arg;

	a->app = (struct app){ .kind = APP_BUSINESS, .name = a->call->argv.v[0] };
	TRY(command_corp(tx, a->call, &a->app.corp));
	TRY(app_create(tx, &a->app, NULL, &a->secret));
	return audit_add(tx, a->app.corp, "app.create",
		arena_printf(tx->cx->mem, "app:%" PRId64, a->app.app), a->app.name);
}

static enum err app_create_run(struct command_call *call)
{
	struct app_new a = { .call = call };

	if (call->argv.n != 1)
		return why(call->cx, ERR_INVALID_ARGUMENT, "give the app's name");
	TRY(store_write(call->store, call->cx, create_app, &a));
	buf_printf(call->out, "AGENTID=%" PRId64 "\nSECRET=%.*s\n", a.app.app,
		STR_FMT(a.secret));
	return OK;
}

const struct command corp_commands[] = {
	{ "corp create", "NAME [--corpid ID] [--verified]", "Create a company",
		"创建企业", corp_create_run },
	{ "member import", "FILE.csv",
		"Add and change departments and members (doc/import.md)",
		"导入部门和成员（见 doc/import.md）", member_import_run },
	{ "member disable", "USERID",
		"Sign a member out at once and keep him out; customers remain",
		"停用成员：会话立即结束，客户保留", member_disable_run },
	{ "member leave", "USERID",
		"A member leaves for good; customers go by the rules of handover",
		"成员离职：会话结束，客户按交接规则处理", member_leave_run },
	{ "member enable", "USERID", "Let a disabled member in again", "重新启用成员",
		member_enable_run },
	{ "member password", "USERID", "Give a member a new password, printed once",
		"重置成员密码，只显示一次", member_password_run },
	{ "app create", "NAME",
		"Create an app that sees the whole company; prints its secret",
		"创建应用，打印其密钥", app_create_run },
	{ NULL, NULL, NULL, NULL, NULL },
};
