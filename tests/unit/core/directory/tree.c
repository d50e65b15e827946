/*
 * tests/unit/core/directory/tree.c - the departments, and what is kept of them.
 */
#include "unit.h"

#include "core/directory/tree.h"
#include "core/kit.h"

struct asked {
	int64_t corp, root;
	struct department *v;
	size_t n;
	bool below;
};

static enum err ask_tree(struct tx *tx, void *arg)
{
	struct asked *a = arg;

	return department_tree(tx, a->corp, a->root, &a->v, &a->n);
}

static struct asked tree_of(struct kit *k, int64_t root)
{
	struct asked a = { .corp = k->corp.corp, .root = root };

	assert_ok(store_read(k->store, k->cx, ask_tree, &a));
	return a;
}

static void parents_come_first_and_order_counts(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	int64_t low = kit_department(tx, k, 1, "后");
	struct department high = { .corp = k->corp.corp,
		.parent = 1,
		.name = STR("前"),
		.sort_order = 9 };
	assert_ok(department_add(tx, &high));
	int64_t inner = kit_department(tx, k, high.department, "一店");
	kit_commit(k);
	struct asked a = tree_of(k, 1);

	assert_int_equal(a.n, 4);
	assert_int_equal(a.v[0].department, 1);
	assert_str(a.v[0].name, "格力");
	assert_int_equal(a.v[1].department, high.department);
	assert_int_equal(a.v[2].department, inner);
	assert_int_equal(a.v[3].department, low);
	assert_int_equal(tree_of(k, high.department).n, 2);
	assert_int_equal(tree_of(k, low).n, 1);
}

static void below_means_itself_too(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	int64_t a = kit_department(tx, k, 1, "a"), b = kit_department(tx, k, a, "b");
	int64_t c = kit_department(tx, k, 1, "c");
	bool below;

	assert_ok(department_is_below(tx, k->corp.corp, b, a, &below));
	assert_true(below);
	assert_ok(department_is_below(tx, k->corp.corp, a, a, &below));
	assert_true(below);
	assert_ok(department_is_below(tx, k->corp.corp, a, b, &below));
	assert_false(below);
	assert_ok(department_is_below(tx, k->corp.corp, c, a, &below));
	assert_false(below);
	assert_ok(department_is_below(tx, k->corp.corp, 99, 1, &below));
	assert_false(below);
	kit_commit(k);
}

static void names_levels_and_parents_are_checked(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct department d = { .corp = k->corp.corp, .parent = 1, .name = STR("一:店") };
	int64_t parent = 1;

	assert_err(department_add(tx, &d), ERR_BAD_CHARACTERS);
	d.name = STR("");
	assert_err(department_add(tx, &d), ERR_INVALID_ARGUMENT);
	d.name = STR("一店");
	d.parent = 42;
	assert_err(department_add(tx, &d), ERR_BAD_DEPARTMENT);
	d.parent = 1;
	assert_ok(department_add(tx, &d));
	d.department = 0;
	assert_err(department_add(tx, &d), ERR_CONFLICT);
	for (int level = 2; level <= DEPARTMENT_MAX_LEVELS; level++)
		parent = kit_department(tx, k, parent, "下");
	d.parent = parent;
	assert_err(department_add(tx, &d), ERR_INVALID_ARGUMENT);
	kit_commit(k);
}

/* What a rolled back transaction saw must not be what others see. */
static void a_rolled_back_department_is_forgotten(void **state)
{
	struct kit *k = *state;
	struct tx *tx;

	assert_int_equal(tree_of(k, 1).n, 1);
	tx = kit_write(k);
	kit_department(tx, k, 1, "a");
	const struct tree *t;
	assert_ok(tree_get(tx, k->corp.corp, &t));
	assert_int_equal(t->n, 2);
	kit_roll_back(k);
	assert_int_equal(tree_of(k, 1).n, 1);
	tx = kit_write(k);
	int64_t b = kit_department(tx, k, 1, "b");
	kit_department(tx, k, b, "c");
	kit_commit(k);
	assert_int_equal(tree_of(k, 1).n, 3);
	assert_int_equal(tree_of(k, b).n, 2);
}

static enum err get_tree(struct tx *tx, void *arg)
{
	return tree_get(tx, 1, arg);
}

static void readers_share_one_tree(void **state)
{
	struct kit *k = *state;
	const struct tree *first = NULL, *second = NULL;

	assert_ok(store_read(k->store, k->cx, get_tree, &first));
	assert_ok(store_read(k->store, k->cx, get_tree, &second));
	assert_ptr_equal(first, second);
	kit_department(kit_write(k), k, 1, "a");
	kit_commit(k);
	assert_ok(store_read(k->store, k->cx, get_tree, &second));
	assert_ptr_not_equal(first, second);
	assert_int_equal(first->n, 1); /* still there for whoever began with it */
	assert_int_equal(second->n, 2);
}

static void corps_have_numbers_and_names_of_their_own(void **state)
{
	struct kit *k = *state;
	struct tx *tx = kit_write(k);
	struct corp other, got;
	int64_t *corps;
	size_t n;

	assert_ok(corp_create(tx, STR(""), STR("另一家"), &other));
	assert_int_equal(other.corp, 2);
	assert_int_equal(other.corpid.n, 18);
	assert_true(str_starts(other.corpid, STR("ww")));
	assert_ok(corp_by_corpid(tx, other.corpid, &got));
	assert_str(got.name, "另一家");
	assert_err(corp_by_corpid(tx, STR("ww"), &got), ERR_BAD_CORPID);
	assert_err(corp_get(tx, 3, &got), ERR_BAD_CORPID);
	assert_err(corp_create(tx, k->corp.corpid, STR("x"), &got), ERR_CONFLICT);
	assert_ok(corp_numbers(tx, &corps, &n));
	assert_int_equal(n, 2);
	other.verified = true;
	other.welcome = STR("您好\n欢迎");
	other.name = STR("新名");
	assert_ok(corp_set(tx, &other));
	assert_ok(corp_get(tx, other.corp, &got));
	assert_true(got.verified);
	assert_str(got.welcome, "您好\n欢迎");
	other.name = STR("");
	assert_err(corp_set(tx, &other), ERR_INVALID_ARGUMENT);
	kit_commit(k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(parents_come_first_and_order_counts),
		kit_test(below_means_itself_too),
		kit_test(names_levels_and_parents_are_checked),
		kit_test(a_rolled_back_department_is_forgotten),
		kit_test(readers_share_one_tree),
		kit_test(corps_have_numbers_and_names_of_their_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
