/* Everything that happened to a customer. */
#include "unit.h"

#include "core/kit.h"

#include "core/customer/history.h"
#include "core/customer/kit.h"

static str history(struct kit *k, const struct follow *f, int64_t member)
{
	struct tx *tx = kit_write(k);
	struct history_place place = { 0 };
	struct customer c;
	str all = STR("");
	bool more = true;

	assert_ok(customer_get(tx, f->corp, f->customer, &c));
	while (more) {
		struct history_item *list;
		size_t n;

		assert_ok(customer_history(tx, &c, member, &place, 2, &list, &n, &more));
		for (size_t i = 0; i < n; i++)
			all = arena_printf(k->cx->mem, "%.*s%s%.*s", STR_FMT(all),
				all.n ? " " : "", STR_FMT(list[i].kind));
	}
	kit_commit(k);
	return all;
}

static void steps_and_events_newest_first(void **state)
{
	struct kit *k = *state;
	struct shop s = shop_open(k, false);
	struct consumer c;
	struct follow f, theirs;
	str remark = STR("老王");
	struct way hans;
	struct tx *tx;

	f = shop_add(k, &s.lileis, "甲", &c);
	k->cx->now_ms++;
	tx = kit_write(k);
	assert_ok(follow_note(tx, &f, &(struct follow_notes){ .remark = &remark }, 0));
	assert_ok(way_own(tx, f.corp, s.han.member, &hans));
	kit_commit(k);
	k->cx->now_ms++;
	tx = kit_write(k);
	assert_ok(customer_event_say(tx, f.corp, f.customer, 0, "order", STR("#\"1\"")));
	kit_commit(k);
	k->cx->now_ms++;
	tx = kit_write(k);
	bool is_new;
	assert_ok(follow_add(tx, &hans, &c, &theirs, &is_new));
	kit_commit(k);
	k->cx->now_ms++;
	tx = kit_write(k);
	assert_ok(
		follow_note(tx, &theirs, &(struct follow_notes){ .remark = &remark }, 0));
	kit_commit(k);

	assert_str(history(k, &f, 0), "noted welcome added order noted welcome added");
	assert_str(history(k, &f, s.lilei.member), "order noted welcome added");
	assert_str(history(k, &f, s.han.member), "noted welcome added order");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(steps_and_events_newest_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
