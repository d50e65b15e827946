#include "load.h"

#include <getopt.h>

#define USAGE                                                                            \
	"liaison-load prepare --data DIR --pairs N >PEOPLE\n"                              \
	"liaison-load run  --connect HOST:PORT --people FILE [--pairs N] [--depth 8]\n"   \
	"                  [--rate PER-SECOND] [--bytes 200] [--warm 2] [--seconds 10]\n" \
	"liaison-load idle --connect HOST:PORT --people FILE --pid SERVER [--pairs N]\n"  \
	"                  [--seconds 2] [--opening 200]\n"

static const struct option names[] = {
	{ "data", required_argument, NULL, 'd' },
	{ "connect", required_argument, NULL, 'c' },
	{ "people", required_argument, NULL, 'f' },
	{ "pairs", required_argument, NULL, 'n' },
	{ "depth", required_argument, NULL, 'D' },
	{ "bytes", required_argument, NULL, 'b' },
	{ "rate", required_argument, NULL, 'r' },
	{ "warm", required_argument, NULL, 'w' },
	{ "seconds", required_argument, NULL, 's' },
	{ "opening", required_argument, NULL, 'o' },
	{ "pid", required_argument, NULL, 'p' },
	{ 0 },
};

static void set_address(struct options *o, char *text)
{
	char *colon = strrchr(text, ':');

	if (!colon)
		give_up("--connect HOST:PORT");
	*colon = '\0';
	o->host = text;
	o->port = colon + 1;
}

static bool set(struct options *o, int c, char *value)
{
	int number = (int)strtol(value, NULL, 10);

	switch (c) {
	case 'd': o->data = value; break;
	case 'c': set_address(o, value); break;
	case 'f': o->people = value; break;
	case 'n': o->pairs = number; break;
	case 'D': o->depth = number; break;
	case 'b': o->bytes = number; break;
	case 'r': o->rate = strtod(value, NULL); break;
	case 'w': o->warm_s = strtod(value, NULL); break;
	case 's': o->seconds = strtod(value, NULL); break;
	case 'o': o->opening = number; break;
	case 'p': o->pid = number; break;
	default: return false;
	}
	return true;
}

int main(int argc, char **argv)
{
	struct options o = { .depth = 8, .bytes = 200, .warm_s = 2, .seconds = 10,
		.opening = 200 };
	str verb = str_of(argc > 1 ? argv[1] : "");
	bool good = true;
	int c;

	optind = 2;
	while (argc > 1 && (c = getopt_long(argc, argv, "", names, NULL)) != -1)
		good = good && set(&o, c, optarg);
	if (good && str_is(verb, "prepare") && o.data && o.pairs > 0)
		return prepare(&o);
	if (good && o.host && o.people && str_is(verb, "run"))
		return run(&o);
	if (good && o.host && o.people && str_is(verb, "idle"))
		return idle(&o);
	fputs(USAGE, stderr);
	return 2;
}
