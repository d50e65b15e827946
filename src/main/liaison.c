/*
 * main/liaison.c - the command line.
 *
 * Asks the server that has the data folder; when none runs, takes the folder's
 * lock and does the work itself.  Never two writers.
 */
#include <stdio.h>
#include <unistd.h>

#include "base/log.h"
#include "io/control.h"
#include "main/boot.h"
#include "main/command.h"

static struct texts words_of(struct arena *mem, int argc, char **argv)
{
	struct texts t = { .v = ARENA_ARRAY(mem, str, (size_t)argc) };

	for (int i = 1; i < argc; i++)
		t.v[t.n++] = str_of(argv[i]);
	return t;
}

static int run_here(struct ctx *cx, const struct settings *s, struct texts argv, str cwd)
{
	struct store *store;
	struct buf out;
	struct command_call call = { .cx = cx,
		.data_dir = s->data,
		.cwd = cwd,
		.out = &out,
		.public_url = boot_public_url(cx->mem, s) };
	str words;
	int status;

	buf_init(&out, cx->mem, 1024);
	if (boot_store(cx, s, NULL, &store) != OK) {
		fprintf(stderr, "liaison: %s: %.*s\n", s->data, STR_FMT(cx->words));
		return 1;
	}
	call.store = store;
	status = command_run(&call, argv, &words);
	store_close(store);
	if (out.n)
		fwrite(out.p, 1, out.n, stdout);
	if (words.n)
		fwrite(words.p, 1, words.n, stderr);
	return status;
}

int main(int argc, char **argv)
{
	struct ctx *cx = ctx_new(0);
	struct settings s;
	struct texts words;
	char folder[4096];
	str cwd, answer;
	int status;

	settings_read(&s, cx->mem, &argc, argv);
	words = words_of(cx->mem, argc, argv);
	if (!words.n || str_is(words.v[0], "help") || str_is(words.v[0], "--help")) {
		str help = command_help(cx->mem);

		fwrite(help.p, 1, help.n, stdout);
		ctx_free(cx);
		return words.n ? 0 : 2;
	}
	json_init();
	log_set_level(LOG_WARN);
	cwd = str_of(getcwd(folder, sizeof(folder)) ? folder : "/");
	if (str_is(words.v[0], "restore"))
		status = command_restore(cx, s.data, words, cwd);
	else if (control_ask(cx, arena_printf(cx->mem, "%s/control", s.data).p,
			 command_question(cx->mem, words, cwd), &answer) == OK)
		status = command_show(cx, answer);
	else if (cx->code == ERR_NOT_FOUND)
		status = run_here(cx, &s, words, cwd);
	else {
		fprintf(stderr, "liaison: %.*s\n", STR_FMT(cx->words));
		status = 1;
	}
	ctx_free(cx);
	return status;
}
