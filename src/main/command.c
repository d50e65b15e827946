#include "main/command.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/shape.h"
#include "core/directory/directory.h"

static const struct command *const tables[] = { corp_commands, handover_commands,
	export_commands, care_commands, demo_commands };

#define QUESTION(F, SUB)                                                                 \
	F(texts, argv, REQUIRED, 0, 1000, "The command's words")                         \
	F(octets, cwd, REQUIRED, 1, 4096, "The caller's folder")
SHAPE(question, QUESTION)

#define ANSWER(F, SUB)                                                                   \
	F(int, status, ALWAYS, 0, 255, "Exit status")                                    \
	F(octets, out, ALWAYS, 0, 1 << 24, "For standard output")                        \
	F(octets, words, ALWAYS, 0, 65536, "For standard error")
SHAPE(answer, ANSWER)

/* ---- words ---- */

static void take_out(struct texts *argv, size_t at, size_t n)
{
	for (size_t i = at; i + n < argv->n; i++)
		argv->v[i] = argv->v[i + n];
	argv->n -= n;
}

bool command_option(struct command_call *call, const char *name, str *out_value)
{
	str wanted = arena_printf(call->cx->mem, "--%s", name);

	for (size_t i = 0; i + 1 < call->argv.n; i++)
		if (str_same(call->argv.v[i], wanted)) {
			*out_value = call->argv.v[i + 1];
			take_out(&call->argv, i, 2);
			return true;
		}
	return false;
}

bool command_flag(struct command_call *call, const char *name)
{
	str wanted = arena_printf(call->cx->mem, "--%s", name);

	for (size_t i = 0; i < call->argv.n; i++)
		if (str_same(call->argv.v[i], wanted)) {
			take_out(&call->argv, i, 1);
			return true;
		}
	return false;
}

const char *command_path(const struct command_call *call, str path)
{
	if (str_starts(path, STR("/")))
		return arena_cstr(call->cx->mem, path);
	return arena_printf(call->cx->mem, "%.*s/%.*s", STR_FMT(call->cwd), STR_FMT(path))
		.p;
}

enum err command_corp(struct tx *tx, const struct command_call *call, int64_t *out_corp)
{
	struct corp corp;
	int64_t *corps;
	size_t n;

	if (call->corpid.n) {
		TRY(corp_by_corpid(tx, call->corpid, &corp));
		*out_corp = corp.corp;
		return OK;
	}
	TRY(corp_numbers(tx, &corps, &n));
	if (n != 1)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			n ? "there are several corps: say --corp CORPID"
			  : "there is no corp yet: liaison corp create NAME");
	*out_corp = corps[0];
	return OK;
}

/* ---- finding and running ---- */

/* How many words of argv are this command's name; 0: another command. */
static size_t matches(const struct command *c, struct texts argv)
{
	str words = str_of(c->words);
	size_t n = 0;

	while (words.n) {
		str word = str_cut(&words, ' ');

		if (n == argv.n || !str_same(argv.v[n], word))
			return 0;
		n++;
	}
	return n;
}

static const struct command *find(struct texts argv, size_t *out_n)
{
	const struct command *best = NULL;

	*out_n = 0;
	for (size_t t = 0; t < ARRAY_LEN(tables); t++)
		for (const struct command *c = tables[t]; c->words; c++) {
			size_t n = matches(c, argv);

			if (n > *out_n) {
				*out_n = n;
				best = c;
			}
		}
	return best;
}

str command_help(struct arena *mem)
{
	struct buf b;

	buf_init(&b, mem, 2048);
	buf_lit(&b, "liaison [--data DIR] [--corp CORPID] COMMAND …\n\n");
	for (size_t t = 0; t < ARRAY_LEN(tables); t++)
		for (const struct command *c = tables[t]; c->words; c++)
			buf_printf(&b, "  %s%s%s\n      %s\n      %s\n", c->words,
				c->usage[0] ? " " : "", c->usage, c->english, c->chinese);
	return buf_str(&b);
}

static str reason(struct ctx *cx, enum err err)
{
	const struct err_row *row = err_row(err);

	return arena_printf(cx->mem, "liaison: %s (%s)%s%.*s\n", row->english,
		row->chinese, cx->words.n ? ": " : "", STR_FMT(cx->words));
}

int command_run(struct command_call *call, struct texts argv, str *out_words)
{
	const struct command *c;
	enum err err;
	size_t n;

	call->argv = argv;
	(void)command_option(call, "corp", &call->corpid);
	c = find(call->argv, &n);
	if (!c) {
		*out_words = arena_printf(call->cx->mem,
			"liaison: no such command; try `liaison help`\n");
		return 2;
	}
	call->argv.v += n;
	call->argv.n -= n;
	call->cx->now_ms = clock_now_ms();
	call->cx->actor =
		(struct actor){ .kind = ACTOR_OPERATOR, .scopes = ~UINT64_C(0) };
	err = c->run(call);
	*out_words = err == OK ? STR_NONE : reason(call->cx, err);
	return err == OK ? 0 : 1;
}

/* ---- through the control socket ---- */

str command_question(struct arena *mem, struct texts argv, str cwd)
{
	struct question q = { .argv = argv, .cwd = cwd };

	return shape_text(mem, question_shape(), &q);
}

str command_answer(struct house *house, struct arena *mem, str text)
{
	struct ctx *cx = ctx_new(0);
	struct question q = { 0 };
	struct answer a = { .status = 2 };
	struct buf out;
	struct command_call call = {
		.cx = cx,
		.store = house->store,
		.data_dir = house->data_dir,
		.public_url = house->public_url,
		.out = &out,
	};
	str result;

	buf_init(&out, cx->mem, 1024);
	if (shape_parse(cx, question_shape(), text, &q) == OK) {
		call.cwd = q.cwd;
		a.status = command_run(&call, q.argv, &a.words);
	} else {
		a.words = reason(cx, ERR_BAD_JSON);
	}
	a.out = buf_str(&out);
	result = shape_text(mem, answer_shape(), &a);
	ctx_free(cx);
	return result;
}

int command_show(struct ctx *cx, str text)
{
	struct answer a = { 0 };

	if (shape_parse(cx, answer_shape(), text, &a) != OK) {
		fprintf(stderr, "liaison: the server's answer is unreadable\n");
		return 1;
	}
	if (a.out.n)
		fwrite(a.out.p, 1, a.out.n, stdout);
	if (a.words.n)
		fwrite(a.words.p, 1, a.words.n, stderr);
	return (int)a.status;
}
