/*
 * core/ledger/private.h - between the files of core/ledger.
 */
#ifndef CORE_LEDGER_PRIVATE_H
#define CORE_LEDGER_PRIVATE_H

#include "core/ledger/ledger.h"
#include "core/ledger/ledger.sql.h"

enum { LEDGER_HASH = 32 };

/* The line of an entry, in mem. */
str ledger_line(struct arena *mem, str corpid, const struct ledger_row *row);
void ledger_link(struct arena *mem, const uint8_t before[LEDGER_HASH], str line,
	uint8_t out[LEDGER_HASH]);

/* Reports heads whose signature or hash is wrong; the chain is looked at elsewhere. */
enum err ledger_heads_doctor(struct tx *tx, int64_t corp, str corpid, doctor_fn *report,
	void *arg);

#endif
