/*
 * tools/liaison-load/prepare.c - a company for the load, before the server starts.
 *
 * Nobody signs in by password here: hashing thousands of them would take minutes.
 */
#include "load.h"

#include "base/clock.h"
#include "base/json.h"
#include "core/account/account.h"
#include "core/app/app.h"
#include "core/customer/follow.h"
#include "core/keys.h"
#include "core/schema.h"
#include "store/store.h"

enum { AT_ONCE = 200 };

struct made {
	int64_t corp;
	int64_t from, n;
};

static enum err add_pair(struct tx *tx, int64_t corp, int64_t number)
{
	struct member m = { .corp = corp,
		.status = MEMBER_ACTIVE,
		.serves_customers = true };
	struct consumer consumer;
	struct follow follow;
	struct way way;
	str member_token, consumer_token;
	bool added;

	m.userid = arena_printf(tx->cx->mem, "load%" PRId64, number);
	m.name = arena_printf(tx->cx->mem, "员工%" PRId64, number);
	TRY(member_add(tx, &m, NULL, 0));
	TRY(account_member_session_add(tx, corp, m.member, STR("load"), &member_token));
	TRY(way_own(tx, corp, m.member, &way));
	TRY(consumer_add(tx, arena_printf(tx->cx->mem, "客户%" PRId64, number),
		&consumer));
	TRY(account_consumer_session_add(tx, consumer.consumer, STR("load"),
		&consumer_token));
	TRY(follow_add(tx, &way, &consumer, &follow, &added));
	printf("desk:%.*s consumer:%.*s %.*s\n", STR_FMT(member_token),
		STR_FMT(consumer_token),
		STR_FMT(chat_name(tx->cx->mem, corp, follow.chat)));
	return OK;
}

static enum err add_pairs(struct tx *tx, void *arg)
{
	struct made *made = arg;

	for (int64_t i = 0; i < made->n; i++)
		TRY(add_pair(tx, made->corp, made->from + i));
	return OK;
}

static enum err add_corp(struct tx *tx, void *arg)
{
	struct made *made = arg;
	struct corp corp;

	TRY(app_corp_create(tx, STR_NONE, STR("Load"), &corp));
	made->corp = corp.corp;
	return OK;
}

static enum err fill(struct store *store, struct ctx *cx, int64_t pairs)
{
	struct made made = { 0 };

	TRY(store_write(store, cx, add_corp, &made));
	for (made.from = 1; made.from <= pairs; made.from += made.n) {
		made.n =
			pairs - made.from + 1 < AT_ONCE ? pairs - made.from + 1 : AT_ONCE;
		ctx_restart(cx);
		cx->actor = (struct actor){ .kind = ACTOR_OPERATOR, .corp = made.corp };
		TRY(store_write(store, cx, add_pairs, &made));
	}
	return OK;
}

void load_prepare(const char *dir)
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
			err = fill(store, cx, load.clients / 2);
		store_close(store);
	}
	if (err != OK)
		fatal("%s: error %d: %.*s", dir, (int)err, STR_FMT(cx->words));
	ctx_free(cx);
}
