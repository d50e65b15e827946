/*
 * tests/unit/bus/local.c - news reaches every loop, in order, and is dropped once.
 */
#include "unit.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "bus/bus.h"

struct news {
	struct store_event event;
	int n;
};

static atomic_int dropped;

static void drop(struct store_event *e)
{
	atomic_fetch_add(&dropped, 1);
	free(CONTAINER_OF(e, struct news, event));
}

/* News numbered from `first`, as the store hands them over. */
static struct store_event *chain_of(int first, int n)
{
	struct store_event *chain = NULL, **last = &chain;

	for (int i = 0; i < n; i++) {
		struct news *news = calloc(1, sizeof(*news));

		*news = (struct news){ { NULL, drop }, first + i };
		*last = &news->event;
		last = &news->event.next;
	}
	return chain;
}

struct heard {
	int n, last;
};

static void hear(void *arg, struct store_event *e)
{
	struct heard *h = arg;
	int n = CONTAINER_OF(e, struct news, event)->n;

	assert_int_equal(n, h->last + 1);
	h->last = n;
	h->n++;
}

static void everybody_hears_everything_in_order(void **state)
{
	struct loop *loops[2] = { loop_new("one"), loop_new("two") };
	struct heard one = { 0 }, two = { 0 }, two_more = { 0 }, aside = { 0 };

	atomic_store(&dropped, 0);
	bus_init(loops, 2);
	bus_subscribe(loops[0], hear, &one);
	bus_subscribe(loops[1], hear, &two);
	bus_subscribe(loops[1], hear, &two_more);
	bus_overhear(hear, &aside);
	bus_publish(NULL);
	bus_publish(chain_of(1, 3));
	bus_publish(chain_of(4, 1));
	assert_int_equal(aside.n, 4); /* there and then */
	assert_int_equal(one.n, 0);
	loop_turn(loops[0], 0);
	assert_int_equal(one.n, 4);
	assert_int_equal(atomic_load(&dropped), 0);
	loop_turn(loops[1], 0);
	assert_int_equal(two.n, 4);
	assert_int_equal(two_more.n, 4);
	assert_int_equal(atomic_load(&dropped), 4);
	bus_release();
	loop_join(loops[0]);
	loop_join(loops[1]);
}

static void news_for_nobody_is_dropped(void **state)
{
	struct loop *loop = loop_new("one");

	atomic_store(&dropped, 0);
	bus_init(&loop, 1);
	bus_publish(chain_of(1, 2));
	assert_int_equal(atomic_load(&dropped), 2);
	bus_release();
	loop_join(loop);
}

/* Loops on threads of their own: the last one drops. */
static void threads_share_a_chain(void **state)
{
	struct loop *loops[2] = { loop_new("one"), loop_new("two") };
	struct heard heard[2] = { { 0 } };

	atomic_store(&dropped, 0);
	bus_init(loops, 2);
	for (int i = 0; i < 2; i++)
		bus_subscribe(loops[i], hear, &heard[i]);
	for (int i = 0; i < 2; i++)
		loop_start(loops[i]);
	for (int i = 0; i < 1000; i++)
		bus_publish(chain_of(i * 3 + 1, 3));
	for (int i = 0; i < 2; i++)
		loop_stop(loops[i]);
	for (int i = 0; i < 2; i++)
		loop_join(loops[i]); /* runs what was posted before */
	assert_int_equal(heard[0].n, 3000);
	assert_int_equal(heard[1].n, 3000);
	assert_int_equal(atomic_load(&dropped), 3000);
	bus_release();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everybody_hears_everything_in_order),
		cmocka_unit_test(news_for_nobody_is_dropped),
		cmocka_unit_test(threads_share_a_chain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
