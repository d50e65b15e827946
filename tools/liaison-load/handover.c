/*
 * tools/liaison-load/handover.c - how long it takes that a member with very many customers
 * leaves: one transaction, by a rule that spreads them over the company.
 *
 * His customers come as they do in life, each with a conversation; what is measured is the
 * write from asking for it until it is on disk.
 */
#include "load.h"

#include <time.h>

#include "base/clock.h"
#include "base/json.h"
#include "core/account/account.h"
#include "core/app/app.h"
#include "core/customer/handover_rule.h"
#include "core/keys.h"
#include "core/schema.h"
#include "store/store.h"

enum { SUCCESSORS = 20, AT_ONCE = 500 };

struct leaving {
	struct corp corp;
	struct member leaver;
	struct way way;
	int64_t n;
};

static enum err add_member(struct tx *tx, int64_t corp, const char *userid,
	struct member *out)
{
	*out = (struct member){ .corp = corp,
		.userid = str_of(userid),
		.name = str_of(userid),
		.status = MEMBER_ACTIVE,
		.serves_customers = true };
	return member_add(tx, out, NULL, 0);
}

static enum err begin(struct tx *tx, void *arg)
{
	struct handover_rule rule = { WHEN_ALWAYS, 0, TO_DEPARTMENT, DEPARTMENT_ROOT };
	struct leaving *l = arg;
	struct member m;

	TRY(app_corp_create(tx, STR_NONE, STR("bench"), &l->corp));
	l->corp.handover_at_once = true;
	TRY(corp_set(tx, &l->corp));
	TRY(add_member(tx, l->corp.corp, "leaver", &l->leaver));
	for (int i = 0; i < SUCCESSORS; i++)
		TRY(add_member(tx, l->corp.corp,
			arena_cstr(tx->cx->mem, arena_printf(tx->cx->mem, "s%d", i)),
			&m));
	TRY(way_own(tx, l->corp.corp, l->leaver.member, &l->way));
	return handover_rules_set(tx, l->corp.corp, &rule, 1);
}

static enum err add_some(struct tx *tx, void *arg)
{
	struct leaving *l = arg;

	TRY(way_get(tx, l->corp.corp, l->way.way, &l->way));
	for (int64_t i = 0; i < l->n; i++) {
		struct consumer c;
		struct follow f;
		bool is_new;

		TRY(consumer_add(tx, STR("王女士"), &c));
		TRY(follow_add(tx, &l->way, &c, &f, &is_new));
	}
	return OK;
}

static enum err leave(struct tx *tx, void *arg)
{
	struct leaving *l = arg;

	return member_leave(tx, l->corp.corp, l->leaver.member);
}

static enum err count(struct tx *tx, void *arg)
{
	struct leaving *l = arg;

	return follow_count(tx, l->corp.corp, l->leaver.member, &l->n);
}

static int64_t cpu_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec * INT64_C(1000000) + t.tv_nsec / 1000;
}

static enum err run(struct store *store, struct ctx *cx, int64_t customers)
{
	struct leaving l = { 0 };
	int64_t began, us, cpu;

	TRY(store_write(store, cx, begin, &l));
	for (int64_t done = 0; done < customers; done += l.n) {
		l.n = customers - done < AT_ONCE ? customers - done : AT_ONCE;
		ctx_restart(cx);
		TRY(store_write(store, cx, add_some, &l));
	}
	ctx_restart(cx);
	began = now_us();
	cpu = cpu_us();
	TRY(store_write(store, cx, leave, &l));
	us = now_us() - began;
	cpu = cpu_us() - cpu;
	TRY(store_read(store, cx, count, &l));
	printf("handed=%" PRId64 " ms=%" PRId64 " cpu_ms=%" PRId64 "\n", customers - l.n,
		us / 1000, cpu / 1000);
	return OK;
}

void load_handover(const char *dir, int64_t customers)
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
			err = run(store, cx, customers);
		store_close(store);
	}
	if (err != OK)
		fatal("%s: error %d: %.*s", dir, (int)err, STR_FMT(cx->words));
	ctx_free(cx);
}
