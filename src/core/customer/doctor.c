/*
 * core/customer/doctor.c - what must always be true of customers.
 */
#include "core/customer/consent.h"
#include "core/customer/follow.sql.h"
#include "core/customer/handover.h"
#include "core/customer/private.h"
#include "core/customer/tag.sql.h"
#include "core/customer/welcome.h"
#include "core/customer/welcome.sql.h"

enum { PAGE = 500, LATE_MS = 3600 * 1000 };

static bool has_person(const struct chat_person *persons, size_t n, enum person_kind kind,
	int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (persons[i].person.kind == kind && persons[i].person.id == id)
			return true;
	return false;
}

static enum err check_follow(struct tx *tx, int64_t corp, const struct follow_row *f,
	doctor_fn *report, void *arg)
{
	struct arena *mem = tx->cx->mem;
	str name = arena_printf(mem, "follow of member %" PRId64 " and customer %" PRId64,
		f->member, f->customer);
	bool transferred = f->status == FOLLOW_TRANSFERRED;
	struct chat_person *persons;
	struct customer customer;
	struct person me;
	struct chat chat;
	size_t n;

	if (customer_get(tx, corp, f->customer, &customer) != OK)
		report(arg, arena_printf(mem, "%.*s: no such customer", STR_FMT(name)));
	else if (!consent_is_withdrawn(&customer) &&
		consumer_person(tx, customer.consumer, corp, f->chat, &me) != OK)
		report(arg,
			arena_printf(mem, "%.*s: the consumer does not know the chat",
				STR_FMT(name)));
	if (transferred) {
		ctx_forgive(tx->cx);
		return OK; /* the chat is the successor's, or was ended with him */
	}
	if (chat_get(tx, corp, f->chat, &chat) != OK)
		report(arg, arena_printf(mem, "%.*s: no such chat", STR_FMT(name)));
	else if (chat.closed != (f->status != FOLLOW_ACTIVE))
		report(arg,
			arena_printf(mem, "%.*s: the chat is %s", STR_FMT(name),
				chat.closed ? "closed" : "open"));
	ctx_forgive(tx->cx);
	TRY(chat_persons(tx, corp, f->chat, &persons, &n));
	if (!has_person(persons, n, PERSON_MEMBER, f->member) ||
		!has_person(persons, n, PERSON_CUSTOMER, f->customer))
		report(arg,
			arena_printf(mem, "%.*s: not both are in the chat",
				STR_FMT(name)));
	return OK;
}

static enum err check_welcomes(struct tx *tx, int64_t corp, doctor_fn *report, void *arg)
{
	struct welcome_select_next_row next;
	bool found;

	TRY(welcome_select_next(tx, corp, &next, &found));
	if (found && next.expires_ms + LATE_MS < tx->cx->now_ms)
		report(arg, STR("a welcome has waited for an hour past its time"));
	return OK;
}

enum err customer_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg)
{
	struct follow_tag_doctor_row tags;
	struct follow_row *rows;
	int64_t member = 0, customer = 0;
	size_t n;
	bool found;

	do {
		TRY(follow_doctor_page(tx, corp, member, customer, PAGE, &rows, &n));
		for (size_t i = 0; i < n; i++)
			TRY(check_follow(tx, corp, &rows[i], report, arg));
		if (n) {
			member = rows[n - 1].member;
			customer = rows[n - 1].customer;
		}
	} while (n == PAGE);
	TRY(follow_tag_doctor(tx, corp, &tags, &found));
	if (tags.n)
		report(arg,
			arena_printf(tx->cx->mem, "%" PRId64 " marks of unknown tags",
				tags.n));
	TRY(check_welcomes(tx, corp, report, arg));
	return handover_doctor(tx, corp, report, arg);
}
