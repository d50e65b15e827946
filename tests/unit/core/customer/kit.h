/*
 * tests/unit/core/customer/kit.h - a shop: two guides with their codes, an app, and
 * consumers who come.  After core/kit.h.
 */
#ifndef TESTS_CORE_CUSTOMER_KIT_H
#define TESTS_CORE_CUSTOMER_KIT_H

#include "core/customer/follow.h"
#include "core/customer/way_turn.h"
#include "core/customer/tag.h"
#include "core/customer/welcome.h"

#define SHOP_KEY "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFI"

struct shop {
	struct member lilei, han;
	struct way lileis; /* his own code */
	int64_t app;
};

static inline struct member shop_member(struct tx *tx, struct kit *k, const char *userid,
	const char *name)
{
	struct member m = { .corp = k->corp.corp,
		.userid = str_of(userid),
		.name = str_of(name),
		.status = MEMBER_ACTIVE,
		.serves_customers = true };

	assert_int_equal((int)member_add(tx, &m, NULL, 0), OK);
	return m;
}

static inline struct shop shop_open(struct kit *k, bool app_welcomes)
{
	struct app app = { .corp = k->corp.corp,
		.kind = APP_BUSINESS,
		.name = STR("助手"),
		.sends_welcome = app_welcomes,
		.scopes = app_scopes_business() | app_scopes_customer() };
	struct tx *tx = kit_write(k);
	struct shop s;
	str secret;

	s.lilei = shop_member(tx, k, "LiLei", "李雷");
	s.han = shop_member(tx, k, "han", "韩梅梅");
	assert_int_equal((int)way_own(tx, k->corp.corp, s.lilei.member, &s.lileis), OK);
	k->corp.welcome = STR("您好，欢迎！");
	assert_int_equal((int)corp_set(tx, &k->corp), OK);
	assert_int_equal((int)app_create(tx, &app, NULL, &secret), OK);
	assert_int_equal((int)app_callback_set(tx, app.corp, app.app,
				 STR("http://127.0.0.1:9/"), STR("token1"),
				 STR(SHOP_KEY)),
		OK);
	s.app = app.app;
	kit_commit(k);
	return s;
}

/* A new consumer comes by a way; committed. */
static inline struct follow shop_add(struct kit *k, const struct way *w, const char *name,
	struct consumer *out)
{
	struct tx *tx = kit_write(k);
	struct follow f;
	bool is_new;

	assert_int_equal((int)consumer_add(tx, str_of(name), out), OK);
	assert_int_equal((int)follow_add(tx, w, out, &f, &is_new), OK);
	assert_true(is_new);
	kit_commit(k);
	return f;
}

/* The newest message of a chat. */
static inline struct message shop_last(struct kit *k, int64_t chat)
{
	struct tx *tx = kit_write(k);
	struct message *list;
	bool more;
	size_t n;

	assert_int_equal((int)chat_messages(tx, k->corp.corp, chat, -1, 0, 1, &list, &n,
				 &more),
		OK);
	kit_commit(k);
	assert_int_equal(n, 1);
	return list[0];
}

static inline size_t shop_messages(struct kit *k, int64_t chat)
{
	struct tx *tx = kit_write(k);
	struct chat c;

	assert_int_equal((int)chat_get(tx, k->corp.corp, chat, &c), OK);
	kit_commit(k);
	return (size_t)c.last_seq;
}

/* The newest callback there is; its event is 0 without one. */
static inline struct callback shop_callback(struct kit *k)
{
	struct tx *tx = kit_write(k);
	struct callback *list;
	size_t n;

	assert_int_equal((int)callback_page(tx, k->corp.corp, 0, 0, 0, 1, &list, &n), OK);
	kit_commit(k);
	return n ? list[0] : (struct callback){ 0 };
}

static inline str shop_field(struct kit *k, str json, const char *name)
{
	const cJSON *root, *item;

	assert_int_equal((int)json_parse(k->cx, json, &root), OK);
	item = json_get(root, name);
	return cJSON_IsString(item) ? str_of(item->valuestring) : STR_NONE;
}

static inline void shop_wrong(void *arg, str words)
{
	print_error("doctor: %.*s\n", STR_FMT(words));
	(*(int *)arg)++;
}

/* Whatever was done, the doctor finds nothing. */
static inline void shop_is_sound(struct kit *k)
{
	struct tx *tx = kit_write(k);
	int wrong = 0;

	assert_int_equal((int)customer_doctor(tx, k->corp.corp, shop_wrong, &wrong), OK);
	assert_int_equal((int)chat_doctor(tx, k->corp.corp, shop_wrong, &wrong), OK);
	kit_commit(k);
	assert_int_equal(wrong, 0);
}

#endif
