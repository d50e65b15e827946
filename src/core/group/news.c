/*
 * core/group/news.c - what a change of a group is told to people, apps and statistics.
 */
#include "base/ids.h"
#include "core/group/group.sql.h"
#include "core/group/private.h"

enum { NAMES_SHOWN = 20 };

/* Document 92130. */
#define MEM_CHANGE_LIST(F, SUB)                                                          \
	F(texts, Item, ALWAYS, 0, 2000, "userids and external_userids")
SHAPE(mem_change_list, MEM_CHANGE_LIST)
#define CHAT_EVENT(F, SUB)                                                               \
	F(octets, ToUserName, ALWAYS, 0, 64, "corpid")                                   \
	F(octets, FromUserName, ALWAYS, 0, 64, "sys")                                    \
	F(int, CreateTime, ALWAYS, 0, INT64_MAX, "Unix seconds")                         \
	F(octets, MsgType, ALWAYS, 0, 32, "event")                                       \
	F(octets, Event, ALWAYS, 0, 64, "change_external_chat")                          \
	F(octets, ChatId, ALWAYS, 0, 64, "The group")                                    \
	F(octets, ChangeType, ALWAYS, 0, 64, "create, update, dismiss")                  \
	F(octets, UpdateDetail, SOMETIMES, 0, 64, "add_member …, of an update")          \
	F(int, JoinScene, SOMETIMES, 0, 3, "0 invited, 3 by a code; add_member")         \
	F(int, QuitScene, SOMETIMES, 0, 1, "0 left, 1 removed; del_member")              \
	F(int, MemChangeCnt, SOMETIMES, 0, INT64_MAX, "How many came or went")           \
	SUB(object, MemChangeList, mem_change_list, SOMETIMES, 0, 0, "Who")              \
	F(octets, LastMemVer, SOMETIMES, 0, 32, "member_version before")                 \
	F(octets, CurMemVer, SOMETIMES, 0, 32, "member_version now")
SHAPE(chat_event, CHAT_EVENT)

#define GROUP_EVENT(F, SUB)                                                              \
	F(octets, event, ALWAYS, 0, 64, "group_joined, group_left …")                    \
	F(texts, names, SOMETIMES, 0, NAMES_SHOWN, "Whom it is about")                   \
	F(int, count, SOMETIMES, 0, INT64_MAX, "How many, when more than are named")     \
	F(text, by, SOMETIMES, 0, 64, "The member who did it")                           \
	F(text, text, SOMETIMES, 0, 4000, "A name or a notice")
SHAPE(group_event, GROUP_EVENT)

static enum err id_of(struct tx *tx, int64_t corp, const struct person *p, str *out)
{
	struct customer c;
	struct member m;

	if (p->kind == PERSON_MEMBER) {
		TRY(member_get(tx, corp, p->id, &m));
		*out = m.userid;
		return OK;
	}
	TRY(customer_get(tx, corp, p->id, &c));
	*out = c.external_userid;
	return OK;
}

static enum err fill_persons(struct tx *tx, const struct customer_group *g,
	const struct group_news *news, struct chat_event *e)
{
	struct mem_change_list *list = ARENA_NEW(tx->cx->mem, struct mem_change_list);

	list->Item.v = ARENA_ARRAY(tx->cx->mem, str, news->n);
	list->Item.n = news->n;
	for (size_t i = 0; i < news->n; i++)
		TRY(id_of(tx, g->corp, &news->persons[i], &list->Item.v[i]));
	e->MemChangeList = list;
	e->MemChangeCnt = (int64_t)news->n;
	e->LastMemVer = group_version_text(tx->cx->mem, news->before);
	e->CurMemVer = group_version_text(tx->cx->mem, g->version);
	e->JoinScene = news->join_scene;
	e->QuitScene = news->quit_scene;
	if (strcmp(news->detail, "add_member") == 0)
		GIVE(e, JoinScene); /* also when it is 0 */
	else
		GIVE(e, QuitScene);
	return OK;
}

enum err group_callback(struct tx *tx, const struct customer_group *g,
	const struct group_news *news)
{
	const struct actor *a = &tx->cx->actor;
	struct chat_event e = {
		.FromUserName = STR("sys"),
		.CreateTime = tx->cx->now_ms / 1000,
		.MsgType = STR("event"),
		.Event = STR("change_external_chat"),
		.ChatId = g->chat_id,
		.ChangeType = str_of(news->change),
		.UpdateDetail = str_of(news->detail),
	};
	struct callback c = { .corp = g->corp,
		.name = STR("change_external_chat"),
		.change = str_of(news->change) };
	struct corp corp;

	TRY(corp_get(tx, g->corp, &corp));
	e.ToUserName = corp.corpid;
	if (news->n)
		TRY(fill_persons(tx, g, news, &e));
	c.fields = shape_text(tx->cx->mem, chat_event_shape(), &e);
	return callback_put_all(tx, &c, SCOPE_customer_read,
		a->kind == ACTOR_APP ? a->id : 0);
}

static enum err name_of(struct tx *tx, int64_t corp, const struct person *p, str *out)
{
	struct customer c;
	struct member m;

	if (p->kind == PERSON_MEMBER) {
		TRY(member_get(tx, corp, p->id, &m));
		*out = m.name;
		return OK;
	}
	TRY(customer_get(tx, corp, p->id, &c));
	*out = c.name;
	return OK;
}

enum err group_say(struct tx *tx, const struct customer_group *g,
	const struct group_line *line)
{
	struct group_event body = { .event = str_of(line->event), .text = line->text };
	struct message m = { .corp = g->corp, .chat = g->chat, .type = STR("system") };
	struct person by = { PERSON_MEMBER, line->by, 0 };
	size_t n = line->n < NAMES_SHOWN ? line->n : NAMES_SHOWN;
	bool again;

	body.names.v = ARENA_ARRAY(tx->cx->mem, str, n);
	body.names.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(name_of(tx, g->corp, &line->persons[i], &body.names.v[i]));
	if (line->n > n)
		body.count = (int64_t)line->n;
	if (line->by)
		TRY(name_of(tx, g->corp, &by, &body.by));
	m.body = shape_text(tx->cx->mem, group_event_shape(), &body);
	return chat_add(tx, &m, &again);
}

enum err group_note(struct tx *tx, const struct customer_group *g, enum group_verb verb,
	const struct person *persons, size_t n)
{
	if (!n)
		return group_step_insert(tx, g->corp, id_next(), g->group, g->owner, verb,
			0, 0, tx->cx->now_ms);
	for (size_t i = 0; i < n; i++)
		TRY(group_step_insert(tx, g->corp, id_next(), g->group, g->owner, verb,
			persons[i].kind, persons[i].id, tx->cx->now_ms));
	return OK;
}
