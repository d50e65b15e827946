/*
 * tests/unit/core/group/group.c - a shop's groups: who comes and goes, by whom and by
 * code, and who follows an owner.
 */
#include "unit.h"

#include "core/directory/corp_setting.h"
#include "core/group/way.h"
#include "core/group/welcome.h"
#include "core/kit.h"

#include "core/customer/kit.h"

static const struct group_coming invited = { .scene = GROUP_BY_INVITATION };

static struct customer_group group_made(struct kit *k, const struct shop *s,
	const char *name)
{
	struct customer_group g;

	assert_ok(group_create(kit_write(k), k->corp.corp, s->lilei.member, str_of(name),
		&g));
	kit_commit(k);
	return g;
}

#define assert_text(a, b) assert_true(str_same((a), (b)))

/* As the tables have it now. */
static struct customer_group again(struct kit *k, const struct customer_group *g)
{
	struct customer_group now;

	assert_ok(group_get(kit_write(k), g->corp, g->group, &now));
	kit_commit(k);
	return now;
}

static struct person customer_of(struct kit *k, const struct shop *s, const char *name)
{
	struct consumer c;
	struct follow f = shop_add(k, &s->lileis, name, &c);

	return (struct person){ PERSON_CUSTOMER, f.customer, c.consumer };
}

static size_t take_in(struct kit *k, struct customer_group *g, struct person p)
{
	size_t n;

	assert_ok(group_take_in(kit_write(k), g, &p, 1, &invited, &n));
	kit_commit(k);
	return n;
}

static void rule(struct kit *k, enum corp_setting_id id, int64_t value)
{
	assert_ok(corp_setting_set(kit_write(k), k->corp.corp, id, value));
	kit_commit(k);
}

static void sound(struct kit *k)
{
	int wrong = 0;

	assert_ok(group_doctor(kit_write(k), k->corp.corp, shop_wrong, &wrong));
	kit_commit(k);
	assert_int_equal(wrong, 0);
	shop_is_sound(k);
}

static int64_t number_in(struct kit *k, str json, const char *name)
{
	const cJSON *root, *item;

	assert_ok(json_parse(k->cx, json, &root));
	item = json_get(root, name);
	return cJSON_IsNumber(item) ? (int64_t)item->valuedouble : -1;
}

static void an_owner_makes_a_group_and_apps_hear(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct customer_group g = group_made(k, &s, "羊毛群");
	struct callback c = shop_callback(k);

	assert_true(str_starts(g.chat_id, STR("wr")));
	assert_int_equal(g.chat_id.n, 32);
	assert_int_equal(g.persons, 1);
	assert_str(c.name, "change_external_chat");
	assert_str(c.change, "create");
	assert_text(shop_field(k, c.fields, "ChatId"), g.chat_id);
	assert_int_equal(number_in(k, c.fields, "JoinScene"), -1);
	assert_str(shop_last(k, g.chat).type, "system");
	sound(k);
}

static void who_is_invited_is_counted_told_and_noted(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct customer_group g = group_made(k, &s, "羊毛群");
	struct person anna = customer_of(k, &s, "Anna");
	str before = group_version_text(k->cx->mem, g.version);
	struct group_step *steps;
	struct callback c;
	size_t n;

	assert_int_equal(take_in(k, &g, anna), 1);
	assert_int_equal(take_in(k, &g, anna), 0); /* she is in it */
	g = again(k, &g);
	assert_int_equal(g.persons, 2);
	assert_int_equal(g.customers, 1);
	c = shop_callback(k);
	assert_str(c.change, "update");
	assert_str(shop_field(k, c.fields, "UpdateDetail"), "add_member");
	assert_int_equal(number_in(k, c.fields, "JoinScene"), 0);
	assert_int_equal(number_in(k, c.fields, "MemChangeCnt"), 1);
	assert_text(shop_field(k, c.fields, "LastMemVer"), before);
	assert_text(shop_field(k, c.fields, "CurMemVer"),
		group_version_text(k->cx->mem, g.version));
	assert_ok(group_steps(kit_write(k), g.corp, g.owner, 0, INT64_MAX, 0, 10, &steps,
		&n));
	kit_commit(k);
	assert_int_equal(n, 3); /* made, the owner, Anna */
	assert_int_equal(steps[2].verb, GROUP_CAME);
	assert_int_equal(steps[2].person, anna.id);
	sound(k);
}

static void who_is_removed_has_the_chat_no_more(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct customer_group g = group_made(k, &s, "羊毛群");
	struct person anna = customer_of(k, &s, "Anna"), who,
		      owner = { PERSON_MEMBER, s.lilei.member, 0 };
	size_t n;

	take_in(k, &g, anna);
	assert_ok(consumer_person(kit_write(k), anna.account, g.corp, g.chat, &who));
	assert_err(group_let_go(k->tx, &g, &owner, 1, false, &n), ERR_FORBIDDEN);
	kit_commit(k);
	assert_ok(group_let_go(kit_write(k), &g, &anna, 1, true, &n));
	assert_err(consumer_person(k->tx, anna.account, g.corp, g.chat, &who),
		ERR_NOT_FOUND);
	kit_commit(k);
	assert_int_equal(n, 1);
	assert_str(shop_field(k, shop_callback(k).fields, "UpdateDetail"), "del_member");
	assert_int_equal(number_in(k, shop_callback(k).fields, "QuitScene"), 1);
	sound(k);
}

static void a_full_group_takes_nobody(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct customer_group g = group_made(k, &s, "小群");
	struct person anna = customer_of(k, &s, "Anna"), bob = customer_of(k, &s, "Bob"),
		      both[] = { anna, bob };
	size_t n;

	rule(k, CORP_SETTING_GROUP_MAX, 2);
	assert_err(group_take_in(kit_write(k), &g, both, 2, &invited, &n),
		ERR_GROUP_FULL);
	kit_commit(k); /* nothing was written before the refusal */
	assert_int_equal(take_in(k, &g, anna), 1);
	assert_err(group_take_in(kit_write(k), &g, &bob, 1, &invited, &n),
		ERR_GROUP_FULL);
	kit_commit(k);
	sound(k);
}

static void one_group_per_owner_when_the_corp_says_so(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct customer_group a = group_made(k, &s, "一群"),
			      b = group_made(k, &s, "二群");
	struct person anna = customer_of(k, &s, "Anna");
	struct group_twice *twice;
	size_t n;

	take_in(k, &a, anna);
	take_in(k, &b, anna);
	assert_ok(group_twice_page(kit_write(k), a.corp, a.owner, 0, 10, &twice, &n));
	assert_int_equal(n, 1);
	assert_int_equal(twice[0].customer, anna.id);
	assert_int_equal(twice[0].groups, 2);
	assert_ok(group_drop_twice(k->tx, a.corp, a.owner, &n));
	kit_commit(k);
	assert_int_equal(n, 1);
	assert_int_equal(again(k, &a).customers + again(k, &b).customers, 1);
	rule(k, CORP_SETTING_GROUP_ONE_PER_OWNER, 1);
	b = again(k, &b);
	a = again(k, &a);
	assert_int_equal(take_in(k, a.customers ? &b : &a, anna), 0);
	sound(k);
}

static struct group_way way_to(struct kit *k, const struct customer_group *g,
	bool auto_create)
{
	struct group_way w = { .corp = g->corp,
		.scene = 2,
		.auto_create = auto_create,
		.base_name = STR("春季群"),
		.base_id = 7,
		.state = STR("shelf-3") };
	int64_t group = g->group;

	w.groups = (struct ints){ &group, 1 };
	assert_ok(group_way_add(kit_write(k), &w));
	assert_ok(group_way_by_code(k->tx, w.code, &w));
	kit_commit(k);
	return w;
}

static void a_code_leads_into_the_group_once(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct customer_group g = group_made(k, &s, "羊毛群"), in;
	struct group_way w = way_to(k, &g, false);
	struct group_person *p;
	struct consumer c;
	bool is_new;
	size_t n;

	assert_true(group_way_is_code(w.code));
	assert_ok(consumer_add(kit_write(k), STR("路人"), &c));
	assert_ok(group_way_join(k->tx, &w, &c, &in, &is_new));
	assert_true(is_new);
	assert_ok(group_way_join(k->tx, &w, &c, &in, &is_new));
	assert_false(is_new);
	kit_commit(k);
	assert_int_equal(in.customers, 1);
	assert_int_equal(number_in(k, shop_callback(k).fields, "JoinScene"), 3);
	assert_ok(group_persons(kit_write(k), &in, &p, &n));
	assert_int_equal(n, 2);
	assert_str(p[1].state, "shelf-3");
	assert_int_equal(p[1].scene, GROUP_BY_CODE);
	assert_int_equal(p[1].way, w.way);
	kit_commit(k);
	sound(k);
}

static void a_full_way_makes_the_next_group(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct customer_group g = group_made(k, &s, "春季群6"), first, second;
	struct group_way w = way_to(k, &g, true), strict = way_to(k, &g, false);
	struct consumer a, b;
	bool is_new;

	rule(k, CORP_SETTING_GROUP_CODE_MAX, 2);
	assert_ok(consumer_add(kit_write(k), STR("a"), &a));
	assert_ok(consumer_add(k->tx, STR("b"), &b));
	assert_ok(group_way_join(k->tx, &w, &a, &first, &is_new));
	kit_commit(k);
	assert_err(group_way_join(kit_write(k), &strict, &b, &second, &is_new),
		ERR_GROUP_FULL);
	kit_roll_back(k);
	assert_ok(group_way_join(kit_write(k), &w, &b, &second, &is_new));
	kit_commit(k);
	assert_int_equal(first.group, g.group);
	assert_int_not_equal(second.group, g.group);
	assert_str(second.name, "春季群7");
	assert_int_equal(second.owner, g.owner);
	assert_ok(group_way_by_code(kit_write(k), w.code, &w));
	kit_commit(k);
	assert_int_equal(w.base_id, 8);
	assert_int_equal(w.groups.n, 1); /* what was given */
	sound(k);
}

static void a_group_has_a_code_of_its_own(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct customer_group g = group_made(k, &s, "羊毛群");
	struct group_way one, two;

	assert_ok(group_way_own(kit_write(k), &g, &one));
	assert_ok(group_way_own(k->tx, &g, &two));
	assert_text(one.code, two.code);
	k->cx->now_ms += INT64_C(8) * 24 * 3600 * 1000;
	k->tx->cx->now_ms = k->cx->now_ms;
	assert_err(group_way_by_code(k->tx, one.code, &two), ERR_CODE_GONE);
	assert_ok(group_way_own(k->tx, &g, &two));
	assert_false(str_same(one.code, two.code));
	kit_commit(k);
}

static void newcomers_are_welcomed_by_the_owner(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct customer_group g = group_made(k, &s, "羊毛群");
	struct group_welcome w = { .corp = g.corp, .text = STR("%NICKNAME%，欢迎") };
	struct group_welcome empty = { .corp = g.corp };
	struct person anna = customer_of(k, &s, "Anna");
	struct message m;

	assert_err(group_welcome_add(kit_write(k), &empty, NULL), ERR_EMPTY_CONTENT);
	assert_ok(group_welcome_add(k->tx, &w, NULL));
	assert_ok(group_set_welcome(k->tx, &g, w.welcome));
	kit_commit(k);
	take_in(k, &g, anna);
	m = shop_last(k, g.chat);
	assert_str(m.type, "text");
	assert_int_equal(m.sender.id, s.lilei.member);
	assert_str(shop_field(k, m.body, "content"), "Anna，欢迎");
}

static void who_leaves_leaves_his_groups_to_be_assigned(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct customer_group g = group_made(k, &s, "羊毛群"), *list;
	enum group_status status;
	enum err code;
	size_t n;

	assert_ok(group_move(kit_write(k), g.corp, GROUP_MOVE_LEFT, g.chat_id, &s.han,
		&code));
	assert_err(code, ERR_OWNER_NOT_GONE);
	assert_ok(member_set_status(k->tx, g.corp, s.lilei.member, MEMBER_DISABLED));
	assert_ok(group_status_of(k->tx, &g, &status));
	assert_int_equal(status, GROUP_UNASSIGNED);
	assert_ok(group_unassigned(k->tx, g.corp, 0, 0, 10, &list, &n));
	assert_int_equal(n, 1);
	assert_ok(group_move(k->tx, g.corp, GROUP_MOVE_IN_SERVICE, g.chat_id, &s.han,
		&code));
	assert_err(code, ERR_OWNER_GONE);
	assert_ok(group_move(k->tx, g.corp, GROUP_MOVE_LEFT, g.chat_id, &s.han, &code));
	assert_err(code, OK);
	kit_commit(k);
	g = again(k, &g);
	assert_int_equal(g.owner, s.han.member);
	assert_int_equal(g.persons, 1); /* he came, who has left went */
	assert_ok(group_status_of(kit_write(k), &g, &status));
	assert_int_equal(status, GROUP_INHERITED);
	assert_ok(group_move(k->tx, g.corp, GROUP_MOVE_LEFT, g.chat_id, &s.han, &code));
	assert_err(code, ERR_GROUP_INHERITED);
	kit_commit(k);
	sound(k);
}

static void in_service_a_group_moves_twice_in_ninety_days(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct customer_group g = group_made(k, &s, "羊毛群");
	struct member *to[] = { &s.han, &s.lilei, &s.han };
	enum err code, wanted[] = { OK, OK, ERR_TRANSFERRED_OFTEN };
	struct chat_person p;

	for (size_t i = 0; i < 3; i++) {
		assert_ok(group_move(kit_write(k), g.corp, GROUP_MOVE_IN_SERVICE,
			g.chat_id, to[i], &code));
		kit_commit(k);
		assert_err(code, wanted[i]);
	}
	/* Han came late and reads all. */
	assert_ok(chat_person_get(kit_write(k), g.corp, g.chat, PERSON_MEMBER,
		s.han.member, &p));
	assert_int_equal(p.from_seq, 0);
	assert_ok(group_move(k->tx, g.corp, GROUP_MOVE_IN_SERVICE, g.chat_id, &s.lilei,
		&code));
	assert_err(code, ERR_OWNER_SAME);
	assert_ok(group_move(k->tx, g.corp, GROUP_MOVE_IN_SERVICE, STR("wrNone"), &s.han,
		&code));
	assert_err(code, ERR_NOT_GROUP);
	kit_commit(k);
	sound(k);
}

static void a_dismissed_group_is_gone_but_readable(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct customer_group g = group_made(k, &s, "羊毛群"), found;
	struct chat chat;

	assert_ok(group_dismiss(kit_write(k), &g));
	assert_err(group_by_chat_id(k->tx, g.corp, g.chat_id, &found), ERR_GROUP_GONE);
	assert_ok(group_by_chat(k->tx, g.corp, g.chat, &found));
	assert_ok(chat_get(k->tx, g.corp, g.chat, &chat));
	kit_commit(k);
	assert_true(chat.closed);
	assert_str(shop_callback(k).change, "dismiss");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(an_owner_makes_a_group_and_apps_hear),
		kit_test(who_is_invited_is_counted_told_and_noted),
		kit_test(who_is_removed_has_the_chat_no_more),
		kit_test(a_full_group_takes_nobody),
		kit_test(one_group_per_owner_when_the_corp_says_so),
		kit_test(a_code_leads_into_the_group_once),
		kit_test(a_full_way_makes_the_next_group),
		kit_test(a_group_has_a_code_of_its_own),
		kit_test(newcomers_are_welcomed_by_the_owner),
		kit_test(who_leaves_leaves_his_groups_to_be_assigned),
		kit_test(in_service_a_group_moves_twice_in_ninety_days),
		kit_test(a_dismissed_group_is_gone_but_readable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
