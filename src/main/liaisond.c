/*
 * main/liaisond.c - the server.
 */
#include <stdio.h>

#include "base/err.h"
#include "frame/describe.h"
#include "main/boot.h"

#define USAGE                                                                                \
	"liaisond [--config FILE] [--data DIR] [--listen ADDR:PORT] [--SETTING VALUE …]\n" \
	"liaisond config                 print a commented sample of the settings\n"         \
	"liaisond describe openapi|ts|errors|api|config\n"                                   \
	"liaisond version\n"

static void print(str s)
{
	fwrite(s.p, 1, s.n, stdout);
}

static int refuse(const char *word)
{
	fprintf(stderr, "liaisond: no setting or command is named %s\n" USAGE, word);
	return 2;
}

static int describe(struct arena *mem, const char *what)
{
	struct house house = { 0 };
	struct gate *g = boot_gate(&house);
	str name = str_of(what), text = STR_NONE;

	if (str_is(name, "openapi"))
		text = describe_openapi(mem, g, LIAISON_VERSION);
	else if (str_is(name, "ts"))
		text = describe_ts(mem, g);
	else if (str_is(name, "errors"))
		text = describe_errors_ts(mem);
	else if (str_is(name, "api"))
		text = describe_markdown(mem, g);
	else if (str_is(name, "config"))
		text = settings_sample(mem);
	gate_free(g);
	print(text);
	return text.n ? 0 : refuse(what);
}

int main(int argc, char **argv)
{
	struct arena *mem = arena_new(0);
	struct settings s;
	int status;

	settings_read(&s, mem, &argc, argv);
	if (argc == 1) {
		status = boot_serve(&s);
	} else if (argc == 2 && str_is(str_of(argv[1]), "config")) {
		print(settings_sample(mem));
		status = 0;
	} else if (argc == 2 && str_is(str_of(argv[1]), "version")) {
		print(STR("liaisond " LIAISON_VERSION "\n"));
		status = 0;
	} else if (argc == 3 && str_is(str_of(argv[1]), "describe")) {
		status = describe(mem, argv[2]);
	} else if (argc == 2 && str_is(str_of(argv[1]), "help")) {
		print(STR(USAGE));
		status = 0;
	} else {
		status = refuse(argv[1]);
	}
	arena_free(mem);
	return status;
}
