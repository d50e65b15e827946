/*
 * core/group/move.c - one owner follows another (documents 92127, 95703).
 *
 * It is done at once.  The new owner reads what was said before he came, as the successor
 * of a customer does; who has left the corp is taken out, who is in service stays.
 */
#include "base/ids.h"
#include "core/directory/corp_setting.h"
#include "core/group/group.sql.h"
#include "core/group/private.h"
#include "core/ledger/ledger.h"

enum { STEP = 100, DAY_MS = 24 * 3600 * 1000, OFTEN_DAYS = 90 };

/* Brings him in, unless he is, and takes out who has left. */
static enum err change_persons(struct tx *tx, struct customer_group *g,
	const struct person *from, const struct person *to, bool left)
{
	struct group_coming how = { .scene = GROUP_BY_INVITATION, .state = STR("") };
	struct group_news came = { "update", "add_member", 0, 0, to, 0, g->version };
	struct group_news went = { "update", "del_member", 0, 1, from, 0, 0 };
	struct person one;

	TRY(group_put_in(tx, g, to, 1, &how, true, &one, &came.n));
	if (came.n) {
		TRY(group_note(tx, g, GROUP_CAME, to, 1));
		TRY(group_callback(tx, g, &came));
	}
	went.before = g->version;
	if (!left)
		return OK;
	TRY(group_take_out(tx, g, from, 1, &one, &went.n));
	if (!went.n)
		return OK;
	TRY(group_note(tx, g, GROUP_REMOVED, from, 1));
	return group_callback(tx, g, &went);
}

static enum err record(struct tx *tx, const struct customer_group *g,
	enum group_move_kind kind, const struct member *from, const struct member *to)
{
	TRY(group_move_insert(tx, g->corp, id_next(), g->group, kind, from->member,
		to->member));
	return ledger_add(tx,
		&(struct ledger_entry){ .corp = g->corp,
			.kind = LEDGER_GROUP_HANDED_OVER,
			.customer = g->chat_id,
			.member = from->userid,
			.other = to->userid,
			.detail = kind == GROUP_MOVE_LEFT ? STR("resigned")
							  : STR("in service") });
}

static enum err move(struct tx *tx, struct customer_group *g, enum group_move_kind kind,
	const struct member *from, const struct member *to)
{
	struct person old = { PERSON_MEMBER, from->member, 0 };
	struct person new = { PERSON_MEMBER, to->member, 0 };

	g->owner = to->member;
	g->inherited = kind == GROUP_MOVE_LEFT;
	TRY(customer_group_set_owner(tx, g->corp, g->group, g->owner, g->inherited));
	TRY(change_persons(tx, g, &old, &new, kind == GROUP_MOVE_LEFT));
	TRY(group_say(tx, g,
		&(struct group_line){ .event = "group_owner", .persons = &new, .n = 1 }));
	TRY(record(tx, g, kind, from, to));
	TRY(group_callback(tx, g,
		&(struct group_news){ .change = "update", .detail = "change_owner" }));
	return chat_announce(tx, g->corp, g->chat);
}

/* ---- may it be? ---- */

static bool is_gone(const struct member *m)
{
	return m->status == MEMBER_DISABLED || m->status == MEMBER_LEFT;
}

static enum err judge_owner(const struct customer_group *g, enum group_move_kind kind,
	const struct member *from, const struct member *to)
{
	if (kind == GROUP_MOVE_LEFT && !is_gone(from))
		return g->inherited ? ERR_GROUP_INHERITED : ERR_OWNER_NOT_GONE;
	if (kind == GROUP_MOVE_IN_SERVICE && is_gone(from))
		return ERR_OWNER_GONE;
	return from->member == to->member ? ERR_OWNER_SAME : OK;
}

static enum err judge_rate(struct tx *tx, const struct customer_group *g,
	enum group_move_kind kind, enum err *out_code)
{
	int64_t now = tx->cx->now_ms, limit;
	struct group_move_count_from_row day;
	struct group_move_count_of_row often;
	bool found;

	TRY(corp_setting(tx, g->corp, CORP_SETTING_GROUP_MOVES_A_DAY, &limit));
	TRY(group_move_count_from(tx, g->corp, g->owner, id_of_ms(now - now % DAY_MS),
		&day, &found));
	if (day.n >= limit)
		*out_code = ERR_TOO_OFTEN;
	if (kind != GROUP_MOVE_IN_SERVICE)
		return OK;
	TRY(corp_setting(tx, g->corp, CORP_SETTING_GROUP_MOVES_IN_90_DAYS, &limit));
	TRY(group_move_count_of(tx, g->corp, g->group, kind,
		id_of_ms(now - (int64_t)OFTEN_DAYS * DAY_MS), &often, &found));
	if (often.n >= limit)
		*out_code = ERR_TRANSFERRED_OFTEN;
	return OK;
}

enum err group_move(struct tx *tx, int64_t corp, enum group_move_kind kind, str chat_id,
	const struct member *to, enum err *out_code)
{
	struct customer_group_row row;
	struct customer_group g;
	struct member from;
	bool found = false;

	if (chat_id.n)
		TRY(customer_group_by_chat_id(tx, corp, chat_id, &row, &found));
	*out_code = found ? OK : ERR_NOT_GROUP;
	if (found && row.dismissed)
		*out_code = ERR_GROUP_GONE;
	if (*out_code != OK)
		return OK;
	group_fill(&g, corp, &row);
	TRY(member_get(tx, corp, g.owner, &from));
	*out_code = judge_owner(&g, kind, &from, to);
	if (*out_code == OK)
		TRY(judge_rate(tx, &g, kind, out_code));
	return *out_code == OK ? move(tx, &g, kind, &from, to) : OK;
}

enum err group_move_all(struct tx *tx, int64_t corp, const struct member *from,
	const struct member *to, size_t *out_n)
{
	enum group_move_kind kind =
		is_gone(from) ? GROUP_MOVE_LEFT : GROUP_MOVE_IN_SERVICE;
	struct customer_group *list;
	int64_t after = 0;
	size_t n;

	*out_n = 0;
	if (from->member == to->member)
		return why(tx->cx, ERR_SAME_MEMBER, "the same member");
	TRY(group_may_own(tx, to));
	do {
		TRY(group_page(tx, corp, from->member, after, STEP, &list, &n));
		for (size_t i = 0; i < n; i++) {
			after = list[i].group;
			TRY(move(tx, &list[i], kind, from, to));
			++*out_n;
		}
	} while (n == STEP);
	return OK;
}
