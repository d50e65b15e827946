/*
 * main/command_care.c - looking after the data: doctor, backup, restore.
 */
#include <stdio.h>

#include "core/account/account.h"
#include "core/customer/customer.h"
#include "core/mass/mass.h"
#include "core/insight/insight.h"
#include "core/group/group.h"
#include "core/ledger/ledger.h"
#include "main/archive.h"
#include "core/service/doctor.h"
#include "main/command.h"
#include "store/backup.h"

/* ---- doctor ---- */

struct visit {
	struct command_call *call;
	int64_t faults;
};

static void report(void *arg, str words)
{
	struct visit *v = arg;

	v->faults++;
	buf_put(v->call->out, words);
	buf_char(v->call->out, '\n');
}

static enum err visit_corps(struct tx *tx, void *arg)
{
	struct visit *v = arg;
	int64_t *corps;
	size_t n;

	TRY(corp_numbers(tx, &corps, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(directory_doctor(tx, corps[i], report, v));
		TRY(app_doctor(tx, corps[i], report, v));
		TRY(account_doctor(tx, corps[i], report, v));
		TRY(chat_doctor(tx, corps[i], report, v));
		TRY(customer_doctor(tx, corps[i], report, v));
		TRY(mass_doctor(tx, corps[i], report, v));
		TRY(service_doctor(tx, corps[i], report, v));
		TRY(group_doctor(tx, corps[i], report, v));
		TRY(ledger_doctor(tx, corps[i], report, v));
		TRY(insight_doctor(tx, corps[i], report, v));
		TRY(callback_doctor(tx, corps[i], report, v));
		TRY(media_doctor(tx, corps[i], report, v));
	}
	return OK;
}

static enum err doctor_run(struct command_call *call)
{
	struct visit v = { .call = call };

	TRY(store_check(call->store, call->cx, true, report, &v));
	TRY(store_read(call->store, call->cx, visit_corps, &v));
	if (v.faults)
		return why(call->cx, ERR_STORE, "%" PRId64 " faults", v.faults);
	buf_lit(call->out, "all is well\n");
	return OK;
}

/* ---- backup and restore ---- */

static enum err backup_run(struct command_call *call)
{
	bool keys = command_flag(call, "keys");

	if (call->argv.n != 1)
		return why(call->cx, ERR_INVALID_ARGUMENT, "give the file to write");
	TRY(archive_make(call->store, call->cx, call->data_dir, keys,
		command_path(call, call->argv.v[0])));
	buf_printf(call->out, "written to %.*s%s\n", STR_FMT(call->argv.v[0]),
		keys ? ", with the keys"
		     : "; the file `keys` is not in it: keep it elsewhere");
	return OK;
}

/* Only reached when a server or this process has the store open. */
static enum err restore_run(struct command_call *call)
{
	return why(call->cx, ERR_CONFLICT, "stop the server first");
}

int command_restore(struct ctx *cx, const char *data_dir, struct texts argv, str cwd)
{
	struct command_call call = { .cx = cx, .cwd = cwd };

	if (argv.n != 2) {
		fprintf(stderr, "liaison: restore FILE\n");
		return 2;
	}
	if (archive_restore(cx, command_path(&call, argv.v[1]), data_dir) != OK) {
		fprintf(stderr, "liaison: %.*s\n", STR_FMT(cx->words));
		return 1;
	}
	printf("restored; an old store is kept beside it as liaison.db.old-N\n");
	return 0;
}

const struct command care_commands[] = {
	{ "doctor", "",
		"Check everything that must be true of the data; exit status tells",
		"检查数据的一致性", doctor_run },
	{ "backup", "FILE [--keys]", "Write a consistent backup while the server works",
		"在线备份", backup_run },
	{ "restore", "FILE", "Put a backup in place; the server must not run",
		"恢复备份（需停止服务）", restore_run },
	{ NULL, NULL, NULL, NULL, NULL },
};
