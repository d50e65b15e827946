/*
 * tests/unit/core/ledger/head.c - signed ends of the chain, and what they show.
 */
#include "unit.h"

#include <sqlite3.h>

#include "core/kit.h"

#include "core/ledger/ledger.h"

enum { DAY_MS = 24 * 3600 * 1000 };

static void add(struct kit *k, int n)
{
	struct tx *tx = kit_write(k);

	for (int i = 0; i < n; i++)
		assert_ok(ledger_add(tx,
			&(struct ledger_entry){ .corp = k->corp.corp,
				.kind = LEDGER_ADDED,
				.customer = STR("wm1"),
				.member = STR("lilei") }));
	kit_commit(k);
}

static size_t heads(struct kit *k, struct ledger_signed **out)
{
	size_t n;

	assert_ok(ledger_heads(kit_write(k), k->corp.corp, 0, 100, out, &n));
	kit_commit(k);
	return n;
}

static void keep(void *arg, str words)
{
	*(str *)arg = words;
}

/* What the doctor says last, or nothing. */
static str fault(struct kit *k)
{
	str words = STR_NONE;

	assert_ok(ledger_doctor(kit_write(k), k->corp.corp, keep, &words));
	kit_commit(k);
	return words;
}

static void alter(struct kit *k, const char *sql)
{
	char *path, *told = NULL;
	sqlite3 *db;

	store_close(k->store);
	path = arena_cstr(k->cx->mem, arena_printf(k->cx->mem, "%s/liaison.db", k->dir));
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, &told), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	kit_open(k);
}

static void a_day_is_signed_once(void **state)
{
	struct kit *k = *state;
	struct ledger_signed *list;
	int64_t next, today = k->cx->now_ms / DAY_MS;

	assert_ok(ledger_sign_expire(kit_write(k), k->corp.corp, &next));
	kit_commit(k);
	assert_int_equal(heads(k, &list), 0); /* nothing to sign */
	assert_int_equal(next / DAY_MS, today + 1);
	add(k, 3);
	for (int i = 0; i < 2; i++) {
		assert_ok(ledger_sign_expire(kit_write(k), k->corp.corp, &next));
		kit_commit(k);
		add(k, 1);
	}
	assert_int_equal(heads(k, &list), 1);
	assert_int_equal(list[0].entry, 3);
	assert_int_equal(list[0].day, today);
	assert_true(keys_attested(list[0].line, (const uint8_t *)list[0].signature.p,
		(const uint8_t *)list[0].key.p));
	k->cx->now_ms = next;
	assert_ok(ledger_sign_expire(kit_write(k), k->corp.corp, &next));
	kit_commit(k);
	assert_int_equal(heads(k, &list), 2);
	assert_int_equal(list[1].entry, 5);
	/* A day on which nothing happened needs no head. */
	k->cx->now_ms = next;
	assert_ok(ledger_sign_expire(kit_write(k), k->corp.corp, &next));
	kit_commit(k);
	assert_int_equal(heads(k, &list), 2);
	assert_int_equal(fault(k).n, 0);
}

static void what_is_cut_off_is_missed(void **state)
{
	struct kit *k = *state;

	add(k, 3);
	assert_ok(ledger_sign(kit_write(k), k->corp.corp));
	kit_commit(k);
	assert_int_equal(fault(k).n, 0);
	alter(k, "DELETE FROM ledger WHERE entry = 3");
	assert_true(str_find(fault(k), STR("cut off")) != SIZE_MAX);
}

static void what_is_written_anew_is_seen(void **state)
{
	struct kit *k = *state;

	add(k, 2);
	assert_ok(ledger_sign(kit_write(k), k->corp.corp));
	kit_commit(k);
	/* The chain is made again, right in itself, in another history. */
	alter(k, "DELETE FROM ledger");
	k->cx->now_ms += 5;
	add(k, 3);
	assert_true(str_find(fault(k), STR("written anew")) != SIZE_MAX);
}

static void a_signature_cannot_be_made_without_the_key(void **state)
{
	struct kit *k = *state;

	add(k, 2);
	assert_ok(ledger_sign(kit_write(k), k->corp.corp));
	kit_commit(k);
	alter(k, "UPDATE ledger_head SET line = replace(line, 'entry', 'ENTRY')");
	assert_true(str_find(fault(k), STR("wrong signature")) != SIZE_MAX);
	alter(k, "UPDATE ledger_head SET public_key = zeroblob(32)");
	assert_true(str_find(fault(k), STR("signature")) != SIZE_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(a_day_is_signed_once),
		kit_test(what_is_cut_off_is_missed),
		kit_test(what_is_written_anew_is_seen),
		kit_test(a_signature_cannot_be_made_without_the_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
