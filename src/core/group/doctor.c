#include "core/group/group.h"

enum { PAGE = 200 };

static enum err check_persons(struct tx *tx, const struct customer_group *g,
	doctor_fn *report, void *arg)
{
	struct group_person *persons;
	struct chat_person *chatters;
	size_t n, n_chat;
	int64_t customers = 0;
	bool same, owned = false;

	TRY(group_persons(tx, g, &persons, &n));
	TRY(chat_persons(tx, g->corp, g->chat, &chatters, &n_chat));
	same = n == n_chat; /* both by kind and number */
	for (size_t i = 0; i < n; i++) {
		const struct person *p = &persons[i].person;

		same = same && chatters[i].person.kind == p->kind &&
			chatters[i].person.id == p->id;
		customers += p->kind == PERSON_CUSTOMER;
		owned = owned || (p->kind == PERSON_MEMBER && p->id == g->owner);
	}
	if (!same)
		report(arg,
			arena_printf(tx->cx->mem,
				"group %.*s: others are in it than in its chat",
				STR_FMT(g->chat_id)));
	if (g->persons != (int64_t)n || g->customers != customers)
		report(arg,
			arena_printf(tx->cx->mem, "group %.*s: its counts are wrong",
				STR_FMT(g->chat_id)));
	if (!owned)
		report(arg,
			arena_printf(tx->cx->mem, "group %.*s: its owner is not in it",
				STR_FMT(g->chat_id)));
	return OK;
}

enum err group_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg)
{
	struct customer_group *list;
	int64_t after = 0;
	size_t n;

	do {
		TRY(group_page(tx, corp, 0, after, PAGE, &list, &n));
		for (size_t i = 0; i < n; i++)
			TRY(check_persons(tx, &list[i], report, arg));
		if (n)
			after = list[n - 1].group;
	} while (n == PAGE);
	return OK;
}
