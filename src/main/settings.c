#include "main/settings.h"

#include <ctype.h>
#include <ini.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"

struct setting {
	const char *name, *value, *english, *chinese;
	bool is_int;
	int64_t number, min, max;
	size_t at;
};

static const struct setting table[] = {
#define T(name, value, english, chinese)                                                 \
	{ #name, value, english, chinese, false, 0, 0, 0,                                \
		offsetof(struct settings, name) },
#define I(name, number, min, max, english, chinese)                                      \
	{ #name, NULL, english, chinese, true, number, min, max,                         \
		offsetof(struct settings, name) },
#include "main/settings.def"
#undef T
#undef I
};

static void set(struct settings *s, struct arena *mem, const struct setting *row,
	const char *value, const char *from)
{
	char *at = (char *)s + row->at;
	int64_t number;

	if (!row->is_int) {
		const char *copy = arena_cstr(mem, str_of(value));
		memcpy(at, &copy, sizeof(copy));
		return;
	}
	if (!str_int(str_trim(str_of(value)), &number) || number < row->min ||
		number > row->max)
		fatal("%s: %s must be a whole number from %" PRId64 " to %" PRId64, from,
			row->name, row->min, row->max);
	memcpy(at, &number, sizeof(number));
}

/* "rate-api-per-minute" and "rate_api_per_minute" are the same name. */
static const struct setting *find(str name)
{
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		size_t n = strlen(table[i].name), j = 0;

		while (j < n && j < name.n &&
			(table[i].name[j] == name.p[j] ||
				(table[i].name[j] == '_' && name.p[j] == '-')))
			j++;
		if (n == name.n && j == n)
			return &table[i];
	}
	return NULL;
}

struct file_read {
	struct settings *s;
	struct arena *mem;
	const char *path;
};

static int file_line(void *arg, const char *section UNUSED, const char *name,
	const char *value)
{
	struct file_read *r = arg;
	const struct setting *row = find(str_of(name));

	if (!row)
		fatal("%s: no setting is named %s", r->path, name);
	set(r->s, r->mem, row, value, r->path);
	return 1;
}

static void read_file(struct settings *s, struct arena *mem, const char *path)
{
	struct file_read r = { s, mem, path };
	int line = ini_parse(path, file_line, &r);

	if (line < 0)
		fatal("%s: cannot be read", path);
	if (line > 0)
		fatal("%s: line %d is no setting", path, line);
}

static void read_environment(struct settings *s, struct arena *mem)
{
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		char name[64] = "LIAISON_";
		size_t n = strlen(name);
		const char *value;

		for (const char *p = table[i].name; *p && n < sizeof(name) - 1; p++)
			name[n++] = (char)toupper((unsigned char)*p);
		name[n] = '\0';
		value = getenv(name);
		if (value)
			set(s, mem, &table[i], value, name);
	}
}

/* Takes "--name value" or "--name=value" at argv[*i]; false when it is no option. */
static bool take_option(int argc, char **argv, int *i, str *out_name,
	const char **out_value)
{
	str word = str_of(argv[*i]);
	size_t eq;

	if (!str_starts(word, STR("--")) || word.n == 2)
		return false;
	word = str_skip(word, 2);
	eq = str_find_char(word, '=');
	if (eq != SIZE_MAX) {
		*out_name = str_sub(word, 0, eq);
		*out_value = word.p + eq + 1;
		return true;
	}
	*out_name = word;
	*out_value = NULL;
	if (!str_is(word, "config") && !find(word))
		return false; /* the command's own */
	if (*i + 1 == argc)
		fatal("--%.*s: give a value", STR_FMT(word));
	*out_value = argv[++*i];
	return true;
}

struct option {
	const struct setting *row;
	const char *value;
};

void settings_read(struct settings *out, struct arena *mem, int *argc, char **argv)
{
	struct option *options = ARENA_ARRAY(mem, struct option, (size_t)*argc + 1);
	size_t n = 0;
	int kept = 1;

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		if (table[i].is_int)
			memcpy((char *)out + table[i].at, &table[i].number,
				sizeof(int64_t));
		else
			set(out, mem, &table[i], table[i].value, "default");
	}
	for (int i = 1; i < *argc; i++) {
		str name = STR_NONE;
		const char *value = NULL;

		if (!take_option(*argc, argv, &i, &name, &value) ||
			(!find(name) && !str_is(name, "config")))
			argv[kept++] = argv[i];
		else if (str_is(name, "config"))
			read_file(out, mem, value);
		else
			options[n++] = (struct option){ find(name), value };
	}
	read_environment(out, mem);
	for (size_t i = 0; i < n; i++)
		set(out, mem, options[i].row, options[i].value, "option");
	argv[kept] = NULL;
	*argc = kept;
}

str settings_sample(struct arena *mem)
{
	struct buf b;

	buf_init(&b, mem, 4096);
	buf_lit(&b,
		"; liaison.ini - settings of liaisond, with their defaults.\n"
		"; Each is also an environment variable (LIAISON_LISTEN) and an option (--listen).\n"
		"; 每一项也可以用环境变量或命令行选项设置。\n");
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		buf_printf(&b, "\n; %s\n; %s\n;%s = ", table[i].english, table[i].chinese,
			table[i].name);
		if (table[i].is_int)
			buf_int(&b, table[i].number);
		else
			buf_lit(&b, table[i].value);
		buf_char(&b, '\n');
	}
	return buf_str(&b);
}
