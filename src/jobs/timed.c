#include "jobs/timed.h"

#include "base/log.h"
#include "core/acquisition/quota.h"
#include "core/account/audit.h"
#include "core/customer/handover.h"
#include "core/customer/handover_rule.h"
#include "core/customer/temp.h"
#include "core/customer/welcome.h"
#include "core/insight/insight.h"
#include "core/moment/moment.h"
#include "core/mass/mass.h"
#include "core/ledger/ledger.h"
#include "core/service/session.h"

enum { AGAIN_MS = 1000 };

struct kind {
	const char *name;
	enum err (*run)(struct tx *tx, int64_t corp, int64_t *out_next_ms);
	void (*hurry)(int64_t by); /* NULL: its waits are never shortened */
};

static const struct kind kinds[] = {
	{ "welcome", welcome_expire, welcome_hurry },
	{ "handover", handover_expire, handover_hurry },
	{ "insight", insight_close, NULL },
	{ "moment", moment_expire, NULL },
	{ "mass", mass_run, NULL },
	{ "leaving", handover_leave_expire, NULL },
	{ "ledger", ledger_sign_expire, NULL },
	{ "audit", audit_expire, NULL },
	{ "service", service_expire, service_hurry },
	{ "temp_chat", temp_expire, temp_hurry },
	{ "acquisition", acq_quota_expire, NULL },
};

_Static_assert(ARRAY_LEN(kinds) <= TIMED_MAX, "too many kinds");

size_t timed_kinds(void)
{
	return ARRAY_LEN(kinds);
}

size_t timed_kind(str name)
{
	size_t i = 0;

	while (i < ARRAY_LEN(kinds) && !str_is(name, kinds[i].name))
		i++;
	return i;
}

struct turn {
	const struct kind *kind;
	int64_t corp, next_ms;
};

static enum err run(struct tx *tx, void *arg)
{
	struct turn *t = arg;

	return t->kind->run(tx, t->corp, &t->next_ms);
}

int64_t timed_run(struct house *house, struct ctx *cx, size_t kind, int64_t corp)
{
	struct turn t = { .kind = &kinds[kind], .corp = corp };

	if (store_write(house->store, cx, run, &t) == OK)
		return t.next_ms;
	log_warn("timed", K_ZSTR("kind", t.kind->name), K_INT("corp", corp),
		K_INT("errcode", cx->code));
	return cx->now_ms + AGAIN_MS;
}

void timed_hurry(int64_t by)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (kinds[i].hurry)
			kinds[i].hurry(by);
}
