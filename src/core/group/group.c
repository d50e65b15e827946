/*
 * core/group/group.c - finding groups and who is in them.
 */
#include "core/group/group.h"

#include "base/ids.h"
#include "core/group/group.sql.h"
#include "core/group/private.h"

enum { STEP = 200 };

void group_fill(struct customer_group *g, int64_t corp,
	const struct customer_group_row *row)
{
	*g = (struct customer_group){
		.corp = corp,
		.group = row->customer_group,
		.chat = row->chat,
		.owner = row->owner,
		.welcome = row->welcome,
		.version = row->version,
		.persons = row->persons,
		.customers = row->customers,
		.notice_ms = row->notice_ms,
		.created_ms = row->created_ms,
		.chat_id = row->chat_id,
		.opengid = row->opengid,
		.name = row->name,
		.notice = row->notice,
		.inherited = row->inherited,
		.dismissed = row->dismissed,
	};
}

static enum err fill_list(struct tx *tx, int64_t corp,
	const struct customer_group_row *rows, size_t n, struct customer_group **out,
	size_t *out_n)
{
	*out = ARENA_ARRAY(tx->cx->mem, struct customer_group, n);
	for (size_t i = 0; i < n; i++)
		group_fill(&(*out)[i], corp, &rows[i]);
	*out_n = n;
	return OK;
}

static enum err must_live(struct tx *tx, const struct customer_group *g)
{
	return g->dismissed ? why(tx->cx, ERR_GROUP_GONE, "chat_id: it was dismissed")
			    : OK;
}

enum err group_by_chat_id(struct tx *tx, int64_t corp, str chat_id,
	struct customer_group *out)
{
	struct customer_group_row row;
	bool found = false;

	if (chat_id.n)
		TRY(customer_group_by_chat_id(tx, corp, chat_id, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NO_GROUP, "field `chat_id`");
	group_fill(out, corp, &row);
	return must_live(tx, out);
}

enum err group_by_opengid(struct tx *tx, int64_t corp, str opengid,
	struct customer_group *out)
{
	struct customer_group_row row;
	bool found = false;

	if (opengid.n)
		TRY(customer_group_by_opengid(tx, corp, opengid, &row, &found));
	if (!found)
		return why(tx->cx, ERR_BAD_OPENGID, "field `opengid`");
	group_fill(out, corp, &row);
	return must_live(tx, out);
}

enum err group_get(struct tx *tx, int64_t corp, int64_t group, struct customer_group *out)
{
	struct customer_group_row row;
	bool found;

	TRY(customer_group_select(tx, corp, group, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NO_GROUP, "no such group");
	group_fill(out, corp, &row);
	return OK;
}

enum err group_by_chat(struct tx *tx, int64_t corp, int64_t chat,
	struct customer_group *out)
{
	struct customer_group_row row;
	bool found;

	TRY(customer_group_by_chat(tx, corp, chat, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NO_GROUP, "chat: it is no customer group");
	group_fill(out, corp, &row);
	return OK;
}

enum err group_status_of(struct tx *tx, const struct customer_group *g,
	enum group_status *out)
{
	enum member_status status;
	bool admin;

	TRY(member_standing(tx, g->corp, g->owner, &status, &admin));
	if (status == MEMBER_LEFT || status == MEMBER_DISABLED)
		*out = GROUP_UNASSIGNED;
	else
		*out = g->inherited ? GROUP_INHERITED : GROUP_FOLLOWED;
	return OK;
}

enum err group_page(struct tx *tx, int64_t corp, int64_t owner, int64_t after,
	int64_t limit, struct customer_group **out, size_t *out_n)
{
	struct customer_group_row *rows;
	size_t n;

	if (owner)
		TRY(customer_group_page_of(tx, corp, owner, after, limit, &rows, &n));
	else
		TRY(customer_group_page(tx, corp, after, limit, &rows, &n));
	return fill_list(tx, corp, rows, n, out, out_n);
}

enum err group_unassigned(struct tx *tx, int64_t corp, int64_t after_owner,
	int64_t after_group, size_t limit, struct customer_group **out, size_t *out_n)
{
	int64_t before = after_owner - 1; /* the owner of the place comes again */
	struct member_gone *gone;
	size_t n;

	*out = ARENA_ARRAY(tx->cx->mem, struct customer_group, limit);
	*out_n = 0;
	do {
		TRY(member_gone_page(tx, corp, before, STEP, &gone, &n));
		for (size_t i = 0; i < n && *out_n < limit; i++) {
			struct customer_group *list;
			size_t found;

			before = gone[i].member;
			TRY(group_page(tx, corp, before,
				before == after_owner ? after_group : 0,
				(int64_t)(limit - *out_n), &list, &found));
			for (size_t j = 0; j < found; j++)
				(*out)[(*out_n)++] = list[j];
		}
	} while (n == STEP && *out_n < limit);
	return OK;
}

enum err group_page_with(struct tx *tx, int64_t corp, enum person_kind kind,
	int64_t person, int64_t after, int64_t limit, struct customer_group **out,
	size_t *out_n)
{
	struct group_person_groups_row *rows;
	size_t n;

	TRY(group_person_groups(tx, corp, kind, person, after, limit, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct customer_group, n);
	for (size_t i = 0; i < n; i++)
		TRY(group_get(tx, corp, rows[i].customer_group, &(*out)[i]));
	*out_n = n;
	return OK;
}

/* ---- who is in it ---- */

static struct group_person person_of(const struct group_person_row *r)
{
	return (struct group_person){
		.person = { (enum person_kind)r->kind, r->person, r->account },
		.scene = r->scene,
		.invitor = r->invitor,
		.way = r->way,
		.joined_ms = r->joined_ms,
		.state = r->state,
		.nickname = r->nickname,
		.admin = r->admin,
	};
}

enum err group_persons(struct tx *tx, const struct customer_group *g,
	struct group_person **out, size_t *out_n)
{
	struct group_person_row *rows;
	size_t n;

	TRY(group_person_all(tx, g->corp, g->group, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct group_person, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = person_of(&rows[i]);
	*out_n = n;
	return OK;
}

enum err group_person_get(struct tx *tx, const struct customer_group *g,
	enum person_kind kind, int64_t person, struct group_person *out)
{
	struct group_person_row row;
	bool found;

	TRY(group_person_select(tx, g->corp, g->group, kind, person, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NOT_FOUND, "not in this group");
	*out = person_of(&row);
	return OK;
}

str group_version_text(struct arena *mem, int64_t version)
{
	return arena_printf(mem, "%016" PRIx64, (uint64_t)version);
}

enum err group_twice_page(struct tx *tx, int64_t corp, int64_t owner, int64_t after,
	int64_t limit, struct group_twice **out, size_t *out_n)
{
	struct group_person_twice_row *rows;
	size_t n;

	TRY(group_person_twice(tx, corp, owner, after, limit, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct group_twice, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct group_twice){ rows[i].person, rows[i].groups };
	*out_n = n;
	return OK;
}

enum err group_may_run(struct tx *tx, const struct customer_group *g, int64_t member)
{
	struct group_person p;

	if (g->owner == member)
		return OK;
	TRY(group_person_get(tx, g, PERSON_MEMBER, member, &p));
	return p.admin ? OK
		       : why(tx->cx, ERR_FORBIDDEN,
				 "only the owner and administrators of the group may");
}

enum err group_must_own(struct tx *tx, const struct customer_group *g, int64_t member)
{
	struct group_person p;

	if (g->owner == member)
		return OK;
	TRY(group_person_get(tx, g, PERSON_MEMBER, member, &p));
	return why(tx->cx, ERR_FORBIDDEN, "only the owner of the group may");
}

enum err group_steps(struct tx *tx, int64_t corp, int64_t owner, int64_t from_ms,
	int64_t to_ms, int64_t after, int64_t limit, struct group_step **out,
	size_t *out_n)
{
	struct group_step_row *rows;
	size_t n;

	TRY(group_step_page(tx, corp, owner, from_ms, to_ms, after, limit, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct group_step, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct group_step){ rows[i].step, rows[i].customer_group,
			rows[i].owner, rows[i].kind, rows[i].person, rows[i].at_ms,
			(enum group_verb)rows[i].verb };
	*out_n = n;
	return OK;
}
