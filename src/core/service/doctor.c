/*
 * core/service/doctor.c - nobody is lost in a queue, nobody is served twice.
 */
#include "core/service/doctor.h"

#include "core/service/private.h"
#include "core/service/visit.sql.h"

enum { PAGE = 500 };

struct check {
	struct tx *tx;
	doctor_fn *report;
	void *arg;
};

static void say(const struct check *c, const struct visit *v, const char *words)
{
	struct arena *mem = c->tx->cx->mem;

	c->report(c->arg,
		arena_printf(mem, "service chat %.*s: %s",
			STR_FMT(chat_name(mem, v->corp, v->chat)), words));
}

/* Exactly the servicer of a served session is in the chat, beside customer and account. */
static enum err check_persons(const struct check *c, const struct visit *v)
{
	struct chat_person *persons;
	size_t n, members = 0;
	bool servicer = false;

	TRY(chat_persons(c->tx, v->corp, v->chat, &persons, &n));
	for (size_t i = 0; i < n; i++) {
		members += persons[i].person.kind == PERSON_MEMBER;
		servicer = servicer ||
			(persons[i].person.kind == PERSON_MEMBER &&
				persons[i].person.id == v->servicer);
	}
	if ((v->state == STATE_SERVED) != (v->servicer != 0))
		say(c, v, "its state and its servicer do not agree");
	if (v->servicer && !servicer)
		say(c, v, "its servicer is not in it");
	if (members > (v->servicer != 0))
		say(c, v, "somebody is in it who does not serve");
	return OK;
}

static enum err check_session(const struct check *c, const struct visit *v)
{
	struct service_session s;

	if (!v->session) {
		if (v->state != STATE_ENDED)
			say(c, v, "it goes on without a session");
		return OK;
	}
	TRY(session_get(c->tx, v, &s));
	if ((v->state == STATE_ENDED) != (s.ended_ms != 0))
		say(c, v, "its state and its session's end do not agree");
	if (v->state != STATE_ENDED && !v->due_ms)
		say(c, v, "it would never end");
	return OK;
}

static enum err check_account(const struct check *c, const struct service_account *a)
{
	struct visit_row *rows;
	int64_t after = 0;
	size_t n;

	do {
		TRY(visit_doctor_page(c->tx, a->corp, a->account, after, PAGE, &rows,
			&n));
		for (size_t i = 0; i < n; i++) {
			struct visit v;

			TRY(visit_get(c->tx, a->corp, a->account, rows[i].customer, &v));
			TRY(check_persons(c, &v));
			TRY(check_session(c, &v));
		}
		if (n)
			after = rows[n - 1].customer;
	} while (n == PAGE);
	return OK;
}

enum err service_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg)
{
	struct check c = { tx, report, arg };
	struct service_account *all;
	size_t n;

	TRY(service_account_page(tx, corp, 0, INT32_MAX, &all, &n));
	for (size_t i = 0; i < n; i++)
		TRY(check_account(&c, &all[i]));
	return OK;
}
