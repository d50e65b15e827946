/*
 * main/command.h - what operators do by `liaison …`.
 *
 * A command is a row of command.c's table.  It runs in the process that has the
 * data folder: in liaisond, asked through the control socket, or in `liaison`
 * itself when no server runs.  So it writes to buffers, reads no descriptors of
 * the caller's but files by absolute path, and never stops the process.
 */
#ifndef MAIN_COMMAND_H
#define MAIN_COMMAND_H

#include "base/shape.h"
#include "frame/house.h"

struct command_call {
	struct ctx *cx;
	struct store *store;
	const char *data_dir;
	str public_url;
	str cwd;           /* of the caller; for relative paths */
	struct texts argv; /* the words behind the command's own */
	str corpid;        /* --corp, empty: the only one */
	struct buf *out;
};

struct command {
	const char *words; /* "member disable" */
	const char *usage; /* "USERID" */
	const char *english, *chinese;
	enum err (*run)(struct command_call *call);
};

/* For other files' rows. */
extern const struct command demo_commands[], corp_commands[], care_commands[],
	export_commands[], handover_commands[];

/* Finds and runs a command; the status is 0, or 1 with the reason in *out_words. */
int command_run(struct command_call *call, struct texts argv, str *out_words);
str command_help(struct arena *mem);

/* The control socket's form of the same: JSON in, JSON out. */
str command_question(struct arena *mem, struct texts argv, str cwd);
str command_answer(struct house *house, struct arena *mem, str question);
/* Prints what an answer says; its exit status. */
int command_show(struct ctx *cx, str answer);

/* `restore FILE`: the one command that needs the store closed.  Exit status. */
int command_restore(struct ctx *cx, const char *data_dir, struct texts argv, str cwd);

/* ---- for the commands ---- */

/* The corp a command is about: --corp, or the only one. */
enum err command_corp(struct tx *tx, const struct command_call *call, int64_t *out_corp);
/* A path of the caller's made absolute. */
const char *command_path(const struct command_call *call, str path);
/* Takes "--name VALUE" out of argv; false when it is not there. */
bool command_option(struct command_call *call, const char *name, str *out_value);
/* Takes "--name" out of argv. */
bool command_flag(struct command_call *call, const char *name);

#endif
