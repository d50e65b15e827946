/*
 * core/group/person.c - coming into a group, and going.
 *
 * What can be refused is refused before the first write.  Many who come at once are one
 * line, one announcement, one callback and one welcome.
 */
#include "base/ids.h"
#include "core/directory/corp_setting.h"
#include "core/group/group.sql.h"
#include "core/group/private.h"
#include "core/group/welcome.h"

enum { STEP = 100, GROUPS_LOOKED_AT = 1000 };

static int64_t customers_among(const struct person *persons, size_t n)
{
	int64_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += persons[i].kind == PERSON_CUSTOMER;
	return count;
}

/* The counts and the version move along with who is in it. */
static enum err count(struct tx *tx, struct customer_group *g,
	const struct person *persons, size_t n, int64_t sign)
{
	int64_t customers = sign * customers_among(persons, n);

	g->version = id_next();
	g->persons += sign * (int64_t)n;
	g->customers += customers;
	return customer_group_count(tx, g->corp, g->group, g->version, sign * (int64_t)n,
		customers);
}

/* ---- in ---- */

enum err group_put_in(struct tx *tx, struct customer_group *g,
	const struct person *persons, size_t n, const struct group_coming *how,
	bool read_all, struct person *out_new, size_t *out_n)
{
	size_t joined;

	*out_n = 0;
	for (size_t i = 0; i < n; i++) {
		const struct person *p = &persons[i];

		TRY(group_person_insert(tx, g->corp, g->group, p->kind, p->id, p->account,
			how->scene, how->invitor, how->way, how->state, tx->cx->now_ms));
		if (!tx_changes(tx))
			continue;
		out_new[(*out_n)++] = *p;
		if (p->kind == PERSON_CUSTOMER)
			TRY(consumer_chat_add(tx, p->account, g->corp, g->chat, p->id));
	}
	if (!*out_n)
		return OK;
	TRY(chat_join(tx, g->corp, g->chat, out_new, *out_n, read_all, &joined));
	return count(tx, g, out_new, *out_n, 1);
}

enum err group_keeps_out(struct tx *tx, const struct customer_group *g, int64_t customer,
	bool *out)
{
	struct customer_group *list;
	int64_t rule;
	size_t n;

	*out = false;
	TRY(corp_setting(tx, g->corp, CORP_SETTING_GROUP_ONE_PER_OWNER, &rule));
	if (!rule)
		return OK;
	TRY(group_page_with(tx, g->corp, PERSON_CUSTOMER, customer, 0, GROUPS_LOOKED_AT,
		&list, &n));
	for (size_t i = 0; i < n; i++)
		if (list[i].group != g->group && list[i].owner == g->owner &&
			!list[i].dismissed)
			*out = true;
	return OK;
}

/* Who is not in it yet, and may come. */
static enum err choose(struct tx *tx, const struct customer_group *g,
	const struct person *persons, size_t n, struct person *out, size_t *out_n)
{
	*out_n = 0;
	for (size_t i = 0; i < n; i++) {
		struct group_person_row row;
		bool there, kept = false;

		TRY(group_person_select(tx, g->corp, g->group, persons[i].kind,
			persons[i].id, &row, &there));
		if (!there && persons[i].kind == PERSON_CUSTOMER)
			TRY(group_keeps_out(tx, g, persons[i].id, &kept));
		if (!there && !kept)
			out[(*out_n)++] = persons[i];
	}
	return OK;
}

static enum err has_room(struct tx *tx, const struct customer_group *g, size_t n,
	enum group_scene scene)
{
	int64_t limit;

	TRY(corp_setting(tx, g->corp,
		scene == GROUP_BY_CODE ? CORP_SETTING_GROUP_CODE_MAX
				       : CORP_SETTING_GROUP_MAX,
		&limit));
	if (g->persons + (int64_t)n > limit)
		return why(tx->cx, ERR_GROUP_FULL, "at most %" PRId64 " people", limit);
	return OK;
}

enum err group_take_in(struct tx *tx, struct customer_group *g,
	const struct person *persons, size_t n, const struct group_coming *how,
	size_t *out_n)
{
	struct person *all = ARENA_ARRAY(tx->cx->mem, struct person, n);
	struct group_news news = { .change = "update",
		.detail = "add_member",
		.join_scene = how->scene == GROUP_BY_CODE ? 3 : 0,
		.persons = all,
		.before = g->version };

	TRY(choose(tx, g, persons, n, all, out_n));
	if (!*out_n)
		return OK;
	TRY(has_room(tx, g, *out_n, how->scene));
	TRY(group_put_in(tx, g, all, *out_n, how, false, all, &news.n));
	TRY(group_say(tx, g,
		&(struct group_line){ .event = how->scene == GROUP_BY_CODE
				? "group_joined_by_code"
				: "group_joined",
			.persons = all,
			.n = news.n,
			.by = how->invitor }));
	TRY(group_note(tx, g, GROUP_CAME, all, news.n));
	TRY(group_callback(tx, g, &news));
	return group_welcome_say(tx, g, all, news.n);
}

/* ---- out ---- */

enum err group_take_out(struct tx *tx, struct customer_group *g,
	const struct person *persons, size_t n, struct person *out_gone, size_t *out_n)
{
	size_t parted;

	*out_n = 0;
	for (size_t i = 0; i < n; i++) {
		const struct person *p = &persons[i];

		TRY(group_person_delete(tx, g->corp, g->group, p->kind, p->id));
		if (!tx_changes(tx))
			continue;
		out_gone[(*out_n)++] = *p;
		if (p->kind == PERSON_CUSTOMER)
			TRY(consumer_chat_drop(tx, p->account, g->corp, g->chat));
	}
	if (!*out_n)
		return OK;
	TRY(chat_part(tx, g->corp, g->chat, out_gone, *out_n, &parted));
	return count(tx, g, out_gone, *out_n, -1);
}

enum err group_let_go(struct tx *tx, struct customer_group *g,
	const struct person *persons, size_t n, bool removed, size_t *out_n)
{
	const struct actor *a = &tx->cx->actor;
	struct person *gone = ARENA_ARRAY(tx->cx->mem, struct person, n);
	struct group_news news = { .change = "update",
		.detail = "del_member",
		.quit_scene = removed,
		.persons = gone,
		.before = g->version };

	for (size_t i = 0; i < n; i++)
		if (persons[i].kind == PERSON_MEMBER && persons[i].id == g->owner)
			return why(tx->cx, ERR_FORBIDDEN,
				"the owner hands the group over or dismisses it");
	TRY(group_take_out(tx, g, persons, n, gone, &news.n));
	*out_n = news.n;
	if (!news.n)
		return OK;
	TRY(group_say(tx, g,
		&(struct group_line){ .event = removed ? "group_removed" : "group_left",
			.persons = gone,
			.n = news.n,
			.by = removed && a->kind == ACTOR_MEMBER ? a->id : 0 }));
	TRY(group_note(tx, g, removed ? GROUP_REMOVED : GROUP_WENT, gone, news.n));
	return group_callback(tx, g, &news);
}

enum err group_leave_all(struct tx *tx, int64_t corp, const struct person *customer)
{
	struct customer_group *list;
	size_t n, gone;

	TRY(group_page_with(tx, corp, PERSON_CUSTOMER, customer->id, 0, GROUPS_LOOKED_AT,
		&list, &n));
	for (size_t i = 0; i < n; i++)
		if (!list[i].dismissed)
			TRY(group_let_go(tx, &list[i], customer, 1, false, &gone));
	return OK;
}

/* ---- the same customer in several groups ---- */

/* Of the owner's groups he stays in the one he came to first. */
static enum err drop_one(struct tx *tx, int64_t corp, int64_t owner, int64_t customer,
	size_t *n_dropped)
{
	struct customer_group *list, *first = NULL;
	struct group_person *places;
	size_t n, best = 0, gone;

	TRY(group_page_with(tx, corp, PERSON_CUSTOMER, customer, 0, GROUPS_LOOKED_AT,
		&list, &n));
	places = ARENA_ARRAY(tx->cx->mem, struct group_person, n);
	for (size_t i = 0; i < n; i++) {
		if (list[i].owner != owner || list[i].dismissed)
			continue;
		TRY(group_person_get(tx, &list[i], PERSON_CUSTOMER, customer,
			&places[i]));
		if (!first || places[i].joined_ms < places[best].joined_ms) {
			first = &list[i];
			best = i;
		}
	}
	for (size_t i = 0; i < n; i++) {
		if (list[i].owner != owner || list[i].dismissed || &list[i] == first)
			continue;
		TRY(group_let_go(tx, &list[i], &places[i].person, 1, true, &gone));
		*n_dropped += gone;
	}
	return OK;
}

enum err group_drop_twice(struct tx *tx, int64_t corp, int64_t owner, size_t *out_n)
{
	struct group_twice *list;
	int64_t after = 0;
	size_t n;

	*out_n = 0;
	do {
		TRY(group_twice_page(tx, corp, owner, after, STEP, &list, &n));
		for (size_t i = 0; i < n; i++) {
			after = list[i].customer;
			TRY(drop_one(tx, corp, owner, after, out_n));
		}
	} while (n == STEP);
	return OK;
}
