#include "core/mass/mass.sql.h"
#include "core/mass/private.h"

enum { PAGE = 500 };

struct look {
	struct tx *tx;
	int64_t corp;
	doctor_fn *report;
	void *arg;
};

/* Each sent target has the message it says. */
static enum err look_at_targets(struct look *l, const struct mass_row *m)
{
	struct mass_target after = { 0 };
	struct mass_target *v;
	size_t n;

	do {
		TRY(mass_targets(l->tx, l->corp, m->mass, 0, after, PAGE, &v, &n));
		for (size_t i = 0; i < n; i++) {
			struct message msg;

			after = v[i];
			if (v[i].status != TARGET_SENT)
				continue;
			if (chat_message(l->tx, l->corp, v[i].chat, v[i].seq, &msg) !=
					OK ||
				msg.sender.id != v[i].member)
				l->report(l->arg,
					arena_printf(l->tx->cx->mem,
						"mass message %" PRId64
						": no message to target %" PRId64,
						m->mass, v[i].target));
			ctx_forgive(l->tx->cx);
		}
	} while (n == PAGE);
	return OK;
}

static enum err look_at(struct look *l, const struct mass_row *m)
{
	struct mass_doctor_counts_row c;
	bool found;

	TRY(mass_doctor_counts(l->tx, l->corp, m->mass, &c, &found));
	if (found &&
		(c.targets != m->targets || c.sent != m->sent || c.failed != m->failed))
		l->report(l->arg,
			arena_printf(l->tx->cx->mem,
				"mass message %" PRId64 ": counts %" PRId64 ", %" PRId64
				", %" PRId64 " are really %" PRId64 ", %" PRId64
				", %" PRId64,
				m->mass, m->targets, m->sent, m->failed, c.targets,
				c.sent, c.failed));
	return look_at_targets(l, m);
}

enum err mass_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg)
{
	struct look l = { tx, corp, report, arg };
	struct mass_row *rows;
	int64_t after = 0;
	size_t n;

	do {
		TRY(mass_doctor_page(tx, corp, after, PAGE, &rows, &n));
		for (size_t i = 0; i < n; i++) {
			TRY(look_at(&l, &rows[i]));
			after = rows[i].mass;
		}
	} while (n == PAGE);
	return OK;
}
