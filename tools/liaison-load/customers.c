/*
 * tools/liaison-load/customers.c - very many customers, and what filters cost among them.
 *
 * Made by core/customer/crowd.h, 2,000 customers to a transaction: three
 * follows each and five labels over them, no conversations.  What is filtered is read in
 * this process, without a socket: follow_filter as /v1/customers and mass messages call it.
 */
#include "load.h"

#include "base/clock.h"
#include "base/json.h"
#include "core/app/app.h"
#include "core/customer/crowd.h"
#include "core/customer/filter.h"
#include "core/customer/tag.h"
#include "core/keys.h"
#include "core/schema.h"
#include "store/store.h"

enum {
	MEMBERS = 1000,
	TAGS = 200,
	FOLLOWS = 3,
	AT_ONCE = 2000,
	TIMES = 50,
	PAGE = 50,
	MS_BETWEEN = 60000 /* a customer a minute */
};

struct crowd {
	int64_t corp, from, n, first_ms;
	int64_t members[MEMBERS], tags[TAGS];
};

static const char *const surnames[] = { "王", "李", "张", "刘", "陈", "杨", "赵", "黄",
	"周", "吴", "徐", "孙", "胡", "朱", "高", "林", "欧阳", "上官" };
static const char *const given[] = { "伟", "芳", "娜", "秀英", "敏", "静", "丽", "强",
	"磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "小红", "建国" };

/* ---- making ---- */

static enum err add_members(struct tx *tx, struct crowd *c)
{
	for (int64_t i = 0; i < MEMBERS; i++) {
		struct member m = { .corp = c->corp,
			.status = MEMBER_ACTIVE,
			.serves_customers = true };

		m.userid = arena_printf(tx->cx->mem, "m%04" PRId64, i);
		m.name = arena_printf(tx->cx->mem, "员工%" PRId64, i);
		TRY(member_add(tx, &m, NULL, 0));
		c->members[i] = m.member;
	}
	return OK;
}

static enum err add_tags(struct tx *tx, struct crowd *c)
{
	struct tag_library lib = { .corp = c->corp };
	struct tag tags[TAGS] = { 0 };
	struct tag_group group = { .name = STR("特征"), .tags = tags, .n_tags = TAGS };
	struct tag_group made;

	for (int64_t i = 0; i < TAGS; i++)
		tags[i].name = arena_printf(tx->cx->mem, "标签%" PRId64, i);
	TRY(tag_add(tx, &lib, &group, &made));
	for (int64_t i = 0; i < TAGS; i++)
		c->tags[i] = made.tags[i].tag;
	return OK;
}

static enum err begin(struct tx *tx, void *arg)
{
	struct crowd *c = arg;
	struct app app = { .kind = APP_BUSINESS,
		.name = STR("bench"),
		.scopes = app_scopes_business() | app_scopes_customer() };
	struct corp corp;
	str secret;

	TRY(app_corp_create(tx, STR_NONE, STR("Crowd"), &corp));
	c->corp = app.corp = corp.corp;
	tx->cx->actor = (struct actor){ .kind = ACTOR_OPERATOR, .corp = c->corp };
	TRY(app_create(tx, &app, NULL, &secret));
	TRY(add_members(tx, c));
	TRY(add_tags(tx, c));
	printf("CORPID=%.*s\nSECRET=%.*s\n", STR_FMT(corp.corpid), STR_FMT(secret));
	return OK;
}

/* Some labels are on many, most on few: the 8th of them has about an 8th of the first's. */
static int64_t some_tag(const struct crowd *c)
{
	uint32_t r = random_u32() % TAGS + 1;

	return c->tags[random_u32() % r];
}

static enum err add_customer(struct tx *tx, const struct crowd *c, int64_t i)
{
	int64_t members[FOLLOWS], tags[FOLLOWS * 2];
	struct ints of[FOLLOWS];
	struct crowd_customer one = { .corp = c->corp,
		.created_ms = c->first_ms + i * MS_BETWEEN,
		.members = members,
		.tags = of,
		.n = FOLLOWS };

	for (int64_t f = 0; f < FOLLOWS; f++) {
		members[f] = c->members[(i + f * 331) % MEMBERS];
		tags[f * 2] = some_tag(c);
		tags[f * 2 + 1] = some_tag(c);
		of[f] = (struct ints){ &tags[f * 2], f == FOLLOWS - 1 ? 1 : 2 };
	}
	one.external_userid = arena_printf(tx->cx->scratch, "wmbench%023" PRId64, i);
	one.name = arena_printf(tx->cx->scratch, "%s%s%s",
		surnames[random_u32() % ARRAY_LEN(surnames)],
		given[random_u32() % ARRAY_LEN(given)],
		random_u32() % 2 ? given[random_u32() % ARRAY_LEN(given)] : "");
	TRY(crowd_add(tx, &one));
	arena_clear(tx->cx->scratch);
	return OK;
}

static enum err add_some(struct tx *tx, void *arg)
{
	const struct crowd *c = arg;

	for (int64_t i = 0; i < c->n; i++)
		TRY(add_customer(tx, c, c->from + i));
	return OK;
}

static enum err fill(struct store *store, struct ctx *cx, int64_t customers)
{
	struct crowd c = { 0 };

	c.first_ms = clock_now_ms() - customers * MS_BETWEEN;
	TRY(store_write(store, cx, begin, &c));
	for (c.from = 0; c.from < customers; c.from += c.n) {
		c.n = customers - c.from < AT_ONCE ? customers - c.from : AT_ONCE;
		ctx_restart(cx);
		TRY(store_write(store, cx, add_some, &c));
	}
	printf("EXTERNAL_USERID=wmbench%023" PRId64 "\nUSERID=m0500\n", customers / 2);
	return OK;
}

/* ---- filtering ---- */

struct question {
	const char *name;
	struct follow_filter filter;
	int64_t cold_us, worst_us, sum_us; /* the first time; then the others */
	size_t found;
};

static enum err ask(struct tx *tx, void *arg)
{
	struct question *q = arg;
	struct follow_place place = { 0 };
	struct follow *list;
	bool more;

	return follow_filter(tx, tx->cx->actor.corp, &q->filter, &place, PAGE, &list,
		&q->found, &more);
}

static enum err look_up(struct tx *tx, void *arg)
{
	struct crowd *c = arg;
	struct tag_library lib = { .corp = c->corp };
	struct tag_group *groups;
	struct member m;
	size_t n;

	TRY(tag_groups(tx, &lib, false, &groups, &n));
	for (size_t i = 0; i < TAGS && n; i++)
		c->tags[i] = groups[0].tags[i].tag;
	TRY(member_by_userid(tx, c->corp, STR("m0500"), &m));
	c->members[0] = m.member;
	return OK;
}

static enum err time_all(struct store *store, struct ctx *cx, struct question *v,
	size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (int k = 0; k < TIMES; k++) {
			int64_t began, us;

			ctx_restart(cx);
			cx->actor.corp = 1;
			began = now_us();
			TRY(store_read(store, cx, ask, &v[i]));
			us = now_us() - began;
			if (!k) {
				v[i].cold_us = us;
				continue;
			}
			v[i].sum_us += us;
			v[i].worst_us = us > v[i].worst_us ? us : v[i].worst_us;
		}
	for (size_t i = 0; i < n; i++)
		printf("filter=%s found=%zu mean_us=%" PRId64 " worst_us=%" PRId64
		       " first_us=%" PRId64 "\n",
			v[i].name, v[i].found, v[i].sum_us / (TIMES - 1), v[i].worst_us,
			v[i].cold_us);
	return OK;
}

static enum err filter(struct store *store, struct ctx *cx)
{
	static struct crowd c = { .corp = 1 };
	int64_t day = 24 * 3600 * INT64_C(1000), now = clock_now_ms();
	struct follow_filter any = { .add_way = FILTER_ANY_SOURCE };
	struct question v[] = {
		{ "label-and-time", any },
		{ "rare-label-and-time", any },
		{ "two-labels", any },
		{ "any-of-three-labels", any },
		{ "one-without-another", any },
		{ "own-words-at-most-one-char", any },
		{ "own-words-nobody-has", any },
		{ "own-label-and-words", any },
	};

	TRY(store_read(store, cx, look_up, &c));
	v[0].filter.tags_all = (struct ints){ &c.tags[0], 1 };
	v[0].filter.from_ms = now - 400 * day;
	v[0].filter.until_ms = now - 30 * day;
	v[1].filter.tags_all = (struct ints){ &c.tags[TAGS - 1], 1 };
	v[1].filter.from_ms = now - 400 * day;
	v[1].filter.until_ms = now - 300 * day;
	v[2].filter.tags_all = (struct ints){ &c.tags[100], 2 };
	v[3].filter.tags_any = (struct ints){ &c.tags[50], 3 };
	v[4].filter.tags_all = (struct ints){ &c.tags[0], 1 };
	v[4].filter.no_tags = (struct ints){ &c.tags[1], 1 };
	for (size_t i = 5; i < 8; i++)
		v[i].filter.members = (struct ints){ c.members, 1 };
	v[5].filter.q = STR("欧");
	v[6].filter.q = STR("没有这个人");
	v[7].filter.q = STR("小红");
	v[7].filter.tags_all = (struct ints){ &c.tags[0], 1 };
	return time_all(store, cx, v, ARRAY_LEN(v));
}

static void with_store(const char *dir, enum err (*run)(struct store *, struct ctx *))
{
	struct store_config config = { .dir = dir, .migrations = schema_migrations };
	struct ctx *cx = ctx_new(0);
	struct store *store;
	enum err err;

	json_init();
	err = store_open(cx, &config, &store);
	if (err == OK) {
		err = keys_load(cx, dir);
		if (err == OK)
			err = run(store, cx);
		store_close(store);
	}
	if (err != OK)
		fatal("%s: error %d: %.*s", dir, (int)err, STR_FMT(cx->words));
	ctx_free(cx);
}

static enum err fill_all(struct store *store, struct ctx *cx)
{
	return fill(store, cx, load.clients);
}

void load_customers(const char *dir)
{
	with_store(dir, fill_all);
}

void load_filter(const char *dir)
{
	with_store(dir, filter);
}
