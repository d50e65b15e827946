/* Mailboxes, threads and shared blobs: nothing is lost, nothing comes twice. */
#include "base/mailbox.h"

#include <signal.h>

#include "base/blob.h"
#include "base/thread.h"

#include "unit.h"

#define POSTERS 3
#define TAKERS 3
#define EACH 5000

struct note {
	struct letter letter;
	int from, number;
	atomic_int taken;
};

static struct note notes[POSTERS][EACH];
static struct mailbox box;

static void clean_notes(void)
{
	for (int i = 0; i < POSTERS; i++)
		for (int j = 0; j < EACH; j++) {
			notes[i][j].from = i;
			notes[i][j].number = j;
			atomic_store(&notes[i][j].taken, 0);
		}
}

static void post_all(void *arg)
{
	struct note *mine = arg;

	for (int i = 0; i < EACH; i++)
		mailbox_post(&box, &mine[i].letter);
}

static void start_posters(struct thread *t)
{
	clean_notes();
	for (int i = 0; i < POSTERS; i++)
		thread_start(&t[i], "poster", ROLE_LOOP, post_all, notes[i]);
}

static void join_all(struct thread *t, int n)
{
	for (int i = 0; i < n; i++)
		thread_join(&t[i]);
}

static void one_owner_gets_all_in_order(void **state)
{
	struct thread posters[POSTERS];
	int next[POSTERS] = { 0 };

	mailbox_init(&box, NULL, NULL);
	start_posters(posters);
	for (int got = 0; got < POSTERS * EACH;) {
		struct letter *l = mailbox_wait(&box);

		assert_non_null(l);
		for (; l; l = l->next, got++) {
			struct note *n = CONTAINER_OF(l, struct note, letter);

			assert_int_equal(n->number, next[n->from]++);
		}
	}
	join_all(posters, POSTERS);
	assert_null(mailbox_take(&box));
	mailbox_release(&box);
}

static void take_one_by_one(void *arg)
{
	struct letter *l;

	while ((l = mailbox_wait_one(&box)))
		atomic_fetch_add(&CONTAINER_OF(l, struct note, letter)->taken, 1);
}

static void several_share_the_work(void **state)
{
	struct thread posters[POSTERS], takers[TAKERS];

	mailbox_init(&box, NULL, NULL);
	for (int i = 0; i < TAKERS; i++)
		thread_start(&takers[i], "taker", ROLE_WORKER, take_one_by_one, NULL);
	start_posters(posters);
	join_all(posters, POSTERS);
	mailbox_close(&box); /* they get what is left, then end */
	join_all(takers, TAKERS);
	for (int i = 0; i < POSTERS; i++)
		for (int j = 0; j < EACH; j++)
			assert_int_equal(atomic_load(&notes[i][j].taken), 1);
	mailbox_release(&box);
}

static void count_wake(void *arg)
{
	atomic_fetch_add((atomic_int *)arg, 1);
}

static void wake_runs_when_the_box_was_empty(void **state)
{
	atomic_int wakes = 0;
	struct note n[3];

	mailbox_init(&box, count_wake, &wakes);
	mailbox_post(&box, &n[0].letter);
	mailbox_post(&box, &n[1].letter);
	assert_int_equal(wakes, 1);
	assert_ptr_equal(mailbox_wait_one(&box), &n[0].letter);
	mailbox_post(&box, &n[0].letter);
	assert_int_equal(wakes, 1);
	assert_ptr_equal(mailbox_take(&box), &n[1].letter);
	assert_ptr_equal(n[1].letter.next, &n[0].letter);
	assert_null(n[0].letter.next);
	mailbox_post(&box, &n[2].letter);
	assert_int_equal(wakes, 2);
	mailbox_close(&box);
	assert_int_equal(wakes, 3);
	/* Posting to a closed box is allowed, and drained. */
	mailbox_post(&box, &n[0].letter);
	assert_ptr_equal(mailbox_wait_one(&box), &n[2].letter);
	assert_ptr_equal(mailbox_wait(&box), &n[0].letter);
	assert_null(mailbox_wait(&box));
	assert_null(mailbox_wait_one(&box));
	mailbox_release(&box);
}

struct seen {
	enum thread_role role;
	char name[16];
	bool blocked;
};

static void look_around(void *arg)
{
	struct seen *s = arg;
	sigset_t mask;

	s->role = thread_role();
	pthread_getname_np(pthread_self(), s->name, sizeof(s->name));
	pthread_sigmask(SIG_SETMASK, NULL, &mask);
	s->blocked = sigismember(&mask, SIGTERM) == 1;
}

static void threads_have_role_and_name(void **state)
{
	struct thread t;
	struct seen s = { 0 };
	sigset_t mask;

	thread_start(&t, "fifteen-letters", ROLE_CLOCK, look_around, &s);
	thread_join(&t);
	assert_int_equal(s.role, ROLE_CLOCK);
	assert_string_equal(s.name, "fifteen-letters");
	assert_true(s.blocked);
	assert_int_equal(thread_role(), ROLE_NONE);
	pthread_sigmask(SIG_SETMASK, NULL, &mask);
	assert_int_equal(sigismember(&mask, SIGTERM), 0);
}

static void read_and_drop(void *arg)
{
	struct blob *b = arg;

	for (int i = 0; i < EACH; i++) {
		struct blob *mine = blob_ref(b);

		if (!str_is(blob_str(mine), "hello"))
			abort();
		blob_unref(mine);
	}
	blob_unref(b);
}

/* Under ASan a count that is wrong shows as a leak or a use after free. */
static void blobs_die_with_the_last_reference(void **state)
{
	struct thread t[TAKERS];
	struct blob *b = blob_of(STR("hello")), *empty = blob_of(STR_NONE);

	for (int i = 0; i < TAKERS; i++)
		thread_start(&t[i], "reader", ROLE_LOOP, read_and_drop, blob_ref(b));
	blob_unref(b);
	join_all(t, TAKERS);
	assert_int_equal(blob_str(empty).n, 0);
	blob_unref(empty);
	blob_unref(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_owner_gets_all_in_order),
		cmocka_unit_test(several_share_the_work),
		cmocka_unit_test(wake_runs_when_the_box_was_empty),
		cmocka_unit_test(threads_have_role_and_name),
		cmocka_unit_test(blobs_die_with_the_last_reference),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
