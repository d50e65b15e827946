/*
 * tests/unit/core/media/media.c - files kept once, rows that end.
 */
#include <dirent.h>
#include <sys/stat.h>

#include "unit.h"

#include "core/kit.h"

static struct media added(struct kit *k, const char *bytes, int64_t expires_ms)
{
	struct media m = { .corp = k->corp.corp,
		.kind = STR("file"),
		.name = STR("a.txt"),
		.mime = STR("text/plain"),
		.size = (int64_t)strlen(bytes),
		.expires_ms = expires_ms };

	assert_ok(media_store_file(k->cx, str_of(bytes), &m.sha256));
	assert_ok(media_add(kit_write(k), &m));
	kit_commit(k);
	return m;
}

static const char *path_of(struct kit *k, const struct media *m)
{
	return arena_cstr(k->cx->mem,
		arena_printf(k->cx->mem, "%s/media/%.2s/%.*s", k->dir, m->sha256.p,
			STR_FMT(m->sha256)));
}

static void bytes_come_back(void **state)
{
	struct kit *k = *state;
	struct media m = added(k, "hello", 0), got;
	char bytes[16] = "";
	int fd;

	assert_int_equal(m.key.n, 43);
	assert_int_equal(m.expires_ms, k->cx->now_ms + MEDIA_LIFE_MS);
	assert_ok(media_get(kit_write(k), k->corp.corp, m.key, &got));
	kit_commit(k);
	assert_str(got.name, "a.txt");
	assert_int_equal(got.size, 5);
	assert_ok(media_open(k->cx, &got, &fd));
	assert_int_equal(read(fd, bytes, sizeof(bytes)), 5);
	assert_string_equal(bytes, "hello");
	close(fd);
}

static void the_same_content_is_one_file(void **state)
{
	struct kit *k = *state;
	struct media a = added(k, "same", 0), b = added(k, "same", 0);
	struct stat st;

	assert_true(str_same(a.sha256, b.sha256));
	assert_false(str_same(a.key, b.key));
	assert_int_equal(stat(path_of(k, &a), &st), 0);
	assert_int_equal(st.st_mode & 077, 0);
}

/* What a failing disk left under the right name is not believed. */
static void a_short_file_is_written_anew(void **state)
{
	struct kit *k = *state;
	struct media m = added(k, "whole file", 0);
	struct stat st;
	str hash;

	assert_int_equal(truncate(path_of(k, &m), 3), 0);
	assert_ok(media_store_file(k->cx, STR("whole file"), &hash));
	assert_int_equal(stat(path_of(k, &m), &st), 0);
	assert_int_equal(st.st_size, 10);
}

static void rows_end_after_three_days_unless_kept(void **state)
{
	struct kit *k = *state;
	struct media a = added(k, "a", 0), b = added(k, "b", 0), c = added(k, "c", -1),
		     got;
	int64_t corp = k->corp.corp;

	assert_ok(media_keep(kit_write(k), corp, b.key));
	kit_commit(k);
	k->cx->now_ms += MEDIA_LIFE_MS;
	struct tx *tx = kit_write(k);
	assert_err(media_get(tx, corp, a.key, &got), ERR_BAD_MEDIA_ID);
	assert_ok(media_get(tx, corp, b.key, &got));
	assert_ok(media_get(tx, corp, c.key, &got));
	assert_err(media_get(tx, corp + 1, b.key, &got), ERR_BAD_MEDIA_ID);
	assert_err(media_keep(tx, corp, STR("nothing")), ERR_BAD_MEDIA_ID);
	assert_ok(media_sweep(tx, corp));
	k->cx->now_ms -= MEDIA_LIFE_MS;
	assert_err(media_get(tx, corp, a.key, &got), ERR_BAD_MEDIA_ID);
	kit_commit(k);
}

static void files_without_a_row_are_swept_and_others_not(void **state)
{
	struct kit *k = *state;
	struct media named = added(k, "named", 0), left = { .corp = k->corp.corp };
	int64_t corp = k->corp.corp, removed;
	struct stat st;

	assert_ok(media_store_file(k->cx, STR("left behind"), &left.sha256));
	assert_ok(media_sweep_files(k->store, k->cx, &corp, 1, k->cx->now_ms - 3600000,
		&removed));
	assert_int_equal(removed, 0); /* too young */
	assert_ok(media_sweep_files(k->store, k->cx, &corp, 1, k->cx->now_ms + 60000,
		&removed));
	assert_int_equal(removed, 1);
	assert_int_equal(stat(path_of(k, &named), &st), 0);
	assert_int_not_equal(stat(path_of(k, &left), &st), 0);
}

static void count_report(void *arg, str words)
{
	++*(int *)arg;
}

static void doctor_misses_a_lost_file(void **state)
{
	struct kit *k = *state;
	struct media m = added(k, "gone", 0);
	int reports = 0, fd;

	assert_ok(media_doctor(kit_write(k), k->corp.corp, count_report, &reports));
	kit_commit(k);
	assert_int_equal(reports, 0);
	assert_int_equal(unlink(path_of(k, &m)), 0);
	assert_ok(media_doctor(kit_write(k), k->corp.corp, count_report, &reports));
	kit_commit(k);
	assert_int_equal(reports, 1);
	assert_err(media_open(k->cx, &m, &fd), ERR_BAD_MEDIA_ID);
}

static void uploads_have_limits(void **state)
{
	struct kit *k = *state;
	struct ctx *cx = k->cx;
	const int64_t mb = 1 << 20;

	assert_ok(media_check(cx, STR("image"), STR("image/png"), 10 * mb, 0));
	assert_err(media_check(cx, STR("image"), STR("image/png"), 10 * mb + 1, 0),
		ERR_BAD_IMAGE_SIZE);
	assert_err(media_check(cx, STR("image"), STR("image/gif"), 100, 0),
		ERR_BAD_MEDIA_TYPE);
	assert_err(media_check(cx, STR("image"), STR("image/p"), 100, 0),
		ERR_BAD_MEDIA_TYPE);
	assert_ok(media_check(cx, STR("voice"), STR("audio/amr"), 2 * mb, 60000));
	assert_err(media_check(cx, STR("voice"), STR("audio/amr"), 2 * mb, 60001),
		ERR_VOICE_TOO_LONG);
	assert_err(media_check(cx, STR("voice"), STR("audio/amr"), 2 * mb + 1, 0),
		ERR_MEDIA_TOO_LARGE);
	assert_err(media_check(cx, STR("video"), STR("video/webm"), 100, 0),
		ERR_BAD_MEDIA_TYPE);
	assert_ok(media_check(cx, STR("file"), STR("application/x-sh"), 20 * mb, 0));
	assert_err(media_check(cx, STR("file"), STR("text/plain"), 20 * mb + 1, 0),
		ERR_MEDIA_TOO_LARGE);
	assert_err(media_check(cx, STR("file"), STR("text/plain"), 5, 0),
		ERR_BAD_FILE_SIZE);
	assert_err(media_check(cx, STR("file"), STR("text/plain"), 0, 0),
		ERR_EMPTY_MEDIA);
	assert_err(media_check(cx, STR("thumb"), STR("text/plain"), 9, 0), ERR_BAD_TYPE);
}

static void public_names_are_taken_apart(void **state)
{
	struct kit *k = *state;
	struct media m = added(k, "x", 0);
	int64_t corp;
	str key;

	assert_true(
		media_public_parse(media_public_id(k->cx->mem, 77, m.key), &corp, &key));
	assert_int_equal(corp, 77);
	assert_true(str_same(key, m.key));
	assert_false(media_public_parse(STR("1-../../keys"), &corp, &key));
	assert_false(media_public_parse(m.key, &corp, &key));
	assert_str(media_public_path(k->cx->mem, 1, STR("")), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(bytes_come_back),
		kit_test(the_same_content_is_one_file),
		kit_test(a_short_file_is_written_anew),
		kit_test(rows_end_after_three_days_unless_kept),
		kit_test(files_without_a_row_are_swept_and_others_not),
		kit_test(doctor_misses_a_lost_file),
		kit_test(uploads_have_limits),
		kit_test(public_names_are_taken_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
