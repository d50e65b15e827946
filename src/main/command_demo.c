/*
 * main/command_demo.c - a company to try things with.
 *
 * Nothing here is a short cut: the directory comes from a CSV file through the
 * import that users have, and the customer by the contact way that apps make.
 */
#include <stdio.h>
#include <unistd.h>

#include "core/app/app.h"
#include "core/customer/follow.h"
#include "core/customer/tag.h"
#include "main/command.h"
#include "main/members.h"

#define DEMO_CORPID "wwdemo0123456789ab"
#define DEMO_GUIDE "lilei"
#define DEMO_APP "门店助手"

static str demo_file(struct arena *mem)
{
	char exe[4096];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe));
	str dir = str_make(exe, n > 0 ? (size_t)n : 0);

	while (dir.n && dir.p[dir.n - 1] != '/')
		dir.n--;
	dir = arena_printf(mem, "%.*s../etc/demo/members.csv", STR_FMT(dir));
	return access(dir.p, R_OK) == 0 ? dir
					: STR("/usr/share/liaison/demo/members.csv");
}

/* ---- making it ---- */

struct demo {
	struct command_call *call;
	bool there;
	struct corp corp;
	struct member guide;
	struct app app;
	str secret, contact_secret, external_secret;
	struct way way;
	str external_userid;
};

static enum err look(struct tx *tx, void *arg)
{
	struct demo *d = arg;
	int64_t *corps;
	size_t n;

	TRY(corp_numbers(tx, &corps, &n));
	d->there = n > 0;
	return OK;
}

static enum err make_corp(struct tx *tx, void *arg)
{
	struct demo *d = arg;

	TRY(app_corp_create(tx, STR(DEMO_CORPID), STR("星河家电"), &d->corp));
	d->corp.verified = true;
	d->corp.allow_private_callbacks = true; /* apps on this machine */
	d->corp.welcome = STR("您好，欢迎来到星河家电！有任何问题，随时在这里问我。\n"
			      "Hello and welcome! Ask me anything, any time.");
	return corp_set(tx, &d->corp);
}

static enum err make_tags(struct tx *tx, const struct demo *d)
{
	static const struct {
		const char *group;
		const char *tags[4];
	} groups[] = {
		{ "意向", { "高意向", "中意向", "低意向", "已成交" } },
		{ "品类", { "空调", "冰箱", "洗衣机", "电视" } },
		{ "来源", { "到店", "老客推荐", "线上", "小区活动" } },
	};

	for (size_t i = 0; i < ARRAY_LEN(groups); i++) {
		struct tag tags[4] = { 0 };
		struct tag_library corp = { .corp = d->corp.corp };
		struct tag_group made,
			wanted = { .name = str_of(groups[i].group),
				.tags = tags,
				.n_tags = ARRAY_LEN(tags) };

		for (size_t j = 0; j < ARRAY_LEN(tags); j++)
			tags[j].name = str_of(groups[i].tags[j]);
		TRY(tag_add(tx, &corp, &wanted, &made));
	}
	return OK;
}

/* One customer from the start, so that an app has somebody to read. */
static enum err make_customer(struct tx *tx, struct demo *d)
{
	struct consumer consumer;
	struct follow follow;
	bool added;

	d->way = (struct way){ .corp = d->corp.corp,
		.type = WAY_SINGLE,
		.scene = 2,
		.style = 1,
		.remark = STR("朝阳店海报"),
		.state = STR("poster-chaoyang"),
		.skip_verify = true,
		.mark_source = true,
		.members = { &d->guide.member, 1 } };
	TRY(way_add(tx, &d->way));
	TRY(consumer_add(tx, STR("陈晨"), &consumer));
	return follow_add(tx, &d->way, &consumer, &follow, &added);
}

static enum err fill_corp(struct tx *tx, void *arg)
{
	struct demo *d = arg;

	TRY(member_by_userid(tx, d->corp.corp, STR(DEMO_GUIDE), &d->guide));
	TRY(make_tags(tx, d));
	d->app = (struct app){ .corp = d->corp.corp,
		.kind = APP_BUSINESS,
		.name = STR(DEMO_APP),
		.description = STR("给导购的订单、库存和客户提醒") };
	TRY(app_create(tx, &d->app, NULL, &d->secret));
	return make_customer(tx, d);
}

static void print_sign_ins(struct command_call *call)
{
	buf_lit(call->out,
		"Demo company / 演示企业: 星河家电 (" DEMO_CORPID ")\n"
		"  desk    / 员工端   account 账号 lilei  password 密码 demo-lilei\n"
		"  console / 管理后台 account 账号 admin  password 密码 demo-admin\n"
		"  API clients / 接口调用: liaison --data DIR demo env\n");
}

static enum err demo_run(struct command_call *call)
{
	struct demo d = { .call = call };

	TRY(store_read(call->store, call->cx, look, &d));
	if (!d.there) {
		TRY(store_write(call->store, call->cx, make_corp, &d));
		TRY(members_import_file(call, demo_file(call->cx->mem).p));
		TRY(store_write(call->store, call->cx, fill_corp, &d));
	}
	print_sign_ins(call);
	return OK;
}

/* ---- telling of it ---- */

static enum err find_app(struct tx *tx, struct demo *d)
{
	struct app *apps;
	size_t n;

	TRY(app_all(tx, d->corp.corp, &apps, &n));
	for (size_t i = 0; i < n; i++)
		if (apps[i].kind == APP_BUSINESS && !d->app.app)
			d->app = apps[i];
	if (!d->app.app)
		return why(tx->cx, ERR_NOT_FOUND, "the corp has no app");
	TRY(app_secret(tx, d->corp.corp, d->app.app, false, &d->secret));
	TRY(app_secret(tx, d->corp.corp, AGENT_CONTACT_SYNC, false, &d->contact_secret));
	return app_secret(tx, d->corp.corp, AGENT_CUSTOMER_CONTACT, false,
		&d->external_secret);
}

static enum err find_customer(struct tx *tx, struct demo *d)
{
	struct customer customer;
	struct follow *follows;
	size_t n;

	TRY(follow_page(tx, d->corp.corp, d->guide.member, 0, 1, &follows, &n));
	if (!n)
		return OK;
	TRY(customer_get(tx, d->corp.corp, follows[0].customer, &customer));
	d->external_userid = customer.external_userid;
	return OK;
}

static enum err read_env(struct tx *tx, void *arg)
{
	struct demo *d = arg;
	int64_t corp;

	TRY(command_corp(tx, d->call, &corp));
	TRY(corp_get(tx, corp, &d->corp));
	TRY(member_by_userid(tx, corp, STR(DEMO_GUIDE), &d->guide));
	TRY(find_app(tx, d));
	return find_customer(tx, d);
}

static enum err demo_env_run(struct command_call *call)
{
	struct demo d = { .call = call };

	TRY(store_read(call->store, call->cx, read_env, &d));
	buf_printf(call->out,
		"BASE_URL=%.*s\nCORPID=%.*s\nSECRET=%.*s\nAGENTID=%" PRId64 "\n"
		"CONTACT_SECRET=%.*s\nEXTERNAL_SECRET=%.*s\n"
		"TOUSER=%.*s\nFOLLOW_USERID=%.*s\nEXTERNAL_USERID=%.*s\n",
		STR_FMT(call->public_url), STR_FMT(d.corp.corpid), STR_FMT(d.secret),
		d.app.app, STR_FMT(d.contact_secret), STR_FMT(d.external_secret),
		STR_FMT(d.guide.userid), STR_FMT(d.guide.userid),
		STR_FMT(d.external_userid));
	return OK;
}

const struct command demo_commands[] = {
	{ "demo", "", "Create the demo company, unless there is a company already",
		"创建演示企业（已有企业时不做改动）", demo_run },
	{ "demo env", "", "Print what API clients need, as KEY=VALUE lines",
		"以 KEY=VALUE 打印接口调用所需的参数", demo_env_run },
	{ NULL, NULL, NULL, NULL, NULL },
};
