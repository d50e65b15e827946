/*
 * core/customer/tag_tell.c - apps hear of the library's changes (document 92130).
 */
#include "core/callback/callback.h"
#include "core/customer/tag_private.h"

#define TAG_EVENT(F, SUB)                                                                \
	F(octets, ToUserName, ALWAYS, 0, 64, "corpid")                                   \
	F(octets, FromUserName, ALWAYS, 0, 64, "sys")                                    \
	F(int, CreateTime, ALWAYS, 0, INT64_MAX, "Unix seconds")                         \
	F(octets, MsgType, ALWAYS, 0, 32, "event")                                       \
	F(octets, Event, ALWAYS, 0, 64, "change_external_tag")                           \
	F(octets, Id, SOMETIMES, 0, 64,                                                  \
		"The tag or group; absent: the order of all groups")                     \
	F(octets, TagType, SOMETIMES, 0, 16, "tag or tag_group")                         \
	F(octets, ChangeType, ALWAYS, 0, 16, "create, update, delete, shuffle")          \
	F(int, StrategyId, SOMETIMES, 0, INT64_MAX, "Of a strategy's tags")
SHAPE(tag_event, TAG_EVENT)

enum err tag_tell(struct tx *tx, const struct tag_library *lib, const char *change,
	const struct tag_group *g, const struct tag *t)
{
	struct tag_event e = {
		.FromUserName = STR("sys"),
		.CreateTime = tx->cx->now_ms / 1000,
		.MsgType = STR("event"),
		.Event = STR("change_external_tag"),
		.ChangeType = str_of(change),
		.StrategyId = g->strategy,
	};
	struct callback c = { .corp = lib->corp,
		.name = STR("change_external_tag"),
		.change = str_of(change) };
	struct corp corp;

	TRY(corp_get(tx, lib->corp, &corp));
	e.ToUserName = corp.corpid;
	if (t || g->tag_group)
		e.Id = tag_id_text(tx->cx->mem, t ? t->tag : g->tag_group);
	if (!str_is(e.ChangeType, "shuffle"))
		e.TagType = t ? STR("tag") : STR("tag_group");
	c.fields = shape_text(tx->cx->mem, tag_event_shape(), &e);
	return callback_put_all(tx, &c, SCOPE_customer_read, lib->by_app);
}
