/*
 * core/group/life.c - a group from its making to its end.
 */
#include "base/ids.h"
#include "core/group/group.sql.h"
#include "core/group/private.h"

enum { ID_RANDOM = 30, OPENGID_RANDOM = 26 };

static enum err check_name(struct tx *tx, str name)
{
	return str_chars(name) <= GROUP_NAME_MAX
		? OK
		: why(tx->cx, ERR_INVALID_ARGUMENT, "field `name`: at most %d characters",
			  GROUP_NAME_MAX);
}

enum err group_may_own(struct tx *tx, const struct member *m)
{
	if (m->status == MEMBER_LEFT || m->status == MEMBER_DISABLED)
		return why(tx->cx, ERR_SUCCESSOR_BLOCKED, "new_owner: may not act");
	if (!m->serves_customers)
		return why(tx->cx, ERR_WAY_MEMBER, "new_owner: may not serve customers");
	return OK;
}

static enum err make(struct tx *tx, struct customer_group *g, const struct person *owner)
{
	struct chat chat;

	TRY(chat_open(tx, g->corp, CHAT_GROUP, STR_NONE, owner, 1, &chat));
	g->chat = chat.chat;
	g->group = g->version = id_next();
	g->chat_id =
		arena_concat(tx->cx->mem, STR("wr"), random_text(tx->cx->mem, ID_RANDOM));
	g->opengid = arena_concat(tx->cx->mem, STR("tG"),
		random_text(tx->cx->mem, OPENGID_RANDOM));
	TRY(customer_group_insert(tx, g->corp, g->group, g->chat_id, g->opengid, g->chat,
		g->name, g->owner, g->version, g->created_ms));
	TRY(group_person_insert(tx, g->corp, g->group, PERSON_MEMBER, g->owner, 0,
		GROUP_BY_INVITATION, 0, 0, STR(""), g->created_ms));
	g->persons = 1;
	return customer_group_count(tx, g->corp, g->group, g->version, 1, 0);
}

enum err group_create(struct tx *tx, int64_t corp, int64_t owner, str name,
	struct customer_group *out)
{
	struct person who = { PERSON_MEMBER, owner, 0 };
	struct member m;

	TRY(member_get(tx, corp, owner, &m));
	TRY(group_may_own(tx, &m));
	*out = (struct customer_group){ .corp = corp,
		.owner = owner,
		.name = str_trim(name),
		.created_ms = tx->cx->now_ms };
	if (!out->name.n)
		out->name = str_first_chars(m.name, GROUP_NAME_MAX);
	TRY(check_name(tx, out->name));
	TRY(make(tx, out, &who));
	TRY(group_say(tx, out,
		&(struct group_line){ .event = "group_made", .by = owner }));
	TRY(group_note(tx, out, GROUP_MADE, NULL, 0));
	TRY(group_note(tx, out, GROUP_CAME, &who, 1));
	TRY(group_callback(tx, out, &(struct group_news){ .change = "create" }));
	return chat_announce(tx, corp, out->chat);
}

static int64_t actor_member(const struct tx *tx)
{
	const struct actor *a = &tx->cx->actor;

	return a->kind == ACTOR_MEMBER ? a->id : 0;
}

enum err group_rename(struct tx *tx, struct customer_group *g, str name)
{
	name = str_trim(name);
	if (!name.n)
		return why(tx->cx, ERR_INVALID_ARGUMENT, "field `name`: missing");
	TRY(check_name(tx, name));
	if (str_same(name, g->name))
		return OK;
	g->name = name;
	TRY(customer_group_set_name(tx, g->corp, g->group, name));
	TRY(group_say(tx, g,
		&(struct group_line){ .event = "group_renamed",
			.by = actor_member(tx),
			.text = name }));
	TRY(group_callback(tx, g,
		&(struct group_news){ .change = "update", .detail = "change_name" }));
	return chat_announce(tx, g->corp, g->chat);
}

enum err group_set_notice(struct tx *tx, struct customer_group *g, str notice)
{
	notice = str_trim(notice);
	if (str_chars(notice) > GROUP_NOTICE_MAX)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"field `notice`: at most %d characters", GROUP_NOTICE_MAX);
	if (str_same(notice, g->notice))
		return OK;
	g->notice = notice;
	g->notice_ms = tx->cx->now_ms;
	TRY(customer_group_set_notice(tx, g->corp, g->group, notice, g->notice_ms));
	if (notice.n)
		TRY(group_say(tx, g,
			&(struct group_line){ .event = "group_notice",
				.by = actor_member(tx),
				.text = notice }));
	TRY(group_callback(tx, g,
		&(struct group_news){ .change = "update", .detail = "change_notice" }));
	return chat_announce(tx, g->corp, g->chat);
}

enum err group_set_admin(struct tx *tx, struct customer_group *g, int64_t member,
	bool admin)
{
	struct group_person p;

	TRY(group_person_get(tx, g, PERSON_MEMBER, member, &p));
	if (member == g->owner || p.admin == admin)
		return OK;
	TRY(group_person_set_admin(tx, g->corp, g->group, PERSON_MEMBER, member, admin));
	TRY(group_say(tx, g,
		&(struct group_line){ .event = admin ? "group_admin" : "group_no_admin",
			.persons = &p.person,
			.n = 1,
			.by = actor_member(tx) }));
	return chat_announce(tx, g->corp, g->chat);
}

enum err group_set_nickname(struct tx *tx, struct customer_group *g,
	enum person_kind kind, int64_t person, str nickname)
{
	nickname = str_trim(nickname);
	if (str_chars(nickname) > GROUP_NICKNAME_MAX)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"field `nickname`: at most %d characters", GROUP_NICKNAME_MAX);
	return group_person_set_nickname(tx, g->corp, g->group, kind, person, nickname);
}

enum err group_dismiss(struct tx *tx, struct customer_group *g)
{
	TRY(customer_group_dismiss(tx, g->corp, g->group));
	g->dismissed = true;
	TRY(group_say(tx, g,
		&(struct group_line){ .event = "group_dismissed",
			.by = actor_member(tx) }));
	TRY(group_note(tx, g, GROUP_DISMISSED, NULL, 0));
	TRY(group_callback(tx, g, &(struct group_news){ .change = "dismiss" }));
	return chat_close(tx, g->corp, g->chat, true);
}
