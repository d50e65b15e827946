/*
 * tests/unit/core/keys.c - the keys file, sealing, and scopes by name.
 */
#include <sys/stat.h>

#include "unit.h"

#include "core/kit.h"

static const char *keys_path(struct kit *k)
{
	return arena_cstr(k->cx->mem, arena_printf(k->cx->mem, "%s/keys", k->dir));
}

static void keys_are_made_once(void **state)
{
	struct kit *k = *state;
	struct stat st;
	str sealed, opened;

	assert_ok(keys_load(k->cx, k->dir));
	assert_int_equal(stat(keys_path(k), &st), 0);
	assert_int_equal(st.st_size, 64);
	assert_int_equal(st.st_mode & 0777, 0600);
	sealed = seal(k->cx->mem, STR("a"), STR("secret"));
	keys_set_for_test();
	assert_err(unseal(k->cx, STR("a"), sealed, &opened), ERR_SEAL);
	assert_ok(keys_load(k->cx, k->dir));
	assert_ok(unseal(k->cx, STR("a"), sealed, &opened));
	assert_str(opened, "secret");
}

static void damaged_keys_are_refused(void **state)
{
	struct kit *k = *state;

	assert_ok(keys_load(k->cx, k->dir));
	assert_int_equal(truncate(keys_path(k), 63), 0);
	assert_err(keys_load(k->cx, k->dir), ERR_STORE);
	assert_int_equal(truncate(keys_path(k), 65), 0);
	assert_err(keys_load(k->cx, k->dir), ERR_STORE);
	assert_err(keys_load(k->cx, "no/such/folder"), ERR_STORE);
}

static void a_sealed_value_stays_in_its_place(void **state)
{
	struct kit *k = *state;
	str sealed = seal(k->cx->mem, STR("app/1/2"), STR("secret")), opened;
	char *p = arena_cstr(k->cx->mem, sealed);

	assert_ok(unseal(k->cx, STR("app/1/2"), sealed, &opened));
	assert_err(unseal(k->cx, STR("app/1/3"), sealed, &opened), ERR_SEAL);
	for (size_t i = 0; i < sealed.n; i++) {
		p[i] ^= 1;
		assert_err(unseal(k->cx, STR("app/1/2"), str_make(p, sealed.n), &opened),
			ERR_SEAL);
		p[i] ^= 1;
	}
	assert_err(unseal(k->cx, STR("app/1/2"), str_sub(sealed, 0, 39), &opened),
		ERR_SEAL);
	assert_false(str_same(sealed, seal(k->cx->mem, STR("app/1/2"), STR("secret"))));
	assert_ok(unseal(k->cx, STR("a"), seal(k->cx->mem, STR("a"), STR("")), &opened));
	assert_int_equal(opened.n, 0);
}

static void scopes_have_names(void **state)
{
	assert_int_equal(scope_of("message.send"), SCOPE_message_send);
	assert_int_equal(scope_of("none"), SCOPE_none);
	assert_int_equal(scope_of("message"), -1);
	assert_true(strlen(scope_doc(SCOPE_admin)) > 0);
	assert_string_equal(scope_doc(-1), "");
	assert_string_equal(scope_doc(64), "");
}

static void events_are_copied_and_counted(void **state)
{
	struct person audience[] = { { PERSON_MEMBER, 7, 0 }, { PERSON_CUSTOMER, 8, 9 } };
	char data[] = "\"seq\":1";
	struct event e = { .kind = EVENT_MESSAGE,
		.corp = 3,
		.data = str_of(data),
		.audience = audience,
		.audience_n = 2 };
	struct event *copy = event_copy(&e);

	data[1] = 'X';
	audience[1].account = 0;
	assert_str(copy->data, "\"seq\":1");
	assert_int_equal(copy->audience_n, 2);
	assert_int_equal(copy->audience[1].account, 9);
	assert_true(copy->stamp > 0);
	assert_ptr_equal(event_ref(copy), copy);
	event_unref(copy);
	assert_int_equal(copy->corp, 3);
	event_unref(copy);
	event_unref(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(keys_are_made_once),
		kit_test(damaged_keys_are_refused),
		kit_test(a_sealed_value_stays_in_its_place),
		cmocka_unit_test(scopes_have_names),
		cmocka_unit_test(events_are_copied_and_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
